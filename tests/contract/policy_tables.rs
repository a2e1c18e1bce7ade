//! The three tables are complete in both directions, say why, and are what was read and agreed: `tests/golden`.

use crate::golden;
use crate::sdl::{Kind, Sdl};
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::domain::consent::{ConsentCategory, Purpose, RecipientClass};
use avrr_gateway::domain::party::ClientRight;
use avrr_gateway::graphql::sdl;
use avrr_gateway::policy::actions::Action;
use avrr_gateway::policy::fields::{Access, LINES, UNGOVERNED};
use avrr_gateway::policy::lens::{Consented, Lens};
use avrr_gateway::policy::relation::Relation;
use avrr_gateway::policy::render;
use std::collections::BTreeSet;

#[test]
fn the_tables_are_those_that_were_agreed() {
    golden::is_current("tests/golden/fields.txt", &render::fields());
    golden::is_current("tests/golden/rows.txt", &render::reaches());
    golden::is_current("tests/golden/actions.txt", &render::actions());
}

#[test]
fn every_field_of_the_schema_has_a_line_or_belongs_to_a_type_that_needs_none() {
    let whole = Sdl::read(&sdl(None));
    let lines: BTreeSet<&str> = LINES.iter().map(|line| line.name).collect();
    let fields = whole.object_fields().map(|(field, _)| field);
    let without: Vec<String> = fields
        .filter(|field| !needs_no_line(of(field)) && !lines.contains(field.as_str()))
        .collect();
    assert_eq!(without, Vec::<String>::new(), "fields without a line");
}

#[test]
fn every_line_has_a_field_and_stands_in_the_table_once() {
    let whole = Sdl::read(&sdl(None));
    let fields: BTreeSet<String> = whole.object_fields().map(|(field, _)| field).collect();
    let mut seen = BTreeSet::new();
    for line in LINES {
        assert!(
            fields.contains(line.name),
            "{}: no such field in the schema",
            line.name
        );
        assert!(
            !needs_no_line(of(line.name)),
            "{}: its type needs no line",
            line.name
        );
        assert!(seen.insert(line.name), "{}: two lines", line.name);
    }
}

#[test]
fn every_type_that_needs_no_line_is_in_the_schema() {
    let whole = Sdl::read(&sdl(None));
    let objects = whole.types.iter().filter(|(_, of)| of.kind == Kind::Object);
    let names: Vec<&String> = objects.map(|(name, _)| name).collect();
    for (pattern, why) in UNGOVERNED {
        assert!(
            names.iter().any(|name| fits(pattern, name)),
            "{pattern}: no such type"
        );
        assert!(!why.trim().is_empty(), "{pattern}: no reason");
    }
}

#[test]
fn a_type_that_needs_no_line_is_not_one_that_rows_are_made_of() {
    let whole = Sdl::read(&sdl(None));
    for (name, of) in &whole.types {
        let is_node = of.implements.iter().any(|interface| interface == "Node");
        assert!(
            !(is_node && needs_no_line(name)),
            "{name} is a row and needs lines"
        );
    }
}

#[test]
fn every_command_of_the_schema_has_an_action_and_every_action_a_command() {
    let whole = Sdl::read(&sdl(None));
    let commands: BTreeSet<&str> = whole.members("Mutation").into_iter().collect();
    let actions: BTreeSet<&str> = Action::ALL.iter().map(|(_, name, ..)| *name).collect();
    assert_eq!(commands, actions);
    assert_eq!(
        actions.len(),
        Action::ALL.len(),
        "an action stands in the table twice"
    );
}

#[test]
fn every_line_says_why() {
    for line in LINES {
        assert!(!line.why.trim().is_empty(), "{}: no reason", line.name);
    }
    for (_, name, relations, why) in Action::ALL {
        assert!(!why.trim().is_empty(), "{name}: no reason");
        assert!(!relations.is_empty(), "{name}: a command that nobody may give");
    }
}

#[test]
fn a_line_that_speaks_of_an_asylum_claim_is_marked() {
    for line in LINES {
        let speaks = line.name.to_lowercase().contains("asylum") || line.why.contains("asylum");
        assert!(line.claim || !speaks, "{}: {}", line.name, line.why);
    }
    assert!(LINES.iter().filter(|line| line.claim).count() > 20);
}

