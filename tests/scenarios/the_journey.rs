//! One return, from the first conversation in Kosovo* to the arrival in Baghdad (DOMAIN.md 1.4 and scenario 1): two
//! journeys are suspended before the third takes place, and everybody learns what is theirs to learn.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// The whole story, each actor with a token of its own and, where it listens, a WebSocket of its own.
#[expect(
    clippy::too_many_lines,
    reason = "one story, told from its beginning to its end"
)]
async fn one_return_from_the_first_conversation_to_the_arrival(world: &World) {
    let (pristina, iraq) = (world.mission("Pristina"), world.embassy("Iraq", "Belgrade"));
    let (istanbul, baghdad) = (world.mission("Istanbul"), world.mission("Baghdad"));
    let police = world.police("XKX");
    let mut at_istanbul = istanbul.listens().await;
    let mut at_baghdad = baghdad.listens().await;
    let mut at_the_police = police.listens().await;
    let mut at_the_embassy = iraq.listens().await;
    let mut at_pristina = pristina.listens().await;

    // A man of 25 from Iraq approaches the mission, and signs the application and the Data Exchange form.
    let case = pristina.opens_a_case_for(person().of("IRQ").aged(25)).await;
    pristina.registers(&case, USUAL).await;

    // The authority that hosts him does not object: the statutory period begins.
    pristina.prepares_the_departure(&case).await;
    at_pristina
        .hears(&["OBJECTION_RESULT", "STATUTORY_PERIOD_STARTED"])
        .await;

    // The embassy that is accredited for Iraq and Kosovo* sits in Belgrade; it issues a laissez-passer (INV-10).
    let request = pristina.requests_a_travel_document(&case).await;
    at_the_embassy.hears(&["TDR_SUBMITTED"]).await;
    iraq.acknowledges(&request).await;
    iraq.confirms_nationality(&request).await;
    iraq.issues(&request, laissez_passer()).await;
    at_pristina
        .hears(&["TDR_ACKNOWLEDGED", "TDR_NATIONALITY_CONFIRMED", "TDR_ISSUED"])
        .await;

    // The first journey is suspended. Istanbul hears of the second and then loses its socket.
    let first = pristina.books(&case, "PRN-IST-BGW", 9).await;
    world.time_passes(TimeDelta::days(3));
    pristina.suspends(&first, "PUBLIC_HEALTH").await;
    let second = pristina.books(&case, "PRN-IST-BGW", 20).await;
    at_istanbul
        .hears(&["ITINERARY_BOOKED", "ITINERARY_SUSPENDED", "ITINERARY_BOOKED"])
        .await;
    at_istanbul.drops_its_socket();
    world.time_passes(TimeDelta::days(5));
    pristina.suspends(&second, "COUNTRY_CLOSED").await;
    let third = pristina.books(&case, "PRN-IST-BGW", 12).await;
    pristina.tickets(&third).await;
    at_istanbul.returns().await;
    at_istanbul
        .hears(&["ITINERARY_SUSPENDED", "ITINERARY_BOOKED"])
        .await;

    // Money for the first days, a plan for afterwards, and everything is in place.
    let grant = pristina.proposes_a_grant(&case, &[60_000, 40_000]).await;
    pristina.supervisor().approves(&grant).await;
    pristina
        .proposes_a_package(&case, 150_000, &[90_000, 60_000])
        .await;
    third.is_confirmed_by(&[&istanbul], &baghdad).await;
    at_pristina
        .hears(&["TRANSIT_ASSISTANCE_CONFIRMED", "RECEPTION_CONFIRMED"])
        .await;
    pristina.marks_ready(&case).await;
    at_the_police.hears(&["DEPARTURE_PLANNED"]).await;

    // At the airport: the first tranche, the declaration, the departure.
    world.time_passes(TimeDelta::days(12));
    pristina.pays(&grant, 1).await;
    pristina.confirms_departure(&case).await;
    at_istanbul.hears(&["DEPARTURE_PLANNED", "DEPARTED"]).await;
    at_the_police.hears(&["DEPARTED"]).await;
    let suspended_twice = [
        "ITINERARY_BOOKED",
        "ITINERARY_SUSPENDED",
        "ITINERARY_BOOKED",
        "ITINERARY_SUSPENDED",
    ];
    at_baghdad.hears(&suspended_twice).await;
    at_baghdad
        .hears(&[
            "ITINERARY_BOOKED",
            "GRANT_APPROVED",
            "DEPARTURE_PLANNED",
            "TRANCHE_PAID",
            "DEPARTED",
        ])
        .await;

    // They take note. In Baghdad he is met.
    for inbox in [&at_istanbul, &at_baghdad, &at_the_police] {
        let left = inbox.owner().acknowledges_notices(inbox.last(), "seen").await;
        assert_eq!(left, 0);
        let acknowledged = inbox.owner().inbox().await;
        let by = |notice: &Value| {
            notice["acknowledgement"] == json!({ "by": inbox.owner().client, "note": "seen" })
        };
        assert!(acknowledged.iter().all(by), "{acknowledged:?}");
    }
    world.time_passes(TimeDelta::hours(9));
    baghdad.confirms_arrival(&case).await;
    at_pristina.hears(&["ARRIVED"]).await;
    let sight = pristina
        .sees(
            &case,
            "{ state itineraries { attemptNo state replacesAttemptNo } }",
        )
        .await;
    let attempts = json!([
        { "attemptNo": 1, "state": "SUSPENDED", "replacesAttemptNo": null },
        { "attemptNo": 2, "state": "SUSPENDED", "replacesAttemptNo": 1 },
        { "attemptNo": 3, "state": "COMPLETED", "replacesAttemptNo": 2 },
    ]);
    assert_eq!(sight.row, json!({ "state": "ARRIVED", "itineraries": attempts }));

    for inbox in [
        &at_istanbul,
        &at_baghdad,
        &at_the_police,
        &at_the_embassy,
        &at_pristina,
    ] {
        inbox.has_heard_everything().await;
    }
}

