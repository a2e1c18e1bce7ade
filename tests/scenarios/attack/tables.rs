//! Single tables, attacked where they are made: returns that were really counted, and tables by chance.

use super::THRESHOLD;
use super::attacker::{Attacker, Range, Reader, Told};
use super::cells::Cells;
use avrr_gateway::demo::RETURNED_TO_KOSOVO_IN_2010;
use avrr_gateway::domain::statistics::Count;
use avrr_gateway::indicators::dimension::Dimension;
use avrr_gateway::indicators::disclosure::{Leaf, Thresholds, Watch, leaves};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A table: groups of each dimension, and how many persons.
type Table = Vec<(Vec<String>, i64)>;

fn thresholds() -> Thresholds {
    Thresholds {
        usual: THRESHOLD,
        of_territories: BTreeMap::new(),
    }
}

/// How a table is told: each person a case of their own.
fn told(table: &Table, dimensions: &[Dimension]) -> Vec<Leaf> {
    let count = |persons: i64| Count {
        persons,
        cases: persons,
        met: persons,
    };
    let rows: Vec<_> = table
        .iter()
        .map(|(keys, persons)| (keys.clone(), count(*persons)))
        .collect();
    let watch = Watch {
        cases: true,
        rate: false,
    };
    leaves(&rows, dimensions, watch, &thresholds())
}

/// The cells of a table that begin with these groups.
fn beginning_with<'k>(table: &Table, groups: impl IntoIterator<Item = &'k String>) -> Cells {
    let groups: Vec<&String> = groups.into_iter().collect();
    let cells = table.iter().enumerate();
    let cells = cells.filter(|(_, (keys, _))| groups.iter().zip(keys).all(|(group, key)| *group == key));
    cells.map(|(at, _)| at).collect()
}

/// Everything that the leaves of a table say.
fn said(table: &Table, leaves: &[Leaf]) -> Vec<Told> {
    let mut said = Vec::new();
    for leaf in leaves {
        if leaf.withheld.is_empty() {
            said.push(Told::exactly(
                beginning_with(table, &leaf.keys),
                leaf.count.persons,
            ));
            continue;
        }
        let mut together = Cells::none(table.len());
        for group in &leaf.withheld {
            let named = beginning_with(table, leaf.keys.iter().chain([group]));
            together.join(&named);
            said.push(Told::named(named, None));
        }
        said.push(Told::exactly(together, leaf.count.persons));
    }
    said
}

/// All small cells of a table over some of its dimensions, with the cells that they are made of.
fn small(table: &Table, dimensions: usize) -> Vec<(Cells, i64)> {
    let mut small = Vec::new();
    for taken in 1..(1_usize << dimensions) {
        let mut sums: BTreeMap<Vec<&String>, (Cells, i64)> = BTreeMap::new();
        for (at, (keys, persons)) in table.iter().enumerate() {
            let key = keys.iter().enumerate().filter(|(at, _)| taken & (1 << at) != 0);
            let sum = sums.entry(key.map(|(_, key)| key).collect()).or_default();
            sum.0.add(at);
            sum.1 += persons;
        }
        small.extend(
            sums.into_values()
                .filter(|(_, persons)| (1..THRESHOLD).contains(persons)),
        );
    }
    small
}

/// What an attacker finds out about the small cells of a table.
fn given_away(table: &Table, said: &[Told], dimensions: usize, reader: Reader) -> Vec<(i64, Range)> {
    let mut attacker = Attacker::told(table.len(), said, reader);
    let ranges = small(table, dimensions)
        .into_iter()
        .map(|(cells, persons)| (persons, attacker.range_of(&cells)));
    let found = ranges.filter(|(_, range)| range.gives_a_small_cell_away(THRESHOLD) || range.is_one_number());
    found.collect()
}

/// What a table says that hides its small cells and nothing else: each other cell, and each sum over the last dimension
/// or over everything.
fn said_naively(table: &Table) -> Vec<Told> {
    let shown = table
        .iter()
        .enumerate()
        .filter(|(_, (_, persons))| *persons >= THRESHOLD || *persons == 0);
    let mut said: Vec<Told> = shown
        .map(|(at, (_, persons))| Told::exactly([at].into_iter().collect(), *persons))
        .collect();
    let hidden = table
        .iter()
        .enumerate()
        .filter(|(_, (_, persons))| (1..THRESHOLD).contains(persons));
    said.extend(hidden.map(|(at, _)| Told::named([at].into_iter().collect(), None)));
    let sum = |cells: &Cells| cells.iter().map(|cell| table[cell].1).sum::<i64>();
    for (keys, _) in table {
        for level in 0..keys.len() {
            let cells = beginning_with(table, &keys[..level]);
            let persons = sum(&cells);
            said.push(Told::exactly(cells, persons));
        }
    }
    said
}

