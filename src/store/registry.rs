//! The registry: organisations, clients and host territories as commands change them; and how far inboxes have grown.

use super::unit_of_work::FindAll;
use super::{NewClient, Store, UnitOfWork, convert};
use crate::domain::agreement::TransferAgreement;
use crate::domain::code::Code;
use crate::domain::jurisdiction::Jurisdiction;
use crate::domain::party::{Accreditation, Organisation};
use crate::domain::registry::RegistryEvent;
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::{ClientId, OrganisationId, new_id};
use crate::policy::actions::Action;
use entity::{accreditation, case, client, inbox_head, jurisdiction, notice, organisation};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
};
use std::collections::HashMap;
use uuid::Uuid;

impl Store {
    /// The place of the newest notice in a recipient's inbox; 0 for an empty one.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn inbox_head(&self, recipient: OrganisationId) -> Result<i64, Error> {
        let head =
            inbox_head::Entity::find_all().filter(inbox_head::Column::RecipientId.eq(recipient.uuid()));
        Ok(head
            .one(&self.reading)
            .await?
            .map_or(0, |head| head.last_sequence))
    }

    /// The places of the newest notices in these recipients' inboxes; none for those that are empty.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn inbox_heads(
        &self,
        recipients: &[OrganisationId],
    ) -> Result<HashMap<OrganisationId, i64>, Error> {
        let named = recipients.iter().map(|recipient| recipient.uuid());
        let heads = inbox_head::Entity::find_all()
            .filter(inbox_head::Column::RecipientId.is_in(named))
            .all(&self.reading)
            .await?;
        let heads = heads.into_iter();
        Ok(heads
            .map(|head| (head.recipient_id.into(), head.last_sequence))
            .collect())
    }

    /// How many notices of a recipient's inbox still wait for an acknowledgement.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn unacknowledged(&self, recipient: OrganisationId) -> Result<i64, Error> {
        let waiting = notice::Entity::find_all()
            .filter(notice::Column::RecipientId.eq(recipient.uuid()))
            .filter(notice::Column::AcknowledgedAt.is_null());
        Ok(i64::try_from(waiting.count(&self.reading).await?).unwrap_or(i64::MAX))
    }
}

