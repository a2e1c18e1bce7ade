//! What hangs on travel documents, as read.

use super::{One, OrganisationNode, PersonNode};
use crate::domain::travel_document::{CustodyEntry, PersonalDocument, TravelDocument};
use chrono::{DateTime, Utc};

/// A link of a chain of custody as read.
#[derive(Debug)]
pub struct CustodyNode {
    /// The link.
    pub entry: CustodyEntry,
    /// The organisation that recorded it.
    pub recorded_by: One<OrganisationNode>,
}

/// A disclosure snapshot as read.
#[derive(Debug)]
pub struct SnapshotNode {
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Names the policy tables that it was made by.
    pub policy_version: String,
    /// What was disclosed; nothing for a post that may not read all of it any more.
    pub content: Option<String>,
    /// SHA-256 of what was disclosed.
    pub sha256: String,
}

/// A document that a person holds, as read.
#[derive(Debug)]
pub struct PersonalDocumentNode {
    /// The record.
    pub record: PersonalDocument,
    /// The document, under the same lens.
    pub document: One<TravelDocument>,
    /// Who holds it.
    pub holder: One<PersonNode>,
}
