//! What a person may be granted under a rule: the amount for a person, the cap for the family unit across all its cases,
//! and what was granted before (DOMAIN 2.6, INV-07, INV-08). Whole minor units only, never a fraction.

use super::cash_grant::CashGrant;
use super::funding::{Funding, GrantRule, SplitPolicy};
use super::money::{CurrencyCode, Money};
use super::transition::{Reason, Refusal};
use crate::ids::{
    CaseId, CashGrantId, FamilyId, GrantComputationId, GrantRuleId, PersonId, ProjectId, new_id,
};
use chrono::{DateTime, Utc};

/// A person of a family unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// Whether this is the head of the household in the family's first case.
    pub principal: bool,
}

/// What a family unit has in its other cases.
#[derive(Clone, Debug, Default)]
pub struct Relatives {
    /// The persons whose returns have not been given up.
    pub members: Vec<Member>,
    /// All grants.
    pub grants: Vec<CashGrant>,
}

/// A family unit across its cases, as it counts for one grant.
#[derive(Clone, Debug)]
pub struct FamilyUnit<'a> {
    /// The persons.
    pub members: Vec<Member>,
    /// The grants that count against the rule: approved or paid, of the same project, of another id.
    pub grants: Vec<&'a CashGrant>,
}

/// How an entitlement came about, line by line, in the rule's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computation {
    /// Names the computation.
    pub id: GrantComputationId,
    /// The case of the grant.
    pub case_id: CaseId,
    /// The grant.
    pub grant: CashGrantId,
    /// The rule.
    pub rule: GrantRuleId,
    /// When it was computed.
    pub computed_at: DateTime<Utc>,
    /// How many persons the unit has.
    pub persons: i32,
    /// Currency of the amounts.
    pub currency: CurrencyCode,
    /// What the rule gives to the person.
    pub person_minor: i64,
    /// What the rule would give to all persons of the unit.
    pub household_minor: i64,
    /// What the unit gets at most.
    pub family_cap_minor: Option<i64>,
    /// The person's share after the split.
    pub share_minor: i64,
    /// What the unit had been granted before.
    pub to_family_minor: i64,
    /// What the person had been granted before.
    pub to_person_minor: i64,
    /// What is left for the person.
    pub entitlement_minor: i64,
}

impl Computation {
    /// Refuses an amount above the entitlement, and says which of the limits it breaks.
    ///
    /// # Errors
    ///
    /// `PERSON_AMOUNT_EXCEEDED`, `FAMILY_CAP_EXCEEDED`.
    pub fn allows(&self, counted_minor: i64) -> Result<(), Refusal> {
        if counted_minor <= self.entitlement_minor {
            return Ok(());
        }
        let for_person = self.share_minor.saturating_sub(self.to_person_minor);
        let reason = if counted_minor > for_person && self.share_minor == self.person_minor {
            Reason::PersonAmountExceeded
        } else {
            Reason::FamilyCapExceeded
        };
        Err(Refusal::at(reason, "amount"))
    }
}

/// What the rule gives to a member before any cap.
fn amount_of(rule: &GrantRule, member: Member) -> i64 {
    match rule.dependant_minor {
        Some(dependant) if !member.principal => dependant,
        _ => rule.person_minor,
    }
}

/// What each member's share is: their own amount, or a part of what the family may have, with what does not divide for
/// the principal.
fn share_of(rule: &GrantRule, payee: Member, members: &[Member]) -> i64 {
    let own = amount_of(rule, payee);
    let (SplitPolicy::ProRata, Some(cap)) = (rule.split_policy, rule.family_cap_minor) else {
        return own;
    };
    let all: i128 = members
        .iter()
        .map(|member| i128::from(amount_of(rule, *member)))
        .sum();
    let family = all.min(cap.into());
    if all == 0 || family == all {
        return own;
    }
    let part = |member: Member| family * i128::from(amount_of(rule, member)) / all;
    let rest = family - members.iter().map(|member| part(*member)).sum::<i128>();
    let share = part(payee) + if payee.principal { rest } else { 0 };
    i64::try_from(share).unwrap_or(own)
}

/// Computes what a person may still be granted under a rule.
///
/// # Errors
///
/// `NOT_ON_THIS_CASE` for somebody who is not of the unit; `EXCHANGE_RATE_MISSING` where an earlier grant counts in
/// another currency.
pub fn compute(
    rule: &GrantRule,
    grant: &CashGrant,
    unit: &FamilyUnit<'_>,
    funding: &Funding,
    now: DateTime<Utc>,
) -> Result<Computation, Refusal> {
    let mut members = unit.members.iter();
    let payee = members.find(|member| member.person == grant.person_id);
    let payee = *payee.ok_or(Refusal::at(Reason::NotOnThisCase, "personId"))?;
    let (mut to_family, mut to_person) = (0_i64, 0_i64);
    for earlier in &unit.grants {
        let counted = counts_for(earlier, rule.currency, funding, now)?;
        to_family = to_family.saturating_add(counted);
        if earlier.person_id == payee.person {
            to_person = to_person.saturating_add(counted);
        }
    }
    let share = share_of(rule, payee, &unit.members);
    let for_person = share.saturating_sub(to_person);
    let for_family = rule
        .family_cap_minor
        .map_or(i64::MAX, |cap| cap.saturating_sub(to_family));
    let household = unit.members.iter().map(|member| amount_of(rule, *member));
    Ok(Computation {
        id: GrantComputationId::from(new_id(now)),
        case_id: grant.case_id,
        grant: grant.id,
        rule: rule.id,
        computed_at: now,
        persons: i32::try_from(unit.members.len()).unwrap_or(i32::MAX),
        currency: rule.currency,
        person_minor: amount_of(rule, payee),
        household_minor: household.fold(0, i64::saturating_add),
        family_cap_minor: rule.family_cap_minor,
        share_minor: share,
        to_family_minor: to_family,
        to_person_minor: to_person,
        entitlement_minor: for_person.min(for_family).max(0),
    })
}

/// What a grant counts in a currency: what is paid of it or still may be.
fn counts_for(
    grant: &CashGrant,
    currency: CurrencyCode,
    funding: &Funding,
    now: DateTime<Utc>,
) -> Result<i64, Refusal> {
    let standing = grant.standing_minor();
    match grant.counted {
        Some(counted) if counted.currency == currency && standing == grant.amount.amount_minor => {
            Ok(counted.amount_minor)
        }
        _ => {
            let money = Money {
                amount_minor: standing,
                currency: grant.amount.currency,
            };
            let (counted, _) = funding.in_currency(money, currency, now.date_naive(), true)?;
            Ok(counted.amount_minor)
        }
    }
}

impl<'a> FamilyUnit<'a> {
    /// The unit as it counts for a grant: its persons, and its other grants of the same project that are approved.
    #[must_use]
    pub fn around(
        grant: CashGrantId,
        project: ProjectId,
        members: Vec<Member>,
        grants: impl Iterator<Item = &'a CashGrant>,
    ) -> Self {
        let counting = grants
            .filter(|other| other.id != grant && other.funding_project == Some(project) && other.counts());
        Self {
            members,
            grants: counting.collect(),
        }
    }
}

/// Whether a case is the one that its family began with.
#[must_use]
pub fn begins(family: FamilyId, case: CaseId) -> bool {
    family.uuid() == case.uuid()
}

#[cfg(test)]
mod tests;
