//! The rows of the two returns, each with what all of its fields hold.

mod application;
mod journeys;
mod movements;
mod persons;
mod safeguards;

use super::census::Census;
use super::funding;
use super::story::{Steps, Story};
use super::truth::{Key, Row, Truth, Whose};
use crate::support::fixtures::Person;
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::domain::consent::{ConsentCategory, RecipientClass};
use avrr_gateway::domain::territory::{CountryCode, KOSOVO_FOOTNOTE};
use avrr_gateway::policy::relation::Relation;
use chrono::{DateTime, Days, TimeDelta, Utc};
use journeys::{a_handling, an_itinerary, segments};
pub use journeys::{escalations, suspensions};
use persons::a_person;
use safeguards::Who;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Every row of the story, by type and key.
pub type Rows = BTreeMap<(&'static str, Key), Row>;

/// A consent as it holds.
type Holding = Vec<(RecipientClass, ConsentCategory)>;

/// The rows of the story that hang on its cases.
pub fn rows(story: &Story, census: &Census) -> Rows {
    let mut rows = Rows::new();
    let mut one = OnCase::new(
        &mut rows,
        census.case_of(&story.one),
        &story.arrived,
        "XK-A",
        census,
    );
    one.aftercare();
    one.referrals();
    one.case(&story.one, ("REINTEGRATION", "MIM-2026-A045", Value::Null));
    one.requests();
    one.own_document();
    one.journeys();
    one.movement();
    one.grant(
        (105_000, 8),
        "RECOVERY",
        &[(70_000, "VERIFIED"), (35_000, "PAID")],
    );
    one.packages_after_the_return();
    one.seen_by_oversight();
    let listed = census.case_of(&story.family);
    let mut other = OnCase::new(&mut rows, listed, &story.withdrawn, "XK-B", census);
    other.case(
        &story.family,
        ("WITHDRAWN", "MIM-2026-B045", json!("FAMILY_REASONS")),
    );
    other.requests();
    other.journeys();
    other.grant((50_000, 2), "VOIDED", &[(50_000, "VOIDED")]);
    let (packaged, ended) = (other.steps.packaged, other.steps.withdrawn);
    let items = [json!({ "amount": euros(80_000), "state": "DROPPED" })];
    let values = json!({ "state": "FORFEITED", "version": 2, "proposedAt": packaged, "endedAt": ended });
    other.package(0, values, Truth::Value(Value::Null), &items, &[]);
    rows
}

/// A country or territory as the schema writes it.
pub fn place(code: &str) -> Value {
    let name = CountryCode::parse(code).expect("a country").name();
    match code {
        "XKX" => json!({ "code": "XKX", "name": "Kosovo*", "footnote": KOSOVO_FOOTNOTE }),
        _ => json!({ "code": code, "name": name, "footnote": null }),
    }
}

pub(super) fn euros(minor: i64) -> Value {
    json!({ "amountMinor": minor, "currency": "EUR" })
}

/// The rows that hang on one case.
pub(super) struct OnCase<'a> {
    rows: &'a mut Rows,
    pub(super) listed: Value,
    pub(super) steps: &'a Steps,
    reference: &'static str,
    pub(super) census: &'a Census,
    holding: Holding,
}

impl<'a> OnCase<'a> {
    fn new(
        rows: &'a mut Rows,
        listed: Value,
        steps: &'a Steps,
        reference: &'static str,
        census: &'a Census,
    ) -> Self {
        let consents = listed["consents"].as_array().expect("consents");
        let holding = consents
            .iter()
            // The first return took that one back.
            .filter(|consent| consent["category"] != "PHOTO" || steps.revoked.is_none())
            .map(classified)
            .collect();
        Self {
            rows,
            listed,
            steps,
            reference,
            census,
            holding,
        }
    }

    /// Adds a row; without a part it is the row of this id itself.
    pub(super) fn add(&mut self, id: Uuid, part: usize, row: Row) {
        let mut row = row.under(&self.holding);
        // A service protects the man of the first return alone.
        if row.whose == Whose::Parties && self.steps.after.is_none() {
            row.whose = Whose::NoService;
        }
        self.rows.insert((row.type_name, (id, part.to_string())), row);
    }

