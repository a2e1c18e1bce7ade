//! What a field holds, whoever asks; and what the table makes of it for one viewer.

use crate::support::verbs_papers::COMPLAINTS_DESK;
use avrr_gateway::domain::consent::{ConsentCategory, RecipientClass};
use avrr_gateway::policy::fields::Access;
use avrr_gateway::policy::mask::Mask;
use avrr_gateway::policy::relation::Relation;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Names a row: its id, or that of the row that it is a part of and what tells it from other parts.
pub type Key = (Uuid, String);

/// What a field holds.
#[derive(Clone, Debug)]
pub enum Truth {
    /// This value.
    Value(Value),
    /// An id of the viewer's own.
    Id,
    /// An id of the viewer's own for a row of this type.
    IdOf(&'static str),
    /// A reference that nobody but the sending mission shares.
    Reference(String),
    /// A row of this type.
    One(&'static str),
    /// Rows of this type, at least one.
    Many(&'static str),
    /// Whatever the story led to, or nothing yet: another test says what.
    Anything,
}

/// Whom a row is there for, apart from what its type is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Every party to its case, as far as rows of the type are for it.
    Parties,
    /// The same, but of those who are neither sending nor receiving only the class of recipient that it names.
    Recipients(RecipientClass),
    /// The same, but of those who are neither sending nor receiving only these, who were told of it.
    Told(&'static [Relation]),
    /// Every party to its case but a service, which was not asked.
    NoService,
    /// These alone, and oversight.
    Between(&'static [Relation]),
    /// The inbox of the organisation with this client.
    Inbox(String),
    /// IOM, its administration and oversight, and the service with this client itself.
    Sheltered(String),
    /// Anybody, as far as rows of the type are for it.
    Anybody,
}

/// A row as it is.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its type.
    pub type_name: &'static str,
    /// Whom it is there for.
    pub whose: Whose,
    /// Of those outside IOM, what those are who wrote it, or whom it is addressed to.
    pub authors: &'static [Relation],
    /// The consents that hold on its case.
    pub consents: Vec<(RecipientClass, ConsentCategory)>,
    /// What each of its fields holds.
    pub fields: BTreeMap<String, Truth>,
}

/// Types whose rows missions record of the programme itself.
const OF_MISSIONS: &[&str] = &[
    "OutreachVisit",
    "Training",
    "CampaignReport",
    "PartnerSurvey",
    "ConsularPostStatistics",
    "ConsularAnswers",
    "ConsularRefusals",
    "ConsularWaiting",
];

/// Types whose rows hang on a case.
pub const ON_A_CASE: &[&str] = &[
    "VulnerabilityAssessment",
    "ChildSafeguards",
    "FitnessAssessment",
    "HealthRequirement",
    "Escort",
    "Detention",
    "ConsularAppointment",
    "AirlineClearance",
    "AirportTransfer",
    "TemporaryAccommodation",
    "PreDepartureCircumstances",
    "AssistanceProvision",
    "MigrantBriefing",
    "AsylumClaim",
    "Case",
    "Person",
    "Consent",
    "TravelDocumentRequest",
    "TravelDocument",
    "PersonalDocument",
    "InformationRequest",
    "ConsularInterview",
    "TravelDocumentCustody",
    "DisclosureSnapshot",
    "Photo",
    "Attachment",
    "Disclosure",
    "Itinerary",
    "Segment",
    "TransitHandling",
    "TransitIncident",
    "Arrival",
    "Movement",
    "MovementFlight",
    "ManifestLine",
    "ManifestChange",
    "Family",
    "CashGrant",
    "PayeeAccount",
    "Tranche",
    "GrantComputation",
    "ReintegrationPackage",
    "PackageItem",
    "HistoryEntry",
    "MonitoringContact",
    "Aftercare",
    "Handover",
    "SurveyResponse",
    "SurveyAnswer",
    "ReturnDecision",
    "CounsellingSession",
    "StatutoryPeriod",
    "StatutoryExtension",
    "ObjectionCheck",
    "Referral",
    "BreakGlassAccess",
    "Escalation",
];

impl Row {
    /// A row that holds these values, and besides these rows, ids and references.
    pub fn new(type_name: &'static str, whose: Whose, values: Value, others: &[(&str, Truth)]) -> Self {
        let Value::Object(values) = values else {
            panic!("fields with their values")
        };
        let values = values
            .into_iter()
            .map(|(field, value)| (field, Truth::Value(value)));
        let others = others
            .iter()
            .map(|(field, truth)| ((*field).to_owned(), truth.clone()));
        Self {
            type_name,
            whose,
            authors: &[],
            consents: Vec::new(),
            fields: values.chain(others).collect(),
        }
    }

    /// The same row, of a case on which these consents hold.
    pub fn under(mut self, consents: &[(RecipientClass, ConsentCategory)]) -> Self {
        self.consents = consents.to_vec();
        self
    }

    /// The same row, written by these or addressed to them.
    pub fn by(mut self, authors: &'static [Relation]) -> Self {
        self.authors = authors;
        self
    }

    /// Whether the row is there for a viewer: DOMAIN 4.6, row scope. Every party has a part in every case of the story.
    #[expect(clippy::too_many_lines, reason = "one arm for each type")]
    pub fn is_there_for(&self, relation: Relation, client: &str) -> bool {
        use Relation::{
            Administration, Consular, Dashboard, Migration, Mission, Oversight, Police, Receiving, Sending,
            Service, Transit,
        };
        let of_its_type = match (self.type_name, relation) {
            ("Organisation" | "Accreditation", _) => true,
            ("Complaint", relation) => relation == Oversight && client == COMPLAINTS_DESK,
            ("Photo", relation) => matches!(relation, Sending | Transit | Receiving | Consular | Police),
            ("Attachment", relation) => matches!(relation, Sending | Consular),
            ("Indicator" | "IndicatorValue" | "StatisticsTable" | "StatisticsRow" | "StatisticsKey", _) => {
                true
            }
            ("RetentionCertificate", relation) => relation == Oversight,
            (of, relation) if OF_MISSIONS.contains(&of) => matches!(relation, Mission | Oversight),
            ("SurveyResponse", relation) => matches!(relation, Sending | Receiving),
            ("SurveyAnswer", relation) => relation == Receiving,
            (
                "Project" | "GrantRule" | "ExchangeRate" | "OperationsSuspension" | "EscalationRule",
                relation,
            ) => matches!(relation, Mission | Oversight | Administration),
            ("Jurisdiction", relation) => !matches!(relation, Consular | Dashboard | Service),
            (
                "Client" | "RegistryEntry" | "TransferAgreement" | "RevokedToken" | "RegisteredDocument",
                relation,
            ) => {
                matches!(relation, Oversight | Administration)
            }
            ("Notice" | "Acknowledgement" | "Webhook" | "Delivery" | "DeliveryAttempt", relation) => {
                !matches!(relation, Dashboard | Administration)
            }
            (_, Mission | Dashboard | Administration) => false,
            (of, Service) => ["Case", "Person", "Consent", "Referral"].contains(&of),
            ("VulnerabilityAssessment" | "AirlineClearance" | "MigrantBriefing", relation) => {
                matches!(relation, Sending | Receiving)
            }
            (
                "TemporaryAccommodation"
                | "PreDepartureCircumstances"
                | "AssistanceProvision"
                | "CounsellingSession",
                relation,
            ) => relation == Sending,
            ("ChildSafeguards", relation) => {
                matches!(relation, Sending | Receiving | Migration | Oversight)
            }
            ("FitnessAssessment", relation) => {
                matches!(relation, Sending | Transit | Receiving | Oversight)
            }
            ("HealthRequirement", relation) => matches!(relation, Sending | Transit | Receiving | Police),
            ("Escort", relation) => !matches!(relation, Consular | Migration),
            ("ReturnDecision" | "StatutoryPeriod" | "StatutoryExtension" | "ObjectionCheck", relation) => {
                matches!(relation, Sending | Police | Migration)
            }
            ("AsylumClaim", relation) => matches!(relation, Sending | Migration),
            ("Detention" | "AirportTransfer", relation) => matches!(relation, Sending | Police | Migration),
            ("ConsularAppointment", relation) => !matches!(relation, Transit | Receiving | Consular),
            ("InformationRequest" | "ConsularInterview" | "DisclosureSnapshot", relation) => {
                matches!(relation, Sending | Consular | Oversight)
            }
            ("BreakGlassAccess" | "TravelDocumentCustody" | "Escalation", relation) => {
                matches!(relation, Sending | Oversight)
            }
            ("Movement" | "MovementFlight", relation) => !matches!(relation, Consular | Migration),
            ("ManifestLine" | "ManifestChange", relation) => {
                matches!(relation, Sending | Transit | Receiving | Police)
            }
            ("PersonalDocument", Consular) => false,
            (_, Sending | Receiving | Oversight) => true,
            (
                "CashGrant"
                | "PayeeAccount"
                | "Tranche"
                | "ReintegrationPackage"
                | "PackageItem"
                | "MonitoringContact"
                | "Aftercare"
                | "Handover"
                | "Family"
                | "GrantComputation"
                | "HistoryEntry"
                | "Disclosure",
                _,
            ) => false,
            ("Itinerary" | "Segment", relation) => relation != Consular,
            ("TransitHandling", relation) => matches!(relation, Transit | Police),
            ("TransitIncident", relation) => relation == Transit,
            ("Arrival", relation) => matches!(relation, Transit | Migration),
            (_, Transit | Consular | Police | Migration) => true,
        };
        let of_its_own = match &self.whose {
            Whose::Recipients(_) | Whose::Told(_) if matches!(relation, Sending | Receiving | Oversight) => {
                true
            }
            Whose::NoService => relation != Service,
            Whose::Recipients(class) => relation.recipient_class() == Some(*class),
            Whose::Between(relations) => relation == Oversight || relations.contains(&relation),
            Whose::Told(relations) => relations.contains(&relation),
            Whose::Inbox(owner) => relation == Oversight || owner == client,
            Whose::Sheltered(owner) => {
                matches!(relation, Mission | Oversight | Administration) || owner == client
            }
            Whose::Parties | Whose::Anybody => true,
        };
        of_its_type && of_its_own
    }
}

/// What a viewer is shown of a field.
#[derive(Debug)]
pub enum Shown {
    Full,
    Masked(Value),
    Withheld,
}

impl Row {
    /// What a cell of the table makes of a field of this row.
    pub fn shown(&self, access: Access, relation: Relation, truth: &Truth) -> Shown {
        match access {
            Access::Full => Shown::Full,
            Access::Own if self.authors.contains(&relation) => Shown::Full,
            // Whoever reaches one has the right.
            Access::ToStaff(_) if self.type_name == "Complaint" => Shown::Full,
            // Nobody else who looks has a right.
            Access::Own | Access::Withheld | Access::ToStaff(_) | Access::ToStaffIfConsent(..) => {
                Shown::Withheld
            }
            Access::IfConsent(category) => {
                let class = relation
                    .recipient_class()
                    .expect("somebody who can be consented to");
                if self.consents.contains(&(class, category)) {
                    Shown::Full
                } else {
                    Shown::Withheld
                }
            }
            Access::Masked(mask) => match truth {
                Truth::Value(value) => Shown::Masked(masked(mask, value)),
                other => panic!("{other:?} under a mask"),
            },
        }
    }
}

/// The value as a mask shows it, written once more and not by the code under test.
fn masked(mask: Mask, value: &Value) -> Value {
    let Some(text) = value.as_str() else {
        assert!(value.is_null(), "{value} under a mask");
        return Value::Null;
    };
    let last = |count: usize| json!(format!("…{}", &text[text.len() - count..]));
    match mask {
        Mask::Initials => {
            let words: Vec<String> = text.split(' ').map(|word| format!("{}.", &word[..1])).collect();
            json!(words.join(" "))
        }
        Mask::LastThree => last(3),
        Mask::LastFour => last(4),
        Mask::Year => json!(&text[..4]),
        Mask::AgeBand => age_band(text),
        Mask::Day => json!(format!("{}T00:00:00Z", &text[..10])),
        Mask::Exists if ["RETURN", "REMAIN"].contains(&text) => json!("RECORDED"),
        Mask::Exists => json!("…"),
        Mask::Escort => json!("ESCORT"),
        Mask::Travelling if ["LISTED", "CONFIRMED", "BOARDED"].contains(&text) => json!(text),
        Mask::Travelling => json!("NOT_TRAVELLING"),
        Mask::Activity => json!(if text == "WITHDRAWN" {
            "CANCELLED"
        } else {
            "ACTIVE"
        }),
        Mask::Phase => json!(match text {
            "REINTEGRATION" => "DEPARTED",
            "WITHDRAWN" => "ENDED",
            other => panic!("no case of the story is {other}"),
        }),
        Mask::Readiness => json!(if ["ISSUED", "USED"].contains(&text) {
            "READY"
        } else {
            "PENDING"
        }),
        Mask::NotDisclosed => json!("NOT_DISCLOSED"),
        Mask::Refused => json!("OTHER"),
        Mask::Authority => {
            let named = "as confirmed in writing to IOM Pristina";
            assert!(text.contains(named), "{text} under a mask");
            json!(text.replace(named, "the competent authority of Kosovo*"))
        }
    }
}

fn age_band(born: &str) -> Value {
    let born: NaiveDate = born.parse().expect("a date of birth");
    // The story is told on 2 March 2026.
    let today = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
    match today.years_since(born).expect("a birth in the past") {
        ..18 => json!(born),
        18..=30 => json!("18-30"),
        31..=50 => json!("31-50"),
        51.. => json!("51+"),
    }
}
