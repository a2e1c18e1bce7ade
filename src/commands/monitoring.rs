//! Commands on surveys.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::instrument::check_answers;
use crate::domain::steps::survey::NewSurveyResponse;
use crate::domain::survey::Instrument;
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::{CaseId, PersonId};
use crate::policy::actions::Action;
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
        let target = Target::Case(id, Some(expected));
        self.on_case(
            envelope,
            Action::RecordSurveyResponse,
            target,
            Answer::Case,
            |file, c| {
                self.check_answers(&new)?;
                file.record_survey(new.clone(), c)
            },
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
}
