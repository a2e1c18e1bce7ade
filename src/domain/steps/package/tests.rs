//! The ceiling of a package holds under any sequence of changes, deliveries, decisions and ends.

use super::{Amendment, NewPackage};
use crate::domain::case::ReturnMode;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::money::{CurrencyCode, Money};
use crate::domain::party::{Author, Directory};
use crate::domain::person::Sex;
use crate::domain::reintegration::{
    CLAIM_WINDOW, Modality, MonitoringMode, MonitoringResult, NewItem, PackageSuspensionReason,
    ReintegrationCategory,
};
use crate::domain::steps::aftercare::NewIntake;
use crate::domain::steps::case::NewPerson;
use crate::domain::territory::CountryCode;
use crate::domain::transition::{Changed, Refusal};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

const CEILING: i64 = 1_000;

/// Something that somebody does to the package.
#[derive(Clone, Debug)]
enum Act {
    Agree,
    Amend(Vec<i32>, Vec<(i64, bool, bool)>),
    Decide(i32, bool),
    Quote(i32, i64),
    Order(i32),
    Deliver(i32),
    Verify(i32),
    FollowUp,
    Suspend,
    Resume,
    Forfeit,
    Close,
}

fn act() -> impl Strategy<Value = Act> {
    let position = 0..8_i32;
    let item = (-10..1_100_i64, any::<bool>(), any::<bool>());
    prop_oneof![
        2 => Just(Act::Agree),
        4 => (prop::collection::vec(position.clone(), 0..3), prop::collection::vec(item, 0..3))
            .prop_map(|(dropped, added)| Act::Amend(dropped, added)),
        2 => (position.clone(), any::<bool>()).prop_map(|(item, approved)| Act::Decide(item, approved)),
        3 => (position.clone(), -10..700_i64).prop_map(|(item, amount)| Act::Quote(item, amount)),
        2 => position.clone().prop_map(Act::Order),
        4 => position.clone().prop_map(Act::Deliver),
        3 => position.prop_map(Act::Verify),
        1 => Just(Act::FollowUp),
        1 => Just(Act::Suspend),
        1 => Just(Act::Resume),
        1 => Just(Act::Forfeit),
        1 => Just(Act::Close),
    ]
}

fn place(code: &str) -> CountryCode {
    CountryCode::parse(code).expect("a country")
}

fn morning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_442_000, 0).expect("a moment")
}

fn author(subject: &str) -> Author {
    Author {
        organisation: Uuid::from_u128(1).into(),
        client: Uuid::from_u128(2).into(),
        subject: subject.to_owned(),
        rights: Vec::new(),
    }
}

fn taken_in(c: &Circumstances<'_>) -> CaseFile {
    let person = NewPerson {
        head_of_household: true,
        family_name: "Amiri".to_owned(),
        given_names: "Navid".to_owned(),
        date_of_birth: NaiveDate::from_ymd_opt(1995, 5, 4).expect("a day"),
        sex: Sex::Male,
        nationality: place("AFG"),
        place_of_birth: None,
        parents_names: None,
        phone: None,
        email: None,
        marital_status: None,
        occupation: None,
        education: None,
        host_address: None,
        address_in_country_of_return: None,
        language: None,
    };
    let intake = NewIntake {
        reference: "KBL-1".to_owned(),
        return_mode: ReturnMode::Forced,
        admitted_on: c.today(),
        returning_state: place("AUT"),
        host_territory: None,
        destination_city: None,
        persons: vec![person],
        funding_project: None,
    };
    let mission = (c.by.organisation, place("AFG"));
    let opened = CaseFile::admit_post_arrival(intake, mission, c).expect("an intake");
    opened.next().clone()
}

fn item((amount_minor, cash, exceptional): (i64, bool, bool)) -> NewItem {
    NewItem {
        category: ReintegrationCategory::Housing,
        modality: if cash { Modality::Cash } else { Modality::InKind },
        description: "Rent".to_owned(),
        amount_minor,
        exceptional,
    }
}

fn does(file: CaseFile, act: &Act, c: &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> {
    let id = file.packages[0].id;
    match act {
        Act::Agree => file.agree_package(id, c.now, None, c),
        Act::Amend(dropped, added) => {
            let amendment = Amendment {
                plan: None,
                dropped: dropped.clone(),
                added: added.iter().copied().map(item).collect(),
            };
            file.amend_package(id, amendment, c)
        }
        Act::Decide(position, approved) => file.decide_exception(id, &[*position], *approved, "DK-1", c),
        Act::Quote(position, amount) => file.quote_item(id, *position, (*amount, "Q-1".to_owned()), c),
        Act::Order(position) => file.order_item(id, *position, c),
        Act::Deliver(position) => file.deliver_item(id, *position, c),
        Act::Verify(position) => file.verify_receipt(id, *position, "R-1".to_owned(), c),
        Act::FollowUp => {
            file.record_contact(id, MonitoringMode::Phone, MonitoringResult::OnTrack, c.today(), c)
        }
        Act::Suspend => file.suspend_package(id, PackageSuspensionReason::Misuse, c),
        Act::Resume => file.resume_package(id, c),
        Act::Forfeit => file.forfeit_package(id, c),
        Act::Close => file.close_package(id, c),
    }
}

proptest! {
    #[test]
    fn the_ceiling_holds_whatever_is_done(first in prop::collection::vec(0..400_i64, 0..3),
                                          cash_allowed: bool,
                                          acts in prop::collection::vec((act(), any::<bool>(), 0..120_i64), 0..30)) {
        let directory = Directory::default();
        let (clerk, colleague) = (author("clerk"), author("colleague"));
        let mut c = Circumstances { now: morning(), directory: &directory, by: &clerk };
        let file = taken_in(&c);
        let new = NewPackage {
            person: file.persons[0].id,
            ceiling: Money { amount_minor: CEILING, currency: CurrencyCode::parse("EUR").expect("a currency") },
            cash_allowed,
            plan: None,
            items: first.iter().map(|amount| item((*amount, false, false))).collect(),
        };
        let Ok(changed) = file.propose_package(new, &c) else {
            prop_assert!(first.iter().sum::<i64>() > CEILING);
            return Ok(());
        };
        let mut file = changed.next().clone();
        for (act, by_colleague, days) in acts {
            c.now += TimeDelta::days(days).min(CLAIM_WINDOW);
            c.by = if by_colleague { &colleague } else { &clerk };
            if let Ok(changed) = does(file.clone(), &act, &c) {
                file = changed.next().clone();
            }
            let package = &file.packages[0];
            let given = package.items.iter().filter(|item| item.state.counts());
            prop_assert!(given.clone().map(|item| item.amount_minor).sum::<i64>() <= CEILING);
            prop_assert!(given.clone().all(|item| item.amount_minor >= 0));
            prop_assert!(cash_allowed || given.clone().all(|item| item.modality != Modality::Cash));
            if package.ended_at.is_some() {
                prop_assert!(!package.items.iter().any(|item| item.state.is_outstanding()));
            }
        }
    }
}