/// INV-14: a rebooking keeps the case, counts the attempts, and what had been said before points to what replaced it.
async fn inv_14_each_notice_of_a_journey_supersedes_the_one_before(world: &World) {
    let mut usual = world.a_usual_case(Until::Issued).await;
    let (pristina, case) = (usual.pristina.clone(), usual.case.clone());
    let mut at_baghdad = usual.baghdad.listens().await;
    for reason in ["PUBLIC_HEALTH", "CARRIER_CANCELLED"] {
        let attempt = pristina.books(&case, "PRN-IST-BGW", 9).await;
        pristina.suspends(&attempt, reason).await;
    }
    world.goes_on(&mut usual, Until::Issued, Until::Ready).await;
    pristina.pays(usual.grant(), 1).await;
    world.goes_on(&mut usual, Until::Ready, Until::Departed).await;
    at_baghdad
        .hears(&[
            "ITINERARY_BOOKED",
            "ITINERARY_SUSPENDED",
            "ITINERARY_BOOKED",
            "ITINERARY_SUSPENDED",
        ])
        .await;
    at_baghdad
        .hears(&[
            "ITINERARY_BOOKED",
            "GRANT_APPROVED",
            "DEPARTURE_PLANNED",
            "TRANCHE_PAID",
            "DEPARTED",
        ])
        .await;

    let superseded: Vec<Value> = usual
        .baghdad
        .inbox()
        .await
        .iter()
        .map(|notice| notice["supersededBy"]["sequence"].clone())
        .collect();
    // Places 6 and 8 are about money, which no later notice makes obsolete; 9 is the departure.
    let expected = json!([2, 3, 4, 5, 7, null, 9, null, null]);
    assert_eq!(json!(superseded), expected);
    assert_eq!(
        usual.baghdad.counts("cases").await,
        1,
        "three attempts are one case"
    );
    let attempts = |heard: &[Value]| -> Vec<Value> {
        heard
            .iter()
            .map(|notice| notice["itinerary"]["attemptNo"].clone())
            .collect()
    };
    assert_eq!(
        attempts(at_baghdad.heard()),
        json!([1, 1, 2, 2, 3, null, 3, null, 3])
            .as_array()
            .cloned()
            .unwrap_or_default()
    );
}

