//! The rows of what protects the persons of the two returns.

use super::super::story::{ESCORT, FACILITY, SHELTER, Steps};
use super::super::truth::{Row, Truth, Whose};
use super::OnCase;
use crate::support::fixtures::Person;
use crate::support::verbs_safeguards::{GUARDIAN, HANDOVER_PARTY};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// Which of the persons of the story it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The man in detention.
    Detained,
    /// The grandmother who needs care.
    CaredFor,
    /// The child who is looked after.
    LookedAfter,
}

impl Who {
    /// The person of this number on the case of this reference.
    pub fn of(reference: &str, nth: usize) -> Self {
        match (reference, nth) {
            ("XK-A", _) => Self::Detained,
            (_, 0) => Self::CaredFor,
            _ => Self::LookedAfter,
        }
    }

    /// What protects the person, as fields of the person: values, and rows.
    pub fn of_person(self, person: &Person) -> (Value, Vec<(&'static str, Truth)>) {
        let (cared_for, looked_after) = (self == Self::CaredFor, self == Self::LookedAfter);
        let detained = self == Self::Detained;
        let if_so = |so: bool, value: Value| if so { value } else { Value::Null };
        let one = |so: bool, name| {
            if so {
                Truth::One(name)
            } else {
                Truth::Value(Value::Null)
            }
        };
        let many = |so: bool, name| {
            if so {
                Truth::Many(name)
            } else {
                Truth::Value(json!([]))
            }
        };
        let needs = match self {
            Self::Detained => json!(["REST"]),
            Self::CaredFor => json!(["WHEELCHAIR"]),
            Self::LookedAfter => json!([]),
        };
        let values = json!({
            "minor": person.input["dateOfBirth"].as_str().expect("a date") > "2008-03-02",
            "unaccompanied": false,
            "specialCase": detained || cared_for,
            "specialHandling": cared_for,
            "needs": needs,
            "guardianName": if_so(looked_after, json!(GUARDIAN[0])),
            "guardianContact": if_so(looked_after, json!(GUARDIAN[1])),
            "guardianAuthority": if_so(looked_after, json!(GUARDIAN[2])),
            "diagnosis": if_so(cared_for, json!("Arthrosis")),
            "medication": if_so(cared_for, json!("Ibuprofen")),
        });
        let rows = vec![
            (
                "vulnerability",
                one(detained || cared_for, "VulnerabilityAssessment"),
            ),
            ("childSafeguards", one(looked_after, "ChildSafeguards")),
            ("fitness", one(cared_for, "FitnessAssessment")),
            ("healthRequirements", many(cared_for, "HealthRequirement")),
            ("escorts", many(cared_for, "Escort")),
            ("detention", one(detained, "Detention")),
            ("consularAppointments", many(detained, "ConsularAppointment")),
        ];
        (values, rows)
    }
}

impl OnCase<'_> {
    /// What protects a person: rows that are parts of the person.
    pub(super) fn protected(&mut self, id: Uuid, who: Who) {
        let steps = self.steps;
        let day = steps.opened.date_naive();
        let rows = match who {
            Who::Detained => vec![
                assessed(steps, true),
                (
                    "Detention",
                    json!({ "facility": FACILITY, "since": day - TimeDelta::days(10), "endedOn": day }),
                ),
                (
                    "ConsularAppointment",
                    json!({ "number": 1, "at": steps.appointment, "supportedAt": steps.supported }),
                ),
            ],
            Who::CaredFor => vec![
                assessed(steps, false),
                (
                    "FitnessAssessment",
                    json!({
                        "state": "FIT_WITH_CONDITIONS",
                        "conditions": ["WHEELCHAIR"],
                        "requestedAt": steps.fitness_requested,
                        "performedAt": steps.examined,
                        "validUntil": steps.examined + TimeDelta::hours(72),
                    }),
                ),
                (
                    "HealthRequirement",
                    json!({ "requirement": "PCR_TEST", "result": "NEGATIVE", "validUntil": steps.test_valid_until }),
                ),
                (
                    "Escort",
                    json!({ "number": 1, "kind": "OPERATIONAL", "state": "CANCELLED", "name": ESCORT }),
                ),
            ],
            Who::LookedAfter => vec![(
                "ChildSafeguards",
                json!({
                    "bestInterests": "RETURN",
                    "guardianConsentedAt": steps.child_consented,
                    "childConsentedAt": steps.child_consented,
                    "familyAssessedOn": day,
                    "handoverParty": HANDOVER_PARTY,
                }),
            )],
        };
        for (type_name, values) in rows {
            self.add(id, 0, Row::new(type_name, Whose::Parties, values, &[]));
        }
        if let (Who::Detained, Some(interview)) = (who, self.interview()) {
            let values = json!({ "number": 2, "at": interview, "supportedAt": null });
            self.add(
                id,
                1,
                Row::new("ConsularAppointment", Whose::Parties, values, &[]),
            );
        }
    }

    /// The interview that the post settled.
    fn interview(&self) -> Option<DateTime<Utc>> {
        let mut between = self.steps.requests.iter().filter_map(|request| request.between);
        between.next().map(|between| between.interview)
    }

    /// What is arranged before the departure: rows that are parts of the case.
    pub(super) fn arranged(&mut self, id: Uuid) {
        let steps = self.steps;
        let rows = if self.reference == "XK-A" {
            vec![(
                "AirportTransfer",
                json!({ "provider": "AUTHORITY", "pickUpFacility": FACILITY, "pickUpAt": steps.pick_up }),
            )]
        } else {
            let today = steps.cleared.date_naive();
            vec![
                (
                    "AirlineClearance",
                    json!({ "kind": "GROUP", "reference": "GRP-0045", "clearedAt": steps.cleared }),
                ),
                (
                    "TemporaryAccommodation",
                    json!({ "place": SHELTER, "from": today, "until": today }),
                ),
            ]
        };
        for (type_name, values) in rows {
            self.add(id, 0, Row::new(type_name, Whose::Parties, values, &[]));
        }
    }

    /// The same as fields of the case.
    pub(super) fn arrangements(&self) -> [(&'static str, Truth); 3] {
        let first = self.reference == "XK-A";
        let many = |so: bool, name| {
            if so {
                Truth::Many(name)
            } else {
                Truth::Value(json!([]))
            }
        };
        let transfer = if first {
            Truth::One("AirportTransfer")
        } else {
            Truth::Value(Value::Null)
        };
        [
            ("airlineClearances", many(!first, "AirlineClearance")),
            ("airportTransfer", transfer),
            ("temporaryAccommodations", many(!first, "TemporaryAccommodation")),
        ]
    }
}

fn assessed(steps: &Steps, trafficked: bool) -> (&'static str, Value) {
    let values = json!({
        "assessedOn": steps.opened.date_naive(),
        "categories": ["AGED"],
        "victimOfTrafficking": trafficked,
    });
    ("VulnerabilityAssessment", values)
}
