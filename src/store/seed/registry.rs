//! Loading organisations, and on what terms they take part.

use super::super::admission::agreement_row;
use super::super::registry::{accreditation_row, organisation_row};
use super::{Programme, insert};
use crate::error::Error;
use crate::ids::new_id;
use chrono::{DateTime, Utc};
use entity::{accreditation, organisation, transfer_agreement};
use sea_orm::DatabaseTransaction;

/// Loads the organisations of a programme, their accreditations and agreements.
pub(super) async fn load(
    tx: &DatabaseTransaction,
    programme: &Programme,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let organisations = programme.organisations.iter();
    insert::<organisation::Entity>(tx, organisations.map(|row| organisation_row(row, now))).await?;
    let accreditations = programme.accreditations.iter();
    let accreditations = accreditations.map(|row| accreditation_row(row, new_id(now)));
    insert::<accreditation::Entity>(tx, accreditations).await?;
    let agreements = programme.agreements.iter();
    insert::<transfer_agreement::Entity>(tx, agreements.map(|row| agreement_row(row, new_id(now)))).await
}
