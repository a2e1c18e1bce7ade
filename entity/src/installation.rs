//! What is known of this installation as a whole.

use sea_orm::entity::prelude::*;

/// One named fact about this installation, such as the key of its ids or the mark of a demo load.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    /// Name of the fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The fact, in the form its reader writes.
    pub value: String,
}

impl ActiveModelBehavior for ActiveModel {}
