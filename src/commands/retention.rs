//! Erasing what is due: category by category, row by row, each in a small transaction; then a certificate of each category.
//!
//! It may be broken off and begun again at any moment, and several processes may do it at once.

use super::{Desk, Envelope, authorise_by_kind};
use crate::domain::code::Code as _;
use crate::domain::notice::NoticeSchedule;
use crate::domain::retention::{RetentionCategory, Schedule};
use crate::error::Error;
use crate::ids::new_id;
use crate::policy::actions::Action;
use crate::store::{Certified, Store, worth_repeating};
use chrono::{DateTime, Days, NaiveTime, Utc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How many rows are looked up at a time.
const BATCH: u64 = 100;

/// How many envelopes of one inbox go in one transaction, which keeps the inbox waiting.
const ENVELOPES: i64 = 1_000;

/// What a run did, or would do, of one category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// The category.
    pub category: RetentionCategory,
    /// What began to be kept by then is due.
    pub cut_off: DateTime<Utc>,
    /// How many cases or requests.
    pub rows: u64,
}

/// Erases what is due by a schedule, or only counts it.
///
/// # Errors
///
/// Faults of the database; what was erased before one stays erased, and is certified by the next run.
pub async fn erase_what_is_due(store: &Store, schedule: &Schedule, dry: bool) -> Result<Vec<Erased>, Error> {
    let now = store.clock().now();
    let mut done = Vec::new();
    for (category, ..) in RetentionCategory::ALL {
        let (category, cut_off) = (*category, schedule.cut_off(*category, now));
        let (mut after, mut rows) = (Uuid::nil(), 0);
        loop {
            let due = store.due_for_erasure(category, cut_off, (after, BATCH)).await?;
            let Some(last) = due.last().copied() else { break };
            after = last;
            for row in due {
                match if dry {
                    Ok(true)
                } else {
                    erase_one(store, category, row, cut_off).await
                } {
                    Ok(erased) => rows += u64::from(erased),
                    // What stands behind it is due as well; it is tried again with the next run.
                    Err(fault) => {
                        let cause = crate::store::cause_of(&fault);
                        tracing::error!(%row, category = category.code(), %cause, "could not be erased");
                    }
                }
            }
        }
        done.push(Erased {
            category,
            cut_off,
            rows,
        });
    }
    Ok(done)
}

async fn erase_one(
    store: &Store,
    category: RetentionCategory,
    row: Uuid,
    cut_off: DateTime<Utc>,
) -> Result<bool, Error> {
    const ATTEMPTS: usize = 5;
    let mut attempt = 1;
    loop {
        let uow = store.begin_by_time().await?;
        let erased = match uow.erase(category, row, cut_off).await {
            Ok(erased) => uow.commit().await.map(|_| erased),
            fault => fault,
        };
        match erased {
            Err(fault) if worth_repeating(&fault) && attempt < ATTEMPTS => attempt += 1,
            outcome => return outcome,
        }
    }
}

/// What a run erased of old notices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ErasedNotices {
    /// Notices that are about nothing any more.
    pub subjects: u64,
    /// Notices of which nothing is left.
    pub envelopes: u64,
}

/// Erases what old notices are about, and the oldest envelopes of each inbox.
///
/// # Errors
///
/// Faults of the database; what was erased before one stays erased.
pub async fn erase_old_notices(store: &Store, schedule: &NoticeSchedule) -> Result<ErasedNotices, Error> {
    let now = store.clock().now();
    let mut erased = ErasedNotices::default();
    loop {
        let uow = store.begin_by_time().await?;
        let some = uow.erase_subjects(schedule.payload_cut_off(now), BATCH).await?;
        let _ = uow.commit().await?;
        erased.subjects += some;
        if some == 0 {
            break;
        }
    }
    for inbox in store.inboxes().await? {
        loop {
            let uow = store.begin_by_time().await?;
            let before = schedule.envelope_cut_off(now);
            let some = uow.erase_envelopes(inbox, before, ENVELOPES).await?;
            let _ = uow.commit().await?;
            erased.envelopes += some;
            if some == 0 {
                break;
            }
        }
    }
    Ok(erased)
}

/// How many idempotency keys are forgotten in one statement.
const KEYS: u64 = 1_000;

