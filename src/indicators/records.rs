//! Indicators that are counted from records of missions, not from persons on cases: outreach, campaigns, trainings and
//! surveys of partners. They are counted from the rows, as they are now.

use super::catalogue::Asked;
use super::dimension::Dimension;
use super::figures::Published;
use super::matrix::{CountedFrom, Line};
use super::question::{Period, PeriodStep};
use crate::domain::territory::CountryCode;
use crate::error::Error;
use crate::store::{RecordCounts, Store, month};
use chrono::{Datelike, Months, NaiveDate};
use std::ops::RangeInclusive;

/// Most steps of a series, and most territories times steps.
const MOST_STEPS: usize = 120;

/// What was counted, and of how many where it is a share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// What was counted.
    pub numerator: i64,
    /// Of how many.
    pub denominator: Option<i64>,
}

/// What was counted of the records.
#[derive(Default)]
pub(super) struct Tallies {
    total: Option<RecordCounts>,
    rows: Vec<(Option<String>, Option<CountryCode>, RecordCounts)>,
}

impl Tallies {
    /// The figure of an indicator.
    pub(super) fn total(&self, line: &Line) -> Tally {
        self.total
            .as_ref()
            .map(|counts| tally(line.from, counts))
            .unwrap_or_default()
    }

    /// Its figures by step and territory.
    pub(super) fn rows(&self, line: &Line) -> Vec<(Option<String>, Option<CountryCode>, Tally)> {
        let rows = self.rows.iter();
        rows.map(|(period, place, counts)| (period.clone(), *place, tally(line.from, counts)))
            .collect()
    }
}

fn tally(from: CountedFrom, counts: &RecordCounts) -> Tally {
    let number = |numerator| Tally {
        numerator,
        denominator: None,
    };
    let share = |numerator, of| Tally {
        numerator,
        denominator: Some(of),
    };
    match from {
        CountedFrom::Persons(_) => Tally::default(),
        CountedFrom::PartnersEnabling => share(counts.partners_enabling, counts.partners_answered),
        CountedFrom::Applying => share(counts.applying, counts.applying_answered),
        CountedFrom::Populations => number(counts.populations),
        CountedFrom::StaffTrained => number(counts.staff_trained),
        CountedFrom::PartnersTrained => number(counts.partners_trained),
        CountedFrom::Sheets => share(counts.sheets_better, counts.sheets_returned),
        CountedFrom::Contacts => number(counts.contacts),
        CountedFrom::Locations => number(counts.locations),
        CountedFrom::Reached => number(counts.reached),
        CountedFrom::Engaged => number(counts.engaged),
        CountedFrom::CampaignTerritories => number(counts.campaign_territories),
    }
}

/// Counts the records asked about, if an indicator needs them.
pub(super) async fn of_records(
    store: &Store,
    published: &Published,
    asked: &Asked,
    lines: &[&'static Line],
) -> Result<Tallies, Error> {
    if lines
        .iter()
        .all(|line| matches!(line.from, CountedFrom::Persons(_)))
    {
        return Ok(Tallies::default());
    }
    let project = asked
        .project
        .as_deref()
        .map(|code| published.project(code))
        .transpose()?;
    let within = |days: Option<RangeInclusive<NaiveDate>>| match (days, project) {
        (days, None) => days,
        (None, Some(project)) => Some(project.starts_on..=project.ends_on),
        (Some(days), Some(project)) => {
            Some((*days.start()).max(project.starts_on)..=(*days.end()).min(project.ends_on))
        }
    };
    let days = within(asked.period.map(|period| period.from..=period.to));
    let mut tallies = Tallies {
        total: Some(store.count_records(asked.territory, days.clone()).await?),
        rows: Vec::new(),
    };
    let today = store.clock().now().date_naive();
    let steps = match asked.step {
        None => vec![(None, days)],
        Some(PeriodStep::Project) => published
            .projects()
            .iter()
            .filter(|known| project.is_none_or(|project| project.id == known.id))
            .map(|known| (Some(known.code.clone()), Some(known.starts_on..=known.ends_on)))
            .collect(),
        Some(step) => {
            let last = days.as_ref().map_or(today, |days| *days.end()).min(today);
            let first = days.map_or_else(
                || last.checked_sub_months(Months::new(23)).unwrap_or(last),
                |days| *days.start(),
            );
            steps(
                step,
                Period {
                    from: first,
                    to: last,
                },
            )
            .into_iter()
            .map(|(name, days)| (Some(name), within(Some(days))))
            .collect()
        }
    };
    let places: Vec<Option<CountryCode>> = match (asked.by.as_slice(), asked.territory) {
        ([], place) => vec![place],
        ([Dimension::HostTerritory], None) => CountryCode::HOST_TERRITORIES.map(Some).to_vec(),
        ([Dimension::HostTerritory], place) => vec![place],
        // Records know no other groups.
        _ => return Ok(tallies),
    };
    if asked.step.is_none() && asked.by.is_empty() {
        return Ok(tallies);
    }
    if steps.len() * places.len() > MOST_STEPS {
        return Err(Error::InvalidPeriod(format!(
            "the series has {} steps, at most {MOST_STEPS} are counted: name a shorter period or larger steps",
            steps.len() * places.len()
        )));
    }
    for (name, days) in steps {
        for place in &places {
            let counts = store.count_records(*place, days.clone()).await?;
            let named = place.filter(|_| !asked.by.is_empty());
            tallies.rows.push((name.clone(), named, counts));
        }
    }
    Ok(tallies)
}

/// The calendar steps that a period touches, with their days.
fn steps(step: PeriodStep, period: Period) -> Vec<(String, RangeInclusive<NaiveDate>)> {
    let length = match step {
        PeriodStep::Month | PeriodStep::Project => 1,
        PeriodStep::Quarter => 3,
        PeriodStep::Year => 12,
    };
    let begin = |day: NaiveDate| {
        let month0 = day.month0() - day.month0() % length;
        NaiveDate::from_ymd_opt(day.year(), month0 + 1, 1).unwrap_or(day)
    };
    let mut steps = Vec::new();
    let mut first = begin(period.from);
    while first <= period.to && steps.len() <= MOST_STEPS {
        let Some(next) = first.checked_add_months(Months::new(length)) else {
            break;
        };
        let last = next.pred_opt().unwrap_or(next);
        steps.push((step.of(&month(last)), first..=last));
        first = next;
    }
    steps
}
