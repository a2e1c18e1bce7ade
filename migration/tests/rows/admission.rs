//! What lets a client in.

use super::{at, day, id};
use entity::{registered_document, revoked_token, transfer_agreement};

pub fn the_transfer_agreement() -> transfer_agreement::Model {
    transfer_agreement::Model {
        id: id(2_001),
        organisation_id: id(1),
        reference: "IOM/2020/1".to_owned(),
        signed_on: day(2020, 1, 1),
        valid_from: day(2020, 1, 1),
        valid_to: Some(day(2020, 1, 1)),
        ended_at: Some(at(2)),
    }
}

pub fn the_revoked_token() -> revoked_token::Model {
    revoked_token::Model {
        id: id(2_002),
        client_id: id(3),
        jti: "0193".to_owned(),
        reason: "LEAKED".to_owned(),
        revoked_at: at(2),
        until: at(3),
    }
}

pub fn the_registered_document() -> registered_document::Model {
    registered_document::Model {
        id: id(2_003),
        client_id: id(3),
        sha256: "ab".repeat(32),
        operation_name: Some("Who".to_owned()),
        document: "query Who { viewer { clientId } }".to_owned(),
        registered_at: at(2),
    }
}
