//! Whatever is changed in the ledger past the program is found, and where.

use crate::stage::{self, on_both_stages};
use crate::support::database::Stage;
use crate::support::ledger::{behind_the_program, entries_at};
use avrr_gateway::clock::Clock;
use avrr_gateway::domain::consent::Purpose;
use avrr_gateway::domain::disclosure::{DisclosureMeans, DisclosureRelation};
use avrr_gateway::policy::ledger::{Entry, policy_version};
use avrr_gateway::store::{Head, Misfit, Store, Verdict};
use entity::{disclosure, ledger_head};
use sea_orm::{
    ActiveModelTrait as _, ConnectionTrait as _, DatabaseConnection, DbBackend, EntityTrait as _,
    IntoActiveModel as _,
};
use uuid::Uuid;

on_both_stages!(
    an_entry_is_never_changed_and_never_removed,
    a_change_of_any_column_is_found,
    an_entry_that_is_removed_moved_or_made_up_is_found,
    a_ledger_that_was_rewritten_does_not_fit_a_head_that_was_kept,
    appenders_at_once_number_without_gaps,
);

fn an_entry(nth: u128) -> Entry {
    Entry {
        at: Clock::system().now(),
        means: DisclosureMeans::Query,
        organisation: Uuid::from_u128(1).into(),
        client: Some(Uuid::from_u128(2).into()),
        token: Some("a-token".to_owned()),
        purpose: Purpose::CaseManagement,
        relation: DisclosureRelation::Receiving,
        row_type: "Person",
        row: Some(Uuid::from_u128(nth)),
        case: Some(Uuid::from_u128(3).into()),
        person: Some(Uuid::from_u128(nth).into()),
        shown: "id fullName".to_owned(),
        masked: "dateOfBirth".to_owned(),
        policy_version: policy_version(),
        request_id: Some(format!("request-{nth}")),
        break_glass: Some(Uuid::from_u128(4)),
        snapshot: Some("0".repeat(64)),
    }
}

/// A ledger of five entries, and a way past the program on which the database's own rules are lifted.
async fn five(stage: &Stage) -> (Store, DatabaseConnection) {
    let store = stage::store(stage, Clock::system()).await;
    store
        .ledger()
        .append((1..=3).map(an_entry).collect())
        .await
        .expect("noted");
    store
        .ledger()
        .append((4..=5).map(an_entry).collect())
        .await
        .expect("noted");
    (store, behind_the_program(&stage.url).await)
}

async fn lift_the_rules(database: &DatabaseConnection) {
    for (table, rule) in [
        ("disclosures", "unchanged"),
        ("disclosures", "kept"),
        ("ledger_heads", "follows"),
        ("ledger_heads", "kept"),
    ] {
        let on = match database.get_database_backend() {
            DbBackend::Postgres => format!(" ON {table}"),
            _ => String::new(),
        };
        let statement = format!("DROP TRIGGER tr_{table}_{rule}{on}");
        database.execute_unprepared(&statement).await.expect("a rule");
    }
}

async fn write(database: &DatabaseConnection, row: &disclosure::Model) {
    let row = row.clone().into_active_model().reset_all();
    row.update(database).await.expect("changed");
}

async fn moves_the_head(database: &DatabaseConnection, head: &ledger_head::Model) {
    let row = head.clone().into_active_model().reset_all();
    row.update(database).await.expect("changed");
}

fn head_at(row: &disclosure::Model) -> ledger_head::Model {
    ledger_head::Model {
        id: 1,
        sequence: row.sequence,
        entry_id: Some(row.id),
        hash: row.hash.clone(),
    }
}

async fn misfit(store: &Store, kept: Option<&Head>) -> Option<i64> {
    match store.ledger().verify(kept).await.expect("an answer") {
        Verdict::Whole(_) => None,
        Verdict::Broken(Misfit { sequence, .. }) => Some(sequence),
    }
}

async fn an_entry_is_never_changed_and_never_removed(stage: &Stage) {
    let (store, database) = five(stage).await;
    for (statement, why) in [
        ("UPDATE disclosures SET shown = ''", "never changed"),
        ("DELETE FROM disclosures WHERE sequence = 5", "never removed"),
        ("DELETE FROM ledger_heads", "never removed"),
        ("UPDATE ledger_heads SET sequence = 4", "follows its last entry"),
        ("UPDATE ledger_heads SET sequence = 6", "follows its last entry"),
        ("UPDATE ledger_heads SET hash = ''", "follows its last entry"),
    ] {
        let refusal = database.execute_unprepared(statement).await.expect_err(statement);
        assert!(refusal.to_string().contains(why), "{statement}: {refusal}");
    }
    assert_eq!(misfit(&store, None).await, None);
}

