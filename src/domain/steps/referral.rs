//! Sending a referral, and what the recipient and the sender may do with it (SOP I2d; DOMAIN 2.8).

use super::require;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::party::{ClientRight, OrganisationKind, Party, PartyRelation};
use crate::domain::referral::{
    ConsentOverride, OF_A_PROVIDER, REFERRAL, Referral, ReferralRejection, ReferralService, ReferralState,
};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{OrganisationId, PersonId, ReferralId, new_id};

/// Who is asked.
#[derive(Clone, Debug)]
pub enum Asked {
    /// A registered organisation.
    Organisation(OrganisationId),
    /// A provider by name, which has no access to the API.
    Provider(String),
}

/// What is done with a referral after it was sent.
#[derive(Clone, Copy, Debug)]
pub enum ReferralStep {
    /// The recipient will help.
    Accept,
    /// The recipient will not help.
    Reject(ReferralRejection),
    /// The recipient begins to help.
    Start,
    /// The recipient has helped.
    Complete,
    /// The sender takes it back.
    Revoke,
}

impl CaseFile {
    /// Refers the persons, or one of them, to somebody; one that nobody answered in time is sent again. A service that protects
    /// is asked for one person, who has consented to that service by its name.
    ///
    /// # Errors
    ///
    /// `INVALID`, `NOT_ON_THIS_CASE`, `RECIPIENT_NOT_CONCERNED`, `CONSENT_MISSING`, `SUPERVISOR_NEEDED`, `ALREADY_EXISTS`.
    pub fn send_referral(
        self,
        asked: Asked,
        (person, service): (Option<PersonId>, ReferralService),
        consent_override: Option<ConsentOverride>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let (recipient, provider) = match asked {
            Asked::Organisation(id) => (Some(id), None),
            Asked::Provider(name) if name.trim().is_empty() => {
                return Err(Refusal::at(Reason::Invalid, "recipient"));
            }
            Asked::Provider(name) => (None, Some(name)),
        };
        let relation = recipient.map(|id| self.part_for(id, c)).transpose()?;
        if person.is_some_and(|person| self.person(person).is_none()) {
            return Err(Refusal::at(Reason::NotOnThisCase, "personId"));
        }
        if relation == Some(PartyRelation::Service) && person.is_none() {
            return Err(Refusal::at(Reason::Invalid, "personId"));
        }
        let class = relation.map_or(Some(OF_A_PROVIDER), PartyRelation::consent_needed);
        let consented = class.is_none_or(|class| match recipient {
            Some(recipient) => self.is_open_to(recipient, class),
            None => self.consents_to(class),
        });
        // An authority that reads through the API reads under consent alone (INV-06): nothing overrides that.
        if !consented {
            require(
                provider.is_some() && consent_override.is_some(),
                Reason::ConsentMissing,
            )?;
            require(c.by.may(ClientRight::Supervise), Reason::SupervisorNeeded)?;
        }
        let consent_override = consent_override.filter(|_| !consented);
        let mut next = self.clone();
        let same = |referral: &&mut Referral| {
            referral.sender == c.by.organisation
                && (
                    referral.recipient,
                    &referral.provider,
                    referral.person,
                    referral.service,
                ) == (recipient, &provider, person, service)
                && (referral.ended_at.is_none() || referral.state == ReferralState::Expired)
        };
        let id = match next.referrals.iter_mut().find(same) {
            Some(referral) if referral.state == ReferralState::Expired => {
                referral.state = REFERRAL.step("sendReferral", referral.state, ReferralState::Sent)?;
                referral.sent_at = c.now;
                referral.ended_at = None;
                referral.version += 1;
                referral.id
            }
            Some(_) => return Err(Refusal::at(Reason::AlreadyExists, "recipient")),
            None => {
                let id = new_id(c.now).into();
                next.referrals.push(Referral {
                    id,
                    case_id: self.case.id,
                    sender: c.by.organisation,
                    recipient,
                    provider,
                    person,
                    service,
                    consent_override,
                    state: ReferralState::Sent,
                    sent_at: c.now,
                    answered_at: None,
                    ended_at: None,
                    rejection: None,
                    version: 1,
                });
                id
            }
        };
        if let (Some(recipient), Some(relation)) = (recipient, relation) {
            next.involve(recipient, relation, c.now);
        }
        let changed = Changed::moved(self, next, vec![DomainEvent::ReferralSent(id)]);
        Ok(match consent_override {
            Some(why) => changed.because(why),
            None => changed,
        })
    }

