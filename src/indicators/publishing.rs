//! Publishing: once a month is over, those who wait are told of, as soon as they are enough; once a reporting period is
//! over, its tables are told of. What is out is never changed, so that no two answers can be subtracted from each other.
//!
//! Persons who are recorded late wait with those of the month in which they are: the month of a publication is that in which
//! it was made. The donor's reporting periods say when tables are made (`Project.reportingMonths`).

use super::dimension::Dimension;
use super::disclosure::{Thresholds, Watch, leaves, loss};
use super::tree::{SUBJECTS, Tree};
use crate::codes;
use crate::domain::code::Code;
use crate::domain::party::OrganisationKind;
use crate::domain::statistics::{Count, Measure, region_of};
use crate::domain::territory::CountryCode;
use crate::error::Error;
use crate::ids::ProjectId;
use crate::store::{
    Departure, PublishedCell, PublishedThrough, Publishing, ReportedProject, Span, Store, cause_of, month,
};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, Utc};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

codes! { "For whom figures are published." Audience {
    Inside = "INSIDE": "Missions and the administration of IOM.",
    Outside = "OUTSIDE": "Donors, the public, and partners of other kinds.",
} }

impl Audience {
    /// The audience that an organisation of this kind belongs to.
    #[must_use]
    pub fn of(kind: OrganisationKind) -> Self {
        match kind {
            OrganisationKind::Mission | OrganisationKind::Admin | OrganisationKind::Auditor => Self::Inside,
            _ => Self::Outside,
        }
    }
}

/// A subject is told of in its richest way if not even the second dimension is lost of more than so many of a thousand.
const MOST_LOST: i64 = 200;

/// How long a question waits for what is being published.
const PATIENCE: Duration = Duration::from_secs(10);

/// How far publication has come for a question: what is due is published first, but whoever asks is not kept waiting for
/// long. Then the answer is of what was out before, and says so; what is due comes out nevertheless. Where it fails it is
/// tried again after a minute.
///
/// # Errors
///
/// Faults of the database.
pub async fn published_through(store: &Store) -> Result<PublishedThrough, Error> {
    let through = store.published_through().await?;
    if through.month.as_deref() >= Some(last_closed(store.clock().now()).as_str()) {
        return Ok(through);
    }
    let flight = store.publication();
    let mut ended = flight.ended();
    match flight.begin(store.clock().now()) {
        Departure::Begin(mut running) => {
            // In a task of its own: a question that is given up would undo the publication, and so would the next one.
            let store = store.clone();
            tokio::spawn(async move {
                if let Err(fault) = publish_due(&store).await {
                    tracing::error!(cause = cause_of(&fault), "what is due could not be published");
                    running.failed(store.clock().now());
                }
            });
        }
        Departure::Underway => {}
        Departure::Paused => return Ok(through),
    }
    let _ = timeout(PATIENCE, ended.changed()).await;
    store.published_through().await
}

/// Publishes what is due, and says how far publication has come.
///
/// # Errors
///
/// Faults of the database.
pub async fn publish_due(store: &Store) -> Result<PublishedThrough, Error> {
    let last = last_closed(store.clock().now());
    let through = store.published_through().await?;
    if through.month.as_deref() >= Some(last.as_str()) {
        return Ok(through);
    }
    let publishing = store.begin_publishing().await?;
    if publishing.through.month.as_deref() < Some(last.as_str()) {
        publish(store, publishing).await?;
    }
    store.published_through().await
}

/// Publishes everything anew from the facts that hold now.
///
/// Whoever keeps the earlier figures can subtract them: it is for a mistake in what was counted, not for every day.
///
/// # Errors
///
/// Faults of the database.
pub async fn revise(store: &Store) -> Result<(), Error> {
    let mut publishing = store.begin_publishing().await?;
    publishing.forget().await?;
    publish(store, publishing).await
}

/// The last month that is over.
fn last_closed(now: DateTime<Utc>) -> String {
    let today = now.date_naive();
    month(today.with_day(1).unwrap_or(today) - Days::new(1))
}

