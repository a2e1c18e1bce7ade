//! Photos of persons and copies of their papers: seen by those who have to recognise a person, by a consular post only where
//! the person lets it; and never more than their pixels.

use crate::support::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

const PHOTO: &str = "{ photo { mediaType sizeBytes sha256 content recordedAt } }";
const ATTACHED: &str = "{ attachments { number kind mediaType sizeBytes sha256 content recordedAt } }";

/// A picture with the name of its author, and something after its end.
fn with_a_canary() -> String {
    let mut picture = STANDARD.decode(A_PICTURE).expect("a picture");
    let said = b"tEXtAuthor\0CANARY";
    let end = picture.len() - 12;
    let mut chunk = 13_u32.to_be_bytes().to_vec();
    chunk.extend(said);
    chunk.extend(checksum(said).to_be_bytes());
    picture.splice(end..end, chunk);
    picture.extend(b"CANARY");
    STANDARD.encode(picture)
}

/// CRC-32 as PNG has it.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

fn digest(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(bytes) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

async fn photo_of(actor: &Actor, person: &Row) -> (Value, Vec<(String, String)>) {
    let mut sight = actor.sees(person, PHOTO).await;
    (sight.row["photo"].take(), sight.redactions)
}

fn withheld(field: &str) -> (String, String) {
    (field.to_owned(), "WITHHELD".to_owned())
}

async fn a_photo_is_seen_by_who_has_to_recognise_the_person_and_by_a_post_with_consent(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, iraq, person) = (&usual.pristina, &usual.iraq, usual.case.person());
    for actor in [pristina, &usual.istanbul, &usual.baghdad, &usual.police] {
        assert_eq!(
            photo_of(actor, &person).await,
            (Value::Null, vec![]),
            "{}",
            actor.client
        );
    }
    let nothing = iraq.sees(&person, PHOTO).await;
    let photographs = pristina.photographs(&usual.case, usual.case.head());
    photographs.with("content", with_a_canary()).await;

    let (own, redactions) = photo_of(pristina, &person).await;
    assert!(redactions.is_empty(), "{redactions:?}");
    let bytes = STANDARD
        .decode(own["content"].as_str().expect("a content"))
        .expect("base64");
    assert!(
        !bytes.windows(6).any(|window| window == b"CANARY"),
        "only pixels are kept"
    );
    assert_eq!(own["sha256"], digest(&bytes));
    assert_eq!(own["sizeBytes"], bytes.len());
    assert_eq!(own["mediaType"], "IMAGE_PNG");
    for actor in [&usual.istanbul, &usual.baghdad, &usual.police] {
        let (photo, redactions) = photo_of(actor, &person).await;
        assert_eq!(photo["content"], own["content"], "{}", actor.client);
        assert_eq!(photo["sha256"], Value::Null);
        assert!(redactions.contains(&withheld("photo.sha256")));
    }
    // A post learns as little of a photo that there is as of one that there is not.
    let something = iraq.sees(&person, PHOTO).await;
    assert_eq!(
        (&something.row, &something.redactions),
        (&nothing.row, &nothing.redactions)
    );
    assert_eq!(something.redactions, [withheld("photo")]);
    for actor in [&usual.migration, &world.auditor()] {
        let (photo, redactions) = photo_of(actor, &person).await;
        assert_eq!(
            (photo, redactions),
            (Value::Null, vec![withheld("photo")]),
            "{}",
            actor.client
        );
    }

    pristina.records_consent(&usual.case, PHOTO_TO_THE_EMBASSY).await;
    let (photo, redactions) = photo_of(iraq, &person).await;
    assert_eq!(photo["content"], own["content"]);
    assert_eq!(
        redactions,
        [withheld("photo.sha256"), withheld("photo.recordedAt")]
    );
    pristina.revokes_consent(&usual.case, PHOTO_TO_THE_EMBASSY).await;
    assert_eq!(
        photo_of(iraq, &person).await,
        (Value::Null, vec![withheld("photo")])
    );

    // Another takes its place, and the person may have it taken away.
    pristina.photographs(&usual.case, usual.case.head()).await;
    let (other, _) = photo_of(pristina, &person).await;
    assert_ne!(other["recordedAt"], own["recordedAt"]);
    pristina.removes_photo(&usual.case, usual.case.head()).await;
    for actor in [pristina, &usual.istanbul, &usual.baghdad, &usual.police] {
        assert_eq!(photo_of(actor, &person).await.0, Value::Null, "{}", actor.client);
    }
    pristina
        .removes_photo(&usual.case, usual.case.head())
        .is_refused("WRONG_STATE")
        .await;
}

