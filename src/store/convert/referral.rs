//! Referrals.

use super::At;
use crate::domain::referral::Referral;
use crate::error::Error;
use crate::ids::{OrganisationId, PersonId};
use crate::store::child::Child;
use sea_orm::EntityTrait;
use uuid::Uuid;

impl Child for Referral {
    type Entity = entity::referral::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> <Self::Entity as EntityTrait>::Column {
        entity::referral::Column::CaseId
    }

    fn read(row: entity::referral::Model) -> Result<Self, Error> {
        let at = At("referrals", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            sender: row.sender_id.into(),
            recipient: row.recipient_id.map(Into::into),
            provider: row.provider,
            person: row.person_id.map(Into::into),
            service: at.word("service", &row.service)?,
            consent_override: at.word_if("consent_override", row.consent_override.as_deref())?,
            state: at.word("state", &row.state)?,
            sent_at: row.sent_at,
            answered_at: row.answered_at,
            ended_at: row.ended_at,
            rejection: at.word_if("rejection", row.rejection.as_deref())?,
            version: row.version,
        })
    }

    fn row(&self) -> entity::referral::Model {
        entity::referral::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            sender_id: self.sender.uuid(),
            recipient_id: self.recipient.map(OrganisationId::uuid),
            provider: self.provider.clone(),
            person_id: self.person.map(PersonId::uuid),
            service: self.service.to_string(),
            consent_override: self.consent_override.map(|why| why.to_string()),
            state: self.state.to_string(),
            sent_at: self.sent_at,
            answered_at: self.answered_at,
            ended_at: self.ended_at,
            rejection: self.rejection.map(|why| why.to_string()),
            version: self.version,
        }
    }
}
