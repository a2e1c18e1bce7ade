//! Publishing what posts answered: the parts that it is told in, and what each of them tells.

use super::{WaitingBand, threshold};
use crate::domain::code::Code as _;
use crate::error::Error;
use crate::indicators::disclosure::LEAST_OF_A_RATE;
use crate::indicators::publishing::{end_of, following};
use crate::store::{Answered, PublishedAnswer, PublishedRefusal, PublishedWaiting, Publishing, Store, month};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Publishes what posts answered up to the end of a month, and how many requests waited then.
pub async fn publish(store: &Store, publishing: &Publishing, last: &str) -> Result<(), Error> {
    let Some(end) = end_of(last) else {
        return Ok(());
    };
    let threshold = threshold(store);
    for post in publishing.posts_asked().await? {
        let untold = publishing.untold_answers(post, end).await?;
        // Months in which too few were answered are not told apart from those in which nobody was.
        let mut from = publishing
            .told_until(post)
            .await?
            .and_then(|last| following(&last));
        for part in parts(&untold, threshold) {
            let (Some(first), Some(latest), Some((average_days, median_days))) =
                (part.first(), part.last(), days(part))
            else {
                continue;
            };
            let to = month_of(latest);
            let answer = PublishedAnswer {
                id: Uuid::nil(),
                post,
                from: from.unwrap_or_else(|| month_of(first)),
                to: to.clone(),
                documents: number(issued(part).count()),
                average_days,
                median_days,
            };
            publishing.add_answer(&answer, part).await?;
            from = following(&to);
        }
        let (mut together, mut counted) = (Vec::new(), Vec::new());
        for (answer, requests) in publishing.without_refusals(post).await? {
            together.push(answer);
            counted.extend(requests);
            if let Some(refusal) = refusals(post, &together, &counted) {
                let ids: Vec<Uuid> = together.iter().map(|answer| answer.id).collect();
                publishing.add_refusal(&refusal, &ids).await?;
                together.clear();
                counted.clear();
            }
        }
    }
    let waiting = waiting(&publishing.waiting_at(end).await?, end, threshold);
    publishing.add_waiting(last, waiting).await
}

/// Cuts answers, the oldest first, into parts of whole months, in each of which so many persons got a document; what is left
/// waits. How many were refused in a part is not told: with the number of all answers it would be.
fn parts(untold: &[Answered], threshold: i64) -> Vec<&[Answered]> {
    let mut parts = Vec::new();
    let mut begun = 0;
    let mut seen = 0;
    for of_month in untold.chunk_by(|one, other| month_of(one) == month_of(other)) {
        seen += of_month.len();
        let part = &untold[begun..seen];
        if persons(issued(part)) >= threshold {
            parts.push(part);
            begun = seen;
        }
    }
    parts
}

/// Requests that were answered with a document.
fn issued(part: &[Answered]) -> impl Iterator<Item = &Answered> {
    part.iter().filter(|answer| !answer.refused)
}

/// Mean and median of the days from the request to the document; nothing without documents.
fn days(part: &[Answered]) -> Option<(i64, i64)> {
    let mut days: Vec<i64> = issued(part)
        .map(|answer| {
            let (from, to) = (answer.asked_at.date_naive(), answer.answered_at.date_naive());
            to.signed_duration_since(from).num_days().max(0)
        })
        .collect();
    days.sort_unstable();
    if days.is_empty() {
        return None;
    }
    let count = number(days.len());
    let average = (days.iter().sum::<i64>() * 2 + count) / (count * 2);
    let median = (days[(days.len() - 1) / 2] + days[days.len() / 2] + 1) / 2;
    Some((average, median))
}

/// How many of some published answers were refusals, if enough persons were refused and enough got a document.
fn refusals(post: Uuid, answers: &[PublishedAnswer], counted: &[Answered]) -> Option<PublishedRefusal> {
    let refused = || counted.iter().filter(|answer| answer.refused);
    let enough = persons(refused()).min(persons(issued(counted))) >= LEAST_OF_A_RATE;
    enough.then(|| PublishedRefusal {
        post,
        from: answers
            .first()
            .map(|first| first.from.clone())
            .unwrap_or_default(),
        to: answers.last().map(|last| last.to.clone()).unwrap_or_default(),
        answered: number(counted.len()),
        refused: number(refused().count()),
    })
}

/// How many requests waited at a moment, by post and band, rounded down to a multiple of the threshold.
fn waiting(
    requests: &[(Uuid, DateTime<Utc>)],
    moment: DateTime<Utc>,
    threshold: i64,
) -> Vec<PublishedWaiting> {
    let mut counts: BTreeMap<Uuid, BTreeMap<WaitingBand, i64>> = BTreeMap::new();
    for (post, asked_at) in requests {
        let days = moment.signed_duration_since(*asked_at).num_days();
        let of_post = counts.entry(*post).or_default();
        *of_post.entry(WaitingBand::of(days)).or_default() += 1;
    }
    let posts = counts.into_iter().flat_map(|(post, counts)| {
        WaitingBand::ALL.iter().map(move |(band, code, _)| {
            let count = counts.get(band).copied().unwrap_or_default();
            let at_least = count - count % threshold;
            PublishedWaiting {
                post,
                band: (*code).to_owned(),
                at_least,
                at_most: at_least + threshold - 1,
            }
        })
    });
    posts.collect()
}