    /// Whom a picture is there for: without the post where the persons took their consent back, or gave none.
    pub(super) fn seen_by_the_post(&self, without: &'static [Relation], with: &'static [Relation]) -> Whose {
        Whose::Between(if self.steps.revoked.is_some() {
            without
        } else {
            with
        })
    }

    pub(super) fn id(&self, row: &Value) -> Uuid {
        self.census.sending_id(&row["id"])
    }

    pub(super) fn nth(&self, list: &str, nth: usize) -> Uuid {
        self.id(&self.listed[list][nth])
    }

    /// The one survey of the story, with one answer.
    fn survey(&mut self, [recorded, validated]: [DateTime<Utc>; 2]) -> Truth {
        let values = json!({
            "instrument": "RSS",
            "instrumentVersion": "1",
            "round": 1,
            "outcome": "SUBMITTED",
            "state": "VALIDATED",
            "heldOn": recorded.date_naive(),
            "mode": "PHONE",
            "language": "ar",
            "outsideWindow": "SECURITY",
            "recordedAt": recorded,
            "validatedAt": validated,
        });
        let others = [
            ("person", Truth::One("Person")),
            ("answers", Truth::Many("SurveyAnswer")),
        ];
        let id = self.id(&self.listed);
        self.add(id, 0, Row::new("SurveyResponse", Whose::Parties, values, &others));
        let answer = json!({ "question": "ACCESS_TO_HOUSING", "answer": "VERY_GOOD" });
        self.add(id, 0, Row::new("SurveyAnswer", Whose::Parties, answer, &[]));
        Truth::Many("SurveyResponse")
    }

    #[expect(clippy::too_many_lines, reason = "one line for each field of a case")]
    fn case(&mut self, persons: &[Person], (state, mimosa, withdrawal): (&str, &str, Value)) {
        let steps = self.steps;
        let returned = steps.arrived.is_some();
        let values = json!({
            "state": state,
            "returnMode": "ASSISTED_VOLUNTARY",
            "legalStatusAtApplication": "ASYLUM_REJECTED",
            "hostTerritory": place("XKX"),
            "countryOfReturn": place("IRQ"),
            "destinationCity": "Baghdad",
            "mimosaReference": mimosa,
            "prismReference": mimosa.replacen("MIM", "PR", 1),
            "openedAt": steps.opened,
            "registeredAt": steps.registered,
            "applicationSignedAt": steps.signed,
            "applicationValidUntil": steps.signed.date_naive() + Days::new(90),
            "voluntarinessRecordedAt": steps.signed + TimeDelta::minutes(20),
            "declarationSignedAt": steps.declared,
            "departedAt": steps.departed,
            "arrivedAt": steps.arrived,
            "withdrawalReason": withdrawal,
            "withdrawnInTransit": false,
            "eligibility": "ELIGIBLE",
            "ineligibilityReason": null,
            "dataExchangeForm": "SIGNED",
            "holdReason": null,
            "terminationReason": null,
            "preferredFrom": "2026-03-10",
            "preferredTo": "2026-04-10",
            "personCount": persons.len(),
            // The sending mission says which; everybody else has to be told the same.
            "version": self.listed["version"],
        });
        let asked = match steps.surveyed {
            Some(moments) => self.survey(moments),
            None => Truth::Value(json!([])),
        };
        let own = match steps.own_document {
            Some(_) => Truth::Many("PersonalDocument"),
            None => Truth::Value(json!([])),
        };
        let once_returned = |of| {
            if returned {
                Truth::Many(of)
            } else {
                Truth::Value(json!([]))
            }
        };
        let others = [
            ("id", Truth::Id),
            ("reference", Truth::Reference(self.reference.to_owned())),
            ("sendingMission", Truth::One("Organisation")),
            ("receivingMission", Truth::One("Organisation")),
            ("persons", Truth::Many("Person")),
            ("consents", Truth::Many("Consent")),
            ("travelDocumentRequests", Truth::Many("TravelDocumentRequest")),
            ("personalDocuments", own),
            ("itineraries", Truth::Many("Itinerary")),
            ("cashGrants", Truth::Many("CashGrant")),
            ("fundingProject", Truth::One("Project")),
            ("family", Truth::One("Family")),
            ("reintegrationPackages", Truth::Many("ReintegrationPackage")),
            ("history", Truth::Many("HistoryEntry")),
            (
                "aftercare",
                if returned {
                    Truth::One("Aftercare")
                } else {
                    Truth::Value(Value::Null)
                },
            ),
            ("handovers", once_returned("Handover")),
            ("surveyResponses", asked),
            ("referrals", once_returned("Referral")),
            ("breakGlassAccesses", once_returned("BreakGlassAccess")),
            ("counsellingSessions", Truth::Many("CounsellingSession")),
            ("returnDecision", Truth::One("ReturnDecision")),
            ("statutoryPeriod", Truth::One("StatutoryPeriod")),
            ("objectionChecks", Truth::Many("ObjectionCheck")),
        ];
        let id = self.id(&self.listed);
        let claims = self.claims(id);
        let others = others.into_iter().chain(self.arrangements()).chain([claims]);
        let others = others.collect::<Vec<_>>();
        self.add(id, 0, Row::new("Case", Whose::Parties, values, &others));
        self.arranged(id);
        self.application(id);
        let members = [("members", Truth::Many("Person"))];
        let family = json!({ "householdSize": persons.len() });
        self.add(id, 0, Row::new("Family", Whose::Parties, family, &members));
        for (nth, person) in persons.iter().enumerate() {
            let id = self.nth("persons", nth);
            let who = Who::of(self.reference, nth);
            self.add(id, 0, a_person(person, who));
            self.protected(id, who);
            let photo = self.listed["persons"][nth]["photo"].clone();
            let iom = &[
                Relation::Sending,
                Relation::Transit,
                Relation::Receiving,
                Relation::Police,
            ];
            let and_the_post = &[
                Relation::Sending,
                Relation::Transit,
                Relation::Receiving,
                Relation::Police,
                Relation::Consular,
            ];
            let whose = self.seen_by_the_post(iom, and_the_post);
            self.add(id, 0, Row::new("Photo", whose, photo, &[]));
        }
        for consent in self.listed["consents"].as_array().expect("consents").clone() {
            let id = self.id(&consent);
            let row = a_consent(&consent, steps);
            self.add(id, 0, row);
        }
    }

