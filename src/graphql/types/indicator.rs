//! `Indicator`, `IndicatorValue`, `StatisticsTable` and its rows.

use crate::domain::instrument::MethodStatus;
use crate::governed;
use crate::graphql::leaf::{List, Words};
use crate::indicators::catalogue::{IndicatorNode, Trend, ValueNode};
use crate::indicators::dimension::Dimension;
use crate::indicators::matrix::{IndicatorCode, IndicatorUnit, ResultsLevel, VERSION};
use crate::indicators::tables::{KeyNode, RowNode, SuppressionReason, TableNode};
use chrono::{DateTime, Utc};

governed! { IndicatorNode "Indicator": "An indicator of the results matrix with its figures." {
    IndicatorCode: (IndicatorCode) = |node| node.line.code, "Which indicator.";
    IndicatorNumber: (i32) = |node| node.line.number, "Its number in the results matrix.";
    IndicatorLevel: (ResultsLevel) = |node| node.line.level, "Its level in the results matrix.";
    IndicatorName: (&str) = |node| node.line.name, "Its wording in the results matrix.";
    IndicatorUnit: (IndicatorUnit) = |node| node.line.unit, "What its figures count.";
    IndicatorBaseline: (Option<i32>) = |node| node.line.baseline, "The figure before the project; null where the matrix leaves it blank, which is not zero.";
    IndicatorTarget: (i32) = |node| node.line.target, "The figure aimed at, which is this project's own, and is not to be divided by the baseline.";
    IndicatorNumeratorIs: (&str) = |node| node.line.numerator, "What the numerator counts.";
    IndicatorDenominatorIs: (Option<&str>) = |node| node.line.denominator, "What the denominator counts; null where nothing is divided.";
    IndicatorSource: (&str) = |node| node.line.source, "The source and the method that the matrix names.";
    IndicatorTiming: (&str) = |node| node.line.timing, "When it is asked or counted.";
    IndicatorBy: (Words<Dimension>) = |node| Words(node.line.by.to_vec()), "By what the matrix disaggregates it.";
    IndicatorCaveats: (List<&str>) = |node| List(node.line.caveats.to_vec()), "What whoever reads it has to know.";
    IndicatorVersion: (&str) = |_| VERSION, "Version of the definition: a changed definition is a new version.";
    IndicatorMethod: (Option<MethodStatus>) = |node| node.method_status, "Whether it goes by an official table of weights; null where none is needed.";
    IndicatorValue: (Option<f64>) = |node| node.value.value, "The figure: a number, or percent with one decimal; null where it is suppressed.";
    IndicatorNumerator: (Option<i64>) = |node| node.value.numerator, "What was counted; null where it is suppressed.";
    IndicatorDenominator: (Option<i64>) = |node| node.value.denominator, "Of how many; null where nothing is divided, or where it is suppressed.";
    IndicatorSuppressed: (bool) = |node| node.value.reason.is_some(), "Whether the figure is suppressed.";
    IndicatorReason: (Option<SuppressionReason>) = |node| node.value.reason, "Why it is suppressed, where it is.";
    IndicatorAtLeast: (bool) = |node| node.value.at_least, "Whether others may belong to it of whom that is withheld.";
    IndicatorResponse: (Option<f64>) = |node| node.response_rate, "Of those who were asked, the share who answered, in percent rounded to five; who declined counts here and nowhere else.";
    IndicatorCoverage: (Option<f64>) = |node| node.coverage, "Of all persons asked about, the share whose group `values` tells, in percent with one decimal; null without groups.";
    IndicatorUnknown: (Option<i64>) = |node| node.unknown, "Persons whose group is not known (NOT_ASSESSED, sex X), as far as they are told of; null where no group stands for that, or where it is withheld.";
    IndicatorAchieved: (Option<f64>) = |node| node.achieved, "The share of the target that the project asked about has reached, in percent; null where none is asked about. The baseline is never a part of it.";
    IndicatorTrend: (Option<Trend>) = |node| node.trend, "How the last step of the series moved; null without one.";
    IndicatorFromMonth: (Option<&str>) = |node| node.months.as_ref().map(|(from, _)| from.as_str()), "The first month that it tells of, as ISO 8601 writes it; null where it does not go by months.";
    IndicatorToMonth: (Option<&str>) = |node| node.months.as_ref().map(|(_, to)| to.as_str()), "The last month that it tells of.";
    IndicatorPartial: (bool) = |node| node.is_partial, "Whether the period asked about is not over, or is told of in part.";
    IndicatorAsOf: (DateTime<Utc>) = |node| node.as_of, "Up to when it counts: persons are told of once a month is over.";
    IndicatorComputedAt: (DateTime<Utc>) = |node| node.computed_at, "When it was counted.";
    IndicatorValues: [ValueNode] = |node| &node.values, "Its figures by the steps and the groups asked for; empty where neither is.";
    IndicatorProvenance: (Option<&str>) = |node| node.provenance.as_deref(), "A query that lists the rows that were counted, for whoever may read the database.";
} }

