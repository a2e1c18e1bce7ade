//! That somebody else than the interviewer looks at the answers of a survey.

use crate::columns::{code, optional, text, utc_timestamp};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use SurveyResponses as S;
        let columns = [
            code(S::State).default("SUBMITTED").take(),
            // Of responses that were recorded before, nobody knows by whom: nobody is kept from validating them.
            text(S::RecordedBy).default("").take(),
            optional(utc_timestamp(S::ValidatedAt)),
        ];
        for column in columns {
            let table = Table::alter().table(S::Table).add_column(column).take();
            manager.alter_table(table).await?;
        }
        let as_it_came_out = Query::update()
            .table(S::Table)
            .value(S::State, Expr::col(S::Outcome))
            .take();
        manager.execute(as_it_came_out).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use SurveyResponses as S;
        for column in [S::ValidatedAt, S::RecordedBy, S::State] {
            let table = Table::alter().table(S::Table).drop_column(column).take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}

#[derive(DeriveIden)]
enum SurveyResponses {
    Table,
    Outcome,
    State,
    RecordedBy,
    ValidatedAt,
}
