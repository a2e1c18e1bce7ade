//! Commands on the objection check and the statutory period of a case.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::objection::{ObjectionGround, ObjectionOutcome, ObjectionWaiver};
use crate::domain::statutory::{ExtensionReason, PeriodOverride};
use crate::error::Error;
use crate::ids::{CaseId, OrganisationId};
use crate::policy::actions::Action;
use chrono::NaiveDate;
use uuid::Uuid;

impl Desk {
    /// Asks the authority of the host territory whether it objects.
    pub async fn request_objection_check(
        &self,
        envelope: &Envelope,
        case: (CaseId, i32),
        preferred: Option<OrganisationId>,
    ) -> Result<Uuid, Error> {
        self.on_version(envelope, Action::RequestObjectionCheck, case, |file, c| {
            file.voluntary()?.request_objection_check(preferred, c)
        })
        .await
    }

    /// Records the authority's answer. Authorities see no version: the question that is open is enough.
    pub async fn decide_objection(
        &self,
        envelope: &Envelope,
        case: CaseId,
        outcome: ObjectionOutcome,
        ground: Option<ObjectionGround>,
    ) -> Result<Uuid, Error> {
        let (action, target) = (Action::DecideObjection, Target::Case(case, None));
        self.on_case(envelope, action, target, Answer::Case, |file, c| {
            file.voluntary()?.decide_objection(outcome, ground, c)
        })
        .await
    }

    /// Lets the preparation of the departure begin.
    pub async fn start_pre_departure(
        &self,
        envelope: &Envelope,
        case: (CaseId, i32),
        waiver: Option<ObjectionWaiver>,
    ) -> Result<Uuid, Error> {
        self.on_version(envelope, Action::StartPreDeparture, case, |file, c| {
            file.voluntary()?.start_pre_departure(waiver, c)
        })
        .await
    }

    /// Extends the statutory period; only the mission knows of versions.
    pub async fn extend_statutory_period(
        &self,
        envelope: &Envelope,
        (case, expected): (CaseId, Option<i32>),
        (days, reason): (i32, ExtensionReason),
        confirmed_on: NaiveDate,
    ) -> Result<Uuid, Error> {
        let (action, target) = (Action::ExtendStatutoryPeriod, Target::Case(case, expected));
        self.on_case(envelope, action, target, Answer::Case, |file, c| {
            file.voluntary()?
                .extend_statutory_period(days, reason, confirmed_on, c)
        })
        .await
    }

    /// Lets a departure lie beyond the statutory period.
    pub async fn override_statutory_period(
        &self,
        envelope: &Envelope,
        case: (CaseId, i32),
        reason: PeriodOverride,
    ) -> Result<Uuid, Error> {
        self.on_version(envelope, Action::OverrideStatutoryPeriod, case, |file, _| {
            file.voluntary()?.override_statutory_period(reason)
        })
        .await
    }
}