async fn copies_of_papers_are_between_a_mission_and_a_post_that_the_person_lets_see_them(world: &World) {
    let usual = world
        .a_case_with(&usual_and(PAPERS_TO_THE_EMBASSY), Until::Acknowledged)
        .await;
    let (pristina, iraq, request) = (&usual.pristina, &usual.iraq, usual.request());
    let versions = "{ version stateSince }";
    let before = iraq.sees(request, versions).await.row;
    let told = iraq.counts("notices").await;
    pristina.attaches(request, "BIRTH_RECORD").await;
    pristina
        .attaches(request, "OLD_DOCUMENT")
        .with("content", with_a_canary())
        .await;
    assert_eq!(
        iraq.sees(request, versions).await.row,
        before,
        "nothing else changes for the post"
    );
    assert_eq!(iraq.counts("notices").await, told);

    let own = pristina.sees(request, ATTACHED).await.row["attachments"].take();
    let kinds = ["BIRTH_RECORD", "OLD_DOCUMENT"];
    for (nth, kind) in kinds.iter().enumerate() {
        assert_eq!(
            (&own[nth]["kind"], &own[nth]["number"]),
            (&json!(kind), &json!(nth + 1))
        );
    }
    let sight = iraq.sees(request, ATTACHED).await;
    assert_eq!(sight.row["attachments"][1]["content"], own[1]["content"]);
    let nothing = &Value::Null;
    for hidden in ["number", "sha256"] {
        assert_eq!(&sight.row["attachments"][0][hidden], nothing);
    }
    for actor in [&usual.baghdad, &usual.migration, &world.auditor()] {
        let sight = actor.sees(request, ATTACHED).await;
        assert_eq!(&sight.row["attachments"], nothing, "{}", actor.client);
        assert_eq!(sight.redactions, [withheld("attachments")]);
    }

    pristina.revokes_consent(&usual.case, PAPERS_TO_THE_EMBASSY).await;
    let sight = iraq.sees(request, ATTACHED).await;
    assert_eq!(&sight.row["attachments"], nothing);
    assert_eq!(sight.redactions, [withheld("attachments")]);
    pristina.records_consent(&usual.case, PAPERS_TO_THE_EMBASSY).await;
    pristina.detaches(request, 1).await;
    pristina.detaches(request, 1).is_refused("INVALID").await;
    let left = iraq.sees(request, ATTACHED).await.row["attachments"].take();
    assert_eq!(left.as_array().map(Vec::len), Some(1));
    pristina.attaches(request, "SIGNED_FORM").await;
    let own = pristina.sees(request, ATTACHED).await.row["attachments"].take();
    assert_eq!(
        (&own[0]["number"], &own[1]["number"]),
        (&json!(2), &json!(3)),
        "no number is given twice"
    );

    for _ in 2..10 {
        pristina.attaches(request, "FAMILY_BOOK").await;
    }
    pristina
        .attaches(request, "FAMILY_BOOK")
        .is_refused("TOO_MANY_ATTACHMENTS")
        .await;
    pristina.cancels_request(request).await;
    pristina
        .attaches(request, "FAMILY_BOOK")
        .is_refused("WRONG_STATE")
        .await;
    // The post's window closes over them as over everything else.
    world.time_passes(TimeDelta::days(31));
    iraq.cannot_find(request).await;
}

