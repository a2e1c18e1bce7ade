//! Who pays in the demo: the projects that the programme names (DOMAIN 1.3), and rules for cash grants.
//!
//! The dates of both phases go by the day of loading. Its rule is a choice of the demo [P]: the sum on arrival of the EU
//! Reintegration Programme, since the source of the project states none. The rules of 1.5 stand beside it as they were.

use super::assistance::euros;
use super::place;
use super::places::later;
use crate::domain::funding::{ExchangeRate, Funding, GrantRule, Project, SplitPolicy, TranchePolicy};
use crate::domain::money::{CurrencyCode, Money};
use crate::ids::{OrganisationId, ProjectId, new_id};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Code of the project that pays for the demo's cases.
pub(super) const SECOND_PHASE: &str = "WB-RR-II";

/// Code of the finished project before it.
pub(super) const FIRST_PHASE: &str = "WB-RR-I";

/// The first and the last day of the finished project.
pub(super) fn first_phase(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    (later(today, -1_430), later(today, -701))
}

/// The projects and their rules, for a moment of loading and the missions of the programme's host territories.
#[expect(clippy::too_many_lines, reason = "a table of projects and of rules")]
pub(super) fn funding(now: DateTime<Utc>, missions: &[OrganisationId]) -> Funding {
    let today = now.date_naive();
    let mut nth = 0;
    let mut id = || {
        nth += 1;
        new_id(now - TimeDelta::hours(1) + TimeDelta::milliseconds(500 + nth))
    };
    let second = Project {
        id: id().into(),
        code: SECOND_PHASE.to_owned(),
        name: "Western Balkans Return and Reintegration Programme, Phase II".to_owned(),
        donor: "Ministry of Foreign Affairs of Denmark".to_owned(),
        starts_on: later(today, -700),
        ends_on: later(today, 30),
        budget: money(1_500_000_000, "DKK"),
        management_site: Some("Serbia-CO-Belgrade-RS10".to_owned()),
        // References of the demo's own.
        prism_reference: Some("RR.0000".to_owned()),
        wbs_reference: Some("RR.0000.RS10".to_owned()),
        reporting_months: Some(6),
        missions: missions.to_vec(),
        version: 1,
    };
    let (began, ended) = first_phase(today);
    let finished = Project {
        id: id().into(),
        code: FIRST_PHASE.to_owned(),
        name: "Western Balkans Return and Reintegration Programme, Phase I".to_owned(),
        starts_on: began,
        ends_on: ended,
        budget: money(1_200_000_000, "DKK"),
        // One report, at its end.
        reporting_months: None,
        missions: missions.to_vec(),
        ..unnamed(second.clone())
    };
    let first = Project {
        id: id().into(),
        code: "WB-REG-2019".to_owned(),
        name: "Regional support to assisted voluntary return, 2019 to 2021".to_owned(),
        donor: "European Commission (IPA II), with Germany, Austria and the Netherlands".to_owned(),
        starts_on: day(2019, 1, 1),
        ends_on: day(2021, 12, 31),
        budget: money(0, "EUR"),
        missions: missions.to_vec(),
        ..unnamed(second.clone())
    };
    let indonesia = Project {
        id: id().into(),
        code: "IDN-AVR-2010".to_owned(),
        name: "Assisted voluntary return from Indonesia, 2010".to_owned(),
        donor: "Not stated in the annual report".to_owned(),
        starts_on: day(2010, 1, 1),
        ends_on: day(2010, 12, 31),
        budget: money(0, "USD"),
        missions: Vec::new(),
        ..unnamed(second.clone())
    };
    let (of_today, of_2010, begun) = (second.id, indonesia.id, second.starts_on);
    let rules = [
        // Rules are never edited: the first was ended a year ago and replaced, with a cap for families [P].
        rule(
            "WB-CASH-1",
            of_today,
            (second.starts_on, later(today, -366)),
            &[],
            (euros(550), None),
        ),
        rule(
            "WB-CASH-2",
            of_today,
            (later(today, -365), second.ends_on),
            &[],
            (euros(615), Some(200_000)),
        ),
        rule(
            "IDN-2000",
            of_2010,
            (indonesia.starts_on, indonesia.ends_on),
            &["AFG", "IRQ", "IRN"],
            (money(200_000, "USD"), Some(1_000_000)),
        ),
        rule(
            "IDN-1000",
            of_2010,
            (indonesia.starts_on, indonesia.ends_on),
            &["LKA", "VNM"],
            (money(100_000, "USD"), Some(500_000)),
        ),
    ];
    Funding {
        rules: rules
            .into_iter()
            .map(|rule| GrantRule {
                id: id().into(),
                ..rule
            })
            .collect(),
        projects: vec![first, finished, second, indonesia],
        rates: vec![ExchangeRate {
            id: id().into(),
            base: euros(0).currency,
            quote: money(0, "BAM").currency,
            // The convertible mark is pegged.
            rate_micros: 1_955_830,
            valid_on: begun,
            source: "Central Bank of Bosnia and Herzegovina".to_owned(),
        }],
    }
}

/// Whether a rule is of a project that has ended long ago.
pub(super) fn is_of_the_past(rule: &GrantRule) -> bool {
    !rule.code.starts_with("WB-")
}

/// A project without the names that donors and offices have for it.
pub(super) fn unnamed(project: Project) -> Project {
    Project {
        management_site: None,
        prism_reference: None,
        wbs_reference: None,
        ..project
    }
}

fn rule(
    code: &str,
    project: ProjectId,
    (first, last): (NaiveDate, NaiveDate),
    nationalities: &[&str],
    (amount, cap): (Money, Option<i64>),
) -> GrantRule {
    GrantRule {
        id: project.uuid().into(),
        code: code.to_owned(),
        project,
        nationalities: nationalities.iter().map(|code| place(code)).collect(),
        valid_from: first,
        valid_to: Some(last),
        currency: amount.currency,
        person_minor: amount.amount_minor,
        dependant_minor: None,
        family_cap_minor: cap,
        return_allowance_minor: None,
        tranche_policy: TranchePolicy::OneWithReason,
        split_policy: SplitPolicy::FirstCome,
        version: 1,
    }
}

/// An amount in minor units.
pub(super) fn money(amount_minor: i64, currency: &str) -> Money {
    let currency = CurrencyCode::parse(currency);
    Money {
        amount_minor,
        currency: currency.unwrap_or_else(|| unreachable!("ISO 4217 lists it")),
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}
