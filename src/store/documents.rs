//! The documents that clients have registered.

use super::unit_of_work::FindAll;
use super::{Store, UnitOfWork};
use crate::domain::document::{MOST_DOCUMENTS, RegisteredDocument};
use crate::domain::registry::RegistryEvent;
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::{ClientId, new_id};
use crate::policy::actions::Action;
use entity::{client, registered_document};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, Select};
use std::collections::HashSet;

impl Store {
    /// The text of a document that a client has registered, by its digest.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn registered_document(&self, client: ClientId, sha256: &str) -> Result<Option<String>, Error> {
        let named = of_client(client).filter(registered_document::Column::Sha256.eq(sha256));
        let found = named.one(&self.reading).await?;
        Ok(found.map(|row| row.document))
    }
}

impl UnitOfWork {
    /// Adds documents to those of a client; what it has already stays as it is.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; `CONFLICT` for a stale version; `INVALID` where the client would have too many.
    pub async fn register_documents(
        &self,
        id: ClientId,
        expected_version: i32,
        documents: &[RegisteredDocument],
    ) -> Result<(), Error> {
        let row = self.client_to_change(id, expected_version).await?;
        let known = of_client(id).all(&self.transaction).await?;
        let mut known: HashSet<String> = known.into_iter().map(|row| row.sha256).collect();
        for document in documents {
            if !known.insert(document.sha256.clone()) {
                continue;
            }
            let row = registered_document::Model {
                id: new_id(self.now),
                client_id: id.uuid(),
                sha256: document.sha256.clone(),
                operation_name: document.operation_name.clone(),
                document: document.text.clone(),
                registered_at: document.registered_at,
            };
            registered_document::Entity::insert(row.into_active_model())
                .exec_without_returning(&self.transaction)
                .await?;
        }
        if known.len() > MOST_DOCUMENTS {
            return Err(Refusal::at(Reason::Invalid, "documents").into());
        }
        self.client_changed(row).await?;
        let subject = ("Client", id.uuid());
        self.record(
            Action::RegisterDocuments,
            RegistryEvent::DocumentsRegistered,
            subject,
        )
        .await
    }

    /// Removes documents of a client.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; `CONFLICT` for a stale version; `INVALID` for a digest that the client has not registered.
    pub async fn remove_documents(
        &self,
        id: ClientId,
        expected_version: i32,
        digests: &[String],
    ) -> Result<(), Error> {
        let row = self.client_to_change(id, expected_version).await?;
        let distinct: HashSet<&str> = digests.iter().map(String::as_str).collect();
        let number = distinct.len();
        let removed = registered_document::Entity::delete_many()
            .filter(registered_document::Column::ClientId.eq(id.uuid()))
            .filter(registered_document::Column::Sha256.is_in(distinct))
            .exec(&self.transaction)
            .await?;
        if usize::try_from(removed.rows_affected) != Ok(number) {
            return Err(Refusal::at(Reason::Invalid, "sha256").into());
        }
        self.client_changed(row).await?;
        let subject = ("Client", id.uuid());
        self.record(Action::RemoveDocuments, RegistryEvent::DocumentsRemoved, subject)
            .await
    }

    /// Says whether a client may send registered documents alone.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; `CONFLICT` for a stale version; `WRONG_STATE` where nothing would change, or where a client that
    /// has registered none could send nothing any more.
    pub async fn require_documents(
        &self,
        id: ClientId,
        expected_version: i32,
        required: bool,
    ) -> Result<(), Error> {
        let row = self.client_to_change(id, expected_version).await?;
        let none = required && of_client(id).count(&self.transaction).await? == 0;
        if row.documents_only == required || none {
            return Err(Reason::WrongState.into());
        }
        let event = if required {
            RegistryEvent::DocumentsRequired
        } else {
            RegistryEvent::DocumentsNotRequired
        };
        self.client_changed(client::Model {
            documents_only: required,
            ..row
        })
        .await?;
        self.record(Action::RequireDocuments, event, ("Client", id.uuid()))
            .await
    }

    async fn client_changed(&self, row: client::Model) -> Result<(), Error> {
        self.save_client(client::Model {
            version: row.version + 1,
            ..row
        })
        .await
    }
}

fn of_client(client: ClientId) -> Select<registered_document::Entity> {
    registered_document::Entity::find_all().filter(registered_document::Column::ClientId.eq(client.uuid()))
}

pub(super) fn registered(row: registered_document::Model) -> RegisteredDocument {
    RegisteredDocument {
        sha256: row.sha256,
        operation_name: row.operation_name,
        text: row.document,
        registered_at: row.registered_at,
    }
}
