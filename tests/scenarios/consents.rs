//! What a person allows IOM to tell whom. Without a consent nothing leaves IOM; with one only what it names; and it may
//! be taken back at any time, with effect at once.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// An embassy gets a telephone number only where the person has said so.
async fn an_embassy_gets_the_phone_only_with_a_consent_to_contact(world: &World) {
    let usual = world.a_usual_case(Until::Requested).await;
    let (pristina, iraq, request) = (&usual.pristina, &usual.iraq, usual.request());
    let selection = "{ applicant { fullName phone addressInCountryOfReturn } }";
    let phone = pristina.sees(request, selection).await.row["applicant"]["phone"].take();
    assert!(phone.is_string());

    let sight = iraq.sees(request, selection).await;
    assert_eq!(
        sight.row["applicant"],
        json!({ "fullName": usual.case.head(), "phone": null, "addressInCountryOfReturn": null })
    );
    let withheld = ["applicant.phone", "applicant.addressInCountryOfReturn"]
        .map(|field| (field.to_owned(), "WITHHELD".to_owned()));
    assert_eq!(sight.redactions, withheld);

    pristina.records_consent(&usual.case, PHONE_TO_THE_EMBASSY).await;
    let sight = iraq.sees(request, selection).await;
    assert_eq!(
        (&sight.row["applicant"]["phone"], sight.redactions.len()),
        (&phone, 1)
    );
    pristina
        .records_consent(&usual.case, ("EMBASSY", "TRAVEL_DOCUMENT", "FAMILY_ADDRESS"))
        .await;
    assert_eq!(
        iraq.sees(request, selection).await.row["applicant"]["addressInCountryOfReturn"],
        "12 Printers' Street"
    );

    // Taken back, the number is gone; the request stays, for which another consent holds.
    pristina.revokes_consent(&usual.case, PHONE_TO_THE_EMBASSY).await;
    assert_eq!(
        iraq.sees(request, selection).await.row["applicant"]["phone"],
        Value::Null
    );
    iraq.acknowledges(request).await;

    // A form may say so from the beginning.
    let open = world
        .a_case_with(&usual_and(PHONE_TO_THE_EMBASSY), Until::Requested)
        .await;
    let sight = iraq.sees(open.request(), "{ applicant { phone } }").await;
    assert!(sight.row["applicant"]["phone"].is_string(), "{sight:?}");
}

/// INV-06: no disclosure to a party outside IOM without a consent that names it.
async fn inv_06_nobody_outside_iom_learns_anything_without_a_consent(world: &World) {
    let mut usual = world.a_case_with(&[TO_THE_EMBASSY], Until::Arrived).await;
    for partner in [&usual.police, &usual.migration] {
        assert_eq!(partner.counts("notices").await, 0, "{}", partner.client);
        partner.cannot_find(&usual.case).await;
        partner.cannot_find(usual.itinerary()).await;
    }
    // IOM's own missions need none to do their part.
    assert_eq!(usual.istanbul.counts("notices").await, 3);
    assert_eq!(usual.baghdad.counts("notices").await, 4);

    usual = world
        .a_case_with(&usual_without(TO_THE_EMBASSY), Until::Registered)
        .await;
    usual
        .pristina
        .requests_a_travel_document(&usual.case)
        .is_refused("CONSENT_MISSING")
        .await;
    usual.pristina.records_consent(&usual.case, TO_THE_EMBASSY).await;
    usual.pristina.requests_a_travel_document(&usual.case).await;
    assert_eq!(usual.iraq.counts("travelDocumentRequests").await, 2);

    // A form may be empty, and be filled in later: then the police hear of the plan.
    usual = world.a_case_with(&[], Until::Registered).await;
    usual.pristina.records_consent(&usual.case, TO_THE_EMBASSY).await;
    world
        .goes_on(&mut usual, Until::Registered, Until::Ticketed)
        .await;
    usual.pristina.records_consent(&usual.case, TO_THE_POLICE).await;
    world.goes_on(&mut usual, Until::Ticketed, Until::Ready).await;
    usual.police.listens().await.hears(&["DEPARTURE_PLANNED"]).await;
    usual.migration.cannot_find(&usual.case).await;
}

