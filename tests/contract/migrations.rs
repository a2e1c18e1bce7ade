//! The tables go up, down and up again, and are what the models expect: the same on both databases.

use crate::source;
use crate::stage::{self, on_both_stages};
use crate::support::database::Stage;
use avrr_gateway::clock::Clock;
use avrr_gateway::demo;
use avrr_gateway::store::{Programme, Store};
use entity::{
    accreditation, aftercare, arrival, asylum_claim, audit_entry, case, case_party, case_suspension,
    cash_grant, client, complaint, consent, consular_interview, counselling_session, custody_entry,
    disclosure, disclosure_snapshot, exchange_rate, family, grant_computation, grant_rule, handover,
    idempotency_key, inbox_head, information_request, installation, itinerary, jurisdiction, ledger_head,
    manifest_line, monitoring_contact, movement, movement_flight, notice, objection_check,
    operations_suspension, organisation, outreach_visit, package_item, paper, paper_content, person,
    person_fact, personal_document, project, project_mission, publication_batch, publication_cell,
    publication_cohort, publication_head, referral, reintegration_package, segment, statutory_extension,
    statutory_period, survey_response, tranche, transit_handling, transit_incident, travel_document_request,
    webhook, webhook_attempt, webhook_key,
};
use entity::{
    airline_clearance, airport_transfer, assistance_provision, break_glass_access, child_safeguards,
    consular_appointment, detention, escort, fitness_assessment, health_requirement, medical_note,
    migrant_briefing, pre_departure_circumstances, retention_certificate, retention_mark,
    temporary_accommodation, vulnerability_assessment,
};
use entity::{campaign_report, partner_survey, training};
use entity::{escalation, escalation_rule, escalation_step};
use entity::{published_answer, published_refusal, published_request, published_waiting};
use entity::{registered_document, revoked_token, transfer_agreement};
use sea_orm::{
    ColumnTrait, ColumnType, ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait,
    IdenStatic as _, Iterable as _, Statement,
};
use std::collections::{BTreeMap, BTreeSet};

on_both_stages!(
    the_tables_go_up_down_and_up_again,
    every_table_has_the_columns_of_its_model_and_no_others,
    the_way_up_leads_to_the_same_tables_each_time,
    what_was_written_of_a_change_is_never_rewritten,
);

async fn the_tables_go_up_down_and_up_again(stage: &Stage) {
    let store = stage::store(stage, Clock::system()).await;
    let database = connected(stage).await;
    assert_eq!(applied(&store).await, (true, true));
    store.load(a_few_cases(&store)).await.expect("rows in the tables");

    store.migrate_down().await.expect("the way down");
    assert_eq!(tables(&database).await, BTreeSet::new());
    assert_eq!(applied(&store).await, (false, false));

    store.migrate_up().await.expect("the way up");
    assert_eq!(applied(&store).await, (true, true));
    let store = store.prepared(Some([7; 32])).await.expect("a prepared store");
    assert!(
        !store.holds_data().await.expect("an answer"),
        "rows outlived their tables"
    );
    store
        .load(a_few_cases(&store))
        .await
        .expect("rows in the new tables");
}

async fn what_was_written_of_a_change_is_never_rewritten(stage: &Stage) {
    let store = stage::store(stage, Clock::system()).await;
    store.load(a_few_cases(&store)).await.expect("rows in the tables");
    let database = connected(stage).await;
    for statement in [
        "UPDATE audit_entries SET reason = 'ANOTHER'",
        "DELETE FROM audit_entries",
    ] {
        let refusal = database.execute_unprepared(statement).await;
        let refusal = refusal.expect_err("entries were rewritten").to_string();
        assert!(refusal.contains("never changed"), "{refusal}");
    }
}

/// Rows for nearly every table.
fn a_few_cases(store: &Store) -> Programme {
    demo::ready_cases(3, "iom-pristina", store.clock().now())
}

