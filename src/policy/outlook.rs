//! What a kind of viewer can see at best: of some row, in some state, with every consent. The schema that it is shown ends
//! there, and so do the sentences that say who may read what.

use super::actions::Action;
use super::fields::{Access, Field, LINES, Line};
use super::mask::{Mask, Maskable};
use super::relation::Relation;
use super::render;
use super::rows::{self, Reach, Resource};
use super::windows::Windows;
use crate::domain::case::{CaseState, LegalStatus};
use crate::domain::code::Code;
use crate::domain::movement::ManifestLineState;
use crate::domain::party::OrganisationKind;
use crate::domain::safeguards::{BestInterestsResult, EscortKind};
use crate::domain::travel_document::{RefusalReason, TravelDocumentRequestState};
use chrono::{DateTime, NaiveDate};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The cells of a field, as `Type.field`, that let something through to some relation of a kind; nothing is returned where
/// the field has no line.
#[must_use]
pub fn cells(kind: OrganisationKind, field: &str) -> Option<Vec<Access>> {
    // Every member of the schema is looked up for every kind when the program starts.
    static BY_NAME: LazyLock<HashMap<&str, &Line>> =
        LazyLock::new(|| LINES.iter().map(|line| (line.name, line)).collect());
    let line = BY_NAME.get(field)?;
    let cells = Relation::possible_for(kind)
        .iter()
        .map(|relation| line.cells[*relation as usize]);
    Some(cells.filter(|access| *access != Access::Withheld).collect())
}

/// Whether some row could show a field, as `Type.field`, to a kind; a field without a line is governed by what holds it.
#[must_use]
pub fn shows(kind: OrganisationKind, field: &str) -> bool {
    cells(kind, field).is_none_or(|cells| !cells.is_empty())
}

/// Whether a kind may give a command in some relation to a row.
#[must_use]
pub fn permits(kind: OrganisationKind, command: &str) -> bool {
    let mut actions = Action::ALL.iter().filter(|(_, name, ..)| *name == command);
    let relations = Relation::possible_for(kind);
    actions.any(|(action, ..)| relations.iter().any(|relation| action.is_for(*relation)))
}

/// The resource that rows of a type are, where they have a reach of their own.
#[must_use]
pub fn resource(type_name: &str) -> Option<Resource> {
    let of_type = |names: &str| names.split(", ").any(|name| name == type_name);
    let found = Resource::ALL.iter().find(|(_, names)| of_type(names));
    found.map(|(resource, _)| *resource)
}

fn reach(kind: OrganisationKind, resource: Resource) -> Reach {
    rows::reach(
        &render::nobody(kind),
        resource,
        DateTime::UNIX_EPOCH,
        Windows::default(),
    )
}

/// Whether a kind can reach a row of a type; rows without a reach of their own are reached with what holds them.
#[must_use]
pub fn reaches(kind: OrganisationKind, type_name: &str) -> bool {
    resource(type_name).is_none_or(|resource| reach(kind, resource) != Reach::Nothing)
}

/// Whether notices are addressed to a kind.
#[must_use]
pub fn has_inbox(kind: OrganisationKind) -> bool {
    matches!(reach(kind, Resource::Notice), Reach::AddressedTo(_))
}

/// Whether a kind may narrow a listing of a type by a field: some relation that reaches the rows sees it in full.
#[must_use]
pub fn may_narrow(kind: OrganisationKind, type_name: &str, field: Field) -> bool {
    let within = resource(type_name).map(|resource| reach(kind, resource));
    within.is_some_and(|within| within != Reach::Nothing && within.seeing(kind, &[field]).is_some())
}

/// The words of a vocabulary that a mask lets through; nothing is returned for one that no mask fits.
#[must_use]
pub fn words(vocabulary: &str, mask: Mask) -> Option<Vec<&'static str>> {
    fn under<C: Code + Maskable>(mask: Mask) -> Vec<&'static str> {
        let words = C::ALL.iter().map(|(word, ..)| *word);
        let shown = words.filter_map(|word| word.masked(mask, NaiveDate::default()));
        shown.map(Code::code).collect()
    }
    Some(match vocabulary {
        CaseState::NAME => under::<CaseState>(mask),
        LegalStatus::NAME => under::<LegalStatus>(mask),
        TravelDocumentRequestState::NAME => under::<TravelDocumentRequestState>(mask),
        EscortKind::NAME => under::<EscortKind>(mask),
        ManifestLineState::NAME => under::<ManifestLineState>(mask),
        BestInterestsResult::NAME => under::<BestInterestsResult>(mask),
        RefusalReason::NAME => under::<RefusalReason>(mask),
        _ => return None,
    })
}

/// The sentence that the schema adds to a listing: whose rows it can hold.
#[must_use]
pub fn listing_sentence(type_name: &str) -> String {
    let fields = || {
        let lines = LINES.iter().map(|line| line.name);
        lines.filter(|name| name.split('.').next() == Some(type_name))
    };
    let tells = |kind| fields().next().is_none() || fields().any(|field| shows(kind, field));
    sentence(|kind| reaches(kind, type_name) && tells(kind))
}

/// The sentence that the schema adds to a stream of notices: who has an inbox.
#[must_use]
pub fn inbox_sentence() -> String {
    sentence(has_inbox)
}

fn sentence(is_for: impl Fn(OrganisationKind) -> bool) -> String {
    let all = OrganisationKind::ALL.iter();
    let kinds: Vec<&str> = all
        .filter(|(kind, ..)| is_for(*kind))
        .map(|(_, code, _)| *code)
        .collect();
    if kinds.len() == OrganisationKind::ALL.len() {
        return "Read by: every kind of viewer.".to_owned();
    }
    format!("Read by: {}.", kinds.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn police_see_a_case_s_state_in_five_words() {
        let cells = cells(OrganisationKind::Police, "Case.state");
        assert_eq!(cells, Some(vec![Access::Masked(Mask::Phase)]));
        let mut words = words("CaseState", Mask::Phase).expect("words");
        words.sort_unstable();
        words.dedup();
        assert_eq!(
            words,
            ["DEPARTED", "ENDED", "OBJECTION_CHECK", "PLANNED", "REGISTERED"]
        );
    }

    #[test]
    fn a_dashboard_reaches_no_case_and_has_no_inbox() {
        let dashboard = OrganisationKind::Dashboard;
        assert!(!reaches(dashboard, "Case") && !has_inbox(dashboard));
        assert!(reaches(dashboard, "Organisation") && reaches(dashboard, "Indicator"));
        assert!(!permits(dashboard, "openCase") && !permits(dashboard, "noSuchCommand"));
    }
}
