//! Canaries: words that occur once in the database, each in one field of one row. Whoever is shown one was shown that
//! field of that row, wherever in an answer it stands.

use super::bare::{Bare, id};
use super::held::{Held, NODES, Part, Viewer};
use super::shape::Shape;
use super::table::Table;
use avrr_gateway::policy::relation::Relation;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// A column that words are planted in, and the line of the table that governs what it holds.
struct Planted {
    table: &'static str,
    column: &'static str,
    line: &'static str,
    /// Which rows get a word, as a condition; all of them where it is empty.
    rows: &'static str,
}

/// Those that hold something there.
const HOLDING: &str = "holding";

const fn kept(table: &'static str, column: &'static str, line: &'static str) -> Planted {
    Planted {
        table,
        column,
        line,
        rows: HOLDING,
    }
}

const fn filled(table: &'static str, column: &'static str, line: &'static str) -> Planted {
    Planted {
        table,
        column,
        line,
        rows: "",
    }
}

/// Columns that go by another name than the field, or that every row gets a word in. A text column that is named as its
/// field needs no line here.
const PLANTED: &[Planted] = &[
    filled("persons", "family_name", "Person.fullName"),
    filled("persons", "given_names", "Person.fullName"),
    filled("persons", "place_of_birth", "Person.placeOfBirth"),
    filled("persons", "parents_names", "Person.parentsNames"),
    filled("persons", "phone", "Person.phone"),
    filled("persons", "host_address", "Person.hostAddress"),
    filled(
        "persons",
        "address_in_country_of_return",
        "Person.addressInCountryOfReturn",
    ),
    filled("cases", "destination_city", "Case.destinationCity"),
    filled("cases", "mimosa_reference", "Case.mimosaReference"),
    kept("cases", "return_decision_number", "ReturnDecision.number"),
    kept("cases", "return_decision_authority", "ReturnDecision.authority"),
    filled(
        "cash_grants",
        "donor_approval",
        "CashGrant.donorApprovalReference",
    ),
    filled("child_safeguards", "guardian_name", "Person.guardianName"),
    filled("child_safeguards", "guardian_contact", "Person.guardianContact"),
    filled(
        "child_safeguards",
        "guardian_authority",
        "Person.guardianAuthority",
    ),
    kept(
        "child_safeguards",
        "handover_party",
        "ChildSafeguards.handoverParty",
    ),
    kept("asylum_claims", "number", "AsylumClaim.number"),
    kept(
        "break_glass_accesses",
        "explanation",
        "BreakGlassAccess.explanation",
    ),
    kept("cash_grants", "payee_account_number", "PayeeAccount.number"),
    kept("handovers", "handed_to", "Handover.to"),
    filled("medical_notes", "diagnosis", "Person.diagnosis"),
    filled("medical_notes", "medication", "Person.medication"),
    kept("monitoring_contacts", "contacted_by", "MonitoringContact.by"),
    filled("notices", "acknowledgement_note", "Acknowledgement.note"),
    filled("consular_interviews", "place", "ConsularInterview.place"),
    filled("information_requests", "question", "InformationRequest.question"),
    kept("personal_documents", "number", "TravelDocument.number"),
    filled("personal_documents", "mrz", "TravelDocument.mrz"),
    filled("reintegration_packages", "plan", "ReintegrationPackage.plan"),
    kept(
        "reintegration_packages",
        "donor_approval",
        "ReintegrationPackage.donorApprovalReference",
    ),
    kept("tranches", "evidence_reference", "Tranche.milestoneReference"),
    kept(
        "travel_document_requests",
        "document_number",
        "TravelDocument.number",
    ),
    Planted {
        table: "travel_document_requests",
        column: "document_mrz",
        line: "TravelDocument.mrz",
        rows: "document_number IS NOT NULL",
    },
];

/// Tables whose columns are named as the fields of a type.
const TABLES: &[(&str, &str)] = &[
    ("airline_clearances", "AirlineClearance"),
    ("airport_transfers", "AirportTransfer"),
    ("arrivals", "Arrival"),
    ("assistance_provisions", "AssistanceProvision"),
    ("child_safeguards", "ChildSafeguards"),
    ("consular_interviews", "ConsularInterview"),
    ("detentions", "Detention"),
    ("escorts", "Escort"),
    ("handovers", "Handover"),
    ("information_requests", "InformationRequest"),
    ("package_items", "PackageItem"),
    ("temporary_accommodations", "TemporaryAccommodation"),
    ("tranches", "Tranche"),
    ("outreach_visits", "OutreachVisit"),
];

