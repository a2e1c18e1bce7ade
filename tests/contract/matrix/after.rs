//! What follows the arrival in the story: a handover that fails and one that holds, and two packages.

use super::story::BAGHDAD;
use crate::support::{Case, World};
use chrono::{DateTime, Utc};
use serde_json::json;

/// When the steps after the return were taken.
pub struct AfterSteps {
    pub refused: DateTime<Utc>,
    pub handed: DateTime<Utc>,
    /// When the sending mission was told of the handover.
    pub told: DateTime<Utc>,
    pub counselled: DateTime<Utc>,
    pub agreed: DateTime<Utc>,
    pub delivered: DateTime<Utc>,
    pub verified: DateTime<Utc>,
    pub followed: DateTime<Utc>,
    pub proposed: DateTime<Utc>,
    pub agreed_too: DateTime<Utc>,
}

/// Baghdad receives: hands over, counsels, agrees, delivers, follows up, halts; and gives another package to Kabul.
pub async fn after_the_return(world: &World, case: &Case) -> AfterSteps {
    let baghdad = world.client(BAGHDAD);
    let now = || world.clock.now();
    let refused = now();
    baghdad
        .hands_over(case, "RELATIVE", "An uncle")
        .with("outcome", json!({ "refused": "NOT_IN_BEST_INTERESTS" }))
        .await;
    let handed = now();
    baghdad.hands_over(case, "MEDICAL_FACILITY", "A ward").await;
    let told = now();
    let counselled = now();
    baghdad.starts_reintegration(case).await;
    let package = case.package(1);
    let agreed = now();
    baghdad.agrees_on(&package).await;
    baghdad.supervisor().has_the_donor_s_word_on(&package, &[1]).await;
    baghdad.delivers(&package, 0).await;
    let delivered = now();
    baghdad.supervisor().verifies_the_receipt_of(&package, 0).await;
    let verified = now();
    baghdad.follows_up(&package, "VISIT").await;
    let followed = now();
    baghdad.suspends_package(&package, "INSECURE_AREA").await;
    let other = baghdad.proposes_a_package(case, 150_000, &[70_000]).await;
    let proposed = now();
    let agreed_too = now();
    baghdad.agrees_on(&other).await;
    let kabul = baghdad.organisation("iom-kabul").await;
    baghdad.transfers(&other, kabul).await;
    AfterSteps {
        refused,
        handed,
        told,
        counselled,
        agreed,
        delivered,
        verified,
        followed,
        proposed,
        agreed_too,
    }
}
