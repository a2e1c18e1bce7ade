//! The schema goes up, down and up again, and what it makes is what the models expect.
//!
//! Here on SQLite in memory, so that it runs anywhere.

use std::collections::BTreeMap;

use entity::{
    accreditation, audit_entry, case, case_party, cash_grant, client, consent, idempotency_key, inbox_head,
    installation, itinerary, notice, organisation, package_item, person, reintegration_package, segment,
    tranche, travel_document_request,
};
use migration::Migrator;
use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::prelude::{Date, DateTimeUtc, Uuid};
use sea_orm_migration::sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr,
    EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait, SqlErr, Statement,
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
    matches_its_table::<installation::Entity>(&db).await;
    matches_its_table::<case::Entity>(&db).await;
    matches_its_table::<person::Entity>(&db).await;
    matches_its_table::<consent::Entity>(&db).await;
    matches_its_table::<case_party::Entity>(&db).await;
    matches_its_table::<travel_document_request::Entity>(&db).await;
    matches_its_table::<itinerary::Entity>(&db).await;
    matches_its_table::<segment::Entity>(&db).await;
    matches_its_table::<cash_grant::Entity>(&db).await;
    matches_its_table::<tranche::Entity>(&db).await;
    matches_its_table::<reintegration_package::Entity>(&db).await;
    matches_its_table::<package_item::Entity>(&db).await;
    matches_its_table::<notice::Entity>(&db).await;
    matches_its_table::<inbox_head::Entity>(&db).await;
    matches_its_table::<audit_entry::Entity>(&db).await;
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
    keeps(db, the_case()).await;
    keeps(db, the_person()).await;
    keeps(db, the_consent()).await;
    keeps(db, the_case_party()).await;
    keeps(db, the_travel_document_request()).await;
    keeps(db, the_itinerary()).await;
    let third = itinerary::Model {
        id: id(12),
        attempt_no: 3,
        replaces_id: Some(id(9)),
        ..the_itinerary()
    };
    keeps(db, third).await;
    keeps(db, the_segment()).await;
    keeps(db, the_cash_grant()).await;
    keeps(db, the_tranche()).await;
    keeps(db, the_reintegration_package()).await;
    keeps(db, the_package_item()).await;
    keeps(
        db,
        inbox_head::Model {
            recipient_id: id(1),
            last_sequence: i64::MAX,
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
    keeps(db, the_audit_entry()).await;
    keeps(db, the_idempotency_key()).await;
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0193_4d3e_7b00_7000_8000_0000_0000_0000 | n)
}

fn at(microseconds: i64) -> DateTimeUtc {
    DateTimeUtc::from_timestamp_micros(1_604_534_400_000_000 + microseconds).unwrap()
}

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap()
}

fn the_mission() -> organisation::Model {
    organisation::Model {
        id: id(1),
        code: "iom-pristina".to_owned(),
        name: "IOM Pristina".to_owned(),
        kind: "MISSION".to_owned(),
        territory: Some("XKX".to_owned()),
        seat_city: Some("Pristina".to_owned()),
        seat_country: Some("XKX".to_owned()),
        sending_state: Some("IRQ".to_owned()),
        version: 1,
        created_at: at(1),
    }
}

fn the_accreditation() -> accreditation::Model {
    accreditation::Model {
        id: id(2),
        organisation_id: id(1),
        host_territory: "XKX".to_owned(),
        valid_from: day(2020, 1, 1),
        valid_to: Some(day(2020, 1, 1)),
    }
}

fn the_client() -> client::Model {
    client::Model {
        id: id(3),
        client_id: "iom-pristina".to_owned(),
        organisation_id: id(1),
        purposes: r#"["RETURN_ASSISTANCE"]"#.to_owned(),
        suspended_at: Some(at(2)),
        version: 1,
        created_at: at(1),
    }
}

fn the_case() -> case::Model {
    case::Model {
        id: id(4),
        reference: "XKX-2020-0001".to_owned(),
        sending_mission_id: id(1),
        receiving_mission_id: Some(id(1)),
        host_territory: "XKX".to_owned(),
        country_of_return: "IRQ".to_owned(),
        destination_city: Some("بغداد".to_owned()),
        state: "READY_TO_DEPART".to_owned(),
        return_mode: "VOLUNTARY".to_owned(),
        legal_status: "ASYLUM_WITHDRAWN".to_owned(),
        mimosa_reference: Some("M-1".to_owned()),
        application_signed_at: Some(at(3)),
        voluntariness_recorded_at: Some(at(4)),
        declaration_signed_at: Some(at(5)),
        withdrawal_reason: None,
        opened_at: at(0),
        registered_at: Some(at(6)),
        departed_at: None,
        arrived_at: None,
        ended_at: None,
        version: i32::MAX,
    }
}

fn the_person() -> person::Model {
    person::Model {
        id: id(5),
        case_id: id(4),
        position: 0,
        head_of_household: true,
        family_name: "Example".to_owned(),
        given_names: "Karrar".to_owned(),
        date_of_birth: day(1995, 2, 28),
        sex: "M".to_owned(),
        nationality: "IRQ".to_owned(),
        place_of_birth: Some("Baghdad".to_owned()),
        parents_names: Some(String::new()),
        phone: None,
        host_address: None,
        address_in_country_of_return: None,
        language: Some("ar".to_owned()),
        version: 1,
    }
}

