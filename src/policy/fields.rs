//! THE TABLE: who may see which field. This is the only answer; what is not listed is withheld.
//!
//! One line per field of the schema, one column per relation of the viewer to the row:
//!
//! - `F` shown in full
//! - `(Mask)` shown in part, as the mask says
//! - `{Category}` shown while an active consent opens the category to the viewer's class of recipient
//! - `{own}` shown in full where the viewer's organisation wrote the row, or the row is addressed to it
//! - `{for Right}` shown to those clients alone that have the right; `{Category for Right}` if a consent opens it besides
//! - `-` withheld
//!
//! A service that protects a person has a cell of its own behind the others, `service F`, where it sees anything at all. A
//! line marked `claim` tells of an asylum claim, or is a proxy for one (DOMAIN 4.4).
//!
//! The cells are those of the field matrix agreed for the programme. No cell opens asylum data to a consular post, and
//! no consent can. Organisations, notices, clients and indicators belong to no case: there an IOM mission reads the
//! column `mission`, and the first three columns do not apply.

use super::mask::Mask;
use super::relation::Relation;
use crate::domain::consent::ConsentCategory;
use crate::domain::party::ClientRight;

/// A cell of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Shown in full.
    Full,
    /// Shown in part.
    Masked(Mask),
    /// Shown in full while a consent opens this category.
    IfConsent(ConsentCategory),
    /// Shown in full where the row is the viewer's own: written by its organisation, or addressed to it.
    Own,
    /// Shown in full to clients with this right alone.
    ToStaff(ClientRight),
    /// Shown in full to clients with this right while a consent opens this category.
    ToStaffIfConsent(ClientRight, ConsentCategory),
    /// Withheld.
    Withheld,
}

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The field, as `Type.field` of the schema.
    pub name: &'static str,
    /// One cell per relation, in the order of [`Relation::ALL`].
    pub cells: [Access; Relation::ALL.len()],
    /// Whether it tells of an asylum claim, or is a proxy for one: no consent opens it to anybody, and nothing does to a
    /// consular post.
    pub claim: bool,
    /// Why the line is as it is.
    pub why: &'static str,
}

macro_rules! cell {
    (F) => {
        Access::Full
    };
    (-) => {
        Access::Withheld
    };
    (($mask:ident)) => {
        Access::Masked(Mask::$mask)
    };
    ({own}) => {
        Access::Own
    };
    ({for $right:ident}) => {
        Access::ToStaff(ClientRight::$right)
    };
    ({$category:ident for $right:ident}) => {
        Access::ToStaffIfConsent(ClientRight::$right, ConsentCategory::$category)
    };
    ({$category:ident}) => {
        Access::IfConsent(ConsentCategory::$category)
    };
}

/// The cell for a service that protects a person; without one it sees nothing.
macro_rules! service {
    () => {
        Access::Withheld
    };
    ($cell:tt) => {
        cell!($cell)
    };
}

/// The mark of a line that tells of an asylum claim.
macro_rules! mark {
    () => {
        false
    };
    (claim) => {
        true
    };
}

macro_rules! lines {
    ($($field:ident $name:literal $($mark:ident)? [$($cell:tt)*] $(service $service:tt)? $why:literal;)+) => {
        /// A governed field: a line of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u16)]
        pub enum Field {
            $(#[doc = $name] $field),+
        }

        /// The table, in the order in which it is printed.
        pub const LINES: &[Line] = &[$(Line {
            name: $name,
            cells: [$(cell!($cell),)* service!($($service)?)],
            claim: mark!($($mark)?),
            why: $why,
        }),+];
    };
}

impl Field {
    /// The line of this field.
    #[must_use]
    pub fn line(self) -> &'static Line {
        &LINES[self as usize]
    }

    /// The cell of this field for a relation.
    #[must_use]
    pub fn access(self, relation: Relation) -> Access {
        self.line().cells[relation as usize]
    }
}

/// Types of the schema that need no line, each with the reason.
pub const UNGOVERNED: &[(&str, &str)] = &[
    (
        "*Connection",
        "a page of governed rows; the rows table says which",
    ),
    ("*Edge", "a governed row with its cursor"),
    ("PageInfo", "cursors of a page"),
    (
        "*Payload",
        "a governed row or a typed refusal of the viewer's own command",
    ),
    ("CommandError", "a typed refusal of the viewer's own command"),
    ("Money", "a value, governed by the field that holds it"),
    ("Territory", "a value, governed by the field that holds it"),
    (
        "OutreachVisitOutcome",
        "which row of the viewer's own list was refused, and the visit itself, which has lines of its own",
    ),
    ("EscalationStep", "a value, governed by the field that holds it"),
    (
        "InboxHead",
        "places and a digest of the viewer's own inbox; it tells of nobody",
    ),
    ("Viewer", "what the viewer's own token says"),
    ("ServiceInfo", "facts of the service, the same for everybody"),
    ("ServiceLimits", "facts of the service, the same for everybody"),
    ("Deprecation", "facts of the service, the same for everybody"),
    ("Query", "the rows table says which rows each field reaches"),
    ("Mutation", "the actions table says who may"),
    (
        "Subscription",
        "the rows table says which rows each field reaches",
    ),
];

