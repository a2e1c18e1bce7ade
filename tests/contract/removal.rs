//! The database itself refuses what no row may say of persons who were returned by force: no itinerary, no escort and no
//! request to a consular post (INV-01), no grant and no package before their admission (INV-02). Rows are inserted past the program.

use crate::stage::{self, on_both_stages};
use crate::support::database::Stage;
use avrr_gateway::clock::Clock;
use avrr_gateway::demo;
use entity::{
    aftercare, case, cash_grant, escort, itinerary, person, reintegration_package, travel_document_request,
};
use sea_orm::{
    ActiveModelTrait, ConnectOptions, DatabaseConnection, DbErr, EntityTrait, IntoActiveModel, ModelTrait,
    Set, Unchanged,
};
use uuid::Uuid;

on_both_stages!(
    inv_01_the_database_keeps_no_journey_and_no_request_for_a_forced_return,
    inv_01_the_database_keeps_no_escort_for_a_forced_return,
    inv_02_the_database_keeps_no_assistance_before_the_admission,
);

/// A case with a journey, a request and a grant, and one beside it with nothing but its person, returned by force.
struct Rows {
    database: DatabaseConnection,
    assisted: case::Model,
    forced: case::Model,
    person: Uuid,
}

#[expect(
    clippy::disallowed_methods,
    reason = "there is no viewer here: rows are read past the program"
)]
async fn first<E: EntityTrait>(database: &DatabaseConnection) -> E::Model {
    E::find().one(database).await.expect("an answer").expect("a row")
}

async fn insert<M>(database: &DatabaseConnection, row: M) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    M::Entity: EntityTrait<Model = M>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    let row = M::Entity::insert(row.into_active_model());
    row.exec_without_returning(database).await.map(|_| ())
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, DbErr>, why: &str) {
    let refusal = outcome.expect_err("a row that may not be").to_string();
    assert!(refusal.contains(why), "{refusal}");
}

const NO_REMOVAL: &str = "no help with a removal";
const NOT_ADMITTED: &str = "no assistance before the admission";

async fn rows(stage: &Stage) -> Rows {
    let store = stage::store(stage, Clock::system()).await;
    let programme = demo::ready_cases(1, "iom-pristina", store.clock().now());
    store.load(programme).await.expect("a case");
    let mut options = ConnectOptions::new(stage.url.clone());
    options.max_connections(1).sqlx_logging(false);
    let database = sea_orm::Database::connect(options).await.expect("a database");
    let assisted = first::<case::Entity>(&database).await;
    let forced = case::Model {
        id: Uuid::from_u128(7),
        reference: "forced".to_owned(),
        return_mode: "FORCED".to_owned(),
        ..assisted.clone()
    };
    insert(&database, forced.clone()).await.expect("a case");
    let person = person::Model {
        id: Uuid::from_u128(8),
        case_id: forced.id,
        ..first::<person::Entity>(&database).await
    };
    let person_id = person.id;
    insert(&database, person).await.expect("a person");
    Rows {
        database,
        assisted,
        forced,
        person: person_id,
    }
}

async fn inv_01_the_database_keeps_no_journey_and_no_request_for_a_forced_return(stage: &Stage) {
    let Rows {
        database,
        assisted,
        forced,
        person,
    } = rows(stage).await;
    let journey = first::<itinerary::Entity>(&database).await;
    let request = first::<travel_document_request::Entity>(&database).await;
    let another = itinerary::Model {
        id: Uuid::from_u128(9),
        case_id: forced.id,
        ..journey.clone()
    };
    refused(insert(&database, another).await, NO_REMOVAL);
    let another = travel_document_request::Model {
        id: Uuid::from_u128(10),
        case_id: forced.id,
        person_id: person,
        ..request.clone()
    };
    refused(insert(&database, another).await, NO_REMOVAL);

    // Nor by moving what is there, nor by calling a return forced afterwards.
    let moved = itinerary::ActiveModel {
        id: Unchanged(journey.id),
        case_id: Set(forced.id),
        ..Default::default()
    };
    refused(moved.update(&database).await, NO_REMOVAL);
    let moved = travel_document_request::ActiveModel {
        id: Unchanged(request.id),
        case_id: Set(forced.id),
        ..Default::default()
    };
    refused(moved.update(&database).await, NO_REMOVAL);
    let called = |id, mode: &str| case::ActiveModel {
        id: Unchanged(id),
        return_mode: Set(mode.to_owned()),
        ..Default::default()
    };
    refused(called(assisted.id, "FORCED").update(&database).await, NO_REMOVAL);

    // The rule is about force alone: otherwise these rows are what the tables are for.
    called(forced.id, "ASSISTED_VOLUNTARY")
        .update(&database)
        .await
        .expect("a case");
    let another = itinerary::Model {
        id: Uuid::from_u128(9),
        case_id: forced.id,
        ..journey
    };
    insert(&database, another).await.expect("a journey");
}