/// Text fields that hold no canary, each with the reason.
const NOT_PLANTED: &[(&str, &str)] = &[
    ("Organisation.*", "the register of partners is not personal"),
    ("Client.*", "the register of partners is not personal"),
    ("Project.*", "no person is in it"),
    ("GrantRule.*", "no person is in it"),
    ("ExchangeRate.*", "no person is in it"),
    ("Indicator.*", "no person is in it"),
    (
        "Attachment.*",
        "pictures, and digests of them: stories of papers look for them",
    ),
    (
        "Photo.*",
        "pictures, and digests of them: stories of papers look for them",
    ),
    ("Webhook.*", "where a machine is, and its public keys"),
    (
        "Complaint.*",
        "those of the demo are about no case: stories of complaints look for their words",
    ),
    (
        "Disclosure.*",
        "names of fields and digests, in an append-only table",
    ),
    (
        "RetentionCertificate.*",
        "names of staff and digests, in an append-only table",
    ),
    ("RegisteredDocument.*", "the register of partners is not personal"),
    ("RevokedToken.*", "the register of partners is not personal"),
    ("TransferAgreement.*", "the register of partners is not personal"),
    ("StatisticsKey.*", "no person is in it"),
    ("ConsularAnswers.*", "no person is in it"),
    ("ConsularRefusals.*", "no person is in it"),
    ("IndicatorValue.*", "no person is in it"),
    ("StatisticsTable.*", "no person is in it"),
    ("RegistryEntry.*", "names of commands and clients"),
    (
        "HistoryEntry.*",
        "names of commands, states and clients, in an append-only table",
    ),
    ("Acknowledgement.by", "the name of a client"),
    ("OutreachVisit.*", "no person is in it"),
    ("Training.*", "no person is in it"),
    ("CampaignReport.*", "no person is in it"),
    (
        "DisclosureSnapshot.*",
        "a record of what was told before, whose digest is made of it",
    ),
    ("Segment.*", "airports' time zones, and times"),
    (
        "StatutoryExtension.confirmation",
        "made of the name of an authority",
    ),
    ("SurveyAnswer.question", "the name of a question"),
    ("SurveyAnswer.answer", "planted below the answers of the response"),
    ("SurveyResponse.instrumentVersion", "the version of a form"),
];

