//! Asking consular posts for travel documents: which post is asked, what it may answer, and who learns of the answer.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A registered case of one person at a mission.
async fn registered(mission: &Actor, nationality: &str) -> Case {
    let case = mission.opens_a_case_for(person().of(nationality)).await;
    mission.registers(&case, USUAL).await;
    case
}

async fn post_of(mission: &Actor, request: &Row) -> Value {
    let selection = "{ consularPost { code seatCity seatCountry { code } } }";
    mission.sees(request, selection).await.row["consularPost"].take()
}

/// Pakistan has posts in Belgrade and in Sarajevo. The first refuses; the second is asked, and neither learns of the other.
async fn pakistan_has_two_seats_and_each_sees_its_own_request(world: &World) {
    let sarajevo = world.mission("Sarajevo");
    let (first, second) = (
        world.embassy("Pakistan", "Belgrade"),
        world.embassy("Pakistan", "Sarajevo"),
    );
    let case = registered(&sarajevo, "PAK").await;
    let in_belgrade = sarajevo.requests_a_travel_document(&case).await;
    assert_eq!(
        post_of(&sarajevo, &in_belgrade).await["code"],
        "embassy-pakistan-belgrade"
    );
    second.cannot_find(&case).await;
    sarajevo
        .requests_a_travel_document(&case)
        .is_refused("REQUEST_ALREADY_OPEN")
        .await;
    first.acknowledges(&in_belgrade).await;
    first.refuses(&in_belgrade, "INCOMPLETE_REQUEST").await;

    let in_sarajevo = sarajevo
        .requests_a_travel_document(&case)
        .with(
            "consularPostId",
            sarajevo.organisation("embassy-pakistan-sarajevo").await,
        )
        .await;
    let before = first.everything().await;
    second.confirms_nationality(&in_sarajevo).await;
    second.issues(&in_sarajevo, laissez_passer()).await;
    first
        .everything()
        .await
        .is_the_same_as(&before, "what Belgrade learns of Sarajevo");

    let requests = async |post: &Actor| {
        let selection =
            "{ travelDocumentRequests { state consularPost { code } refusalReason document { type } } }";
        post.sees(&case, selection).await.row["travelDocumentRequests"].take()
    };
    assert_eq!(
        requests(&first).await,
        json!([{ "state": "REFUSED", "consularPost": { "code": "embassy-pakistan-belgrade" },
                 "refusalReason": "INCOMPLETE_REQUEST", "document": null }])
    );
    assert_eq!(
        requests(&second).await,
        json!([{ "state": "ISSUED", "consularPost": { "code": "embassy-pakistan-sarajevo" },
                 "refusalReason": null, "document": { "type": "EMERGENCY_TRAVEL_DOCUMENT" } }])
    );
    for (post, kinds) in [(&first, 1), (&second, 1)] {
        assert_eq!(post.counts("travelDocumentRequests").await, kinds);
        assert_eq!(post.counts("notices").await, 1);
    }
}

/// Some states have their nearest post outside the region: Algeria in Rome, Afghanistan in Sofia.
async fn a_post_may_have_its_seat_in_a_third_country(world: &World) {
    for (city, nationality, post, seat) in [
        (
            "Skopje",
            "AFG",
            "embassy-afghanistan-sofia",
            json!({ "code": "BGR" }),
        ),
        ("Tirana", "DZA", "embassy-algeria-rome", json!({ "code": "ITA" })),
        (
            "Podgorica",
            "PAK",
            "embassy-pakistan-belgrade",
            json!({ "code": "SRB" }),
        ),
    ] {
        let mission = world.mission(city);
        let case = registered(&mission, nationality).await;
        let request = mission.requests_a_travel_document(&case).await;
        let asked = post_of(&mission, &request).await;
        assert_eq!(
            (&asked["code"], &asked["seatCountry"]),
            (&json!(post), &seat),
            "{city}"
        );
        world.client(post).acknowledges(&request).await;
    }
}

