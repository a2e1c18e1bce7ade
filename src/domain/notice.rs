//! Who is told what: the routing of events to the parties of a case (DOMAIN 2, column "notices").
//!
//! A notice says only that something happened and to what; what it shows is decided when it is read. A party outside IOM
//! is told nothing without an active consent (INV-06), except that a consent was taken back.

mod ending;
mod kept;

pub use kept::NoticeSchedule;

use super::case_file::CaseFile;
use super::event::DomainEvent;
use super::party::PartyRelation;
use crate::codes;
use crate::ids::{CashGrantId, ItineraryId, NoticeId, OrganisationId, TravelDocumentRequestId};
use chrono::{DateTime, TimeDelta, Utc};
use ending::{retractions, revocations, withdrawn_on_the_way};

codes! { "What a notice says." NoticeType {
    AvrrRegistered = "AVRR_REGISTERED": "A migrant has been registered for assisted voluntary return (N3a).",
    ReferralReceived = "REFERRAL_RECEIVED": "An authority or a mission has referred a person (N1a, I2d).",
    ObjectionCheckRequested = "OBJECTION_CHECK_REQUESTED": "The authority is asked whether it objects to the return (N3c).",
    ObjectionResult = "OBJECTION_RESULT": "The authority has answered whether it objects, or its silence counts as an answer.",
    StatutoryPeriodStarted = "STATUTORY_PERIOD_STARTED": "The statutory period for voluntary departure has begun (N3b).",
    StatutoryPeriodExtended = "STATUTORY_PERIOD_EXTENDED": "The statutory period has been extended.",
    StatutoryPeriodExpiring = "STATUTORY_PERIOD_EXPIRING": "The statutory period ends soon.",
    ApplicationExpired = "APPLICATION_EXPIRED": "The application has lapsed (N3d).",
    ApplicationTerminated = "APPLICATION_TERMINATED": "IOM has ended the application (N3d).",
    CaseOnHold = "CASE_ON_HOLD": "The case is halted for the time being.",
    CaseResumed = "CASE_RESUMED": "The case goes on from where it stood.",
    ConsentRevoked = "CONSENT_REVOKED": "A consent has been taken back: what was told of this case may not be used any more.",
    ApplicationWithdrawn = "APPLICATION_WITHDRAWN": "The application has been withdrawn.",
    TdrSubmitted = "TDR_SUBMITTED": "A travel document is requested.",
    TdrAcknowledged = "TDR_ACKNOWLEDGED": "The consular post has taken note of the request.",
    TdrNationalityConfirmed = "TDR_NATIONALITY_CONFIRMED": "The consular post has confirmed the nationality.",
    TdrIssued = "TDR_ISSUED": "The travel document has been issued.",
    TdrRefused = "TDR_REFUSED": "The consular post has refused.",
    TdrMoreInfo = "TDR_MORE_INFO": "The consular post needs to know more.",
    TdrResubmitted = "TDR_RESUBMITTED": "What the consular post wished to know has been answered.",
    ConsularAppointment = "CONSULAR_APPOINTMENT": "A person has an appointment with a consular post (N4c).",
    TdrCancelled = "TDR_CANCELLED": "The request for a travel document has been taken back.",
    ItineraryBooked = "ITINERARY_BOOKED": "A journey has been booked.",
    ItineraryChanged = "ITINERARY_CHANGED": "A flight of the journey has been moved to other times.",
    ItinerarySuspended = "ITINERARY_SUSPENDED": "The journey has been suspended.",
    ItineraryCancelled = "ITINERARY_CANCELLED": "The journey has been cancelled.",
    TransitAssistanceConfirmed = "TRANSIT_ASSISTANCE_CONFIRMED": "A mission on the way will assist (I4d).",
    ReceptionConfirmed = "RECEPTION_CONFIRMED": "The mission in the country of return will receive the persons (I4d).",
    OperationsSuspended = "OPERATIONS_SUSPENDED": "Operations in the country of return, or on the way, are suspended.",
    SegmentBoarded = "SEGMENT_BOARDED": "The persons have boarded a connecting flight.",
    SegmentLanded = "SEGMENT_LANDED": "The persons have landed on the way.",
    TransitIncident = "TRANSIT_INCIDENT": "The journey has broken off on the way.",
    DeparturePlanned = "DEPARTURE_PLANNED": "A departure is planned (N5d).",
    Departed = "DEPARTED": "The persons have departed (I5c, N5e).",
    Arrived = "ARRIVED": "The persons have arrived.",
    GrantApproved = "GRANT_APPROVED": "A cash grant has been approved.",
    GrantVoided = "GRANT_VOIDED": "What was unpaid of a cash grant will not be paid.",
    TranchePaid = "TRANCHE_PAID": "A tranche of a cash grant has been paid.",
    HandoverConfirmed = "HANDOVER_CONFIRMED": "A person has been handed over at the arrival (I5f).",
    CaseClosed = "CASE_CLOSED": "The case has been closed.",
    BreakGlassOpened = "BREAK_GLASS_OPENED": "Oversight sees this case for a while as its sending mission does.",
    NoticeRetracted = "NOTICE_RETRACTED": "What was announced of this case no longer holds.",
    NoticeUnacknowledged = "NOTICE_UNACKNOWLEDGED": "A reminder: the recipient has not acknowledged an earlier notice.",
    RecipientSilent = "RECIPIENT_SILENT": "A recipient has not acknowledged what it was told of this case.",
    UnacknowledgedAlarm = "UNACKNOWLEDGED_ALARM": "Something has not been acknowledged, and there is little time left.",
} }

