//! `Jurisdiction`.

use crate::domain::money::CurrencyCode;
use crate::domain::party::PartyRelation;
use crate::domain::territory::CountryCode;
use crate::governed;
use crate::graphql::leaf::{Airport, List, Words};
use crate::store::nodes::{JurisdictionNode, OrganisationNode, RegistryEntryNode};

governed! { JurisdictionNode "Jurisdiction": "What holds in one host territory: whom the mission asks and tells, and which periods run." {
    JurisdictionTerritory: (CountryCode) = |node| node.jurisdiction.territory, "The host territory.";
    JurisdictionAuthority: (Option<PartyRelation>) = |node| node.jurisdiction.objection_authority, "The authority that is asked whether it objects to a return; null where nobody is asked.";
    JurisdictionToAsk: {OrganisationNode} = |node| &node.authority_to_ask, "The authority of that kind that is asked; null where it is the first by code.";
    JurisdictionSilence: (Option<i32>) = |node| node.jurisdiction.silent_approval_days, "After how many days its silence counts as no objection; null where it never does.";
    JurisdictionValidity: (Option<i32>) = |node| node.jurisdiction.application_valid_days, "Days for which a signed application holds until the statutory period begins; null where it holds without limit.";
    JurisdictionStatutory: (i32) = |node| node.jurisdiction.statutory_days, "Days of the statutory period for voluntary departure.";
    JurisdictionExtension: (i32) = |node| node.jurisdiction.longest_extension_days, "Most days by which one extension prolongs the period.";
    JurisdictionWarnings: (List<i32>) = |node| List(node.jurisdiction.warning_days.clone()), "How many days before the end of the period the sending mission is warned.";
    JurisdictionStops: (bool) = |node| node.jurisdiction.suspension_stops_period, "Whether days on which a case is on hold because operations are suspended prolong the period; otherwise they count as any other day.";
    JurisdictionFitness: (i32) = |node| node.jurisdiction.fitness_window_hours, "For how many hours an assessment of fitness to travel holds.";
    JurisdictionRegistered: (Words<PartyRelation>) = |node| Words(node.jurisdiction.told_of_registration.clone()), "Authorities that are told of registrations.";
    JurisdictionDeparted: (Words<PartyRelation>) = |node| Words(node.jurisdiction.told_of_departure.clone()), "Authorities that are told of departures.";
    JurisdictionToTell: [OrganisationNode] = |node| &node.authorities_to_tell, "The authorities of these kinds that are told; all of a kind of which none is named.";
    JurisdictionCurrencies: (List<CurrencyCode>) = |node| List(node.jurisdiction.currencies.clone()), "Currencies in which grants are paid.";
    JurisdictionExits: (List<Airport>) = |node| List(node.jurisdiction.points_of_exit.iter().cloned().map(Airport).collect()), "Airports through which persons leave.";
    JurisdictionOffices: (List<Airport>) = |node| List(node.jurisdiction.offices_at_exits.iter().cloned().map(Airport).collect()), "Those of them where the authorities give IOM room for an office.";
    JurisdictionVersion: (i32) = |node| node.jurisdiction.version, "Counts the changes; configureJurisdiction takes it as expectedVersion.";
    JurisdictionHistory: [RegistryEntryNode] = |node| &node.history, "What was done to it, oldest first; at most 100 entries.";
} }
