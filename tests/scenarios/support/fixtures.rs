//! Props: people who do not exist, forms, documents and flights.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A line of a Data Exchange form: recipient class, purpose, category.
pub type ConsentLine = (&'static str, &'static str, &'static str);

/// What allows an embassy to identify an applicant.
pub const TO_THE_EMBASSY: ConsentLine = ("EMBASSY", "TRAVEL_DOCUMENT", "IDENTITY");
/// What allows an embassy to call the applicant.
pub const PHONE_TO_THE_EMBASSY: ConsentLine = ("EMBASSY", "TRAVEL_DOCUMENT", "CONTACT");
/// What allows an embassy to see a photo of the applicant.
pub const PHOTO_TO_THE_EMBASSY: ConsentLine = ("EMBASSY", "TRAVEL_DOCUMENT", "PHOTO");
/// What allows an embassy to see copies of the applicant's papers.
pub const PAPERS_TO_THE_EMBASSY: ConsentLine = ("EMBASSY", "TRAVEL_DOCUMENT", "DOCUMENTS");
/// What allows the police of the host territory to know of a departure.
pub const TO_THE_POLICE: ConsentLine = ("HOST_POLICE", "DEPARTURE_NOTICE", "IDENTITY");
/// What allows the migration authority of the host territory to know of a registration and a departure.
pub const TO_THE_MIGRATION_AUTHORITY: ConsentLine = ("HOST_MIGRATION", "DEPARTURE_NOTICE", "IDENTITY");

/// A form as most people sign it: every partner may do its part, nobody gets a telephone number.
pub const USUAL: &[ConsentLine] = &[
    TO_THE_EMBASSY,
    TO_THE_POLICE,
    TO_THE_MIGRATION_AUTHORITY,
    ("IOM_TRANSIT", "DEPARTURE_NOTICE", "TRAVEL_PLAN"),
    ("IOM_RECEIVING", "REINTEGRATION", "IDENTITY"),
];

/// The usual form without one line.
pub fn usual_without(line: ConsentLine) -> Vec<ConsentLine> {
    USUAL.iter().copied().filter(|other| *other != line).collect()
}

/// The usual form and one line more.
pub fn usual_and(line: ConsentLine) -> Vec<ConsentLine> {
    USUAL.iter().copied().chain([line]).collect()
}

/// A picture of one pixel, in base64.
pub const A_PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// Somebody who wishes to return.
#[derive(Clone, Debug)]
pub struct Person {
    /// The input that the schema takes.
    pub input: Value,
}

/// The persons of a new case.
pub struct Household(pub(super) Vec<Person>);

impl From<Person> for Household {
    fn from(person: Person) -> Self {
        Self(vec![person.who_speaks_for_the_family()])
    }
}

impl<const N: usize> From<[Person; N]> for Household {
    fn from(persons: [Person; N]) -> Self {
        let mut persons: Vec<Person> = persons.into();
        if let Some(first) = persons.first_mut() {
            first.input["headOfHousehold"] = true.into();
        }
        Self(persons)
    }
}

impl From<Vec<Person>> for Household {
    fn from(persons: Vec<Person>) -> Self {
        Self(persons)
    }
}

const GIVEN: [&str; 12] = [
    "Amir", "Basim", "Dalal", "Ehsan", "Farid", "Ghada", "Hadi", "Iman", "Jamal", "Karima", "Layth", "Nadia",
];
const FAMILY: [&str; 12] = [
    "Alwan", "Barzani", "Darwish", "Faraj", "Hamdan", "Ibrahim", "Jaber", "Khalil", "Mansour", "Nasser",
    "Qasim", "Saleh",
];

/// How many people there have been.
static PEOPLE: AtomicUsize = AtomicUsize::new(0);

/// Somebody with a name that nobody else in the story has.
pub fn person() -> Person {
    let nth = PEOPLE.fetch_add(1, Ordering::Relaxed);
    let (given, family) = (GIVEN[nth % 12], FAMILY[nth / 12 % 12]);
    Person {
        input: json!({
            "headOfHousehold": false,
            "givenNames": given,
            "familyName": format!("{family}{}", "i".repeat(nth / 144)),
            "dateOfBirth": "1996-01-15",
            "sex": "M",
            "nationality": "IRQ",
            "placeOfBirth": "Diwaniya",
            "parentsNames": "Hassan, Maryam",
            "phone": format!("+38344{:06}", 100_000 + nth),
            "email": format!("{}{nth}@mail.example", given.to_lowercase()),
            "maritalStatus": "DIVORCED",
            "occupation": "Baker",
            "education": "VOCATIONAL",
            "hostAddress": "Magure asylum centre",
            "addressInCountryOfReturn": "12 Printers' Street",
            "language": "ar",
        }),
    }
}

impl Person {
    /// With a nationality, by ISO 3166-1 alpha-3.
    #[must_use]
    pub fn of(self, nationality: &str) -> Self {
        self.with("nationality", nationality)
    }

    /// With an age in years on the day that stories begin.
    #[must_use]
    pub fn aged(self, years: i32) -> Self {
        self.with("dateOfBirth", format!("{}-01-15", 2026 - years))
    }

    /// With another value of an input field.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.input[field] = value.into();
        self
    }

    /// As the head of the household.
    #[must_use]
    pub fn who_speaks_for_the_family(self) -> Self {
        self.with("headOfHousehold", true)
    }

    /// Whether somebody is 18 or older on a day.
    pub fn is_of_age_on(&self, day: NaiveDate) -> bool {
        let born = self.input["dateOfBirth"]
            .as_str()
            .and_then(|day| day.parse().ok());
        let age = born.and_then(|born| day.years_since(born));
        age.is_some_and(|years| years >= 18)
    }

    /// The name as a travel document carries it.
    pub fn full_name(&self) -> String {
        let word = |field: &str| self.input[field].as_str().unwrap_or_default().to_owned();
        format!("{} {}", word("givenNames"), word("familyName"))
    }
}

