//! The catalogue of errors has a row for each code that the program can answer, and for no other.

use crate::source::below;
use avrr_gateway::domain::code::Code as Vocabulary;
use avrr_gateway::domain::webhook::{AttemptOutcome, DisabledReason};
use avrr_gateway::error::{Code, CommandErrorCode};
use avrr_gateway::policy::actions::Action;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const PAGE: &str = "docs/errors.md";

/// Cells of a row: the code, where it appears, its cause, what to do, and whether to ask again.
const CELLS: usize = 5;

#[test]
fn every_code_has_one_row_in_the_catalogue() {
    each_has_one_row("Requests", &spellings::<Code>());
    each_has_one_row("Refused commands", &spellings::<CommandErrorCode>());
    each_has_one_row("Attempts to deliver", &spellings::<AttemptOutcome>());
    each_has_one_row("Disabled webhooks", &spellings::<DisabledReason>());
}

#[test]
fn every_farewell_of_a_websocket_has_one_row_in_the_catalogue() {
    let farewells = farewells();
    let farewells: Vec<&str> = farewells.iter().map(String::as_str).collect();
    each_has_one_row("WebSockets", &farewells);
}

#[test]
fn a_refusal_is_said_to_appear_where_there_is_a_command() {
    let commands: BTreeSet<&str> = Action::ALL.iter().map(|(_, name, ..)| *name).collect();
    for row in rows("Refused commands") {
        for command in row[1].split('`').skip(1).step_by(2) {
            assert!(
                commands.contains(command),
                "{PAGE}: {}: {command} is no command",
                row[0]
            );
        }
    }
}

fn spellings<C: Vocabulary>() -> Vec<&'static str> {
    C::ALL.iter().map(|(_, spelling, _)| *spelling).collect()
}

/// The codes and words of close frames, as they are declared.
fn farewells() -> Vec<String> {
    let sources = below(&["src/http"]);
    let sockets = sources
        .iter()
        .find(|source| source.path == "src/http/websocket.rs");
    let lines = sockets.expect("the module of sockets").text.lines();
    let declared = lines.filter_map(|line| {
        let (_, value) = line.split_once(": Self = Self(")?;
        let (code, words) = value.strip_suffix("\");")?.split_once(", \"")?;
        Some(format!("{code} {words}"))
    });
    declared.collect()
}

fn each_has_one_row(chapter: &str, codes: &[&str]) {
    let rows = rows(chapter);
    let mut named = BTreeSet::new();
    for row in &rows {
        let code = row[0].trim_matches('`');
        assert!(named.insert(code), "{PAGE}: {chapter}: two rows for {code}");
    }
    let there: BTreeSet<&str> = codes.iter().copied().collect();
    let forgotten: Vec<_> = there.difference(&named).collect();
    assert!(
        forgotten.is_empty(),
        "{PAGE}: {chapter}: no row for {forgotten:?}"
    );
    let gone: Vec<_> = named.difference(&there).collect();
    assert!(gone.is_empty(), "{PAGE}: {chapter}: no such code: {gone:?}");
}

/// The rows of a chapter, in whichever of its tables they stand: those that begin with a code.
fn rows(chapter: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let heading = format!("## {chapter}");
    let after = page.lines().skip_while(|line| *line != heading).skip(1);
    let within = after.take_while(|line| !line.starts_with("## "));
    let rows: Vec<Vec<String>> = within.filter(|line| line.starts_with("| `")).map(cells).collect();
    assert!(!rows.is_empty(), "{PAGE} has no rows in a chapter {chapter}");
    for row in &rows {
        let is_full = row.len() == CELLS && row.iter().all(|cell| !cell.is_empty());
        assert!(is_full, "{PAGE}: {chapter}: not {CELLS} cells: {row:?}");
    }
    rows
}

fn cells(line: &str) -> Vec<String> {
    let cells = line.trim().trim_matches('|').split('|');
    cells.map(|cell| cell.trim().to_owned()).collect()
}
