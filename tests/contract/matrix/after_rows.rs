//! The rows of what follows the return, each with what all of its fields hold.

use super::rows::{OnCase, euros};
use super::story::{BAGHDAD, PRISTINA};
use super::truth::{Row, Truth, Whose};
use crate::support::services::SERVICE;
use avrr_gateway::policy::relation::Relation;
use chrono::TimeDelta;
use serde_json::{Value, json};

impl OnCase<'_> {
    /// What the two packages of the first return came to: one followed up and suspended, one given to another mission.
    pub(super) fn packages_after_the_return(&mut self) {
        let after = self.steps.after.as_ref().expect("a return");
        let press = json!({
            "amount": euros(90_000), "state": "RECEIPT_VERIFIED", "deliveredAt": after.delivered,
            "quoteReference": "Q-0", "quotedAt": after.quoted, "orderedAt": after.ordered,
            "receiptReference": "R-0", "receiptVerifiedAt": after.verified,
        });
        let other = json!({ "amount": euros(60_000), "state": "APPROVED", "exceptional": true });
        let values = json!({
            "state": "SUSPENDED", "version": 9, "proposedAt": self.steps.packaged, "agreedAt": after.agreed,
            "donorApprovalReference": "DK-2026-117", "suspensionReason": "INSECURE_AREA",
        });
        let contact = json!({
            "mode": "VISIT", "result": "ON_TRACK", "on": after.followed.date_naive(), "by": BAGHDAD,
        });
        self.package(0, values, Truth::Value(Value::Null), &[press, other], &[contact]);
        let values = json!({
            "state": "TRANSFERRED", "version": 3, "proposedAt": after.proposed, "agreedAt": after.agreed_too,
        });
        let item = json!({ "amount": euros(70_000), "state": "APPROVED" });
        self.package(1, values, Truth::One("Organisation"), &[item], &[]);
    }

    /// A package: what is the same for all, and what is not.
    pub(super) fn package(
        &mut self,
        nth: usize,
        own: Value,
        kept_by: Truth,
        items: &[Value],
        contacts: &[Value],
    ) {
        let id = self.nth("reintegrationPackages", nth);
        let common = json!({
            "ceiling": euros(150_000),
            "plan": "Opens a printing shop with his brothers.",
            "cashAllowed": false,
            "revision": 1,
            "agreedAt": null,
            "donorApprovalReference": null,
            "suspensionReason": null,
            "endedAt": null,
        });
        let contacted = if contacts.is_empty() {
            Truth::Value(json!([]))
        } else {
            Truth::Many("MonitoringContact")
        };
        let others = [
            ("id", Truth::Id),
            ("case", Truth::One("Case")),
            ("beneficiary", Truth::One("Person")),
            ("fundingProject", Truth::One("Project")),
            ("items", Truth::Many("PackageItem")),
            ("monitoringContacts", contacted),
            ("transferredTo", kept_by),
            ("history", Truth::Many("HistoryEntry")),
        ];
        let row = Row::new("ReintegrationPackage", Whose::Parties, over(common, own), &others);
        self.add(id, 0, row);
        for (nth, own) in items.iter().enumerate() {
            let common = json!({
                "position": nth,
                "category": "INCOME_GENERATION",
                "modality": "IN_KIND",
                "description": "A screen printing press",
                "exceptional": false,
                "quoteReference": null,
                "quotedAt": null,
                "orderedAt": null,
                "deliveredAt": null,
                "receiptReference": null,
                "receiptVerifiedAt": null,
            });
            let values = over(common, own.clone());
            self.add(id, nth, Row::new("PackageItem", Whose::Parties, values, &[]));
        }
        for (nth, values) in contacts.iter().enumerate() {
            let row = Row::new("MonitoringContact", Whose::Parties, values.clone(), &[]);
            self.add(id, nth, row);
        }
    }

    /// Referrals: between two organisations, or of one to a provider.
    pub(super) fn referrals(&mut self) {
        use Relation::{Migration, Receiving, Sending, Service};
        let after = self.steps.after.as_ref().expect("a return");
        for (nth, steps) in after.referrals.iter().enumerate() {
            let between: &'static [Relation] = match (steps.sender, steps.recipient) {
                (PRISTINA, Some(SERVICE)) => &[Sending, Service],
                (PRISTINA, Some(_)) => &[Sending, Migration],
                (PRISTINA, None) => &[Sending],
                (_, Some(_)) => &[Receiving, Sending],
                (_, None) => &[Receiving],
            };
            let asked = steps.recipient.is_some();
            let rejected = steps.state == "REJECTED";
            let values = json!({
                "provider": (!asked).then_some("A legal clinic"),
                "service": steps.service,
                "consentOverride": (!asked).then_some("VITAL_INTEREST"),
                "state": steps.state,
                "sentAt": steps.sent,
                "answeredAt": steps.answered,
                "endedAt": steps.answered.filter(|_| rejected),
                "rejection": rejected.then_some("NO_CAPACITY"),
                "version": if asked { 2 } else { 1 },
            });
            let [recipient, person] = ["Organisation", "Person"].map(|of| {
                if asked {
                    Truth::One(of)
                } else {
                    Truth::Value(Value::Null)
                }
            });
            let others = [
                ("id", Truth::Id),
                ("case", Truth::One("Case")),
                ("sender", Truth::One("Organisation")),
                ("recipient", recipient),
                ("person", person),
                ("history", Truth::Many("HistoryEntry")),
            ];
            let id = self.census.referral(nth);
            self.add(
                id,
                0,
                Row::new("Referral", Whose::Between(between), values, &others),
            );
        }
    }

    /// The access of oversight, which was closed before its time was over.
    pub(super) fn seen_by_oversight(&mut self) {
        let after = self.steps.after.as_ref().expect("a return");
        let [asked, approved, closed] = after.seen;
        let values = json!({
            "reason": "COMPLAINT",
            "explanation": "A letter of the applicant's lawyer",
            "minutes": 30,
            "state": "CLOSED",
            "requestedAt": asked,
            "decidedAt": approved,
            "openUntil": approved + TimeDelta::minutes(30),
            "endedAt": closed,
            "version": 3,
        });
        let others = [
            ("id", Truth::Id),
            ("case", Truth::One("Case")),
            ("organisation", Truth::One("Organisation")),
            ("history", Truth::Many("HistoryEntry")),
        ];
        let id = self.nth("breakGlassAccesses", 0);
        let row = Row::new("BreakGlassAccess", Whose::Parties, values, &others);
        self.add(id, 0, row);
    }

    /// What is known from the return on, and the two handovers: refused by one, accepted by another.
    pub(super) fn aftercare(&mut self) {
        let id = self.id(&self.listed);
        let after = self.steps.after.as_ref().expect("a return");
        let values = json!({
            "admittedOn": null,
            "returningState": null,
            "counselledAt": after.counselled,
            "satisfactionSurveyOffered": false,
            "sustainabilitySurveyOn": null,
            "sustainabilitySurveyWaived": null,
        });
        self.add(id, 0, Row::new("Aftercare", Whose::Parties, values, &[]));
        let handovers = [
            json!({ "to": "An uncle", "relation": "RELATIVE", "at": after.refused, "acceptedBy": null,
                    "refusal": "NOT_IN_BEST_INTERESTS" }),
            json!({ "to": "A ward", "relation": "MEDICAL_FACILITY", "at": after.handed, "acceptedBy": "A ward",
                    "refusal": null }),
        ];
        for (nth, values) in handovers.into_iter().enumerate() {
            let row = Row::new(
                "Handover",
                Whose::Parties,
                values,
                &[("person", Truth::One("Person"))],
            );
            self.add(id, nth, row);
        }
    }
}

/// Fields with others over them.
fn over(mut common: Value, own: Value) -> Value {
    let Value::Object(own) = own else { panic!("fields") };
    for (field, value) in own {
        common[field] = value;
    }
    common
}
