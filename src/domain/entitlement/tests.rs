//! No order of proposals, approvals and voids gives a family more than its cap, or a person more than their amount.

use super::*;
use crate::domain::cash_grant::{CashGrantState, Tranche, TrancheState, tranches};
use crate::domain::funding::TranchePolicy;
use chrono::NaiveDate;
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH
}

fn dollars(amount_minor: i64) -> Money {
    Money {
        amount_minor,
        currency: CurrencyCode::parse("USD").expect("a currency"),
    }
}

fn rule(person: i64, cap: Option<i64>, split_policy: SplitPolicy) -> GrantRule {
    GrantRule {
        id: new_id(now()).into(),
        code: "R-1".to_owned(),
        project: new_id(now()).into(),
        nationalities: Vec::new(),
        valid_from: NaiveDate::MIN,
        valid_to: None,
        currency: dollars(0).currency,
        person_minor: person,
        dependant_minor: None,
        family_cap_minor: cap,
        return_allowance_minor: None,
        tranche_policy: TranchePolicy::OneWithReason,
        split_policy,
        version: 1,
    }
}

fn family(persons: usize) -> Vec<Member> {
    let members = (0..persons).map(|nth| Member {
        person: new_id(now()).into(),
        principal: nth == 0,
    });
    members.collect()
}

fn grant(rule: &GrantRule, person: PersonId) -> CashGrant {
    CashGrant {
        id: new_id(now()).into(),
        case_id: new_id(now()).into(),
        person_id: person,
        state: CashGrantState::Proposed,
        amount: dollars(0),
        funding_project: Some(rule.project),
        rule: Some(rule.id),
        counted: None,
        exchange_rate: None,
        proposed_by: None,
        approved_by: None,
        donor_approval: None,
        single_tranche_reason: None,
        end_reason: None,
        recovery: None,
        account: None,
        proposed_at: now(),
        approved_at: None,
        ended_at: None,
        tranches: Vec::new(),
        version: 1,
    }
}

/// What is computed for a grant beside all others.
fn computed(rule: &GrantRule, members: &[Member], grants: &[CashGrant], grant: &CashGrant) -> Computation {
    let unit = FamilyUnit::around(grant.id, rule.project, members.to_vec(), grants.iter());
    compute(rule, grant, &unit, &Funding::default(), now()).expect("an entitlement")
}

/// Grants each member in turn what is left, and returns what each got.
fn each_in_turn(rule: &GrantRule, members: &[Member]) -> Vec<i64> {
    let mut grants: Vec<CashGrant> = Vec::new();
    for member in members {
        let mut next = grant(rule, member.person);
        let left = computed(rule, members, &grants, &next).entitlement_minor;
        approve(&mut next, left);
        grants.push(next);
    }
    grants.iter().map(|grant| grant.amount.amount_minor).collect()
}

fn approve(grant: &mut CashGrant, amount: i64) {
    grant.state = CashGrantState::Approved;
    grant.amount = dollars(amount);
    grant.counted = Some(dollars(amount));
    grant.tranches = tranches(grant.amount, &[amount]).unwrap_or_default();
}

#[test]
fn inv_07_a_family_of_six_gets_the_cap_and_not_more() {
    let iraq = rule(200_000, Some(1_000_000), SplitPolicy::FirstCome);
    assert_eq!(
        each_in_turn(&iraq, &family(6)),
        [200_000, 200_000, 200_000, 200_000, 200_000, 0]
    );
    let sri_lanka = rule(100_000, Some(500_000), SplitPolicy::FirstCome);
    assert_eq!(each_in_turn(&sri_lanka, &family(6)).iter().sum::<i64>(), 500_000);
    assert_eq!(each_in_turn(&sri_lanka, &family(1)), [100_000]);
}

#[test]
fn a_shared_cap_leaves_what_does_not_divide_to_the_head() {
    let shared = rule(200_000, Some(1_000_000), SplitPolicy::ProRata);
    let each = each_in_turn(&shared, &family(6));
    assert_eq!(each, [166_670, 166_666, 166_666, 166_666, 166_666, 166_666]);
    assert_eq!(each.iter().sum::<i64>(), 1_000_000);
    let principal = GrantRule {
        dependant_minor: Some(100_000),
        ..rule(200_000, None, SplitPolicy::ProRata)
    };
    assert_eq!(each_in_turn(&principal, &family(3)), [200_000, 100_000, 100_000]);
}

