//! Commands on outreach: a visit, or a list of them, of which each row is answered for.

use super::commands;
use crate::commands::Envelope;
use crate::commands::outreach::VisitOutcome;
use crate::domain::outreach::{BatchMode, NewVisit, OutreachVisit};
use crate::error::CommandErrorCode;
use crate::graphql::context::{InScope as _, refuse, wanted};
use crate::graphql::governed::Row;
use crate::graphql::payload::{CommandError, envelope, refusals};
use crate::graphql::scalars::{CountryScalar, DateScalar};
use crate::graphql::word::Word;
use crate::graphql::word_out::WordOut;
use crate::payloads;
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

payloads! {
    RecordOutreachVisitPayload "outreachVisit": OutreachVisit;
}

/// Records a visit of the mission's mobile team.
#[derive(InputObject)]
pub struct RecordOutreachVisitInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The place, by the name that the outreach plan gives it.
    #[graphql(validator(chars_max_length = 200))]
    location: String,
    /// The day.
    visited_on: DateScalar,
    /// Contacts made: not unique persons.
    contacts: i32,
    /// Populations served, by country of origin.
    #[graphql(default, validator(max_items = 50))]
    populations: Vec<CountryScalar>,
}

/// One visit of a list.
#[derive(InputObject)]
pub struct OutreachVisitInput {
    /// The place, by the name that the outreach plan gives it; at most 200 characters.
    location: String,
    /// The day.
    visited_on: DateScalar,
    /// Contacts made: not unique persons.
    contacts: i32,
    /// Populations served, by country of origin.
    #[graphql(default, validator(max_items = 50))]
    populations: Vec<CountryScalar>,
}

/// Records a list of visits of the mission's mobile teams.
#[derive(InputObject)]
pub struct RecordOutreachVisitsInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    idempotency_key: String,
    /// What becomes of the others when one visit is refused.
    mode: Word<BatchMode>,
    /// The visits, at most 500.
    #[graphql(validator(max_items = 500))]
    visits: Vec<OutreachVisitInput>,
}

/// What became of one visit of a list.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct OutreachVisitOutcome {
    /// Its place in the list, from 0.
    index: i32,
    /// The rule that refused it; null where none did.
    code: Option<WordOut<CommandErrorCode>>,
    /// The field of the visit at fault, where there is one.
    field: Option<String>,
    /// The visit as it was recorded; null where it was not.
    outreach_visit: Option<Row<OutreachVisit>>,
}

/// The answer to recordOutreachVisits.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct RecordOutreachVisitsPayload {
    /// How many visits were recorded.
    recorded: i32,
    /// How many visits a rule refused.
    refused: i32,
    /// What became of each visit, in the order of the list; empty where the list as a whole was refused.
    rows: Vec<OutreachVisitOutcome>,
    /// The rules that refused the list as a whole.
    errors: Vec<CommandError>,
}

/// Recording lists of visits.
#[derive(Default)]
pub struct OutreachLists;

#[Object(serial)]
impl OutreachLists {
    /// Records a list of visits of the mission's mobile teams, all of them or those that no rule refuses; each is answered for.
    async fn record_outreach_visits(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to do.")] input: RecordOutreachVisitsInput,
    ) -> Result<RecordOutreachVisitsPayload> {
        let given = envelope(context, &input.idempotency_key)?;
        Box::pin(carried_out(context, given, input)).await
    }
}

async fn carried_out(
    context: &Context<'_>,
    given: Envelope,
    input: RecordOutreachVisitsInput,
) -> Result<RecordOutreachVisitsPayload> {
    let scope = context.scope();
    let visits = input.visits.into_iter().map(|visit| NewVisit {
        location: visit.location,
        visited_on: visit.visited_on.0,
        contacts: visit.contacts,
        populations: visit.populations.into_iter().map(|place| place.0).collect(),
    });
    let work = scope
        .desk
        .record_outreach_visits(&given, input.mode.0, visits.collect());
    match work.await {
        Ok(outcomes) => answered(context, outcomes).await,
        Err(fault) => Ok(RecordOutreachVisitsPayload {
            recorded: 0,
            refused: 0,
            rows: Vec::new(),
            errors: refusals(scope, &fault).ok_or_else(|| refuse(&fault, &scope.request_id))?,
        }),
    }
}

async fn answered(context: &Context<'_>, outcomes: Vec<VisitOutcome>) -> Result<RecordOutreachVisitsPayload> {
    let scope = context.scope();
    let ids: Vec<_> = outcomes.iter().flatten().copied().flatten().collect();
    let want = wanted::<OutreachVisit>(context, &[&["rows", "outreachVisit"]]);
    let found = scope.reader().some::<OutreachVisit>(&ids, &want).await;
    let found = found.map_err(|fault| refuse(&fault, &scope.request_id))?;
    let refused = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    let rows = (0..).zip(outcomes).map(|(index, outcome)| {
        let visit = outcome.as_ref().ok().copied().flatten();
        let refusal = outcome.err();
        OutreachVisitOutcome {
            index,
            code: refusal.as_ref().map(|refusal| WordOut(refusal.reason.into())),
            field: refusal.and_then(|refusal| refusal.field).map(str::to_owned),
            outreach_visit: visit.and_then(|id| found.get(&id).cloned()).map(Row),
        }
    });
    Ok(RecordOutreachVisitsPayload {
        recorded: i32::try_from(ids.len()).unwrap_or(i32::MAX),
        refused: i32::try_from(refused).unwrap_or(i32::MAX),
        rows: rows.collect(),
        errors: Vec::new(),
    })
}

commands! {
    /// Commands on outreach.
    OutreachCommands {
        /// Records a visit of the mission's mobile team: contacts are counted, not persons.
        record_outreach_visit(RecordOutreachVisitInput) -> RecordOutreachVisitPayload = |_context, envelope, input, desk| {
            let visit = NewVisit {
                location: input.location,
                visited_on: input.visited_on.0,
                contacts: input.contacts,
                populations: input.populations.into_iter().map(|place| place.0).collect(),
            };
            desk.record_outreach_visit(&envelope, visit).await
        };
    }
}
