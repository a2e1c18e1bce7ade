//! Machine-readable zones of documents that do not exist.

use super::fixtures::Person;
use avrr_gateway::domain::mrz::check_digit;
use chrono::NaiveDate;

/// The zone of a passport-sized document (TD3) of a person, its lines joined, issued by the state of the person.
pub fn zone(person: &Person, number: &str, expires: NaiveDate) -> String {
    let word = |field: &str| person.input[field].as_str().expect("a word").to_owned();
    let checked = |text: String| {
        let digit = check_digit(&text).expect("characters of a zone");
        format!("{text}{digit}")
    };
    let state = word("nationality");
    let names = format!("{}<<{}", word("familyName"), word("givenNames")).to_uppercase();
    let first = format!("{:<<44}", format!("P<{state}{names}"));
    let born: NaiveDate = word("dateOfBirth").parse().expect("a day");
    let number = checked(format!("{number:<<9}"));
    let born = checked(born.format("%y%m%d").to_string());
    let expires = checked(expires.format("%y%m%d").to_string());
    let optional = checked("<".repeat(14));
    let composite = check_digit(&format!("{number}{born}{expires}{optional}")).expect("a digit");
    format!(
        "{first}{number}{state}{born}{}{expires}{optional}{composite}",
        word("sex")
    )
}
