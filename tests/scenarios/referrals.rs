//! Referrals: who is asked, with whose consent, who sees it, and what silence means.

use crate::support::verbs_referral::{refers, seen_by, steps};
use crate::support::*;
use serde_json::{Value, json};

const TO_PROVIDERS: ConsentLine = ("SERVICE_PROVIDER", "REINTEGRATION", "IDENTITY");

/// An authority is asked with consent, told, and answers; nobody else sees what was asked.
async fn a_referral_is_between_sender_and_recipient(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, migration) = (&usual.pristina, &usual.migration);
    let authority = json!({ "organisationId": pristina.organisation("migration-kosovo").await });
    assert_eq!(
        refers(world, pristina, &usual.case, authority.clone(), json!(null)).await,
        "SENT"
    );
    assert_eq!(
        refers(world, pristina, &usual.case, authority, json!(null)).await,
        "ALREADY_EXISTS"
    );
    let told = migration.inbox().await;
    assert!(told.iter().any(|notice| notice["type"] == "REFERRAL_RECEIVED"));
    for stranger in [&usual.baghdad, &usual.police, &usual.iraq, &usual.istanbul] {
        assert_eq!(
            seen_by(stranger).await,
            Vec::<Value>::new(),
            "{}",
            stranger.client
        );
    }
    assert_eq!(
        steps(world, pristina, "acceptReferral", 0).await,
        "NOT_THE_RECIPIENT"
    );
    assert_eq!(
        steps(world, migration, "completeReferral", 0).await,
        "WRONG_STATE"
    );
    assert_eq!(steps(world, migration, "revokeReferral", 0).await, "FORBIDDEN");
    assert_eq!(steps(world, migration, "acceptReferral", 0).await, "ACCEPTED");
    assert_eq!(steps(world, migration, "startReferral", 0).await, "IN_PROGRESS");
    assert_eq!(steps(world, migration, "completeReferral", 0).await, "DONE");
    assert_eq!(steps(world, pristina, "revokeReferral", 0).await, "WRONG_STATE");

    // The other mission needs no consent; an embassy or the police are never asked.
    let baghdad = json!({ "organisationId": pristina.organisation("iom-baghdad").await });
    assert_eq!(
        refers(world, pristina, &usual.case, baghdad, json!(null)).await,
        "SENT"
    );
    assert_eq!(
        steps(world, &usual.baghdad, "rejectReferral", 0).await,
        "REJECTED"
    );
    for nobody in [
        "embassy-iraq-belgrade",
        "police-kosovo",
        "iom-skopje",
        "iom-pristina",
    ] {
        let nobody = json!({ "organisationId": pristina.organisation(nobody).await });
        assert_eq!(
            refers(world, pristina, &usual.case, nobody, json!(null)).await,
            "RECIPIENT_NOT_CONCERNED"
        );
    }
}

/// A provider is asked with consent, or by a supervisor who says why; the mission records what it answers.
async fn a_provider_is_asked_with_consent_or_for_a_reason(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let pristina = &usual.pristina;
    let clinic = || json!({ "provider": "A legal clinic" });
    let vital = || json!("VITAL_INTEREST");
    assert_eq!(
        refers(world, pristina, &usual.case, clinic(), json!(null)).await,
        "CONSENT_MISSING"
    );
    assert_eq!(
        refers(world, pristina, &usual.case, clinic(), vital()).await,
        "SUPERVISOR_NEEDED"
    );
    assert_eq!(
        refers(world, &pristina.supervisor(), &usual.case, clinic(), vital()).await,
        "SENT"
    );
    assert_eq!(seen_by(pristina).await[0]["consentOverride"], "VITAL_INTEREST");
    assert_eq!(steps(world, pristina, "acceptReferral", 0).await, "ACCEPTED");
    assert_eq!(steps(world, pristina, "revokeReferral", 0).await, "REVOKED");
    pristina.records_consent(&usual.case, TO_PROVIDERS).await;
    assert_eq!(
        refers(world, pristina, &usual.case, clinic(), vital()).await,
        "SENT"
    );
    assert_eq!(seen_by(pristina).await[1]["consentOverride"], Value::Null);
    // Whoever may read through the API reads under consent alone (INV-06).
    pristina
        .revokes_consent(&usual.case, TO_THE_MIGRATION_AUTHORITY)
        .await;
    let authority = json!({ "organisationId": pristina.organisation("migration-kosovo").await });
    let refused = refers(world, &pristina.supervisor(), &usual.case, authority, vital()).await;
    assert_eq!(refused, "CONSENT_MISSING");
}

