//! The stable names of what can happen: one line an event, as the history of a row shows it.

use super::event::DomainEvent;
use super::movement::MovementEvent;
use crate::codes;

macro_rules! event_types {
    ($($event:ident = $code:literal : $meaning:literal,)+ ; $($moved:ident = $move_code:literal : $move_meaning:literal),+ $(,)?) => {
        codes! { "What happened to a row." EventType {
            $($event = $code: $meaning,)+
            $($moved = $move_code: $move_meaning),+
        } }

        impl DomainEvent {
            /// The stable name of what happened.
            #[must_use]
            pub fn event_type(&self) -> EventType {
                match self {
                    $(Self::$event { .. } => EventType::$event),+
                }
            }
        }

        impl MovementEvent {
            /// The stable name of what happened.
            #[must_use]
            pub fn event_type(self) -> EventType {
                match self {
                    $(Self::$moved => EventType::$moved),+
                }
            }
        }
    };
}

event_types! {
    CaseOpened = "CASE_OPENED": "The persons approached a mission and a case was opened.",
    CaseReferred = "CASE_REFERRED": "An authority or a mission referred the persons, and a case was opened.",
    CounsellingRecorded = "COUNSELLING_RECORDED": "A counselling session was held.",
    EligibilityDecided = "ELIGIBILITY_DECIDED": "It was decided whether the persons can be assisted.",
    ApplicationSigned = "APPLICATION_SIGNED": "The application form was signed, and the Data Exchange form offered.",
    CaseRegistered = "CASE_REGISTERED": "The signed application was registered.",
    ObjectionCheckRequested = "OBJECTION_CHECK_REQUESTED": "An authority of the host territory was asked whether it objects.",
    ObjectionDecided = "OBJECTION_DECIDED": "The authority answered, or its silence counted as an answer.",
    StatutoryPeriodStarted = "STATUTORY_PERIOD_STARTED": "The statutory period for voluntary departure began.",
    StatutoryPeriodExtended = "STATUTORY_PERIOD_EXTENDED": "The statutory period was extended.",
    StatutoryPeriodOverridden = "STATUTORY_PERIOD_OVERRIDDEN": "A supervisor let the departure lie beyond the statutory period.",
    StatutoryPeriodExpiring = "STATUTORY_PERIOD_EXPIRING": "The end of the statutory period was near.",
    CaseHeld = "CASE_HELD": "The case was halted.",
    CaseResumed = "CASE_RESUMED": "The case went on from where it stood.",
    CaseTerminated = "CASE_TERMINATED": "IOM ended the application.",
    CaseExpired = "CASE_EXPIRED": "The statutory period, or the application, lapsed.",
    CaseReopened = "CASE_REOPENED": "An application that had ended was taken up again.",
    AsylumClaimRecorded = "ASYLUM_CLAIM_RECORDED": "A claim for international protection, or how far it has come, was recorded.",
    ConsentRecorded = "CONSENT_RECORDED": "A line of the Data Exchange form was signed.",
    ConsentRevoked = "CONSENT_REVOKED": "A consent was taken back.",
    TravelDocumentRequested = "TRAVEL_DOCUMENT_REQUESTED": "A consular post was asked for a travel document.",
    TravelDocumentRequestAcknowledged = "TRAVEL_DOCUMENT_REQUEST_ACKNOWLEDGED": "The post took note.",
    NationalityConfirmed = "NATIONALITY_CONFIRMED": "The post confirmed the nationality.",
    TravelDocumentIssued = "TRAVEL_DOCUMENT_ISSUED": "The post issued the document.",
    TravelDocumentRefused = "TRAVEL_DOCUMENT_REFUSED": "The post refused.",
    TravelDocumentRequestCancelled = "TRAVEL_DOCUMENT_REQUEST_CANCELLED": "The request was taken back.",
    TravelDocumentInformationRequested = "TRAVEL_DOCUMENT_INFORMATION_REQUESTED": "The post wished to know more.",
    TravelDocumentInformationAnswered = "TRAVEL_DOCUMENT_INFORMATION_ANSWERED": "The sending mission answered the post.",
    ConsularInterviewScheduled = "CONSULAR_INTERVIEW_SCHEDULED": "An appointment with the post was settled.",
    TravelDocumentReceived = "TRAVEL_DOCUMENT_RECEIVED": "The sending mission received the document.",
    TravelDocumentHandedOver = "TRAVEL_DOCUMENT_HANDED_OVER": "The document was handed over.",
    TravelDocumentLost = "TRAVEL_DOCUMENT_LOST": "The document was lost.",
    TravelDocumentUsed = "TRAVEL_DOCUMENT_USED": "The person departed on the document.",
    TravelDocumentExpired = "TRAVEL_DOCUMENT_EXPIRED": "The document ran out before it was used.",
    PersonalDocumentRecorded = "PERSONAL_DOCUMENT_RECORDED": "A document that a person holds was recorded.",
    PhotoRecorded = "PHOTO_RECORDED": "A photo of a person was recorded.",
    PhotoRemoved = "PHOTO_REMOVED": "A photo of a person was taken away.",
    AttachmentRecorded = "ATTACHMENT_RECORDED": "A copy of a paper was attached to a travel document request.",
    AttachmentRemoved = "ATTACHMENT_REMOVED": "A copy of a paper was taken away from a travel document request.",
    ItineraryBooked = "ITINERARY_BOOKED": "A journey was booked.",
    ItineraryTicketed = "ITINERARY_TICKETED": "Tickets were issued.",
    ItinerarySuspended = "ITINERARY_SUSPENDED": "The journey was suspended.",
    ItineraryChanged = "ITINERARY_CHANGED": "A flight was moved to other times.",
    ItineraryReplaced = "ITINERARY_REPLACED": "The journey was given up for another one.",
    TransitConfirmed = "TRANSIT_CONFIRMED": "A mission on the way confirmed that it assists.",
    ReceptionConfirmed = "RECEPTION_CONFIRMED": "The receiving mission confirmed that it receives the persons.",
    SegmentBoarded = "SEGMENT_BOARDED": "The persons boarded a connecting flight.",
    SegmentLanded = "SEGMENT_LANDED": "The persons landed on the way.",
    TransitBroken = "TRANSIT_BROKEN": "The journey broke off on the way.",
    NoShowRecorded = "NO_SHOW_RECORDED": "The persons did not come to the departure.",
    ItineraryCancelled = "ITINERARY_CANCELLED": "The journey was cancelled.",
    SafeguardsChanged = "SAFEGUARDS_CHANGED": "What protects a person was assessed, put in place or changed.",
    AppointmentSupportRequested = "APPOINTMENT_SUPPORT_REQUESTED": "The authorities were asked to bring a person to an appointment.",
    AppointmentSupported = "APPOINTMENT_SUPPORTED": "An authority has agreed to bring a person to an appointment.",
    DepartureArranged = "DEPARTURE_ARRANGED": "Something was arranged for the day of the departure, or explained to the persons.",
    DepartureHalted = "DEPARTURE_HALTED": "Somebody cannot leave after all.",
    DeparturePlanned = "DEPARTURE_PLANNED": "Everything was found in place for the departure.",
    Departed = "DEPARTED": "The persons departed.",
    Arrived = "ARRIVED": "The persons arrived.",
    CashGrantProposed = "CASH_GRANT_PROPOSED": "A cash grant was put forward.",
    CashGrantApproved = "CASH_GRANT_APPROVED": "The grant was approved.",
    CashGrantRejected = "CASH_GRANT_REJECTED": "The grant was rejected.",
    ReceiptRecorded = "RECEIPT_RECORDED": "The person signed for a tranche.",
    ReceiptVerified = "RECEIPT_VERIFIED": "Somebody else verified that receipt.",
    TrancheWithheld = "TRANCHE_WITHHELD": "A tranche was held back.",
    TrancheReleased = "TRANCHE_RELEASED": "A tranche that was held back may be paid.",
    PaymentFailed = "PAYMENT_FAILED": "A payment did not reach the person.",
    TranchePaid = "TRANCHE_PAID": "A tranche was paid.",
    CashGrantVoided = "CASH_GRANT_VOIDED": "What was unpaid of the grant was voided.",
    ReintegrationPackageProposed = "REINTEGRATION_PACKAGE_PROPOSED": "A reintegration package was put forward.",
    ReintegrationPackageForfeited = "REINTEGRATION_PACKAGE_FORFEITED": "The package will not be delivered.",
    CaseWithdrawnInTransit = "CASE_WITHDRAWN_IN_TRANSIT": "The persons withdrew on the way.",
    ReintegrationPackageAgreed = "REINTEGRATION_PACKAGE_AGREED": "The plan was signed by the returnee and the receiving mission.",
    ReintegrationPackageAmended = "REINTEGRATION_PACKAGE_AMENDED": "The plan was changed.",
    DonorExceptionDecided = "DONOR_EXCEPTION_DECIDED": "The donor decided on exceptional items.",
    PackageItemQuoted = "PACKAGE_ITEM_QUOTED": "A supplier named the price of an item.",
    PackageItemOrdered = "PACKAGE_ITEM_ORDERED": "An item was ordered.",
    PackageItemDelivered = "PACKAGE_ITEM_DELIVERED": "An item was given.",
    PackageReceiptVerified = "PACKAGE_RECEIPT_VERIFIED": "The receipt of an item was checked.",
    MonitoringContactRecorded = "MONITORING_CONTACT_RECORDED": "The returnee was contacted.",
    ReintegrationPackageSuspended = "REINTEGRATION_PACKAGE_SUSPENDED": "The package was halted.",
    ReintegrationPackageResumed = "REINTEGRATION_PACKAGE_RESUMED": "The package goes on.",
    ReintegrationPackageTransferred = "REINTEGRATION_PACKAGE_TRANSFERRED": "The package was given to another mission.",
    ReintegrationPackageClosed = "REINTEGRATION_PACKAGE_CLOSED": "The package was closed.",
    PostArrivalCaseAdmitted = "POST_ARRIVAL_CASE_ADMITTED": "Persons who returned without assistance were taken in after their admission.",
    HandoverAccepted = "HANDOVER_ACCEPTED": "A person was handed over at the arrival.",
    HandoverRefused = "HANDOVER_REFUSED": "A handover failed.",
    ReintegrationStarted = "REINTEGRATION_STARTED": "The support after return began.",
    ReferralSent = "REFERRAL_SENT": "The persons were referred to somebody who can help.",
    ReferralAccepted = "REFERRAL_ACCEPTED": "The referral was accepted.",
    ReferralRejected = "REFERRAL_REJECTED": "The referral was rejected.",
    ReferralStarted = "REFERRAL_STARTED": "The recipient began to help.",
    ReferralCompleted = "REFERRAL_COMPLETED": "The recipient has helped.",
    ReferralRevoked = "REFERRAL_REVOKED": "The referral was taken back.",
    ReferralExpired = "REFERRAL_EXPIRED": "Nobody answered the referral in time.",
    BreakGlassRequested = "BREAK_GLASS_REQUESTED": "Oversight asked to see the case as its sending mission does.",
    BreakGlassApproved = "BREAK_GLASS_APPROVED": "Somebody else opened the case to whoever asked.",
    BreakGlassRejected = "BREAK_GLASS_REJECTED": "Somebody else found no need to open the case.",
    BreakGlassClosed = "BREAK_GLASS_CLOSED": "Oversight had seen enough, or took its request back.",
    BreakGlassExpired = "BREAK_GLASS_EXPIRED": "The time of the access, or of the request for it, was over.",
    CaseClosed = "CASE_CLOSED": "The case was closed.",
    SurveyRecorded = "SURVEY_RECORDED": "A returnee was asked.",
    SurveyValidated = "SURVEY_VALIDATED": "Somebody else than the interviewer found the answers complete.",
    OperationsSuspended = "OPERATIONS_SUSPENDED": "Operations in the country of return, or on the way, were suspended.",
    CaseWithdrawn = "CASE_WITHDRAWN": "The persons withdrew.",
    ;
    MovementDrafted = "MOVEMENT_DRAFTED": "A group movement was planned.",
    ManifestOpened = "MANIFEST_OPENED": "Its manifest was opened.",
    ManifestLocked = "MANIFEST_LOCKED": "Its manifest was locked.",
    MovementCleared = "MOVEMENT_CLEARED": "It was cleared for departure.",
    MovementDeparted = "MOVEMENT_DEPARTED": "It left.",
    MovementLanded = "MOVEMENT_LANDED": "It landed.",
    MovementReconciled = "MOVEMENT_RECONCILED": "Everybody who had boarded was accounted for.",
    MovementCancelled = "MOVEMENT_CANCELLED": "It was cancelled.",
}
