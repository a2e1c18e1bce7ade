//! Accesses of oversight to cases, as they are read.

use super::{CaseNode, One, OrganisationNode};
use crate::domain::break_glass::BreakGlassAccess;

/// An access of oversight to a case as read.
#[derive(Debug)]
pub struct BreakGlassNode {
    /// The access.
    pub access: BreakGlassAccess,
    /// Its case.
    pub case: One<CaseNode>,
    /// The organisation that asks.
    pub organisation: One<OrganisationNode>,
}
