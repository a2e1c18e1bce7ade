//! Documents themselves: their machine-readable zones, what was disclosed for them, where they are, and own passports.

use crate::support::mrz::zone;
use crate::support::*;
use avrr_gateway::policy::fields::{Access, LINES};
use avrr_gateway::policy::relation::Relation;
use chrono::TimeDelta;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

const SNAPSHOT: &str = "{ disclosureSnapshot { content sha256 madeAt policyVersion } }";

/// A case of somebody with a document confirmed, and the somebody.
async fn confirmed(world: &World) -> (Actor, Actor, Case, Person, Row) {
    let (pristina, iraq) = (world.mission("Pristina"), world.embassy("Iraq", "Belgrade"));
    let somebody = person().of("IRQ");
    let case = pristina.opens_a_case_for(somebody.clone()).await;
    pristina.registers(&case, USUAL).await;
    let request = pristina.requests_a_travel_document(&case).await;
    iraq.confirms_nationality(&request).await;
    (pristina, iraq, case, somebody, request)
}

/// A machine-readable zone is checked, and compared with the document and its holder; each fault names its field.
async fn a_zone_has_to_fit_the_document_and_its_holder(world: &World) {
    let (pristina, iraq, _, somebody, request) = confirmed(world).await;
    let expires = world.today() + TimeDelta::days(90);
    let good = zone(&somebody, "LP0045671", expires);
    let codes = async |mrz: String| {
        let answer = iraq
            .issues(&request, laissez_passer())
            .with("mrz", mrz)
            .answer()
            .await;
        let errors = answer.ok()["issueTravelDocument"]["errors"].take();
        let each = errors.as_array().expect("errors").iter();
        each.map(|error| format!("{} {}", error["code"], error["field"]).replace('"', ""))
            .collect::<Vec<_>>()
    };
    assert_eq!(codes("P<IRQ".to_owned()).await, ["MRZ_MALFORMED mrz"]);
    assert_eq!(codes(good.to_lowercase()).await, ["MRZ_MALFORMED mrz"]);
    let digit = |place: usize, digit: &str| format!("{}{digit}{}", &good[..place], &good[place + 1..]);
    let other = if &good[52..53] == "9" { "8" } else { "9" };
    assert_eq!(
        codes(digit(52, other)).await,
        ["MRZ_CHECK_DIGIT mrz.number", "MRZ_CHECK_DIGIT mrz.composite"]
    );
    let stranger = somebody
        .clone()
        .with("sex", "F")
        .with("dateOfBirth", "1996-01-16")
        .with("nationality", "IRN");
    assert_eq!(
        codes(zone(&stranger, "LP0045672", expires + TimeDelta::days(1))).await,
        [
            "MRZ_MISMATCH mrz.number",
            "MRZ_MISMATCH mrz.expiresOn",
            "MRZ_MISMATCH mrz.issuingState",
            "MRZ_MISMATCH mrz.dateOfBirth",
            "MRZ_MISMATCH mrz.sex",
            "MRZ_MISMATCH mrz.nationality",
        ]
    );
    let lines = format!("{}\n{}", &good[..44], &good[44..]);
    iraq.issues(&request, laissez_passer()).with("mrz", lines).await;
    let document = "{ document { mrz issuingState { code } singleJourney destinationOnly } }";
    let told = json!({ "document": {
        "mrz": good, "issuingState": { "code": "IRQ" }, "singleJourney": true, "destinationOnly": true,
    } });
    assert_eq!(pristina.sees(&request, document).await.row, told);
    assert_eq!(iraq.sees(&request, document).await.row, told);
    let migration = world
        .migration("XKX")
        .sees(&request, "{ document { mrz number } }")
        .await;
    assert_eq!(
        migration.row,
        json!({ "document": { "mrz": null, "number": null } })
    );
    let masked = world.auditor().sees(&request, "{ document { mrz } }").await;
    assert_eq!(masked.row["document"]["mrz"], format!("…{}", &good[85..]));
}

/// A post issues what its state issues.
async fn a_european_return_document_is_not_for_a_post_to_issue(world: &World) {
    let (_, iraq, _, _, request) = confirmed(world).await;
    let refusal = iraq
        .issues(&request, laissez_passer())
        .with("documentType", "EU_RETURN_DOCUMENT")
        .is_refused("INVALID")
        .await;
    assert_eq!(refusal["field"], "documentType");
}

/// Fields that name rows or lead to others, and what there is only once a post has acted: not part of a snapshot.
const BEYOND: [&str; 25] = [
    "Case.id",
    "Case.reference",
    "Case.sendingMission",
    "Case.persons",
    "Case.personCount",
    "Case.consents",
    "Case.travelDocumentRequests",
    "Person.id",
    "Person.photo",
    "TravelDocumentRequest.attachments",
    "TravelDocumentRequest.id",
    "TravelDocumentRequest.case",
    "TravelDocumentRequest.applicant",
    "TravelDocumentRequest.consularPost",
    "TravelDocumentRequest.stateSince",
    "TravelDocumentRequest.ageInDays",
    "TravelDocumentRequest.acknowledgedAt",
    "TravelDocumentRequest.nationalityConfirmedAt",
    "TravelDocumentRequest.endedAt",
    "TravelDocumentRequest.refusalReason",
    "TravelDocumentRequest.informationRequests",
    "TravelDocumentRequest.interviews",
    "TravelDocumentRequest.document",
    "TravelDocumentRequest.disclosureSnapshot",
    "TravelDocumentRequest.version",
];

