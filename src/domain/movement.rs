//! A group that travels together: a charter, or a group on a commercial flight, with its manifest (DOMAIN 2.4).
//!
//! The manifest is made of lines, one a person, and each line belongs to its case: what happens to the case moves it. A
//! line says whether somebody travels, never why not.

use super::itinerary::Segment;
use super::territory::{CountryCode, airport};
use super::transition::Refusal;
use crate::ids::{CaseId, ItineraryId, ManifestLineId, MovementId, OrganisationId, PersonId};
use crate::{codes, lifecycle};
use chrono::{DateTime, Utc};

codes! { "How a group travels." MovementKind {
    Charter = "CHARTER": "On a flight of its own.",
    CommercialGroup = "COMMERCIAL_GROUP": "Together on a scheduled flight.",
} }

codes! { "State of a group movement." MovementState {
    Draft = "DRAFT": "Planned; nobody can be listed yet.",
    ManifestOpen = "MANIFEST_OPEN": "Persons are listed.",
    ManifestLocked = "MANIFEST_LOCKED": "Nobody is listed any more; whoever does not travel is taken off.",
    Cleared = "CLEARED": "The airline has agreed to the group; the persons may board.",
    Airborne = "AIRBORNE": "On its way.",
    Landed = "LANDED": "It has landed where it ends.",
    Reconciled = "RECONCILED": "Everybody who boarded is accounted for.",
    Cancelled = "CANCELLED": "It does not take place.",
} }

lifecycle! { "The life of a group movement (DOMAIN 2.4)." MOVEMENT "Movement": MovementState {
    begin "draftMovement" => Draft;
    "openManifest": Draft => ManifestOpen;
    "lockManifest": ManifestOpen => ManifestLocked;
    "clearMovement": ManifestLocked => Cleared;
    "departMovement": Cleared => Airborne;
    "landMovement": Airborne => Landed;
    "reconcileMovement": Landed => Reconciled;
    "cancelMovement": Draft | ManifestOpen | ManifestLocked | Cleared => Cancelled;
} }

codes! { "State of a person on the manifest of a group movement." ManifestLineState {
    Listed = "LISTED": "Is to travel.",
    Confirmed = "CONFIRMED": "Is to travel, and everything is in place for it.",
    Boarded = "BOARDED": "Is on board.",
    NoShow = "NO_SHOW": "Did not come.",
    Withdrawn = "WITHDRAWN": "The application has ended.",
    StoodDown = "STOOD_DOWN": "Was taken off the manifest.",
    NotTravelling = "NOT_TRAVELLING": "Does not travel; shown only where the state is masked.",
} }

lifecycle! { "The life of a line of a manifest (DOMAIN 2.4): each step is one of its case, so that the manifest is never behind." MANIFEST_LINE "ManifestLine": ManifestLineState {
    begin "listOnManifest" => Listed;
    "markReadyToDepart": Listed => Confirmed;
    "confirmDeparture": Confirmed => Boarded;
    "recordNoShow": Listed | Confirmed => NoShow;
    "withdrawCase": Listed | Confirmed => Withdrawn;
    "recordFitnessToTravel": Confirmed => StoodDown;
    "standDownDeparture": Confirmed => StoodDown;
    "suspendItinerary": Listed | Confirmed => StoodDown;
    "rebookItinerary": Listed | Confirmed => StoodDown;
    "cancelItinerary": Listed | Confirmed => StoodDown;
} }

impl ManifestLineState {
    /// Whether the person is still to travel, or travels: such a line takes a seat.
    #[must_use]
    pub fn travels(self) -> bool {
        self.is_to_travel() || self == Self::Boarded
    }

    /// Whether the person has neither boarded nor been taken off.
    #[must_use]
    pub fn is_to_travel(self) -> bool {
        matches!(self, Self::Listed | Self::Confirmed)
    }
}

/// What happened to a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovementEvent {
    /// It was planned.
    MovementDrafted,
    /// Its manifest was opened.
    ManifestOpened,
    /// Its manifest was locked.
    ManifestLocked,
    /// It was cleared for departure.
    MovementCleared,
    /// It left.
    MovementDeparted,
    /// It landed.
    MovementLanded,
    /// Everybody who had boarded was accounted for.
    MovementReconciled,
    /// It was cancelled.
    MovementCancelled,
}

