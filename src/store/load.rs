//! Reading a case file whole, inside a unit of work.
//!
//! Many kinds of rows can hang on a case, and most cases have few of them. One statement asks each table whether it holds
//! anything of the case, and only those that do are read. A table that the statement does not ask is read all the same, so
//! a file is never less than whole. Whoever changes a row of a case holds the case, so nothing comes in between.

use super::child::Child;
use super::convert;
use super::unit_of_work::{FindAll, UnitOfWork};
use crate::domain::case_file::CaseFile;
use crate::domain::cash_grant::CashGrant;
use crate::domain::code::Code;
use crate::domain::itinerary::Itinerary;
use crate::domain::notice::Topic;
use crate::domain::reintegration::ReintegrationPackage;
use crate::domain::safeguards::Safeguards;
use crate::domain::travel_document::TravelDocumentRequest;
use crate::error::Error;
use crate::ids::OrganisationId;
use entity::{
    case, case_party, cash_grant, itinerary, monitoring_contact, notice, package_item, person,
    reintegration_package, segment, travel_document_request,
};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityName, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Declares which tables are asked whether they hold rows of a case.
macro_rules! asked {
    ($($table:ident),+ $(,)?) => {
        /// The tables that are asked, and a statement that answers for each in one column.
        fn census(case: Uuid) -> (Vec<&'static str>, SelectStatement) {
            let mut tables = Vec::new();
            let mut census = Query::select();
            $(
                let rows = Query::select()
                    .expr(Expr::val(1))
                    .from(entity::$table::Entity)
                    .and_where(entity::$table::Column::CaseId.eq(case))
                    .to_owned();
                census.expr(Expr::exists(rows));
                tables.push(entity::$table::Entity.table_name());
            )+
            (tables, census)
        }
    };
}

// Every case has persons and parties.
asked! {
    consent, counselling_session, objection_check, statutory_period, statutory_extension, asylum_claim,
    travel_document_request, information_request, consular_interview, custody_entry, personal_document, paper,
    itinerary, transit_handling, transit_incident, arrival, case_suspension,
    cash_grant, grant_computation, reintegration_package, aftercare, handover, survey_response, referral,
    vulnerability_assessment, child_safeguards, fitness_assessment, medical_note, health_requirement, escort,
    airline_clearance, detention, consular_appointment, airport_transfer, temporary_accommodation,
    pre_departure_circumstances, assistance_provision, migrant_briefing, manifest_line, notice,
    break_glass_access,
}

impl UnitOfWork {
    /// Everything that hangs on a case.
    pub(super) async fn file(&self, row: case::Model) -> Result<CaseFile, Error> {
        let rows = Rows::of(self, row.id).await?;
        let (work, id) = (self, row.id);
        let persons = person::Entity::find_all()
            .filter(person::Column::CaseId.eq(id))
            .order_by_asc(person::Column::Position);
        let parties = case_party::Entity::find_all().filter(case_party::Column::CaseId.eq(id));
        let persons = work.all(persons).await?.into_iter().map(convert::person);
        let parties = work.all(parties).await?;
        let manifest_lines = rows.children().await?;
        Ok(CaseFile {
            movements: work.movements_of(&manifest_lines).await?,
            manifest_lines,
            case: convert::case(row)?,
            persons: persons.collect::<Result<_, _>>()?,
            consents: rows.children().await?,
            counselling: rows.children().await?,
            objections: rows.children().await?,
            periods: rows.children().await?,
            extensions: rows.children().await?,
            asylum_claims: rows.children().await?,
            parties: parties.iter().map(convert::party).collect::<Result<_, _>>()?,
            requests: rows.requests().await?,
            information_requests: rows.children().await?,
            interviews: rows.children().await?,
            custody: rows.children().await?,
            personal_documents: rows.children().await?,
            papers: rows.children().await?,
            itineraries: rows.itineraries().await?,
            handlings: rows.children().await?,
            incidents: rows.children().await?,
            arrivals: rows.children().await?,
            grants: rows.grants().await?,
            computations: rows.children().await?,
            suspensions: rows.children().await?,
            packages: rows.packages().await?,
            aftercare: rows.children().await?,
            handovers: rows.children().await?,
            safeguards: rows.safeguards().await?,
            surveys: rows.children().await?,
            referrals: rows.children().await?,
            break_glass: rows.children().await?,
            told: rows.told().await?,
        })
    }
}

/// The rows that hang on one case.
struct Rows<'a> {
    work: &'a UnitOfWork,
    case: Uuid,
    /// Tables that hold none.
    empty: BTreeSet<&'static str>,
}

impl<'a> Rows<'a> {
    async fn of(work: &'a UnitOfWork, case: Uuid) -> Result<Self, Error> {
        let (tables, census) = census(case);
        let answer = work.transaction.query_one(&census).await?;
        let answer = answer.ok_or(Error::Inconsistent {
            table: "cases",
            column: "id",
            id: case,
        })?;
        let mut empty = BTreeSet::new();
        for (column, table) in tables.into_iter().enumerate() {
            if !answer.try_get_by_index::<bool>(column)? {
                empty.insert(table);
            }
        }
        Ok(Self { work, case, empty })
    }