lines! {
    //                                                          sending transit receiving mission consular police migration dashboard oversight admin
    CaseId                  "Case.id"                          [F F          F              - F           F       F           - F             -] service F "opaque, and different for every organisation";
    CaseReference           "Case.reference"                   [F F          F              - F           F       F           - F             -] service F "each organisation sees its own, which prevents joining";
    CaseState               "Case.state"                       [F (Activity) F              - -           (Phase) (Phase)     - F             -] "a coarse state suffices; a withdrawal is not the post's business";
    CaseReturnMode          "Case.returnMode"                  [F -          F              - -           -       F           - F             -] "the migration authority issued the decision";
    CaseLegalStatus         "Case.legalStatusAtApplication" claim [F -          (NotDisclosed) - -           -       F           - -             -] "reveals an asylum claim; Regulation (EU) 2024/1348 Article 7(2)";
    CaseHostTerritory       "Case.hostTerritory"               [F F          F              - F           F       F           - F             -] "every party acts in or for it";
    CaseCountryOfReturn     "Case.countryOfReturn"             [F F          F              - F           F       F           - F             -] "every party needs it to act";
    CaseDestinationCity     "Case.destinationCity"             [F F          F              - -           -       -           - -             -] "only where operationally needed";
    CaseSendingMission      "Case.sendingMission"              [F F          F              - F           F       F           - F             -] "whom to answer";
    CaseReceivingMission    "Case.receivingMission"            [F F          F              - -           -       -           - F             -] "coordination inside IOM";
    CaseMimosaReference     "Case.mimosaReference" claim       [F -          F              - -           -       -           - (LastFour)    -] "an internal key";
    CasePrismReference      "Case.prismReference"              [F -          F              - -           -       -           - (LastFour)    -] "an internal key";
    CaseOpenedAt            "Case.openedAt"                    [F -          F              - -           -       -           - F             -] "counselling is confidential";
    CaseRegisteredAt        "Case.registeredAt" claim          [F -          F              - -           -       F           - F             -] "the authority is told of the registration (N3a)";
    CaseApplicationSignedAt "Case.applicationSignedAt"         [F -          F              - -           -       -           - F             -] "lawfulness of the assistance";
    CaseValidUntil          "Case.applicationValidUntil"       [F -          -              - -           -       -           - -             -] "the mission's own deadline";
    CaseVoluntariness       "Case.voluntarinessRecordedAt"     [F -          F              - -           -       -           - (Day)         -] "counselling is confidential";
    CaseDeclarationSignedAt "Case.declarationSignedAt"         [F F          F              - -           F       F           - F             -] "lawfulness of the exit";
    CaseDepartedAt          "Case.departedAt"                  [F F          F              - -           F       (Day)       - F             -] "departure notice (N5e)";
    CaseArrivedAt           "Case.arrivedAt"                   [F F          F              - -           -       (Day)       - F             -] "the host needs confirmation of the return only";
    CaseWithdrawalReason    "Case.withdrawalReason"            [F -          -              - -           -       -           - -             -] "a free choice must stay free";
    CaseWithdrawnInTransit  "Case.withdrawnInTransit"          [F F F           - - - -     - F     -] "nobody is made to fly on";
    CaseVersion             "Case.version"                     [F -          F              - -           -       -           - F             -] "for those who may change the case";
    CaseHistory             "Case.history" claim               [F -          -              - -           -       -           - F             -] "who did what; the host phase is the sending mission's business";
    CasePersonCount         "Case.personCount"                 [F F          F              - -           F       F           - F             -] "cases and persons are two counters (INV-16)";
    CasePersons             "Case.persons"                     [F F          F              - F           F       F           - F             -] service F "rows have their own reach: a post sees its own applicants";
    CaseConsents            "Case.consents"                    [F F          F              - F           F       F           - F             -] service F "a partner must be able to justify what it holds";
    CaseTravelDocuments     "Case.travelDocumentRequests"      [F F          F              - F           F       F           - F             -] "rows have their own reach: a post sees its own requests";
    CasePersonalDocuments   "Case.personalDocuments"           [F F          F              - -           F       F           - F             -] "a post asked for a document needs no other";
    CaseItineraries         "Case.itineraries"                 [F F          F              - -           F       F           - F             -] "the post asked for a document needs no journey";
    CaseCashGrants          "Case.cashGrants"                  [F -          F              - -           -       -           - F             -] "danger of robbery and extortion";
    CaseAftercare           "Case.aftercare"                   [F - F - - - - - F -] "what follows the return is between the missions";
    CaseHandovers           "Case.handovers"                   [F - F - - - - - F -] "a proxy for special cases; never outside the two missions";
    CaseFundingProject      "Case.fundingProject"              [F -          F              - -           -       -           - F             -] "what pays for a person says something of the person";
    CaseFamily              "Case.family"                      [F -          F              - -           -       -           - F             -] "finance; the others see the persons of their case";
    CasePackages            "Case.reintegrationPackages"       [F -          F              - -           -       -           - F             -] "never to authorities of the country of origin";
    CaseReferrals           "Case.referrals" claim             [F -          F              - -           -       F           - F             -] service F "rows have their own reach: sender and recipient only";
    CaseBreakGlass          "Case.breakGlassAccesses"          [F -          -              - -           -       -           - F             -] "the mission that answers for the case knows who saw it";
    CaseClearances          "Case.airlineClearances"           [F -          F              - -           -       -           - -             -] "says something of a person's health";
    CaseTransfer            "Case.airportTransfer" claim       [F -          -              - -           F       F           - -             -] "the authorities bring persons to the airport (N5c)";
    CaseAccommodations      "Case.temporaryAccommodations" claim [F -          -              - -           -       -           - -             -] "a shelter is known to nobody else";
    CaseBriefings           "Case.migrantBriefings"            [F -          F              - -           -       -           - -             -] "the missions at both ends know what the persons expect (I4e)";

    CaseAsylumClaims        "Case.asylumClaims" claim          [F - - - - - F - - -] "an authority sees its own procedure alone; no consent opens it, and no mission that works beside the country of origin; Regulation (EU) 2024/1348 Article 7(2)";
    CaseReturnDecision      "Case.returnDecision" claim        [F - - - - F F - - -] "the authority's own act";
    CaseStatutoryPeriod     "Case.statutoryPeriod" claim       [F - - - - F F - - -] "the authorities enforce it";
    CaseObjectionChecks     "Case.objectionChecks" claim       [F - - - - F F - - -] "the authorities act on it";
    CasePreferredFrom       "Case.preferredFrom"               [F - - - - - - - - -] "counselling is confidential";
    CasePreferredTo         "Case.preferredTo"                 [F - - - - - - - - -] "counselling is confidential";
    CaseHoldReason          "Case.holdReason"                  [F - F - - - - - - -] "coordination inside IOM; a proxy for health or proceedings";
    CaseTerminationReason   "Case.terminationReason"           [F - - - - - - - - -] "between the persons and the sending mission";

    CaseEligibility         "Case.eligibility"                 [F - - - - - - - - -] "counselling is confidential";
    CaseIneligibility       "Case.ineligibilityReason"         [F - - - - - - - - -] "counselling is confidential";
    CaseDataExchange        "Case.dataExchangeForm"            [F - F - - - - - - -] "what may leave IOM";
    CaseCounselling         "Case.counsellingSessions" claim   [F - - - - - - - - -] "counselling is confidential; a facility may give an asylum claim away";

    CounsellingKind         "CounsellingSession.kind"          [F - - - - - - - - -] "counselling is confidential";
    CounsellingMode         "CounsellingSession.mode"          [F - - - - - - - - -] "counselling is confidential";
    CounsellingLanguage     "CounsellingSession.language"      [F - - - - - - - - -] "counselling is confidential";
    CounsellingUnderstood   "CounsellingSession.languageUnderstood" [F - - - - - - - - -] "counselling is confidential";
    CounsellingInterpreter  "CounsellingSession.interpreter" claim [F - - - - - - - - -] "counselling is confidential";
    CounsellingMediator     "CounsellingSession.culturalMediator" [F - - - - - - - - -] "counselling is confidential";
    CounsellingFacility     "CounsellingSession.facilityKind" claim [F - - - - - - - - -] "a facility may give an asylum claim away";
    CounsellingHeldOn       "CounsellingSession.heldOn"        [F - - - - - - - - -] "counselling is confidential";
    ClaimStage              "AsylumClaim.stage" claim          [F - - - - - {own} - - -] "never to anybody but the authority whose procedure it is";
    ClaimNumber             "AsylumClaim.number" claim         [F - - - - - {own} - - -] "never to anybody but the authority whose procedure it is";
    ClaimLodgedOn           "AsylumClaim.lodgedOn" claim       [F - - - - - {own} - - -] "never to anybody but the authority whose procedure it is";
    ClaimDecidedOn          "AsylumClaim.decidedOn" claim      [F - - - - - {own} - - -] "never to anybody but the authority whose procedure it is";
    ClaimAuthority          "AsylumClaim.authority" claim      [F - - - - - {own} - - -] "never to anybody but the authority whose procedure it is";
    ClaimVersion            "AsylumClaim.version" claim        [F - - - - - {own} - - -] "for those who may change the claim";
    ClaimHistory            "AsylumClaim.history" claim        [F - - - - - -     - - -] "apart from the history of the case, which other missions read";

    DecisionNumber          "ReturnDecision.number"            [F - - - - F F - - -] "the authority's own act";
    DecisionIssuedOn        "ReturnDecision.issuedOn"          [F - - - - F F - - -] "the authority's own act";
    DecisionAuthority       "ReturnDecision.authority" claim   [F - - - - F F - - -] "the authority's own act";
    DecisionMentionsAvrr    "ReturnDecision.mentionsAvrr"      [F - - - - F F - - -] "the authority's own act";
    DecisionServedOn        "ReturnDecision.servedOn"          [F - - - - F F - - -] "the authority's own act";
    PeriodStartsOn          "StatutoryPeriod.startsOn" claim   [F - - - - F F - - -] "the authorities enforce it";
    PeriodDays              "StatutoryPeriod.days"             [F - - - - F F - - -] "the authorities enforce it";
    PeriodEndsOn            "StatutoryPeriod.endsOn"           [F - - - - F F - - -] "the authorities enforce it";
    PeriodDaysOnHold        "StatutoryPeriod.daysOnHold"       [F - - - - - - - - -] "a hold is coordination inside IOM; the authorities enforce the end alone";
    PeriodStops             "StatutoryPeriod.holdStopsPeriod"  [F - - - - - - - - -] "a hold is coordination inside IOM; the authorities enforce the end alone";
    PeriodExtensions        "StatutoryPeriod.extensions"       [F - - - - F F - - -] "the authorities enforce it";
    ExtensionDays           "StatutoryExtension.days"          [F - - - - F F - - -] "the authority's own act";
    ExtensionReason         "StatutoryExtension.reason"        [F - - - - F F - - -] "the authority's own act";
    ExtensionConfirmedOn    "StatutoryExtension.confirmedOn"   [F - - - - F F - - -] "the authority's own act";
    ExtensionConfirmation   "StatutoryExtension.confirmation" claim [F - - - - (Authority) F - - -] "the authority's own act; which authority it is may be a proxy for an asylum claim";
    ObjectionState          "ObjectionCheck.state"             [F - - - - F F - - -] "the authorities act on it";
    ObjectionRequestedAt    "ObjectionCheck.requestedAt"       [F - - - - F F - - -] "the authorities act on it";
    ObjectionDecidedAt      "ObjectionCheck.decidedAt"         [F - - - - F F - - -] "the authorities act on it";
    ObjectionGround         "ObjectionCheck.ground"            [F - - - - {own} {own} - - -] "security data of its author; no other authority may read it";

    CaseSurveys             "Case.surveyResponses"             [F -          F              - -           -       -           - -             -] "candid answers; the sending mission sees that somebody was asked";

    SurveyPerson            "SurveyResponse.person"            [F - F - - - - - - -] "who was asked";
    SurveyInstrument        "SurveyResponse.instrument"        [F - F - - - - - - -] "which questions";
    SurveyVersion           "SurveyResponse.instrumentVersion" [F - F - - - - - - -] "which questions";
    SurveyRound             "SurveyResponse.round"             [F - F - - - - - - -] "rounds are repeated";
    SurveyOutcome           "SurveyResponse.outcome"           [F - F - - - - - - -] "the response rate";
    SurveyState             "SurveyResponse.state"             [F - F - - - - - - -] "the response rate";
    SurveyHeldOn            "SurveyResponse.heldOn"            [F - F - - - - - - -] "windows (INV-15)";
    SurveyMode              "SurveyResponse.mode"              [F - F - - - - - - -] "quality of the answers";
    SurveyLanguage          "SurveyResponse.language"          [F - F - - - - - - -] "quality of the answers";
    SurveyOutside           "SurveyResponse.outsideWindow"     [F - F - - - - - - -] "windows (INV-15)";
    SurveyAnswers           "SurveyResponse.answers"           [- - F - - - - - - -] "candid answers stay with those who asked";
    SurveyRecordedAt        "SurveyResponse.recordedAt"        [F - F - - - - - - -] "windows (INV-15)";
    SurveyValidatedAt       "SurveyResponse.validatedAt"       [F - F - - - - - - -] "quality of the answers";
    SurveyAnswerQuestion    "SurveyAnswer.question"            [- - F - - - - - - -] "candid answers stay with those who asked";
    SurveyAnswerValue       "SurveyAnswer.answer"              [- - F - - - - - - -] "candid answers stay with those who asked";
    FamilyHouseholdSize     "Family.householdSize"             [F -          F              - -           -       -           - F             -] "the cap of a family goes by it";
    FamilyMembers           "Family.members"                   [F -          F              - -           -       -           - -             -] "rows have their own reach; oversight needs the number alone";

    PersonId                "Person.id"                        [F F          F              - F           F       F           - F             -] service F "opaque, and different for every organisation";
    PersonFullName          "Person.fullName"                  [F F          F              - F           F       F           - (Initials)    -] service F "identity is needed to act";
    PersonDateOfBirth       "Person.dateOfBirth"               [F (AgeBand)  F              - F           F       F           - (Year)        -] "a post identifies; transit needs to know a child";
    PersonSex               "Person.sex"                       [F F          F              - F           F       F           - F             -] "identity, arrangements for the reception";
    PersonNationality       "Person.nationality"               [F F          F              - F           F       F           - F             -] "identity";
    PersonPlaceOfBirth      "Person.placeOfBirth"              [F -          F              - F           -       -           - -             -] "to confirm the nationality, and nothing else";
    PersonParentsNames      "Person.parentsNames"              [F -          -              - F           -       -           - -             -] "to confirm the nationality, and nothing else";
    PersonPhone             "Person.phone"                     [F (Exists)   F              - {Contact}   -       -           - -             -] "an interview at the post only with consent";
    PersonEmail             "Person.email"                     [F (Exists)   F              - {Contact}   -       -           - -             -] "an interview at the post only with consent";
    PersonMaritalStatus     "Person.maritalStatus"             [F -          F              - F           -       -           - -             -] "for the plan after the return; the post writes it into the document";
    PersonOccupation        "Person.occupation"                [F -          F              - -           -       -           - -             -] "for the plan after the return alone";
    PersonEducation         "Person.education"                 [F -          F              - -           -       -           - -             -] "for the plan after the return alone";
    PersonHostAddress       "Person.hostAddress" claim         [F -          -              - -           -       F           - -             -] "the address of an asylum centre is a claim";
    PersonReturnAddress     "Person.addressInCountryOfReturn"  [F -          F              - {FamilyAddress} -   -           - -             -] "danger to the family";
    PersonLanguage          "Person.language"                  [F F          F              - -           F       F           - F             -] service F "interpretation";
    PersonHead              "Person.headOfHousehold"           [F F          F              - -           F       F           - F             -] "who speaks for the family";
    PersonMinor             "Person.minor"                     [F F F - F            F F - F -] "every party has to know a child";
    PersonUnaccompanied     "Person.unaccompanied"             [F F F - -            F F - F -] "those who look after the child; a post sees a child";
    PersonSpecialCase       "Person.specialCase"               [F - F - -            - F - F -] "the authority cooperates on special cases (N4b); trafficking does not count";
    PersonSpecialHandling   "Person.specialHandling"           [F F F - -            F - - - -] "help at the airport, not why";
    PersonNeeds             "Person.needs"                     [F F F - -            - - - - -] service F "what has to be done on the way, not why";
    PersonVulnerability     "Person.vulnerability"             [F - F - -            - - - - -] "needs, not labels, for the others";
    PersonGuardianName      "Person.guardianName"              [F F F - {Guardian}   F F - - -] "handover; a guardian says that a child is alone";
    PersonGuardianContact   "Person.guardianContact"           [F F F - {Guardian}   F F - - -] "handover; a guardian says that a child is alone";
    PersonGuardianAuthority "Person.guardianAuthority"         [F F F - {Guardian}   F F - - -] "handover; a guardian says that a child is alone";
    PersonChildSafeguards   "Person.childSafeguards"           [F - F - -            - F - F -] "the authority shares the best-interests result";
    PersonFitness           "Person.fitness"                   [F F F - -            - - - F -] "conditions are operational, the rest is medical";
    PersonDiagnosis         "Person.diagnosis"                 [{for MigrationHealth} - {Health for MigrationHealth} - - - - - - -] "medical secrecy: health staff alone";
    PersonMedication        "Person.medication"                [{for MigrationHealth} - {Health for MigrationHealth} - - - - - - -] "medical secrecy: health staff alone";
    PersonRequirements      "Person.healthRequirements"        [F F F - -            F - - - -] "proof, not the result";
    PersonEscorts           "Person.escorts"                   [F F F - -            F - - F -] "who travels along";
    PersonDetention         "Person.detention" claim           [F - - - -            F F - - -] "never to a post, nor to missions that work beside its authorities";
    PersonAppointments      "Person.consularAppointments"      [F - - - -            F F - F -] "for persons in detention (N4c); a post knows its own interviews";
    PersonCircumstances     "Person.preDepartureCircumstances" claim [F - - - -            - - - - -] "a centre or a treatment says why; proxies for an asylum claim and for health";
    PersonAssistance        "Person.assistanceProvisions"      [F - - - -            - - - - -] "who is cared for by whom says why";
    PersonPhoto             "Person.photo"                     [F F F - {Photo}      F - - - -] "who escorts or receives a person recognises them; a post needs it for the document";

    VulnerabilityAssessedOn "VulnerabilityAssessment.assessedOn"          [F - F            - - - - - - -] "needs, not labels, for the others";
    VulnerabilityCategories "VulnerabilityAssessment.categories"          [F - F            - - - - - - -] "needs, not labels, for the others";
    VulnerabilityTrafficked "VulnerabilityAssessment.victimOfTrafficking" [F - {Protection} - - - - - - -] "retaliation and stigma: the person decides who knows";

    ChildBestInterests      "ChildSafeguards.bestInterests"       [F - F - - - F - (Exists) -] "the competent authority shares it";
    ChildGuardianConsented  "ChildSafeguards.guardianConsentedAt" [F - F - - - - - -        -] "lawfulness of the child's return";
    ChildChildConsented     "ChildSafeguards.childConsentedAt"    [F - F - - - - - -        -] "lawfulness of the child's return";
    ChildFamilyAssessedOn   "ChildSafeguards.familyAssessedOn"    [F - F - - - - - -        -] "reception";
    ChildHandoverParty      "ChildSafeguards.handoverParty"       [F - F - - - - - -        -] "reception; a social service says why";

    FitnessState            "FitnessAssessment.state"          [F F F - - - - - - -] "operational need";
    FitnessConditions       "FitnessAssessment.conditions"     [F F F - - - - - - -] "operational need";
    FitnessRequestedAt      "FitnessAssessment.requestedAt"    [F - F - - - - - F -] "that there is one is enough for oversight";
    FitnessPerformedAt      "FitnessAssessment.performedAt"    [F - F - - - - - F -] "that there is one is enough for oversight";
    FitnessValidUntil       "FitnessAssessment.validUntil"     [F F F - - - - - - -] "operational need";

    RequirementKind         "HealthRequirement.requirement"    [F F F - - F - - - -] "proof, not the result";
    RequirementResult       "HealthRequirement.result"         [F - - - - - - - - -] "proof, not the result";
    RequirementValidUntil   "HealthRequirement.validUntil"     [F F F - - F - - - -] "proof, not the result";

    EscortNumber            "Escort.number"                    [F F F - - F        - - F -] "names the escort on its case";
    EscortKind              "Escort.kind"                      [F F F - - (Escort) - - F -] "the police see an escort, not why there is one";
    EscortState             "Escort.state"                     [F F F - - -        - - F -] "coordination inside IOM";
    EscortName              "Escort.name"                      [F F F - - F        - - - -] "exit formalities";
    EscortMhdReference      "Escort.mhdReference"              [F - - - - -        - - - -] "leads to what health staff know; a proxy for health";

    DetentionFacility       "Detention.facility" claim         [F - - - - - F - - -] "proxies for an asylum claim";
    DetentionSince          "Detention.since"                  [F - - - - F F - - -] "the authorities' own act";
    DetentionEndedOn        "Detention.endedOn"                [F - - - - F F - - -] "the authorities' own act";

    AppointmentNumber       "ConsularAppointment.number"       [F - - - - F F - F -] "names the appointment on its case";
    AppointmentAt           "ConsularAppointment.at"           [F - - - - F F - F -] "the authorities bring the person there (N4c)";
    AppointmentSupportedAt  "ConsularAppointment.supportedAt"  [F - - - - F F - F -] "the authorities bring the person there (N4c)";

    ClearanceKind           "AirlineClearance.kind"            [F - F - - - - - - -] "says something of a person's health";
    ClearanceReference      "AirlineClearance.reference"       [F - F - - - - - - -] "says something of a person's health";
    ClearanceClearedAt      "AirlineClearance.clearedAt"       [F - F - - - - - - -] "says something of a person's health";

    TransferProvider        "AirportTransfer.provider"         [F - - - - F F - - -] "the authorities bring persons to the airport (N5c)";
    TransferFacility        "AirportTransfer.pickUpFacility" claim [F - - - - - F - - -] "where persons live may be an asylum centre; who drives is told by who asks for it";
    TransferAt              "AirportTransfer.pickUpAt"         [F - - - - F F - - -] "the authorities bring persons to the airport (N5c)";

    AccommodationPlace      "TemporaryAccommodation.place" claim [F - - - - - - - - -] "a shelter is known to nobody else";
    AccommodationFrom       "TemporaryAccommodation.from"      [F - - - - - - - - -] "a shelter is known to nobody else";
    AccommodationUntil      "TemporaryAccommodation.until"     [F - - - - - - - - -] "a shelter is known to nobody else";

    BriefingAttemptNo       "MigrantBriefing.attemptNo"             [F - F - - - - - - -] "the missions at both ends know what the persons expect (I4e)";
    BriefingLuggage         "MigrantBriefing.luggageAllowanceKg"    [F - F - - - - - - -] "the missions at both ends know what the persons expect (I4e)";
    BriefingEntitlements    "MigrantBriefing.entitlementsExplained" [F - F - - - - - - -] "the missions at both ends know what the persons expect (I4e)";
    BriefingBriefedAt       "MigrantBriefing.briefedAt"             [F - F - - - - - - -] "the missions at both ends know what the persons expect (I4e)";
    CircumstancesAccommodation "PreDepartureCircumstances.accommodation" claim [F - - - - - - - - -] "a proxy for an asylum claim, detention or protection";
    CircumstancesTreatment     "PreDepartureCircumstances.medicalTreatment" [F - - - - - - - - -] "a proxy for health";
    CircumstancesNeeds         "PreDepartureCircumstances.travelNeeds"      [F - - - - - - - - -] "what was assessed is told, not what was said";
    CircumstancesRecordedAt    "PreDepartureCircumstances.recordedAt"       [F - - - - - - - - -] "counselling is confidential";
    AssistanceKind          "AssistanceProvision.kind"         [F - - - - - - - - -] "a proxy for health and protection";
    AssistanceProvider      "AssistanceProvision.provider"     [F - - - - - - - - -] "who cares for a person says why";
    AssistanceProviderName  "AssistanceProvision.providerName" [F - - - - - - - - -] "who cares for a person says why";
    AssistanceProvidedOn    "AssistanceProvision.providedOn"   [F - - - - - - - - -] "who cares for a person says why";
    ConsentId               "Consent.id"                       [F F          F              - F           F       F           - F             -] service F "a partner must be able to justify what it holds";
    ConsentRecipientClass   "Consent.recipientClass"           [F F          F              - F           F       F           - F             -] service F "a partner must be able to justify what it holds";
    ConsentActive           "Consent.active"                   [F F          F              - F           F       F           - F             -] service F "a partner must be able to justify what it holds";
    ConsentPurpose          "Consent.purpose"                  [F -          F              - -           -       -           - F             -] "whether it holds is enough for the others";
    ConsentCategory         "Consent.category"                 [F -          F              - -           -       -           - F             -] "whether it holds is enough for the others";
    ConsentRecipient        "Consent.recipient"                [F - - - - - - - F -] service F "who protects somebody, and from whom, is known to nobody else";
    ConsentSignedAt         "Consent.signedAt"                 [F -          F              - -           -       -           - F             -] "whether it holds is enough for the others";
    ConsentState            "Consent.state"                    [F -          F              - -           -       -           - F             -] "whether it holds is enough for the others";
    ConsentRevokedAt        "Consent.revokedAt"                [F -          F              - -           -       -           - F             -] "whether it holds is enough for the others";

    RequestId               "TravelDocumentRequest.id"                     [F F F           - F F F           - F -] "opaque, and different for every organisation";
    RequestCase             "TravelDocumentRequest.case"                   [F F F           - F F F           - F -] "the case has lines of its own";
    RequestApplicant        "TravelDocumentRequest.applicant"              [F F F           - F F F           - F -] "the person has lines of their own";
    RequestConsularPost     "TravelDocumentRequest.consularPost"           [F - F           - F - -           - F -] "whom was asked";
    RequestState            "TravelDocumentRequest.state"                  [F - (Readiness) - F - (Readiness) - F -] "whether a document can be counted on";
    RequestExpedited        "TravelDocumentRequest.expedited"              [F - -           - F - -           - F -] "between the post and the sending mission";
    RequestSubmittedAt      "TravelDocumentRequest.submittedAt"            [F - -           - F - -           - F -] "between the post and the sending mission";
    RequestAcknowledgedAt   "TravelDocumentRequest.acknowledgedAt"         [F - -           - F - -           - F -] "between the post and the sending mission";
    RequestConfirmedAt      "TravelDocumentRequest.nationalityConfirmedAt" [F - -           - F - -           - F -] "between the post and the sending mission";
    RequestDeparture        "TravelDocumentRequest.plannedDepartureOn"     [F - -           - F - -           - - -] "the post needs the day and no more of the journey; the others read the journey itself";
    RequestEndedAt          "TravelDocumentRequest.endedAt"                [F - -           - F - -           - F -] "between the post and the sending mission";
    RequestRefusalReason    "TravelDocumentRequest.refusalReason"          [F - -           - F - (Refused)   - F -] "statistics of refusals without motives";
    RequestDocument         "TravelDocumentRequest.document"               [F F F           - F F F           - F -] "the document has lines of its own";
    RequestStateSince       "TravelDocumentRequest.stateSince"             [F - -           - F - -           - F -] "ageing is the first thing to look at; the others see whether a document can be counted on";
    RequestAge              "TravelDocumentRequest.ageInDays"              [F - -           - F - -           - F -] "ageing is the first thing to look at; the others see whether a document can be counted on";
    RequestInformation      "TravelDocumentRequest.informationRequests"    [F - -           - F - -           - F -] "between the post and the sending mission";
    RequestInterviews       "TravelDocumentRequest.interviews"             [F - -           - F - -           - F -] "between the post and the sending mission";
    RequestCustody          "TravelDocumentRequest.custody"                [F - -           - - - -           - F -] "the chain of custody; who holds a document may tell of a detention";
    RequestSnapshot         "TravelDocumentRequest.disclosureSnapshot"     [F - -           - F - -           - F -] "proves what was told";
    RequestAttachments      "TravelDocumentRequest.attachments"            [F - -           - {Documents} - - - - -] "copies of a closed list of papers, between the post and the sending mission";
    RequestAlternatives     "TravelDocumentRequest.alternativePosts"       [F - -           - - - -           - - -] "no post learns of another seat";
    RequestVersion          "TravelDocumentRequest.version"                [F - -           - F - -           - F -] "for those who may change the request";
    RequestHistory          "TravelDocumentRequest.history"                [F - -           - - - -           - F -] "who did what; the mission's business with the post";

    DocumentType            "TravelDocument.type"              [F F           F - F F F - F           -] "border formalities";
    DocumentNumber          "TravelDocument.number"            [F (LastThree) F - F F - - (LastThree) -] "the exit check needs it, others do not";
    DocumentMrz             "TravelDocument.mrz"               [F (LastThree) F - F F - - (LastThree) -] "the exit check needs it, others do not";
    DocumentIssuer          "TravelDocument.issuingState"      [F F           F - F F - - F           -] "border formalities";
    DocumentSingleJourney   "TravelDocument.singleJourney"     [F F           F - F F - - F           -] "border formalities";
    DocumentDestinationOnly "TravelDocument.destinationOnly"   [F F           F - F F - - F           -] "border formalities";
    DocumentIssuedOn        "TravelDocument.issuedOn"          [F F           F - F F - - F           -] "border formalities";
    DocumentExpiresOn       "TravelDocument.expiresOn"         [F F           F - F F - - F           -] "border formalities";

    PersonalHolder          "PersonalDocument.holder"          [F F F - - F F - F -] "the person has lines of their own";
    PersonalTravelDocument  "PersonalDocument.document"        [F F F - - F F - F -] "the document has lines of its own";
    PersonalRecordedAt      "PersonalDocument.recordedAt"      [F - F - - - - - F -] "coordination inside IOM";

    InformationAskedAt      "InformationRequest.askedAt"       [F - - - F - - - F -] "between the post and the sending mission";
    InformationItems        "InformationRequest.items"         [F - - - F - - - F -] "between the post and the sending mission";
    InformationQuestion     "InformationRequest.question"      [F - - - F - - - - -] "words between the post and the sending mission";
    InformationAnsweredAt   "InformationRequest.answeredAt"    [F - - - F - - - F -] "between the post and the sending mission";
    InformationAnswer       "InformationRequest.answer"        [F - - - F - - - - -] "words between the post and the sending mission";

    InterviewScheduledAt    "ConsularInterview.scheduledAt"    [F - - - F - - - F -] "between the post and the sending mission";
    InterviewAt             "ConsularInterview.at"             [F - - - F - - - F -] "between the post and the sending mission";
    InterviewMode           "ConsularInterview.mode"           [F - - - F - - - F -] "between the post and the sending mission";
    InterviewPlace          "ConsularInterview.place"          [F - - - F - - - F -] "between the post and the sending mission";

    CustodyLocation         "TravelDocumentCustody.location"   [F - - - - - - - F -] "the chain of custody";
    CustodySince            "TravelDocumentCustody.since"      [F - - - - - - - F -] "the chain of custody";
    CustodyRecordedBy       "TravelDocumentCustody.recordedBy" [F - - - - - - - F -] "the chain of custody";

    SnapshotMadeAt          "DisclosureSnapshot.madeAt"        [F - - - F - - - F -] "proves what was told";
    SnapshotPolicyVersion   "DisclosureSnapshot.policyVersion" [F - - - F - - - F -] "proves by which rules it was told";
    SnapshotContent         "DisclosureSnapshot.content"       [F - - - F - - - - -] "proves what was told; oversight compares its digest";
    SnapshotSha256          "DisclosureSnapshot.sha256"        [F - - - F - - - F -] "proves what was told";

    PhotoMediaType          "Photo.mediaType"                  [F F F - F F - - - -] "reached through Person.photo alone";
    PhotoSize               "Photo.sizeBytes"                  [F F F - F F - - - -] "reached through Person.photo alone";
    PhotoSha256             "Photo.sha256"                     [F - - - - - - - - -] "a name for the bytes that two organisations could join by without having them";
    PhotoContent            "Photo.content"                    [F F F - F F - - - -] "reached through Person.photo alone";
    PhotoRecordedAt         "Photo.recordedAt"                 [F F F - - - - - - -] "when somebody was where is inside IOM";

    AttachmentNumber        "Attachment.number"                [F - - - - - - - - -] "commands name the attachment by it; a gap would tell of what was taken away";
    AttachmentKind          "Attachment.kind"                  [F - - - F - - - - -] "reached through TravelDocumentRequest.attachments alone";
    AttachmentMediaType     "Attachment.mediaType"             [F - - - F - - - - -] "reached through TravelDocumentRequest.attachments alone";
    AttachmentSize          "Attachment.sizeBytes"             [F - - - F - - - - -] "reached through TravelDocumentRequest.attachments alone";
    AttachmentSha256        "Attachment.sha256"                [F - - - - - - - - -] "a name for the bytes that two organisations could join by without having them";
    AttachmentContent       "Attachment.content"               [F - - - F - - - - -] "reached through TravelDocumentRequest.attachments alone";
    AttachmentRecordedAt    "Attachment.recordedAt"            [F - - - F - - - - -] "reached through TravelDocumentRequest.attachments alone";

    ItineraryId             "Itinerary.id"                     [F F F           - - F F     - F     -] "opaque, and different for every organisation";
    ItineraryCase           "Itinerary.case"                   [F F F           - - F F     - F     -] "the case has lines of its own";
    ItineraryAttemptNo      "Itinerary.attemptNo"              [F F F           - - - -     - F     -] "an authority needs the journey that holds, not its history";
    ItineraryState          "Itinerary.state"                  [F F F           - - F F     - F     -] "whether the departure holds";
    ItineraryReplaces       "Itinerary.replacesAttemptNo"      [F F F           - - - -     - F     -] "an authority needs the journey that holds, not its history";
    ItineraryBookedAt       "Itinerary.bookedAt"               [F F F           - - - -     - F     -] "coordination inside IOM";
    ItineraryTicketedAt     "Itinerary.ticketedAt"             [F F F           - - - -     - F     -] "coordination inside IOM";
    ItineraryTicketNumber   "Itinerary.ticketNumber"           [F F (LastThree) - - - -     - -     -] "opens the profile at the airline";
    ItineraryBookingRef     "Itinerary.bookingReference"       [F F (LastThree) - - - -     - -     -] "opens the profile at the airline";
    ItineraryFareBasis      "Itinerary.fareBasis"              [F - -           - - - -     - F     -] "what IOM pays a carrier";
    ItineraryTicketCost     "Itinerary.ticketCost"             [F - -           - - - -     - F     -] "what IOM pays a carrier; aggregated for donors";
    ItineraryTicketOverride "Itinerary.ticketOverride"         [F - -           - - - -     - F     -] "who answers for a cost at risk";
    ItineraryReceptionAt    "Itinerary.receptionConfirmedAt"   [F F F           - - - -     - F     -] "coordination inside IOM (I4d)";
    ItineraryHandlings      "Itinerary.transitHandlings"       [F F F           - - F -     - F     -] "assistance has lines of its own";
    ItineraryIncidents      "Itinerary.incidents"              [F F F           - - - -     - F     -] "coordination inside IOM (I5d)";
    ItineraryBorderPoint    "Itinerary.borderPoint"            [F F F           - - F F     - F     -] "lawfulness of exit";
    ItineraryExitAt         "Itinerary.exitFormalitiesAt"      [F F F           - - F F     - F     -] "lawfulness of exit";
    ItineraryAccess         "Itinerary.airportAccess"          [F F F           - - F F     - F     -] "the authority's own act";
    ItineraryArrivals       "Itinerary.arrivals"               [F F F           - - - F     - F     -] "arrivals have lines of their own";
    ItineraryMovement       "Itinerary.movement"               [F F F           - - F -     - F     -] "movements have lines of their own";
    ItineraryMissedAt       "Itinerary.missedAt"               [F F F           - - - -     - F     -] "why persons do not travel is no business of an authority";
    ItinerarySuspendedAt    "Itinerary.suspendedAt"            [F F F           - - - -     - F     -] "coordination inside IOM";
    ItinerarySuspension     "Itinerary.suspensionReason"       [F F F           - - - -     - F     -] "coordination inside IOM";
    ItinerarySegments       "Itinerary.segments"               [F F F           - - F F     - F     -] "flights have lines of their own";
    ItineraryProject        "Itinerary.fundingProject"         [F - F           - - - -     - F     -] "what pays for a person says something of the person";
    ItineraryAffected       "Itinerary.affectedBySuspension"   [F F F           - - - -     - F     -] "coordination inside IOM";
    ItineraryVersion        "Itinerary.version"                [F F F           - - - -     - F     -] "for those who may change the journey";
    ItineraryHistory        "Itinerary.history"                [F - F           - - - -     - F     -] "who did what; the receiving mission prepares by it";

    SegmentPosition         "Segment.position"                 [F F F           - - F -     - -     -] "names the flight to commands";
    SegmentState            "Segment.state"                    [F F F           - - F -     - F     -] "whether the departure holds";
    SegmentFlight           "Segment.flight"                   [F F F           - - F -     - -     -] "exit formalities";
    SegmentFrom             "Segment.departureAirport"         [F F F           - - F -     - -     -] "exit formalities";
    SegmentFromZone         "Segment.departureTimeZone"        [F F F           - - F -     - -     -] "exit formalities";
    SegmentDepartsAt        "Segment.departsAt"                [F F F           - - F (Day) - (Day) -] "the migration authority needs the day only";
    SegmentDepartsLocal     "Segment.departsAtLocal"           [F F F           - - F -     - -     -] "exit formalities";
    SegmentTo               "Segment.arrivalAirport"           [F F F           - - F -     - -     -] "exit formalities";
    SegmentToZone           "Segment.arrivalTimeZone"          [F F F           - - F -     - -     -] "exit formalities";
    SegmentArrivesAt        "Segment.arrivesAt"                [F F F           - - F (Day) - (Day) -] "the migration authority needs the day only";
    SegmentArrivesLocal     "Segment.arrivesAtLocal"           [F F F           - - F -     - -     -] "exit formalities";

    // Of a movement, `sending` is the mission that organises it; `Relation::to_a_movement` says what everybody else is.
    MovementId              "Movement.id"                      [F F F - - F             - - F     -] "opaque, and different for every organisation";
    MovementReference       "Movement.reference"               [F F F - - F             - - F     -] "what everybody at the airport calls it";
    MovementKind            "Movement.kind"                    [F F F - - F             - - F     -] "exit formalities of a group";
    MovementOrganiser       "Movement.organiser"               [F F F - - F             - - F     -] "whom to ask";
    MovementSeats           "Movement.seats"                   [F F F - - -             - - F     -] "coordination inside IOM (I4f)";
    MovementState           "Movement.state"                   [F F F - - F             - - F     -] "whether the departure holds";
    MovementDraftedAt       "Movement.draftedAt"               [F F F - - -             - - F     -] "coordination inside IOM (I4f)";
    MovementLockedAt        "Movement.lockedAt"                [F F F - - F             - - F     -] "from when on the manifest counts";
    MovementClearedAt       "Movement.clearedAt"               [F F F - - -             - - F     -] "coordination inside IOM (I4f)";
    MovementDepartedAt      "Movement.departedAt"              [F F F - - F             - - F     -] "exit formalities";
    MovementLandedAt        "Movement.landedAt"                [F F F - - -             - - F     -] "coordination inside IOM (I5d)";
    MovementEndedAt         "Movement.endedAt"                 [F F F - - -             - - F     -] "coordination inside IOM (I5d)";
    MovementFlights         "Movement.flights"                 [F F F - - F             - - F     -] "flights have lines of their own";
    MovementManifest        "Movement.manifest"                [F F F - - F             - - -     -] "exit formalities; oversight counts";
    MovementAtLock          "Movement.listedAtLock"            [F F F - - F             - - F     -] "counts of lines within the viewer's own reach";
    MovementTravelling      "Movement.travelling"              [F F F - - F             - - F     -] "counts of lines within the viewer's own reach";
    MovementBoarded         "Movement.boarded"                 [F F F - - F             - - F     -] "counts of lines within the viewer's own reach";
    MovementChanges         "Movement.changesSinceLock"        [F F F - - F             - - -     -] "exit formalities; oversight counts";
    MovementVersion         "Movement.version"                 [F F F - - -             - - F     -] "for those who may change the movement";
    MovementHistory         "Movement.history"                 [F - F - - -             - - F     -] "who did what; the receiving mission prepares by it";

    MovementFlightPosition  "MovementFlight.position"          [F F F - - F             - - -     -] "names the flight";
    MovementFlightFlight    "MovementFlight.flight"            [F F F - - F             - - -     -] "exit formalities";
    MovementFlightFrom      "MovementFlight.departureAirport"  [F F F - - F             - - -     -] "exit formalities";
    MovementFlightDepartsAt "MovementFlight.departsAt"         [F F F - - F             - - (Day) -] "oversight needs the day only";
    MovementFlightTo        "MovementFlight.arrivalAirport"    [F F F - - F             - - -     -] "exit formalities";
    MovementFlightArrivesAt "MovementFlight.arrivesAt"         [F F F - - F             - - (Day) -] "oversight needs the day only";

    ManifestPerson          "ManifestLine.person"              [F F F - - F             - - -     -] "persons have lines of their own";
    ManifestCase            "ManifestLine.case"                [F F F - - F             - - -     -] "the case has lines of its own";
    ManifestItinerary       "ManifestLine.itinerary"           [F F F - - F             - - -     -] "the journey has lines of its own";
    ManifestState           "ManifestLine.state"               [F F F - - (Travelling)  - - -     -] "whether somebody travels, never why not: free choice and health stay hidden";
    ManifestListedAt        "ManifestLine.listedAt"            [F F F - - -             - - -     -] "coordination inside IOM (I4f)";
    ManifestChangedAt       "ManifestLine.changedAt"           [F F F - - F             - - -     -] "exit formalities";

    ChangePerson            "ManifestChange.person"            [F F F - - F             - - -     -] "persons have lines of their own";
    ChangeFrom              "ManifestChange.from"              [F F F - - (Travelling)  - - -     -] "whether somebody travels, never why not";
    ChangeTo                "ManifestChange.to"                [F F F - - (Travelling)  - - -     -] "whether somebody travels, never why not: free choice and health stay hidden";
    ChangeAt                "ManifestChange.changedAt"         [F F F - - F             - - -     -] "exit formalities";

    HandlingMission         "TransitHandling.mission"          [F F F           - - - -     - F     -] "coordination inside IOM (I4d)";
    HandlingCountry         "TransitHandling.country"          [F F F           - - - -     - F     -] "coordination inside IOM (I4d)";
    HandlingState           "TransitHandling.state"            [F F F           - - F -     - F     -] "the police need to know that somebody is there";
    HandlingRequestedAt     "TransitHandling.requestedAt"      [F F F           - - - -     - F     -] "coordination inside IOM (I4d)";
    HandlingConfirmedAt     "TransitHandling.confirmedAt"      [F F F           - - - -     - F     -] "coordination inside IOM (I4d)";
    IncidentSegment         "TransitIncident.segment"          [F F F           - - - -     - F     -] "coordination inside IOM (I5d)";
    IncidentKind            "TransitIncident.kind"             [F F F           - - - -     - F     -] "coordination inside IOM (I5d)";
    IncidentAirport         "TransitIncident.airport"          [F F F           - - - -     - F     -] "coordination inside IOM (I5d)";
    IncidentOccurredAt      "TransitIncident.occurredAt"       [F F F           - - - -     - F     -] "coordination inside IOM (I5d)";
    ArrivalPerson           "Arrival.person"                   [F F F           - - - F     - F     -] "the host needs confirmation of the return";
    ArrivalAirport          "Arrival.airport"                  [F F F           - - - -     - F     -] "reception is no business of the host";
    ArrivalArrivedAt        "Arrival.arrivedAt"                [F F F           - - - (Day) - F     -] "the host needs confirmation of the return, by day";
    ArrivalOnwardTravel     "Arrival.onwardTravel"             [F F F           - - - -     - F     -] "reception is no business of the host";
    ArrivalOnwardTo         "Arrival.onwardTo"                 [F F F           - - - -     - F     -] "reception is no business of the host";

    GrantId                 "CashGrant.id"                     [F - F - - - - - F -] "opaque, and different for every organisation";
    GrantCase               "CashGrant.case"                   [F - F - - - - - F -] "the case has lines of its own";
    GrantPayee              "CashGrant.payee"                  [F - F - - - - - F -] "the person has lines of their own";
    GrantAccount            "CashGrant.payeeAccount"           [F - F - - - - - F -] "the account has lines of its own";
    GrantState              "CashGrant.state"                  [F - F - - - - - F -] "danger of robbery and extortion";
    GrantAmount             "CashGrant.amount"                 [F - F - - - - - F -] "danger of robbery and extortion";
    GrantProposedAt         "CashGrant.proposedAt"             [F - F - - - - - F -] "danger of robbery and extortion";
    GrantApprovedAt         "CashGrant.approvedAt"             [F - F - - - - - F -] "danger of robbery and extortion";
    GrantTranches           "CashGrant.tranches"               [F - F - - - - - F -] "danger of robbery and extortion";
    GrantProject            "CashGrant.fundingProject"         [F - F - - - - - F -] "what pays for a person says something of the person";
    GrantRule               "CashGrant.rule"                   [F - F - - - - - F -] "levels differ, so it says which rule applied (S3:138)";
    GrantComputation        "CashGrant.computation"            [F - F - - - - - F -] "how the amount came about";
    GrantExchangeRate       "CashGrant.exchangeRate"           [F - F - - - - - F -] "how the amount came about";
    GrantDonorApproval      "CashGrant.donorApprovalReference" [F - F - - - - - F -] "why an amount is above the rule";
    GrantSingleTranche      "CashGrant.singleTrancheReason"    [F - F - - - - - F -] "why a grant is paid at once (INV-09)";
    GrantEndReason          "CashGrant.endReason"              [F - F - - - - - F -] "danger of robbery and extortion";
    GrantRecovery           "CashGrant.recovery"               [F - F - - - - - F -] "danger of robbery and extortion";
    GrantVersion            "CashGrant.version"                [F - F - - - - - F -] "for those who may change the grant";
    GrantHistory            "CashGrant.history"                [F - F - - - - - F -] "who did what with money";
    AccountKind             "PayeeAccount.kind"                [F - F - - - - - F -] "how the person is paid";
    AccountNumber           "PayeeAccount.number"              [F - F - - - - - (LastFour) -] "who knows the number can take the money; oversight compares its end";
    TrancheNumber           "Tranche.number"                   [F - F - - - - - F -] "danger of robbery and extortion";
    TrancheAmount           "Tranche.amount"                   [F - F - - - - - F -] "danger of robbery and extortion";
    TrancheState            "Tranche.state"                    [F - F - - - - - F -] "danger of robbery and extortion";
    TranchePaidAt           "Tranche.paidAt"                   [F - F - - - - - F -] "danger of robbery and extortion";
    TrancheMilestoneKind    "Tranche.milestoneKind"            [F - F - - - - - F -] "what a second payment rests on";
    TrancheMilestoneRef     "Tranche.milestoneReference"       [F - F - - - - - - -] "receipts stay with the two missions";
    TrancheReceipt          "Tranche.receiptReference"         [F - F - - - - - - -] "receipts stay with the two missions";
    TrancheReceiptedAt      "Tranche.receiptedAt"              [F - F - - - - - F -] "danger of robbery and extortion";
    TrancheVerifiedAt       "Tranche.verifiedAt"               [F - F - - - - - F -] "danger of robbery and extortion";
    ComputationComputedAt   "GrantComputation.computedAt"      [F - F - - - - - F -] "how the amount came about";
    ComputationPersons      "GrantComputation.persons"         [F - F - - - - - F -] "how the amount came about";
    ComputationPerson       "GrantComputation.personAmount"    [F - F - - - - - F -] "how the amount came about";
    ComputationHousehold    "GrantComputation.householdAmount" [F - F - - - - - F -] "how the amount came about";
    ComputationCap          "GrantComputation.familyCap"       [F - F - - - - - F -] "how the amount came about";
    ComputationShare        "GrantComputation.share"           [F - F - - - - - F -] "how the amount came about";
    ComputationToFamily     "GrantComputation.grantedToFamily" [F - F - - - - - F -] "how the amount came about";
    ComputationToPerson     "GrantComputation.grantedToPerson" [F - F - - - - - F -] "how the amount came about";
    ComputationEntitlement  "GrantComputation.entitlement"     [F - F - - - - - F -] "how the amount came about";

    PackageId               "ReintegrationPackage.id"          [F - F - - - - - F -] "opaque, and different for every organisation";
    PackageCase             "ReintegrationPackage.case"        [F - F - - - - - F -] "the case has lines of its own";
    PackageBeneficiary      "ReintegrationPackage.beneficiary" [F - F - - - - - F -] "the person has lines of their own";
    PackageState            "ReintegrationPackage.state"       [F - F - - - - - F -] "never to authorities of the country of origin";
    PackageCeiling          "ReintegrationPackage.ceiling"     [F - F - - - - - F -] "never to authorities of the country of origin";
    PackagePlan             "ReintegrationPackage.plan"        [F - F - - - - - - -] "the person's own words";
    PackageProposedAt       "ReintegrationPackage.proposedAt"  [F - F - - - - - F -] "never to authorities of the country of origin";
    PackageItems            "ReintegrationPackage.items"       [F - F - - - - - F -] "items have lines of their own";
    PackageProject          "ReintegrationPackage.fundingProject" [F - F - - - - - F -] "what pays for a person says something of the person";
    PackageVersion          "ReintegrationPackage.version"     [F - F - - - - - F -] "for those who may change the package";
    PackageHistory          "ReintegrationPackage.history"     [F - F - - - - - F -] "who did what; counselling is joint";
    ItemCategory            "PackageItem.category"             [F - F - - - - - F -] "never to authorities of the country of origin";
    ItemModality            "PackageItem.modality"             [F - F - - - - - F -] "never to authorities of the country of origin";
    ItemDescription         "PackageItem.description"          [F - F - - - - - - -] "the person's own words";
    ItemAmount              "PackageItem.amount"               [F - F - - - - - F -] "never to authorities of the country of origin";
    ItemState               "PackageItem.state"                [F - F - - - - - F -] "never to authorities of the country of origin";

    HistoryAt               "HistoryEntry.occurredAt"          [F - F - - - - - F -] "those who may read the history of the row";
    HistoryEvent            "HistoryEntry.event"               [F - F - - - - - F -] "those who may read the history of the row";
    HistorySubject          "HistoryEntry.subject"             [F - F - - - - - F -] "those who may read the history of the row";
    HistoryCommand          "HistoryEntry.command"             [F - F - - - - - F -] "those who may read the history of the row";
    HistoryOrganisation     "HistoryEntry.organisation" claim  [F - F - - - - - F -] "whom to ask";
    HistoryClient           "HistoryEntry.client"              [F - - - - - - - F -] "who of the staff is the organisation's own affair";
    HistoryFrom             "HistoryEntry.fromState"           [F - F - - - - - F -] "those who may read the history of the row";
    HistoryTo               "HistoryEntry.toState"             [F - F - - - - - F -] "those who may read the history of the row";
    HistoryReason           "HistoryEntry.reason"              [F - - - - - - - - -] "why persons withdrew follows a withdrawal into every history; free choice must stay free";

    PackageCashAllowed      "ReintegrationPackage.cashAllowed" [F - F - - - - - F -] "never to authorities of the country of origin";
    PackageRevision         "ReintegrationPackage.revision"    [F - F - - - - - F -] "never to authorities of the country of origin";
    PackageAgreedAt         "ReintegrationPackage.agreedAt"    [F - F - - - - - F -] "never to authorities of the country of origin";
    PackageDonorApproval    "ReintegrationPackage.donorApprovalReference" [F - F - - - - - F -] "between the missions and the donor";
    PackageSuspension       "ReintegrationPackage.suspensionReason" [F - F - - - - - - -] "coordination inside IOM";
    PackageTransferredTo    "ReintegrationPackage.transferredTo" [F - F - - - - - F -] "coordination inside IOM";
    PackageEndedAt          "ReintegrationPackage.endedAt"     [F - F - - - - - F -] "never to authorities of the country of origin";
    PackageContacts         "ReintegrationPackage.monitoringContacts" [F - F - - - - - F -] "contacts have lines of their own";
    ItemPosition            "PackageItem.position"             [F - F - - - - - F -] "names the item to commands";
    ItemExceptional         "PackageItem.exceptional"          [F - F - - - - - F -] "never to authorities of the country of origin";
    ItemQuote               "PackageItem.quoteReference"       [F - F - - - - - - -] "plan and receipts stay with the missions";
    ItemQuotedAt            "PackageItem.quotedAt"             [F - F - - - - - F -] "never to authorities of the country of origin";
    ItemOrderedAt           "PackageItem.orderedAt"            [F - F - - - - - F -] "never to authorities of the country of origin";
    ItemDeliveredAt         "PackageItem.deliveredAt"          [F - F - - - - - F -] "never to authorities of the country of origin";
    ItemReceipt             "PackageItem.receiptReference"     [F - F - - - - - - -] "plan and receipts stay with the missions";
    ItemReceiptVerifiedAt   "PackageItem.receiptVerifiedAt"    [F - F - - - - - F -] "that a receipt was checked";
    ContactMode             "MonitoringContact.mode"           [F - F - - - - - F -] "how persons are followed up";
    ContactResult           "MonitoringContact.result"         [F - F - - - - - - -] "how the person fares";
    ContactOn               "MonitoringContact.on"             [F - F - - - - - F -] "how persons are followed up";
    ContactBy               "MonitoringContact.by"             [F - F - - - - - - -] "a member of staff";

    AftercareAdmittedOn     "Aftercare.admittedOn"             [- - F - - - - - F -] "no assistance before it for who was returned by force (INV-02)";
    AftercareReturningState "Aftercare.returningState"         [- - F - - - - - F -] "where the persons came from";
    AftercareCounselledAt   "Aftercare.counselledAt"           [F - F - - - - - F -] "that they were counselled";
    AftercareRass           "Aftercare.satisfactionSurveyOffered" [F - F - - - - - F -] "surveys follow the assistance (INV-15)";
    AftercareRssOn          "Aftercare.sustainabilitySurveyOn" [F - F - - - - - F -] "surveys follow the assistance (INV-15)";
    AftercareRssWaived      "Aftercare.sustainabilitySurveyWaived" [F - F - - - - - - -] "the person's own choice";
    ReferralId              "Referral.id"                      [F - F - - - F - F -] service F "opaque, and different for every organisation";
    ReferralCase            "Referral.case"                    [F - F - - - F - - -] service F "the case has lines of its own";
    ReferralSender          "Referral.sender" claim            [F - F - - - F - - -] service F "sender and recipient only";
    ReferralRecipient       "Referral.recipient" claim         [F - F - - - F - - -] service F "sender and recipient only";
    ReferralProvider        "Referral.provider"                [F - F - - - - - - -] "the sender only; says what somebody needs";
    ReferralPerson          "Referral.person"                  [F - F - - - F - - -] service F "the person has lines of their own";
    ReferralService         "Referral.service" claim           [F - F - - - F - - -] service F "sender and recipient only";
    ReferralOverride        "Referral.consentOverride"         [F - F - - - - - F -] "a disclosure without consent is looked at";
    ReferralState           "Referral.state"                   [F - F - - - F - F -] service F "sender and recipient only; counted by oversight";
    ReferralSentAt          "Referral.sentAt"                  [F - F - - - F - F -] service F "sender and recipient only; counted by oversight";
    ReferralAnsweredAt      "Referral.answeredAt"              [F - F - - - F - - -] service F "sender and recipient only";
    ReferralEndedAt         "Referral.endedAt"                 [F - F - - - F - - -] "sender and recipient only";
    ReferralRejection       "Referral.rejection"               [F - F - - - F - - -] "sender and recipient only";
    ReferralVersion         "Referral.version"                 [F - F - - - F - - -] service F "for those who may change the referral";
    ReferralHistory         "Referral.history"                 [F - F - - - - - F -] "who did what; sender and recipient inside IOM only";
    HandoverPerson          "Handover.person"                  [F - F - - - - - F -] "the person has lines of their own";
    HandoverTo              "Handover.to"                      [F - F - - - - - - -] "says who needs protection, and from whom";
    HandoverRelation        "Handover.relation"                [F - F - - - - - - -] "says who needs protection, and from whom";
    HandoverAt              "Handover.at"                      [F - F - - - - - F -] "that it took place";
    HandoverAcceptedBy      "Handover.acceptedBy"              [F - F - - - - - - -] "says who needs protection, and from whom";
    HandoverRefusal         "Handover.refusal"                 [F - F - - - - - - -] "says who needs protection, and from whom";

    NoticeId                "Notice.id"                        [- - - F F F F - F -] service F "the recipient's own inbox";
    NoticeSequence          "Notice.sequence"                  [- - - F F F F - F -] service F "gapless per recipient, so nothing is missed unseen";
    NoticeKind              "Notice.type"                      [- - - F F F F - F -] service F "the recipient's own inbox";
    NoticeOccurredAt        "Notice.occurredAt"                [- - - F F F F - F -] service F "the recipient's own inbox";
    NoticeRecipient         "Notice.recipient"                 [- - - F F F F - F -] service F "the recipient's own inbox";
    NoticeCase              "Notice.case"                      [- - - F F F F - - -] service F "re-authorised when read; oversight sees the envelope";
    NoticeItinerary         "Notice.itinerary"                 [- - - F - F F - - -] "re-authorised when read; oversight sees the envelope";
    NoticeRequest           "Notice.travelDocumentRequest"     [- - - F F F F - - -] "re-authorised when read; oversight sees the envelope";
    NoticeGrant             "Notice.cashGrant"                 [- - - F - - - - - -] "re-authorised when read; oversight sees the envelope";
    NoticeSupersededBy      "Notice.supersededBy"              [- - - F F F F - F -] service F "the recipient's own inbox";
    NoticeRetractedAt       "Notice.retractedAt"               [- - - F F F F - F -] service F "the recipient's own inbox";
    NoticeAcknowledgement   "Notice.acknowledgement"           [- - - F F F F - F -] service F "the recipient's own inbox";
    NoticeDeliveries        "Notice.deliveries"                [- - - F F F F - F -] service F "whether the recipient's system has taken it";
    NoticeCorrects          "Notice.corrects"                  [- - - F F F F - F -] service F "the recipient's own inbox";
    NoticeRemindsOf         "Notice.remindsOf"                 [- - - F F F F - F -] service F "the recipient's own inbox";
    NoticeDeliveredAt       "Notice.deliveredAt"               [- - - F F F F - F -] service F "the recipient's own inbox";
    NoticeDeliveredVia      "Notice.deliveredVia"              [- - - F F F F - F -] service F "the recipient's own inbox";
    AcknowledgementAt       "Acknowledgement.at"               [- - - F F F F - F -] service F "the recipient's own inbox";
    AcknowledgementBy       "Acknowledgement.by"               [- - - F F F F - F -] service F "the recipient's own inbox";
    AcknowledgementNote     "Acknowledgement.note"             [- - - F F F F - - -] service F "the recipient's own words";
    WebhookId               "Webhook.id"                       [- - - F F F F - F -] service F "opaque, and different for every organisation";
    WebhookOrganisation     "Webhook.organisation"             [- - - F F F F - F -] service F "where an organisation is told is its own business, and oversight's";
    WebhookUrl              "Webhook.url"                      [- - - F F F F - F -] service F "where an organisation is told is its own business, and oversight's";
    WebhookTypes            "Webhook.types"                    [- - - F F F F - F -] service F "where an organisation is told is its own business, and oversight's";
    WebhookScheme           "Webhook.signatureScheme"          [- - - F F F F - F -] service F "where an organisation is told is its own business, and oversight's";
    WebhookPublicKeys       "Webhook.publicKeys"               [- - - F F F F - F -] service F "what verifies a signature may be known to everybody";
    WebhookState            "Webhook.state"                    [- - - F F F F - F -] service F "whether an organisation is told, for itself and for oversight";
    WebhookDisabledReason   "Webhook.disabledReason"           [- - - F F F F - F -] service F "whether an organisation is told, for itself and for oversight";
    WebhookCreatedAt        "Webhook.createdAt"                [- - - F F F F - F -] service F "whether an organisation is told, for itself and for oversight";
    WebhookPausedAt         "Webhook.pausedAt"                 [- - - F F F F - F -] service F "whether an organisation is told, for itself and for oversight";
    WebhookDisabledAt       "Webhook.disabledAt"               [- - - F F F F - F -] service F "whether an organisation is told, for itself and for oversight";
    WebhookDelivered        "Webhook.deliveredSequence"        [- - - F F F F - F -] service F "whether an organisation is told, for itself and for oversight";
    WebhookBreaker          "Webhook.breaker"                  [- - - F F F F - F -] service F "whether an organisation is told, for itself and for oversight";
    WebhookFailures         "Webhook.failures"                 [- - - F F F F - F -] service F "whether an organisation is told, for itself and for oversight";
    WebhookFailingSince     "Webhook.failingSince"             [- - - F F F F - F -] service F "whether an organisation is told, for itself and for oversight";
    WebhookNextAttempt      "Webhook.nextAttemptAt"            [- - - F F F F - F -] service F "whether an organisation is told, for itself and for oversight";
    WebhookVersion          "Webhook.version"                  [- - - F F F F - F -] service F "for those who may change it";
    WebhookHistory          "Webhook.history"                  [- - - - - - - - F -] "who changed it";
    DeliveryChannel         "Delivery.channel"                 [- - - F F F F - F -] service F "whether the recipient's system has taken it";
    DeliveryWebhook         "Delivery.webhook"                 [- - - F F F F - F -] service F "whether the recipient's system has taken it";
    DeliveryState           "Delivery.state"                   [- - - F F F F - F -] service F "whether the recipient's system has taken it";
    DeliveryAttempts        "Delivery.attempts"                [- - - F F F F - F -] service F "whether the recipient's system has taken it";
    AttemptNumber           "DeliveryAttempt.number"           [- - - F F F F - F -] service F "how a machine answered, and nothing of what it was sent";
    AttemptAt               "DeliveryAttempt.at"               [- - - F F F F - F -] service F "how a machine answered, and nothing of what it was sent";
    AttemptStatus           "DeliveryAttempt.status"           [- - - F F F F - F -] service F "how a machine answered, and nothing of what it was sent";
    AttemptLatency          "DeliveryAttempt.latencyMs"        [- - - F F F F - F -] service F "how a machine answered, and nothing of what it was sent";
    AttemptOutcome          "DeliveryAttempt.outcome"          [- - - F F F F - F -] service F "how a machine answered, and nothing of what it was sent";

    EscalationType          "Escalation.noticeType"            [F - - - - - - - F -] "the mission that answers for the case knows who is silent";
    EscalationRecipient     "Escalation.recipient"             [F - - - - - - - F -] "the mission that answers for the case knows who is silent";
    EscalationCase          "Escalation.case"                  [F - - - - - - - F -] "the case has lines of its own";
    EscalationBeganAt       "Escalation.beganAt"               [F - - - - - - - F -] "the mission that answers for the case knows who is silent";
    EscalationRuleOf        "Escalation.ruleVersion"           [F - - - - - - - F -] "the mission that answers for the case knows what is done";
    EscalationSteps         "Escalation.steps"                 [F - - - - - - - F -] "the mission that answers for the case knows what is done";
    EscalationNextStepAt    "Escalation.nextStepAt"            [F - - - - - - - F -] "the mission that answers for the case knows what is done";
    EscalationOutcome       "Escalation.outcome"               [F - - - - - - - F -] "the mission that answers for the case knows who is silent";
    EscalationEndedAt       "Escalation.endedAt"               [F - - - - - - - F -] "the mission that answers for the case knows who is silent";
    EscalationRuleType      "EscalationRule.noticeType"        [- - - F - - - - F F] "missions know what becomes of their silence";
    EscalationRuleRecipient "EscalationRule.recipient"         [- - - F - - - - F F] "missions know what becomes of their silence";
    EscalationRuleVersion   "EscalationRule.version"           [- - - F - - - - F F] "missions know what becomes of their silence";
    EscalationRuleSteps     "EscalationRule.steps"             [- - - F - - - - F F] "missions know what becomes of their silence";
    EscalationRuleMadeAt    "EscalationRule.madeAt"            [- - - F - - - - F F] "missions know what becomes of their silence";
    EscalationRuleEndedAt   "EscalationRule.endedAt"           [- - - F - - - - F F] "missions know what becomes of their silence";

    RegistryAt              "RegistryEntry.occurredAt"         [- - - - - - - - F F] "who changed the registry";
    RegistryEvent           "RegistryEntry.event"              [- - - - - - - - F F] "who changed the registry";
    RegistryCommand         "RegistryEntry.command"            [- - - - - - - - F F] "who changed the registry";
    RegistryOrganisation    "RegistryEntry.organisation"       [- - - - - - - - F F] "who changed the registry";
    RegistryClient          "RegistryEntry.client"             [- - - - - - - - F F] "who changed the registry";
    GlassId                 "BreakGlassAccess.id"              [F - - - - - - - F -] "opaque, and different for every organisation";
    GlassCase               "BreakGlassAccess.case"            [F - - - - - - - F -] "the case has lines of its own";
    GlassOrganisation       "BreakGlassAccess.organisation"    [F - - - - - - - F -] "the mission that answers for the case knows who saw it";
    GlassReason             "BreakGlassAccess.reason"          [- - - - - - - - F -] "may tell of a complaint about the mission that is looked into";
    GlassExplanation        "BreakGlassAccess.explanation"     [- - - - - - - - F -] "may tell of the mission that is looked into";
    GlassMinutes            "BreakGlassAccess.minutes"         [F - - - - - - - F -] "the mission that answers for the case knows for how long";
    GlassState              "BreakGlassAccess.state"           [F - - - - - - - F -] "the mission that answers for the case knows whether it is seen";
    GlassRequestedAt        "BreakGlassAccess.requestedAt"     [F - - - - - - - F -] "the mission that answers for the case knows when";
    GlassDecidedAt          "BreakGlassAccess.decidedAt"       [F - - - - - - - F -] "the mission that answers for the case knows when";
    GlassOpenUntil          "BreakGlassAccess.openUntil"       [F - - - - - - - F -] "the mission that answers for the case knows for how long";
    GlassEndedAt            "BreakGlassAccess.endedAt"         [F - - - - - - - F -] "the mission that answers for the case knows for how long";
    GlassHistory            "BreakGlassAccess.history"         [F - - - - - - - F -] "who asked, who approved, who closed";
    GlassVersion            "BreakGlassAccess.version"         [F - - - - - - - F -] "for those who may change it";

    CertificateSequence     "RetentionCertificate.sequence"       [- - - - - - - - F -] "data protection answers for what is kept";
    CertificateMadeAt       "RetentionCertificate.madeAt"         [- - - - - - - - F -] "data protection answers for what is kept";
    CertificateMadeBy       "RetentionCertificate.madeBy"         [- - - - - - - - F -] "data protection answers for what is kept";
    CertificateCategory     "RetentionCertificate.category"       [- - - - - - - - F -] "data protection answers for what is kept";
    CertificateErased       "RetentionCertificate.erased"         [- - - - - - - - F -] "data protection answers for what is kept";
    CertificateCutOff       "RetentionCertificate.cutOff"         [- - - - - - - - F -] "data protection answers for what is kept";
    CertificateRows         "RetentionCertificate.rowsSha256"     [- - - - - - - - F -] "data protection answers for what is kept";
    CertificatePrevious     "RetentionCertificate.previousSha256" [- - - - - - - - F -] "data protection answers for what is kept";
    CertificateSha256       "RetentionCertificate.sha256"         [- - - - - - - - F -] "data protection answers for what is kept";

    OrganisationId          "Organisation.id"                  [- - - F F F F F F F] service F "opaque, and different for every organisation";
    OrganisationCode        "Organisation.code"                [- - - F F F F F F F] service F "the partners know each other";
    OrganisationName        "Organisation.name"                [- - - F F F F F F F] service F "the partners know each other";
    OrganisationKind        "Organisation.kind"                [- - - F F F F F F F] service F "the partners know each other";
    OrganisationTerritory   "Organisation.territory"           [- - - F F F F F F F] service F "the partners know each other";
    OrganisationSeatCity    "Organisation.seatCity"            [- - - F F F F F F F] service F "the partners know each other";
    OrganisationSeatCountry "Organisation.seatCountry"         [- - - F F F F F F F] service F "the partners know each other";
    OrganisationSender      "Organisation.sendingState"        [- - - F F F F F F F] service F "the partners know each other";
    OrganisationAccredited  "Organisation.accreditations"      [- - - F F F F F F F] service F "a post's accreditations are public";
    OrganisationAgreements  "Organisation.transferAgreements"  [- - - - - - - - F F] "between IOM and the organisation";
    OrganisationClients     "Organisation.clients"             [- - - - - - - - F F] "the registry";
    OrganisationVersion     "Organisation.version"             [- - - - - - - - F F] "the registry";
    OrganisationHistory     "Organisation.history"             [- - - - - - - - F F] "who changed the registry";
    AccreditationTerritory  "Accreditation.hostTerritory"      [- - - F F F F F F F] service F "a post's accreditations are public";
    AccreditationFrom       "Accreditation.validFrom"          [- - - F F F F F F F] service F "a post's accreditations are public";
    AccreditationTo         "Accreditation.validTo"            [- - - F F F F F F F] service F "a post's accreditations are public";
    AgreementReference      "TransferAgreement.reference"      [- - - - - - - - F F] "between IOM and the organisation";
    AgreementSignedOn       "TransferAgreement.signedOn"       [- - - - - - - - F F] "between IOM and the organisation";
    AgreementFrom           "TransferAgreement.validFrom"      [- - - - - - - - F F] "between IOM and the organisation";
    AgreementTo             "TransferAgreement.validTo"        [- - - - - - - - F F] "between IOM and the organisation";
    AgreementEndedAt        "TransferAgreement.endedAt"        [- - - - - - - - F F] "between IOM and the organisation";
    ClientId                "Client.id"                        [- - - - - - - - F F] "the registry";
    ClientName              "Client.clientId"                  [- - - - - - - - F F] "the registry";
    ClientOrganisation      "Client.organisation"              [- - - - - - - - F F] "the registry";
    ClientPurposes          "Client.purposes"                  [- - - - - - - - F F] "the registry";
    ClientRights            "Client.rights"                    [- - - - - - - - F F] "the registry";
    ClientTerritoryProfile  "Client.territoryProfile"          [- - - - - - - - F F] "the registry";
    ClientSuspendedAt       "Client.suspendedAt"               [- - - - - - - - F F] "the registry";
    ClientIssuer            "Client.issuer"                    [- - - - - - - - F F] "the registry";
    ClientTokensNotBefore   "Client.tokensNotBefore"           [- - - - - - - - F F] "the registry";
    ClientRevokedTokens     "Client.revokedTokens"             [- - - - - - - - F F] "the registry";
    RevokedTokenJti         "RevokedToken.jti"                 [- - - - - - - - F F] "the registry";
    RevokedTokenReason      "RevokedToken.reason"              [- - - - - - - - F F] "the registry";
    RevokedTokenAt          "RevokedToken.revokedAt"           [- - - - - - - - F F] "the registry";
    ClientDocumentsOnly     "Client.registeredDocumentsOnly"   [- - - - - - - - F F] "the registry";
    ClientDocuments         "Client.registeredDocuments"       [- - - - - - - - F F] "the registry";
    DocumentSha256          "RegisteredDocument.sha256"        [- - - - - - - - F F] "the registry";
    DocumentOperation       "RegisteredDocument.operationName" [- - - - - - - - F F] "the registry";
    DocumentText            "RegisteredDocument.text"          [- - - - - - - - F F] "the registry";
    DocumentRegisteredAt    "RegisteredDocument.registeredAt"  [- - - - - - - - F F] "the registry";
    ClientVersion           "Client.version"                   [- - - - - - - - F F] "the registry";
    ClientHistory           "Client.history"                   [- - - - - - - - F F] "who changed the registry";

    ComplaintId             "Complaint.id"                     [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintReference      "Complaint.reference"              [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintCase           "Complaint.case"                   [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintAbout          "Complaint.about"                  [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintLodgedBy       "Complaint.lodgedBy"               [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintKind           "Complaint.kind"                   [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintChannel        "Complaint.channel"                [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintText           "Complaint.text"                   [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintState          "Complaint.state"                  [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintReceivedAt     "Complaint.receivedAt"             [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintAcknowledgedAt "Complaint.acknowledgedAt"         [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintEndedAt        "Complaint.endedAt"                [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintOutcome        "Complaint.outcome"                [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintFindings       "Complaint.findings"               [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintVersion        "Complaint.version"                [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    ComplaintHistory        "Complaint.history"                [- - - - - - - - {for Complaints} -] "who is complained about, and who complained, learns nothing of the handling";
    DisclosureSequence      "Disclosure.sequence"              [- - - - - - - - F -] "gapless, so nothing is missed unseen; says how much others are told";
    DisclosureAt            "Disclosure.disclosedAt"           [F - F - - - - - F -] "who was told what about the person (DOMAIN 4.1, 7)";
    DisclosureMeans         "Disclosure.means"                 [F - F - - - - - F -] "who was told what about the person (DOMAIN 4.1, 7)";
    DisclosureOrganisation  "Disclosure.organisation"          [F - F - - - - - F -] "who was told what about the person (DOMAIN 4.1, 7)";
    DisclosureClient        "Disclosure.client"                [- - - - - - - - F -] "which system of a partner asked is for oversight";
    DisclosureToken         "Disclosure.token"                 [- - - - - - - - F -] "which system of a partner asked is for oversight";
    DisclosurePurpose       "Disclosure.purpose"               [F - F - - - - - F -] "who was told what about the person (DOMAIN 4.1, 7)";
    DisclosureRelation      "Disclosure.relation"              [F - F - - - - - F -] "who was told what about the person (DOMAIN 4.1, 7)";
    DisclosureRowType       "Disclosure.rowType"               [F - F - - - - - F -] "who was told what about the person (DOMAIN 4.1, 7)";
    DisclosureRow           "Disclosure.row"                   [F - F - - - - - F -] "who was told what about the person (DOMAIN 4.1, 7)";
    DisclosureCase          "Disclosure.case"                  [F - F - - - - - F -] "re-authorised when read";
    DisclosurePerson        "Disclosure.person"                [F - F - - - - - F -] "re-authorised when read";
    DisclosureShown         "Disclosure.fieldsShown"           [F - F - - - - - F -] "names of fields, never values; of those open to the mission itself";
    DisclosureMasked        "Disclosure.fieldsMasked"          [F - F - - - - - F -] "names of fields, never values; of those open to the mission itself";
    DisclosurePolicyVersion "Disclosure.policyVersion"         [- - - - - - - - F -] "proves by which rules it was told";
    DisclosureRequestId     "Disclosure.requestId"             [- - - - - - - - F -] "finds the request in the log";
    DisclosureSnapshot      "Disclosure.snapshotSha256"        [F - - - - - - - F -] "proves what a post was told";
    DisclosureHash          "Disclosure.hash"                  [- - - - - - - - F -] "proves that nothing was changed since";

    OutreachTerritory       "OutreachVisit.territory"          [- - - F - - - - F -] "the mission's own visits";
    OutreachLocation        "OutreachVisit.location"           [- - - F - - - - F -] "the mission's own visits";
    OutreachVisitedOn       "OutreachVisit.visitedOn"          [- - - F - - - - F -] "the mission's own visits";
    OutreachContacts        "OutreachVisit.contacts"           [- - - F - - - - F -] "contacts, not unique persons (INV-18)";
    OutreachPopulations     "OutreachVisit.populations"        [- - - F - - - - F -] "countries of origin, of nobody in particular";
    OutreachRecordedAt      "OutreachVisit.recordedAt"         [- - - F - - - - F -] "the mission's own visits";

    TrainingId              "Training.id"                      [- - - F - - - - F -] "opaque, and different for every organisation";
    TrainingTopic           "Training.topic"                   [- - - F - - - - F -] "the mission's own trainings; counts, nobody's name";
    TrainingTerritory       "Training.territory"               [- - - F - - - - F -] "the mission's own trainings; counts, nobody's name";
    TrainingVenue           "Training.venue"                   [- - - F - - - - F -] "the mission's own trainings; counts, nobody's name";
    TrainingHeldOn          "Training.heldOn"                  [- - - F - - - - F -] "the mission's own trainings; counts, nobody's name";
    TrainingState           "Training.state"                   [- - - F - - - - F -] "the mission's own trainings; counts, nobody's name";
    TrainingStaff           "Training.staffParticipants"       [- - - F - - - - F -] "the mission's own trainings; counts, nobody's name";
    TrainingPartners        "Training.partnerParticipants"     [- - - F - - - - F -] "the mission's own trainings; counts, nobody's name";
    TrainingList            "Training.listReference"           [- - - F - - - - F -] "where the list is; the names on it are in no field";
    TrainingReturned        "Training.sheetsReturned"          [- - - F - - - - F -] "the mission's own trainings; counts, nobody's name";
    TrainingBetter          "Training.sheetsBetter"            [- - - F - - - - F -] "the mission's own trainings; counts, nobody's name";
    TrainingRecordedAt      "Training.recordedAt"              [- - - F - - - - F -] "the mission's own trainings; counts, nobody's name";
    TrainingVersion         "Training.version"                 [- - - F - - - - F -] "for those who may change it";

    CampaignTerritory       "CampaignReport.territory"         [- - - F - - - - F -] "the mission's own campaigns; counts, nobody's name";
    CampaignPlatform        "CampaignReport.platform"          [- - - F - - - - F -] "the mission's own campaigns; counts, nobody's name";
    CampaignFromOn          "CampaignReport.fromOn"            [- - - F - - - - F -] "the mission's own campaigns; counts, nobody's name";
    CampaignToOn            "CampaignReport.toOn"              [- - - F - - - - F -] "the mission's own campaigns; counts, nobody's name";
    CampaignReached         "CampaignReport.reached"           [- - - F - - - - F -] "the mission's own campaigns; counts, nobody's name";
    CampaignEngaged         "CampaignReport.engaged"           [- - - F - - - - F -] "the mission's own campaigns; counts, nobody's name";
    CampaignSource          "CampaignReport.source"            [- - - F - - - - F -] "the mission's own campaigns; counts, nobody's name";
    CampaignRecordedAt      "CampaignReport.recordedAt"        [- - - F - - - - F -] "the mission's own campaigns; counts, nobody's name";

    PartnerSurveyHeldOn     "PartnerSurvey.heldOn"             [- - - F - - - - F -] "the mission's own surveys; tallies, since nobody gives a name";
    PartnerSurveyRespondents "PartnerSurvey.respondents"        [- - - F - - - - F -] "the mission's own surveys; tallies, since nobody gives a name";
    PartnerSurveyInvited    "PartnerSurvey.invited"            [- - - F - - - - F -] "the mission's own surveys; tallies, since nobody gives a name";
    PartnerSurveyAnswered   "PartnerSurvey.answered"           [- - - F - - - - F -] "the mission's own surveys; tallies, since nobody gives a name";
    PartnerSurveyEnabling   "PartnerSurvey.enabling"           [- - - F - - - - F -] "the mission's own surveys; tallies, since nobody gives a name";
    PartnerSurveyApplying   "PartnerSurvey.applying"           [- - - F - - - - F -] "the mission's own surveys; tallies, since nobody gives a name";
    PartnerSurveyRecordedAt "PartnerSurvey.recordedAt"         [- - - F - - - - F -] "the mission's own surveys; tallies, since nobody gives a name";

    JurisdictionTerritory   "Jurisdiction.territory"           [- - - F - F F - F F] "the procedure of a host territory";
    JurisdictionAuthority   "Jurisdiction.objectionAuthority"  [- - - F - F F - F F] "the procedure of a host territory";
    JurisdictionToAsk       "Jurisdiction.authorityToAsk"      [- - - F - - F - F F] "the same for everybody in the territory, so it says nothing of a person; nobody else needs it";
    JurisdictionSilence     "Jurisdiction.silentApprovalDays"  [- - - F - F F - F F] "the procedure of a host territory";
    JurisdictionValidity    "Jurisdiction.applicationValidDays" [- - - F - F F - F F] "the procedure of a host territory";
    JurisdictionStatutory   "Jurisdiction.statutoryDays"       [- - - F - F F - F F] "the procedure of a host territory";
    JurisdictionExtension   "Jurisdiction.longestExtensionDays" [- - - F - F F - F F] "the procedure of a host territory";
    JurisdictionWarnings    "Jurisdiction.warningDays"         [- - - F - - - - F F] "inside IOM";
    JurisdictionStops       "Jurisdiction.suspensionStopsPeriod" [- - - F - F F - F F] "the procedure of a host territory";
    JurisdictionFitness     "Jurisdiction.fitnessWindowHours"  [- - - F - - - - F F] "inside IOM";
    JurisdictionRegistered  "Jurisdiction.toldOfRegistration"  [- - - F - F F - F F] "the procedure of a host territory";
    JurisdictionDeparted    "Jurisdiction.toldOfDeparture"     [- - - F - F F - F F] "the procedure of a host territory";
    JurisdictionToTell      "Jurisdiction.authoritiesToTell"   [- - - F - - F - F F] "the same for everybody in the territory, so it says nothing of a person; nobody else needs it";
    JurisdictionCurrencies  "Jurisdiction.currencies"          [- - - F - - - - F F] "inside IOM";
    JurisdictionExits       "Jurisdiction.pointsOfExit"        [- - - F - F F - F F] "the procedure of a host territory";
    JurisdictionOffices     "Jurisdiction.officesAtPointsOfExit" [- - - F - F F - F F] "the procedure of a host territory (N5b)";
    JurisdictionVersion     "Jurisdiction.version"             [- - - - - - - - F F] "for those who may change it";
    JurisdictionHistory     "Jurisdiction.history"             [- - - - - - - - F F] "who changed the procedure";
    ProjectId               "Project.id"                       [- - - F - - - - F F] "opaque, and different for every organisation";
    ProjectCode             "Project.code"                     [- - - F - - - - F F] "finance inside IOM";
    ProjectName             "Project.name"                     [- - - F - - - - F F] "finance inside IOM";
    ProjectDonor            "Project.donor"                    [- - - F - - - - F F] "finance inside IOM";
    ProjectStartsOn         "Project.startsOn"                 [- - - F - - - - F F] "finance inside IOM";
    ProjectEndsOn           "Project.endsOn"                   [- - - F - - - - F F] "finance inside IOM";
    ProjectBudget           "Project.budget"                   [- - - F - - - - F F] "finance inside IOM";
    ProjectSite             "Project.managementSite"           [- - - F - - - - F F] "finance inside IOM";
    ProjectPrism            "Project.prismReference"           [- - - F - - - - F F] "an internal key";
    ProjectWbs              "Project.wbsReference"             [- - - F - - - - F F] "an internal key";
    ProjectReports          "Project.reportingMonths"          [- - - F - - - - F F] "says when tables are published";
    ProjectMissions         "Project.missions"                 [- - - F - - - - F F] "finance inside IOM";
    ProjectRules            "Project.grantRules"               [- - - F - - - - F F] "finance inside IOM";
    ProjectVersion          "Project.version"                  [- - - F - - - - F F] "the registry";
    ProjectHistory          "Project.history"                  [- - - - - - - - F F] "who changed the registry";
    RuleId                  "GrantRule.id"                     [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleCode                "GrantRule.code"                   [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleProject             "GrantRule.project"                [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleNationalities       "GrantRule.nationalities"          [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleValidFrom           "GrantRule.validFrom"              [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleValidTo             "GrantRule.validTo"                [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleCurrency            "GrantRule.currency"               [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RulePersonAmount        "GrantRule.personAmount"           [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleDependantAmount     "GrantRule.dependantAmount"        [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleFamilyCap           "GrantRule.familyCap"              [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleReturnAllowance     "GrantRule.returnAllowance"        [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleTranchePolicy       "GrantRule.tranchePolicy"          [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleSplitPolicy         "GrantRule.splitPolicy"            [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleVersion             "GrantRule.version"                [- - - F - - - - F F] "a mission has to know the rules that it works by";
    RuleHistory             "GrantRule.history"                [- - - - - - - - F F] "who changed the registry";
    RateId                  "ExchangeRate.id"                  [- - - F - - - - F F] "a grant names its rate, date and source";
    RateBase                "ExchangeRate.base"                [- - - F - - - - F F] "a grant names its rate, date and source";
    RateQuote               "ExchangeRate.quote"               [- - - F - - - - F F] "a grant names its rate, date and source";
    RateRate                "ExchangeRate.rate"                [- - - F - - - - F F] "a grant names its rate, date and source";
    RateValidOn             "ExchangeRate.validOn"             [- - - F - - - - F F] "a grant names its rate, date and source";
    RateSource              "ExchangeRate.source"              [- - - F - - - - F F] "a grant names its rate, date and source";
    RateHistory             "ExchangeRate.history"             [- - - - - - - - F F] "who changed the registry";

    SuspensionCountry       "OperationsSuspension.country"     [- - - F - - - - F F] "operations of IOM";
    SuspensionFrom          "OperationsSuspension.from"        [- - - F - - - - F F] "operations of IOM";
    SuspensionUntil         "OperationsSuspension.until"       [- - - F - - - - F F] "operations of IOM";
    SuspensionReason        "OperationsSuspension.reason"      [- - - F - - - - F F] "operations of IOM";
    SuspensionLiftedAt      "OperationsSuspension.liftedAt"    [- - - F - - - - F F] "operations of IOM";
    SuspensionVersion       "OperationsSuspension.version"     [- - - F - - - - F F] "operations of IOM";
    SuspensionCases         "OperationsSuspension.affectedCases" [- - - F - - - - F -] "cases have lines of their own";
    SuspensionHistory       "OperationsSuspension.history"     [- - - - - - - - F F] "who closed and opened a country";
    SuspensionToResume      "OperationsSuspension.casesToResume" [- - - F - - - - F -] "cases have lines of their own";

    IndicatorCode           "Indicator.code"                   [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorNumber         "Indicator.number"                 [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorLevel          "Indicator.level"                  [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorName           "Indicator.name"                   [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorUnit           "Indicator.unit"                   [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorBaseline       "Indicator.baseline"               [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorTarget         "Indicator.target"                 [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorNumeratorIs    "Indicator.numeratorDefinition"    [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorDenominatorIs  "Indicator.denominatorDefinition"  [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorSource         "Indicator.dataSource"             [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorTiming         "Indicator.timing"                 [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorBy             "Indicator.disaggregations"        [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorCaveats        "Indicator.caveats"                [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorVersion        "Indicator.definitionVersion"      [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorMethod         "Indicator.methodStatus"           [- - - F F F F F F F] service F "the results matrix is public";
    IndicatorValue          "Indicator.value"                  [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    IndicatorNumerator      "Indicator.numerator"              [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    IndicatorDenominator    "Indicator.denominator"            [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    IndicatorSuppressed     "Indicator.suppressed"             [- - - F F F F F F F] service F "says that a figure is suppressed, not which";
    IndicatorReason         "Indicator.reason"                 [- - - F F F F F F F] service F "says that a figure is suppressed, not which";
    IndicatorAtLeast        "Indicator.atLeast"                [- - - F F F F F F F] service F "says that a figure is suppressed, not which";
    IndicatorResponse       "Indicator.responseRate"           [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    IndicatorCoverage       "Indicator.coverage"               [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    IndicatorUnknown        "Indicator.unknown"                [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    IndicatorAchieved       "Indicator.achieved"               [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    IndicatorTrend          "Indicator.trend"                  [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    IndicatorFromMonth      "Indicator.fromMonth"              [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    IndicatorToMonth        "Indicator.toMonth"                [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    IndicatorPartial        "Indicator.isPartial"              [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    IndicatorAsOf           "Indicator.asOf"                   [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    IndicatorComputedAt     "Indicator.computedAt"             [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    IndicatorValues         "Indicator.values"                 [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    IndicatorProvenance     "Indicator.provenance"             [- - - F - - - - F F] "for whoever checks a figure against the rows";
    ValuePeriod             "IndicatorValue.period"            [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    ValueKeys               "IndicatorValue.keys"              [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    ValueNumerator          "IndicatorValue.numerator"         [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    ValueDenominator        "IndicatorValue.denominator"       [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    ValueValue              "IndicatorValue.value"             [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    ValueSuppressed         "IndicatorValue.suppressed"        [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    ValueReason             "IndicatorValue.reason"            [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    ValueAtLeast            "IndicatorValue.atLeast"           [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsDimensions    "StatisticsTable.dimensions"       [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsRows          "StatisticsTable.rows"             [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsMargins       "StatisticsTable.margins"          [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsRowCount      "StatisticsTable.rowCount"         [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsNextPage      "StatisticsTable.hasNextPage"      [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsEndCursor     "StatisticsTable.endCursor"        [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsTotalCases    "StatisticsTable.totalCases"       [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsTotalPersons  "StatisticsTable.totalPersons"     [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsTotalSuppressed "StatisticsTable.totalSuppressed"  [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsTotalReason   "StatisticsTable.totalReason"      [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsAtLeast       "StatisticsTable.atLeast"          [- - - F F F F F F F] service F "says that a figure is suppressed, not which";
    StatisticsWithheld      "StatisticsTable.withheldPersons"  [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsCoverage      "StatisticsTable.coverage"         [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsUnknown       "StatisticsTable.unknown"          [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsAdvice        "StatisticsTable.advice"           [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsThreshold     "StatisticsTable.threshold"        [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsFromMonth     "StatisticsTable.fromMonth"        [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsToMonth       "StatisticsTable.toMonth"          [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsPartial       "StatisticsTable.isPartial"        [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsAsOf          "StatisticsTable.asOf"             [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsComputedAt    "StatisticsTable.computedAt"       [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsVersion       "StatisticsTable.publicationVersion" [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsKeys          "StatisticsRow.keys"               [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsCases         "StatisticsRow.cases"              [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsPersons       "StatisticsRow.persons"            [- - - F F F F F F F] service F "figures are made of cells of which none names too few (INV-20)";
    StatisticsSuppressed    "StatisticsRow.suppressed"         [- - - F F F F F F F] service F "says that a figure is suppressed, not which";
    StatisticsReason        "StatisticsRow.reason"             [- - - F F F F F F F] service F "says that a figure is suppressed, not which";
    StatisticsRowAtLeast    "StatisticsRow.atLeast"            [- - - F F F F F F F] service F "says that a figure is suppressed, not which";
    StatisticsKeyDimension  "StatisticsKey.dimension"          [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsKeyValue      "StatisticsKey.value"              [- - - F F F F F F F] service F "what was asked for, and how fresh it is";
    StatisticsKeyLabel      "StatisticsKey.label"              [- - - F F F F F F F] service F "a name never stands without its footnote (INV-17)";
    StatisticsKeyFootnote   "StatisticsKey.footnote"           [- - - F F F F F F F] service F "a name never stands without its footnote (INV-17)";

    PostStatisticsPost      "ConsularPostStatistics.consularPost" [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    PostStatisticsAnswers   "ConsularPostStatistics.answers"   [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    PostStatisticsRefusals  "ConsularPostStatistics.refusals"  [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    PostStatisticsWaiting   "ConsularPostStatistics.waiting"   [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    PostStatisticsWaitedUntil "ConsularPostStatistics.waitedUntil" [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    PostStatisticsThreshold "ConsularPostStatistics.threshold" [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    PostStatisticsSuppressed "ConsularPostStatistics.suppressed" [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    PostStatisticsReason    "ConsularPostStatistics.reason"    [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularAnswersFrom     "ConsularAnswers.fromMonth"        [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularAnswersTo       "ConsularAnswers.toMonth"          [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularAnswersDocuments "ConsularAnswers.documents"         [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularAnswersAverage  "ConsularAnswers.averageDays"      [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularAnswersMedian   "ConsularAnswers.medianDays"       [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularRefusalsFrom    "ConsularRefusals.fromMonth"       [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularRefusalsTo      "ConsularRefusals.toMonth"         [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularRefusalsAnswered "ConsularRefusals.answered"        [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularRefusalsRefused "ConsularRefusals.refused"         [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularRefusalsRate    "ConsularRefusals.refusalRate"     [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularWaitingBand     "ConsularWaiting.band"             [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularWaitingAtLeast  "ConsularWaiting.atLeast"          [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
    ConsularWaitingAtMost   "ConsularWaiting.atMost"           [- - - F - - - - F -] "the answers of posts, in parts of which none names too few (INV-20)";
}
