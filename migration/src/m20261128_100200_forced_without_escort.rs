//! Nobody escorts a person who is returned by force (INV-01): what holds of journeys and requests holds of escorts.

use crate::triggers::{Rule, hold, release};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const NO_REMOVAL: &str = "no help with a removal";

/// The rules, in the order in which they come to hold.
const RULES: [Rule; 3] = [
    for_voluntary_returns_only("INSERT", "voluntary_only"),
    for_voluntary_returns_only("UPDATE OF case_id", "voluntary_only_moved"),
    Rule {
        table: "cases",
        name: "forced_without_escort",
        event: "UPDATE OF return_mode",
        refused: "NEW.return_mode = 'FORCED' AND \
                  EXISTS (SELECT 1 FROM escorts WHERE escorts.case_id = NEW.id)",
        message: NO_REMOVAL,
    },
];

const fn for_voluntary_returns_only(event: &'static str, name: &'static str) -> Rule {
    Rule {
        table: "escorts",
        name,
        event,
        refused: "EXISTS (SELECT 1 FROM cases WHERE cases.id = NEW.case_id AND cases.return_mode = 'FORCED')",
        message: NO_REMOVAL,
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for rule in &RULES {
            hold(manager, rule).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for rule in RULES.iter().rev() {
            release(manager, rule).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
