//! Which step is due when.

use super::*;
use proptest::prelude::*;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

fn step(action: EscalationAction, minutes: i32, before_landing: bool) -> EscalationStep {
    EscalationStep {
        action,
        minutes,
        before_landing,
    }
}

#[test]
fn each_step_waits_for_the_one_before_it() {
    let steps = EscalationRule::defaults().remove(0).steps;
    let landing = Some(at(600));
    assert_eq!(next_due(&steps, 0, at(0), landing), Some(at(15)));
    // The first was done late: the second waits from then.
    assert_eq!(next_due(&steps, 1, at(40), landing), Some(at(55)));
    assert_eq!(next_due(&steps, 3, at(70), landing), Some(at(540)));
    assert_eq!(next_due(&steps, 4, at(540), landing), None);
}

#[test]
fn a_landing_that_is_near_hurries_every_step_before_the_alarm() {
    let steps = EscalationRule::defaults().remove(0).steps;
    let landing = Some(at(70));
    assert_eq!(next_due(&steps, 0, at(0), landing), Some(at(10)));
    assert_eq!(next_due(&steps, 1, at(10), landing), Some(at(11)));
    assert_eq!(next_due(&steps, 3, at(12), landing), Some(at(13)));
    // It has landed already: whoever was told has a minute.
    assert_eq!(next_due(&steps, 0, at(0), Some(at(-5))), Some(at(1)));
}

#[test]
fn an_alarm_without_a_landing_follows_after_a_minute() {
    let steps = [step(EscalationAction::Alarm, 60, true)];
    assert_eq!(next_due(&steps, 0, at(3), None), Some(at(4)));
}

#[test]
fn a_rule_that_cannot_be_carried_out_is_refused() {
    let rule = |notice_type, recipient, steps: &[EscalationStep]| EscalationRule {
        notice_type,
        recipient,
        version: 0,
        steps: steps.to_vec(),
    };
    let (departed, receiving) = (NoticeType::Departed, PartyRelation::Receiving);
    let repeat = step(EscalationAction::Repeat, 1, false);
    assert!(rule(departed, receiving, &[]).check().is_ok());
    assert!(rule(departed, receiving, &[repeat; MOST_STEPS]).check().is_ok());
    assert!(
        rule(departed, receiving, &[repeat; MOST_STEPS + 1])
            .check()
            .is_err()
    );
    assert!(
        rule(NoticeType::NoticeUnacknowledged, receiving, &[repeat])
            .check()
            .is_err()
    );
    for wrong in [
        step(EscalationAction::Repeat, 0, false),
        step(EscalationAction::Repeat, -1, true),
        step(EscalationAction::Repeat, LONGEST_WAIT + 1, false),
    ] {
        assert!(rule(departed, receiving, &[wrong]).check().is_err(), "{wrong:?}");
    }
    let itself = step(EscalationAction::TellSendingMission, 5, false);
    assert!(rule(departed, PartyRelation::Sending, &[itself]).check().is_err());
    for rule in EscalationRule::defaults() {
        rule.check().expect("a default that can be carried out");
        let text = steps_as_text(&rule.steps);
        assert_eq!(read_steps(&text).expect("the same steps"), rule.steps);
    }
}

prop_compose! {
    fn some_step()(minutes in 1..600_i32, before_landing: bool, action in 0..4_usize) -> EscalationStep {
        step(EscalationAction::ALL[action].0, minutes, before_landing)
    }
}

proptest! {
    /// A worker that looks at random moments does each step once, in order, none before its time and none after the end.
    #[test]
    fn a_ladder_is_climbed_once_in_order_and_never_after_an_acknowledgement(
        steps in proptest::collection::vec(some_step(), 0..8),
        looks in proptest::collection::vec(0..240_i64, 1..40),
        landing in proptest::option::of(0..3_000_i64),
        acknowledged in proptest::option::of(0..3_000_i64),
    ) {
        let landing = landing.map(at);
        let (mut now, mut since, mut done) = (0, at(0), Vec::new());
        for wait in looks {
            now += wait;
            if acknowledged.is_some_and(|moment| moment <= now) {
                break;
            }
            while let Some(due) = next_due(&steps, done.len(), since, landing) && due <= at(now) {
                prop_assert!(due >= since + LEAST_WAIT);
                let next = steps[done.len()];
                // A step that nothing hurries has had its whole wait.
                if !next.before_landing && !steps[done.len()..].iter().any(|later| later.before_landing) {
                    prop_assert!(at(now) - since >= TimeDelta::minutes(next.minutes.into()));
                }
                done.push((next, at(now)));
                since = at(now);
                prop_assert!(done.len() <= steps.len());
            }
        }
        prop_assert!(done.iter().map(|(step, _)| step).eq(steps.iter().take(done.len())));
        prop_assert!(done.is_sorted_by_key(|(_, moment)| *moment));
        if let Some(moment) = acknowledged {
            prop_assert!(done.iter().all(|(_, done)| *done <= at(moment)));
        }
        // Whoever has looked long after everything was due has done everything.
        if next_due(&steps, done.len(), since, landing).is_none() {
            prop_assert_eq!(done.len(), steps.len());
        }
    }
}
