//! Commands on what protects persons: assessments, escorts, detention, arrangements before the departure. Each is about a
//! case and decided on the case's version.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::safeguards::{
    ClearanceKind, EscortKind, EscortState, NeedCode, Requirement, TestResult, TransferProvider,
    VulnerabilityCategory,
};
use crate::domain::steps::health::Examination;
use crate::domain::steps::safeguards::NewChildSafeguards;
use crate::domain::transition::{Changed, Refusal};
use crate::error::Error;
use crate::ids::{CaseId, PersonId};
use crate::policy::actions::Action;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A case, with the version of it that was decided on.
pub type Decided = (CaseId, Option<i32>);

impl Desk {
    pub(super) async fn protecting(
        &self,
        envelope: &Envelope,
        action: Action,
        (case, expected): Decided,
        decide: impl Fn(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> + Send + Sync,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(case, expected);
        self.on_case(envelope, action, target, Answer::Case, decide).await
    }

    /// Records what was found of a person.
    pub async fn record_vulnerability(
        &self,
        envelope: &Envelope,
        on: Decided,
        person: PersonId,
        (categories, needs): (Vec<VulnerabilityCategory>, Vec<NeedCode>),
        assessed_on: NaiveDate,
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RecordVulnerability, on, |file, c| {
            file.record_vulnerability(person, &categories, &needs, assessed_on, c)
        })
        .await
    }

    /// Records what is in place for a child.
    pub async fn record_child_safeguards(
        &self,
        envelope: &Envelope,
        on: Decided,
        person: PersonId,
        new: NewChildSafeguards,
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RecordChildSafeguards, on, |file, c| {
            file.record_child_safeguards(person, new.clone(), c)
        })
        .await
    }

    /// Asks health staff whether a person is fit to travel.
    pub async fn request_fitness(
        &self,
        envelope: &Envelope,
        on: Decided,
        person: PersonId,
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RequestFitness, on, |file, c| {
            file.voluntary()?.request_fitness(person, c)
        })
        .await
    }

    /// Records what health staff found.
    pub async fn record_fitness(
        &self,
        envelope: &Envelope,
        on: Decided,
        person: PersonId,
        found: Examination,
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RecordFitness, on, |file, c| {
            file.voluntary()?.record_fitness(person, found.clone(), c)
        })
        .await
    }

    /// Records what is demanded of a traveller's health.
    pub async fn record_health_requirement(
        &self,
        envelope: &Envelope,
        on: Decided,
        person: PersonId,
        requirement: Requirement,
        (result, valid_until): (Option<TestResult>, Option<DateTime<Utc>>),
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RecordHealthRequirement, on, |file, c| {
            file.voluntary()?
                .record_health_requirement(person, requirement, result, valid_until, c)
        })
        .await
    }

    /// Recommends that somebody travels along.
    pub async fn recommend_escort(
        &self,
        envelope: &Envelope,
        on: Decided,
        person: PersonId,
        (kind, mhd_reference): (EscortKind, Option<String>),
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RecommendEscort, on, |file, c| {
            file.voluntary()?
                .recommend_escort(person, kind, mhd_reference.clone(), c)
        })
        .await
    }

    /// Agrees to an escort, or does not.
    pub async fn decide_escort(
        &self,
        envelope: &Envelope,
        on: Decided,
        number: i32,
        agreed: bool,
    ) -> Result<Uuid, Error> {
        let action = if agreed {
            Action::ApproveEscort
        } else {
            Action::DeclineEscort
        };
        self.protecting(envelope, action, on, |file, c| {
            file.voluntary()?.decide_escort(number, agreed, c)
        })
        .await
    }

    /// Says who travels along.
    pub async fn assign_escort(
        &self,
        envelope: &Envelope,
        on: Decided,
        number: i32,
        name: String,
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::AssignEscort, on, |file, _| {
            file.voluntary()?.assign_escort(number, name.clone())
        })
        .await
    }

    /// Takes an escort one step further.
    pub async fn move_escort(
        &self,
        envelope: &Envelope,
        on: Decided,
        number: i32,
        (action, to): (Action, EscortState),
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, action, on, |file, _| {
            file.voluntary()?.move_escort(number, action.name(), to)
        })
        .await
    }

    /// Records that the airline has agreed.
    pub async fn record_airline_clearance(
        &self,
        envelope: &Envelope,
        on: Decided,
        kind: ClearanceKind,
        reference: Option<String>,
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RecordClearance, on, |file, c| {
            file.voluntary()?
                .record_airline_clearance(kind, reference.clone(), c)
        })
        .await
    }

    /// Records where a person is detained.
    pub async fn record_detention(
        &self,
        envelope: &Envelope,
        on: Decided,
        (person, facility): (PersonId, String),
        days: (NaiveDate, Option<NaiveDate>),
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RecordDetention, on, |file, c| {
            file.voluntary()?
                .record_detention(person, facility.clone(), days, c)
        })
        .await
    }

    /// Asks the authorities to bring a person to an appointment.
    pub async fn request_appointment_support(
        &self,
        envelope: &Envelope,
        on: Decided,
        person: PersonId,
        at: DateTime<Utc>,
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RequestSupport, on, |file, c| {
            file.voluntary()?.request_appointment_support(person, at, c)
        })
        .await
    }

    /// An authority agrees to.
    pub async fn support_appointment(
        &self,
        envelope: &Envelope,
        case: CaseId,
        number: i32,
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::SupportAppointment, (case, None), |file, c| {
            file.voluntary()?.support_appointment(number, c)
        })
        .await
    }

    /// Arranges how the persons get to the airport.
    pub async fn arrange_transfer(
        &self,
        envelope: &Envelope,
        on: Decided,
        provider: TransferProvider,
        (facility, at): (String, DateTime<Utc>),
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::ArrangeTransfer, on, |file, c| {
            file.voluntary()?
                .arrange_transfer(provider, facility.clone(), at, c)
        })
        .await
    }

    /// Arranges where the persons stay before they leave.
    pub async fn arrange_accommodation(
        &self,
        envelope: &Envelope,
        on: Decided,
        place: String,
        days: (NaiveDate, NaiveDate),
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::ArrangeAccommodation, on, |file, c| {
            file.voluntary()?.arrange_accommodation(place.clone(), days, c)
        })
        .await
    }
}
