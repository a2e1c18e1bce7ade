//! Escalations: begun in the transaction that tells a notice, ended in the one that acknowledges it, and in between taken
//! up step by step by workers that hold a lease, so that each step is done once whoever is killed on the way.

mod leases;

pub use leases::DueEscalation;

use super::convert;
use super::inbox::Appended;
use super::unit_of_work::{FindAll, UnitOfWork};
use crate::domain::case_file::CaseFile;
use crate::domain::code::Code;
use crate::domain::escalation::{
    EscalationOutcome, EscalationRule, EscalationStep, Overdue, landing_for, next_due,
};
use crate::domain::party::PartyRelation;
use crate::domain::registry::RegistryEvent;
use crate::domain::transition::Refusal;
use crate::error::Error;
use crate::ids::{CaseId, ItineraryId, OrganisationId, new_id};
use crate::policy::actions::Action;
use chrono::{DateTime, Utc};
use entity::{escalation, escalation_rule, escalation_step, notice};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockType, Query};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use uuid::Uuid;

/// An escalation that a worker has taken on, with the rule that it goes by.
#[derive(Clone, Debug)]
pub struct HeldEscalation {
    /// Names it.
    pub id: Uuid,
    /// The notice, and to whom it was told.
    pub overdue: Overdue,
    /// Whether the notice was taken back.
    pub retracted: bool,
    /// To whom the rule applies.
    pub recipient: PartyRelation,
    /// The steps of the rule.
    pub steps: Vec<EscalationStep>,
    /// How many are done.
    pub done: usize,
    /// When the last was done, or the notice was told.
    pub since: DateTime<Utc>,
}

impl HeldEscalation {
    /// When the step after so many is due, as the journey stands now.
    #[must_use]
    pub fn due(&self, file: &CaseFile, done: usize, since: DateTime<Utc>) -> Option<DateTime<Utc>> {
        next_due(
            &self.steps,
            done,
            since,
            landing(file, self.overdue.itinerary, self.recipient),
        )
    }
}

fn landing(
    file: &CaseFile,
    itinerary: Option<ItineraryId>,
    recipient: PartyRelation,
) -> Option<DateTime<Utc>> {
    let journey = file
        .itineraries
        .iter()
        .find(|journey| Some(journey.id) == itinerary)?;
    landing_for(recipient, journey)
}

