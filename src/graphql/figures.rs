//! Figures as they are asked for: arguments become a question, and refusals errors with a code.

use super::arguments::{IndicatorFilter, ReturnFilter, part};
use super::context::{InScope, refuse, wanted};
use super::governed::Row;
use super::scalars::DateScalar;
use super::word::Word;
use crate::indicators::catalogue::{IndicatorNode, indicators};
use crate::indicators::consular::{PostNode, statistics_of_posts};
use crate::indicators::dimension::Dimension;
use crate::indicators::matrix::IndicatorCode;
use crate::indicators::question::Period;
use crate::indicators::question::PeriodStep;
use crate::indicators::tables::{TableNode, TableOrder, returns};
use crate::store::nodes::OrganisationNode;
use async_graphql::{Context, Object, Result};

/// Reads of figures.
#[derive(Default)]
pub struct Figures;

#[Object(serial)]
impl Figures {
    /// Indicators of the results matrix with their figures; all 25 if none is named.
    async fn indicators(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which indicators.")] codes: Option<Vec<Word<IndicatorCode>>>,
        #[graphql(desc = "Which figures; all that were published if nothing is said.")] filter: Option<
            IndicatorFilter,
        >,
        #[graphql(desc = "In which steps `values` go.")] step: Option<Word<PeriodStep>>,
        #[graphql(desc = "By which groups `values` are counted.", default)] by: Vec<Word<Dimension>>,
    ) -> Result<Vec<Row<IndicatorNode>>> {
        indicators_asked(context, (codes, step, by), filter.unwrap_or_default()).await
    }

    /// Returns counted by up to three dimensions that are published together; what names too few is suppressed.
    async fn returns(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to count by, at most three; the total alone if nothing is named.")]
        group_by: Vec<Word<Dimension>>,
        #[graphql(desc = "Which returns.")] filter: Option<ReturnFilter>,
        #[graphql(desc = "The order of the rows; most persons first if nothing is said.")] order_by: Option<
            Word<TableOrder>,
        >,
        #[graphql(desc = "At most so many rows; 1,000 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
    ) -> Result<Row<TableNode>> {
        returns_asked(
            context,
            (group_by, order_by, first, after),
            filter.unwrap_or_default(),
        )
        .await
    }

    /// How consular posts answer the requests of all missions: how long it takes, how often they refuse, and how long
    /// requests wait. Published once a month is over.
    async fn consular_statistics(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only these posts, by their codes; all of them if nothing is said.")]
        consular_posts: Option<Vec<String>>,
        #[graphql(desc = "Only what was published of months from that of this day on.")] from: Option<
            DateScalar,
        >,
        #[graphql(desc = "Only what was published of months up to that of this day.")] to: Option<DateScalar>,
    ) -> Result<Vec<Row<PostNode>>> {
        let scope = context.scope();
        let reader = scope.reader();
        let want = wanted::<OrganisationNode>(context, &[&["consularPost"]]);
        let months = (from.map(|day| day.0), to.map(|day| day.0));
        let told = async {
            if let (Some(from), Some(to)) = months {
                Period::of(from, to, scope.desk.store.clock().now().date_naive())?;
            }
            statistics_of_posts(
                &scope.desk.store,
                &reader,
                &want,
                (consular_posts.as_deref(), months.0, months.1),
            )
            .await
        };
        let told = told.await.map_err(|fault| refuse(&fault, &scope.request_id))?;
        Ok(told.into_iter().map(Row).collect())
    }
}

type Series = (
    Option<Vec<Word<IndicatorCode>>>,
    Option<Word<PeriodStep>>,
    Vec<Word<Dimension>>,
);

/// The indicators asked for, with their series.
async fn indicators_asked(
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
async fn returns_asked(
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
