//! Commands on referrals.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::referral::{ConsentOverride, ReferralService};
use crate::domain::steps::referral::{Asked, ReferralStep};
use crate::error::Error;
use crate::ids::{CaseId, PersonId, ReferralId};
use crate::policy::actions::Action;
use uuid::Uuid;

impl Desk {
    /// Refers the persons of a case to somebody who can help.
    pub async fn send_referral(
        &self,
        envelope: &Envelope,
        case: CaseId,
        (asked, person, service): (Asked, Option<PersonId>, ReferralService),
        consent_override: Option<ConsentOverride>,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(case, None);
        let action = Action::SendReferral;
        self.on_case(envelope, action, target, Answer::Subject, |file, c| {
            file.send_referral(asked.clone(), (person, service), consent_override, c)
        })
        .await
    }

    /// Answers, goes on with, completes or takes back a referral.
    pub async fn step_referral(
        &self,
        envelope: &Envelope,
        action: Action,
        (id, expected): (ReferralId, i32),
        step: ReferralStep,
    ) -> Result<Uuid, Error> {
        let target = Target::Referral(id, expected);
        self.on_case(envelope, action, target, Answer::Subject, |file, c| {
            file.step_referral(id, step, c)
        })
        .await
    }
}
