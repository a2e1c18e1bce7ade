//! Histories: what the audit entries of a row tell of it. One statement for all rows of a page, whatever their number.

use super::super::nodes::{HistoryNode, Many, OrganisationNode, RegistryEntryNode};
use super::super::reader::{ById, Reader};
use super::super::want::Want;
use super::parts;
use crate::domain::code::Code;
use crate::domain::event_type::EventType;
use crate::domain::history::WITH_HISTORY;
use crate::domain::registry::RegistryEvent;
use crate::error::Error;
use crate::policy::fields::Field;
use entity::audit_entry;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Order, Query, SelectStatement, WindowStatement};
use sea_orm::{ColumnTrait, FromQueryResult, Iterable};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The most entries that a history shows: the oldest.
const LONGEST: u64 = 100;

/// Whose histories are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Histories {
    /// Those of cases, with what happened to their rows that have no history of their own.
    OfCases,
    /// Those of rows that hang on a case.
    OfRows,
}

impl Reader {
    /// The histories of rows that are within reach already, by row, oldest entry first; nothing where not asked for.
    pub(super) async fn histories(
        &self,
        of: Histories,
        rows: &[Uuid],
        want: Option<&Want>,
    ) -> Result<ById<Vec<HistoryNode>>, Error> {
        let mut histories: ById<Vec<HistoryNode>> = HashMap::new();
        let (Some(want), false) = (want, rows.is_empty()) else {
            return Ok(histories);
        };
        let entries = self.entries(of, rows).await?;
        let organisations = entries.iter().filter_map(|entry| entry.organisation_id);
        let organisations = self
            .named::<OrganisationNode>(organisations, want.of(Field::HistoryOrganisation))
            .await?;
        let clients = self.clients_in(&entries, want.of(Field::HistoryClient)).await?;
        for entry in entries {
            let row = match of {
                Histories::OfCases => entry.case_id,
                Histories::OfRows => Some(entry.aggregate_id),
            };
            let by = |id: Option<Uuid>| id.and_then(|id| clients.get(&id).cloned());
            let node = HistoryNode {
                at: entry.occurred_at,
                event: entry.event.as_deref().and_then(EventType::from_code),
                organisation: entry
                    .organisation_id
                    .and_then(|id| organisations.get(&id).cloned()),
                client: by(entry.client_id),
                subject: entry.aggregate,
                command: entry.command,
                from: entry.from_state,
                to: entry.to_state,
                reason: entry.reason,
            };
            histories.entry(row.unwrap_or_default()).or_default().push(node);
        }
        Ok(histories)
    }

    /// What was done to these rows, which belong to no case, by row, oldest first; nothing where not asked for.
    pub(super) async fn registry_histories(
        &self,
        rows: &[Uuid],
        want: Option<&Want>,
    ) -> Result<ById<Many<RegistryEntryNode>>, Error> {
        let mut histories: ById<Vec<RegistryEntryNode>> = HashMap::new();
        if let (Some(want), false) = (want, rows.is_empty()) {
            let entries = self.entries(Histories::OfRows, rows).await?;
            let organisations = entries.iter().filter_map(|entry| entry.organisation_id);
            let organisations = self
                .named::<OrganisationNode>(organisations, want.of(Field::RegistryOrganisation))
                .await?;
            let clients = self.clients_in(&entries, want.of(Field::RegistryClient)).await?;
            for entry in entries {
                let node = RegistryEntryNode {
                    at: entry.occurred_at,
                    event: entry.event.as_deref().and_then(RegistryEvent::from_code),
                    command: entry.command,
                    organisation: entry
                        .organisation_id
                        .and_then(|id| organisations.get(&id).cloned()),
                    client: entry.client_id.and_then(|id| clients.get(&id).cloned()),
                };
                histories.entry(entry.aggregate_id).or_default().push(node);
            }
        }
        let lens = self.lens_by_kind();
        let parted = histories
            .into_iter()
            .map(|(row, nodes)| (row, parts(lens, nodes)));
        Ok(parted.collect())
    }

    async fn entries(&self, of: Histories, rows: &[Uuid]) -> Result<Vec<audit_entry::Model>, Error> {
        let statement = self.database.get_database_backend().build(&oldest(of, rows));
        let entries = audit_entry::Model::find_by_statement(statement);
        Ok(entries.all(&self.database).await?)
    }

    /// The public names of the clients of these entries, where they are asked for.
    async fn clients_in(
        &self,
        entries: &[audit_entry::Model],
        want: Option<&Want>,
    ) -> Result<HashMap<Uuid, String>, Error> {
        if want.is_none() {
            return Ok(HashMap::new());
        }
        let clients: HashSet<Uuid> = entries.iter().filter_map(|entry| entry.client_id).collect();
        self.client_names(clients.into_iter()).await
    }
}

/// The oldest entries of each history, in order.
fn oldest(of: Histories, rows: &[Uuid]) -> SelectStatement {
    use audit_entry::Column as A;
    let (numbered, place) = (Alias::new("numbered"), Alias::new("number"));
    let owner = match of {
        Histories::OfCases => A::CaseId,
        Histories::OfRows => A::AggregateId,
    };
    let order = [A::OccurredAt, A::Place, A::Id];
    let mut window = WindowStatement::partition_by(owner);
    let mut inner = Query::select();
    inner
        .columns(A::iter())
        .from(audit_entry::Entity)
        .and_where(owner.is_in(rows.iter().copied()))
        .and_where(A::Event.is_not_null());
    if of == Histories::OfCases {
        inner.and_where(A::Aggregate.is_not_in(WITH_HISTORY.iter().copied()));
    }
    let mut outer = Query::select();
    for column in order {
        window.order_by(column, Order::Asc);
        outer.order_by(column, Order::Asc);
    }
    inner.expr_window_as(Func::cust(Alias::new("ROW_NUMBER")), window, place.clone());
    outer
        .columns(A::iter())
        .from_subquery(inner, numbered)
        .and_where(Expr::col(place).lte(LONGEST))
        .take()
}
