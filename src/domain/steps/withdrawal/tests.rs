//! Withdrawal as a property (INV-03, INV-04): whatever was done on a case before, in whatever order, a person who has not
//! departed may step back; then nothing is open any more, nothing that was paid has changed, whoever had been told is told
//! once, and a second time changes nothing.

mod acts;
mod play;

use acts::Act;
use play::{BAGHDAD, ISTANBUL, PRISTINA, Play};
use proptest::prelude::*;

/// How far a case is taken before chance goes on.
const BEGINNINGS: &[&[Act]] = &[
    &[],
    &[Act::Request, Act::Acknowledge],
    &[Act::AskForObjections, Act::Clear, Act::Prepare, Act::Request],
    TO_THE_DOCUMENT,
    TO_THE_TICKET,
    TO_READINESS,
    TO_THE_DEPARTURE,
];

const TO_THE_DOCUMENT: &[Act] = &[
    Act::AskForObjections,
    Act::Clear,
    Act::Prepare,
    Act::Request,
    Act::Acknowledge,
    Act::Confirm,
    Act::Issue,
];

const TO_THE_TICKET: &[Act] = &[
    Act::AskForObjections,
    Act::Clear,
    Act::Prepare,
    Act::Request,
    Act::Acknowledge,
    Act::Confirm,
    Act::Issue,
    Act::ProposeGrant,
    Act::Approve,
    Act::ProposePackage,
    Act::RecommendEscort,
    Act::ApproveEscort,
    Act::AssignEscort,
    Act::Book,
    Act::Ticket,
];

const TO_READINESS: &[Act] = &[
    Act::AskForObjections,
    Act::Clear,
    Act::Prepare,
    Act::Request,
    Act::Acknowledge,
    Act::Confirm,
    Act::Issue,
    Act::ProposeGrant,
    Act::Approve,
    Act::ProposePackage,
    Act::Book,
    Act::Ticket,
    Act::ConfirmTransit,
    Act::ConfirmReception,
    Act::MarkReady,
];

const TO_THE_DEPARTURE: &[Act] = &[
    Act::AskForObjections,
    Act::Clear,
    Act::Prepare,
    Act::Request,
    Act::Acknowledge,
    Act::Confirm,
    Act::Issue,
    Act::ProposeGrant,
    Act::Approve,
    Act::ProposePackage,
    Act::Book,
    Act::Ticket,
    Act::ConfirmTransit,
    Act::ConfirmReception,
    Act::MarkReady,
    Act::Pay,
    Act::Depart,
    Act::Land,
];

fn act() -> impl Strategy<Value = Act> {
    let every = prop::sample::select(Act::EVERY);
    // Time passes often, and applications seldom end before the test ends them.
    prop_oneof![12 => every, 2 => (1..200_i64).prop_map(Act::Wait), 1 => Just(Act::Withdraw), 1 => Just(Act::Reopen)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn inv_03_and_04_a_withdrawal_ends_everything_whatever_was_done(beginning in 0..BEGINNINGS.len(),
                                                                     acts in prop::collection::vec((act(), 0..4_usize), 0..40)) {
        let mut play = Play::begin();
        for act in BEGINNINGS[beginning] {
            prop_assert!(play.does(*act, 0), "{act:?} is part of every return");
        }
        for (act, nth) in acts {
            if act == Act::Withdraw {
                play.withdraws(PRISTINA)?;
            } else {
                play.does(act, nth);
            }
        }
        // On the way it is the mission where the persons are that may record their wish.
        play.withdraws(ISTANBUL)?;
        play.withdraws(BAGHDAD)?;
        play.withdraws(PRISTINA)?;
        play.withdraws(PRISTINA)?;
    }
}

/// Chance meets every part that a withdrawal ends: what follows is open just before it.
#[test]
fn a_case_can_be_full_of_open_things_when_it_is_withdrawn() {
    let mut play = Play::begin();
    for act in TO_READINESS {
        assert!(play.does(*act, 0), "{act:?}");
    }
    for act in [
        Act::Pay,
        Act::AgreePackage,
        Act::RecommendEscort,
        Act::ReferToBaghdad,
        Act::ReferToTheAuthority,
        Act::ReferToAProvider,
        Act::Hold,
    ] {
        assert!(play.does(act, 0), "{act:?}");
    }
    let open = play.open();
    for part in [
        "itinerary",
        "segment",
        "handling",
        "grant",
        "tranche",
        "package",
        "item",
        "escort",
        "referral",
    ] {
        assert!(open.contains(&part), "no {part} is open: {open:?}");
    }
    play.withdraws(PRISTINA).expect("a withdrawal");
    assert!(play.open().is_empty(), "{:?}", play.open());
}
