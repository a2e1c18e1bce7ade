//! What missions are told of consular posts: how long they take, how often they refuse, and how long requests wait.
//!
//! It is told as figures of persons are: once a month is over, in parts of which none has fewer persons than the threshold,
//! and which never change. The answers of a post are told of in a row of parts that have no request in common; a share of
//! refusals goes over as many whole parts as it takes until refusals and documents are both enough. Requests that wait are
//! the same persons month after month, so their number is rounded down to a multiple of the threshold (DOMAIN 4.5).

use super::disclosure::LEAST_OF_A_RATE;
use super::publishing::{Audience, following, publish_due};
use super::tables::SuppressionReason;
use crate::codes;
use crate::domain::code::Code as _;
use crate::domain::party::OrganisationKind;
use crate::error::Error;
use crate::policy::governed::Governed;
use crate::policy::lens::{Consented, Lens};
use crate::policy::relation::Relation;
use crate::store::nodes::OrganisationNode;
use crate::store::page::PageRequest;
use crate::store::{
    Answered, PublishedAnswer, PublishedRefusal, PublishedWaiting, Publishing, Reader, Store, Want,
    filter::OrganisationFilter, month,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

codes! { "How long a request has waited for the answer of a consular post." WaitingBand {
    UpTo14Days = "UP_TO_14_DAYS": "14 days or less.",
    UpTo30Days = "UP_TO_30_DAYS": "15 to 30 days.",
    UpTo60Days = "UP_TO_60_DAYS": "31 to 60 days.",
    UpTo90Days = "UP_TO_90_DAYS": "61 to 90 days.",
    Over90Days = "OVER_90_DAYS": "More than 90 days.",
} }

crate::never_masked!(WaitingBand);

impl WaitingBand {
    fn of(days: i64) -> Self {
        match days {
            ..=14 => Self::UpTo14Days,
            15..=30 => Self::UpTo30Days,
            31..=60 => Self::UpTo60Days,
            61..=90 => Self::UpTo90Days,
            _ => Self::Over90Days,
        }
    }
}

/// What is told of one post.
#[derive(Debug)]
pub struct PostNode {
    /// The post.
    pub post: Option<Arc<Governed<OrganisationNode>>>,
    /// How long it took to answer, the latest first.
    pub answers: Vec<Arc<Governed<AnswersNode>>>,
    /// How often it refused, the latest first.
    pub refusals: Vec<Arc<Governed<RefusalsNode>>>,
    /// How long requests have waited; empty where none was published.
    pub waiting: Vec<Arc<Governed<WaitingNode>>>,
    /// The last day of the month at whose end they had.
    pub waited_until: Option<NaiveDate>,
    /// Why nothing is told of its answers, where nothing is.
    pub reason: Option<SuppressionReason>,
    /// No fewer persons than this are told of.
    pub threshold: i64,
}

/// What a post answered in some months.
#[derive(Debug)]
pub struct AnswersNode {
    /// As it was published.
    pub answer: PublishedAnswer,
}

impl AnswersNode {
    /// Why the days are suppressed, where they are.
    #[must_use]
    pub fn reason(&self) -> Option<SuppressionReason> {
        self.answer.days.is_none().then_some(SuppressionReason::Primary)
    }
}

/// How often a post refused in some months.
#[derive(Debug)]
pub struct RefusalsNode {
    /// As it was published.
    pub refusal: PublishedRefusal,
}

impl RefusalsNode {
    /// The share of the answers that were refusals, in percent with one decimal.
    #[must_use]
    pub fn rate(&self) -> f64 {
        super::catalogue::figure(self.refusal.refused, Some(self.refusal.answered))
    }
}

/// Requests that had waited for so long when a month ended.
#[derive(Debug)]
pub struct WaitingNode {
    /// How long.
    pub band: WaitingBand,
    /// No fewer than these.
    pub at_least: i64,
    /// No more than these.
    pub at_most: i64,
}

/// What is told of consular posts, by the last months that were told of; of some posts, or of all that the viewer reaches.
///
/// # Errors
///
/// [`Error::InvalidArgument`] for a post that there is not; faults of the database.
pub async fn statistics_of_posts(
    store: &Store,
    reader: &Reader,
    want: &Want,
    (only, from, to): (Option<&[String]>, Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Vec<Arc<Governed<PostNode>>>, Error> {
    let through = publish_due(store).await?;
    let posts = OrganisationFilter {
        kinds: Some(vec![OrganisationKind::ConsularPost]),
        territory: None,
    };
    let page = PageRequest {
        limit: 1_000,
        after: None,
        before: None,
        from_end: false,
        ascending: true,
        count: false,
    };
    let posts = reader.page::<OrganisationNode>(&posts, page, want).await?;
    let months = (
        from.map_or_else(|| "0000-00".to_owned(), month),
        to.map_or_else(|| "9999-12".to_owned(), month),
    );
    let answers = store.published_answers(&months.0, &months.1).await?;
    let refusals = store.published_refusals(&months.0, &months.1).await?;
    let closed = through.month.unwrap_or_default();
    let waiting = store.published_waiting(&closed).await?;
    let lens = Lens::new(
        Relation::of_kind(reader.viewer().kind),
        Consented::default(),
        store.clock().now().date_naive(),
    );
    let mut posts: Vec<_> = posts.keys.into_iter().zip(posts.rows).collect();
    if let Some(only) = only {
        let code = |post: &Arc<Governed<OrganisationNode>>| post.key(|node| node.organisation.code.clone());
        posts.retain(|(_, post)| only.contains(&code(post)));
        if only
            .iter()
            .any(|only| posts.iter().all(|(_, post)| code(post) != *only))
        {
            let advice = "no consular post has one of these codes: `organisations(filter: { kind: [CONSULAR_POST] })` lists them";
            return Err(Error::InvalidArgument(advice.to_owned()));
        }
    }
    let told = posts.into_iter().map(|(id, post)| {
        let answers = answers.iter().filter(|answer| answer.post == id).cloned();
        let answers = governed(answers.map(|answer| AnswersNode { answer }), lens);
        let refusals = refusals.iter().filter(|refusal| refusal.post == id).cloned();
        let waiting = bands(waiting.iter().filter(|waiting| waiting.post == id));
        let node = PostNode {
            post: Some(post),
            reason: answers.is_empty().then_some(SuppressionReason::Primary),
            answers,
            refusals: governed(refusals.map(|refusal| RefusalsNode { refusal }), lens),
            waited_until: end_of(&closed)
                .filter(|_| !waiting.is_empty())
                .and_then(|end| end.date_naive().pred_opt()),
            waiting: governed(waiting.into_iter(), lens),
            threshold: threshold(store),
        };
        Arc::new(Governed::new(node, lens))
    });
    Ok(told.collect())
}

fn governed<T>(rows: impl Iterator<Item = T>, lens: Lens) -> Vec<Arc<Governed<T>>> {
    rows.map(|row| Arc::new(Governed::new(row, lens))).collect()
}

/// The bands in their order.
fn bands<'a>(waiting: impl Iterator<Item = &'a PublishedWaiting>) -> Vec<WaitingNode> {
    let mut bands: Vec<WaitingNode> = waiting
        .filter_map(|waiting| {
            Some(WaitingNode {
                band: WaitingBand::from_code(&waiting.band)?,
                at_least: waiting.at_least,
                at_most: waiting.at_most,
            })
        })
        .collect();
    bands.sort_by_key(|waiting| waiting.band);
    bands
}

fn threshold(store: &Store) -> i64 {
    store.statistics().thresholds(Audience::Inside).of_all()
}

/// Publishes what posts answered up to the end of a month, and how many requests waited then.
pub(super) async fn publish(store: &Store, publishing: &Publishing, last: &str) -> Result<(), Error> {
    let Some(end) = end_of(last) else {
        return Ok(());
    };
    let threshold = threshold(store);
    for post in publishing.posts_asked().await? {
        let untold = publishing.untold_answers(post, end).await?;
        for part in parts(&untold, threshold) {
            let (Some(first), Some(latest)) = (part.first(), part.last()) else {
                continue;
            };
            let answer = PublishedAnswer {
                id: Uuid::nil(),
                post,
                from: month(first.answered_at.date_naive()),
                to: month(latest.answered_at.date_naive()),
                answered: number(part.len()),
                days: days(part, threshold),
            };
            // A part ends with a month: everything untold up to there belongs to it.
            publishing
                .add_answer(&answer, end_of(&answer.to).unwrap_or(end))
                .await?;
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

/// Cuts answers, the oldest first, into parts of whole months, each of so many persons; what is left waits.
fn parts(untold: &[Answered], threshold: i64) -> Vec<&[Answered]> {
    let mut parts = Vec::new();
    let mut begun = 0;
    let mut seen = 0;
    for of_month in untold.chunk_by(|one, other| month_of(one) == month_of(other)) {
        seen += of_month.len();
        let part = &untold[begun..seen];
        if persons(part.iter()) >= threshold {
            parts.push(part);
            begun = seen;
        }
    }
    parts
}

/// Mean and median of the days from the request to the document, if as many persons as the threshold got one.
fn days(part: &[Answered], threshold: i64) -> Option<(i64, i64)> {
    let issued = || part.iter().filter(|answer| !answer.refused);
    if persons(issued()) < threshold {
        return None;
    }
    let mut days: Vec<i64> = issued()
        .map(|answer| {
            let (from, to) = (answer.asked_at.date_naive(), answer.answered_at.date_naive());
            to.signed_duration_since(from).num_days().max(0)
        })
        .collect();
    days.sort_unstable();
    let count = number(days.len());
    let average = (days.iter().sum::<i64>() * 2 + count) / (count * 2);
    let median = (days[(days.len() - 1) / 2] + days[days.len() / 2] + 1) / 2;
    Some((average, median))
}

/// How many of some published answers were refusals, if enough persons were refused and enough got a document.
fn refusals(post: Uuid, answers: &[PublishedAnswer], counted: &[Answered]) -> Option<PublishedRefusal> {
    let refused = || counted.iter().filter(|answer| answer.refused);
    let issued = counted.iter().filter(|answer| !answer.refused);
    let enough = persons(refused()).min(persons(issued)) >= LEAST_OF_A_RATE;
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

/// The first moment after a month.
fn end_of(month: &str) -> Option<DateTime<Utc>> {
    let next = format!("{}-01", following(month)?);
    let day = NaiveDate::parse_from_str(&next, "%Y-%m-%d").ok()?;
    Some(day.and_time(NaiveTime::MIN).and_utc())
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use proptest::prelude::*;

    fn moment(day: &str) -> DateTime<Utc> {
        let day: NaiveDate = day.parse().expect("a day");
        day.and_time(NaiveTime::MIN).and_utc()
    }

    fn answer(person: u128, asked: &str, answered: &str, refused: bool) -> Answered {
        Answered {
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
        assert_eq!(days(&part, 5), None, "four documents are too few for five");
        assert_eq!(
            days(&part, 4),
            Some((12, 12)),
            "10, 11, 12 and 13: 11.5 is rounded up"
        );
        part.push(answer(10, "2025-12-21", "2026-01-20", false));
        assert_eq!(days(&part, 5), Some((15, 12)), "and 30");
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
            answered: 6,
            days: None,
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
                prop_assert!(persons(part.iter()) >= threshold);
                prop_assert_eq!(&untold[place..place + part.len()], *part);
                place += part.len();
                let next = untold.get(place).map(month_of);
                prop_assert_ne!(part.last().map(month_of), next);
            }
            let left = &untold[place..];
            let months = left.chunk_by(|one, other| month_of(one) == month_of(other));
            prop_assert!(months.count() == 0 || persons(left.iter()) < threshold);
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
