//! How a reintegration package is followed up, halted, given to another mission, given up or closed (SOP I6b).

use super::require;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::party::{OrganisationKind, PartyRelation};
use crate::domain::reintegration::{
    CLAIM_WINDOW, MonitoringContact, MonitoringMode, MonitoringResult, PACKAGE, PackageItemState,
    PackageSuspensionReason, ReintegrationPackageState,
};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{OrganisationId, ReintegrationPackageId, new_id};
use chrono::NaiveDate;

impl CaseFile {
    /// Records a contact with the returnee once something has been given.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`, `DATE_OUT_OF_ORDER`.
    pub fn record_contact(
        self,
        id: ReintegrationPackageId,
        mode: MonitoringMode,
        result: MonitoringResult,
        on: NaiveDate,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let step = "recordMonitoringContact";
        let today = c.today();
        self.on_package(id, c, DomainEvent::MonitoringContactRecorded(id), |package| {
            use ReintegrationPackageState::{Delivered, InDelivery, Monitored, Suspended};
            let followed = matches!(package.state, InDelivery | Delivered | Monitored | Suspended);
            require(followed, Reason::WrongState)?;
            if on > today || on < package.proposed_at.date_naive() {
                return Err(Refusal::at(Reason::DateOutOfOrder, "on"));
            }
            if package.state == Delivered {
                package.state = PACKAGE.step(step, package.state, Monitored)?;
            }
            package.contacts.push(MonitoringContact {
                id: new_id(c.now).into(),
                mode,
                result,
                on,
                by: c.by.subject.clone(),
            });
            Ok(())
        })
    }

    /// Halts a package.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`.
    pub fn suspend_package(
        self,
        id: ReintegrationPackageId,
        reason: PackageSuspensionReason,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let step = "suspendReintegrationPackage";
        let changed = self.on_package(id, c, DomainEvent::ReintegrationPackageSuspended(id), |package| {
            let before = package.state;
            package.state = PACKAGE.step(step, before, ReintegrationPackageState::Suspended)?;
            package.suspended_from = Some(before);
            package.suspension_reason = Some(reason);
            Ok(())
        })?;
        Ok(changed.because(reason))
    }

    /// Lets a halted package go on from where it stood.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`.
    pub fn resume_package(
        self,
        id: ReintegrationPackageId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let step = "resumeReintegrationPackage";
        self.on_package(id, c, DomainEvent::ReintegrationPackageResumed(id), |package| {
            let before = package.suspended_from.ok_or(Reason::WrongState)?;
            package.state = PACKAGE.step(step, package.state, before)?;
            package.suspended_from = None;
            package.suspension_reason = None;
            Ok(())
        })
    }

    /// Gives a package up that was not claimed in time, with everything that was not delivered.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`, `CLAIM_WINDOW_OPEN`.
    pub fn forfeit_package(
        self,
        id: ReintegrationPackageId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        require(self.has_returned(), Reason::WrongState)?;
        let returned = self.returned_at();
        self.on_package(id, c, DomainEvent::ReintegrationPackageForfeited(id), |package| {
            let last_delivery = package.items.iter().filter_map(|item| item.delivered_at).max();
            let since = [
                Some(package.proposed_at),
                returned,
                package.agreed_at,
                last_delivery,
            ];
            let lapsed = since
                .into_iter()
                .flatten()
                .max()
                .is_some_and(|last| last + CLAIM_WINDOW <= c.now);
            let step = "forfeitReintegrationPackage";
            require(
                PACKAGE.allows(step, package.state, ReintegrationPackageState::Forfeited),
                Reason::WrongState,
            )?;
            require(lapsed, Reason::ClaimWindowOpen)?;
            package.forfeit(step, c.now)
        })
    }

    /// Gives a package to another mission, which becomes a receiving party and has to agree on it anew.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`, `RECIPIENT_NOT_CONCERNED` for anything but another mission.
    pub fn transfer_package(
        self,
        id: ReintegrationPackageId,
        to: OrganisationId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let mission = c.directory.organisation(to);
        let is_mission = mission.is_some_and(|found| found.kind == OrganisationKind::Mission);
        if !is_mission || to == c.by.organisation {
            return Err(Refusal::at(Reason::RecipientNotConcerned, "toMissionId"));
        }
        let step = "transferReintegrationPackage";
        let event = DomainEvent::ReintegrationPackageTransferred(id);
        let changed = self.on_package(id, c, event, |package| {
            package.state = PACKAGE.step(step, package.state, ReintegrationPackageState::Transferred)?;
            package.transferred_to = Some(to);
            package.suspended_from = None;
            package.suspension_reason = None;
            Ok(())
        })?;
        Ok(changed.with(|next| next.involve(to, PartyRelation::Receiving, c.now)))
    }

    /// Closes a package once it has been followed up and every receipt is checked.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`, `RECEIPT_NOT_VERIFIED`.
    pub fn close_package(
        self,
        id: ReintegrationPackageId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let step = "closeReintegrationPackage";
        self.on_package(id, c, DomainEvent::ReintegrationPackageClosed(id), |package| {
            let closed = PACKAGE.step(step, package.state, ReintegrationPackageState::Closed)?;
            let mut items = package.items.iter();
            let unverified = items.any(|item| item.state == PackageItemState::Delivered);
            require(!unverified, Reason::ReceiptNotVerified)?;
            package.state = closed;
            package.ended_at = Some(c.now);
            Ok(())
        })
    }
}
