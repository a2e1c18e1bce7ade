//! What was decided of applications: a fixed number of statements whatever the number of cases.

use super::super::convert;
use super::super::nodes::{ApplicationNode, StatutoryExtensionNode, StatutoryPeriodNode};
use super::super::reader::{ById, Reader};
use super::super::want::Want;
use super::{own_parts, parts, under};
use crate::domain::code::Code;
use crate::domain::counselling::CounsellingSession;
use crate::domain::objection::ObjectionCheck;
use crate::domain::party::OrganisationKind;
use crate::domain::statutory::{Confirmation, StatutoryExtension, StatutoryPeriod};
use crate::domain::suspension::{CaseSuspension, days_on_hold};
use crate::domain::territory::CountryCode;
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::lens::Lens;
use crate::policy::relation::Relation;
use chrono::{DateTime, Utc};
use entity::{
    case, case_suspension, counselling_session, objection_check, organisation, statutory_extension,
    statutory_period,
};
use std::collections::BTreeSet;
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
        let mut suspensions: ById<Vec<CaseSuspension>> = self
            .hanging(
                (case_suspension::Column::CaseId, case_suspension::Column::Id),
                cases,
                period,
                |row: &case_suspension::Model| row.case_id,
            )
            .await?;
        let authorities = self
            .confirming(&extensions, want.of(Field::CaseStatutoryPeriod))
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
        let claimed = want.of(Field::CaseAsylumClaims);
        let mut claims = self.asylum_claims_of(cases, lenses, claimed).await?;
        let organisation = self.viewer().organisation;
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
            let so_far = SoFar {
                extensions: extensions.remove(case).unwrap_or_default(),
                suspensions: suspensions.remove(case).unwrap_or_default(),
                now: self.now(),
            };
            let territory = convert::host_territory(row)?;
            let in_force = |period| so_far.in_force(lens, period, (territory, &authorities));
            let application = ApplicationNode {
                return_decision: None,
                period: period.map(|period| under(lens, in_force(period))),
                asylum_claims: claims.remove(case).unwrap_or_default(),
                sessions: parts(lens, sessions.remove(case).unwrap_or_default()),
                objection_checks: own_parts(lens, checks.remove(case).unwrap_or_default(), |check| {
                    check.authority == organisation
                }),
            };
            applications.insert(*case, application);
        }
        Ok(applications)
    }

    /// Who recorded these extensions, as their confirmations name them, where those are asked for.
    async fn confirming(
        &self,
        extensions: &ById<Vec<StatutoryExtension>>,
        period: Option<&Want>,
    ) -> Result<ById<String>, Error> {
        let asked = period
            .and_then(|period| period.of(Field::PeriodExtensions))
            .and_then(|extension| extension.of(Field::ExtensionConfirmation));
        let recorded = extensions.values().flatten();
        let by: BTreeSet<Uuid> = recorded.map(|extension| extension.recorded_by.uuid()).collect();
        let rows = self
            .children::<organisation::Entity>(
                organisation::Column::Id,
                organisation::Column::Id,
                by.into_iter().collect(),
                asked.is_some(),
                |row| row.id,
            )
            .await?;
        // Which of two authorities it was may give an asylum claim away to the other.
        let outside = self.viewer().kind != OrganisationKind::Mission;
        let own = self.viewer().organisation.uuid();
        let known = rows.into_values().flatten();
        let of_iom = |row: &organisation::Model| row.kind == OrganisationKind::Mission.code();
        let known = known.filter(|row| !outside || row.id == own || of_iom(row));
        let rows = known.map(|row| {
            let recorder = convert::organisation(row)?;
            // A mission records what an authority has confirmed, and holds the paper.
            let authority = match recorder.kind {
                OrganisationKind::Mission => format!("as confirmed in writing to {}", recorder.name),
                _ => recorder.name,
            };
            Ok((recorder.id.uuid(), authority))
        });
        rows.collect()
    }
}

/// What has prolonged the period of a case until a moment.
struct SoFar {
    extensions: Vec<StatutoryExtension>,
    suspensions: Vec<CaseSuspension>,
    now: DateTime<Utc>,
}

impl SoFar {
    /// A period with those of the case's extensions that are its own, each with its confirmation.
    fn in_force(
        self,
        lens: Lens,
        period: StatutoryPeriod,
        (territory, authorities): (CountryCode, &ById<String>),
    ) -> StatutoryPeriodNode {
        let mut extensions = self.extensions;
        extensions.retain(|extension| extension.period == period.id);
        // A hold that goes on would show to authorities day by day.
        let outside = matches!(lens.relation(), Relation::Police | Relation::Migration);
        let so_far = (!outside).then_some(self.now);
        let ends_on = period.ends_on(&extensions, &self.suspensions, so_far);
        let extension = |extension: StatutoryExtension| StatutoryExtensionNode {
            confirmation: Confirmation {
                territory,
                days: extension.days,
                reason: extension.reason,
                ends_on: extension.ends_on.unwrap_or(ends_on),
                confirmed_on: extension.confirmed_on,
                authority: authorities.get(&extension.recorded_by.uuid()).cloned(),
            },
            extension,
        };
        StatutoryPeriodNode {
            ends_on,
            days_on_hold: days_on_hold(&self.suspensions, period.started_at, Some(self.now)),
            extensions: parts(lens, extensions.into_iter().map(extension).collect()),
            period,
        }
    }
}
