//! What the plan after the return needs to know of a person, how to write to one, the day on which one leaves, and where
//! money goes: each for those who need it.

use crate::support::*;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// A post reads the marital status, which goes into the document, and writes to the person only with a consent; what the
/// person lives on is between the missions.
async fn a_post_reads_of_a_person_what_a_document_needs(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let person = usual.case.person();
    let selection = "{ email maritalStatus occupation education }";
    let whole = usual.pristina.sees(&person, selection).await;
    assert!(whole.redactions.is_empty(), "{whole:?}");
    assert_eq!(
        json!([
            whole.row["maritalStatus"],
            whole.row["occupation"],
            whole.row["education"]
        ]),
        json!(["DIVORCED", "Baker", "VOCATIONAL"])
    );
    assert!(
        whole.row["email"]
            .as_str()
            .is_some_and(|email| email.ends_with("@mail.example"))
    );
    assert_eq!(usual.baghdad.sees(&person, selection).await.row, whole.row);

    let nothing = json!({ "email": null, "maritalStatus": null, "occupation": null, "education": null });
    let post = usual.iraq.sees(&person, selection).await.row;
    assert_eq!(
        post,
        json!({ "email": null, "maritalStatus": "DIVORCED", "occupation": null, "education": null })
    );
    usual
        .pristina
        .records_consent(&usual.case, PHONE_TO_THE_EMBASSY)
        .await;
    let post = usual.iraq.sees(&person, selection).await.row;
    assert_eq!(post["email"], whole.row["email"]);
    usual
        .pristina
        .revokes_consent(&usual.case, PHONE_TO_THE_EMBASSY)
        .await;
    let post = usual.iraq.sees(&person, selection).await.row;
    assert_eq!(post["email"], Value::Null);

    // On the way it is enough to know that there is an address.
    let transit = usual.istanbul.sees(&person, selection).await;
    assert_eq!(
        transit.row,
        json!({ "email": "…", "maritalStatus": null, "occupation": null, "education": null })
    );
    for partner in [&usual.police, &usual.migration, &world.auditor()] {
        assert_eq!(
            partner.sees(&person, selection).await.row,
            nothing,
            "{}",
            partner.client
        );
    }
    for wrong in [
        "nobody",
        "a b@mail.example",
        "a@example",
        "@mail.example",
        "a@.example",
    ] {
        let refusal = usual
            .pristina
            .opens_a_case_for(fixtures::person().of("IRQ").with("email", wrong))
            .is_refused("INVALID")
            .await;
        assert_eq!(refusal["field"], "persons.email", "{wrong}");
    }
}

/// A post reads the day of the departure as long as it has a part in it: not the flights, not why a day goes away, and
/// nothing once its part has ended, so that it cannot tell whether the person left.
async fn a_post_reads_the_day_of_the_departure_and_no_more(world: &World) {
    let usual = world.a_usual_case(Until::Confirmed).await;
    let (pristina, iraq, request) = (&usual.pristina, &usual.iraq, usual.request());
    let selection = "{ plannedDepartureOn }";
    let day = async |reader: &Actor| reader.sees(request, selection).await.row["plannedDepartureOn"].take();
    assert_eq!(day(iraq).await, Value::Null, "nothing is booked");

    let journey = pristina.books(&usual.case, "PRN-IST-BGW", 9).await;
    let leaves = (world.today() + chrono::Days::new(9)).to_string();
    assert_eq!(
        json!([day(pristina).await, day(iraq).await]),
        json!([leaves, leaves])
    );
    // Shortly before midnight in UTC it is the next day in the territory.
    let late: DateTime<Utc> = format!("{leaves}T23:30:00Z").parse().expect("a moment");
    let tomorrow = (world.today() + chrono::Days::new(10)).to_string();
    pristina
        .retimes(
            &journey,
            1,
            (late + TimeDelta::hours(5), late + TimeDelta::hours(8)),
        )
        .await;
    pristina
        .retimes(&journey, 0, (late, late + TimeDelta::hours(3)))
        .await;
    assert_eq!(
        json!([day(pristina).await, day(iraq).await]),
        json!([tomorrow, tomorrow])
    );
    for other in [&usual.istanbul, &usual.baghdad, &world.auditor()] {
        let sight = other.sees(request, selection).await;
        assert_eq!(sight.row["plannedDepartureOn"], Value::Null, "{}", other.client);
        assert_eq!(sight.redactions.len(), 1, "{}", other.client);
    }

    // A day that goes away has no reason, and another takes its place.
    pristina.suspends(&journey, "SECURITY").await;
    assert_eq!(day(iraq).await, Value::Null);
    let again = pristina.books(&usual.case, "PRN-IST-BGW", 12).await;
    let leaves = (world.today() + chrono::Days::new(12)).to_string();
    assert_eq!(day(iraq).await, leaves.as_str());

    // Once it has issued the document, the post has no part in the departure; it cannot see whether one is called off.
    iraq.issues(request, laissez_passer()).await;
    assert_eq!(json!([day(pristina).await, day(iraq).await]), json!([null, null]));
    let before = iraq.everything().await;
    pristina.cancels_itinerary(&again).await;
    iraq.everything()
        .await
        .is_the_same_as(&before, "what a post learns of a departure that is called off");
}

