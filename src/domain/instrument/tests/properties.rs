//! What holds of every table and every sheet of answers.

use super::play::{answered, answered_tables, best, four, tables, worst, written};
use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn what_is_written_is_read(version in tables()) {
        prop_assert_eq!(parse(&written(&version)).unwrap(), version);
    }

    #[test]
    fn a_decimal_survives_its_text(billionths in any::<i64>()) {
        let decimal = Billionths::new(billionths);
        // The lowest number of all has no positive twin to be read from.
        let read = decimal.to_string().parse::<Billionths>();
        prop_assert_eq!(read, if billionths == i64::MIN { Err(NotADecimal) } else { Ok(decimal) });
    }

    #[test]
    fn all_best_is_one_and_all_worst_is_nought(version in tables()) {
        for (sheet, thousandths) in [(answered(&version, best), 1000), (answered(&version, worst), 0)] {
            for found in four(&score(&version, &sheet)) {
                let found = found.unwrap();
                prop_assert_eq!((found.thousandths(), found.denominator()), (thousandths, 1));
            }
        }
    }

    #[test]
    fn a_better_answer_never_lowers_a_score((version, sheet) in answered_tables()) {
        let before = four(&score(&version, &sheet));
        for question in &version.questions {
            let given = sheet.get(&question.code).and_then(|code| question.answer(code)?.value);
            let better = question.answers.iter().filter(|answer| given.is_some() && answer.value >= given);
            for answer in better {
                let mut improved = sheet.clone();
                improved.insert(question.code.clone(), answer.code.clone());
                for (before, after) in before.into_iter().zip(four(&score(&version, &improved))) {
                    prop_assert_eq!(before.err(), after.err());
                    prop_assert!(before.ok() <= after.ok());
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_questions_does_not_matter(
        ((version, sheet), shuffled) in answered_tables().prop_flat_map(|drawn| {
            let shuffled = Just(drawn.0.questions.clone()).prop_shuffle();
            (Just(drawn), shuffled)
        }),
    ) {
        let reordered = InstrumentVersion { questions: shuffled, ..version.clone() };
        let read = parse(&written(&reordered)).unwrap();
        prop_assert_eq!(score(&read, &sheet), score(&version, &sheet));
    }

    #[test]
    fn what_is_not_answered_never_raises_a_score_above_the_best_of_what_is((version, sheet) in answered_tables()) {
        let counts = |question: &Question| {
            sheet.get(&question.code).and_then(|code| question.answer(code)?.value).is_some()
        };
        let left_out = answered(&version, |question| {
            question.answer(sheet.get(&question.code)?).filter(|_| counts(question))
        });
        let at_best = answered(&version, |question| best(question).filter(|_| counts(question)));
        let given = score(&version, &sheet);
        prop_assert_eq!(score(&version, &left_out), given);
        for (given, at_best) in four(&given).into_iter().zip(four(&score(&version, &at_best))) {
            prop_assert_eq!(given.err(), at_best.err());
            prop_assert!(given.ok() <= at_best.ok());
            prop_assert!(at_best.is_err() || at_best.is_ok_and(|found| found.thousandths() == 1000));
        }
    }

    #[test]
    fn a_score_lies_between_nought_and_one_and_is_compared_exactly((version, sheet) in answered_tables()) {
        for found in four(&score(&version, &sheet)).into_iter().flatten() {
            prop_assert!(found.numerator() >= 0 && found.numerator() <= found.denominator());
            prop_assert_eq!(found.is_at_least_half(), 2 * found.numerator() >= found.denominator());
            prop_assert!(!found.is_at_least_half() || found.thousandths() >= 500);
        }
    }

    #[test]
    fn there_is_a_composite_score_where_every_dimension_has_one((version, sheet) in answered_tables()) {
        let scores = score(&version, &sheet);
        let each = Dimension::ALL.iter().all(|(dimension, ..)| scores.of(*dimension).is_ok());
        prop_assert_eq!(scores.composite.is_ok(), each);
        prop_assert_eq!(scores.is_sustainable().is_some(), each);
        prop_assert_eq!(scores.is_sufficient_in_all().is_some(), each);
    }
}
