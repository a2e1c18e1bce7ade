//! The field matrix as it was agreed for the programme (DOMAIN 4.6), beside the table that the program works by.
//!
//! No cell of the table is more open than what was agreed. Where the table is narrower there is a reason, and a line that
//! belongs to no row of the matrix says what it is there for. This file is what a data-protection officer reads when the
//! table changes: a new line has to find its place here.

use avrr_gateway::policy::fields::{Access, LINES, Line};
use avrr_gateway::policy::relation::Relation;
use std::collections::BTreeSet;

/// The columns of the agreed matrix: SEND TRAN RECV EMB POL MIG DASH DPO.
const COLUMNS: [Relation; 8] = [
    Relation::Sending,
    Relation::Transit,
    Relation::Receiving,
    Relation::Consular,
    Relation::Police,
    Relation::Migration,
    Relation::Dashboard,
    Relation::Oversight,
];

/// What was agreed, as text.
const TEXT: &str = include_str!("agreed_matrix/agreed.txt");

/// The entries of a section, each in its parts.
fn section(name: &str) -> Vec<Vec<&'static str>> {
    let heading = format!("[{name}]");
    let lines = TEXT.lines().skip_while(|line| *line != heading).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    let entries = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let entries: Vec<Vec<&str>> = entries
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert!(!entries.is_empty(), "nothing stands under {heading}");
    entries
}

/// A row of the agreed matrix.
struct Row {
    name: &'static str,
    cells: &'static str,
    /// The lines of the table that carry it.
    lines: Vec<&'static str>,
    /// Lines that say no more than the part that an `M` lets through: that something is there, when, or how many.
    coarse: Vec<&'static str>,
}

fn matrix() -> Vec<Row> {
    let rows = section("agreed").into_iter();
    let row = |parts: Vec<&'static str>| Row {
        name: parts[0],
        cells: parts[1],
        lines: parts[2].split_whitespace().collect(),
        coarse: parts
            .get(3)
            .map_or_else(Vec::new, |names| names.split_whitespace().collect()),
    };
    rows.map(row).collect()
}

/// What a cell of the agreed matrix lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Agreed {
    /// `F`: everything.
    Full,
    /// `M`: a part, by a mask or by lines that say no more than the part.
    Coarse,
    /// `C`: everything while a consent opens it.
    ByConsent,
    /// `O`: everything to whoever wrote it.
    ToItsAuthor,
    /// `-`: nothing.
    Nothing,
}

impl Row {
    /// The row's cells, with the relation that each is for. Of rows without a case, `n` stands for IOM, whose missions then
    /// have one column.
    fn cells(&self) -> Vec<(Relation, Agreed)> {
        let letters: Vec<&str> = self.cells.split(' ').collect();
        assert_eq!(letters.len(), COLUMNS.len(), "{}", self.name);
        if letters[0] == "n" {
            let others = COLUMNS.iter().zip(&letters).skip(3);
            let others = others.map(|(relation, letter)| (*relation, agreed(letter)));
            return std::iter::once((Relation::Mission, Agreed::Full))
                .chain(others)
                .collect();
        }
        let cells = COLUMNS.iter().zip(&letters);
        cells
            .map(|(relation, letter)| (*relation, agreed(letter)))
            .collect()
    }

    /// The lines of the table that carry it.
    fn carried_by(&self) -> impl Iterator<Item = (&'static Line, bool)> {
        let named = |names: &[&str], line: &Line| names.iter().any(|name| fits(name, line.name));
        LINES.iter().filter_map(move |line| {
            let coarse = named(&self.coarse, line);
            (coarse || named(&self.lines, line)).then_some((line, coarse))
        })
    }
}

fn agreed(letter: &str) -> Agreed {
    match letter {
        "F" => Agreed::Full,
        "M" => Agreed::Coarse,
        "C" => Agreed::ByConsent,
        "O" => Agreed::ToItsAuthor,
        "-" => Agreed::Nothing,
        other => panic!("{other} is no letter of the matrix"),
    }
}

/// Whether a cell lets through no more than was agreed; of a coarse line the whole is no more than the part.
fn is_within(access: Access, agreed: Agreed, coarse: bool) -> bool {
    match (agreed, access) {
        (Agreed::Full, _) | (_, Access::Withheld) | (Agreed::Coarse, Access::Masked(_)) => true,
        (Agreed::Coarse | Agreed::ToItsAuthor, Access::Full) => coarse,
        (Agreed::ByConsent, Access::IfConsent(_) | Access::ToStaffIfConsent(..))
        | (Agreed::ToItsAuthor, Access::Own) => true,
        _ => false,
    }
}

