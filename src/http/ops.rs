//! For operators: alive, ready, counts, and the contract as SDL. No token, nothing personal.

use super::Gateway;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for the database when somebody asks whether we are ready.
const PATIENCE: Duration = Duration::from_secs(3);

/// The process runs.
pub async fn livez() -> &'static str {
    "alive\n"
}

/// The database answers, its migrations are those of this program, and nobody told us to stop.
pub async fn readyz(State(gateway): State<Arc<Gateway>>) -> impl IntoResponse {
    if gateway.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    let database = async {
        gateway.store.ping().await?;
        gateway.store.migration_status().await
    };
    match tokio::time::timeout(PATIENCE, database).await {
        Ok(Ok(migrations)) if migrations.iter().all(|migration| migration.applied) => {
            (StatusCode::OK, "ready\n")
        }
        Ok(Ok(_)) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "migrations are missing: run `avrr-gateway migrate up`\n",
        ),
        Ok(Err(error)) => {
            tracing::warn!(cause = crate::store::cause_of(&error), "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

/// Counts of this process.
pub async fn metrics(State(gateway): State<Arc<Gateway>>) -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        gateway.metrics.render(),
    )
}

/// The SDL: the contract with the partners.
pub async fn schema(State(gateway): State<Arc<Gateway>>) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "application/graphql; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, gateway.sdl.clone())
}
