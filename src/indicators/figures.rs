//! Answering a question from what was published: every figure is a sum of whole cells.
//!
//! The auditor alone is answered from the facts that hold now, with nothing withheld.

use super::catalogue::figure;
use super::dimension::Dimension;
use super::publishing::{Audience, published_through, value_of};
use super::question::{Period, Question};
use super::tree::{Tree, subject_of};
use crate::domain::code::Code as _;
use crate::domain::party::OrganisationKind;
use crate::domain::statistics::{Count, Measure};
use crate::error::Error;
use crate::policy::viewer::Viewer;
use crate::store::{Cells, CountBy, Edition, PublishedThrough, ReportedProject, Span, Store, month};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A figure of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// How many are told of; nobody where everything is withheld.
    pub shown: Option<Count>,
    /// Whether others of whom the group is withheld may belong to it too.
    pub at_least: bool,
}

/// The answer to a question.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Figures by group, in the order of the dimensions asked for.
    pub rows: BTreeMap<Vec<String>, Figure>,
    /// All persons asked about; others of whom a filtered group is withheld may belong to them.
    pub total: Count,
    /// Persons asked about whose group is withheld.
    pub withheld: Count,
    /// Persons of whom it is withheld whether they are asked about.
    pub uncertain: Count,
    /// The months that were asked about, as far as they were published.
    pub months: Option<(String, String)>,
    /// Whether the period that was asked for is told of in part only.
    pub is_partial: bool,
    /// How far publication has come.
    pub through: Option<PublishedThrough>,
    /// When it was counted.
    pub computed_at: DateTime<Utc>,
    /// Whether nothing of it is withheld from this viewer.
    pub exact: bool,
}

impl Figures {
    /// Of all persons asked about, the share whose group is told, in percent with one decimal; nothing where nobody is told of.
    #[must_use]
    pub fn coverage(&self) -> Option<f64> {
        let all = self.total.persons + self.uncertain.persons;
        let told = self.total.persons - self.withheld.persons;
        (all > 0).then(|| figure(told, Some(all)))
    }

    /// Persons whose group is not known, as far as they are told of, counted by these dimensions; nothing where none of
    /// these has such a group, or where it is withheld whether there are any.
    #[must_use]
    pub fn unknown(&self, by: &[Dimension]) -> Option<i64> {
        if by.iter().all(|dimension| dimension.unknown().is_none()) {
            return None;
        }
        let is_unknown = |key: &Vec<String>| {
            let mut groups = by.iter().zip(key);
            groups.any(|(dimension, group)| dimension.unknown() == Some(group.as_str()))
        };
        let rows = self.rows.iter().filter(|(key, _)| is_unknown(key));
        let told: i64 = rows
            .filter_map(|(_, row)| row.shown)
            .map(|count| count.persons)
            .sum();
        let withheld = self.withheld.persons + self.uncertain.persons;
        (told > 0 || withheld == 0).then_some(told)
    }

    /// The moment up to which persons are counted.
    #[must_use]
    pub fn as_of(&self) -> DateTime<Utc> {
        let month = self.through.as_ref().and_then(|through| through.month.as_deref());
        let next = month.and_then(|month| NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d").ok());
        let next = next.and_then(|first| first.checked_add_months(chrono::Months::new(1)));
        let moment = next
            .and_then(|day| day.and_hms_opt(0, 0, 0))
            .map(|moment| moment.and_utc());
        moment.unwrap_or(self.computed_at)
    }
}

/// What one answer, or several, are made from: read once.
pub struct Published {
    through: PublishedThrough,
    projects: Vec<ReportedProject>,
    edition: Arc<Edition>,
    computed_at: DateTime<Utc>,
}

impl Published {
    /// Publishes what is due and reads what was published.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn of(store: &Store) -> Result<Self, Error> {
        let through = published_through(store).await?;
        Ok(Self {
            projects: store.reported_projects().await?,
            edition: store.edition(through.version).await?,
            through,
            computed_at: store.clock().now(),
        })
    }

    /// The project of a code.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] where there is none, with those that there are.
    pub fn project(&self, code: &str) -> Result<&ReportedProject, Error> {
        self.projects
            .iter()
            .find(|project| project.code == code)
            .ok_or_else(|| {
                let codes: Vec<&str> = self
                    .projects
                    .iter()
                    .map(|project| project.code.as_str())
                    .collect();
                Error::InvalidArgument(format!(
                    "no project has this code; there are {}",
                    codes.join(", ")
                ))
            })
    }

    /// The projects.
    #[must_use]
    pub fn projects(&self) -> &[ReportedProject] {
        &self.projects
    }

    /// How far publication has come.
    #[must_use]
    pub fn through(&self) -> &PublishedThrough {
        &self.through
    }

