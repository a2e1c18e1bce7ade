//! Cells of published tables.

use sea_orm::entity::prelude::*;

/// Persons of a reporting period who cannot be told apart in a tree of tables; never changed once it is out.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication_cells")]
pub struct Model {
    /// The reporting period, in `publication_cohorts`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cohort_id: Uuid,
    /// For whom, an `Audience` code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub audience: String,
    /// The tree of tables, a `Tree` code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tree: String,
    /// Its place in the tree.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The group in the tree's first dimension; none where it is withheld.
    #[sea_orm(column_name = "key_1")]
    pub key1: Option<String>,
    /// The group in the second.
    #[sea_orm(column_name = "key_2")]
    pub key2: Option<String>,
    /// The group in the third.
    #[sea_orm(column_name = "key_3")]
    pub key3: Option<String>,
    /// The groups that are withheld together in the first dimension that has none, a JSON list of codes; empty where they may
    /// be any.
    pub withheld: String,
    /// Persons.
    pub persons: i64,
    /// Cases.
    pub cases: i64,
    /// Persons whom the numerator counts.
    pub met: i64,
}

impl ActiveModelBehavior for ActiveModel {}
