//! Every state machine of the programme, in one list: what prints them and what tests them reads it here.

use super::case::CASE;
use super::cash_grant::{GRANT_LIFECYCLE, TRANCHE_LIFECYCLE};
use super::code::Code;
use super::handling::TRANSIT_HANDLING;
use super::itinerary::{ITINERARY, SEGMENT};
use super::lifecycle::Lifecycle;
use super::objection::OBJECTION_CHECK;
use super::safeguards::{ESCORT_MACHINE, FITNESS_MACHINE};
use super::travel_document::TRAVEL_DOCUMENT_REQUEST;

/// Every declared state machine, in the order in which a return meets them.
pub const LIFECYCLES: &[&dyn Machine] = &[
    &CASE,
    &super::consent::CONSENT,
    &OBJECTION_CHECK,
    &TRAVEL_DOCUMENT_REQUEST,
    &FITNESS_MACHINE,
    &ESCORT_MACHINE,
    &ITINERARY,
    &SEGMENT,
    &TRANSIT_HANDLING,
    &super::movement::MOVEMENT,
    &super::movement::MANIFEST_LINE,
    &super::reintegration::PACKAGE,
    &super::reintegration::PACKAGE_ITEM,
    &super::referral::REFERRAL,
    &GRANT_LIFECYCLE,
    &TRANCHE_LIFECYCLE,
    &super::survey::SURVEY_RESPONSE,
    &super::training::TRAINING,
    &super::complaint::COMPLAINT,
    &super::break_glass::BREAK_GLASS,
    &super::webhook::WEBHOOK,
];

/// A state machine, whatever its vocabulary of states is.
pub trait Machine: Sync {
    /// Name of the aggregate in the schema.
    fn name(&self) -> &'static str;

    /// Its states, in the order of their vocabulary, each with its meaning; words that only masks show are no states.
    fn states(&self) -> Vec<(&'static str, &'static str)>;

    /// Its steps: how a row comes to be first, then those from a state to another.
    fn steps(&self) -> Vec<Step>;

    /// The machine as a Mermaid state diagram.
    fn diagram(&self) -> String;
}

/// One declared step, with its states as they are spelled outside the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The command as the schema names it, or `time`.
    pub name: &'static str,
    /// The states that it starts from; none where it makes the row.
    pub from: Vec<&'static str>,
    /// The states that it can lead to.
    pub to: Vec<&'static str>,
}

impl dyn Machine {
    /// Whether a step may lead from a state, or from nothing, to another.
    #[must_use]
    pub fn declares(&self, step: &str, from: Option<&str>, to: &str) -> bool {
        self.steps().iter().any(|declared| {
            let starts = from.map_or(declared.from.is_empty(), |from| declared.from.contains(&from));
            declared.name == step && starts && declared.to.contains(&to)
        })
    }
}

impl<S: Code> Machine for Lifecycle<S> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn states(&self) -> Vec<(&'static str, &'static str)> {
        let states = S::ALL.iter().filter(|(state, ..)| self.knows(*state));
        states.map(|(_, code, meaning)| (*code, *meaning)).collect()
    }

    fn steps(&self) -> Vec<Step> {
        let codes = |states: &[S]| states.iter().map(|state| state.code()).collect();
        let begin = self.beginnings.iter().map(|(name, first)| Step {
            name,
            from: Vec::new(),
            to: vec![first.code()],
        });
        let moves = self.moves.iter().map(|declared| Step {
            name: declared.step,
            from: codes(declared.from),
            to: codes(declared.to),
        });
        begin.chain(moves).collect()
    }

    fn diagram(&self) -> String {
        Lifecycle::diagram(self)
    }
}