    /// When this was read.
    #[must_use]
    pub fn computed_at(&self) -> DateTime<Utc> {
        self.computed_at
    }

    fn code_of(&self, span: &Span) -> String {
        let project = self
            .projects
            .iter()
            .find(|project| Some(project.id) == span.project);
        project.map_or_else(|| "NONE".to_owned(), |project| project.code.clone())
    }

    /// Figures of some measures, which never count the same person, together.
    ///
    /// # Errors
    ///
    /// As [`Question::check`]; faults of the database.
    pub async fn answer(
        &self,
        store: &Store,
        viewer: &Viewer,
        measures: &[Measure],
        question: &Question,
    ) -> Result<Figures, Error> {
        question.check(viewer.kind)?;
        if viewer.kind == OrganisationKind::Auditor {
            return self.counted_now(store, measures, question).await;
        }
        let trees = question.trees();
        let mut figures = self.figures(question);
        let spans: Vec<&Span> = if trees.is_empty() {
            self.edition.batches(measures).collect()
        } else {
            self.edition.cohorts(measures).collect()
        };
        let spans: Vec<&Span> = spans
            .into_iter()
            .filter(|span| question.asks_about(span))
            .collect();
        for span in &spans {
            figures.widen(&span.from, &span.to);
        }
        let mut answer = Answer {
            question,
            figures,
            veiled: Vec::new(),
        };
        if trees.is_empty() {
            for span in spans {
                let key = question.key(span, &self.code_of(span), |_| None);
                answer.add(span.count, key, None);
            }
        } else {
            let subject = trees.first().map(|tree| subject_of(*tree)).unwrap_or_default();
            let trees_of_it = subject.iter().map(|tree| tree.code()).collect();
            let audience = Audience::of(viewer.kind).code();
            let cells = self.edition.cells(store, audience, trees_of_it).await?;
            for span in spans {
                self.add_cohort(&mut answer, span, &trees, &cells);
            }
        }
        Ok(answer.finished())
    }

    fn figures(&self, question: &Question) -> Figures {
        let open = question.period.is_some_and(|period| {
            !period.is_of_whole_months() || self.through.month.as_deref() < Some(month(period.to).as_str())
        });
        Figures {
            is_partial: open,
            through: Some(self.through.clone()),
            computed_at: self.computed_at,
            ..Figures::default()
        }
    }

    fn add_cohort(&self, answer: &mut Answer<'_>, cohort: &Span, trees: &[Tree], cells: &Cells) {
        let question = answer.question;
        let of = |tree: &Tree| cells.get(&(cohort.id, tree.code().to_owned()));
        let Some((tree, cells)) = trees.iter().find_map(|tree| Some((tree, of(tree)?))) else {
            // Nothing of this period is told in these dimensions.
            let key = question.key(cohort, &self.code_of(cohort), |_| None);
            if question.only.is_empty() {
                answer.add(cohort.count, key, Some(&[]));
            } else {
                answer.figures.uncertain += cohort.count;
                answer.veiled.push(question.pattern(key, None, &[]));
            }
            return;
        };
        for cell in cells {
            let dimensions = tree.dimensions();
            let place = |dimension: Dimension| dimensions.iter().position(|of| *of == dimension);
            let value = |dimension: Dimension| place(dimension).and_then(|at| cell.keys.get(at)).cloned();
            let next = dimensions.get(cell.keys.len()).copied();
            let mut uncertain = false;
            let mut asked = true;
            for (dimension, wanted) in &question.only {
                match value(*dimension) {
                    Some(value) => asked &= value == *wanted,
                    None if next == Some(*dimension) && cell.names_others_than(wanted) => asked = false,
                    None => uncertain = true,
                }
            }
            if !asked {
                continue;
            }
            let key = question.key(cohort, &self.code_of(cohort), value);
            if uncertain {
                answer.figures.uncertain += cell.count;
                answer.veiled.push(question.pattern(key, next, &cell.withheld));
            } else if key.iter().all(Option::is_some) {
                answer.add(cell.count, key, None);
            } else {
                let list = next
                    .filter(|next| question.by.contains(next))
                    .map_or(&[][..], |_| &cell.withheld);
                answer.veil(cell.count, key, next, list);
            }
        }
    }

