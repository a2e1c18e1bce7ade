//! Somebody with a token.

use super::ask::Answer;
use super::row::{Named, describe};
use avrr_gateway::clock::{Clock, TestClock};
use avrr_gateway::http::token::TokenIssuer;
use chrono::TimeDelta;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;

/// A client of the programme.
#[derive(Clone)]
pub struct Actor {
    /// Its name in tokens.
    pub client: String,
    /// The member of staff in whose name it asks; the client itself where nobody is named.
    pub staff: Option<String>,
    /// The purpose that it states.
    pub purpose: Option<String>,
    /// Where the server is.
    pub address: SocketAddr,
    pub(super) http: reqwest::Client,
    pub(super) tokens: TokenIssuer,
    pub(super) clock: Arc<TestClock>,
}

/// One row as an actor sees it, with the paths of what is kept back from it.
#[derive(Debug)]
pub struct Sight {
    /// The fields that were asked for.
    pub row: Value,
    /// Path below the row, and `WITHHELD` or `MASKED`.
    pub redactions: Vec<(String, String)>,
}

impl Actor {
    /// A client of a server, which goes by the machine's clock.
    pub fn at(address: SocketAddr, client: &str, tokens: &TokenIssuer) -> Self {
        Self {
            client: client.to_owned(),
            staff: None,
            purpose: None,
            address,
            http: super::world::browser(),
            tokens: tokens.clone(),
            clock: Arc::new(TestClock::at(Clock::system().now())),
        }
    }

    /// A token that is good for a day from now.
    pub fn token(&self) -> String {
        let subject = self.staff.as_deref().unwrap_or(&self.client);
        self.tokens
            .token_for(&self.client, subject, TimeDelta::hours(24))
            .expect("a token")
    }

