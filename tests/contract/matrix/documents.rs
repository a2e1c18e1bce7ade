//! Travel document requests of the story, with all that hangs on them.

use super::inboxes::About;
use super::rows::{OnCase, place};
use super::story::{Cast, IRAQ, MIGRATION, Outcome, POLICE, PRISTINA, RequestSteps};
use super::truth::{Row, Truth, Whose};
use crate::support::Row as Named;
use avrr_gateway::policy::relation::Relation;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// What the post wished to know, and what it was told.
pub const QUESTION: &str = "A photograph of this year, please.";
pub const ANSWER: &str = "Sent with the courier.";

/// What a post and the mission talk of before a nationality is confirmed, and what becomes of the document.
#[derive(Clone, Copy, Default)]
pub struct Between {
    pub asked: DateTime<Utc>,
    pub answered: DateTime<Utc>,
    pub scheduled: DateTime<Utc>,
    pub interview: DateTime<Utc>,
    pub received: DateTime<Utc>,
    pub used: DateTime<Utc>,
}

impl Cast<'_> {
    /// The post wishes to know more, is answered, and settles an interview.
    pub(super) async fn talks(&mut self, request: &Named, about: About) -> Between {
        let (pristina, iraq) = (self.pristina.clone(), self.iraq.clone());
        iraq.asks_for_more(request, &["PHOTOGRAPH"])
            .with("question", QUESTION)
            .await;
        let asked = self.now();
        self.inboxes.tell(&[PRISTINA], "TDR_MORE_INFO", asked, 'A', about);
        pristina.answers_the_post(request, ANSWER).await;
        let answered = self.now();
        self.inboxes
            .tell(&[IRAQ], "TDR_RESUBMITTED", answered, 'A', about);
        let interview = self.now() + TimeDelta::days(2);
        iraq.schedules_an_interview(request, 2)
            .with("at", json!(interview))
            .await;
        let scheduled = self.now();
        self.inboxes
            .tell(&[PRISTINA], "CONSULAR_APPOINTMENT", scheduled, 'A', about);
        // The applicant is in detention until the end of the day.
        let (authorities, about) = ([POLICE, MIGRATION], About::Appointment);
        self.inboxes
            .tell(&authorities, "CONSULAR_APPOINTMENT", scheduled, 'A', about);
        Between {
            asked,
            answered,
            scheduled,
            interview,
            ..Between::default()
        }
    }
}

