//! What the disclosure ledger notes: which rows are personal, and what an entry says.
//!
//! Whatever is let through of a personal row is noted before it leaves: for whom, for which purpose, of which row, which
//! fields, and never a value. Two things are not noted. A sending mission that reads its own case works on it
//! ([`super::lens::Lens::discloses`]). And the ledger itself holds names of fields and nobody's data: to note each
//! reading of it would make it longer by being read.

use super::fields::LINES;
use super::lens::Lens;
use super::relation::Relation;
use crate::domain::consent::Purpose;
use crate::domain::disclosure::{DisclosureMeans, DisclosureRelation};
use crate::ids::{CaseId, ClientId, OrganisationId, PersonId};
use chrono::{DateTime, Utc};
use std::sync::OnceLock;
use uuid::Uuid;

/// Types whose rows are about nobody. A type that is not declared here is personal.
pub const IMPERSONAL: &[&str] = &[
    "Organisation",
    "Accreditation",
    "Client",
    "RegisteredDocument",
    "RegistryEntry",
    "Jurisdiction",
    "Project",
    "GrantRule",
    "ExchangeRate",
    "OperationsSuspension",
    "OutreachVisit",
    "Training",
    "CampaignReport",
    "PartnerSurvey",
    "EscalationRule",
    "Indicator",
    "IndicatorValue",
    "StatisticsTable",
    "StatisticsRow",
    "StatisticsKey",
    "ConsularPostStatistics",
    "ConsularAnswers",
    "ConsularRefusals",
    "ConsularWaiting",
    "Disclosure",
    // Where an organisation is told, and how its machines answered.
    "Webhook",
    "Delivery",
    "DeliveryAttempt",
    // Who handles a complaint is told of an organisation. Nobody learns from here that there is one.
    "Complaint",
];

/// Whether the rows of a type are about persons.
#[must_use]
pub const fn is_personal(type_name: &str) -> bool {
    let mut at = 0;
    while at < IMPERSONAL.len() {
        if same(IMPERSONAL[at].as_bytes(), type_name.as_bytes()) {
            return false;
        }
        at += 1;
    }
    true
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// One disclosure: what was let through of one row in one answer, to whom and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// By which way.
    pub means: DisclosureMeans,
    /// The organisation that was told.
    pub organisation: OrganisationId,
    /// The client that asked; none where a request told a post by itself.
    pub client: Option<ClientId>,
    /// The token that proved the client, by its own name (`jti`).
    pub token: Option<String>,
    /// The purpose of the request.
    pub purpose: Purpose,
    /// What the organisation was to the row.
    pub relation: DisclosureRelation,
    /// Type of the row, as the schema names it.
    pub row_type: &'static str,
    /// The row; for a part without an id of its own, the row that it is a part of.
    pub row: Option<Uuid>,
    /// The case that the row hangs on.
    pub case: Option<CaseId>,
    /// The one person that the row is about; none where it is about the case as a whole.
    pub person: Option<PersonId>,
    /// Names of the fields that were shown in full, whether or not they held anything; a space between two.
    pub shown: String,
    /// Names of the fields that were shown in part; a space between two.
    pub masked: String,
    /// Names the fields table that was applied.
    pub policy_version: &'static str,
    /// The request, as in the log.
    pub request_id: Option<String>,
    /// The exception under which it was read, where there was one.
    pub break_glass: Option<Uuid>,
    /// SHA-256 of the disclosure snapshot that keeps what was told, where one does.
    pub snapshot: Option<String>,
}

impl From<Relation> for DisclosureRelation {
    fn from(relation: Relation) -> Self {
        match relation {
            Relation::Sending => Self::Sending,
            Relation::Transit => Self::Transit,
            Relation::Receiving => Self::Receiving,
            Relation::Mission => Self::Mission,
            Relation::Consular => Self::Consular,
            Relation::Police => Self::Police,
            Relation::Migration => Self::Migration,
            Relation::Dashboard => Self::Dashboard,
            Relation::Oversight => Self::Oversight,
            Relation::Administration => Self::Administration,
            Relation::Service => Self::Service,
        }
    }
}

/// Names the fields table of this program.
#[must_use]
pub fn policy_version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(super::disclosure::policy_version)
}

/// The types of which some field is open to a relation, whatever was consented to: those whose entries it may see.
pub fn types_open_to(relation: Relation) -> impl Iterator<Item = &'static str> {
    let mut last = "";
    LINES.iter().filter_map(move |line| {
        let (type_name, _) = line.name.split_once('.')?;
        let opens = line.cells[relation as usize] != super::fields::Access::Withheld;
        let new = opens && type_name != last;
        if new {
            last = type_name;
        }
        new.then_some(type_name)
    })
}

/// Those of the fields of a row, by their names with a space between two, that a lens opens as well: an entry names no
/// field to a mission that the mission itself could not see, since to whom a field is open may say what it holds.
#[must_use]
pub fn names_under(lens: Lens, row_type: &str, names: &str) -> Vec<String> {
    let opens = |name: &&str| {
        let mut lines = LINES.iter();
        // The fields of a snapshot are those of several types, and are named with them.
        let is_named = |line: &&super::fields::Line| match name.split_once('.') {
            Some(_) => line.name == *name,
            None => line.name.split_once('.') == Some((row_type, *name)),
        };
        lens.relation() == Relation::Oversight || lines.find(is_named).is_some_and(|line| lens.opens(line))
    };
    names
        .split(' ')
        .filter(|name| !name.is_empty())
        .filter(opens)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_is_not_declared_is_personal() {
        assert!(is_personal("Person") && is_personal("SomethingNew") && is_personal(""));
        assert!(!is_personal("Organisation") && !is_personal("StatisticsKey"));
    }

    #[test]
    fn only_types_with_lines_are_declared_to_be_about_nobody() {
        for type_name in IMPERSONAL {
            let prefix = format!("{type_name}.");
            assert!(
                LINES.iter().any(|line| line.name.starts_with(&prefix)),
                "{type_name}"
            );
        }
    }

    #[test]
    fn a_mission_is_told_of_no_type_that_it_could_not_see() {
        let open: Vec<&str> = types_open_to(Relation::Receiving).collect();
        assert!(
            open.contains(&"Person") && !open.contains(&"DisclosureSnapshot"),
            "{open:?}"
        );
    }
}
