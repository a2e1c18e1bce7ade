//! Asking for an access of oversight to a case, answering it, and ending it before its time.

use super::require;
use crate::domain::break_glass::{BREAK_GLASS, BreakGlassAccess, BreakGlassReason, BreakGlassState};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{BreakGlassId, new_id};
use chrono::TimeDelta;

/// What is done with an access that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakGlassStep {
    /// Somebody else opens the case.
    Approve,
    /// Somebody else finds that there is no need.
    Reject,
    /// Oversight has seen enough, or takes the request back.
    Close,
}

impl CaseFile {
    /// Asks to see the case as its sending mission does, for at most so many minutes.
    ///
    /// # Errors
    ///
    /// `INVALID` for a time that is nothing or longer than allowed, and without an explanation; `ALREADY_EXISTS` while the
    /// same person has another access to the case.
    pub fn request_break_glass(
        self,
        (reason, explanation): (BreakGlassReason, String),
        (minutes, longest): (i32, i32),
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        if !(1..=longest).contains(&minutes) {
            return Err(Refusal::at(Reason::Invalid, "minutes"));
        }
        if explanation.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "explanation"));
        }
        let requested_by = c.by.signature();
        let mut known = self.break_glass.iter();
        let pending = known.any(|access| {
            access.requested_by == requested_by && access.ended_at.is_none() && !access.has_lapsed(c.now)
        });
        require(!pending, Reason::AlreadyExists)?;
        let id = new_id(c.now).into();
        let mut next = self.clone();
        next.break_glass.push(BreakGlassAccess {
            id,
            case_id: self.case.id,
            organisation: c.by.organisation,
            reason,
            explanation,
            minutes,
            state: BREAK_GLASS.begin("requestBreakGlass", BreakGlassState::Requested)?,
            requested_at: c.now,
            requested_by,
            decided_at: None,
            decided_by: None,
            open_until: None,
            ended_at: None,
            version: 1,
        });
        let events = vec![DomainEvent::BreakGlassRequested(id)];
        Ok(Changed::moved(self, next, events))
    }

    /// Approves, rejects or closes an access; what its time has ended takes no step any more.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`; `FOUR_EYES` for an answer by whoever asked.
    pub fn step_break_glass(
        self,
        id: BreakGlassId,
        step: BreakGlassStep,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let (name, to, event) = match step {
            BreakGlassStep::Approve => (
                "approveBreakGlass",
                BreakGlassState::Approved,
                DomainEvent::BreakGlassApproved(id),
            ),
            BreakGlassStep::Reject => (
                "rejectBreakGlass",
                BreakGlassState::Rejected,
                DomainEvent::BreakGlassRejected(id),
            ),
            BreakGlassStep::Close => (
                "closeBreakGlass",
                BreakGlassState::Closed,
                DomainEvent::BreakGlassClosed(id),
            ),
        };
        let mut next = self.clone();
        let mut accesses = next.break_glass.iter_mut();
        let access = accesses
            .find(|access| access.id == id)
            .ok_or(Reason::WrongState)?;
        require(!access.has_lapsed(c.now), Reason::WrongState)?;
        access.state = BREAK_GLASS.step(name, access.state, to)?;
        if step == BreakGlassStep::Close {
            access.ended_at = Some(c.now);
        } else {
            require(!c.by.is_who_signed(&access.requested_by), Reason::FourEyes)?;
            access.decided_at = Some(c.now);
            access.decided_by = Some(c.by.signature());
        }
        match step {
            BreakGlassStep::Approve => {
                access.open_until = Some(c.now + TimeDelta::minutes(access.minutes.into()));
            }
            BreakGlassStep::Reject => access.ended_at = Some(c.now),
            BreakGlassStep::Close => {}
        }
        access.version += 1;
        Ok(Changed::moved(self, next, vec![event]))
    }

    /// The first access whose time is over, as expired.
    pub(super) fn expire_break_glass(self, c: &Circumstances<'_>) -> Result<Option<Changed<Self>>, Refusal> {
        let mut next = self.clone();
        let mut accesses = next.break_glass.iter_mut();
        let Some(access) = accesses.find(|access| access.has_lapsed(c.now)) else {
            return Ok(None);
        };
        access.ended_at = access.lapses_at();
        access.state = BREAK_GLASS.step("time", access.state, BreakGlassState::Expired)?;
        access.version += 1;
        let id = access.id;
        let events = vec![DomainEvent::BreakGlassExpired(id)];
        Ok(Some(Changed::moved(self, next, events)))
    }
}
