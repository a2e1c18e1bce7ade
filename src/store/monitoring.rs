//! Recording outreach, and counting what missions recorded of the programme.

use super::seed::insert;
use super::unit_of_work::FindAll;
use super::{Store, UnitOfWork, convert};
use crate::domain::code::Code;
use crate::domain::outreach::OutreachVisit;
use crate::domain::partner_survey::SurveyRespondents;
use crate::domain::registry::RegistryEvent;
use crate::domain::territory::CountryCode;
use crate::domain::training::TrainingState;
use crate::error::Error;
use crate::policy::actions::Action;
use chrono::NaiveDate;
use entity::{audit_entry, campaign_report, organisation, outreach_visit, partner_survey, training};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

impl UnitOfWork {
    /// Records a visit.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_outreach_visit(&self, visit: &OutreachVisit) -> Result<(), Error> {
        outreach_visit::Entity::insert(convert::outreach_visit_row(visit).into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        self.record(
            Action::RecordOutreachVisit,
            RegistryEvent::OutreachVisitRecorded,
            ("OutreachVisit", visit.id.uuid()),
        )
        .await
    }

    /// Records many visits, each with an entry of its own in the history.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_outreach_visits(&self, visits: &[OutreachVisit]) -> Result<(), Error> {
        let rows = visits.iter().map(convert::outreach_visit_row);
        insert::<outreach_visit::Entity>(&self.transaction, rows).await?;
        let action = Action::RecordOutreachVisits;
        let entries = visits.iter().map(|visit| audit_entry::Model {
            event: Some(RegistryEvent::OutreachVisitRecorded.to_string()),
            ..self.entry(action.into(), "OutreachVisit", visit.id.uuid())
        });
        insert::<audit_entry::Entity>(&self.transaction, entries).await
    }
}

/// What missions recorded of the programme, counted: sums and numbers of places, never persons (INV-18).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordCounts {
    /// Contacts made by outreach, which are not unique persons.
    pub contacts: i64,
    /// Places that mobile teams were at, each once in its territory.
    pub locations: i64,
    /// The same, by territory.
    pub locations_by_territory: BTreeMap<CountryCode, i64>,
    /// Countries of origin of whom mobile teams met, each once.
    pub populations: i64,
    /// Persons reached with campaigns, as the platforms count them.
    pub reached: i64,
    /// Those of them who did something about it.
    pub engaged: i64,
    /// Territories that a report on a campaign is of.
    pub campaign_territories: i64,
    /// Staff in trainings with a signed list.
    pub staff_trained: i64,
    /// Officials and service providers in trainings with a signed list.
    pub partners_trained: i64,
    /// Sheets that came back from trainings that are evaluated.
    pub sheets_returned: i64,
    /// Those of them that say that the participant understands more now.
    pub sheets_better: i64,
    /// Partners who answered.
    pub partners_answered: i64,
    /// Those of them who perceive the project as enabling rights-based access.
    pub partners_enabling: i64,
    /// Partners and staff who answered.
    pub applying_answered: i64,
    /// Those of them who confirm that they apply what they learned.
    pub applying: i64,
}

/// What is counted: a territory, or all of them; some days, both included, or all of them.
struct Counted {
    territory: Option<CountryCode>,
    days: Option<RangeInclusive<NaiveDate>>,
}

impl Counted {
    fn on(&self, day: impl ColumnTrait) -> Condition {
        let days = self.days.as_ref();
        Condition::all().add_option(days.map(|days| day.between(*days.start(), *days.end())))
    }

    fn of(&self, day: impl ColumnTrait, territory: impl ColumnTrait) -> Condition {
        let place = self.territory.as_ref();
        self.on(day)
            .add_option(place.map(|place| territory.eq(place.as_str())))
    }
}

/// The sum of a column; none where there is no row.
type Sum = Option<i64>;

impl Store {
    /// Contacts made by outreach, which are not unique persons (INV-18).
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn count_contacts(&self) -> Result<i64, Error> {
        let sum: Option<Option<i64>> = outreach_visit::Entity::find_all()
            .select_only()
            .column_as(outreach_visit::Column::Contacts.sum(), "contacts")
            .into_tuple()
            .one(&self.reading)
            .await?;
        Ok(sum.flatten().unwrap_or_default())
    }

