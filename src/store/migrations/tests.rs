use super::*;
use crate::store::scratch::Scratch;
use sea_orm_migration::prelude::*;

/// A migration that makes a table and then fails, or not, after one that does not.
struct Torn;
struct Mended;

struct First;
struct Second {
    fails: bool,
}

impl MigrationName for First {
    fn name(&self) -> &'static str {
        "m1"
    }
}

impl MigrationName for Second {
    fn name(&self) -> &'static str {
        "m2"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for First {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let make = "CREATE TABLE first (id INTEGER)";
        manager.get_connection().execute_unprepared(make).await.map(drop)
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Second {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let make = "CREATE TABLE second (id INTEGER)";
        manager.get_connection().execute_unprepared(make).await?;
        if self.fails {
            return Err(DbErr::Custom("in the middle".to_owned()));
        }
        Ok(())
    }
}

impl MigratorTrait for Torn {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(First), Box::new(Second { fails: true })]
    }
}

impl MigratorTrait for Mended {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(First), Box::new(Second { fails: false })]
    }
}

#[tokio::test]
async fn a_migration_that_breaks_off_leaves_nothing_behind_and_can_be_given_again() {
    let (_scratch, store) = Scratch::with_a_database().await;
    store.up::<Torn>().await.expect_err("it breaks off");
    let there = store.writing.execute_unprepared("SELECT * FROM first").await;
    there.expect_err("what came before it is undone with it");
    store.up::<Mended>().await.expect("the way up");
    for table in ["first", "second"] {
        let select = format!("SELECT * FROM {table}");
        store.writing.execute_unprepared(&select).await.expect("a table");
    }
    store.up::<Mended>().await.expect("nothing is left to do");
}