/// Forgets the idempotency keys that were used so many days ago that nobody repeats the command; says how many.
///
/// # Errors
///
/// Faults of the database; what was forgotten before one stays forgotten.
pub async fn forget_old_keys(store: &Store, kept_days: u32) -> Result<u64, Error> {
    let before = store.clock().now() - Days::new(kept_days.into());
    let mut forgotten = 0;
    loop {
        let some = store.forget_keys(before, KEYS).await?;
        forgotten += some;
        if some < KEYS {
            return Ok(forgotten);
        }
    }
}

/// Takes what was erased out of SQLite's log as well, or says in this program's log that it could not.
///
/// # Errors
///
/// Faults of the database.
pub async fn leave_no_trace(store: &Store) -> Result<(), Error> {
    if !store.empty_log().await? {
        tracing::warn!(
            "what was erased stands in the -wal file until whoever reads the database lets go of it"
        );
    }
    Ok(())
}

/// Certifies what was erased and no certificate says yet, in the name of whoever made the run.
///
/// # Errors
///
/// Faults of the database.
pub async fn certify(store: &Store, schedule: &Schedule, by: &str) -> Result<(), Error> {
    const ATTEMPTS: usize = 5;
    let mut attempt = 1;
    loop {
        let uow = store.begin_by_time().await?;
        let made = match certify_within(&uow, schedule, by).await {
            Ok(_) => uow.commit().await.map(|_| ()),
            Err(fault) => Err(fault),
        };
        match made {
            Err(fault) if worth_repeating(&fault) && attempt < ATTEMPTS => attempt += 1,
            outcome => return outcome,
        }
    }
}

/// The certificates of one run; gives the last of them.
async fn certify_within(
    uow: &crate::store::UnitOfWork,
    schedule: &Schedule,
    by: &str,
) -> Result<Option<Uuid>, Error> {
    let (run, now) = (new_id(uow.now()), uow.now());
    let mut last = None;
    for (category, ..) in RetentionCategory::ALL {
        let of = Certified {
            run,
            by,
            category: *category,
            cut_off: schedule.cut_off(*category, now),
        };
        last = uow.certify(&of).await?.or(last);
    }
    Ok(last)
}

impl Desk {
    /// Erases what is due in the name of oversight; answers with the last certificate, and with none where nothing was due.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn run_retention(&self, envelope: &Envelope) -> Result<Uuid, Error> {
        let action = Action::RunRetention;
        authorise_by_kind(envelope, action)?;
        let schedule = self.oversight.schedule;
        erase_what_is_due(&self.store, &schedule, false).await?;
        erase_old_notices(&self.store, &self.oversight.notices).await?;
        let by = envelope.actor.viewer.author().signature();
        let by = by.as_str();
        let certified = self.once(envelope, action, move |uow| async move {
            let last = certify_within(&uow, &schedule, by).await?;
            Ok((uow, last.unwrap_or_default()))
        });
        let certified = certified.await?;
        leave_no_trace(&self.store).await?;
        Ok(certified)
    }

    /// Erases what is due at the beginning, and every day in the first hour, until told to stop.
    pub async fn keep_retention(self, stopping: CancellationToken) {
        let clock = self.store.clock().clone();
        loop {
            let schedule = self.oversight.schedule;
            let run = async {
                erase_what_is_due(&self.store, &schedule, false).await?;
                erase_old_notices(&self.store, &self.oversight.notices).await?;
                certify(&self.store, &schedule, "time").await?;
                leave_no_trace(&self.store).await
            };
            tokio::select! {
                () = stopping.cancelled() => return,
                done = run => if let Err(fault) = done {
                    tracing::error!(cause = %crate::store::cause_of(&fault), "what is due could not be erased; it is tried again tomorrow");
                }
            }
            let tomorrow = clock.now().date_naive() + Days::new(1);
            tokio::select! {
                () = stopping.cancelled() => return,
                () = clock.sleep_until(tomorrow.and_time(NaiveTime::MIN).and_utc()) => {}
            }
        }
    }
}

/// What a run did, or would do, as a table.
#[must_use]
pub fn table(done: &[Erased], dry: bool) -> String {
    use std::fmt::Write as _;
    let heading = if dry { "due" } else { "erased" };
    let mut text = format!("{:<12} {:<20} {heading}\n", "category", "kept from before");
    for one in done {
        let day = one.cut_off.format("%Y-%m-%d");
        let _ = writeln!(text, "{:<12} {:<20} {}", one.category.code(), day, one.rows);
    }
    text
}
