//! Prints the state machines as a page: a diagram, the states, and who may take each step.

use super::actions::Action;
use super::render;
use crate::domain::lifecycles::{LIFECYCLES, Machine, Step};
use std::fmt::Write as _;

const PREFACE: &str = "# State machines

Every state of the programme, and every step that leads from one to another. A step that is not listed here is refused
with `WRONG_STATE`, whatever else holds. Steps bear the names of the commands of the schema; `time` is a deadline that
passed. A command that is listed for several machines takes all of its steps at once.

This page is printed from the program (`src/domain/lifecycles.rs`, `src/policy/actions.rs`), and a test holds it current:
run `UPDATE_GOLDEN=1 cargo test --test contract -- state_machines` after a change.
";

/// The page, in Markdown.
#[must_use]
pub fn page() -> String {
    let mut text = PREFACE.to_owned();
    for machine in LIFECYCLES {
        let _ = write!(text, "\n{}", chapter(*machine));
    }
    text
}

fn chapter(machine: &dyn Machine) -> String {
    let mut text = format!(
        "## {}\n\n```mermaid\n{}\n```\n",
        machine.name(),
        machine.diagram()
    );
    text.push_str("\n| state | meaning |\n|---|---|\n");
    for (code, meaning) in machine.states() {
        let _ = writeln!(text, "| `{code}` | {} |", cell(meaning));
    }
    text.push_str("\n| step | from | to | who may |\n|---|---|---|---|\n");
    for step in machine.steps() {
        let from = if step.from.is_empty() {
            "(new)".to_owned()
        } else {
            codes(&step.from)
        };
        let _ = writeln!(
            text,
            "| `{}` | {from} | {} | {} |",
            step.name,
            codes(&step.to),
            who_takes(&step)
        );
    }
    text
}

fn codes(states: &[&str]) -> String {
    let quoted: Vec<String> = states.iter().map(|state| format!("`{state}`")).collect();
    quoted.join(", ")
}

fn who_takes(step: &Step) -> String {
    let mut actions = Action::ALL.iter();
    match actions.find(|(_, name, ..)| *name == step.name) {
        Some((action, ..)) => cell(&render::who_may(*action)),
        None => "the program, when the time has come".to_owned(),
    }
}

/// Text that stays in one cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
