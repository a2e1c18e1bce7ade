//! Commands on accesses of oversight to cases.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::break_glass::BreakGlassReason;
use crate::domain::steps::break_glass::BreakGlassStep;
use crate::error::Error;
use crate::ids::{BreakGlassId, CaseId};
use crate::policy::actions::Action;
use uuid::Uuid;

impl Desk {
    /// Asks to see a case as its sending mission does, for some minutes.
    pub async fn request_break_glass(
        &self,
        envelope: &Envelope,
        case: CaseId,
        why: (BreakGlassReason, String),
        minutes: i32,
    ) -> Result<Uuid, Error> {
        let time = (minutes, self.oversight.break_glass_minutes);
        let (target, action) = (Target::Case(case, None), Action::RequestBreakGlass);
        self.on_case(envelope, action, target, Answer::Subject, |file, c| {
            file.request_break_glass(why.clone(), time, c)
        })
        .await
    }

    /// Approves, rejects or closes an access.
    pub async fn step_break_glass(
        &self,
        envelope: &Envelope,
        action: Action,
        (id, expected): (BreakGlassId, i32),
        step: BreakGlassStep,
    ) -> Result<Uuid, Error> {
        let target = Target::BreakGlass(id, expected);
        self.on_case(envelope, action, target, Answer::Subject, |file, c| {
            file.step_break_glass(id, step, c)
        })
        .await
    }
}
