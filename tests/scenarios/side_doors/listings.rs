//! What a listing tells by being narrowed, counted, ordered and paged.

use crate::support::*;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, InputValueDefinition, Type, TypeKind, TypeSystemDefinition};
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::domain::party::OrganisationKind;
use avrr_gateway::graphql::sdl;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that narrows or orders a listing, by the kind of viewer that is shown it: listing, argument, what to say.
fn arguments(kind: Option<OrganisationKind>) -> BTreeMap<(String, String), String> {
    let (mut inputs, mut words, mut roots) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for definition in parse_schema(sdl(kind)).expect("a schema").definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let name = definition.node.name.node.to_string();
        match definition.node.kind {
            TypeKind::Object(object) if name == "Query" => roots = object.fields,
            TypeKind::InputObject(input) => drop(inputs.insert(name, input.fields)),
            TypeKind::Enum(of) => drop(words.insert(name, of.values[0].node.value.node.to_string())),
            _ => {}
        }
    }
    let say = |input: &InputValueDefinition| {
        let one = match named(&input.ty.node) {
            "PeriodInput" => "{ from: \"2020-01-01T00:00:00Z\" }".to_owned(),
            "CountryCode" => "\"IRQ\"".to_owned(),
            "String" => "\"T-2026-0001\"".to_owned(),
            "ID" => "\"AAAA\"".to_owned(),
            "Boolean" => "true".to_owned(),
            "Int" => "0".to_owned(),
            word => words
                .get(word)
                .unwrap_or_else(|| panic!("what is a {word}?"))
                .clone(),
        };
        let is_list = matches!(input.ty.node.base, BaseType::List(_));
        if is_list { format!("[{one}]") } else { one }
    };
    let mut all = BTreeMap::new();
    // Figures are no listings: what they are asked by chooses among cells that were published.
    let listings = roots.iter().map(|root| &root.node);
    for root in listings.filter(|root| named(&root.ty.node).ends_with("Connection")) {
        let listing = root.name.node.to_string();
        for argument in root.arguments.iter().map(|argument| &argument.node) {
            match argument.name.node.as_str() {
                "filter" => {
                    for field in &inputs[named(&argument.ty.node)] {
                        let name = &field.node.name.node;
                        let said = format!("filter: {{ {name}: {} }}", say(&field.node));
                        all.insert((listing.clone(), format!("filter.{name}")), said);
                    }
                }
                "orderBy" => {
                    let said = format!("orderBy: {}", say(argument));
                    all.insert((listing.clone(), "orderBy".to_owned()), said);
                }
                _ => {}
            }
        }
    }
    all
}

fn named(of: &Type) -> &str {
    match &of.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(inner) => named(inner),
    }
}

fn seats(world: &World) -> Vec<(OrganisationKind, Actor)> {
    vec![
        (OrganisationKind::Mission, world.mission("Pristina")),
        (OrganisationKind::Mission, world.mission("Istanbul")),
        (OrganisationKind::Mission, world.mission("Skopje")),
        (OrganisationKind::ConsularPost, world.embassy("Iraq", "Belgrade")),
        (OrganisationKind::Police, world.police("XKX")),
        (OrganisationKind::MigrationAuthority, world.migration("XKX")),
        (OrganisationKind::ServiceProvider, world.service()),
        (OrganisationKind::Dashboard, world.dashboard()),
        (OrganisationKind::Auditor, world.auditor()),
        (OrganisationKind::Admin, world.admin()),
    ]
}

