//! What a change leaves in the history of the rows that it touched: what happened to each, from which state to which.

use super::case_file::CaseFile;
use super::code::Code;
use super::event_type::EventType;
use super::transition::Changed;
use uuid::Uuid;

/// One entry in the history of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// What happened.
    pub event: EventType,
    /// Name of the row's type in the schema.
    pub aggregate: &'static str,
    /// Its id.
    pub id: Uuid,
    /// The state that it was in; none for a new row, and for one that has no states.
    pub from: Option<&'static str>,
    /// The state that it is in now; none for a row that has no states.
    pub to: Option<&'static str>,
}

/// Types whose rows have a history of their own; what happens to any other row of a case is told in that of the case.
pub const WITH_HISTORY: &[&str] = &[
    "AsylumClaim",
    "TravelDocumentRequest",
    "Itinerary",
    "CashGrant",
    "ReintegrationPackage",
    "Referral",
];

/// The state of every row of a case file that has states: one line a type.
#[must_use]
pub fn states(file: &CaseFile) -> Vec<(&'static str, Uuid, &'static str)> {
    let mut states = vec![("Case", file.case.id.uuid(), file.case.state.code())];
    macro_rules! of {
        ($rows:ident, $name:literal) => {
            states.extend(
                file.$rows
                    .iter()
                    .map(|row| ($name, row.id.uuid(), row.state.code())),
            );
        };
    }
    of!(consents, "Consent");
    of!(requests, "TravelDocumentRequest");
    of!(itineraries, "Itinerary");
    of!(manifest_lines, "ManifestLine");
    of!(grants, "CashGrant");
    of!(packages, "ReintegrationPackage");
    of!(surveys, "SurveyResponse");
    of!(referrals, "Referral");
    of!(break_glass, "BreakGlassAccess");
    let safeguards = &file.safeguards;
    let escorts = safeguards.escorts.iter();
    states.extend(escorts.map(|row| ("Escort", row.id.uuid(), row.state.code())));
    let fitness = safeguards.fitness.iter();
    states.extend(fitness.map(|row| ("FitnessAssessment", row.id.uuid(), row.state.code())));
    states
}

/// What a change leaves in the histories: an entry for each event in the history of the row that it is about; then one
/// for each other row whose state moved with it, under what happened to the case, or else under what came first. No state
/// moves without a trace.
#[must_use]
pub fn history_of(changed: &Changed<CaseFile>) -> Vec<Happened> {
    let before = changed.before().map(states).unwrap_or_default();
    let after = states(changed.next());
    let state = |states: &[(&'static str, Uuid, &'static str)], row: Uuid| {
        let found = states.iter().find(|(_, id, _)| *id == row);
        found.map(|(_, _, state)| *state)
    };
    let entry = |event, aggregate, id| Happened {
        event,
        aggregate,
        id,
        from: state(&before, id),
        to: state(&after, id),
    };
    let events = changed.events().iter();
    let mut history: Vec<Happened> = events
        .map(|event| {
            let (aggregate, id) = event.aggregate(changed.next());
            entry(event.event_type(), aggregate, id)
        })
        .collect();
    let of_case = history.iter().find(|entry| entry.aggregate == "Case");
    let Some(main) = of_case.or(history.first()).map(|entry| entry.event) else {
        return history;
    };
    for (aggregate, id, to) in &after {
        let told = history.iter().any(|entry| entry.id == *id);
        let was = state(&before, *id);
        // The lines of a form are signed with it: that the form was signed tells of all of them.
        let signed_with_the_form = *aggregate == "Consent" && was.is_none();
        if !told && !signed_with_the_form && was != Some(to) {
            history.push(entry(main, aggregate, *id));
        }
    }
    history
}