    fn journeys(&mut self) {
        use Relation::{Migration, Police, Transit};
        let steps = self.steps;
        for (nth, journey) in steps.journeys.iter().enumerate() {
            let id = self.nth("itineraries", nth);
            // Those outside IOM are told of a journey once everything is in place for it.
            let told: &'static [Relation] = match journey.suspended {
                Some(_) => &[Transit],
                None => &[Transit, Police, Migration],
            };
            self.add(id, 0, an_itinerary(nth, journey, (told, steps)));
            self.add(id, 0, a_handling(journey, told));
            if let Some(broken) = journey.broken {
                let incident = json!({ "segment": 1, "kind": "MISSED_CONNECTION", "airport": "IST", "occurredAt": broken });
                self.add(
                    id,
                    0,
                    Row::new("TransitIncident", Whose::Told(told), incident, &[]),
                );
                let arrival = json!({
                    "airport": "BGW",
                    "arrivedAt": steps.arrived,
                    "onwardTravel": "BY_IOM",
                    "onwardTo": "Diwaniya",
                });
                let person = [("person", Truth::One("Person"))];
                self.add(id, 0, Row::new("Arrival", Whose::Told(told), arrival, &person));
            }
            for (nth, segment) in segments(journey).into_iter().enumerate() {
                self.add(id, nth, Row::new("Segment", Whose::Told(told), segment, &[]));
            }
            self.history(id, &self.listed["itineraries"][nth]["history"].clone());
        }
    }

    /// The sending mission says what happened; everybody else has to be told the same.
    fn history(&mut self, id: Uuid, entries: &Value) {
        for (nth, entry) in entries.as_array().expect("a history").iter().enumerate() {
            let others = [("organisation", Truth::One("Organisation"))];
            let row = Row::new("HistoryEntry", Whose::Parties, entry.clone(), &others);
            self.add(id, nth, row);
        }
    }

    fn grant(&mut self, (amount, version): (i64, i32), state: &str, tranches: &[(i64, &str)]) {
        let steps = self.steps;
        let id = self.nth("cashGrants", 0);
        let of_one_alone = tranches.len() == 2;
        let persons = if of_one_alone { 1 } else { 2 };
        let account = if of_one_alone {
            let values = json!({ "kind": "IBAN", "number": "IQ98NBIQ850123456789012" });
            self.add(id, 0, Row::new("PayeeAccount", Whose::Parties, values, &[]));
            Truth::One("PayeeAccount")
        } else {
            Truth::Value(Value::Null)
        };
        let computed = json!(steps.approved.unwrap_or(steps.granted));
        self.add(id, 0, funding::computation(persons, computed));
        let values = json!({
            "state": state,
            "amount": euros(amount),
            "proposedAt": steps.granted,
            "approvedAt": steps.approved,
            "donorApprovalReference": of_one_alone.then_some("D-2026-17"),
            "singleTrancheReason": (!of_one_alone).then_some("SELF_EMPLOYMENT"),
            "endReason": if of_one_alone { "DUPLICATE" } else { "APPLICATION_ENDED" },
            "recovery": of_one_alone.then_some("RECOVER"),
            "version": version,
        });
        let others = [
            ("id", Truth::Id),
            ("case", Truth::One("Case")),
            ("payee", Truth::One("Person")),
            ("payeeAccount", account),
            ("tranches", Truth::Many("Tranche")),
            ("fundingProject", Truth::One("Project")),
            ("rule", Truth::One("GrantRule")),
            ("computation", Truth::One("GrantComputation")),
            ("exchangeRate", Truth::One("ExchangeRate")),
            ("history", Truth::Many("HistoryEntry")),
        ];
        self.add(id, 0, Row::new("CashGrant", Whose::Parties, values, &others));
        for (nth, (amount, state)) in tranches.iter().enumerate() {
            let (first, second) = (*state == "VERIFIED", *state == "PAID");
            let paid = if first { steps.paid } else { steps.paid_later };
            let values = json!({
                "number": nth + 1,
                "amount": euros(*amount),
                "state": state,
                "paidAt": paid,
                "milestoneKind": second.then_some("VISIT"),
                "milestoneReference": second.then_some("V-2026-17"),
                "receiptReference": first.then_some("R-2026-1"),
                "receiptedAt": steps.receipted.filter(|_| first),
                "verifiedAt": steps.verified.filter(|_| first),
            });
            self.add(id, nth, Row::new("Tranche", Whose::Parties, values, &[]));
        }
    }
}

