//! Commands on cases.

use super::{Answer, Desk, Envelope, Target, authorise_by_kind};
use crate::domain::case::WithdrawalReason;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::steps::case::{NewCase, NewConsent, Registration};
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::{CaseId, ConsentId};
use crate::policy::actions::Action;
use uuid::Uuid;

impl Desk {
    /// Opens a case; its host territory is the one where the actor's mission acts.
    pub async fn open_case(
        &self,
        envelope: &Envelope,
        new: NewCase,
        family_of: Option<CaseId>,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::OpenCase)?;
        let sending = envelope.actor.viewer.organisation;
        let new = &new;
        self.once(envelope, Action::OpenCase, move |mut uow| async move {
            let directory = uow.directory().await?;
            let host = directory
                .organisation(sending)
                .and_then(|mission| mission.territory);
            let host = host
                .filter(super::super::domain::territory::CountryCode::is_host_territory)
                .ok_or(Error::Forbidden)?;
            if uow.reference_is_taken(sending, &new.reference).await? {
                return Err(Refusal::at(Reason::AlreadyExists, "reference").into());
            }
            let family = match family_of {
                Some(case) => Some(uow.family_of(case).await?),
                None => None,
            };
            let funding = uow.funding().await?;
            let today = uow.now().date_naive();
            if new
                .funding_project
                .is_some_and(|named| funding.project(named).is_none())
            {
                return Err(Error::NotFound);
            }
            let new = NewCase {
                host_territory: host,
                family,
                funding_project: new.funding_project.or(funding.of_mission(sending, today)),
                ..new.clone()
            };
            let opened = CaseFile::open(
                new,
                sending,
                &Circumstances {
                    now: uow.now(),
                    directory: &directory,
                    by: &envelope.actor.viewer.author(),
                },
            )?;
            uow.save(&opened, Action::OpenCase).await?;
            Ok((uow, opened.next().case.id.uuid()))
        })
        .await
    }

    /// Registers a signed application.
    pub async fn register_case(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: i32,
        form: Registration,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(id, Some(expected));
        self.on_case(envelope, Action::RegisterCase, target, Answer::Case, |file, c| {
            file.register(form.clone(), c)
        })
        .await
    }

    /// Records a consent.
    pub async fn record_consent(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: i32,
        consent: NewConsent,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(id, Some(expected));
        self.on_case(
            envelope,
            Action::RecordConsent,
            target,
            Answer::Case,
            |file, c| file.record_consent(consent, c),
        )
        .await
    }

    /// Takes a consent back.
    pub async fn revoke_consent(
        &self,
        envelope: &Envelope,
        id: ConsentId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Consent(id, expected);
        self.on_case(
            envelope,
            Action::RevokeConsent,
            target,
            Answer::Case,
            |file, c| file.revoke_consent(id, c),
        )
        .await
    }

    /// Finds everything in place for the departure.
    pub async fn mark_ready_to_depart(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(id, Some(expected));
        self.on_case(
            envelope,
            Action::MarkReadyToDepart,
            target,
            Answer::Case,
            |file, c| file.voluntary()?.mark_ready(c),
        )
        .await
    }

    /// Withdraws the application. A version is not needed: nothing that a clerk has not seen may stand in the way.
    pub async fn withdraw_case(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: Option<i32>,
        reason: WithdrawalReason,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(id, expected);
        self.on_case(envelope, Action::WithdrawCase, target, Answer::Case, |file, c| {
            file.withdraw(reason, c)
        })
        .await
    }
}
