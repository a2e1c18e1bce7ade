//! What time alone does: the cases on which something is due, one small transaction after the other.
//!
//! When something is due stands in the case's row, so nothing is forgotten by a restart, and several processes may look
//! after the same database: whoever locks a case first does what is due, and the other finds nothing left to do.

use super::Desk;
use super::retention::forget_old_keys;
use crate::domain::case_file::Circumstances;
use crate::domain::party::Author;
use crate::error::Error;
use crate::ids::CaseId;
use crate::store::{Cause, worth_repeating};
use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

/// How many cases are looked up at a time.
const BATCH: u64 = 100;

/// Longest time between two looks, for what another process has put into the database meanwhile.
const LONGEST_NAP: TimeDelta = TimeDelta::minutes(1);

impl Desk {
    /// Does what is due, whenever it is, until told to stop.
    pub async fn keep_deadlines(self, stopping: CancellationToken) {
        let clock = self.store.clock().clone();
        let mut failed = Vec::new();
        loop {
            if let Err(fault) = self.settle_suspensions().await {
                tracing::error!(cause = %crate::store::cause_of(&fault), "not everybody could be told of a suspension");
            }
            let done = tokio::select! {
                () = stopping.cancelled() => return,
                done = self.catch_up(&mut failed) => done,
            };
            if let Err(fault) = &done {
                tracing::error!(cause = %crate::store::cause_of(fault), "deadlines could not be looked up");
            }
            // Nobody waits for it, and what is left goes with the next look.
            if let Err(fault) = forget_old_keys(&self.store, self.oversight.key_days).await {
                tracing::error!(cause = %crate::store::cause_of(&fault), "old idempotency keys could not be forgotten");
            }
            let now = clock.now();
            let next = match self.store.next_due().await {
                Ok(Some(next)) if done.is_ok() && failed.is_empty() => next.min(now + LONGEST_NAP),
                _ => now + LONGEST_NAP,
            };
            failed.clear();
            tokio::select! {
                () = stopping.cancelled() => return,
                () = clock.sleep_until(next) => {}
            }
        }
    }

    /// Does everything that is due by now; a case that fails is left for the next time, and the others are not.
    async fn catch_up(&self, failed: &mut Vec<CaseId>) -> Result<(), Error> {
        loop {
            let now = self.store.clock().now();
            let due = self.store.cases_due(now, BATCH + failed.len() as u64).await?;
            let due: Vec<CaseId> = due.into_iter().filter(|case| !failed.contains(case)).collect();
            if due.is_empty() {
                return Ok(());
            }
            for case in due {
                if let Err(fault) = self.pass_time(case).await {
                    tracing::error!(
                        cause = %crate::store::cause_of(&fault),
                        "what is due on a case could not be done; it is tried again in a minute"
                    );
                    failed.push(case);
                }
            }
        }
    }

    /// Does everything that is due on one case, each thing in a transaction of its own.
    async fn pass_time(&self, case: CaseId) -> Result<(), Error> {
        const ATTEMPTS: usize = 5;
        let mut attempt = 1;
        loop {
            match self.pass_time_once(case).await {
                Ok(true) => attempt = 1,
                Ok(false) => return Ok(()),
                Err(fault) if worth_repeating(&fault) && attempt < ATTEMPTS => attempt += 1,
                Err(fault) => return Err(fault),
            }
        }
    }

    async fn pass_time_once(&self, case: CaseId) -> Result<bool, Error> {
        let mut uow = self.store.begin_by_time().await?;
        let file = uow.file_for_update(case).await?;
        let directory = uow.directory().await?;
        let circumstances = Circumstances {
            now: uow.now(),
            directory: &directory,
            by: &Author::time(),
        };
        let Some(changed) = file.pass_time(&circumstances)? else {
            return Ok(false);
        };
        uow.save(&changed, Cause::Time).await?;
        let committed = uow.commit().await?;
        self.hub.wake(&committed.recipients);
        Ok(true)
    }
}
