//! What a consular post can read of a request at the moment when it is asked: the content of a disclosure snapshot.
//!
//! The fields table decides, as it does when the post reads through the API; a test holds the two together. Ids and what
//! leads to other rows are left out: the former are different for every organisation, the latter have lines of their own.

use super::fields::{Field, LINES};
use super::governed::{Governed, Seen, Shown};
use super::lens::{Consented, Lens};
use super::mask::{BirthDate, Maskable};
use super::relation::Relation;
use crate::domain::case_file::CaseFile;
use crate::domain::consent::RecipientClass;
use crate::domain::itinerary::{Itinerary, ItineraryState};
use crate::domain::person::Person;
use crate::domain::territory::CountryCode;
use crate::domain::travel_document::{TravelDocumentRequest, TravelDocumentRequestState};
use crate::ids::TravelDocumentRequestId;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Fields of the applicant, of the case and of the request that a post might be shown when it is asked.
struct Disclosure<'a> {
    fields: BTreeMap<String, Value>,
    asked_on: NaiveDate,
    stands: Option<Itinerary>,
    photo: Option<String>,
    file: Governed<&'a CaseFile>,
    applicant: Governed<&'a Person>,
    request: Governed<TravelDocumentRequest>,
}

/// What the post of a request could read when it was asked, as canonical JSON: `Type.field` and its value.
///
/// Nothing is returned for a request that the file does not have.
#[must_use]
pub fn disclosed(file: &CaseFile, id: TravelDocumentRequestId) -> Option<String> {
    let request = file.request(id)?;
    let applicant = file.person(request.person_id)?;
    let asked = TravelDocumentRequest {
        state: TravelDocumentRequestState::Submitted,
        state_since: request.submitted_at,
        acknowledged_at: None,
        nationality_confirmed_at: None,
        ended_at: None,
        refusal_reason: None,
        document: None,
        version: 1,
        ..request.clone()
    };
    let lens = lens_of_the_post(file, request.submitted_at);
    let disclosure = Disclosure {
        fields: BTreeMap::new(),
        asked_on: request.submitted_at.date_naive(),
        stands: journey_that_stood(file, request.submitted_at),
        photo: file
            .photo_of(applicant.id)
            .map(|photo| sha256(&format!("{}/{}", id.uuid(), photo.picture.sha256))),
        file: Governed::new(file, lens),
        applicant: Governed::new(applicant, lens),
        request: Governed::new(asked, lens),
    };
    serde_json::to_string(&disclosure.filled()).ok()
}

/// The lens of a post, with the consents that held at a moment.
fn lens_of_the_post(file: &CaseFile, when: DateTime<Utc>) -> Lens {
    let class = RecipientClass::Embassy;
    let held = file.consents.iter().filter(|consent| {
        consent.recipient_class == class
            && consent.purpose == class.purpose()
            && consent.revoked_at.is_none_or(|revoked| revoked > when)
    });
    let consented = held.fold(Consented::default(), |all, consent| all.with(consent.category));
    Lens::new(Relation::Consular, consented, when.date_naive())
}

/// The journey that stood at a moment, as it was booked.
fn journey_that_stood(file: &CaseFile, when: DateTime<Utc>) -> Option<Itinerary> {
    let stood = file
        .itineraries
        .iter()
        .find(|journey| journey.booked_at <= when && journey.ended_at.is_none_or(|ended| ended > when));
    stood.map(|journey| Itinerary {
        state: ItineraryState::Booked,
        ..journey.clone()
    })
}

/// Whether a post may still read all that a snapshot holds: a consent that was taken back closes it (DOMAIN 2.2).
#[must_use]
pub fn is_still_open(content: &str, lens: Lens) -> bool {
    let Ok(Value::Object(fields)) = serde_json::from_str::<Value>(content) else {
        return false;
    };
    fields.keys().all(|name| {
        let line = LINES.iter().position(|line| line.name == name);
        line.is_some_and(|line| lens.opens(&LINES[line]))
    })
}

/// The fields that a snapshot holds, as `Type.field`, in order.
#[must_use]
pub fn fields_of(content: &str) -> Vec<String> {
    match serde_json::from_str::<BTreeMap<String, Value>>(content) {
        Ok(fields) => fields.into_keys().collect(),
        Err(_) => Vec::new(),
    }
}

