//! Commands on itineraries.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::itinerary::{Segment, SuspensionReason, Ticket};
use crate::error::Error;
use crate::ids::{CaseId, ItineraryId};
use crate::policy::actions::Action;
use chrono::{DateTime, Utc};
use uuid::Uuid;

impl Desk {
    /// Books a journey.
    pub async fn book_itinerary(
        &self,
        envelope: &Envelope,
        case: CaseId,
        segments: Vec<Segment>,
        booking_reference: Option<String>,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(case, None);
        self.on_case(
            envelope,
            Action::BookItinerary,
            target,
            Answer::Subject,
            |file, c| {
                file.voluntary()?
                    .book_itinerary(segments.clone(), booking_reference.clone(), c)
            },
        )
        .await
    }

    /// Books a journey in the place of another.
    pub async fn rebook_itinerary(
        &self,
        envelope: &Envelope,
        id: ItineraryId,
        expected: i32,
        segments: Vec<Segment>,
        booking_reference: Option<String>,
    ) -> Result<Uuid, Error> {
        let target = Target::Itinerary(id, expected);
        self.on_case(
            envelope,
            Action::RebookItinerary,
            target,
            Answer::Subject,
            |file, c| {
                file.voluntary()?
                    .rebook_itinerary(id, segments.clone(), booking_reference.clone(), c)
            },
        )
        .await
    }

    /// Moves a flight to other times.
    pub async fn retime_segment(
        &self,
        envelope: &Envelope,
        id: ItineraryId,
        expected: i32,
        position: i32,
        times: (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Uuid, Error> {
        let target = Target::Itinerary(id, expected);
        self.on_case(
            envelope,
            Action::RetimeSegment,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.retime_segment(id, position, times, c),
        )
        .await
    }

    /// Records that tickets are issued.
    pub async fn ticket_itinerary(
        &self,
        envelope: &Envelope,
        id: ItineraryId,
        expected: i32,
        ticket: Ticket,
    ) -> Result<Uuid, Error> {
        let target = Target::Itinerary(id, expected);
        self.on_case(
            envelope,
            Action::TicketItinerary,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.ticket_itinerary(id, ticket.clone(), c),
        )
        .await
    }

    /// Records that the journey is suspended.
    pub async fn suspend_itinerary(
        &self,
        envelope: &Envelope,
        id: ItineraryId,
        expected: i32,
        reason: SuspensionReason,
    ) -> Result<Uuid, Error> {
        let target = Target::Itinerary(id, expected);
        self.on_case(
            envelope,
            Action::SuspendItinerary,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.suspend_itinerary(id, reason, c),
        )
        .await
    }

    /// Takes the journey back.
    pub async fn cancel_itinerary(
        &self,
        envelope: &Envelope,
        id: ItineraryId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Itinerary(id, expected);
        self.on_case(
            envelope,
            Action::CancelItinerary,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.cancel_itinerary(id, c),
        )
        .await
    }
}
