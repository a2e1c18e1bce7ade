//! What indicators and tables are asked by. None of it filters rows: it chooses among figures that were published.

use crate::domain::case::{LegalStatus, ReturnMode};
use crate::domain::code::Code;
use crate::domain::person::Sex;
use crate::domain::statistics::{AgeBand, Region, VulnerabilityGroup};
use crate::error::Error;
use crate::graphql::scalars::{CountryScalar, DateScalar};
use crate::graphql::word::Word;
use crate::indicators::catalogue::Asked;
use crate::indicators::dimension::Dimension;
use crate::indicators::matrix::IndicatorCode;
use crate::indicators::question::{Period, PeriodStep, Question, RelativePeriod};
use crate::indicators::tables::{Part, TableOrder};
use async_graphql::InputObject;
use chrono::NaiveDate;

/// Which figures of indicators are asked for.
#[derive(Clone, Default, InputObject)]
pub struct IndicatorFilter {
    /// Only what this project paid for, by its code; records of missions count by the days of the project.
    #[graphql(validator(min_length = 1, chars_max_length = 64))]
    pub(crate) project: Option<String>,
    /// Only this host territory.
    pub(crate) territory: Option<CountryScalar>,
    /// The first day; with `to`.
    pub(crate) from: Option<DateScalar>,
    /// The last day; with `from`.
    pub(crate) to: Option<DateScalar>,
    /// A period that goes by a day, instead of `from` and `to`.
    pub(crate) period: Option<Word<RelativePeriod>>,
    /// The day that it goes by; today if nothing is said.
    pub(crate) relative_to: Option<DateScalar>,
}

/// Which returns are counted.
#[derive(Clone, Default, InputObject)]
pub struct ReturnFilter {
    /// Only those that this project paid for, by its code.
    #[graphql(validator(min_length = 1, chars_max_length = 64))]
    pub(crate) project: Option<String>,
    /// Only from this host territory.
    pub(crate) host_territory: Option<CountryScalar>,
    /// Only to this region.
    pub(crate) region: Option<Word<Region>>,
    /// Only to this country.
    pub(crate) country_of_return: Option<CountryScalar>,
    /// Only persons of this nationality.
    pub(crate) nationality: Option<CountryScalar>,
    /// Only persons of this sex.
    pub(crate) sex: Option<Word<Sex>>,
    /// Only persons of this band of age.
    pub(crate) age_band: Option<Word<AgeBand>>,
    /// Only persons of this legal status.
    pub(crate) legal_status: Option<Word<LegalStatus>>,
    /// Only persons of this group of vulnerability.
    pub(crate) vulnerability_group: Option<Word<VulnerabilityGroup>>,
    /// Only persons who returned in this way; without it, and without counting by it, assisted voluntary returns alone.
    pub(crate) return_mode: Option<Word<ReturnMode>>,
    /// The first day; with `to`.
    pub(crate) from: Option<DateScalar>,
    /// The last day; with `from`.
    pub(crate) to: Option<DateScalar>,
    /// A period that goes by a day, instead of `from` and `to`.
    pub(crate) period: Option<Word<RelativePeriod>>,
    /// The day that it goes by; today if nothing is said.
    pub(crate) relative_to: Option<DateScalar>,
}

/// The period that arguments name.
fn period(
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    (relative, by): (Option<RelativePeriod>, Option<NaiveDate>),
    today: NaiveDate,
) -> Result<Option<Period>, Error> {
    match (from, to, relative) {
        (None, None, None) => Ok(None),
        (Some(from), Some(to), None) => Period::of(from, to, today).map(Some),
        (None, None, Some(relative)) => {
            let period = Period::relative(relative, by.unwrap_or(today));
            Period::of(period.from, period.to, today).map(Some)
        }
        _ => Err(Error::InvalidPeriod(
            "name a period by `from` and `to`, or by `period`, and not by both".to_owned(),
        )),
    }
}

impl IndicatorFilter {
    /// What is asked of indicators.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPeriod`].
    pub(crate) fn asked(
        self,
        codes: Option<Vec<Word<IndicatorCode>>>,
        step: Option<Word<PeriodStep>>,
        by: Vec<Word<Dimension>>,
        today: NaiveDate,
    ) -> Result<Asked, Error> {
        let days = (self.from.map(|day| day.0), self.to.map(|day| day.0));
        let relative = (
            self.period.map(|period| period.0),
            self.relative_to.map(|day| day.0),
        );
        Ok(Asked {
            codes: codes.map(|codes| codes.into_iter().map(|code| code.0).collect()),
            project: self.project,
            territory: self.territory.map(|place| place.0),
            period: period(days, relative, today)?,
            step: step.map(|step| step.0),
            by: by.into_iter().map(|dimension| dimension.0).collect(),
        })
    }
}

impl ReturnFilter {
    /// The question that it makes with dimensions; its project is named by [`ReturnFilter::project`].
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPeriod`].
    pub(crate) fn question(&self, by: Vec<Word<Dimension>>, today: NaiveDate) -> Result<Question, Error> {
        fn word<C: Code>(word: Option<&Word<C>>) -> Option<String> {
            word.map(|word| word.0.code().to_owned())
        }
        let place = |place: &Option<CountryScalar>| place.as_ref().map(|place| place.0.as_str().to_owned());
        let only = [
            (Dimension::HostTerritory, place(&self.host_territory)),
            (Dimension::Region, word(self.region.as_ref())),
            (Dimension::CountryOfReturn, place(&self.country_of_return)),
            (Dimension::Nationality, place(&self.nationality)),
            (Dimension::Sex, word(self.sex.as_ref())),
            (Dimension::AgeBand, word(self.age_band.as_ref())),
            (Dimension::LegalStatus, word(self.legal_status.as_ref())),
            (
                Dimension::VulnerabilityGroup,
                word(self.vulnerability_group.as_ref()),
            ),
            (Dimension::ReturnMode, word(self.return_mode.as_ref())),
        ];
        let days = (
            self.from.as_ref().map(|day| day.0),
            self.to.as_ref().map(|day| day.0),
        );
        let by_day = self.relative_to.as_ref().map(|day| day.0);
        Ok(Question {
            by: by.into_iter().map(|dimension| dimension.0).collect(),
            only: only
                .into_iter()
                .filter_map(|(dimension, value)| Some((dimension, value?)))
                .collect(),
            project: None,
            period: period(days, (self.period.as_ref().map(|period| period.0), by_day), today)?,
        })
    }
}

/// The part of a table that arguments name.
pub(crate) fn part(order: Option<Word<TableOrder>>, first: Option<i32>, after: Option<String>) -> Part {
    Part {
        order: order.map(|order| order.0),
        first,
        after,
    }
}
