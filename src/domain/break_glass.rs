//! Breaking the glass: oversight sees one case for a while as its sending mission does, for a reason, with the word of a
//! second person, and the sending mission is told (DOMAIN 4.3).

use crate::ids::{BreakGlassId, CaseId, OrganisationId};
use crate::{codes, lifecycle};
use chrono::{DateTime, TimeDelta, Utc};

codes! { "State of an access to a case by oversight." BreakGlassState {
    Requested = "REQUESTED": "Asked for; it opens nothing until somebody else approves it.",
    Approved = "APPROVED": "Open until its time is over.",
    Rejected = "REJECTED": "Somebody else found that there is no need.",
    Closed = "CLOSED": "Closed by oversight before its time was over, or taken back.",
    Expired = "EXPIRED": "Its time is over, or nobody answered for a day.",
} }

lifecycle! { "The life of an access to a case by oversight (DOMAIN 4.3)." BREAK_GLASS "BreakGlassAccess": BreakGlassState {
    begin "requestBreakGlass" => Requested;
    "approveBreakGlass": Requested => Approved;
    "rejectBreakGlass": Requested => Rejected;
    "closeBreakGlass": Requested | Approved => Closed;
    "time": Requested | Approved => Expired;
} }

codes! { "Why oversight has to see personal data." BreakGlassReason {
    SubjectRequest = "SUBJECT_REQUEST": "The persons ask what is held of them, or that it be corrected.",
    Complaint = "COMPLAINT": "Somebody complains of how their data were treated.",
    Incident = "INCIDENT": "Data may have reached whom they should not.",
    LegalDuty = "LEGAL_DUTY": "The law demands it.",
    Audit = "AUDIT": "The case was drawn for an audit.",
} }

/// How long a request may wait for its answer.
pub const UNANSWERED: TimeDelta = TimeDelta::hours(24);

/// An access of oversight to one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakGlassAccess {
    /// Names the access.
    pub id: BreakGlassId,
    /// The case.
    pub case_id: CaseId,
    /// The organisation that asks.
    pub organisation: OrganisationId,
    /// Why, as a code that the sending mission reads.
    pub reason: BreakGlassReason,
    /// Why, in words for whoever approves.
    pub explanation: String,
    /// For how long, in minutes from the approval.
    pub minutes: i32,
    /// State.
    pub state: BreakGlassState,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// Who asks: nobody else sees anything through it, nor may they answer it.
    pub requested_by: String,
    /// When it was approved or rejected.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who approved or rejected it.
    pub decided_by: Option<String>,
    /// Until when it is open, once approved.
    pub open_until: Option<DateTime<Utc>>,
    /// When it came to its end.
    pub ended_at: Option<DateTime<Utc>>,
    /// Counts the changes of this row.
    pub version: i32,
}

impl BreakGlassAccess {
    /// When time alone ends it; nothing where it has ended.
    #[must_use]
    pub fn lapses_at(&self) -> Option<DateTime<Utc>> {
        match self.state {
            BreakGlassState::Requested => Some(self.requested_at + UNANSWERED),
            BreakGlassState::Approved => self.open_until,
            _ => None,
        }
    }

    /// Whether it has come to its end by then: the clock ends it, whether or not that was written down.
    #[must_use]
    pub fn has_lapsed(&self, now: DateTime<Utc>) -> bool {
        self.lapses_at().is_some_and(|end| end <= now)
    }

    /// The same access as it stands at a moment.
    #[must_use]
    pub fn as_of(mut self, now: DateTime<Utc>) -> Self {
        if self.has_lapsed(now) {
            self.ended_at = self.lapses_at();
            self.state = BreakGlassState::Expired;
        }
        self
    }
}
