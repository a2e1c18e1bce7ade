//! Trainings, reports on campaigns, and surveys among partners and staff.

use super::At;
use crate::domain::campaign::{CampaignFigures, CampaignReport};
use crate::domain::partner_survey::{PartnerSurvey, SurveyTallies};
use crate::domain::training::{Participants, Sheets, Training};
use crate::error::Error;
use entity::{campaign_report, partner_survey};

pub(in crate::store) fn training(row: entity::training::Model) -> Result<Training, Error> {
    let at = At("trainings", row.id);
    let sheets = row.sheets_returned.zip(row.sheets_better);
    Ok(Training {
        id: row.id.into(),
        organisation: row.organisation_id.into(),
        topic: at.word("topic", &row.topic)?,
        territory: at.place("territory", &row.territory)?,
        venue: row.venue,
        held_on: row.held_on,
        state: at.word("state", &row.state)?,
        participants: Participants {
            staff: row.staff_participants,
            partners: row.partner_participants,
        },
        list_reference: row.list_reference,
        sheets: sheets.map(|(returned, better)| Sheets { returned, better }),
        recorded_at: row.recorded_at,
        version: row.version,
    })
}

pub(in crate::store) fn training_row(training: &Training) -> entity::training::Model {
    entity::training::Model {
        id: training.id.uuid(),
        organisation_id: training.organisation.uuid(),
        topic: training.topic.to_string(),
        territory: training.territory.to_string(),
        venue: training.venue.clone(),
        held_on: training.held_on,
        state: training.state.to_string(),
        staff_participants: training.participants.staff,
        partner_participants: training.participants.partners,
        list_reference: training.list_reference.clone(),
        sheets_returned: training.sheets.map(|sheets| sheets.returned),
        sheets_better: training.sheets.map(|sheets| sheets.better),
        recorded_at: training.recorded_at,
        version: training.version,
    }
}

pub(in crate::store) fn campaign_report(row: campaign_report::Model) -> Result<CampaignReport, Error> {
    let at = At("campaign_reports", row.id);
    Ok(CampaignReport {
        id: row.id,
        organisation: row.organisation_id.into(),
        territory: at.place("territory", &row.territory)?,
        figures: CampaignFigures {
            platform: at.word("platform", &row.platform)?,
            from_on: row.from_on,
            to_on: row.to_on,
            reached: row.reached,
            engaged: row.engaged,
            source: row.source,
        },
        recorded_at: row.recorded_at,
    })
}

pub(in crate::store) fn campaign_report_row(report: &CampaignReport) -> campaign_report::Model {
    campaign_report::Model {
        id: report.id,
        organisation_id: report.organisation.uuid(),
        territory: report.territory.to_string(),
        platform: report.figures.platform.to_string(),
        from_on: report.figures.from_on,
        to_on: report.figures.to_on,
        reached: report.figures.reached,
        engaged: report.figures.engaged,
        source: report.figures.source.clone(),
        recorded_at: report.recorded_at,
    }
}

pub(in crate::store) fn partner_survey(row: partner_survey::Model) -> Result<PartnerSurvey, Error> {
    let at = At("partner_surveys", row.id);
    Ok(PartnerSurvey {
        id: row.id,
        organisation: row.organisation_id.into(),
        tallies: SurveyTallies {
            held_on: row.held_on,
            respondents: at.word("respondents", &row.respondents)?,
            invited: row.invited,
            answered: row.answered,
            enabling: row.enabling,
            applying: row.applying,
        },
        recorded_at: row.recorded_at,
    })
}

pub(in crate::store) fn partner_survey_row(survey: &PartnerSurvey) -> partner_survey::Model {
    partner_survey::Model {
        id: survey.id,
        organisation_id: survey.organisation.uuid(),
        held_on: survey.tallies.held_on,
        respondents: survey.tallies.respondents.to_string(),
        invited: survey.tallies.invited,
        answered: survey.tallies.answered,
        enabling: survey.tallies.enabling,
        applying: survey.tallies.applying,
        recorded_at: survey.recorded_at,
    }
}
