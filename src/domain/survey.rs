//! What returnees are asked afterwards: three instruments, each in its own window (S0 section 6; DOMAIN 3).
//!
//! Taking part is voluntary. Who declines is counted among those who were asked and never among those who answered, and
//! an instrument may be answered more than once, each time as a round of its own.

use super::case_file::CaseFile;
use super::reintegration::ReintegrationPackageState;
use crate::ids::{CaseId, PersonId, SurveyResponseId};
use crate::{codes, lifecycle};
use chrono::{DateTime, Months, NaiveDate, Utc};
use std::collections::BTreeMap;

codes! { "An instrument: a questionnaire with a purpose of its own." Instrument {
    AvrPms = "AVR_PMS": "AVR Programme Monitoring Survey: outreach, counselling, travel and reception; within a month of the arrival.",
    Rss = "RSS": "Reintegration Sustainability Survey; 6 to 12 months after the return, once all support is concluded.",
    Rass = "RASS": "Reintegration Assistance Satisfaction Survey; once assistance is concluded.",
} }

codes! { "What became of asking somebody." SurveyOutcome {
    Submitted = "SUBMITTED": "The person answered.",
    Declined = "DECLINED": "The person did not wish to take part; counts among those asked, never among those who answered.",
    Unreachable = "UNREACHABLE": "The person could not be reached.",
} }

codes! { "State of a survey response." SurveyState {
    Submitted = "SUBMITTED": "The person answered; nobody else has looked at the answers.",
    Declined = "DECLINED": "The person did not wish to take part.",
    Unreachable = "UNREACHABLE": "The person could not be reached.",
    Validated = "VALIDATED": "Somebody else than the interviewer has found the answers complete; they are never changed.",
} }

lifecycle! { "The life of a survey response (DOMAIN 2.9); nothing is kept of asking that was only planned." SURVEY_RESPONSE "SurveyResponse": SurveyState {
    begin "recordSurveyResponse" => Submitted;
    begin "recordSurveyResponse" => Declined;
    begin "recordSurveyResponse" => Unreachable;
    "validateSurveyResponse": Submitted => Validated;
} }

impl From<SurveyOutcome> for SurveyState {
    fn from(outcome: SurveyOutcome) -> Self {
        match outcome {
            SurveyOutcome::Submitted => Self::Submitted,
            SurveyOutcome::Declined => Self::Declined,
            SurveyOutcome::Unreachable => Self::Unreachable,
        }
    }
}

codes! { "How somebody was asked." SurveyMode {
    InPerson = "IN_PERSON": "Face to face.",
    Phone = "PHONE": "By telephone.",
    Online = "ONLINE": "Online.",
} }

codes! { "Why a survey was held outside its window." WindowOverride {
    PersonUnreachableBefore = "PERSON_UNREACHABLE_BEFORE": "The person could not be reached within the window.",
    Security = "SECURITY": "The security situation did not allow it within the window.",
    SupportProlonged = "SUPPORT_PROLONGED": "Support went on for longer than the window.",
} }

/// One round of asking one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyResponse {
    /// Names the response.
    pub id: SurveyResponseId,
    /// The case.
    pub case_id: CaseId,
    /// The person who was asked.
    pub person_id: PersonId,
    /// The instrument.
    pub instrument: Instrument,
    /// Version of the instrument, whose questions never change.
    pub instrument_version: String,
    /// Number of the round of this instrument with this person, from 1.
    pub round: i32,
    /// What became of it.
    pub outcome: SurveyOutcome,
    /// State.
    pub state: SurveyState,
    /// The day on which the person was asked.
    pub held_on: NaiveDate,
    /// How.
    pub mode: SurveyMode,
    /// In which language, BCP 47.
    pub language: Option<String>,
    /// Why it was held outside the window, where it was.
    pub outside_window: Option<WindowOverride>,
    /// Answers by question, both as codes of the instrument's version.
    pub answers: BTreeMap<String, String>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it.
    pub recorded_by: String,
    /// When somebody else found the answers complete.
    pub validated_at: Option<DateTime<Utc>>,
}

/// The days on which an instrument may be held, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurveyWindow {
    /// First day.
    pub from: NaiveDate,
    /// Last day, where there is one.
    pub until: Option<NaiveDate>,
}

impl SurveyWindow {
    /// Whether a day lies within the window.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }
}

impl CaseFile {
    /// When a person of this case may be asked with an instrument; nothing while that cannot be said yet (INV-15).
    #[must_use]
    pub fn survey_window(&self, instrument: Instrument, person: PersonId) -> Option<SurveyWindow> {
        let returned = self.case.arrived_at?.date_naive();
        let packages: Vec<_> = self
            .packages
            .iter()
            .filter(|package| package.person_id == person)
            .collect();
        let concluded = packages.iter().all(|package| package.ended_at.is_some());
        match instrument {
            Instrument::AvrPms => Some(SurveyWindow {
                from: returned,
                until: returned.checked_add_months(Months::new(1)),
            }),
            Instrument::Rss if concluded => Some(SurveyWindow {
                from: returned.checked_add_months(Months::new(6))?,
                until: returned.checked_add_months(Months::new(12)),
            }),
            Instrument::Rss => None,
            Instrument::Rass => {
                let given = packages
                    .iter()
                    .filter(|package| package.state != ReintegrationPackageState::Forfeited);
                let from = given.filter_map(|package| package.ended_at).max()?.date_naive();
                concluded.then_some(SurveyWindow { from, until: None })
            }
        }
    }
}
