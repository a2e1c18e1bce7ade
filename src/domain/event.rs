//! What happened, in the past tense. Each event is audited; [`super::notice`] says which parties are told of it.

use super::case_file::CaseFile;
use crate::ids::{
    AsylumClaimId, BreakGlassId, CashGrantId, ConsentId, HandoverId, ItineraryId, OrganisationId, PersonId,
    ReferralId, ReintegrationPackageId, SurveyResponseId, TravelDocumentRequestId,
};

/// A fact of a case's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DomainEvent {
    /// The persons approached a mission and a case was opened.
    CaseOpened,
    /// An authority or a mission referred the persons, and a case was opened.
    CaseReferred,
    /// A counselling session was held.
    CounsellingRecorded,
    /// It was decided whether the persons can be assisted.
    EligibilityDecided,
    /// The application form was signed, and the Data Exchange form offered.
    ApplicationSigned,
    /// The signed application was registered; the authorities that the procedure says are told.
    CaseRegistered(Vec<OrganisationId>),
    /// An authority of the host territory was asked whether it objects.
    ObjectionCheckRequested(OrganisationId),
    /// It answered, or its silence counted as an answer.
    ObjectionDecided,
    /// The statutory period for voluntary departure began.
    StatutoryPeriodStarted,
    /// It was extended.
    StatutoryPeriodExtended,
    /// A supervisor let the departure lie beyond it.
    StatutoryPeriodOverridden,
    /// Its end was near.
    StatutoryPeriodExpiring,
    /// The case was halted.
    CaseHeld,
    /// It went on from where it stood.
    CaseResumed,
    /// IOM ended the application.
    CaseTerminated,
    /// The statutory period, or the application, lapsed.
    CaseExpired,
    /// An application that had ended was taken up again; the authorities that the procedure says are told.
    CaseReopened(Vec<OrganisationId>),
    /// A claim for international protection, or how far it has come, was recorded.
    AsylumClaimRecorded(AsylumClaimId),
    /// A line of the Data Exchange form was signed.
    ConsentRecorded(ConsentId),
    /// A consent was taken back.
    ConsentRevoked(ConsentId),
    /// A consular post was asked for a travel document.
    TravelDocumentRequested(TravelDocumentRequestId),
    /// The post took note.
    TravelDocumentRequestAcknowledged(TravelDocumentRequestId),
    /// The post confirmed the nationality.
    NationalityConfirmed(TravelDocumentRequestId),
    /// The post issued the document.
    TravelDocumentIssued(TravelDocumentRequestId),
    /// The post refused.
    TravelDocumentRefused(TravelDocumentRequestId),
    /// The request was taken back.
    TravelDocumentRequestCancelled(TravelDocumentRequestId),
    /// The post wished to know more.
    TravelDocumentInformationRequested(TravelDocumentRequestId),
    /// The sending mission answered.
    TravelDocumentInformationAnswered(TravelDocumentRequestId),
    /// An appointment with the post was settled.
    ConsularInterviewScheduled(TravelDocumentRequestId),
    /// The sending mission received the document.
    TravelDocumentReceived(TravelDocumentRequestId),
    /// The document was handed over.
    TravelDocumentHandedOver(TravelDocumentRequestId),
    /// The document was lost.
    TravelDocumentLost(TravelDocumentRequestId),
    /// The person departed on the document.
    TravelDocumentUsed(TravelDocumentRequestId),
    /// The document ran out before it was used.
    TravelDocumentExpired(TravelDocumentRequestId),
    /// A document that a person holds was recorded.
    PersonalDocumentRecorded,
    /// A photo of a person was recorded.
    PhotoRecorded,
    /// A photo of a person was taken away.
    PhotoRemoved,
    /// A copy of a paper was attached to the request.
    AttachmentRecorded(TravelDocumentRequestId),
    /// A copy of a paper was taken away from the request.
    AttachmentRemoved(TravelDocumentRequestId),
    /// A journey was booked.
    ItineraryBooked(ItineraryId),
    /// Tickets were issued.
    ItineraryTicketed(ItineraryId),
    /// The journey was suspended.
    ItinerarySuspended(ItineraryId),
    /// A flight of the journey was moved to other times.
    ItineraryChanged(ItineraryId),
    /// The journey was given up for another one that was booked in its place.
    ItineraryReplaced(ItineraryId),
    /// The journey was cancelled.
    ItineraryCancelled(ItineraryId),
    /// The persons did not come to the departure.
    NoShowRecorded(ItineraryId),
    /// A mission on the way confirmed that it assists.
    TransitConfirmed(ItineraryId),
    /// The receiving mission confirmed that it receives the persons.
    ReceptionConfirmed(ItineraryId),
    /// The persons boarded a connecting flight.
    SegmentBoarded(ItineraryId),
    /// The persons landed on the way.
    SegmentLanded(ItineraryId),
    /// The journey broke off on the way.
    TransitBroken(ItineraryId),
    /// What protects a person was assessed, put in place or changed; which of it is in no name and no history.
    SafeguardsChanged(PersonId),
    /// The authorities were asked to bring a person in detention to an appointment at a consular post.
    AppointmentSupportRequested(PersonId),
    /// An authority has agreed to.
    AppointmentSupported(PersonId),
    /// Something was arranged for the day of the departure, or explained to the persons.
    DepartureArranged,
    /// Somebody cannot leave after all.
    DepartureHalted(ItineraryId),
    /// Everything was found in place for the departure; the authorities that the procedure says are told.
    DeparturePlanned(ItineraryId, Vec<OrganisationId>),
    /// The persons departed; the authorities that the procedure says are told.
    Departed(ItineraryId, Vec<OrganisationId>),
    /// The persons arrived.
    Arrived(ItineraryId),
    /// A cash grant was put forward.
    CashGrantProposed(CashGrantId),
    /// It was approved by a mission.
    CashGrantApproved(CashGrantId, OrganisationId),
    /// It was rejected.
    CashGrantRejected(CashGrantId),
    /// The tranche of this number was paid by a mission.
    TranchePaid(CashGrantId, i32, OrganisationId),
    /// The person has signed for the tranche of this number.
    ReceiptRecorded(CashGrantId, i32),
    /// Somebody else has verified that receipt.
    ReceiptVerified(CashGrantId, i32),
    /// The tranche of this number was held back.
    TrancheWithheld(CashGrantId, i32),
    /// It may be paid after all.
    TrancheReleased(CashGrantId, i32),
    /// The payment of this number did not reach the person.
    PaymentFailed(CashGrantId, i32),
    /// What was unpaid of it was voided by a mission.
    CashGrantVoided(CashGrantId, OrganisationId),
    /// A reintegration package was put forward.
    ReintegrationPackageProposed(ReintegrationPackageId),
    /// It was signed by the returnee and the receiving mission.
    ReintegrationPackageAgreed(ReintegrationPackageId),
    /// Its plan was changed.
    ReintegrationPackageAmended(ReintegrationPackageId),
    /// The donor decided on its exceptional items.
    DonorExceptionDecided(ReintegrationPackageId),
    /// A supplier named the price of the item at this place.
    PackageItemQuoted(ReintegrationPackageId, i32),
    /// The item at this place was ordered.
    PackageItemOrdered(ReintegrationPackageId, i32),
    /// The item at this place was given.
    PackageItemDelivered(ReintegrationPackageId, i32),
    /// Its receipt was checked.
    PackageReceiptVerified(ReintegrationPackageId, i32),
    /// The returnee was contacted.
    MonitoringContactRecorded(ReintegrationPackageId),
    /// The package was halted.
    ReintegrationPackageSuspended(ReintegrationPackageId),
    /// It goes on.
    ReintegrationPackageResumed(ReintegrationPackageId),
    /// It was given to another mission.
    ReintegrationPackageTransferred(ReintegrationPackageId),
    /// It was closed.
    ReintegrationPackageClosed(ReintegrationPackageId),
    /// The package will not be delivered.
    ReintegrationPackageForfeited(ReintegrationPackageId),
    /// Persons who returned without assistance were taken in after their admission.
    PostArrivalCaseAdmitted,
    /// A person was handed over at the arrival.
    HandoverAccepted(HandoverId),
    /// A handover failed.
    HandoverRefused(HandoverId),
    /// The support after return began.
    ReintegrationStarted,
    /// The persons were referred to somebody who can help.
    ReferralSent(ReferralId),
    /// The referral was accepted.
    ReferralAccepted(ReferralId),
    /// The referral was rejected.
    ReferralRejected(ReferralId),
    /// The recipient began to help.
    ReferralStarted(ReferralId),
    /// The recipient has helped.
    ReferralCompleted(ReferralId),
    /// The referral was taken back.
    ReferralRevoked(ReferralId),
    /// Nobody answered the referral in time.
    ReferralExpired(ReferralId),
    /// Oversight asked to see the case as its sending mission does.
    BreakGlassRequested(BreakGlassId),
    /// Somebody else opened it to whoever asked.
    BreakGlassApproved(BreakGlassId),
    /// Somebody else found no need.
    BreakGlassRejected(BreakGlassId),
    /// Oversight had seen enough, or took its request back.
    BreakGlassClosed(BreakGlassId),
    /// The time of an access, or of a request for one, was over.
    BreakGlassExpired(BreakGlassId),
    /// The case was closed.
    CaseClosed,
    /// A returnee was asked.
    SurveyRecorded(SurveyResponseId),
    /// Somebody else found the answers complete.
    SurveyValidated(SurveyResponseId),
    /// Operations in the country of return, or on the way, were suspended.
    OperationsSuspended,
    /// The persons withdrew.
    CaseWithdrawn,
    /// The persons withdrew on the way, before a connecting flight.
    CaseWithdrawnInTransit,
}

