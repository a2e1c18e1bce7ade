//! Who is told what: the routing of events to the parties of a case (DOMAIN 2, column "notices").
//!
//! A notice says only that something happened and to what; what it shows is decided when it is read. A party outside IOM
//! is told nothing without an active consent (INV-06), except that what it had been told no longer holds.

use super::case_file::CaseFile;
use super::event::DomainEvent;
use super::party::PartyRelation;
use crate::codes;
use crate::ids::{CashGrantId, ItineraryId, OrganisationId, TravelDocumentRequestId};
use chrono::{DateTime, TimeDelta, Utc};

codes! { "What a notice says." NoticeType {
    AvrrRegistered = "AVRR_REGISTERED": "A migrant has been registered for assisted voluntary return (N3a).",
    ApplicationWithdrawn = "APPLICATION_WITHDRAWN": "The application has been withdrawn.",
    TdrSubmitted = "TDR_SUBMITTED": "A travel document is requested.",
    TdrAcknowledged = "TDR_ACKNOWLEDGED": "The consular post has taken note of the request.",
    TdrNationalityConfirmed = "TDR_NATIONALITY_CONFIRMED": "The consular post has confirmed the nationality.",
    TdrIssued = "TDR_ISSUED": "The travel document has been issued.",
    TdrRefused = "TDR_REFUSED": "The consular post has refused.",
    TdrCancelled = "TDR_CANCELLED": "The request for a travel document has been taken back.",
    ItineraryBooked = "ITINERARY_BOOKED": "A journey has been booked.",
    ItinerarySuspended = "ITINERARY_SUSPENDED": "The journey has been suspended.",
    ItineraryCancelled = "ITINERARY_CANCELLED": "The journey has been cancelled.",
    DeparturePlanned = "DEPARTURE_PLANNED": "A departure is planned (N5d).",
    Departed = "DEPARTED": "The persons have departed (I5c, N5e).",
    Arrived = "ARRIVED": "The persons have arrived.",
    TranchePaid = "TRANCHE_PAID": "A tranche of a cash grant has been paid.",
    NoticeRetracted = "NOTICE_RETRACTED": "What was announced of this case no longer holds.",
} }

impl NoticeType {
    /// Whether it tells of a departure, planned, under way or taken back.
    #[must_use]
    pub fn concerns_departure(self) -> bool {
        matches!(
            self,
            Self::DeparturePlanned | Self::Departed | Self::Arrived | Self::NoticeRetracted
        )
    }
}

codes! { "What a chain of notices is about; a newer notice of a chain supersedes the older." Topic {
    Registration = "REGISTRATION": "The registration of the case.",
    TravelDocument = "TRAVEL_DOCUMENT": "One travel document request.",
    Journey = "JOURNEY": "The journey.",
    Payment = "PAYMENT": "Payments.",
} }

impl Topic {
    /// Whether a newer notice of this topic makes the older ones obsolete.
    #[must_use]
    pub fn supersedes(self) -> bool {
        matches!(self, Self::TravelDocument | Self::Journey)
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
}

/// The notices that an event gives rise to at a moment, for the case as it is after the event.
#[must_use]
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
    match event {
        DomainEvent::CaseRegistered => file.tell(&[Migration], now, |recipient| {
            draft(recipient, NoticeType::AvrrRegistered, Topic::Registration)
        }),
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
        DomainEvent::ItineraryBooked(id) => {
            // Not to a mission that this very booking leaves out: its part ends now.
            let mut told = journey(NoticeType::ItineraryBooked, *id, &[Transit, Receiving]);
            told.retain(|draft| file.takes_part(draft.recipient, now + TimeDelta::microseconds(1)));
            told
        }
        DomainEvent::ItinerarySuspended(id) => {
            told_of_journey(file, now, NoticeType::ItinerarySuspended, *id)
        }
        DomainEvent::ItineraryCancelled(id) => {
            told_of_journey(file, now, NoticeType::ItineraryCancelled, *id)
        }
        DomainEvent::DeparturePlanned(id) => journey(
            NoticeType::DeparturePlanned,
            *id,
            &[Transit, Receiving, Police, Migration],
        ),
        DomainEvent::Departed(id) => journey(
            NoticeType::Departed,
            *id,
            &[Transit, Receiving, Police, Migration],
        ),
        DomainEvent::Arrived(id) => journey(NoticeType::Arrived, *id, &[Sending]),
        DomainEvent::TranchePaid(id, _) => file.tell(&[Receiving], now, |recipient| NoticeDraft {
            cash_grant: Some(*id),
            ..draft(recipient, NoticeType::TranchePaid, Topic::Payment)
        }),
        DomainEvent::CaseWithdrawn => retractions(file, now),
        DomainEvent::CaseOpened
        | DomainEvent::ConsentRecorded(_)
        | DomainEvent::ConsentRevoked(_)
        | DomainEvent::ItineraryTicketed(_)
        | DomainEvent::CashGrantProposed(_)
        | DomainEvent::CashGrantApproved(_)
        | DomainEvent::CashGrantVoided(_)
        | DomainEvent::ReintegrationPackageProposed(_)
        | DomainEvent::ReintegrationPackageForfeited(_) => Vec::new(),
    }
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
    told.filter(|(recipient, _)| file.takes_part(**recipient, now))
        .map(|(recipient, _)| NoticeDraft {
            itinerary: Some(itinerary),
            ..draft(*recipient, kind, Topic::Journey)
        })
        .collect()
}

/// Everybody who had been told of the case learns that it no longer holds; a consular post learns only that its open
/// request is taken back, which is an event of its own.
fn retractions(file: &CaseFile, now: DateTime<Utc>) -> Vec<NoticeDraft> {
    let journey = file.itineraries.last().map(|itinerary| itinerary.id);
    let told = file
        .told
        .iter()
        .filter(|(_, topics)| topics.iter().any(|topic| *topic != Topic::TravelDocument));
    told.filter_map(|(recipient, topics)| {
        let (kind, topic) = match file.relation_of(*recipient) {
            Some(PartyRelation::Sending | PartyRelation::Consular) => return None,
            Some(PartyRelation::Migration) => (NoticeType::ApplicationWithdrawn, Topic::Registration),
            _ => (NoticeType::NoticeRetracted, Topic::Journey),
        };
        let concerned = topics.contains(&Topic::Journey) && file.takes_part(*recipient, now);
        let itinerary = journey.filter(|_| concerned);
        Some(NoticeDraft {
            itinerary,
            retracts: true,
            ..draft(*recipient, kind, topic)
        })
    })
    .collect()
}
