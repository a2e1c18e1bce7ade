//! Names for rows: typed ids inside, opaque viewer-relative ids outside.
//!
//! Outside, an id is one byte that says the type and the row's UUID encrypted with AES-128 under a key of
//! (organisation, type). It says nothing of when the row was made, and two organisations cannot join by it what they
//! were given. An id made for another organisation, or of another type, decodes to a UUID that names no row.

use aes::Aes128;
use aes::cipher::{BlockDecrypt, BlockEncrypt, KeyInit};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use uuid::Uuid;

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// The row's UUID, which never leaves the program as it is.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

typed_ids! {
    /// Names an organisation.
    OrganisationId,
    /// Names a client: one system of an organisation.
    ClientId,
    /// Names a case.
    CaseId,
    /// Names a person on a case.
    PersonId,
    /// Names a consent.
    ConsentId,
    /// Names a claim for international protection; it has no name outside.
    AsylumClaimId,
    /// Names a counselling session.
    CounsellingSessionId,
    /// Names an authority's check whether it objects.
    ObjectionCheckId,
    /// Names a statutory period for voluntary departure.
    StatutoryPeriodId,
    /// Names an extension of one.
    StatutoryExtensionId,
    /// Names a travel document request.
    TravelDocumentRequestId,
    /// Names an itinerary.
    ItineraryId,
    /// Names a cash grant.
    CashGrantId,
    /// Names a reintegration package.
    ReintegrationPackageId,
    /// Names assistance in transit.
    TransitHandlingId,
    /// Names an incident on the way.
    TransitIncidentId,
    /// Names a suspension of operations.
    OperationsSuspensionId,
    /// Names what a case was told of a suspension.
    CaseSuspensionId,
    /// Names a group movement.
    MovementId,
    /// Names a line of a manifest.
    ManifestLineId,
    /// Names a person's arrival.
    ArrivalId,
    /// Names the handover of a person at the arrival.
    HandoverId,
    /// Names a referral.
    ReferralId,
    /// Names an access of oversight to a case.
    BreakGlassId,
    /// Names a contact with a returnee.
    MonitoringContactId,
    /// Names a record that protects a person; it has no name outside.
    SafeguardId,
    /// Names a photo, or a copy of a paper; it has no name outside.
    PaperId,
    /// Names a complaint.
    ComplaintId,
    /// Names a survey response.
    SurveyResponseId,
    /// Names an outreach visit.
    OutreachVisitId,
    /// Names a training.
    TrainingId,
    /// Names a notice in one recipient's inbox.
    NoticeId,
    /// Names a webhook.
    WebhookId,
    /// Names a project that pays.
    ProjectId,
    /// Names a grant rule of a project.
    GrantRuleId,
    /// Names a recorded exchange rate.
    ExchangeRateId,
    /// Names a family unit: it is the id of the family's first case.
    FamilyId,
    /// Names one computation of an entitlement.
    GrantComputationId,
}

/// A new id, ordered by the time given so that newer rows sort last.
#[must_use]
pub fn new_id(now: chrono::DateTime<chrono::Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(uuid::Timestamp::from_unix(
        uuid::NoContext,
        seconds,
        now.timestamp_subsec_nanos(),
    ))
}

/// The types whose rows have an id in the schema; the number is the id's first byte and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum NodeType {
    /// An organisation.
    Organisation = 1,
    /// A client.
    Client = 2,
    /// A case.
    Case = 3,
    /// A person.
    Person = 4,
    /// A consent.
    Consent = 5,
    /// A travel document request.
    TravelDocumentRequest = 6,
    /// An itinerary.
    Itinerary = 7,
    /// A cash grant.
    CashGrant = 8,
    /// A reintegration package.
    ReintegrationPackage = 9,
    /// A notice.
    Notice = 10,
    /// A referral.
    Referral = 11,
    /// A project.
    Project = 12,
    /// A grant rule.
    GrantRule = 13,
    /// An exchange rate.
    ExchangeRate = 14,
    /// A group movement.
    Movement = 15,
    /// A complaint.
    Complaint = 16,
    /// An access of oversight to a case.
    BreakGlassAccess = 17,
    /// A webhook.
    Webhook = 18,
    /// A training.
    Training = 19,
}

