//! How long a party still reaches a case after its part in it has ended.
//!
//! A setting of the installation, because the agreements with partners say it; the table of rows prints what holds where
//! nothing is set. Nothing is said of the missions at both ends, who keep their cases, nor of a service, which reaches whom
//! it protects for exactly as long as it was asked to.

use crate::domain::party::PartyRelation;
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// The windows of an installation. A window of 0 closes at once.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Windows {
    /// Consular posts, in days after a document was issued or refused, or the request was taken back.
    pub consular_days: u32,
    /// Police, in days after the departure was recorded or the application ended.
    pub police_days: u32,
    /// Missions on the way, in hours after the persons left their country.
    pub transit_hours: u32,
    /// Migration authorities, in days after the departure was recorded or the application ended: then the host's part is over.
    pub migration_days: u32,
}

/// The longest window that may be set: beyond it a row would be kept within reach for nothing.
pub const LONGEST: Windows = Windows {
    consular_days: 365,
    police_days: 365,
    transit_hours: 365 * 24,
    migration_days: 365,
};

impl Default for Windows {
    fn default() -> Self {
        Self {
            consular_days: 30,
            police_days: 7,
            transit_hours: 72,
            migration_days: 30,
        }
    }
}

impl Windows {
    /// How long a party still reaches a case after its part has ended; nothing means without limit.
    #[must_use]
    pub fn of(self, relation: PartyRelation) -> Option<Duration> {
        match relation {
            PartyRelation::Sending | PartyRelation::Receiving => None,
            PartyRelation::Transit => Some(Duration::hours(self.transit_hours.into())),
            PartyRelation::Consular => Some(Duration::days(self.consular_days.into())),
            PartyRelation::Police => Some(Duration::days(self.police_days.into())),
            PartyRelation::Migration => Some(Duration::days(self.migration_days.into())),
            PartyRelation::Service => Some(Duration::zero()),
        }
    }

    /// The windows that are longer than any may be, each by its name among the settings.
    #[must_use]
    pub fn too_long(self) -> Vec<(&'static str, u32)> {
        let named = [
            ("consular_days", self.consular_days, LONGEST.consular_days),
            ("police_days", self.police_days, LONGEST.police_days),
            ("transit_hours", self.transit_hours, LONGEST.transit_hours),
            ("migration_days", self.migration_days, LONGEST.migration_days),
        ];
        let beyond = named.into_iter().filter(|(_, length, longest)| length > longest);
        beyond.map(|(name, _, longest)| (name, longest)).collect()
    }
}
