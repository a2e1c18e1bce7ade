//! What is kept for how long: of every column of words it is said whether it tells of a person, and what becomes of it.

use crate::golden;
use crate::migrations::columns_of_words;
use avrr_gateway::domain::retention::{IMPERSONAL, RULES, Treatment, page};
use std::collections::BTreeSet;

#[test]
fn the_page_of_the_schedule_is_current() {
    golden::is_current("docs/retention.md", &page());
}

#[test]
fn every_column_of_words_is_impersonal_or_has_a_rule() {
    let own = |(table, column): (&str, &str)| (table.to_owned(), column.to_owned());
    let rules = RULES
        .iter()
        .filter(|rule| !matches!(rule.treatment, Treatment::Year | Treatment::Burnt));
    let ruled: BTreeSet<_> = rules.map(|rule| own((rule.table, rule.column))).collect();
    let impersonal = IMPERSONAL.iter().flat_map(|(table, columns)| {
        let columns = columns.split_whitespace();
        columns.map(move |column| own((table, column)))
    });
    let impersonal: BTreeSet<_> = impersonal.collect();
    let both: Vec<_> = ruled.intersection(&impersonal).collect();
    assert!(both.is_empty(), "impersonal, and with a rule: {both:?}");
    let named: BTreeSet<_> = ruled.union(&impersonal).cloned().collect();
    let there = columns_of_words();
    let forgotten: Vec<_> = there.difference(&named).collect();
    assert!(
        forgotten.is_empty(),
        "do they tell of a person? If so, give them a rule in src/domain/retention.rs; if not, name them in \
         src/domain/retention/impersonal.rs: {forgotten:?}"
    );
    let gone: Vec<_> = named.difference(&there).collect();
    assert!(gone.is_empty(), "no such column of words: {gone:?}");
}