async fn publish(store: &Store, publishing: Publishing) -> Result<(), Error> {
    let last = last_closed(store.clock().now());
    let projects = publishing.projects().await?;
    let rules = store.statistics();
    let strictest = Audience::ALL
        .iter()
        .map(|(audience, ..)| rules.thresholds(*audience).of_all())
        .max();
    let pending = publishing.pending(&last).await?;
    let earliest = publishing.through.month.as_deref().and_then(following);
    for waiting in pending.chunk_by(|one, other| (one.measure, one.project) == (other.measure, other.project))
    {
        let over = waiting[0].project.is_some_and(|project| {
            projects
                .iter()
                .any(|known| known.id == project && month(known.ends_on) <= last)
        });
        for (batch, up_to) in batches(waiting, strictest.unwrap_or(1), over) {
            let to = earliest
                .clone()
                .map_or(batch.to.clone(), |earliest| batch.to.clone().max(earliest));
            publishing.add_batch(Span { to, ..batch }, &up_to).await?;
        }
    }
    let mut periods: BTreeMap<(Measure, Option<Uuid>, NaiveDate), Vec<Span>> = BTreeMap::new();
    for batch in publishing.without_tables().await? {
        let ends_on = reported_until(&batch, &projects);
        if month(ends_on) <= last {
            let period = (batch.measure, batch.project.map(ProjectId::uuid), ends_on);
            periods.entry(period).or_default().push(batch);
        }
    }
    for batches in periods.into_values() {
        let ids: Vec<Uuid> = batches.iter().map(|batch| batch.id).collect();
        let people = publishing.crossed(&ids).await?;
        let cohort = merged(batches.into_iter());
        let cells = cohort
            .iter()
            .flat_map(|cohort| cells(cohort.measure, &people, &|audience| rules.thresholds(audience)));
        let cells: Vec<_> = cells.collect();
        if let Some(cohort) = cohort {
            publishing.add_cohort(&cohort, &ids, &cells).await?;
        }
    }
    super::consular::publish(store, &publishing, &last).await?;
    publishing.close(&last).await
}

fn watch(measure: Measure) -> Watch {
    Watch {
        cases: !measure.is_rate(),
        rate: measure.is_rate(),
    }
}

/// Which months are published together, and up to which month: as soon as they are enough. What is left at the end of a
/// project goes with the last that is published now.
fn batches(waiting: &[Span], threshold: i64, over: bool) -> Vec<(Span, String)> {
    let mut batches: Vec<(Span, String)> = Vec::new();
    let mut open: Option<Span> = None;
    for span in waiting {
        let together = merged(open.take().into_iter().chain([span.clone()]));
        match together {
            Some(together) if watch(span.measure).is_enough(together.count, threshold) => {
                batches.push((together, span.to.clone()));
            }
            together => open = together,
        }
    }
    if let (Some(left), true) = (open, over)
        && let Some((last, _)) = batches.pop()
    {
        let up_to = left.to.clone();
        batches.extend(merged([last, left].into_iter()).map(|all| (all, up_to)));
    }
    batches
}

/// Spans of one measure and project as one.
fn merged(spans: impl Iterator<Item = Span>) -> Option<Span> {
    spans.reduce(|one, other| Span {
        from: one.from.min(other.from),
        to: one.to.max(other.to),
        count: one.count + other.count,
        ..one
    })
}

/// The month after a month.
pub(super) fn following(of: &str) -> Option<String> {
    let first = NaiveDate::parse_from_str(&format!("{of}-01"), "%Y-%m-%d").ok()?;
    first.checked_add_months(Months::new(1)).map(month)
}

/// The first moment after a month.
pub(super) fn end_of(month: &str) -> Option<DateTime<Utc>> {
    let next = format!("{}-01", following(month)?);
    let day = NaiveDate::parse_from_str(&next, "%Y-%m-%d").ok()?;
    Some(day.and_time(NaiveTime::MIN).and_utc())
}

/// The last day of the reporting period that a batch belongs to: by the last day of its last month; for what no project
/// pays, the calendar year.
fn reported_until(batch: &Span, projects: &[ReportedProject]) -> NaiveDate {
    let next = following(&batch.to).unwrap_or_else(|| batch.to.clone());
    let day = NaiveDate::parse_from_str(&format!("{next}-01"), "%Y-%m-%d").unwrap_or_default() - Days::new(1);
    let project = projects.iter().find(|project| Some(project.id) == batch.project);
    let Some(project) = project else {
        return NaiveDate::from_ymd_opt(day.year(), 12, 31).unwrap_or(day);
    };
    let months = project
        .reporting_months
        .and_then(|months| u32::try_from(months).ok())
        .filter(|months| *months > 0);
    let Some(months) = months else {
        return project.ends_on;
    };
    let ends = (1..).map_while(|nth: u32| project.starts_on.checked_add_months(Months::new(nth * months)));
    let ends = ends.map(|next| next - Days::new(1));
    let end = ends
        .take(1_200)
        .find(|end| *end >= day)
        .unwrap_or(project.ends_on);
    end.min(project.ends_on)
}

