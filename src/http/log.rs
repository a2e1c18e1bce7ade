//! One line for each request, when it is answered: who asked for which operation, how it went, how long it took.
//!
//! Variables, tokens and names of persons never come here.

use super::metrics::Outcome;
use super::metrics::operations::Done;
use super::{Gateway, graphql, request};
use crate::clock::Clock;
use crate::domain::code::Code as _;
use crate::error::Code;
use crate::graphql::counts::Points;
use crate::graphql::says_that_we_failed;
use crate::ids::ClientId;
use crate::policy::viewer::Viewer;
use crate::telemetry::Caller;
use axum::extract::{Request, State};
use axum::http::header::{REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use opentelemetry::trace::TraceId;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

/// Carries the request id, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Addresses that are asked every few seconds, and tell nothing new by a trace.
const PROBES: [&str; 3] = ["/livez", "/metrics", "/readyz"];

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
    pub client: Option<ClientId>,
    /// The same by its own name.
    pub client_id: Option<Arc<str>>,
    /// The operation, if the client named it.
    pub operation: Option<String>,
    /// What stands for the document: nobody can read it from that.
    pub document: Option<Fingerprint>,
    /// What became of the operation, if it was answered at once.
    pub told: Option<Told>,
}

impl Asked {
    /// What a viewer asks.
    pub(super) fn by(viewer: &Viewer, request: &async_graphql::Request) -> Self {
        Self {
            client: Some(viewer.client),
            client_id: Some(Arc::clone(&viewer.client_id)),
            operation: request::operation_name(request),
            document: Some(Fingerprint::of(&request.query)),
            told: None,
        }
    }

    /// Notes what became of it; `named` is what the document itself calls the operation.
    pub(super) fn answered(&mut self, response: &async_graphql::Response, named: Option<String>) {
        self.told = Some(Told::of(response));
        self.operation = self.operation.take().or_else(|| request::fit_name(named));
    }
}

/// The beginning of a digest of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 8]);

impl Fingerprint {
    fn of(document: &str) -> Self {
        let mut start = [0; 8];
        start.copy_from_slice(&Sha256::digest(document)[..8]);
        Self(start)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What became of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// How it went, whatever the status says.
    pub outcome: Outcome,
    /// What it cost.
    pub points: Option<Points>,
}

impl Told {
    fn of(response: &async_graphql::Response) -> Self {
        let outcome = if says_that_we_failed(response) {
            Outcome::Failed
        } else if graphql::never_ran(response) {
            Outcome::Refused
        } else {
            Outcome::Answered
        };
        Self {
            outcome,
            points: Points::of(response),
        }
    }
}

/// Counts an operation that was answered, and gives it a line of its own where it was slow or costly.
pub(super) fn account(gateway: &Gateway, id: &RequestId, asked: &Asked, outcome: Outcome, took: Duration) {
    let done = Done {
        client: asked.client,
        name: asked.operation.as_deref(),
        outcome,
        took,
    };
    gateway.metrics.operations.done(done, gateway.clock.steady());
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let points = asked.told.and_then(|told| told.points);
    let requested = points.map_or(0, |points| points.requested);
    let actual = points.and_then(|points| points.actual).unwrap_or(0);
    let reached = |number: u64, limit: u32| limit > 0 && number >= limit.into();
    let is_slow = reached(milliseconds, gateway.log.slow_milliseconds);
    if !is_slow && !reached(requested.max(actual), gateway.log.costly_points) {
        return;
    }
    tracing::warn!(
        request = %id,
        client = asked.client_id.as_deref().unwrap_or("-"),
        operation = asked.operation.as_deref().unwrap_or("-"),
        document = asked.document.map(tracing::field::display),
        milliseconds,
        points_requested = requested,
        points_actual = actual,
        "{}",
        if is_slow { "a slow operation" } else { "a costly operation" }
    );
}

/// An operation that was answered on a socket.
pub(super) struct OnSocket<'o> {
    /// The socket.
    pub(super) socket: &'o RequestId,
    /// The operation by a name of its own.
    pub(super) id: &'o RequestId,
    /// Its trace.
    pub(super) trace: TraceId,
    /// Its span.
    pub(super) span: &'o Span,
    /// Whether it was answered in time.
    pub(super) in_time: bool,
    /// How long it took.
    pub(super) took: Duration,
}

