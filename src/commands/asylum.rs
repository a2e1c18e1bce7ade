//! Commands on procedures for international protection.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::steps::asylum::NewAsylumClaim;
use crate::error::Error;
use crate::ids::CaseId;
use crate::policy::actions::Action;
use uuid::Uuid;

impl Desk {
    /// Records a claim, on the version of the claim and not of the case: authorities see none of the latter.
    pub async fn record_asylum_claim(
        &self,
        envelope: &Envelope,
        case: CaseId,
        claim: NewAsylumClaim,
    ) -> Result<Uuid, Error> {
        let (action, target) = (Action::RecordAsylumClaim, Target::Case(case, None));
        self.on_case(envelope, action, target, Answer::Case, |file, c| {
            file.record_asylum_claim(claim.clone(), c)
        })
        .await
    }
}
