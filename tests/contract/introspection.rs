//! Introspection shows each kind of viewer its own schema: the same that `avrr-gateway schema --as` prints, no more and no
//! less. What is not shown is as if it were not there for whoever asks what there is; a field of a row can still be asked
//! for, and is withheld like any other.

use crate::sdl::{Kind, Sdl};
use crate::support::{Actor, Until, World, on_both_databases};
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::domain::party::OrganisationKind;
use avrr_gateway::graphql::sdl;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const EVERYTHING: &str = "{ __schema { queryType { name } mutationType { name } subscriptionType { name }
    types { name kind possibleTypes { name } enumValues(includeDeprecated: true) { name }
        fields(includeDeprecated: true) { name description type { ...named } args(includeDeprecated: true) { name type { ...named } } }
        inputFields(includeDeprecated: true) { name type { ...named } } } } }
    fragment named on __Type { name ofType { name ofType { name ofType { name } } } }";

/// Types that every schema has, and no definition prints.
const BUILT_IN: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

/// Somebody of each kind.
fn one_of_each(world: &World) -> Vec<(OrganisationKind, Actor)> {
    let of = |kind: OrganisationKind| match kind {
        OrganisationKind::Mission => world.mission("Pristina"),
        OrganisationKind::ConsularPost => world.embassy("Iraq", "Belgrade"),
        OrganisationKind::Police => world.police("XKX"),
        OrganisationKind::MigrationAuthority => world.migration("XKX"),
        OrganisationKind::Dashboard => world.dashboard(),
        OrganisationKind::ServiceProvider => world.service(),
        OrganisationKind::Auditor => world.auditor(),
        OrganisationKind::Admin => world.admin(),
    };
    let kinds = OrganisationKind::ALL.iter();
    kinds.map(|(kind, ..)| (*kind, of(*kind))).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn name(value: &Value) -> &str {
    value["name"].as_str().unwrap_or_default()
}

/// The type within its lists and exclamation marks.
fn base(of: &Value) -> &str {
    if of["ofType"].is_null() {
        name(of)
    } else {
        base(&of["ofType"])
    }
}

/// The members of each type: `member`, `member: Type`, or `member(argument: Type)`.
fn introspected(data: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let own = list(&data["__schema"]["types"]).filter(|ty| !name(ty).starts_with("__"));
    let own = own.filter(|ty| !BUILT_IN.contains(&name(ty)));
    let members = |ty: &Value| {
        let mut members = BTreeSet::new();
        for field in list(&ty["fields"]).chain(list(&ty["inputFields"])) {
            members.insert(format!("{}: {}", name(field), base(&field["type"])));
            for argument in list(&field["args"]) {
                members.insert(format!(
                    "{}({}: {})",
                    name(field),
                    name(argument),
                    base(&argument["type"])
                ));
            }
        }
        let possible = list(&ty["possibleTypes"]).filter(|_| ty["kind"] == "UNION");
        members.extend(
            list(&ty["enumValues"])
                .chain(possible)
                .map(|word| name(word).to_owned()),
        );
        members
    };
    own.map(|ty| (name(ty).to_owned(), members(ty))).collect()
}

/// The same of a printed definition.
fn printed(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    use async_graphql::parser::parse_schema;
    use async_graphql::parser::types::{
        BaseType, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
    };
    fn base(of: &Type) -> &str {
        match &of.base {
            BaseType::Named(name) => name.as_str(),
            BaseType::List(inner) => base(inner),
        }
    }
    fn typed(input: &InputValueDefinition) -> String {
        format!("{}: {}", input.name.node, base(&input.ty.node))
    }
    let mut types = BTreeMap::new();
    for definition in parse_schema(text).expect("a schema").definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let definition = definition.node;
        let mut members = BTreeSet::new();
        match definition.kind {
            TypeKind::Scalar => {}
            TypeKind::Object(async_graphql::parser::types::ObjectType { fields, .. })
            | TypeKind::Interface(async_graphql::parser::types::InterfaceType { fields, .. }) => {
                for field in fields {
                    let field = field.node;
                    members.insert(format!("{}: {}", field.name.node, base(&field.ty.node)));
                    for argument in field.arguments {
                        members.insert(format!("{}({})", field.name.node, typed(&argument.node)));
                    }
                }
            }
            TypeKind::Union(union) => members.extend(union.members.iter().map(|of| of.node.to_string())),
            TypeKind::Enum(of) => {
                members.extend(of.values.iter().map(|word| word.node.value.node.to_string()));
            }
            TypeKind::InputObject(input) => {
                members.extend(input.fields.iter().map(|field| typed(&field.node)));
            }
        }
        types.insert(definition.name.node.to_string(), members);
    }
    types
}

