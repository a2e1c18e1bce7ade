//! The three questions, and the three tables that answer them.
//!
//! - *Which rows?* [`rows`]: what a viewer can reach at all, with windows that open and close.
//! - *Which fields of a row?* [`fields`]: one line per field, one column per relation. What is not listed is withheld.
//! - *Who may do this?* [`actions`]: one line per command.
//!
//! What a viewer may see follows from what its organisation is to the row, not from who it is: an IOM mission is sending
//! for one case, transit for the next. [`relation`] says which; a [`lens::Lens`] is the column that applies to one row,
//! narrowed by consent; and a [`governed::Governed`] row can only be read through its lens.
//!
//! A refusal never tells whether something exists. A row out of reach is the same as no row. A field that is withheld is
//! `null` and named in `extensions.redactions`, a masked one likewise.
//!
//! To change a table: edit the line, run the tests with `UPDATE_GOLDEN=1`, and have the change of `tests/golden` read by
//! whoever answers for data protection. This room knows no SQL, no GraphQL and nothing that waits.

pub mod actions;
pub mod admission;
pub mod disclosure;
pub mod fields;
pub mod governed;
pub mod ledger;
pub mod lens;
pub mod machines;
pub mod mask;
pub mod outlook;
pub mod permissions;
pub mod relation;
pub mod render;
pub mod rows;
pub mod viewer;
pub mod windows;