/// Whether a cell lets through all that was agreed. Of what is agreed in part, one line is enough to carry the part.
fn is_all(access: Access, agreed: Agreed) -> bool {
    match agreed {
        Agreed::Full => access == Access::Full,
        Agreed::ByConsent => matches!(access, Access::IfConsent(_) | Access::ToStaffIfConsent(..)),
        Agreed::ToItsAuthor => matches!(access, Access::Own | Access::Full),
        Agreed::Coarse | Agreed::Nothing => true,
    }
}

#[test]
fn no_cell_of_the_table_is_more_open_than_what_was_agreed() {
    let mut compared = 0;
    let mut wider = Vec::new();
    for row in matrix() {
        for (line, coarse) in row.carried_by() {
            for (relation, agreed) in row.cells() {
                let access = line.cells[relation as usize];
                compared += 1;
                if !is_within(access, agreed, coarse) {
                    wider.push(format!(
                        "{} to {relation:?}: {access:?}, agreed as {}: {agreed:?}",
                        line.name, row.name
                    ));
                }
            }
            // Not in the matrix: a registry never learns of persons.
            let of_persons = row
                .cells()
                .iter()
                .all(|(relation, _)| *relation != Relation::Mission);
            if of_persons && line.cells[Relation::Administration as usize] != Access::Withheld {
                wider.push(format!("{} to the registry", line.name));
            }
        }
    }
    assert_eq!(wider, Vec::<String>::new());
    eprintln!(
        "{} rows of the matrix, {compared} cells of the table compared",
        matrix().len()
    );
    assert!(compared > 1_000);
}

#[test]
fn where_the_table_is_narrower_than_what_was_agreed_there_is_a_reason() {
    let narrowed = section("narrowed");
    let mut without = Vec::new();
    for row in matrix() {
        for (relation, agreed) in row.cells() {
            let (_, column) = Relation::ALL[relation as usize];
            let cells: Vec<Access> = row
                .carried_by()
                .map(|(line, _)| line.cells[relation as usize])
                .collect();
            let part = cells.iter().any(|access| *access != Access::Withheld);
            let narrower = cells.iter().any(|access| !is_all(*access, agreed))
                || (agreed == Agreed::Coarse && !cells.is_empty() && !part);
            let said = narrowed
                .iter()
                .any(|parts| (parts[0], parts[1]) == (row.name, column) && !parts[2].is_empty());
            if narrower && !said {
                without.push(format!("{} to {relation:?}: agreed {agreed:?}", row.name));
            }
        }
    }
    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn every_line_belongs_to_a_row_of_the_matrix_or_says_what_it_is_there_for() {
    let mut carried: BTreeSet<&str> = BTreeSet::new();
    for row in matrix() {
        carried.extend(row.carried_by().map(|(line, _)| line.name));
    }
    let apart = section("apart");
    let listed = |line: &Line| {
        let (of, field) = line.name.split_once('.').expect("Type.field");
        let mut groups = apart
            .iter()
            .filter(|parts| parts[0] == of && !parts[2].is_empty());
        groups.any(|parts| {
            parts[1]
                .split_whitespace()
                .any(|name| name == "*" || name == field)
        })
    };
    let lines = LINES.iter();
    let nowhere: Vec<&str> = lines
        .filter(|line| !carried.contains(line.name) && !listed(line))
        .map(|line| line.name)
        .collect();
    assert_eq!(nowhere, Vec::<&str>::new(), "lines that nobody has agreed to");
    for parts in &apart {
        for field in parts[1].split_whitespace().filter(|field| *field != "*") {
            let name = format!("{}.{field}", parts[0]);
            assert!(!carried.contains(name.as_str()), "{name} is a row of the matrix");
        }
    }
}

#[test]
fn every_row_of_the_matrix_has_a_line_or_a_reason_to_have_none() {
    let rows = matrix()
        .into_iter()
        .filter(|row| row.carried_by().next().is_none());
    let without: Vec<&str> = rows.map(|row| row.name).collect();
    let absent = section("absent");
    let said = |name: &&str| {
        absent
            .iter()
            .any(|parts| parts[0] == *name && !parts[1].is_empty())
    };
    let unsaid: Vec<&&str> = without.iter().filter(|name| !said(name)).collect();
    assert_eq!(unsaid, Vec::<&&str>::new(), "rows of the matrix without a line");
}

/// Whether a line has this name, or belongs to the type that `Type.*` names.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(of) => name.starts_with(of),
        None => pattern == name,
    }
}
