//! Suspending operations for a country: the cases that it concerns are halted, and everybody is told.
//!
//! Suspending is one small transaction: from its commit on nothing is booked any more. Cases are told one by one, each in a
//! transaction of its own, because one over all of them would hold every mission's inbox until the last is done. A case
//! notes of which suspension it was told, so that whoever goes on after a crash begins where it stopped; what is left of it
//! is done when the program looks after deadlines.

use super::{Desk, Envelope, authorise_by_kind};
use crate::domain::case_file::Circumstances;
use crate::domain::itinerary::SuspensionReason;
use crate::domain::party::Author;
use crate::domain::suspension::OperationsSuspension;
use crate::domain::territory::CountryCode;
use crate::error::Error;
use crate::ids::CaseId;
use crate::policy::actions::Action;
use crate::store::worth_repeating;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// How many cases are looked up at a time.
const BATCH: u64 = 100;

impl Desk {
    /// Suspends operations for a country.
    pub async fn suspend_operations(
        &self,
        envelope: &Envelope,
        country: CountryCode,
        until: Option<DateTime<Utc>>,
        reason: SuspensionReason,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::SuspendOperations)?;
        let id = self
            .once(envelope, Action::SuspendOperations, move |uow| async move {
                let id = uow.suspend_operations(country, until, reason).await?;
                Ok((uow, id))
            })
            .await?;
        self.settle_suspensions().await?;
        Ok(id)
    }

    /// Lifts the suspension of a country.
    pub async fn resume_operations(
        &self,
        envelope: &Envelope,
        country: CountryCode,
        expected: i32,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::ResumeOperations)?;
        self.once(envelope, Action::ResumeOperations, move |uow| async move {
            let id = uow.resume_operations(country, expected).await?;
            Ok((uow, id))
        })
        .await
    }

    /// Halts and tells every case that a suspension concerns and that has not been told.
    pub(super) async fn settle_suspensions(&self) -> Result<(), Error> {
        for suspension in self.store.unsettled_suspensions().await? {
            let mut after = None;
            loop {
                let cases = self.store.cases_to_tell(&suspension, after, BATCH).await?;
                let Some(last) = cases.last().copied() else {
                    break;
                };
                for case in cases {
                    self.tell_of(&suspension, case).await?;
                }
                after = Some(last);
            }
            let uow = self.store.begin_by_time().await?;
            uow.settle(&suspension).await?;
            let _ = uow.commit().await?;
        }
        Ok(())
    }

    async fn tell_of(&self, suspension: &OperationsSuspension, case: CaseId) -> Result<(), Error> {
        const ATTEMPTS: usize = 5;
        let mut attempt = 1;
        loop {
            match Box::pin(self.tell_of_once(suspension, case)).await {
                Err(fault) if worth_repeating(&fault) && attempt < ATTEMPTS => attempt += 1,
                outcome => return outcome,
            }
        }
    }

    async fn tell_of_once(&self, suspension: &OperationsSuspension, case: CaseId) -> Result<(), Error> {
        let mut uow = self.store.begin_by_time().await?;
        let file = uow.file_for_update(case).await?;
        let directory = uow.directory().await?;
        let circumstances = Circumstances {
            now: uow.now(),
            directory: &directory,
            by: &Author::time(),
        };
        // It may have been lifted since the first cases were told; the others go on then.
        let mut in_force = directory.suspensions.iter();
        let Some(suspension) = in_force.find(|other| other.id == suspension.id) else {
            return Ok(());
        };
        if let Some(changed) = file.be_told_of(suspension, &circumstances)? {
            uow.save(&changed, Action::SuspendOperations).await?;
            let committed = uow.commit().await?;
            self.hub.wake(&committed.recipients);
        }
        Ok(())
    }
}
