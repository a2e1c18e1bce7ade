//! Rows of the application: its facts on the case, counselling sessions, objection checks, statutory periods.

use super::super::child::Child;
use super::At;
use crate::domain::application::{Application, EligibilityDecision, ReturnDecision};
use crate::domain::counselling::CounsellingSession;
use crate::domain::objection::ObjectionCheck;
use crate::domain::statutory::{StatutoryExtension, StatutoryPeriod};
use crate::error::Error;
use crate::ids::OrganisationId;
use entity::{counselling_session, objection_check, statutory_extension, statutory_period};
use uuid::Uuid;

/// What a row of a case says of its application.
pub(super) fn application(row: &entity::case::Model) -> Result<Application, Error> {
    let at = At("cases", row.id);
    let return_decision = match (
        row.return_decision_number.clone(),
        row.return_decision_issued_on,
        row.return_decision_authority.clone(),
        row.return_decision_mentions_avrr,
    ) {
        (None, None, None, None) => None,
        (Some(number), Some(issued_on), Some(authority), Some(mentions_avrr)) => Some(ReturnDecision {
            number,
            issued_on,
            served_on: row.return_decision_served_on,
            authority,
            mentions_avrr,
        }),
        _ => return Err(at.wrong("return_decision_number")),
    };
    let outcome = at.word_if("eligibility", row.eligibility.as_deref())?;
    let reason = at.word_if("ineligibility_reason", row.ineligibility_reason.as_deref())?;
    let eligibility = match (outcome, row.eligibility_decided_at) {
        (None, None) => None,
        (Some(outcome), Some(decided_at)) => Some(EligibilityDecision {
            outcome,
            reason,
            decided_at,
        }),
        _ => return Err(at.wrong("eligibility")),
    };
    Ok(Application {
        intake: at.word("intake_channel", &row.intake_channel)?,
        referred_by: row.referred_by_id.map(Into::into),
        return_decision,
        eligibility,
        vulnerability_assessed_at: row.vulnerability_assessed_at,
        decides: at.word_if("legal_decision_maker", row.legal_decision_maker.as_deref())?,
        data_exchange: at.word_if("data_exchange_form", row.data_exchange_form.as_deref())?,
        preferred_from: row.preferred_from,
        preferred_to: row.preferred_to,
        valid_until: row.application_valid_until,
        held_from: at.word_if("held_from", row.held_from.as_deref())?,
        hold_reason: at.word_if("hold_reason", row.hold_reason.as_deref())?,
        termination_reason: at.word_if("termination_reason", row.termination_reason.as_deref())?,
    })
}

/// Writes what is known of an application into the row of its case.
pub(super) fn write_application(application: &Application, row: &mut entity::case::Model) {
    let word = |word: Option<&dyn std::fmt::Display>| word.map(ToString::to_string);
    let decision = application.return_decision.as_ref();
    let eligibility = application.eligibility.as_ref();
    row.intake_channel = application.intake.to_string();
    row.referred_by_id = application.referred_by.map(OrganisationId::uuid);
    row.return_decision_number = decision.map(|decision| decision.number.clone());
    row.return_decision_issued_on = decision.map(|decision| decision.issued_on);
    row.return_decision_authority = decision.map(|decision| decision.authority.clone());
    row.return_decision_mentions_avrr = decision.map(|decision| decision.mentions_avrr);
    row.return_decision_served_on = decision.and_then(|decision| decision.served_on);
    row.eligibility = eligibility.map(|decided| decided.outcome.to_string());
    row.ineligibility_reason =
        eligibility.and_then(|decided| decided.reason.map(|reason| reason.to_string()));
    row.eligibility_decided_at = eligibility.map(|decided| decided.decided_at);
    row.vulnerability_assessed_at = application.vulnerability_assessed_at;
    row.legal_decision_maker = word(application.decides.as_ref().map(|it| it as _));
    row.data_exchange_form = word(application.data_exchange.as_ref().map(|it| it as _));
    row.preferred_from = application.preferred_from;
    row.preferred_to = application.preferred_to;
    row.application_valid_until = application.valid_until;
    row.held_from = word(application.held_from.as_ref().map(|it| it as _));
    row.hold_reason = word(application.hold_reason.as_ref().map(|it| it as _));
    row.termination_reason = word(application.termination_reason.as_ref().map(|it| it as _));
}

