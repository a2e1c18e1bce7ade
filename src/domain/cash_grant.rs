//! Money for a person's first days: a grant, paid in one or two tranches (DOMAIN 2.6).

use super::money::{CurrencyCode, Money};
use super::transition::{Reason, Refusal};
use crate::codes;
use crate::ids::{CaseId, CashGrantId, PersonId};
use chrono::{DateTime, Utc};

codes! { "State of a cash grant." CashGrantState {
    Proposed = "PROPOSED": "Computed and put forward.",
    Approved = "APPROVED": "May be paid.",
    PartiallyPaid = "PARTIALLY_PAID": "A tranche is paid, another is not.",
    Paid = "PAID": "Every tranche is paid.",
    Voided = "VOIDED": "What was unpaid will not be paid.",
} }

codes! { "State of a tranche." TrancheState {
    Scheduled = "SCHEDULED": "Not paid yet.",
    Paid = "PAID": "Paid.",
    Voided = "VOIDED": "Will not be paid.",
} }

/// One payment of a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tranche {
    /// Number, from 1.
    pub number: i32,
    /// Amount in the grant's currency, in minor units.
    pub amount_minor: i64,
    /// State.
    pub state: TrancheState,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
}

/// A grant to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashGrant {
    /// Names the grant.
    pub id: CashGrantId,
    /// The case.
    pub case_id: CaseId,
    /// The person it is for.
    pub person_id: PersonId,
    /// State.
    pub state: CashGrantState,
    /// Amount.
    pub amount: Money,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// When it was paid in full or voided.
    pub ended_at: Option<DateTime<Utc>>,
    /// The payments, in order.
    pub tranches: Vec<Tranche>,
    /// Counts the changes of this row.
    pub version: i32,
}

/// Turns amounts into the tranches of a grant: one or two, each positive, adding up to the whole (INV-09).
///
/// # Errors
///
/// `TRANCHES_DO_NOT_ADD_UP`.
pub fn tranches(amount: Money, parts: &[i64]) -> Result<Vec<Tranche>, Refusal> {
    let sum = parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(*part));
    let fits = (1..=2).contains(&parts.len())
        && parts.iter().all(|part| *part > 0)
        && sum == Some(amount.amount_minor);
    if !fits {
        return Err(Refusal::at(Reason::TranchesDoNotAddUp, "trancheAmountsMinor"));
    }
    Ok((1..)
        .zip(parts)
        .map(|(number, part)| Tranche {
            number,
            amount_minor: *part,
            state: TrancheState::Scheduled,
            paid_at: None,
        })
        .collect())
}

impl CashGrant {
    /// The currency that all its tranches are in.
    #[must_use]
    pub fn currency(&self) -> CurrencyCode {
        self.amount.currency
    }
}
