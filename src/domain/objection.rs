//! The check whether an authority of the host territory objects to the return (SOP N3c).

use crate::ids::{CaseId, ObjectionCheckId, OrganisationId};
use crate::{codes, lifecycle};
use chrono::{DateTime, Utc};

codes! { "State of an objection check." ObjectionState {
    Requested = "REQUESTED": "The authority has been asked.",
    Clear = "CLEAR": "The authority does not object.",
    Objected = "OBJECTED": "The authority objects.",
    Expired = "EXPIRED": "The authority was silent until the day from which its silence counts as no objection.",
    Cancelled = "CANCELLED": "The answer is not waited for any more.",
} }

lifecycle! { "The life of an objection check." OBJECTION_CHECK "ObjectionCheck": ObjectionState {
    begin "requestObjectionCheck" => Requested;
    "decideObjection": Requested => Clear | Objected;
    "time": Requested => Expired;
    "startPreDeparture": Requested => Expired | Cancelled;
    "withdrawCase": Requested => Cancelled;
} }

impl ObjectionState {
    /// Whether nothing stands in the way of the departure any more.
    #[must_use]
    pub fn is_clear(self) -> bool {
        matches!(self, Self::Clear | Self::Expired)
    }
}

codes! { "What an authority answers." ObjectionOutcome {
    Clear = "CLEAR": "It does not object.",
    Objected = "OBJECTED": "It objects.",
} }

codes! { "Why an authority objects; between the authority and the sending mission." ObjectionGround {
    CriminalProceedings = "CRIMINAL_PROCEEDINGS": "Criminal proceedings are pending.",
    ExitBan = "EXIT_BAN": "The person may not leave the territory.",
    IdentityInDoubt = "IDENTITY_IN_DOUBT": "The identity is in doubt.",
    Security = "SECURITY": "Security.",
    Other = "OTHER": "Another ground.",
} }

codes! { "Why a supervisor does not wait for the authority." ObjectionWaiver {
    NoConsent = "NO_CONSENT": "The persons do not consent to the authority being asked.",
    UrgentMedical = "URGENT_MEDICAL": "The departure is medically urgent.",
    AuthorityUnreachable = "AUTHORITY_UNREACHABLE": "The authority cannot be reached.",
    Other = "OTHER": "Another reason.",
} }

/// One authority asked once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionCheck {
    /// Names the check.
    pub id: ObjectionCheckId,
    /// The case.
    pub case_id: CaseId,
    /// The authority that was asked.
    pub authority: OrganisationId,
    /// State.
    pub state: ObjectionState,
    /// When it was asked.
    pub requested_at: DateTime<Utc>,
    /// From when its silence counts as no objection; never where nothing is said.
    pub silent_from: Option<DateTime<Utc>>,
    /// When it answered, or its silence counted.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it objects.
    pub ground: Option<ObjectionGround>,
}
