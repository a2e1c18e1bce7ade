//! Referrals as actors send and answer them.

use super::actor::Actor;
use super::row::Case;
use super::world::World;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// The referrals that an actor sees, oldest first, by state.
pub async fn seen_by(who: &Actor) -> Vec<Value> {
    let query = "{ referrals { totalCount nodes { id version state service provider recipient { code } consentOverride rejection } } }";
    let data = who.ask(query, json!({})).await.ok();
    let mut nodes = data["referrals"]["nodes"].as_array().expect("nodes").clone();
    assert_eq!(data["referrals"]["totalCount"], nodes.len());
    nodes.reverse();
    nodes
}

/// What an actor's step on the referral that it sees at a place gives: the state, or the code of the refusal.
pub async fn steps(world: &World, who: &Actor, step: &str, nth: usize) -> Value {
    world.time_passes(TimeDelta::seconds(1));
    let seen = seen_by(who).await;
    let input_type = format!("{}{}Input", step[..1].to_uppercase(), &step[1..]);
    let mut input = json!({
        "idempotencyKey": format!("{step}-{}", world.clock.now()),
        "referralId": seen[nth]["id"],
        "expectedVersion": seen[nth]["version"],
    });
    if step == "rejectReferral" {
        input["reason"] = "NO_CAPACITY".into();
    }
    let mutation = format!(
        "mutation($input: {input_type}!) {{ {step}(input: $input) {{ referral {{ state }} errors {{ code }} }} }}"
    );
    let answer = who.ask(&mutation, json!({ "input": input })).await;
    if !answer.errors.is_empty() {
        return answer.code().into();
    }
    let mut data = answer.ok();
    let payload = data[step].take();
    match &payload["errors"][0]["code"] {
        Value::Null => payload["referral"]["state"].clone(),
        code => code.clone(),
    }
}

/// What sending a referral gives: the state, or the code of the refusal.
pub async fn refers(
    world: &World,
    who: &Actor,
    case: &Case,
    recipient: Value,
    consent_override: Value,
) -> Value {
    world.time_passes(TimeDelta::seconds(1));
    let mutation = "mutation($input: SendReferralInput!) { sendReferral(input: $input) { referral { state } errors { code } } }";
    let input = json!({
        "idempotencyKey": format!("refer-{}", world.clock.now()),
        "caseId": who.id_of(case).await,
        "recipient": recipient,
        "service": "LEGAL",
        "consentOverride": consent_override,
    });
    let data = who.ask(mutation, json!({ "input": input })).await.ok();
    match &data["sendReferral"]["errors"][0]["code"] {
        Value::Null => data["sendReferral"]["referral"]["state"].clone(),
        code => code.clone(),
    }
}
