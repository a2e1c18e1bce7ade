//! Which row is which: ids are different for every organisation, so a test that compares viewers has to look behind them.

use super::inboxes::Inboxes;
use super::questions::Found;
use super::registry::history_where;
use super::rows::{Rows, place};
use super::seats::Seat;
use super::story::PRISTINA;
use super::truth::{Key, Row, Truth, Whose};
use crate::support::fixtures::Person;
use crate::support::{Actor, World};
use avrr_gateway::domain::agreement::TransferAgreement;
use avrr_gateway::domain::party::{Accreditation, Organisation};
use avrr_gateway::domain::territory::KOSOVO_FOOTNOTE;
use avrr_gateway::ids::{GlobalIds, NodeType, ViewerIds};
use avrr_gateway::indicators::matrix::{IndicatorCode, MATRIX};
use avrr_gateway::store::{NewClient, Programme};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The register as it was loaded, and the key of all ids.
pub struct Register {
    pub organisations: Vec<Organisation>,
    pub accreditations: Vec<Accreditation>,
    pub clients: Vec<NewClient>,
    pub agreements: Vec<TransferAgreement>,
    ids: GlobalIds,
}

impl Register {
    /// What a programme registers, under the key that the program is given.
    pub fn of(programme: &Programme, key: [u8; 32]) -> Self {
        Self {
            organisations: programme.organisations.clone(),
            accreditations: programme.accreditations.clone(),
            clients: programme.clients.clone(),
            agreements: programme.agreements.clone(),
            ids: GlobalIds::new(key),
        }
    }

    /// The ids as a client's organisation sees them.
    pub fn ids_of(&self, client: &str) -> ViewerIds {
        let found = self.clients.iter().find(|known| known.client_id == client);
        self.ids
            .of(found.unwrap_or_else(|| panic!("no client {client}")).owner)
    }
}

/// What the sending mission, the auditor and the administration say, which tells the rows apart.
pub struct Census {
    cases: Vec<Value>,
    referrals: Vec<Uuid>,
    /// The group movement of the story.
    pub movement: Uuid,
    sending: ViewerIds,
}

const CASES: &str = "{ cases { nodes { id version
    persons { id fullName photo { mediaType sizeBytes sha256 content recordedAt } }
    consents { id recipientClass purpose category }
    travelDocumentRequests { id disclosureSnapshot { content sha256 policyVersion }
        attachments { number kind mediaType sizeBytes sha256 content recordedAt } }
    itineraries { id history { occurredAt event subject command client fromState toState reason } }
    cashGrants { id }
    reintegrationPackages { id }
    breakGlassAccesses { id }
} } }";

impl Census {
    /// Asks the sending mission.
    pub async fn take(world: &World, register: &Register) -> Self {
        let data = world.client(PRISTINA).ask(CASES, json!({})).await.ok();
        let query = "{ referrals(first: 100) { nodes { id } } }";
        let auditor = world.auditor();
        let told = auditor.ask(query, json!({})).await.ok();
        let ids = register.ids_of(&auditor.client);
        let referrals = told["referrals"]["nodes"].as_array().expect("nodes").iter();
        let mut referrals: Vec<Uuid> = referrals.map(|row| named(&ids, &row["id"])).collect();
        referrals.sort();
        let sending = register.ids_of(PRISTINA);
        let query = "{ movements { nodes { id } } }";
        let planned = world.client(PRISTINA).ask(query, json!({})).await.ok();
        let movement = named(&sending, &planned["movements"]["nodes"][0]["id"]);
        Self {
            referrals,
            movement,
            cases: data["cases"]["nodes"].as_array().expect("nodes").clone(),
            sending,
        }
    }

    /// The case of these persons as the sending mission has it.
    pub fn case_of(&self, persons: &[Person]) -> Value {
        let head = persons[0].full_name();
        let found = self
            .cases
            .iter()
            .find(|case| case["persons"][0]["fullName"] == head.as_str());
        found.expect("the case").clone()
    }

    /// The referral of this place in the story.
    pub fn referral(&self, nth: usize) -> Uuid {
        self.referrals[nth]
    }

    /// What an id of the sending mission names.
    pub fn sending_id(&self, id: &Value) -> Uuid {
        named(&self.sending, id)
    }
}

