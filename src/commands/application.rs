//! Commands on the application of a case: referral, counselling, eligibility, signature, halting and ending.

use super::{Answer, Desk, Envelope, Target, authorise_by_kind};
use crate::domain::application::{HoldReason, ReturnDecision, TerminationReason};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::steps::case::NewCase;
use crate::domain::steps::intake::{NewApplication, NewEligibility, NewSession};
use crate::domain::territory::CountryCode;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::error::Error;
use crate::ids::CaseId;
use crate::policy::actions::Action;
use chrono::{DateTime, Utc};
use uuid::Uuid;

impl Desk {
    /// Refers persons to the mission of their host territory: that of the actor, unless a mission elsewhere names one.
    pub async fn refer_case(
        &self,
        envelope: &Envelope,
        new: NewCase,
        territory: Option<CountryCode>,
        decision: Option<ReturnDecision>,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::ReferCase)?;
        let by = envelope.actor.viewer.organisation;
        let (new, decision) = (&new, &decision);
        self.once(envelope, Action::ReferCase, move |mut uow| async move {
            let directory = uow.directory().await?;
            let own = directory
                .organisation(by)
                .and_then(|referring| referring.territory);
            let host = match own.filter(CountryCode::is_host_territory) {
                Some(own) if territory.is_none_or(|named| named == own) => own,
                Some(_) => return Err(Error::Forbidden),
                None => territory.ok_or(Refusal::at(Reason::Invalid, "hostTerritory"))?,
            };
            let sending = directory
                .mission_in(host)
                .filter(|_| host.is_host_territory())
                .ok_or(Refusal::at(Reason::Invalid, "hostTerritory"))?;
            let funding = uow.funding().await?;
            let new = NewCase {
                host_territory: host,
                funding_project: funding.of_mission(sending, uow.now().date_naive()),
                ..new.clone()
            };
            let author = envelope.actor.viewer.author();
            let circumstances = Circumstances {
                now: uow.now(),
                directory: &directory,
                by: &author,
            };
            let referred = CaseFile::refer(new, sending, decision.clone(), &circumstances)?;
            uow.save(&referred, Action::ReferCase).await?;
            Ok((uow, referred.next().case.id.uuid()))
        })
        .await
    }

    /// A command on a case at the version that its sender decided on, which answers with the case.
    pub(super) async fn on_version(
        &self,
        envelope: &Envelope,
        action: Action,
        case: (CaseId, i32),
        decide: impl Fn(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> + Send + Sync,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(case.0, Some(case.1));
        self.on_case(envelope, action, target, Answer::Case, decide).await
    }

    /// Records a counselling session.
    pub async fn record_counselling(
        &self,
        envelope: &Envelope,
        case: (CaseId, i32),
        session: NewSession,
    ) -> Result<Uuid, Error> {
        self.on_version(envelope, Action::RecordCounselling, case, |file, c| {
            file.record_counselling(session.clone(), c)
        })
        .await
    }

    /// Decides whether the persons can be assisted.
    pub async fn decide_eligibility(
        &self,
        envelope: &Envelope,
        case: (CaseId, i32),
        decision: NewEligibility,
    ) -> Result<Uuid, Error> {
        self.on_version(envelope, Action::DecideEligibility, case, |file, c| {
            file.decide_eligibility(decision, c)
        })
        .await
    }

    /// Records the signed application.
    pub async fn sign_application(
        &self,
        envelope: &Envelope,
        case: (CaseId, i32),
        form: NewApplication,
    ) -> Result<Uuid, Error> {
        self.on_version(envelope, Action::SignApplication, case, |file, c| {
            file.sign_application(form.clone(), c)
        })
        .await
    }

    /// Halts a case.
    pub async fn hold_case(
        &self,
        envelope: &Envelope,
        case: (CaseId, i32),
        reason: HoldReason,
    ) -> Result<Uuid, Error> {
        self.on_version(envelope, Action::HoldCase, case, |file, _| file.hold(reason))
            .await
    }

    /// Lets a halted case go on.
    pub async fn resume_case(&self, envelope: &Envelope, case: (CaseId, i32)) -> Result<Uuid, Error> {
        self.on_version(envelope, Action::ResumeCase, case, CaseFile::resume)
            .await
    }

    /// Ends an application.
    pub async fn terminate_case(
        &self,
        envelope: &Envelope,
        case: (CaseId, i32),
        reason: TerminationReason,
    ) -> Result<Uuid, Error> {
        self.on_version(envelope, Action::TerminateCase, case, |file, c| {
            file.terminate(reason, c)
        })
        .await
    }

    /// Takes an application up again.
    pub async fn reopen_case(
        &self,
        envelope: &Envelope,
        case: (CaseId, i32),
        form: NewApplication,
        voluntariness_recorded_at: DateTime<Utc>,
    ) -> Result<Uuid, Error> {
        self.on_version(envelope, Action::ReopenCase, case, |file, c| {
            file.reopen(form.clone(), voluntariness_recorded_at, c)
        })
        .await
    }
}