/// What was disclosed when a post was asked is exactly what it reads; it stays as it was whatever changes, and a consent
/// that is taken back closes it to the post. Oversight compares digests.
async fn what_was_disclosed_is_what_the_post_reads_and_never_changes(world: &World) {
    let usual = world
        .a_case_with(&usual_and(PHONE_TO_THE_EMBASSY), Until::Requested)
        .await;
    let (pristina, iraq, request) = (&usual.pristina, &usual.iraq, usual.request());
    let kept = pristina.sees(request, SNAPSHOT).await.row["disclosureSnapshot"].take();
    let content = kept["content"].as_str().expect("a content");
    let disclosed: Value = serde_json::from_str(content).expect("JSON");
    assert_eq!(disclosed.to_string(), content, "canonical");

    let readable = LINES.iter().filter(|line| {
        let (of, _) = line.name.split_once('.').expect("Type.field");
        ["Case", "Person", "TravelDocumentRequest"].contains(&of)
            && line.cells[Relation::Consular as usize] != Access::Withheld
            && !BEYOND.contains(&line.name)
    });
    let mut read = serde_json::Map::new();
    for line in readable {
        let (of, field) = line.name.split_once('.').expect("Type.field");
        let below = if ["hostTerritory", "countryOfReturn", "nationality"].contains(&field) {
            "{ code }"
        } else {
            ""
        };
        let selection = format!("{{ {field} {below} }}");
        let mut sight = match of {
            "Case" => iraq.sees(&usual.case, &selection).await,
            "Person" => iraq.sees(&usual.case.person(), &selection).await,
            _ => iraq.sees(request, &selection).await,
        };
        if sight.redactions.iter().any(|(_, access)| access == "WITHHELD") {
            continue;
        }
        let value = match below {
            "" => sight.row[field].take(),
            _ => sight.row[field]["code"].take(),
        };
        read.insert(line.name.to_owned(), value);
    }
    assert_eq!(disclosed, Value::Object(read));
    assert_eq!(
        disclosed["Person.phone"].as_str().map(|phone| &phone[..6]),
        Some("+38344")
    );
    assert_eq!(
        disclosed.get("Person.addressInCountryOfReturn"),
        None,
        "no consent"
    );

    let mut digits = String::new();
    for byte in Sha256::digest(content.as_bytes()) {
        let _ = write!(digits, "{byte:02x}");
    }
    assert_eq!(kept["sha256"], digits);
    assert_eq!(iraq.sees(request, SNAPSHOT).await.row["disclosureSnapshot"], kept);
    let digest = world.auditor().sees(request, SNAPSHOT).await.row["disclosureSnapshot"].take();
    assert_eq!(
        (&digest["content"], &digest["sha256"]),
        (&Value::Null, &kept["sha256"])
    );

    iraq.acknowledges(request).await;
    pristina.revokes_consent(&usual.case, PHONE_TO_THE_EMBASSY).await;
    assert_eq!(
        pristina.sees(request, SNAPSHOT).await.row["disclosureSnapshot"],
        kept
    );
    let closed = iraq.sees(request, SNAPSHOT).await.row["disclosureSnapshot"].take();
    assert_eq!(
        (&closed["content"], &closed["sha256"]),
        (&Value::Null, &kept["sha256"])
    );
    for other in [&usual.baghdad, &usual.migration] {
        let sight = other.sees(request, SNAPSHOT).await;
        assert_eq!(sight.row["disclosureSnapshot"], Value::Null, "{}", other.client);
    }
}

/// A document is followed from the post to the person, and the person departs on it. Where it is, is IOM's business.
async fn a_document_is_followed_from_the_post_to_the_departure(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, request) = (&usual.pristina, usual.request());
    pristina
        .hands_the_document(request, "PERSON")
        .is_refused("WRONG_STATE")
        .await;
    pristina.receives_the_document(request).await;
    pristina
        .hands_the_document(request, "EMBASSY")
        .is_refused("INVALID")
        .await;
    pristina.hands_the_document(request, "AUTHORITY").await;
    pristina.hands_the_document(request, "PERSON").await;
    let custody = "{ state custody { location recordedBy { code } } }";
    let chain = pristina.sees(request, custody).await.row;
    let link = |location: &str, by: &str| json!({ "location": location, "recordedBy": { "code": by } });
    let links = json!([
        link("EMBASSY", "embassy-iraq-belgrade"),
        link("IOM", "iom-pristina"),
        link("AUTHORITY", "iom-pristina"),
        link("PERSON", "iom-pristina"),
    ]);
    assert_eq!(chain, json!({ "state": "HANDED_TO_PERSON", "custody": links }));
    assert_eq!(world.auditor().sees(request, custody).await.row["custody"], links);
    for other in [&usual.iraq, &usual.baghdad, &usual.police, &usual.migration] {
        let sight = other.sees(request, "{ custody { location } }").await;
        assert_eq!(sight.row["custody"], Value::Null, "{}", other.client);
    }
    world.time_passes(TimeDelta::days(9));
    pristina.confirms_departure(&usual.case).await;
    assert_eq!(
        pristina.sees(request, custody).await.row,
        json!({ "state": "USED", "custody": links })
    );
    pristina.reports_lost(request).is_refused("WRONG_STATE").await;
}