impl UnitOfWork {
    /// Whether the mission has used a reference before.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn reference_is_taken(&self, mission: OrganisationId, reference: &str) -> Result<bool, Error> {
        let same = case::Entity::find_all()
            .filter(case::Column::SendingMissionId.eq(mission.uuid()))
            .filter(case::Column::Reference.eq(reference));
        Ok(same.count(&self.transaction).await? > 0)
    }

    /// Adds an organisation with its accreditations and, where it has one already, its agreement.
    ///
    /// # Errors
    ///
    /// `ALREADY_EXISTS` for a code in use; faults of the database.
    pub async fn add_organisation(
        &self,
        new: &Organisation,
        accreditations: &[Accreditation],
        agreement: Option<&TransferAgreement>,
    ) -> Result<(), Error> {
        let same = organisation::Entity::find_all().filter(organisation::Column::Code.eq(new.code.as_str()));
        if same.count(&self.transaction).await? > 0 {
            return Err(Refusal::at(Reason::AlreadyExists, "code").into());
        }
        let row = organisation_row(new, self.now);
        organisation::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        for accreditation in accreditations {
            let row = accreditation_row(accreditation, new_id(self.now));
            accreditation::Entity::insert(row.into_active_model())
                .exec_without_returning(&self.transaction)
                .await?;
        }
        if let Some(agreement) = agreement {
            self.insert_agreement(agreement).await?;
        }
        self.record(
            Action::RegisterOrganisation,
            RegistryEvent::OrganisationRegistered,
            ("Organisation", new.id.uuid()),
        )
        .await
    }

    /// Adds a client to an organisation.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for an organisation that does not exist, `ALREADY_EXISTS` for a name in use,
    /// `PURPOSE_NOT_FOR_KIND` for a purpose that the kind of organisation has no need of.
    pub async fn add_client(&self, new: &NewClient) -> Result<ClientId, Error> {
        let owner = organisation::Entity::find_all().filter(organisation::Column::Id.eq(new.owner.uuid()));
        let owner = owner.one(&self.transaction).await?.ok_or(Error::NotFound)?;
        convert::organisation(owner)?.kind.check_purposes(&new.purposes)?;
        let same = client::Entity::find_all().filter(client::Column::ClientId.eq(new.client_id.as_str()));
        if same.count(&self.transaction).await? > 0 {
            return Err(Refusal::at(Reason::AlreadyExists, "clientId").into());
        }
        let id = new_id(self.now);
        let row = client_row(id, new, self.now);
        client::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        self.record(
            Action::RegisterClient,
            RegistryEvent::ClientRegistered,
            ("Client", id),
        )
        .await?;
        Ok(id.into())
    }

    /// Suspends a client, or lets it act again.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; `CONFLICT` for a stale version; `WRONG_STATE` where nothing would change.
    pub async fn set_suspended(
        &self,
        id: ClientId,
        expected_version: i32,
        suspended: bool,
    ) -> Result<(), Error> {
        let row = self.client_to_change(id, expected_version).await?;
        if row.suspended_at.is_some() == suspended {
            return Err(Reason::WrongState.into());
        }
        let (action, event) = if suspended {
            (Action::SuspendClient, RegistryEvent::ClientSuspended)
        } else {
            (Action::ResumeClient, RegistryEvent::ClientResumed)
        };
        let changed = client::Model {
            suspended_at: suspended.then_some(self.now),
            version: row.version + 1,
            ..row
        };
        self.save_client(changed).await?;
        self.record(action, event, ("Client", id.uuid())).await
    }

    /// Saves what holds in a host territory; its version is the one that was decided on.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for a place that hosts nobody; `CONFLICT` for a stale version.
    pub async fn configure(&self, changed: &Jurisdiction) -> Result<Uuid, Error> {
        let select = jurisdiction::Entity::find_all()
            .filter(jurisdiction::Column::Territory.eq(changed.territory.as_str()))
            .lock(LockType::NoKeyUpdate);
        let row = select.one(&self.transaction).await?.ok_or(Error::NotFound)?;
        if row.version != changed.version {
            let conflict = Reason::Conflict { current: row.version };
            return Err(Refusal::at(conflict, "expectedVersion").into());
        }
        let next = jurisdiction::Model {
            version: row.version + 1,
            ..convert::jurisdiction_row(row.id, changed)
        };
        jurisdiction::Entity::update_many()
            .set(next.into_active_model().reset_all())
            .filter(jurisdiction::Column::Id.eq(row.id))
            .exec(&self.transaction)
            .await?;
        self.record(
            Action::ConfigureJurisdiction,
            RegistryEvent::JurisdictionConfigured,
            ("Jurisdiction", row.id),
        )
        .await?;
        Ok(row.id)
    }
}

pub(super) fn organisation_row(
    organisation: &Organisation,
    now: chrono::DateTime<chrono::Utc>,
) -> organisation::Model {
    organisation::Model {
        id: organisation.id.uuid(),
        code: organisation.code.clone(),
        name: organisation.name.clone(),
        kind: organisation.kind.code().to_owned(),
        territory: organisation.territory.map(|place| place.to_string()),
        seat_city: organisation.seat_city.clone(),
        seat_country: organisation.seat_country.map(|place| place.to_string()),
        sending_state: organisation.sending_state.map(|place| place.to_string()),
        version: organisation.version,
        created_at: now,
    }
}

pub(super) fn accreditation_row(accreditation: &Accreditation, id: Uuid) -> accreditation::Model {
    accreditation::Model {
        id,
        organisation_id: accreditation.organisation.uuid(),
        host_territory: accreditation.host_territory.to_string(),
        valid_from: accreditation.valid_from,
        valid_to: accreditation.valid_to,
    }
}

pub(super) fn client_row(id: Uuid, new: &NewClient, now: chrono::DateTime<chrono::Utc>) -> client::Model {
    client::Model {
        id,
        client_id: new.client_id.clone(),
        organisation_id: new.owner.uuid(),
        purposes: serde_json::json!(new.purposes).to_string(),
        rights: serde_json::json!(new.rights).to_string(),
        territory_profile: new.territory_profile.to_string(),
        issuer: new.issuer.clone(),
        tokens_not_before: None,
        documents_only: false,
        suspended_at: None,
        version: 1,
        created_at: now,
    }
}
