//! What the administration and missions do about money, in the words of the programme.

use super::actor::Actor;
use super::command::Command;
use super::row::{Case, Row};
use serde_json::{Value, json};

impl Actor {
    /// The id that a project goes by for this actor.
    pub async fn project(&self, code: &str) -> String {
        let nodes = self.all("projects", "{ id code }").await;
        let found = nodes.iter().find(|node| node["code"] == code);
        let found = found.unwrap_or_else(|| panic!("{} reads no project {code}", self.client));
        found["id"].as_str().expect("an id").to_owned()
    }

    /// Everything of a listing.
    pub async fn all(&self, listing: &str, selection: &str) -> Vec<Value> {
        let query = format!("{{ {listing}(first: 100) {{ nodes {selection} }} }}");
        let data = self.ask(&query, json!({})).await.ok();
        data[listing]["nodes"].as_array().expect("nodes").clone()
    }

    /// Registers a project of this year, which pays for the cases of these missions.
    pub async fn registers_project(&self, code: &str, missions: &[&Actor]) -> Command<'_, ()> {
        let organisations = self.all("organisations", "{ id code }").await;
        let ids: Vec<&Value> = missions
            .iter()
            .map(|mission| {
                let found = organisations
                    .iter()
                    .find(|node| node["code"] == mission.client.as_str());
                &found.expect("the mission")["id"]
            })
            .collect();
        Command::new(self, ("registerProject", "project"), "{ id }", |_| ())
            .with("code", code)
            .with("name", format!("Return and reintegration {code}"))
            .with("donor", "Ministry of Foreign Affairs")
            .with("startsOn", "2026-01-01")
            .with("endsOn", "2027-12-31")
            .with(
                "budget",
                json!({ "amountMinor": 1_500_000_000, "currency": "DKK" }),
            )
            .with("missionIds", json!(ids))
    }

    /// Defines a rule of a project in dollars: so much for a person, so much for a family.
    pub async fn defines_rule(
        &self,
        project: &str,
        code: &str,
        nationalities: &[&str],
        (person, family): (i64, Option<i64>),
    ) -> Command<'_, ()> {
        let project = self.project(project).await;
        Command::new(self, ("defineGrantRule", "grantRule"), "{ id }", |_| ())
            .with("code", code)
            .with("projectId", project)
            .with("nationalities", json!(nationalities))
            .with("validFrom", "2026-01-01")
            .with("currency", "USD")
            .with("personAmountMinor", person)
            .with("familyCapMinor", json!(family))
            .with("tranchePolicy", "ONE_WITH_REASON")
            .with("splitPolicy", "FIRST_COME")
    }

    /// Ends a rule today.
    pub async fn ends_rule(&self, code: &str) -> Command<'_, ()> {
        let projects = self.all("projects", "{ grantRules { id code version } }").await;
        let mut rules = projects
            .iter()
            .flat_map(|project| project["grantRules"].as_array().expect("rules"));
        let rule = rules.find(|rule| rule["code"] == code).expect("the rule");
        Command::new(self, ("endGrantRule", "grantRule"), "{ id }", |_| ())
            .with("grantRuleId", rule["id"].clone())
            .with("expectedVersion", rule["version"].clone())
            .with("validTo", self.now().date_naive().to_string())
    }

    /// Records what one unit of a currency is worth in another.
    pub fn records_rate(&self, base: &str, quote: &str, rate: &str) -> Command<'_, ()> {
        Command::new(self, ("recordExchangeRate", "exchangeRate"), "{ id }", |_| ())
            .with("base", base)
            .with("quote", quote)
            .with("rate", rate)
            .with("validOn", "2026-03-01")
            .with("source", "UN operational rates of exchange")
    }

    /// Puts a grant forward for somebody on a case: what the rule leaves.
    pub fn proposes_what_the_rule_leaves(&self, case: &Case, person: &str) -> Command<'_, Row> {
        let of = case.clone();
        let selection = "{ id case { cashGrants { id } } }";
        Command::new(self, ("proposeCashGrant", "cashGrant"), selection, move |row| {
            of.grant(row["case"]["cashGrants"].as_array().map_or(0, Vec::len))
        })
        .on_case(case)
        .on("personId", &case.person_named(person))
    }

    /// Rejects a grant.
    pub fn rejects(&self, grant: &Row) -> Command<'_, ()> {
        self.settles(grant, "rejectCashGrant")
            .with("reason", "NOT_ELIGIBLE")
    }

    /// Voids what is unpaid of a grant.
    pub fn voids(&self, grant: &Row) -> Command<'_, ()> {
        self.settles(grant, "voidCashGrant").with("reason", "DUPLICATE")
    }

    /// Records that the person has signed for a tranche.
    pub fn records_receipt(&self, grant: &Row, number: i32) -> Command<'_, ()> {
        self.settles(grant, "recordReceipt")
            .with("number", number)
            .with("receiptReference", format!("R-2026-{number}"))
    }

    /// Verifies a receipt.
    pub fn verifies_receipt(&self, grant: &Row, number: i32) -> Command<'_, ()> {
        self.settles(grant, "verifyReceipt").with("number", number)
    }

    /// Takes a step with a tranche that needs nothing but its number.
    pub fn moves_tranche(&self, grant: &Row, mutation: &'static str, number: i32) -> Command<'_, ()> {
        self.settles(grant, mutation).with("number", number)
    }
}
