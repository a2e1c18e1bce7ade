//! Who may do what: one line per command. What is not listed nobody may do. A line with `+ Right` is for those clients
//! alone that the registry gives the right.

use super::relation::Relation;
use crate::domain::party::ClientRight;

macro_rules! actions {
    (@right) => {
        None
    };
    (@right $right:ident) => {
        Some(ClientRight::$right)
    };
    ($($action:ident $name:literal [$($relation:ident)*] $(+ $right:ident)? $why:literal;)+) => {
        /// A command of the schema.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $name] $action),+
        }

        impl Action {
            /// Every command: name in the schema, who may, and why.
            pub const ALL: &'static [(Self, &'static str, &'static [Relation], &'static str)] =
                &[$((Self::$action, $name, &[$(Relation::$relation),*], $why)),+];

            /// The right that a client needs for it besides, where it needs one.
            #[must_use]
            pub fn right(self) -> Option<ClientRight> {
                match self {
                    $(Self::$action => actions!(@right $($right)?)),+
                }
            }
        }
    };
}

actions! {
    OpenCase                "openCase"                         [Mission]           "a mission in a host territory takes in who approaches it (I2a)";
    ReferCase               "referCase"                        [Mission Police Migration] "authorities and missions refer whom they meet (N1a)";
    RecordCounselling       "recordCounselling"                [Sending Receiving] "the missions that counsel, alone or jointly (I2b)";
    DecideEligibility       "decideEligibility"                [Sending]           "the mission that counselled; a supervisor to take back a refusal (I2c)";
    SignApplication         "signApplication"                  [Sending]           "the mission before which the persons sign (I3a)";
    RegisterCase            "registerCase"                     [Sending]           "the mission that holds the signed application (I3b)";
    RecordConsent           "recordConsent"                    [Sending Receiving] "the mission that holds the Data Exchange form (I3a)";
    RevokeConsent           "revokeConsent"                    [Sending Oversight] "as easy as giving; data protection may too";
    RequestObjectionCheck   "requestObjectionCheck"            [Sending]           "the mission that registered the case (N3c)";
    RecordAsylumClaim       "recordAsylumClaim"                [Sending Migration] "the authority whose procedure it is, or the mission that the persons told of it";
    DecideObjection         "decideObjection"                  [Police Migration]  "the authority that was asked (N3c)";
    StartPreDeparture       "startPreDeparture"                [Sending]           "the mission; a supervisor where no answer is waited for (N3b)";
    ExtendStatutoryPeriod   "extendStatutoryPeriod"            [Sending Migration] "the authority, or the mission that holds its written confirmation (N3b)";
    OverrideStatutoryPeriod "overrideStatutoryPeriod"          [Sending] + Supervise "a departure beyond the period is a supervisor's to answer for";
    HoldCase                "holdCase"                         [Sending]           "the mission that runs the case";
    ResumeCase              "resumeCase"                       [Sending]           "the mission that runs the case";
    TerminateCase           "terminateCase"                    [Sending] + Supervise "IOM may end an application (I3c)";
    ReopenCase              "reopenCase"                       [Sending] + Supervise "with a newly signed application (I3c)";
    MarkReadyToDepart       "markReadyToDepart"                [Sending]           "the mission that has everything in hand";
    StandDownDeparture      "standDownDeparture"               [Sending]           "the mission that has everything in hand";
    ConfirmDeparture        "confirmDeparture"                 [Sending]           "the mission at the airport (I5a)";
    ConfirmTransit          "confirmTransit"                   [Transit]           "the mission on the way (I4d)";
    ConfirmReception        "confirmReception"                 [Receiving]         "the mission in the country of return (I4d)";
    BoardSegment            "boardSegment"                     [Transit Sending]   "the mission at the airport (I5d)";
    LandSegment             "landSegment"                      [Transit Receiving Sending] "the mission at the airport (I5d)";
    ReportTransitIncident   "reportTransitIncident"            [Transit Receiving Sending] "whoever learns of it first (I5d)";
    ConfirmArrival          "confirmArrival"                   [Receiving]         "the mission that receives (I5d)";
    WithdrawCase            "withdrawCase"                     [Sending Transit]   "the applicant, through the mission; on the way through the mission there (I3c)";
    RequestTravelDocument   "requestTravelDocument"            [Sending]           "the mission liaises with posts (I4a)";
    AcknowledgeRequest      "acknowledgeTravelDocumentRequest" [Consular]          "the post that was asked";
    RequestInformation      "requestMoreInformation"           [Consular]          "the post that was asked";
    AnswerInformation       "answerInformationRequest"         [Sending]           "the mission that asked";
    ScheduleInterview       "scheduleConsularInterview"        [Sending Consular]  "the post that was asked, or the mission in its name";
    ConfirmNationality      "confirmNationality"               [Consular]          "the post that was asked";
    IssueTravelDocument     "issueTravelDocument"              [Consular]          "the post that was asked";
    RefuseTravelDocument    "refuseTravelDocument"             [Consular]          "the post that was asked";
    ReceiveTravelDocument   "receiveTravelDocument"            [Sending]           "the mission that receives the document";
    HandOverTravelDocument  "handOverTravelDocument"           [Sending]           "the mission that holds the document";
    ReportDocumentLost      "reportTravelDocumentLost"         [Sending]           "the mission to which the person turns";
    RecordPhoto             "recordPhoto"                      [Sending]           "the mission that meets the person";
    RemovePhoto             "removePhoto"                      [Sending]           "as easy as giving it";
    Attach                  "attachToTravelDocumentRequest"    [Sending]           "the mission that liaises with posts (I4a)";
    RemoveAttachment        "removeAttachment"                 [Sending]           "the mission that attached it";
    RecordPersonalDocument  "recordPersonalDocument"           [Sending]           "the mission that sees the document (I3b)";
    CancelRequest           "cancelTravelDocumentRequest"      [Sending]           "the mission that asked";
    BookItinerary           "bookItinerary"                    [Sending]           "the mission that arranges the journey (I4b)";
    TicketItinerary         "ticketItinerary"                  [Sending]           "the mission that arranges the journey (I4b)";
    RebookItinerary         "rebookItinerary"                  [Sending]           "the mission that arranges the journey (I4b)";
    RetimeSegment           "retimeSegment"                    [Sending]           "the mission that arranges the journey (I4b)";
    SuspendItinerary        "suspendItinerary"                 [Sending]           "the mission that arranges the journey (I4b)";
    CancelItinerary         "cancelItinerary"                  [Sending]           "the mission that arranges the journey (I4b)";
    RecordNoShow            "recordNoShow"                     [Sending]           "the mission at the airport (I5a)";
    DraftMovement           "draftMovement"                    [Mission]           "a mission that organises a group from its territory (I4f)";
    OpenManifest            "openManifest"                     [Sending]           "the mission that organises the group (I4f)";
    ListOnManifest          "listOnManifest"                   [Sending]           "the mission of the case, whoever organises the group (I4f)";
    LockManifest            "lockManifest"                     [Sending]           "the mission that organises the group (I4f)";
    ClearMovement           "clearMovement"                    [Sending]           "the mission that deals with airlines (I4f)";
    DepartMovement          "departMovement"                   [Sending]           "the mission at the airport (I5a)";
    LandMovement            "landMovement"                     [Sending Receiving] "the mission at the airport; the organiser where none is (I5d)";
    ReconcileMovement       "reconcileMovement"                [Sending Receiving] "the missions at both ends count who left and who came (I5d)";
    CancelMovement          "cancelMovement"                   [Sending]           "the mission that organises the group (I4f)";
    RecordVulnerability     "recordVulnerabilityAssessment"    [Sending]           "the mission that assesses needs (I2c)";
    RecordChildSafeguards   "recordChildSafeguards"            [Sending]           "the mission that prepares a child's return (N4b)";
    RequestFitness          "requestFitnessToTravel"           [Sending]           "the mission that prepares the departure (I4c)";
    RecordFitness           "recordFitnessToTravel"            [Sending]           + MigrationHealth "health staff alone assess (I4c)";
    RecordHealthRequirement "recordHealthRequirement"          [Sending]           + MigrationHealth "health staff alone know of results (I4c)";
    RecommendEscort         "recommendEscort"                  [Sending]           "the mission that prepares the departure (I4c)";
    ApproveEscort           "approveEscort"                    [Sending]           + Supervise "nobody approves what they recommend (I4c)";
    DeclineEscort           "declineEscort"                    [Sending]           + Supervise "nobody approves what they recommend (I4c)";
    AssignEscort            "assignEscort"                     [Sending]           "the mission that prepares the departure (I4c)";
    DocumentEscort          "documentEscort"                   [Sending]           "the mission that prepares the departure (I4c)";
    RecordEscortHandover    "recordEscortHandover"             [Sending Receiving] "IOM where the person is handed over (I5f)";
    RecordEscortReturn      "recordEscortReturn"               [Sending]           "the mission that sent the escort (I4c)";
    CancelEscort            "cancelEscort"                     [Sending]           "the mission that prepares the departure (I4c)";
    RecordClearance         "recordAirlineClearance"           [Sending]           "the mission that deals with airlines (I4f)";
    RecordDetention         "recordDetention"                  [Sending]           "the mission that counsels in facilities (N2b)";
    RequestSupport          "requestAppointmentSupport"        [Sending]           "the mission that liaises with posts (I4a)";
    SupportAppointment      "supportConsularAppointment"       [Police Migration]  "the authority that brings the person there (N4c)";
    ArrangeTransfer         "arrangeAirportTransfer"           [Sending Police Migration] "IOM or the authority that holds the person (N5c)";
    ArrangeAccommodation    "arrangeTemporaryAccommodation"    [Sending]           "the mission that prepares the departure (I4g)";
    RecordCircumstances     "recordPreDepartureCircumstances"  [Sending]           "the mission that registers the case (I3b)";
    RecordAssistance        "recordAssistanceProvision"        [Sending]           "the mission that prepares the departure (N2a)";
    RecordBriefing          "recordMigrantBriefing"            [Sending]           "the mission that speaks with the persons (I4e)";
    ProposeCashGrant        "proposeCashGrant"                 [Sending Receiving] "IOM before and after the return (I5b)";
    ApproveCashGrant        "approveCashGrant"                 [Sending Receiving] + Supervise "IOM before and after the return (I5b)";
    RejectCashGrant         "rejectCashGrant"                  [Sending Receiving] + Supervise "whoever may approve may reject (I5b)";
    VoidCashGrant           "voidCashGrant"                    [Sending Receiving] + Supervise "what was approved is taken back by a supervisor (I5b)";
    PayTranche              "payTranche"                       [Sending Receiving] "at departure or after arrival (I5b)";
    WithholdTranche         "withholdTranche"                  [Sending Receiving] + Supervise "held back where the first was not used as agreed";
    ReleaseTranche          "releaseTranche"                   [Sending Receiving] + Supervise "whoever may hold back may let go";
    ReportFailedPayment     "reportFailedPayment"              [Sending Receiving] "the mission that hears of it";
    RecordReceipt           "recordReceipt"                    [Sending Receiving] "the mission that has the signed receipt";
    VerifyReceipt           "verifyReceipt"                    [Sending Receiving] "somebody else than who recorded it";
    ProposePackage          "proposeReintegrationPackage"      [Sending Receiving] "counselling is joint (I6a)";
    AgreePackage            "agreeReintegrationPackage"        [Receiving]         "signed by the returnee and the receiving mission (I6a)";
    AmendPackage            "amendReintegrationPackage"        [Sending Receiving] "whoever keeps the plan";
    ApproveDonorException   "approveDonorException"            [Receiving]         + Supervise "exceptional items need the donor (S3:1307)";
    QuotePackageItem        "quotePackageItem"                 [Sending Receiving] "whoever keeps the plan";
    OrderPackageItem        "orderPackageItem"                 [Receiving]         "the mission that keeps it buys (I6a)";
    DeliverPackageItem      "deliverPackageItem"               [Receiving]         "assistance after return is the receiving mission's (I6a)";
    VerifyPackageReceipt    "verifyPackageReceipt"             [Receiving]         "somebody else than who gave it (four eyes)";
    RecordMonitoringContact "recordMonitoringContact"          [Receiving]         "the mission on the spot follows up (I6b)";
    SuspendPackage          "suspendReintegrationPackage"      [Receiving]         "the mission that keeps it";
    ResumePackage           "resumeReintegrationPackage"       [Receiving]         "the mission that keeps it";
    ForfeitPackage          "forfeitReintegrationPackage"      [Receiving]         "the mission that keeps it, once it was not claimed in time";
    TransferPackage         "transferReintegrationPackage"     [Receiving]         "the mission that keeps it";
    ClosePackage            "closeReintegrationPackage"        [Receiving]         "the mission that keeps it";
    SendReferral            "sendReferral"                     [Sending Receiving] "the missions bring in who can help (I2d)";
    AcceptReferral          "acceptReferral"                   [Sending Receiving Migration Service] "whoever was asked; for a provider the mission that asked";
    RejectReferral          "rejectReferral"                   [Sending Receiving Migration Service] "whoever was asked; for a provider the mission that asked";
    StartReferral           "startReferral"                    [Sending Receiving Migration Service] "whoever was asked; for a provider the mission that asked";
    CompleteReferral        "completeReferral"                 [Sending Receiving Migration Service] "whoever was asked; for a provider the mission that asked";
    RevokeReferral          "revokeReferral"                   [Sending Receiving] "the mission that referred";
    AdmitPostArrivalCase    "admitPostArrivalCase"             [Mission]           "the mission where persons are admitted who were not assisted before (S3:1033)";
    RecordHandover          "recordHandover"                   [Receiving]         "the mission that receives (I5f)";
    StartReintegration      "startReintegration"               [Receiving]         "the mission that counsels after the arrival (I6a)";
    CloseCase               "closeCase"                        [Sending Receiving] + Supervise "supervisors of the missions, once the packages are closed";
    RecordSurveyResponse    "recordSurveyResponse"             [Receiving]         "the mission that receives asks (S0 section 6)";
    ValidateSurveyResponse  "validateSurveyResponse"           [Receiving]         "somebody else than the interviewer (DOMAIN 2.9)";
    RecordOutreachVisit     "recordOutreachVisit"              [Mission]           "mobile teams of the missions (I1b)";
    RecordOutreachVisits    "recordOutreachVisits"             [Mission]           "mobile teams of the missions, by lists of other systems (I1b)";
    RecordTraining          "recordTraining"                   [Mission]           "missions train officials, providers and staff (S0 section 6)";
    HoldTraining            "holdTraining"                     [Mission]           "the mission that planned it";
    SignTrainingList        "signTrainingList"                 [Mission]           "the mission that holds the signed list of participants (DOMAIN 2.11)";
    EvaluateTraining        "evaluateTraining"                 [Mission]           "the mission that collects the evaluation sheets (DOMAIN 2.11)";
    RecordCampaignReport    "recordCampaignReport"             [Mission]           "the mission whose territory the campaign is for (S0 section 6)";
    RecordPartnerSurvey     "recordPartnerSurvey"              [Mission]           "the host office asks partners and staff (S0 section 6)";
    AcknowledgeNotices      "acknowledgeNotices"               [Mission Consular Police Migration Service] "the recipient of the notices";
    RegisterWebhook         "registerWebhook"                  [Mission Consular Police Migration Service] "the recipient of the notices says where it is told";
    RotateWebhookKey        "rotateWebhookKey"                 [Mission Consular Police Migration Service] "the recipient of the notices says where it is told";
    PauseWebhook            "pauseWebhook"                     [Mission Consular Police Migration Service] "the recipient of the notices says where it is told";
    ResumeWebhook           "resumeWebhook"                    [Mission Consular Police Migration Service] "the recipient of the notices says where it is told";
    RemoveWebhook           "removeWebhook"                    [Mission Consular Police Migration Service] "the recipient of the notices says where it is told";
    RedeliverNotices        "redeliverNotices"                 [Mission Consular Police Migration Service] "the recipient of the notices knows what it missed";
    LodgeComplaint          "lodgeComplaint"                   [Mission Service]   "in the person's name, whoever is asked to take it down (DOMAIN 2.11)";
    AcknowledgeComplaint    "acknowledgeComplaint"             [Oversight]         + Complaints "whoever handles complaints, and nobody who is complained about";
    InvestigateComplaint    "investigateComplaint"             [Oversight]         + Complaints "whoever handles complaints, and nobody who is complained about";
    ResolveComplaint        "resolveComplaint"                 [Oversight]         + Complaints "whoever handles complaints, and nobody who is complained about";
    ReferComplaint          "referComplaint"                   [Oversight]         + Complaints "whoever handles complaints, and nobody who is complained about";
    RequestBreakGlass       "requestBreakGlass"                [Oversight]         "personal data to oversight only for a reason (DOMAIN 4.6)";
    ApproveBreakGlass       "approveBreakGlass"                [Oversight]         "somebody else than whoever asked";
    RejectBreakGlass        "rejectBreakGlass"                 [Oversight]         "somebody else than whoever asked";
    CloseBreakGlass         "closeBreakGlass"                  [Oversight]         "whoever has seen enough";
    RunRetention            "runRetention"                     [Oversight]         "data protection sees to it that nothing is kept too long";
    SuspendOperations       "suspendOperations"                [Administration]    "a country is closed for everybody";
    ResumeOperations        "resumeOperations"                 [Administration]    "a country is closed for everybody";
    ConfigureEscalation     "configureEscalation"              [Administration]    "who is woken when nobody answers is a rule of the programme";
    ConfigureJurisdiction   "configureJurisdiction"            [Administration]    "each territory has its own procedure";
    RegisterOrganisation    "registerOrganisation"             [Administration]    "the registry";
    RegisterProject         "registerProject"                  [Administration]    "the registry";
    DefineGrantRule         "defineGrantRule"                  [Administration]    "rules are data of the registry (S3:138)";
    EndGrantRule            "endGrantRule"                     [Administration]    "rules are never edited, only ended and replaced";
    RecordExchangeRate      "recordExchangeRate"               [Administration]    "the registry";
    RegisterClient          "registerClient"                   [Administration]    "the registry";
    SuspendClient           "suspendClient"                    [Administration]    "the registry";
    ResumeClient            "resumeClient"                     [Administration]    "the registry";
    RegisterDocuments       "registerDocuments"                [Administration]    "the registry";
    RemoveDocuments         "removeDocuments"                  [Administration]    "the registry";
    RequireDocuments        "requireRegisteredDocuments"       [Administration]    "whoever runs a partner's system asks once and for all what it may ask";
    RevokeClientTokens      "revokeClientTokens"               [Oversight Administration] "whoever sees a leak first stops it";
    RevokeToken             "revokeToken"                      [Oversight Administration] "whoever sees a leak first stops it";
    RecordAgreement         "recordTransferAgreement"          [Administration]    "transfer to third parties is agreed in writing (DOMAIN 4.1)";
    EndAgreement            "endTransferAgreement"             [Administration]    "transfer to third parties is agreed in writing (DOMAIN 4.1)";
}

impl Action {
    /// The command's name in the schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Whether a viewer in this relation to the row may, with these rights.
    #[must_use]
    pub fn permits(self, relation: Relation, rights: &[ClientRight]) -> bool {
        let entitled = self.right().is_none_or(|right| rights.contains(&right));
        entitled && Self::ALL[self as usize].2.contains(&relation)
    }

    /// Whether some client in this relation may.
    #[must_use]
    pub fn is_for(self, relation: Relation) -> bool {
        Self::ALL[self as usize].2.contains(&relation)
    }
}