/// SHA-256 of a text, in hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Names the fields table as it is now: the first digits of its own SHA-256.
#[must_use]
pub fn policy_version() -> String {
    let mut table = String::new();
    for line in LINES {
        let _ = writeln!(table, "{} {:?}", line.name, line.cells);
    }
    sha256(&table)[..12].to_owned()
}

impl Disclosure<'_> {
    fn filled(mut self) -> BTreeMap<String, Value> {
        self.of_case(Field::CaseHostTerritory, |file| file.case.host_territory);
        self.of_case(Field::CaseCountryOfReturn, |file| file.case.country_of_return);
        self.of_person(Field::PersonFullName, Person::full_name);
        self.of_person(Field::PersonDateOfBirth, |person| {
            BirthDate::Day(person.date_of_birth)
        });
        let asked_on = self.asked_on;
        self.of_person(Field::PersonMinor, move |person| person.is_minor_on(asked_on));
        self.of_person(Field::PersonSex, |person| person.sex);
        self.of_person(Field::PersonNationality, |person| person.nationality);
        self.of_person(Field::PersonPlaceOfBirth, |person| person.place_of_birth.clone());
        self.of_person(Field::PersonParentsNames, |person| person.parents_names.clone());
        self.of_person(Field::PersonPhone, |person| person.phone.clone());
        self.of_person(Field::PersonEmail, |person| person.email.clone());
        self.of_person(Field::PersonMaritalStatus, |person| person.marital_status);
        self.of_person(Field::PersonReturnAddress, |person| {
            person.address_in_country_of_return.clone()
        });
        // A picture goes by a digest of this request and of its bytes: proof for whoever has both, and nothing that two
        // organisations could join by.
        let photo = self.photo.take();
        self.of_person(Field::PersonPhoto, move |_| photo.clone());
        self.of_request(Field::RequestState, |request| request.state);
        self.of_request(Field::RequestExpedited, |request| request.expedited);
        let stands = self.stands.take();
        self.of_request(Field::RequestDeparture, |request| {
            request.planned_departure(stands.as_ref())
        });
        self.of_request(Field::RequestSubmittedAt, |request| request.submitted_at);
        self.fields
    }

    fn of_case<V: Maskable + Written>(&mut self, field: Field, get: impl Fn(&CaseFile) -> V) {
        let shown = self.file.show(field, Seen::default().at(0), |file| get(file));
        self.add(field, shown);
    }

    fn of_person<V: Maskable + Written>(&mut self, field: Field, get: impl Fn(&Person) -> V) {
        let shown = self
            .applicant
            .show(field, Seen::default().at(0), |person| get(person));
        self.add(field, shown);
    }

    fn of_request<V: Maskable + Written>(&mut self, field: Field, get: impl Fn(&TravelDocumentRequest) -> V) {
        let shown = self.request.show(field, Seen::default().at(0), get);
        self.add(field, shown);
    }

    fn add<V: Written>(&mut self, field: Field, shown: Shown<V>) {
        if let Shown::Full(value) | Shown::Masked(value) = shown {
            self.fields.insert(field.line().name.to_owned(), value.written());
        }
    }
}

/// A value as the API writes it; a place by its code.
trait Written {
    fn written(self) -> Value;
}

impl<V: Written> Written for Option<V> {
    fn written(self) -> Value {
        self.map_or(Value::Null, Written::written)
    }
}

impl Written for String {
    fn written(self) -> Value {
        Value::String(self)
    }
}

impl Written for bool {
    fn written(self) -> Value {
        Value::Bool(self)
    }
}

impl Written for CountryCode {
    fn written(self) -> Value {
        json!(self.as_str())
    }
}

impl Written for DateTime<Utc> {
    fn written(self) -> Value {
        json!(self.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

macro_rules! written_as_shown {
    ($($kind:ty),+) => {$(
        impl Written for $kind {
            fn written(self) -> Value {
                json!(self.to_string())
            }
        }
    )+};
}

written_as_shown!(
    BirthDate,
    NaiveDate,
    TravelDocumentRequestState,
    crate::domain::person::MaritalStatus,
    crate::domain::person::Sex
);
