//! The gate: nothing personal leaves before the entry that says so is durable. What cannot be noted is not told.

use super::context::{RequestScope, Told};
use crate::domain::disclosure::DisclosureMeans;
use crate::error::Error;
use crate::policy::ledger::{Entry, policy_version};
use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;

/// Notes what an answer tells, one entry a row wherever it stands in the answer. An answer without personal rows costs
/// nothing.
///
/// # Errors
///
/// Faults of the database, and a ledger that has more to write than it can: then the answer must not leave.
pub async fn pass(scope: &RequestScope, told: Vec<Told>, means: DisclosureMeans) -> Result<(), Error> {
    if told.is_empty() {
        return Ok(());
    }
    let entries = merged(told).into_iter().map(|told| entry(scope, &told, means));
    scope.desk.store.ledger().append(entries.collect()).await
}

/// What was told of the same row in several places, together, in the order of the answer.
fn merged(told: Vec<Told>) -> Vec<Told> {
    let mut rows: Vec<Told> = Vec::with_capacity(told.len());
    let mut places = HashMap::with_capacity(told.len());
    for told in told {
        let about = told.lens.about();
        let key = (
            told.row_type,
            told.row,
            about.case,
            about.person,
            told.lens.relation(),
        );
        match places.entry(key) {
            Place::Occupied(place) => {
                let row: &mut Told = &mut rows[*place.get()];
                row.seen.add(told.seen);
            }
            Place::Vacant(place) => {
                place.insert(rows.len());
                rows.push(told);
            }
        }
    }
    rows
}

fn entry(scope: &RequestScope, told: &Told, means: DisclosureMeans) -> Entry {
    let viewer = &scope.viewer;
    let about = told.lens.about();
    Entry {
        at: scope.desk.store.clock().now(),
        means,
        organisation: viewer.organisation,
        client: Some(viewer.client),
        token: Some(viewer.token.to_string()),
        purpose: viewer.purpose,
        relation: told.lens.relation().into(),
        row_type: told.row_type,
        row: told.row,
        case: about.case,
        person: about.person,
        shown: names(told, told.seen.shown()),
        masked: names(told, told.seen.masked()),
        policy_version: policy_version(),
        request_id: Some(scope.request_id.clone()),
        break_glass: told.lens.break_glass(),
        snapshot: None,
    }
}

fn names(told: &Told, places: impl Iterator<Item = usize>) -> String {
    let mut names = String::new();
    for place in places {
        if !names.is_empty() {
            names.push(' ');
        }
        names.push_str((told.name_of)(place));
    }
    names
}