/// Whether some migration, and whether every migration, is applied.
async fn applied(store: &Store) -> (bool, bool) {
    let status = store.migration_status().await.expect("the status");
    assert!(!status.is_empty());
    (
        status.iter().any(|one| one.applied),
        status.iter().all(|one| one.applied),
    )
}

async fn the_way_up_leads_to_the_same_tables_each_time(stage: &Stage) {
    let store = stage::store(stage, Clock::system()).await;
    let database = connected(stage).await;
    let first = (columns(&database).await, indexes(&database).await);
    store.migrate_down().await.expect("the way down");
    store.migrate_up().await.expect("the way up");
    assert_eq!((columns(&database).await, indexes(&database).await), first);
}

async fn every_table_has_the_columns_of_its_model_and_no_others(stage: &Stage) {
    let _store = stage::store(stage, Clock::system()).await;
    let database = connected(stage).await;
    let models = models(database.get_database_backend());
    let columns = columns(&database).await;
    let only_in_models = models
        .iter()
        .filter(|(name, shape)| columns.get(*name) != Some(*shape));
    let only_in_tables = columns
        .iter()
        .filter(|(name, shape)| models.get(*name) != Some(*shape));
    assert_eq!(
        only_in_models.collect::<Vec<_>>(),
        only_in_tables.collect::<Vec<_>>(),
        "models and tables"
    );
    let tables: BTreeSet<String> = models.into_keys().map(|(table, _)| table).collect();
    assert_eq!(self::tables(&database).await, tables);
}

#[test]
fn every_model_is_compared_with_its_table() {
    let models = source::below(&["entity/src"]);
    let files = models
        .iter()
        .filter(|source| !source.path.ends_with("lib.rs"))
        .count();
    let compared: BTreeSet<String> = self::models(DbBackend::Sqlite)
        .into_keys()
        .map(|(table, _)| table)
        .collect();
    assert_eq!(files, compared.len(), "a model is missing from the list");
}

/// Every column of words, by table and name.
pub fn columns_of_words() -> BTreeSet<(String, String)> {
    let models = models(DbBackend::Postgres).into_iter();
    let words = models.filter(|(_, (of, _))| of == "text");
    words.map(|(name, _)| name).collect()
}

/// A column's type in the words of the database, and whether it may be empty.
type Shape = (String, bool);
/// Columns by table and name.
type Columns = BTreeMap<(String, String), Shape>;

fn models(backend: DbBackend) -> Columns {
    let mut models = Columns::new();
    macro_rules! each {
        ($($module:ident),+) => { $(of_model::<$module::Entity>(backend, &mut models);)+ };
    }
    each!(
        accreditation,
        aftercare,
        arrival,
        audit_entry,
        retention_certificate,
        retention_mark,
        break_glass_access,
        case,
        case_party,
        case_suspension,
        operations_suspension,
        cash_grant,
        client,
        asylum_claim,
        complaint,
        transfer_agreement,
        revoked_token,
        registered_document,
        consent,
        exchange_rate,
        family,
        grant_computation,
        grant_rule,
        handover,
        counselling_session,
        consular_interview,
        custody_entry,
        disclosure_snapshot,
        idempotency_key,
        inbox_head,
        information_request,
        installation,
        itinerary,
        jurisdiction,
        disclosure,
        escalation,
        escalation_rule,
        escalation_step,
        ledger_head,
        manifest_line,
        monitoring_contact,
        movement,
        movement_flight,
        notice,
        objection_check,
        organisation,
        outreach_visit,
        person_fact,
        publication_batch,
        publication_cell,
        publication_cohort,
        publication_head,
        published_answer,
        published_refusal,
        published_request,
        published_waiting,
        training,
        campaign_report,
        partner_survey,
        package_item,
        paper,
        paper_content,
        airline_clearance,
        airport_transfer,
        child_safeguards,
        consular_appointment,
        detention,
        escort,
        fitness_assessment,
        health_requirement,
        medical_note,
        temporary_accommodation,
        assistance_provision,
        migrant_briefing,
        pre_departure_circumstances,
        vulnerability_assessment,
        person,
        referral,
        personal_document,
        project,
        project_mission,
        reintegration_package,
        segment,
        statutory_extension,
        statutory_period,
        survey_response,
        tranche,
        transit_handling,
        transit_incident,
        travel_document_request,
        webhook,
        webhook_attempt,
        webhook_key
    );
    models
}

