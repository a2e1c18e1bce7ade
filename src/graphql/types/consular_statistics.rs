//! `ConsularPostStatistics`, its answers, refusals, and the requests that wait.

use crate::governed;
use crate::indicators::consular::{AnswersNode, PostNode, RefusalsNode, WaitingBand, WaitingNode};
use crate::indicators::tables::SuppressionReason;
use crate::store::nodes::OrganisationNode;
use chrono::NaiveDate;

governed! { PostNode "ConsularPostStatistics": "How a consular post answers the requests of all missions." {
    PostStatisticsPost: {OrganisationNode} = |node| &node.post, "The post.";
    PostStatisticsAnswers: [AnswersNode] = |node| &node.answers, "How long it took to issue documents, the latest months first; no document is in two of them.";
    PostStatisticsRefusals: [RefusalsNode] = |node| &node.refusals, "How often it refused, the latest months first; empty while refusals or documents are too few to be told of.";
    PostStatisticsWaiting: [WaitingNode] = |node| &node.waiting, "How long requests had waited for its answer when the last month ended: every band, whether any waited or not.";
    PostStatisticsWaitedUntil: (Option<NaiveDate>) = |node| node.waited_until, "The last day of that month; null before the first publication.";
    PostStatisticsThreshold: (i64) = |node| node.threshold, "No fewer persons than this are told of.";
    PostStatisticsSuppressed: (bool) = |node| node.reason.is_some(), "Whether nothing is told of its documents in these months.";
    PostStatisticsReason: (Option<SuppressionReason>) = |node| node.reason, "Why nothing is, where nothing is.";
} }

governed! { AnswersNode "ConsularAnswers": "The documents that a post issued in a month, or in as many as it took until enough persons had one." {
    ConsularAnswersFrom: (&str) = |node| node.answer.from.as_str(), "The first month, as ISO 8601 writes it.";
    ConsularAnswersTo: (&str) = |node| node.answer.to.as_str(), "The last month.";
    ConsularAnswersDocuments: (i64) = |node| node.answer.documents, "Documents that it issued.";
    ConsularAnswersAverage: (i64) = |node| node.answer.average_days, "Mean of the days from the request to the document, rounded.";
    ConsularAnswersMedian: (i64) = |node| node.answer.median_days, "Median of these days, rounded.";
} }

governed! { RefusalsNode "ConsularRefusals": "How often a post refused, over as many months as it took until that names nobody." {
    ConsularRefusalsFrom: (&str) = |node| node.refusal.from.as_str(), "The first month, as ISO 8601 writes it.";
    ConsularRefusalsTo: (&str) = |node| node.refusal.to.as_str(), "The last month.";
    ConsularRefusalsAnswered: (i64) = |node| node.refusal.answered, "Requests that it answered.";
    ConsularRefusalsRefused: (i64) = |node| node.refusal.refused, "Requests that it refused, or whose persons it did not find to be nationals.";
    ConsularRefusalsRate: (f64) = RefusalsNode::rate, "The share of these, in percent with one decimal.";
} }

governed! { WaitingNode "ConsularWaiting": "How many requests had waited for so long: between two numbers, of which the lower is a multiple of the threshold." {
    ConsularWaitingBand: (WaitingBand) = |node| node.band, "How long.";
    ConsularWaitingAtLeast: (i64) = |node| node.at_least, "No fewer requests than these.";
    ConsularWaitingAtMost: (i64) = |node| node.at_most, "No more than these.";
} }
