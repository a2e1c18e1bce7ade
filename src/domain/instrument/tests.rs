//! Scores are exact, whatever the table; a table that could not be right is refused.

mod play;
mod properties;
mod refusals;
mod scores;

use super::*;
use crate::domain::code::Code as _;
use play::{Sheet, sheet};

#[test]
fn the_program_carries_one_provisional_version_of_each_instrument() {
    let carried = embedded();
    assert_eq!(carried.len(), Instrument::ALL.len());
    for (instrument, ..) in Instrument::ALL {
        let version = embedded_version(*instrument, "1").unwrap();
        assert_eq!(version.status, MethodStatus::Provisional);
        assert!(
            version
                .questions
                .iter()
                .all(|question| question.answer("NO_ANSWER").is_some())
        );
    }
    assert_eq!(embedded_version(Instrument::Rss, "2"), None);
}

#[test]
fn the_weights_of_the_carried_rss_add_up_to_one_exactly() {
    let rss = embedded_version(Instrument::Rss, "1").unwrap();
    for (dimension, ..) in Dimension::ALL {
        let of_it = rss
            .questions
            .iter()
            .filter(|question| question.dimension == Some(*dimension));
        let sum: i64 = of_it.map(|question| question.dimension_weight.get()).sum();
        assert_eq!(sum, Billionths::ONE.get());
    }
    let sum: i64 = rss
        .questions
        .iter()
        .map(|question| question.composite_weight.get())
        .sum();
    assert_eq!(sum, Billionths::ONE.get());
}

#[test]
fn the_questions_of_the_results_matrix_can_be_met_and_missed() {
    let asked = [
        (Instrument::AvrPms, "SAFE_RETURN", "YES", "NO"),
        (Instrument::AvrPms, "INFORMATION_SUFFICIENT", "YES", "NO"),
        (
            Instrument::AvrPms,
            "HEARD_THROUGH",
            "MOBILE_TEAM",
            "FRIENDS_OR_FAMILY",
        ),
        (Instrument::AvrPms, "PRE_DEPARTURE_INFORMATION_CLEAR", "YES", "NO"),
        (Instrument::AvrPms, "ORGANISED_AND_DIGNIFIED", "YES", "NO"),
        (
            Instrument::AvrPms,
            "LOGISTICS_SATISFACTION",
            "SATISFIED",
            "NEUTRAL",
        ),
        (
            Instrument::Rass,
            "ASSISTANCE_SATISFACTION",
            "VERY_SATISFIED",
            "DISSATISFIED",
        ),
        (Instrument::Rass, "NEEDS_MET", "YES", "NO"),
    ];
    for (instrument, question, yes, no) in asked {
        let version = embedded_version(instrument, "1").unwrap();
        let says = |answer| met(version, question, &sheet([(question, answer)]));
        assert_eq!(says(yes), Some(true), "{question}");
        assert_eq!(says(no), Some(false), "{question}");
        assert_eq!(says("NO_ANSWER"), None, "{question}");
        assert_eq!(says("PERHAPS"), None, "{question}");
        assert_eq!(met(version, question, &Sheet::new()), None, "{question}");
    }
}

#[test]
fn one_outreach_tool_among_several_answers_is_enough() {
    let version = embedded_version(Instrument::AvrPms, "1").unwrap();
    let heard = |answer| met(version, "HEARD_THROUGH", &sheet([("HEARD_THROUGH", answer)]));
    assert_eq!(heard("FRIENDS_OR_FAMILY,MIGAPP"), Some(true));
    assert_eq!(heard("FRIENDS_OR_FAMILY,OTHER"), Some(false));
    assert_eq!(heard("NO_ANSWER,OTHER"), Some(false));
}

#[test]
fn an_answer_that_the_version_does_not_know_is_found_by_its_question() {
    let version = embedded_version(Instrument::AvrPms, "1").unwrap();
    let check = |question, answer| check_answers(version, &sheet([(question, answer)]));
    let unknown = |question: &str| {
        Err(UnknownAnswer {
            question: question.to_owned(),
        })
    };
    assert_eq!(check_answers(version, &Sheet::new()), Ok(()));
    assert_eq!(check("SAFE_RETURN", "NO_ANSWER"), Ok(()));
    assert_eq!(check("SAFE_RETURN", "PERHAPS"), unknown("SAFE_RETURN"));
    assert_eq!(check("SAFE_RETURN", "YES,NO"), unknown("SAFE_RETURN"));
    assert_eq!(check("SHOE_SIZE", "YES"), unknown("SHOE_SIZE"));
    assert_eq!(check("HEARD_THROUGH", "MIGAPP,HOTLINE"), Ok(()));
    assert_eq!(check("HEARD_THROUGH", "MIGAPP,"), unknown("HEARD_THROUGH"));
    assert_eq!(check("HEARD_THROUGH", "MIGAPP,RADIO"), unknown("HEARD_THROUGH"));
}

#[test]
fn decimals_are_read_exactly_or_not_at_all() {
    let read = |text: &str| text.parse().map(Billionths::get);
    assert_eq!(read("0.333333333"), Ok(333_333_333));
    assert_eq!(read("1"), Ok(1_000_000_000));
    assert_eq!(read("-0.5"), Ok(-500_000_000));
    for wrong in [
        "",
        ".",
        "-",
        ".5",
        "1.",
        "+1",
        "1e3",
        "0,5",
        " 1",
        "--1",
        "1.-5",
        "0.3333333333",
        "9999999999",
        "½",
    ] {
        assert_eq!(read(wrong), Err(NotADecimal), "{wrong}");
    }
}
