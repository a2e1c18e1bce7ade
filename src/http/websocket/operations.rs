//! What a peer on a socket asks for, run as the viewer that its session admitted.

use super::super::load::{self, Turn};
use super::super::log::{self, Asked, OnSocket, RequestId};
use super::super::metrics::Transport;
use super::super::shares::Share;
use super::super::streams::OpenStream;
use super::super::{graphql, request};
use super::session::{Event, Session};
use crate::domain::code::Code as _;
use crate::error::Code;
use crate::graphql::{Answer, Writer, execute_named, execute_stream};
use crate::policy::viewer::Viewer;
use async_graphql::parser::types::OperationType;
use async_graphql::{Data, ErrorExtensionValues, Executor, Request, Response, ServerError};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use tokio::time::timeout;
use tracing::Instrument as _;

/// What a request holds until it is answered: its part of the room for all, and of that for its client.
type Held = (Turn, Share);

/// What a peer is told that asks before it has said who it is.
const NOBODY: &str = "Nobody asks.";

/// Runs what the peer asks for, as the viewer that the session admitted.
#[derive(Clone)]
pub(super) struct Operations(pub(super) Arc<Session>);

impl Operations {
    /// Room for one more request of this viewer, or in two words why there is none.
    fn room(&self, viewer: &Viewer) -> Result<Held, (Code, &'static str)> {
        let room = &self.0.gateway.room;
        let turn = room.turn().ok_or((Code::Overloaded, load::NO_ROOM))?;
        let share = room.share(viewer.client);
        Ok((turn, share.ok_or((Code::RateLimited, load::TOO_MANY_OF_ONE))?))
    }

    /// The answer to a peer that is refused, which is counted.
    fn refuse(&self, code: Code, sentence: &str) -> Response {
        let response = refused(code, sentence);
        self.0.gateway.schema.counts().answered(&response);
        response
    }

    async fn once(self, request: Request, viewer: Viewer, held: Held) -> Response {
        if !self.0.is_still_admitted().await {
            return self.refuse(Code::Unauthenticated, "The client is no longer admitted.");
        }
        let session = self.0;
        let gateway = &session.gateway;
        let id = RequestId::new(&gateway.clock);
        let mut asked = Asked::by(&viewer, &request);
        let (span, trace) = log::span(&session.caller, &id, "operation");
        let started = Instant::now();
        let answer = execute_named(&gateway.schema, request, viewer.clone(), id.to_string(), held);
        let answer = timeout(gateway.limits.request_timeout(), answer)
            .instrument(span.clone())
            .await;
        let (took, in_time) = (started.elapsed(), answer.is_ok());
        let late = |_| (refused(Code::Timeout, graphql::TOO_LONG), None);
        let (response, named) = answer.unwrap_or_else(late);
        asked.answered(&response, named);
        let done = OnSocket {
            socket: &session.id,
            id: &id,
            trace,
            span: &span,
            in_time,
            took,
        };
        done.tell(gateway, &asked);
        response
    }

    /// Runs what the peer started under a name, once it has room and was read.
    async fn run(self, request: Request, viewer: Viewer, name: String) -> BoxStream<'static, Response> {
        let held = match self.room(&viewer) {
            Ok(held) => held,
            Err((code, why)) => return only(self.refuse(code, why)),
        };
        let mut request = match self.0.gateway.schema.received(request, &viewer).await {
            Ok(request) => request,
            Err(refused) => return only(*refused),
        };
        match request::operation_type(&mut request) {
            Some(OperationType::Subscription) => self.subscribe(request, viewer, name, held),
            _ => stream::once(self.once(request, viewer, held)).boxed(),
        }
    }

    fn subscribe(
        self,
        request: Request,
        viewer: Viewer,
        name: String,
        held: Held,
    ) -> BoxStream<'static, Response> {
        // One is counted with its socket.
        let with_socket = self.0.traffic().streams.values().all(|one| one.holds_share());
        let share = if with_socket {
            None
        } else {
            match self.0.gateway.streams.take(viewer.client) {
                Some(share) => Some(share),
                None => return only(self.refuse(Code::RateLimited, load::TOO_MANY_OPEN)),
            }
        };
        let session = self.0;
        let id = RequestId::new(&session.gateway.clock);
        tracing::info!(
            request = %id,
            socket = %session.id,
            client = &*viewer.client_id,
            operation = request::operation_name(&request).as_deref().unwrap_or("-"),
            "subscribed"
        );
        let gateway = &session.gateway;
        let from = (None, graphql::written as Writer);
        let answers = execute_stream(
            &gateway.schema,
            request,
            viewer.clone(),
            id.to_string(),
            from,
            held,
        );
        let stream = OpenStream::new(gateway, Transport::WebSocket, viewer, answers.began, share);
        let stream = Arc::new(stream);
        let written: Arc<str> = json!(name).to_string().into();
        session.traffic().streams.insert(name, Arc::clone(&stream));
        let admitted = answers.stream.scan((), {
            let (session, stream) = (Arc::clone(&session), Arc::clone(&stream));
            move |(), answer: Answer| {
                let (session, stream) = (Arc::clone(&session), Arc::clone(&stream));
                Box::pin(async move {
                    let admitted = stream.admits(&answer).await;
                    admitted.map_err(|ending| session.condemn(ending.into())).ok()?;
                    Some(answer)
                })
            }
        });
        // The next that the protocol hands on is this one.
        let handed_on = move |answer: Answer| {
            let place = answer
                .delivery
                .map(|delivery| (delivery.sequence, delivery.occurred_at));
            session.traffic().on_its_way = Some(Event {
                stream: Arc::clone(&stream),
                name: Arc::clone(&written),
                body: answer.words.text,
                place,
            });
            Response::default()
        };
        admitted.map(handed_on).boxed()
    }
}

impl Executor for Operations {
    async fn execute(&self, request: Request) -> Response {
        let Some(viewer) = self.0.viewer.get().cloned() else {
            return self.refuse(Code::Unauthenticated, NOBODY);
        };
        let answers = self.clone().run(request, viewer, String::new()).await;
        answers.into_future().await.0.unwrap_or_default()
    }

    fn execute_stream(&self, request: Request, _: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let most = self.0.gateway.limits.max_socket_operations;
        if self.0.traffic().open.len() > most {
            let sentence = format!("A socket carries {most} operations at once.");
            return only(self.refuse(Code::LimitExceeded, &sentence));
        }
        let name = self.0.traffic().starting.take().unwrap_or_default();
        let Some(viewer) = self.0.viewer.get().cloned() else {
            return only(self.refuse(Code::Unauthenticated, NOBODY));
        };
        // Boxed, so that a silent stream keeps no room for what it needed to begin.
        let run = Box::pin(self.clone().run(request, viewer, name));
        stream::once(run).flatten().boxed()
    }
}

fn only(response: Response) -> BoxStream<'static, Response> {
    stream::once(std::future::ready(response)).boxed()
}

fn refused(code: Code, sentence: &str) -> Response {
    let mut error = ServerError::new(sentence, None);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code.code());
    error.extensions = Some(extensions);
    Response::from_errors(vec![error])
}
