//! From the first conversation to the signature: referral, counselling, eligibility, application (SOP N1a, I2, I3a).

use super::case::{NewCase, NewConsent};
use super::require;
use crate::domain::application::{
    DataExchangeForm, Eligibility, EligibilityDecision, IneligibilityReason, IntakeChannel,
    LegalDecisionMaker, ReturnDecision,
};
use crate::domain::case::{CASE, CaseState};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::consent::Signatory;
use crate::domain::counselling::{CounsellingKind, CounsellingMode, CounsellingSession, FacilityKind};
use crate::domain::event::DomainEvent;
use crate::domain::party::{ClientRight, PartyRelation};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{OrganisationId, new_id};
use chrono::{DateTime, NaiveDate, Utc};

/// A counselling session as it is recorded.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// What it was about.
    pub kind: CounsellingKind,
    /// How it was held.
    pub mode: CounsellingMode,
    /// The language, BCP 47.
    pub language: String,
    /// Whether the persons understood it.
    pub understood: bool,
    /// Whether an interpreter took part.
    pub interpreter: bool,
    /// Whether a cultural mediator took part.
    pub mediator: bool,
    /// The kind of facility.
    pub facility: Option<FacilityKind>,
    /// The day.
    pub held_on: NaiveDate,
}

/// What is recorded of voluntariness (S3:278).
#[derive(Clone, Copy, Debug)]
pub struct Voluntariness {
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Whether the choice is free.
    pub free_choice: bool,
    /// Whether the persons are informed.
    pub informed: bool,
    /// Whether whoever decides has the capacity to.
    pub capacity: bool,
    /// Who may legally decide.
    pub decides: LegalDecisionMaker,
}

/// A decision on eligibility as it is recorded.
#[derive(Clone, Copy, Debug)]
pub struct NewEligibility {
    /// What is decided.
    pub outcome: Eligibility,
    /// Why the persons cannot be assisted.
    pub reason: Option<IneligibilityReason>,
    /// When vulnerabilities were assessed.
    pub vulnerability_assessed_at: Option<DateTime<Utc>>,
    /// The voluntariness record.
    pub voluntariness: Option<Voluntariness>,
}

/// An application as it is signed.
#[derive(Clone, Debug)]
pub struct NewApplication {
    /// When the application form was signed.
    pub signed_at: DateTime<Utc>,
    /// Who signed.
    pub signed_by: Signatory,
    /// What became of the Data Exchange form.
    pub data_exchange: DataExchangeForm,
    /// The Data Exchange form, line by line.
    pub consents: Vec<NewConsent>,
}

impl CaseFile {
    /// Opens a case for persons whom an authority, or another mission, refers to the mission of their host territory.
    ///
    /// # Errors
    ///
    /// As for opening a case.
    pub fn refer(
        new: NewCase,
        sending: OrganisationId,
        decision: Option<ReturnDecision>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        if !new.host_territory.is_host_territory() {
            return Err(Refusal::at(Reason::Invalid, "hostTerritory"));
        }
        // The mission did not give it a reference of its own; the end of an id is random.
        let new = NewCase {
            reference: "REF".to_owned(),
            ..new
        };
        let mut file = Self::begun(new, (sending, PartyRelation::Sending), c)?;
        let id = file.case.id.uuid().simple().to_string().to_uppercase();
        file.case.reference = format!("REF-{}", &id[20..]);
        file.case.application.intake = IntakeChannel::Referred;
        file.case.application.referred_by = Some(c.by.organisation);
        if let Some(decision) = decision {
            file.keep_return_decision(decision, c)?;
        }
        Ok(Changed::opened(file, vec![DomainEvent::CaseReferred]))
    }

    /// Records a counselling session; the first on the return makes the persons counselled.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` once the case has ended, `DATE_OUT_OF_ORDER`.
    pub fn record_counselling(
        self,
        session: NewSession,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        require(self.case.ended_at.is_none(), Reason::WrongState)?;
        if session.held_on > c.today() {
            return Err(Refusal::at(Reason::DateOutOfOrder, "heldOn"));
        }
        let mut next = self.clone();
        if session.kind == CounsellingKind::Return && self.case.state == CaseState::Inquiry {
            next.case.state = CASE.step("recordCounselling", self.case.state, CaseState::Counselled)?;
        }
        next.counselling.push(CounsellingSession {
            id: new_id(c.now).into(),
            case_id: self.case.id,
            kind: session.kind,
            mode: session.mode,
            language: session.language,
            understood: session.understood,
            interpreter: session.interpreter,
            mediator: session.mediator,
            facility: session.facility,
            held_on: session.held_on,
        });
        Ok(Changed::moved(self, next, vec![DomainEvent::CounsellingRecorded]))
    }

