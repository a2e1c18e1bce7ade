//! `avrr-gateway policy`: the three policy tables as text.

use super::print;
use crate::error::Error;
use crate::policy::render;

/// Prints the tables.
///
/// # Errors
///
/// None so far.
pub fn run() -> Result<(), Error> {
    let tables = [render::fields(), render::reaches(), render::actions()];
    print(&tables.join("\n"));
    Ok(())
}
