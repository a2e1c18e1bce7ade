//! Disclosure snapshots: what a post could read when it was asked, kept with the request and never changed.

use super::unit_of_work::UnitOfWork;
use crate::domain::case_file::CaseFile;
use crate::domain::consent::RecipientClass;
use crate::domain::disclosure::{DisclosureMeans, DisclosureRelation};
use crate::error::Error;
use crate::ids::{TravelDocumentRequestId, new_id};
use crate::policy::disclosure;
use crate::policy::ledger::{Entry, policy_version};
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
        policy_version: policy_version().to_owned(),
        sha256: disclosure::sha256(&content),
        content,
    })
}

/// What the ledger says of a snapshot: that the post of the request was told this, by the request itself.
pub(super) fn disclosed(
    file: &CaseFile,
    snapshot: &disclosure_snapshot::Model,
    request_id: Option<&str>,
) -> Option<Entry> {
    let id = TravelDocumentRequestId::from(snapshot.travel_document_request_id);
    let request = file.request(id)?;
    Some(Entry {
        at: snapshot.made_at,
        means: DisclosureMeans::Snapshot,
        organisation: request.consular_post,
        client: None,
        token: None,
        purpose: RecipientClass::Embassy.purpose(),
        relation: DisclosureRelation::Consular,
        row_type: "DisclosureSnapshot",
        row: Some(id.uuid()),
        case: Some(request.case_id),
        person: Some(request.person_id),
        shown: disclosure::fields_of(&snapshot.content).join(" "),
        masked: String::new(),
        policy_version: policy_version(),
        request_id: request_id.map(str::to_owned),
        break_glass: None,
        snapshot: Some(snapshot.sha256.clone()),
    })
}

impl UnitOfWork {
    /// Keeps what the post of a new request can read, and notes that it was told.
    pub(super) async fn keep_snapshot(
        &mut self,
        file: &CaseFile,
        id: TravelDocumentRequestId,
    ) -> Result<(), Error> {
        if let Some(row) = of(file, id) {
            let request_id = self.actor.as_ref().map(|actor| actor.request_id.as_str());
            let entry = disclosed(file, &row, request_id);
            self.disclosed.extend(entry);
            disclosure_snapshot::Entity::insert(row.into_active_model())
                .exec_without_returning(&self.transaction)
                .await?;
        }
        Ok(())
    }
}
