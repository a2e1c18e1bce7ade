//! Loading a whole programme into an empty database: the register, the cases, and the inboxes that they led to.

use super::child::Child;
use super::registry::{accreditation_row, client_row, organisation_row};
use super::unit_of_work::Cause;
use super::{Store, convert};
use crate::domain::case_file::CaseFile;
use crate::domain::code::Code;
use crate::domain::consent::Purpose;
use crate::domain::entitlement::begins;
use crate::domain::funding::{ExchangeRate, GrantRule, Project};
use crate::domain::history::Happened;
use crate::domain::notice::{NoticeDraft, Topic};
use crate::domain::party::{Accreditation, ClientRight, Organisation};
use crate::domain::territory::TerritoryProfile;
use crate::error::Error;
use crate::ids::{OrganisationId, new_id};
use chrono::{DateTime, Utc};
use entity::{
    accreditation, aftercare, arrival, audit_entry, case, case_party, cash_grant, client, consent,
    counselling_session, exchange_rate, family, grant_computation, grant_rule, handover, inbox_head,
    itinerary, monitoring_contact, notice, objection_check, organisation, package_item, person, project,
    project_mission, referral, reintegration_package, segment, statutory_extension, statutory_period,
    survey_response, tranche, transit_handling, transit_incident, travel_document_request,
};
use sea_orm::{
    ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, ModelTrait, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use std::collections::BTreeMap;

/// A client to load or to register.
#[derive(Clone, Debug)]
pub struct NewClient {
    /// Public name.
    pub client_id: String,
    /// Its organisation.
    pub owner: OrganisationId,
    /// What it may be used for.
    pub purposes: Vec<Purpose>,
    /// What it may do beyond what its organisation may.
    pub rights: Vec<ClientRight>,
    /// The code by which its system knows Kosovo*.
    pub territory_profile: TerritoryProfile,
}

/// An entry in the history of a case's row, to load.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// In whose name.
    pub by: OrganisationId,
    /// By which command, or by time.
    pub cause: Cause,
    /// What happened.
    pub happened: Happened,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// Its place among the entries of one change.
    pub place: i32,
}

/// A programme to load.
#[derive(Default)]
pub struct Programme {
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// Accreditations.
    pub accreditations: Vec<Accreditation>,
    /// Clients.
    pub clients: Vec<NewClient>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Their rules for cash grants.
    pub rules: Vec<GrantRule>,
    /// Rates between currencies.
    pub rates: Vec<ExchangeRate>,
    /// Group movements as they stand; who is on them is in the files.
    pub movements: Vec<crate::domain::movement::Movement>,
    /// Cases as they stand.
    pub files: Vec<CaseFile>,
    /// What was told, about which file (by index), and when.
    pub told: Vec<(DateTime<Utc>, usize, NoticeDraft)>,
    /// What happened, to a row of which file (by index).
    pub history: Vec<(usize, Recorded)>,
}