fn the_consent() -> consent::Model {
    consent::Model {
        id: id(6),
        case_id: id(4),
        recipient_class: "EMBASSY".to_owned(),
        purpose: "TRAVEL_DOCUMENT".to_owned(),
        category: "IDENTITY".to_owned(),
        signed_at: at(7),
        revoked_at: Some(at(8)),
    }
}

fn the_case_party() -> case_party::Model {
    case_party::Model {
        case_id: id(4),
        organisation_id: id(1),
        relation: "SENDING".to_owned(),
        since: at(0),
        ended_at: Some(at(9)),
    }
}

fn the_travel_document_request() -> travel_document_request::Model {
    travel_document_request::Model {
        id: id(8),
        case_id: id(4),
        person_id: id(5),
        consular_post_id: id(1),
        state: "ISSUED".to_owned(),
        expedited: false,
        submitted_at: at(10),
        acknowledged_at: Some(at(11)),
        nationality_confirmed_at: Some(at(12)),
        ended_at: Some(at(13)),
        refusal_reason: None,
        document_type: Some("LAISSEZ_PASSER".to_owned()),
        document_number: Some("LP-1".to_owned()),
        document_issued_on: Some(day(2020, 10, 1)),
        document_expires_on: Some(day(2020, 12, 31)),
        version: 4,
    }
}

fn the_itinerary() -> itinerary::Model {
    itinerary::Model {
        id: id(9),
        case_id: id(4),
        attempt_no: 1,
        state: "SUSPENDED".to_owned(),
        replaces_id: None,
        booked_at: at(14),
        ticketed_at: Some(at(15)),
        ticket_number: Some("235-0000000001".to_owned()),
        booking_reference: Some("ABC123".to_owned()),
        suspended_at: Some(at(16)),
        suspension_reason: Some("CARRIER".to_owned()),
        ended_at: Some(at(17)),
        version: 2,
    }
}

fn the_segment() -> segment::Model {
    segment::Model {
        id: id(10),
        itinerary_id: id(9),
        case_id: id(4),
        position: 0,
        flight: "TK1018".to_owned(),
        departure_airport: "PRN".to_owned(),
        arrival_airport: "IST".to_owned(),
        departs_at: at(1_000_000),
        arrives_at: at(1_000_001),
    }
}

fn the_cash_grant() -> cash_grant::Model {
    cash_grant::Model {
        id: id(11),
        case_id: id(4),
        person_id: id(5),
        state: "APPROVED".to_owned(),
        amount_minor: i64::MAX,
        currency: "EUR".to_owned(),
        proposed_at: at(18),
        approved_at: Some(at(19)),
        ended_at: None,
        version: 2,
    }
}

fn the_tranche() -> tranche::Model {
    tranche::Model {
        id: id(13),
        cash_grant_id: id(11),
        case_id: id(4),
        number: 1,
        amount_minor: 0,
        state: "PAID".to_owned(),
        paid_at: Some(at(20)),
    }
}

fn the_reintegration_package() -> reintegration_package::Model {
    reintegration_package::Model {
        id: id(14),
        case_id: id(4),
        person_id: id(5),
        state: "PROPOSED".to_owned(),
        ceiling_minor: 200_000,
        currency: "EUR".to_owned(),
        plan: Some("A barber's shop".to_owned()),
        proposed_at: at(21),
        ended_at: None,
        version: 1,
    }
}

fn the_package_item() -> package_item::Model {
    package_item::Model {
        id: id(15),
        reintegration_package_id: id(14),
        case_id: id(4),
        position: 0,
        category: "BUSINESS".to_owned(),
        modality: "IN_KIND".to_owned(),
        description: "Chairs and mirrors".to_owned(),
        amount_minor: 90_000,
        state: "PLANNED".to_owned(),
    }
}

fn the_notice() -> notice::Model {
    notice::Model {
        id: id(16),
        recipient_id: id(1),
        sequence: 1,
        kind: "ITINERARY_BOOKED".to_owned(),
        topic: "itinerary".to_owned(),
        occurred_at: at(14),
        case_id: id(4),
        itinerary_id: Some(id(9)),
        travel_document_request_id: Some(id(8)),
        cash_grant_id: Some(id(11)),
        superseded_by_id: Some(id(20)),
        retracted_at: Some(at(22)),
        acknowledged_at: Some(at(23)),
        acknowledged_by: Some(id(3)),
        acknowledgement_note: Some("met at the gate".to_owned()),
    }
}

fn the_audit_entry() -> audit_entry::Model {
    audit_entry::Model {
        id: id(17),
        occurred_at: at(24),
        request_id: "r-1".to_owned(),
        client_id: Some(id(999)),
        organisation_id: Some(id(999)),
        command: "suspend_itinerary".to_owned(),
        aggregate: "itinerary".to_owned(),
        aggregate_id: id(999),
        case_id: Some(id(999)),
        from_state: Some("BOOKED".to_owned()),
        to_state: Some("SUSPENDED".to_owned()),
    }
}

fn the_idempotency_key() -> idempotency_key::Model {
    idempotency_key::Model {
        client_id: id(3),
        key: "k-1".to_owned(),
        command: "suspend_itinerary".to_owned(),
        body_hash: "00".to_owned(),
        aggregate_id: id(9),
        created_at: at(25),
    }
}
