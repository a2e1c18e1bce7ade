//! Commands on surveys.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::steps::survey::NewSurveyResponse;
use crate::domain::survey::Instrument;
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
            |file, c| file.record_survey(new.clone(), c),
        )
        .await
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