/// A document that is lost does not serve the journey; another may be asked for.
async fn a_lost_document_does_not_serve_and_another_may_be_asked_for(world: &World) {
    let usual = world.a_usual_case(Until::Issued).await;
    let (pristina, iraq) = (&usual.pristina, &usual.iraq);
    pristina
        .requests_a_travel_document(&usual.case)
        .is_refused("REQUEST_ALREADY_OPEN")
        .await;
    let told = iraq.counts("notices").await;
    pristina.reports_lost(usual.request()).await;
    assert_eq!(iraq.counts("notices").await, told);
    pristina
        .books(&usual.case, "PRN-IST-BGW", 9)
        .is_refused("TRAVEL_DOCUMENT_MISSING")
        .await;
    let anew = pristina.requests_a_travel_document(&usual.case).await;
    iraq.confirms_nationality(&anew).await;
    iraq.issues(&anew, passport()).await;
    pristina.books(&usual.case, "PRN-IST-BGW", 9).await;
}

/// Who holds a valid passport needs no post; it is checked against the journey like any other, and no post hears of it.
async fn an_own_passport_needs_no_post(world: &World) {
    let usual = world.a_usual_case(Until::PreDeparture).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    pristina
        .books(case, "PRN-IST-BGW", 9)
        .is_refused("TRAVEL_DOCUMENT_MISSING")
        .await;
    pristina.records_a_document(case, passport().good_for(5)).await;
    pristina
        .books(case, "PRN-IST-BGW", 9)
        .is_refused("TRAVEL_DOCUMENT_EXPIRES")
        .await;
    let refusal = pristina
        .records_a_document(case, passport())
        .with("expiresOn", (world.today() - TimeDelta::days(1)).to_string())
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    assert_eq!(refusal["field"], "expiresOn");
    pristina.records_a_document(case, passport()).await;
    let journey = pristina.books(case, "PRN-IST-BGW", 9).await;
    pristina.tickets(&journey).await;
    usual.istanbul.confirms_transit(&journey).await;
    usual.baghdad.confirms_reception(&journey).await;
    pristina.marks_ready(case).await;
    let own = "{ personalDocuments { holder { fullName } document { type number } } travelDocumentRequests { id } }";
    let seen = usual.baghdad.sees(case, own).await.row;
    assert_eq!(
        seen["personalDocuments"][1]["document"],
        json!({ "type": "PASSPORT", "number": "A19283746" })
    );
    assert_eq!(seen["personalDocuments"][1]["holder"]["fullName"], case.head());
    assert_eq!(seen["travelDocumentRequests"], json!([]));
    let migration = usual.migration.sees(case, own).await.row;
    assert_eq!(
        migration["personalDocuments"][1]["document"],
        json!({ "type": "PASSPORT", "number": null })
    );
    usual.iraq.cannot_find(case).await;
    assert_eq!(usual.iraq.counts("notices").await, 0);
}

/// A document that runs out before it was used is found to have done so when another is asked for.
async fn a_document_that_ran_out_is_noted_when_another_is_asked_for(world: &World) {
    let usual = world.a_usual_case(Until::Confirmed).await;
    let (pristina, iraq, request) = (&usual.pristina, &usual.iraq, usual.request());
    iraq.issues(request, laissez_passer().good_for(20)).await;
    pristina.receives_the_document(request).await;
    world.time_passes(TimeDelta::days(21));
    pristina.requests_a_travel_document(&usual.case).await;
    assert_eq!(
        pristina.sees(request, "{ state }").await.row["state"],
        "EXPIRED_BEFORE_USE"
    );
    let mut of_case = pristina
        .sees(&usual.case, "{ travelDocumentRequests { state } }")
        .await;
    assert_eq!(
        of_case.row["travelDocumentRequests"].take(),
        json!([{ "state": "EXPIRED_BEFORE_USE" }, { "state": "SUBMITTED" }])
    );
}

on_both_databases!(
    a_zone_has_to_fit_the_document_and_its_holder,
    a_european_return_document_is_not_for_a_post_to_issue,
    what_was_disclosed_is_what_the_post_reads_and_never_changes,
    a_document_is_followed_from_the_post_to_the_departure,
    a_lost_document_does_not_serve_and_another_may_be_asked_for,
    an_own_passport_needs_no_post,
    a_document_that_ran_out_is_noted_when_another_is_asked_for,
);
