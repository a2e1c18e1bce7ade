//! The schema goes up, down and up again, and what it makes is what the models expect.
//!
//! Here on SQLite in memory, so that it runs anywhere.

mod rows;

use std::collections::BTreeMap;

use entity::{
    accreditation, aftercare, arrival, audit_entry, case, case_party, case_suspension, cash_grant, client,
    consent, consular_interview, counselling_session, custody_entry, disclosure_snapshot, exchange_rate,
    family, grant_computation, grant_rule, handover, idempotency_key, inbox_head, information_request,
    installation, itinerary, jurisdiction, manifest_line, monitoring_contact, movement, movement_flight,
    notice, objection_check, operations_suspension, organisation, outreach_visit, package_item, person,
    personal_document, project, project_mission, referral, reintegration_package, segment,
    statutory_extension, statutory_period, survey_response, tranche, transit_handling, transit_incident,
    travel_document_request,
};
use migration::Migrator;
use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr,
    EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait, SqlErr, Statement,
};

use rows::travel_documents::{
    the_consular_interview, the_custody_entry, the_disclosure_snapshot, the_information_request,
    the_personal_document,
};
use rows::{
    at, id, the_accreditation, the_aftercare, the_arrival, the_audit_entry, the_case, the_case_party,
    the_case_suspension, the_cash_grant, the_client, the_consent, the_counselling_session, the_exchange_rate,
    the_grant_computation, the_grant_rule, the_handover, the_idempotency_key, the_itinerary,
    the_jurisdiction, the_manifest_line, the_mission, the_monitoring_contact, the_movement,
    the_movement_flight, the_notice, the_objection_check, the_operations_suspension, the_outreach_visit,
    the_package_item, the_person, the_project, the_referral, the_reintegration_package, the_segment,
    the_statutory_extension, the_statutory_period, the_survey_response, the_tranche, the_transit_handling,
    the_transit_incident, the_travel_document_request,
};

#[tokio::test]
async fn the_schema_goes_up_down_and_up_with_rows_in_it() {
    let db = empty_database().await;
    Migrator::up(&db, None).await.unwrap();
    a_row_of_every_table(&db).await;
    Migrator::down(&db, None).await.unwrap();
    assert_eq!(columns(&db, "cases").await, BTreeMap::new());
    Migrator::up(&db, None).await.unwrap();
    a_row_of_every_table(&db).await;
    assert!(Migrator::get_pending_migrations(&db).await.unwrap().is_empty());
}

