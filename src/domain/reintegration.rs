//! Help to start anew after return: a package of items under a ceiling (DOMAIN 2.7).

use super::money::Money;
use super::transition::{Reason, Refusal};
use crate::codes;
use crate::ids::{CaseId, PersonId, ReintegrationPackageId};
use chrono::{DateTime, Utc};

codes! { "State of a reintegration package." ReintegrationPackageState {
    Proposed = "PROPOSED": "Put forward before departure.",
    Agreed = "AGREED": "Signed by the returnee and the receiving mission.",
    InDelivery = "IN_DELIVERY": "Items are being delivered.",
    Delivered = "DELIVERED": "Every item is delivered.",
    Closed = "CLOSED": "Delivered and followed up.",
    Forfeited = "FORFEITED": "Will not be delivered.",
} }

codes! { "Category of reintegration assistance (S0:120)." ReintegrationCategory {
    Housing = "HOUSING": "Housing and accommodation.",
    Education = "EDUCATION": "Education and training.",
    IncomeGeneration = "INCOME_GENERATION": "Employment, access to the labour market and income generation.",
    Health = "HEALTH": "Medical and health care.",
    PrimaryGoods = "PRIMARY_GOODS": "Primary goods.",
    AdministrativeAndLegal = "ADMINISTRATIVE_AND_LEGAL": "Administrative and legal support.",
    AccessToServices = "ACCESS_TO_SERVICES": "Costs of accessing services.",
} }

codes! { "How an item is given." Modality {
    InKind = "IN_KIND": "Bought and handed over, or paid to the provider.",
    Cash = "CASH": "Paid to the person.",
    Reimbursement = "REIMBURSEMENT": "Paid back against a receipt.",
} }

codes! { "State of a package item." PackageItemState {
    Planned = "PLANNED": "In the plan.",
    Delivered = "DELIVERED": "Given.",
    Dropped = "DROPPED": "Will not be given.",
} }

/// One item of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageItem {
    /// Place in the plan, from 0.
    pub position: i32,
    /// Category.
    pub category: ReintegrationCategory,
    /// How it is given.
    pub modality: Modality,
    /// What it is.
    pub description: String,
    /// Cost in the package's currency, in minor units.
    pub amount_minor: i64,
    /// State.
    pub state: PackageItemState,
}

/// A package for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReintegrationPackage {
    /// Names the package.
    pub id: ReintegrationPackageId,
    /// The case.
    pub case_id: CaseId,
    /// The person it is for.
    pub person_id: PersonId,
    /// State.
    pub state: ReintegrationPackageState,
    /// What the items may cost together.
    pub ceiling: Money,
    /// The plan in words.
    pub plan: Option<String>,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// When it came to its end.
    pub ended_at: Option<DateTime<Utc>>,
    /// The items, in order.
    pub items: Vec<PackageItem>,
    /// Counts the changes of this row.
    pub version: i32,
}

/// Checks that items fit under a ceiling.
///
/// # Errors
///
/// `INVALID` for a negative amount, `CEILING_EXCEEDED`.
pub fn check_ceiling(ceiling: Money, items: &[PackageItem]) -> Result<(), Refusal> {
    if items.iter().any(|item| item.amount_minor < 0) {
        return Err(Refusal::at(Reason::Invalid, "items"));
    }
    let sum = items
        .iter()
        .try_fold(0_i64, |sum, item| sum.checked_add(item.amount_minor));
    match sum {
        Some(sum) if sum <= ceiling.amount_minor => Ok(()),
        _ => Err(Refusal::at(Reason::CeilingExceeded, "items")),
    }
}