    /// Asks over HTTP with a token that it has.
    pub async fn asks_with(&self, token: &str, query: &str, variables: &Value) -> Answer {
        let body = json!({ "query": query, "variables": variables });
        let request = self.http.post(format!("http://{}/graphql", self.address));
        let request = request
            .bearer_auth(token)
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_string());
        Answer::read(request.send().await.expect("an answer")).await
    }

    /// The mission's supervisor, who approves what this actor puts forward.
    #[must_use]
    pub fn supervisor(&self) -> Self {
        self.colleague("supervisor")
    }

    /// The mission's migration health staff, who assess fitness to travel.
    #[must_use]
    pub fn health(&self) -> Self {
        self.colleague("health")
    }

    fn colleague(&self, what: &str) -> Self {
        Self {
            client: format!("{}-{what}", self.client),
            ..self.clone()
        }
    }

    /// The same client in the name of one of its staff.
    #[must_use]
    pub fn in_the_name_of(&self, staff: &str) -> Self {
        Self {
            staff: Some(staff.to_owned()),
            ..self.clone()
        }
    }

    /// The same actor, stating a purpose.
    #[must_use]
    pub fn for_purpose(&self, purpose: &str) -> Self {
        Self {
            purpose: Some(purpose.to_owned()),
            ..self.clone()
        }
    }

    /// Asks over HTTP.
    pub async fn ask(&self, query: &str, variables: Value) -> Answer {
        self.post(&json!({ "query": query, "variables": variables }))
            .await
    }

    /// Posts any body.
    pub async fn post(&self, body: &Value) -> Answer {
        self.try_post(body).await.expect("an answer")
    }

    /// Posts any body to a server that may go away.
    pub async fn try_post(&self, body: &Value) -> Result<Answer, reqwest::Error> {
        Ok(Answer::read(self.letter(body).send().await?).await)
    }

    /// Asks by an address alone.
    pub async fn gets(&self, path: &str) -> Answer {
        let request = self.http.get(format!("http://{}{path}", self.address));
        Answer::read(request.bearer_auth(self.token()).send().await.expect("an answer")).await
    }

    /// A POST that is ready to be sent, for stories that add to it.
    pub fn letter(&self, body: &Value) -> reqwest::RequestBuilder {
        let request = self
            .http
            .post(format!("http://{}/graphql", self.address))
            .bearer_auth(self.token())
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_string());
        match &self.purpose {
            Some(purpose) => request.header("X-Purpose", purpose),
            None => request,
        }
    }

    /// What the actor sees of a row that it finds by its own means.
    pub async fn sees(&self, row: &impl Named, selection: &str) -> Sight {
        let id = self.id_of(row).await;
        let id = id.unwrap_or_else(|| panic!("{} cannot find {}", self.client, describe(row)));
        self.sees_by_id(&id, row.type_name(), selection).await
    }

    /// What the actor sees of the row that an id of its own names.
    pub async fn sees_by_id(&self, id: &str, type_name: &str, selection: &str) -> Sight {
        let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on {type_name} {selection} }} }}");
        let answer = self.ask(&query, json!({ "id": id })).await;
        let redactions = answer.extensions["redactions"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let below = |redaction: &Value| {
            let path = redaction["path"].as_array().into_iter().flatten().skip(1);
            let path: Vec<String> = path
                .map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned))
                .collect();
            let access = redaction["access"].as_str().unwrap_or_default();
            (path.join("."), access.to_owned())
        };
        let redactions = redactions.iter().map(below).collect();
        let row = answer.ok()["node"].take();
        assert!(
            !row.is_null(),
            "{} cannot read the row that it found",
            self.client
        );
        Sight { row, redactions }
    }

    /// Asserts that a row is not there for the actor: not in its listings, not by an id that it may hold, not by
    /// anybody else's.
    pub async fn cannot_find(&self, row: &impl Named) {
        let found = self.id_of(row).await;
        assert_eq!(found, None, "{} finds {}", self.client, describe(row));
        for id in row.case().every_id_known(&row.key()) {
            let answer = self
                .ask("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id }))
                .await;
            assert_eq!(
                answer.ok(),
                json!({ "node": null }),
                "{} reads {}",
                self.client,
                describe(row)
            );
        }
    }

    /// The actor's own id for a row, if it can find it now.
    pub async fn id_of(&self, row: &impl Named) -> Option<String> {
        let case = self.case_as_listed(row).await?;
        let id = row.pick(&case)?;
        row.case().remember(&self.client, &row.key(), &id);
        Some(id)
    }

    /// The id to name a row by in a command: the actor's own now, or from before, or else another's.
    pub async fn id_to_name(&self, row: &impl Named) -> String {
        if let Some(id) = self.id_of(row).await {
            return id;
        }
        let known = row.case().known_id(&self.client, &row.key());
        known.unwrap_or_else(|| panic!("nobody has found {} yet", describe(row)))
    }

    async fn case_as_listed(&self, row: &impl Named) -> Option<Value> {
        let mut data = self.ask(super::row::LISTING, json!({})).await.ok();
        let nodes = data["cases"]["nodes"].as_array_mut().expect("nodes");
        let mut matching = nodes.iter_mut().filter(|node| row.case().is_listed_as(node));
        let found = matching.next().map(Value::take);
        assert!(matching.next().is_none(), "{} sees two such cases", self.client);
        found
    }

    /// How many rows the actor sees in a listing.
    pub async fn counts(&self, listing: &str) -> i64 {
        let data = self
            .ask(&format!("{{ {listing} {{ totalCount }} }}"), json!({}))
            .await
            .ok();
        data[listing]["totalCount"].as_i64().expect("a count")
    }

    /// The version of a row that the actor may change; 1 where it cannot tell.
    pub(super) async fn version_of(&self, row: &impl Named) -> i64 {
        let Some(id) = self.id_of(row).await else { return 1 };
        let query = format!(
            "query($id: ID!) {{ node(id: $id) {{ ... on {} {{ version }} }} }}",
            row.type_name()
        );
        let data = self.ask(&query, json!({ "id": id })).await.ok();
        data["node"]["version"].as_i64().unwrap_or(1)
    }

    /// The actor's own id for the organisation with a code.
    pub async fn organisation(&self, code: &str) -> String {
        let data = self
            .ask("{ organisations(first: 100) { nodes { id code } } }", json!({}))
            .await
            .ok();
        let nodes = data["organisations"]["nodes"].as_array().expect("nodes");
        let found = nodes.iter().find(|node| node["code"] == code);
        found
            .and_then(|node| node["id"].as_str())
            .expect("the organisation")
            .to_owned()
    }
}
