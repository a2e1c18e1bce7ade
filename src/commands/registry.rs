//! Commands on the registry of organisations and clients.

use super::{Desk, Envelope, authorise_by_kind};
use crate::domain::agreement::{LONGEST_JTI, RevocationReason, TransferAgreement};
use crate::domain::document::{RegisteredDocument, check_number};
use crate::domain::party::{Accreditation, Organisation, check_registration, is_code};
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::{ClientId, OrganisationId};
use crate::policy::actions::Action;
use crate::store::NewClient;
use uuid::Uuid;

impl Desk {
    /// Adds an organisation with its accreditations and perhaps its agreement; the ids in them are given by the caller.
    pub async fn register_organisation(
        &self,
        envelope: &Envelope,
        organisation: Organisation,
        accreditations: Vec<Accreditation>,
        agreement: Option<TransferAgreement>,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RegisterOrganisation)?;
        check_registration(&organisation, &accreditations)?;
        if let Some(agreement) = &agreement {
            agreement.check(self.store.clock().now().date_naive())?;
        }
        let (organisation, accreditations) = (&organisation, accreditations.as_slice());
        let agreement = agreement.as_ref();
        self.once(envelope, Action::RegisterOrganisation, move |uow| async move {
            uow.add_organisation(organisation, accreditations, agreement)
                .await?;
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
        if new.issuer.as_deref().is_some_and(|issuer| !is_printed(issuer)) {
            return Err(Refusal::at(Reason::Invalid, "issuer").into());
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
        let done = self.once(envelope, action, move |uow| async move {
            uow.set_suspended(id, expected, suspended).await?;
            Ok((uow, id.uuid()))
        });
        self.heard_at_the_door(done.await)
    }

    /// Revokes every token of a client that was issued until now.
    pub async fn revoke_client_tokens(
        &self,
        envelope: &Envelope,
        id: ClientId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RevokeClientTokens)?;
        let done = self.once(envelope, Action::RevokeClientTokens, move |uow| async move {
            uow.revoke_client_tokens(id, expected).await?;
            Ok((uow, id.uuid()))
        });
        self.heard_at_the_door(done.await)
    }

    /// Revokes one token of a client, by its name.
    pub async fn revoke_token(
        &self,
        envelope: &Envelope,
        id: ClientId,
        jti: &str,
        reason: RevocationReason,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RevokeToken)?;
        if jti.is_empty() || jti.len() > LONGEST_JTI {
            return Err(Refusal::at(Reason::Invalid, "jti").into());
        }
        let done = self.once(envelope, Action::RevokeToken, move |uow| async move {
            uow.revoke_token(id, jti, reason).await?;
            Ok((uow, id.uuid()))
        });
        self.heard_at_the_door(done.await)
    }

    /// Registers documents that a client may send by their digest.
    pub async fn register_documents(
        &self,
        envelope: &Envelope,
        id: ClientId,
        expected: i32,
        documents: Result<Vec<RegisteredDocument>, Refusal>,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RegisterDocuments)?;
        let documents = documents?;
        check_number(documents.len(), "documents")?;
        let documents = documents.as_slice();
        self.once(envelope, Action::RegisterDocuments, move |uow| async move {
            uow.register_documents(id, expected, documents).await?;
            Ok((uow, id.uuid()))
        })
        .await
    }

    /// Removes documents of a client, by their digests.
    pub async fn remove_documents(
        &self,
        envelope: &Envelope,
        id: ClientId,
        expected: i32,
        digests: Vec<String>,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RemoveDocuments)?;
        check_number(digests.len(), "sha256")?;
        let digests = digests.as_slice();
        self.once(envelope, Action::RemoveDocuments, move |uow| async move {
            uow.remove_documents(id, expected, digests).await?;
            Ok((uow, id.uuid()))
        })
        .await
    }

    /// Says whether a client may send registered documents alone; what it has open closes, and opens anew under the rule.
    pub async fn require_documents(
        &self,
        envelope: &Envelope,
        id: ClientId,
        expected: i32,
        required: bool,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RequireDocuments)?;
        let done = self.once(envelope, Action::RequireDocuments, move |uow| async move {
            uow.require_documents(id, expected, required).await?;
            Ok((uow, id.uuid()))
        });
        self.heard_at_the_door(done.await)
    }

    /// Records an agreement with an organisation.
    pub async fn record_agreement(
        &self,
        envelope: &Envelope,
        agreement: TransferAgreement,
        expected: i32,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RecordAgreement)?;
        agreement.check(self.store.clock().now().date_naive())?;
        let agreement = &agreement;
        self.once(envelope, Action::RecordAgreement, move |uow| async move {
            uow.record_agreement(agreement, expected).await?;
            Ok((uow, agreement.organisation.uuid()))
        })
        .await
    }

    /// Ends an agreement with an organisation, from now on.
    pub async fn end_agreement(
        &self,
        envelope: &Envelope,
        organisation: OrganisationId,
        reference: &str,
        expected: i32,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::EndAgreement)?;
        let done = self.once(envelope, Action::EndAgreement, move |uow| async move {
            uow.end_agreement(organisation, reference, expected).await?;
            Ok((uow, organisation.uuid()))
        });
        self.heard_at_the_door(done.await)
    }

    /// Lets whoever watches over open sockets look at once who may not stay.
    fn heard_at_the_door(&self, done: Result<Uuid, Error>) -> Result<Uuid, Error> {
        if done.is_ok() {
            self.hub.wake_the_door();
        }
        done
    }
}

/// Whether a text is the name of an issuer: 1 to 200 printed characters of ASCII.
fn is_printed(text: &str) -> bool {
    (1..=200).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}
