//! Health before a journey, escorts and clearances.

use super::super::child::Child;
use super::{At, words};
use crate::domain::safeguards::{
    AirlineClearance, Escort, FitnessAssessment, HealthRequirement, MedicalNote,
};
use crate::error::Error;
use uuid::Uuid;

impl Child for FitnessAssessment {
    type Entity = entity::fitness_assessment::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::fitness_assessment::Column {
        entity::fitness_assessment::Column::CaseId
    }

    fn read(row: entity::fitness_assessment::Model) -> Result<Self, Error> {
        let at = At("fitness_assessments", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            state: at.word("state", &row.state)?,
            conditions: at.words("conditions", &row.conditions)?,
            requested_at: row.requested_at,
            performed_at: row.performed_at,
            valid_until: row.valid_until,
        })
    }

    fn row(&self) -> entity::fitness_assessment::Model {
        entity::fitness_assessment::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            state: self.state.to_string(),
            conditions: words(&self.conditions),
            requested_at: self.requested_at,
            performed_at: self.performed_at,
            valid_until: self.valid_until,
        }
    }
}

impl Child for MedicalNote {
    type Entity = entity::medical_note::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::medical_note::Column {
        entity::medical_note::Column::CaseId
    }

    fn read(row: entity::medical_note::Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            diagnosis: row.diagnosis,
            medication: row.medication,
            recorded_at: row.recorded_at,
        })
    }

    fn row(&self) -> entity::medical_note::Model {
        entity::medical_note::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            diagnosis: self.diagnosis.clone(),
            medication: self.medication.clone(),
            recorded_at: self.recorded_at,
        }
    }
}

impl Child for HealthRequirement {
    type Entity = entity::health_requirement::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::health_requirement::Column {
        entity::health_requirement::Column::CaseId
    }

    fn read(row: entity::health_requirement::Model) -> Result<Self, Error> {
        let at = At("health_requirements", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            requirement: at.word("requirement", &row.requirement)?,
            result: at.word_if("result", row.result.as_deref())?,
            valid_until: row.valid_until,
        })
    }

    fn row(&self) -> entity::health_requirement::Model {
        entity::health_requirement::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            requirement: self.requirement.to_string(),
            result: self.result.map(|word| word.to_string()),
            valid_until: self.valid_until,
        }
    }
}

impl Child for Escort {
    type Entity = entity::escort::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::escort::Column {
        entity::escort::Column::CaseId
    }

    fn read(row: entity::escort::Model) -> Result<Self, Error> {
        let at = At("escorts", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            number: row.number,
            kind: at.word("kind", &row.kind)?,
            state: at.word("state", &row.state)?,
            name: row.name,
            recommended_by: row.recommended_by,
            mhd_reference: row.mhd_reference,
        })
    }

    fn row(&self) -> entity::escort::Model {
        entity::escort::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            number: self.number,
            kind: self.kind.to_string(),
            state: self.state.to_string(),
            name: self.name.clone(),
            recommended_by: self.recommended_by.clone(),
            mhd_reference: self.mhd_reference.clone(),
        }
    }
}

impl Child for AirlineClearance {
    type Entity = entity::airline_clearance::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::airline_clearance::Column {
        entity::airline_clearance::Column::CaseId
    }

    fn read(row: entity::airline_clearance::Model) -> Result<Self, Error> {
        let at = At("airline_clearances", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            itinerary_id: row.itinerary_id.into(),
            kind: at.word("kind", &row.kind)?,
            reference: row.reference,
            cleared_at: row.cleared_at,
        })
    }

    fn row(&self) -> entity::airline_clearance::Model {
        entity::airline_clearance::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            itinerary_id: self.itinerary_id.uuid(),
            kind: self.kind.to_string(),
            reference: self.reference.clone(),
            cleared_at: self.cleared_at,
        }
    }
}
