//! Commands on projects, grant rules and exchange rates.

use super::{Desk, Envelope, authorise_by_kind};
use crate::domain::funding::{ExchangeRate, GrantRule, Project};
use crate::error::Error;
use crate::ids::GrantRuleId;
use crate::policy::actions::Action;
use chrono::NaiveDate;
use uuid::Uuid;

impl Desk {
    /// Adds a project.
    pub async fn register_project(&self, envelope: &Envelope, project: Project) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RegisterProject)?;
        project.check()?;
        let project = &project;
        self.once(envelope, Action::RegisterProject, move |uow| async move {
            uow.add_project(project).await?;
            Ok((uow, project.id.uuid()))
        })
        .await
    }

    /// Adds a rule to a project.
    pub async fn define_grant_rule(&self, envelope: &Envelope, rule: GrantRule) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::DefineGrantRule)?;
        let rule = &rule;
        self.once(envelope, Action::DefineGrantRule, move |uow| async move {
            uow.add_grant_rule(rule).await?;
            Ok((uow, rule.id.uuid()))
        })
        .await
    }

    /// Ends a rule.
    pub async fn end_grant_rule(
        &self,
        envelope: &Envelope,
        id: GrantRuleId,
        expected: i32,
        last: NaiveDate,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::EndGrantRule)?;
        self.once(envelope, Action::EndGrantRule, move |uow| async move {
            uow.end_grant_rule(id, expected, last).await?;
            Ok((uow, id.uuid()))
        })
        .await
    }

    /// Records a rate.
    pub async fn record_exchange_rate(&self, envelope: &Envelope, rate: ExchangeRate) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RecordExchangeRate)?;
        let rate = &rate;
        self.once(envelope, Action::RecordExchangeRate, move |uow| async move {
            rate.check(uow.now().date_naive())?;
            uow.add_exchange_rate(rate).await?;
            Ok((uow, rate.id.uuid()))
        })
        .await
    }
}