async fn everybody_is_shown_the_schema_that_is_printed_for_its_kind(world: &World) {
    let mut whole = 0;
    for (kind, actor) in one_of_each(world) {
        let data = actor.ask(EVERYTHING, json!({})).await.ok();
        let (shown, printed) = (introspected(&data), printed(&sdl(Some(kind))));
        let types = |of: &BTreeMap<String, BTreeSet<String>>| of.keys().cloned().collect::<Vec<_>>();
        assert_eq!(types(&shown), types(&printed), "the types as {kind}");
        for (name, members) in &printed {
            assert_eq!(&shown[name], members, "{name} as {kind}");
        }
        let roots = Sdl::read(&sdl(Some(kind))).roots;
        let schema = &data["__schema"];
        for (root, ty) in [("mutationType", "Mutation"), ("subscriptionType", "Subscription")] {
            let there = roots.contains(&ty.to_owned());
            assert_eq!(!schema[root].is_null(), there, "{root} as {kind}");
        }
        whole = whole.max(shown.len());
    }
    assert!(whole > 100, "no more than {whole} types were shown");
}

async fn a_type_that_is_hidden_is_the_same_as_no_type(world: &World) {
    let whole = Sdl::read(&sdl(None));
    let query = "query($name: String!) { __type(name: $name) { name kind description fields { name } } }";
    for (kind, actor) in one_of_each(world) {
        let seen = Sdl::read(&sdl(Some(kind)));
        let unknown = actor.ask(query, json!({ "name": "NoSuchType" })).await;
        assert_eq!(unknown.data, json!({ "__type": null }));
        for name in whole.types.keys().filter(|name| !seen.knows(name)) {
            let hidden = actor.ask(query, json!({ "name": name })).await;
            assert_eq!(
                (hidden.status, &hidden.text),
                (unknown.status, &unknown.text),
                "{name} as {kind}"
            );
        }
        let organisation = actor.ask(query, json!({ "name": "Organisation" })).await.ok();
        assert_eq!(name(&organisation["__type"]), "Organisation", "as {kind}");
    }
}

/// Some things that nobody but those concerned is shown, spelt out so that the tables cannot take them back unseen.
async fn each_kind_is_shown_what_it_can_use(world: &World) {
    let shown = async |actor: &Actor| introspected(&actor.ask(EVERYTHING, json!({})).await.ok());
    let post = shown(&world.embassy("Iraq", "Belgrade")).await;
    let police = shown(&world.police("XKX")).await;
    let dashboard = shown(&world.dashboard()).await;
    let mission = shown(&world.mission("Pristina")).await;
    for hidden in [
        "CashGrant",
        "ReturnDecision",
        "VulnerabilityAssessment",
        "Project",
        "GrantRule",
        "ClientRight",
    ] {
        assert!(!post.contains_key(hidden), "a consular post is shown {hidden}");
    }
    let speaks_of = |of: &BTreeMap<String, BTreeSet<String>>, name: &str, member: &str| {
        of.get(name)
            .is_some_and(|members| members.iter().any(|known| known.starts_with(member)))
    };
    assert!(!speaks_of(&post, "Case", "legalStatusAtApplication"));
    assert!(!speaks_of(&post, "Mutation", "openCase"));
    assert!(speaks_of(&post, "Mutation", "confirmNationality"));
    for hidden in [
        "Case",
        "Notice",
        "Mutation",
        "Subscription",
        "CaseFilter",
        "CommandErrorCode",
    ] {
        assert!(!dashboard.contains_key(hidden), "a dashboard is shown {hidden}");
        assert!(mission.contains_key(hidden), "a mission is not shown {hidden}");
    }
    // A filter by what is seen in part narrows nothing, and what is never seen in full has no other words.
    assert!(!speaks_of(&police, "CaseFilter", "state") && speaks_of(&mission, "CaseFilter", "state"));
    let states: Vec<&str> = police["CaseState"].iter().map(String::as_str).collect();
    assert_eq!(
        states,
        ["DEPARTED", "ENDED", "OBJECTION_CHECK", "PLANNED", "REGISTERED"]
    );
    assert!(mission["CaseState"].contains("WITHDRAWN"));
}