/// What became of a referral is remembered, and told to those who may know that there is one: on the case they find their
/// own, with its history inside IOM alone.
async fn a_case_lists_the_referrals_that_its_reader_takes_part_in(world: &World) {
    const OWN: &str = "{ referrals { state sender { code } recipient { code } provider
        history { event command organisation { code } fromState toState reason } } }";
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, baghdad, migration) = (&usual.pristina, &usual.baghdad, &usual.migration);
    let authority = json!({ "organisationId": pristina.organisation("migration-kosovo").await });
    refers(world, pristina, &usual.case, authority, json!(null)).await;
    steps(world, migration, "rejectReferral", 0).await;
    let clinic = json!({ "provider": "A legal clinic" });
    refers(
        world,
        &pristina.supervisor(),
        &usual.case,
        clinic,
        json!("VITAL_INTEREST"),
    )
    .await;
    steps(world, pristina, "acceptReferral", 1).await;
    steps(world, pristina, "revokeReferral", 1).await;

    let told = |entry: &Value| {
        let words = [
            &entry["event"],
            &entry["command"],
            &entry["fromState"],
            &entry["toState"],
            &entry["reason"],
        ];
        words
            .map(|word| word.as_str().unwrap_or("-").to_owned())
            .join(" ")
    };
    let histories = |seen: &Value| -> Vec<Vec<String>> {
        let referrals = seen["referrals"].as_array().expect("referrals").iter();
        let of = |referral: &Value| {
            let entries = referral["history"].as_array().into_iter().flatten();
            entries.map(told).collect()
        };
        referrals.map(of).collect()
    };
    let seen = pristina.sees(&usual.case, OWN).await.row;
    assert_eq!(
        histories(&seen),
        [
            vec![
                "REFERRAL_SENT sendReferral - SENT -",
                "REFERRAL_REJECTED rejectReferral SENT REJECTED NO_CAPACITY",
            ],
            vec![
                "REFERRAL_SENT sendReferral - SENT VITAL_INTEREST",
                "REFERRAL_ACCEPTED acceptReferral SENT ACCEPTED -",
                "REFERRAL_REVOKED revokeReferral ACCEPTED REVOKED -",
            ],
        ]
    );
    // The history of the case no longer tells of it: who reads that need not take part in every referral.
    let of_case = pristina.sees(&usual.case, "{ history { event } }").await.row;
    assert!(!of_case.to_string().contains("REFERRAL_"), "{of_case}");

    let seen = migration.sees(&usual.case, OWN).await;
    let own = json!([{ "state": "REJECTED", "sender": { "code": "iom-pristina" },
        "recipient": { "code": "migration-kosovo" }, "provider": null, "history": null }]);
    assert_eq!(seen.row["referrals"], own);
    assert_eq!(baghdad.sees(&usual.case, OWN).await.row["referrals"], json!([]));
    let seen = world.auditor().sees(&usual.case, OWN).await.row;
    let counted = seen["referrals"].as_array().expect("referrals");
    assert_eq!(counted.len(), 2);
    assert_eq!(counted[1]["provider"], Value::Null);
    for stranger in [&usual.police, &usual.iraq] {
        if stranger.id_of(&usual.case).await.is_some() {
            let seen = stranger.sees(&usual.case, OWN).await.row;
            assert_eq!(seen["referrals"], Value::Null, "{}", stranger.client);
        }
    }
}

on_both_databases!(
    a_case_lists_the_referrals_that_its_reader_takes_part_in,
    a_referral_is_between_sender_and_recipient,
    a_provider_is_asked_with_consent_or_for_a_reason,
);