async fn inv_01_the_database_keeps_no_escort_for_a_forced_return(stage: &Stage) {
    let Rows {
        database,
        assisted,
        forced,
        person,
    } = rows(stage).await;
    let of = |id, case_id, person_id| escort::Model {
        id: Uuid::from_u128(id),
        case_id,
        person_id,
        number: 1,
        kind: "OPERATIONAL".to_owned(),
        state: "RECOMMENDED".to_owned(),
        name: None,
        recommended_by: "somebody".to_owned(),
        mhd_reference: None,
    };
    refused(insert(&database, of(13, forced.id, person)).await, NO_REMOVAL);

    // Nor by moving one that is there, nor by calling a return forced afterwards that has nothing else.
    let called = |id, mode: &str| case::ActiveModel {
        id: Unchanged(id),
        return_mode: Set(mode.to_owned()),
        ..Default::default()
    };
    let alone = case::Model {
        id: Uuid::from_u128(14),
        reference: "alone".to_owned(),
        ..assisted
    };
    let alone_id = alone.id;
    insert(&database, alone).await.expect("a case");
    let somebody = person::Model {
        id: Uuid::from_u128(15),
        case_id: alone_id,
        ..first::<person::Entity>(&database).await
    };
    let somebody_id = somebody.id;
    insert(&database, somebody).await.expect("a person");
    insert(&database, of(16, alone_id, somebody_id))
        .await
        .expect("an escort");
    let moved = escort::ActiveModel {
        id: Unchanged(Uuid::from_u128(16)),
        case_id: Set(forced.id),
        ..Default::default()
    };
    refused(moved.update(&database).await, NO_REMOVAL);
    refused(called(alone_id, "FORCED").update(&database).await, NO_REMOVAL);

    called(forced.id, "ASSISTED_VOLUNTARY")
        .update(&database)
        .await
        .expect("a case");
    insert(&database, of(13, forced.id, person))
        .await
        .expect("an escort");
}

async fn inv_02_the_database_keeps_no_assistance_before_the_admission(stage: &Stage) {
    let Rows {
        database,
        forced,
        person,
        ..
    } = rows(stage).await;
    let grant = || cash_grant::Model {
        funding_project_id: None,
        rule_id: None,
        counted_minor: None,
        counted_currency: None,
        exchange_rate_id: None,
        proposed_by: None,
        approved_by: None,
        donor_approval: None,
        single_tranche_reason: None,
        end_reason: None,
        recovery: None,
        payee_account_kind: None,
        payee_account_number: None,
        id: Uuid::from_u128(11),
        case_id: forced.id,
        person_id: person,
        state: "PROPOSED".to_owned(),
        amount_minor: 1,
        currency: "EUR".to_owned(),
        proposed_at: forced.opened_at,
        approved_at: None,
        ended_at: None,
        version: 1,
    };
    let package = || reintegration_package::Model {
        funding_project_id: None,
        id: Uuid::from_u128(12),
        case_id: forced.id,
        person_id: person,
        state: "PROPOSED".to_owned(),
        ceiling_minor: 1,
        currency: "EUR".to_owned(),
        plan: None,
        proposed_at: forced.opened_at,
        ended_at: None,
        version: 1,
        cash_allowed: false,
        revision: 1,
        agreed_at: None,
        donor_approval: None,
        suspended_from: None,
        suspension_reason: None,
        transferred_to_id: None,
    };
    refused(insert(&database, grant()).await, NOT_ADMITTED);
    refused(insert(&database, package()).await, NOT_ADMITTED);
    let unknown = aftercare::Model {
        case_id: forced.id,
        admitted_on: None,
        returning_state: Some("AUT".to_owned()),
        counselled_at: None,
        satisfaction_survey_offered: false,
        sustainability_survey_on: None,
        sustainability_survey_waived: None,
    };
    insert(&database, unknown).await.expect("what is known so far");
    refused(insert(&database, package()).await, NOT_ADMITTED);
    let admitted = aftercare::ActiveModel {
        case_id: Unchanged(forced.id),
        admitted_on: Set(Some(forced.opened_at.date_naive())),
        ..Default::default()
    };
    admitted.update(&database).await.expect("the admission");
    insert(&database, grant()).await.expect("a grant");
    insert(&database, package()).await.expect("a package");
}
