//! Who asks: a client of an organisation, as the registry knows it.

use crate::domain::consent::Purpose;
use crate::domain::party::{Author, ClientRight, OrganisationKind};
use crate::domain::territory::TerritoryProfile;
use crate::ids::{ClientId, OrganisationId};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// An authenticated client. Only `http::auth` and tests make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The organisation that the client belongs to.
    pub organisation: OrganisationId,
    /// The kind of that organisation.
    pub kind: OrganisationKind,
    /// The client.
    pub client: ClientId,
    /// The client's public name (`client_id` of the token).
    pub client_id: Arc<str>,
    /// The member of staff in whose name it asks (`sub` of the token), as the organisation's own system names them.
    pub subject: Arc<str>,
    /// What the client may do beyond what its organisation may.
    pub rights: Vec<ClientRight>,
    /// The purpose of the request: the one that it states, or the only one of the client.
    pub purpose: Purpose,
    /// The token that proved it, by its own name (`jti`).
    pub token: Arc<str>,
    /// When that token was issued (`iat`).
    pub issued_at: DateTime<Utc>,
    /// The code by which the client's system knows Kosovo*.
    pub territory_profile: TerritoryProfile,
    /// Whether it may send registered documents alone.
    pub documents_only: bool,
    /// When the token that proved it expires.
    pub expires_at: DateTime<Utc>,
}

impl Viewer {
    /// Who acts, as the steps of the procedure need to know it.
    #[must_use]
    pub fn author(&self) -> Author {
        Author {
            organisation: self.organisation,
            client: self.client,
            subject: self.subject.to_string(),
            rights: self.rights.clone(),
        }
    }
}
