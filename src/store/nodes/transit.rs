//! Assistance on the way, as read.

use super::{One, OrganisationNode};

/// Assistance in transit as read.
#[derive(Debug)]
pub struct HandlingNode {
    /// What the mission was asked for.
    pub handling: crate::domain::handling::TransitHandling,
    /// The mission.
    pub mission: One<OrganisationNode>,
}
