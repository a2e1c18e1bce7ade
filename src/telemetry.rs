//! Traces: the context of the W3C that comes with requests and goes out with webhooks, and the spans in between.
//!
//! A span holds ids, names of operations and clients, statuses and times. Documents, variables, statements and rows never
//! come here. Whether anything is sent anywhere is a setting; ids are given in any case, so that the lines of the log can be
//! told apart by them.

mod otlp;

pub use otlp::Exporter;

use axum::http::HeaderMap;
use opentelemetry::propagation::{Extractor, TextMapPropagator as _};
use opentelemetry::trace::{SpanContext, TraceContextExt as _, TraceFlags, TraceId, TraceState};
use opentelemetry::{Context, trace::SpanId};
use opentelemetry_http::{HeaderExtractor, HeaderInjector};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{IdGenerator as _, RandomIdGenerator};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// Header with the state that the systems of a caller hand along.
const STATE: &str = "tracestate";

/// Longest such state that is kept; a longer one is forgotten, as the recommendation allows.
const LONGEST_STATE: usize = 512;

/// Where a caller stands in its own trace, if it says so.
#[derive(Clone, Debug)]
pub struct Caller(SpanContext);

impl Default for Caller {
    fn default() -> Self {
        Self(SpanContext::NONE)
    }
}

struct Headers<'h>(HeaderExtractor<'h>);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        let value = self.0.get(key)?;
        (key != STATE || value.len() <= LONGEST_STATE).then_some(value)
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys()
    }
}

impl Caller {
    /// What the headers of a request say.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let headers = Headers(HeaderExtractor(headers));
        let context = TraceContextPropagator::new().extract_with_context(&Context::new(), &headers);
        Self(context.span().span_context().clone())
    }

    /// Makes a span that has not begun a part of the caller's trace, or else of one of its own; returns the id of the trace.
    #[must_use]
    pub fn continues_in(&self, span: &Span) -> TraceId {
        if self.0.is_valid() {
            // An error says that nothing is sent: then there is nothing to be a part of.
            let _ = span.set_parent(Context::new().with_remote_span_context(self.0.clone()));
        }
        let own = span.context();
        let own = own.span().span_context().trace_id();
        match (own, self.0.trace_id()) {
            (TraceId::INVALID, TraceId::INVALID) => RandomIdGenerator::default().new_trace_id(),
            (TraceId::INVALID, callers) => callers,
            (own, _) => own,
        }
    }
}

/// The headers by which whoever is called can go on with the trace of a span.
#[must_use]
pub fn carried(span: &Span) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut context = span.context();
    if !context.span().span_context().is_valid() {
        let ids = RandomIdGenerator::default();
        let (trace, span): (TraceId, SpanId) = (ids.new_trace_id(), ids.new_span_id());
        let fresh = SpanContext::new(trace, span, TraceFlags::default(), false, TraceState::default());
        context = Context::new().with_remote_span_context(fresh);
    }
    TraceContextPropagator::new().inject_context(&context, &mut HeaderInjector(&mut headers));
    if headers.get(STATE).is_some_and(axum::http::HeaderValue::is_empty) {
        headers.remove(STATE);
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

    fn caller(pairs: &[(&'static str, &str)]) -> Caller {
        let pairs = pairs.iter().map(|(name, value)| {
            let value = HeaderValue::from_str(value).expect("a value");
            (HeaderName::from_static(name), value)
        });
        Caller::of(&pairs.collect())
    }

    #[test]
    fn a_trace_goes_on_where_its_context_is_well_formed_and_begins_anew_elsewhere() {
        let good = format!("00-{TRACE}-b7ad6b7169203331-01");
        let continued = caller(&[("traceparent", &good)]).continues_in(&Span::none());
        assert_eq!(continued.to_string(), TRACE);
        for wrong in [
            String::new(),
            "x".to_owned(),
            format!("00-{TRACE}-0000000000000000-01"),
            format!("00-{}-b7ad6b7169203331-01", "0".repeat(32)),
            format!("00-{}-b7ad6b7169203331-01", TRACE.to_uppercase()),
            format!("00-{TRACE}-b7ad6b7169203331-01-more"),
            format!("ff-{TRACE}-b7ad6b7169203331-01"),
        ] {
            let (one, other) = (caller(&[("traceparent", &wrong)]), caller(&[]));
            let (one, other) = (one.continues_in(&Span::none()), other.continues_in(&Span::none()));
            assert_ne!(one.to_string(), TRACE, "{wrong}");
            assert!(one != other && one != TraceId::INVALID, "{wrong}");
        }
    }

    #[test]
    fn a_state_of_any_length_is_not_kept() {
        let parent = format!("00-{TRACE}-b7ad6b7169203331-01");
        let state = |length: usize| {
            let state = format!("a={}", "x".repeat(length - 2));
            let caller = caller(&[("traceparent", &parent), ("tracestate", &state)]);
            caller.0.trace_state().header()
        };
        // A member has 256 characters at most.
        assert_eq!(state(200).len(), 200);
        assert_eq!(state(LONGEST_STATE + 1), "");
    }

    #[test]
    fn what_is_carried_out_is_a_context_of_its_own() {
        let (one, other) = (carried(&Span::none()), carried(&Span::none()));
        assert_ne!(one["traceparent"], other["traceparent"]);
        assert!(Caller::of(&one).0.is_valid());
        assert!(!Caller::of(&one).0.is_sampled());
        assert!(!one.contains_key("tracestate"));
    }
}