impl Child for CounsellingSession {
    type Entity = counselling_session::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> counselling_session::Column {
        counselling_session::Column::CaseId
    }

    fn read(row: counselling_session::Model) -> Result<Self, Error> {
        let at = At("counselling_sessions", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            kind: at.word("kind", &row.kind)?,
            mode: at.word("mode", &row.mode)?,
            facility: at.word_if("facility_kind", row.facility_kind.as_deref())?,
            language: row.language,
            understood: row.understood,
            interpreter: row.interpreter,
            mediator: row.cultural_mediator,
            held_on: row.held_on,
        })
    }

    fn row(&self) -> counselling_session::Model {
        counselling_session::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            kind: self.kind.to_string(),
            mode: self.mode.to_string(),
            language: self.language.clone(),
            understood: self.understood,
            interpreter: self.interpreter,
            cultural_mediator: self.mediator,
            facility_kind: self.facility.map(|facility| facility.to_string()),
            held_on: self.held_on,
        }
    }
}

impl Child for ObjectionCheck {
    type Entity = objection_check::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> objection_check::Column {
        objection_check::Column::CaseId
    }

    fn read(row: objection_check::Model) -> Result<Self, Error> {
        let at = At("objection_checks", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            authority: row.authority_id.into(),
            state: at.word("state", &row.state)?,
            requested_at: row.requested_at,
            silent_from: row.silent_from,
            decided_at: row.decided_at,
            ground: at.word_if("ground", row.ground.as_deref())?,
        })
    }

    fn row(&self) -> objection_check::Model {
        objection_check::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            authority_id: self.authority.uuid(),
            state: self.state.to_string(),
            requested_at: self.requested_at,
            silent_from: self.silent_from,
            decided_at: self.decided_at,
            ground: self.ground.map(|ground| ground.to_string()),
        }
    }
}

impl Child for StatutoryPeriod {
    type Entity = statutory_period::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> statutory_period::Column {
        statutory_period::Column::CaseId
    }

    fn read(row: statutory_period::Model) -> Result<Self, Error> {
        let at = At("statutory_periods", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            started_at: row.started_at,
            days: row.days,
            warning_days: serde_json::from_str(&row.warning_days).map_err(|_| at.wrong("warning_days"))?,
            warned: row.warned,
            exceeded: at.word_if("exceeded", row.exceeded.as_deref())?,
            suspension_stops: row.suspension_stops,
        })
    }

    fn row(&self) -> statutory_period::Model {
        statutory_period::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            started_at: self.started_at,
            days: self.days,
            warning_days: serde_json::json!(self.warning_days).to_string(),
            warned: self.warned,
            exceeded: self.exceeded.map(|reason| reason.to_string()),
            suspension_stops: self.suspension_stops,
        }
    }
}

impl Child for StatutoryExtension {
    type Entity = statutory_extension::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> statutory_extension::Column {
        statutory_extension::Column::CaseId
    }

    fn read(row: statutory_extension::Model) -> Result<Self, Error> {
        let at = At("statutory_extensions", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            period: row.statutory_period_id.into(),
            days: row.days,
            reason: at.word("reason", &row.reason)?,
            confirmed_on: row.confirmed_on,
            recorded_by: row.recorded_by_id.into(),
            ends_on: row.ends_on,
        })
    }

    fn row(&self) -> statutory_extension::Model {
        statutory_extension::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            statutory_period_id: self.period.uuid(),
            days: self.days,
            reason: self.reason.to_string(),
            confirmed_on: self.confirmed_on,
            recorded_by_id: self.recorded_by.uuid(),
            ends_on: self.ends_on,
        }
    }
}
