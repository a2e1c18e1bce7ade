//! Complaints, as read.

use super::{CaseNode, Many, One, OrganisationNode, RegistryEntryNode};
use crate::domain::complaint::Complaint;

/// A complaint as read.
#[derive(Debug)]
pub struct ComplaintNode {
    /// The complaint.
    pub complaint: Complaint,
    /// The case that it is about.
    pub case: One<CaseNode>,
    /// The organisation that it is about.
    pub about: One<OrganisationNode>,
    /// The organisation that took it down.
    pub lodged_by: One<OrganisationNode>,
    /// What was done with it, oldest first.
    pub history: Many<RegistryEntryNode>,
}
