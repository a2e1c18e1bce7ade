//! A case is a family: several persons, one journey, one counter for cases and another for persons.

use crate::support::*;
use serde_json::{Value, json};

/// A family whose members have two nationalities: an Iraqi father, an Iranian mother, and a child of Iraq.
async fn a_family_of_two_nationalities(world: &World) -> (Actor, Case) {
    let sarajevo = world.mission("Sarajevo");
    let family = [
        person().of("IRQ").aged(34),
        person().of("IRN").aged(31).with("sex", "F"),
        person().of("IRQ").aged(7).with("sex", "F"),
    ];
    let case = sarajevo.opens_a_case_for(family).await;
    sarajevo.registers(&case, USUAL).await;
    sarajevo.prepares_the_departure(&case).await;
    (sarajevo, case)
}

/// Each post reads the applicants of its own state, and cannot tell that there is anybody else.
async fn an_embassy_sees_its_own_applicant_and_nobody_else_of_the_family(world: &World) {
    let (sarajevo, case) = a_family_of_two_nationalities(world).await;
    let (iraq, iran) = (
        world.embassy("Iraq", "Belgrade"),
        world.embassy("Iran", "Sarajevo"),
    );
    let [father, mother, child] = case.names() else {
        panic!("three persons")
    };
    let for_the_father = sarajevo.requests_a_travel_document_for(&case, father).await;
    let for_the_mother = sarajevo.requests_a_travel_document_for(&case, mother).await;

    let reads = async |post: &Actor| {
        post.sees(
            &case,
            "{ personCount persons { fullName } travelDocumentRequests { applicant { fullName } } }",
        )
        .await
        .row
    };
    let only = |name: &str| {
        json!({ "personCount": null, "persons": [{ "fullName": name }],
                "travelDocumentRequests": [{ "applicant": { "fullName": name } }] })
    };
    assert_eq!(reads(&iraq).await, only(father));
    assert_eq!(reads(&iran).await, only(mother));
    iraq.cannot_find(&for_the_mother).await;
    iran.cannot_find(&for_the_father).await;
    iran.cannot_find(&case.person_named(father)).await;
    iran.confirms_nationality(&for_the_father).is_not_found().await;
    for (post, others) in [(&iraq, [mother, child]), (&iran, [father, child])] {
        let text = post.everything().await.text;
        assert!(
            others.iter().all(|name| !text.contains(name.as_str())),
            "{}",
            post.client
        );
    }

    // The child is Iraq's applicant too, once asked for.
    sarajevo.requests_a_travel_document_for(&case, child).await;
    let persons = iraq
        .sees(&case, "{ persons { fullName headOfHousehold } }")
        .await
        .row;
    assert_eq!(
        persons,
        json!({ "persons": [{ "fullName": father, "headOfHousehold": null }, { "fullName": child, "headOfHousehold": null }] })
    );
    assert_eq!(iran.counts("notices").await, 1);
}

/// A filter reveals nothing that the rows do not: a post that sees one of the family cannot ask after the others.
async fn a_filter_does_not_tell_who_else_is_in_the_family(world: &World) {
    let (sarajevo, case) = a_family_of_two_nationalities(world).await;
    let iraq = world.embassy("Iraq", "Belgrade");
    sarajevo.requests_a_travel_document(&case).await;
    let of = async |actor: &Actor, listing: &str, nationality: &str| {
        let query = format!(
            "query($of: CountryCode) {{ {listing}(filter: {{ nationality: $of }}) {{ totalCount }} }}"
        );
        actor.ask(&query, json!({ "of": nationality })).await
    };
    assert_eq!(
        of(&sarajevo, "cases", "IRN").await.ok(),
        json!({ "cases": { "totalCount": 1 } })
    );
    for (nationality, own) in [("IRQ", 1), ("IRN", 0)] {
        let found = of(&iraq, "cases", nationality).await.ok();
        assert_eq!(found, json!({ "cases": { "totalCount": own } }));
        let found = of(&iraq, "travelDocumentRequests", nationality).await.ok();
        assert_eq!(found, json!({ "travelDocumentRequests": { "totalCount": own } }));
    }
    assert_eq!(iraq.counts("cases").await, 1);
}

