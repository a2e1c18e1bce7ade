//! One question for each type: every field that it has, by the shortest way to its rows; and the rows of the answer.

use crate::sdl::{Kind, Sdl};
use serde_json::Value;
use std::fmt::Write as _;

/// Returns of a period that is over for everybody: those who departed before the story.
const FIGURES: &str = "indicators(codes: [ASSISTED_TO_RETURN], by: [HOST_TERRITORY], filter: { from: \"2025-01-01\", to: \"2025-12-31\" })";
const TABLE: &str =
    "returns(groupBy: [HOST_TERRITORY], filter: { from: \"2025-01-01\", to: \"2025-12-31\" })";

/// What is told of the post that answered before the story.
const POST: &str = "consularStatistics(consularPosts: [\"embassy-iraq-belgrade\"])";

/// How the rows of each type are reached.
const WAYS: &[(&str, &[&str])] = &[
    (
        "VulnerabilityAssessment",
        &["cases(first: 100)", "nodes", "persons", "vulnerability"],
    ),
    (
        "ChildSafeguards",
        &["cases(first: 100)", "nodes", "persons", "childSafeguards"],
    ),
    (
        "FitnessAssessment",
        &["cases(first: 100)", "nodes", "persons", "fitness"],
    ),
    (
        "HealthRequirement",
        &["cases(first: 100)", "nodes", "persons", "healthRequirements"],
    ),
    ("Escort", &["cases(first: 100)", "nodes", "persons", "escorts"]),
    (
        "Detention",
        &["cases(first: 100)", "nodes", "persons", "detention"],
    ),
    (
        "ConsularAppointment",
        &["cases(first: 100)", "nodes", "persons", "consularAppointments"],
    ),
    (
        "AirlineClearance",
        &["cases(first: 100)", "nodes", "airlineClearances"],
    ),
    (
        "AirportTransfer",
        &["cases(first: 100)", "nodes", "airportTransfer"],
    ),
    (
        "TemporaryAccommodation",
        &["cases(first: 100)", "nodes", "temporaryAccommodations"],
    ),
    (
        "PreDepartureCircumstances",
        &[
            "cases(first: 100)",
            "nodes",
            "persons",
            "preDepartureCircumstances",
        ],
    ),
    (
        "AssistanceProvision",
        &["cases(first: 100)", "nodes", "persons", "assistanceProvisions"],
    ),
    (
        "MigrantBriefing",
        &["cases(first: 100)", "nodes", "migrantBriefings"],
    ),
    (
        "ReturnDecision",
        &["cases(first: 100)", "nodes", "returnDecision"],
    ),
    (
        "StatutoryPeriod",
        &["cases(first: 100)", "nodes", "statutoryPeriod"],
    ),
    (
        "StatutoryExtension",
        &["cases(first: 100)", "nodes", "statutoryPeriod", "extensions"],
    ),
    (
        "ObjectionCheck",
        &["cases(first: 100)", "nodes", "objectionChecks"],
    ),
    ("AsylumClaim", &["cases(first: 100)", "nodes", "asylumClaims"]),
    (
        "CounsellingSession",
        &["cases(first: 100)", "nodes", "counsellingSessions"],
    ),
    ("Case", &["cases(first: 100)", "nodes"]),
    ("Person", &["cases(first: 100)", "nodes", "persons"]),
    ("Consent", &["cases(first: 100)", "nodes", "consents"]),
    (
        "TravelDocumentRequest",
        &["travelDocumentRequests(first: 100)", "nodes"],
    ),
    (
        "TravelDocument",
        &["travelDocumentRequests(first: 100)", "nodes", "document"],
    ),
    (
        "PersonalDocument",
        &["cases(first: 100)", "nodes", "personalDocuments"],
    ),
    (
        "InformationRequest",
        &[
            "travelDocumentRequests(first: 100)",
            "nodes",
            "informationRequests",
        ],
    ),
    (
        "ConsularInterview",
        &["travelDocumentRequests(first: 100)", "nodes", "interviews"],
    ),
    (
        "TravelDocumentCustody",
        &["travelDocumentRequests(first: 100)", "nodes", "custody"],
    ),
    (
        "DisclosureSnapshot",
        &[
            "travelDocumentRequests(first: 100)",
            "nodes",
            "disclosureSnapshot",
        ],
    ),
    ("Photo", &["cases(first: 100)", "nodes", "persons", "photo"]),
    (
        "Attachment",
        &["travelDocumentRequests(first: 100)", "nodes", "attachments"],
    ),
    ("Complaint", &["complaints(first: 100)", "nodes"]),
    ("Webhook", &["webhooks(first: 100)", "nodes"]),
    ("Delivery", &["notices(first: 100)", "nodes", "deliveries"]),
    (
        "DeliveryAttempt",
        &["notices(first: 100)", "nodes", "deliveries", "attempts"],
    ),
    ("Itinerary", &["itineraries(first: 100)", "nodes"]),
    ("Segment", &["itineraries(first: 100)", "nodes", "segments"]),
    ("HistoryEntry", &["itineraries(first: 100)", "nodes", "history"]),
    (
        "TransitHandling",
        &["itineraries(first: 100)", "nodes", "transitHandlings"],
    ),
    (
        "TransitIncident",
        &["itineraries(first: 100)", "nodes", "incidents"],
    ),
    ("Arrival", &["itineraries(first: 100)", "nodes", "arrivals"]),
    ("Movement", &["movements(first: 100)", "nodes"]),
    ("MovementFlight", &["movements(first: 100)", "nodes", "flights"]),
    ("ManifestLine", &["movements(first: 100)", "nodes", "manifest"]),
    (
        "ManifestChange",
        &["movements(first: 100)", "nodes", "changesSinceLock"],
    ),
    ("Family", &["cases(first: 100)", "nodes", "family"]),
    ("Project", &["projects(first: 100)", "nodes"]),
    ("GrantRule", &["projects(first: 100)", "nodes", "grantRules"]),
    ("RegistryEntry", &["projects(first: 100)", "nodes", "history"]),
    ("ExchangeRate", &["exchangeRates(first: 100)", "nodes"]),
    (
        "GrantComputation",
        &["cashGrants(first: 100)", "nodes", "computation"],
    ),
    ("CashGrant", &["cashGrants(first: 100)", "nodes"]),
    (
        "PayeeAccount",
        &["cashGrants(first: 100)", "nodes", "payeeAccount"],
    ),
    ("Tranche", &["cashGrants(first: 100)", "nodes", "tranches"]),
    (
        "ReintegrationPackage",
        &["reintegrationPackages(first: 100)", "nodes"],
    ),
    (
        "PackageItem",
        &["reintegrationPackages(first: 100)", "nodes", "items"],
    ),
    (
        "MonitoringContact",
        &["reintegrationPackages(first: 100)", "nodes", "monitoringContacts"],
    ),
    ("Referral", &["referrals(first: 100)", "nodes"]),
    (
        "RetentionCertificate",
        &["retentionCertificates(first: 100)", "nodes"],
    ),
    ("BreakGlassAccess", &["breakGlassAccesses(first: 100)", "nodes"]),
    ("Aftercare", &["cases(first: 100)", "nodes", "aftercare"]),
    ("Handover", &["cases(first: 100)", "nodes", "handovers"]),
    ("Notice", &["notices(first: 100)", "nodes"]),
    (
        "Acknowledgement",
        &["notices(first: 100)", "nodes", "acknowledgement"],
    ),
    ("Organisation", &["organisations(first: 100)", "nodes"]),
    (
        "Accreditation",
        &["organisations(first: 100)", "nodes", "accreditations"],
    ),
    (
        "TransferAgreement",
        &["organisations(first: 100)", "nodes", "transferAgreements"],
    ),
    ("Client", &["organisations(first: 100)", "nodes", "clients"]),
    (
        "RegisteredDocument",
        &[
            "organisations(first: 100)",
            "nodes",
            "clients",
            "registeredDocuments",
        ],
    ),
    (
        "RevokedToken",
        &["organisations(first: 100)", "nodes", "clients", "revokedTokens"],
    ),
    (
        "SurveyResponse",
        &["cases(first: 100)", "nodes", "surveyResponses"],
    ),
    (
        "SurveyAnswer",
        &["cases(first: 100)", "nodes", "surveyResponses", "answers"],
    ),
    ("OutreachVisit", &["outreachVisits(first: 100)", "nodes"]),
    ("Training", &["trainings(first: 100)", "nodes"]),
    ("CampaignReport", &["campaignReports(first: 100)", "nodes"]),
    ("PartnerSurvey", &["partnerSurveys(first: 100)", "nodes"]),
    (
        "Disclosure",
        &[
            "disclosures(first: 100, filter: { rowTypes: [\"CashGrant\"] })",
            "nodes",
        ],
    ),
    ("Jurisdiction", &["jurisdictions"]),
    ("Indicator", &[FIGURES]),
    ("IndicatorValue", &[FIGURES, "values"]),
    ("OperationsSuspension", &["operationsSuspensions"]),
    ("Escalation", &["escalations(first: 100)", "nodes"]),
    ("EscalationRule", &["escalationRules"]),
    ("ConsularPostStatistics", &[POST]),
    ("ConsularAnswers", &[POST, "answers"]),
    ("ConsularRefusals", &[POST, "refusals"]),
    ("ConsularWaiting", &[POST, "waiting"]),
    ("StatisticsTable", &[TABLE]),
    ("StatisticsRow", &[TABLE, "rows"]),
    ("StatisticsKey", &[TABLE, "rows", "keys"]),
];

