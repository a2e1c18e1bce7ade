//! What can be asked: a measure, dimensions, filters and a period. What cannot is refused with what can.

use super::dimension::Dimension;
use super::tree::{Tree, together, trees_for};
use crate::codes;
use crate::domain::code::Code as _;
use crate::domain::party::OrganisationKind;
use crate::error::Error;
use crate::ids::ProjectId;
use crate::store::month;
use chrono::{Datelike, Months, NaiveDate};

/// Most dimensions of one table (DOMAIN 4.5).
pub const MOST_DIMENSIONS: usize = 3;

codes! { "A period that goes by the day on which it is asked for." RelativePeriod {
    LastMonth = "LAST_MONTH": "The last month that is over.",
    LastQuarter = "LAST_QUARTER": "The last calendar quarter that is over.",
    LastYear = "LAST_YEAR": "The last calendar year.",
    ThisYear = "THIS_YEAR": "The calendar year that runs.",
    LastTwelveMonths = "LAST_12_MONTHS": "The last twelve months that are over.",
} }

codes! { "The steps that a series goes in." PeriodStep {
    Month = "MONTH": "Calendar months.",
    Quarter = "QUARTER": "Calendar quarters.",
    Year = "YEAR": "Calendar years.",
    Project = "PROJECT": "One figure for each project.",
} }

crate::never_masked!(RelativePeriod, PeriodStep);

/// Days that are asked about, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// A period that a client named by its days.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPeriod`] where it is upside down or begins in the future.
    pub fn of(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> Result<Self, Error> {
        if to < from {
            return Err(Error::InvalidPeriod(format!(
                "the period ends on {to}, before it begins on {from}: give `from` no later than `to`"
            )));
        }
        if from > today {
            return Err(Error::InvalidPeriod(format!(
                "the period begins on {from}, which is to come: today is {today}"
            )));
        }
        Ok(Self { from, to })
    }

    /// A period that goes by a day.
    #[must_use]
    pub fn relative(period: RelativePeriod, to: NaiveDate) -> Self {
        let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
        let back = |day: NaiveDate, months: u32| day.checked_sub_months(Months::new(months)).unwrap_or(day);
        let this = first(to);
        let year = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(this);
        let until = |next: NaiveDate| next.pred_opt().unwrap_or(next);
        let (from, next) = match period {
            RelativePeriod::LastMonth => (back(this, 1), this),
            RelativePeriod::LastQuarter => {
                let quarter = back(this, this.month0() % 3);
                (back(quarter, 3), quarter)
            }
            RelativePeriod::LastYear => (year(to.year() - 1), year(to.year())),
            RelativePeriod::ThisYear => (year(to.year()), year(to.year() + 1)),
            RelativePeriod::LastTwelveMonths => (back(this, 12), this),
        };
        Self {
            from,
            to: until(next),
        }
    }

    /// Its first and last month.
    #[must_use]
    pub fn months(self) -> (String, String) {
        (month(self.from), month(self.to))
    }

    /// Whether it begins and ends with a month.
    #[must_use]
    pub fn is_of_whole_months(self) -> bool {
        self.from.day() == 1 && self.to.succ_opt().is_none_or(|next| next.day() == 1)
    }
}

/// A question about persons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// What to count by.
    pub by: Vec<Dimension>,
    /// Only persons of these groups.
    pub only: Vec<(Dimension, String)>,
    /// Only what this project paid for.
    pub project: Option<ProjectId>,
    /// Only what was published of this period.
    pub period: Option<Period>,
}

impl Question {
    /// Checks that it can be answered at all.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyDimensions`]; [`Error::DimensionWithheld`] for a dimension that is not open to the viewer;
    /// [`Error::NotTogether`] for dimensions that are not published together.
    pub fn check(&self, kind: OrganisationKind) -> Result<(), Error> {
        let mut by = self.by.clone();
        by.dedup();
        if self.by.len() > MOST_DIMENSIONS || by.len() < self.by.len() {
            return Err(Error::TooManyDimensions(format!(
                "at most {MOST_DIMENSIONS} different dimensions can be counted by"
            )));
        }
        let mut all = self.dimensions();
        if let Some(closed) = all.iter().find(|dimension| !dimension.is_open_to(kind)) {
            return Err(Error::DimensionWithheld(closed.code()));
        }
        all.retain(|dimension| !dimension.is_of_the_publication());
        if all.is_empty() || !trees_for(&all).is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = all.iter().map(|dimension| dimension.code()).collect();
        Err(Error::NotTogether(format!(
            "{} are not published together, because small groups of persons could be told from them; these are, filters \
             counted, and MONTH and PROJECT go with each: {}",
            names.join(" + "),
            together()
        )))
    }

    /// Dimensions that it counts by or filters.
    fn dimensions(&self) -> Vec<Dimension> {
        let mut all = self.by.clone();
        all.extend(self.only.iter().map(|(dimension, _)| *dimension));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Dimensions of persons that it counts by or filters.
    #[must_use]
    pub fn of_persons(&self) -> Vec<Dimension> {
        let mut all = self.dimensions();
        all.retain(|dimension| !dimension.is_of_the_publication());
        all
    }

    /// The trees that can answer it; empty for a question about whole publications.
    #[must_use]
    pub fn trees(&self) -> Vec<Tree> {
        let all = self.of_persons();
        if all.is_empty() {
            Vec::new()
        } else {
            trees_for(&all)
        }
    }
}