/// What an id names.
pub fn named(ids: &ViewerIds, id: &Value) -> Uuid {
    let (_, uuid) = id
        .as_str()
        .and_then(|id| ids.decode(id))
        .unwrap_or_else(|| panic!("{id} is no id"));
    uuid
}

/// The notices of the story, told apart by inbox and place as the auditor reads them.
pub async fn notices(auditor: &Actor, register: &Register, inboxes: &Inboxes, rows: &mut Rows) {
    let query = "{ notices(first: 100) { totalCount nodes { id sequence recipient { code } } } }";
    let data = auditor.ask(query, json!({})).await.ok();
    assert_eq!(
        data["notices"]["totalCount"],
        inboxes.0.len(),
        "notices that were not told, or told twice"
    );
    let ids = register.ids_of(&auditor.client);
    for told in &inboxes.0 {
        let mut nodes = data["notices"]["nodes"].as_array().expect("nodes").iter();
        // An organisation and its client go by the same name.
        let found =
            nodes.find(|node| node["recipient"]["code"] == told.inbox && node["sequence"] == told.sequence);
        let id = named(
            &ids,
            &found.unwrap_or_else(|| panic!("{told:?} is missing"))["id"],
        );
        rows.insert(("Notice", (id, "0".to_owned())), told.notice());
        if let Some(row) = told.acknowledgement() {
            rows.insert(("Acknowledgement", (id, "0".to_owned())), row);
        }
    }
}

/// The figures: so many persons, each on a case of their own, departed before the story, all of them from Kosovo*.
pub fn figures(persons: usize, rows: &mut Rows) {
    let mut add = |type_name, values, others: &[(&str, Truth)]| {
        let row = Row::new(type_name, Whose::Anybody, values, others);
        rows.insert((type_name, (Uuid::nil(), "0".to_owned())), row);
    };
    // Moments and months go by who asks: oversight is told of the rows as they are.
    let moments = [
        ("asOf", Truth::Anything),
        ("computedAt", Truth::Anything),
        ("fromMonth", Truth::Anything),
        ("toMonth", Truth::Anything),
    ];
    let line = MATRIX
        .iter()
        .find(|line| line.code == IndicatorCode::AssistedToReturn);
    let line = line.expect("the indicator");
    let indicator = json!({
        "code": "ASSISTED_TO_RETURN",
        "number": 19,
        "level": "OUTCOME_2",
        "name": "Number of migrants assisted to return voluntarily",
        "unit": "NUMBER",
        "baseline": 2521,
        "target": 500,
        "numeratorDefinition": line.numerator,
        "dataSource": line.source,
        "timing": line.timing,
        "coverage": 100.0,
        "unknown": null,
        "disaggregations": ["SEX", "AGE_BAND", "VULNERABILITY_GROUP"],
        "caveats": line.caveats,
        "definitionVersion": "1",
        "value": f64::from(u32::try_from(persons).expect("a few")),
        "numerator": persons,
        "suppressed": false,
        "atLeast": false,
        "isPartial": false,
    });
    let mut others = vec![
        ("values", Truth::Many("IndicatorValue")),
        ("provenance", Truth::Anything),
    ];
    // Null in this figure: stories of indicators show each of them.
    for field in [
        "denominatorDefinition",
        "methodStatus",
        "denominator",
        "reason",
        "responseRate",
        "achieved",
        "trend",
    ] {
        others.push((field, Truth::Anything));
    }
    others.extend(moments.clone());
    add("Indicator", indicator, &others);
    let value = json!({
        "numerator": persons,
        "value": f64::from(u32::try_from(persons).expect("a few")),
        "suppressed": false,
        "atLeast": false,
    });
    let others = [
        ("keys", Truth::Many("StatisticsKey")),
        ("period", Truth::Anything),
        ("denominator", Truth::Anything),
        ("reason", Truth::Anything),
    ];
    add("IndicatorValue", value, &others);
    let table = json!({
        "dimensions": ["HOST_TERRITORY"],
        "rowCount": 1,
        "hasNextPage": false,
        "totalCases": persons,
        "totalPersons": persons,
        "totalSuppressed": false,
        "atLeast": false,
        "withheldPersons": 0,
        "coverage": 100.0,
        "unknown": null,
        "isPartial": false,
    });
    let mut others = vec![
        ("rows", Truth::Many("StatisticsRow")),
        // By who asks, and by what was published before.
        ("threshold", Truth::Anything),
        ("publicationVersion", Truth::Anything),
        ("endCursor", Truth::Anything),
        ("totalReason", Truth::Anything),
        ("advice", Truth::Anything),
        ("margins", Truth::Anything),
    ];
    others.extend(moments);
    add("StatisticsTable", table, &others);
    let cell = json!({ "cases": persons, "persons": persons, "suppressed": false, "atLeast": false });
    let others = [
        ("keys", Truth::Many("StatisticsKey")),
        ("reason", Truth::Anything),
    ];
    add("StatisticsRow", cell, &others);
    let key = json!({ "dimension": "HOST_TERRITORY", "value": "XKX", "label": "Kosovo*", "footnote": KOSOVO_FOOTNOTE });
    add("StatisticsKey", key, &[]);
}

