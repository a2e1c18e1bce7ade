//! What missions are told of consular posts: how long they take, how often they refuse, and how long requests wait.
//!
//! It is told as figures of persons are: once a month is over, in parts of which none has fewer persons than the threshold,
//! and which never change. The answers of a post are told of in a row of parts that have no request in common; a share of
//! refusals goes over as many whole parts as it takes until refusals and documents are both enough. Requests that wait are
//! the same persons month after month, so their number is rounded down to a multiple of the threshold (DOMAIN 4.5).

mod publishing;

pub(super) use publishing::publish;

use super::publishing::{Audience, end_of, published_through};
use super::tables::SuppressionReason;
use crate::codes;
use crate::domain::code::Code as _;
use crate::domain::party::OrganisationKind;
use crate::error::Error;
use crate::policy::governed::Governed;
use crate::policy::lens::{Consented, Lens};
use crate::policy::outlook;
use crate::policy::relation::Relation;
use crate::store::nodes::OrganisationNode;
use crate::store::page::PageRequest;
use crate::store::{
    PublishedAnswer, PublishedRefusal, PublishedWaiting, Reader, Store, Want, filter::OrganisationFilter,
    month,
};
use chrono::NaiveDate;
use std::sync::Arc;

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
    /// How long requests have waited: every band.
    pub waiting: Vec<Arc<Governed<WaitingNode>>>,
    /// The last day of the month at whose end they had; none before the first publication.
    pub waited_until: Option<NaiveDate>,
    /// Why nothing is told of its answers, where nothing is.
    pub reason: Option<SuppressionReason>,
    /// No fewer persons than this are told of.
    pub threshold: i64,
}

/// The documents that a post issued in some months.
#[derive(Debug)]
pub struct AnswersNode {
    /// As it was published.
    pub answer: PublishedAnswer,
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

/// What is told of consular posts, by the last months that were told of; of some posts, or of all that the viewer reaches. A
/// viewer who sees nothing of it is told of none.
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
    let kind = reader.viewer().kind;
    if !outlook::shows(kind, "ConsularPostStatistics.answers") {
        return Ok(Vec::new());
    }
    let through = published_through(store).await?;
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
        Relation::of_kind(kind),
        Consented::default(),
        store.clock().now().date_naive(),
    );
    let threshold = threshold(store);
    let waited_until = end_of(&closed).and_then(|end| end.date_naive().pred_opt());
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
        let waiting = bands(waiting.iter().filter(|waiting| waiting.post == id), threshold);
        let node = PostNode {
            post: Some(post),
            reason: answers.is_empty().then_some(SuppressionReason::Primary),
            answers,
            refusals: governed(refusals.map(|refusal| RefusalsNode { refusal }), lens),
            waited_until,
            waiting: governed(waiting, lens),
            threshold,
        };
        Arc::new(Governed::new(node, lens))
    });
    Ok(told.collect())
}

fn governed<T>(rows: impl Iterator<Item = T>, lens: Lens) -> Vec<Arc<Governed<T>>> {
    rows.map(|row| Arc::new(Governed::new(row, lens))).collect()
}

/// All bands in their order, whether anybody waited or not: what was not published is fewer than the threshold.
fn bands<'a>(
    waiting: impl Iterator<Item = &'a PublishedWaiting>,
    threshold: i64,
) -> impl Iterator<Item = WaitingNode> {
    let published: Vec<&PublishedWaiting> = waiting.collect();
    WaitingBand::ALL.iter().map(move |(band, code, _)| {
        let known = published.iter().find(|waiting| waiting.band == *code);
        WaitingNode {
            band: *band,
            at_least: known.map_or(0, |known| known.at_least),
            at_most: known.map_or(threshold - 1, |known| known.at_most),
        }
    })
}

fn threshold(store: &Store) -> i64 {
    store.statistics().thresholds(Audience::Inside).of_all()
}
