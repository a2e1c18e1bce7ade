//! `Jurisdiction`.

use crate::domain::jurisdiction::Jurisdiction;
use crate::domain::money::CurrencyCode;
use crate::domain::party::PartyRelation;
use crate::domain::territory::CountryCode;
use crate::governed;
use crate::graphql::leaf::{Airport, List, Words};

governed! { Jurisdiction "Jurisdiction": "What holds in one host territory: whom the mission asks and tells, and which periods run." {
    JurisdictionTerritory: (CountryCode) = |node| node.territory, "The host territory.";
    JurisdictionAuthority: (Option<PartyRelation>) = |node| node.objection_authority, "The authority that is asked whether it objects to a return; null where nobody is asked.";
    JurisdictionSilence: (Option<i32>) = |node| node.silent_approval_days, "After how many days its silence counts as no objection; null where it never does.";
    JurisdictionStatutory: (i32) = |node| node.statutory_days, "Days of the statutory period for voluntary departure.";
    JurisdictionExtension: (i32) = |node| node.longest_extension_days, "Most days by which one extension prolongs the period.";
    JurisdictionWarnings: (List<i32>) = |node| List(node.warning_days.clone()), "How many days before the end of the period the sending mission is warned.";
    JurisdictionRegistered: (Words<PartyRelation>) = |node| Words(node.told_of_registration.clone()), "Authorities that are told of registrations.";
    JurisdictionDeparted: (Words<PartyRelation>) = |node| Words(node.told_of_departure.clone()), "Authorities that are told of departures.";
    JurisdictionCurrencies: (List<CurrencyCode>) = |node| List(node.currencies.clone()), "Currencies in which grants are paid.";
    JurisdictionExits: (List<Airport>) = |node| List(node.points_of_exit.iter().cloned().map(Airport).collect()), "Airports through which persons leave.";
    JurisdictionOffices: (List<Airport>) = |node| List(node.offices_at_exits.iter().cloned().map(Airport).collect()), "Those of them where the authorities give IOM room for an office.";
    JurisdictionVersion: (i32) = |node| node.version, "Counts the changes; configureJurisdiction takes it as expectedVersion.";
} }
