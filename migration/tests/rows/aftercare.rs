//! Rows of what follows the arrival, and of what is said of it.

use super::{at, day, id, the_case, the_mission};
use entity::{aftercare, complaint, handover, monitoring_contact, referral};

pub fn the_monitoring_contact() -> monitoring_contact::Model {
    monitoring_contact::Model {
        id: id(30),
        reintegration_package_id: id(14),
        case_id: id(4),
        mode: "VISIT".to_owned(),
        result: "ON_TRACK".to_owned(),
        contacted_on: day(2021, 1, 5),
        contacted_by: "somebody".to_owned(),
    }
}

pub fn the_aftercare() -> aftercare::Model {
    aftercare::Model {
        case_id: id(4),
        admitted_on: Some(day(2020, 11, 6)),
        returning_state: Some("AUT".to_owned()),
        counselled_at: Some(at(29)),
        satisfaction_survey_offered: true,
        sustainability_survey_on: Some(day(2021, 6, 1)),
        sustainability_survey_waived: Some("DECLINED".to_owned()),
    }
}

pub fn the_handover() -> handover::Model {
    handover::Model {
        id: id(31),
        case_id: id(4),
        person_id: id(5),
        handed_to: "A hospital".to_owned(),
        relation: "MEDICAL_FACILITY".to_owned(),
        handed_at: at(30),
        accepted_by: Some("A nurse".to_owned()),
        refusal: Some("DECLINED".to_owned()),
    }
}

pub fn the_referral() -> referral::Model {
    referral::Model {
        id: id(32),
        case_id: id(4),
        sender_id: id(1),
        recipient_id: Some(id(1)),
        provider: Some("A clinic".to_owned()),
        person_id: Some(id(5)),
        service: "MEDICAL".to_owned(),
        consent_override: Some("VITAL_INTEREST".to_owned()),
        state: "REJECTED".to_owned(),
        sent_at: at(31),
        answered_at: Some(at(32)),
        ended_at: Some(at(33)),
        rejection: Some("NO_CAPACITY".to_owned()),
        version: 2,
    }
}

pub fn the_complaint() -> complaint::Model {
    complaint::Model {
        id: id(452),
        reference: "CMP-ABCDEFGHJK".into(),
        case_id: Some(the_case().id),
        about_id: the_mission().id,
        lodged_by_id: the_mission().id,
        kind: "CONDUCT".into(),
        channel: "OFFICE".into(),
        text: "Nobody listened.".into(),
        state: "RECEIVED".into(),
        received_at: at(9),
        acknowledged_at: None,
        ended_at: None,
        outcome: None,
        findings: None,
        version: 1,
    }
}