governed! { ValueNode "IndicatorValue": "A figure of an indicator, of one step, of one group, or of both." {
    ValuePeriod: (Option<&str>) = |node| node.period.as_deref(), "The step, such as 2026-11, 2026-Q4, 2026 or the code of a project; null without steps.";
    ValueKeys: [KeyNode] = |node| &node.keys, "The group; empty without disaggregation.";
    ValueNumerator: (Option<i64>) = |node| node.value.numerator, "What was counted; null where it is suppressed.";
    ValueDenominator: (Option<i64>) = |node| node.value.denominator, "Of how many; null where nothing is divided, or where it is suppressed.";
    ValueValue: (Option<f64>) = |node| node.value.value, "The figure: a number, or percent with one decimal; null where it is suppressed.";
    ValueSuppressed: (bool) = |node| node.value.reason.is_some(), "Whether the figure is suppressed.";
    ValueReason: (Option<SuppressionReason>) = |node| node.value.reason, "Why it is suppressed, where it is.";
    ValueAtLeast: (bool) = |node| node.value.at_least, "Whether others may belong to it of whom that is withheld.";
} }

governed! { TableNode "StatisticsTable": "Returns counted by up to three dimensions." {
    StatisticsDimensions: (Words<Dimension>) = |node| Words(node.dimensions.clone()), "What the table counts by.";
    StatisticsRows: [RowNode] = |node| &node.rows, "Its rows, or those of one page.";
    StatisticsMargins: [RowNode] = |node| &node.margins, "Sums by each single dimension; empty for a table of one.";
    StatisticsRowCount: (i64) = |node| node.row_count, "How many rows the whole table has.";
    StatisticsNextPage: (bool) = |node| node.has_next_page, "Whether more rows follow this page.";
    StatisticsEndCursor: (Option<&str>) = |node| node.end_cursor.as_deref(), "The cursor of the last row, for `after`.";
    StatisticsTotalCases: (Option<i64>) = |node| node.total_cases, "Cases in all; null where that is suppressed, or where a case may stand on both sides of what is asked.";
    StatisticsTotalPersons: (Option<i64>) = |node| node.total_persons, "Persons in all; null where that is suppressed.";
    StatisticsTotalSuppressed: (bool) = |node| node.total_reason.is_some(), "Whether the total is suppressed.";
    StatisticsTotalReason: (Option<SuppressionReason>) = |node| node.total_reason, "Why the total is suppressed, where it is.";
    StatisticsAtLeast: (bool) = |node| node.at_least, "Whether others may belong to the total of whom that is withheld.";
    StatisticsWithheld: (i64) = |node| node.withheld_persons, "Persons whose group is withheld.";
    StatisticsCoverage: (Option<f64>) = |node| node.coverage, "Of all persons asked about, the share whose group is told, in percent with one decimal; null where nobody is told of.";
    StatisticsUnknown: (Option<i64>) = |node| node.unknown, "Persons whose group is not known (NOT_ASSESSED, sex X), as far as they are told of; null where no group stands for that, or where it is withheld.";
    StatisticsAdvice: (Option<&str>) = |node| node.advice, "What to ask instead where much is withheld.";
    StatisticsThreshold: (i64) = |node| node.threshold, "No fewer persons than this are told of.";
    StatisticsFromMonth: (Option<&str>) = |node| node.months.as_ref().map(|(from, _)| from.as_str()), "The first month that it tells of, as ISO 8601 writes it; null where it tells of none.";
    StatisticsToMonth: (Option<&str>) = |node| node.months.as_ref().map(|(_, to)| to.as_str()), "The last month that it tells of.";
    StatisticsPartial: (bool) = |node| node.is_partial, "Whether the period asked about is not over, or is told of in part.";
    StatisticsAsOf: (DateTime<Utc>) = |node| node.as_of, "Up to when it counts: persons are told of once a month is over, in tables once a reporting period is.";
    StatisticsComputedAt: (DateTime<Utc>) = |node| node.computed_at, "When it was counted.";
    StatisticsVersion: (i64) = |node| node.version, "Counts the publications: while it stays the same, so does the table.";
} }

governed! { RowNode "StatisticsRow": "A row of a table." {
    StatisticsKeys: [KeyNode] = |node| &node.keys, "Its groups.";
    StatisticsCases: (Option<i64>) = |node| node.cases, "Cases; null where the row is suppressed, or where persons of one case may stand in several rows.";
    StatisticsPersons: (Option<i64>) = |node| node.persons, "Persons; null where the row is suppressed.";
    StatisticsSuppressed: (bool) = |node| node.reason.is_some(), "Whether the row is suppressed, because it names too few or because it would give away one that does.";
    StatisticsReason: (Option<SuppressionReason>) = |node| node.reason, "Why it is suppressed, where it is.";
    StatisticsRowAtLeast: (bool) = |node| node.at_least, "Whether others may belong to it of whom that is withheld.";
} }

governed! { KeyNode "StatisticsKey": "One dimension of a row." {
    StatisticsKeyDimension: (Dimension) = |node| node.dimension, "The dimension.";
    StatisticsKeyValue: (&str) = |node| node.value.as_str(), "The code of its value.";
    StatisticsKeyLabel: (&str) = |node| node.label.as_str(), "The value in words.";
    StatisticsKeyFootnote: (Option<&str>) = |node| node.footnote, "The footnote that the words must not be shown without.";
} }
