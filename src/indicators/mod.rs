//! What leaves only as a number: indicators of the results matrix and tables of returns, counted from the rows for
//! viewers who can read no row. A figure below the threshold is suppressed, and so is what would give it away (INV-20).
//!
//! A table has one dimension and no filter for now, so no two tables can be subtracted from each other.

pub mod catalogue;
pub mod disclosure;
pub mod tables;