    /// Counts what missions recorded, of one territory or of all, on some days or ever: a visit, a training and a survey by
    /// its day, a report on a campaign by the last day that it covers.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn count_records(
        &self,
        territory: Option<CountryCode>,
        days: Option<RangeInclusive<NaiveDate>>,
    ) -> Result<RecordCounts, Error> {
        let counted = Counted { territory, days };
        let mut counts = RecordCounts::default();
        self.count_outreach(&counted, &mut counts).await?;
        self.count_campaigns(&counted, &mut counts).await?;
        self.count_trainings(&counted, &mut counts).await?;
        self.count_surveys(&counted, &mut counts).await?;
        Ok(counts)
    }

    async fn count_outreach(&self, counted: &Counted, counts: &mut RecordCounts) -> Result<(), Error> {
        use outreach_visit::Column as C;
        let groups: Vec<(String, String, String, Sum)> = outreach_visit::Entity::find_all()
            .select_only()
            .columns([C::Territory, C::Location, C::Populations])
            .column_as(C::Contacts.sum(), "contacts")
            .filter(counted.of(C::VisitedOn, C::Territory))
            .group_by(C::Territory)
            .group_by(C::Location)
            .group_by(C::Populations)
            .into_tuple()
            .all(&self.reading)
            .await?;
        let mut places = BTreeSet::new();
        let mut origins: BTreeSet<String> = BTreeSet::new();
        for (territory, location, populations, contacts) in &groups {
            counts.contacts += contacts.unwrap_or_default();
            if places.insert((territory, location))
                && let Some(territory) = CountryCode::parse(territory)
            {
                *counts.locations_by_territory.entry(territory).or_default() += 1;
            }
            origins.extend(serde_json::from_str::<Vec<String>>(populations).unwrap_or_default());
        }
        counts.locations = number(places.len());
        counts.populations = number(origins.len());
        Ok(())
    }

    async fn count_campaigns(&self, counted: &Counted, counts: &mut RecordCounts) -> Result<(), Error> {
        use campaign_report::Column as C;
        let groups: Vec<(String, Sum, Sum)> = campaign_report::Entity::find_all()
            .select_only()
            .column(C::Territory)
            .column_as(C::Reached.sum(), "reached")
            .column_as(C::Engaged.sum(), "engaged")
            .filter(counted.of(C::ToOn, C::Territory))
            .group_by(C::Territory)
            .into_tuple()
            .all(&self.reading)
            .await?;
        counts.campaign_territories = number(groups.len());
        counts.reached = groups.iter().filter_map(|(_, reached, _)| *reached).sum();
        counts.engaged = groups.iter().filter_map(|(_, _, engaged)| *engaged).sum();
        Ok(())
    }

    async fn count_trainings(&self, counted: &Counted, counts: &mut RecordCounts) -> Result<(), Error> {
        use training::Column as C;
        // Sheets are there only of what is evaluated.
        let listed = [TrainingState::ListSigned, TrainingState::Evaluated];
        let sums: Option<(Sum, Sum, Sum, Sum)> = training::Entity::find_all()
            .select_only()
            .column_as(C::StaffParticipants.sum(), "staff")
            .column_as(C::PartnerParticipants.sum(), "partners")
            .column_as(C::SheetsReturned.sum(), "returned")
            .column_as(C::SheetsBetter.sum(), "better")
            .filter(counted.of(C::HeldOn, C::Territory))
            .filter(C::State.is_in(listed.map(Code::code)))
            .into_tuple()
            .one(&self.reading)
            .await?;
        let (staff, partners, returned, better) = sums.unwrap_or_default();
        [
            counts.staff_trained,
            counts.partners_trained,
            counts.sheets_returned,
            counts.sheets_better,
        ] = [staff, partners, returned, better].map(Option::unwrap_or_default);
        Ok(())
    }

    async fn count_surveys(&self, counted: &Counted, counts: &mut RecordCounts) -> Result<(), Error> {
        use partner_survey::Column as C;
        // A survey is of the territory of the mission that asked.
        let there = counted.territory.as_ref().map(|territory| {
            let there = Query::select()
                .column(organisation::Column::Id)
                .from(organisation::Entity)
                .and_where(organisation::Column::Territory.eq(territory.as_str()))
                .to_owned();
            C::OrganisationId.in_subquery(there)
        });
        let groups: Vec<(String, Sum, Sum, Sum)> = partner_survey::Entity::find_all()
            .select_only()
            .column(C::Respondents)
            .column_as(C::Answered.sum(), "answered")
            .column_as(C::Enabling.sum(), "enabling")
            .column_as(C::Applying.sum(), "applying")
            .filter(counted.on(C::HeldOn).add_option(there))
            .group_by(C::Respondents)
            .into_tuple()
            .all(&self.reading)
            .await?;
        for (respondents, answered, enabling, applying) in groups {
            let [answered, enabling, applying] =
                [answered, enabling, applying].map(Option::unwrap_or_default);
            if respondents == SurveyRespondents::Partners.code() {
                counts.partners_answered += answered;
                counts.partners_enabling += enabling;
            }
            counts.applying_answered += answered;
            counts.applying += applying;
        }
        Ok(())
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
