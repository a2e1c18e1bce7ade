//! What the administration does.

use super::actor::Actor;
use super::command::Command;
use avrr_gateway::domain::jurisdiction::Jurisdiction;
use avrr_gateway::domain::money::CurrencyCode;
use avrr_gateway::domain::territory::CountryCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// The name of a token, as it says itself.
pub fn jti_of(token: &str) -> String {
    let claims = token.split('.').nth(1).expect("claims");
    let claims = URL_SAFE_NO_PAD.decode(claims).expect("base64");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    claims["jti"].as_str().expect("a name").to_owned()
}

impl Actor {
    /// The registry's row of a client: its id and version.
    pub async fn registered(&self, client: &str) -> (Value, Value) {
        let query = "{ organisations(first: 100) { nodes { clients { id clientId version } } } }";
        let data = self.ask(query, json!({})).await.ok();
        let organisations = data["organisations"]["nodes"].as_array().expect("nodes").iter();
        let mut clients =
            organisations.flat_map(|organisation| organisation["clients"].as_array().expect("clients"));
        let found = clients.find(|row| row["clientId"] == client).expect("the client");
        (found["id"].clone(), found["version"].clone())
    }

    /// Revokes one token of a client.
    pub async fn revokes_token(&self, client: &str, jti: &str) -> Command<'_, Value> {
        let (id, _) = self.registered(client).await;
        Command::new(
            self,
            ("revokeToken", "client"),
            "{ revokedTokens { jti reason } }",
            Value::clone,
        )
        .with("id", id)
        .with("jti", jti)
        .with("reason", "LEAKED")
    }

    /// Revokes every token that a client has so far.
    pub async fn revokes_tokens_of(&self, client: &str) -> Command<'_, ()> {
        let (id, version) = self.registered(client).await;
        Command::new(self, ("revokeClientTokens", "client"), "{ id }", |_| ())
            .with("id", id)
            .with("expectedVersion", version)
    }

    /// Registers documents of a client.
    pub async fn registers_documents(&self, client: &str, documents: &[&str]) -> Command<'_, Value> {
        let (id, version) = self.registered(client).await;
        Command::new(
            self,
            ("registerDocuments", "client"),
            "{ registeredDocumentsOnly registeredDocuments { sha256 operationName text registeredAt } }",
            Value::clone,
        )
        .with("id", id)
        .with("expectedVersion", version)
        .with("documents", json!(documents))
    }

    /// Removes documents of a client.
    pub async fn removes_documents(&self, client: &str, digests: &[&str]) -> Command<'_, Value> {
        let (id, version) = self.registered(client).await;
        let selection = "{ registeredDocuments { sha256 } }";
        Command::new(self, ("removeDocuments", "client"), selection, Value::clone)
            .with("id", id)
            .with("expectedVersion", version)
            .with("sha256", json!(digests))
    }

    /// Says whether a client may send registered documents alone.
    pub async fn requires_documents(&self, client: &str, required: bool) -> Command<'_, ()> {
        let (id, version) = self.registered(client).await;
        Command::new(self, ("requireRegisteredDocuments", "client"), "{ id }", |_| ())
            .with("id", id)
            .with("expectedVersion", version)
            .with("required", required)
    }

    /// Records an agreement with an organisation, at this version of it.
    pub async fn records_agreement(&self, code: &str, version: i64, agreement: Value) -> Command<'_, Value> {
        let id = self.organisation(code).await;
        let selection = "{ version transferAgreements { reference signedOn validFrom validTo endedAt } }";
        Command::new(
            self,
            ("recordTransferAgreement", "organisation"),
            selection,
            Value::clone,
        )
        .with("organisationId", id)
        .with("expectedVersion", version)
        .with("agreement", agreement)
    }

    /// Ends an agreement with an organisation, at this version of it.
    pub async fn ends_agreement(&self, code: &str, version: i64, reference: &str) -> Command<'_, ()> {
        let id = self.organisation(code).await;
        Command::new(self, ("endTransferAgreement", "organisation"), "{ id }", |_| ())
            .with("organisationId", id)
            .with("expectedVersion", version)
            .with("reference", reference)
    }

    /// Says what holds in Kosovo* from now on: the police are asked, silence never counts, three weeks to depart.
    pub fn configures_kosovo(&self, version: i64) -> Command<'_, ()> {
        Command::new(
            self,
            ("configureJurisdiction", "jurisdiction"),
            "{ version }",
            |_| (),
        )
        .with("territory", "XK")
        .with("expectedVersion", version)
        .with("objectionAuthority", "POLICE")
        .with("silentApprovalDays", Value::Null)
        .with("statutoryDays", 21)
        .with("longestExtensionDays", 60)
        .with("warningDays", vec![5, 2])
        .with("toldOfRegistration", vec!["MIGRATION"])
        .with("toldOfDeparture", vec!["POLICE"])
        .with("currencies", vec!["EUR"])
        .with("pointsOfExit", vec!["PRN"])
    }

    /// Says again what holds in a territory by default; a story changes what it is about.
    pub fn configures(&self, territory: &str, version: i64) -> Command<'_, ()> {
        let place = CountryCode::parse(territory).expect("a territory");
        let usual = Jurisdiction::by_default(place);
        let currencies: Vec<&str> = usual.currencies.iter().map(CurrencyCode::as_str).collect();
        let asked = usual.objection_authority.map(|kind| kind.to_string());
        Command::new(
            self,
            ("configureJurisdiction", "jurisdiction"),
            "{ version }",
            |_| (),
        )
        .with("territory", territory)
        .with("expectedVersion", version)
        .with("objectionAuthority", asked)
        .with("silentApprovalDays", usual.silent_approval_days)
        .with("statutoryDays", usual.statutory_days)
        .with("longestExtensionDays", usual.longest_extension_days)
        .with("warningDays", usual.warning_days)
        .with("toldOfRegistration", vec!["MIGRATION"])
        .with("toldOfDeparture", vec!["POLICE", "MIGRATION"])
        .with("currencies", currencies)
        .with("pointsOfExit", usual.points_of_exit)
    }
}