/// Puts under escalation what was told and a rule is there for.
pub(super) async fn begin(
    transaction: &DatabaseTransaction,
    file: &CaseFile,
    told: &Appended,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut kinds: Vec<&str> = told.notices.iter().map(|(_, draft)| draft.kind.code()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() {
        return Ok(());
    }
    let rules = escalation_rule::Entity::find_all()
        .filter(escalation_rule::Column::NoticeType.is_in(kinds))
        .filter(escalation_rule::Column::EndedAt.is_null())
        .all(transaction)
        .await?;
    let mut rows = Vec::new();
    for rule in rules {
        let id = rule.id;
        let rule = convert::escalation_rule(rule)?;
        for (notice, draft) in &told.notices {
            if draft.kind != rule.notice_type || file.relation_of(draft.recipient) != Some(rule.recipient) {
                continue;
            }
            let landing = landing(file, draft.itinerary, rule.recipient);
            let Some(due) = next_due(&rule.steps, 0, now, landing) else {
                continue;
            };
            rows.push(escalation::Model {
                id: new_id(now),
                notice_id: *notice,
                recipient_id: draft.recipient.uuid(),
                case_id: file.case.id.uuid(),
                rule_id: id,
                notice_type: draft.kind.to_string(),
                began_at: now,
                steps_done: 0,
                last_step_at: now,
                due_at: Some(due),
                leased_by: None,
                leased_until: None,
                outcome: None,
                ended_at: None,
            });
        }
    }
    super::seed::insert::<escalation::Entity>(transaction, rows.into_iter()).await
}

/// Ends open escalations.
pub(super) async fn end(
    transaction: &DatabaseTransaction,
    which: Condition,
    outcome: EscalationOutcome,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    use escalation::Column as E;
    escalation::Entity::update_many()
        .col_expr(E::Outcome, Expr::value(outcome.code()))
        .col_expr(E::EndedAt, Expr::value(now))
        .col_expr(E::DueAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(E::LeasedBy, Expr::value(Option::<Uuid>::None))
        .col_expr(E::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(which)
        .filter(E::EndedAt.is_null())
        .exec(transaction)
        .await?;
    Ok(())
}

/// Ends what the recipient has acknowledged.
pub(super) async fn end_acknowledged(
    transaction: &DatabaseTransaction,
    recipient: OrganisationId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let acknowledged = Query::select()
        .column(notice::Column::Id)
        .from(notice::Entity)
        .and_where(notice::Column::RecipientId.eq(recipient.uuid()))
        .and_where(Expr::col(notice::Column::AcknowledgedAt).is_not_null())
        .to_owned();
    let which = Condition::all()
        .add(escalation::Column::RecipientId.eq(recipient.uuid()))
        .add(escalation::Column::NoticeId.in_subquery(acknowledged));
    end(transaction, which, EscalationOutcome::Acknowledged, now).await
}

/// Ends what was taken back of a case.
pub(super) async fn end_retracted(
    transaction: &DatabaseTransaction,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let retracted = Query::select()
        .column(notice::Column::Id)
        .from(notice::Entity)
        .and_where(notice::Column::CaseId.eq(case.uuid()))
        .and_where(Expr::col(notice::Column::RetractedAt).is_not_null())
        .to_owned();
    let which = Condition::all()
        .add(escalation::Column::CaseId.eq(case.uuid()))
        .add(escalation::Column::NoticeId.in_subquery(retracted));
    end(transaction, which, EscalationOutcome::Lapsed, now).await
}

/// Ends what a recipient was told of a case on whose journey it acts itself.
pub(super) async fn end_acted(
    transaction: &DatabaseTransaction,
    case: CaseId,
    recipient: OrganisationId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let which = Condition::all()
        .add(escalation::Column::CaseId.eq(case.uuid()))
        .add(escalation::Column::RecipientId.eq(recipient.uuid()));
    end(transaction, which, EscalationOutcome::Acted, now).await
}

impl UnitOfWork {
    /// An escalation that a worker has taken on, under lock; nothing where it has ended meanwhile, or is somebody else's.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn held_escalation(&self, id: Uuid, worker: Uuid) -> Result<Option<HeldEscalation>, Error> {
        use escalation::Column as E;
        let select = escalation::Entity::find_all()
            .filter(E::Id.eq(id))
            .filter(E::LeasedBy.eq(worker))
            .filter(E::EndedAt.is_null())
            .lock(LockType::Update);
        let Some(row) = select.one(&self.transaction).await? else {
            return Ok(None);
        };
        let rule = escalation_rule::Entity::find_all().filter(escalation_rule::Column::Id.eq(row.rule_id));
        let told = notice::Entity::find_all().filter(notice::Column::Id.eq(row.notice_id));
        let (Some(rule), Some(told)) = (
            rule.one(&self.transaction).await?,
            told.one(&self.transaction).await?,
        ) else {
            return Err(Error::Inconsistent {
                table: "escalations",
                column: "rule_id",
                id,
            });
        };
        let rule = convert::escalation_rule(rule)?;
        Ok(Some(HeldEscalation {
            id,
            overdue: Overdue {
                notice: told.id.into(),
                recipient: told.recipient_id.into(),
                itinerary: told.itinerary_id.map(Into::into),
                request: told.travel_document_request_id.map(Into::into),
                cash_grant: told.cash_grant_id.map(Into::into),
            },
            retracted: told.retracted_at.is_some(),
            recipient: rule.recipient,
            steps: rule.steps,
            done: usize::try_from(row.steps_done).unwrap_or(usize::MAX),
            since: row.last_step_at,
        }))
    }

    /// Notes that a step was done, and when the next is due.
    ///
    /// # Errors
    ///
    /// Faults of the database; that the step was done already is one.
    pub async fn step_done(
        &self,
        held: &HeldEscalation,
        step: EscalationStep,
        next: Option<DateTime<Utc>>,
    ) -> Result<(), Error> {
        use escalation::Column as E;
        let position = i32::try_from(held.done).unwrap_or(i32::MAX);
        let row = escalation_step::Model {
            escalation_id: held.id,
            position,
            action: step.action.to_string(),
            done_at: self.now,
        };
        escalation_step::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        escalation::Entity::update_many()
            .col_expr(E::StepsDone, Expr::value(position + 1))
            .col_expr(E::LastStepAt, Expr::value(self.now))
            .filter(E::Id.eq(held.id))
            .exec(&self.transaction)
            .await?;
        self.put_off(held, next).await
    }

    /// Leaves an escalation until a moment; for ever where no step is left.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn put_off(&self, held: &HeldEscalation, until: Option<DateTime<Utc>>) -> Result<(), Error> {
        use escalation::Column as E;
        escalation::Entity::update_many()
            .col_expr(E::DueAt, Expr::value(until))
            .col_expr(E::LeasedBy, Expr::value(Option::<Uuid>::None))
            .col_expr(E::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None))
            .filter(E::Id.eq(held.id))
            .exec(&self.transaction)
            .await?;
        Ok(())
    }

    /// Ends an escalation whose notice does not concern its recipient any more.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn lapse(&self, held: &HeldEscalation) -> Result<(), Error> {
        let which = Condition::all().add(escalation::Column::Id.eq(held.id));
        end(&self.transaction, which, EscalationOutcome::Lapsed, self.now).await
    }

    /// Puts a rule in the place of the one that holds; what is under escalation goes on by its own.
    ///
    /// # Errors
    ///
    /// `CONFLICT` for a stale version.
    pub async fn configure_escalation(&self, rule: &EscalationRule) -> Result<Uuid, Error> {
        use escalation_rule::Column as R;
        let select = escalation_rule::Entity::find_all()
            .filter(R::NoticeType.eq(rule.notice_type.code()))
            .filter(R::Recipient.eq(rule.recipient.code()))
            .filter(R::EndedAt.is_null())
            .lock(LockType::Update);
        let held = select.one(&self.transaction).await?;
        let current = held.as_ref().map_or(0, |held| held.version);
        Refusal::unless_current(current, rule.version)?;
        if let Some(held) = held {
            escalation_rule::Entity::update_many()
                .col_expr(R::EndedAt, Expr::value(self.now))
                .filter(R::Id.eq(held.id))
                .exec(&self.transaction)
                .await?;
        }
        let id = new_id(self.now);
        let row = convert::escalation_rule_row(id, rule, self.now);
        escalation_rule::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        self.record(
            Action::ConfigureEscalation,
            RegistryEvent::EscalationConfigured,
            ("EscalationRule", id),
        )
        .await?;
        Ok(id)
    }
}
