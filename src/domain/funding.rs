//! Who pays: projects of donors, their rules for cash grants, and rates between currencies (DOMAIN 1.3, 1.5).
//!
//! Assistance differs by project, and some projects grant nothing: there is no global rule. Rules are never edited, only
//! ended and replaced; so a grant can always say which one applied.

use super::money::{CurrencyCode, Money};
use super::territory::CountryCode;
use super::transition::{Reason, Refusal};
use crate::codes;
use crate::ids::{ExchangeRateId, GrantRuleId, OrganisationId, ProjectId};
use chrono::NaiveDate;

codes! { "How many payments a grant rule asks for." TranchePolicy {
    Two = "TWO": "Two, always.",
    OneWithReason = "ONE_WITH_REASON": "Two, or a single one for a recorded reason.",
} }

codes! { "How a family shares what a rule allows it." SplitPolicy {
    FirstCome = "FIRST_COME": "Each person their own amount, until the cap of the family is reached.",
    ProRata = "PRO_RATA": "Each person a share of what the family may have; what does not divide goes to the head.",
} }

/// A project of a donor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// Names the project.
    pub id: ProjectId,
    /// Short stable name, which must not say whom it is for (DOMAIN 4.4).
    pub code: String,
    /// Full name.
    pub name: String,
    /// Who gives the money.
    pub donor: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Budget.
    pub budget: Money,
    /// Site that manages it.
    pub management_site: Option<String>,
    /// Reference in PRISM.
    pub prism_reference: Option<String>,
    /// Work breakdown structure element.
    pub wbs_reference: Option<String>,
    /// Months of one reporting period, whose tables are published once it is over; none where the whole project is one.
    pub reporting_months: Option<i32>,
    /// Missions whose cases it pays for where nothing else is said.
    pub missions: Vec<OrganisationId>,
    /// Counts the changes of this row.
    pub version: i32,
}

impl Project {
    /// Whether a day lies within it.
    #[must_use]
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        self.starts_on <= day && day <= self.ends_on
    }

    /// Checks a project before it is registered.
    ///
    /// # Errors
    ///
    /// `INVALID` for a malformed code, an empty name or donor, a negative budget; `DATE_OUT_OF_ORDER`.
    pub fn check(&self) -> Result<(), Refusal> {
        check_code(&self.code)?;
        for (text, field) in [(&self.name, "name"), (&self.donor, "donor")] {
            if text.trim().is_empty() {
                return Err(Refusal::at(Reason::Invalid, field));
            }
        }
        if self.budget.amount_minor < 0 {
            return Err(Refusal::at(Reason::Invalid, "budget"));
        }
        if self.ends_on < self.starts_on {
            return Err(Refusal::at(Reason::DateOutOfOrder, "endsOn"));
        }
        if self
            .reporting_months
            .is_some_and(|months| !(1..=120).contains(&months))
        {
            return Err(Refusal::at(Reason::Invalid, "reportingMonths"));
        }
        Ok(())
    }
}

/// A rule of a project for cash grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRule {
    /// Names the rule.
    pub id: GrantRuleId,
    /// Short stable name, which must not say whom it is for (DOMAIN 4.4).
    pub code: String,
    /// The project.
    pub project: ProjectId,
    /// Nationalities that it is for; all where none is named.
    pub nationalities: Vec<CountryCode>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, once it is ended.
    pub valid_to: Option<NaiveDate>,
    /// Currency of its amounts.
    pub currency: CurrencyCode,
    /// Amount for a person, or for the principal where dependants get another, in minor units.
    pub person_minor: i64,
    /// Amount for each dependant, in minor units.
    pub dependant_minor: Option<i64>,
    /// What a family unit gets at most, in minor units.
    pub family_cap_minor: Option<i64>,
    /// The part that is paid at departure, in minor units.
    pub return_allowance_minor: Option<i64>,
    /// How many payments.
    pub tranche_policy: TranchePolicy,
    /// How the family shares.
    pub split_policy: SplitPolicy,
    /// Counts the changes of this row.
    pub version: i32,
}

