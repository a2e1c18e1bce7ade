//! What a peer on a socket asks for, run as the viewer that its session admitted.

use super::super::load;
use super::super::log::{self, Asked, OnSocket, RequestId};
use super::super::metrics::Transport;
use super::super::streams::OpenStream;
use super::super::{graphql, request};
use super::session::{Event, Session};
use crate::domain::code::Code as _;
use crate::error::Code;
use crate::graphql::documents::names_document;
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

/// Runs what the peer asks for, as the viewer that the session admitted.
#[derive(Clone)]
pub(super) struct Operations(pub(super) Arc<Session>);

impl Operations {
    async fn once(self, request: Request) -> Response {
        let session = self.0;
        let Some(viewer) = session.viewer.get().cloned() else {
            return refused(Code::Unauthenticated, "Nobody asks.");
        };
        if !session.is_still_admitted().await {
            return refused(Code::Unauthenticated, "The client is no longer admitted.");
        }
        let gateway = &session.gateway;
        let Some(turn) = gateway.room.turn() else {
            return refused(Code::Overloaded, load::NO_ROOM);
        };
        let Some(share) = gateway.room.share(viewer.client) else {
            return refused(Code::RateLimited, load::TOO_MANY_OF_ONE);
        };
        let id = RequestId::new(&gateway.clock);
        let mut asked = Asked::by(&viewer, &request);
        let (span, trace) = log::span(&session.caller, &id, "operation");
        let started = Instant::now();
        let answer = execute_named(
            &gateway.schema,
            request,
            viewer.clone(),
            id.to_string(),
            (turn, share),
        );
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

    /// Runs what the peer started under a name.
    fn run(self, mut request: Request, viewer: Viewer, name: String) -> BoxStream<'static, Response> {
        match request::operation_type(&mut request) {
            Some(OperationType::Subscription) => self.subscribe(request, viewer, name),
            _ => stream::once(self.once(request)).boxed(),
        }
    }

    /// The same once the registry has said which document it is.
    async fn run_document(
        self,
        request: Request,
        viewer: Viewer,
        name: String,
    ) -> BoxStream<'static, Response> {
        match self.0.gateway.schema.with_document(request, &viewer).await {
            Ok(request) => self.run(request, viewer, name),
            Err(error) => {
                let response = Response::from_errors(vec![error]);
                self.0.gateway.schema.counts().answered(&response);
                stream::once(std::future::ready(response)).boxed()
            }
        }
    }

    fn subscribe(self, request: Request, viewer: Viewer, name: String) -> BoxStream<'static, Response> {
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
        let answers = execute_stream(&gateway.schema, request, viewer.clone(), id.to_string(), from);
        let stream = OpenStream::new(gateway, Transport::WebSocket, viewer, answers.began);
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
        self.clone().once(request).await
    }

    fn execute_stream(&self, request: Request, _: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let most = self.0.gateway.limits.max_socket_operations;
        if self.0.traffic().open.len() > most {
            let sentence = format!("A socket carries {most} operations at once.");
            return stream::once(std::future::ready(refused(Code::LimitExceeded, &sentence))).boxed();
        }
        let name = self.0.traffic().starting.take().unwrap_or_default();
        let Some(viewer) = self.0.viewer.get().cloned() else {
            return stream::once(self.clone().once(request)).boxed();
        };
        if names_document(&request) || viewer.documents_only {
            let run = self.clone().run_document(request, viewer, name);
            return stream::once(run).flatten().boxed();
        }
        self.clone().run(request, viewer, name)
    }
}

fn refused(code: Code, sentence: &str) -> Response {
    let mut error = ServerError::new(sentence, None);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code.code());
    error.extensions = Some(extensions);
    Response::from_errors(vec![error])
}
