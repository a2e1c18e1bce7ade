//! After the return: intake of who returned without assistance, handover, reintegration, closing (SOP I5f, I6; INV-02).

use super::case::{NewCase, NewPerson};
use super::require;
use crate::domain::aftercare::{Aftercare, Handover, HandoverOutcome, HandoverRelation, SurveyWaiver};
use crate::domain::case::{CASE, CaseState, LegalStatus, ReturnMode};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::party::PartyRelation;
use crate::domain::territory::CountryCode;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{OrganisationId, PersonId, ProjectId, new_id};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// What persons are taken in with who returned without assistance.
#[derive(Clone, Debug)]
pub struct NewIntake {
    /// The mission's own reference.
    pub reference: String,
    /// How they returned.
    pub return_mode: ReturnMode,
    /// When they passed the border of their country.
    pub admitted_on: NaiveDate,
    /// The state that returned them, or that they came from.
    pub returning_state: CountryCode,
    /// The host territory of the programme that they had been in, if any.
    pub host_territory: Option<CountryCode>,
    /// Where they are going to live.
    pub destination_city: Option<String>,
    /// The persons, at least one.
    pub persons: Vec<NewPerson>,
    /// The project that pays where nothing else is said.
    pub funding_project: Option<ProjectId>,
}

/// To whom a person was to be handed over, and what came of it.
#[derive(Clone, Debug)]
pub struct NewHandover {
    /// The person.
    pub person: PersonId,
    /// To whom.
    pub to: String,
    /// What they are to the person.
    pub relation: HandoverRelation,
    /// When.
    pub at: DateTime<Utc>,
    /// What came of it.
    pub outcome: HandoverOutcome,
}

/// What is said of surveys when a case is closed.
#[derive(Clone, Copy, Debug)]
pub struct Closing {
    /// Whether the satisfaction survey was offered.
    pub satisfaction_survey_offered: bool,
    /// The day for which the sustainability survey is planned.
    pub sustainability_survey_on: Option<NaiveDate>,
    /// Why there will be none.
    pub sustainability_survey_waived: Option<SurveyWaiver>,
}

impl CaseFile {
    /// Takes in persons who returned by force, or of themselves, once their country has admitted them (S3:128).
    ///
    /// The mission keeps the case as the receiving one; nobody sends.
    ///
    /// # Errors
    ///
    /// `NOT_YET_ADMITTED` for a day to come, `HEAD_OF_HOUSEHOLD`, `DATE_OUT_OF_ORDER`, `INVALID`.
    pub fn admit_post_arrival(
        new: NewIntake,
        (mission, country): (OrganisationId, CountryCode),
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        if new.return_mode == ReturnMode::AssistedVoluntary {
            return Err(Refusal::at(Reason::Invalid, "returnMode"));
        }
        if new.admitted_on > c.today() {
            return Err(Refusal::at(Reason::NotYetAdmitted, "admittedOn"));
        }
        if new.returning_state == country {
            return Err(Refusal::at(Reason::Invalid, "returningState"));
        }
        if new.host_territory.is_some_and(|host| !host.is_host_territory()) {
            return Err(Refusal::at(Reason::Invalid, "hostTerritory"));
        }
        let case = NewCase {
            family: None,
            funding_project: new.funding_project,
            reference: new.reference,
            host_territory: new.host_territory.unwrap_or(new.returning_state),
            country_of_return: country,
            destination_city: new.destination_city,
            legal_status: LegalStatus::NotDisclosed,
            persons: new.persons,
        };
        let file = Self::begun(case, (mission, PartyRelation::Receiving), c)?;
        let begun = CASE.begin("admitPostArrivalCase", CaseState::PostArrivalIntake)?;
        let opened = Changed::opened(file, vec![DomainEvent::PostArrivalCaseAdmitted]);
        Ok(opened.with(|file| {
            file.case.state = begun;
            file.case.return_mode = new.return_mode;
            file.case.receiving_mission = Some(mission);
            file.case.registered_at = Some(c.now);
            file.aftercare = vec![Aftercare {
                admitted_on: Some(new.admitted_on),
                returning_state: Some(new.returning_state),
                ..Aftercare::of(file.case.id)
            }];
        }))
    }

