//! Scalars, each with the specification of its form.

use crate::domain::money::CurrencyCode;
use crate::domain::territory::{CountryCode, is_flight_designator};
use crate::policy::mask::BirthDate;
use async_graphql::{InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, NaiveDate, SecondsFormat, SubsecRound as _, Utc};

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn parsed<T: InputType>(value: Value, read: impl FnOnce(&str) -> Option<T>) -> InputValueResult<T> {
    text(&value)
        .and_then(read)
        .ok_or_else(|| InputValueError::expected_type(value))
}

/// A moment in UTC, as RFC 3339 writes it.
#[derive(Clone, Copy, Debug)]
pub struct DateTimeScalar(pub DateTime<Utc>);

/// A moment in UTC, as RFC 3339 writes it; times of flights are in UTC too, with the airport's time zone beside them.
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339"
)]
impl ScalarType for DateTimeScalar {
    fn parse(value: Value) -> InputValueResult<Self> {
        parsed(value, |text| {
            let moment = DateTime::parse_from_rfc3339(text).ok()?;
            Some(Self(moment.with_timezone(&Utc).trunc_subsecs(6)))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// A day.
#[derive(Clone, Copy, Debug)]
pub struct DateScalar(pub NaiveDate);

/// A day, as a full-date of RFC 3339.
#[Scalar(
    name = "Date",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
)]
impl ScalarType for DateScalar {
    fn parse(value: Value) -> InputValueResult<Self> {
        parsed(value, |text| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Self)
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A date of birth as it is shown.
#[derive(Clone, Copy, Debug)]
pub struct BirthDateScalar(pub BirthDate);

/// A date of birth: a day as in ISO 8601; where it is masked, the year alone or an age band such as `18-30` or `51+`.
#[Scalar(
    name = "BirthDate",
    specified_by_url = "https://www.iso.org/iso-8601-date-and-time-format.html"
)]
impl ScalarType for BirthDateScalar {
    fn parse(value: Value) -> InputValueResult<Self> {
        parsed(value, |text| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .ok()
                .map(|day| Self(BirthDate::Day(day)))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A country or territory.
#[derive(Clone, Copy, Debug)]
pub struct CountryScalar(pub CountryCode);

/// A country or territory by its ISO 3166-1 alpha-3 code; alpha-2 is read too. Kosovo* is `XKX`, or what the client is
/// registered with, and `XK`, `XKX`, `XKK`, `UNK` and `RKS` are read. `UK` is read as `GBR`, `FYROM` as `MKD`. (* This designation is without prejudice to positions on status and is in line with UNSCR 1244/1999 and the ICJ
/// Opinion on the Kosovo declaration of independence.)
#[Scalar(
    name = "CountryCode",
    specified_by_url = "https://www.iso.org/iso-3166-country-codes.html"
)]
impl ScalarType for CountryScalar {
    fn parse(value: Value) -> InputValueResult<Self> {
        parsed(value, |text| CountryCode::parse(text).map(Self))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A currency.
#[derive(Clone, Copy, Debug)]
pub struct CurrencyScalar(pub CurrencyCode);

/// A currency by its ISO 4217 alphabetic code.
#[Scalar(
    name = "CurrencyCode",
    specified_by_url = "https://www.iso.org/iso-4217-currency-codes.html"
)]
impl ScalarType for CurrencyScalar {
    fn parse(value: Value) -> InputValueResult<Self> {
        parsed(value, |text| CurrencyCode::parse(text).map(Self))
    }

    fn to_value(&self) -> Value {
        Value::from(self.0.as_str())
    }
}

/// An airport.
#[derive(Clone, Debug)]
pub struct AirportScalar(pub String);

/// An airport by its IATA location code, three capital letters.
#[Scalar(
    name = "AirportCode",
    specified_by_url = "https://www.iata.org/en/publications/directories/code-search/"
)]
impl ScalarType for AirportScalar {
    fn parse(value: Value) -> InputValueResult<Self> {
        let form = |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        parsed(value, |text| form(text).then(|| Self(text.to_owned())))
    }

    fn to_value(&self) -> Value {
        Value::from(self.0.as_str())
    }
}

/// A flight.
#[derive(Clone, Debug)]
pub struct FlightScalar(pub String);

/// A flight by its IATA designator, `xx(a)n(n)(n)(n)(a)`, as in `TK1018`.
#[Scalar(
    name = "FlightDesignator",
    specified_by_url = "https://www.iata.org/en/publications/manuals/standard-schedules-information/"
)]
impl ScalarType for FlightScalar {
    fn parse(value: Value) -> InputValueResult<Self> {
        parsed(value, |text| {
            is_flight_designator(text).then(|| Self(text.to_owned()))
        })
    }

    fn to_value(&self) -> Value {
        Value::from(self.0.as_str())
    }
}

/// A language.
#[derive(Clone, Debug)]
pub struct LanguageScalar(pub String);

/// A language by its BCP 47 tag, as in `ckb` or `sr-Latn`.
#[Scalar(
    name = "LanguageTag",
    specified_by_url = "https://www.rfc-editor.org/info/bcp47"
)]
impl ScalarType for LanguageScalar {
    fn parse(value: Value) -> InputValueResult<Self> {
        let subtag = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let form = |text: &str| {
            let primary = text.split('-').next().unwrap_or_default();
            (2..=8).contains(&primary.len())
                && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
                && text.len() <= 35
                && text.split('-').all(subtag)
        };
        parsed(value, |text| form(text).then(|| Self(text.to_owned())))
    }

    fn to_value(&self) -> Value {
        Value::from(self.0.as_str())
    }
}
