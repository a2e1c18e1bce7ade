//! The schema is the partners' contract: the committed file is current, every element says what it is, and each kind of
//! viewer gets a schema of its own that is whole and shows nothing that it can never see.

use crate::golden;
use crate::sdl::{Kind, Sdl};
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::domain::party::OrganisationKind;
use avrr_gateway::graphql::sdl;
use avrr_gateway::policy::actions::Action;
use avrr_gateway::policy::fields::{Access, LINES};
use avrr_gateway::policy::relation::Relation;

#[test]
fn the_committed_schema_is_current() {
    golden::is_current("schema.graphql", &sdl(None));
}

#[test]
fn every_element_of_the_schema_says_what_it_is() {
    let whole = Sdl::read(&sdl(None));
    assert!(
        whole.types.len() > 100,
        "only {} types were read",
        whole.types.len()
    );
    assert_eq!(whole.undescribed, Vec::<String>::new());
}

#[test]
fn every_element_of_a_kind_s_schema_says_what_it_is() {
    for (kind, name, _) in OrganisationKind::ALL {
        assert_eq!(
            Sdl::read(&sdl(Some(*kind))).undescribed,
            Vec::<String>::new(),
            "as {name}"
        );
    }
}

#[test]
fn the_whole_schema_and_that_of_every_kind_are_valid() {
    is_valid("whole", &Sdl::read(&sdl(None)));
    for (kind, name, _) in OrganisationKind::ALL {
        is_valid(name, &Sdl::read(&sdl(Some(*kind))));
    }
}

fn is_valid(whose: &str, sdl: &Sdl) {
    assert!(sdl.roots.contains(&"Query".to_owned()), "{whose}: no query root");
    for root in &sdl.roots {
        assert!(
            sdl.types.contains_key(root),
            "{whose}: the schema names {root}, which is not there"
        );
    }
    for (name, of) in &sdl.types {
        assert!(
            of.kind == Kind::Scalar || !of.members.is_empty(),
            "{whose}: {name} is empty"
        );
        for member in &of.members {
            for named in member.of.iter().chain(&member.arguments) {
                assert!(
                    sdl.knows(named),
                    "{whose}: {name}.{} names {named}, which is not there",
                    member.name
                );
            }
        }
        for interface in &of.implements {
            let promised = sdl.members(interface);
            assert!(
                !promised.is_empty(),
                "{whose}: {name} implements {interface}, which is not there"
            );
            for field in promised {
                assert!(
                    sdl.members(name).contains(&field),
                    "{whose}: {name} implements {interface} without {field}"
                );
            }
        }
    }
}

#[test]
fn an_interface_declares_an_id_and_nothing_else() {
    let whole = Sdl::read(&sdl(None));
    let interfaces = whole.types.iter().filter(|(_, of)| of.kind == Kind::Interface);
    for (name, of) in interfaces {
        let fields: Vec<&str> = of.members.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(
            fields,
            ["id"],
            "{name}: a field of an interface has no line of its own"
        );
    }
}

#[test]
fn a_kind_s_schema_shows_no_field_that_no_row_would_show_it() {
    for (kind, name, _) in OrganisationKind::ALL {
        let seen = Sdl::read(&sdl(Some(*kind)));
        for (field, _) in seen.object_fields() {
            assert!(
                can_see(*kind, &field),
                "as {name}: {field} is withheld whatever the relation"
            );
        }
    }
}

#[test]
fn a_kind_s_schema_leaves_out_nothing_that_it_can_see() {
    let whole = Sdl::read(&sdl(None));
    for (kind, name, _) in OrganisationKind::ALL {
        let seen = Sdl::read(&sdl(Some(*kind)));
        for (field, member) in whole.object_fields() {
            let (of, _) = field.split_once('.').expect("a field has a type");
            // A type that nothing shown leads to may go, and then whatever names it.
            let leads_on = member.of.iter().chain(&member.arguments).all(|of| seen.knows(of));
            if seen.knows(of) && leads_on && can_see(*kind, &field) && may(*kind, &field) {
                assert!(
                    seen.members(of).contains(&member.name.as_str()),
                    "as {name}: {field} is missing"
                );
            }
        }
    }
}

#[test]
fn a_kind_s_schema_shows_the_commands_that_it_may_give_and_no_others() {
    for (kind, name, _) in OrganisationKind::ALL {
        let seen = Sdl::read(&sdl(Some(*kind)));
        let shown = seen.members("Mutation");
        for (_, command, ..) in Action::ALL {
            let permitted = may(*kind, &format!("Mutation.{command}"));
            assert_eq!(shown.contains(command), permitted, "as {name}: {command}");
        }
        assert_eq!(
            seen.roots.contains(&"Mutation".to_owned()),
            !shown.is_empty(),
            "as {name}"
        );
    }
}

/// Whether some relation of this kind of viewer sees the field, if only in part or with consent.
fn can_see(kind: OrganisationKind, field: &str) -> bool {
    let line = LINES.iter().find(|line| line.name == field);
    let relations = Relation::possible_for(kind);
    line.is_none_or(|line| {
        relations
            .iter()
            .any(|relation| line.cells[*relation as usize] != Access::Withheld)
    })
}

/// Whether the field is no command, or one that some relation of this kind of viewer may give.
fn may(kind: OrganisationKind, field: &str) -> bool {
    let command = field.strip_prefix("Mutation.");
    command.is_none_or(|command| {
        let actions = Action::ALL.iter().filter(|(_, name, ..)| *name == command);
        let relations = Relation::possible_for(kind);
        actions
            .flat_map(|(_, _, permitted, _)| permitted.iter())
            .any(|relation| relations.contains(relation))
    })
}