impl NoticeType {
    /// Whether it tells of a departure, planned, under way or taken back.
    #[must_use]
    pub fn concerns_departure(self) -> bool {
        matches!(
            self,
            Self::DeparturePlanned
                | Self::Departed
                | Self::SegmentBoarded
                | Self::SegmentLanded
                | Self::TransitIncident
                | Self::Arrived
                | Self::NoticeRetracted
                | Self::NoticeUnacknowledged
                | Self::UnacknowledgedAlarm
        )
    }
}

codes! { "A way by which a notice is handed to its recipient." DeliveryChannel {
    Pull = "PULL": "The recipient read it.",
    Websocket = "WEBSOCKET": "It was sent over a WebSocket.",
    Sse = "SSE": "It was sent as a server-sent event.",
    Webhook = "WEBHOOK": "An endpoint of the recipient took it.",
} }

codes! { "What a chain of notices is about; a newer notice of a chain supersedes the older." Topic {
    Registration = "REGISTRATION": "The registration of the case.",
    Objection = "OBJECTION": "Whether the authority objects.",
    Ending = "ENDING": "That nothing holds any more of what was told.",
    Procedure = "PROCEDURE": "How the procedure goes on inside IOM.",
    Consent = "CONSENT": "Whether what was told may still be used.",
    TravelDocument = "TRAVEL_DOCUMENT": "One travel document request.",
    Journey = "JOURNEY": "The journey.",
    Coordination = "COORDINATION": "What missions confirm to each other.",
    Payment = "PAYMENT": "Payments.",
    Aftercare = "AFTERCARE": "What follows the arrival, and referrals.",
    Appointment = "APPOINTMENT": "Appointments of persons in detention.",
    Oversight = "OVERSIGHT": "That oversight sees the case.",
    Escalation = "ESCALATION": "That something was not acknowledged.",
} }

impl Topic {
    /// Whether a newer notice of this topic makes the older ones obsolete.
    #[must_use]
    pub fn supersedes(self) -> bool {
        matches!(self, Self::TravelDocument | Self::Journey | Self::Consent)
    }

    /// Whether what was said of it is taken back when the application ends: of documents and consents it is not.
    #[must_use]
    pub fn is_retracted(self) -> bool {
        !matches!(
            self,
            Self::TravelDocument | Self::Consent | Self::Ending | Self::Oversight
        )
    }
}