/// 1: every filter and every order, from every seat: what its schema shows narrows, and everything else is refused.
async fn a_listing_is_narrowed_only_by_what_is_seen_in_full(world: &World) {
    world.a_usual_case(Until::Ready).await;
    let all = arguments(None);
    assert!(all.len() > 25, "only {} arguments were found", all.len());
    let (mut refused, mut narrowed) = (0, 0);
    for (kind, seat) in seats(world) {
        let shown = arguments(Some(kind));
        for ((listing, argument), said) in &all {
            let answer = seat
                .ask(&format!("{{ {listing}({said}) {{ totalCount }} }}"), json!({}))
                .await;
            if shown.contains_key(&(listing.clone(), argument.clone())) {
                assert!(
                    answer.errors.is_empty(),
                    "{}: {listing} {argument}: {}",
                    seat.client,
                    answer.text
                );
                narrowed += 1;
            } else if answer.errors.is_empty() {
                // Of a listing that holds nothing for anybody of the kind, nothing can be told by narrowing it.
                assert!(
                    !shown.keys().any(|(of, _)| of == listing),
                    "{}: {listing} {argument}",
                    seat.client
                );
                assert_eq!(answer.data, json!({ listing: { "totalCount": 0 } }));
                refused += 1;
            } else {
                assert_eq!(
                    answer.code(),
                    "FIELD_WITHHELD",
                    "{}: {listing} {argument}: {}",
                    seat.client,
                    answer.text
                );
                assert!(answer.text.contains(argument.as_str()), "{}", answer.text);
                refused += 1;
            }
        }
    }
    assert!(
        refused > 50 && narrowed > 50,
        "{refused} refused, {narrowed} narrowed"
    );
}

/// 1: who sees a state in part finds nothing by it; a mission that is sending for one case and on the way for another
/// finds the first alone.
async fn a_state_that_is_masked_cannot_be_found_out_by_asking(world: &World) {
    let usual = world.a_usual_case(Until::Issued).await;
    usual.pristina.books(&usual.case, "PRN-BEG-BGW", 9).await;
    let belgrade = world.mission("Belgrade");
    let own = belgrade.opens_a_case_for(person().of("IRQ")).await;
    let states = arguments_of_case_state();
    let mut found = BTreeSet::new();
    for state in &states {
        let query = format!("{{ cases(filter: {{ state: [{state}] }}) {{ totalCount nodes {{ id }} }} }}");
        let data = belgrade.ask(&query, json!({})).await.ok();
        for case in data["cases"]["nodes"].as_array().into_iter().flatten() {
            found.insert(case["id"].to_string());
        }
    }
    let own = json!(belgrade.id_of(&own).await).to_string();
    assert_eq!(found, BTreeSet::from([own]), "of {} states", states.len());
    assert_eq!(belgrade.counts("cases").await, 2);
}

fn arguments_of_case_state() -> Vec<&'static str> {
    use avrr_gateway::domain::case::CaseState;
    CaseState::ALL.iter().map(|(_, code, _)| *code).collect()
}

const LISTINGS: [&str; 7] = [
    "cases",
    "travelDocumentRequests",
    "itineraries",
    "cashGrants",
    "reintegrationPackages",
    "referrals",
    "notices",
];