impl DomainEvent {
    /// Whether somebody who takes part in the journey did or saw it happen on the way.
    #[must_use]
    pub fn is_on_the_way(&self) -> bool {
        matches!(
            self,
            Self::SegmentBoarded(_) | Self::SegmentLanded(_) | Self::TransitBroken(_) | Self::Arrived(_)
        )
    }

    /// The aggregate that the event is about: the name of its type, and its id.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm for each thing that can happen")]
    pub fn aggregate(&self, file: &CaseFile) -> (&'static str, uuid::Uuid) {
        match self {
            Self::CaseOpened
            | Self::CaseReferred
            | Self::CounsellingRecorded
            | Self::EligibilityDecided
            | Self::ApplicationSigned
            | Self::CaseRegistered(_)
            | Self::ObjectionCheckRequested(_)
            | Self::ObjectionDecided
            | Self::StatutoryPeriodStarted
            | Self::StatutoryPeriodExtended
            | Self::StatutoryPeriodOverridden
            | Self::StatutoryPeriodExpiring
            | Self::CaseHeld
            | Self::CaseResumed
            | Self::CaseTerminated
            | Self::CaseExpired
            | Self::CaseReopened(_)
            | Self::CaseWithdrawn
            | Self::CaseWithdrawnInTransit
            | Self::PersonalDocumentRecorded
            | Self::PhotoRecorded
            | Self::PhotoRemoved
            | Self::PostArrivalCaseAdmitted
            | Self::ReintegrationStarted
            | Self::DepartureArranged
            | Self::CaseClosed
            | Self::OperationsSuspended => ("Case", file.case.id.uuid()),
            Self::AsylumClaimRecorded(id) => ("AsylumClaim", id.uuid()),
            Self::HandoverAccepted(id) | Self::HandoverRefused(id) => ("Handover", id.uuid()),
            Self::SurveyRecorded(id) | Self::SurveyValidated(id) => ("SurveyResponse", id.uuid()),
            Self::ReferralSent(id)
            | Self::ReferralAccepted(id)
            | Self::ReferralRejected(id)
            | Self::ReferralStarted(id)
            | Self::ReferralCompleted(id)
            | Self::ReferralRevoked(id)
            | Self::ReferralExpired(id) => ("Referral", id.uuid()),
            Self::ConsentRecorded(id) | Self::ConsentRevoked(id) => ("Consent", id.uuid()),
            Self::BreakGlassRequested(id)
            | Self::BreakGlassApproved(id)
            | Self::BreakGlassRejected(id)
            | Self::BreakGlassClosed(id)
            | Self::BreakGlassExpired(id) => ("BreakGlassAccess", id.uuid()),
            Self::TravelDocumentRequested(id)
            | Self::TravelDocumentRequestAcknowledged(id)
            | Self::NationalityConfirmed(id)
            | Self::TravelDocumentIssued(id)
            | Self::TravelDocumentRefused(id)
            | Self::TravelDocumentRequestCancelled(id)
            | Self::TravelDocumentInformationRequested(id)
            | Self::TravelDocumentInformationAnswered(id)
            | Self::ConsularInterviewScheduled(id)
            | Self::AttachmentRecorded(id)
            | Self::AttachmentRemoved(id)
            | Self::TravelDocumentReceived(id)
            | Self::TravelDocumentHandedOver(id)
            | Self::TravelDocumentLost(id)
            | Self::TravelDocumentUsed(id)
            | Self::TravelDocumentExpired(id) => ("TravelDocumentRequest", id.uuid()),
            Self::SafeguardsChanged(id)
            | Self::AppointmentSupportRequested(id)
            | Self::AppointmentSupported(id) => ("Person", id.uuid()),
            Self::ItineraryBooked(id)
            | Self::ItineraryTicketed(id)
            | Self::ItinerarySuspended(id)
            | Self::ItineraryChanged(id)
            | Self::ItineraryReplaced(id)
            | Self::ItineraryCancelled(id)
            | Self::NoShowRecorded(id)
            | Self::TransitConfirmed(id)
            | Self::ReceptionConfirmed(id)
            | Self::SegmentBoarded(id)
            | Self::SegmentLanded(id)
            | Self::TransitBroken(id)
            | Self::DepartureHalted(id)
            | Self::DeparturePlanned(id, _)
            | Self::Departed(id, _)
            | Self::Arrived(id) => ("Itinerary", id.uuid()),
            Self::CashGrantProposed(id)
            | Self::CashGrantApproved(id, _)
            | Self::CashGrantRejected(id)
            | Self::TranchePaid(id, _, _)
            | Self::ReceiptRecorded(id, _)
            | Self::ReceiptVerified(id, _)
            | Self::TrancheWithheld(id, _)
            | Self::TrancheReleased(id, _)
            | Self::PaymentFailed(id, _)
            | Self::CashGrantVoided(id, _) => ("CashGrant", id.uuid()),
            Self::ReintegrationPackageProposed(id)
            | Self::ReintegrationPackageAgreed(id)
            | Self::ReintegrationPackageAmended(id)
            | Self::DonorExceptionDecided(id)
            | Self::PackageItemQuoted(id, _)
            | Self::PackageItemOrdered(id, _)
            | Self::PackageItemDelivered(id, _)
            | Self::PackageReceiptVerified(id, _)
            | Self::MonitoringContactRecorded(id)
            | Self::ReintegrationPackageSuspended(id)
            | Self::ReintegrationPackageResumed(id)
            | Self::ReintegrationPackageTransferred(id)
            | Self::ReintegrationPackageClosed(id)
            | Self::ReintegrationPackageForfeited(id) => ("ReintegrationPackage", id.uuid()),
        }
    }
}
