//! The worker that sends to webhooks: takes leases of those that are behind, and sends what is next to each, one after the
//! other, until it fails or nothing is left.
//!
//! Any number of processes may do so on one database. When something may be tried stands in the rows and is told by the
//! store's clock; the worker looks once a second, and at once where it left something to send.

use super::counts::Counts;
use super::egress::{Egress, Line};
use super::letter::Letter;
use crate::domain::webhook::AttemptOutcome;
use crate::domain::webhook::schedule::{Answer, Verdict};
use crate::error::Error;
use crate::store::{Due, Lease, Next, Outgoing, Store, cause_of};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Time between two looks.
const LOOK: Duration = Duration::from_secs(1);

/// Webhooks that are sent to at the same time.
const AT_ONCE: usize = 32;

/// Notices that are sent under one lease; then others have their turn.
const IN_A_ROW: usize = 100;

/// How long an answer is still waited for once the program is to stop.
const GRACE: Duration = Duration::from_secs(7);

/// What the worker works with.
#[derive(Clone)]
pub struct Worker {
    /// The store.
    pub store: Store,
    /// The way out.
    pub egress: Egress,
    /// Counts.
    pub counts: Arc<Counts>,
    /// Cancelled when the program is to stop.
    pub stopping: CancellationToken,
}

impl Worker {
    /// Works until the program stops: what is on its way is finished, and all leases are given back.
    pub async fn run(self) {
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut at_work: JoinSet<(Uuid, bool)> = JoinSet::new();
        let mut busy = HashSet::new();
        loop {
            tokio::select! {
                () = self.stopping.cancelled() => break,
                Some(done) = at_work.join_next() => {
                    // Whoever panicked holds its lease until that expires; nobody is busy with what is not known.
                    match done {
                        Ok((webhook, left)) => {
                            busy.remove(&webhook);
                            if left {
                                looks.reset_immediately();
                            }
                        }
                        Err(_) => busy.clear(),
                    }
                    continue;
                }
                _ = looks.tick() => {}
            }
            if let Err(fault) = self.take_on(&mut at_work, &mut busy).await {
                tracing::warn!(cause = cause_of(&fault), "webhooks cannot be looked at");
            }
        }
        while at_work.join_next().await.is_some() {}
    }

    /// Takes on what is due, as far as there are hands.
    async fn take_on(
        &self,
        at_work: &mut JoinSet<(Uuid, bool)>,
        busy: &mut HashSet<Uuid>,
    ) -> Result<(), Error> {
        let hands = AT_ONCE.saturating_sub(busy.len());
        if hands == 0 {
            return Ok(());
        }
        let limit = u64::try_from(hands).unwrap_or(1);
        let due = self
            .store
            .webhooks_due(busy.iter().copied().collect(), limit)
            .await?;
        for Due { webhook, abandoned } in due {
            let Some(lease) = self.store.lease_webhook(webhook).await? else {
                continue;
            };
            if abandoned {
                self.counts.took_over();
            }
            busy.insert(webhook);
            let worker = self.clone();
            at_work.spawn(async move { (webhook, worker.serve(lease).await) });
        }
        Ok(())
    }

    /// Sends what is next, one after the other, as long as each is taken; says whether something may be left.
    async fn serve(&self, lease: Lease) -> bool {
        self.send_in_turn(&lease).await.unwrap_or_else(|fault| {
            // The lease expires, so that it is tried again, and not at once.
            tracing::error!(cause = cause_of(&fault), "a webhook could not be served");
            false
        })
    }

    async fn send_in_turn(&self, lease: &Lease) -> Result<bool, Error> {
        let mut line = None;
        let most = if lease.probes { 1 } else { IN_A_ROW };
        for _ in 0..most {
            if self.stopping.is_cancelled() {
                break;
            }
            let sent = match self.store.next_delivery(lease).await? {
                Next::Send(sent) => sent,
                Next::Rest | Next::Lost => return Ok(false),
            };
            let verdict = self.send(lease, &mut line, &sent).await?;
            if verdict != Some(Verdict::Delivered) {
                return Ok(verdict == Some(Verdict::DeadLettered));
            }
        }
        self.store.release_webhook(lease).await?;
        Ok(true)
    }

    async fn send(
        &self,
        lease: &Lease,
        line: &mut Option<Line>,
        sent: &Outgoing,
    ) -> Result<Option<Verdict>, Error> {
        let began = Instant::now();
        let answer = tokio::select! {
            answer = self.post(line, sent) => answer.unwrap_or_else(Answer::none),
            () = self.out_of_time() => {
                // Whether it was taken is not known: whoever is next sends it once more, under the same id.
                self.store.release_webhook(lease).await?;
                return Ok(None);
            }
        };
        let latency_ms = i32::try_from(began.elapsed().as_millis()).unwrap_or(i32::MAX);
        let settled = self
            .store
            .settle_delivery(lease, sent, (&answer, latency_ms))
            .await?;
        self.counts.settled(settled, latency_ms);
        Ok(settled.verdict)
    }

    /// Returns when the program has been stopping for as long as an answer can be waited for.
    async fn out_of_time(&self) {
        self.stopping.cancelled().await;
        let _ = tokio::time::timeout(GRACE, std::future::pending::<()>()).await;
    }

    async fn post(&self, line: &mut Option<Line>, sent: &Outgoing) -> Result<Answer, AttemptOutcome> {
        let now = self.store.clock().now();
        if line.is_none() {
            *line = Some(self.egress.open(&sent.webhook.url).await?);
        }
        match line {
            Some(line) => Ok(line.post(&Letter::of(sent, now), now).await),
            None => Err(AttemptOutcome::NotConnected),
        }
    }
}
