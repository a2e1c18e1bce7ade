//! The viewer's own inbox as it is read: what it proves of itself, what is not kept any more, and that it was handed over.

use super::connection::{Connection, Window, connection, key_after};
use super::context::{InScope, RequestScope, refuse};
use super::types::inbox_head::InboxHead;
use crate::domain::notice::DeliveryChannel;
use crate::error::Error;
use crate::policy::rows::{Reach, Resource, reach};
use crate::store::Handed;
use crate::store::filter::NoticeFilter;
use crate::store::nodes::NoticeNode;
use async_graphql::{Context, Result};

/// Whether notices are addressed to whoever asks.
#[must_use]
pub fn has_inbox(scope: &RequestScope) -> bool {
    let now = scope.desk.store.clock().now();
    let windows = scope.desk.store.windows();
    matches!(
        reach(&scope.viewer, Resource::Notice, now, windows),
        Reach::AddressedTo(_)
    )
}

/// What the inbox proves of itself.
pub async fn head(context: &Context<'_>) -> Result<Option<InboxHead>> {
    let scope = context.scope();
    if !has_inbox(scope) {
        return Ok(None);
    }
    let proof = scope.desk.store.inbox_proof(scope.viewer.organisation).await;
    proof
        .map(|proof| Some(proof.into()))
        .map_err(|fault| refuse(&fault, &scope.request_id))
}

/// A page of the inbox; where it goes on from a place that is not kept any more, that is said.
pub async fn page(
    context: &Context<'_>,
    window: Window,
    filter: NoticeFilter,
) -> Result<Connection<NoticeNode>> {
    let scope = context.scope();
    let own = has_inbox(scope);
    if own {
        is_kept(scope, &window, &filter)
            .await
            .map_err(|fault| refuse(&fault, &scope.request_id))?;
    }
    let page = connection::<NoticeNode>(context, window, &filter, true).await?;
    if own {
        hand_over(scope, &page);
    }
    Ok(page)
}

async fn is_kept(scope: &RequestScope, window: &Window, filter: &NoticeFilter) -> Result<(), Error> {
    let (store, own) = (&scope.desk.store, scope.viewer.organisation);
    if let Some(after) = filter.after_sequence {
        is_a_place(after)?;
        store.keeps_all_after(own, after).await?;
    }
    for cursor in [&window.after, &window.before].into_iter().flatten() {
        // A cursor that was made for something else is refused where the page is read.
        if let Some(notice) = key_after::<NoticeNode>(scope, filter, true, cursor) {
            store.keeps_notice(own, notice).await?;
        }
    }
    Ok(())
}

/// Whether whoever reads an inbox could be after this place in it.
///
/// # Errors
///
/// [`Error::InvalidArgument`] below 0.
pub fn is_a_place(after: i64) -> Result<(), Error> {
    let fault = || Error::InvalidArgument("`afterSequence` goes from 0".to_owned());
    (after >= 0).then_some(()).ok_or_else(fault)
}

/// Notes that the page was handed over, once the answer is on its way; nothing is written of what is known to be.
fn hand_over(scope: &RequestScope, page: &Connection<NoticeNode>) {
    let new = page.rows().filter_map(|row| {
        row.key(|node| {
            let new = node.delivered_at.is_none();
            new.then_some(node.id)
        })
    });
    let new = Handed::Ids(new.collect());
    if matches!(&new, Handed::Ids(ids) if ids.is_empty()) {
        return;
    }
    let (store, own) = (scope.desk.store.clone(), scope.viewer.organisation);
    tokio::spawn(async move {
        let now = store.clock().now();
        let noted = store.notices_were_delivered(own, &new, DeliveryChannel::Pull, now);
        if let Err(fault) = noted.await {
            let cause = crate::store::cause_of(&fault);
            tracing::warn!(%cause, "it could not be noted that notices were handed over");
        }
    });
}