/// Everything that a seat can page through, one row at a time and at once: the ids, and every count on the way.
async fn pages(seat: &Actor, listing: &str) -> (Vec<Value>, BTreeSet<i64>) {
    let query = format!(
        "query($first: Int, $after: String) {{ {listing}(first: $first, after: $after) {{ totalCount
            edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage hasPreviousPage endCursor }} }} }}"
    );
    let (mut ids, mut counts, mut after) = (Vec::new(), BTreeSet::new(), Value::Null);
    loop {
        let data = seat.ask(&query, json!({ "first": 1, "after": after })).await.ok();
        let page = &data[listing];
        counts.insert(page["totalCount"].as_i64().expect("a count"));
        let edges = page["edges"].as_array().expect("edges");
        assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!after.is_null()));
        ids.extend(edges.iter().map(|edge| edge["node"]["id"].clone()));
        if page["pageInfo"]["hasNextPage"] == false {
            return (ids, counts);
        }
        assert_eq!(
            edges.len(),
            1,
            "{}: {listing} says that there is more",
            seat.client
        );
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// 2: counts and pages tell of the rows that are shown, and change by nothing that is not.
async fn hidden_rows_are_not_counted_and_not_paged_over(world: &World) {
    world.a_usual_case(Until::Ticketed).await;
    let seats: Vec<Actor> = seats(world).into_iter().map(|(_, seat)| seat).collect();
    let mut before = Vec::new();
    for seat in &seats {
        for listing in LISTINGS {
            let (ids, counts) = pages(seat, listing).await;
            let count = i64::try_from(ids.len()).expect("a small number");
            assert_eq!(counts, BTreeSet::from([count]), "{}: {listing}", seat.client);
            before.push((seat, listing, ids));
        }
    }
    // Others go on with what is theirs, before and after in time.
    let tirana = world.mission("Tirana");
    for _ in 0..3 {
        let case = tirana.opens_a_case_for(person().of("DZA")).await;
        tirana.registers(&case, USUAL).await;
    }
    let own = [tirana.client.as_str(), "auditor"];
    for (seat, listing, ids) in before {
        if !own.contains(&seat.client.as_str()) && seat.client != "iom-algiers" {
            assert_eq!(pages(seat, listing).await.0, ids, "{}: {listing}", seat.client);
        }
    }
}

/// 12: no two partners are given the same name for anything, and no name tells how old a row is or what is next to it.
async fn ids_references_and_cursors_say_nothing(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let partners = [
        &usual.pristina,
        &usual.istanbul,
        &usual.baghdad,
        &usual.iraq,
        &usual.police,
        &usual.migration,
    ];
    let query = "{ cases { edges { cursor node { id reference persons { id } itineraries { id } travelDocumentRequests { id } } } } }";
    let mut given: BTreeMap<String, &str> = BTreeMap::new();
    for partner in partners {
        let data = partner.ask(query, json!({})).await.ok();
        let mut names = Vec::new();
        texts(&data, &mut names);
        assert!(names.len() >= 4, "{}: {data}", partner.client);
        for name in names {
            let known = given.insert(name.clone(), &partner.client);
            assert_eq!(known, None, "{name} is known to {}", partner.client);
        }
    }
    // Rows made one after the other.
    let skopje = world.mission("Skopje");
    let mut ids = Vec::new();
    for _ in 0..24 {
        let case = skopje.opens_a_case_for(person().of("IRQ")).await;
        ids.push(skopje.id_of(&case).await.expect("its own case"));
    }
    let bytes = |id: &String| {
        use base64::Engine as _;
        let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
        engine.decode(id).expect("an id")[1..].to_vec()
    };
    let behind: Vec<Vec<u8>> = ids.iter().map(bytes).collect();
    let later = behind.windows(2).filter(|pair| pair[0] < pair[1]).count();
    assert!(
        (4..=19).contains(&later),
        "{later} of 23 ids are greater than the one before"
    );
    let differing = |one: &[u8], other: &[u8]| -> u32 {
        one.iter()
            .zip(other)
            .map(|(one, other)| (one ^ other).count_ones())
            .sum()
    };
    for pair in behind.windows(2) {
        let bits = differing(&pair[0], &pair[1]);
        assert!(
            (32..=96).contains(&bits),
            "neighbours differ in {bits} of 128 bits"
        );
    }
    let first: BTreeSet<&[u8]> = behind.iter().map(|id| &id[..4]).collect();
    assert_eq!(first.len(), behind.len(), "ids share a beginning");
}

fn texts(value: &Value, all: &mut Vec<String>) {
    match value {
        Value::String(text) => all.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| texts(value, all)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, all)),
        _ => {}
    }
}

on_both_databases!(
    a_listing_is_narrowed_only_by_what_is_seen_in_full,
    a_state_that_is_masked_cannot_be_found_out_by_asking,
    hidden_rows_are_not_counted_and_not_paged_over,
    ids_references_and_cursors_say_nothing,
);
