//! Reading a case file whole, inside a unit of work.

use super::convert;
use super::unit_of_work::{FindAll, UnitOfWork};
use crate::domain::case_file::CaseFile;
use crate::domain::code::Code;
use crate::domain::notice::Topic;
use crate::domain::safeguards::Safeguards;
use crate::error::Error;
use crate::ids::OrganisationId;
use entity::{
    case, case_party, itinerary, monitoring_contact, notice, package_item, person, reintegration_package,
    segment, travel_document_request,
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

impl UnitOfWork {
    /// Everything that hangs on a case.
    pub(super) async fn file(&self, row: case::Model) -> Result<CaseFile, Error> {
        let id = row.id;
        let persons = person::Entity::find_all()
            .filter(person::Column::CaseId.eq(id))
            .order_by_asc(person::Column::Position);
        let parties = case_party::Entity::find_all().filter(case_party::Column::CaseId.eq(id));
        let requests = travel_document_request::Entity::find_all()
            .filter(travel_document_request::Column::CaseId.eq(id))
            .order_by_asc(travel_document_request::Column::Id);
        let manifest_lines = self.children_of(id).await?;
        Ok(CaseFile {
            movements: self.movements_of(&manifest_lines).await?,
            manifest_lines,
            case: convert::case(row)?,
            persons: self
                .all(persons)
                .await?
                .into_iter()
                .map(convert::person)
                .collect::<Result<_, _>>()?,
            consents: self.children_of(id).await?,
            counselling: self.children_of(id).await?,
            objections: self.children_of(id).await?,
            periods: self.children_of(id).await?,
            extensions: self.children_of(id).await?,
            parties: self
                .all(parties)
                .await?
                .iter()
                .map(convert::party)
                .collect::<Result<_, _>>()?,
            requests: self
                .all(requests)
                .await?
                .into_iter()
                .map(convert::request)
                .collect::<Result<_, _>>()?,
            information_requests: self.children_of(id).await?,
            interviews: self.children_of(id).await?,
            custody: self.children_of(id).await?,
            personal_documents: self.children_of(id).await?,
            itineraries: self.itineraries(id).await?,
            handlings: self.children_of(id).await?,
            incidents: self.children_of(id).await?,
            arrivals: self.children_of(id).await?,
            grants: self.grants_of(&[id]).await?,
            computations: self.children_of(id).await?,
            suspensions: self.children_of(id).await?,
            packages: self.packages(id).await?,
            aftercare: self.children_of(id).await?,
            handovers: self.children_of(id).await?,
            safeguards: self.safeguards(id).await?,
            surveys: self.children_of(id).await?,
            referrals: self.children_of(id).await?,
            told: self.told(id).await?,
        })
    }

    async fn safeguards(&self, case: Uuid) -> Result<Safeguards, Error> {
        Ok(Safeguards {
            vulnerability: self.children_of(case).await?,
            children: self.children_of(case).await?,
            fitness: self.children_of(case).await?,
            medical_notes: self.children_of(case).await?,
            requirements: self.children_of(case).await?,
            escorts: self.children_of(case).await?,
            clearances: self.children_of(case).await?,
            detentions: self.children_of(case).await?,
            appointments: self.children_of(case).await?,
            transfers: self.children_of(case).await?,
            accommodations: self.children_of(case).await?,
            circumstances: self.children_of(case).await?,
            assistance: self.children_of(case).await?,
            briefings: self.children_of(case).await?,
        })
    }

    async fn itineraries(&self, case: Uuid) -> Result<Vec<crate::domain::itinerary::Itinerary>, Error> {
        let flights = segment::Entity::find_all()
            .filter(segment::Column::CaseId.eq(case))
            .order_by_asc(segment::Column::Position);
        let mut by_itinerary: HashMap<Uuid, Vec<_>> = HashMap::new();
        for row in self.all(flights).await? {
            by_itinerary
                .entry(row.itinerary_id)
                .or_default()
                .push(convert::segment(row)?);
        }
        let rows = itinerary::Entity::find_all()
            .filter(itinerary::Column::CaseId.eq(case))
            .order_by_asc(itinerary::Column::AttemptNo);
        let rows = self.all(rows).await?.into_iter();
        rows.map(|row| {
            let flights = by_itinerary.remove(&row.id).unwrap_or_default();
            convert::itinerary(row, flights)
        })
        .collect()
    }

    async fn packages(
        &self,
        case: Uuid,
    ) -> Result<Vec<crate::domain::reintegration::ReintegrationPackage>, Error> {
        let items = package_item::Entity::find_all()
            .filter(package_item::Column::CaseId.eq(case))
            .order_by_asc(package_item::Column::Position);
        let mut by_package: HashMap<Uuid, Vec<_>> = HashMap::new();
        for row in self.all(items).await? {
            by_package
                .entry(row.reintegration_package_id)
                .or_default()
                .push(convert::item(row)?);
        }
        let contacts = monitoring_contact::Entity::find_all()
            .filter(monitoring_contact::Column::CaseId.eq(case))
            .order_by_asc(monitoring_contact::Column::Id);
        let mut followed: HashMap<Uuid, Vec<_>> = HashMap::new();
        for row in self.all(contacts).await? {
            followed
                .entry(row.reintegration_package_id)
                .or_default()
                .push(convert::contact(row)?);
        }
        let rows = reintegration_package::Entity::find_all()
            .filter(reintegration_package::Column::CaseId.eq(case))
            .order_by_asc(reintegration_package::Column::Id);
        let rows = self.all(rows).await?.into_iter();
        rows.map(|row| {
            let items = by_package.remove(&row.id).unwrap_or_default();
            let contacts = followed.remove(&row.id).unwrap_or_default();
            convert::package(row, items, contacts)
        })
        .collect()
    }

    async fn told(&self, case: Uuid) -> Result<BTreeMap<OrganisationId, BTreeSet<Topic>>, Error> {
        let notices: Vec<(Uuid, String)> = notice::Entity::find_all()
            .select_only()
            .columns([notice::Column::RecipientId, notice::Column::Topic])
            .distinct()
            .filter(notice::Column::CaseId.eq(case))
            .filter(notice::Column::RetractedAt.is_null())
            .into_tuple()
            .all(&self.transaction)
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