/// A group movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Names the movement.
    pub id: MovementId,
    /// What missions call it; no two have the same.
    pub reference: String,
    /// How the group travels.
    pub kind: MovementKind,
    /// The mission that organises it.
    pub organiser: OrganisationId,
    /// How many persons it can take.
    pub seats: i32,
    /// State.
    pub state: MovementState,
    /// When it was planned.
    pub drafted_at: DateTime<Utc>,
    /// When its manifest was locked.
    pub locked_at: Option<DateTime<Utc>>,
    /// When it was cleared for departure.
    pub cleared_at: Option<DateTime<Utc>>,
    /// When it left with everybody on board.
    pub departed_at: Option<DateTime<Utc>>,
    /// When it landed where it ends.
    pub landed_at: Option<DateTime<Utc>>,
    /// When it was reconciled or cancelled.
    pub ended_at: Option<DateTime<Utc>>,
    /// The flights as they were planned, in order.
    pub flights: Vec<Segment>,
    /// Counts the changes of this row.
    pub version: i32,
}

impl Movement {
    /// The flights from the first one that leaves a country to the first one after it that lands in another, numbered
    /// anew: what persons who get on or off on the way fly of it. All of them where there are none such.
    #[must_use]
    pub fn flights_between(&self, from: CountryCode, to: CountryCode) -> Vec<Segment> {
        let in_country =
            |code: &str, country: CountryCode| airport(code).is_some_and(|stop| stop.country == country);
        let mut own = Vec::new();
        let boards = |flight: &&Segment| !in_country(&flight.departure_airport, from);
        for (position, flight) in (0..).zip(self.flights.iter().skip_while(boards)) {
            own.push(Segment {
                position,
                ..flight.clone()
            });
            if in_country(&flight.arrival_airport, to) {
                return own;
            }
        }
        self.flights.clone()
    }

    /// The country in which it ends.
    #[must_use]
    pub fn ends_in(&self) -> Option<CountryCode> {
        let last = self.flights.last()?;
        airport(&last.arrival_airport).map(|stop| stop.country)
    }
}

/// A person's place on the manifest of a movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestLine {
    /// Names the line.
    pub id: ManifestLineId,
    /// The case.
    pub case_id: CaseId,
    /// The movement.
    pub movement: MovementId,
    /// The journey of the case that is part of the movement.
    pub itinerary: ItineraryId,
    /// Who travels.
    pub person: PersonId,
    /// State.
    pub state: ManifestLineState,
    /// When the person was listed.
    pub listed_at: DateTime<Utc>,
    /// When everything was found in place.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When the person boarded, or was taken off.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A change of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ManifestChange {
    /// The state that the line was in.
    pub from: ManifestLineState,
    /// The state that it came into.
    pub to: ManifestLineState,
    /// When.
    pub at: DateTime<Utc>,
}

impl ManifestLine {
    pub(in crate::domain) fn step(
        &mut self,
        step: &str,
        to: ManifestLineState,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.state = MANIFEST_LINE.step(step, self.state, to)?;
        if to == ManifestLineState::Confirmed {
            self.confirmed_at = Some(now);
        } else {
            self.ended_at = Some(now);
        }
        Ok(())
    }

    /// When it last changed.
    #[must_use]
    pub fn changed_at(&self) -> DateTime<Utc> {
        self.ended_at.or(self.confirmed_at).unwrap_or(self.listed_at)
    }

    /// The state that it was in at a moment; none before the person was listed.
    #[must_use]
    pub fn state_at(&self, moment: DateTime<Utc>) -> Option<ManifestLineState> {
        let by_then = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at <= moment);
        match self {
            Self { listed_at, .. } if *listed_at > moment => None,
            Self { ended_at, .. } if by_then(*ended_at) => Some(self.state),
            Self { confirmed_at, .. } if by_then(*confirmed_at) => Some(ManifestLineState::Confirmed),
            Self { .. } => Some(ManifestLineState::Listed),
        }
    }

    /// What changed after a moment, in order.
    #[must_use]
    pub fn changes_since(&self, moment: DateTime<Utc>) -> Vec<ManifestChange> {
        let moments = [self.confirmed_at, self.ended_at];
        let later = moments.into_iter().flatten().filter(|at| *at > moment);
        let mut before = self.state_at(moment);
        let mut changes = Vec::new();
        for at in later {
            let to = self.state_at(at);
            if let (Some(from), Some(to)) = (before, to)
                && from != to
            {
                changes.push(ManifestChange { from, to, at });
            }
            before = to.or(before);
        }
        changes
    }
}

/// A manifest with what is known of those on it, as the steps of a movement look at it.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// Its lines.
    pub lines: Vec<ManifestLine>,
    /// Whether an airline's agreement to the group is recorded for one of the journeys on it.
    pub airline_agrees: bool,
    /// Who of those on it has arrived, or has turned back on the way.
    pub accounted_for: Vec<PersonId>,
}

/// What is planned of a movement.
#[derive(Clone, Debug)]
pub struct NewMovement {
    /// What missions call it.
    pub reference: String,
    /// How the group travels.
    pub kind: MovementKind,
    /// How many persons it can take.
    pub seats: i32,
    /// The flights, in order.
    pub flights: Vec<Segment>,
}
