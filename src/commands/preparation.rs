//! Commands on what prepares persons for the departure.

use super::safeguards::Decided;
use super::{Desk, Envelope};
use crate::domain::safeguards::{AssistanceKind, AssistanceProvider};
use crate::domain::steps::preparation::{NewBriefing, NewCircumstances};
use crate::error::Error;
use crate::ids::PersonId;
use crate::policy::actions::Action;
use chrono::NaiveDate;
use uuid::Uuid;

/// What was given, by whom, and when.
type Given = (AssistanceKind, (AssistanceProvider, String), NaiveDate);

impl Desk {
    /// Records in which circumstances a person lives before the departure.
    pub async fn record_circumstances(
        &self,
        envelope: &Envelope,
        on: Decided,
        person: PersonId,
        new: NewCircumstances,
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RecordCircumstances, on, |file, c| {
            file.voluntary()?.record_circumstances(person, &new, c)
        })
        .await
    }

    /// Records what a person was given before the departure.
    pub async fn record_assistance(
        &self,
        envelope: &Envelope,
        on: Decided,
        person: PersonId,
        (kind, by, day): Given,
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RecordAssistance, on, |file, c| {
            file.voluntary()?
                .record_assistance(person, kind, by.clone(), day, c)
        })
        .await
    }

    /// Records what the persons were told of their journey.
    pub async fn record_briefing(
        &self,
        envelope: &Envelope,
        on: Decided,
        new: NewBriefing,
    ) -> Result<Uuid, Error> {
        self.protecting(envelope, Action::RecordBriefing, on, |file, c| {
            file.voluntary()?.record_briefing(new, c)
        })
        .await
    }
}
