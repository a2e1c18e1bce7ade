//! What actors do, in the words of the programme. Each verb is one mutation; the actor names rows by its own ids and
//! gives the version that it reads just before.

use super::actor::Actor;
use super::command::Command;
use super::fixtures::{
    ConsentLine, Document, Household, Person, ReadyCase, exit_formalities, flights, home_city, reference,
};
use super::row::{Case, Named, Row};
use chrono::{DateTime, Days, TimeDelta, Utc};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers the references of cases.
static CASES: AtomicU64 = AtomicU64::new(1);

impl Actor {
    /// Opens a case for persons who wish to return to the country of the first of them.
    pub fn opens_a_case_for(&self, household: impl Into<Household>) -> Command<'_, Case> {
        let persons = household.into().0;
        let country = persons[0].input["nationality"]
            .as_str()
            .unwrap_or("IRQ")
            .to_owned();
        let mut names: Vec<_> = persons.iter().collect();
        names.sort_by_key(|person| person.input["headOfHousehold"] != true);
        let names = names.into_iter().map(Person::full_name).collect();
        let adult = |person: &Person| person.is_of_age_on(self.now().date_naive());
        let children = !persons.iter().any(adult);
        let inputs: Vec<Value> = persons.into_iter().map(|person| person.input).collect();
        let nth = CASES.fetch_add(1, Ordering::Relaxed);
        Command::new(self, ("openCase", "case"), "{ id }", move |row| {
            self.remembers(Case::of(names, children), row)
        })
        .with("reference", reference(nth, self.now()))
        .with("countryOfReturn", country.as_str())
        .with("destinationCity", home_city(&country))
        .with("legalStatus", "ASYLUM_REJECTED")
        .with("persons", inputs)
    }

    /// Records one more line of the Data Exchange form.
    pub fn records_consent(&self, case: &Case, line: ConsentLine) -> Command<'_, ()> {
        Command::new(self, ("recordConsent", "case"), "{ id }", |_| ())
            .on_case(case)
            .at_version_of_case(case)
            .with("consent", consent(case, line, self.now()))
    }

    /// Takes a line of the Data Exchange form back.
    pub fn revokes_consent(&self, case: &Case, line: ConsentLine) -> Command<'_, ()> {
        Command::new(self, ("revokeConsent", "case"), "{ id }", |_| ())
            .on("consentId", &case.consent(line))
            .at_version_of_case(case)
    }

    /// Asks the accredited consular post for the document of the head of the household.
    pub fn requests_a_travel_document(&self, case: &Case) -> Command<'_, Row> {
        self.requests_a_travel_document_for(case, case.head())
    }

    /// Asks the accredited consular post for the document of a person on the case.
    pub fn requests_a_travel_document_for(&self, case: &Case, name: &str) -> Command<'_, Row> {
        let (of, applicant) = (case.clone(), name.to_owned());
        let command = ("requestTravelDocument", "travelDocumentRequest");
        Command::new(self, command, "{ id submittedAt }", move |row| {
            let request = of.request(&applicant, row["submittedAt"].as_str().expect("a moment"));
            self.remembers(request, row)
        })
        .on_case(case)
        .on("personId", &case.person_named(name))
    }

    /// Takes note of a request.
    pub fn acknowledges(&self, request: &Row) -> Command<'_, ()> {
        self.answers(request, "acknowledgeTravelDocumentRequest")
    }

    /// Confirms the nationality of an applicant.
    pub fn confirms_nationality(&self, request: &Row) -> Command<'_, ()> {
        self.answers(request, "confirmNationality")
    }

    /// Issues a document.
    pub fn issues(&self, request: &Row, document: Document) -> Command<'_, ()> {
        let today = self.now().date_naive();
        self.answers(request, "issueTravelDocument")
            .with("documentType", document.kind)
            .with("number", document.number)
            .with("issuedOn", today.to_string())
            .with("expiresOn", document.expires(today))
    }

    /// Refuses a request.
    pub fn refuses(&self, request: &Row, reason: &str) -> Command<'_, ()> {
        self.answers(request, "refuseTravelDocument")
            .with("reason", reason)
    }

    /// Takes a request back.
    pub fn cancels_request(&self, request: &Row) -> Command<'_, ()> {
        self.answers(request, "cancelTravelDocumentRequest")
    }

    pub(super) fn answers(&self, request: &Row, mutation: &'static str) -> Command<'_, ()> {
        Command::new(self, (mutation, "travelDocumentRequest"), "{ id }", |_| ())
            .on("travelDocumentRequestId", request)
            .at_version_of(request)
    }

    /// Books a journey along a route such as `PRN-IST-BGW`, so many days from now.
    pub fn books(&self, case: &Case, route: &str, days: u64) -> Command<'_, Row> {
        let of = case.clone();
        let day = self.now().date_naive() + Days::new(days);
        Command::new(
            self,
            ("bookItinerary", "itinerary"),
            "{ id attemptNo }",
            move |row| {
                let attempt = row["attemptNo"].as_u64().expect("a number");
                self.remembers(
                    of.itinerary(usize::try_from(attempt).expect("a small number")),
                    row,
                )
            },
        )
        .on_case(case)
        .with("segments", flights(route, day))
        .with("bookingReference", "QX7P2K")
    }

    /// Records that tickets are issued.
    pub fn tickets(&self, itinerary: &Row) -> Command<'_, ()> {
        self.changes(itinerary, "ticketItinerary")
            .with("ticketNumber", "2352400123456")
    }

    /// Records that a journey is suspended.
    pub fn suspends(&self, itinerary: &Row, reason: &str) -> Command<'_, ()> {
        self.changes(itinerary, "suspendItinerary").with("reason", reason)
    }

    /// Takes a journey back.
    pub fn cancels_itinerary(&self, itinerary: &Row) -> Command<'_, ()> {
        self.changes(itinerary, "cancelItinerary")
    }

    fn changes(&self, itinerary: &Row, mutation: &'static str) -> Command<'_, ()> {
        Command::new(self, (mutation, "itinerary"), "{ id }", |_| ())
            .on("itineraryId", itinerary)
            .at_version_of(itinerary)
    }

    /// Puts a cash grant forward for the head of the household: its tranches, in euro cents.
    pub fn proposes_a_grant(&self, case: &Case, tranches: &[i64]) -> Command<'_, Row> {
        let of = case.clone();
        let selection = "{ id case { cashGrants { id } } }";
        Command::new(self, ("proposeCashGrant", "cashGrant"), selection, move |row| {
            self.remembers(
                of.grant(row["case"]["cashGrants"].as_array().map_or(0, Vec::len)),
                row,
            )
        })
        .on_case(case)
        .on("personId", &case.person())
        .with(
            "amount",
            json!({ "amountMinor": tranches.iter().sum::<i64>(), "currency": "EUR" }),
        )
        .with("trancheAmountsMinor", tranches.to_vec())
    }

    /// Approves a grant.
    pub fn approves(&self, grant: &Row) -> Command<'_, ()> {
        self.settles(grant, "approveCashGrant")
    }

    /// Pays a tranche.
    pub fn pays(&self, grant: &Row, number: i32) -> Command<'_, ()> {
        let paying = self.settles(grant, "payTranche").with("number", number);
        if number > 1 {
            paying.with("milestone", json!({ "kind": "VISIT", "reference": "V-2026-17" }))
        } else {
            paying
        }
    }

    pub(super) fn settles(&self, grant: &Row, mutation: &'static str) -> Command<'_, ()> {
        Command::new(self, (mutation, "cashGrant"), "{ id }", |_| ())
            .on("cashGrantId", grant)
            .at_version_of(grant)
    }

    /// Puts a reintegration package forward for the head of the household: what its items cost, in euro cents.
    pub fn proposes_a_package(&self, case: &Case, ceiling: i64, costs: &[i64]) -> Command<'_, Row> {
        let of = case.clone();
        let selection = "{ id case { reintegrationPackages { id } } }";
        let items: Vec<Value> = costs.iter().map(|cost| item(*cost)).collect();
        let command = ("proposeReintegrationPackage", "reintegrationPackage");
        Command::new(self, command, selection, move |row| {
            of.package(
                row["case"]["reintegrationPackages"]
                    .as_array()
                    .map_or(0, Vec::len),
            )
        })
        .on_case(case)
        .on("personId", &case.person())
        .with("ceiling", json!({ "amountMinor": ceiling, "currency": "EUR" }))
        .with("plan", "Opens a printing shop with his brothers.")
        .with("items", items)
    }

    /// Finds everything in place for the departure.
    pub fn marks_ready(&self, case: &Case) -> Command<'_, ()> {
        self.moves(case, "markReadyToDepart").at_version_of_case(case)
    }

    /// Confirms the departure, which was a moment ago, with the declaration signed before it.
    pub fn confirms_departure(&self, case: &Case) -> Command<'_, ()> {
        let departed = self.now() - TimeDelta::minutes(1);
        self.moves(case, "confirmDeparture")
            .at_version_of_case(case)
            .with("declarationSignedAt", json!(departed - TimeDelta::hours(1)))
            .with("exitFormalities", exit_formalities(departed))
            .with("departedAt", json!(departed))
    }

    /// Finds that the persons do not leave as planned after all.
    pub fn stands_down(&self, case: &Case) -> Command<'_, ()> {
        self.moves(case, "standDownDeparture").at_version_of_case(case)
    }

    /// Confirms the arrival, which was just now.
    pub fn confirms_arrival(&self, case: &Case) -> Command<'_, ()> {
        self.moves(case, "confirmArrival")
            .at_version_of_case(case)
            .with("arrivedAt", json!(self.now()))
    }

    /// Withdraws the application: nothing is needed but the wish.
    pub fn withdraws(&self, case: &Case) -> Command<'_, ()> {
        self.moves(case, "withdrawCase").with("reason", "CHANGED_MIND")
    }

    fn moves(&self, case: &Case, mutation: &'static str) -> Command<'_, ()> {
        Command::new(self, (mutation, "case"), "{ id }", |_| ()).on_case(case)
    }

    /// Acknowledges its notices up to a place; gives how many are left.
    pub fn acknowledges_notices(&self, up_to: i64, note: &str) -> Command<'_, i64> {
        let selection = "unacknowledged";
        Command::new(self, ("acknowledgeNotices", ""), selection, |payload| {
            payload["unacknowledged"].as_i64().expect("a number")
        })
        .with("notices", json!({ "upToSequence": up_to }))
        .with("note", note)
    }

    /// Suspends a client.
    pub async fn suspends_client(&self, client: &Actor) {
        self.changes_client(client, "suspendClient").await;
    }

    /// Lets a client act again.
    pub async fn resumes_client(&self, client: &Actor) {
        self.changes_client(client, "resumeClient").await;
    }

    async fn changes_client(&self, client: &Actor, mutation: &'static str) {
        let query = "{ organisations(first: 100) { nodes { clients { id clientId version } } } }";
        let data = self.ask(query, json!({})).await.ok();
        let organisations = data["organisations"]["nodes"].as_array().expect("nodes").iter();
        let mut clients =
            organisations.flat_map(|organisation| organisation["clients"].as_array().expect("clients"));
        let found = clients
            .find(|row| row["clientId"] == client.client.as_str())
            .expect("the client");
        Command::new(self, (mutation, "client"), "{ id }", |_| ())
            .with("id", found["id"].clone())
            .with("expectedVersion", found["version"].clone())
            .await;
    }

    /// Every case of the mission that is ready to depart.
    pub async fn cases_ready_to_depart(&self) -> Vec<ReadyCase> {
        let query =
            "query($after: String) { cases(first: 100, after: $after, filter: { state: [READY_TO_DEPART] }) {
            nodes { id version } pageInfo { hasNextPage endCursor } } }";
        let (mut ready, mut after) = (Vec::new(), Value::Null);
        loop {
            let data = self.ask(query, json!({ "after": after })).await.ok();
            let page = &data["cases"];
            ready.extend(
                page["nodes"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|case| ReadyCase {
                        id: case["id"].as_str().expect("an id").to_owned(),
                        version: case["version"].as_i64().expect("a version"),
                    }),
            );
            if page["pageInfo"]["hasNextPage"] == false {
                return ready;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
    }

    /// Keeps the id of a row that was just made.
    pub(super) fn remembers<R: Named>(&self, made: R, row: &Value) -> R {
        let id = row["id"].as_str().expect("an id");
        made.case().remember(&self.client, &made.key(), id);
        made
    }

    /// The time that everybody has.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}

fn consent(case: &Case, (class, purpose, category): ConsentLine, signed: DateTime<Utc>) -> Value {
    let by = if case.are_children() { "GUARDIAN" } else { "SELF" };
    json!({ "recipientClass": class, "purpose": purpose, "category": category, "signedAt": signed, "signedBy": by })
}

/// An item in kind that costs so much, in euro cents.
pub fn item(cost: i64) -> Value {
    json!({
        "category": "INCOME_GENERATION",
        "modality": "IN_KIND",
        "description": "A screen printing press",
        "amountMinor": cost,
    })
}