fn classified(consent: &Value) -> (RecipientClass, ConsentCategory) {
    let word = |field: &str| consent[field].as_str().unwrap_or_default();
    let class = RecipientClass::from_code(word("recipientClass")).expect("a class of recipient");
    (
        class,
        ConsentCategory::from_code(word("category")).expect("a category"),
    )
}

fn a_consent(consent: &Value, steps: &Steps) -> Row {
    let (class, category) = classified(consent);
    let revoked = steps.revoked.filter(|_| category == ConsentCategory::Photo);
    let after = steps.after.as_ref();
    let named = after.filter(|_| class == RecipientClass::ServiceProvider);
    let values = json!({
        "recipientClass": class.code(),
        "purpose": consent["purpose"],
        "category": category.code(),
        "active": revoked.is_none(),
        "state": if revoked.is_some() { "REVOKED" } else { "ACTIVE" },
        "signedAt": named.map_or(steps.signed, |after| after.protected),
        "revokedAt": revoked,
    });
    let (whose, recipient) = match named {
        Some(_) => (
            Whose::Between(&[Relation::Sending, Relation::Service]),
            Truth::One("Organisation"),
        ),
        None => (Whose::Recipients(class), Truth::Value(Value::Null)),
    };
    let others = [("id", Truth::Id), ("recipient", recipient)];
    Row::new("Consent", whose, values, &others)
}