impl OnSocket<'_> {
    /// Writes its line, and counts it.
    pub(super) fn tell(self, gateway: &Gateway, asked: &Asked) {
        let outcome = match asked.told {
            Some(told) if self.in_time => told.outcome,
            _ => Outcome::Failed,
        };
        if !self.in_time {
            gateway.schema.counts().refused(Code::Timeout.code());
        }
        tracing::info!(
            request = %self.id,
            trace_id = %self.trace,
            socket = %self.socket,
            client = asked.client_id.as_deref().unwrap_or("-"),
            operation = asked.operation.as_deref().unwrap_or("-"),
            in_time = self.in_time,
            milliseconds = u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
            "answered"
        );
        conclude(self.span, asked, outcome);
        account(gateway, self.id, asked, outcome, self.took);
    }
}

/// The span of a request, or of an operation on a socket, that has not begun; with the id of its trace.
pub(super) fn span(caller: &Caller, id: &RequestId, what: &'static str) -> (Span, TraceId) {
    if PROBES.contains(&what) {
        let none = Span::none();
        let trace = caller.continues_in(&none);
        return (none, trace);
    }
    let span = tracing::info_span!(
        "request",
        otel.name = what,
        otel.kind = "server",
        otel.status_code = Empty,
        request = %id,
        trace_id = Empty,
        client = Empty,
        operation = Empty,
        status = Empty,
    );
    let trace = caller.continues_in(&span);
    span.record("trace_id", tracing::field::display(trace));
    (span, trace)
}

/// Writes into a span what is known at its end.
fn conclude(span: &Span, asked: &Asked, outcome: Outcome) {
    if let Some(client) = asked.client_id.as_deref() {
        span.record("client", client);
    }
    if let Some(operation) = asked.operation.as_deref() {
        span.record("operation", operation);
    }
    if outcome == Outcome::Failed {
        span.record("otel.status_code", "ERROR");
    }
}

/// Gives the request its id, hands it on, and writes its line.
pub async fn each_request(State(gateway): State<Arc<Gateway>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = RequestId::of(request.headers(), &gateway.clock);
    let method = known_method(request.method());
    let path = request.uri().path().to_owned();
    let caller = Caller::of(request.headers());
    let (span, trace) = span(&caller, &id, known(&path));
    request.extensions_mut().insert(id.clone());
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    let took = started.elapsed();
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
        .headers_mut()
        .insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
        .headers_mut()
        .insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    span.record("status", status.as_u16());
    let counted =
        ["/graphql", "/.well-known/webhook-keys"].contains(&path.as_str()) || path.starts_with("/statistics");
    if let Some(code) = response.extensions().get::<Code>().filter(|_| counted) {
        gateway.schema.counts().refused(code.code());
    }
    if path == "/graphql" {
        let asked = response.extensions().get::<Asked>().cloned().unwrap_or_default();
        let outcome = match (Outcome::of(status), asked.told) {
            (Outcome::Answered, Some(told)) => told.outcome,
            (of_status, _) => of_status,
        };
        gateway.metrics.answered(outcome, milliseconds);
        conclude(&span, &asked, outcome);
        tracing::info!(
            request = %id,
            trace_id = %trace,
            client = asked.client_id.as_deref().unwrap_or("-"),
            operation = asked.operation.as_deref().unwrap_or("-"),
            %method,
            status = status.as_u16(),
            milliseconds,
            "answered"
        );
        // Of a stream that began nothing is known yet; what ran out of time is known well enough.
        if asked.told.is_some() || status == StatusCode::GATEWAY_TIMEOUT {
            account(&gateway, &id, &asked, outcome, took);
        }
    } else {
        // Probes come every few seconds and say nothing new.
        let path = known(&path);
        tracing::debug!(request = %id, %method, path, status = status.as_u16(), milliseconds, "answered");
    }
    response
}

/// A path as the log may have it: whatever else a caller writes there is the caller's, and stays out.
fn known(path: &str) -> &'static str {
    const KNOWN: [&str; 6] = [
        "/",
        "/graphql",
        "/livez",
        "/metrics",
        "/readyz",
        "/schema.graphql",
    ];
    let mut known = KNOWN.into_iter();
    known.find(|known| *known == path).unwrap_or("elsewhere")
}

/// A method as the log may have it: a caller may write any word there, and a long one.
fn known_method(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = [
        "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
    ];
    let mut known = KNOWN.into_iter();
    known.find(|known| *known == method.as_str()).unwrap_or("other")
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

    #[test]
    fn a_path_and_a_method_are_named_only_if_they_are_known() {
        assert_eq!(
            (known("/graphql"), known_method(&Method::PATCH)),
            ("/graphql", "PATCH")
        );
        let long = "HASSAN".repeat(10_000);
        for word in ["get", "PURGE", long.as_str()] {
            let method = Method::from_bytes(word.as_bytes()).expect("a method");
            assert_eq!(
                (known(&format!("/{word}")), known_method(&method)),
                ("elsewhere", "other")
            );
        }
    }
}
