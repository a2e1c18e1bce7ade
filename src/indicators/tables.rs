//! Tables of returns.

use super::dimension::Dimension;
use super::figures::{Figure, Figures, Published};
use super::publishing::Audience;
use super::question::Question;
use crate::codes;
use crate::domain::party::OrganisationKind;
use crate::domain::statistics::Measure;
use crate::domain::territory::TerritoryProfile;
use crate::error::Error;
use crate::policy::governed::Governed;
use crate::policy::lens::{Consented, Lens};
use crate::policy::relation::Relation;
use crate::policy::viewer::Viewer;
use crate::store::Store;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use std::sync::Arc;

codes! { "Why a figure is suppressed." SuppressionReason {
    Primary = "PRIMARY": "There are too few, or none: nothing is told below the threshold.",
    Secondary = "SECONDARY": "It is withheld together with others, of which at least one names too few; which of them is not said, because that would narrow it down.",
} }

codes! { "The order of the rows of a table." TableOrder {
    PersonsDescending = "PERSONS_DESCENDING": "Most persons first, suppressed rows last by their codes.",
    PersonsDesc = "PERSONS_DESC": "The same by the name that it had first.",
    Keys = "KEYS": "By the codes of the groups.",
} }

crate::never_masked!(SuppressionReason, TableOrder);

/// Most rows of one page.
pub const MOST_ROWS: usize = 1_000;

/// More than this share of persons withheld, in percent, and coarser dimensions are advised.
const ADVISE_FROM: i64 = 20;

/// Which part of a table is asked for.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The order.
    pub order: Option<TableOrder>,
    /// At most so many rows.
    pub first: Option<i32>,
    /// Only rows after this cursor.
    pub after: Option<String>,
}

/// A table of returns.
#[derive(Debug)]
pub struct TableNode {
    /// What it counts by.
    pub dimensions: Vec<Dimension>,
    /// Its rows, or those of one page.
    pub rows: Vec<Arc<Governed<RowNode>>>,
    /// Sums over all but one dimension each.
    pub margins: Vec<Arc<Governed<RowNode>>>,
    /// How many rows there are.
    pub row_count: i64,
    /// Whether more follow.
    pub has_next_page: bool,
    /// The cursor of the last row.
    pub end_cursor: Option<String>,
    /// Cases in all; none where that is suppressed, or where persons of one case stand on both sides of a filter.
    pub total_cases: Option<i64>,
    /// Persons in all; none where that is suppressed.
    pub total_persons: Option<i64>,
    /// Why the total is suppressed.
    pub total_reason: Option<SuppressionReason>,
    /// Whether others may belong to the total of whom that is withheld.
    pub at_least: bool,
    /// Persons of whom the group is withheld.
    pub withheld_persons: i64,
    /// The share of all persons whose group is told, in percent; none where nobody is told of.
    pub coverage: Option<f64>,
    /// Persons whose group is not known, as far as they are told of.
    pub unknown: Option<i64>,
    /// What can be done about it.
    pub advice: Option<&'static str>,
    /// Counts below this are never told.
    pub threshold: i64,
    /// First and last month that it tells of.
    pub months: Option<(String, String)>,
    /// Whether the period asked about is not over, or is told of in part.
    pub is_partial: bool,
    /// Up to when it counts.
    pub as_of: DateTime<Utc>,
    /// When it was counted.
    pub computed_at: DateTime<Utc>,
    /// Counts the publications: the same version gives the same table.
    pub version: i64,
}

/// A row of a table.
#[derive(Debug)]
pub struct RowNode {
    /// Its groups.
    pub keys: Vec<Arc<Governed<KeyNode>>>,
    /// Cases; none where the row is suppressed, or where persons of one case stand in several rows.
    pub cases: Option<i64>,
    /// Persons; none where the row is suppressed.
    pub persons: Option<i64>,
    /// Why it is suppressed, where it is.
    pub reason: Option<SuppressionReason>,
    /// Whether others may belong to it of whom that is withheld.
    pub at_least: bool,
}

/// One dimension of a row.
#[derive(Debug)]
pub struct KeyNode {
    /// The dimension.
    pub dimension: Dimension,
    /// The code of its value.
    pub value: String,
    /// The value in words.
    pub label: String,
    /// The footnote that the words must not be shown without.
    pub footnote: Option<&'static str>,
}

/// The words of one dimension of a row, as a client of this profile reads them.
pub(super) fn key(dimension: Dimension, value: &str, profile: TerritoryProfile) -> KeyNode {
    let (label, footnote) = dimension.words(value);
    KeyNode {
        dimension,
        value: dimension.code_for(value, profile),
        label,
        footnote,
    }
}

