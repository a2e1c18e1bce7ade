//! Grants, packages and referrals of made-up cases.

use super::plan::now;
use avrr_gateway::domain::case::Case;
use avrr_gateway::domain::cash_grant::{CashGrant, CashGrantState};
use avrr_gateway::domain::money::{CurrencyCode, Money};
use avrr_gateway::domain::person::Person;
use avrr_gateway::domain::referral::{Referral, ReferralService, ReferralState};
use avrr_gateway::domain::reintegration::{ReintegrationPackage, ReintegrationPackageState};
use avrr_gateway::ids::{OrganisationId, new_id};

fn euros(amount_minor: i64) -> Money {
    let currency = CurrencyCode::parse("EUR").expect("a currency");
    Money {
        amount_minor,
        currency,
    }
}

/// A grant that was put forward.
pub fn grant(case: &Case, person: &Person) -> CashGrant {
    CashGrant {
        id: new_id(now()).into(),
        case_id: case.id,
        person_id: person.id,
        state: CashGrantState::Proposed,
        amount: euros(105_000),
        funding_project: None,
        rule: None,
        counted: None,
        exchange_rate: None,
        proposed_by: None,
        approved_by: None,
        donor_approval: None,
        single_tranche_reason: None,
        end_reason: None,
        recovery: None,
        account: None,
        proposed_at: now(),
        approved_at: None,
        ended_at: None,
        tranches: Vec::new(),
        version: 1,
    }
}

/// A package that was put forward.
pub fn package(case: &Case, person: &Person) -> ReintegrationPackage {
    ReintegrationPackage {
        id: new_id(now()).into(),
        case_id: case.id,
        person_id: person.id,
        state: ReintegrationPackageState::Proposed,
        funding_project: None,
        ceiling: euros(250_000),
        plan: None,
        proposed_at: now(),
        cash_allowed: false,
        revision: 1,
        agreed_at: None,
        donor_approval: None,
        suspended_from: None,
        suspension_reason: None,
        transferred_to: None,
        contacts: Vec::new(),
        ended_at: None,
        items: Vec::new(),
        version: 1,
    }
}

/// A referral of a person to a service.
pub fn referral(case: &Case, about: &Person, (service, ended): (OrganisationId, bool)) -> Referral {
    Referral {
        id: new_id(now()).into(),
        case_id: case.id,
        sender: case.sending_mission,
        recipient: Some(service),
        provider: None,
        person: Some(about.id),
        service: ReferralService::Legal,
        consent_override: None,
        state: if ended {
            ReferralState::Done
        } else {
            ReferralState::Sent
        },
        sent_at: now(),
        answered_at: None,
        ended_at: ended.then(now),
        rejection: None,
        version: 1,
    }
}
