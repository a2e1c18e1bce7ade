//! Help to start anew after return: a package of items under a ceiling (DOMAIN 2.7).

use super::money::Money;
use super::transition::{Reason, Refusal};
use crate::ids::{CaseId, MonitoringContactId, OrganisationId, PersonId, ProjectId, ReintegrationPackageId};
use crate::{codes, lifecycle};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

codes! { "State of a reintegration package." ReintegrationPackageState {
    Proposed = "PROPOSED": "Put forward before or after the return.",
    Agreed = "AGREED": "Signed by the returnee and the receiving mission.",
    DonorApproved = "DONOR_APPROVED": "The donor has approved its exceptional items.",
    InDelivery = "IN_DELIVERY": "Items are being delivered.",
    Delivered = "DELIVERED": "Every item is delivered.",
    Monitored = "MONITORED": "Followed up after delivery.",
    Closed = "CLOSED": "Delivered, verified and followed up.",
    Suspended = "SUSPENDED": "Halted for a reason; goes on from where it stood.",
    Forfeited = "FORFEITED": "What was not delivered will not be.",
    Transferred = "TRANSFERRED": "Given to another mission, which has yet to agree on it with the returnee.",
} }

lifecycle! { "The life of a reintegration package (DOMAIN 2.7)." PACKAGE "ReintegrationPackage": ReintegrationPackageState {
    begin "proposeReintegrationPackage" => Proposed;
    "agreeReintegrationPackage": Proposed | Transferred => Agreed;
    "approveDonorException": Agreed => DonorApproved;
    "deliverPackageItem": Agreed | DonorApproved | InDelivery => InDelivery | Delivered;
    "amendReintegrationPackage": InDelivery => Delivered;
    "recordMonitoringContact": Delivered => Monitored;
    "closeReintegrationPackage": Monitored => Closed;
    "suspendReintegrationPackage": Agreed | DonorApproved | InDelivery => Suspended;
    "resumeReintegrationPackage": Suspended => Agreed | DonorApproved | InDelivery;
    "transferReintegrationPackage": Agreed | DonorApproved | InDelivery | Suspended => Transferred;
    "forfeitReintegrationPackage": Proposed | Agreed | DonorApproved | InDelivery | Suspended | Transferred => Forfeited;
    "withdrawCase": Proposed | Agreed | DonorApproved | Suspended | Transferred => Forfeited;
} }

impl ReintegrationPackageState {
    /// Whether the plan may still be changed: not everything is delivered yet.
    #[must_use]
    pub fn is_amendable(self) -> bool {
        matches!(
            self,
            Self::Proposed | Self::Agreed | Self::DonorApproved | Self::InDelivery
        )
    }

    /// Whether something may be delivered, and the donor asked for more.
    #[must_use]
    pub fn is_agreed(self) -> bool {
        matches!(self, Self::Agreed | Self::DonorApproved | Self::InDelivery)
    }
}

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
    Quoted = "QUOTED": "In the plan, at the price that a supplier named.",
    Approved = "APPROVED": "May be given.",
    Ordered = "ORDERED": "Ordered from the supplier.",
    Delivered = "DELIVERED": "Given, or bought by the person.",
    ReceiptVerified = "RECEIPT_VERIFIED": "Its receipt has been checked.",
    Reimbursed = "REIMBURSED": "Its receipt has been checked and the price paid back.",
    Rejected = "REJECTED": "The donor does not approve it.",
    Dropped = "DROPPED": "Will not be given.",
} }