    /// Answers, goes on with, completes or takes back a referral. For a provider the sender says what it answered.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NOT_THE_RECIPIENT`, `NOT_THE_SENDER`.
    pub fn step_referral(
        self,
        id: ReferralId,
        step: ReferralStep,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let (name, to, event) = match step {
            ReferralStep::Accept => (
                "acceptReferral",
                ReferralState::Accepted,
                DomainEvent::ReferralAccepted(id),
            ),
            ReferralStep::Reject(_) => (
                "rejectReferral",
                ReferralState::Rejected,
                DomainEvent::ReferralRejected(id),
            ),
            ReferralStep::Start => (
                "startReferral",
                ReferralState::InProgress,
                DomainEvent::ReferralStarted(id),
            ),
            ReferralStep::Complete => (
                "completeReferral",
                ReferralState::Done,
                DomainEvent::ReferralCompleted(id),
            ),
            ReferralStep::Revoke => (
                "revokeReferral",
                ReferralState::Revoked,
                DomainEvent::ReferralRevoked(id),
            ),
        };
        let mut next = self.clone();
        let mut referrals = next.referrals.iter_mut();
        let referral = referrals
            .find(|referral| referral.id == id)
            .ok_or(Reason::WrongState)?;
        let by = c.by.organisation;
        if matches!(step, ReferralStep::Revoke) {
            require(referral.sender == by, Reason::NotTheSender)?;
        } else {
            require(
                referral.recipient.unwrap_or(referral.sender) == by,
                Reason::NotTheRecipient,
            )?;
        }
        referral.state = REFERRAL.step(name, referral.state, to)?;
        referral.version += 1;
        if matches!(step, ReferralStep::Accept | ReferralStep::Reject(_)) {
            referral.answered_at = Some(c.now);
        }
        let recipient = referral.recipient;
        if REFERRAL.is_end(to) {
            referral.ended_at = Some(c.now);
        }
        if let ReferralStep::Reject(why) = step {
            referral.rejection = Some(why);
        }
        next.release_service(recipient, c);
        let changed = Changed::moved(self, next, vec![event]);
        Ok(match step {
            ReferralStep::Reject(why) => changed.because(why),
            _ => changed,
        })
    }

    /// The first referral that nobody answered in time, as expired.
    pub(super) fn expire_referral(self, c: &Circumstances<'_>) -> Result<Option<Changed<Self>>, Refusal> {
        let mut next = self.clone();
        let lapsed = |referral: &&mut Referral| referral.lapses_at().is_some_and(|at| at <= c.now);
        let Some(referral) = next.referrals.iter_mut().find(lapsed) else {
            return Ok(None);
        };
        referral.state = REFERRAL.step("time", referral.state, ReferralState::Expired)?;
        referral.ended_at = Some(c.now);
        referral.version += 1;
        let (id, recipient) = (referral.id, referral.recipient);
        next.release_service(recipient, c);
        Ok(Some(Changed::moved(
            self,
            next,
            vec![DomainEvent::ReferralExpired(id)],
        )))
    }

    /// A service has a part in the case as long as one of its referrals lasts.
    fn release_service(&mut self, recipient: Option<OrganisationId>, c: &Circumstances<'_>) {
        let open = |referral: &Referral| referral.recipient == recipient && referral.ended_at.is_none();
        if self.referrals.iter().any(open) {
            return;
        }
        let is_service = |party: &&mut Party| {
            Some(party.organisation) == recipient && party.relation == PartyRelation::Service
        };
        if let Some(part) = self.parties.iter_mut().find(is_service) {
            part.ended_at = Some(c.now);
        }
    }

    /// Takes back what missions and authorities were asked, as part of another step: what they were told of the case is
    /// taken back as well. What a provider or a service of protection does for somebody does not hang on the return, and
    /// goes on.
    pub(super) fn take_referrals_back(&mut self, c: &Circumstances<'_>) -> Result<Vec<DomainEvent>, Refusal> {
        let mut events = Vec::new();
        let parties = self.parties.iter();
        let services: Vec<OrganisationId> = parties
            .filter(|party| party.relation == PartyRelation::Service)
            .map(|party| party.organisation)
            .collect();
        let of_the_return = |recipient: Option<OrganisationId>| {
            recipient.is_some_and(|recipient| !services.contains(&recipient))
        };
        let open = self.referrals.iter_mut().filter(|referral| {
            of_the_return(referral.recipient) && REFERRAL.starts("withdrawCase", referral.state)
        });
        for referral in open {
            referral.state = REFERRAL.step("withdrawCase", referral.state, ReferralState::Revoked)?;
            referral.ended_at = Some(c.now);
            referral.version += 1;
            events.push(DomainEvent::ReferralRevoked(referral.id));
        }
        Ok(events)
    }

    /// What a recipient is to the case, or becomes by being asked: a mission that takes part, an authority of the host
    /// territory, or a service there or in the country of return.
    fn part_for(&self, recipient: OrganisationId, c: &Circumstances<'_>) -> Result<PartyRelation, Refusal> {
        let refused = || Refusal::at(Reason::RecipientNotConcerned, "recipient");
        let organisation = c.directory.organisation(recipient).ok_or_else(refused)?;
        let part = self.relation_of(recipient);
        let host = organisation.territory == Some(self.case.host_territory);
        let of_return = organisation.territory == Some(self.case.country_of_return);
        let relation = match organisation.kind {
            OrganisationKind::Mission if part.is_some_and(|part| part != PartyRelation::Transit) => part,
            OrganisationKind::Mission if of_return => Some(PartyRelation::Receiving),
            OrganisationKind::MigrationAuthority if host => Some(PartyRelation::Migration),
            // The mission to which the person named the service; nobody else learns that there is one.
            OrganisationKind::ServiceProvider
                if (host || of_return) && c.by.organisation == self.case.sending_mission =>
            {
                Some(PartyRelation::Service)
            }
            _ => None,
        };
        relation
            .filter(|_| recipient != c.by.organisation)
            .ok_or_else(refused)
    }
}
