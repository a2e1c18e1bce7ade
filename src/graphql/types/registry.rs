//! `RegistryEntry`.

use crate::domain::registry::RegistryEvent;
use crate::governed;
use crate::store::nodes::{OrganisationNode, RegistryEntryNode};
use chrono::{DateTime, Utc};

governed! { RegistryEntryNode "RegistryEntry": "One thing that was done to a row that belongs to no case: what, when and by whom." {
    RegistryAt: (DateTime<Utc>) = |node| node.at, "When it was done.";
    RegistryEvent: (Option<RegistryEvent>) = |node| node.event, "What was done.";
    RegistryCommand: (&str) = |node| node.command.as_str(), "The command that did it, as the schema names it.";
    RegistryOrganisation: {OrganisationNode} = |node| &node.organisation, "The organisation in whose name it was done.";
    RegistryClient: (Option<String>) = |node| node.client.clone(), "The client that did it.";
} }
