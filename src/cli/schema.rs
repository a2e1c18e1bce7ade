//! `avrr-gateway schema`: the SDL, whole or as one kind of viewer sees it.

use super::print;
use crate::domain::code::Code as _;
use crate::domain::party::OrganisationKind;
use crate::error::Error;

/// What `schema` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Show only what this kind of viewer may use: `MISSION`, `CONSULAR_POST`, `POLICE` …
    #[arg(long = "as", value_name = "KIND", value_parser = kind)]
    kind: Option<OrganisationKind>,
}

/// Prints the SDL.
///
/// # Errors
///
/// None so far.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    print(&crate::graphql::sdl(arguments.kind));
    Ok(())
}

fn kind(text: &str) -> Result<OrganisationKind, String> {
    let code = text.to_ascii_uppercase().replace('-', "_");
    OrganisationKind::from_code(&code).ok_or_else(|| {
        let known: Vec<_> = OrganisationKind::ALL.iter().map(|(_, code, _)| *code).collect();
        format!("write one of {}", known.join(", "))
    })
}