/// The post that answered before the story: five documents after twenty days, three refusals, and four persons who wait.
pub const ANSWERING_POST: &str = "embassy-iraq-belgrade";

/// What is told of it.
pub fn answers(rows: &mut Rows) {
    let mut add = |type_name, place: usize, values, others: &[(&str, Truth)]| {
        let row = Row::new(type_name, Whose::Anybody, values, others);
        rows.insert((type_name, (Uuid::nil(), place.to_string())), row);
    };
    // Months go by the day on which the story is told.
    let months = [("fromMonth", Truth::Anything), ("toMonth", Truth::Anything)];
    let post = json!({ "threshold": 5, "suppressed": false });
    let others = [
        ("consularPost", Truth::One("Organisation")),
        ("answers", Truth::Many("ConsularAnswers")),
        ("refusals", Truth::Many("ConsularRefusals")),
        ("waiting", Truth::Many("ConsularWaiting")),
        ("waitedUntil", Truth::Anything),
        ("reason", Truth::Anything),
    ];
    add("ConsularPostStatistics", 0, post, &others);
    let answer = json!({ "documents": 5, "averageDays": 20, "medianDays": 20 });
    add("ConsularAnswers", 0, answer, &months);
    let refusal = json!({ "answered": 8, "refused": 3, "refusalRate": 37.5 });
    add("ConsularRefusals", 0, refusal, &months);
    let bands = [
        "UP_TO_14_DAYS",
        "UP_TO_30_DAYS",
        "UP_TO_60_DAYS",
        "UP_TO_90_DAYS",
        "OVER_90_DAYS",
    ];
    for (place, band) in bands.into_iter().enumerate() {
        let waiting = json!({ "band": band, "atLeast": 0, "atMost": 4 });
        add("ConsularWaiting", place, waiting, &[]);
    }
}

/// One authority of Bosnia and Herzegovina is named, and in Kosovo* an application holds for ninety days.
pub async fn procedures(world: &World) {
    let admin = world.admin();
    let named = admin.organisation("migration-bih-foreigners").await;
    admin
        .configures("BIH", 1)
        .with("authorityToAskId", named.as_str())
        .with("authoritiesToTellIds", json!([named]))
        .await;
    admin.configures("XKX", 1).with("applicationValidDays", 90).await;
}

