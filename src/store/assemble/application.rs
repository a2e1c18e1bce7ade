//! What was decided of applications: a fixed number of statements whatever the number of cases.

use super::super::nodes::{ApplicationNode, StatutoryPeriodNode};
use super::super::reader::{ById, Reader};
use super::super::want::Want;
use super::{parts, under};
use crate::domain::counselling::CounsellingSession;
use crate::domain::objection::ObjectionCheck;
use crate::domain::statutory::{StatutoryExtension, StatutoryPeriod};
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::lens::Lens;
use entity::{case, counselling_session, objection_check, statutory_extension, statutory_period};
use uuid::Uuid;

impl Reader {
    /// What hangs on the applications of these cases, as far as it is asked for, each under the lens of its case.
    pub(super) async fn applications_of(
        &self,
        rows: &[case::Model],
        cases: &[Uuid],
        lenses: &ById<Lens>,
        want: &Want,
    ) -> Result<ById<ApplicationNode>, Error> {
        let period = want.of(Field::CaseStatutoryPeriod).is_some();
        let mut periods: ById<Vec<StatutoryPeriod>> = self
            .hanging(
                (statutory_period::Column::CaseId, statutory_period::Column::Id),
                cases,
                period,
                |row: &statutory_period::Model| row.case_id,
            )
            .await?;
        let mut extensions: ById<Vec<StatutoryExtension>> = self
            .hanging(
                (
                    statutory_extension::Column::CaseId,
                    statutory_extension::Column::Id,
                ),
                cases,
                period,
                |row: &statutory_extension::Model| row.case_id,
            )
            .await?;
        let mut checks: ById<Vec<ObjectionCheck>> = self
            .hanging(
                (objection_check::Column::CaseId, objection_check::Column::Id),
                cases,
                want.of(Field::CaseObjectionChecks).is_some(),
                |row: &objection_check::Model| row.case_id,
            )
            .await?;
        let mut sessions: ById<Vec<CounsellingSession>> = self
            .hanging(
                (
                    counselling_session::Column::CaseId,
                    counselling_session::Column::Id,
                ),
                cases,
                want.of(Field::CaseCounselling).is_some(),
                |row: &counselling_session::Model| row.case_id,
            )
            .await?;
        let mut applications = ById::new();
        for row in rows {
            let case = &row.id;
            let Some(lens) = lenses.get(case).copied() else {
                continue;
            };
            // A case that was reopened is registered anew: what ran before does not count any more.
            let counts =
                |period: &StatutoryPeriod| row.registered_at.is_none_or(|since| period.started_at >= since);
            let last = periods.remove(case).and_then(|mut periods| periods.pop());
            let period = last.filter(counts);
            let prolonged = extensions.remove(case).unwrap_or_default();
            let application = ApplicationNode {
                return_decision: None,
                period: period.map(|period| under(lens, in_force(lens, period, prolonged))),
                sessions: parts(lens, sessions.remove(case).unwrap_or_default()),
                objection_checks: parts(lens, checks.remove(case).unwrap_or_default()),
            };
            applications.insert(*case, application);
        }
        Ok(applications)
    }
}

/// A period with those of the case's extensions that are its own.
fn in_force(
    lens: Lens,
    period: StatutoryPeriod,
    mut extensions: Vec<StatutoryExtension>,
) -> StatutoryPeriodNode {
    extensions.retain(|extension| extension.period == period.id);
    StatutoryPeriodNode {
        ends_on: period.ends_on(&extensions),
        extensions: parts(lens, extensions),
        period,
    }
}
