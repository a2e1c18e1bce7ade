//! Cash grants: computed and put forward, approved by somebody else, rejected, voided (SOP I5b; DOMAIN 2.6).

use super::require;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::cash_grant::{
    CashGrant, CashGrantState, GRANT_LIFECYCLE, GrantEndReason, PayeeAccount, PayeeAccountKind,
    RecoveryDecision, SingleTrancheReason, TRANCHE_LIFECYCLE, TrancheState, tranches, usual_parts,
};
use crate::domain::entitlement::{Computation, FamilyUnit, Member, Relatives, begins, compute};
use crate::domain::event::DomainEvent;
use crate::domain::funding::{Funding, GrantRule};
use crate::domain::money::{CurrencyCode, Money};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{CashGrantId, PersonId, ProjectId, new_id};

/// What a decision on a grant knows besides its case: who pays, and what the family has in its other cases. Whoever
/// reads the latter holds the family until the decision is saved.
#[derive(Clone, Debug, Default)]
pub struct Means {
    /// Projects, rules and rates.
    pub funding: Funding,
    /// The other cases of the family unit.
    pub relatives: Relatives,
}

/// What is put forward.
#[derive(Clone, Debug)]
pub struct GrantProposal {
    /// The person that the grant is for.
    pub person: PersonId,
    /// The amount; what the rule leaves for the person where nothing is said.
    pub amount: Option<Money>,
    /// The payments in minor units; the usual ones where nothing is said.
    pub parts: Option<Vec<i64>>,
    /// The project that pays; that of the case where nothing is said.
    pub project: Option<ProjectId>,
    /// Reference of the donor's approval of an amount above the rule.
    pub donor_approval: Option<String>,
    /// Why it is to be paid at once.
    pub single_tranche_reason: Option<SingleTrancheReason>,
    /// Where it is to be paid to: how, and the number as typed.
    pub account: Option<(PayeeAccountKind, String)>,
}

impl GrantProposal {
    /// A grant of what the rule leaves for the person, or of an amount in these payments.
    #[must_use]
    pub fn usual(person: PersonId, amount: Option<Money>, parts: Option<Vec<i64>>) -> Self {
        Self {
            person,
            amount,
            parts,
            project: None,
            donor_approval: None,
            single_tranche_reason: None,
            account: None,
        }
    }
}

impl CaseFile {
    /// Grants are paid in the currencies that the host territory's procedure names; for who returned from elsewhere no
    /// territory of the programme says which.
    fn is_paid_in(&self, currency: CurrencyCode, c: &Circumstances<'_>) -> Result<(), Refusal> {
        let host = self.case.host_territory;
        let used = c.directory.jurisdiction(host).currencies.contains(&currency);
        if used || !host.is_host_territory() {
            Ok(())
        } else {
            Err(Refusal::at(Reason::CurrencyNotUsed, "amount"))
        }
    }

