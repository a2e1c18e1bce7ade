//! For operators: alive, ready, counts, and the contract as SDL. No token, nothing personal.

use super::metrics::{self, Waiting, process};
use super::{Gateway, readiness};
use crate::domain::code::Code as _;
use crate::error::Error;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for the database when somebody asks what waits in it.
const PATIENCE: Duration = Duration::from_secs(3);

/// The process runs.
pub async fn livez() -> &'static str {
    "alive\n"
}

/// Whether this process can do its work, in one line for each thing that was looked at.
pub async fn readyz(State(gateway): State<Arc<Gateway>>) -> impl IntoResponse {
    let found = readiness::look(&gateway).await;
    let status = if found.is_ready() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    ([(CACHE_CONTROL, "no-store")], (status, found.to_string()))
}

/// Counts of this process, and what waits in the database; without the latter where it does not answer in time.
pub async fn counts(State(gateway): State<Arc<Gateway>>) -> impl IntoResponse {
    let mut text = gateway.metrics.render();
    metrics::render_counts(&mut text, gateway.schema.counts());
    process::render(&mut text, gateway.started);
    process::render_connections(&mut text, &gateway.store.connections());
    text.push_str(&gateway.schema.deprecated_uses());
    match tokio::time::timeout(PATIENCE, waiting(&gateway)).await {
        Ok(Ok(waiting)) => text.push_str(&waiting.render()),
        Ok(Err(error)) => {
            tracing::warn!(
                cause = crate::store::cause_of(&error),
                "nobody can say what waits"
            );
        }
        Err(_) => tracing::warn!("nobody can say in time what waits"),
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}

async fn waiting(gateway: &Gateway) -> Result<Waiting, Error> {
    let now = gateway.clock.now();
    let oldest = gateway.store.oldest_unacknowledged().await?.into_iter();
    let (climbing, exhausted) = gateway.store.open_escalations().await?;
    Ok(Waiting {
        oldest: oldest
            .map(|(kind, since)| (kind.code(), (now - since).num_seconds().max(0)))
            .collect(),
        undelivered: gateway.delivery_lag().await?,
        climbing,
        exhausted,
        takeovers: gateway.store.lease_takeovers(),
        webhooks: gateway.store.webhooks_waiting().await?,
    })
}

/// The SDL: the contract with the partners.
pub async fn schema(State(gateway): State<Arc<Gateway>>) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "application/graphql; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, gateway.sdl.clone())
}