fn persons<'a>(answers: impl Iterator<Item = &'a Answered>) -> i64 {
    number(answers.map(|answer| answer.person).collect::<BTreeSet<_>>().len())
}

fn month_of(answer: &Answered) -> String {
    month(answer.answered_at.date_naive())
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, NaiveTime, TimeDelta};
    use proptest::prelude::*;

    fn moment(day: &str) -> DateTime<Utc> {
        let day: NaiveDate = day.parse().expect("a day");
        day.and_time(NaiveTime::MIN).and_utc()
    }

    fn answer(person: u128, asked: &str, answered: &str, refused: bool) -> Answered {
        Answered {
            request: Uuid::nil(),
            person: Uuid::from_u128(person),
            asked_at: moment(asked),
            answered_at: moment(answered),
            refused,
        }
    }

    #[test]
    fn median_and_mean_count_whole_days_of_documents_alone() {
        let mut part: Vec<Answered> = (0..4)
            .map(|person| {
                answer(
                    person,
                    "2026-01-01",
                    &format!("2026-01-{:02}", 11 + person),
                    false,
                )
            })
            .collect();
        part.push(answer(9, "2025-01-01", "2026-01-20", true));
        assert_eq!(
            parts(&part, 5),
            Vec::<&[Answered]>::new(),
            "four documents are too few for five"
        );
        assert_eq!(
            days(&part),
            Some((12, 12)),
            "10, 11, 12 and 13: 11.5 is rounded up"
        );
        part.push(answer(10, "2025-12-21", "2026-01-20", false));
        assert_eq!(days(&part), Some((15, 12)), "and 30");
        assert_eq!(parts(&part, 5).len(), 1);
    }

    #[test]
    fn one_person_asked_for_again_and_again_is_one_person() {
        let part: Vec<Answered> = (1..7)
            .map(|day| answer(1, "2026-01-01", &format!("2026-01-{day:02}"), false))
            .collect();
        assert_eq!(parts(&part, 5), Vec::<&[Answered]>::new());
    }

    #[test]
    fn refusals_wait_until_both_sides_are_three_persons() {
        let told = PublishedAnswer {
            id: Uuid::nil(),
            post: Uuid::nil(),
            from: "2026-01".to_owned(),
            to: "2026-02".to_owned(),
            documents: 6,
            average_days: 31,
            median_days: 31,
        };
        let mut counted: Vec<Answered> = (0..6)
            .map(|person| answer(person, "2026-01-01", "2026-02-01", person < 2))
            .collect();
        assert_eq!(refusals(Uuid::nil(), std::slice::from_ref(&told), &counted), None);
        counted.push(answer(0, "2026-01-01", "2026-02-02", true));
        assert_eq!(
            refusals(Uuid::nil(), std::slice::from_ref(&told), &counted),
            None,
            "the third refusal is of the same person"
        );
        counted.push(answer(7, "2026-01-01", "2026-02-02", true));
        let refusal = refusals(Uuid::nil(), &[told], &counted).expect("enough on both sides");
        assert_eq!((refusal.answered, refusal.refused), (8, 4));
    }

    proptest! {
        /// INV-20: whatever is answered when, every part has enough persons, parts are of whole months and have no request
        /// in common, and nobody is left out but the last who wait.
        #[test]
        fn inv_20_every_part_is_enough(
            answered in proptest::collection::vec((0..40_u128, 0..700_i64, any::<bool>()), 0..120),
            threshold in 3..12_i64,
        ) {
            let first = moment("2025-01-01");
            let mut untold: Vec<Answered> = answered
                .into_iter()
                .map(|(person, day, refused)| Answered {
                    request: Uuid::nil(),
                    person: Uuid::from_u128(person),
                    asked_at: first,
                    answered_at: first + TimeDelta::days(day),
                    refused,
                })
                .collect();
            untold.sort_by_key(|answer| answer.answered_at);
            let parts = parts(&untold, threshold);
            let mut place = 0;
            for part in &parts {
                prop_assert!(persons(issued(part)) >= threshold);
                prop_assert_eq!(&untold[place..place + part.len()], *part);
                place += part.len();
                let next = untold.get(place).map(month_of);
                prop_assert_ne!(part.last().map(month_of), next);
            }
            let left = &untold[place..];
            let months = left.chunk_by(|one, other| month_of(one) == month_of(other));
            prop_assert!(months.count() == 0 || persons(issued(left)) < threshold);
        }

        /// INV-20: of requests that wait a multiple of the threshold is told, and a width of less than it.
        #[test]
        fn inv_20_who_waits_is_told_of_in_steps_of_the_threshold(
            days in proptest::collection::vec(0..200_i64, 0..80),
            threshold in 3..12_i64,
        ) {
            let end = moment("2026-11-01");
            let asked: Vec<_> = days.iter().map(|days| (Uuid::nil(), end - TimeDelta::days(*days))).collect();
            let told = waiting(&asked, end, threshold);
            prop_assert_eq!(told.len(), if days.is_empty() { 0 } else { WaitingBand::ALL.len() });
            for band in told {
                let count = number(days.iter().filter(|days| WaitingBand::of(**days).code() == band.band).count());
                prop_assert_eq!(band.at_least % threshold, 0);
                prop_assert!((band.at_least..=band.at_most).contains(&count));
                prop_assert_eq!(band.at_most - band.at_least, threshold - 1);
            }
        }
    }
}
