//! What is in the pictures on cases, apart from what is known of them: few questions need it.

use sea_orm::entity::prelude::*;

/// The bytes of one picture, made anew from its pixels.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper_contents")]
pub struct Model {
    /// The picture, in `papers`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub paper_id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
