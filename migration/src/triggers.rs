//! Rules between rows of several tables that the database itself holds: a row that breaks one is refused.
//!
//! A rule is a condition on the row that is written, `NEW`, in words of SQL that both databases know. SQLite has it in the
//! trigger; PostgreSQL in a function of the same name that the trigger calls.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// A rule: rows of `table` are refused with `message` on `event` (such as `INSERT` or `UPDATE OF state`) where `refused` holds.
pub struct Rule {
    /// The table.
    pub table: &'static str,
    /// Tells the rules of a table apart.
    pub name: &'static str,
    /// The event.
    pub event: &'static str,
    /// The condition on `NEW` under which the row is refused.
    pub refused: &'static str,
    /// What the error of the database says.
    pub message: &'static str,
}

impl Rule {
    fn trigger(&self) -> String {
        format!("tr_{}_{}", self.table, self.name)
    }
}

/// Makes the database hold a rule.
pub async fn hold(manager: &SchemaManager<'_>, rule: &Rule) -> Result<(), DbErr> {
    let name = rule.trigger();
    let Rule {
        table,
        event,
        refused,
        message,
        ..
    } = rule;
    let connection = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        let function = format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF {refused} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF; \
             RETURN NEW; END $$"
        );
        connection.execute_unprepared(&function).await?;
        let trigger =
            format!("CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()");
        connection.execute_unprepared(&trigger).await?;
    } else {
        let trigger = format!(
            "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {refused} \
             BEGIN SELECT RAISE(ABORT, '{message}'); END"
        );
        connection.execute_unprepared(&trigger).await?;
    }
    Ok(())
}

/// Lets go of a rule.
pub async fn release(manager: &SchemaManager<'_>, rule: &Rule) -> Result<(), DbErr> {
    let (name, table) = (rule.trigger(), rule.table);
    let connection = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        connection
            .execute_unprepared(&format!("DROP TRIGGER {name} ON {table}"))
            .await?;
        connection
            .execute_unprepared(&format!("DROP FUNCTION {name}()"))
            .await?;
    } else {
        connection
            .execute_unprepared(&format!("DROP TRIGGER {name}"))
            .await?;
    }
    Ok(())
}
