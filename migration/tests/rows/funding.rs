//! Who pays, and how much; grants and their payments.

use super::{at, day, id};
use entity::{exchange_rate, grant_computation, grant_rule, project};

pub fn the_project() -> project::Model {
    project::Model {
        id: id(40),
        code: "WB-RR-II".to_owned(),
        name: "Return and reintegration".to_owned(),
        donor: "A ministry".to_owned(),
        starts_on: day(2020, 1, 1),
        ends_on: day(2020, 1, 1),
        budget_minor: 1_500_000_000,
        currency: "DKK".to_owned(),
        management_site: Some("RS10".to_owned()),
        prism_reference: Some("RR.1".to_owned()),
        wbs_reference: Some("RR.1.1".to_owned()),
        version: 1,
        created_at: at(1),
    }
}

pub fn the_grant_rule() -> grant_rule::Model {
    grant_rule::Model {
        id: id(41),
        code: "R-1".to_owned(),
        project_id: id(40),
        nationalities: r#"["IRQ"]"#.to_owned(),
        valid_from: day(2020, 1, 1),
        valid_to: Some(day(2020, 1, 1)),
        currency: "USD".to_owned(),
        person_minor: 1,
        dependant_minor: Some(0),
        family_cap_minor: Some(i64::MAX),
        return_allowance_minor: Some(1),
        tranche_policy: "TWO".to_owned(),
        split_policy: "PRO_RATA".to_owned(),
        version: 1,
        created_at: at(1),
    }
}

pub fn the_exchange_rate() -> exchange_rate::Model {
    exchange_rate::Model {
        id: id(42),
        base: "EUR".to_owned(),
        quote: "USD".to_owned(),
        rate_micros: 1_082_500,
        valid_on: day(2020, 1, 1),
        source: "A bank".to_owned(),
        created_at: at(1),
    }
}

pub fn the_grant_computation() -> grant_computation::Model {
    grant_computation::Model {
        id: id(43),
        case_id: id(4),
        cash_grant_id: id(11),
        rule_id: id(41),
        computed_at: at(18),
        persons: 1,
        currency: "USD".to_owned(),
        person_minor: 1,
        household_minor: 1,
        family_cap_minor: Some(1),
        share_minor: 1,
        to_family_minor: 0,
        to_person_minor: 0,
        entitlement_minor: 1,
    }
}
