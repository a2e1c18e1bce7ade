//! Referrals, as they are read.

use super::{CaseNode, HistoryNode, Many, One, OrganisationNode, PersonNode};
use crate::domain::referral::Referral;

/// A referral as read.
#[derive(Debug)]
pub struct ReferralNode {
    /// The referral.
    pub referral: Referral,
    /// Its case.
    pub case: One<CaseNode>,
    /// The mission that refers.
    pub sender: One<OrganisationNode>,
    /// The organisation that is asked.
    pub recipient: One<OrganisationNode>,
    /// The person that it is about.
    pub person: One<PersonNode>,
    /// Its history, oldest first, under the same lens.
    pub history: Many<HistoryNode>,
}