impl NodeType {
    const ALL: [Self; 19] = [
        Self::Organisation,
        Self::Client,
        Self::Case,
        Self::Person,
        Self::Consent,
        Self::TravelDocumentRequest,
        Self::Itinerary,
        Self::CashGrant,
        Self::ReintegrationPackage,
        Self::Notice,
        Self::Referral,
        Self::Project,
        Self::GrantRule,
        Self::ExchangeRate,
        Self::Movement,
        Self::Complaint,
        Self::BreakGlassAccess,
        Self::Webhook,
        Self::Training,
    ];

    /// The type of this name in the schema, if its rows have ids.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|node| format!("{node:?}") == name)
    }
}

/// Turns rows' UUIDs into viewer-relative ids and back.
#[derive(Clone)]
pub struct GlobalIds {
    master: Arc<[u8; 32]>,
    ciphers: Arc<RwLock<HashMap<OrganisationId, Arc<Ciphers>>>>,
}

/// The ids of one organisation.
#[derive(Clone)]
pub struct ViewerIds(Arc<Ciphers>);

struct Ciphers {
    blocks: [Aes128; NodeType::ALL.len()],
    cursor: Aes128,
    pseudonym: [u8; 32],
}

impl GlobalIds {
    /// Ids under the installation's key of 32 bytes; the same key makes the same ids in every process.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self {
            master: Arc::new(key),
            ciphers: Arc::default(),
        }
    }

    /// The ids as one organisation sees them.
    #[must_use]
    pub fn of(&self, organisation: OrganisationId) -> ViewerIds {
        if let Some(known) = self
            .ciphers
            .read()
            .ok()
            .and_then(|ciphers| ciphers.get(&organisation).cloned())
        {
            return ViewerIds(known);
        }
        let made = Arc::new(Ciphers {
            blocks: NodeType::ALL.map(|node| self.cipher(organisation, node as u8)),
            cursor: self.cipher(organisation, 0),
            pseudonym: self.derive(organisation, 255),
        });
        if let Ok(mut ciphers) = self.ciphers.write() {
            ciphers.insert(organisation, made.clone());
        }
        ViewerIds(made)
    }

    /// The reference of a complaint: `CMP-` and ten characters, the same for whoever lodged it and whoever handles it.
    #[must_use]
    pub fn complaint_reference(&self, complaint: ComplaintId) -> String {
        let key = self.derive(Uuid::nil().into(), 254);
        reference("CMP-", 10, &key, complaint.uuid())
    }

    fn derive(&self, organisation: OrganisationId, purpose: u8) -> [u8; 32] {
        let mut mac = keyed(self.master.as_slice());
        mac.update(organisation.uuid().as_bytes());
        mac.update(&[purpose]);
        mac.finalize().into_bytes().into()
    }

    fn cipher(&self, organisation: OrganisationId, purpose: u8) -> Aes128 {
        let mut key = [0; 16];
        key.copy_from_slice(&self.derive(organisation, purpose)[..16]);
        Aes128::new(&key.into())
    }
}

/// A reference in letters that are not taken for one another, which says nothing of the row's neighbours.
fn reference(prefix: &str, length: usize, key: &[u8], row: Uuid) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut mac = keyed(key);
    mac.update(row.as_bytes());
    let digest = mac.finalize().into_bytes();
    let letters = digest.iter().take(length);
    let letters = letters.map(|byte| char::from(LETTERS[usize::from(byte & 31)]));
    prefix.chars().chain(letters).collect()
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as Mac>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"))
}

