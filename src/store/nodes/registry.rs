//! Clients, and what was done in the registry, as read.

use super::{Many, One, OrganisationNode};
use crate::domain::agreement::RevokedToken;
use crate::domain::consent::Purpose;
use crate::domain::document::RegisteredDocument;
use crate::domain::party::ClientRight;
use crate::domain::registry::RegistryEvent;
use crate::domain::territory::TerritoryProfile;
use crate::ids::ClientId;
use chrono::{DateTime, Utc};

/// A client as read.
#[derive(Debug)]
pub struct ClientNode {
    /// Names the client.
    pub id: ClientId,
    /// Its public name.
    pub client_id: String,
    /// Its purposes.
    pub purposes: Vec<Purpose>,
    /// Its rights.
    pub rights: Vec<ClientRight>,
    /// The code by which its system knows Kosovo*.
    pub territory_profile: TerritoryProfile,
    /// Who issues its tokens; none for the issuer that the settings name first.
    pub issuer: Option<String>,
    /// Its tokens from this moment or before are worth nothing.
    pub tokens_not_before: Option<DateTime<Utc>>,
    /// Its tokens that were revoked and may not have expired yet, under the same lens.
    pub revoked_tokens: Many<RevokedToken>,
    /// Whether it may send registered documents alone.
    pub documents_only: bool,
    /// The documents that it has registered.
    pub documents: Many<RegisteredDocument>,
    /// When it was suspended, if it is.
    pub suspended_at: Option<DateTime<Utc>>,
    /// Counts the changes of this row.
    pub version: i32,
    /// Its organisation.
    pub organisation: One<OrganisationNode>,
    /// What was done to it.
    pub history: Many<RegistryEntryNode>,
}

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
