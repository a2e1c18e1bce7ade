//! Jurisdictions, whose lists are kept as JSON.

use super::At;
use crate::domain::jurisdiction::Jurisdiction;
use crate::domain::money::CurrencyCode;
use crate::domain::territory::CountryCode;
use crate::error::Error;
use crate::ids::OrganisationId;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// The host territory of a case, whose jurisdiction counts.
pub(in crate::store) fn host_territory(row: &entity::case::Model) -> Result<CountryCode, Error> {
    At("cases", row.id).place("host_territory", &row.host_territory)
}

pub(in crate::store) fn jurisdiction(row: &entity::jurisdiction::Model) -> Result<Jurisdiction, Error> {
    let at = At("jurisdictions", row.id);
    let authorities: Vec<Uuid> = list(at, "authorities_to_tell", &row.authorities_to_tell)?;
    let currencies: Vec<String> = list(at, "currencies", &row.currencies)?;
    let currencies = currencies.iter().map(|code| CurrencyCode::parse(code));
    Ok(Jurisdiction {
        territory: at.place("territory", &row.territory)?,
        objection_authority: at.word_if("objection_authority", row.objection_authority.as_deref())?,
        authority_to_ask: row.authority_to_ask_id.map(Into::into),
        silent_approval_days: row.silent_approval_days,
        application_valid_days: row.application_valid_days,
        statutory_days: row.statutory_days,
        longest_extension_days: row.longest_extension_days,
        warning_days: list(at, "warning_days", &row.warning_days)?,
        suspension_stops_period: row.suspension_stops_period,
        fitness_window_hours: row.fitness_window_hours,
        told_of_registration: list(at, "told_of_registration", &row.told_of_registration)?,
        told_of_departure: list(at, "told_of_departure", &row.told_of_departure)?,
        authorities_to_tell: authorities.into_iter().map(Into::into).collect(),
        currencies: currencies
            .collect::<Option<_>>()
            .ok_or_else(|| at.wrong("currencies"))?,
        points_of_exit: list(at, "points_of_exit", &row.points_of_exit)?,
        offices_at_exits: list(at, "offices_at_exits", &row.offices_at_exits)?,
        version: row.version,
    })
}

pub(in crate::store) fn jurisdiction_row(
    id: Uuid,
    jurisdiction: &Jurisdiction,
) -> entity::jurisdiction::Model {
    let authorities = jurisdiction.authorities_to_tell.iter();
    let authorities: Vec<Uuid> = authorities.map(|id| id.uuid()).collect();
    let currencies: Vec<&str> = jurisdiction.currencies.iter().map(CurrencyCode::as_str).collect();
    entity::jurisdiction::Model {
        id,
        territory: jurisdiction.territory.to_string(),
        objection_authority: jurisdiction
            .objection_authority
            .map(|relation| relation.to_string()),
        authority_to_ask_id: jurisdiction.authority_to_ask.map(OrganisationId::uuid),
        silent_approval_days: jurisdiction.silent_approval_days,
        application_valid_days: jurisdiction.application_valid_days,
        statutory_days: jurisdiction.statutory_days,
        longest_extension_days: jurisdiction.longest_extension_days,
        warning_days: serde_json::json!(jurisdiction.warning_days).to_string(),
        suspension_stops_period: jurisdiction.suspension_stops_period,
        fitness_window_hours: jurisdiction.fitness_window_hours,
        told_of_registration: serde_json::json!(jurisdiction.told_of_registration).to_string(),
        told_of_departure: serde_json::json!(jurisdiction.told_of_departure).to_string(),
        authorities_to_tell: serde_json::json!(authorities).to_string(),
        currencies: serde_json::json!(currencies).to_string(),
        points_of_exit: serde_json::json!(jurisdiction.points_of_exit).to_string(),
        offices_at_exits: serde_json::json!(jurisdiction.offices_at_exits).to_string(),
        version: jurisdiction.version,
    }
}

fn list<T: DeserializeOwned>(at: At, column: &'static str, text: &str) -> Result<Vec<T>, Error> {
    serde_json::from_str(text).map_err(|_| at.wrong(column))
}
