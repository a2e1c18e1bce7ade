//! The indicators with their figures, as a viewer may see them.

use super::dimension::Dimension;
use super::figures::{Figure, Figures, Published};
use super::matrix::{CountedFrom, IndicatorCode, IndicatorUnit, Line, MATRIX};
use super::provenance::provenance;
use super::publishing::Audience;
use super::question::{Period, PeriodStep, Question};
use super::records::{Tallies, Tally, of_records};
use super::series::{Steps, steps};
use super::tables::{KeyNode, SuppressionReason, key};
use crate::codes;
use crate::domain::instrument::MethodStatus;
use crate::domain::party::OrganisationKind;
use crate::domain::statistics::{Count, Measure};
use crate::domain::survey::Instrument;
use crate::domain::territory::CountryCode;
use crate::error::Error;
use crate::policy::governed::Governed;
use crate::policy::lens::{Consented, Lens};
use crate::policy::relation::Relation;
use crate::policy::viewer::Viewer;
use crate::store::Store;
use chrono::{DateTime, Utc};
use std::sync::Arc;

codes! { "How a figure has moved since the step before." Trend {
    Rising = "RISING": "It has risen.",
    Falling = "FALLING": "It has fallen.",
    Steady = "STEADY": "It is the same.",
} }

crate::never_masked!(Trend, MethodStatus);

/// What is asked of the indicators.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Which; all where none is named.
    pub codes: Option<Vec<IndicatorCode>>,
    /// Only what this project paid for, by its code.
    pub project: Option<String>,
    /// Only this host territory.
    pub territory: Option<CountryCode>,
    /// Only this period.
    pub period: Option<Period>,
    /// In which steps a series goes.
    pub step: Option<PeriodStep>,
    /// What the figures are disaggregated by.
    pub by: Vec<Dimension>,
}

/// A figure of an indicator.
#[derive(Clone, Debug, Default)]
pub struct Value {
    /// What is counted; none where it is suppressed.
    pub numerator: Option<i64>,
    /// Of what; none where nothing is divided, or where it is suppressed.
    pub denominator: Option<i64>,
    /// The figure: the numerator, or its share of the denominator in percent with one decimal.
    pub value: Option<f64>,
    /// Why it is suppressed, where it is.
    pub reason: Option<SuppressionReason>,
    /// Whether others may belong to it of whom that is withheld.
    pub at_least: bool,
}

/// An indicator with its figure.
#[derive(Debug)]
pub struct IndicatorNode {
    /// As the matrix states it.
    pub line: &'static Line,
    /// Whether it goes by an official method; none where the method was never in doubt.
    pub method_status: Option<MethodStatus>,
    /// The figure.
    pub value: Value,
    /// Of those who were asked, the share who answered, in percent rounded to five.
    pub response_rate: Option<f64>,
    /// Of all persons asked about, the share whose group the series tells; none without groups.
    pub coverage: Option<f64>,
    /// Persons whose group is not known, as far as they are told of.
    pub unknown: Option<i64>,
    /// The share of the target that the project asked about has reached, in percent.
    pub achieved: Option<f64>,
    /// How the last step moved.
    pub trend: Option<Trend>,
    /// First and last month that it tells of, as far as it tells of months.
    pub months: Option<(String, String)>,
    /// Whether the period asked about is not over, or is told of in part.
    pub is_partial: bool,
    /// Up to when it counts.
    pub as_of: DateTime<Utc>,
    /// When it was counted.
    pub computed_at: DateTime<Utc>,
    /// Figures by step and by group.
    pub values: Vec<Arc<Governed<ValueNode>>>,
    /// A query that lists the rows that were counted.
    pub provenance: Option<String>,
}

/// A figure of a step, of a group, or of both.
#[derive(Debug)]
pub struct ValueNode {
    /// The step, such as `2026-Q1`; none without steps.
    pub period: Option<String>,
    /// The group; empty without disaggregation.
    pub keys: Vec<Arc<Governed<KeyNode>>>,
    /// The figure.
    pub value: Value,
}

