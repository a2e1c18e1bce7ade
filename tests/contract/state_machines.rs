//! The state machines are what the page says, name what the schema has, and are all in one list.

use crate::golden;
use crate::source::below;
use avrr_gateway::domain::lifecycles::LIFECYCLES;
use avrr_gateway::policy::actions::Action;
use avrr_gateway::policy::machines;
use std::collections::BTreeSet;

#[test]
fn the_page_of_the_state_machines_is_current() {
    golden::is_current("docs/state-machines.md", &machines::page());
}

#[test]
fn every_declared_machine_is_in_the_list() {
    let sources = below(&["src"]);
    let declared: usize = sources
        .iter()
        .map(|source| source.code.matches("lifecycle! {").count())
        .sum();
    assert_eq!(
        declared,
        LIFECYCLES.len(),
        "a machine that is declared has a line in src/domain/lifecycles.rs"
    );
    let names: BTreeSet<&str> = LIFECYCLES.iter().map(|machine| machine.name()).collect();
    assert_eq!(names.len(), LIFECYCLES.len(), "two machines of one name");
}

#[test]
fn every_step_is_a_command_of_the_schema_or_time() {
    let commands: BTreeSet<&str> = Action::ALL.iter().map(|(_, name, ..)| *name).collect();
    for machine in LIFECYCLES {
        for step in machine.steps() {
            assert!(
                step.name == "time" || commands.contains(step.name),
                "{}: {} is no command",
                machine.name(),
                step.name
            );
        }
    }
}

#[test]
fn every_state_can_be_reached() {
    for machine in LIFECYCLES {
        let steps = machine.steps();
        let reached: BTreeSet<&str> = steps.iter().flat_map(|step| step.to.iter().copied()).collect();
        for (state, meaning) in machine.states() {
            // Words that only a mask shows are no states of a row.
            if meaning.contains("shown only where the state is masked") {
                continue;
            }
            assert!(
                reached.contains(state),
                "{}: no step leads to {state}",
                machine.name()
            );
        }
    }
}
