//! What actors do from the first conversation until a journey may be booked, and to halt, end or reopen a case.

use super::actor::Actor;
use super::command::Command;
use super::fixtures::ConsentLine;
use super::row::Case;
use chrono::TimeDelta;
use serde_json::{Value, json};

impl Actor {
    /// Records a counselling session on the return, in a language that is understood.
    pub fn counsels(&self, case: &Case) -> Command<'_, ()> {
        self.on_case(case, "recordCounselling")
            .with("kind", "RETURN")
            .with("mode", "IN_PERSON")
            .with("language", "ar")
            .with("languageUnderstood", true)
            .with("facilityKind", "ASYLUM_CENTRE")
            .with("heldOn", self.now().date_naive().to_string())
    }

    /// Decides that the persons can be assisted: vulnerabilities are assessed, the decision is voluntary.
    pub fn finds_eligible(&self, case: &Case) -> Command<'_, ()> {
        let recorded = self.now();
        self.on_case(case, "decideEligibility")
            .with("outcome", "ELIGIBLE")
            .with("vulnerabilityAssessedAt", json!(recorded))
            .with("voluntariness", voluntary(json!(recorded)))
    }

    /// Has the application signed, with a Data Exchange form.
    pub fn has_signed(&self, case: &Case, form: &[ConsentLine]) -> Command<'_, ()> {
        let signed = self.now() - TimeDelta::minutes(30);
        self.on_case(case, "signApplication")
            .with("application", application(case, form, json!(signed)))
    }

    /// Registers the application that was signed.
    pub fn registers_signed(&self, case: &Case) -> Command<'_, ()> {
        self.on_case(case, "registerCase")
            .with("mimosaReference", "MIM-20260045")
    }

    /// Counsels the persons, finds them eligible, has the application signed and registers it.
    pub async fn registers(&self, case: &Case, form: &[ConsentLine]) {
        self.counsels(case).await;
        self.finds_eligible(case).await;
        self.has_signed(case, form).await;
        self.registers_signed(case).await;
    }

    /// Asks the authority of the host territory whether it objects.
    pub fn asks_for_objections(&self, case: &Case) -> Command<'_, ()> {
        self.on_case(case, "requestObjectionCheck")
    }

    /// Answers that it does not object.
    pub fn does_not_object(&self, case: &Case) -> Command<'_, ()> {
        Command::new(self, ("decideObjection", "case"), "{ id }", |_| ())
            .on_case(case)
            .with("outcome", "CLEAR")
    }

    /// Answers that it objects.
    pub fn objects(&self, case: &Case, ground: &str) -> Command<'_, ()> {
        self.does_not_object(case)
            .with("outcome", "OBJECTED")
            .with("ground", ground)
    }

    /// Lets the preparation of the departure begin.
    pub fn starts_pre_departure(&self, case: &Case) -> Command<'_, ()> {
        self.on_case(case, "startPreDeparture")
    }

    /// The authority is asked and does not object, or a supervisor does not wait where the persons do not consent to the
    /// question; the statutory period begins.
    pub async fn prepares_the_departure(&self, case: &Case) {
        let answer = self.asks_for_objections(case).answer().await;
        let errors = answer.ok()["requestObjectionCheck"]["errors"].take();
        if errors == json!([]) {
            self.authority_asked().does_not_object(case).await;
            self.starts_pre_departure(case).await;
        } else {
            assert_eq!(errors[0]["code"], "CONSENT_MISSING", "{errors}");
            self.supervisor()
                .starts_pre_departure(case)
                .with("waiver", "NO_CONSENT")
                .await;
        }
    }

    /// The authority that a sending mission asks whether it objects, by the territories' defaults.
    #[must_use]
    pub fn authority_asked(&self) -> Self {
        let client = match self.client.trim_end_matches("-supervisor") {
            "iom-belgrade" => "migration-serbia",
            "iom-sarajevo" => "migration-bih-asylum",
            "iom-skopje" => "migration-north-macedonia",
            "iom-podgorica" => "migration-montenegro",
            "iom-tirana" => "police-albania",
            _ => "migration-kosovo",
        };
        Self {
            client: client.to_owned(),
            ..self.clone()
        }
    }

    /// Extends the statutory period, as confirmed in writing today.
    pub fn extends_the_period(&self, case: &Case, days: i32, reason: &str) -> Command<'_, ()> {
        Command::new(self, ("extendStatutoryPeriod", "case"), "{ id }", |_| ())
            .on_case(case)
            .with("days", days)
            .with("reason", reason)
            .with("confirmedOn", self.now().date_naive().to_string())
    }

    /// Lets a departure lie beyond the statutory period.
    pub fn overrides_the_period(&self, case: &Case, reason: &str) -> Command<'_, ()> {
        self.on_case(case, "overrideStatutoryPeriod")
            .with("reason", reason)
    }

    /// Halts a case.
    pub fn holds(&self, case: &Case, reason: &str) -> Command<'_, ()> {
        self.on_case(case, "holdCase").with("reason", reason)
    }

    /// Lets a halted case go on.
    pub fn resumes(&self, case: &Case) -> Command<'_, ()> {
        self.on_case(case, "resumeCase")
    }

    /// Ends an application in IOM's name.
    pub fn terminates(&self, case: &Case, reason: &str) -> Command<'_, ()> {
        self.on_case(case, "terminateCase").with("reason", reason)
    }

    /// Takes an application up again that had ended, signed anew with another Data Exchange form.
    pub fn reopens(&self, case: &Case, form: &[ConsentLine]) -> Command<'_, ()> {
        let signed = self.now();
        self.on_case(case, "reopenCase")
            .with("application", application(case, form, json!(signed)))
            .with("voluntarinessRecordedAt", json!(signed))
    }

    fn on_case(&self, case: &Case, mutation: &'static str) -> Command<'_, ()> {
        Command::new(self, (mutation, "case"), "{ id }", |_| ())
            .on_case(case)
            .at_version_of_case(case)
    }
}

/// A voluntariness record that holds.
pub fn voluntary(recorded: Value) -> Value {
    json!({ "recordedAt": recorded, "freeChoice": true, "informed": true, "capacity": true, "decides": "SELF" })
}

/// The forms as they are signed: by a guardian where nobody on the case is of age.
pub fn application(case: &Case, form: &[ConsentLine], signed: Value) -> Value {
    let by = if case.are_children() { "GUARDIAN" } else { "SELF" };
    let consents: Vec<Value> = form
        .iter()
        .map(|(class, purpose, category)| {
            json!({ "recipientClass": class, "purpose": purpose, "category": category, "signedAt": signed, "signedBy": by })
        })
        .collect();
    json!({
        "signedAt": signed,
        "signedBy": by,
        "dataExchangeForm": if form.is_empty() { "REFUSED" } else { "SIGNED" },
        "consents": consents,
    })
}