/// INV-10: a post is asked only if it is accredited for the person's state and the host territory on that day.
async fn inv_10_a_post_without_accreditation_is_never_asked(world: &World) {
    let belgrade = world.mission("Belgrade");
    let algerian = registered(&belgrade, "DZA").await;
    for wrong in [
        "embassy-tunisia-belgrade",
        "embassy-iraq-belgrade",
        "police-serbia",
    ] {
        let refusal = belgrade
            .requests_a_travel_document(&algerian)
            .with("consularPostId", belgrade.organisation(wrong).await)
            .is_refused("NO_ACCREDITATION")
            .await;
        assert_eq!(refusal["field"], "consularPostId", "{wrong}");
    }
    // Pakistan's post in Sarajevo was accredited to Montenegro once.
    let podgorica = world.mission("Podgorica");
    let case = registered(&podgorica, "PAK").await;
    podgorica
        .requests_a_travel_document(&case)
        .with(
            "consularPostId",
            podgorica.organisation("embassy-pakistan-sarajevo").await,
        )
        .is_refused("NO_ACCREDITATION")
        .await;
    // India has no post for Kosovo* in the register at all.
    let pristina = world.mission("Pristina");
    let indian = registered(&pristina, "IND").await;
    pristina
        .requests_a_travel_document(&indian)
        .is_refused("NO_ACCREDITATION")
        .await;
    for post in [
        "embassy-tunisia-belgrade",
        "embassy-pakistan-sarajevo",
        "embassy-india-belgrade",
    ] {
        assert_eq!(world.client(post).counts("notices").await, 0, "{post}");
    }
}

/// A post that was not asked gets the same answer for a real request as for none.
async fn an_unrelated_post_cannot_tell_a_request_from_nothing(world: &World) {
    let usual = world.a_usual_case(Until::Requested).await;
    for stranger in [
        world.embassy("Tunisia", "Belgrade"),
        world.embassy("Iran", "Sarajevo"),
    ] {
        stranger.cannot_find(usual.request()).await;
        stranger.cannot_find(&usual.case.person()).await;
        let real = stranger.acknowledges(usual.request()).is_not_found().await;
        let none = stranger
            .acknowledges(usual.request())
            .with("travelDocumentRequestId", "bm90aGluZyBhdCBhbGwsIHJlYWxseQ")
            .is_not_found()
            .await;
        let words = |answer: &Answer| {
            (
                answer.status,
                answer.errors[0]["message"].clone(),
                answer.data.clone(),
            )
        };
        assert_eq!(words(&real), words(&none));
    }
}

/// Requested, acknowledged, confirmed, issued, in this order; every answer reaches the sending mission and nobody else.
async fn a_post_answers_in_order_and_to_the_sending_mission_alone(world: &World) {
    let usual = world.a_usual_case(Until::Requested).await;
    let (iraq, pristina, request) = (&usual.iraq, &usual.pristina, usual.request());
    let mut answers = pristina.listens().await;
    answers
        .hears(&["OBJECTION_RESULT", "STATUTORY_PERIOD_STARTED"])
        .await;
    iraq.issues(request, laissez_passer())
        .is_refused("WRONG_STATE")
        .await;
    iraq.acknowledges(request).await;
    iraq.acknowledges(request).is_refused("WRONG_STATE").await;
    iraq.issues(request, laissez_passer())
        .is_refused("WRONG_STATE")
        .await;
    iraq.confirms_nationality(request).await;
    iraq.confirms_nationality(request).is_refused("WRONG_STATE").await;
    for number in ["lp0045671", "LP 004", "", "LP0045671234567890-1"] {
        iraq.issues(request, laissez_passer())
            .with("number", number)
            .is_refused("INVALID")
            .await;
    }
    let (yesterday, tomorrow) = (
        world.today() - TimeDelta::days(1),
        world.today() + TimeDelta::days(1),
    );
    for (field, day) in [("issuedOn", tomorrow), ("expiresOn", yesterday)] {
        let refusal = iraq
            .issues(request, laissez_passer())
            .with(field, day.to_string())
            .is_refused("DATE_OUT_OF_ORDER")
            .await;
        assert_eq!(refusal["field"], field);
    }
    iraq.issues(request, laissez_passer()).await;
    iraq.refuses(request, "OTHER").is_refused("WRONG_STATE").await;
    pristina.cancels_request(request).is_refused("WRONG_STATE").await;
    answers
        .hears(&["TDR_ACKNOWLEDGED", "TDR_NATIONALITY_CONFIRMED", "TDR_ISSUED"])
        .await;
    answers.has_heard_everything().await;
    for other in [&usual.baghdad, &usual.istanbul, &usual.police] {
        assert_eq!(other.counts("notices").await, 0, "{}", other.client);
    }
    // Neither may answer for the other.
    pristina.confirms_nationality(request).is_forbidden().await;
    iraq.cancels_request(request).is_forbidden().await;
}