/// INV-06, to the letter: persons let a recipient know them for what it needs to know them for, and for nothing else. What
/// it is told, it is told for that.
async fn inv_06_a_consent_for_another_purpose_is_no_consent(world: &World) {
    let usual = world.a_case_with(&[], Until::Registered).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    for line in [
        ("EMBASSY", "REINTEGRATION", "IDENTITY"),
        ("EMBASSY", "DEPARTURE_NOTICE", "CONTACT"),
        ("HOST_POLICE", "STATISTICS", "IDENTITY"),
        ("HOST_MIGRATION", "CASE_MANAGEMENT", "IDENTITY"),
        ("IOM_RECEIVING", "TRAVEL_DOCUMENT", "HEALTH"),
        ("DONOR", "STATISTICS", "IDENTITY"),
    ] {
        let refusal = pristina
            .records_consent(case, line)
            .is_refused("PURPOSE_NOT_FOR_RECIPIENT")
            .await;
        assert_eq!(refusal["field"], "purpose", "{line:?}");
    }
    pristina
        .requests_a_travel_document(case)
        .is_refused("CONSENT_MISSING")
        .await;
    usual.iraq.cannot_find(case).await;
    // Nor with the application, of which nothing is kept then.
    let other = Usual::opened(world).await;
    pristina.counsels(&other.case).await;
    pristina.finds_eligible(&other.case).await;
    pristina
        .has_signed(
            &other.case,
            &[TO_THE_EMBASSY, ("HOST_POLICE", "OVERSIGHT", "IDENTITY")],
        )
        .is_refused("PURPOSE_NOT_FOR_RECIPIENT")
        .await;
    pristina.has_signed(&other.case, &[TO_THE_EMBASSY]).await;
}

/// A guardian signs for a child: also where somebody of age is on the case who is not the guardian of a child that travels
/// without parents.
async fn a_guardian_signs_for_a_child(world: &World) {
    let pristina = world.mission("Pristina");
    let household = [person().of("IRQ").aged(30), person().of("IRQ").aged(12)];
    let child = household[1].full_name();
    let case = pristina.opens_a_case_for(household).await;
    pristina.counsels(&case).await;
    pristina.finds_eligible(&case).await;
    pristina
        .assesses_vulnerability(&case, &child, &["UNACCOMPANIED_CHILD"], &[])
        .await;
    let refusal = pristina
        .has_signed(&case, &[TO_THE_EMBASSY])
        .is_refused("GUARDIAN_NEEDED")
        .await;
    assert_eq!(refusal["field"], "signedBy");
    let signed = json!(pristina.now() - TimeDelta::minutes(5));
    let by = |signatory: &str, (class, purpose, category): ConsentLine| {
        json!({ "recipientClass": class, "purpose": purpose, "category": category, "signedAt": signed,
            "signedBy": signatory })
    };
    let form = json!({ "signedAt": signed, "signedBy": "GUARDIAN", "dataExchangeForm": "SIGNED",
        "consents": [by("GUARDIAN", TO_THE_EMBASSY)] });
    pristina.has_signed(&case, &[]).with("application", form).await;
    let more = |signatory| {
        pristina
            .records_consent(&case, TO_THE_POLICE)
            .with("consent", by(signatory, TO_THE_POLICE))
    };
    more("SELF").is_refused("GUARDIAN_NEEDED").await;
    more("GUARDIAN").await;
}

/// A consent that is taken back closes everything at once: rows, notices, commands and the open subscription.
async fn a_revoked_consent_closes_the_case_at_once(world: &World) {
    let usual = world.a_usual_case(Until::Acknowledged).await;
    let (pristina, iraq) = (&usual.pristina, &usual.iraq);
    let mut at_the_embassy = iraq.listens().await;
    at_the_embassy.hears(&["TDR_SUBMITTED"]).await;
    assert!(at_the_embassy.heard()[0]["case"]["id"].is_string());

    pristina.revokes_consent(&usual.case, TO_THE_EMBASSY).await;
    at_the_embassy.hears(&["CONSENT_REVOKED"]).await;
    iraq.cannot_find(&usual.case).await;
    iraq.cannot_find(usual.request()).await;
    iraq.cannot_find(&usual.case.person()).await;
    iraq.confirms_nationality(usual.request()).is_not_found().await;
    let everything = iraq.everything().await;
    assert!(
        !everything.text.contains(usual.case.head()),
        "{}",
        everything.text
    );
    assert_eq!(everything.data["cases"]["totalCount"], 0);
    let filtered =
        "{ cases(filter: { territory: \"XKX\", countryOfReturn: \"IRQ\" }) { totalCount nodes { id } } }";
    assert_eq!(
        iraq.ask(filtered, json!({})).await.ok()["cases"],
        json!({ "totalCount": 0, "nodes": [] })
    );
    let notice = &everything.data["notices"]["nodes"][0];
    assert_eq!(
        (&notice["type"], &notice["case"], &notice["travelDocumentRequest"]),
        (&json!("TDR_SUBMITTED"), &Value::Null, &Value::Null)
    );

    // The request may go on once the person consents anew: the old consent does not revive.
    let held = json!([{ "active": true }, { "active": true }]);
    pristina.records_consent(&usual.case, TO_THE_EMBASSY).await;
    let sight = iraq.sees(&usual.case, "{ consents { active } }").await;
    assert_ne!(sight.row["consents"], held, "one was taken back");
    iraq.confirms_nationality(usual.request()).await;
    at_the_embassy.has_heard_everything().await;
}

