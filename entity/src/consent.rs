//! What a person allowed to be told, to whom and why.

use sea_orm::entity::prelude::*;

/// One permission of the Data Exchange form, for one class of recipients, purpose and category.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consents")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case whose form was signed, in `cases`.
    pub case_id: Uuid,
    /// Who may be told, a `RecipientClass` such as `EMBASSY`.
    pub recipient_class: String,
    /// What for, a `Purpose`.
    pub purpose: String,
    /// What may be told, a `DataCategory`.
    pub category: String,
    /// The one organisation that may be told, where the permission names one, in `organisations`.
    pub recipient_id: Option<Uuid>,
    /// When the form was signed.
    pub signed_at: DateTimeUtc,
    /// Who signed it, a `Signatory`.
    pub signed_by: String,
    /// When the permission was taken back; nothing is told by it from then on.
    pub revoked_at: Option<DateTimeUtc>,
    /// State, a `ConsentState` code.
    pub state: String,
}

impl ActiveModelBehavior for ActiveModel {}