/// The six host territories: their defaults, and what was configured since.
pub fn jurisdictions(rows: &mut Rows) {
    let of = [
        ("ALB", "POLICE", "ALL", json!(["TIA"])),
        ("BIH", "MIGRATION", "BAM", json!(["SJJ", "TZL"])),
        ("XKX", "MIGRATION", "", json!(["PRN"])),
        ("MKD", "MIGRATION", "MKD", json!(["SKP"])),
        ("MNE", "MIGRATION", "", json!(["TGD"])),
        ("SRB", "MIGRATION", "RSD", json!(["BEG", "INI"])),
    ];
    for (nth, (territory, authority, currency, exits)) in of.into_iter().enumerate() {
        let currencies = [currency, "EUR", "USD"]
            .into_iter()
            .filter(|code| !code.is_empty());
        let values = json!({
            "territory": place(territory),
            "objectionAuthority": authority,
            "silentApprovalDays": 7,
            "applicationValidDays": (territory == "XKX").then_some(90),
            "statutoryDays": 30,
            "longestExtensionDays": 30,
            "warningDays": [7, 3],
            "suspensionStopsPeriod": false,
            "fitnessWindowHours": 72,
            "toldOfRegistration": ["MIGRATION"],
            "toldOfDeparture": ["POLICE", "MIGRATION"],
            "currencies": currencies.collect::<Vec<_>>(),
            "pointsOfExit": exits,
            "officesAtPointsOfExit": [],
            "version": if ["BIH", "XKX"].contains(&territory) { 2 } else { 1 },
        });
        let configured = history_where(["BIH", "XKX"].contains(&territory));
        let named = if territory == "BIH" {
            [
                ("history", configured),
                ("authorityToAsk", Truth::One("Organisation")),
                ("authoritiesToTell", Truth::Many("Organisation")),
            ]
        } else {
            [
                ("history", configured),
                ("authorityToAsk", Truth::Value(Value::Null)),
                ("authoritiesToTell", Truth::Value(json!([]))),
            ]
        };
        let row = Row::new("Jurisdiction", Whose::Anybody, values, &named);
        rows.insert(("Jurisdiction", (Uuid::nil(), nth.to_string())), row);
    }
}

/// The kind of id that rows of a type have; none for parts of rows.
pub fn node_type(type_name: &str) -> Option<NodeType> {
    let types = BTreeMap::from([
        ("Organisation", NodeType::Organisation),
        ("Client", NodeType::Client),
        ("Case", NodeType::Case),
        ("Person", NodeType::Person),
        ("Consent", NodeType::Consent),
        ("TravelDocumentRequest", NodeType::TravelDocumentRequest),
        ("Itinerary", NodeType::Itinerary),
        ("CashGrant", NodeType::CashGrant),
        ("ReintegrationPackage", NodeType::ReintegrationPackage),
        ("Referral", NodeType::Referral),
        ("Notice", NodeType::Notice),
        ("Project", NodeType::Project),
        ("GrantRule", NodeType::GrantRule),
        ("ExchangeRate", NodeType::ExchangeRate),
        ("Movement", NodeType::Movement),
        ("Complaint", NodeType::Complaint),
        ("Webhook", NodeType::Webhook),
        ("Training", NodeType::Training),
        ("BreakGlassAccess", NodeType::BreakGlassAccess),
    ]);
    types.get(type_name).copied()
}

/// Tells a row that was found from others of its type: by its id, or that of the row that it is a part of and its place.
pub fn key_of(seat: &Seat, type_name: &str, found: &Found) -> Key {
    let id = if found.id.is_null() {
        Uuid::nil()
    } else {
        named(&seat.ids, &found.id)
    };
    let part = match type_name {
        // Accreditations have no order of their own.
        "Accreditation" => found.row["hostTerritory"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        // By its place among the attempts of its delivery, and that of the delivery among those of its notice.
        "DeliveryAttempt" => {
            let within = found.path.rsplit("deliveries.").next();
            within.unwrap_or_default().to_owned()
        }
        "PersonalDocument"
        | "Delivery"
        | "InformationRequest"
        | "ConsularInterview"
        | "TravelDocumentCustody"
        | "Segment"
        | "TransitHandling"
        | "TransitIncident"
        | "Arrival"
        | "MovementFlight"
        | "ManifestLine"
        | "ManifestChange"
        | "Tranche"
        | "PackageItem"
        | "MonitoringContact"
        | "StatutoryExtension"
        | "ObjectionCheck"
        | "CounsellingSession"
        | "Handover"
        | "HealthRequirement"
        | "Escort"
        | "ConsularAppointment"
        | "AirlineClearance"
        | "TemporaryAccommodation"
        | "AssistanceProvision"
        | "MigrantBriefing"
        | "HistoryEntry"
        | "RegistryEntry"
        | "Jurisdiction"
        | "SurveyResponse"
        | "SurveyAnswer"
        | "Disclosure"
        | "OperationsSuspension"
        | "Escalation"
        | "EscalationRule"
        | "ConsularWaiting" => found.place.to_string(),
        _ => "0".to_owned(),
    };
    (id, part)
}
