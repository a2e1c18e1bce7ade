//! Commands on surveys and outreach.

use super::{Answer, Desk, Envelope, Target, authorise_by_kind};
use crate::domain::instrument::check_answers;
use crate::domain::outreach::OutreachVisit;
use crate::domain::steps::survey::NewSurveyResponse;
use crate::domain::survey::Instrument;
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::{CaseId, PersonId, new_id};
use crate::policy::actions::Action;
use chrono::NaiveDate;
use uuid::Uuid;

impl Desk {
    /// Records that a returnee was asked.
    pub async fn record_survey_response(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: i32,
        new: NewSurveyResponse,
    ) -> Result<Uuid, Error> {
        self.check_answers(&new)?;
        let target = Target::Case(id, Some(expected));
        self.on_case(
            envelope,
            Action::RecordSurveyResponse,
            target,
            Answer::Case,
            |file, c| file.record_survey(new.clone(), c),
        )
        .await
    }

    /// Answers have to be those of a version of the instrument that is known: others could never be counted.
    fn check_answers(&self, new: &NewSurveyResponse) -> Result<(), Refusal> {
        let version = self
            .store
            .statistics()
            .instruments
            .version(new.instrument, &new.instrument_version);
        let version = version.ok_or(Refusal::at(Reason::Invalid, "instrumentVersion"))?;
        check_answers(version, &new.answers).map_err(|_| Refusal::at(Reason::Invalid, "answers"))
    }

    /// Finds the answers of a round of asking complete.
    pub async fn validate_survey_response(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: i32,
        asked: (PersonId, Instrument, i32),
    ) -> Result<Uuid, Error> {
        let (action, target) = (Action::ValidateSurveyResponse, Target::Case(id, Some(expected)));
        self.on_case(envelope, action, target, Answer::Case, |file, c| {
            file.validate_survey(asked, c)
        })
        .await
    }

    /// Records a visit of the actor's mission in the territory where it acts.
    pub async fn record_outreach_visit(
        &self,
        envelope: &Envelope,
        (location, visited_on, contacts): (String, NaiveDate, i32),
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RecordOutreachVisit)?;
        let location = location.as_str();
        self.once(envelope, Action::RecordOutreachVisit, move |uow| async move {
            let directory = uow.directory().await?;
            let mission = uow.viewer()?.organisation;
            let place = directory
                .organisation(mission)
                .and_then(|mission| mission.territory);
            let visit = OutreachVisit {
                id: new_id(uow.now()).into(),
                organisation: mission,
                territory: place.ok_or(Refusal::at(Reason::Invalid, "territory"))?,
                location: location.to_owned(),
                visited_on,
                contacts,
                recorded_at: uow.now(),
            };
            visit.check(uow.now().date_naive())?;
            uow.add_outreach_visit(&visit).await?;
            Ok((uow, visit.id.uuid()))
        })
        .await
    }
}
