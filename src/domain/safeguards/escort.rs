//! Who travels with a person, and what the airline has agreed to (SOP I4c, I4f).

use crate::ids::{CaseId, ItineraryId, PersonId, SafeguardId};
use crate::{codes, lifecycle};
use chrono::{DateTime, Utc};

codes! { "Why somebody travels with a person." EscortKind {
    Operational = "OPERATIONAL": "To lead the way.",
    Medical = "MEDICAL": "To treat the person on the way.",
    Family = "FAMILY": "A guardian or a relative, for a child.",
    Escort = "ESCORT": "Somebody travels along; shown only where the kind is masked.",
} }

codes! { "State of an escort." EscortState {
    Recommended = "RECOMMENDED": "Somebody should travel along.",
    Approved = "APPROVED": "A supervisor has agreed.",
    Assigned = "ASSIGNED": "It is known who travels along.",
    Documented = "DOCUMENTED": "The escort has visa and ticket.",
    Travelling = "TRAVELLING": "On the way with the person.",
    HandedOver = "HANDED_OVER": "The person has been handed over.",
    Returned = "RETURNED": "The escort is back.",
    Declined = "DECLINED": "A supervisor has not agreed.",
    Cancelled = "CANCELLED": "Called off.",
} }

lifecycle! { "The life of an escort." ESCORT_MACHINE "Escort": EscortState {
    begin "recommendEscort" => Recommended;
    "approveEscort": Recommended => Approved;
    "declineEscort": Recommended => Declined;
    "assignEscort": Approved | Assigned => Assigned;
    "documentEscort": Assigned => Documented;
    "confirmDeparture": Assigned | Documented => Travelling;
    "recordEscortHandover": Travelling => HandedOver;
    "recordEscortReturn": HandedOver => Returned;
    "cancelEscort": Recommended | Approved | Assigned | Documented => Cancelled;
    "withdrawCase": Recommended | Approved | Assigned | Documented => Cancelled;
} }

impl EscortState {
    /// Whether the escort is still meant to travel along, or does.
    #[must_use]
    pub fn is_meant_to_travel(self) -> bool {
        !matches!(self, Self::Declined | Self::Cancelled)
    }

    /// Whether it is known who travels along.
    #[must_use]
    pub fn is_assigned(self) -> bool {
        self.is_meant_to_travel() && !matches!(self, Self::Recommended | Self::Approved)
    }
}

/// Somebody who travels with a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escort {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// The person.
    pub person_id: PersonId,
    /// Place among the escorts of the case, from 1: commands name the escort by it.
    pub number: i32,
    /// Why.
    pub kind: EscortKind,
    /// State.
    pub state: EscortState,
    /// The escort's full name.
    pub name: Option<String>,
    /// Who recommended it: somebody else approves.
    pub recommended_by: String,
    /// Reference of the recommendation by IOM's migration health staff, where they gave one (S0:116).
    pub mhd_reference: Option<String>,
}

codes! { "Why an airline has to agree." ClearanceKind {
    Group = "GROUP": "A group travels together.",
    Medical = "MEDICAL": "A person travels with oxygen or a medical escort.",
} }

/// What an airline has agreed to, for one journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AirlineClearance {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// The journey; another one needs to be agreed to again.
    pub itinerary_id: ItineraryId,
    /// Why the airline had to agree.
    pub kind: ClearanceKind,
    /// The airline's reference.
    pub reference: Option<String>,
    /// When it agreed.
    pub cleared_at: DateTime<Utc>,
}