/// The indicators asked for, as a viewer may see them.
///
/// # Errors
///
/// As [`Question::check`]; [`Error::InvalidArgument`] for a project that there is not; faults of the database.
pub async fn indicators(
    store: &Store,
    viewer: &Viewer,
    asked: &Asked,
) -> Result<Vec<Arc<Governed<IndicatorNode>>>, Error> {
    let lines = MATRIX.iter();
    let lines = lines.filter(|line| {
        asked
            .codes
            .as_ref()
            .is_none_or(|codes| codes.contains(&line.code))
    });
    let lines: Vec<&'static Line> = lines.collect();
    let published = Published::of(store).await?;
    let project = asked
        .project
        .as_deref()
        .map(|code| published.project(code))
        .transpose()?;
    let only = asked
        .territory
        .iter()
        .map(|place| (Dimension::HostTerritory, place.as_str().to_owned()));
    let question = Question {
        only: only.collect(),
        project: project.map(|project| project.id),
        period: asked.period,
        by: Vec::new(),
    };
    let mut by = asked.by.clone();
    match asked.step {
        Some(PeriodStep::Project) => by.insert(0, Dimension::Project),
        Some(_) => by.insert(0, Dimension::Month),
        None => {}
    }
    let series = Question {
        by,
        ..question.clone()
    };
    series.check(viewer.kind)?;
    let tallies = of_records(store, &published, asked, &lines).await?;
    let teller = Teller {
        store,
        viewer,
        asked,
        published: &published,
        question: &question,
        series: &series,
        lens: lens(viewer, published.computed_at()),
    };
    let mut found = Vec::new();
    for line in lines {
        let mut node = match measure_of(line) {
            Some(measure) => teller.of_persons(line, measure).await?,
            None => teller.of_records(line, &tallies),
        };
        let share = |value: f64| tenth(value * 100.0 / f64::from(line.target));
        node.achieved = project.and(node.value.value).map(share);
        found.push(Arc::new(Governed::new(node, teller.lens)));
    }
    Ok(found)
}

/// What every indicator of one answer is told from.
struct Teller<'a> {
    store: &'a Store,
    viewer: &'a Viewer,
    asked: &'a Asked,
    published: &'a Published,
    question: &'a Question,
    series: &'a Question,
    lens: Lens,
}

impl Teller<'_> {
    /// An indicator of which nothing is told yet.
    fn untold(&self, line: &'static Line) -> IndicatorNode {
        let computed_at = self.published.computed_at();
        IndicatorNode {
            line,
            method_status: method_status(self.store, line),
            value: Value::default(),
            response_rate: None,
            coverage: None,
            unknown: None,
            achieved: None,
            trend: None,
            months: None,
            is_partial: false,
            as_of: computed_at,
            computed_at,
            values: Vec::new(),
            provenance: None,
        }
    }

    fn key(&self, dimension: Dimension, value: &str) -> Arc<Governed<KeyNode>> {
        let key = key(dimension, value, self.viewer.territory_profile);
        Arc::new(Governed::new(key, self.lens))
    }

    async fn figures(&self, measure: Measure, question: &Question) -> Result<Figures, Error> {
        self.published
            .answer(self.store, self.viewer, &[measure], question)
            .await
    }

    /// An indicator that is counted from persons.
    async fn of_persons(&self, line: &'static Line, measure: Measure) -> Result<IndicatorNode, Error> {
        let mut node = self.untold(line);
        let figures = self.figures(measure, self.question).await?;
        node.value = total(line, &figures);
        node.months.clone_from(&figures.months);
        node.is_partial = figures.is_partial;
        if !figures.exact {
            node.as_of = figures.as_of();
        }
        node.provenance = Some(provenance(measure, self.asked, figures.exact));
        if let Some(instrument) = asked_with(measure) {
            let answered = self
                .figures(Measure::asked_with(instrument), self.question)
                .await?;
            node.response_rate = response_rate(answered.total);
        }
        if self.series.by.is_empty() {
            return Ok(node);
        }
        let figures = self.figures(measure, self.series).await?;
        if !self.asked.by.is_empty() {
            node.coverage = figures.coverage();
            node.unknown = figures.unknown(&self.series.by);
        }
        let steps = steps(&figures, self.asked.step);
        node.trend = trend(line, &steps, self.asked);
        let rows = steps.into_iter().map(|((period, keys), figure)| {
            let keys = self.asked.by.iter().zip(keys);
            ValueNode {
                period,
                keys: keys
                    .map(|(dimension, value)| self.key(*dimension, &value))
                    .collect(),
                value: of_figure(line, figure),
            }
        });
        node.values = rows.map(|row| Arc::new(Governed::new(row, self.lens))).collect();
        Ok(node)
    }

    /// An indicator that is counted from records of missions.
    fn of_records(&self, line: &'static Line, tallies: &Tallies) -> IndicatorNode {
        let mut node = self.untold(line);
        let threshold = if self.viewer.kind == OrganisationKind::Auditor {
            0
        } else {
            self.store
                .statistics()
                .thresholds(Audience::of(self.viewer.kind))
                .of_all()
        };
        node.value = of_tally(line, tallies.total(line), threshold);
        let rows = tallies.rows(line).into_iter().map(|(period, place, tally)| {
            let keys = place.map(|place| self.key(Dimension::HostTerritory, place.as_str()));
            ValueNode {
                period,
                keys: keys.into_iter().collect(),
                value: of_tally(line, tally, threshold),
            }
        });
        node.values = rows.map(|row| Arc::new(Governed::new(row, self.lens))).collect();
        let today = self.published.computed_at().date_naive();
        node.is_partial = self.asked.period.is_some_and(|period| period.to >= today);
        node
    }
}

