//! Commands on what missions record of the programme itself: trainings, campaigns, and surveys among partners and staff.

use super::{Desk, Envelope, authorise_by_kind};
use crate::domain::campaign::{CampaignFigures, CampaignReport};
use crate::domain::partner_survey::{PartnerSurvey, SurveyTallies};
use crate::domain::registry::RegistryEvent;
use crate::domain::territory::CountryCode;
use crate::domain::training::{NewTraining, Training, TrainingStep};
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::{OrganisationId, TrainingId, new_id};
use crate::policy::actions::Action;
use crate::store::UnitOfWork;
use uuid::Uuid;

/// The actor's mission, and the territory where it acts.
///
/// # Errors
///
/// `INVALID` for a mission that acts in none; faults of the database.
pub(super) async fn mission_there(uow: &UnitOfWork) -> Result<(OrganisationId, CountryCode), Error> {
    let directory = uow.directory().await?;
    let mission = uow.viewer()?.organisation;
    let place = directory
        .organisation(mission)
        .and_then(|mission| mission.territory);
    Ok((mission, place.ok_or(Refusal::at(Reason::Invalid, "territory"))?))
}

impl Desk {
    /// Records a training that the actor's mission held, or is to hold.
    pub async fn record_training(&self, envelope: &Envelope, new: NewTraining) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RecordTraining)?;
        let new = &new;
        self.once(envelope, Action::RecordTraining, move |uow| async move {
            let (by, id) = (mission_there(&uow).await?, new_id(uow.now()));
            let training = Training::record(id.into(), by, new.clone(), uow.now())?;
            uow.add_training(&training).await?;
            Ok((uow, id))
        })
        .await
    }

    /// Takes a step with a training of the actor's mission.
    pub async fn move_training(
        &self,
        envelope: &Envelope,
        id: TrainingId,
        expected: i32,
        step: TrainingStep,
    ) -> Result<Uuid, Error> {
        let (action, event) = match step {
            TrainingStep::Hold(..) => (Action::HoldTraining, RegistryEvent::TrainingHeld),
            TrainingStep::Sign(_) => (Action::SignTrainingList, RegistryEvent::TrainingListSigned),
            TrainingStep::Evaluate(_) => (Action::EvaluateTraining, RegistryEvent::TrainingEvaluated),
        };
        authorise_by_kind(envelope, action)?;
        let step = &step;
        self.once(envelope, action, move |uow| async move {
            let before = uow.training_for_update(id, expected).await?;
            let next = before.clone().take(step, uow.now())?;
            uow.save_training((&before, &next), action, event).await?;
            Ok((uow, id.uuid()))
        })
        .await
    }

    /// Records what a report on digital media says of a campaign in the territory where the actor's mission acts.
    pub async fn record_campaign_report(
        &self,
        envelope: &Envelope,
        figures: CampaignFigures,
    ) -> Result<Uuid, Error> {
        let action = Action::RecordCampaignReport;
        authorise_by_kind(envelope, action)?;
        let figures = &figures;
        self.once(envelope, action, move |uow| async move {
            let (organisation, territory) = mission_there(&uow).await?;
            let report = CampaignReport {
                id: new_id(uow.now()),
                organisation,
                territory,
                figures: figures.clone(),
                recorded_at: uow.now(),
            };
            report.check(uow.now().date_naive())?;
            uow.add_campaign_report(&report).await?;
            Ok((uow, report.id))
        })
        .await
    }

    /// Records the tallies of a survey of the actor's mission among partners or staff.
    pub async fn record_partner_survey(
        &self,
        envelope: &Envelope,
        tallies: SurveyTallies,
    ) -> Result<Uuid, Error> {
        let action = Action::RecordPartnerSurvey;
        authorise_by_kind(envelope, action)?;
        self.once(envelope, action, move |uow| async move {
            tallies.check(uow.now().date_naive())?;
            let survey = PartnerSurvey {
                id: new_id(uow.now()),
                organisation: uow.viewer()?.organisation,
                tallies,
                recorded_at: uow.now(),
            };
            uow.add_partner_survey(&survey).await?;
            Ok((uow, survey.id))
        })
        .await
    }
}
