//! Suspensions of operations, as read.

use super::{CaseNode, Many, RegistryEntryNode};

/// A suspension of operations as read.
#[derive(Debug)]
pub struct SuspensionNode {
    /// The suspension.
    pub suspension: crate::domain::suspension::OperationsSuspension,
    /// The cases within reach that it concerns.
    pub cases: Many<CaseNode>,
    /// What was done to it.
    pub history: Many<RegistryEntryNode>,
    /// Those of them that are on hold because of it.
    pub to_resume: Many<CaseNode>,
}
