//! Registered documents: what a client's system asks, written down once, so that it can ask nothing else.

use crate::domain::transition::{Reason, Refusal};
use chrono::{DateTime, Utc};

/// Most documents that a client may have registered.
pub const MOST_DOCUMENTS: usize = 500;

/// Most documents that one command registers or removes.
pub const MOST_AT_ONCE: usize = 100;

/// A GraphQL document that a client may send by its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredDocument {
    /// SHA-256 of the text, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// The name of its only operation, if it has one and that is named.
    pub operation_name: Option<String>,
    /// The text, as it is executed.
    pub text: String,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
}

/// Whether one command may be about so many documents.
///
/// # Errors
///
/// `INVALID` for none, or for more than [`MOST_AT_ONCE`].
pub fn check_number(documents: usize, field: &'static str) -> Result<(), Refusal> {
    if (1..=MOST_AT_ONCE).contains(&documents) {
        Ok(())
    } else {
        Err(Refusal::at(Reason::Invalid, field))
    }
}
