//! Persons who need particular care.

use super::super::child::Child;
use super::{At, words};
use crate::domain::safeguards::{
    AirportTransfer, ChildSafeguards, ConsularAppointment, Detention, Guardian, TemporaryAccommodation,
    VulnerabilityAssessment,
};
use crate::error::Error;
use crate::ids::OrganisationId;
use uuid::Uuid;

impl Child for VulnerabilityAssessment {
    type Entity = entity::vulnerability_assessment::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::vulnerability_assessment::Column {
        entity::vulnerability_assessment::Column::CaseId
    }

    fn read(row: entity::vulnerability_assessment::Model) -> Result<Self, Error> {
        let at = At("vulnerability_assessments", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            categories: at.words("categories", &row.categories)?,
            needs: at.words("needs", &row.needs)?,
            assessed_on: row.assessed_on,
        })
    }

    fn row(&self) -> entity::vulnerability_assessment::Model {
        entity::vulnerability_assessment::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            categories: words(&self.categories),
            needs: words(&self.needs),
            assessed_on: self.assessed_on,
        }
    }
}

impl Child for ChildSafeguards {
    type Entity = entity::child_safeguards::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::child_safeguards::Column {
        entity::child_safeguards::Column::CaseId
    }

    fn read(row: entity::child_safeguards::Model) -> Result<Self, Error> {
        let at = At("child_safeguards", row.id);
        let guardian = match (row.guardian_name, row.guardian_contact, row.guardian_authority) {
            (None, None, None) => None,
            (Some(name), Some(contact), Some(authority)) => Some(Guardian {
                name,
                contact,
                authority,
            }),
            _ => return Err(at.wrong("guardian_name")),
        };
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            best_interests: at.word_if("best_interests", row.best_interests.as_deref())?,
            guardian,
            guardian_consented_at: row.guardian_consented_at,
            child_consented_at: row.child_consented_at,
            family_assessed_on: row.family_assessed_on,
            handover_party: row.handover_party,
        })
    }

    fn row(&self) -> entity::child_safeguards::Model {
        let guardian = self.guardian.as_ref();
        entity::child_safeguards::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            best_interests: self.best_interests.map(|word| word.to_string()),
            guardian_name: guardian.map(|guardian| guardian.name.clone()),
            guardian_contact: guardian.map(|guardian| guardian.contact.clone()),
            guardian_authority: guardian.map(|guardian| guardian.authority.clone()),
            guardian_consented_at: self.guardian_consented_at,
            child_consented_at: self.child_consented_at,
            family_assessed_on: self.family_assessed_on,
            handover_party: self.handover_party.clone(),
        }
    }
}

impl Child for Detention {
    type Entity = entity::detention::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::detention::Column {
        entity::detention::Column::CaseId
    }

    fn read(row: entity::detention::Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            facility: row.facility,
            since: row.since,
            ended_on: row.ended_on,
        })
    }

    fn row(&self) -> entity::detention::Model {
        entity::detention::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            facility: self.facility.clone(),
            since: self.since,
            ended_on: self.ended_on,
        }
    }
}

impl Child for ConsularAppointment {
    type Entity = entity::consular_appointment::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::consular_appointment::Column {
        entity::consular_appointment::Column::CaseId
    }

    fn read(row: entity::consular_appointment::Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            number: row.number,
            at: row.scheduled_at,
            supported_by: row.supported_by_id.map(Into::into),
            supported_at: row.supported_at,
        })
    }

    fn row(&self) -> entity::consular_appointment::Model {
        entity::consular_appointment::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            number: self.number,
            scheduled_at: self.at,
            supported_by_id: self.supported_by.map(OrganisationId::uuid),
            supported_at: self.supported_at,
        }
    }
}

impl Child for AirportTransfer {
    type Entity = entity::airport_transfer::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::airport_transfer::Column {
        entity::airport_transfer::Column::CaseId
    }

    fn read(row: entity::airport_transfer::Model) -> Result<Self, Error> {
        let at = At("airport_transfers", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            provider: at.word("provider", &row.provider)?,
            pick_up_facility: row.pick_up_facility,
            pick_up_at: row.pick_up_at,
        })
    }

    fn row(&self) -> entity::airport_transfer::Model {
        entity::airport_transfer::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            provider: self.provider.to_string(),
            pick_up_facility: self.pick_up_facility.clone(),
            pick_up_at: self.pick_up_at,
        }
    }
}

impl Child for TemporaryAccommodation {
    type Entity = entity::temporary_accommodation::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::temporary_accommodation::Column {
        entity::temporary_accommodation::Column::CaseId
    }

    fn read(row: entity::temporary_accommodation::Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            place: row.place,
            from: row.from_day,
            until: row.until_day,
        })
    }

    fn row(&self) -> entity::temporary_accommodation::Model {
        entity::temporary_accommodation::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            place: self.place.clone(),
            from_day: self.from,
            until_day: self.until,
        }
    }
}