/// A notice to one recipient, before it has a place in that recipient's inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeDraft {
    /// Who is told.
    pub recipient: OrganisationId,
    /// What it says.
    pub kind: NoticeType,
    /// The chain that it belongs to.
    pub topic: Topic,
    /// The itinerary concerned.
    pub itinerary: Option<ItineraryId>,
    /// The travel document request concerned.
    pub request: Option<TravelDocumentRequestId>,
    /// The cash grant concerned.
    pub cash_grant: Option<CashGrantId>,
    /// Whether it takes back everything that this recipient had been told of the case's registration, journey and payments.
    pub retracts: bool,
    /// The notice of the same inbox that it is a reminder of.
    pub reminds_of: Option<NoticeId>,
}

/// The notices that an event gives rise to at a moment, for the case as it is after the event.
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "one arm an event: who is told of what is read as one table"
)]
pub fn notices_of(event: &DomainEvent, file: &CaseFile, now: DateTime<Utc>) -> Vec<NoticeDraft> {
    use PartyRelation::{Migration, Police, Receiving, Sending, Transit};
    let request = |kind, id, relations: &[PartyRelation]| {
        file.tell(relations, now, |recipient| NoticeDraft {
            request: Some(id),
            ..draft(recipient, kind, Topic::TravelDocument)
        })
    };
    let post = |kind, id: TravelDocumentRequestId| {
        let asked = file.request(id).map(|request| request.consular_post);
        asked
            .filter(|post| file.may_tell(*post))
            .map(|post| NoticeDraft {
                request: Some(id),
                ..draft(post, kind, Topic::TravelDocument)
            })
            .into_iter()
            .collect()
    };
    let journey = |kind, id, relations: &[PartyRelation]| {
        file.tell(relations, now, |recipient| NoticeDraft {
            itinerary: Some(id),
            ..draft(recipient, kind, Topic::Journey)
        })
    };
    let departure = |kind, id, authorities: &[OrganisationId]| {
        let told = journey(kind, id, &[Transit, Receiving, Police, Migration]);
        file.as_configured(told, authorities)
    };
    let appointment = |relations: &[PartyRelation]| {
        file.tell(relations, now, |recipient| {
            draft(recipient, NoticeType::ConsularAppointment, Topic::Appointment)
        })
    };
    let say = |kind, topic, relations: &[PartyRelation]| {
        file.tell(relations, now, |recipient| draft(recipient, kind, topic))
    };
    // The mission that acts knows what it did.
    let payment = |kind, id, by: OrganisationId| {
        let mut told = file.tell(&[Sending, Receiving], now, |recipient| NoticeDraft {
            cash_grant: Some(id),
            ..draft(recipient, kind, Topic::Payment)
        });
        told.retain(|draft| draft.recipient != by);
        told
    };
    match event {
        DomainEvent::CaseReferred => say(NoticeType::ReferralReceived, Topic::Procedure, &[Sending]),
        DomainEvent::CaseRegistered(authorities) | DomainEvent::CaseReopened(authorities) => {
            let relations = &[Police, Migration];
            let told = say(NoticeType::AvrrRegistered, Topic::Registration, relations);
            file.as_configured(told, authorities)
        }
        DomainEvent::ObjectionCheckRequested(authority) => vec![draft(
            *authority,
            NoticeType::ObjectionCheckRequested,
            Topic::Objection,
        )],
        DomainEvent::ObjectionDecided => say(NoticeType::ObjectionResult, Topic::Procedure, &[Sending]),
        DomainEvent::StatutoryPeriodStarted => {
            say(NoticeType::StatutoryPeriodStarted, Topic::Procedure, &[Sending])
        }
        DomainEvent::StatutoryPeriodExtended => {
            say(NoticeType::StatutoryPeriodExtended, Topic::Procedure, &[Sending])
        }
        DomainEvent::StatutoryPeriodExpiring => {
            say(NoticeType::StatutoryPeriodExpiring, Topic::Procedure, &[Sending])
        }
        DomainEvent::CaseHeld => say(NoticeType::CaseOnHold, Topic::Procedure, &[Transit, Receiving]),
        DomainEvent::CaseResumed => say(NoticeType::CaseResumed, Topic::Procedure, &[Transit, Receiving]),
        DomainEvent::ConsentRevoked(id) => revocations(file, *id),
        DomainEvent::TravelDocumentRequested(id) => post(NoticeType::TdrSubmitted, *id),
        DomainEvent::TravelDocumentRequestAcknowledged(id) => {
            request(NoticeType::TdrAcknowledged, *id, &[Sending])
        }
        DomainEvent::NationalityConfirmed(id) => {
            request(NoticeType::TdrNationalityConfirmed, *id, &[Sending])
        }
        DomainEvent::TravelDocumentIssued(id) => request(NoticeType::TdrIssued, *id, &[Sending]),
        DomainEvent::TravelDocumentRefused(id) => request(NoticeType::TdrRefused, *id, &[Sending]),
        DomainEvent::TravelDocumentRequestCancelled(id) => post(NoticeType::TdrCancelled, *id),
        DomainEvent::TravelDocumentInformationRequested(id) => {
            request(NoticeType::TdrMoreInfo, *id, &[Sending])
        }
        DomainEvent::TravelDocumentInformationAnswered(id) => post(NoticeType::TdrResubmitted, *id),
        DomainEvent::ConsularInterviewScheduled(id) => {
            request(NoticeType::ConsularAppointment, *id, &[Sending])
        }
        DomainEvent::ItineraryBooked(id) => {
            // Not to a mission that this very booking leaves out: its part ends now.
            let mut told = journey(NoticeType::ItineraryBooked, *id, &[Transit, Receiving]);
            told.retain(|draft| hears_of_bookings(file, draft.recipient, now));
            told
        }
        DomainEvent::ItinerarySuspended(id) => {
            told_of_journey(file, now, NoticeType::ItinerarySuspended, *id)
        }
        DomainEvent::ItineraryChanged(id) => told_of_journey(file, now, NoticeType::ItineraryChanged, *id),
        DomainEvent::ItineraryReplaced(id) => {
            // Who hears of the journey in its place needs no more; all others learn that theirs does not take place.
            let mut told = told_of_journey(file, now, NoticeType::ItineraryCancelled, *id);
            told.retain(|draft| !hears_of_bookings(file, draft.recipient, now));
            told
        }
        DomainEvent::TransitConfirmed(id) => {
            confirmed(file, now, NoticeType::TransitAssistanceConfirmed, *id)
        }
        DomainEvent::ReceptionConfirmed(id) => confirmed(file, now, NoticeType::ReceptionConfirmed, *id),
        DomainEvent::SegmentBoarded(id) => journey(NoticeType::SegmentBoarded, *id, &[Sending, Receiving]),
        DomainEvent::SegmentLanded(id) => journey(NoticeType::SegmentLanded, *id, &[Sending, Receiving]),
        DomainEvent::TransitBroken(id) => journey(NoticeType::TransitIncident, *id, &[Sending, Receiving]),
        DomainEvent::ItineraryCancelled(id) | DomainEvent::NoShowRecorded(id) => {
            told_of_journey(file, now, NoticeType::ItineraryCancelled, *id)
        }
        DomainEvent::DepartureHalted(id) => told_of_journey(file, now, NoticeType::ItineraryChanged, *id),
        DomainEvent::AppointmentSupportRequested(_) => appointment(&[Police, Migration]),
        DomainEvent::AppointmentSupported(_) => appointment(&[Sending]),
        DomainEvent::DeparturePlanned(id, told) => departure(NoticeType::DeparturePlanned, *id, told),
        DomainEvent::Departed(id, told) => departure(NoticeType::Departed, *id, told),
        DomainEvent::Arrived(id) => journey(NoticeType::Arrived, *id, &[Sending]),
        DomainEvent::CaseWithdrawn => retractions(file, now, NoticeType::ApplicationWithdrawn),
        DomainEvent::CaseTerminated => retractions(file, now, NoticeType::ApplicationTerminated),
        DomainEvent::CaseExpired => {
            let mut told = retractions(file, now, NoticeType::ApplicationExpired);
            told.extend(say(NoticeType::ApplicationExpired, Topic::Procedure, &[Sending]));
            told
        }
        DomainEvent::CashGrantApproved(id, by) => payment(NoticeType::GrantApproved, *id, *by),
        DomainEvent::TranchePaid(id, _, by) => payment(NoticeType::TranchePaid, *id, *by),
        DomainEvent::CashGrantVoided(id, by) => {
            // Only who had been told of money is told that there will be none.
            let mut told = payment(NoticeType::GrantVoided, *id, *by);
            told.retain(|draft| {
                let topics = file.told.get(&draft.recipient);
                // A case that has ended takes everything back that was said of it.
                file.case.ended_at.is_none() && topics.is_some_and(|topics| topics.contains(&Topic::Payment))
            });
            told
        }
        DomainEvent::OperationsSuspended => {
            let journey = file.live_itinerary().map(|journey| journey.id);
            file.tell(&[Sending, Transit, Receiving], now, |recipient| NoticeDraft {
                itinerary: journey,
                ..draft(recipient, NoticeType::OperationsSuspended, Topic::Coordination)
            })
        }
        DomainEvent::CaseWithdrawnInTransit => withdrawn_on_the_way(file, now),
        DomainEvent::HandoverAccepted(_) => file.tell(&[Sending], now, |recipient| {
            draft(recipient, NoticeType::HandoverConfirmed, Topic::Aftercare)
        }),
        DomainEvent::ReferralSent(id) => {
            let referral = file.referrals.iter().find(|referral| referral.id == *id);
            let recipient = referral.and_then(|referral| referral.recipient);
            recipient
                .map(|recipient| draft(recipient, NoticeType::ReferralReceived, Topic::Aftercare))
                .into_iter()
                .collect()
        }
        DomainEvent::BreakGlassApproved(_) => vec![draft(
            file.case.sending_mission,
            NoticeType::BreakGlassOpened,
            Topic::Oversight,
        )],
        DomainEvent::CaseClosed => file.tell(&[Sending, Receiving], now, |recipient| {
            draft(recipient, NoticeType::CaseClosed, Topic::Aftercare)
        }),
        DomainEvent::CaseOpened
        // Nobody is told of a claim, and nobody can count what nobody is told of.
        | DomainEvent::AsylumClaimRecorded(_)
        | DomainEvent::BreakGlassRequested(_)
        | DomainEvent::BreakGlassRejected(_)
        | DomainEvent::BreakGlassClosed(_)
        | DomainEvent::BreakGlassExpired(_)
        | DomainEvent::ConsentRecorded(_)
        | DomainEvent::CounsellingRecorded
        | DomainEvent::EligibilityDecided
        | DomainEvent::ApplicationSigned
        | DomainEvent::StatutoryPeriodOverridden
        | DomainEvent::TravelDocumentReceived(_)
        | DomainEvent::TravelDocumentHandedOver(_)
        | DomainEvent::TravelDocumentLost(_)
        | DomainEvent::TravelDocumentUsed(_)
        | DomainEvent::TravelDocumentExpired(_)
        | DomainEvent::PersonalDocumentRecorded
        | DomainEvent::PhotoRecorded
        | DomainEvent::PhotoRemoved
        | DomainEvent::AttachmentRecorded(_)
        | DomainEvent::AttachmentRemoved(_)
        | DomainEvent::ItineraryTicketed(_)
        | DomainEvent::SafeguardsChanged(_)
        | DomainEvent::DepartureArranged
        | DomainEvent::CashGrantProposed(_)
        | DomainEvent::SurveyRecorded(_)
        | DomainEvent::SurveyValidated(_)
        | DomainEvent::CashGrantRejected(_)
        | DomainEvent::ReceiptRecorded(..)
        | DomainEvent::ReceiptVerified(..)
        | DomainEvent::TrancheWithheld(..)
        | DomainEvent::TrancheReleased(..)
        | DomainEvent::PaymentFailed(..)
        | DomainEvent::ReintegrationPackageProposed(_)
        | DomainEvent::ReintegrationPackageAgreed(_)
        | DomainEvent::ReintegrationPackageAmended(_)
        | DomainEvent::DonorExceptionDecided(_)
        | DomainEvent::PackageItemQuoted(..)
        | DomainEvent::PackageItemOrdered(..)
        | DomainEvent::PackageItemDelivered(..)
        | DomainEvent::PackageReceiptVerified(..)
        | DomainEvent::MonitoringContactRecorded(_)
        | DomainEvent::ReintegrationPackageSuspended(_)
        | DomainEvent::ReintegrationPackageResumed(_)
        | DomainEvent::ReintegrationPackageTransferred(_)
        | DomainEvent::ReintegrationPackageClosed(_)
        | DomainEvent::ReintegrationPackageForfeited(_)
        | DomainEvent::PostArrivalCaseAdmitted
        | DomainEvent::ReferralAccepted(_)
        | DomainEvent::ReferralRejected(_)
        | DomainEvent::ReferralStarted(_)
        | DomainEvent::ReferralCompleted(_)
        | DomainEvent::ReferralRevoked(_)
        | DomainEvent::ReferralExpired(_)
        | DomainEvent::HandoverRefused(_)
        | DomainEvent::ReintegrationStarted => Vec::new(),
    }
}