#[tokio::test]
async fn every_table_has_the_columns_of_its_model_and_no_others() {
    let db = migrated_database().await;
    matches_its_table::<organisation::Entity>(&db).await;
    matches_its_table::<accreditation::Entity>(&db).await;
    matches_its_table::<client::Entity>(&db).await;
    matches_its_table::<entity::transfer_agreement::Entity>(&db).await;
    matches_its_table::<entity::revoked_token::Entity>(&db).await;
    matches_its_table::<entity::registered_document::Entity>(&db).await;
    matches_its_table::<installation::Entity>(&db).await;
    matches_its_table::<jurisdiction::Entity>(&db).await;
    matches_its_table::<case::Entity>(&db).await;
    matches_its_table::<person::Entity>(&db).await;
    matches_its_table::<consent::Entity>(&db).await;
    matches_its_table::<counselling_session::Entity>(&db).await;
    matches_its_table::<objection_check::Entity>(&db).await;
    matches_its_table::<entity::asylum_claim::Entity>(&db).await;
    matches_its_table::<statutory_period::Entity>(&db).await;
    matches_its_table::<statutory_extension::Entity>(&db).await;
    matches_its_table::<case_party::Entity>(&db).await;
    matches_its_table::<entity::vulnerability_assessment::Entity>(&db).await;
    matches_its_table::<entity::child_safeguards::Entity>(&db).await;
    matches_its_table::<entity::detention::Entity>(&db).await;
    matches_its_table::<entity::consular_appointment::Entity>(&db).await;
    matches_its_table::<entity::airport_transfer::Entity>(&db).await;
    matches_its_table::<entity::temporary_accommodation::Entity>(&db).await;
    matches_its_table::<entity::pre_departure_circumstances::Entity>(&db).await;
    matches_its_table::<entity::assistance_provision::Entity>(&db).await;
    matches_its_table::<entity::migrant_briefing::Entity>(&db).await;
    matches_its_table::<entity::fitness_assessment::Entity>(&db).await;
    matches_its_table::<entity::medical_note::Entity>(&db).await;
    matches_its_table::<entity::health_requirement::Entity>(&db).await;
    matches_its_table::<entity::escort::Entity>(&db).await;
    matches_its_table::<entity::airline_clearance::Entity>(&db).await;
    matches_its_table::<travel_document_request::Entity>(&db).await;
    matches_its_table::<information_request::Entity>(&db).await;
    matches_its_table::<consular_interview::Entity>(&db).await;
    matches_its_table::<custody_entry::Entity>(&db).await;
    matches_its_table::<personal_document::Entity>(&db).await;
    matches_its_table::<disclosure_snapshot::Entity>(&db).await;
    matches_its_table::<entity::paper::Entity>(&db).await;
    matches_its_table::<entity::paper_content::Entity>(&db).await;
    matches_its_table::<itinerary::Entity>(&db).await;
    matches_its_table::<segment::Entity>(&db).await;
    matches_its_table::<movement::Entity>(&db).await;
    matches_its_table::<movement_flight::Entity>(&db).await;
    matches_its_table::<manifest_line::Entity>(&db).await;
    matches_its_table::<operations_suspension::Entity>(&db).await;
    matches_its_table::<case_suspension::Entity>(&db).await;
    matches_its_table::<transit_handling::Entity>(&db).await;
    matches_its_table::<transit_incident::Entity>(&db).await;
    matches_its_table::<arrival::Entity>(&db).await;
    matches_its_table::<cash_grant::Entity>(&db).await;
    matches_its_table::<tranche::Entity>(&db).await;
    matches_its_table::<reintegration_package::Entity>(&db).await;
    matches_its_table::<package_item::Entity>(&db).await;
    matches_its_table::<monitoring_contact::Entity>(&db).await;
    matches_its_table::<aftercare::Entity>(&db).await;
    matches_its_table::<handover::Entity>(&db).await;
    matches_its_table::<survey_response::Entity>(&db).await;
    matches_its_table::<outreach_visit::Entity>(&db).await;
    matches_its_table::<entity::training::Entity>(&db).await;
    matches_its_table::<entity::campaign_report::Entity>(&db).await;
    matches_its_table::<entity::partner_survey::Entity>(&db).await;
    matches_its_table::<entity::complaint::Entity>(&db).await;
    matches_its_table::<entity::webhook::Entity>(&db).await;
    matches_its_table::<entity::webhook_attempt::Entity>(&db).await;
    matches_its_table::<entity::webhook_key::Entity>(&db).await;
    matches_its_table::<referral::Entity>(&db).await;
    matches_its_table::<entity::retention_certificate::Entity>(&db).await;
    matches_its_table::<entity::retention_mark::Entity>(&db).await;
    matches_its_table::<entity::escalation_rule::Entity>(&db).await;
    matches_its_table::<entity::escalation::Entity>(&db).await;
    matches_its_table::<entity::escalation_step::Entity>(&db).await;
    matches_its_table::<entity::break_glass_access::Entity>(&db).await;
    matches_its_table::<project::Entity>(&db).await;
    matches_its_table::<project_mission::Entity>(&db).await;
    matches_its_table::<grant_rule::Entity>(&db).await;
    matches_its_table::<exchange_rate::Entity>(&db).await;
    matches_its_table::<family::Entity>(&db).await;
    matches_its_table::<grant_computation::Entity>(&db).await;
    matches_its_table::<notice::Entity>(&db).await;
    matches_its_table::<inbox_head::Entity>(&db).await;
    matches_its_table::<audit_entry::Entity>(&db).await;
    matches_its_table::<entity::disclosure::Entity>(&db).await;
    matches_its_table::<entity::ledger_head::Entity>(&db).await;
    matches_its_table::<idempotency_key::Entity>(&db).await;
}

