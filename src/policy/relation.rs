//! What a viewer is to a row: the columns of the tables.

use crate::domain::consent::RecipientClass;
use crate::domain::party::{OrganisationKind, PartyRelation};

/// A column of the policy tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// The IOM mission that assists the person.
    Sending,
    /// An IOM mission on the way.
    Transit,
    /// The IOM mission in the country of return.
    Receiving,
    /// An IOM mission with no part in the row, or a row that has no case.
    Mission,
    /// The consular post that was asked.
    Consular,
    /// The police of the host territory.
    Police,
    /// The migration authority of the host territory.
    Migration,
    /// A dashboard.
    Dashboard,
    /// Data-protection audit.
    Oversight,
    /// Administration of the registry.
    Administration,
    /// A service that was asked to protect a person.
    Service,
}

impl Relation {
    /// Every relation, in the order of the tables' columns, with the heading that the tables print.
    pub const ALL: [(Self, &'static str); 11] = [
        (Self::Sending, "sending"),
        (Self::Transit, "transit"),
        (Self::Receiving, "receiving"),
        (Self::Mission, "mission"),
        (Self::Consular, "consular"),
        (Self::Police, "police"),
        (Self::Migration, "migration"),
        (Self::Dashboard, "dashboard"),
        (Self::Oversight, "oversight"),
        (Self::Administration, "admin"),
        (Self::Service, "service"),
    ];

    /// What a viewer of this kind is to a row that belongs to no case.
    #[must_use]
    pub fn of_kind(kind: OrganisationKind) -> Self {
        match kind {
            OrganisationKind::Mission => Self::Mission,
            OrganisationKind::ConsularPost => Self::Consular,
            OrganisationKind::Police => Self::Police,
            OrganisationKind::MigrationAuthority => Self::Migration,
            OrganisationKind::Dashboard => Self::Dashboard,
            OrganisationKind::ServiceProvider => Self::Service,
            OrganisationKind::Auditor => Self::Oversight,
            OrganisationKind::Admin => Self::Administration,
        }
    }

    /// Every relation that a viewer of this kind can have to some row.
    #[must_use]
    pub fn possible_for(kind: OrganisationKind) -> &'static [Self] {
        match kind {
            OrganisationKind::Mission => &[Self::Sending, Self::Transit, Self::Receiving, Self::Mission],
            OrganisationKind::ConsularPost => &[Self::Consular],
            OrganisationKind::Police => &[Self::Police],
            OrganisationKind::MigrationAuthority => &[Self::Migration],
            OrganisationKind::Dashboard => &[Self::Dashboard],
            OrganisationKind::ServiceProvider => &[Self::Service],
            OrganisationKind::Auditor => &[Self::Oversight],
            OrganisationKind::Admin => &[Self::Administration],
        }
    }

    /// What a viewer is to a group movement, by its parts in the cases on it that are within its reach; nothing where it
    /// has none. The mission that organises the movement stands as the sending one; a mission that only sends persons of
    /// its own along stands as one on the way: it sees the movement, and runs none of it.
    #[must_use]
    pub fn to_a_movement(
        organises: bool,
        kind: OrganisationKind,
        parts: impl Iterator<Item = Self>,
    ) -> Option<Self> {
        if organises {
            return Some(Self::Sending);
        }
        if kind == OrganisationKind::Auditor {
            return Some(Self::Oversight);
        }
        let standing = parts.filter_map(|part| match part {
            Self::Receiving => Some(Self::Receiving),
            Self::Sending | Self::Transit => Some(Self::Transit),
            Self::Police => Some(Self::Police),
            _ => None,
        });
        standing.max_by_key(|standing| *standing == Self::Receiving)
    }

    /// The part in a case that this relation stands for.
    #[must_use]
    pub fn as_party(self) -> Option<PartyRelation> {
        match self {
            Self::Sending => Some(PartyRelation::Sending),
            Self::Transit => Some(PartyRelation::Transit),
            Self::Receiving => Some(PartyRelation::Receiving),
            Self::Consular => Some(PartyRelation::Consular),
            Self::Police => Some(PartyRelation::Police),
            Self::Migration => Some(PartyRelation::Migration),
            Self::Service => Some(PartyRelation::Service),
            Self::Mission | Self::Dashboard | Self::Oversight | Self::Administration => None,
        }
    }

    /// The class of recipient whose consents can open a field to this relation.
    #[must_use]
    pub fn recipient_class(self) -> Option<RecipientClass> {
        match self {
            Self::Transit => Some(RecipientClass::IomTransit),
            Self::Receiving => Some(RecipientClass::IomReceiving),
            Self::Consular => Some(RecipientClass::Embassy),
            Self::Police => Some(RecipientClass::HostPolice),
            Self::Migration => Some(RecipientClass::HostMigration),
            Self::Dashboard => Some(RecipientClass::Donor),
            Self::Service => Some(RecipientClass::ServiceProvider),
            Self::Sending | Self::Mission | Self::Oversight | Self::Administration => None,
        }
    }
}

impl From<PartyRelation> for Relation {
    fn from(party: PartyRelation) -> Self {
        match party {
            PartyRelation::Sending => Self::Sending,
            PartyRelation::Transit => Self::Transit,
            PartyRelation::Receiving => Self::Receiving,
            PartyRelation::Consular => Self::Consular,
            PartyRelation::Police => Self::Police,
            PartyRelation::Migration => Self::Migration,
            PartyRelation::Service => Self::Service,
        }
    }
}