impl ViewerIds {
    /// The opaque id of a row: 23 characters of URL-safe base64.
    #[must_use]
    pub fn encode(&self, node: NodeType, id: Uuid) -> String {
        let mut bytes = [0; 17];
        bytes[0] = node as u8;
        let mut block = aes::Block::from(*id.as_bytes());
        self.0.blocks[node as usize - 1].encrypt_block(&mut block);
        bytes[1..].copy_from_slice(&block);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The type and UUID that an opaque id names, or nothing if it is not an id at all.
    #[must_use]
    pub fn decode(&self, id: &str) -> Option<(NodeType, Uuid)> {
        let bytes: [u8; 17] = URL_SAFE_NO_PAD.decode(id).ok()?.try_into().ok()?;
        let node = NodeType::ALL.into_iter().find(|node| *node as u8 == bytes[0])?;
        let mut raw = [0; 16];
        raw.copy_from_slice(&bytes[1..]);
        let mut block = aes::Block::from(raw);
        self.0.blocks[node as usize - 1].decrypt_block(&mut block);
        Some((node, Uuid::from_bytes(block.into())))
    }

    /// The UUID that an opaque id of this type names, or nothing.
    #[must_use]
    pub fn decode_as(&self, node: NodeType, id: &str) -> Option<Uuid> {
        self.decode(id)
            .filter(|(found, _)| *found == node)
            .map(|(_, id)| id)
    }

    /// A cursor: the row's UUID, encrypted, bound to the listing (filter and order) that it was made for.
    #[must_use]
    pub fn cursor(&self, listing: &[u8], id: Uuid) -> String {
        let mut block = aes::Block::from(*id.as_bytes());
        self.0.cursor.encrypt_block(&mut block);
        let mut bytes = [0; 24];
        bytes[..16].copy_from_slice(&block);
        bytes[16..].copy_from_slice(&self.listing_tag(listing, &block));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The UUID behind a cursor, if it was made for this listing and this organisation.
    #[must_use]
    pub fn read_cursor(&self, listing: &[u8], cursor: &str) -> Option<Uuid> {
        let bytes: [u8; 24] = URL_SAFE_NO_PAD.decode(cursor).ok()?.try_into().ok()?;
        if bytes[16..] != self.listing_tag(listing, &bytes[..16]) {
            return None;
        }
        let mut raw = [0; 16];
        raw.copy_from_slice(&bytes[..16]);
        let mut block = aes::Block::from(raw);
        self.0.cursor.decrypt_block(&mut block);
        Some(Uuid::from_bytes(block.into()))
    }

    /// The recipient's own reference for a case: `AVRR-` and eight characters, different for every organisation.
    #[must_use]
    pub fn pseudonym(&self, case: CaseId) -> String {
        reference("AVRR-", 8, &self.0.pseudonym, case.uuid())
    }

    fn listing_tag(&self, listing: &[u8], block: &[u8]) -> [u8; 8] {
        let mut mac = keyed(&self.0.pseudonym);
        mac.update(b"cursor");
        mac.update(block);
        mac.update(listing);
        let digest = mac.finalize().into_bytes();
        let mut tag = [0; 8];
        tag.copy_from_slice(&digest[..8]);
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organisation(n: u128) -> OrganisationId {
        Uuid::from_u128(n).into()
    }

    #[test]
    fn an_id_opens_only_for_the_organisation_and_the_type_that_it_was_made_for() {
        let ids = GlobalIds::new([7; 32]);
        let row = Uuid::from_u128(42);
        let id = ids.of(organisation(1)).encode(NodeType::Case, row);
        assert_eq!(ids.of(organisation(1)).decode(&id), Some((NodeType::Case, row)));
        assert_eq!(ids.of(organisation(1)).decode_as(NodeType::Person, &id), None);
        assert_ne!(ids.of(organisation(2)).decode(&id).map(|(_, id)| id), Some(row));
        assert_ne!(ids.of(organisation(2)).encode(NodeType::Case, row), id);
    }

    #[test]
    fn a_cursor_opens_only_for_its_listing() {
        let ids = GlobalIds::new([7; 32]).of(organisation(1));
        let cursor = ids.cursor(b"cases", Uuid::from_u128(9));
        assert_eq!(ids.read_cursor(b"cases", &cursor), Some(Uuid::from_u128(9)));
        assert_eq!(ids.read_cursor(b"cases, filtered", &cursor), None);
        assert_eq!(ids.read_cursor(b"cases", "not a cursor"), None);
    }

    #[test]
    fn two_organisations_know_one_case_by_two_references() {
        let ids = GlobalIds::new([7; 32]);
        let case = CaseId::from(Uuid::from_u128(3));
        let (one, other) = (
            ids.of(organisation(1)).pseudonym(case),
            ids.of(organisation(2)).pseudonym(case),
        );
        assert_ne!(one, other);
        assert!(one.starts_with("AVRR-") && one.len() == 13);
    }
}