/// Both missions know the finance system's reference of a case; oversight compares its end.
async fn the_finance_reference_stays_with_the_missions(world: &World) {
    let pristina = world.mission("Pristina");
    let case = pristina.opens_a_case_for(person().of("IRQ")).await;
    pristina.counsels(&case).await;
    pristina.finds_eligible(&case).await;
    pristina.has_signed(&case, USUAL).await;
    pristina
        .registers_signed(&case)
        .with("prismReference", " PR-2026-00417 ")
        .await;
    let selection = "{ prismReference }";
    let reference = async |reader: &Actor| reader.sees(&case, selection).await.row["prismReference"].take();
    assert_eq!(reference(&pristina).await, "PR-2026-00417");
    assert_eq!(reference(&world.mission("Baghdad")).await, "PR-2026-00417");
    assert_eq!(reference(&world.auditor()).await, "…0417");
    assert_eq!(reference(&world.migration("XKX")).await, Value::Null);
}

/// The account of a person is known to the two missions. A number that cannot be one is refused without being repeated, and
/// no history names one.
async fn an_account_is_known_to_the_missions_that_pay(world: &World) {
    let usual = world.a_usual_case(Until::Booked).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    for (kind, number) in [
        ("IBAN", "IQ98 NBIQ 8501 2345 6789 013"),
        ("IBAN", "IQ98"),
        ("IBAN", "IQ98-NBIQ-850123456789012"),
        ("MOBILE_MONEY", "0750 123 4567"),
        ("CASH_OFFICE", "?"),
    ] {
        let refused = pristina
            .proposes_a_grant(case, &[60_000, 40_000])
            .with("payeeAccount", json!({ "kind": kind, "number": number }))
            .answer()
            .await;
        let data = refused.ok();
        let error = &data["proposeCashGrant"]["errors"][0];
        assert_eq!(
            (error["code"].as_str(), error["field"].as_str()),
            (Some("INVALID"), Some("payeeAccount.number")),
            "{number}"
        );
        assert!(
            !error["message"].as_str().unwrap_or_default().contains(number),
            "{error}"
        );
    }
    let grant = pristina
        .proposes_a_grant(case, &[60_000, 40_000])
        .with(
            "payeeAccount",
            json!({ "kind": "IBAN", "number": "iq98 nbiq 8501 2345 6789 012" }),
        )
        .await;
    let selection = "{ payeeAccount { kind number } }";
    let number = "IQ98NBIQ850123456789012";
    let whole = json!({ "kind": "IBAN", "number": number });
    for mission in [pristina, &usual.baghdad] {
        assert_eq!(mission.sees(&grant, selection).await.row["payeeAccount"], whole);
    }
    let sight = world.auditor().sees(&grant, selection).await;
    assert_eq!(
        sight.row["payeeAccount"],
        json!({ "kind": "IBAN", "number": "…9012" })
    );
    assert_eq!(
        sight.redactions,
        [("payeeAccount.number".to_owned(), "MASKED".to_owned())]
    );
    let history = "{ history { event subject command reason fromState toState } }";
    let told = pristina.sees(&grant, history).await.row;
    assert!(!told.to_string().contains(number), "{told}");
}

on_both_databases!(
    a_post_reads_of_a_person_what_a_document_needs,
    a_post_reads_the_day_of_the_departure_and_no_more,
    the_finance_reference_stays_with_the_missions,
    an_account_is_known_to_the_missions_that_pay,
);
