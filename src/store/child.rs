//! Rows that hang on a case and have no life of their own: read with it, added or changed in place with it.
//!
//! A child needs to say only which table it is kept in and how a row of it is read and written; reading, saving and
//! loading it are the same for all.

use super::unit_of_work::{FindAll, UnitOfWork};
use crate::error::Error;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, ModelTrait,
    PrimaryKeyToColumn, QueryFilter, QueryOrder,
};
use uuid::Uuid;

/// A domain value that is a row of a case. Ids are of version 7, so that the order of ids is that of making.
pub(super) trait Child: PartialEq + Sized {
    /// The table.
    type Entity: EntityTrait;

    /// Its id.
    fn id(&self) -> Uuid;

    /// The table's own column for the case.
    fn case_column() -> <Self::Entity as EntityTrait>::Column;

    /// The value that a row means.
    fn read(row: <Self::Entity as EntityTrait>::Model) -> Result<Self, Error>;

    /// The row that keeps this value.
    fn row(&self) -> <Self::Entity as EntityTrait>::Model;
}

impl UnitOfWork {
    /// The children of one kind of a case, oldest first.
    pub(super) async fn children_of<C: Child>(&self, case: Uuid) -> Result<Vec<C>, Error> {
        use sea_orm::Iterable as _;
        let mut select = C::Entity::find_all().filter(C::case_column().eq(case));
        for key in <C::Entity as EntityTrait>::PrimaryKey::iter() {
            select = select.order_by_asc(key.into_column());
        }
        self.all(select).await?.into_iter().map(C::read).collect()
    }
}

/// Inserts the children that are new and updates those that changed.
pub(super) async fn save_children<C: Child>(
    tx: &DatabaseTransaction,
    before: Option<&[C]>,
    next: &[C],
) -> Result<(), Error>
where
    <C::Entity as EntityTrait>::Model:
        ModelTrait<Entity = C::Entity> + IntoActiveModel<<C::Entity as EntityTrait>::ActiveModel>,
    <C::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = C::Entity>,
{
    for (old, new) in super::diff::changed(before, next, C::id) {
        match old {
            None => super::diff::insert::<C::Entity>(tx, new.row()).await?,
            Some(_) => super::diff::replace::<C::Entity>(tx, new.id(), new.row()).await?,
        }
    }
    Ok(())
}
