//! Saving a case file: what is new is inserted, what changed is updated at the version that was read, the rest is left.

use super::child::save_children;
use super::convert;
use super::diff_package::save_package;
use crate::domain::case_file::CaseFile;
use crate::domain::cash_grant::CashGrant;
use crate::domain::entitlement::begins;
use crate::domain::itinerary::Itinerary;
use crate::domain::safeguards::Safeguards;
use crate::error::Error;
use crate::ids::new_id;
use chrono::{DateTime, Utc};
use entity::{
    case, case_party, cash_grant, family, itinerary, person, segment, tranche, travel_document_request,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    ModelTrait, PrimaryKeyToColumn, QueryFilter,
};

/// Saves what differs between a case file as it was read and as it is to be.
pub(super) async fn save(
    transaction: &DatabaseTransaction,
    before: Option<&CaseFile>,
    next: &CaseFile,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut case_row = convert::case_row(next);
    match before {
        None => {
            if begins(next.case.family, next.case.id) {
                let family = family::Model {
                    id: next.case.family.uuid(),
                    opened_at: next.case.opened_at,
                };
                insert::<family::Entity>(transaction, family).await?;
            }
            insert::<case::Entity>(transaction, case_row).await?;
        }
        Some(before) if next.decided_otherwise_than(before) || before.next_due() != next.next_due() => {
            case_row.version = before.case.version + i32::from(next.decided_otherwise_than(before));
            let unchanged = case::Column::Version.eq(before.case.version);
            update::<case::Entity>(transaction, case_row.id, unchanged, case_row).await?;
        }
        Some(_) => {}
    }
    for person in added(
        before.map(|file| file.persons.as_slice()),
        &next.persons,
        |person| person.id,
    ) {
        insert::<person::Entity>(transaction, convert::person_row(person)).await?;
    }
    save_of_case(transaction, before, next).await?;
    save_parties(transaction, before, next).await?;
    for (old, new) in changed(
        before.map(|file| file.requests.as_slice()),
        &next.requests,
        |request| request.id,
    ) {
        let mut row = convert::request_row(new);
        match old {
            None => insert::<travel_document_request::Entity>(transaction, row).await?,
            Some(old) => {
                row.version = old.version + 1;
                let unchanged = travel_document_request::Column::Version.eq(old.version);
                update::<travel_document_request::Entity>(transaction, row.id, unchanged, row).await?;
            }
        }
    }
    save_of_documents(transaction, before, next).await?;
    for (old, new) in changed(
        before.map(|file| file.itineraries.as_slice()),
        &next.itineraries,
        |row| row.id,
    ) {
        save_itinerary(transaction, old, new, now).await?;
    }
    save_of_journeys(transaction, before, next).await?;
    save_safeguards(transaction, before.map(|file| &file.safeguards), &next.safeguards).await?;
    save_children(
        transaction,
        before.map(|file| file.suspensions.as_slice()),
        &next.suspensions,
    )
    .await?;
    for (old, new) in changed(before.map(|file| file.grants.as_slice()), &next.grants, |grant| {
        grant.id
    }) {
        save_grant(transaction, old, new, now).await?;
    }
    save_children(
        transaction,
        before.map(|file| file.computations.as_slice()),
        &next.computations,
    )
    .await?;
    for (old, new) in changed(
        before.map(|file| file.packages.as_slice()),
        &next.packages,
        |package| package.id,
    ) {
        save_package(transaction, old, new, now).await?;
    }
    Ok(())
}

/// Saves the children of these kinds.
macro_rules! children {
    ($tx:ident, $before:ident, $next:ident: $($rows:ident),+) => {
        $(save_children($tx, $before.map(|file| file.$rows.as_slice()), &$next.$rows).await?;)+
    };
}

/// What hangs on the case itself.
async fn save_of_case(
    tx: &DatabaseTransaction,
    before: Option<&CaseFile>,
    next: &CaseFile,
) -> Result<(), Error> {
    children!(tx, before, next: consents, aftercare, handovers, counselling, objections, periods, extensions);
    children!(tx, before, next: surveys, referrals, break_glass, asylum_claims);
    Ok(())
}

/// What hangs on travel document requests, and documents that persons hold.
async fn save_of_documents(
    tx: &DatabaseTransaction,
    before: Option<&CaseFile>,
    next: &CaseFile,
) -> Result<(), Error> {
    children!(tx, before, next: information_requests, interviews, custody, personal_documents, papers);
    Ok(())
}

/// What hangs on itineraries.
async fn save_of_journeys(
    tx: &DatabaseTransaction,
    before: Option<&CaseFile>,
    next: &CaseFile,
) -> Result<(), Error> {
    children!(tx, before, next: handlings, incidents, arrivals, manifest_lines);
    Ok(())
}

async fn save_parties(
    tx: &DatabaseTransaction,
    before: Option<&CaseFile>,
    next: &CaseFile,
) -> Result<(), Error> {
    for (old, new) in changed(
        before.map(|file| file.parties.as_slice()),
        &next.parties,
        |party| party.organisation,
    ) {
        let row = convert::party_row(new);
        if old.is_none() {
            insert::<case_party::Entity>(tx, row).await?;
        } else {
            let organisation = row.organisation_id;
            let result = case_party::Entity::update_many()
                .filter(case_party::Column::CaseId.eq(row.case_id))
                .filter(case_party::Column::OrganisationId.eq(organisation))
                .set(row.into_active_model().reset_all())
                .exec(tx)
                .await?;
            one(result.rows_affected, "case_parties", organisation)?;
        }
    }
    Ok(())
}