fn returned_in_2010() -> Table {
    let rows = RETURNED_TO_KOSOVO_IN_2010.iter();
    rows.map(|(host, persons)| (vec![(*host).to_owned()], *persons))
        .collect()
}

/// INV-20: of 2,204 persons one came from Australia and eight from Slovakia, and ten from Czechia go with them.
#[test]
fn inv_20_the_returns_of_2010_do_not_give_away_who_came_alone() {
    let table = returned_in_2010();
    let all: i64 = table.iter().map(|(_, persons)| persons).sum();
    assert_eq!(all, 2_204);
    let leaves = told(&table, &[Dimension::HostTerritory]);
    let withheld: Vec<&Leaf> = leaves.iter().filter(|leaf| !leaf.withheld.is_empty()).collect();
    let [withheld] = withheld.as_slice() else {
        panic!("{withheld:?}");
    };
    assert_eq!(
        (withheld.withheld.join(" "), withheld.count.persons),
        ("AUS CZE SVK".to_owned(), 19)
    );
    for reader in [Reader::Plain, Reader::Knowing] {
        let found = given_away(&table, &said(&table, &leaves), 1, reader);
        assert!(found.is_empty(), "{reader:?}: {found:?}");
    }
}

/// The same attacker against a table that hides small cells and nothing else: the total gives them away.
#[test]
fn an_attacker_finds_small_cells_where_nothing_else_is_withheld() {
    let table = returned_in_2010();
    let found = given_away(&table, &said_naively(&table), 1, Reader::Knowing);
    let both: Vec<i64> = found.iter().map(|(persons, _)| *persons).collect();
    assert_eq!(
        both,
        [1, 8],
        "nine are left of 2,204, in two rows that somebody is in: {found:?}"
    );

    let mut table = table;
    table.retain(|(keys, _)| keys[0] != "AUS");
    let found = given_away(&table, &said_naively(&table), 1, Reader::Plain);
    assert!(
        matches!(found[..], [(8, range)] if range.is_one_number()),
        "{found:?}"
    );
}

/// Names of groups, for tables by chance.
fn group(of: &str, nth: usize) -> String {
    format!("{of}{nth}")
}

/// A table of host territories by sex and band of age, with few in most cells, and enough in all to be told of.
fn by_chance() -> impl Strategy<Value = Table> {
    let cell = prop_oneof![4 => Just(0_i64), 4 => 1..6_i64, 3 => 6..15_i64, 2 => 15..80_i64];
    let tables = (1..6_usize, 1..4_usize, 1..6_usize).prop_flat_map(move |(hosts, sexes, bands)| {
        let cells = proptest::collection::vec(cell.clone(), hosts * sexes * bands);
        cells.prop_map(move |cells| {
            let key = |nth: usize| {
                vec![
                    group("H", nth / (sexes * bands)),
                    group("S", nth / bands % sexes),
                    group("A", nth % bands),
                ]
            };
            let cells = cells.into_iter().enumerate();
            cells.map(|(nth, persons)| (key(nth), persons)).collect::<Table>()
        })
    });
    tables.prop_filter("enough in all", |table| {
        table.iter().map(|(_, persons)| persons).sum::<i64>() >= THRESHOLD
    })
}

const DEMOGRAPHY: [Dimension; 3] = [Dimension::HostTerritory, Dimension::Sex, Dimension::AgeBand];

/// What occurs in no row is not split, and is known to be empty where it is not named.
fn occurring(table: &Table) -> Table {
    table
        .iter()
        .filter(|(_, persons)| *persons > 0)
        .cloned()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// INV-20: no table by chance gives a small cell away.
    #[test]
    fn inv_20_no_table_by_chance_gives_a_small_cell_away(table in by_chance()) {
        let occurring = occurring(&table);
        let leaves = told(&occurring, &DEMOGRAPHY);
        let found = given_away(&occurring, &said(&occurring, &leaves), 3, Reader::Plain);
        prop_assert!(found.is_empty(), "{:?}\n{:?}", found, leaves);
    }

    /// The same for an attacker who knows that a suppressed row names somebody.
    #[test]
    fn names_of_withheld_groups_do_not_give_a_small_cell_away(table in by_chance()) {
        let occurring = occurring(&table);
        let leaves = told(&occurring, &DEMOGRAPHY);
        let found = given_away(&occurring, &said(&occurring, &leaves), 3, Reader::Knowing);
        prop_assert!(found.is_empty(), "{:?}\n{:?}", found, leaves);
    }
}

/// Ten countries with one returnee each are ten names for ten persons.
#[test]
fn as_many_names_as_persons_are_not_told() {
    let table: Table = (0..10).map(|nth| (vec![group("C", nth)], 1)).collect();
    let leaves = told(&table, &[Dimension::Nationality]);
    let found = given_away(&table, &said(&table, &leaves), 1, Reader::Knowing);
    assert!(found.is_empty(), "{found:?}");
}