#[tokio::test]
async fn the_database_refuses_what_no_row_may_say() {
    let db = migrated_database().await;
    a_row_of_every_table(&db).await;

    let second_place = notice::Model {
        id: id(900),
        ..the_notice()
    };
    let taken = insert(&db, second_place).await.unwrap_err();
    assert!(
        matches!(taken.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))),
        "{taken}"
    );

    let nobody = notice::Model {
        id: id(901),
        recipient_id: id(999),
        ..the_notice()
    };
    let unknown = insert(&db, nobody).await.unwrap_err();
    assert!(
        matches!(unknown.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))),
        "{unknown}"
    );

    let before_the_first = notice::Model {
        id: id(902),
        sequence: 0,
        ..the_notice()
    };
    refused_by("ck_notices_sequence", insert(&db, before_the_first).await);
    let debt = cash_grant::Model {
        id: id(903),
        amount_minor: -1,
        ..the_cash_grant()
    };
    refused_by("ck_cash_grants_amount_minor", insert(&db, debt).await);
    let symbol = cash_grant::Model {
        id: id(904),
        currency: "€".to_owned(),
        ..the_cash_grant()
    };
    refused_by("ck_cash_grants_currency", insert(&db, symbol).await);
    let zeroth = itinerary::Model {
        id: id(905),
        attempt_no: 0,
        ..the_itinerary()
    };
    refused_by("ck_itineraries_attempt_no", insert(&db, zeroth).await);
    let backwards = segment::Model {
        id: id(906),
        position: 2,
        arrives_at: at(0),
        ..the_segment()
    };
    refused_by("ck_segments_arrives_at", insert(&db, backwards).await);
}

#[tokio::test]
async fn the_database_never_changes_what_was_disclosed() {
    let db = migrated_database().await;
    a_row_of_every_table(&db).await;
    let other = disclosure_snapshot::ActiveModel {
        content: sea_orm_migration::sea_orm::Set("{\"phone\":null}".to_owned()),
        ..the_disclosure_snapshot().into_active_model()
    };
    refused_by("never changes", other.reset_all().update(&db).await);
}

async fn empty_database() -> DatabaseConnection {
    Database::connect("sqlite::memory:").await.unwrap()
}

async fn migrated_database() -> DatabaseConnection {
    let db = empty_database().await;
    Migrator::up(&db, None).await.unwrap();
    db
}

async fn insert<M>(db: &DatabaseConnection, model: M) -> Result<M, DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    M::Entity: EntityTrait<Model = M>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    M::Entity::insert(model.into_active_model())
        .exec_with_returning(db)
        .await
}

/// Inserts a row and reads it back, equal in every column.
#[expect(
    clippy::disallowed_methods,
    reason = "there is no viewer here: the test compares rows with models"
)]
async fn keeps<M>(db: &DatabaseConnection, row: M)
where
    M: ModelTrait + PartialEq + std::fmt::Debug + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    M::Entity: EntityTrait<Model = M>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    insert(db, row.clone()).await.unwrap();
    let rows = M::Entity::find().all(db).await.unwrap();
    assert!(rows.contains(&row), "{row:?} is not among {rows:?}");
}

fn refused_by<M: std::fmt::Debug>(check: &str, answer: Result<M, DbErr>) {
    let refusal = answer.unwrap_err().to_string();
    assert!(refusal.contains(check), "{refusal}");
}

async fn matches_its_table<E: EntityTrait>(db: &DatabaseConnection) {
    let model: BTreeMap<String, bool> = E::Column::iter()
        .map(|column| (column.as_str().to_owned(), column.def().is_null()))
        .collect();
    assert_eq!(
        columns(db, E::default().table_name()).await,
        model,
        "{}",
        E::default().table_name()
    );
}

/// The columns of a table, each with whether it may be empty.
async fn columns(db: &DatabaseConnection, table: &str) -> BTreeMap<String, bool> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT column_name::text AS name, is_nullable = 'YES' AS nullable \
             FROM information_schema.columns WHERE table_name = $1"
        }
        _ => "SELECT name, \"notnull\" = 0 AS nullable FROM pragma_table_info(?)",
    };
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [table.into()]);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| {
            (
                row.try_get("", "name").unwrap(),
                row.try_get("", "nullable").unwrap(),
            )
        })
        .collect()
}

