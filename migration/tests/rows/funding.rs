//! Who pays, and how much; grants and their payments.

use super::{at, day, id};
use entity::{cash_grant, exchange_rate, grant_computation, grant_rule, project, tranche};

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
        reporting_months: Some(6),
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

pub fn the_cash_grant() -> cash_grant::Model {
    cash_grant::Model {
        id: id(11),
        case_id: id(4),
        person_id: id(5),
        state: "APPROVED".to_owned(),
        amount_minor: i64::MAX,
        currency: "EUR".to_owned(),
        proposed_at: at(18),
        approved_at: Some(at(19)),
        ended_at: None,
        funding_project_id: Some(id(40)),
        rule_id: Some(id(41)),
        counted_minor: Some(i64::MAX),
        counted_currency: Some("USD".to_owned()),
        exchange_rate_id: Some(id(42)),
        proposed_by: Some("a/b".to_owned()),
        approved_by: Some("a/c".to_owned()),
        donor_approval: Some("D-1".to_owned()),
        single_tranche_reason: Some("INSECURE_AREA".to_owned()),
        end_reason: None,
        recovery: None,
        payee_account_kind: Some("IBAN".to_owned()),
        payee_account_number: Some("IQ98NBIQ850123456789012".to_owned()),
        version: 2,
    }
}

pub fn the_tranche() -> tranche::Model {
    tranche::Model {
        id: id(13),
        cash_grant_id: id(11),
        case_id: id(4),
        number: 1,
        amount_minor: 0,
        state: "PAID".to_owned(),
        paid_at: Some(at(20)),
        paid_by_id: Some(id(1)),
        evidence_kind: Some("VISIT".to_owned()),
        evidence_reference: Some("V-1".to_owned()),
        receipt_reference: Some("R-1".to_owned()),
        receipted_at: Some(at(20)),
        receipted_by: Some("a/b".to_owned()),
        verified_at: None,
    }
}