async fn what_is_no_picture_or_too_large_is_refused_and_nothing_is_kept(world: &World) {
    let usual = world.a_usual_case(Until::Requested).await;
    let (pristina, request, name) = (&usual.pristina, usual.request(), usual.case.head());
    let pdf = STANDARD.encode(b"%PDF-1.7 CANARY");
    for content in ["", "no base64!", pdf.as_str()] {
        let photo = pristina.photographs(&usual.case, name).with("content", content);
        assert_eq!(photo.is_refused("NOT_A_PICTURE").await["field"], "content");
        let copy = pristina
            .attaches(request, "BIRTH_RECORD")
            .with("content", content);
        copy.is_refused("NOT_A_PICTURE").await;
    }
    let large = STANDARD.encode(vec![0_u8; 150_001]);
    let photo = pristina.photographs(&usual.case, name).with("content", large);
    photo.is_refused("PICTURE_TOO_LARGE").await;
    assert_eq!(photo_of(pristina, &usual.case.person()).await.0, Value::Null);
    let own = pristina.sees(request, ATTACHED).await.row["attachments"].take();
    assert_eq!(own, json!([]));
    // Who may not record one learns nothing of what is wrong with it.
    usual
        .iraq
        .photographs(&usual.case, name)
        .with("content", "")
        .is_forbidden()
        .await;
    for nobody in [&usual.iraq, &usual.baghdad] {
        let copy = nobody.attaches(request, "BIRTH_RECORD").with("content", "");
        copy.is_forbidden().await;
    }
    usual
        .baghdad
        .photographs(&usual.case, name)
        .with("content", "")
        .is_forbidden()
        .await;
    world
        .mission("Skopje")
        .photographs(&usual.case, name)
        .with("content", "")
        .is_not_found()
        .await;
}

async fn the_snapshot_of_a_request_names_the_photo_by_its_digest_where_the_post_could_see_it(world: &World) {
    for (form, shown) in [(usual_and(PHOTO_TO_THE_EMBASSY), true), (USUAL.to_vec(), false)] {
        let usual = world.a_case_with(&form, Until::PreDeparture).await;
        let (pristina, iraq) = (&usual.pristina, &usual.iraq);
        pristina.photographs(&usual.case, usual.case.head()).await;
        let request = pristina.requests_a_travel_document(&usual.case).await;
        let snapshot = "{ disclosureSnapshot { content } }";
        let disclosed = iraq.sees(&request, snapshot).await.row["disclosureSnapshot"].take();
        let content: Value =
            serde_json::from_str(disclosed["content"].as_str().expect("a content")).expect("JSON");
        let named = content.get("Person.photo").and_then(Value::as_str);
        assert_eq!(
            named.map(str::len),
            shown.then_some(64),
            "a digest of the request and of the bytes"
        );
        if let Some(named) = named {
            let (photo, _) = photo_of(iraq, &usual.case.person()).await;
            let bytes = STANDARD.decode(photo["content"].as_str().expect("a content"));
            assert_ne!(
                named,
                digest(&bytes.expect("base64")),
                "two organisations could join by it"
            );
        }
        if shown {
            pristina.revokes_consent(&usual.case, PHOTO_TO_THE_EMBASSY).await;
            let closed = iraq.sees(&request, snapshot).await.row["disclosureSnapshot"].take();
            assert_eq!(closed["content"], Value::Null);
        }
    }
}

on_both_databases!(
    a_photo_is_seen_by_who_has_to_recognise_the_person_and_by_a_post_with_consent,
    copies_of_papers_are_between_a_mission_and_a_post_that_the_person_lets_see_them,
    what_is_no_picture_or_too_large_is_refused_and_nothing_is_kept,
    the_snapshot_of_a_request_names_the_photo_by_its_digest_where_the_post_could_see_it,
);
