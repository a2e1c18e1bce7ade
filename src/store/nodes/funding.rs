//! What pays for assistance, as read.

use super::{Many, One, OrganisationNode, RegistryEntryNode};
use crate::domain::funding::{ExchangeRate, GrantRule, Project};

/// A project as read.
#[derive(Debug)]
pub struct ProjectNode {
    /// The project.
    pub project: Project,
    /// Missions whose cases it pays for where nothing else is said.
    pub missions: Many<OrganisationNode>,
    /// Its rules for cash grants.
    pub rules: Many<GrantRuleNode>,
    /// What was done to it.
    pub history: Many<RegistryEntryNode>,
}

/// A grant rule as read.
#[derive(Debug)]
pub struct GrantRuleNode {
    /// The rule.
    pub rule: GrantRule,
    /// Its project.
    pub project: One<ProjectNode>,
    /// What was done to it.
    pub history: Many<RegistryEntryNode>,
}

/// An exchange rate as read.
#[derive(Debug)]
pub struct ExchangeRateNode {
    /// The rate.
    pub rate: ExchangeRate,
    /// What was done to it.
    pub history: Many<RegistryEntryNode>,
}
