//! What missions record of the programme itself: trainings, campaigns, and surveys among partners and staff.

use super::seed::{Programme, insert};
use super::{UnitOfWork, convert, diff, scope};
use crate::domain::campaign::CampaignReport;
use crate::domain::partner_survey::PartnerSurvey;
use crate::domain::registry::RegistryEvent;
use crate::domain::training::Training;
use crate::domain::transition::Refusal;
use crate::error::Error;
use crate::ids::TrainingId;
use crate::policy::actions::Action;
use crate::policy::rows::{Resource, reach};
use entity::{campaign_report, partner_survey, training};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, QueryFilter, QuerySelect};

/// Loads what the missions of a programme recorded of it.
pub(super) async fn load(tx: &DatabaseTransaction, programme: &Programme) -> Result<(), Error> {
    let trainings = programme.trainings.iter();
    insert::<training::Entity>(tx, trainings.map(convert::training_row)).await?;
    let reports = programme.campaign_reports.iter();
    insert::<campaign_report::Entity>(tx, reports.map(convert::campaign_report_row)).await?;
    let surveys = programme.partner_surveys.iter();
    insert::<partner_survey::Entity>(tx, surveys.map(convert::partner_survey_row)).await
}

impl UnitOfWork {
    /// Keeps a training that was recorded.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_training(&self, new: &Training) -> Result<(), Error> {
        diff::insert::<training::Entity>(&self.transaction, convert::training_row(new)).await?;
        let (action, event) = (Action::RecordTraining, RegistryEvent::TrainingRecorded);
        self.tell_of_training((None, new), action, event).await
    }

    /// Reads a training under lock, if the actor reaches it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for one that does not exist or is out of reach; `CONFLICT` for a stale version; faults of the
    /// database.
    pub async fn training_for_update(&self, id: TrainingId, expected: i32) -> Result<Training, Error> {
        let within = reach(self.viewer()?, Resource::Training, self.now, self.windows);
        let select = scope::select::<training::Entity>(&within)
            .filter(training::Column::Id.eq(id.uuid()))
            .lock(LockType::NoKeyUpdate);
        let row = select.one(&self.transaction).await?.ok_or(Error::NotFound)?;
        Refusal::unless_current(row.version, expected)?;
        convert::training(row)
    }

    /// Saves a training that was moved on.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn save_training(
        &self,
        (before, next): (&Training, &Training),
        action: Action,
        event: RegistryEvent,
    ) -> Result<(), Error> {
        let row = convert::training_row(next);
        let unchanged = training::Column::Version.eq(before.version);
        diff::update::<training::Entity>(&self.transaction, row.id, unchanged, row).await?;
        self.tell_of_training((Some(before), next), action, event).await
    }

    async fn tell_of_training(
        &self,
        (before, next): (Option<&Training>, &Training),
        action: Action,
        event: RegistryEvent,
    ) -> Result<(), Error> {
        let states = (
            before.map(|before| before.state.to_string()),
            next.state.to_string(),
        );
        let row = ("Training", next.id.uuid());
        self.record_step((action.into(), event), row, states, None).await
    }

    /// Keeps a report on a campaign.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_campaign_report(&self, new: &CampaignReport) -> Result<(), Error> {
        let row = convert::campaign_report_row(new);
        diff::insert::<campaign_report::Entity>(&self.transaction, row).await?;
        let event = RegistryEvent::CampaignReportRecorded;
        let aggregate = ("CampaignReport", new.id);
        self.record(Action::RecordCampaignReport, event, aggregate).await
    }

    /// Keeps a survey among partners or staff.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_partner_survey(&self, new: &PartnerSurvey) -> Result<(), Error> {
        let row = convert::partner_survey_row(new);
        diff::insert::<partner_survey::Entity>(&self.transaction, row).await?;
        let event = RegistryEvent::PartnerSurveyRecorded;
        let aggregate = ("PartnerSurvey", new.id);
        self.record(Action::RecordPartnerSurvey, event, aggregate).await
    }
}