/// Every type that a question is asked for.
pub fn types() -> impl Iterator<Item = &'static str> {
    WAYS.iter().map(|(name, _)| *name)
}

fn way(type_name: &str) -> &'static [&'static str] {
    let found = WAYS.iter().find(|(name, _)| *name == type_name);
    found.unwrap_or_else(|| panic!("no way to {type_name}")).1
}

/// Every field of a type.
pub fn selection(sdl: &Sdl, type_name: &str) -> String {
    let mut selection = String::from("{");
    for field in &sdl.types[type_name].members {
        let of = field.of.as_deref().unwrap_or_default();
        let below = match of {
            "Territory" => "{ code name footnote }",
            "Money" => "{ amountMinor currency }",
            other if sdl.types.get(other).is_some_and(|of| of.kind == Kind::Object) => "{ __typename }",
            _ => "",
        };
        let _ = write!(selection, " {} {below}", field.name);
    }
    selection + " }"
}

/// The question for the rows of a type.
pub fn question(sdl: &Sdl, type_name: &str) -> String {
    nested(way(type_name), selection(sdl, type_name))
}

fn nested(way: &[&str], selection: String) -> String {
    let Some((step, rest)) = way.split_first() else {
        return selection;
    };
    let mut below = nested(rest, selection);
    if ["nodes", "persons", "clients"].contains(step) && !rest.is_empty() {
        // A part of a row is told from others by the row that it is a part of.
        below = below.replacen('{', "{ id", 1);
    }
    format!("{{ {step} {below} }}")
}