/// Returns by up to three dimensions, as a viewer may see them.
///
/// Assisted voluntary returns are counted; where the mode of return is asked about, others too.
///
/// # Errors
///
/// As [`Question::check`]; [`Error::InvalidArgument`] for a page that is none, [`Error::InvalidCursor`]; faults of the
/// database.
pub async fn returns(
    store: &Store,
    viewer: &Viewer,
    mut question: Question,
    (project, part): (Option<&str>, &Part),
) -> Result<Arc<Governed<TableNode>>, Error> {
    question.check(viewer.kind)?;
    let by_mode = question.of_persons().contains(&Dimension::ReturnMode);
    let measures: &[Measure] = if by_mode {
        &[Measure::AssistedToReturn, Measure::ReturnedOtherwise]
    } else {
        &[Measure::AssistedToReturn]
    };
    let published = Published::of(store).await?;
    question.project = project
        .map(|code| published.project(code).map(|project| project.id))
        .transpose()?;
    let figures = published.answer(store, viewer, measures, &question).await?;
    let shape = Shape {
        lens: Lens::new(
            Relation::of_kind(viewer.kind),
            Consented::default(),
            published.computed_at().date_naive(),
        ),
        profile: viewer.territory_profile,
        // A case whose persons differ stands on no one side.
        cases: question
            .of_persons()
            .iter()
            .all(|dimension| dimension.is_of_the_case()),
    };
    let mut margins = Vec::new();
    if question.by.len() > 1 {
        for alone in question.by.clone() {
            let margin = Question {
                by: vec![alone],
                ..question.clone()
            };
            let figures = published.answer(store, viewer, measures, &margin).await?;
            margins.extend(
                shape
                    .rows(&margin.by, &figures, TableOrder::Keys)
                    .into_iter()
                    .map(|(_, row)| row),
            );
        }
    }
    let rows = shape.rows(
        &question.by,
        &figures,
        part.order.unwrap_or(TableOrder::PersonsDescending),
    );
    let (rows, row_count, has_next_page) = page(rows, part)?;
    let end_cursor = rows.last().map(|(cursor, _)| cursor.clone());
    let shown = figures.total.persons > 0 || figures.exact;
    let table = TableNode {
        dimensions: question.by.clone(),
        rows: shape.governed(rows.into_iter().map(|(_, row)| row)),
        margins: shape.governed(margins.into_iter()),
        row_count,
        has_next_page,
        end_cursor,
        total_cases: (shown && shape.cases).then_some(figures.total.cases),
        total_persons: shown.then_some(figures.total.persons),
        total_reason: (!shown).then_some(if figures.uncertain.persons > 0 {
            SuppressionReason::Secondary
        } else {
            SuppressionReason::Primary
        }),
        at_least: figures.uncertain.persons > 0,
        withheld_persons: figures.withheld.persons + figures.uncertain.persons,
        coverage: figures.coverage(),
        unknown: figures.unknown(&question.by),
        advice: advice(&figures),
        threshold: if viewer.kind == OrganisationKind::Auditor {
            0
        } else {
            store.statistics().thresholds(Audience::of(viewer.kind)).usual
        },
        as_of: figures.as_of(),
        months: figures.months,
        is_partial: figures.is_partial,
        computed_at: figures.computed_at,
        version: published.through().version,
    };
    Ok(Arc::new(Governed::new(table, shape.lens)))
}

fn advice(figures: &Figures) -> Option<&'static str> {
    let withheld = figures.withheld.persons + figures.uncertain.persons;
    let all = figures.total.persons + figures.uncertain.persons;
    (withheld * 100 > all * ADVISE_FROM).then_some(
        "Much is withheld because groups are small: count by fewer or coarser dimensions, or ask for a whole project.",
    )
}

struct Shape {
    lens: Lens,
    profile: TerritoryProfile,
    cases: bool,
}

impl Shape {
    fn rows(&self, by: &[Dimension], figures: &Figures, order: TableOrder) -> Vec<(String, RowNode)> {
        let mut rows: Vec<(&Vec<String>, &Figure)> = figures.rows.iter().collect();
        if order != TableOrder::Keys {
            let size = |figure: &Figure| figure.shown.map_or(-1, |count| count.persons);
            // Suppressed rows stand in the order of their codes: an order by size would say which is the larger.
            rows.sort_by(|one, other| size(other.1).cmp(&size(one.1)).then_with(|| one.0.cmp(other.0)));
        }
        let rows = rows.into_iter().map(|(values, figure)| {
            let keys = by.iter().zip(values).map(|(dimension, value)| {
                Arc::new(Governed::new(key(*dimension, value, self.profile), self.lens))
            });
            let row = RowNode {
                keys: keys.collect(),
                cases: figure.shown.filter(|_| self.cases).map(|count| count.cases),
                persons: figure.shown.map(|count| count.persons),
                reason: figure.shown.is_none().then_some(SuppressionReason::Secondary),
                at_least: figure.at_least && figure.shown.is_some(),
            };
            (STANDARD.encode(values.join("\u{1f}")), row)
        });
        rows.collect()
    }

    fn governed(&self, rows: impl Iterator<Item = RowNode>) -> Vec<Arc<Governed<RowNode>>> {
        rows.map(|row| Arc::new(Governed::new(row, self.lens))).collect()
    }
}

type Page = (Vec<(String, RowNode)>, i64, bool);

fn page(mut rows: Vec<(String, RowNode)>, part: &Part) -> Result<Page, Error> {
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let fault = || Error::InvalidArgument(format!("`first` goes from 1 to {MOST_ROWS}"));
    let first = part.first.map_or(Ok(MOST_ROWS), |first| {
        usize::try_from(first)
            .ok()
            .filter(|first| (1..=MOST_ROWS).contains(first))
            .ok_or_else(fault)
    })?;
    if let Some(after) = &part.after {
        let place = rows
            .iter()
            .position(|(cursor, _)| cursor == after)
            .ok_or(Error::InvalidCursor)?;
        rows.drain(..=place);
    }
    let more = rows.len() > first;
    rows.truncate(first);
    Ok((rows, count, more))
}