#[expect(clippy::too_many_lines, reason = "one line a table")]
async fn a_row_of_every_table(db: &DatabaseConnection) {
    keeps(
        db,
        installation::Model {
            name: "id-key".to_owned(),
            value: "c2VjcmV0".to_owned(),
        },
    )
    .await;
    keeps(db, the_mission()).await;
    keeps(db, the_accreditation()).await;
    keeps(db, the_client()).await;
    keeps(db, rows::the_transfer_agreement()).await;
    keeps(db, rows::the_revoked_token()).await;
    keeps(db, rows::the_registered_document()).await;
    keeps(db, the_jurisdiction()).await;
    keeps(db, the_project()).await;
    let served = project_mission::Model {
        project_id: id(40),
        organisation_id: id(1),
    };
    keeps(db, served).await;
    keeps(db, the_grant_rule()).await;
    keeps(db, the_exchange_rate()).await;
    let family = family::Model {
        id: id(4),
        opened_at: at(0),
    };
    keeps(db, family).await;
    keeps(db, the_case()).await;
    keeps(db, the_person()).await;
    keeps(db, the_consent()).await;
    keeps(db, the_counselling_session()).await;
    keeps(db, the_objection_check()).await;
    keeps(db, the_statutory_period()).await;
    keeps(db, the_statutory_extension()).await;
    keeps(db, the_case_party()).await;
    keeps(db, rows::the_asylum_claim()).await;
    keeps(db, the_travel_document_request()).await;
    keeps(db, the_information_request()).await;
    keeps(db, the_consular_interview()).await;
    keeps(db, the_custody_entry()).await;
    keeps(db, the_personal_document()).await;
    keeps(db, the_disclosure_snapshot()).await;
    keeps(db, rows::travel_documents::the_paper()).await;
    keeps(db, rows::travel_documents::the_paper_content()).await;
    keeps(db, rows::the_complaint()).await;
    keeps(db, rows::ledger::the_disclosure()).await;
    keeps(db, the_movement()).await;
    keeps(db, the_movement_flight()).await;
    keeps(db, the_itinerary()).await;
    let third = itinerary::Model {
        id: id(12),
        attempt_no: 3,
        replaces_id: Some(id(9)),
        ..the_itinerary()
    };
    keeps(db, third).await;
    keeps(db, the_segment()).await;
    keeps(db, the_manifest_line()).await;
    keeps(db, the_operations_suspension()).await;
    keeps(db, the_case_suspension()).await;
    keeps(db, the_transit_handling()).await;
    keeps(db, the_transit_incident()).await;
    keeps(db, the_arrival()).await;
    keeps(db, rows::safeguards::the_vulnerability_assessment()).await;
    keeps(db, rows::safeguards::the_child_safeguards()).await;
    keeps(db, rows::safeguards::the_detention()).await;
    keeps(db, rows::safeguards::the_consular_appointment()).await;
    keeps(db, rows::safeguards::the_airport_transfer()).await;
    keeps(db, rows::safeguards::the_temporary_accommodation()).await;
    keeps(db, rows::safeguards::the_pre_departure_circumstances()).await;
    keeps(db, rows::safeguards::the_assistance_provision()).await;
    keeps(db, rows::safeguards::the_migrant_briefing()).await;
    keeps(db, rows::safeguards::the_fitness_assessment()).await;
    keeps(db, rows::safeguards::the_medical_note()).await;
    keeps(db, rows::safeguards::the_health_requirement()).await;
    keeps(db, rows::safeguards::the_escort()).await;
    keeps(db, rows::safeguards::the_airline_clearance()).await;
    keeps(db, the_cash_grant()).await;
    keeps(db, the_tranche()).await;
    keeps(db, the_grant_computation()).await;
    keeps(db, the_reintegration_package()).await;
    keeps(db, the_survey_response()).await;
    keeps(db, the_outreach_visit()).await;
    keeps(db, rows::programme::the_training()).await;
    keeps(db, rows::programme::the_campaign_report()).await;
    keeps(db, rows::programme::the_partner_survey()).await;
    keeps(db, the_package_item()).await;
    keeps(db, the_monitoring_contact()).await;
    keeps(db, the_aftercare()).await;
    keeps(db, the_handover()).await;
    keeps(db, the_referral()).await;
    keeps(db, rows::the_break_glass_access()).await;
    keeps(db, rows::the_retention_certificate()).await;
    keeps(db, rows::the_retention_mark()).await;
    keeps(
        db,
        inbox_head::Model {
            recipient_id: id(1),
            last_sequence: i64::MAX,
            chain: Some("00".to_owned()),
            oldest_sequence: 2,
            oldest_chain: Some("00".to_owned()),
        },
    )
    .await;
    let later = notice::Model {
        id: id(20),
        sequence: i64::MAX,
        superseded_by_id: None,
        ..the_notice()
    };
    keeps(db, later).await;
    keeps(db, the_notice()).await;
    keeps(db, rows::webhooks::the_webhook()).await;
    keeps(db, rows::webhooks::the_webhook_key()).await;
    keeps(db, rows::webhooks::the_webhook_attempt()).await;
    keeps(db, rows::the_escalation_rule()).await;
    keeps(db, rows::the_escalation()).await;
    keeps(db, rows::the_escalation_step()).await;
    keeps(db, the_audit_entry()).await;
    keeps(db, the_idempotency_key()).await;
}
