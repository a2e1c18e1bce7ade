//! What was decided of an application, as it is read.

use super::{Many, One};
use crate::domain::application::ReturnDecision;
use crate::domain::counselling::CounsellingSession;
use crate::domain::objection::ObjectionCheck;
use crate::domain::statutory::{StatutoryExtension, StatutoryPeriod};
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
}

/// A statutory period as read.
#[derive(Debug)]
pub struct StatutoryPeriodNode {
    /// The period.
    pub period: StatutoryPeriod,
    /// Its last day, with its extensions.
    pub ends_on: NaiveDate,
    /// What prolongs it, under the same lens.
    pub extensions: Many<StatutoryExtension>,
}
