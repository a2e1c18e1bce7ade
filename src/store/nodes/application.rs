//! What was decided of an application, as it is read.

use super::{HistoryNode, Many, One, OrganisationNode};
use crate::domain::application::ReturnDecision;
use crate::domain::asylum::AsylumClaim;
use crate::domain::counselling::CounsellingSession;
use crate::domain::objection::ObjectionCheck;
use crate::domain::statutory::{Confirmation, StatutoryExtension, StatutoryPeriod};
use chrono::NaiveDate;

/// What hangs on the application of a case, each part under the lens of the case.
#[derive(Debug, Default)]
pub struct ApplicationNode {
    /// The return decision.
    pub return_decision: One<ReturnDecision>,
    /// The statutory period that counts.
    pub period: One<StatutoryPeriodNode>,
    /// The authorities that were asked, oldest first.
    pub objection_checks: Many<ObjectionCheck>,
    /// The counselling sessions, oldest first.
    pub sessions: Many<CounsellingSession>,
    /// The procedures for international protection that the viewer may know of, oldest first.
    pub asylum_claims: Many<AsylumClaimNode>,
}

/// A claim for international protection as read.
#[derive(Debug)]
pub struct AsylumClaimNode {
    /// The claim.
    pub claim: AsylumClaim,
    /// The authority whose procedure it is.
    pub authority: One<OrganisationNode>,
    /// Its history, oldest first, under the same lens.
    pub history: Many<HistoryNode>,
}

/// A statutory period as read.
#[derive(Debug)]
pub struct StatutoryPeriodNode {
    /// The period.
    pub period: StatutoryPeriod,
    /// Its last day, with its extensions, and with the days on hold where they prolong it.
    pub ends_on: NaiveDate,
    /// Days on hold because of suspensions of operations.
    pub days_on_hold: i32,
    /// What prolongs it, under the same lens.
    pub extensions: Many<StatutoryExtensionNode>,
}

/// An extension as read.
#[derive(Debug)]
pub struct StatutoryExtensionNode {
    /// The extension.
    pub extension: StatutoryExtension,
    /// Its written confirmation.
    pub confirmation: Confirmation,
}
