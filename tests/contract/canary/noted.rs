//! Whatever the suite was told stands in the disclosure ledger: every personal row of every answer, with the fields that
//! were shown in full and in part.

use super::judge::Disclosed;
use super::suite::Suite;
use crate::support::ledger::{Entry, entries_at, names};
use avrr_gateway::domain::party::OrganisationKind;
use avrr_gateway::policy::fields::LINES;
use avrr_gateway::policy::ledger::is_personal;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// What one answer told, by the name of its request, and to whom.
pub struct Told {
    pub request: String,
    pub client: String,
    pub organisation: Uuid,
    pub kind: OrganisationKind,
    pub rows: Vec<Disclosed>,
}

/// The entries of one request about rows of one type.
type Noted<'l> = HashMap<(&'l str, &'l str), Vec<&'l Entry>>;

impl Suite<'_> {
    /// Nothing that was told is missing in the ledger; says how many rows were compared.
    pub async fn all_of_it_was_noted(&self) -> usize {
        let entries = entries_at(&self.world.stage.url).await;
        let mut noted = Noted::new();
        for entry in &entries {
            if let Some(request) = &entry.request_id {
                let key = (request.as_str(), entry.row_type.as_str());
                noted.entry(key).or_default().push(entry);
            }
        }
        let governed: BTreeSet<&str> = LINES.iter().map(|line| line.name).collect();
        let mut compared = 0;
        for told in &self.tally.borrow().told {
            for row in told.rows.iter().filter(|row| self.is_a_disclosure(told, row)) {
                compared += 1;
                let shown = row.full.iter().map(|name| (name, false));
                let masked = row.masked.iter().map(|name| (name, true));
                for (name, masked) in shown
                    .chain(masked)
                    .filter(|(name, _)| governed.contains(name.as_str()))
                {
                    assert!(
                        is_noted(&noted, &told.request, row, name, masked),
                        "seed {}: {} was told {name} of {} {}, and the ledger does not know",
                        self.seed,
                        told.client,
                        row.of,
                        row.id
                    );
                }
            }
        }
        compared
    }

    /// Whether to read a row is to be told: a mission works on its own cases and on the groups that it organises.
    fn is_a_disclosure(&self, told: &Told, row: &Disclosed) -> bool {
        let held = self.judge.held;
        let case = held
            .rows
            .get(row.of.as_str())
            .and_then(|rows| rows.get(&row.id))
            .copied()
            .flatten();
        let own = case.is_some_and(|case| held.senders.get(&case) == Some(&told.organisation));
        let organised = row.of == "Movement" && told.kind == OrganisationKind::Mission;
        is_personal(&row.of) && !own && !organised
    }
}

/// Whether a field of a row, or of a part of it that has no id, is noted for a request.
fn is_noted(noted: &Noted<'_>, request: &str, row: &Disclosed, name: &str, masked: bool) -> bool {
    let Some((of, field)) = name.split_once('.') else {
        return false;
    };
    let entries = noted.get(&(request, of)).into_iter().flatten();
    let mut of_row = entries.filter(|entry| of != row.of || entry.row_id == Some(row.id));
    of_row.any(|entry| names(if masked { &entry.masked } else { &entry.shown }).contains(field))
        || !is_personal(of)
}