lifecycle! { "The life of one item of a package (DOMAIN 2.7)." PACKAGE_ITEM "PackageItem": PackageItemState {
    begin "proposeReintegrationPackage" => Planned;
    begin "amendReintegrationPackage" => Planned;
    "quotePackageItem": Planned | Quoted => Quoted;
    "agreeReintegrationPackage": Planned | Quoted => Approved;
    "amendReintegrationPackage": Planned | Quoted => Approved | Dropped;
    "amendReintegrationPackage": Approved | Ordered => Dropped;
    "approveDonorException": Planned | Quoted => Approved | Rejected;
    "orderPackageItem": Approved => Ordered;
    "deliverPackageItem": Approved | Ordered => Delivered;
    "verifyPackageReceipt": Delivered => ReceiptVerified | Reimbursed;
    "forfeitReintegrationPackage": Planned | Quoted | Approved | Ordered => Dropped;
    "withdrawCase": Planned | Quoted | Approved | Ordered => Dropped;
} }

impl PackageItemState {
    /// Whether it counts against the ceiling: given, or still to be given.
    #[must_use]
    pub fn counts(self) -> bool {
        !matches!(self, Self::Rejected | Self::Dropped)
    }

    /// Whether it is still to be given.
    #[must_use]
    pub fn is_outstanding(self) -> bool {
        matches!(
            self,
            Self::Planned | Self::Quoted | Self::Approved | Self::Ordered
        )
    }

    /// Whether nobody has approved it yet.
    #[must_use]
    pub fn awaits_approval(self) -> bool {
        matches!(self, Self::Planned | Self::Quoted)
    }
}

codes! { "Why a package is suspended." PackageSuspensionReason {
    ContactLost = "CONTACT_LOST": "The person cannot be reached.",
    InsecureArea = "INSECURE_AREA": "The place cannot be reached safely.",
    Misuse = "MISUSE": "What was given is not used as agreed.",
    AwaitingDonor = "AWAITING_DONOR": "The donor has to decide first.",
} }

codes! { "How a returnee was contacted to see how the package serves (S3:1180)." MonitoringMode {
    Visit = "VISIT": "A visit on site.",
    Phone = "PHONE": "A call.",
    Picture = "PICTURE": "Pictures and documents that the person sent.",
    Office = "OFFICE": "The person came to the office, where security forbids a visit.",
} }

codes! { "What a monitoring contact found." MonitoringResult {
    OnTrack = "ON_TRACK": "It goes as planned.",
    Difficulties = "DIFFICULTIES": "It goes on, with difficulties.",
    Stopped = "STOPPED": "It has been given up.",
    NotReached = "NOT_REACHED": "The person was not reached.",
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
    /// Whether the donor has to approve it (S3:1307).
    pub exceptional: bool,
    /// State.
    pub state: PackageItemState,
    /// The supplier's offer, as the mission files it.
    pub quote_reference: Option<String>,
    /// When its price was quoted, the last time.
    pub quoted_at: Option<DateTime<Utc>>,
    /// When it was ordered.
    pub ordered_at: Option<DateTime<Utc>>,
    /// When it was given.
    pub delivered_at: Option<DateTime<Utc>>,
    /// The signature of who gave it.
    pub delivered_by: Option<String>,
    /// The receipt that was checked.
    pub receipt_reference: Option<String>,
    /// When the receipt was checked.
    pub receipt_verified_at: Option<DateTime<Utc>>,
}

/// An item as it is put into a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    /// Category.
    pub category: ReintegrationCategory,
    /// How it is given.
    pub modality: Modality,
    /// What it is.
    pub description: String,
    /// Cost in the package's currency, in minor units.
    pub amount_minor: i64,
    /// Whether the donor has to approve it.
    pub exceptional: bool,
}

impl NewItem {
    /// The item at its place in a plan.
    #[must_use]
    pub fn at(self, position: i32) -> PackageItem {
        PackageItem {
            position,
            category: self.category,
            modality: self.modality,
            description: self.description,
            amount_minor: self.amount_minor,
            exceptional: self.exceptional,
            state: PackageItemState::Planned,
            quote_reference: None,
            quoted_at: None,
            ordered_at: None,
            delivered_at: None,
            delivered_by: None,
            receipt_reference: None,
            receipt_verified_at: None,
        }
    }
}