async fn save_safeguards(
    tx: &DatabaseTransaction,
    before: Option<&Safeguards>,
    next: &Safeguards,
) -> Result<(), Error> {
    macro_rules! save {
        ($($kind:ident),+) => {
            $(save_children(tx, before.map(|safeguards| safeguards.$kind.as_slice()), &next.$kind).await?;)+
        };
    }
    save!(
        vulnerability,
        children,
        fitness,
        medical_notes,
        requirements,
        escorts,
        clearances,
        detentions,
        appointments,
        transfers,
        accommodations,
        circumstances,
        assistance,
        briefings
    );
    Ok(())
}

async fn save_itinerary(
    tx: &DatabaseTransaction,
    old: Option<&Itinerary>,
    new: &Itinerary,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut row = convert::itinerary_row(new);
    match old {
        None => {
            insert::<itinerary::Entity>(tx, row).await?;
            for flight in &new.segments {
                insert::<segment::Entity>(tx, convert::segment_row(new, flight, new_id(now))).await?;
            }
        }
        Some(old) => {
            row.version = old.version + 1;
            update::<itinerary::Entity>(tx, row.id, itinerary::Column::Version.eq(old.version), row).await?;
            for (_, flight) in changed(Some(&old.segments), &new.segments, |flight| flight.position) {
                let result = segment::Entity::update_many()
                    .col_expr(segment::Column::State, Expr::value(flight.state.to_string()))
                    .col_expr(segment::Column::DepartsAt, Expr::value(flight.departs_at))
                    .col_expr(segment::Column::ArrivesAt, Expr::value(flight.arrives_at))
                    .filter(segment::Column::ItineraryId.eq(new.id.uuid()))
                    .filter(segment::Column::Position.eq(flight.position))
                    .exec(tx)
                    .await?;
                one(result.rows_affected, "segments", new.id.uuid())?;
            }
        }
    }
    Ok(())
}

async fn save_grant(
    tx: &DatabaseTransaction,
    old: Option<&CashGrant>,
    new: &CashGrant,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut row = convert::grant_row(new);
    match old {
        None => {
            insert::<cash_grant::Entity>(tx, row).await?;
            for payment in &new.tranches {
                insert::<tranche::Entity>(tx, convert::tranche_row(new, payment, new_id(now))).await?;
            }
        }
        Some(old) => {
            row.version = old.version + 1;
            update::<cash_grant::Entity>(tx, row.id, cash_grant::Column::Version.eq(old.version), row)
                .await?;
            for (_, payment) in changed(Some(&old.tranches), &new.tranches, |payment| payment.number) {
                let row = convert::tranche_row(new, payment, new_id(now));
                let mut row = row.into_active_model().reset_all();
                row.id = ActiveValue::NotSet;
                let result = tranche::Entity::update_many()
                    .set(row)
                    .filter(tranche::Column::CashGrantId.eq(new.id.uuid()))
                    .filter(tranche::Column::Number.eq(payment.number))
                    .exec(tx)
                    .await?;
                one(result.rows_affected, "tranches", new.id.uuid())?;
            }
        }
    }
    Ok(())
}

/// The rows of `next` that `before` does not have.
fn added<'a, T, K: PartialEq>(before: Option<&'a [T]>, next: &'a [T], key: impl Fn(&T) -> K) -> Vec<&'a T> {
    let before = before.unwrap_or_default();
    next.iter()
        .filter(|new| !before.iter().any(|old| key(old) == key(new)))
        .collect()
}

/// The rows of `next` that are new or differ, each with what it was before.
pub(super) fn changed<'a, T: PartialEq, K: PartialEq>(
    before: Option<&'a [T]>,
    next: &'a [T],
    key: impl Fn(&T) -> K,
) -> Vec<(Option<&'a T>, &'a T)> {
    let before = before.unwrap_or_default();
    let paired = next
        .iter()
        .map(|new| (before.iter().find(|old| key(old) == key(new)), new));
    paired.filter(|(old, new)| *old != Some(*new)).collect()
}

pub(super) async fn insert<E: EntityTrait>(
    transaction: &DatabaseTransaction,
    row: E::Model,
) -> Result<(), Error>
where
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    E::insert(row.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

pub(super) async fn update<E: EntityTrait>(
    transaction: &DatabaseTransaction,
    id: uuid::Uuid,
    unchanged: impl sea_orm::sea_query::IntoCondition,
    row: E::Model,
) -> Result<(), Error>
where
    E::Model: ModelTrait<Entity = E> + IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    use sea_orm::Iterable as _;
    let mut update = E::update_many()
        .set(row.into_active_model().reset_all())
        .filter(unchanged);
    for key in E::PrimaryKey::iter() {
        update = update.filter(key.into_column().eq(id));
    }
    one(
        update.exec(transaction).await?.rows_affected,
        "a versioned row",
        id,
    )
}

/// Updates a row of the case that has no version of its own: it was locked with its case when it was read.
pub(super) async fn replace<E: EntityTrait>(
    transaction: &DatabaseTransaction,
    id: uuid::Uuid,
    row: E::Model,
) -> Result<(), Error>
where
    E::Model: ModelTrait<Entity = E> + IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    update::<E>(transaction, id, sea_orm::Condition::all(), row).await
}

/// The row was locked with its case when it was read, so anything but one changed row is a fault of ours.
pub(super) fn one(rows: u64, table: &'static str, id: uuid::Uuid) -> Result<(), Error> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Error::Inconsistent {
            table,
            column: "version",
            id,
        })
    }
}
