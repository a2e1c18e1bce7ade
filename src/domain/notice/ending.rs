//! What is said when nothing holds any more: of an application that has ended, and of a consent that was taken back.

use super::{NoticeDraft, NoticeType, Topic, draft};
use crate::domain::case_file::CaseFile;
use crate::domain::consent::ConsentCategory;
use crate::domain::party::PartyRelation;
use crate::ids::ConsentId;
use chrono::{DateTime, Utc};

/// The persons have left the host territory, so its authorities were told the truth; missions learn that nobody comes.
pub(super) fn withdrawn_on_the_way(file: &CaseFile, now: DateTime<Utc>) -> Vec<NoticeDraft> {
    let mut told = file.tell(&[PartyRelation::Sending], now, |recipient| {
        draft(recipient, NoticeType::ApplicationWithdrawn, Topic::Registration)
    });
    let ahead = |draft: &NoticeDraft| {
        matches!(
            file.relation_of(draft.recipient),
            Some(PartyRelation::Transit | PartyRelation::Receiving)
        )
    };
    told.extend(
        retractions(file, now, NoticeType::ApplicationWithdrawn)
            .into_iter()
            .filter(ahead),
    );
    told
}

/// Who may not be told any more, and had been told something, is instructed once not to use it; whose class was never
/// open, or is still open, hears nothing.
pub(super) fn revocations(file: &CaseFile, id: ConsentId) -> Vec<NoticeDraft> {
    let revoked = file.consents.iter().find(|consent| consent.id == id);
    let named = revoked.and_then(|consent| consent.recipient);
    let closed = revoked
        .filter(|consent| consent.category == ConsentCategory::Identity)
        .filter(|consent| consent.purpose == consent.recipient_class.purpose())
        .map(|consent| consent.recipient_class);
    let told = file.told.keys().filter(|recipient| {
        let needed = file
            .relation_of(**recipient)
            .and_then(PartyRelation::consent_needed);
        let concerned = needed.is_some() && needed == closed || named == Some(**recipient);
        concerned && !file.may_tell(**recipient)
    });
    told.map(|recipient| draft(*recipient, NoticeType::ConsentRevoked, Topic::Consent))
        .collect()
}

/// Everybody who had been told of the case, and may still be told, learns that it no longer holds; a consular post learns
/// only that its open request is taken back, which is an event of its own.
pub(super) fn retractions(file: &CaseFile, now: DateTime<Utc>, to_migration: NoticeType) -> Vec<NoticeDraft> {
    let journey = file.itineraries.last().map(|itinerary| itinerary.id);
    let told = file.told.iter().filter(|(recipient, topics)| {
        topics.iter().any(|topic| topic.is_retracted()) && file.may_tell(**recipient)
    });
    told.filter_map(|(recipient, topics)| {
        let kind = match file.relation_of(*recipient) {
            // A service protects the person whatever becomes of the return.
            Some(PartyRelation::Sending | PartyRelation::Consular | PartyRelation::Service) => return None,
            Some(PartyRelation::Migration) => to_migration,
            _ => NoticeType::NoticeRetracted,
        };
        let concerned = topics.contains(&Topic::Journey) && file.takes_part(*recipient, now);
        let itinerary = journey.filter(|_| concerned);
        Some(NoticeDraft {
            itinerary,
            retracts: true,
            ..draft(*recipient, kind, Topic::Ending)
        })
    })
    .collect()
}
