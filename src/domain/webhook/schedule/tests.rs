use super::*;
use proptest::prelude::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

/// Answers with one status until the verdict is no longer to try again: the waits, and the verdict.
fn until_given_up(status: u16, seed: u64) -> (Vec<TimeDelta>, Progress, Verdict) {
    let (mut progress, mut now, mut waits) = (Progress::from(4), at(0), Vec::new());
    loop {
        let answer = Answer::of_status(status, None);
        let (next, verdict) = progress.after(5, &answer, now, seed);
        progress = next;
        if verdict != Verdict::Retried {
            return (waits, progress, verdict);
        }
        let then = progress.next_attempt_at.expect("a moment");
        waits.push(then - now);
        now = then;
    }
}

#[test]
fn without_jitter_the_schedule_is_that_of_the_specification() {
    let table = [5, 305, 2_105, 9_305, 27_305, 63_305, 113_705, 185_705, 272_105];
    let mut since_start = 0;
    for (wait, expected) in SCHEDULE[1..].iter().zip(table) {
        since_start += wait;
        assert_eq!(since_start, expected);
    }
}

#[test]
fn what_succeeds_starts_from_nothing_again() {
    let (_, progress, _) = until_given_up(500, 1);
    let (next, verdict) = progress.after(6, &Answer::of_status(204, None), at(0), 1);
    assert_eq!((next, verdict), (Progress::from(6), Verdict::Delivered));
}

#[test]
fn what_is_gone_is_disabled_at_once_and_keeps_its_place() {
    let (next, verdict) = Progress::from(4).after(5, &Answer::of_status(410, None), at(0), 1);
    assert_eq!(verdict, Verdict::Disabled(DisabledReason::Gone));
    assert_eq!((next.place, next.next_attempt_at), (4, None));
}

#[test]
fn after_a_dead_letter_the_next_failure_disables_and_the_next_success_goes_on() {
    let (_, progress, verdict) = until_given_up(500, 7);
    assert_eq!((progress.place, verdict), (5, Verdict::DeadLettered));
    assert_eq!(
        (progress.next_attempt_at, progress.breaker),
        (None, BreakerState::Open)
    );
    let (next, verdict) = progress.after(6, &Answer::none(AttemptOutcome::TimedOut), at(0), 7);
    assert_eq!(
        (next.place, verdict),
        (5, Verdict::Disabled(DisabledReason::Unreachable))
    );
}

#[test]
fn the_breaker_opens_after_the_third_failure_and_closes_with_a_success() {
    let (mut progress, refused) = (Progress::from(0), Answer::of_status(503, None));
    for expected in [BreakerState::Closed, BreakerState::Closed, BreakerState::Open] {
        progress = progress.after(1, &refused, at(0), 0).0;
        assert_eq!(progress.breaker, expected);
    }
    let (closed, _) = progress.after(1, &Answer::of_status(200, None), at(0), 0);
    assert_eq!(closed.breaker, BreakerState::Closed);
}

proptest! {
    #[test]
    fn every_wait_is_the_schedule_s_and_at_most_a_tenth_more(seed: u64, status in prop::sample::select(vec![302_u16, 400, 404, 500, 503])) {
        let (waits, progress, verdict) = until_given_up(status, seed);
        prop_assert_eq!(verdict, Verdict::DeadLettered);
        prop_assert_eq!(progress.failures, count_of(SCHEDULE.len()));
        prop_assert_eq!(waits.len() + 1, SCHEDULE.len());
        for (wait, seconds) in waits.iter().zip(&SCHEDULE[1..]) {
            let base = TimeDelta::seconds(*seconds);
            prop_assert!(*wait >= base && *wait <= base + base / 10, "{} for {}", wait, base);
        }
    }

    #[test]
    fn an_answer_that_asks_to_wait_is_heard_within_a_day(seed: u64, seconds in 0_i64..1_000_000, tries in 0_i32..9) {
        let progress = Progress { tries, ..Progress::from(0) };
        let asked = TimeDelta::seconds(seconds);
        let (next, verdict) = progress.after(1, &Answer::of_status(503, Some(asked)), at(0), seed);
        prop_assert_eq!(verdict, Verdict::Retried);
        let wait = next.next_attempt_at.expect("a moment") - at(0);
        let usual = wait_after(usize::try_from(tries + 1).expect("small"), seed).expect("a wait");
        prop_assert_eq!(wait, usual.max(asked.min(LONGEST_RETRY_AFTER)));
    }

    #[test]
    fn what_asks_to_be_slower_waits_a_minute_at_least(seed: u64, status in prop::sample::select(vec![429_u16, 502, 504])) {
        let (next, _) = Progress::from(0).after(1, &Answer::of_status(status, None), at(0), seed);
        prop_assert_eq!(next.next_attempt_at, Some(at(60)));
    }

    #[test]
    fn the_jitter_of_a_wait_depends_on_address_place_and_attempt_alone(address: u128, sequence in 1_i64..1_000_000, tries in 1_i32..10) {
        let seed = seed_of(address, sequence, tries);
        prop_assert_eq!(seed, seed_of(address, sequence, tries));
        prop_assert_ne!(seed, seed_of(address, sequence, tries + 1));
        prop_assert_ne!(seed, seed_of(address ^ 1, sequence, tries));
        prop_assert_ne!(seed, seed_of(address, sequence + 1, tries));
    }
}
