//! Whether a consent was taken back, or ended because the application was signed anew.

use crate::columns::code;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use Consents as C;
        let state = code(C::State).default("ACTIVE").take();
        let table = Table::alter().table(C::Table).add_column(state).take();
        manager.alter_table(table).await?;
        let revoked = Query::update()
            .table(C::Table)
            .value(C::State, "REVOKED")
            .and_where(Expr::col(C::RevokedAt).is_not_null())
            .take();
        manager.execute(revoked).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use Consents as C;
        let table = Table::alter().table(C::Table).drop_column(C::State).take();
        manager.alter_table(table).await
    }
}

#[derive(DeriveIden)]
enum Consents {
    Table,
    RevokedAt,
    State,
}