/// A canary: where it sits.
pub struct Mark {
    /// The word.
    pub word: String,
    /// The line of the table that governs it.
    pub line: &'static str,
    /// The row with an id that it belongs to, by the name of its type.
    pub owner: (&'static str, Uuid),
}

/// Every canary.
pub struct Marks {
    /// One after the other.
    pub all: Vec<Mark>,
    by_word: HashMap<String, usize>,
}

/// How a canary begins; two digits for the column and twelve for the row follow.
const BEGINS: &str = "CNRY";
const LENGTH: usize = 18;

/// The columns by which a part of a row names what it belongs to, the nearest first.
const OWNERS: &[(&str, &str)] = &[
    ("itinerary_id", "Itinerary"),
    ("travel_document_request_id", "TravelDocumentRequest"),
    ("cash_grant_id", "CashGrant"),
    ("reintegration_package_id", "ReintegrationPackage"),
    ("person_id", "Person"),
    ("movement_id", "Movement"),
    ("case_id", "Case"),
];

impl Marks {
    /// Plants canaries, and reads back where they sit.
    pub async fn plant(bare: &Bare, shape: &Shape, table: &Table) -> Self {
        // Whoever was told has read it, and says so.
        let own = "SELECT id FROM clients WHERE organisation_id = recipient_id LIMIT 1";
        bare.execute(&format!(
            "UPDATE notices SET acknowledged_at = occurred_at, acknowledged_by = ({own})"
        ))
        .await;
        let planted = PLANTED.iter();
        let mut columns: Vec<(&str, String, &'static str, &str)> = planted
            .map(|it| (it.table, it.column.to_owned(), it.line, it.rows))
            .collect();
        let nodes = NODES.iter().map(|(of, table, _)| (*table, *of));
        for (name, of) in TABLES.iter().copied().chain(nodes) {
            for column in bare.columns(name).await {
                let field = camel(&column);
                let is_text = shape
                    .field(of, &field)
                    .is_some_and(|field| field.of.base == "String" && !field.of.list);
                let line = table.named(&format!("{of}.{field}"));
                let there = columns
                    .iter()
                    .any(|(table, other, ..)| *table == name && *other == column);
                if let Some(line) = line.filter(|line| is_text && !there && not_planted(line.name).is_none())
                {
                    columns.push((name, column, line.name, HOLDING));
                }
            }
        }
        let mut marks = Self {
            all: Vec::new(),
            by_word: HashMap::new(),
        };
        for (number, (name, column, line, rows)) in columns.iter().enumerate() {
            let only = match *rows {
                "" => String::new(),
                HOLDING => format!(" WHERE {column} IS NOT NULL"),
                condition => format!(" WHERE {condition}"),
            };
            let word = format!("'{BEGINS}{number:02}' || {}", bare.tail_of_id());
            bare.execute(&format!("UPDATE {name} SET {column} = {word}{only}"))
                .await;
            marks.read_back(bare, name, column, line).await;
        }
        let number = columns.len();
        let word = format!(
            "'{{\"CNRY\":\"{BEGINS}{number:02}' || {} || '\"}}'",
            bare.tail_of_id()
        );
        bare.execute(&format!("UPDATE survey_responses SET answers = {word}"))
            .await;
        marks
            .read_back(bare, "survey_responses", "answers", "SurveyAnswer.answer")
            .await;
        marks
    }

    async fn read_back(&mut self, bare: &Bare, table: &str, column: &str, line: &'static str) {
        let node = NODES.iter().find(|(_, of, _)| *of == table);
        let there = bare.columns(table).await;
        let owners: Vec<(&str, &'static str)> = match node {
            Some((of, ..)) => vec![("id", of)],
            None => OWNERS
                .iter()
                .filter(|(column, _)| there.iter().any(|other| other == column))
                .copied()
                .collect(),
        };
        let asked: Vec<&str> = owners.iter().map(|(column, _)| *column).chain([column]).collect();
        for row in bare.read(table, &asked).await {
            let Some(text) = row.last().and_then(Option::as_ref) else {
                continue;
            };
            let Some(start) = text.rfind(BEGINS) else { continue };
            let word = text[start..start + LENGTH].to_owned();
            let owner = owners
                .iter()
                .zip(&row)
                .find_map(|((_, of), cell)| id(cell.as_ref()).map(|id| (*of, id)));
            let Some(owner) = owner else { continue };
            self.by_word.insert(word.clone(), self.all.len());
            self.all.push(Mark { word, line, owner });
        }
    }

    /// Every text field of the table either holds canaries or is named with a reason why it does not.
    pub fn every_text_is_planted(&self, shape: &Shape, table: &Table) {
        let held: BTreeSet<&str> = self.all.iter().map(|mark| mark.line).collect();
        let mut open = Vec::new();
        for (of, fields) in shape.objects() {
            for field in fields.iter().filter(|field| field.of.base == "String") {
                let name = format!("{of}.{}", field.name);
                let governed = table.named(&name).is_some();
                if governed && !held.contains(name.as_str()) && not_planted(&name).is_none() {
                    open.push(name);
                }
            }
        }
        assert!(
            open.is_empty(),
            "{} canaries; no canary sits in {open:?}: name the column in PLANTED, the table in TABLES, or the reason in NOT_PLANTED",
            self.all.len()
        );
    }

    /// The canaries in a text, by number.
    pub fn found(&self, text: &str) -> Vec<usize> {
        let words = text.match_indices(BEGINS);
        let whole = words.filter_map(|(start, _)| text.get(start..start + LENGTH));
        whole.filter_map(|word| self.by_word.get(word).copied()).collect()
    }

    /// For each canary, whether a viewer may be shown it.
    pub fn allowed(&self, held: &Held, table: &Table, viewer: &Viewer) -> Vec<bool> {
        let mut known: HashMap<(&str, Uuid), Vec<Part>> = HashMap::new();
        let allowed = self.all.iter().map(|mark| {
            let (of, id) = mark.owner;
            let parts = known
                .entry(mark.owner)
                .or_insert_with(|| held.parts(viewer, of, id));
            let mut parts = parts.iter().filter(|part| {
                // Everybody else knows the case by a name of its own.
                mark.line != "Case.reference"
                    || part.relation == Relation::Sending
                    || held.senders[&id] == viewer.organisation
            });
            parts.any(|part| table.shows(mark.line, part, viewer) == super::table::Sight::Full)
        });
        allowed.collect()
    }

    /// How many canaries of each line were seen, of how many.
    pub fn seen_by_line(&self, seen: &[bool]) -> BTreeMap<&'static str, (usize, usize)> {
        let mut lines = BTreeMap::new();
        for (mark, seen) in self.all.iter().zip(seen) {
            let (of_line, all) = lines.entry(mark.line).or_insert((0, 0));
            *of_line += usize::from(*seen);
            *all += 1;
        }
        lines
    }
}

fn not_planted(name: &str) -> Option<&'static str> {
    let (of, _) = name.split_once('.')?;
    let mut lines = NOT_PLANTED.iter();
    lines
        .find(|(line, _)| *line == name || line.strip_suffix(".*") == Some(of))
        .map(|(_, why)| *why)
}

fn camel(column: &str) -> String {
    let mut words = column.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut all, word| {
        let (letter, rest) = word.split_at(word.len().min(1));
        all.push_str(&letter.to_uppercase());
        all.push_str(rest);
        all
    })
}