#[test]
fn amounts_that_no_account_holds_do_not_overflow() {
    let vast = rule(i64::MAX, Some(i64::MAX), SplitPolicy::ProRata);
    let each = each_in_turn(&vast, &family(20));
    assert!(each.iter().all(|amount| *amount > 0));
    assert_eq!(
        each.iter().map(|amount| i128::from(*amount)).sum::<i128>(),
        i128::from(i64::MAX)
    );
    let first = rule(i64::MAX, None, SplitPolicy::FirstCome);
    assert_eq!(each_in_turn(&first, &family(2)), [i64::MAX, i64::MAX]);
}

/// One thing that happens: a proposal, an approval, a payment or a void of some grant.
#[derive(Clone, Copy, Debug)]
enum Act {
    Propose { member: usize, part: u8 },
    Approve(usize),
    Pay(usize),
    Void(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0..8_usize, 1..=255_u8).prop_map(|(member, part)| Act::Propose { member, part }),
        (0..16_usize).prop_map(Act::Approve),
        (0..16_usize).prop_map(Act::Pay),
        (0..16_usize).prop_map(Act::Void),
    ]
}

fn standing(grants: &[CashGrant], of: impl Fn(&CashGrant) -> bool) -> i64 {
    let counting = grants.iter().filter(|grant| grant.counts() && of(grant));
    counting.map(CashGrant::standing_minor).sum()
}

fn pay(tranche: Option<&mut Tranche>) {
    if let Some(tranche) = tranche {
        tranche.state = TrancheState::Paid;
    }
}

proptest! {
    /// INV-07: whatever is proposed, approved, paid and voided in whatever order, the limits hold after every step.
    #[test]
    fn inv_07_no_order_of_steps_exceeds_a_limit(
        acts in prop::collection::vec(act(), 1..80),
        persons in 1..8_usize,
        (amount, cap) in (1..1_000_000_i64, 1..5_000_000_i64),
        pro_rata in any::<bool>(),
    ) {
        let split = if pro_rata { SplitPolicy::ProRata } else { SplitPolicy::FirstCome };
        let rule = rule(amount, Some(cap), split);
        let members = family(persons);
        let mut grants: Vec<CashGrant> = Vec::new();
        for act in acts {
            match act {
                Act::Propose { member, part } => {
                    let mut new = grant(&rule, members[member % persons].person);
                    let whole = computed(&rule, &members, &grants, &new).entitlement_minor;
                    let some = whole * i64::from(part) / 255;
                    if some > 1 {
                        new.amount = dollars(some);
                        new.counted = Some(dollars(some));
                        new.tranches = tranches(new.amount, &[some - some / 2, some / 2]).expect("two parts");
                        grants.push(new);
                    }
                }
                Act::Approve(nth) if !grants.is_empty() => {
                    let nth = nth % grants.len();
                    let left = computed(&rule, &members, &grants, &grants[nth]);
                    let asked = grants[nth].amount.amount_minor;
                    if grants[nth].state == CashGrantState::Proposed && left.allows(asked).is_ok() {
                        grants[nth].state = CashGrantState::Approved;
                    }
                }
                Act::Pay(nth) if !grants.is_empty() => {
                    let nth = nth % grants.len();
                    if grants[nth].state == CashGrantState::Approved {
                        grants[nth].state = CashGrantState::PartiallyPaid;
                        pay(grants[nth].tranches.first_mut());
                    }
                }
                Act::Void(nth) if !grants.is_empty() => {
                    let nth = nth % grants.len();
                    let voided = &mut grants[nth];
                    voided.state = match voided.state {
                        CashGrantState::PartiallyPaid | CashGrantState::Recovery => CashGrantState::Recovery,
                        _ => CashGrantState::Voided,
                    };
                    for tranche in voided.tranches.iter_mut().filter(|tranche| tranche.state.is_unpaid()) {
                        tranche.state = TrancheState::Voided;
                    }
                }
                _ => {}
            }
            prop_assert!(standing(&grants, |_| true) <= cap);
            for member in &members {
                prop_assert!(standing(&grants, |grant| grant.person_id == member.person) <= amount);
            }
        }
        // What is voided is free again: once all is, the first person gets what the rule gives.
        for grant in &mut grants {
            grant.state = CashGrantState::Voided;
        }
        let first = grant(&rule, members[0].person);
        let again = computed(&rule, &members, &grants, &first);
        prop_assert_eq!(again.entitlement_minor, again.share_minor.min(cap));
    }
}
