//! Halting a case and letting it go on; ending it by IOM, and taking it up again (SOP I3c; DOMAIN 2.1).

use super::intake::NewApplication;
use super::require;
use crate::domain::application::{HoldReason, TerminationReason};
use crate::domain::case::{CASE, CaseState};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::consent::{CONSENT, Consent, ConsentState};
use crate::domain::event::DomainEvent;
use crate::domain::transition::{Changed, Reason, Refusal};
use chrono::{DateTime, Utc};

impl CaseFile {
    /// Halts the case; a statutory period goes on.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`; `INVALID` for a suspension of operations, which halts by itself.
    pub fn hold(self, reason: HoldReason) -> Result<Changed<Self>, Refusal> {
        if reason == HoldReason::OperationsSuspended {
            return Err(Refusal::at(Reason::Invalid, "reason"));
        }
        let mut next = self.clone();
        next.halt("holdCase", reason)?;
        Ok(Changed::moved(self, next, vec![DomainEvent::CaseHeld]).because(reason))
    }

    /// Halts by a step, and remembers where the case stood.
    pub(super) fn halt(&mut self, step: &str, reason: HoldReason) -> Result<(), Refusal> {
        let halted = CASE.step(step, self.case.state, CaseState::OnHold)?;
        self.case.application.held_from = Some(self.case.state);
        self.case.application.hold_reason = Some(reason);
        self.case.state = halted;
        Ok(())
    }

    /// Lets a halted case go on from the state that it was halted in.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `OPERATIONS_SUSPENDED` while its country of return is closed.
    pub fn resume(self, c: &Circumstances<'_>) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let back = self.case.application.held_from.ok_or(Reason::WrongState)?;
        next.case.state = CASE.step("resumeCase", self.case.state, back)?;
        self.may_return(c)?;
        next.is_held_no_more(c);
        Ok(Changed::moved(self, next, vec![DomainEvent::CaseResumed]))
    }

    /// Ends the application, as IOM may (I3c), with all that a withdrawal ends.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` after departure, and for a case that has ended.
    pub fn terminate(
        self,
        reason: TerminationReason,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        next.case.application.termination_reason = Some(reason);
        let mut events = next.end_application("terminateCase", CaseState::Terminated, c)?;
        events.push(DomainEvent::CaseTerminated);
        Ok(Changed::moved(self, next, events).because(reason))
    }

    /// Takes an application up again that had ended after its registration. It has to be signed anew, what had been
    /// consented to before does not revive, and the decision has to be found voluntary again.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `APPLICATION_NOT_SIGNED` and `VOLUNTARINESS_NOT_RECORDED` for what dates from before the end, and as
    /// for a first signature.
    pub fn reopen(
        self,
        form: NewApplication,
        voluntariness_recorded_at: DateTime<Utc>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        next.case.state = CASE.step("reopenCase", self.case.state, CaseState::Registered)?;
        require(self.case.registered_at.is_some(), Reason::WrongState)?;
        let ended = self.case.ended_at.ok_or(Reason::WrongState)?;
        if form.signed_at <= ended {
            return Err(Refusal::at(Reason::ApplicationNotSigned, "signedAt"));
        }
        if voluntariness_recorded_at <= ended {
            return Err(Refusal::at(
                Reason::VoluntarinessNotRecorded,
                "voluntarinessRecordedAt",
            ));
        }
        c.not_in_the_future(voluntariness_recorded_at, "voluntarinessRecordedAt")?;
        // What protects a person does not hang on the application, and goes on.
        let of_the_form = |consent: &&mut Consent| consent.is_active() && consent.recipient.is_none();
        for consent in next.consents.iter_mut().filter(of_the_form) {
            consent.state = CONSENT.step("reopenCase", consent.state, ConsentState::Superseded)?;
            consent.revoked_at = Some(c.now);
        }
        next.case.ended_at = None;
        // Whoever turned back on the way has yet to depart.
        next.case.departed_at = None;
        next.case.declaration_signed_at = None;
        next.case.withdrawal_reason = None;
        next.case.application.termination_reason = None;
        next.case.voluntariness_recorded_at = Some(voluntariness_recorded_at);
        next.keep_application(form, c)?;
        let told = next.enter_registered(c)?;
        let reopened = DomainEvent::CaseReopened(told);
        Ok(Changed::moved(self, next, vec![reopened]))
    }
}
