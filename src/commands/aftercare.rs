//! Commands that follow the return.

use super::{Answer, Desk, Envelope, Target, authorise_by_kind};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::steps::aftercare::{Closing, NewHandover, NewIntake};
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::CaseId;
use crate::policy::actions::Action;
use chrono::{DateTime, Utc};
use uuid::Uuid;

impl Desk {
    /// Takes in persons who returned without assistance; their country is the one where the actor's mission acts.
    pub async fn admit_post_arrival_case(&self, envelope: &Envelope, new: NewIntake) -> Result<Uuid, Error> {
        let action = Action::AdmitPostArrivalCase;
        authorise_by_kind(envelope, action)?;
        let mission = envelope.actor.viewer.organisation;
        let new = &new;
        self.once(envelope, action, move |mut uow| async move {
            let directory = uow.directory().await?;
            let country = directory
                .organisation(mission)
                .and_then(|mission| mission.territory)
                .ok_or(Error::Forbidden)?;
            if uow.reference_is_taken(mission, &new.reference).await? {
                return Err(Refusal::at(Reason::AlreadyExists, "reference").into());
            }
            let funding = uow.funding().await?;
            let named = new.funding_project;
            if named.is_some_and(|named| funding.project(named).is_none()) {
                return Err(Error::NotFound);
            }
            let usual = funding.of_mission(mission, uow.now().date_naive());
            let new = NewIntake {
                funding_project: named.or(usual),
                ..new.clone()
            };
            let circumstances = Circumstances {
                now: uow.now(),
                directory: &directory,
                by: &envelope.actor.viewer.author(),
            };
            let opened = CaseFile::admit_post_arrival(new, (mission, country), &circumstances)?;
            uow.save(&opened, action).await?;
            Ok((uow, opened.next().case.id.uuid()))
        })
        .await
    }

    /// Records to whom a person was handed over.
    pub async fn record_handover(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: i32,
        new: NewHandover,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(id, Some(expected));
        let action = Action::RecordHandover;
        self.on_case(envelope, action, target, Answer::Case, |file, c| {
            file.record_handover(new.clone(), c)
        })
        .await
    }

    /// Begins the support after return.
    pub async fn start_reintegration(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: i32,
        counselled_at: Option<DateTime<Utc>>,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(id, Some(expected));
        let action = Action::StartReintegration;
        self.on_case(envelope, action, target, Answer::Case, |file, c| {
            file.start_reintegration(counselled_at, c)
        })
        .await
    }

    /// Closes the case.
    pub async fn close_case(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: i32,
        closing: Closing,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(id, Some(expected));
        self.on_case(envelope, Action::CloseCase, target, Answer::Case, |file, c| {
            file.close(closing, c)
        })
        .await
    }
}
