//! Entries of the disclosure ledger, as read.

use super::{CaseNode, One, OrganisationNode, PersonNode};
use crate::domain::consent::Purpose;
use crate::domain::disclosure::{DisclosureMeans, DisclosureRelation};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// An entry of the disclosure ledger as read.
#[derive(Debug)]
pub struct DisclosureNode {
    /// Its place in the ledger.
    pub sequence: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// By which way.
    pub means: DisclosureMeans,
    /// The organisation that was told.
    pub organisation: One<OrganisationNode>,
    /// The public name of the client that asked.
    pub client: Option<String>,
    /// The token that proved it.
    pub token: Option<String>,
    /// The purpose of the request.
    pub purpose: Purpose,
    /// What the organisation was to the row.
    pub relation: DisclosureRelation,
    /// Type of the row.
    pub row_type: String,
    /// The row, or the row that it is a part of.
    pub row: Option<Uuid>,
    /// The case, if within reach.
    pub case: One<CaseNode>,
    /// The person that it is about, if within reach.
    pub person: One<PersonNode>,
    /// Fields that were shown in full, of those that the viewer could see.
    pub shown: Vec<String>,
    /// Fields that were shown in part, of those that the viewer could see.
    pub masked: Vec<String>,
    /// Names the fields table that was applied.
    pub policy_version: String,
    /// The request.
    pub request_id: Option<String>,
    /// SHA-256 of the snapshot that keeps what was told.
    pub snapshot: Option<String>,
    /// What binds it to the entry before.
    pub hash: String,
}
