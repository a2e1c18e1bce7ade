//! What prepares persons for the departure.

use super::super::child::Child;
use super::{At, words};
use crate::domain::safeguards::{AssistanceProvision, MigrantBriefing, PreDepartureCircumstances};
use crate::error::Error;
use uuid::Uuid;

impl Child for PreDepartureCircumstances {
    type Entity = entity::pre_departure_circumstances::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::pre_departure_circumstances::Column {
        entity::pre_departure_circumstances::Column::CaseId
    }

    fn read(row: entity::pre_departure_circumstances::Model) -> Result<Self, Error> {
        let at = At("pre_departure_circumstances", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            accommodation: at.word("accommodation", &row.accommodation)?,
            medical_treatment: row.medical_treatment,
            travel_needs: at.words("travel_needs", &row.travel_needs)?,
            recorded_at: row.recorded_at,
        })
    }

    fn row(&self) -> entity::pre_departure_circumstances::Model {
        entity::pre_departure_circumstances::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            accommodation: self.accommodation.to_string(),
            medical_treatment: self.medical_treatment,
            travel_needs: words(&self.travel_needs),
            recorded_at: self.recorded_at,
        }
    }
}

impl Child for AssistanceProvision {
    type Entity = entity::assistance_provision::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::assistance_provision::Column {
        entity::assistance_provision::Column::CaseId
    }

    fn read(row: entity::assistance_provision::Model) -> Result<Self, Error> {
        let at = At("assistance_provisions", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            kind: at.word("kind", &row.kind)?,
            provider: at.word("provider", &row.provider)?,
            provider_name: row.provider_name,
            provided_on: row.provided_on,
        })
    }

    fn row(&self) -> entity::assistance_provision::Model {
        entity::assistance_provision::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            kind: self.kind.to_string(),
            provider: self.provider.to_string(),
            provider_name: self.provider_name.clone(),
            provided_on: self.provided_on,
        }
    }
}

impl Child for MigrantBriefing {
    type Entity = entity::migrant_briefing::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::migrant_briefing::Column {
        entity::migrant_briefing::Column::CaseId
    }

    fn read(row: entity::migrant_briefing::Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            attempt_no: row.attempt_no,
            luggage_kilograms: row.luggage_kilograms,
            entitlements_explained: row.entitlements_explained,
            briefed_at: row.briefed_at,
        })
    }

    fn row(&self) -> entity::migrant_briefing::Model {
        entity::migrant_briefing::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            attempt_no: self.attempt_no,
            luggage_kilograms: self.luggage_kilograms,
            entitlements_explained: self.entitlements_explained,
            briefed_at: self.briefed_at,
        }
    }
}