/// What the police had been told, they can no longer read; of what comes next they hear nothing.
async fn a_revoked_consent_keeps_what_comes_next_from_the_police(world: &World) {
    let mut usual = world.a_usual_case(Until::Ready).await;
    let mut police = usual.police.listens().await;
    police.hears(&["DEPARTURE_PLANNED"]).await;
    usual.pristina.revokes_consent(&usual.case, TO_THE_POLICE).await;
    usual.police.cannot_find(&usual.case).await;
    usual.police.cannot_find(usual.itinerary()).await;
    world.goes_on(&mut usual, Until::Ready, Until::Arrived).await;
    police.hears(&["CONSENT_REVOKED"]).await;
    police.has_heard_everything().await;
    // The migration authority had a consent of its own.
    let types: Vec<Value> = usual
        .migration
        .inbox()
        .await
        .iter()
        .map(|notice| notice["type"].clone())
        .collect();
    assert_eq!(
        types,
        [
            "AVRR_REGISTERED",
            "OBJECTION_CHECK_REQUESTED",
            "DEPARTURE_PLANNED",
            "DEPARTED"
        ]
    );
}

/// A consent is signed once, by a date that has come, and can be taken back once; data protection may do so too.
async fn a_consent_is_recorded_once_and_revoked_once(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let refusal = pristina
        .records_consent(case, TO_THE_POLICE)
        .is_refused("ALREADY_EXISTS")
        .await;
    assert_eq!(refusal["field"], "recipientClass");
    let tomorrow = moment(world.clock.now() + TimeDelta::days(1));
    let (class, purpose, category) = PHONE_TO_THE_EMBASSY;
    let early =
        json!({ "recipientClass": class, "purpose": purpose, "category": category, "signedAt": tomorrow });
    pristina
        .records_consent(case, PHONE_TO_THE_EMBASSY)
        .with("consent", early)
        .is_refused("DATE_OUT_OF_ORDER")
        .await;

    pristina.sees(&case.consent(TO_THE_POLICE), "{ active }").await;
    world.auditor().revokes_consent(case, TO_THE_POLICE).await;
    pristina
        .revokes_consent(case, TO_THE_POLICE)
        .is_refused("WRONG_STATE")
        .await;
    usual
        .baghdad
        .revokes_consent(case, TO_THE_EMBASSY)
        .is_forbidden()
        .await;
    usual
        .migration
        .revokes_consent(case, TO_THE_MIGRATION_AUTHORITY)
        .is_forbidden()
        .await;
    pristina.records_consent(case, TO_THE_POLICE).await;

    // Consents can be taken back even when nothing else can be changed any more.
    pristina.withdraws(case).await;
    pristina
        .records_consent(case, PHONE_TO_THE_EMBASSY)
        .is_refused("WRONG_STATE")
        .await;
    pristina.revokes_consent(case, TO_THE_MIGRATION_AUTHORITY).await;
    usual.migration.cannot_find(case).await;
}

/// A partner sees the consents that concern it, to justify what it holds, and no others.
async fn a_partner_sees_the_consents_that_concern_it(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    for (partner, class) in [
        (&usual.iraq, "EMBASSY"),
        (&usual.police, "HOST_POLICE"),
        (&usual.migration, "HOST_MIGRATION"),
    ] {
        let sight = partner
            .sees(&usual.case, "{ consents { recipientClass active purpose } }")
            .await;
        let own = json!([{ "recipientClass": class, "active": true, "purpose": null }]);
        assert_eq!(sight.row["consents"], own, "{}", partner.client);
    }
    for mission in [&usual.pristina, &usual.baghdad, &world.auditor()] {
        let sight = mission
            .sees(&usual.case, "{ consents { recipientClass purpose } }")
            .await;
        assert_eq!(
            sight.row["consents"].as_array().map(Vec::len),
            Some(USUAL.len()),
            "{}",
            mission.client
        );
    }
}

on_both_databases!(
    an_embassy_gets_the_phone_only_with_a_consent_to_contact,
    inv_06_nobody_outside_iom_learns_anything_without_a_consent,
    inv_06_a_consent_for_another_purpose_is_no_consent,
    a_guardian_signs_for_a_child,
    a_revoked_consent_closes_the_case_at_once,
    a_revoked_consent_keeps_what_comes_next_from_the_police,
    a_consent_is_recorded_once_and_revoked_once,
    a_partner_sees_the_consents_that_concern_it,
);