    /// What oversight is told: the facts that hold now.
    async fn counted_now(
        &self,
        store: &Store,
        measures: &[Measure],
        question: &Question,
    ) -> Result<Figures, Error> {
        let mut figures = Figures {
            computed_at: self.computed_at,
            exact: true,
            ..Figures::default()
        };
        let months = question.period.map(Period::months);
        let months = months.as_ref().map(|(from, to)| (from.as_str(), to.as_str()));
        let mut by = vec![CountBy::Month];
        by.extend(CountBy::CROSSED);
        for measure in measures {
            let projects = self
                .projects
                .iter()
                .map(|project| (Some(project.id), project.code.as_str()));
            for project in projects.chain([(None, "NONE")]) {
                if question.project.is_some() && question.project != project.0 {
                    continue;
                }
                let of = (*measure, project.0);
                for (keys, count) in store.count_facts(of, months, &by).await? {
                    let value = |dimension: Dimension| match dimension {
                        Dimension::Month => keys[0].clone(),
                        Dimension::Project => project.1.to_owned(),
                        _ => value_of(&keys[1..], dimension),
                    };
                    if question
                        .only
                        .iter()
                        .any(|(dimension, wanted)| value(*dimension) != *wanted)
                    {
                        continue;
                    }
                    let key: Vec<String> = question.by.iter().map(|dimension| value(*dimension)).collect();
                    let row = figures.rows.entry(key).or_default();
                    row.shown = Some(row.shown.unwrap_or_default() + count);
                    figures.total += count;
                    figures.widen(&keys[0], &keys[0]);
                }
            }
        }
        Ok(figures)
    }
}

impl Figures {
    fn widen(&mut self, from: &str, to: &str) {
        let months = self.months.take();
        let (first, last) = months.unwrap_or_else(|| (from.to_owned(), to.to_owned()));
        self.months = Some((first.min(from.to_owned()), last.max(to.to_owned())));
    }
}

impl Question {
    fn asks_about(&self, span: &Span) -> bool {
        let of_project = self.project.is_none_or(|project| span.project == Some(project));
        let in_period = self.period.is_none_or(|period| {
            let (from, to) = period.months();
            (from.as_str()..=to.as_str()).contains(&span.to.as_str())
        });
        of_project && in_period
    }

    /// The group of a cell, as far as it is told.
    fn key(
        &self,
        span: &Span,
        project: &str,
        value: impl Fn(Dimension) -> Option<String>,
    ) -> Vec<Option<String>> {
        let month = || {
            // ISO 8601 writes an interval with a solidus.
            if span.from == span.to {
                span.to.clone()
            } else {
                format!("{}/{}", span.from, span.to)
            }
        };
        let of = |dimension: &Dimension| match dimension {
            Dimension::Month => Some(month()),
            Dimension::Project => Some(project.to_owned()),
            other => value(*other),
        };
        self.by.iter().map(of).collect()
    }

    /// The groups that a cell may belong to: in each dimension those that are possible, or any.
    fn pattern(
        &self,
        key: Vec<Option<String>>,
        next: Option<Dimension>,
        withheld: &[String],
    ) -> Vec<Option<BTreeSet<String>>> {
        let possible = self.by.iter().zip(key).map(|(dimension, told)| match told {
            Some(told) => Some(BTreeSet::from([told])),
            None if next == Some(*dimension) && !withheld.is_empty() => {
                Some(withheld.iter().cloned().collect())
            }
            None => None,
        });
        possible.collect()
    }
}

/// An answer in the making.
struct Answer<'q> {
    question: &'q Question,
    figures: Figures,
    veiled: Vec<Vec<Option<BTreeSet<String>>>>,
}

impl Answer<'_> {
    /// Adds a cell whose group is told, or of which nothing is.
    fn add(&mut self, count: Count, key: Vec<Option<String>>, withheld: Option<&[String]>) {
        let told: Option<Vec<String>> = key.iter().cloned().collect();
        match (told, withheld) {
            (Some(key), None) => {
                self.figures.total += count;
                let row = self.figures.rows.entry(key).or_default();
                row.shown = Some(row.shown.unwrap_or_default() + count);
            }
            (_, withheld) => self.veil(count, key, None, withheld.unwrap_or_default()),
        }
    }

    /// Adds a cell whose group is withheld; groups that are withheld by name get a row that says so.
    fn veil(&mut self, count: Count, key: Vec<Option<String>>, next: Option<Dimension>, withheld: &[String]) {
        self.figures.total += count;
        self.figures.withheld += count;
        let unknown: Vec<usize> = (0..key.len()).filter(|at| key[*at].is_none()).collect();
        if let [only] = unknown.as_slice() {
            for group in withheld {
                let named = key.iter().enumerate().map(|(at, told)| {
                    if at == *only {
                        group.clone()
                    } else {
                        told.clone().unwrap_or_default()
                    }
                });
                self.figures.rows.entry(named.collect()).or_default();
            }
        }
        self.veiled.push(self.question.pattern(key, next, withheld));
    }

    fn finished(self) -> Figures {
        let Self {
            mut figures, veiled, ..
        } = self;
        for (key, figure) in &mut figures.rows {
            figure.at_least = veiled.iter().any(|pattern| {
                let mut both = key.iter().zip(pattern);
                both.all(|(group, possible)| {
                    possible.as_ref().is_none_or(|possible| possible.contains(group))
                })
            });
        }
        figures
    }
}
