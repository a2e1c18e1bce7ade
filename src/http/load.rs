//! Not more at once than the program can do: whoever comes then is told to come back, before anything is looked at.

use super::Gateway;
use super::answer::Fault;
use crate::error::Code;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// After how many seconds whoever was sent away may come back.
const COME_BACK: u64 = 1;

/// Lets a request in if there is room for it.
pub async fn unless_too_many(State(gateway): State<Arc<Gateway>>, request: Request, next: Next) -> Response {
    let Ok(_place) = gateway.places.try_acquire() else {
        return Fault::new(
            StatusCode::SERVICE_UNAVAILABLE,
            Code::Overloaded,
            "The program answers as many requests as it can: come back a little later.",
        )
        .to_come_back_after(COME_BACK)
        .into_response();
    };
    next.run(request).await
}