/// The cells of the tables of some persons, with their audiences.
fn cells(
    measure: Measure,
    people: &[(Vec<String>, Count)],
    thresholds: &dyn Fn(Audience) -> Thresholds,
) -> Vec<(String, PublishedCell)> {
    let mut cells = Vec::new();
    for (audience, code, _) in Audience::ALL {
        let thresholds = thresholds(*audience);
        for ways in SUBJECTS {
            let told = ways.iter().map(|way| {
                let trees = way.iter().map(|tree| {
                    let rows = by_tree(people, *tree);
                    (
                        *tree,
                        leaves(&rows, tree.dimensions(), watch(measure), &thresholds),
                    )
                });
                trees.collect::<Vec<_>>()
            });
            let mut told: Vec<Vec<_>> = told.collect();
            let lost = |(tree, leaves): &(Tree, Vec<_>)| loss(leaves, tree.dimensions().len());
            let fair = |way: &Vec<(Tree, Vec<_>)>| way.iter().all(|told| lost(told) <= MOST_LOST);
            let chosen = told.iter().position(fair).unwrap_or(told.len() - 1);
            for (tree, leaves) in told.swap_remove(chosen) {
                cells.extend(leaves.into_iter().map(|leaf| {
                    let cell = PublishedCell {
                        cohort: Uuid::nil(),
                        tree: tree.to_string(),
                        keys: leaf.keys,
                        withheld: leaf.withheld,
                        count: leaf.count,
                    };
                    ((*code).to_owned(), cell)
                }));
            }
        }
    }
    cells
}

/// Persons by the dimensions of a tree.
fn by_tree(people: &[(Vec<String>, Count)], tree: Tree) -> Vec<(Vec<String>, Count)> {
    let mut rows: BTreeMap<Vec<String>, Count> = BTreeMap::new();
    for (keys, count) in people {
        let key = tree
            .dimensions()
            .iter()
            .map(|dimension| value_of(keys, *dimension));
        *rows.entry(key.collect()).or_default() += *count;
    }
    rows.into_iter().collect()
}

/// The value of a dimension among the columns that the store crosses facts by.
pub(super) fn value_of(keys: &[String], dimension: Dimension) -> String {
    let at = |place: usize| keys.get(place).cloned().unwrap_or_default();
    match dimension {
        Dimension::HostTerritory => at(0),
        Dimension::CountryOfReturn => at(1),
        Dimension::Region => {
            CountryCode::parse(&at(1)).map_or_else(|| at(1), |country| region_of(country).to_string())
        }
        Dimension::Nationality => at(2),
        Dimension::Sex => at(3),
        Dimension::AgeBand => at(4),
        Dimension::LegalStatus => at(5),
        Dimension::VulnerabilityGroup => at(6),
        Dimension::ReturnMode => at(7),
        Dimension::Month | Dimension::Project => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(months: &[(&str, i64)]) -> Vec<Span> {
        let spans = months.iter().map(|(month, persons)| Span {
            id: Uuid::nil(),
            measure: Measure::AssistedToReturn,
            project: None,
            from: (*month).to_owned(),
            to: (*month).to_owned(),
            count: Count {
                persons: *persons,
                cases: *persons,
                met: 0,
            },
        });
        spans.collect()
    }

    fn told(months: &[(&str, i64)], over: bool) -> Vec<(String, String, i64)> {
        let batches = batches(&waiting(months), 10, over).into_iter();
        batches
            .map(|(batch, _)| (batch.from, batch.to, batch.count.persons))
            .collect()
    }

    fn span(from: &str, to: &str, persons: i64) -> (String, String, i64) {
        (from.to_owned(), to.to_owned(), persons)
    }

    #[test]
    fn a_month_waits_until_it_is_enough_and_goes_with_the_next_ones() {
        let months = [
            ("2026-01", 12),
            ("2026-02", 4),
            ("2026-03", 5),
            ("2026-04", 3),
            ("2026-05", 7),
        ];
        assert_eq!(
            told(&months, false),
            [span("2026-01", "2026-01", 12), span("2026-02", "2026-04", 12)],
            "seven of May wait"
        );
        assert_eq!(
            told(&months, true),
            [span("2026-01", "2026-01", 12), span("2026-02", "2026-05", 19)],
            "nobody waits once the project is over"
        );
        assert_eq!(told(&[("2026-01", 4)], true), [], "four alone are never told of");
    }

    #[test]
    fn reporting_periods_go_by_the_project_or_by_the_calendar_year() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let project = ReportedProject {
            id: Uuid::nil().into(),
            code: "P".to_owned(),
            starts_on: day("2025-03-15"),
            ends_on: day("2026-10-31"),
            reporting_months: Some(6),
        };
        let until = |month: &str, project: &ReportedProject| {
            let mut batch = waiting(&[(month, 10)]).remove(0);
            batch.project = Some(project.id);
            reported_until(&batch, std::slice::from_ref(project)).to_string()
        };
        assert_eq!(until("2025-03", &project), "2025-09-14");
        assert_eq!(
            until("2025-09", &project),
            "2026-03-14",
            "the last day of September lies in the second period"
        );
        assert_eq!(until("2026-10", &project), "2026-10-31");
        assert_eq!(
            until("2027-01", &project),
            "2026-10-31",
            "who is recorded late belongs to the last"
        );
        let whole = ReportedProject {
            reporting_months: None,
            ..project
        };
        assert_eq!(until("2025-03", &whole), "2026-10-31");
        assert_eq!(
            reported_until(&waiting(&[("2026-02", 10)])[0], &[]).to_string(),
            "2026-12-31"
        );
    }
}
