//! Asking returnees (INV-15).

use super::require;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::party::ClientRight;
use crate::domain::survey::{
    Instrument, SURVEY_RESPONSE, SurveyMode, SurveyOutcome, SurveyResponse, SurveyState, WindowOverride,
};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{PersonId, new_id};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What is recorded of asking somebody.
#[derive(Clone, Debug)]
pub struct NewSurveyResponse {
    /// The person.
    pub person: PersonId,
    /// The instrument.
    pub instrument: Instrument,
    /// Its version.
    pub instrument_version: String,
    /// What became of it.
    pub outcome: SurveyOutcome,
    /// The day.
    pub held_on: NaiveDate,
    /// How.
    pub mode: SurveyMode,
    /// In which language.
    pub language: Option<String>,
    /// Why outside the window, where it is.
    pub outside_window: Option<WindowOverride>,
    /// Answers by question.
    pub answers: BTreeMap<String, String>,
}

impl CaseFile {
    /// Records that somebody was asked, and what they answered if they wished to.
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `DATE_OUT_OF_ORDER`, `SURVEY_WINDOW` outside the instrument's window without a reason,
    /// `SUPERVISOR_NEEDED` for a reason that no supervisor gives, `INVALID` for answers of somebody who declined, or none
    /// of somebody who took part.
    pub fn record_survey(
        self,
        new: NewSurveyResponse,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        self.person(new.person)
            .ok_or(Refusal::at(Reason::NotOnThisCase, "personId"))?;
        if new.held_on > c.today() {
            return Err(Refusal::at(Reason::DateOutOfOrder, "heldOn"));
        }
        if (new.outcome == SurveyOutcome::Submitted) == new.answers.is_empty() {
            return Err(Refusal::at(Reason::Invalid, "answers"));
        }
        let window = self.survey_window(new.instrument, new.person);
        let within = window.is_some_and(|window| window.holds(new.held_on));
        let outside_window = if within { None } else { new.outside_window };
        if !within {
            let returned = self
                .case
                .arrived_at
                .is_some_and(|arrived| arrived.date_naive() <= new.held_on);
            require(returned && outside_window.is_some(), Reason::SurveyWindow)?;
            require(c.by.may(ClientRight::Supervise), Reason::SupervisorNeeded)?;
        }
        let id = new_id(c.now).into();
        let earlier = self
            .surveys
            .iter()
            .filter(|asked| (asked.person_id, asked.instrument) == (new.person, new.instrument));
        let round = i32::try_from(earlier.count()).unwrap_or(i32::MAX - 1) + 1;
        let state = SURVEY_RESPONSE.begin("recordSurveyResponse", new.outcome.into())?;
        let mut next = self.clone();
        next.surveys.push(SurveyResponse {
            id,
            case_id: next.case.id,
            person_id: new.person,
            instrument: new.instrument,
            instrument_version: new.instrument_version,
            round,
            outcome: new.outcome,
            state,
            held_on: new.held_on,
            mode: new.mode,
            language: new.language,
            outside_window,
            answers: new.answers,
            recorded_at: c.now,
            recorded_by: c.by.signature(),
            validated_at: None,
        });
        let changed = Changed::moved(self, next, vec![DomainEvent::SurveyRecorded(id)]);
        Ok(match outside_window {
            Some(why) => changed.because(why),
            None => changed,
        })
    }

    /// Somebody else than the interviewer finds the answers complete (DOMAIN 2.9).
    ///
    /// # Errors
    ///
    /// `INVALID` where there is no such round; `WRONG_STATE` for a person who did not answer, or a second time;
    /// `FOUR_EYES` for the interviewer.
    pub fn validate_survey(
        self,
        (person, instrument, round): (PersonId, Instrument, i32),
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let mut asked = next.surveys.iter_mut();
        let response = asked
            .find(|asked| (asked.person_id, asked.instrument, asked.round) == (person, instrument, round))
            .ok_or(Refusal::at(Reason::Invalid, "round"))?;
        response.state =
            SURVEY_RESPONSE.step("validateSurveyResponse", response.state, SurveyState::Validated)?;
        require(response.recorded_by != c.by.signature(), Reason::FourEyes)?;
        response.validated_at = Some(c.now);
        let id = response.id;
        Ok(Changed::moved(self, next, vec![DomainEvent::SurveyValidated(id)]))
    }
}