/// Whether a booking is told to an organisation: to missions on its way and at its end, not to one that it leaves out,
/// whose part ends now.
fn hears_of_bookings(file: &CaseFile, organisation: OrganisationId, now: DateTime<Utc>) -> bool {
    let concerned = matches!(
        file.relation_of(organisation),
        Some(PartyRelation::Transit | PartyRelation::Receiving)
    );
    concerned && file.takes_part(organisation, now + TimeDelta::microseconds(1))
}

/// What a mission confirms is told to the sending mission alone.
fn confirmed(file: &CaseFile, now: DateTime<Utc>, kind: NoticeType, id: ItineraryId) -> Vec<NoticeDraft> {
    file.tell(&[PartyRelation::Sending], now, |recipient| NoticeDraft {
        itinerary: Some(id),
        ..draft(recipient, kind, Topic::Coordination)
    })
}

fn draft(recipient: OrganisationId, kind: NoticeType, topic: Topic) -> NoticeDraft {
    NoticeDraft {
        recipient,
        kind,
        topic,
        itinerary: None,
        request: None,
        cash_grant: None,
        retracts: false,
        reminds_of: None,
    }
}

/// A change of the journey goes to everybody who had been told of it and still takes part, and to nobody else: a mission
/// that the route no longer touches knows already that its own journey does not take place.
fn told_of_journey(
    file: &CaseFile,
    now: DateTime<Utc>,
    kind: NoticeType,
    itinerary: ItineraryId,
) -> Vec<NoticeDraft> {
    let told = file
        .told
        .iter()
        .filter(|(_, topics)| topics.contains(&Topic::Journey));
    told.filter(|(recipient, _)| file.takes_part(**recipient, now) && file.may_tell(**recipient))
        // The sending mission does it itself.
        .filter(|(recipient, _)| **recipient != file.case.sending_mission)
        .map(|(recipient, _)| NoticeDraft {
            itinerary: Some(itinerary),
            ..draft(*recipient, kind, Topic::Journey)
        })
        .collect()
}
