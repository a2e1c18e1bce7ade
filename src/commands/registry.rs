//! Commands on the registry of organisations and clients.

use super::{Desk, Envelope, authorise_by_kind};
use crate::domain::party::{Accreditation, Organisation, check_registration, is_code};
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::ClientId;
use crate::policy::actions::Action;
use crate::store::NewClient;
use uuid::Uuid;

impl Desk {
    /// Adds an organisation with its accreditations; the ids in them are given by the caller.
    pub async fn register_organisation(
        &self,
        envelope: &Envelope,
        organisation: Organisation,
        accreditations: Vec<Accreditation>,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RegisterOrganisation)?;
        check_registration(&organisation, &accreditations)?;
        let (organisation, accreditations) = (&organisation, accreditations.as_slice());
        self.once(envelope, Action::RegisterOrganisation, move |uow| async move {
            uow.add_organisation(organisation, accreditations).await?;
            Ok((uow, organisation.id.uuid()))
        })
        .await
    }

    /// Adds a client to an organisation.
    pub async fn register_client(&self, envelope: &Envelope, new: NewClient) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RegisterClient)?;
        if !is_code(&new.client_id) {
            return Err(Refusal::at(Reason::Invalid, "clientId").into());
        }
        let new = &new;
        self.once(envelope, Action::RegisterClient, move |uow| async move {
            let id = uow.add_client(new).await?;
            Ok((uow, id.uuid()))
        })
        .await
    }

    /// Suspends a client, or lets it act again.
    pub async fn set_client_suspended(
        &self,
        envelope: &Envelope,
        id: ClientId,
        expected: i32,
        suspended: bool,
    ) -> Result<Uuid, Error> {
        let action = if suspended {
            Action::SuspendClient
        } else {
            Action::ResumeClient
        };
        authorise_by_kind(envelope, action)?;
        self.once(envelope, action, move |uow| async move {
            uow.set_suspended(id, expected, suspended).await?;
            Ok((uow, id.uuid()))
        })
        .await
    }
}
