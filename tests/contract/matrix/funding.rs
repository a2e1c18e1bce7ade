//! Who pays in the story: a project with a rule and a rate, and what the grants of the story say of them.

use super::census::{Register, named};
use super::registry::history_where;
use super::rows::{Rows, place};
use super::truth::{Row, Truth, Whose};
use crate::support::World;
use serde_json::{Value, json};

/// The project that pays for the story.
const PROJECT: &str = "XK-2026";

/// The administration registers who pays, so that every field holds something.
pub async fn prepare(world: &World) {
    let admin = world.admin();
    let pristina = world.mission("Pristina");
    admin
        .registers_project(PROJECT, &[&pristina])
        .await
        .with("managementSite", "XK10")
        .with("prismReference", "RR.0042")
        .with("wbsReference", "RR.0042.XK10")
        .with("reportingMonths", 6)
        .await;
    admin
        .defines_rule(PROJECT, "XK-R1", &["IRQ"], (300_000, Some(500_000)))
        .await
        .with("validTo", "2027-06-30")
        .with("dependantAmountMinor", 100_000)
        .with("returnAllowanceMinor", 60_000)
        .await;
    admin.records_rate("EUR", "USD", "1.0825").await;
}

fn dollars(minor: i64) -> Value {
    json!({ "amountMinor": minor, "currency": "USD" })
}

/// The projects, the rule and the rate: those of the story as they were registered, the others as the administration has
/// them, which everybody else has to be told the same.
pub async fn rows(world: &World, register: &Register, rows: &mut Rows) {
    let admin = world.admin();
    let ids = register.ids_of(&admin.client);
    let selection =
        "{ id code name donor startsOn endsOn budget { amountMinor currency } managementSite prismReference
        wbsReference reportingMonths version missions { id } history { occurredAt event command client } grantRules { id code nationalities { code name footnote } validFrom validTo currency
        personAmount { amountMinor currency } dependantAmount { amountMinor currency } familyCap { amountMinor currency }
        returnAllowance { amountMinor currency } tranchePolicy splitPolicy version } }";
    for node in admin.all("projects", selection).await {
        let many = |list: &str, of: &'static str| match node[list].as_array().map_or(0, Vec::len) {
            0 => Truth::Value(json!([])),
            _ => Truth::Many(of),
        };
        let others = [
            ("id", Truth::Id),
            ("missions", many("missions", "Organisation")),
            ("grantRules", many("grantRules", "GrantRule")),
            ("history", history_where(node["code"] == PROJECT)),
        ];
        for (nth, entry) in node["history"].as_array().into_iter().flatten().enumerate() {
            let by = [("organisation", Truth::One("Organisation"))];
            let row = Row::new("RegistryEntry", Whose::Anybody, entry.clone(), &by);
            rows.insert(
                ("RegistryEntry", (named(&ids, &node["id"]), nth.to_string())),
                row,
            );
        }
        let values = if node["code"] == PROJECT {
            rows.insert(
                (
                    "GrantRule",
                    (named(&ids, &node["grantRules"][0]["id"]), "0".to_owned()),
                ),
                the_rule(),
            );
            json!({
                "code": PROJECT, "name": "Return and reintegration XK-2026", "donor": "Ministry of Foreign Affairs",
                "startsOn": "2026-01-01", "endsOn": "2027-12-31",
                "budget": { "amountMinor": 1_500_000_000, "currency": "DKK" }, "managementSite": "XK10",
                "prismReference": "RR.0042", "wbsReference": "RR.0042.XK10", "reportingMonths": 6, "version": 1,
            })
        } else {
            let mut values = node.clone();
            let fields = values.as_object_mut().expect("a project");
            fields.retain(|field, _| !["id", "missions", "grantRules", "history"].contains(&field.as_str()));
            for rule in node["grantRules"].as_array().into_iter().flatten() {
                let mut values = rule.clone();
                values.as_object_mut().expect("a rule").remove("id");
                let others = [
                    ("id", Truth::Id),
                    ("project", Truth::One("Project")),
                    ("history", history_where(false)),
                ];
                let row = Row::new("GrantRule", Whose::Anybody, values, &others);
                rows.insert(("GrantRule", (named(&ids, &rule["id"]), "0".to_owned())), row);
            }
            values
        };
        let key = (named(&ids, &node["id"]), "0".to_owned());
        rows.insert(
            ("Project", key),
            Row::new("Project", Whose::Anybody, values, &others),
        );
    }
    for node in admin.all("exchangeRates", "{ id }").await {
        let values = json!({
            "base": "EUR", "quote": "USD", "rate": "1.0825", "validOn": "2026-03-01",
            "source": "UN operational rates of exchange",
        });
        let others = [("id", Truth::Id), ("history", history_where(true))];
        let row = Row::new("ExchangeRate", Whose::Anybody, values, &others);
        rows.insert(("ExchangeRate", (named(&ids, &node["id"]), "0".to_owned())), row);
    }
}

fn the_rule() -> Row {
    let values = json!({
        "code": "XK-R1", "nationalities": [place("IRQ")], "validFrom": "2026-01-01", "validTo": "2027-06-30",
        "currency": "USD", "personAmount": dollars(300_000), "dependantAmount": dollars(100_000),
        "familyCap": dollars(500_000), "returnAllowance": dollars(60_000), "tranchePolicy": "ONE_WITH_REASON",
        "splitPolicy": "FIRST_COME", "version": 1,
    });
    let others = [
        ("id", Truth::Id),
        ("project", Truth::One("Project")),
        ("history", history_where(true)),
    ];
    Row::new("GrantRule", Whose::Anybody, values, &others)
}

/// What a grant of the story was computed from: for one person alone, or for a head with a child.
pub fn computation(persons: i64, computed_at: Value) -> Row {
    let values = json!({
        "computedAt": computed_at, "persons": persons, "personAmount": dollars(300_000),
        "householdAmount": dollars(300_000 + 100_000 * (persons - 1)), "familyCap": dollars(500_000),
        "share": dollars(300_000), "grantedToFamily": dollars(0), "grantedToPerson": dollars(0),
        "entitlement": dollars(300_000),
    });
    Row::new("GrantComputation", Whose::Parties, values, &[])
}