/// A row of an answer.
#[derive(Debug)]
pub struct Found {
    /// Where in the answer it stands, as in `cases.nodes.0`.
    pub path: String,
    /// The id of the row that it is or is a part of; null where there is none.
    pub id: Value,
    /// Its place in its list.
    pub place: usize,
    /// What was answered.
    pub row: Value,
}

/// The rows of an answer to the question for a type.
pub fn found(type_name: &str, data: &Value) -> Vec<Found> {
    let mut found = Vec::new();
    let start = Found {
        path: String::new(),
        id: Value::Null,
        place: 0,
        row: data.clone(),
    };
    follow(&start, way(type_name), &mut found);
    found
}

fn follow(at: &Found, way: &[&str], found: &mut Vec<Found>) {
    let id = if at.row["id"].is_null() {
        &at.id
    } else {
        &at.row["id"]
    };
    let Some((step, rest)) = way.split_first() else {
        found.push(Found {
            path: at.path.clone(),
            id: id.clone(),
            place: at.place,
            row: at.row.clone(),
        });
        return;
    };
    let step = step.split('(').next().unwrap_or_default();
    let dot = if at.path.is_empty() { "" } else { "." };
    let path = format!("{}{dot}{step}", at.path);
    match &at.row[step] {
        Value::Null => {}
        Value::Array(rows) => {
            for (place, row) in rows.iter().enumerate() {
                let next = Found {
                    path: format!("{path}.{place}"),
                    id: id.clone(),
                    place,
                    row: row.clone(),
                };
                follow(&next, rest, found);
            }
        }
        row => follow(
            &Found {
                path,
                id: id.clone(),
                place: 0,
                row: row.clone(),
            },
            rest,
            found,
        ),
    }
}
