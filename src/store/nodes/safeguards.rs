//! What protects a person, as it is told without being shown whole.

use crate::domain::safeguards::NeedCode;

/// What is told of a person's needs without the assessment behind it.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Whether the person is a child without parents.
    pub unaccompanied: bool,
    /// Whether an authority is to treat the person as a special case.
    pub special_case: bool,
    /// Whether the person is handled in some particular way at airports.
    pub special_handling: bool,
    /// What has to be done for the person on the way.
    pub needs: Vec<NeedCode>,
}
