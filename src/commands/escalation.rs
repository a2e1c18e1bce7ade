//! Waking somebody up: the steps of escalations, by the clock, and the rules that they go by.
//!
//! A worker takes an escalation on for a while, does one step in one transaction, and lets go. If it is killed on the way,
//! nothing of the step is done, and another takes it on once its time is over. The case is locked first, as by every
//! command, so that a step and a change of the journey come one after the other.

use super::{Desk, Envelope, authorise_by_kind};
use crate::domain::escalation::EscalationRule;
use crate::error::Error;
use crate::ids::new_id;
use crate::policy::actions::Action;
use crate::store::{DueEscalation, worth_repeating};
use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How many escalations are looked up at a time.
const BATCH: u64 = 100;

/// For how long a worker takes an escalation on.
const LEASE: TimeDelta = TimeDelta::minutes(1);

/// Longest time between two looks, for what was told meanwhile, here or by another process.
const LONGEST_NAP: TimeDelta = TimeDelta::seconds(30);

impl Desk {
    /// Says what is done about notices that nobody acknowledges, from now on.
    pub async fn configure_escalation(
        &self,
        envelope: &Envelope,
        rule: EscalationRule,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::ConfigureEscalation)?;
        rule.check()?;
        let rule = &rule;
        self.once(envelope, Action::ConfigureEscalation, move |uow| async move {
            let id = uow.configure_escalation(rule).await?;
            Ok((uow, id))
        })
        .await
    }

    /// Does each step when it is due, until told to stop; then gives back what it has taken on.
    pub async fn keep_escalations(self, stopping: CancellationToken) {
        let clock = self.store.clock().clone();
        let worker = new_id(clock.now());
        loop {
            let looked_at = tokio::select! {
                () = stopping.cancelled() => break,
                done = self.climb(worker) => match done {
                    Ok(looked_at) => Some(looked_at),
                    Err(fault) => {
                        tracing::error!(cause = %crate::store::cause_of(&fault), "a step of an escalation could not be done; it is tried again");
                        None
                    }
                }
            };
            let nap = clock.now() + LONGEST_NAP;
            let next = match (self.store.next_escalation().await, looked_at) {
                // What was due at the last look and was not done is somebody else's for now.
                (Ok(Some(next)), Some(looked_at)) if next > looked_at => next.min(nap),
                _ => nap,
            };
            tokio::select! {
                () = stopping.cancelled() => break,
                () = clock.sleep_until(next) => {}
            }
        }
        if let Err(fault) = self.store.give_back(worker).await {
            tracing::warn!(cause = %crate::store::cause_of(&fault), "leases of escalations run out by themselves");
        }
    }

    /// Does every step that is due by now and that no other worker has taken on; says when it last looked for one.
    ///
    /// # Errors
    ///
    /// Faults of the database; what was done before one stays done.
    pub async fn climb(&self, worker: Uuid) -> Result<DateTime<Utc>, Error> {
        loop {
            let now = self.store.clock().now();
            let due = self.store.escalations_due(now, BATCH).await?;
            if due.is_empty() {
                return Ok(now);
            }
            let mut some = false;
            for one in due {
                let until = self.store.clock().now() + LEASE;
                if self.store.take_on(&one, worker, until).await? {
                    some = true;
                    self.step(&one, worker).await?;
                }
            }
            // Whatever is due is somebody else's: they need no company.
            if !some {
                return Ok(now);
            }
        }
    }

    async fn step(&self, due: &DueEscalation, worker: Uuid) -> Result<(), Error> {
        const ATTEMPTS: usize = 5;
        let mut attempt = 1;
        loop {
            match self.step_once(due, worker).await {
                Err(fault) if worth_repeating(&fault) && attempt < ATTEMPTS => attempt += 1,
                outcome => return outcome,
            }
        }
    }

    /// The next step of one escalation, if it is still due, and nobody has acknowledged meanwhile.
    async fn step_once(&self, due: &DueEscalation, worker: Uuid) -> Result<(), Error> {
        let mut uow = self.store.begin_by_time().await?;
        let file = uow.file_for_update(due.case).await?;
        let Some(held) = uow.held_escalation(due.id, worker).await? else {
            return Ok(());
        };
        let now = uow.now();
        if held.retracted || !file.may_tell(held.overdue.recipient) {
            uow.lapse(&held).await?;
        } else {
            match (held.steps.get(held.done), held.due(&file, held.done, held.since)) {
                (Some(step), Some(at)) if at <= now => {
                    let next = held.due(&file, held.done + 1, now);
                    uow.step_done(&held, *step, next).await?;
                    let said = held.overdue.say(step.action, file.case.sending_mission);
                    uow.tell(due.case, said).await?;
                }
                // The journey lands at another time than it did.
                (_, at) => uow.put_off(&held, at).await?,
            }
        }
        let committed = uow.commit().await?;
        self.hub.wake(&committed.recipients);
        Ok(())
    }
}
