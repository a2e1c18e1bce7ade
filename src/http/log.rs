//! One line for each request, when it is answered: who asked for which operation, how it went, how long it took.
//!
//! Variables, tokens and names of persons never come here.

use super::Gateway;
use super::metrics::Outcome;
use crate::clock::Clock;
use axum::extract::{Request, State};
use axum::http::header::{REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

/// Carries the request id, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names one request in the log, in the audit and to the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// A new id.
    #[must_use]
    pub fn new(clock: &Clock) -> Self {
        Self(crate::ids::new_id(clock.now()).to_string().into())
    }

    /// The id that the caller gave, if it is one that a log can take; else a new one.
    fn of(headers: &HeaderMap, clock: &Clock) -> Self {
        let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok());
        let sane = |id: &&str| {
            (1..=64).contains(&id.len())
                && id
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        given
            .filter(sane)
            .map_or_else(|| Self::new(clock), |id| Self(id.into()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a handler tells the log about the request that it answered.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The client, once it is known.
    pub client_id: Option<Arc<str>>,
    /// The operation, if the client named it.
    pub operation: Option<String>,
}

/// Gives the request its id, hands it on, and writes its line.
pub async fn each_request(State(gateway): State<Arc<Gateway>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = RequestId::of(request.headers(), &gateway.clock);
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    let status = response.status();
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
        .headers_mut()
        .insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
        .headers_mut()
        .insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if path == "/graphql" {
        gateway.metrics.answered(Outcome::of(status), milliseconds);
        let asked = response.extensions().get::<Asked>().cloned().unwrap_or_default();
        tracing::info!(
            request = %id,
            client = asked.client_id.as_deref().unwrap_or("-"),
            operation = asked.operation.as_deref().unwrap_or("-"),
            %method,
            status = status.as_u16(),
            milliseconds,
            "answered"
        );
    } else {
        // Probes come every few seconds and say nothing new.
        let path = known(&path);
        tracing::debug!(request = %id, %method, path, status = status.as_u16(), milliseconds, "answered");
    }
    response
}

/// A path as the log may have it: whatever else a caller writes there is the caller's, and stays out.
fn known(path: &str) -> &str {
    match path {
        "/" | "/livez" | "/readyz" | "/metrics" | "/schema.graphql" => path,
        _ => "elsewhere",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_id_is_taken_over_only_if_a_log_can_take_it() {
        let clock = Clock::system();
        let id = |given: &str| {
            let headers =
                HeaderMap::from_iter([(REQUEST_ID, HeaderValue::from_str(given).expect("a value"))]);
            RequestId::of(&headers, &clock)
        };
        assert_eq!(id("abc-123").as_str(), "abc-123");
        let too_long = "a".repeat(65);
        for bad in ["", "a b", "a\"b", too_long.as_str()] {
            assert_ne!(id(bad).as_str(), bad);
            assert_eq!(id(bad).as_str().len(), 36);
        }
    }
}
