//! Commands on suspensions of operations.

use super::commands;
use crate::domain::itinerary::SuspensionReason;
use crate::graphql::scalars::{CountryScalar, DateTimeScalar};
use crate::graphql::word::Word;
use crate::payloads;
use async_graphql::InputObject;

payloads! {
    SuspendOperationsPayload "operationsSuspension": SuspensionNode;
    ResumeOperationsPayload "operationsSuspension": SuspensionNode;
}

/// Suspends operations for a country from now on.
#[derive(InputObject)]
pub struct SuspendOperationsInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The country.
    country: CountryScalar,
    /// Until when, where that is known; journeys after it may be booked.
    until: Option<DateTimeScalar>,
    /// Why.
    reason: Word<SuspensionReason>,
}

/// Lifts the suspension of a country.
#[derive(InputObject)]
pub struct ResumeOperationsInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The country.
    country: CountryScalar,
    /// The version of the suspension that was decided on.
    expected_version: i32,
}

commands! {
    /// Commands on suspensions of operations.
    SuspensionCommands {
        /// Suspends operations for a country: nothing is booked to, from or through it, journeys that were are flagged, the cases that cannot go on are put on hold, and every mission concerned is told once.
        suspend_operations(SuspendOperationsInput) -> SuspendOperationsPayload = |_context, envelope, input, desk| {
            let until = input.until.map(|until| until.0);
            desk.suspend_operations(&envelope, input.country.0, until, input.reason.0).await
        };
        /// Lifts the suspension of a country; nothing goes on by itself, and operationsSuspensions lists the cases to resume.
        resume_operations(ResumeOperationsInput) -> ResumeOperationsPayload = |_context, envelope, input, desk| {
            desk.resume_operations(&envelope, input.country.0, input.expected_version).await
        };
    }
}