    /// Decides whether the persons can be assisted. A supervisor may take back that they cannot.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `REASON_NEEDED`, `SUPERVISOR_NEEDED`, `DATE_OUT_OF_ORDER`; all at once `COUNSELLING_MISSING`,
    /// `VULNERABILITY_NOT_ASSESSED`, `VOLUNTARINESS_NOT_RECORDED`.
    pub fn decide_eligibility(
        self,
        decision: NewEligibility,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let to = match decision.outcome {
            Eligibility::Eligible => CaseState::Eligible,
            Eligibility::Ineligible => CaseState::Ineligible,
        };
        let mut next = self.clone();
        next.case.state = CASE.step("decideEligibility", self.case.state, to)?;
        let overridden = self.case.state == CaseState::Ineligible;
        if overridden && !c.by.may(ClientRight::Supervise) {
            return Err(Reason::SupervisorNeeded.into());
        }
        if (decision.outcome == Eligibility::Ineligible) != decision.reason.is_some() {
            return Err(Refusal::at(Reason::ReasonNeeded, "reason"));
        }
        if let Some(refusal) = Refusal::all(self.missing_for(&decision)) {
            return Err(refusal);
        }
        for (moment, field) in [
            (decision.vulnerability_assessed_at, "vulnerabilityAssessedAt"),
            (
                decision.voluntariness.map(|record| record.recorded_at),
                "voluntariness.recordedAt",
            ),
        ] {
            if let Some(moment) = moment {
                c.not_in_the_future(moment, field)?;
            }
        }
        let application = &mut next.case.application;
        application.eligibility = Some(EligibilityDecision {
            outcome: decision.outcome,
            reason: decision.reason,
            decided_at: c.now,
        });
        application.vulnerability_assessed_at = decision.vulnerability_assessed_at;
        if let Some(record) = decision.voluntariness.filter(Voluntariness::holds) {
            application.decides = Some(record.decides);
            next.case.voluntariness_recorded_at = Some(record.recorded_at);
        }
        let changed = Changed::moved(self, next, vec![DomainEvent::EligibilityDecided]);
        Ok(match decision.reason {
            Some(reason) => changed.because(reason),
            None if overridden => changed.because("OVERRIDE"),
            None => changed,
        })
    }

    /// What is missing for a decision: whoever cannot be assisted need not wish to return.
    fn missing_for(&self, decision: &NewEligibility) -> Vec<Refusal> {
        let counselled =
            |session: &CounsellingSession| session.kind == CounsellingKind::Return && session.understood;
        let eligible = decision.outcome == Eligibility::Eligible;
        let voluntary = decision.voluntariness.is_some_and(|record| record.holds());
        let rules = [
            (
                self.counselling.iter().any(counselled),
                Reason::CounsellingMissing.into(),
            ),
            (
                decision.vulnerability_assessed_at.is_some(),
                Refusal::at(Reason::VulnerabilityNotAssessed, "vulnerabilityAssessedAt"),
            ),
            (
                voluntary || !eligible,
                Refusal::at(Reason::VoluntarinessNotRecorded, "voluntariness"),
            ),
        ];
        let broken = rules.into_iter().filter(|(holds, _)| !holds);
        broken.map(|(_, refusal)| refusal).collect()
    }

    /// Records that the application form is signed and the Data Exchange form was offered, which may be refused. From now on
    /// the mission in the country of return takes part: it counsels the persons before they return (S0:110).
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `DATE_OUT_OF_ORDER`, `GUARDIAN_NEEDED`, `PURPOSE_NOT_FOR_RECIPIENT`, `INVALID` for a refused form
    /// with lines or a signed one without.
    pub fn sign_application(
        self,
        form: NewApplication,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        next.case.state = CASE.step("signApplication", self.case.state, CaseState::ApplicationSigned)?;
        next.keep_application(form, c)?;
        if let Some(receiving) = c.directory.mission_in(self.case.country_of_return) {
            next.case.receiving_mission = Some(receiving);
            next.involve(receiving, PartyRelation::Receiving, c.now);
        }
        Ok(Changed::moved(self, next, vec![DomainEvent::ApplicationSigned]))
    }

    pub(super) fn keep_application(
        &mut self,
        form: NewApplication,
        c: &Circumstances<'_>,
    ) -> Result<(), Refusal> {
        c.not_in_the_future(form.signed_at, "signedAt")?;
        self.check_signatory(form.signed_by, c)?;
        if (form.data_exchange == DataExchangeForm::Refused) != form.consents.is_empty() {
            return Err(Refusal::at(Reason::Invalid, "dataExchangeForm"));
        }
        for consent in form.consents {
            self.sign(consent, c)?;
        }
        self.case.application_signed_at = Some(form.signed_at);
        self.case.application.data_exchange = Some(form.data_exchange);
        Ok(())
    }

    /// A child does not sign alone, and an adult who is not a guardian does not sign for a child who travels without parents.
    pub(super) fn check_signatory(&self, by: Signatory, c: &Circumstances<'_>) -> Result<(), Refusal> {
        let of_age = self.persons.iter().any(|person| person.age_on(c.today()) >= 18);
        let alone = self.unaccompanied_children(c.today()).next().is_some();
        if by == Signatory::OneSelf && (!of_age || alone) {
            return Err(Refusal::at(Reason::GuardianNeeded, "signedBy"));
        }
        Ok(())
    }
}

impl Voluntariness {
    /// Whether the decision is free, informed, and that of somebody who has the capacity to decide.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.free_choice && self.informed && self.capacity
    }
}