/// Nobody is left behind: a journey waits until every person has a document.
async fn a_journey_waits_for_the_documents_of_the_whole_family(world: &World) {
    let (sarajevo, case) = a_family_of_two_nationalities(world).await;
    let (iraq, iran) = (
        world.embassy("Iraq", "Belgrade"),
        world.embassy("Iran", "Sarajevo"),
    );
    for (nth, name) in case.names().to_owned().iter().enumerate() {
        sarajevo
            .books(&case, "SJJ-IST-BGW", 9)
            .is_refused("TRAVEL_DOCUMENT_MISSING")
            .await;
        let request = sarajevo.requests_a_travel_document_for(&case, name).await;
        let post = if nth == 1 { &iran } else { &iraq };
        post.confirms_nationality(&request).await;
        post.issues(&request, if nth == 1 { passport() } else { laissez_passer() })
            .await;
    }
    let journey = sarajevo.books(&case, "SJJ-IST-BGW", 9).await;
    sarajevo.tickets(&journey).await;
    let (istanbul, baghdad) = (world.mission("Istanbul"), world.mission("Baghdad"));
    journey.is_confirmed_by(&[&istanbul], &baghdad).await;
    sarajevo.marks_ready(&case).await;
    let istanbul = world
        .mission("Istanbul")
        .sees(&case, "{ personCount persons { fullName dateOfBirth } }")
        .await;
    let shown: Vec<&Value> = istanbul.row["persons"]
        .as_array()
        .expect("persons")
        .iter()
        .map(|person| &person["dateOfBirth"])
        .collect();
    assert_eq!(
        shown,
        [&json!("31-50"), &json!("31-50"), &json!("2019-01-15")],
        "a child is shown to be one"
    );
}

/// INV-16: a family is one case and several persons, wherever either is counted.
async fn inv_16_cases_and_persons_are_two_counters(world: &World) {
    let (sarajevo, case) = a_family_of_two_nationalities(world).await;
    let sight = sarajevo.sees(&case, "{ personCount persons { id } }").await;
    assert_eq!(
        (
            &sight.row["personCount"],
            sight.row["persons"].as_array().map(Vec::len)
        ),
        (&json!(3), Some(3))
    );
    assert_eq!(sarajevo.counts("cases").await, 1);
    let filtered = sarajevo
        .ask(
            r#"{ cases(filter: { nationality: "IRQ" }) { totalCount nodes { personCount } } }"#,
            json!({}),
        )
        .await
        .ok();
    assert_eq!(
        filtered["cases"],
        json!({ "totalCount": 1, "nodes": [{ "personCount": 3 }] }),
        "two Iraqis on a case are one case"
    );
}

/// Exactly one person speaks for the family, and what is recorded of each has to make sense.
async fn a_family_has_one_head_and_plausible_members(world: &World) {
    let tirana = world.mission("Tirana");
    let two_heads = vec![
        person().who_speaks_for_the_family(),
        person().who_speaks_for_the_family(),
    ];
    for household in [vec![], vec![person(), person()], two_heads] {
        let persons: Vec<Value> = household.into_iter().map(|person: Person| person.input).collect();
        let answer = tirana
            .opens_a_case_for(person())
            .with("persons", persons.clone())
            .answer()
            .await;
        let refused = answer.data["openCase"]["errors"][0]["code"] == "HEAD_OF_HOUSEHOLD"
            || answer.code() == "GRAPHQL_VALIDATION_FAILED";
        assert!(refused, "{persons:?}: {}", answer.text);
    }
    let born_tomorrow = person().with("dateOfBirth", "2026-03-03");
    tirana
        .opens_a_case_for(born_tomorrow)
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    for (field, value) in [
        ("familyName", " "),
        ("givenNames", ""),
        ("phone", "044 123"),
        ("phone", "+38344"),
    ] {
        tirana
            .opens_a_case_for(person().with(field, value))
            .is_refused("INVALID")
            .await;
    }
    tirana
        .opens_a_case_for(person().of("ZZZ"))
        .is_refused_whole("GRAPHQL_VALIDATION_FAILED")
        .await;

    // The head comes first, in whatever order the family was written down.
    let family = vec![person().aged(5), person().aged(40).who_speaks_for_the_family()];
    let names: Vec<String> = family.iter().map(Person::full_name).collect();
    let case = tirana.opens_a_case_for(family).await;
    let sight = tirana
        .sees(&case, "{ persons { fullName headOfHousehold } }")
        .await;
    let expected = json!([{ "fullName": names[1], "headOfHousehold": true }, { "fullName": names[0], "headOfHousehold": false }]);
    assert_eq!(sight.row["persons"], expected);
}

on_both_databases!(
    an_embassy_sees_its_own_applicant_and_nobody_else_of_the_family,
    a_filter_does_not_tell_who_else_is_in_the_family,
    a_journey_waits_for_the_documents_of_the_whole_family,
    inv_16_cases_and_persons_are_two_counters,
    a_family_has_one_head_and_plausible_members,
);