impl OnCase<'_> {
    pub(super) fn requests(&mut self) {
        let steps = self.steps;
        for (nth, request) in steps.requests.iter().enumerate() {
            let id = self.nth("travelDocumentRequests", nth);
            self.add(id, 0, a_request(request));
            self.attachments(
                id,
                self.listed["travelDocumentRequests"][nth]["attachments"].clone(),
            );
            let snapshot = self.listed["travelDocumentRequests"][nth]["disclosureSnapshot"].clone();
            self.around(id, request, snapshot);
            if let Outcome::Issued {
                kind,
                number,
                expires,
            } = request.outcome
            {
                let issued_on = request.ended.date_naive();
                let values = json!({
                    "type": kind,
                    "number": number,
                    "mrz": request.zone,
                    "issuingState": place("IRQ"),
                    "issuedOn": issued_on,
                    "expiresOn": expires,
                    "singleJourney": kind != "PASSPORT",
                    "destinationOnly": kind != "PASSPORT",
                });
                self.add(id, 0, Row::new("TravelDocument", Whose::Parties, values, &[]));
            }
        }
    }

    /// The sending mission says what is attached; the post has to be told the same, where the persons let it.
    fn attachments(&mut self, id: Uuid, attached: Value) {
        let whose = self.seen_by_the_post(&[Relation::Sending], &[Relation::Sending, Relation::Consular]);
        for values in attached.as_array().expect("attachments").clone() {
            self.add(id, 0, Row::new("Attachment", whose.clone(), values, &[]));
        }
    }

    /// What hangs on a request.
    fn around(&mut self, id: Uuid, request: &RequestSteps, snapshot: Value) {
        // The sending mission says what was disclosed; everybody else has to be told the same.
        let mut values = snapshot;
        values["madeAt"] = json!(request.submitted);
        self.add(id, 0, Row::new("DisclosureSnapshot", Whose::Parties, values, &[]));
        let mut custody = Vec::new();
        if let Outcome::Issued { .. } = request.outcome {
            custody.push(("EMBASSY", request.ended));
        }
        if let Some(between) = &request.between {
            custody.extend([("IOM", between.received), ("PERSON", between.used)]);
            let values = json!({
                "askedAt": between.asked,
                "items": ["PHOTOGRAPH"],
                "question": QUESTION,
                "answeredAt": between.answered,
                "answer": ANSWER,
            });
            self.add(id, 0, Row::new("InformationRequest", Whose::Parties, values, &[]));
            let values = json!({
                "scheduledAt": between.scheduled,
                "at": between.interview,
                "mode": "IN_PERSON",
                "place": "Consular section",
            });
            self.add(id, 0, Row::new("ConsularInterview", Whose::Parties, values, &[]));
        }
        for (nth, (location, since)) in custody.into_iter().enumerate() {
            let values = json!({ "location": location, "since": since });
            let by = [("recordedBy", Truth::One("Organisation"))];
            self.add(
                id,
                nth,
                Row::new("TravelDocumentCustody", Whose::Parties, values, &by),
            );
        }
    }

    pub(super) fn own_document(&mut self) {
        let Some(recorded) = self.steps.own_document else {
            return;
        };
        let id = self.id(&self.listed);
        let others = [
            ("holder", Truth::One("Person")),
            ("document", Truth::One("TravelDocument")),
        ];
        let values = json!({ "recordedAt": recorded });
        self.add(
            id,
            0,
            Row::new("PersonalDocument", Whose::Parties, values, &others),
        );
    }
}

fn a_request(steps: &RequestSteps) -> Row {
    let (state, reason, document) = match steps.outcome {
        Outcome::Cancelled => ("CANCELLED", Value::Null, Truth::Value(Value::Null)),
        Outcome::Refused => ("REFUSED", json!("INCOMPLETE_REQUEST"), Truth::Value(Value::Null)),
        Outcome::Issued { .. } if steps.between.is_some() => {
            ("USED", Value::Null, Truth::One("TravelDocument"))
        }
        Outcome::Issued { .. } => ("ISSUED", Value::Null, Truth::One("TravelDocument")),
    };
    let many = |are: bool, name| {
        if are {
            Truth::Many(name)
        } else {
            Truth::Value(json!([]))
        }
    };
    let (between, issued) = (steps.between.is_some(), state == "ISSUED" || state == "USED");
    // Asked, perhaps taken note of, talked about and confirmed, ended, perhaps received and used.
    let version = match (steps.confirmed, steps.between) {
        (None, _) => 2,
        (Some(_), None) => 4,
        (Some(_), Some(_)) => 9,
    };
    let values = json!({
        "state": state,
        "expedited": true,
        "submittedAt": steps.submitted,
        "acknowledgedAt": steps.acknowledged,
        "nationalityConfirmedAt": steps.confirmed,
        "endedAt": steps.ended,
        "refusalReason": reason,
        "plannedDepartureOn": null,
        "stateSince": steps.between.map_or(steps.ended, |between| between.used),
        "ageInDays": 0,
        // Iraq has one seat.
        "alternativePosts": [],
        "version": version,
    });
    let others = [
        ("id", Truth::Id),
        ("case", Truth::One("Case")),
        ("applicant", Truth::One("Person")),
        ("consularPost", Truth::One("Organisation")),
        ("document", document),
        ("informationRequests", many(between, "InformationRequest")),
        ("interviews", many(between, "ConsularInterview")),
        ("custody", many(issued, "TravelDocumentCustody")),
        ("disclosureSnapshot", Truth::One("DisclosureSnapshot")),
        ("attachments", many(steps.acknowledged.is_some(), "Attachment")),
        ("history", Truth::Many("HistoryEntry")),
    ];
    Row::new("TravelDocumentRequest", Whose::Parties, values, &others)
}
