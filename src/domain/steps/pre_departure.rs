//! The objection check and the statutory period (SOP N3b, N3c), which have to be passed before a journey is booked.

use super::require;
use crate::domain::case::{CASE, CaseState};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::objection::{
    OBJECTION_CHECK, ObjectionCheck, ObjectionGround, ObjectionOutcome, ObjectionState, ObjectionWaiver,
};
use crate::domain::party::ClientRight;
use crate::domain::statutory::{ExtensionReason, PeriodOverride, StatutoryExtension, StatutoryPeriod};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{OrganisationId, new_id};
use chrono::{Days, NaiveDate};

impl VoluntaryReturn {
    /// Asks the authority that the host territory's procedure names whether it objects. Where the procedure names a kind of
    /// which there are two, `preferred` chooses; otherwise the first by code is asked.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `OBJECTION_NOT_ASKED` where nobody is asked or the preferred one is not, `CONSENT_MISSING`.
    pub fn request_objection_check(
        self,
        preferred: Option<OrganisationId>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        next.case.state = CASE.step(
            "requestObjectionCheck",
            self.case.state,
            CaseState::ObjectionCheck,
        )?;
        let jurisdiction = c.directory.jurisdiction(self.case.host_territory);
        let relation = jurisdiction
            .objection_authority
            .ok_or(Reason::ObjectionNotAsked)?;
        let chosen = c.directory.authority_to_ask(&jurisdiction, preferred);
        let authority = chosen.ok_or(Refusal::at(Reason::ObjectionNotAsked, "authorityId"))?;
        let consented = relation
            .consent_needed()
            .is_none_or(|class| self.consents_to(class));
        require(consented, Reason::ConsentMissing)?;
        next.involve(authority, relation, c.now);
        let days = jurisdiction.silent_approval_days;
        let days = days.and_then(|days| u64::try_from(days).ok());
        next.objections.push(ObjectionCheck {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            authority,
            state: ObjectionState::Requested,
            requested_at: c.now,
            silent_from: days.map(|days| c.now + Days::new(days)),
            decided_at: None,
            ground: None,
        });
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::ObjectionCheckRequested(authority)],
        ))
    }

    /// The authority that was asked answers, also while the case is on hold, of which it knows nothing.
    ///
    /// # Errors
    ///
    /// `OBJECTION_NOT_ASKED`, `WRONG_STATE`, `REASON_NEEDED` for an objection without a ground or a ground without one.
    pub fn decide_objection(
        self,
        outcome: ObjectionOutcome,
        ground: Option<ObjectionGround>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let asked = self
            .objections
            .iter()
            .any(|check| check.authority == c.by.organisation);
        require(asked, Reason::ObjectionNotAsked)?;
        let (to, state) = match outcome {
            ObjectionOutcome::Clear => (CaseState::ObjectionCheck, ObjectionState::Clear),
            ObjectionOutcome::Objected => (CaseState::Objected, ObjectionState::Objected),
        };
        let mut next = self.0.clone();
        next.moves_on("decideObjection", to)?;
        if (outcome == ObjectionOutcome::Objected) != ground.is_some() {
            return Err(Refusal::at(Reason::ReasonNeeded, "ground"));
        }
        let check = next.objections.last_mut().ok_or(Reason::WrongState)?;
        require(check.authority == c.by.organisation, Reason::ObjectionNotAsked)?;
        check.state = OBJECTION_CHECK.step("decideObjection", check.state, state)?;
        check.decided_at = Some(c.now);
        check.ground = ground;
        Ok(Changed::moved(self.0, next, vec![DomainEvent::ObjectionDecided]))
    }

    /// Lets the preparation of the departure begin, and with it the statutory period: nobody objects, the authority was
    /// silent for long enough, nobody is asked in this territory, or a supervisor does not wait.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `OBJECTION_CHECK_NEEDED`, `SUPERVISOR_NEEDED` for a waiver.
    pub fn start_pre_departure(
        self,
        waiver: Option<ObjectionWaiver>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        next.case.state = CASE.step("startPreDeparture", self.case.state, CaseState::PreDeparture)?;
        let jurisdiction = c.directory.jurisdiction(self.case.host_territory);
        let check = self.objection_check();
        let silent = check.is_some_and(|check| {
            check.state == ObjectionState::Requested && check.silent_from.is_some_and(|from| from <= c.now)
        });
        let clear = check.is_some_and(|check| check.state.is_clear());
        if !silent && !clear && jurisdiction.objection_authority.is_some() {
            require(waiver.is_some(), Reason::ObjectionCheckNeeded)?;
            require(c.by.may(ClientRight::Supervise), Reason::SupervisorNeeded)?;
        }
        if let Some(open) = next.objections.last_mut()
            && open.state == ObjectionState::Requested
        {
            let to = if silent {
                ObjectionState::Expired
            } else {
                ObjectionState::Cancelled
            };
            open.state = OBJECTION_CHECK.step("startPreDeparture", open.state, to)?;
            open.decided_at = Some(c.now);
        }
        next.periods.push(StatutoryPeriod {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            started_at: c.now,
            days: jurisdiction.statutory_days,
            warning_days: jurisdiction.warning_days,
            warned: jurisdiction.statutory_days,
            exceeded: None,
            suspension_stops: jurisdiction.suspension_stops_period,
        });
        let changed = Changed::moved(self.0, next, vec![DomainEvent::StatutoryPeriodStarted]);
        Ok(match waiver {
            Some(waiver) => changed.because(waiver),
            None => changed,
        })
    }

    /// Extends the statutory period, as the authority has confirmed in writing.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` where no period runs, `INVALID`, `EXTENSION_TOO_LONG`, `DATE_OUT_OF_ORDER`.
    pub fn extend_statutory_period(
        self,
        days: i32,
        reason: ExtensionReason,
        confirmed_on: NaiveDate,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        let period = next.running_period()?;
        if days < 1 {
            return Err(Refusal::at(Reason::Invalid, "days"));
        }
        let jurisdiction = c.directory.jurisdiction(self.case.host_territory);
        if days > jurisdiction.longest_extension_days {
            return Err(Refusal::at(Reason::ExtensionTooLong, "days"));
        }
        if confirmed_on > c.today() {
            return Err(Refusal::at(Reason::DateOutOfOrder, "confirmedOn"));
        }
        let end = self.end_of(period, Some(c.now));
        let left = end - c.today();
        period.warned = i32::try_from(left.num_days()).unwrap_or(i32::MAX) + days;
        let id = period.id;
        next.extensions.push(StatutoryExtension {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            period: id,
            days,
            reason,
            confirmed_on,
            recorded_by: c.by.organisation,
            ends_on: Some(end + Days::new(u64::try_from(days).unwrap_or(0))),
        });
        let changed = Changed::moved(self.0, next, vec![DomainEvent::StatutoryPeriodExtended]);
        Ok(changed.because(reason))
    }

    /// Lets a departure lie beyond the end of the statutory period; from then on the period does not lapse.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` where no period runs.
    pub fn override_statutory_period(self, reason: PeriodOverride) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        next.running_period()?.exceeded = Some(reason);
        let changed = Changed::moved(self.0, next, vec![DomainEvent::StatutoryPeriodOverridden]);
        Ok(changed.because(reason))
    }
}

