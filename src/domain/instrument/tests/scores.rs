//! Scores at their limits.

use super::play::{answered, best, sheet};
use super::*;

/// A question for each dimension, five for the economic one.
const TABLE: &str = include_str!("table.json");

fn table() -> InstrumentVersion {
    parse(TABLE).unwrap()
}

fn all(version: &InstrumentVersion, code: &str) -> Sheet {
    answered(version, |question| question.answer(code))
}

#[test]
fn exactly_half_counts() {
    let version = table();
    let scores = score(&version, &all(&version, "HALF"));
    assert_eq!(scores.is_sustainable(), Some(true));
    assert_eq!(scores.is_sufficient_in_all(), Some(true));
    let half = scores.composite.unwrap();
    assert_eq!((half.numerator(), half.denominator()), (1, 2));
}

#[test]
fn a_billionth_less_than_half_does_not_count_though_it_shows_as_half() {
    let version = table();
    let scores = score(&version, &all(&version, "BELOW_HALF"));
    assert_eq!(scores.is_sustainable(), Some(false));
    assert_eq!(scores.is_sufficient_in_all(), Some(false));
    assert_eq!(scores.composite.unwrap().to_string(), "0.500");
}

#[test]
fn a_sustainable_return_may_lack_in_one_dimension() {
    let version = table();
    let mut given = answered(&version, best);
    given.insert("SOCIAL".to_owned(), "BELOW_HALF".to_owned());
    let scores = score(&version, &given);
    assert_eq!(scores.is_sustainable(), Some(true));
    assert_eq!(scores.is_sufficient_in_all(), Some(false));
}

#[test]
fn the_composite_score_has_weights_of_its_own() {
    let version = table();
    let given = sheet([
        ("ECONOMIC_1", "BEST"),
        ("ECONOMIC_2", "WORST"),
        ("ECONOMIC_3", "WORST"),
        ("ECONOMIC_4", "WORST"),
        ("ECONOMIC_5", "WORST"),
        ("SOCIAL", "WORST"),
        ("PSYCHOSOCIAL", "WORST"),
    ]);
    let scores = score(&version, &given);
    assert_eq!(scores.economic.unwrap().to_string(), "0.200");
    assert_eq!(scores.composite.unwrap().to_string(), "0.500");
}

#[test]
fn four_fifths_of_the_weight_are_enough_and_less_gives_no_score() {
    let version = table();
    let mut given = all(&version, "BEST");
    given.remove("ECONOMIC_5");
    assert!(score(&version, &given).composite.is_ok());
    given.insert("ECONOMIC_4".to_owned(), "NO_ANSWER".to_owned());
    let scores = score(&version, &given);
    assert_eq!(scores.economic, Err(NoScore::TooFewAnswers));
    assert!(scores.social.is_ok() && scores.psychosocial.is_ok());
    assert_eq!(scores.composite, Err(NoScore::DimensionWithoutScore));
    assert_eq!(scores.is_sustainable(), None);
    assert_eq!(scores.is_sufficient_in_all(), None);
}

#[test]
fn a_version_may_ask_for_a_smaller_share() {
    let lenient = TABLE.replace("\"source\"", "\"leastAnswered\": \"0.6\", \"source\"");
    let version = parse(&lenient).unwrap();
    let mut given = all(&version, "BEST");
    given.remove("ECONOMIC_4");
    given.remove("ECONOMIC_5");
    assert!(score(&version, &given).composite.is_ok());
}

#[test]
fn nothing_answered_gives_no_score() {
    let scores = score(&table(), &Sheet::new());
    assert_eq!(scores.economic, Err(NoScore::TooFewAnswers));
    assert_eq!(scores.composite, Err(NoScore::DimensionWithoutScore));
}

#[test]
fn an_instrument_without_weights_gives_no_scores() {
    let version = embedded_version(Instrument::Rass, "1").unwrap();
    let scores = score(version, &answered(version, best));
    assert_eq!(scores.social, Err(NoScore::NotScored));
    assert_eq!(scores.composite, Err(NoScore::NotScored));
}

#[test]
fn who_answers_the_carried_rss_at_its_best_scores_one() {
    let version = embedded_version(Instrument::Rss, "1").unwrap();
    let scores = score(version, &answered(version, best));
    assert_eq!(scores.composite.unwrap().to_string(), "1.000");
}

#[test]
fn thousandths_are_rounded_half_up() {
    let worth = |value: &str| {
        let text = TABLE.replace("0.499999999", value);
        let version = parse(&text).unwrap();
        score(&version, &all(&version, "BELOW_HALF"))
            .social
            .unwrap()
            .thousandths()
    };
    assert_eq!(worth("0.1234"), 123);
    assert_eq!(worth("0.1235"), 124);
    assert_eq!(worth("0.123499999"), 123);
    assert_eq!(worth("0.999999999"), 1000);
}
