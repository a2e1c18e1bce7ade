//! What a programme's cases led to: the histories of their rows, and the inboxes of everybody who was told.

use super::{Programme, Recorded};
use crate::domain::case_file::CaseFile;
use crate::domain::code::Code;
use crate::domain::notice::Topic;
use crate::ids::{GlobalIds, OrganisationId, new_id};
use crate::policy::ledger::Entry;
use crate::store::Cause;
use crate::store::inbox::chain::{Envelope, Link};
use entity::{audit_entry, client, notice};
use std::collections::BTreeMap;

/// The audit entries that tell of what happened, each in the name of a client that may do it.
pub(super) fn histories(programme: &Programme, clients: &[client::Model]) -> Vec<audit_entry::Model> {
    let clerk = |entry: &Recorded| {
        let Cause::Command(action) = entry.cause else {
            return None;
        };
        let right = action.right().map(|right| right.to_string());
        let fits = |rights: &str| {
            right
                .as_ref()
                .map_or(rights == "[]", |right| rights.contains(right))
        };
        let mut of_owner = clients
            .iter()
            .filter(|one| one.organisation_id == entry.by.uuid());
        of_owner.find(|one| fits(&one.rights)).map(|one| one.id)
    };
    let entries = programme.history.iter().map(|(file, entry)| audit_entry::Model {
        id: new_id(entry.at),
        occurred_at: entry.at,
        request_id: "demo".to_owned(),
        client_id: clerk(entry),
        organisation_id: (entry.cause != Cause::Time).then(|| entry.by.uuid()),
        command: entry.cause.name().to_owned(),
        aggregate: entry.happened.aggregate.to_owned(),
        aggregate_id: entry.happened.id,
        case_id: file.map(|file| programme.files[file].case.id.uuid()),
        from_state: entry.happened.from.map(str::to_owned),
        to_state: entry.happened.to.map(str::to_owned),
        event: Some(entry.happened.event.to_string()),
        reason: entry.reason.clone(),
        place: entry.place,
    });
    entries.collect()
}

/// Numbers the notices of each inbox, oldest first, and lets newer ones supersede or retract older ones.
pub(super) fn inboxes(
    programme: &Programme,
    ids: &GlobalIds,
) -> (Vec<notice::Model>, BTreeMap<OrganisationId, Link>) {
    let mut heads: BTreeMap<OrganisationId, Link> = BTreeMap::new();
    let mut notices: Vec<notice::Model> = Vec::with_capacity(programme.told.len());
    let mut by_inbox_and_case: BTreeMap<(OrganisationId, usize), Vec<usize>> = BTreeMap::new();
    for (when, file, draft) in &programme.told {
        let head = heads.entry(draft.recipient).or_default();
        let id = new_id(*when);
        let older = by_inbox_and_case.entry((draft.recipient, *file)).or_default();
        for index in older.iter() {
            let notice = &mut notices[*index];
            let retracted = Topic::from_code(&notice.topic).is_some_and(Topic::is_retracted);
            let same_chain = draft.topic.supersedes()
                && (notice.topic == draft.topic.to_string() || draft.topic == Topic::Consent)
                && draft
                    .request
                    .is_none_or(|request| notice.travel_document_request_id == Some(request.uuid()));
            if (same_chain || (draft.retracts && retracted)) && notice.superseded_by_id.is_none() {
                notice.superseded_by_id = Some(id);
            }
            if draft.retracts && retracted && notice.retracted_at.is_none() {
                notice.retracted_at = Some(*when);
                notice.retracted_by_id = Some(id);
            }
        }
        older.push(notices.len());
        let row = notice::Model {
            id,
            recipient_id: draft.recipient.uuid(),
            sequence: head.sequence + 1,
            kind: draft.kind.to_string(),
            topic: draft.topic.to_string(),
            occurred_at: *when,
            case_id: Some(programme.files[*file].case.id.uuid()),
            itinerary_id: draft.itinerary.map(crate::ids::ItineraryId::uuid),
            travel_document_request_id: draft.request.map(crate::ids::TravelDocumentRequestId::uuid),
            cash_grant_id: draft.cash_grant.map(crate::ids::CashGrantId::uuid),
            superseded_by_id: None,
            retracted_at: None,
            acknowledged_at: None,
            acknowledged_by: None,
            acknowledgement_note: None,
            delivered_at: None,
            delivered_via: None,
            retracted_by_id: None,
            reminds_of_id: draft.reminds_of.map(crate::ids::NoticeId::uuid),
        };
        *head = head.then(&Envelope::of(&row, ids));
        notices.push(row);
    }
    // A notice is stored after the one that supersedes it, which its foreign key points to.
    notices.reverse();
    (notices, heads)
}

/// What the posts were told by requests, oldest first, for the ledger.
pub(super) fn by_requests(files: &[CaseFile]) -> Vec<Entry> {
    let told = files.iter().flat_map(|file| {
        let requests = file.requests.iter();
        let snapshots = requests.filter_map(|request| super::super::snapshot::of(file, request.id));
        snapshots.filter_map(|snapshot| super::super::snapshot::disclosed(file, &snapshot, None))
    });
    let mut told: Vec<Entry> = told.collect();
    told.sort_by_key(|entry| entry.at);
    told
}
