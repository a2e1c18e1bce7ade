//! Who travels along, and what the airline has to agree to (SOP I4c, I4f, DOMAIN 2.5).

use super::require;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::safeguards::{
    AirlineClearance, ClearanceKind, ESCORT_MACHINE, Escort, EscortKind, EscortState, TravelCondition,
};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{PersonId, new_id};

impl VoluntaryReturn {
    /// Recommends that somebody travels along; a medical escort only where health staff found that one is needed (INV-12).
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `WRONG_STATE` after the departure, `MEDICAL_ESCORT_NOT_RECOMMENDED`, `INVALID`.
    pub fn recommend_escort(
        self,
        person: PersonId,
        kind: EscortKind,
        mhd_reference: Option<String>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        self.can_be_prepared(person)?;
        if kind == EscortKind::Escort {
            return Err(Refusal::at(Reason::Invalid, "kind"));
        }
        self.may_have(person, kind)?;
        if mhd_reference
            .as_ref()
            .is_some_and(|reference| reference.trim().is_empty())
        {
            return Err(Refusal::at(Reason::Invalid, "mhdReference"));
        }
        let mut next = self.0.clone();
        let number = next.safeguards.escorts.iter().map(|escort| escort.number).max();
        next.safeguards.escorts.push(Escort {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            person_id: person,
            number: number.unwrap_or(0) + 1,
            kind,
            state: EscortState::Recommended,
            name: None,
            recommended_by: c.by.signature(),
            mhd_reference,
        });
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::SafeguardsChanged(person)],
        ))
    }

    /// Agrees to an escort, or does not; somebody else than whoever recommended it.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `FOUR_EYES`.
    pub fn decide_escort(
        self,
        number: i32,
        agreed: bool,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let by = c.by.signature();
        let (step, to) = if agreed {
            ("approveEscort", EscortState::Approved)
        } else {
            ("declineEscort", EscortState::Declined)
        };
        self.on_escort(number, step, to, |escort| {
            require(!agreed || escort.recommended_by != by, Reason::FourEyes)
        })
    }

    /// Says who travels along, or that it is somebody else.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `INVALID`, `MEDICAL_ESCORT_NOT_RECOMMENDED` where health staff have changed their mind.
    pub fn assign_escort(self, number: i32, name: String) -> Result<Changed<CaseFile>, Refusal> {
        if name.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "name"));
        }
        if let Some(escort) = self.escort(number) {
            self.may_have(escort.person_id, escort.kind)?;
        }
        self.on_escort(number, "assignEscort", EscortState::Assigned, |escort| {
            escort.name = Some(name);
            Ok(())
        })
    }

    /// Takes an escort one step further: documents, handover, return, or off.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn move_escort(
        self,
        number: i32,
        step: &'static str,
        to: EscortState,
    ) -> Result<Changed<CaseFile>, Refusal> {
        self.on_escort(number, step, to, |_| Ok(()))
    }

    /// Records that the airline has agreed, for the journey that is booked.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` where no journey is booked.
    pub fn record_airline_clearance(
        self,
        kind: ClearanceKind,
        reference: Option<String>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let journey = self.live_itinerary().ok_or(Reason::WrongState)?.id;
        let mut next = self.0.clone();
        next.safeguards.clearances.push(AirlineClearance {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            itinerary_id: journey,
            kind,
            reference,
            cleared_at: c.now,
        });
        Ok(Changed::moved(self.0, next, vec![DomainEvent::DepartureArranged]))
    }

    fn may_have(&self, person: PersonId, kind: EscortKind) -> Result<(), Refusal> {
        let needed = self.travels_under(person, TravelCondition::MedicalEscort);
        require(
            kind != EscortKind::Medical || needed,
            Reason::MedicalEscortNotRecommended,
        )
    }

    fn escort(&self, number: i32) -> Option<&Escort> {
        let mut escorts = self.safeguards.escorts.iter();
        escorts.find(|escort| escort.number == number)
    }

    fn on_escort(
        self,
        number: i32,
        step: &'static str,
        to: EscortState,
        change: impl FnOnce(&mut Escort) -> Result<(), Refusal>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        let mut escorts = next.safeguards.escorts.iter_mut();
        let escort = escorts
            .find(|escort| escort.number == number)
            .ok_or(Refusal::at(Reason::NotOnThisCase, "number"))?;
        let state = ESCORT_MACHINE.step(step, escort.state, to)?;
        change(escort)?;
        escort.state = state;
        let person = escort.person_id;
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::SafeguardsChanged(person)],
        ))
    }
}

impl CaseFile {
    /// The escorts set out with the persons.
    ///
    /// # Errors
    ///
    /// None that a departure which passed its gates can meet.
    pub(super) fn escorts_set_out(&mut self) -> Result<(), Refusal> {
        for escort in self
            .safeguards
            .escorts
            .iter_mut()
            .filter(|escort| escort.state.is_assigned())
        {
            escort.state = ESCORT_MACHINE.step("confirmDeparture", escort.state, EscortState::Travelling)?;
        }
        Ok(())
    }

    /// Whoever has not set out travels along no more; who is on the way with the persons stays with them.
    ///
    /// # Errors
    ///
    /// None: only those are called off whom the table lets.
    pub(super) fn call_escorts_off(&mut self) -> Result<(), Refusal> {
        let escorts = self.safeguards.escorts.iter_mut();
        for escort in escorts.filter(|escort| ESCORT_MACHINE.starts("withdrawCase", escort.state)) {
            escort.state = ESCORT_MACHINE.step("withdrawCase", escort.state, EscortState::Cancelled)?;
        }
        Ok(())
    }
}
