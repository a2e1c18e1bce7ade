//! `Indicator`, `StatisticsTable` and its cells.

use crate::governed;
use crate::graphql::leaf::Words;
use crate::indicators::catalogue::{IndicatorCode, IndicatorNode, IndicatorUnit};
use crate::indicators::tables::{KeyNode, ReturnDimension, RowNode, TableNode};
use chrono::{DateTime, Utc};

governed! { IndicatorNode "Indicator": "An indicator of the results matrix with its figure now." {
    IndicatorCode: (IndicatorCode) = |node| node.code, "Which indicator.";
    IndicatorName: (&str) = |node| node.name, "Its wording in the results matrix.";
    IndicatorUnit: (IndicatorUnit) = |node| node.unit, "What its figures count.";
    IndicatorBaseline: (Option<i32>) = |node| node.baseline, "The figure before the programme; null where the matrix has none.";
    IndicatorTarget: (i32) = |node| node.target, "The figure aimed at; it counts this programme alone, and is not to be divided by the baseline.";
    IndicatorValue: (Option<i64>) = |node| node.value, "The figure now; null where it is suppressed.";
    IndicatorSuppressed: (bool) = |node| node.suppressed, "Whether the figure is suppressed because it names too few.";
    IndicatorSource: (&str) = |node| node.data_source, "Where the figure comes from.";
    IndicatorAsOf: (DateTime<Utc>) = |node| node.as_of, "When it was counted.";
} }

governed! { TableNode "StatisticsTable": "Returns counted by a dimension." {
    StatisticsDimensions: (Words<ReturnDimension>) = |node| Words(node.dimensions.clone()), "What the table counts by.";
    StatisticsRows: [RowNode] = |node| &node.rows, "The cells, largest first, suppressed ones last.";
    StatisticsTotalCases: (Option<i64>) = |node| node.total_cases, "Cases in all; null where that names too few.";
    StatisticsTotalPersons: (Option<i64>) = |node| node.total_persons, "Persons in all; null where that names too few.";
    StatisticsThreshold: (i64) = |node| node.threshold, "Counts from 1 to one less than this are suppressed.";
    StatisticsAsOf: (DateTime<Utc>) = |node| node.as_of, "When it was counted.";
} }

governed! { RowNode "StatisticsRow": "A cell of a table." {
    StatisticsKeys: [KeyNode] = |node| &node.keys, "What it is the cell of.";
    StatisticsCases: (Option<i64>) = |node| node.cases, "Cases; null where the cell is suppressed.";
    StatisticsPersons: (Option<i64>) = |node| node.persons, "Persons; null where the cell is suppressed.";
    StatisticsSuppressed: (bool) = |node| node.suppressed, "Whether the cell is suppressed, because it names too few or because it would give away one that does.";
} }

governed! { KeyNode "StatisticsKey": "One dimension of a cell." {
    StatisticsKeyDimension: (ReturnDimension) = |node| node.dimension, "The dimension.";
    StatisticsKeyValue: (&str) = |node| node.value.as_str(), "The code of its value.";
    StatisticsKeyLabel: (&str) = |node| node.label.as_str(), "The value in words.";
    StatisticsKeyFootnote: (Option<&str>) = |node| node.footnote, "The footnote that the words must not be shown without.";
} }
