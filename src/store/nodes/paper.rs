//! Pictures on cases, as read.

use crate::domain::paper::{AttachmentKind, Paper};

/// The photo of a person as read.
#[derive(Debug)]
pub struct PhotoNode {
    /// What is known of it.
    pub paper: Paper,
    /// Its bytes, where they were asked for.
    pub content: Option<Vec<u8>>,
}

/// A copy of a paper that goes with a travel document request, as read.
#[derive(Debug)]
pub struct AttachmentNode {
    /// What is known of it.
    pub paper: Paper,
    /// What it is a copy of.
    pub kind: AttachmentKind,
    /// Its place among all that was ever attached to the request.
    pub number: i32,
    /// Its bytes, where they were asked for.
    pub content: Option<Vec<u8>>,
}