fn lens(viewer: &Viewer, at: DateTime<Utc>) -> Lens {
    Lens::new(
        Relation::of_kind(viewer.kind),
        Consented::default(),
        at.date_naive(),
    )
}

fn measure_of(line: &Line) -> Option<Measure> {
    match line.from {
        CountedFrom::Persons(measure) => Some(measure),
        _ => None,
    }
}

/// The instrument whose answers a measure counts.
fn asked_with(measure: Measure) -> Option<Instrument> {
    match measure {
        Measure::CompositeScore | Measure::SufficientInAll => Some(Instrument::Rss),
        other => other.question().map(|(instrument, _)| instrument),
    }
}

fn method_status(store: &Store, line: &Line) -> Option<MethodStatus> {
    let scored = matches!(
        line.code,
        IndicatorCode::ReintegrationScore | IndicatorCode::SufficientLevels
    );
    scored.then(|| store.statistics().instruments.method_of(Instrument::Rss))
}

/// A number with one decimal.
fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of persons and contacts are far below 2^53"
)]
pub(super) fn figure(numerator: i64, denominator: Option<i64>) -> f64 {
    match denominator {
        Some(0) => 0.0,
        Some(of) => tenth(numerator as f64 * 100.0 / of as f64),
        None => numerator as f64,
    }
}

fn of_count(line: &Line, count: Count, at_least: bool) -> Value {
    let (numerator, denominator) = if line.unit == IndicatorUnit::Percent {
        (count.met, Some(count.persons))
    } else {
        (count.persons, None)
    };
    Value {
        numerator: Some(numerator),
        denominator,
        value: Some(figure(numerator, denominator)),
        reason: None,
        at_least,
    }
}

fn of_figure(line: &Line, figure: Figure) -> Value {
    match figure.shown {
        Some(count) => of_count(line, count, figure.at_least),
        None => Value {
            reason: Some(SuppressionReason::Secondary),
            ..Value::default()
        },
    }
}

/// All persons asked about; nothing where none were enough to be told of.
fn total(line: &Line, figures: &Figures) -> Value {
    if figures.total.persons > 0 || figures.exact {
        return of_count(line, figures.total, figures.uncertain.persons > 0);
    }
    Value {
        reason: Some(if figures.uncertain.persons > 0 {
            SuppressionReason::Secondary
        } else {
            SuppressionReason::Primary
        }),
        ..Value::default()
    }
}

fn of_tally(line: &Line, tally: Tally, threshold: i64) -> Value {
    let persons = tally.denominator.unwrap_or(tally.numerator);
    if line.from.counts_persons() && persons < threshold {
        return Value {
            reason: Some(SuppressionReason::Primary),
            ..Value::default()
        };
    }
    if tally.denominator == Some(0) {
        return Value {
            reason: Some(SuppressionReason::Primary),
            ..Value::default()
        };
    }
    Value {
        numerator: Some(tally.numerator),
        denominator: tally.denominator,
        value: Some(figure(tally.numerator, tally.denominator)),
        reason: None,
        at_least: false,
    }
}

/// The share who answered, rounded to five percent: the exact one would tell how many left out a single question.
fn response_rate(answered: Count) -> Option<f64> {
    if answered.persons == 0 {
        return None;
    }
    let twentieths = (answered.met * 20 + answered.persons / 2) / answered.persons;
    Some(figure(twentieths * 5, None))
}

fn trend(line: &Line, steps: &Steps, asked: &Asked) -> Option<Trend> {
    if asked.step.is_none_or(|step| step == PeriodStep::Project) || !asked.by.is_empty() {
        return None;
    }
    let mut values = steps.values().rev().map(|figure| of_figure(line, *figure).value);
    let (last, before) = (values.next()??, values.next()??);
    Some(match last.total_cmp(&before) {
        std::cmp::Ordering::Greater => Trend::Rising,
        std::cmp::Ordering::Less => Trend::Falling,
        std::cmp::Ordering::Equal => Trend::Steady,
    })
}