    /// Records at the arrival to whom a person was handed over; where that failed, an alternative is recorded after it.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NOT_ON_THIS_CASE`, `INVALID`, `DATE_OUT_OF_ORDER`, `ALREADY_EXISTS`.
    pub fn record_handover(self, new: NewHandover, c: &Circumstances<'_>) -> Result<Changed<Self>, Refusal> {
        require(self.has_returned(), Reason::WrongState)?;
        self.person(new.person)
            .ok_or(Refusal::at(Reason::NotOnThisCase, "personId"))?;
        c.not_in_the_future(new.at, "at")?;
        if self.returned_at().is_some_and(|returned| new.at < returned) {
            return Err(Refusal::at(Reason::DateOutOfOrder, "at"));
        }
        if new.to.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "to"));
        }
        let of_person = |handover: &&Handover| handover.person_id == new.person;
        let mut earlier = self.handovers.iter().filter(of_person);
        if earlier.any(|handover| handover.accepted_by.is_some()) {
            return Err(Refusal::at(Reason::AlreadyExists, "personId"));
        }
        let (accepted_by, refusal) = match new.outcome {
            HandoverOutcome::AcceptedBy(name) if name.trim().is_empty() => {
                return Err(Refusal::at(Reason::Invalid, "acceptedBy"));
            }
            HandoverOutcome::AcceptedBy(name) => (Some(name), None),
            HandoverOutcome::Refused(why) => (None, Some(why)),
        };
        let id = new_id(c.now).into();
        let mut next = self.clone();
        next.handovers.push(Handover {
            id,
            case_id: self.case.id,
            person_id: new.person,
            to: new.to,
            relation: new.relation,
            at: new.at,
            accepted_by,
            refusal,
        });
        Ok(match refusal {
            None => Changed::moved(self, next, vec![DomainEvent::HandoverAccepted(id)]),
            Some(why) => Changed::moved(self, next, vec![DomainEvent::HandoverRefused(id)]).because(why),
        })
    }

    /// Begins the support after return, once the persons have been counselled on the spot.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `COUNSELLING_MISSING`, `DATE_OUT_OF_ORDER`; `HANDOVER_MISSING` where one failed and no alternative
    /// is recorded.
    pub fn start_reintegration(
        self,
        counselled_at: Option<DateTime<Utc>>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        require(
            matches!(self.case.state, CaseState::Arrived | CaseState::PostArrivalIntake),
            Reason::WrongState,
        )?;
        let mut missing = Vec::new();
        match counselled_at {
            None => missing.push(Refusal::at(Reason::CounsellingMissing, "counselledAt")),
            Some(at) => {
                c.not_in_the_future(at, "counselledAt")?;
                if self.returned_at().is_some_and(|returned| at < returned) {
                    return Err(Refusal::at(Reason::DateOutOfOrder, "counselledAt"));
                }
            }
        }
        let accepted = |person| {
            let mut handovers = self.handovers.iter();
            handovers.any(|handover| handover.person_id == person && handover.accepted_by.is_some())
        };
        if self
            .handovers
            .iter()
            .any(|handover| !accepted(handover.person_id))
        {
            missing.push(Reason::HandoverMissing.into());
        }
        Refusal::all(missing).map_or(Ok(()), Err)?;
        let mut next = self.clone();
        next.case.state = CASE.step("startReintegration", self.case.state, CaseState::Reintegration)?;
        next.aftercare_mut().counselled_at = counselled_at;
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::ReintegrationStarted],
        ))
    }

    /// Closes the case: packages are closed, the satisfaction survey was offered, the other is planned or waived.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `PACKAGE_NOT_CLOSED`, `SATISFACTION_SURVEY_NOT_OFFERED`, `SUSTAINABILITY_SURVEY_NOT_PLANNED`,
    /// `DATE_OUT_OF_ORDER`.
    pub fn close(self, closing: Closing, c: &Circumstances<'_>) -> Result<Changed<Self>, Refusal> {
        require(self.case.state == CaseState::Reintegration, Reason::WrongState)?;
        let mut missing = Vec::new();
        if self.packages.iter().any(|package| package.ended_at.is_none()) {
            missing.push(Reason::PackageNotClosed.into());
        }
        if !closing.satisfaction_survey_offered {
            let field = "satisfactionSurveyOffered";
            missing.push(Refusal::at(Reason::SatisfactionSurveyNotOffered, field));
        }
        let (planned, waived) = (
            closing.sustainability_survey_on,
            closing.sustainability_survey_waived,
        );
        if planned.is_some() == waived.is_some() {
            let field = "sustainabilitySurveyOn";
            missing.push(Refusal::at(Reason::SustainabilitySurveyNotPlanned, field));
        }
        if planned.is_some_and(|day| day < c.today()) {
            missing.push(Refusal::at(Reason::DateOutOfOrder, "sustainabilitySurveyOn"));
        }
        Refusal::all(missing).map_or(Ok(()), Err)?;
        let mut next = self.clone();
        next.case.state = CASE.step("closeCase", self.case.state, CaseState::Closed)?;
        next.case.ended_at = Some(c.now);
        let aftercare = next.aftercare_mut();
        aftercare.satisfaction_survey_offered = true;
        aftercare.sustainability_survey_on = planned;
        aftercare.sustainability_survey_waived = waived;
        let changed = Changed::moved(self, next, vec![DomainEvent::CaseClosed]);
        Ok(match waived {
            Some(why) => changed.because(why),
            None => changed,
        })
    }

    /// When the persons came back: their arrival with assistance, or the day of their admission.
    pub(super) fn returned_at(&self) -> Option<DateTime<Utc>> {
        let admitted = self.aftercare.iter().find_map(|aftercare| aftercare.admitted_on);
        let admitted = admitted.map(|day| day.and_time(NaiveTime::MIN).and_utc());
        self.case.arrived_at.or(admitted)
    }

    /// Refuses assistance to persons whom their country has not admitted yet, unless they return with assistance (INV-02).
    pub(super) fn is_effective(&self) -> Result<(), Refusal> {
        let voluntary = self.case.return_mode == ReturnMode::AssistedVoluntary;
        require(voluntary || self.returned_at().is_some(), Reason::NotYetAdmitted)
    }

    fn aftercare_mut(&mut self) -> &mut Aftercare {
        if self.aftercare.is_empty() {
            self.aftercare.push(Aftercare::of(self.case.id));
        }
        &mut self.aftercare[0]
    }
}
