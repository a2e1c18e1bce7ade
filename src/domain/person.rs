//! A person who returns, alone or with a family.

use super::territory::CountryCode;
use crate::codes;
use crate::ids::{CaseId, PersonId};
use chrono::{Datelike, NaiveDate};

codes! { "Sex of a person as travel documents state it (ICAO Doc 9303)." Sex {
    Female = "F": "Female.",
    Male = "M": "Male.",
    Unspecified = "X": "Not specified.",
} }

codes! { "Marital status of a person." MaritalStatus {
    Single = "SINGLE": "Never married.",
    Married = "MARRIED": "Married.",
    Partnership = "PARTNERSHIP": "In a partnership that is registered or lived as a marriage.",
    Separated = "SEPARATED": "Married, and living apart.",
    Divorced = "DIVORCED": "Divorced.",
    Widowed = "WIDOWED": "Widowed.",
} }

codes! { "The highest education that a person completed." Education {
    None = "NONE": "None.",
    Primary = "PRIMARY": "Primary school.",
    LowerSecondary = "LOWER_SECONDARY": "The lower classes of a secondary school.",
    UpperSecondary = "UPPER_SECONDARY": "A secondary school.",
    Vocational = "VOCATIONAL": "An apprenticeship or a vocational school.",
    Tertiary = "TERTIARY": "A college or university.",
} }

/// A person on a case.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Names the person.
    pub id: PersonId,
    /// The case that the person is on.
    pub case_id: CaseId,
    /// Place in the family, from 0; the head of the household comes first.
    pub position: i32,
    /// Whether this person is the head of the household.
    pub head_of_household: bool,
    /// Family name.
    pub family_name: String,
    /// Given names.
    pub given_names: String,
    /// Date of birth.
    pub date_of_birth: NaiveDate,
    /// Sex.
    pub sex: Sex,
    /// Nationality, ISO 3166-1 alpha-3.
    pub nationality: CountryCode,
    /// Place of birth.
    pub place_of_birth: Option<String>,
    /// Names of the parents.
    pub parents_names: Option<String>,
    /// Telephone number, E.164.
    pub phone: Option<String>,
    /// Address for electronic mail.
    pub email: Option<String>,
    /// Marital status.
    pub marital_status: Option<MaritalStatus>,
    /// What the person does for a living.
    pub occupation: Option<String>,
    /// The highest education completed.
    pub education: Option<Education>,
    /// Where the person lives in the host territory; names an asylum centre where it is one.
    pub host_address: Option<String>,
    /// Where the person will live in the country of return.
    pub address_in_country_of_return: Option<String>,
    /// Language that the person speaks best, BCP 47.
    pub language: Option<String>,
    /// Counts the changes of this row.
    pub version: i32,
}

/// By the id alone: what is printed for those who look after the program says nothing of a person.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Person {
    /// Given names and family name, as one line.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_names, self.family_name)
    }

    /// Whether the person is a child on a day.
    #[must_use]
    pub fn is_minor_on(&self, day: NaiveDate) -> bool {
        self.age_on(day) < 18
    }

    /// Age in completed years on a day.
    #[must_use]
    pub fn age_on(&self, day: NaiveDate) -> i32 {
        age_on(self.date_of_birth, day)
    }
}

/// Whether a text can be a telephone number in E.164: a plus sign and 7 to 15 digits.
#[must_use]
pub fn is_dialable(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// Whether a text can be an address for electronic mail: a name and a domain, in at most 254 characters.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let labels = || domain.split('.');
    let named = !name.is_empty() && name.len() <= 64 && !name.contains('@');
    named
        && text.len() <= 254
        && labels().count() >= 2
        && labels().all(|label| !label.is_empty())
        && text
            .chars()
            .all(|letter| !letter.is_whitespace() && !letter.is_control())
}

/// Age in completed years on a day.
#[must_use]
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> i32 {
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    day.year() - birth.year() - i32::from(!had_birthday)
}