/// The embassy reads the request and its applicant, and nothing of it changes whatever happens afterwards.
async fn an_embassy_learns_of_the_document_and_of_nothing_else(world: &World) {
    let mut usual = world.a_usual_case(Until::Registered).await;
    usual.iraq.cannot_find(&usual.case).await;
    let nobody = usual.iraq.everything().await;
    for listing in [
        "cases",
        "travelDocumentRequests",
        "itineraries",
        "cashGrants",
        "reintegrationPackages",
        "notices",
    ] {
        assert_eq!(
            nobody.data[listing],
            json!({ "totalCount": 0, "nodes": [] }),
            "{listing}"
        );
    }

    world.goes_on(&mut usual, Until::Registered, Until::Issued).await;
    let known = usual.iraq.everything().await;
    let case = &known.data["cases"]["nodes"][0];
    assert_eq!(case["persons"][0]["fullName"], usual.case.head());
    assert_eq!(case["persons"][0]["parentsNames"], "Hassan, Maryam");
    assert_eq!(
        case["travelDocumentRequests"][0]["document"]["number"],
        "LP0045671"
    );
    for (field, access) in [
        ("cases.nodes.0.state", "WITHHELD"),
        ("cases.nodes.0.legalStatusAtApplication", "WITHHELD"),
        ("cases.nodes.0.itineraries", "WITHHELD"),
        ("cases.nodes.0.cashGrants", "WITHHELD"),
        ("cases.nodes.0.reintegrationPackages", "WITHHELD"),
        ("cases.nodes.0.persons.0.hostAddress", "WITHHELD"),
        ("cases.nodes.0.persons.0.phone", "WITHHELD"),
        ("cases.nodes.0.persons.0.addressInCountryOfReturn", "WITHHELD"),
    ] {
        assert_eq!(known.redaction(field), Some(access), "{field}");
        let value = known.data.pointer(&format!("/{}", field.replace('.', "/")));
        assert_eq!(value, Some(&Value::Null), "{field}");
    }

    // Booked, ticketed, paid, ready: not one byte of what the embassy reads changes.
    let mut step = Until::Issued;
    for next in [Until::Booked, Until::Ticketed, Until::Ready] {
        world.goes_on(&mut usual, step, next).await;
        usual
            .iraq
            .everything()
            .await
            .is_the_same_as(&known, &format!("{next:?}"));
        step = next;
    }
    world.goes_on(&mut usual, step, Until::Arrived).await;
    // That the document was used is all that it learns of the departure; of the arrival it learns nothing.
    let mut later = usual.iraq.everything().await.data;
    for path in [
        "/cases/nodes/0/travelDocumentRequests/0",
        "/travelDocumentRequests/nodes/0",
    ] {
        let request = later.pointer_mut(path).expect("the request");
        assert_eq!(request["state"], "USED");
        for field in ["state", "stateSince", "version"] {
            request[field] = known.data.pointer(path).expect("the request")[field].clone();
        }
    }
    assert_eq!(later, known.data, "departed and arrived");
    let types: Vec<Value> = usual
        .iraq
        .inbox()
        .await
        .iter()
        .map(|notice| notice["type"].clone())
        .collect();
    assert_eq!(types, ["TDR_SUBMITTED"]);
    usual.iraq.confirms_arrival(&usual.case).is_forbidden().await;

    // Thirty days after its part has ended, the embassy has nothing left.
    world.time_passes(TimeDelta::days(30));
    usual.iraq.cannot_find(&usual.case).await;
    usual.iraq.cannot_find(usual.request()).await;
}

/// No word of asylum, and not the asylum centre that he lives in, reaches an embassy, a mission on the way or the police.
async fn asylum_is_no_word_that_an_embassy_or_a_mission_on_the_way_reads(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    // The name of the field itself stands wherever everything is asked for.
    let reads = async |actor: &Actor| actor.everything().await.text.replace("asylumClaims", "");
    for actor in [&usual.iraq, &usual.istanbul, &usual.police] {
        let text = reads(actor).await;
        assert!(text.contains(usual.case.head()), "{} has a part", actor.client);
        for word in ["ASYLUM", "asylum", "Magure"] {
            assert!(!text.contains(word), "{} reads {word}", actor.client);
        }
    }
    let nothing_is_kept_back = usual.pristina.everything().await.redacted();
    assert_eq!(
        nothing_is_kept_back, [""; 0],
        "the mission that assists him reads everything"
    );
    assert!(
        reads(&usual.migration).await.contains("Magure"),
        "the authority that hosts him knows"
    );
    let baghdad = usual
        .baghdad
        .sees(&usual.case, "{ legalStatusAtApplication }")
        .await;
    assert_eq!(
        baghdad.row,
        json!({ "legalStatusAtApplication": "NOT_DISCLOSED" })
    );
}

