//! Figures as they are asked for: arguments become a question, and refusals errors with a code.

use super::arguments::{IndicatorFilter, ReturnFilter, part};
use super::context::{InScope, refuse};
use super::governed::Row;
use super::word::Word;
use crate::indicators::catalogue::{IndicatorNode, indicators};
use crate::indicators::dimension::Dimension;
use crate::indicators::matrix::IndicatorCode;
use crate::indicators::question::PeriodStep;
use crate::indicators::tables::{TableNode, TableOrder, returns};
use async_graphql::{Context, Result};

type Series = (
    Option<Vec<Word<IndicatorCode>>>,
    Option<Word<PeriodStep>>,
    Vec<Word<Dimension>>,
);

/// The indicators asked for, with their series.
pub(super) async fn indicators_asked(
    context: &Context<'_>,
    (codes, step, by): Series,
    filter: IndicatorFilter,
) -> Result<Vec<Row<IndicatorNode>>> {
    let scope = context.scope();
    let store = &scope.desk.store;
    let asked = filter.asked(codes, step, by, store.clock().now().date_naive());
    let found = async { indicators(store, &scope.viewer, &asked?).await };
    let found = found.await.map_err(|fault| refuse(&fault, &scope.request_id))?;
    Ok(found.into_iter().map(Row).collect())
}

type Shape = (
    Vec<Word<Dimension>>,
    Option<Word<TableOrder>>,
    Option<i32>,
    Option<String>,
);

/// The table of returns asked for.
pub(super) async fn returns_asked(
    context: &Context<'_>,
    (group_by, order_by, first, after): Shape,
    filter: ReturnFilter,
) -> Result<Row<TableNode>> {
    let scope = context.scope();
    let store = &scope.desk.store;
    let question = filter.question(group_by, store.clock().now().date_naive());
    let part = part(order_by, first, after);
    let table = async {
        returns(
            store,
            &scope.viewer,
            question?,
            (filter.project.as_deref(), &part),
        )
        .await
    };
    table
        .await
        .map(Row)
        .map_err(|fault| refuse(&fault, &scope.request_id))
}
