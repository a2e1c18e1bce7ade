//! What time alone does to a case: warnings, silence that counts as an answer, periods that lapse.

use crate::domain::application::Lapse;
use crate::domain::break_glass::BreakGlassAccess;
use crate::domain::case::CaseState;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::objection::{OBJECTION_CHECK, ObjectionState};
use crate::domain::referral::Referral;
use crate::domain::statutory::StatutoryPeriod;
use crate::domain::suspension::CaseSuspension;
use crate::domain::transition::{Changed, Refusal};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

/// Something that time alone changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    /// The authority that was asked has been silent for long enough.
    Silence,
    /// The statutory period ends in so many days.
    Warning(i32),
    /// The statutory period, or the signed application, is over.
    Lapse(Lapse),
    /// Whoever was sent a referral has been silent for too long.
    Referral,
    /// A travel document has run out before it was used.
    Document,
    /// The time of an access of oversight is over, or nobody answered the request for it.
    BreakGlass,
}

impl CaseFile {
    /// The next moment at which time alone changes something on this case.
    #[must_use]
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        self.first_due().map(|(moment, _)| moment)
    }

    /// The next thing that is due by now, one at a time; nothing if nothing is.
    ///
    /// # Errors
    ///
    /// None of its own: what no longer applies is simply not due.
    pub fn pass_time(self, c: &Circumstances<'_>) -> Result<Option<Changed<Self>>, Refusal> {
        let due = self.first_due().filter(|(moment, _)| *moment <= c.now);
        let Some((_, due)) = due else {
            return Ok(None);
        };
        let mut next = self.clone();
        let events = match due {
            Due::Referral => return self.expire_referral(c),
            Due::Document => return self.expire_documents(c),
            Due::BreakGlass => return self.expire_break_glass(c),
            Due::Silence => {
                for check in &mut next.objections {
                    if check.state == ObjectionState::Requested {
                        check.state = OBJECTION_CHECK.step("time", check.state, ObjectionState::Expired)?;
                        check.decided_at = Some(c.now);
                    }
                }
                vec![DomainEvent::ObjectionDecided]
            }
            Due::Warning(days) => {
                if let Some(period) = next.periods.last_mut() {
                    period.warned = days;
                }
                vec![DomainEvent::StatutoryPeriodExpiring]
            }
            Due::Lapse(what) => {
                let mut events = next.end_application("time", CaseState::Expired, c)?;
                events.push(DomainEvent::CaseExpired);
                return Ok(Some(Changed::moved(self, next, events).because(what)));
            }
        };
        Ok(Some(Changed::moved(self, next, events)))
    }

    fn first_due(&self) -> Option<(DateTime<Utc>, Due)> {
        let referrals = self.referrals.iter().filter_map(Referral::lapses_at);
        let referral = referrals.min().map(|moment| (moment, Due::Referral));
        let accesses = self.break_glass.iter().filter_map(BreakGlassAccess::lapses_at);
        let access = accesses.min().map(|moment| (moment, Due::BreakGlass));
        let all = self
            .silence_due()
            .into_iter()
            .chain(self.period_due())
            .chain(self.application_lapses())
            .chain(referral)
            .chain(access)
            .chain(self.document_runs_out().map(|moment| (moment, Due::Document)));
        all.min_by_key(|(moment, _)| *moment)
    }

    fn silence_due(&self) -> Option<(DateTime<Utc>, Due)> {
        // The authority knows of no hold, so its silence goes on.
        let waiting = self.case.standing().apart_from_a_hold() == CaseState::ObjectionCheck;
        let check = self.objection_check().filter(|_| waiting)?;
        let from = check
            .silent_from
            .filter(|_| check.state == ObjectionState::Requested)?;
        Some((from, Due::Silence))
    }

    /// A warning, or else the end: a departure that may lie beyond the period keeps it from lapsing, and so does a hold by
    /// which it stops.
    fn period_due(&self) -> Option<(DateTime<Utc>, Due)> {
        let runs = matches!(
            self.case.state,
            CaseState::PreDeparture | CaseState::ReadyToDepart | CaseState::OnHold
        );
        let held = self.suspensions.iter().any(CaseSuspension::holds);
        let period = self.statutory_period().filter(|period| {
            let stands_still = held && period.suspension_stops;
            runs && period.exceeded.is_none() && !stands_still
        })?;
        let end = self.end_of(period, None);
        Some(match period.next_warning() {
            Some(days) => {
                let before = Days::new(u64::try_from(days).unwrap_or(0));
                (midnight(end - before), Due::Warning(days))
            }
            None => (midnight(end + Days::new(1)), Due::Lapse(Lapse::StatutoryPeriod)),
        })
    }

    /// A registered application lapses until the statutory period begins; from then on that alone counts.
    fn application_lapses(&self) -> Option<(DateTime<Utc>, Due)> {
        let waits = matches!(
            self.case.standing().apart_from_a_hold(),
            CaseState::Registered | CaseState::ObjectionCheck | CaseState::Objected
        );
        let last = self.case.application.valid_until.filter(|_| waits)?;
        Some((midnight(last + Days::new(1)), Due::Lapse(Lapse::Application)))
    }
}

impl StatutoryPeriod {
    /// How many days before the end the next warning is due.
    fn next_warning(&self) -> Option<i32> {
        let left = self.warning_days.iter().copied();
        left.filter(|days| *days < self.warned).max()
    }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}
