//! What was decided of the application, with what all of its fields hold.

use super::OnCase;
use crate::matrix::truth::{Row, Truth, Whose};
use avrr_gateway::domain::territory::KOSOVO_FOOTNOTE;
use avrr_gateway::policy::relation::Relation;
use chrono::Days;
use serde_json::json;
use uuid::Uuid;

impl OnCase<'_> {
    /// What the case says of procedures for international protection: the man of the first return is in one.
    pub(super) fn claims(&mut self, id: Uuid) -> (&'static str, Truth) {
        if self.steps.arrived.is_none() {
            return ("asylumClaims", Truth::Value(json!([])));
        }
        let claim = json!({
            "stage": "REJECTED",
            "number": "A-2025-117",
            "lodgedOn": "2025-09-01",
            "decidedOn": "2026-01-20",
            "version": 2,
        });
        let others = [
            ("authority", Truth::One("Organisation")),
            ("history", Truth::Many("HistoryEntry")),
        ];
        let row = Row::new("AsylumClaim", Whose::Parties, claim, &others);
        self.add(id, 0, row.by(&[Relation::Migration]));
        ("asylumClaims", Truth::Many("AsylumClaim"))
    }

    /// The return decision, the statutory period with its extension, and the question to the authority.
    pub(super) fn application(&mut self, id: Uuid) {
        let steps = self.steps;
        let decision = json!({
            "number": "RD-2026-7",
            "issuedOn": "2026-02-02",
            "authority": "Department for Citizenship",
            "mentionsAvrr": true,
            "servedOn": "2026-02-05",
        });
        self.add(id, 0, Row::new("ReturnDecision", Whose::Parties, decision, &[]));
        let session = json!({
            "kind": "RETURN",
            "mode": "IN_PERSON",
            "language": "ar",
            "languageUnderstood": true,
            "interpreter": false,
            "culturalMediator": true,
            "facilityKind": "ASYLUM_CENTRE",
            "heldOn": steps.opened.date_naive(),
        });
        self.add(
            id,
            0,
            Row::new("CounsellingSession", Whose::Parties, session, &[]),
        );
        let began = steps.prepared.date_naive();
        let ends = began + Days::new(30 + 10);
        let period = json!({
            "startsOn": began,
            "days": 30,
            "endsOn": ends,
            "daysOnHold": 0,
            "holdStopsPeriod": false,
        });
        let extensions = [("extensions", Truth::Many("StatutoryExtension"))];
        self.add(
            id,
            0,
            Row::new("StatutoryPeriod", Whose::Parties, period, &extensions),
        );
        let confirmation = format!(
            "Confirmation that the period for voluntary departure is extended\n(Directive 2008/115/EC, Article 14)\n\n\
             Territory: Kosovo*\nExtended by: 10 days\nReason: Children at school.\nLast day of the period: {ends}\n\
             Date of the confirmation: {began}\nAuthority: as confirmed in writing to IOM Pristina\n\n* {KOSOVO_FOOTNOTE}"
        );
        let extension = json!({
            "days": 10,
            "reason": "CHILDREN_AT_SCHOOL",
            "confirmedOn": began,
            "confirmation": confirmation,
        });
        self.add(
            id,
            0,
            Row::new("StatutoryExtension", Whose::Parties, extension, &[]),
        );
        let check = json!({
            "state": "CLEAR",
            "requestedAt": steps.asked,
            "decidedAt": steps.answered,
            "ground": null,
        });
        // The migration authority was asked, so the police may not read why it would have objected.
        let asked = Row::new("ObjectionCheck", Whose::Parties, check, &[]).by(&[Relation::Migration]);
        self.add(id, 0, asked);
    }
}
