//! Commands on outreach: a visit, or a list of them from another system.

use super::programme::mission_there;
use super::{Desk, Envelope, authorise_by_kind};
use crate::domain::outreach::{BatchMode, NewVisit, OutreachVisit};
use crate::domain::territory::CountryCode;
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::{OrganisationId, new_id};
use crate::policy::actions::Action;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What became of one visit of a list: recorded under this id, left out since another one was refused, or refused itself.
pub type VisitOutcome = Result<Option<Uuid>, Refusal>;

/// A list of visits of one mission.
struct Batch {
    mode: BatchMode,
    by: (OrganisationId, CountryCode),
    visits: Vec<NewVisit>,
}

impl Batch {
    /// Each visit as it would be recorded at a moment, in the order of the list; ids follow that of the whole list, so that
    /// they are the same whenever they are worked out.
    fn visits_at(&self, id: Uuid, now: DateTime<Utc>) -> Vec<Result<OutreachVisit, Refusal>> {
        let visits = (1..).zip(&self.visits).map(|(nth, new)| {
            let id = Uuid::from_u128(id.as_u128().wrapping_add(nth));
            OutreachVisit::record(id.into(), self.by, new, now)
        });
        visits.collect()
    }

    /// The visits to record at a moment: none where a refusal of one holds for all.
    fn recorded_at(&self, id: Uuid, now: DateTime<Utc>) -> Vec<OutreachVisit> {
        let visits = self.visits_at(id, now);
        if self.mode == BatchMode::AllOrNothing && visits.iter().any(Result::is_err) {
            return Vec::new();
        }
        visits.into_iter().flatten().collect()
    }

    /// What became of each visit; the list was recorded under an id, or nothing of it was.
    fn outcomes(&self, id: Option<Uuid>, now: DateTime<Utc>) -> Vec<VisitOutcome> {
        let visits = self.visits_at(id.unwrap_or_default(), now).into_iter();
        let outcome = |visit: OutreachVisit| id.map(|_| visit.id.uuid());
        visits.map(|visit| visit.map(outcome)).collect()
    }
}

/// The moment that an id was made at.
fn made_at(id: Uuid) -> Option<DateTime<Utc>> {
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
}

impl Desk {
    /// Records a visit of the actor's mission in the territory where it acts.
    pub async fn record_outreach_visit(&self, envelope: &Envelope, new: NewVisit) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::RecordOutreachVisit)?;
        let new = &new;
        self.once(envelope, Action::RecordOutreachVisit, move |uow| async move {
            let (by, id) = (mission_there(&uow).await?, new_id(uow.now()));
            let visit = OutreachVisit::record(id.into(), by, new, uow.now())?;
            uow.add_outreach_visit(&visit).await?;
            Ok((uow, id))
        })
        .await
    }

    /// Records a list of visits of the actor's mission, and says what became of each.
    ///
    /// A list of which nothing is recorded leaves no key behind, as a command that is refused. Of any other the key keeps the
    /// id, and with it the moment, from which a repetition works out the same answer.
    pub async fn record_outreach_visits(
        &self,
        envelope: &Envelope,
        mode: BatchMode,
        visits: Vec<NewVisit>,
    ) -> Result<Vec<VisitOutcome>, Error> {
        let action = Action::RecordOutreachVisits;
        authorise_by_kind(envelope, action)?;
        if visits.is_empty() {
            return Err(Refusal::at(Reason::Invalid, "visits").into());
        }
        let uow = self.store.begin(envelope.actor.clone()).await?;
        uow.replay(action, &envelope.key, &envelope.body_hash).await?;
        let by = mission_there(&uow).await?;
        let now = uow.now();
        drop(uow);
        let batch = &Batch { mode, by, visits };
        // As days pass, fewer visits lie ahead: a list that is refused now was not recorded before.
        if batch.recorded_at(Uuid::nil(), now).is_empty() {
            return Ok(batch.outcomes(None, now));
        }
        let id = self
            .once(envelope, action, move |uow| async move {
                let id = new_id(uow.now());
                uow.add_outreach_visits(&batch.recorded_at(id, uow.now())).await?;
                Ok((uow, id))
            })
            .await?;
        Ok(batch.outcomes(Some(id), made_at(id).unwrap_or(now)))
    }
}
