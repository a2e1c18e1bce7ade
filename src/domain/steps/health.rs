//! Fitness to travel and what is demanded of a traveller's health (SOP I4c, DOMAIN 2.5).

use super::require;
use super::safeguards::distinct;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::movement::ManifestLineState;
use crate::domain::safeguards::{
    FITNESS_MACHINE, FitnessAssessment, FitnessState, HealthRequirement, MedicalNote, Requirement,
    TestResult, TravelCondition,
};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{PersonId, new_id};
use chrono::{DateTime, TimeDelta, Utc};

/// What health staff found.
#[derive(Clone, Debug)]
pub struct Examination {
    /// Fit, fit under conditions, or unfit.
    pub result: FitnessState,
    /// The conditions.
    pub conditions: Vec<TravelCondition>,
    /// When the person was examined.
    pub performed_at: DateTime<Utc>,
    /// Diagnosis, for those who treat the person.
    pub diagnosis: Option<String>,
    /// Medication, for those who treat the person.
    pub medication: Option<String>,
}

impl VoluntaryReturn {
    /// Asks health staff whether a person is fit to travel.
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `WRONG_STATE` after the departure, `ALREADY_EXISTS` where they have been asked and not answered.
    pub fn request_fitness(
        self,
        person: PersonId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        self.can_be_prepared(person)?;
        let asked = |last: &FitnessAssessment| last.state == FitnessState::Requested;
        require(!self.fitness_of(person).is_some_and(asked), Reason::AlreadyExists)?;
        let mut next = self.0.clone();
        next.safeguards.fitness.push(FitnessAssessment {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            person_id: person,
            state: FitnessState::Requested,
            conditions: Vec::new(),
            requested_at: Some(c.now),
            performed_at: None,
            valid_until: None,
        });
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::SafeguardsChanged(person)],
        ))
    }

    /// Records what health staff found; an earlier assessment counts no more. Who is unfit is not ready to depart.
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `WRONG_STATE` after the departure, `DATE_OUT_OF_ORDER`, `INVALID` where result and conditions
    /// contradict each other.
    pub fn record_fitness(
        self,
        person: PersonId,
        found: Examination,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        self.can_be_prepared(person)?;
        c.not_in_the_future(found.performed_at, "performedAt")?;
        let conditional = found.result == FitnessState::FitWithConditions;
        if conditional == found.conditions.is_empty() {
            return Err(Refusal::at(Reason::Invalid, "conditions"));
        }
        let mut next = self.0.clone();
        let mut before = None;
        for earlier in next
            .safeguards
            .fitness
            .iter_mut()
            .filter(|earlier| earlier.person_id == person)
        {
            match earlier.state {
                FitnessState::Expired => {}
                FitnessState::Requested => before = Some(earlier.clone()),
                counted => {
                    if earlier.performed_at > Some(found.performed_at) {
                        return Err(Refusal::at(Reason::DateOutOfOrder, "performedAt"));
                    }
                    earlier.state =
                        FITNESS_MACHINE.step("recordFitnessToTravel", counted, FitnessState::Expired)?;
                }
            }
        }
        let window = c
            .directory
            .jurisdiction(self.case.host_territory)
            .fitness_window_hours;
        let valid_until = found.performed_at + TimeDelta::hours(window.into());
        let answers = before.as_ref().map(|asked| asked.id);
        let state = match &before {
            Some(asked) => FITNESS_MACHINE.step("recordFitnessToTravel", asked.state, found.result)?,
            None => FITNESS_MACHINE.begin("recordFitnessToTravel", found.result)?,
        };
        let assessment = FitnessAssessment {
            id: answers.unwrap_or_else(|| new_id(c.now).into()),
            case_id: next.case.id,
            person_id: person,
            state,
            conditions: distinct(&found.conditions),
            requested_at: before.and_then(|asked| asked.requested_at),
            performed_at: Some(found.performed_at),
            valid_until: Some(valid_until),
        };
        let fitness = &mut next.safeguards.fitness;
        match fitness.iter_mut().find(|earlier| earlier.id == assessment.id) {
            Some(asked) => *asked = assessment,
            None => fitness.push(assessment),
        }
        if found.diagnosis.is_some() || found.medication.is_some() {
            next.safeguards.medical_notes.push(MedicalNote {
                id: new_id(c.now).into(),
                case_id: next.case.id,
                person_id: person,
                diagnosis: found.diagnosis,
                medication: found.medication,
                recorded_at: c.now,
            });
        }
        let mut events = vec![DomainEvent::SafeguardsChanged(person)];
        if state == FitnessState::Unfit {
            events.extend(next.is_not_ready_after_all("recordFitnessToTravel", c.now)?);
        }
        Ok(Changed::moved(self.0, next, events))
    }

    /// Records what is demanded of a traveller's health, and how far it is met.
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `WRONG_STATE` after the departure, `INVALID` for a result that says not how long it holds.
    pub fn record_health_requirement(
        self,
        person: PersonId,
        requirement: Requirement,
        result: Option<TestResult>,
        valid_until: Option<DateTime<Utc>>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        self.can_be_prepared(person)?;
        if (result == Some(TestResult::Negative)) != valid_until.is_some() {
            return Err(Refusal::at(Reason::Invalid, "validUntil"));
        }
        let mut next = self.0.clone();
        let case_id = next.case.id;
        let known = next.safeguards.requirements.iter_mut();
        let mut known = known.filter(|known| known.person_id == person && known.requirement == requirement);
        if let Some(known) = known.next() {
            (known.result, known.valid_until) = (result, valid_until);
        } else {
            next.safeguards.requirements.push(HealthRequirement {
                id: new_id(c.now).into(),
                case_id,
                person_id: person,
                requirement,
                result,
                valid_until,
            });
        }
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::SafeguardsChanged(person)],
        ))
    }

    /// The person is on the case, and the departure can still be prepared.
    pub(super) fn can_be_prepared(&self, person: PersonId) -> Result<(), Refusal> {
        require(self.person(person).is_some(), Reason::NotOnThisCase)?;
        require(self.case.state.is_before_departure(), Reason::WrongState)
    }
}

impl CaseFile {
    /// A case that was ready is so no more: who was told of the departure is told that the journey has changed.
    /// Where they were to fly with a group, it flies without them.
    pub(super) fn is_not_ready_after_all(
        &mut self,
        step: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<DomainEvent>, Refusal> {
        let was_ready = self.prepare_again(step)?;
        let live = self.live_itinerary().filter(|_| was_ready);
        let Some(journey) = live.map(|journey| journey.id) else {
            return Ok(None);
        };
        self.move_lines(step, journey, ManifestLineState::StoodDown, now)?;
        Ok(Some(DomainEvent::DepartureHalted(journey)))
    }
}