/// What every consent there can be, for whatever purpose, opens of a line to a consular post; and its being the post's own.
#[test]
fn no_cell_and_no_consent_opens_asylum_data_to_a_consular_post() {
    let today = chrono::NaiveDate::default();
    let rights: Vec<ClientRight> = ClientRight::ALL.iter().map(|(right, ..)| *right).collect();
    let mut asked = 0;
    for (purpose, ..) in Purpose::ALL {
        // Consents for another class or another purpose open nothing: these are all that do.
        let counts = RecipientClass::Embassy.purpose_for(*purpose).is_some();
        for given in 0..1_u32 << ConsentCategory::ALL.len() {
            let categories = ConsentCategory::ALL.iter().enumerate();
            let given = categories.filter(|(nth, _)| counts && given & 1 << nth != 0);
            let given = given.fold(Consented::default(), |all, (_, (category, ..))| {
                all.with(*category)
            });
            let lens = Lens::new(Relation::Consular, given, today).held_with(rights.as_slice().into());
            for line in LINES.iter().filter(|line| line.claim) {
                assert!(
                    !lens.opens(line) && !lens.on_own(true).opens(line),
                    "{}",
                    line.name
                );
                asked += 1;
            }
        }
    }
    assert!(asked > 0);
    for line in LINES.iter().filter(|line| line.claim) {
        assert_eq!(
            line.cells[Relation::Consular as usize],
            Access::Withheld,
            "{}",
            line.name
        );
        for ((_, relation), cell) in Relation::ALL.iter().zip(line.cells) {
            assert!(
                !matches!(cell, Access::IfConsent(_) | Access::ToStaffIfConsent(..)),
                "{}: a consent opens it to {relation}",
                line.name
            );
        }
    }
}

/// What a consent may open to a post is what it needs to make a document, and no more.
#[test]
fn a_consent_opens_to_a_consular_post_what_it_needs_for_a_document() {
    const WITHOUT_MORE: [&str; 6] = [
        "IDENTITY",
        "CONTACT",
        "FAMILY_ADDRESS",
        "GUARDIAN",
        "PHOTO",
        "DOCUMENTS",
    ];
    for line in LINES {
        match line.cells[Relation::Consular as usize] {
            Access::IfConsent(category) => assert!(
                WITHOUT_MORE.contains(&category.code()),
                "{}: {category:?}",
                line.name
            ),
            Access::ToStaffIfConsent(..) => panic!("{}: a post has no staff of IOM", line.name),
            _ => {}
        }
    }
}

#[test]
fn a_claim_is_for_the_sending_mission_and_for_the_authority_whose_procedure_it_is() {
    let mut lines = LINES.iter().filter(|line| line.name.starts_with("AsylumClaim."));
    assert!(lines.clone().count() > 4, "the lines of a claim");
    let of_the_case = LINES.iter().find(|line| line.name == "Case.asylumClaims");
    let others_see_nothing = lines.all(|line| {
        Relation::ALL
            .iter()
            .zip(line.cells)
            .all(|((relation, _), cell)| match relation {
                Relation::Sending => cell == Access::Full,
                Relation::Migration => matches!(cell, Access::Own | Access::Withheld),
                _ => cell == Access::Withheld,
            })
    });
    assert!(others_see_nothing);
    for ((relation, name), cell) in Relation::ALL.iter().zip(of_the_case.expect("a line").cells) {
        let knows = matches!(relation, Relation::Sending | Relation::Migration);
        assert_eq!(cell != Access::Withheld, knows, "{name}");
    }
}

#[test]
fn a_consent_is_asked_for_only_where_there_is_a_class_of_recipient_that_can_be_given_one() {
    for line in LINES {
        for ((relation, name), cell) in Relation::ALL.iter().zip(line.cells) {
            assert!(
                !matches!(cell, Access::IfConsent(_)) || relation.recipient_class().is_some(),
                "{}: nobody can consent for {name}",
                line.name
            );
        }
    }
}

fn of(field: &str) -> &str {
    field.split_once('.').map_or(field, |(of, _)| of)
}

fn needs_no_line(name: &str) -> bool {
    UNGOVERNED.iter().any(|(pattern, _)| fits(pattern, name))
}

/// Whether a name fits a pattern: the name itself, or `*` and its end.
fn fits(pattern: &str, name: &str) -> bool {
    pattern
        .strip_prefix('*')
        .map_or(pattern == name, |end| name.ends_with(end))
}
