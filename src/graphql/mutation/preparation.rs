//! Commands on what prepares persons for the departure: how they live, what they are given, what they are told.

use super::{commands, id};
use crate::domain::safeguards::{AssistanceKind, AssistanceProvider, HostAccommodation, NeedCode};
use crate::domain::steps::preparation::{NewBriefing, NewCircumstances};
use crate::graphql::scalars::{DateScalar, DateTimeScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    RecordPreDepartureCircumstancesPayload "case": CaseNode;
    RecordAssistanceProvisionPayload "case": CaseNode;
    RecordMigrantBriefingPayload "case": CaseNode;
}

/// Records in which circumstances a person lives before the departure.
#[derive(InputObject)]
pub struct RecordPreDepartureCircumstancesInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
    /// How the person lives.
    accommodation: Word<HostAccommodation>,
    /// Whether the person is in medical treatment.
    medical_treatment: bool,
    /// What the person says that has to be done for them on the way.
    #[graphql(validator(max_items = 20))]
    travel_needs: Vec<Word<NeedCode>>,
}

/// Records what a person was given before the departure.
#[derive(InputObject)]
pub struct RecordAssistanceProvisionInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
    /// What was given.
    kind: Word<AssistanceKind>,
    /// Whether IOM or an authority gave it.
    provider: Word<AssistanceProvider>,
    /// The office, authority or centre that gave it.
    #[graphql(validator(chars_max_length = 200))]
    provider_name: String,
    /// The day.
    provided_on: DateScalar,
}

/// Records what the persons were told of their journey.
#[derive(InputObject)]
pub struct RecordMigrantBriefingInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// Whether they were given the details of the flights that are booked.
    flight_details_given: bool,
    /// Luggage allowance of each that they were told of, in kilograms.
    luggage_allowance_kg: Option<i32>,
    /// Whether it was explained to them what they are entitled to.
    entitlements_explained: bool,
    /// When.
    briefed_at: DateTimeScalar,
}

commands! {
    /// Commands on what prepares persons for the departure.
    PreparationCommands {
        /// Records in which circumstances a person lives before the departure; the last record counts.
        record_pre_departure_circumstances(RecordPreDepartureCircumstancesInput) -> RecordPreDepartureCircumstancesPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let person = id(context, NodeType::Person, &input.person_id)?;
            let new = NewCircumstances {
                accommodation: input.accommodation.0,
                medical_treatment: input.medical_treatment,
                travel_needs: input.travel_needs.into_iter().map(|need| need.0).collect(),
            };
            desk.record_circumstances(&envelope, on, person, new).await
        };
        /// Records what a person was given before the departure, by IOM or by an authority.
        record_assistance_provision(RecordAssistanceProvisionInput) -> RecordAssistanceProvisionPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let person = id(context, NodeType::Person, &input.person_id)?;
            let by = (input.provider.0, input.provider_name);
            desk.record_assistance(&envelope, on, person, (input.kind.0, by, input.provided_on.0)).await
        };
        /// Records what the persons were told of their journey; flight details have to be given again for another attempt.
        record_migrant_briefing(RecordMigrantBriefingInput) -> RecordMigrantBriefingPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let new = NewBriefing {
                flight_details_given: input.flight_details_given,
                luggage_kilograms: input.luggage_allowance_kg,
                entitlements_explained: input.entitlements_explained,
                briefed_at: input.briefed_at.0,
            };
            desk.record_briefing(&envelope, on, new).await
        };
    }
}
