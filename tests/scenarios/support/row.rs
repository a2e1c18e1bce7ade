//! Rows as a story speaks of them. Ids are different for every organisation, so a row is known by what can be told of it,
//! and each actor looks it up among its own.

use serde_json::Value;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// What an actor asks to find the rows of its cases. Lists that the actor may not see are null, and hold nothing.
pub const LISTING: &str = "{ cases(first: 100) { nodes { id
    persons { id fullName }
    consents { id active recipientClass purpose category }
    travelDocumentRequests { id submittedAt applicant { fullName } }
    itineraries { id }
    cashGrants { id }
    reintegrationPackages { id }
} } }";

/// A case: known by the name of the head of the household.
#[derive(Clone)]
pub struct Case(Arc<Known>);

struct Known {
    persons: Vec<String>,
    children: bool,
    ids: Mutex<HashMap<(String, String), String>>,
}

/// A row of a case.
#[derive(Clone)]
pub struct Row {
    case: Case,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Person(String),
    Request { applicant: String, submitted_at: String },
    Itinerary(usize),
    CashGrant(usize),
    Package(usize),
    Consent([String; 3]),
}

/// Something that an actor can look up.
pub trait Named {
    /// The case that it is or belongs to.
    fn case(&self) -> &Case;
    /// Its type in the schema.
    fn type_name(&self) -> &'static str;
    /// What tells it from other rows of the case.
    fn key(&self) -> String;
    /// Its id in the case as an actor has it listed.
    fn pick(&self, listed: &Value) -> Option<String>;
}

/// A row in words.
pub fn describe(row: &impl Named) -> String {
    format!("{} of the case of {}", row.key(), row.case().head())
}

impl Case {
    /// The case of these persons, the head of the household first; whether all of them are children.
    pub fn of(persons: Vec<String>, children: bool) -> Self {
        let ids = Mutex::default();
        Self(Arc::new(Known {
            persons,
            children,
            ids,
        }))
    }

    /// Whether nobody on the case is of age.
    pub fn are_children(&self) -> bool {
        self.0.children
    }

    /// Full name of the head of the household.
    pub fn head(&self) -> &str {
        &self.0.persons[0]
    }

    /// Full names of the persons.
    pub fn names(&self) -> &[String] {
        &self.0.persons
    }

    /// The head of the household.
    pub fn person(&self) -> Row {
        self.person_named(self.head())
    }

    /// A person on the case.
    pub fn person_named(&self, name: &str) -> Row {
        self.row(What::Person(name.to_owned()))
    }

    /// The attempt of this number.
    pub fn itinerary(&self, attempt: usize) -> Row {
        self.row(What::Itinerary(attempt))
    }

    /// The request for a person, submitted at a moment.
    pub fn request(&self, applicant: &str, submitted_at: &str) -> Row {
        self.row(What::Request {
            applicant: applicant.to_owned(),
            submitted_at: submitted_at.to_owned(),
        })
    }

    /// The grant of this number, from 1.
    pub fn grant(&self, number: usize) -> Row {
        self.row(What::CashGrant(number))
    }

    /// The package of this number, from 1.
    pub fn package(&self, number: usize) -> Row {
        self.row(What::Package(number))
    }

    /// The consent that holds for a recipient class, a purpose and a category.
    pub fn consent(&self, (class, purpose, category): (&str, &str, &str)) -> Row {
        self.row(What::Consent([class, purpose, category].map(str::to_owned)))
    }

    fn row(&self, what: What) -> Row {
        Row {
            case: self.clone(),
            what,
        }
    }

    /// Whether a listed case is this one: by a full name, or by initials where names are masked.
    pub(super) fn is_listed_as(&self, listed: &Value) -> bool {
        let names = listed["persons"].as_array().into_iter().flatten();
        let names: Vec<&str> = names.filter_map(|person| person["fullName"].as_str()).collect();
        let known = |name: &&str| self.0.persons.iter().any(|person| person == name);
        names.iter().any(known) || names.first().is_some_and(|name| *name == initials(self.head()))
    }

    pub(super) fn remember(&self, client: &str, key: &str, id: &str) {
        self.ids()
            .insert((client.to_owned(), key.to_owned()), id.to_owned());
    }

    /// The id that a client had for a row; without one, somebody else's.
    pub(super) fn known_id(&self, client: &str, key: &str) -> Option<String> {
        let ids = self.ids();
        let own = ids.get(&(client.to_owned(), key.to_owned()));
        let other = || ids.iter().find(|((_, of), _)| of == key).map(|(_, id)| id);
        own.or_else(other).cloned()
    }

    pub(super) fn every_id_known(&self, key: &str) -> Vec<String> {
        let ids = self.ids();
        let of_row = ids.iter().filter(|((_, of), _)| of == key);
        of_row.map(|(_, id)| id.clone()).collect()
    }

    fn ids(&self) -> std::sync::MutexGuard<'_, HashMap<(String, String), String>> {
        self.0.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the case of {}", self.head())
    }
}

impl Named for Case {
    fn case(&self) -> &Case {
        self
    }

    fn type_name(&self) -> &'static str {
        "Case"
    }

    fn key(&self) -> String {
        "the whole".to_owned()
    }

    fn pick(&self, listed: &Value) -> Option<String> {
        id_of(listed)
    }
}

impl Named for Row {
    fn case(&self) -> &Case {
        &self.case
    }

    fn type_name(&self) -> &'static str {
        match self.what {
            What::Person(_) => "Person",
            What::Request { .. } => "TravelDocumentRequest",
            What::Itinerary(_) => "Itinerary",
            What::CashGrant(_) => "CashGrant",
            What::Package(_) => "ReintegrationPackage",
            What::Consent(_) => "Consent",
        }
    }

    fn key(&self) -> String {
        format!("{:?}", self.what)
    }

    fn pick(&self, listed: &Value) -> Option<String> {
        let nth = |list: &str, number: usize| id_of(&listed[list][number - 1]);
        let that = |list: &str, is: &dyn Fn(&Value) -> bool| {
            let rows = listed[list].as_array()?;
            id_of(rows.iter().find(|row| is(row))?)
        };
        match &self.what {
            What::Itinerary(attempt) => nth("itineraries", *attempt),
            What::CashGrant(number) => nth("cashGrants", *number),
            What::Package(number) => nth("reintegrationPackages", *number),
            What::Person(name) => that("persons", &|person| names(&person["fullName"], name)),
            What::Request {
                applicant,
                submitted_at,
            } => that("travelDocumentRequests", &|request| {
                let submitted = &request["submittedAt"];
                names(&request["applicant"]["fullName"], applicant)
                    && (submitted.is_null() || submitted == submitted_at.as_str())
            }),
            What::Consent([class, purpose, category]) => that("consents", &|consent| {
                let is = |field: &str, word: &str| consent[field].is_null() || consent[field] == word;
                let all = is("recipientClass", class) && is("purpose", purpose) && is("category", category);
                all && consent["active"] == true
            }),
        }
    }
}

fn id_of(row: &Value) -> Option<String> {
    row["id"].as_str().map(str::to_owned)
}

/// Whether what is shown is somebody's name, in full or in initials.
fn names(shown: &Value, full_name: &str) -> bool {
    *shown == full_name || *shown == initials(full_name)
}

fn initials(full_name: &str) -> String {
    let letters = full_name
        .split_whitespace()
        .filter_map(|name| name.chars().next());
    letters
        .map(|letter| format!("{letter}."))
        .collect::<Vec<_>>()
        .join(" ")
}
