//! Server-sent events: GraphQL over SSE in its distinct connections mode, for whoever sits behind a proxy that lets no
//! WebSocket through. One request, one operation, one response that lasts.
//!
//! Who asks is decided as for any POST or GET, before the stream begins. What is wrong with the document comes as a `next`
//! with errors, as that protocol wants it. The id of an event is its place in the inbox: whoever comes back with
//! `Last-Event-ID` goes on there. A peer that does not keep up costs a few messages of memory, and is told where it stands.

use super::Gateway;
use super::answer::{Fault, MediaType};
use super::doors::Place;
use super::graphql::{self, Body, Question};
use super::load;
use super::log::{RequestId, account};
use super::metrics::{Outcome, Transport};
use super::request;
use super::streams::{Ending, OpenStream};
use crate::domain::code::Code as _;
use crate::error::Code;
use crate::graphql::{Answer, execute_named, execute_stream};
use async_graphql::parser::types::OperationType;
use axum::body::{Body as HttpBody, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use serde_json::json;
use std::convert::Infallible;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tracing::Instrument as _;

/// Where a subscriber says what it has.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Tells proxies to hand on what comes as it comes.
const UNBUFFERED: (HeaderName, HeaderValue) = (
    HeaderName::from_static("x-accel-buffering"),
    HeaderValue::from_static("no"),
);

/// Messages that may wait for a peer to take them.
const WAITING: usize = 8;

/// Time between two signs of life.
const HEARTBEAT: Duration = Duration::from_secs(12);

const SIGN_OF_LIFE: &str = ":\n\n";

/// Events on their way when the program stops are still sent: until it is this quiet …
const QUIET: Duration = Duration::from_millis(50);

/// … but no longer than this.
const LAST_EVENTS: Duration = Duration::from_secs(2);

/// The place that a subscriber says it has.
///
/// # Errors
///
/// 400 where it names no place in an inbox.
pub(super) fn resumes_after(headers: &HeaderMap) -> Result<Option<i64>, Fault> {
    let Some(value) = headers.get(LAST_EVENT_ID) else {
        return Ok(None);
    };
    let text = value.to_str().map_or("-", str::trim);
    if text.is_empty() {
        return Ok(None);
    }
    let place = text.parse::<i64>().ok().filter(|place| *place >= 0);
    let place = place
        .ok_or_else(|| Fault::bad_request("Last-Event-ID is the id of an event: a whole number, from 0."));
    place.map(Some)
}

/// Answers an operation by a stream of events: once it is known where a subscription begins, so that whatever happens after
/// the answer has come is among its events.
pub(super) async fn open(
    gateway: Arc<Gateway>,
    mut question: Question,
    resumes_after: Option<i64>,
    id: RequestId,
) -> Result<Response, Fault> {
    if gateway.stopping.is_cancelled() {
        return Err(Fault::new(
            StatusCode::SERVICE_UNAVAILABLE,
            Code::Internal,
            "The program is stopping.",
        ));
    }
    // A stream that lasts is one of the client's; any other operation is over as soon as it is answered.
    let lasts = request::operation_type(&mut question.request) == Some(OperationType::Subscription);
    let share = lasts.then(|| {
        gateway
            .streams
            .take(question.viewer.client)
            .ok_or_else(load::too_many_open)
    });
    let share = share.transpose()?;
    let (sender, receiver) = mpsc::channel(WAITING);
    let last_words = Arc::new(OnceLock::new());
    let line = Line {
        patience: gateway.limits.stream_patience(),
        sender,
        last_words: Arc::clone(&last_words),
    };
    let tracked = gateway.sockets.token();
    let (begins, has_begun) = oneshot::channel();
    let answering = async move {
        answer(&gateway, question, resumes_after, id, &line, begins).await;
        drop((tracked, share));
    };
    tokio::spawn(answering.in_current_span());
    // An error: it has ended before it began, and says why.
    let _ = has_begun.await;
    let mut response = Response::new(HttpBody::from_stream(body(receiver, last_words)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, MediaType::EventStream.header());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(UNBUFFERED.0, UNBUFFERED.1);
    Ok(response)
}

/// What has been sent, and at the end what is to be said last, however full the line was.
fn body(
    receiver: mpsc::Receiver<Bytes>,
    last_words: Arc<OnceLock<String>>,
) -> BoxStream<'static, Result<Bytes, Infallible>> {
    let first = stream::once(std::future::ready(Bytes::from(SIGN_OF_LIFE)));
    let events = stream::unfold(receiver, async |mut receiver| {
        Some((receiver.recv().await?, receiver))
    });
    let last = stream::once(async move { last_words.get().cloned().map(Bytes::from) });
    let last = last.filter_map(std::future::ready);
    first.chain(events).chain(last).map(Ok).boxed()
}

/// The way to a peer.
struct Line {
    patience: Duration,
    sender: mpsc::Sender<Bytes>,
    last_words: Arc<OnceLock<String>>,
}

/// Why nothing more can be sent.
enum Broken {
    /// The peer is gone.
    Gone,
    /// It does not take what was sent.
    Slow,
}

impl Line {
    async fn send(&self, text: impl Into<Bytes>) -> Result<(), Broken> {
        match timeout(self.patience, self.sender.send(text.into())).await {
            Ok(sent) => sent.map_err(|_| Broken::Gone),
            Err(_) => Err(Broken::Slow),
        }
    }

    /// What the peer hears last, once it has taken everything before.
    fn end(&self, error: Option<Ending>, last: Option<i64>) {
        let mut text = String::new();
        if let Some(ending) = error {
            let errors = json!({ "errors": [ending.error(last)] });
            text += &event("next", last, &errors.to_string());
        }
        text += &event("complete", last, "");
        // Said once.
        let _ = self.last_words.set(text);
    }
}

fn event(name: &str, id: Option<i64>, data: &str) -> String {
    let id = id.map_or_else(String::new, |id| format!("id: {id}\n"));
    let space = if data.is_empty() { "" } else { " " };
    format!("event: {name}\n{id}data:{space}{data}\n\n")
}

async fn answer(
    gateway: &Arc<Gateway>,
    mut question: Question,
    resumes_after: Option<i64>,
    id: RequestId,
    line: &Line,
    begins: oneshot::Sender<()>,
) {
    if request::operation_type(&mut question.request) == Some(OperationType::Subscription) {
        return follow(gateway, question, resumes_after, id, line, begins).await;
    }
    let _ = begins.send(());
    let started = Instant::now();
    let Question {
        request,
        viewer,
        mut asked,
        turn,
        share,
    } = question;
    let held = (turn, share);
    let once = execute_named(&gateway.schema, request, viewer, id.to_string(), held.clone());
    let once = timeout(gateway.limits.request_timeout(), once).await;
    let text = if let Ok((response, named)) = once {
        asked.answered(&response, named);
        Body::of(&response).text()
    } else {
        gateway.schema.counts().refused(Code::Timeout.code());
        let extensions = json!({ "code": Code::Timeout.code() });
        json!({ "errors": [{ "message": graphql::TOO_LONG, "extensions": extensions }] }).to_string()
    };
    let outcome = asked.told.map_or(Outcome::Failed, |told| told.outcome);
    account(gateway, &id, &asked, outcome, started.elapsed());
    line.end(None, None);
    // A peer that is gone or too slow for its one answer gets none.
    let answer = event("next", None, &text).into_bytes();
    let _ = line.send(load::holding(answer, held)).await;
}

async fn follow(
    gateway: &Arc<Gateway>,
    question: Question,
    resumes_after: Option<i64>,
    id: RequestId,
    line: &Line,
    begins: oneshot::Sender<()>,
) {
    let Question {
        request,
        viewer,
        turn,
        share,
        ..
    } = question;
    let client = Arc::clone(&viewer.client_id);
    tracing::info!(
        request = %id,
        client = &*client,
        operation = request::operation_name(&request).as_deref().unwrap_or("-"),
        "subscribed by server-sent events"
    );
    // Before anything is answered, so that no look at the registry misses it.
    let place = Place::taken(gateway, viewer.clone());
    let answers = execute_stream(
        &gateway.schema,
        request,
        viewer.clone(),
        id.to_string(),
        (resumes_after, graphql::written),
        // A stream that is open is no request: it is counted among the connections.
        (turn, share),
    );
    let began = Arc::clone(&answers.began);
    let begun = async move {
        began.wait().await;
        let _ = begins.send(());
        std::future::pending::<()>().await;
    };
    let stream = OpenStream::new(gateway, Transport::Sse, viewer, answers.began, None);
    let mut answers = answers.stream;
    let ended = tokio::select! {
        biased;
        () = place.shown_out.cancelled() => Err(Some(Ending::ShownOut)),
        () = stream.expired() => Err(Some(Ending::TokenExpired)),
        () = line.sender.closed() => Err(None),
        () = begun => Ok(()),
        ended = carry(gateway, &mut answers, &stream, line) => ended,
    };
    match ended {
        Err(None) => tracing::info!(request = %id, client = &*client, "stream closed by its peer"),
        Err(Some(ending)) => {
            if ending == Ending::TooSlow {
                gateway.metrics.slow_reader(Transport::Sse);
            }
            line.end(Some(ending), stream.last());
            tracing::info!(request = %id, client = &*client, ?ending, "stream closed");
        }
        Ok(()) => {
            line.end(None, stream.last());
            tracing::info!(request = %id, client = &*client, "stream completed");
        }
    }
}

/// Carries events until there are no more or the program stops, or until there is a reason to end; none if the peer is gone.
async fn carry(
    gateway: &Gateway,
    answers: &mut BoxStream<'static, Answer>,
    stream: &OpenStream,
    line: &Line,
) -> Result<(), Option<Ending>> {
    let mut heartbeat = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let stopped = loop {
        tokio::select! {
            biased;
            () = gateway.stopping.cancelled() => break true,
            _ = heartbeat.tick() => line.send(SIGN_OF_LIFE).await.map_err(ending)?,
            answer = answers.next() => match answer {
                Some(answer) => hand_on(answer, stream, line).await?,
                None => break false,
            },
        }
    };
    if stopped {
        let last_events = async {
            while let Ok(Some(answer)) = timeout(QUIET, answers.next()).await {
                hand_on(answer, stream, line).await?;
            }
            Ok(())
        };
        // Too slow for its last events is no reason to leave without a farewell.
        return timeout(LAST_EVENTS, last_events).await.unwrap_or(Ok(()));
    }
    Ok(())
}

async fn hand_on(answer: Answer, stream: &OpenStream, line: &Line) -> Result<(), Option<Ending>> {
    stream.admits(&answer).await.map_err(Some)?;
    let place = answer
        .delivery
        .map(|delivery| (delivery.sequence, delivery.occurred_at));
    let id = place.map(|(sequence, _)| sequence).or(stream.last());
    let text = event("next", id, &answer.words.text);
    line.send(text).await.map_err(ending)?;
    if let Some(place) = place {
        stream.sent(place);
    }
    Ok(())
}

fn ending(broken: Broken) -> Option<Ending> {
    match broken {
        Broken::Gone => None,
        Broken::Slow => Some(Ending::TooSlow),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_what_the_protocol_says() {
        assert_eq!(
            event("next", Some(7), r#"{"data":{}}"#),
            "event: next\nid: 7\ndata: {\"data\":{}}\n\n"
        );
        assert_eq!(event("complete", None, ""), "event: complete\ndata:\n\n");
    }

    #[test]
    fn a_subscriber_names_a_place_or_nothing() {
        let after = |value: &'static str| {
            let headers = HeaderMap::from_iter([(LAST_EVENT_ID, HeaderValue::from_static(value))]);
            resumes_after(&headers).ok()
        };
        assert_eq!(resumes_after(&HeaderMap::new()).ok(), Some(None));
        assert_eq!(after(""), Some(None));
        assert_eq!(after("0"), Some(Some(0)));
        assert_eq!(after("41"), Some(Some(41)));
        for wrong in ["-1", "x", "1.5", "99999999999999999999"] {
            assert_eq!(after(wrong), None, "{wrong}");
        }
    }
}