/// A field that is not shown is withheld where it is asked for, and an error never names what is not shown.
async fn what_is_not_shown_is_withheld_and_never_named(world: &World) {
    let usual = world.a_usual_case(Until::Requested).await;
    let question = "{ cases { nodes { id legalStatusAtApplication cashGrants { id } } } }";
    let answer = usual.iraq.ask(question, json!({})).await;
    let redacted = |field: &str| answer.redaction(&format!("cases.nodes.0.{field}"));
    assert_eq!(
        redacted("legalStatusAtApplication"),
        Some("WITHHELD"),
        "{}",
        answer.text
    );
    assert_eq!(redacted("cashGrants"), Some("WITHHELD"), "{}", answer.text);
    let whole = Sdl::read(&sdl(None));
    let seen = Sdl::read(&sdl(Some(OrganisationKind::ConsularPost)));
    let hidden: Vec<&str> = whole
        .members("Case")
        .into_iter()
        .filter(|field| !seen.members("Case").contains(field))
        .collect();
    assert!(hidden.contains(&"legalStatusAtApplication"));
    for typo in [
        "legalStatus",
        "legalStatusAtApplicatio",
        "cashGrant",
        "withdrawalReasons",
        "mimosaRef",
    ] {
        let refused = usual
            .iraq
            .ask(&format!("{{ cases {{ nodes {{ {typo} }} }} }}"), json!({}))
            .await;
        refused.is_refused("GRAPHQL_VALIDATION_FAILED");
        let words = refused.text.replace(&format!("\\\"{typo}\\\""), "");
        let named = hidden.iter().find(|field| words.contains(**field));
        assert_eq!(named, None, "{}", refused.text);
    }
    for (typo, hidden) in [
        ("{ cashGrant { id } }", "cashGrants"),
        ("mutation { openCas { id } }", "openCase"),
    ] {
        let refused = usual.iraq.ask(typo, json!({})).await;
        refused.is_refused("GRAPHQL_VALIDATION_FAILED");
        assert!(!refused.text.contains(hidden), "{}", refused.text);
    }
}

/// Each field of a row, each listing, each stream and each command says for whom it is.
#[test]
fn every_field_says_who_reads_it_and_every_command_who_gives_it() {
    use async_graphql::parser::parse_schema;
    use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
    use avrr_gateway::policy::fields::LINES;
    let kinds = OrganisationKind::ALL.iter().map(|(kind, ..)| Some(*kind));
    for kind in kinds.chain([None]) {
        let mut said = 0;
        for definition in parse_schema(sdl(kind)).expect("a schema").definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let owner = definition.node.name.node.to_string();
            let TypeKind::Object(object) = definition.node.kind else {
                continue;
            };
            for field in object.fields {
                let field = field.node;
                let name = format!("{owner}.{}", field.name.node);
                let text = field.description.map(|text| text.node).unwrap_or_default();
                let says = match owner.as_str() {
                    "Mutation" => text.contains(" For: "),
                    "Query" | "Subscription" => text.contains(" Read by: "),
                    _ if LINES.iter().all(|line| line.name != name) => continue,
                    _ => text.contains(" Read by: ") || text.contains(" Read in full by nobody"),
                };
                assert!(says, "{name}: {text}");
                said += 1;
            }
        }
        assert!(said > 40, "{said} fields were read as {kind:?}");
    }
}

/// A definition keeps its form when arguments are left out.
#[test]
fn a_listing_without_its_filters_is_still_a_listing() {
    let police = Sdl::read(&sdl(Some(OrganisationKind::Police)));
    assert!(police.types.values().any(|of| of.kind == Kind::Input));
    let text = sdl(Some(OrganisationKind::Admin));
    assert!(
        text.contains("organisations(") && !text.contains(",\n\t):"),
        "{text}"
    );
}

on_both_databases!(
    everybody_is_shown_the_schema_that_is_printed_for_its_kind,
    a_type_that_is_hidden_is_the_same_as_no_type,
    each_kind_is_shown_what_it_can_use,
    what_is_not_shown_is_withheld_and_never_named,
);
