//! Commands on detention, and on what is arranged for the persons before they leave.

use super::{commands, id};
use crate::domain::safeguards::TransferProvider;
use crate::graphql::scalars::{DateScalar, DateTimeScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    RecordDetentionPayload "case": CaseNode;
    RequestAppointmentSupportPayload "case": CaseNode;
    SupportConsularAppointmentPayload "case": CaseNode;
    ArrangeAirportTransferPayload "case": CaseNode;
    ArrangeTemporaryAccommodationPayload "case": CaseNode;
}

/// Records where a person is detained, or that the detention that began on a day has ended.
#[derive(InputObject)]
pub struct RecordDetentionInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
    /// Where.
    #[graphql(validator(chars_max_length = 200))]
    facility: String,
    /// First day; together with the person it names the detention.
    since: DateScalar,
    /// Last day, once it has ended.
    ended_on: Option<DateScalar>,
}

/// Asks the authorities to bring a person in detention to an appointment at a consular post.
#[derive(InputObject)]
pub struct RequestAppointmentSupportInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
    /// When the appointment is.
    at: DateTimeScalar,
}

/// Agrees to bring a person in detention to an appointment.
#[derive(InputObject)]
pub struct SupportConsularAppointmentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The number of the appointment on its case.
    number: i32,
}

/// Arranges how the persons get to the airport.
#[derive(InputObject)]
pub struct ArrangeAirportTransferInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on, from those who can read it.
    expected_version: Option<i32>,
    /// Who brings them.
    provider: Word<TransferProvider>,
    /// Where they are picked up.
    #[graphql(validator(chars_max_length = 200))]
    pick_up_facility: String,
    /// When.
    pick_up_at: DateTimeScalar,
}

/// Arranges where the persons stay before they leave.
#[derive(InputObject)]
pub struct ArrangeTemporaryAccommodationInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// Where.
    #[graphql(validator(chars_max_length = 400))]
    place: String,
    /// First day.
    from: DateScalar,
    /// Last day.
    until: DateScalar,
}

commands! {
    /// Commands on detention and on what is arranged before the departure.
    LogisticsCommands {
        /// Records where a person is detained, or that it has ended; the authorities that hold the person take part.
        record_detention(RecordDetentionInput) -> RecordDetentionPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let person = id(context, NodeType::Person, &input.person_id)?;
            let days = (input.since.0, input.ended_on.map(|day| day.0));
            desk.record_detention(&envelope, on, (person, input.facility), days).await
        };
        /// Asks the authorities to bring a person in detention to an appointment at a consular post; they are told.
        request_appointment_support(RequestAppointmentSupportInput) -> RequestAppointmentSupportPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let person = id(context, NodeType::Person, &input.person_id)?;
            desk.request_appointment_support(&envelope, on, person, input.at.0).await
        };
        /// Agrees to bring a person in detention to an appointment; the sending mission is told.
        support_consular_appointment(SupportConsularAppointmentInput) -> SupportConsularAppointmentPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            desk.support_appointment(&envelope, case, input.number).await
        };
        /// Arranges how the persons get to the airport; the last word counts.
        arrange_airport_transfer(ArrangeAirportTransferInput) -> ArrangeAirportTransferPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, input.expected_version);
            let pick_up = (input.pick_up_facility, input.pick_up_at.0);
            desk.arrange_transfer(&envelope, on, input.provider.0, pick_up).await
        };
        /// Arranges where the persons stay before they leave.
        arrange_temporary_accommodation(ArrangeTemporaryAccommodationInput) -> ArrangeTemporaryAccommodationPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let days = (input.from.0, input.until.0);
            desk.arrange_accommodation(&envelope, on, input.place, days).await
        };
    }
}