impl GrantRule {
    /// Whether it is for a nationality on a day.
    #[must_use]
    pub fn applies(&self, nationality: CountryCode, day: NaiveDate) -> bool {
        let of_time = self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last);
        of_time && (self.nationalities.is_empty() || self.nationalities.contains(&nationality))
    }

    /// Whether some person on some day would fall under both rules with equal right.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let same_time = self.valid_to.is_none_or(|last| other.valid_from <= last)
            && other.valid_to.is_none_or(|last| self.valid_from <= last);
        let same_persons = if self.nationalities.is_empty() || other.nationalities.is_empty() {
            self.nationalities.is_empty() && other.nationalities.is_empty()
        } else {
            self.nationalities
                .iter()
                .any(|place| other.nationalities.contains(place))
        };
        self.project == other.project && same_time && same_persons
    }

    /// Checks a rule before it is defined, beside the rules that there are.
    ///
    /// # Errors
    ///
    /// `INVALID`, `DATE_OUT_OF_ORDER`, `ALREADY_EXISTS`, `RULE_OVERLAPS`.
    pub fn check(&self, others: &[Self]) -> Result<(), Refusal> {
        check_code(&self.code)?;
        let amounts = [
            (Some(self.person_minor), 1, "personAmountMinor"),
            (self.dependant_minor, 0, "dependantAmountMinor"),
            (self.family_cap_minor, 1, "familyCapMinor"),
            (self.return_allowance_minor, 1, "returnAllowanceMinor"),
        ];
        for (amount, least, field) in amounts {
            if amount.is_some_and(|amount| amount < least) {
                return Err(Refusal::at(Reason::Invalid, field));
            }
        }
        if self.valid_to.is_some_and(|last| last < self.valid_from) {
            return Err(Refusal::at(Reason::DateOutOfOrder, "validTo"));
        }
        if others.iter().any(|other| other.code == self.code) {
            return Err(Refusal::at(Reason::AlreadyExists, "code"));
        }
        if others.iter().any(|other| other.overlaps(self)) {
            return Err(Refusal::at(Reason::RuleOverlaps, "validFrom"));
        }
        Ok(())
    }
}

/// What one unit of a currency was worth in another on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeRate {
    /// Names the rate.
    pub id: ExchangeRateId,
    /// The currency of which one unit is meant.
    pub base: CurrencyCode,
    /// The currency that it is expressed in.
    pub quote: CurrencyCode,
    /// The rate in millionths.
    pub rate_micros: i64,
    /// The day of the rate.
    pub valid_on: NaiveDate,
    /// Who published it.
    pub source: String,
}

impl ExchangeRate {
    /// Checks a rate before it is recorded.
    ///
    /// # Errors
    ///
    /// `INVALID`, `DATE_OUT_OF_ORDER` for a day that lies ahead.
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.rate_micros <= 0 {
            return Err(Refusal::at(Reason::Invalid, "rate"));
        }
        if self.base == self.quote {
            return Err(Refusal::at(Reason::Invalid, "quote"));
        }
        if self.source.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "source"));
        }
        if self.valid_on > today {
            return Err(Refusal::at(Reason::DateOutOfOrder, "validOn"));
        }
        Ok(())
    }

    /// The rate as a decimal, such as `1.0825`.
    #[must_use]
    pub fn decimal(&self) -> String {
        let (whole, parts) = (self.rate_micros / MICROS, self.rate_micros % MICROS);
        let parts = format!("{parts:06}");
        match parts.trim_end_matches('0') {
            "" => whole.to_string(),
            parts => format!("{whole}.{parts}"),
        }
    }

    /// Reads a decimal of at most nine digits before and six after the point.
    #[must_use]
    pub fn micros(decimal: &str) -> Option<i64> {
        let (whole, parts) = decimal.split_once('.').unwrap_or((decimal, "0"));
        let digits = |text: &str, most: usize| {
            !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 9) || !digits(parts, 6) {
            return None;
        }
        let (whole, parts) = (
            whole.parse::<i64>().ok()?,
            format!("{parts:0<6}").parse::<i64>().ok()?,
        );
        Some(whole * MICROS + parts)
    }

    /// An amount in the other one of its currencies, in whole minor units; what does not divide is left out, or counted
    /// as a whole one.
    #[must_use]
    pub fn convert(&self, money: Money, round_up: bool) -> Option<Money> {
        let (base, quote) = (self.base, self.quote);
        let rate = i128::from(self.rate_micros);
        let (currency, multiplier, divisor) = if money.currency == base {
            (
                quote,
                rate * minor_units(quote),
                i128::from(MICROS) * minor_units(base),
            )
        } else if money.currency == quote {
            (
                base,
                i128::from(MICROS) * minor_units(base),
                rate * minor_units(quote),
            )
        } else {
            return None;
        };
        let product = i128::from(money.amount_minor).checked_mul(multiplier)?;
        let whole = product / divisor + i128::from(round_up && product % divisor > 0);
        Some(Money {
            amount_minor: i64::try_from(whole).ok()?,
            currency,
        })
    }
}

const MICROS: i64 = 1_000_000;

fn minor_units(currency: CurrencyCode) -> i128 {
    10_i128.pow(currency.decimals())
}