fn of_model<E: EntityTrait>(backend: DbBackend, models: &mut Columns) {
    let table = E::default().table_name().to_owned();
    for column in E::Column::iter() {
        let definition = column.def();
        let shape = (
            type_name(definition.get_column_type(), backend).to_owned(),
            definition.is_null(),
        );
        models.insert((table.clone(), column.as_str().to_owned()), shape);
    }
}

/// What a column of a model is called in a database.
fn type_name(column: &ColumnType, backend: DbBackend) -> &'static str {
    let (postgres, sqlite) = match column {
        ColumnType::Uuid => ("uuid", "uuid_text"),
        ColumnType::String(_) | ColumnType::Text => ("text", "text"),
        ColumnType::Integer => ("integer", "integer"),
        ColumnType::BigInteger => ("bigint", "integer"),
        ColumnType::Boolean => ("boolean", "boolean"),
        ColumnType::Blob | ColumnType::VarBinary(_) => ("bytea", "blob"),
        ColumnType::Date => ("date", "date_text"),
        ColumnType::TimestampWithTimeZone => ("timestamp with time zone", "timestamp_with_timezone_text"),
        other => panic!("{other:?} is no kind of column that both databases keep alike"),
    };
    if backend == DbBackend::Postgres {
        postgres
    } else {
        sqlite
    }
}

async fn connected(stage: &Stage) -> DatabaseConnection {
    let mut options = ConnectOptions::new(stage.url.clone());
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.expect("a database")
}

/// The first two columns of each row that a question gives, which differs between the databases.
async fn ask(database: &DatabaseConnection, postgres: &str, sqlite: &str) -> Vec<[String; 2]> {
    let backend = database.get_database_backend();
    let question = if backend == DbBackend::Postgres {
        postgres
    } else {
        sqlite
    };
    let rows = database
        .query_all_raw(Statement::from_string(backend, question))
        .await
        .expect("an answer");
    let text = |row: &sea_orm::QueryResult, index| row.try_get_by_index::<String>(index).expect("a text");
    rows.iter().map(|row| [text(row, 0), text(row, 1)]).collect()
}

/// The tables of the program, without the list of migrations.
async fn tables(database: &DatabaseConnection) -> BTreeSet<String> {
    let columns = columns(database).await;
    columns.into_keys().map(|(table, _)| table).collect()
}

async fn columns(database: &DatabaseConnection) -> Columns {
    let postgres = "SELECT table_name || '.' || column_name, lower(data_type) || '|' || is_nullable \
                    FROM information_schema.columns WHERE table_schema = 'public'";
    let sqlite = "SELECT tables.name || '.' || columns.name, \
                  lower(columns.type) || '|' || CASE columns.\"notnull\" WHEN 0 THEN 'YES' ELSE 'NO' END \
                  FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns \
                  WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'";
    let rows = ask(database, postgres, sqlite).await;
    let columns = rows.iter().map(|[name, shape]| {
        let (table, column) = name.split_once('.').expect("a table and a column");
        let (of, nullable) = shape.split_once('|').expect("a type and whether it may be empty");
        (
            (table.to_owned(), column.to_owned()),
            (of.to_owned(), nullable == "YES"),
        )
    });
    columns
        .filter(|((table, _), _)| table != "seaql_migrations")
        .collect()
}

/// The indexes of the program by name, each with its table; those that a key brings along have other names on each database.
async fn indexes(database: &DatabaseConnection) -> BTreeSet<[String; 2]> {
    let postgres = "SELECT indexname::text, tablename::text FROM pg_indexes WHERE schemaname = 'public'";
    let sqlite = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'";
    ask(database, postgres, sqlite).await.into_iter().collect()
}
