//! Commands on reintegration packages.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::steps::package::NewPackage;
use crate::domain::transition::{Changed, Refusal};
use crate::error::Error;
use crate::ids::{CaseId, ReintegrationPackageId};
use crate::policy::actions::Action;
use uuid::Uuid;

impl Desk {
    /// Puts a reintegration package forward.
    pub async fn propose_package(
        &self,
        envelope: &Envelope,
        case: CaseId,
        new: NewPackage,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(case, None);
        let action = Action::ProposePackage;
        self.on_case(envelope, action, target, Answer::Subject, |file, c| {
            file.propose_package(new.clone(), c)
        })
        .await
    }

    /// Changes a reintegration package: agrees on it, delivers of it, closes it.
    pub async fn on_package(
        &self,
        envelope: &Envelope,
        action: Action,
        (id, expected): (ReintegrationPackageId, i32),
        decide: impl Fn(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> + Send + Sync,
    ) -> Result<Uuid, Error> {
        let target = Target::Package(id, expected);
        self.on_case(envelope, action, target, Answer::Subject, decide)
            .await
    }
}
