//! What holds in a host territory, as it is read.

use super::{Many, One, OrganisationNode, RegistryEntryNode};
use crate::domain::jurisdiction::Jurisdiction;

/// What holds in a host territory, with the authorities that it names.
#[derive(Debug)]
pub struct JurisdictionNode {
    /// What holds.
    pub jurisdiction: Jurisdiction,
    /// The authority that is asked, where one is named.
    pub authority_to_ask: One<OrganisationNode>,
    /// The authorities that are told, where some are named.
    pub authorities_to_tell: Many<OrganisationNode>,
    /// What was done to it.
    pub history: Many<RegistryEntryNode>,
}
