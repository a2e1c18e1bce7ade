//! Survey responses and outreach visits.

use super::At;
use crate::domain::outreach::OutreachVisit;
use crate::domain::survey::SurveyResponse;
use crate::domain::territory::CountryCode;
use crate::error::Error;
use crate::store::child::Child;
use entity::survey_response::{Column, Entity, Model};
use uuid::Uuid;

impl Child for SurveyResponse {
    type Entity = Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> Column {
        Column::CaseId
    }

    fn read(row: Model) -> Result<Self, Error> {
        let at = At("survey_responses", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            instrument: at.word("instrument", &row.instrument)?,
            round: row.round,
            outcome: at.word("outcome", &row.outcome)?,
            state: at.word("state", &row.state)?,
            held_on: row.held_on,
            mode: at.word("mode", &row.mode)?,
            outside_window: at.word_if("outside_window", row.outside_window.as_deref())?,
            answers: serde_json::from_str(&row.answers).map_err(|_| at.wrong("answers"))?,
            instrument_version: row.instrument_version,
            language: row.language,
            recorded_at: row.recorded_at,
            recorded_by: row.recorded_by,
            validated_at: row.validated_at,
        })
    }

    fn row(&self) -> Model {
        Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            instrument: self.instrument.to_string(),
            instrument_version: self.instrument_version.clone(),
            round: self.round,
            outcome: self.outcome.to_string(),
            held_on: self.held_on,
            mode: self.mode.to_string(),
            language: self.language.clone(),
            outside_window: self.outside_window.map(|why| why.to_string()),
            answers: serde_json::json!(self.answers).to_string(),
            recorded_at: self.recorded_at,
            state: self.state.to_string(),
            recorded_by: self.recorded_by.clone(),
            validated_at: self.validated_at,
        }
    }
}

pub(in crate::store) fn outreach_visit(row: entity::outreach_visit::Model) -> Result<OutreachVisit, Error> {
    let at = At("outreach_visits", row.id);
    let places: Vec<String> = at.words("populations", &row.populations)?;
    let places = places.iter().map(|place| at.place("populations", place));
    Ok(OutreachVisit {
        id: row.id.into(),
        organisation: row.organisation_id.into(),
        territory: at.place("territory", &row.territory)?,
        location: row.location,
        visited_on: row.visited_on,
        contacts: row.contacts,
        populations: places.collect::<Result<_, _>>()?,
        recorded_at: row.recorded_at,
    })
}

pub(in crate::store) fn outreach_visit_row(visit: &OutreachVisit) -> entity::outreach_visit::Model {
    let populations: Vec<&str> = visit.populations.iter().map(CountryCode::as_str).collect();
    entity::outreach_visit::Model {
        id: visit.id.uuid(),
        organisation_id: visit.organisation.uuid(),
        territory: visit.territory.to_string(),
        location: visit.location.clone(),
        visited_on: visit.visited_on,
        contacts: visit.contacts,
        populations: serde_json::json!(populations).to_string(),
        recorded_at: visit.recorded_at,
    }
}
