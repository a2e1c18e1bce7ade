//! From the first conversation to the day from which a journey may be booked, and what the clock does meanwhile.

use super::{Hand, Story};
use crate::demo::consents::signed;
use crate::demo::places::{at, later};
use crate::domain::application::{DataExchangeForm, Eligibility, LegalDecisionMaker};
use crate::domain::asylum::AsylumStage;
use crate::domain::case::{CaseState, LegalStatus};
use crate::domain::case_file::Circumstances;
use crate::domain::consent::Signatory;
use crate::domain::counselling::{CounsellingKind, CounsellingMode, FacilityKind};
use crate::domain::objection::{ObjectionOutcome, ObjectionWaiver};
use crate::domain::party::Author;
use crate::domain::statutory::ExtensionReason;
use crate::domain::steps::asylum::NewAsylumClaim;
use crate::domain::steps::case::Registration;
use crate::domain::steps::intake::{NewApplication, NewEligibility, NewSession, Voluntariness};
use crate::domain::transition::{Reason, Refusal};
use crate::policy::actions::Action;
use crate::store::Cause;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

impl Story<'_> {
    /// Counselling, eligibility, signature and registration, on one day.
    pub(super) fn register(&mut self) -> Result<(), Refusal> {
        self.counsel()?;
        self.find_eligible()?;
        self.sign()?;
        self.settle()
    }

    pub(in crate::demo) fn counsel(&mut self) -> Result<(), Refusal> {
        self.action = Action::RecordCounselling;
        let head = self.file.persons.first();
        let language = head.and_then(|person| person.language.clone());
        let facilities = [
            None,
            Some(FacilityKind::ReceptionCentre),
            Some(FacilityKind::AsylumCentre),
            Some(FacilityKind::AdminDetention),
            Some(FacilityKind::Other),
        ];
        let modes = [
            CounsellingMode::InPerson,
            CounsellingMode::InPerson,
            CounsellingMode::Virtual,
            CounsellingMode::Joint,
        ];
        let session = NewSession {
            kind: CounsellingKind::Return,
            mode: *self.dice.pick(&modes),
            language: language.unwrap_or_else(|| "en".to_owned()),
            understood: true,
            interpreter: self.dice.in_a_hundred(40),
            mediator: false,
            facility: *self.dice.pick(&facilities),
            held_on: self.now.date_naive(),
        };
        self.step(|file, c| file.record_counselling(session, c))
    }

    pub(in crate::demo) fn find_eligible(&mut self) -> Result<(), Refusal> {
        self.action = Action::DecideEligibility;
        let decision = self.eligible();
        self.step(|file, c| file.decide_eligibility(decision, c))
    }

    /// A supervisor takes back that the persons cannot be assisted.
    pub(in crate::demo) fn find_eligible_after_all(&mut self) -> Result<(), Refusal> {
        let decision = self.eligible();
        self.hand(Hand::Supervisor, Action::DecideEligibility, |file, c| {
            file.decide_eligibility(decision, c)
        })
    }

    fn eligible(&self) -> NewEligibility {
        let recorded_at = self.now;
        NewEligibility {
            outcome: Eligibility::Eligible,
            reason: None,
            vulnerability_assessed_at: Some(recorded_at),
            voluntariness: Some(Voluntariness {
                recorded_at,
                free_choice: true,
                informed: true,
                capacity: true,
                decides: match self.signatory() {
                    Signatory::OneSelf => LegalDecisionMaker::OneSelf,
                    Signatory::Guardian => LegalDecisionMaker::Guardian,
                },
            }),
        }
    }

    /// An application that had ended is signed anew.
    pub(in crate::demo) fn reopen(&mut self) -> Result<(), Refusal> {
        let (form, now) = (self.form(), self.now);
        self.hand(Hand::Supervisor, Action::ReopenCase, |file, c| {
            file.reopen(form, now, c)
        })
    }

    pub(in crate::demo) fn sign(&mut self) -> Result<(), Refusal> {
        self.action = Action::SignApplication;
        let form = self.form();
        self.step(|file, c| file.sign_application(form, c))
    }

    /// The application and its Data Exchange form, as signed now.
    pub(super) fn form(&self) -> NewApplication {
        let (signed_at, signed_by) = (self.now, self.signatory());
        let lines = self.consents.iter();
        let consents: Vec<_> = lines.map(|line| signed(*line, signed_at, signed_by)).collect();
        NewApplication {
            signed_at,
            signed_by,
            data_exchange: if consents.is_empty() {
                DataExchangeForm::Refused
            } else {
                DataExchangeForm::Signed
            },
            consents,
        }
    }

    /// A child has a guardian who signs.
    pub(super) fn signatory(&self) -> Signatory {
        let today = self.now.date_naive();
        if self.file.persons.iter().any(|person| !person.is_minor_on(today)) {
            Signatory::OneSelf
        } else {
            Signatory::Guardian
        }
    }

    pub(in crate::demo) fn settle(&mut self) -> Result<(), Refusal> {
        let number = self.dice.within(1_000_000..=9_999_999);
        self.tell_of_a_claim(number)?;
        self.action = Action::RegisterCase;
        let today = self.now.date_naive();
        let registration = Registration {
            mimosa_reference: format!("MIM-{number:07}"),
            prism_reference: Some(format!("PR-{:07}", 9_999_999 - number)),
            preferred_from: Some(today + TimeDelta::days(self.dice.within(7..=20))),
            preferred_to: Some(today + TimeDelta::days(self.dice.within(21..=60))),
            destination_city: None,
            return_decision: None,
        };
        self.step(|file, c| file.register(registration, c))
    }

    /// Persons who claimed asylum tell the mission how far that has come, where the territory has an authority for it.
    fn tell_of_a_claim(&mut self, number: i64) -> Result<(), Refusal> {
        use LegalStatus::{AsylumPending, AsylumRejected, AsylumWithdrawn};
        let (stage, decided) = match self.file.case.legal_status {
            AsylumPending => (AsylumStage::Lodged, None),
            AsylumRejected => (AsylumStage::Rejected, Some(-20)),
            AsylumWithdrawn => (AsylumStage::Withdrawn, Some(-5)),
            _ => return Ok(()),
        };
        let host = self.file.case.host_territory;
        // Of two authorities the later in the register is the one for asylum.
        let Some(authority) = self.scene.directory.migration_authorities_of(host).last() else {
            return Ok(());
        };
        self.action = Action::RecordAsylumClaim;
        let claim = NewAsylumClaim {
            authority: Some(authority),
            expected: None,
            stage,
            number: format!("A-{:06}", number % 1_000_000),
            lodged_on: later(self.opened, -180),
            decided_on: decided.map(|days| later(self.opened, days)),
        };
        // What follows falls as it would have fallen without a claim.
        let dice = self.dice.clone();
        self.step(|file, c| file.record_asylum_claim(claim, c))?;
        self.dice = dice;
        Ok(())
    }

    /// The authority is asked; where the persons do not consent to that, a supervisor does not wait for it.
    pub(in crate::demo) fn ask_for_objections(&mut self) -> Result<(), Refusal> {
        self.action = Action::RequestObjectionCheck;
        self.step(|file, c| file.voluntary()?.request_objection_check(None, c))
    }

    /// The authority that was asked does not object.
    pub(in crate::demo) fn does_not_object(&mut self) -> Result<(), Refusal> {
        self.action = Action::DecideObjection;
        let asked = self.file.objections.last().ok_or(Reason::ObjectionNotAsked)?;
        let authority = self.author(Hand::Organisation(asked.authority));
        self.step_as(authority, |file, c| {
            file.voluntary()?
                .decide_objection(ObjectionOutcome::Clear, None, c)
        })
    }

    /// The statutory period has begun.
    pub(in crate::demo) fn prepare(&mut self) -> Result<(), Refusal> {
        if self.file.case.state == CaseState::Registered
            && let Err(refusal) = self.ask_for_objections()
        {
            if refusal.reason != Reason::ConsentMissing {
                return Err(refusal);
            }
            self.action = Action::StartPreDeparture;
            let waiver = Some(ObjectionWaiver::NoConsent);
            return self.supervised(|file, c| file.voluntary()?.start_pre_departure(waiver, c));
        }
        if self.file.case.state == CaseState::ObjectionCheck {
            self.does_not_object()?;
            self.action = Action::StartPreDeparture;
            return self.step(|file, c| file.voluntary()?.start_pre_departure(None, c));
        }
        Ok(())
    }

    /// The journey may leave on a day: the statutory period has begun, and lasts until then.
    pub(in crate::demo) fn may_leave_on(&mut self, day: NaiveDate) -> Result<(), Refusal> {
        let action = self.action;
        self.prepare()?;
        while self.period_ends_on().is_some_and(|end| end < day) {
            self.extend()?;
        }
        self.action = action;
        Ok(())
    }

    fn period_ends_on(&self) -> Option<NaiveDate> {
        let period = self.file.statutory_period()?;
        Some(self.file.end_of(period, None))
    }

    pub(in crate::demo) fn extend(&mut self) -> Result<(), Refusal> {
        self.action = Action::ExtendStatutoryPeriod;
        let directory = &self.scene.directory;
        let jurisdiction = directory.jurisdiction(self.file.case.host_territory);
        let days = jurisdiction.longest_extension_days;
        let reasons = [
            ExtensionReason::DocumentDelayed,
            ExtensionReason::DocumentDelayed,
            ExtensionReason::ChildrenAtSchool,
            ExtensionReason::FamilyLinks,
            ExtensionReason::LengthOfStay,
        ];
        let reason = *self.dice.pick(&reasons);
        let today = self.now.date_naive();
        self.step(|file, c| file.voluntary()?.extend_statutory_period(days, reason, today, c))
    }

    /// What time alone does until a day; a period that would lapse before it is extended after its first warning.
    pub(super) fn time_passes(&mut self, day: NaiveDate) -> Result<(), Refusal> {
        let until: DateTime<Utc> = at(day, 0, 0);
        while let Some(due) = self.file.next_due().filter(|due| *due < until) {
            self.now = self.now.max(due);
            let circumstances = Circumstances {
                now: self.now,
                directory: self.scene.at(self.now),
                by: &Author::time(),
            };
            let passed = self.file.clone().pass_time(&circumstances)?;
            let passed = passed.ok_or(Reason::WrongState)?;
            self.record(&passed, Cause::Time);
            self.keep(passed);
            let goes_on = !self.lapses && self.file.case.ended_at.is_none();
            if goes_on && self.period_ends_on().is_some_and(|end| end < day) {
                self.extend()?;
            }
        }
        Ok(())
    }
}
