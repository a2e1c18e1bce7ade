//! The keys that verify what is sent to webhooks, for everybody: public by their nature.

use super::Gateway;
use super::answer::Fault;
use crate::notify::webhook::signature;
use crate::store::cause_of;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Every key that signs now, as a JWK set. Which of them signs for a webhook is said by `Webhook.publicKeys`.
pub async fn jwks(State(gateway): State<Arc<Gateway>>) -> Response {
    match gateway.store.webhook_public_keys().await {
        Ok(keys) => {
            let headers = [
                (CONTENT_TYPE, "application/jwk-set+json"),
                (CACHE_CONTROL, "public, max-age=300"),
            ];
            (headers, signature::jwks(&keys).to_string()).into_response()
        }
        Err(error) => {
            tracing::error!(cause = cause_of(&error), "the keys of webhooks cannot be read");
            Fault::new(
                StatusCode::SERVICE_UNAVAILABLE,
                crate::error::Code::Internal,
                "The keys cannot be read at the moment.",
            )
            .into_response()
        }
    }
}
