//! Which case a row belongs to that a command names.

use super::UnitOfWork;
use super::unit_of_work::FindAll;
use crate::error::Error;
use crate::ids::CaseId;
use crate::policy::rows::Resource;
use entity::{cash_grant, consent, itinerary, referral, reintegration_package, travel_document_request};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

impl UnitOfWork {
    /// The case of a row that the actor names, if both exist.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; faults of the database.
    pub async fn case_of(&self, resource: Resource, id: Uuid) -> Result<CaseId, Error> {
        let case: Option<Uuid> = match resource {
            Resource::Case => Some(id),
            Resource::Consent => {
                self.case_named::<consent::Entity>(consent::Column::Id, consent::Column::CaseId, id)
                    .await?
            }
            Resource::TravelDocumentRequest => {
                use travel_document_request::{Column, Entity};
                self.case_named::<Entity>(Column::Id, Column::CaseId, id).await?
            }
            Resource::Itinerary => {
                self.case_named::<itinerary::Entity>(itinerary::Column::Id, itinerary::Column::CaseId, id)
                    .await?
            }
            Resource::CashGrant => {
                self.case_named::<cash_grant::Entity>(cash_grant::Column::Id, cash_grant::Column::CaseId, id)
                    .await?
            }
            Resource::Referral => {
                self.case_named::<referral::Entity>(referral::Column::Id, referral::Column::CaseId, id)
                    .await?
            }
            Resource::ReintegrationPackage => {
                use reintegration_package::{Column, Entity};
                self.case_named::<Entity>(Column::Id, Column::CaseId, id).await?
            }
            Resource::BreakGlassAccess => {
                use entity::break_glass_access::{Column, Entity};
                self.case_named::<Entity>(Column::Id, Column::CaseId, id).await?
            }
            Resource::Person
            | Resource::Notice
            | Resource::Organisation
            | Resource::Client
            | Resource::Jurisdiction
            | Resource::OutreachVisit
            | Resource::Training
            | Resource::ProgrammeRecord
            | Resource::Funding
            | Resource::OperationsSuspension
            | Resource::Movement
            | Resource::Complaint
            | Resource::Disclosure
            | Resource::RetentionCertificate
            | Resource::Webhook
            | Resource::Escalation
            | Resource::EscalationRule => None,
        };
        case.map(Into::into).ok_or(Error::NotFound)
    }

    async fn case_named<E: EntityTrait>(
        &self,
        key: E::Column,
        case: E::Column,
        id: Uuid,
    ) -> Result<Option<Uuid>, Error> {
        let select = E::find_all().select_only().column(case).filter(key.eq(id));
        Ok(select.into_tuple().one(&self.transaction).await?)
    }
}
