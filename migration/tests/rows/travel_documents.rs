//! A row of every table around a travel document request.

use super::{at, day, id};
use entity::{
    consular_interview, custody_entry, disclosure_snapshot, information_request, paper, paper_content,
    personal_document,
};

pub fn the_information_request() -> information_request::Model {
    information_request::Model {
        id: id(40),
        case_id: id(4),
        travel_document_request_id: id(8),
        asked_at: at(10),
        items: r#"["PHOTOGRAPH"]"#.to_owned(),
        question: Some("A photograph, please".to_owned()),
        answered_at: Some(at(11)),
        answer: Some("Sent by courier".to_owned()),
    }
}

pub fn the_consular_interview() -> consular_interview::Model {
    consular_interview::Model {
        id: id(41),
        case_id: id(4),
        travel_document_request_id: id(8),
        scheduled_at: at(10),
        at: at(11),
        mode: "IN_PERSON".to_owned(),
        place: Some("At the embassy".to_owned()),
    }
}

pub fn the_custody_entry() -> custody_entry::Model {
    custody_entry::Model {
        id: id(42),
        case_id: id(4),
        travel_document_request_id: id(8),
        location: "EMBASSY".to_owned(),
        since: at(13),
        recorded_by_id: id(1),
    }
}

pub fn the_personal_document() -> personal_document::Model {
    personal_document::Model {
        id: id(43),
        case_id: id(4),
        person_id: id(5),
        document_type: "PASSPORT".to_owned(),
        number: "A1".to_owned(),
        issuing_state: "IRQ".to_owned(),
        issued_on: day(2020, 1, 1),
        expires_on: day(2029, 12, 31),
        single_journey: false,
        destination_only: false,
        mrz: Some("P<IRQ".to_owned()),
        recorded_at: at(9),
    }
}

pub fn the_disclosure_snapshot() -> disclosure_snapshot::Model {
    disclosure_snapshot::Model {
        id: id(44),
        case_id: id(4),
        travel_document_request_id: id(8),
        made_at: at(10),
        policy_version: "0123456789ab".to_owned(),
        content: "{}".to_owned(),
        sha256: "0".repeat(64),
    }
}

pub fn the_paper() -> paper::Model {
    paper::Model {
        id: id(451),
        case_id: id(4),
        person_id: id(5),
        travel_document_request_id: Some(id(8)),
        kind: Some("BIRTH_RECORD".to_owned()),
        number: 1,
        media_type: "IMAGE_PNG".to_owned(),
        size_bytes: 3,
        sha256: "0".repeat(64),
        recorded_at: at(11),
        removed_at: None,
    }
}

pub fn the_paper_content() -> paper_content::Model {
    paper_content::Model {
        paper_id: id(451),
        case_id: id(4),
        content: vec![0, 255, 137],
    }
}
