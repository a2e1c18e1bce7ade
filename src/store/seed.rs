//! Loading a whole programme into an empty database: the register, the cases, and the inboxes that they led to.

mod registry;
mod told;

use super::child::Child;
use super::registry::client_row;
use super::unit_of_work::Cause;
use super::{Store, convert};
use crate::domain::agreement::TransferAgreement;
use crate::domain::case_file::CaseFile;
use crate::domain::consent::Purpose;
use crate::domain::entitlement::begins;
use crate::domain::funding::{ExchangeRate, GrantRule, Project};
use crate::domain::history::Happened;
use crate::domain::notice::NoticeDraft;
use crate::domain::outreach::OutreachVisit;
use crate::domain::party::{Accreditation, ClientRight, Organisation};
use crate::domain::statistics::facts_of;
use crate::domain::suspension::OperationsSuspension;
use crate::domain::territory::TerritoryProfile;
use crate::error::Error;
use crate::ids::{OrganisationId, new_id};
use chrono::{DateTime, Utc};
use entity::{
    aftercare, arrival, audit_entry, case, case_party, case_suspension, cash_grant, client, consent,
    counselling_session, exchange_rate, family, grant_computation, grant_rule, handover, inbox_head,
    itinerary, monitoring_contact, notice, objection_check, operations_suspension, organisation,
    outreach_visit, package_item, person, project, project_mission, referral, reintegration_package, segment,
    statutory_extension, statutory_period, survey_response, tranche, transit_handling, transit_incident,
    travel_document_request,
};
use sea_orm::{
    ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, Iterable, ModelTrait,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use told::{by_requests, histories, inboxes};

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
    /// Who issues its tokens; none for the issuer that the settings name first.
    pub issuer: Option<String>,
}

/// An entry in the history of a row, to load.
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
    /// Agreements on the transfer of personal data.
    pub agreements: Vec<TransferAgreement>,
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
    /// What happened, to a row of which file (by index), or of none.
    pub history: Vec<(Option<usize>, Recorded)>,
    /// Suspensions of operations, of which everybody concerned has been told.
    pub suspensions: Vec<OperationsSuspension>,
    /// Visits of mobile teams.
    pub visits: Vec<OutreachVisit>,
    /// Trainings as they stand.
    pub trainings: Vec<crate::domain::training::Training>,
    /// Reports on campaigns.
    pub campaign_reports: Vec<crate::domain::campaign::CampaignReport>,
    /// Surveys among partners and staff.
    pub partner_surveys: Vec<crate::domain::partner_survey::PartnerSurvey>,
    /// Complaints as they stand.
    pub complaints: Vec<crate::domain::complaint::Complaint>,
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
        registry::load(&tx, &programme, now).await?;
        let clients = programme
            .clients
            .iter()
            .map(|new| client_row(new_id(now), new, now));
        let clients: Vec<client::Model> = clients.collect();
        let history = histories(&programme, &clients);
        insert::<client::Entity>(&tx, clients.into_iter()).await?;
        insert::<audit_entry::Entity>(&tx, history.into_iter()).await?;
        load_funding(&tx, &programme, now).await?;
        load_monitoring(&tx, &programme).await?;
        load_files(&tx, &programme.files, now).await?;
        let facts = programme
            .files
            .iter()
            .flat_map(|file| facts_of(file.into(), &self.statistics.instruments).into_values());
        insert::<entity::person_fact::Entity>(&tx, facts.map(|fact| super::facts::row(&fact))).await?;
        super::movements::load(&tx, &programme, now).await?;
        super::programme::load(&tx, &programme).await?;
        super::complaints::load(&tx, &programme.complaints).await?;
        programme.told.sort_by_key(|(when, _, _)| *when);
        let (notices, heads) = inboxes(&programme, &self.ids);
        insert::<notice::Entity>(&tx, notices.into_iter()).await?;
        let heads = heads.into_iter().map(|(recipient, head)| inbox_head::Model {
            recipient_id: recipient.uuid(),
            last_sequence: head.sequence,
            chain: Some(head.chain),
            oldest_sequence: 1,
            oldest_chain: None,
        });
        insert::<inbox_head::Entity>(&tx, heads).await?;
        self.mark_demo(&tx).await?;
        super::ledger::append(&tx, by_requests(&programme.files)).await?;
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

/// What belongs to no case: outreach, and suspensions of operations.
async fn load_monitoring(tx: &DatabaseTransaction, programme: &Programme) -> Result<(), Error> {
    let suspensions = programme.suspensions.iter();
    insert::<operations_suspension::Entity>(tx, suspensions.map(convert::settled_suspension_row)).await?;
    let visits = programme.visits.iter();
    insert::<outreach_visit::Entity>(tx, visits.map(convert::outreach_visit_row)).await
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
    let accesses = files.iter().flat_map(|file| &file.break_glass);
    insert::<entity::break_glass_access::Entity>(tx, accesses.map(Child::row)).await?;
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
    let claims = files.iter().flat_map(|file| &file.asylum_claims);
    insert::<entity::asylum_claim::Entity>(tx, claims.map(Child::row)).await?;
    let suspensions = files.iter().flat_map(|file| &file.suspensions);
    insert::<case_suspension::Entity>(tx, suspensions.map(Child::row)).await?;
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

pub(super) async fn insert<E: EntityTrait>(
    tx: &DatabaseTransaction,
    rows: impl Iterator<Item = E::Model>,
) -> Result<(), Error>
where
    E::Model: ModelTrait<Entity = E> + IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    // A message to PostgreSQL that one TCP segment does not hold waits 40 ms for the acknowledgement of its first part, since
    // sqlx leaves Nagle's algorithm on: many small statements are faster than few large ones.
    const PARAMETERS_A_STATEMENT: usize = 500;
    let columns = E::Column::iter().count();
    let rows: Vec<E::ActiveModel> = rows.map(IntoActiveModel::into_active_model).collect();
    for chunk in rows.chunks((PARAMETERS_A_STATEMENT / columns).max(1)) {
        E::insert_many(chunk.iter().cloned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
