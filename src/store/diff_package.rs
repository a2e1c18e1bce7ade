//! Saving a reintegration package with its items and contacts: items change in place, and none ever goes.

use super::convert;
use super::diff::{changed, insert, one, update};
use crate::domain::reintegration::ReintegrationPackage;
use crate::error::Error;
use crate::ids::new_id;
use chrono::{DateTime, Utc};
use entity::{monitoring_contact, package_item, reintegration_package};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter,
};

/// Saves what differs between a package as it was read and as it is to be.
pub(super) async fn save_package(
    tx: &DatabaseTransaction,
    old: Option<&ReintegrationPackage>,
    new: &ReintegrationPackage,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut row = convert::package_row(new);
    match old {
        None => insert::<reintegration_package::Entity>(tx, row).await?,
        Some(old) => {
            row.version = old.version + 1;
            let unchanged = reintegration_package::Column::Version.eq(old.version);
            update::<reintegration_package::Entity>(tx, row.id, unchanged, row).await?;
        }
    }
    for (before, item) in changed(old.map(|old| old.items.as_slice()), &new.items, |item| {
        item.position
    }) {
        let row = convert::item_row(new, item, new_id(now));
        if before.is_none() {
            insert::<package_item::Entity>(tx, row).await?;
            continue;
        }
        let mut row = row.into_active_model().reset_all();
        row.id = ActiveValue::NotSet;
        let result = package_item::Entity::update_many()
            .set(row)
            .filter(package_item::Column::ReintegrationPackageId.eq(new.id.uuid()))
            .filter(package_item::Column::Position.eq(item.position))
            .exec(tx)
            .await?;
        one(result.rows_affected, "package_items", new.id.uuid())?;
    }
    for (_, contact) in changed(old.map(|old| old.contacts.as_slice()), &new.contacts, |contact| {
        contact.id
    }) {
        insert::<monitoring_contact::Entity>(tx, convert::contact_row(new, contact)).await?;
    }
    Ok(())
}
