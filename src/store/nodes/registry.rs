//! What was done in the registry, as read.

use super::{One, OrganisationNode};
use crate::domain::registry::RegistryEvent;
use chrono::{DateTime, Utc};

/// An entry of the history of a row that belongs to no case, as read.
#[derive(Debug)]
pub struct RegistryEntryNode {
    /// When it was done.
    pub at: DateTime<Utc>,
    /// What was done.
    pub event: Option<RegistryEvent>,
    /// The command that did it.
    pub command: String,
    /// The organisation in whose name it was done.
    pub organisation: One<OrganisationNode>,
    /// The client that did it.
    pub client: Option<String>,
}
