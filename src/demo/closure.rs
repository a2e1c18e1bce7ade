//! A country that was closed to travellers for a fortnight: operations through it were suspended, and are resumed.
//!
//! It is one by which chance leads nobody, so that only those are concerned of whom [`super::tales`] tells.

use super::place;
use super::places::{at, later};
use crate::domain::itinerary::SuspensionReason;
use crate::domain::party::Directory;
use crate::domain::suspension::OperationsSuspension;
use crate::ids::new_id;
use chrono::{DateTime, NaiveDate, Utc};

/// Since how many days before the day of loading it was closed.
pub(super) const CLOSED: i64 = 34;
/// Since how many days it is open again.
pub(super) const OPEN_AGAIN: i64 = 20;

/// The time in which the country was closed.
pub(super) struct Closure {
    /// The register as it was in that time.
    pub directory: Directory,
    suspension: OperationsSuspension,
    open_again: DateTime<Utc>,
}

impl Closure {
    /// The closure, for a day of loading; its register is still empty.
    pub(super) fn around(today: NaiveDate) -> Self {
        let from = at(later(today, -CLOSED), 6, 30);
        Self {
            directory: Directory::default(),
            suspension: OperationsSuspension {
                id: new_id(from).into(),
                country: place("EGY"),
                from,
                until: None,
                reason: SuspensionReason::CountryClosed,
                lifted_at: None,
                version: 1,
            },
            open_again: at(later(today, -OPEN_AGAIN), 6, 30),
        }
    }

    /// Whether the country was closed at a moment.
    pub(super) fn lasts_at(&self, moment: DateTime<Utc>) -> bool {
        (self.suspension.from..self.open_again).contains(&moment)
    }

    /// The suspension as it was in that time.
    pub(super) fn in_force(&self) -> OperationsSuspension {
        self.suspension.clone()
    }

    /// The suspension as it stands since.
    pub(super) fn lifted(&self) -> OperationsSuspension {
        OperationsSuspension {
            lifted_at: Some(self.open_again),
            version: 2,
            ..self.suspension.clone()
        }
    }
}