/// INV-17: whoever reads the name of Kosovo* reads its footnote with it.
async fn inv_17_kosovo_never_stands_without_its_footnote(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    for actor in [
        &usual.pristina,
        &usual.istanbul,
        &usual.baghdad,
        &usual.iraq,
        &usual.police,
        &usual.migration,
    ] {
        let everything = actor.everything().await;
        assert!(
            kosovo_has_its_footnote(&everything.data) > 0,
            "{} reads the host territory",
            actor.client
        );
    }
    for actor in [&world.auditor(), &world.dashboard(), &world.admin()] {
        let listing = "{ organisations(first: 100) { nodes { territory { code name footnote } seatCountry { code name footnote }
            accreditations { hostTerritory { code name footnote } } } } }";
        let organisations = actor.ask(listing, json!({})).await.ok();
        assert!(kosovo_has_its_footnote(&organisations) > 0, "{}", actor.client);
    }
    // The code that some partners use for it is understood.
    let found = usual
        .pristina
        .ask(
            r#"{ cases(filter: { territory: "XK" }) { nodes { hostTerritory { code name footnote } } } }"#,
            json!({}),
        )
        .await
        .ok();
    assert_eq!(kosovo_has_its_footnote(&found), 1);
}

/// How often Kosovo* is named; panics where it is named without its footnote.
fn kosovo_has_its_footnote(value: &Value) -> usize {
    let footnote = "This designation is without prejudice to positions on status and is in line with UNSCR 1244/1999 \
                    and the ICJ Opinion on the Kosovo declaration of independence.";
    match value {
        Value::Object(fields) if fields.get("code") == Some(&json!("XKX")) => {
            assert_eq!(
                *value,
                json!({ "code": "XKX", "name": "Kosovo*", "footnote": footnote })
            );
            1
        }
        Value::Object(fields) => fields.values().map(kosovo_has_its_footnote).sum(),
        Value::Array(values) => values.iter().map(kosovo_has_its_footnote).sum(),
        _ => 0,
    }
}

/// INV-05: without a signed declaration nobody departs, and not before everything is in place.
async fn inv_05_nobody_departs_without_a_signed_declaration(world: &World) {
    let mut usual = world.a_usual_case(Until::Ticketed).await;
    let (pristina, case) = (usual.pristina.clone(), usual.case.clone());
    pristina.confirms_departure(&case).is_refused("WRONG_STATE").await;
    world.goes_on(&mut usual, Until::Ticketed, Until::Ready).await;
    world.time_passes(TimeDelta::days(9));
    let refusal = pristina
        .confirms_departure(&case)
        .with("declarationSignedAt", Value::Null)
        .is_refused("DECLARATION_NOT_SIGNED")
        .await;
    assert_eq!(refusal["field"], "declarationSignedAt");
    let after = moment(pristina.now() + TimeDelta::minutes(10));
    pristina
        .confirms_departure(&case)
        .with("declarationSignedAt", after)
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    usual
        .baghdad
        .confirms_arrival(&case)
        .is_refused("WRONG_STATE")
        .await;
    pristina.confirms_departure(&case).await;
    pristina.confirms_departure(&case).is_refused("WRONG_STATE").await;
}

/// Who follows an inbox from a place on hears nothing of before; who names departures or types hears of these alone.
async fn a_subscriber_may_start_where_it_likes_and_hear_only_what_it_names(world: &World) {
    let mut usual = world.a_usual_case(Until::Ticketed).await;
    let mut latecomer = usual.istanbul.listens_after(1).await;
    let mut departures = usual.baghdad.connects().await;
    let query = "subscription { departures(afterSequence: 0) { sequence type } }";
    departures.start("1", query, &json!({})).await;
    world.goes_on(&mut usual, Until::Ticketed, Until::Ready).await;
    latecomer.hears(&["DEPARTURE_PLANNED"]).await;
    let heard = departures.hears_next().await;
    assert_eq!(
        heard["departures"],
        json!({ "sequence": 3, "type": "DEPARTURE_PLANNED" })
    );
    let mut retractions = usual.baghdad.connects().await;
    let query = "subscription { notices(afterSequence: 0, types: [NOTICE_RETRACTED]) { sequence type } }";
    retractions.start("1", query, &json!({})).await;
    usual.pristina.withdraws(&usual.case).await;
    let heard = retractions.hears_next().await;
    assert_eq!(
        heard["notices"],
        json!({ "sequence": 4, "type": "NOTICE_RETRACTED" })
    );
    let heard = departures.hears_next().await;
    assert_eq!(
        heard["departures"],
        json!({ "sequence": 4, "type": "NOTICE_RETRACTED" })
    );
}

on_both_databases!(
    one_return_from_the_first_conversation_to_the_arrival,
    inv_14_each_notice_of_a_journey_supersedes_the_one_before,
    an_embassy_learns_of_the_document_and_of_nothing_else,
    asylum_is_no_word_that_an_embassy_or_a_mission_on_the_way_reads,
    inv_17_kosovo_never_stands_without_its_footnote,
    inv_05_nobody_departs_without_a_signed_declaration,
    a_subscriber_may_start_where_it_likes_and_hear_only_what_it_names,
);
