//! What has to be in place before a child travels without parents (INV-13).

use crate::codes;
use crate::ids::{CaseId, PersonId, SafeguardId};
use chrono::{DateTime, NaiveDate, Utc};

codes! { "What the best-interests procedure found." BestInterestsResult {
    Return = "RETURN": "To return is in the child's best interests.",
    Remain = "REMAIN": "To return is not in the child's best interests.",
    Recorded = "RECORDED": "There is a result; shown only where it is masked.",
} }

/// Who speaks for a child in the host territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guardian {
    /// Full name.
    pub name: String,
    /// How to reach them.
    pub contact: String,
    /// The authority that appointed them.
    pub authority: String,
}

/// What is in place for one child; what is not yet there is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildSafeguards {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// The child.
    pub person_id: PersonId,
    /// What the best-interests procedure found.
    pub best_interests: Option<BestInterestsResult>,
    /// The guardian.
    pub guardian: Option<Guardian>,
    /// When the guardian consented to the return.
    pub guardian_consented_at: Option<DateTime<Utc>>,
    /// When the child consented.
    pub child_consented_at: Option<DateTime<Utc>>,
    /// The day on which the family in the country of return was assessed.
    pub family_assessed_on: Option<NaiveDate>,
    /// Who receives the child instead of, or beside, the family.
    pub handover_party: Option<String>,
}