/// What the border police did half an hour before a departure.
pub fn exit_formalities(departed: DateTime<Utc>) -> Value {
    json!({ "borderPoint": "Pristina airport", "doneAt": departed - TimeDelta::minutes(30) })
}

/// A city to return to in a country.
pub fn home_city(country: &str) -> &'static str {
    match country {
        "AFG" => "Kabul",
        "PAK" => "Lahore",
        "DZA" => "Algiers",
        "TUN" => "Tunis",
        "BGD" => "Dhaka",
        "IND" => "New Delhi",
        "IRN" => "Tehran",
        _ => "Baghdad",
    }
}

/// The airport where a country is entered.
pub fn home_airport(country: &str) -> &'static str {
    match country {
        "AFG" => "KBL",
        "PAK" => "LHE",
        "DZA" => "ALG",
        "TUN" => "TUN",
        "BGD" => "DAC",
        "IND" => "DEL",
        "IRN" => "IKA",
        _ => "BGW",
    }
}

/// Flights along a route such as `PRN-IST-BGW`: three hours each, two hours between them, from six in the morning.
pub fn flights(route: &str, day: NaiveDate) -> Value {
    let airports: Vec<&str> = route.split('-').collect();
    let first = day
        .and_time(NaiveTime::from_hms_opt(6, 0, 0).expect("a time"))
        .and_utc();
    let legs = (0..).zip(airports.windows(2)).map(|(nth, leg)| {
        let departs = first + TimeDelta::hours(5 * nth);
        json!({
            "flight": format!("TK{}", 1018 - 100 * nth),
            "departureAirport": leg[0],
            "arrivalAirport": leg[1],
            "departsAt": departs,
            "arrivesAt": departs + TimeDelta::hours(3),
        })
    });
    legs.collect()
}

/// A travel document as a consular post issues it.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    pub(super) kind: &'static str,
    pub(super) number: &'static str,
    pub(super) days: u64,
}

/// A laissez-passer, good for three months.
pub fn laissez_passer() -> Document {
    Document {
        kind: "EMERGENCY_TRAVEL_DOCUMENT",
        number: "LP0045671",
        days: 90,
    }
}

/// A passport, good for five years.
pub fn passport() -> Document {
    Document {
        kind: "PASSPORT",
        number: "A19283746",
        days: 1_826,
    }
}

impl Document {
    /// Good for so many days from the day of issue.
    #[must_use]
    pub fn good_for(self, days: u64) -> Self {
        Self { days, ..self }
    }

    pub(super) fn expires(&self, today: NaiveDate) -> String {
        (today + Days::new(self.days)).to_string()
    }
}

/// A moment as the API writes it.
pub fn moment(time: DateTime<Utc>) -> Value {
    json!(time)
}

/// The year of the stories, for references.
pub(super) fn reference(nth: u64, now: DateTime<Utc>) -> String {
    format!("T-{}-{nth:04}", now.year())
}

/// A case that is ready to depart, as its mission has it listed; for stories with many.
#[derive(Clone, Debug)]
pub struct ReadyCase {
    /// The mission's own id for it.
    pub id: String,
    /// Its version.
    pub version: i64,
}

impl ReadyCase {
    /// The command that confirms a departure a minute ago; always the same command, however often it is sent.
    pub fn departure(&self, now: DateTime<Utc>) -> Value {
        let departed = now - TimeDelta::minutes(1);
        json!({
            "query": "mutation($input: ConfirmDepartureInput!) { confirmDeparture(input: $input) { case { state } errors { code } } }",
            "variables": { "input": {
                "idempotencyKey": format!("departure of {}", self.id),
                "caseId": self.id,
                "expectedVersion": self.version,
                "declarationSignedAt": departed,
                "exitFormalities": exit_formalities(departed),
                "departedAt": departed,
            } },
        })
    }
}
