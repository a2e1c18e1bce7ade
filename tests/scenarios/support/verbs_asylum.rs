//! What is recorded of procedures for international protection.

use super::actor::Actor;
use super::command::Command;
use super::row::Case;

impl Actor {
    /// An authority records how far its own procedure has come; a story says what was decided of an older claim.
    pub fn records_its_claim(&self, case: &Case, stage: &str) -> Command<'_, ()> {
        Command::new(self, ("recordAsylumClaim", "case"), "{ id }", |_| ())
            .on_case(case)
            .with("stage", stage)
            .with("number", "A-2025-117")
            .with("lodgedOn", "2025-09-01")
    }

    /// A mission records how far the procedure of an authority has come, as the persons told it.
    pub async fn records_a_claim(&self, case: &Case, authority: &str, stage: &str) -> Command<'_, ()> {
        let authority = self.organisation(authority).await;
        self.records_its_claim(case, stage).with("authorityId", authority)
    }
}
