use super::{at, day, id, the_mission};
use entity::{campaign_report, partner_survey, training};

pub fn the_training() -> training::Model {
    training::Model {
        id: id(480),
        organisation_id: the_mission().id,
        topic: "RETURN_COUNSELLING".into(),
        territory: "XKX".into(),
        venue: Some("Pristina".into()),
        held_on: day(2020, 11, 5),
        state: "EVALUATED".into(),
        staff_participants: 4,
        partner_participants: 12,
        list_reference: Some("LIST-1".into()),
        sheets_returned: Some(15),
        sheets_better: Some(14),
        recorded_at: at(9),
        version: 4,
    }
}

pub fn the_campaign_report() -> campaign_report::Model {
    campaign_report::Model {
        id: id(481),
        organisation_id: the_mission().id,
        territory: "XKX".into(),
        platform: "FACEBOOK".into(),
        from_on: day(2020, 10, 1),
        to_on: day(2020, 10, 31),
        reached: i32::MAX,
        engaged: 12,
        source: "Digital Media Report, October".into(),
        recorded_at: at(9),
    }
}

pub fn the_partner_survey() -> partner_survey::Model {
    partner_survey::Model {
        id: id(482),
        organisation_id: the_mission().id,
        held_on: day(2020, 11, 5),
        respondents: "PARTNERS".into(),
        invited: 30,
        answered: 20,
        enabling: Some(15),
        applying: 16,
        recorded_at: at(9),
    }
}