impl Store {
    /// Loads a programme in one transaction and marks the database as a demo.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] if the database holds other data; faults of the database.
    pub async fn load(&self, mut programme: Programme) -> Result<(), Error> {
        if self.holds_data().await? {
            let advice = "the database holds other data, and the demo programme is loaded into an empty database only: \
                          name another with --database-url";
            return Err(Error::Startup(advice.to_owned()));
        }
        let options = TransactionOptions {
            sqlite_transaction_mode: self.is_sqlite().then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = self.writing.begin_with_options(options).await?;
        let now = self.clock.now();
        client::Entity::delete_many().exec(&tx).await?;
        organisation::Entity::delete_many().exec(&tx).await?;
        insert::<organisation::Entity>(
            &tx,
            programme
                .organisations
                .iter()
                .map(|row| organisation_row(row, now)),
        )
        .await?;
        insert::<accreditation::Entity>(
            &tx,
            programme
                .accreditations
                .iter()
                .map(|row| accreditation_row(row, new_id(now))),
        )
        .await?;
        let clients = programme
            .clients
            .iter()
            .map(|new| client_row(new_id(now), new, now));
        let clients: Vec<client::Model> = clients.collect();
        let history = histories(&programme, &clients);
        insert::<client::Entity>(&tx, clients.into_iter()).await?;
        insert::<audit_entry::Entity>(&tx, history.into_iter()).await?;
        load_funding(&tx, &programme, now).await?;
        load_files(&tx, &programme.files, now).await?;
        super::movements::load(&tx, &programme, now).await?;
        programme.told.sort_by_key(|(when, _, _)| *when);
        let (notices, heads) = inboxes(&programme);
        insert::<notice::Entity>(&tx, notices.into_iter()).await?;
        let heads = heads.into_iter().map(|(recipient, last)| inbox_head::Model {
            recipient_id: recipient.uuid(),
            last_sequence: last,
        });
        insert::<inbox_head::Entity>(&tx, heads).await?;
        self.mark_demo(&tx).await?;
        Ok(tx.commit().await?)
    }
}

async fn load_funding(
    tx: &DatabaseTransaction,
    programme: &Programme,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let projects = &programme.projects;
    insert::<project::Entity>(tx, projects.iter().map(|new| convert::project_row(new, now))).await?;
    let missions = projects.iter().flat_map(|new| {
        new.missions.iter().map(|mission| project_mission::Model {
            project_id: new.id.uuid(),
            organisation_id: mission.uuid(),
        })
    });
    insert::<project_mission::Entity>(tx, missions).await?;
    let rules = programme.rules.iter();
    insert::<grant_rule::Entity>(tx, rules.map(|new| convert::grant_rule_row(new, now))).await?;
    let rates = programme.rates.iter();
    insert::<exchange_rate::Entity>(tx, rates.map(|new| convert::exchange_rate_row(new, now))).await
}

async fn load_files(tx: &DatabaseTransaction, files: &[CaseFile], now: DateTime<Utc>) -> Result<(), Error> {
    let firsts = files.iter().map(|file| &file.case);
    let firsts = firsts.filter(|case| begins(case.family, case.id));
    insert::<family::Entity>(
        tx,
        firsts.map(|case| family::Model {
            id: case.family.uuid(),
            opened_at: case.opened_at,
        }),
    )
    .await?;
    insert::<case::Entity>(tx, files.iter().map(convert::case_row)).await?;
    insert::<person::Entity>(
        tx,
        files
            .iter()
            .flat_map(|file| &file.persons)
            .map(convert::person_row),
    )
    .await?;
    insert::<consent::Entity>(tx, files.iter().flat_map(|file| &file.consents).map(Child::row)).await?;
    load_procedure(tx, files).await?;
    insert::<case_party::Entity>(
        tx,
        files
            .iter()
            .flat_map(|file| &file.parties)
            .map(convert::party_row),
    )
    .await?;
    let requests = files
        .iter()
        .flat_map(|file| &file.requests)
        .map(convert::request_row);
    insert::<travel_document_request::Entity>(tx, requests).await?;
    load_documents(tx, files).await?;
    insert::<itinerary::Entity>(
        tx,
        files
            .iter()
            .flat_map(|file| &file.itineraries)
            .map(convert::itinerary_row),
    )
    .await?;
    let flights = files.iter().flat_map(|file| &file.itineraries);
    let flights = flights.flat_map(|journey| {
        journey
            .segments
            .iter()
            .map(|flight| convert::segment_row(journey, flight, new_id(now)))
    });
    insert::<segment::Entity>(tx, flights).await?;
    let handlings = files.iter().flat_map(|file| &file.handlings);
    insert::<transit_handling::Entity>(tx, handlings.map(Child::row)).await?;
    let incidents = files.iter().flat_map(|file| &file.incidents);
    insert::<transit_incident::Entity>(tx, incidents.map(Child::row)).await?;
    let arrivals = files.iter().flat_map(|file| &file.arrivals);
    insert::<arrival::Entity>(tx, arrivals.map(Child::row)).await?;
    load_safeguards(tx, files).await?;
    load_assistance(tx, files, now).await
}

/// What led to the departure, and what followed the arrival.
async fn load_procedure(tx: &DatabaseTransaction, files: &[CaseFile]) -> Result<(), Error> {
    let aftercare = files.iter().flat_map(|file| &file.aftercare);
    insert::<aftercare::Entity>(tx, aftercare.map(Child::row)).await?;
    let referrals = files.iter().flat_map(|file| &file.referrals);
    insert::<referral::Entity>(tx, referrals.map(Child::row)).await?;
    let handovers = files.iter().flat_map(|file| &file.handovers);
    insert::<handover::Entity>(tx, handovers.map(Child::row)).await?;
    let sessions = files.iter().flat_map(|file| &file.counselling);
    insert::<counselling_session::Entity>(tx, sessions.map(Child::row)).await?;
    let checks = files.iter().flat_map(|file| &file.objections);
    insert::<objection_check::Entity>(tx, checks.map(Child::row)).await?;
    let periods = files.iter().flat_map(|file| &file.periods);
    insert::<statutory_period::Entity>(tx, periods.map(Child::row)).await?;
    let extensions = files.iter().flat_map(|file| &file.extensions);
    insert::<statutory_extension::Entity>(tx, extensions.map(Child::row)).await?;
    insert::<survey_response::Entity>(tx, files.iter().flat_map(|file| &file.surveys).map(Child::row))
        .await?;
    Ok(())
}

/// Grants with their payments, packages with their items.
async fn load_assistance(
    tx: &DatabaseTransaction,
    files: &[CaseFile],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    insert::<cash_grant::Entity>(
        tx,
        files.iter().flat_map(|file| &file.grants).map(convert::grant_row),
    )
    .await?;
    let payments = files.iter().flat_map(|file| &file.grants);
    let payments = payments.flat_map(|grant| {
        grant
            .tranches
            .iter()
            .map(|payment| convert::tranche_row(grant, payment, new_id(now)))
    });
    insert::<tranche::Entity>(tx, payments).await?;
    let computations = files.iter().flat_map(|file| &file.computations).map(Child::row);
    insert::<grant_computation::Entity>(tx, computations).await?;
    insert::<reintegration_package::Entity>(
        tx,
        files
            .iter()
            .flat_map(|file| &file.packages)
            .map(convert::package_row),
    )
    .await?;
    let contacts = files.iter().flat_map(|file| &file.packages);
    let contacts = contacts.flat_map(|package| {
        package
            .contacts
            .iter()
            .map(|contact| convert::contact_row(package, contact))
    });
    insert::<monitoring_contact::Entity>(tx, contacts).await?;
    let items = files.iter().flat_map(|file| &file.packages);
    let items = items.flat_map(|package| {
        package
            .items
            .iter()
            .map(|item| convert::item_row(package, item, new_id(now)))
    });
    insert::<package_item::Entity>(tx, items).await
}

/// The audit entries that tell of what happened, each in the name of a client that may do it.
fn histories(programme: &Programme, clients: &[client::Model]) -> Vec<audit_entry::Model> {
    let clerk = |entry: &Recorded| {
        let Cause::Command(action) = entry.cause else {
            return None;
        };
        let right = action.right().map(|right| right.to_string());
        let fits = |rights: &str| {
            right
                .as_ref()
                .map_or(rights == "[]", |right| rights.contains(right))
        };
        let mut of_owner = clients
            .iter()
            .filter(|one| one.organisation_id == entry.by.uuid());
        of_owner.find(|one| fits(&one.rights)).map(|one| one.id)
    };
    let entries = programme.history.iter().map(|(file, entry)| audit_entry::Model {
        id: new_id(entry.at),
        occurred_at: entry.at,
        request_id: "demo".to_owned(),
        client_id: clerk(entry),
        organisation_id: (entry.cause != Cause::Time).then(|| entry.by.uuid()),
        command: entry.cause.name().to_owned(),
        aggregate: entry.happened.aggregate.to_owned(),
        aggregate_id: entry.happened.id,
        case_id: Some(programme.files[*file].case.id.uuid()),
        from_state: entry.happened.from.map(str::to_owned),
        to_state: entry.happened.to.map(str::to_owned),
        event: Some(entry.happened.event.to_string()),
        reason: entry.reason.clone(),
        place: entry.place,
    });
    entries.collect()
}

async fn load_safeguards(tx: &DatabaseTransaction, files: &[CaseFile]) -> Result<(), Error> {
    macro_rules! load {
        ($($kind:ident: $table:ident),+ $(,)?) => {
            $(insert::<entity::$table::Entity>(
                tx,
                files.iter().flat_map(|file| &file.safeguards.$kind).map(Child::row),
            )
            .await?;)+
        };
    }
    load!(
        vulnerability: vulnerability_assessment,
        children: child_safeguards,
        fitness: fitness_assessment,
        medical_notes: medical_note,
        requirements: health_requirement,
        escorts: escort,
        clearances: airline_clearance,
        detentions: detention,
        appointments: consular_appointment,
        transfers: airport_transfer,
        accommodations: temporary_accommodation,
        circumstances: pre_departure_circumstances,
        assistance: assistance_provision,
        briefings: migrant_briefing,
    );
    Ok(())
}

/// What hangs on travel document requests, and documents that persons hold.
async fn load_documents(tx: &DatabaseTransaction, files: &[CaseFile]) -> Result<(), Error> {
    macro_rules! children {
        ($($rows:ident: $table:ident),+) => {
            $(insert::<entity::$table::Entity>(tx, files.iter().flat_map(|file| &file.$rows).map(Child::row)).await?;)+
        };
    }
    children!(
        information_requests: information_request, interviews: consular_interview, custody: custody_entry,
        personal_documents: personal_document
    );
    let snapshots = files.iter().flat_map(|file| {
        let requests = file.requests.iter();
        requests.filter_map(|request| super::snapshot::of(file, request.id))
    });
    insert::<entity::disclosure_snapshot::Entity>(tx, snapshots).await
}

/// Numbers the notices of each inbox, oldest first, and lets newer ones supersede or retract older ones.
fn inboxes(programme: &Programme) -> (Vec<notice::Model>, BTreeMap<OrganisationId, i64>) {
    let mut heads: BTreeMap<OrganisationId, i64> = BTreeMap::new();
    let mut notices: Vec<notice::Model> = Vec::with_capacity(programme.told.len());
    let mut by_inbox_and_case: BTreeMap<(OrganisationId, usize), Vec<usize>> = BTreeMap::new();
    for (when, file, draft) in &programme.told {
        let sequence = heads.entry(draft.recipient).or_default();
        *sequence += 1;
        let id = new_id(*when);
        let older = by_inbox_and_case.entry((draft.recipient, *file)).or_default();
        for index in older.iter() {
            let notice = &mut notices[*index];
            let retracted = Topic::from_code(&notice.topic).is_some_and(Topic::is_retracted);
            let same_chain = draft.topic.supersedes()
                && (notice.topic == draft.topic.to_string() || draft.topic == Topic::Consent)
                && draft
                    .request
                    .is_none_or(|request| notice.travel_document_request_id == Some(request.uuid()));
            if (same_chain || (draft.retracts && retracted)) && notice.superseded_by_id.is_none() {
                notice.superseded_by_id = Some(id);
            }
            if draft.retracts && retracted && notice.retracted_at.is_none() {
                notice.retracted_at = Some(*when);
            }
        }
        older.push(notices.len());
        notices.push(notice::Model {
            id,
            recipient_id: draft.recipient.uuid(),
            sequence: *sequence,
            kind: draft.kind.to_string(),
            topic: draft.topic.to_string(),
            occurred_at: *when,
            case_id: programme.files[*file].case.id.uuid(),
            itinerary_id: draft.itinerary.map(super::super::ids::ItineraryId::uuid),
            travel_document_request_id: draft
                .request
                .map(super::super::ids::TravelDocumentRequestId::uuid),
            cash_grant_id: draft.cash_grant.map(super::super::ids::CashGrantId::uuid),
            superseded_by_id: None,
            retracted_at: None,
            acknowledged_at: None,
            acknowledged_by: None,
            acknowledgement_note: None,
        });
    }
    // A notice is stored after the one that supersedes it, which its foreign key points to.
    notices.reverse();
    (notices, heads)
}

pub(super) async fn insert<E: EntityTrait>(
    tx: &DatabaseTransaction,
    rows: impl Iterator<Item = E::Model>,
) -> Result<(), Error>
where
    E::Model: ModelTrait<Entity = E> + IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    // PostgreSQL takes 65,535 parameters a statement, SQLite 32,766; no table has more than 64 columns.
    const ROWS_A_STATEMENT: usize = 500;
    let rows: Vec<E::ActiveModel> = rows.map(IntoActiveModel::into_active_model).collect();
    for chunk in rows.chunks(ROWS_A_STATEMENT) {
        E::insert_many(chunk.iter().cloned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
