//! What is counted of persons: one fact for each measure that a person has reached, and in which groups the person counts.
//!
//! Facts follow from a case file alone. They are kept beside the rows, in the transaction that changes them, so that no
//! question has to walk through the cases; what of them may be shown to whom is decided by [`crate::indicators`].

mod count;
mod facts;
mod groups;
mod measure;
mod rules;

pub use count::Count;
pub use facts::{Fact, Sources, facts_of};
pub use groups::{AgeBand, Region, VulnerabilityGroup, region_of};
pub use measure::Measure;
pub use rules::Rules;
