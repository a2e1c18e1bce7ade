//! How the items of a reintegration package are bought: what a supplier asks for one, and that it is ordered (DOMAIN 2.7).
//! Both are optional on the way: what is bought over the counter is neither quoted nor ordered.

use super::package::{approved_by_donor, item_mut};
use super::require;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::reintegration::{PACKAGE_ITEM, PackageItemState};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::ReintegrationPackageId;

impl CaseFile {
    /// Records what a supplier asks for an item that nobody has approved yet; the price takes the place of the one planned,
    /// under the same ceiling. Another offer may follow.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`, `NO_SUCH_ITEM`, `INVALID` without a reference or below nothing,
    /// `CEILING_EXCEEDED`.
    pub fn quote_item(
        self,
        id: ReintegrationPackageId,
        position: i32,
        (amount_minor, reference): (i64, String),
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        self.is_open()?;
        if reference.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "quoteReference"));
        }
        let event = DomainEvent::PackageItemQuoted(id, position);
        self.on_package(id, c, event, |package| {
            require(package.state.is_amendable(), Reason::WrongState)?;
            let item = item_mut(package, position, "item")?;
            item.state = PACKAGE_ITEM.step("quotePackageItem", item.state, PackageItemState::Quoted)?;
            item.amount_minor = amount_minor;
            item.quote_reference = Some(reference);
            item.quoted_at = Some(c.now);
            package.check().map_err(|refusal| Refusal {
                field: refusal.field.map(|_| "amountMinor"),
                ..refusal
            })
        })
    }

    /// Records that an item was ordered, once it may be given; before the return as well, since what is made to order takes
    /// its time. A withdrawal calls it off.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `HELD_BY_ANOTHER_MISSION`, `NO_SUCH_ITEM`, `DONOR_APPROVAL_MISSING`.
    pub fn order_item(
        self,
        id: ReintegrationPackageId,
        position: i32,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        self.is_open()?;
        let event = DomainEvent::PackageItemOrdered(id, position);
        self.on_package(id, c, event, |package| {
            require(package.state.is_agreed(), Reason::WrongState)?;
            let item = item_mut(package, position, "item")?;
            approved_by_donor(item)?;
            item.state = PACKAGE_ITEM.step("orderPackageItem", item.state, PackageItemState::Ordered)?;
            item.ordered_at = Some(c.now);
            Ok(())
        })
    }
}