/// A contact with the returnee after the return, to see how the package serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonitoringContact {
    /// Names the contact.
    pub id: MonitoringContactId,
    /// How.
    pub mode: MonitoringMode,
    /// What it found.
    pub result: MonitoringResult,
    /// The day.
    pub on: NaiveDate,
    /// The member of staff, as the mission's own system names them.
    pub by: String,
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
    /// The project that pays for it.
    pub funding_project: Option<ProjectId>,
    /// State.
    pub state: ReintegrationPackageState,
    /// What the items may cost together.
    pub ceiling: Money,
    /// Whether its donor project allows items in cash.
    pub cash_allowed: bool,
    /// The plan in words.
    pub plan: Option<String>,
    /// Counts the plans, from 1.
    pub revision: i32,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// When the plan was signed by the returnee and the receiving mission.
    pub agreed_at: Option<DateTime<Utc>>,
    /// The donor's reference for its approval of exceptional items.
    pub donor_approval: Option<String>,
    /// The state that it goes on from, while it is suspended.
    pub suspended_from: Option<ReintegrationPackageState>,
    /// Why it is suspended.
    pub suspension_reason: Option<PackageSuspensionReason>,
    /// The mission that it was given to; else the case's receiving mission keeps it.
    pub transferred_to: Option<OrganisationId>,
    /// When it came to its end.
    pub ended_at: Option<DateTime<Utc>>,
    /// The items, in order.
    pub items: Vec<PackageItem>,
    /// Contacts with the returnee, oldest first.
    pub contacts: Vec<MonitoringContact>,
    /// Counts the changes of this row.
    pub version: i32,
}

/// How long a package waits to be claimed: from the return, the agreement or the last delivery, whichever was last.
pub const CLAIM_WINDOW: TimeDelta = TimeDelta::days(90);

impl ReintegrationPackage {
    /// Checks that the items that count fit under the ceiling, and that none is cash where cash is not allowed.
    ///
    /// # Errors
    ///
    /// `INVALID` for a negative amount, `CEILING_EXCEEDED`, `CASH_NOT_ALLOWED`.
    pub fn check(&self) -> Result<(), Refusal> {
        let counting = || self.items.iter().filter(|item| item.state.counts());
        if counting().any(|item| item.amount_minor < 0) {
            return Err(Refusal::at(Reason::Invalid, "items"));
        }
        let sum = counting().try_fold(0_i64, |sum, item| sum.checked_add(item.amount_minor));
        if sum.is_none_or(|sum| sum > self.ceiling.amount_minor) {
            return Err(Refusal::at(Reason::CeilingExceeded, "items"));
        }
        if !self.cash_allowed && counting().any(|item| item.modality == Modality::Cash) {
            return Err(Refusal::at(Reason::CashNotAllowed, "items"));
        }
        Ok(())
    }

    /// Gives up what has not been given yet.
    pub(super) fn drop_outstanding(&mut self, step: &str) -> Result<(), Refusal> {
        for item in self.items.iter_mut().filter(|item| item.state.is_outstanding()) {
            item.state = PACKAGE_ITEM.step(step, item.state, PackageItemState::Dropped)?;
        }
        Ok(())
    }

    /// Gives the package up, with what has not been given yet.
    pub(super) fn forfeit(&mut self, step: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.state = PACKAGE.step(step, self.state, ReintegrationPackageState::Forfeited)?;
        self.ended_at = Some(now);
        self.suspended_from = None;
        self.suspension_reason = None;
        self.drop_outstanding(step)
    }

    /// Whether something was given, and nothing is left to give.
    #[must_use]
    pub fn is_delivered(&self) -> bool {
        let given = |item: &PackageItem| item.state.counts() && !item.state.is_outstanding();
        self.items.iter().any(given) && !self.items.iter().any(|item| item.state.is_outstanding())
    }
}