    /// Puts a cash grant forward, in two tranches or for a reason in one. Where the project has a rule for the person,
    /// the rule says how much there is at most; an amount above it needs the donor's approval.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NOT_ON_THIS_CASE`, `NOT_YET_ADMITTED`, `FUNDING_PROJECT_MISSING`, `PROJECT_NOT_RUNNING`,
    /// `NO_GRANT_RULE`, `CURRENCY_NOT_USED`, `INVALID`, `EXCHANGE_RATE_MISSING`, `PERSON_AMOUNT_EXCEEDED`, `FAMILY_CAP_EXCEEDED`,
    /// `TRANCHES_DO_NOT_ADD_UP`, `SINGLE_TRANCHE_REASON_MISSING`, `TWO_TRANCHES_NEEDED`, `TOO_MANY_TRANCHES`,
    /// `NOT_THE_RECEIVING_MISSION`.
    pub fn propose_grant(
        self,
        proposal: GrantProposal,
        means: &Means,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        self.accepts_assistance_for(proposal.person)?;
        if proposal.amount.is_some_and(|amount| amount.amount_minor <= 0) {
            return Err(Refusal::at(Reason::Invalid, "amount"));
        }
        let account = proposal.account.as_ref();
        let account = account
            .map(|(kind, typed)| PayeeAccount::of(*kind, typed))
            .transpose()?;
        let project = self.paid_by(proposal.project, &means.funding, c)?;
        let nationality = self.person(proposal.person).map(|person| person.nationality);
        let rule = nationality.and_then(|of| means.funding.rule(project, of, c.today()));
        let currency = match (proposal.amount, rule) {
            (Some(amount), _) => amount.currency,
            (None, Some(rule)) => rule.currency,
            (None, None) => return Err(Refusal::at(Reason::NoGrantRule, "amount")),
        };
        self.is_paid_in(currency, c)?;
        let mut grant = CashGrant {
            id: new_id(c.now).into(),
            case_id: self.case.id,
            person_id: proposal.person,
            state: CashGrantState::Proposed,
            amount: proposal.amount.unwrap_or(Money {
                amount_minor: 0,
                currency,
            }),
            funding_project: Some(project),
            rule: rule.map(|rule| rule.id),
            counted: None,
            exchange_rate: None,
            proposed_by: Some(c.by.signature()),
            approved_by: None,
            donor_approval: proposal.donor_approval,
            single_tranche_reason: proposal.single_tranche_reason,
            end_reason: None,
            recovery: None,
            account,
            proposed_at: c.now,
            approved_at: None,
            ended_at: None,
            tranches: Vec::new(),
            version: 1,
        };
        let mut next = self.clone();
        if let Some(rule) = rule {
            let computation = self.compute(rule, &grant, means, c)?;
            if proposal.amount.is_none() {
                if computation.entitlement_minor == 0 {
                    // Nothing is left: the refusal says which limit it is.
                    computation.allows(1)?;
                }
                grant.amount.amount_minor = computation.entitlement_minor;
            }
            let (counted, rate) = means
                .funding
                .in_currency(grant.amount, rule.currency, c.today(), true)?;
            (grant.counted, grant.exchange_rate) = (Some(counted), rate);
            if grant.donor_approval.is_none() {
                computation.allows(counted.amount_minor)?;
            }
            next.computations.push(computation);
        }
        let allowance = rule
            .filter(|rule| rule.currency == grant.amount.currency)
            .and_then(|rule| rule.return_allowance_minor);
        let at_once = grant.single_tranche_reason.is_some();
        let parts = proposal
            .parts
            .unwrap_or_else(|| usual_parts(grant.amount.amount_minor, allowance, at_once));
        grant.tranches = tranches(grant.amount, &parts)?;
        grant.check_tranches(rule)?;
        if grant.tranches.len() == 1 {
            self.is_receiving(c, "singleTrancheReason")?;
        }
        self.check_number_of_tranches(&grant)?;
        let id = grant.id;
        next.grants.push(grant);
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::CashGrantProposed(id)],
        ))
    }

    /// Approves a grant that somebody else put forward. What the rule leaves is computed once more.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `FOUR_EYES`, `EXCHANGE_RATE_MISSING`, `PERSON_AMOUNT_EXCEEDED`, `FAMILY_CAP_EXCEEDED`,
    /// `TOO_MANY_TRANCHES`.
    pub fn approve_grant(
        self,
        id: CashGrantId,
        means: &Means,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let falls_due = self.accepts_first_payment();
        let grant = next.grant_mut(id)?;
        let step = "approveCashGrant";
        grant.state = GRANT_LIFECYCLE.step(step, grant.state, CashGrantState::Approved)?;
        require(
            grant.proposed_by.as_deref() != Some(&c.by.signature()),
            Reason::FourEyes,
        )?;
        grant.approved_at = Some(c.now);
        grant.approved_by = Some(c.by.signature());
        if let Some(first) = grant.tranches.first_mut().filter(|_| falls_due) {
            first.state = TRANCHE_LIFECYCLE.step(step, first.state, TrancheState::Due)?;
        }
        let grant = grant.clone();
        self.check_number_of_tranches(&grant)?;
        let rule = means
            .funding
            .rules
            .iter()
            .find(|rule| Some(rule.id) == grant.rule);
        if let (Some(rule), Some(counted)) = (rule, grant.counted) {
            let computation = self.compute(rule, &grant, means, c)?;
            if grant.donor_approval.is_none() {
                computation.allows(counted.amount_minor)?;
            }
            next.computations.push(computation);
        }
        let approved = DomainEvent::CashGrantApproved(id, c.by.organisation);
        Ok(Changed::moved(self, next, vec![approved]))
    }

    /// Rejects a grant.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `FOUR_EYES`.
    pub fn reject_grant(
        self,
        id: CashGrantId,
        reason: GrantEndReason,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let grant = next.grant_mut(id)?;
        let step = "rejectCashGrant";
        grant.state = GRANT_LIFECYCLE.step(step, grant.state, CashGrantState::Rejected)?;
        require(
            grant.proposed_by.as_deref() != Some(&c.by.signature()),
            Reason::FourEyes,
        )?;
        for tranche in &mut grant.tranches {
            tranche.state = TRANCHE_LIFECYCLE.step(step, tranche.state, TrancheState::Voided)?;
        }
        (grant.end_reason, grant.ended_at) = (Some(reason), Some(c.now));
        let rejected = vec![DomainEvent::CashGrantRejected(id)];
        Ok(Changed::moved(self, next, rejected).because(reason))
    }

    /// Voids what is unpaid of a grant. Where something is paid, it says whether that is claimed back.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `RECOVERY_DECISION_MISSING`.
    pub fn void_grant(
        self,
        id: CashGrantId,
        reason: GrantEndReason,
        recovery: Option<RecoveryDecision>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let grant = next.grant_mut(id)?;
        void(grant, "voidCashGrant", reason, c)?;
        if grant.state == CashGrantState::Recovery {
            let decision = recovery.ok_or(Refusal::at(Reason::RecoveryDecisionMissing, "recovery"))?;
            require(grant.recovery.is_none(), Reason::WrongState)?;
            grant.recovery = Some(decision);
        } else if recovery.is_some() {
            return Err(Refusal::at(Reason::Invalid, "recovery"));
        }
        let voided = DomainEvent::CashGrantVoided(id, c.by.organisation);
        Ok(Changed::moved(self, next, vec![voided]).because(reason))
    }

    /// Voids every grant that is not ended, as part of another step; what was paid waits for a decision.
    pub(in crate::domain) fn void_grants(
        &mut self,
        step: &'static str,
        c: &Circumstances<'_>,
    ) -> Result<Vec<DomainEvent>, Refusal> {
        let mut events = Vec::new();
        for grant in &mut self.grants {
            if GRANT_LIFECYCLE.starts(step, grant.state) {
                void(grant, step, GrantEndReason::ApplicationEnded, c)?;
                events.push(DomainEvent::CashGrantVoided(grant.id, c.by.organisation));
            }
        }
        Ok(events)
    }

    /// The project that pays for something: the one that is named, or that of the case. It has to run.
    ///
    /// # Errors
    ///
    /// `FUNDING_PROJECT_MISSING`, `PROJECT_NOT_RUNNING`.
    pub fn paid_by(
        &self,
        named: Option<ProjectId>,
        funding: &Funding,
        c: &Circumstances<'_>,
    ) -> Result<ProjectId, Refusal> {
        let missing = Refusal::at(Reason::FundingProjectMissing, "fundingProjectId");
        let usual = || {
            let of = |mission| funding.of_mission(mission, c.today());
            of(self.case.sending_mission).or(of(c.by.organisation))
        };
        let project = named.or(self.case.funding_project).or_else(usual);
        let project = project.ok_or(missing.clone())?;
        let running = funding.project(project).ok_or(missing)?.runs_on(c.today());
        if running {
            Ok(project)
        } else {
            Err(Refusal::at(Reason::ProjectNotRunning, "fundingProjectId"))
        }
    }

    /// Only the receiving mission may.
    pub(super) fn is_receiving(&self, c: &Circumstances<'_>, field: &'static str) -> Result<(), Refusal> {
        if self.case.receiving_mission == Some(c.by.organisation) {
            Ok(())
        } else {
            Err(Refusal::at(Reason::NotTheReceivingMission, field))
        }
    }

    fn compute(
        &self,
        rule: &GrantRule,
        grant: &CashGrant,
        means: &Means,
        c: &Circumstances<'_>,
    ) -> Result<Computation, Refusal> {
        let mut members = self.members();
        members.extend(&means.relatives.members);
        let grants = self.grants.iter().chain(&means.relatives.grants);
        let unit = FamilyUnit::around(grant.id, rule.project, members, grants);
        compute(rule, grant, &unit, &means.funding, c.now)
    }

    /// The persons of this case as members of their family unit.
    #[must_use]
    pub fn members(&self) -> Vec<Member> {
        let first = begins(self.case.family, self.case.id);
        let persons = self.persons.iter().map(|person| Member {
            person: person.id,
            principal: first && person.head_of_household,
        });
        persons.collect()
    }

    /// At most two payments to one person under one rule, whatever the number of grants (INV-09).
    fn check_number_of_tranches(&self, grant: &CashGrant) -> Result<(), Refusal> {
        if grant.rule.is_none() {
            return Ok(());
        }
        let others = self.grants.iter().filter(|other| {
            other.id != grant.id
                && other.person_id == grant.person_id
                && other.rule == grant.rule
                && other.counts()
        });
        let payments: usize = others.map(|other| other.standing_tranches().count()).sum();
        if payments + grant.tranches.len() > 2 {
            return Err(Refusal::at(Reason::TooManyTranches, "trancheAmountsMinor"));
        }
        Ok(())
    }
}

/// Voids what is unpaid of a grant; what is paid stays paid, and the grant waits for what is decided of it.
fn void(
    grant: &mut CashGrant,
    step: &'static str,
    reason: GrantEndReason,
    c: &Circumstances<'_>,
) -> Result<(), Refusal> {
    let to = if grant.is_paid_in_part() {
        CashGrantState::Recovery
    } else {
        CashGrantState::Voided
    };
    grant.state = GRANT_LIFECYCLE.step(step, grant.state, to)?;
    for tranche in grant
        .tranches
        .iter_mut()
        .filter(|tranche| tranche.state.is_unpaid())
    {
        tranche.state = TRANCHE_LIFECYCLE.step(step, tranche.state, TrancheState::Voided)?;
    }
    (grant.end_reason, grant.ended_at) = (Some(reason), Some(c.now));
    Ok(())
}
