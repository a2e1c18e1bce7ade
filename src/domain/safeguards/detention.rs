//! Persons in administrative detention, and where persons stay before they leave (SOP N4c, N5c, I4g).

use crate::codes;
use crate::ids::{CaseId, OrganisationId, PersonId, SafeguardId};
use chrono::{DateTime, NaiveDate, Utc};

/// A person's detention. That there is one is for the sending mission and the authorities of the host territory alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detention {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// The person.
    pub person_id: PersonId,
    /// Where.
    pub facility: String,
    /// First day.
    pub since: NaiveDate,
    /// Last day, once it has ended.
    pub ended_on: Option<NaiveDate>,
}

impl Detention {
    /// Whether the person is detained on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.since <= day && self.ended_on.is_none_or(|last| day <= last)
    }
}

/// An appointment at a consular post for a person in detention, who cannot go there without the authority's support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsularAppointment {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// The person.
    pub person_id: PersonId,
    /// Place among the appointments of the case, from 1: commands name the appointment by it.
    pub number: i32,
    /// When.
    pub at: DateTime<Utc>,
    /// The authority that brings the person there.
    pub supported_by: Option<OrganisationId>,
    /// When that authority said so.
    pub supported_at: Option<DateTime<Utc>>,
}

codes! { "Who brings persons to the airport." TransferProvider {
    Iom = "IOM": "IOM.",
    Authority = "AUTHORITY": "An authority of the host territory.",
} }

/// How the persons of a case get to the airport; the last one counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AirportTransfer {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// Who brings them.
    pub provider: TransferProvider,
    /// Where they are picked up.
    pub pick_up_facility: String,
    /// When.
    pub pick_up_at: DateTime<Utc>,
}

/// Where persons stay before they leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemporaryAccommodation {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// Where.
    pub place: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}
