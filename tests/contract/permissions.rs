//! The page of permissions is what the tables say, and leaves out nobody.

use crate::golden;
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::domain::party::OrganisationKind;
use avrr_gateway::graphql::permissions;
use avrr_gateway::policy::actions::Action;
use avrr_gateway::policy::fields::{Access, LINES};
use avrr_gateway::policy::relation::Relation;

#[test]
fn the_page_of_the_permissions_is_current() {
    golden::is_current("docs/permissions.md", &permissions());
}

#[test]
fn every_kind_of_viewer_has_a_chapter_with_every_command_that_it_may_give() {
    let page = permissions();
    let chapters: Vec<&str> = page.split("\n## ").collect();
    for (kind, code, _) in OrganisationKind::ALL {
        let chapter = chapters.iter().find(|chapter| {
            chapter
                .lines()
                .next()
                .is_some_and(|title| title.ends_with(&format!(": `{code}`")))
        });
        let chapter = chapter.unwrap_or_else(|| panic!("{code} has no chapter"));
        for (action, name, ..) in Action::ALL {
            let may = Relation::possible_for(*kind)
                .iter()
                .any(|relation| action.is_for(*relation));
            assert_eq!(chapter.contains(&format!("| `{name}` |")), may, "{code}: {name}");
        }
    }
}

#[test]
fn what_an_embassy_is_not_shown_is_not_among_what_it_is_shown() {
    let page = permissions();
    let (_, chapter) = page.split_once(": `CONSULAR_POST`").expect("a chapter");
    let chapter = chapter.split("\n## ").next().expect("its text");
    let line = chapter
        .lines()
        .find(|line| line.starts_with("| **Person** |"))
        .expect("persons");
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [_, _, full, partly, conditional, withheld, _] = cells[..] else {
        panic!("{line}");
    };
    for line in LINES.iter().filter(|line| line.name.starts_with("Person.")) {
        let name = format!("`{}`", line.name.trim_start_matches("Person."));
        let cell = match line.cells[Relation::Consular as usize] {
            Access::Full => full,
            Access::Masked(_) => partly,
            Access::Withheld => withheld,
            _ => conditional,
        };
        assert!(cell.contains(&name), "{name} is not in {cell}");
    }
}
