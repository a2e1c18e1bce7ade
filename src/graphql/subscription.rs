//! Notices as they come.

use super::context::{RequestScope, refuse, wanted};
use super::governed::Row;
use super::inbox::is_a_place;
use super::word::Word;
use crate::domain::code::Code as _;
use crate::domain::notice::NoticeType;
use crate::error::Error;
use crate::notify::{Delivery, Feed, feed};
use crate::policy::rows::{Reach, Resource, reach};
use crate::store::nodes::NoticeNode;
use async_graphql::{Context, Result, Subscription};
use futures_util::stream::{self, Stream, StreamExt as _};
use std::sync::Arc;

/// Notices as they come.
pub struct Subscription;

/// The viewer's inbox as it fills: what was missed, then what comes, in order and without gaps.
#[Subscription]
impl Subscription {
    /// Notices of the viewer's inbox: after a place in it, or from now on.
    async fn notices(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The last place that the subscriber has; without it, only what comes from now on.")]
        after_sequence: Option<i64>,
        #[graphql(desc = "Only notices of these types.")] types: Option<Vec<Word<NoticeType>>>,
    ) -> Result<impl Stream<Item = Result<Row<NoticeNode>>>> {
        let types = types.map(|types| types.into_iter().map(|kind| kind.0).collect());
        follow(context, after_sequence, types).await
    }

    /// Notices that concern departures: planned, confirmed, arrived, or taken back.
    async fn departures(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The last place that the subscriber has; without it, only what comes from now on.")]
        after_sequence: Option<i64>,
    ) -> Result<impl Stream<Item = Result<Row<NoticeNode>>>> {
        let types = NoticeType::ALL
            .iter()
            .map(|(kind, ..)| *kind)
            .filter(|kind| kind.concerns_departure())
            .collect();
        follow(context, after_sequence, Some(types)).await
    }
}

/// Opens the inbox, which then is followed outside of the library; or tells of the one notice that an event is about.
async fn follow(
    context: &Context<'_>,
    after: Option<i64>,
    types: Option<Vec<NoticeType>>,
) -> Result<impl Stream<Item = Result<Row<NoticeNode>>> + use<>> {
    let scope: &Arc<RequestScope> = context.data_unchecked();
    if let Some(delivery) = &scope.following.only {
        return Ok(told(Some(delivery)));
    }
    let request_id = scope.request_id.clone();
    let after = scope.following.resumes_after.or(after);
    after
        .map_or(Ok(()), is_a_place)
        .map_err(|fault| refuse(&fault, &request_id))?;
    if !matches!(
        reach(
            &scope.viewer,
            Resource::Notice,
            scope.desk.store.clock().now(),
            scope.desk.store.windows()
        ),
        Reach::AddressedTo(_)
    ) {
        return Err(refuse(&Error::Forbidden, &request_id));
    }
    let want = wanted::<NoticeNode>(context, &[&[]]);
    let inbox = Feed {
        store: scope.desk.store.clone(),
        hub: scope.desk.hub.clone(),
        viewer: scope.viewer.clone(),
        after,
        types,
        want,
        began: Arc::clone(&scope.following.began),
    };
    let inbox = feed(inbox).await.map_err(|fault| refuse(&fault, &request_id))?;
    scope.following.opens(inbox.boxed());
    Ok(told(None))
}

/// One notice, as an event of its own.
fn told(delivery: Option<&Arc<Delivery>>) -> impl Stream<Item = Result<Row<NoticeNode>>> + use<> {
    let notice = delivery.map(|delivery| Ok(Row(Arc::clone(&delivery.notice))));
    stream::iter(notice)
}
