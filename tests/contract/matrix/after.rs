//! What follows the arrival in the story: a handover that fails and one that holds, and two packages.

use super::story::{BAGHDAD, MIGRATION, PRISTINA};
use crate::support::services::SERVICE;
use crate::support::verbs_referral::{refers, steps};
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
    pub quoted: DateTime<Utc>,
    pub agreed: DateTime<Utc>,
    pub ordered: DateTime<Utc>,
    pub delivered: DateTime<Utc>,
    pub verified: DateTime<Utc>,
    pub followed: DateTime<Utc>,
    pub proposed: DateTime<Utc>,
    pub agreed_too: DateTime<Utc>,
    /// When the man signed that a service may protect him.
    pub protected: DateTime<Utc>,
    pub referrals: Vec<ReferralSteps>,
    /// When oversight asked to see the case, somebody approved it, and it was closed.
    pub seen: [DateTime<Utc>; 3],
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
    baghdad.has_a_quote_for(&package, 0, 90_000).await;
    let quoted = now();
    let agreed = now();
    baghdad.agrees_on(&package).await;
    baghdad.supervisor().has_the_donor_s_word_on(&package, &[1]).await;
    baghdad.orders(&package, 0).await;
    let ordered = now();
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
    let mut referrals = referrals(world, case).await;
    let protected = now();
    referrals.push(asks_a_service(world, case).await);
    let seen = is_seen_by_oversight(world, case).await;
    AfterSteps {
        refused,
        handed,
        told,
        counselled,
        quoted,
        agreed,
        ordered,
        delivered,
        verified,
        followed,
        proposed,
        agreed_too,
        protected,
        referrals,
        seen,
    }
}

/// One officer of data protection asks to see the case, another approves, and the first closes it.
async fn is_seen_by_oversight(world: &World, case: &Case) -> [DateTime<Utc>; 3] {
    let auditor = world.auditor();
    let (officer, colleague) = (
        auditor.in_the_name_of("officer"),
        auditor.in_the_name_of("colleague"),
    );
    officer.asks_to_see(case, 30).await;
    let asked = world.clock.now();
    colleague.on_access("approveBreakGlass", 0).await.await;
    let approved = world.clock.now();
    officer.on_access("closeBreakGlass", 0).await.await;
    [asked, approved, world.clock.now()]
}

/// A referral of the story.
pub struct ReferralSteps {
    pub sender: &'static str,
    /// The registered organisation that was asked; otherwise a provider, which has not answered.
    pub recipient: Option<&'static str>,
    /// What the organisation answered, where it was asked of the man by name.
    pub state: &'static str,
    pub service: &'static str,
    pub sent: DateTime<Utc>,
    pub answered: Option<DateTime<Utc>>,
}

/// Pristina asks a service to protect the man, who has consented to it by its name; the service will.
async fn asks_a_service(world: &World, case: &Case) -> ReferralSteps {
    let (pristina, service) = (world.client(PRISTINA), world.service());
    let consent = pristina.records_consent_naming(case, SERVICE).await;
    consent.await;
    let asks = pristina.refers_one(case, case.head(), SERVICE).await;
    asks.await;
    let sent = world.clock.now();
    assert_eq!(steps(world, &service, "acceptReferral", 0).await, "ACCEPTED");
    ReferralSteps {
        sender: PRISTINA,
        recipient: Some(SERVICE),
        state: "ACCEPTED",
        service: "SOCIAL_SERVICES",
        sent,
        answered: Some(world.clock.now()),
    }
}

/// Each mission asks an organisation, which rejects, and a provider, without consent.
async fn referrals(world: &World, case: &Case) -> Vec<ReferralSteps> {
    let mut told = Vec::new();
    for (sender, recipient) in [(PRISTINA, MIGRATION), (BAGHDAD, PRISTINA)] {
        let actor = world.client(sender);
        let asks = actor.refers_one(case, case.head(), recipient).await;
        assert_eq!(asks.await["state"], "SENT");
        let sent = world.clock.now();
        let asked = world.client(recipient);
        // Pristina sees what it sent before what it was asked.
        let nth = usize::from(recipient == PRISTINA) * 2;
        assert_eq!(steps(world, &asked, "rejectReferral", nth).await, "REJECTED");
        told.push(ReferralSteps {
            sender,
            recipient: Some(recipient),
            state: "REJECTED",
            service: "SOCIAL_SERVICES",
            sent,
            answered: Some(world.clock.now()),
        });
        let clinic = json!({ "provider": "A legal clinic" });
        let supervisor = actor.supervisor();
        let answer = refers(world, &supervisor, case, clinic, json!("VITAL_INTEREST")).await;
        assert_eq!(answer, "SENT");
        told.push(ReferralSteps {
            sender,
            recipient: None,
            state: "SENT",
            service: "LEGAL",
            sent: world.clock.now(),
            answered: None,
        });
    }
    told
}
