//! The invariants of the programme: each is named by a test, and what the program prints keeps the one that is about words.

use crate::source::below;
use avrr_gateway::graphql::sdl;
use avrr_gateway::policy::{machines, render};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_invariant_is_named_by_a_test() {
    let mut named: BTreeSet<u32> = BTreeSet::new();
    for source in below(&["src", "tests", "migration/tests"]) {
        // Tests on both databases are plain functions, so every function is looked at.
        let functions = source.code.split("fn ").skip(1);
        for function in functions {
            let name: &str = function
                .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                .next()
                .unwrap_or_default();
            named.extend(invariants(name));
        }
    }
    let missing: Vec<u32> = (1..=20).filter(|number| !named.contains(number)).collect();
    assert_eq!(missing, Vec::<u32>::new(), "invariants that no test names");
}

/// The invariants that a test is named after: `inv_04_…`, `inv_03_and_04_…`.
fn invariants(name: &str) -> Vec<u32> {
    let Some((_, rest)) = name.split_once("inv_") else {
        return Vec::new();
    };
    let words = rest.split('_').filter(|word| *word != "and");
    words.map_while(|word| word.parse().ok()).collect()
}

/// INV-17: whatever names Kosovo* says so with the asterisk, and says what the asterisk means.
#[test]
fn inv_17_whatever_names_kosovo_carries_the_footnote() {
    let whole = sdl(None);
    let mut texts: Vec<(String, String)> = vec![
        ("the table of fields".to_owned(), render::fields()),
        ("the table of rows".to_owned(), render::reaches()),
        ("the table of actions".to_owned(), render::actions()),
        ("the state machines".to_owned(), machines::page()),
    ];
    // Each description of the schema stands by itself, in an explorer or in generated code.
    let descriptions = whole.split("\"\"\"").skip(1).step_by(2);
    texts.extend(descriptions.map(|text| (format!("a description: {text}"), text.to_owned())));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/state-machines.md",
    ] {
        let text = std::fs::read_to_string(root.join(file)).expect(file);
        texts.push((file.to_owned(), text));
    }
    for (what, text) in texts {
        let text = text
            .replace("\\*", "*")
            .replace("Kosovo\ndeclaration", "Kosovo declaration");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = text.replace("Kosovo declaration of independence", "");
        let named = bare.matches("Kosovo").count();
        assert_eq!(
            named,
            bare.matches("Kosovo*").count(),
            "{what} names Kosovo* bare"
        );
        let explained =
            text.contains("UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence");
        assert!(
            named == 0 || explained,
            "{what} does not say what the asterisk means"
        );
    }
}