async fn a_change_of_any_column_is_found(stage: &Stage) {
    type Change = fn(&mut disclosure::Model);
    let (store, database) = five(stage).await;
    lift_the_rules(&database).await;
    let changes: [(&str, Change); 19] = [
        ("sequence", |row| row.sequence = 7),
        ("disclosed_at", |row| {
            row.disclosed_at += chrono::TimeDelta::microseconds(1);
        }),
        ("means", |row| "EVENT".clone_into(&mut row.means)),
        ("organisation_id", |row| row.organisation_id = Uuid::nil()),
        ("client_id", |row| row.client_id = None),
        ("token", |row| row.token = Some(String::new())),
        ("purpose", |row| "OVERSIGHT".clone_into(&mut row.purpose)),
        ("relation", |row| "POLICE".clone_into(&mut row.relation)),
        ("row_type", |row| "Persom".clone_into(&mut row.row_type)),
        ("row_id", |row| row.row_id = None),
        ("case_id", |row| row.case_id = None),
        ("person_id", |row| row.person_id = Some(Uuid::max())),
        ("shown", |row| "id fullNamf".clone_into(&mut row.shown)),
        ("masked", |row| row.masked.clear()),
        ("policy_version", |row| {
            "another".clone_into(&mut row.policy_version);
        }),
        ("request_id", |row| row.request_id = None),
        ("break_glass_id", |row| row.break_glass_id = None),
        ("snapshot_sha256", |row| {
            row.snapshot_sha256 = Some("1".repeat(64));
        }),
        ("hash", |row| row.hash = "2".repeat(64)),
    ];
    assert_eq!(
        changes.len() + 1,
        <disclosure::Column as sea_orm::Iterable>::iter().count(),
        "every column but the id"
    );
    let row = entries_at(&stage.url).await[2].clone();
    for (column, change) in changes {
        let mut other = row.clone();
        change(&mut other);
        write(&database, &other).await;
        assert_eq!(misfit(&store, None).await, Some(3), "{column}");
        write(&database, &row).await;
        assert_eq!(misfit(&store, None).await, None, "{column}");
    }
    let moved = "UPDATE disclosures SET disclosed_at = '2020-01-01 00:00:00+00:00' WHERE sequence = 3";
    database.execute_unprepared(moved).await.expect("changed");
    assert_eq!(misfit(&store, None).await, Some(3));
}

async fn an_entry_that_is_removed_moved_or_made_up_is_found(stage: &Stage) {
    let (store, database) = five(stage).await;
    lift_the_rules(&database).await;
    let rows = entries_at(&stage.url).await;
    let remove = async |row: &disclosure::Model| {
        disclosure::Entity::delete_by_id(row.id)
            .exec(&database)
            .await
            .expect("removed");
    };
    let put_back = async |row: &disclosure::Model| {
        let row = disclosure::Entity::insert(row.clone().into_active_model());
        row.exec_without_returning(&database).await.expect("put back");
    };
    for place in [0, 2, 4] {
        remove(&rows[place]).await;
        assert_eq!(misfit(&store, None).await, Some(rows[place].sequence), "removed");
        put_back(&rows[place]).await;
    }
    // Two entries in each other's place.
    for (place, other) in [(1, 2), (2, 1)] {
        let moved = disclosure::Model {
            id: rows[place].id,
            sequence: rows[place].sequence,
            ..rows[other].clone()
        };
        write(&database, &moved).await;
    }
    assert_eq!(misfit(&store, None).await, Some(2), "swapped");
    for place in [1, 2] {
        write(&database, &rows[place]).await;
    }
    // One that nobody wrote.
    let made_up = disclosure::Model {
        id: Uuid::from_u128(6),
        sequence: 6,
        ..rows[4].clone()
    };
    put_back(&made_up).await;
    assert_eq!(misfit(&store, None).await, Some(6), "made up");
    moves_the_head(&database, &head_at(&made_up)).await;
    assert_eq!(misfit(&store, None).await, Some(6), "made up, with the head");
    remove(&made_up).await;
    // One whose hash is right, and of which the head does not know.
    moves_the_head(&database, &head_at(&rows[3])).await;
    assert_eq!(misfit(&store, None).await, Some(5), "beyond the head");
    moves_the_head(&database, &head_at(&rows[4])).await;
    assert_eq!(misfit(&store, None).await, None);
}

async fn a_ledger_that_was_rewritten_does_not_fit_a_head_that_was_kept(stage: &Stage) {
    let (store, database) = five(stage).await;
    let kept = store.ledger().head().await.expect("a head");
    assert_eq!(kept.to_string().parse::<Head>(), Ok(kept.clone()));
    store.ledger().append(vec![an_entry(6)]).await.expect("noted");
    assert_eq!(misfit(&store, Some(&kept)).await, None, "it has grown");
    lift_the_rules(&database).await;
    let empty = ledger_head::Model {
        id: 1,
        sequence: 0,
        entry_id: None,
        hash: String::new(),
    };
    disclosure::Entity::delete_many()
        .exec(&database)
        .await
        .expect("removed");
    moves_the_head(&database, &empty).await;
    assert_eq!(misfit(&store, None).await, None, "an empty ledger fits itself");
    assert_eq!(
        misfit(&store, Some(&kept)).await,
        Some(1),
        "and not what was kept"
    );
    store
        .ledger()
        .append((10..20).map(an_entry).collect())
        .await
        .expect("noted");
    assert_eq!(
        misfit(&store, None).await,
        None,
        "as does one that is written anew"
    );
    assert_eq!(
        misfit(&store, Some(&kept)).await,
        Some(5),
        "and not what was kept"
    );
}

async fn appenders_at_once_number_without_gaps(stage: &Stage) {
    let store = stage::store(stage, Clock::system()).await;
    // Two ledgers of one database, as two processes have them.
    let other = stage::store(stage, Clock::system()).await;
    let appenders = (0..16).map(|nth| {
        let store = if nth % 2 == 0 {
            store.clone()
        } else {
            other.clone()
        };
        tokio::spawn(async move {
            for step in 0..5 {
                let entries = (0..3).map(|row| an_entry(nth * 100 + step * 10 + row)).collect();
                store.ledger().append(entries).await.expect("noted");
            }
        })
    });
    for appender in appenders.collect::<Vec<_>>() {
        appender.await.expect("an appender");
    }
    let head = store.ledger().head().await.expect("a head");
    assert_eq!(head.sequence, 16 * 5 * 3);
    assert_eq!(
        store.ledger().verify(None).await.expect("an answer"),
        Verdict::Whole(head)
    );
}