impl CaseFile {
    /// A departure lies within the statutory period, or a supervisor lets it lie beyond (INV-11).
    ///
    /// # Errors
    ///
    /// `STATUTORY_PERIOD_EXCEEDED`.
    pub(in crate::domain) fn check_statutory_period(&self, departure: NaiveDate) -> Result<(), Refusal> {
        let exceeded = self
            .statutory_period()
            .is_some_and(|period| period.exceeded.is_none() && departure > self.end_of(period, None));
        require(!exceeded, Reason::StatutoryPeriodExceeded)
    }

    /// Goes on to another state by a step that a hold does not prevent: a halted case stays halted, and goes back to that
    /// state when it goes on.
    pub(super) fn moves_on(&mut self, step: &str, to: CaseState) -> Result<(), Refusal> {
        let stands = self.case.standing();
        let moved = CASE.step(step, stands.apart_from_a_hold(), to)?;
        if stands.state == CaseState::OnHold {
            self.case.state = CASE.step(step, stands.state, CaseState::OnHold)?;
            self.case.application.held_from = Some(moved);
        } else {
            self.case.state = moved;
        }
        Ok(())
    }

    /// The period that runs, also while the case is halted.
    fn running_period(&mut self) -> Result<&mut StatutoryPeriod, Refusal> {
        let running = matches!(
            self.case.state,
            CaseState::PreDeparture | CaseState::ReadyToDepart | CaseState::OnHold
        );
        let since = self.case.registered_at;
        let period = self.periods.last_mut().filter(|_| running);
        let period = period.filter(|period| since.is_none_or(|since| period.started_at >= since));
        period.ok_or(Reason::WrongState.into())
    }
}
