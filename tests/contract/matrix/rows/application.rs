//! What was decided of the application, with what all of its fields hold.

use super::OnCase;
use crate::matrix::truth::{Row, Truth, Whose};
use chrono::Days;
use serde_json::json;
use uuid::Uuid;

impl OnCase<'_> {
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
        let period = json!({ "startsOn": began, "days": 30, "endsOn": began + Days::new(30 + 10) });
        let extensions = [("extensions", Truth::Many("StatutoryExtension"))];
        self.add(
            id,
            0,
            Row::new("StatutoryPeriod", Whose::Parties, period, &extensions),
        );
        let extension = json!({ "days": 10, "reason": "CHILDREN_AT_SCHOOL", "confirmedOn": began });
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
        self.add(id, 0, Row::new("ObjectionCheck", Whose::Parties, check, &[]));
    }
}