    /// Whether a table was asked and holds nothing of the case.
    fn none<E: EntityTrait>(&self) -> bool {
        self.empty.contains(E::default().table_name())
    }

    /// The children of one kind, oldest first.
    async fn children<C: Child>(&self) -> Result<Vec<C>, Error> {
        if self.none::<C::Entity>() {
            return Ok(Vec::new());
        }
        self.work.children_of(self.case).await
    }

    async fn requests(&self) -> Result<Vec<TravelDocumentRequest>, Error> {
        if self.none::<travel_document_request::Entity>() {
            return Ok(Vec::new());
        }
        let rows = travel_document_request::Entity::find_all()
            .filter(travel_document_request::Column::CaseId.eq(self.case))
            .order_by_asc(travel_document_request::Column::Id);
        let rows = self.work.all(rows).await?.into_iter();
        rows.map(convert::request).collect()
    }

    async fn grants(&self) -> Result<Vec<CashGrant>, Error> {
        if self.none::<cash_grant::Entity>() {
            return Ok(Vec::new());
        }
        self.work.grants_of(&[self.case]).await
    }

    async fn safeguards(&self) -> Result<Safeguards, Error> {
        Ok(Safeguards {
            vulnerability: self.children().await?,
            children: self.children().await?,
            fitness: self.children().await?,
            medical_notes: self.children().await?,
            requirements: self.children().await?,
            escorts: self.children().await?,
            clearances: self.children().await?,
            detentions: self.children().await?,
            appointments: self.children().await?,
            transfers: self.children().await?,
            accommodations: self.children().await?,
            circumstances: self.children().await?,
            assistance: self.children().await?,
            briefings: self.children().await?,
        })
    }

    async fn itineraries(&self) -> Result<Vec<Itinerary>, Error> {
        if self.none::<itinerary::Entity>() {
            return Ok(Vec::new());
        }
        let flights = segment::Entity::find_all()
            .filter(segment::Column::CaseId.eq(self.case))
            .order_by_asc(segment::Column::Position);
        let mut by_itinerary: HashMap<Uuid, Vec<_>> = HashMap::new();
        for row in self.work.all(flights).await? {
            by_itinerary
                .entry(row.itinerary_id)
                .or_default()
                .push(convert::segment(row)?);
        }
        let rows = itinerary::Entity::find_all()
            .filter(itinerary::Column::CaseId.eq(self.case))
            .order_by_asc(itinerary::Column::AttemptNo);
        let rows = self.work.all(rows).await?.into_iter();
        rows.map(|row| {
            let flights = by_itinerary.remove(&row.id).unwrap_or_default();
            convert::itinerary(row, flights)
        })
        .collect()
    }

    async fn packages(&self) -> Result<Vec<ReintegrationPackage>, Error> {
        if self.none::<reintegration_package::Entity>() {
            return Ok(Vec::new());
        }
        let items = package_item::Entity::find_all()
            .filter(package_item::Column::CaseId.eq(self.case))
            .order_by_asc(package_item::Column::Position);
        let mut by_package: HashMap<Uuid, Vec<_>> = HashMap::new();
        for row in self.work.all(items).await? {
            by_package
                .entry(row.reintegration_package_id)
                .or_default()
                .push(convert::item(row)?);
        }
        let contacts = monitoring_contact::Entity::find_all()
            .filter(monitoring_contact::Column::CaseId.eq(self.case))
            .order_by_asc(monitoring_contact::Column::Id);
        let mut followed: HashMap<Uuid, Vec<_>> = HashMap::new();
        for row in self.work.all(contacts).await? {
            followed
                .entry(row.reintegration_package_id)
                .or_default()
                .push(convert::contact(row)?);
        }
        let rows = reintegration_package::Entity::find_all()
            .filter(reintegration_package::Column::CaseId.eq(self.case))
            .order_by_asc(reintegration_package::Column::Id);
        let rows = self.work.all(rows).await?.into_iter();
        rows.map(|row| {
            let items = by_package.remove(&row.id).unwrap_or_default();
            let contacts = followed.remove(&row.id).unwrap_or_default();
            convert::package(row, items, contacts)
        })
        .collect()
    }

    async fn told(&self) -> Result<BTreeMap<OrganisationId, BTreeSet<Topic>>, Error> {
        if self.none::<notice::Entity>() {
            return Ok(BTreeMap::new());
        }
        let notices: Vec<(Uuid, String)> = notice::Entity::find_all()
            .select_only()
            .columns([notice::Column::RecipientId, notice::Column::Topic])
            .distinct()
            .filter(notice::Column::CaseId.eq(self.case))
            .filter(notice::Column::RetractedAt.is_null())
            .into_tuple()
            .all(&self.work.transaction)
            .await?;
        let mut told: BTreeMap<OrganisationId, BTreeSet<Topic>> = BTreeMap::new();
        for (recipient, topic) in notices {
            told.entry(recipient.into())
                .or_default()
                .extend(Topic::from_code(&topic));
        }
        Ok(told)
    }
}
