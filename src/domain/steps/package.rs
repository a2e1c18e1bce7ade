//! Reintegration packages: from the proposal to the follow-up (SOP I6a, I6b; DOMAIN 2.7).

use super::require;
use crate::domain::case::CaseState;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::money::Money;
use crate::domain::reintegration::{
    Modality, NewItem, PACKAGE, PACKAGE_ITEM, PackageItem, PackageItemState, ReintegrationPackage,
    ReintegrationPackageState,
};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{PersonId, ReintegrationPackageId, new_id};
use chrono::{DateTime, Utc};

/// What a package is put forward with.
#[derive(Clone, Debug)]
pub struct NewPackage {
    /// The person it is for.
    pub person: PersonId,
    /// What the items may cost together.
    pub ceiling: Money,
    /// Whether its donor project allows items in cash.
    pub cash_allowed: bool,
    /// The plan in words.
    pub plan: Option<String>,
    /// The items.
    pub items: Vec<NewItem>,
}

/// A change of a plan.
#[derive(Clone, Debug)]
pub struct Amendment {
    /// The plan in words, where it changes.
    pub plan: Option<String>,
    /// Places of the items that are given up.
    pub dropped: Vec<i32>,
    /// Items that are added.
    pub added: Vec<NewItem>,
}

impl CaseFile {
    /// Puts a reintegration package forward.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NOT_YET_ADMITTED`, `NOT_ON_THIS_CASE`, `INVALID`, `CEILING_EXCEEDED`, `CASH_NOT_ALLOWED`.
    pub fn propose_package(self, new: NewPackage, c: &Circumstances<'_>) -> Result<Changed<Self>, Refusal> {
        self.accepts_assistance_for(new.person)?;
        let id = new_id(c.now).into();
        let package = ReintegrationPackage {
            id,
            case_id: self.case.id,
            person_id: new.person,
            funding_project: self.case.funding_project,
            state: ReintegrationPackageState::Proposed,
            ceiling: new.ceiling,
            cash_allowed: new.cash_allowed,
            plan: new.plan,
            revision: 1,
            proposed_at: c.now,
            agreed_at: None,
            donor_approval: None,
            suspended_from: None,
            suspension_reason: None,
            transferred_to: None,
            ended_at: None,
            items: (0..)
                .zip(new.items)
                .map(|(position, item)| item.at(position))
                .collect(),
            contacts: Vec::new(),
            version: 1,
        };
        package.check()?;
        let mut next = self.clone();
        next.packages.push(package);
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::ReintegrationPackageProposed(id)],
        ))
    }

    /// Records that the returnee and the receiving mission have signed the plan. Items wait for nothing more, but those
    /// that the donor has to approve.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`, `NOT_YET_ADMITTED`, `DATE_OUT_OF_ORDER`.
    pub fn agree_package(
        self,
        id: ReintegrationPackageId,
        signed_at: DateTime<Utc>,
        plan: Option<String>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        self.is_open()?;
        c.not_in_the_future(signed_at, "signedAt")?;
        let step = "agreeReintegrationPackage";
        self.on_package(id, c, DomainEvent::ReintegrationPackageAgreed(id), |package| {
            package.state = PACKAGE.step(step, package.state, ReintegrationPackageState::Agreed)?;
            package.agreed_at = Some(signed_at);
            package.plan = plan.or(package.plan.take());
            approve_usual(package, step)
        })
    }

    /// Changes the plan before everything is delivered, under the same ceiling; what is given up counts no more.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`, `NO_SUCH_ITEM`, `INVALID`, `CEILING_EXCEEDED`, `CASH_NOT_ALLOWED`.
    pub fn amend_package(
        self,
        id: ReintegrationPackageId,
        amendment: Amendment,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        self.is_open()?;
        let step = "amendReintegrationPackage";
        self.on_package(id, c, DomainEvent::ReintegrationPackageAmended(id), |package| {
            require(package.state.is_amendable(), Reason::WrongState)?;
            for position in amendment.dropped {
                let item = item_mut(package, position, "dropItems")?;
                item.state = PACKAGE_ITEM.step(step, item.state, PackageItemState::Dropped)?;
            }
            for item in amendment.added {
                let position = i32::try_from(package.items.len()).unwrap_or(i32::MAX);
                package.items.push(item.at(position));
            }
            package.check()?;
            package.plan = amendment.plan.or(package.plan.take());
            package.revision += 1;
            if package.state != ReintegrationPackageState::Proposed {
                approve_usual(package, step)?;
            }
            if package.state == ReintegrationPackageState::InDelivery && package.is_delivered() {
                package.state = PACKAGE.step(step, package.state, ReintegrationPackageState::Delivered)?;
            }
            Ok(())
        })
    }

    /// Records what the donor decided on exceptional items (S3:1307).
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`, `NO_SUCH_ITEM`, `INVALID` without a reference.
    pub fn decide_exception(
        self,
        id: ReintegrationPackageId,
        positions: &[i32],
        approved: bool,
        reference: &str,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        self.is_open()?;
        if positions.is_empty() || reference.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "donorApprovalReference"));
        }
        let step = "approveDonorException";
        let changed = self.on_package(id, c, DomainEvent::DonorExceptionDecided(id), |package| {
            require(package.state.is_agreed(), Reason::WrongState)?;
            for position in positions {
                let item = item_mut(package, *position, "items")?;
                if !item.exceptional {
                    return Err(Refusal::at(Reason::NoSuchItem, "items"));
                }
                let decided = if approved {
                    PackageItemState::Approved
                } else {
                    PackageItemState::Rejected
                };
                item.state = PACKAGE_ITEM.step(step, item.state, decided)?;
            }
            package.donor_approval = Some(reference.to_owned());
            if approved && package.state == ReintegrationPackageState::Agreed {
                package.state =
                    PACKAGE.step(step, package.state, ReintegrationPackageState::DonorApproved)?;
            }
            Ok(())
        })?;
        Ok(changed.because(if approved { "APPROVED" } else { "REJECTED" }))
    }

    /// Records that an item was given, or bought by the person where it is paid back: after the return, never before.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NOT_YET_ADMITTED`, `HELD_BY_ANOTHER_MISSION`, `NO_SUCH_ITEM`, `DONOR_APPROVAL_MISSING`.
    pub fn deliver_item(
        self,
        id: ReintegrationPackageId,
        position: i32,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        require(self.has_returned(), Reason::WrongState)?;
        let (step, by) = ("deliverPackageItem", c.by.signature());
        self.on_package(
            id,
            c,
            DomainEvent::PackageItemDelivered(id, position),
            |package| {
                require(package.state.is_agreed(), Reason::WrongState)?;
                let item = item_mut(package, position, "item")?;
                approved_by_donor(item)?;
                item.state = PACKAGE_ITEM.step(step, item.state, PackageItemState::Delivered)?;
                item.delivered_at = Some(c.now);
                item.delivered_by = Some(by);
                let next = if package.is_delivered() {
                    ReintegrationPackageState::Delivered
                } else {
                    ReintegrationPackageState::InDelivery
                };
                package.state = PACKAGE.step(step, package.state, next)?;
                Ok(())
            },
        )
    }

    /// Records that the receipt of an item was checked, by somebody else than who gave it; what is paid back is paid now.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`, `NO_SUCH_ITEM`, `INVALID` without a reference, `FOUR_EYES`.
    pub fn verify_receipt(
        self,
        id: ReintegrationPackageId,
        position: i32,
        receipt: String,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        if receipt.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "receiptReference"));
        }
        let (step, by) = ("verifyPackageReceipt", c.by.signature());
        self.on_package(
            id,
            c,
            DomainEvent::PackageReceiptVerified(id, position),
            |package| {
                let item = item_mut(package, position, "item")?;
                let verified = match item.modality {
                    Modality::Reimbursement => PackageItemState::Reimbursed,
                    Modality::InKind | Modality::Cash => PackageItemState::ReceiptVerified,
                };
                let verified = PACKAGE_ITEM.step(step, item.state, verified)?;
                require(item.delivered_by.as_ref() != Some(&by), Reason::FourEyes)?;
                item.state = verified;
                item.receipt_reference = Some(receipt);
                item.receipt_verified_at = Some(c.now);
                Ok(())
            },
        )
    }

    /// Whether the persons are back: arrived with assistance, or admitted to the country of origin (INV-02).
    pub(super) fn has_returned(&self) -> bool {
        matches!(
            self.case.state,
            CaseState::Arrived | CaseState::Reintegration | CaseState::PostArrivalIntake
        )
    }

    pub(super) fn is_open(&self) -> Result<(), Refusal> {
        require(self.case.ended_at.is_none(), Reason::WrongState)
    }

    /// Changes one package: of a mission that keeps it, or, until it is agreed, of the one that puts it forward.
    pub(super) fn on_package(
        self,
        id: ReintegrationPackageId,
        c: &Circumstances<'_>,
        event: DomainEvent,
        change: impl FnOnce(&mut ReintegrationPackage) -> Result<(), Refusal>,
    ) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let kept_by = next.case.receiving_mission;
        let sending = next.case.sending_mission;
        let package = next.packages.iter_mut().find(|package| package.id == id);
        let package = package.ok_or(Reason::WrongState)?;
        let proposed = package.state == ReintegrationPackageState::Proposed;
        let holds = package.transferred_to.or(kept_by) == Some(c.by.organisation);
        require(
            holds || (proposed && sending == c.by.organisation),
            Reason::HeldByAnotherMission,
        )?;
        change(package)?;
        Ok(Changed::moved(self, next, vec![event]))
    }
}

/// Lets every planned item be given that the donor need not approve.
fn approve_usual(package: &mut ReintegrationPackage, step: &str) -> Result<(), Refusal> {
    let planned = |item: &&mut PackageItem| item.state.awaits_approval() && !item.exceptional;
    for item in package.items.iter_mut().filter(planned) {
        item.state = PACKAGE_ITEM.step(step, item.state, PackageItemState::Approved)?;
    }
    Ok(())
}

/// Nothing is ordered or given that the donor has yet to approve.
pub(super) fn approved_by_donor(item: &PackageItem) -> Result<(), Refusal> {
    if item.exceptional && item.state.awaits_approval() {
        return Err(Refusal::at(Reason::DonorApprovalMissing, "item"));
    }
    Ok(())
}

pub(super) fn item_mut<'p>(
    package: &'p mut ReintegrationPackage,
    position: i32,
    field: &'static str,
) -> Result<&'p mut PackageItem, Refusal> {
    let mut items = package.items.iter_mut();
    items
        .find(|item| item.position == position)
        .ok_or(Refusal::at(Reason::NoSuchItem, field))
}

#[cfg(test)]
mod tests;
