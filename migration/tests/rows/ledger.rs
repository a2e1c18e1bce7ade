//! The disclosure ledger.

use super::{at, id};
use entity::disclosure;
use sea_orm_migration::sea_orm::prelude::Uuid;

pub fn the_disclosure() -> disclosure::Model {
    disclosure::Model {
        id: Uuid::from_u128(1),
        sequence: 1,
        disclosed_at: at(20),
        means: "QUERY".to_owned(),
        organisation_id: id(1),
        client_id: Some(id(3)),
        token: Some("a-token".to_owned()),
        purpose: "CASE_MANAGEMENT".to_owned(),
        relation: "RECEIVING".to_owned(),
        row_type: "Person".to_owned(),
        row_id: Some(id(5)),
        case_id: Some(id(4)),
        person_id: Some(id(5)),
        shown: "id fullName".to_owned(),
        masked: String::new(),
        policy_version: "0123456789ab".to_owned(),
        request_id: Some("a-request".to_owned()),
        break_glass_id: Some(id(50)),
        snapshot_sha256: Some("0".repeat(64)),
        hash: "1".repeat(64),
    }
}