/// Why a post refused is between the post and the sending mission; an authority learns that it did.
async fn the_reason_of_a_refusal_stays_between_the_post_and_the_sending_mission(world: &World) {
    let usual = world.a_usual_case(Until::Acknowledged).await;
    usual
        .iraq
        .refuses(usual.request(), "NATIONALITY_NOT_CONFIRMED")
        .await;
    let reason = async |partner: &Actor| partner.sees(usual.request(), "{ refusalReason state }").await;
    let full = json!({ "refusalReason": "NATIONALITY_NOT_CONFIRMED", "state": "NATIONALITY_NOT_CONFIRMED" });
    assert_eq!(reason(&usual.pristina).await.row, full);
    assert_eq!(reason(&usual.iraq).await.row, full);
    let masked = reason(&usual.migration).await;
    assert_eq!(
        masked.row,
        json!({ "refusalReason": "OTHER", "state": "PENDING" })
    );
    let masks = ["refusalReason", "state"].map(|field| (field.to_owned(), "MASKED".to_owned()));
    assert_eq!(masked.redactions, masks);
    let withheld = reason(&usual.baghdad).await;
    assert_eq!(withheld.row, json!({ "refusalReason": null, "state": "PENDING" }));

    // The person may be documented after all: a refusal is not the end.
    usual.pristina.requests_a_travel_document(&usual.case).await;
    assert_eq!(usual.iraq.counts("travelDocumentRequests").await, 2);
}

/// A request that the mission takes back is over for the post, and a new one may be made.
async fn a_request_taken_back_may_be_made_anew(world: &World) {
    let usual = world.a_usual_case(Until::Confirmed).await;
    usual.pristina.cancels_request(usual.request()).await;
    usual
        .iraq
        .issues(usual.request(), laissez_passer())
        .is_refused("WRONG_STATE")
        .await;
    let inbox = usual.iraq.inbox().await;
    let superseded: Vec<&Value> = inbox
        .iter()
        .map(|notice| &notice["supersededBy"]["sequence"])
        .collect();
    assert_eq!(superseded, [&json!(2), &Value::Null]);
    let anew = usual.pristina.requests_a_travel_document(&usual.case).await;
    usual.iraq.confirms_nationality(&anew).await;
    usual.iraq.issues(&anew, passport()).await;
    usual.pristina.books(&usual.case, "PRN-IST-BGW", 9).await;
}

/// A laissez-passer that has run out, or will before the journey, does not keep the person from asking for another.
async fn a_document_that_runs_out_may_be_asked_for_again(world: &World) {
    let usual = world.a_usual_case(Until::Confirmed).await;
    usual
        .iraq
        .issues(usual.request(), laissez_passer().good_for(20))
        .await;
    world.time_passes(TimeDelta::days(15));
    usual
        .pristina
        .books(&usual.case, "PRN-IST-BGW", 9)
        .is_refused("TRAVEL_DOCUMENT_EXPIRES")
        .await;
    let anew = usual.pristina.requests_a_travel_document(&usual.case).await;
    usual.iraq.confirms_nationality(&anew).await;
    usual.iraq.issues(&anew, laissez_passer()).await;
    let journey = usual.pristina.books(&usual.case, "PRN-IST-BGW", 9).await;
    usual.pristina.tickets(&journey).await;
    journey.is_confirmed_by(&[&usual.istanbul], &usual.baghdad).await;
    usual.pristina.marks_ready(&usual.case).await;
}

/// A document can be asked for once the application is registered, and for persons of the case only.
async fn a_document_is_asked_for_somebody_on_a_registered_case(world: &World) {
    let pristina = world.mission("Pristina");
    let case = pristina.opens_a_case_for(person().of("IRQ")).await;
    pristina
        .requests_a_travel_document(&case)
        .is_refused("WRONG_STATE")
        .await;
    pristina.registers(&case, USUAL).await;
    let other = registered(&pristina, "IRQ").await;
    let refusal = pristina
        .requests_a_travel_document(&case)
        .with("personId", pristina.id_of(&other.person()).await)
        .is_refused("NOT_ON_THIS_CASE")
        .await;
    assert_eq!(refusal["field"], "personId");
    pristina
        .requests_a_travel_document(&case)
        .with("expedited", true)
        .await;
    let hurried = world.embassy("Iraq", "Belgrade");
    let listed = hurried
        .ask("{ travelDocumentRequests { nodes { expedited } } }", json!({}))
        .await
        .ok();
    assert_eq!(
        listed["travelDocumentRequests"]["nodes"],
        json!([{ "expedited": true }])
    );
}

on_both_databases!(
    pakistan_has_two_seats_and_each_sees_its_own_request,
    a_post_may_have_its_seat_in_a_third_country,
    inv_10_a_post_without_accreditation_is_never_asked,
    an_unrelated_post_cannot_tell_a_request_from_nothing,
    a_post_answers_in_order_and_to_the_sending_mission_alone,
    the_reason_of_a_refusal_stays_between_the_post_and_the_sending_mission,
    a_request_taken_back_may_be_made_anew,
    a_document_that_runs_out_may_be_asked_for_again,
    a_document_is_asked_for_somebody_on_a_registered_case,
);
