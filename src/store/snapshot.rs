//! Disclosure snapshots: what a post could read when it was asked, kept with the request and never changed.

use super::unit_of_work::UnitOfWork;
use crate::domain::case_file::CaseFile;
use crate::error::Error;
use crate::ids::{TravelDocumentRequestId, new_id};
use crate::policy::disclosure;
use entity::disclosure_snapshot;
use sea_orm::{EntityTrait, IntoActiveModel};

/// The snapshot of a request, as a row; nothing for a request that the file does not have.
pub(super) fn of(file: &CaseFile, id: TravelDocumentRequestId) -> Option<disclosure_snapshot::Model> {
    let request = file.request(id)?;
    let content = disclosure::disclosed(file, id)?;
    Some(disclosure_snapshot::Model {
        id: new_id(request.submitted_at),
        case_id: request.case_id.uuid(),
        travel_document_request_id: id.uuid(),
        made_at: request.submitted_at,
        policy_version: disclosure::policy_version(),
        sha256: disclosure::sha256(&content),
        content,
    })
}

impl UnitOfWork {
    /// Keeps what the post of a new request can read.
    pub(super) async fn keep_snapshot(
        &self,
        file: &CaseFile,
        id: TravelDocumentRequestId,
    ) -> Result<(), Error> {
        if let Some(row) = of(file, id) {
            disclosure_snapshot::Entity::insert(row.into_active_model())
                .exec_without_returning(&self.transaction)
                .await?;
        }
        Ok(())
    }
}