/// What is known of who pays, on one day.
#[derive(Clone, Debug, Default)]
pub struct Funding {
    /// All projects.
    pub projects: Vec<Project>,
    /// All rules.
    pub rules: Vec<GrantRule>,
    /// All rates.
    pub rates: Vec<ExchangeRate>,
}

impl Funding {
    /// The project with this id.
    #[must_use]
    pub fn project(&self, id: ProjectId) -> Option<&Project> {
        self.projects.iter().find(|project| project.id == id)
    }

    /// The project that pays for a mission's cases where nothing else is said: of those that run, the one begun last.
    #[must_use]
    pub fn of_mission(&self, mission: OrganisationId, day: NaiveDate) -> Option<ProjectId> {
        let running = self.projects.iter().filter(|project| project.runs_on(day));
        running
            .filter(|project| project.missions.contains(&mission))
            .max_by_key(|project| (project.starts_on, &project.code))
            .map(|project| project.id)
    }

    /// The rule of a project for a nationality on a day: one that names the nationality goes before one for all.
    #[must_use]
    pub fn rule(&self, project: ProjectId, nationality: CountryCode, day: NaiveDate) -> Option<&GrantRule> {
        let of_project = self.rules.iter().filter(|rule| rule.project == project);
        of_project
            .filter(|rule| rule.applies(nationality, day))
            .max_by_key(|rule| (!rule.nationalities.is_empty(), rule.valid_from))
    }

    /// An amount in another currency by the newest rate that holds on a day, with that rate where one was needed.
    ///
    /// # Errors
    ///
    /// `EXCHANGE_RATE_MISSING`; `INVALID` for an amount that no account could hold.
    pub fn in_currency(
        &self,
        money: Money,
        currency: CurrencyCode,
        day: NaiveDate,
        round_up: bool,
    ) -> Result<(Money, Option<ExchangeRateId>), Refusal> {
        if money.currency == currency {
            return Ok((money, None));
        }
        let between = self.rates.iter().filter(|rate| {
            let ends = (rate.base, rate.quote);
            rate.valid_on <= day && (ends == (currency, money.currency) || ends == (money.currency, currency))
        });
        let rate = between
            .max_by_key(|rate| (rate.valid_on, rate.id))
            .ok_or(Refusal::at(Reason::ExchangeRateMissing, "amount"))?;
        let converted = rate.convert(money, round_up);
        Ok((
            converted.ok_or(Refusal::at(Reason::Invalid, "amount"))?,
            Some(rate.id),
        ))
    }
}

/// Whether a text can be the short name of a project or a rule: 2 to 64 capital letters, digits and hyphens.
fn check_code(code: &str) -> Result<(), Refusal> {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    if (2..=64).contains(&code.len()) && code.bytes().all(allowed) {
        Ok(())
    } else {
        Err(Refusal::at(Reason::Invalid, "code"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};

    fn euros_in_dinars(rate_micros: i64) -> ExchangeRate {
        let code = |code| CurrencyCode::parse(code).expect("a currency");
        ExchangeRate {
            id: crate::ids::new_id(DateTime::<Utc>::UNIX_EPOCH).into(),
            base: code("EUR"),
            quote: code("JPY"),
            rate_micros,
            valid_on: NaiveDate::MIN,
            source: "a bank".to_owned(),
        }
    }

    #[test]
    fn a_rate_is_read_and_written_as_it_was_published() {
        for (text, micros) in [("1.0825", 1_082_500), ("7", 7_000_000), ("0.000763", 763)] {
            assert_eq!(ExchangeRate::micros(text), Some(micros));
            assert_eq!(euros_in_dinars(micros).decimal(), text);
        }
        for text in ["", ".", "1.", "1,5", "-1", "1.0000001", "1234567890", "1e3", "٣"] {
            assert_eq!(ExchangeRate::micros(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_are_converted_in_whole_minor_units_of_each_currency() {
        let rate = euros_in_dinars(162_500_000);
        let money = |amount_minor, code| Money {
            amount_minor,
            currency: CurrencyCode::parse(code).expect("a currency"),
        };
        assert_eq!(
            rate.convert(money(10_001, "EUR"), false),
            Some(money(16_251, "JPY"))
        );
        assert_eq!(
            rate.convert(money(10_001, "EUR"), true),
            Some(money(16_252, "JPY"))
        );
        assert_eq!(
            rate.convert(money(16_251, "JPY"), true),
            Some(money(10_001, "EUR"))
        );
        assert_eq!(
            rate.convert(money(i64::MAX, "EUR"), true),
            None,
            "more than an account holds"
        );
        assert_eq!(rate.convert(money(1, "USD"), true), None);
    }
}
