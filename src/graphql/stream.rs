//! Subscriptions: an inbox that is followed event by event.
//!
//! The library parses and validates a subscription, and its resolver opens the inbox; the stream itself is ours. Each event
//! is an execution of the same document for one notice, done once for all streams of this process that say the same to the
//! same token in the same words: what it tells of persons is noted before it is given, as it is for any answer, and it is
//! put into words once.

use super::admission::{Read, read_before};
use super::context::{Followed, Following, refuse};
use super::{GatewaySchema, coded, documents, fault_of_ours, finished, says_that_we_failed};
use crate::domain::code::Code as _;
use crate::error::Error;
use crate::notify::{Audience, Delivery, Words};
use crate::policy::viewer::Viewer;
use async_graphql::{Pos, Request, Response, Variables};
use chrono::{DateTime, Utc};
use futures_util::stream::{self, BoxStream, StreamExt as _};
use sha2::{Digest as _, Sha256};
use std::sync::{Arc, OnceLock};
use tokio::sync::SetOnce;
use tokio::time::timeout;

/// One answer of a stream.
pub struct Answer {
    /// What it says.
    pub words: Words,
    /// The notice that it tells of, if it is an event of an inbox.
    pub delivery: Option<Arc<Delivery>>,
}

/// The answers of a subscription.
pub struct Answers {
    /// The place in the inbox after which the stream begins, once it has begun.
    pub began: Arc<SetOnce<i64>>,
    /// The answers.
    pub stream: BoxStream<'static, Answer>,
}

/// How a transport writes an answer down.
pub type Writer = fn(&Response) -> String;

/// Executes a subscription for a viewer as a stream of answers; it goes on after the place that the transport says the
/// subscriber has, if it says one, and else after the one in its arguments. What the request holds of the room for requests is
/// `held` until it is open.
#[must_use]
pub fn execute_stream(
    gateway: &GatewaySchema,
    request: Request,
    viewer: Viewer,
    request_id: String,
    (resumes_after, writer): (Option<i64>, Writer),
    held: impl Send + 'static,
) -> Answers {
    let following = Following::after(resumes_after);
    let began = Arc::clone(&following.began);
    if let Some(after) = resumes_after {
        // Known before the inbox is looked at, and the same then.
        let _ = began.set(after);
    }
    let asked = Arc::new(Asked {
        gateway: gateway.clone(),
        audience: audience(&request, &viewer),
        registered: documents::is_registered(&request),
        read: read_before(&request),
        opened_at: gateway.desk.store.clock().now(),
        cost: OnceLock::new(),
        query: request.query,
        operation_name: request.operation_name,
        variables: request.variables,
        viewer,
        request_id,
        writer,
    });
    // Boxed, here and below, so that a silent stream keeps no room for what it needed to begin and for an answer.
    let answers = Box::pin(asked.answers(following, held));
    Answers {
        began,
        stream: stream::once(answers).flatten().boxed(),
    }
}

/// A subscription as it was asked for.
struct Asked {
    gateway: GatewaySchema,
    registered: bool,
    read: Option<Read>,
    opened_at: DateTime<Utc>,
    cost: OnceLock<u32>,
    query: String,
    operation_name: Option<String>,
    variables: Variables,
    viewer: Viewer,
    request_id: String,
    audience: Audience,
    writer: Writer,
}

impl Asked {
    async fn answers(self: Arc<Self>, following: Following, held: impl Send) -> BoxStream<'static, Answer> {
        let opened = self.open(following).await;
        drop(held);
        match opened {
            // What an event costs is paid before the next one is looked at: what is told is told as it is then.
            Ok(inbox) => stream::unfold((inbox, self, 0), |(mut inbox, asked, owed)| async move {
                if owed > 0 {
                    Box::pin(asked.gateway.pay(asked.viewer.client, owed)).await;
                }
                let next = inbox.next().await?;
                let owed = asked.price(&next);
                let answer = Box::pin(Arc::clone(&asked).answer(next)).await;
                Some((answer, (inbox, asked, owed)))
            })
            .boxed(),
            Err(refused) => {
                let answer = Answer {
                    words: self.words(&refused),
                    delivery: None,
                };
                stream::once(std::future::ready(answer)).boxed()
            }
        }
    }

    /// What an event costs: nothing where it comes live.
    fn price(&self, next: &Result<Arc<Delivery>, Error>) -> u32 {
        match next {
            Ok(delivery) if delivery.occurred_at < self.opened_at => self.cost.get().copied().unwrap_or(1),
            _ => 0,
        }
    }

    fn request(&self) -> Request {
        let mut request = Request::new(self.query.as_str()).variables(self.variables.clone());
        request.operation_name.clone_from(&self.operation_name);
        if self.registered {
            documents::as_registered(request)
        } else {
            request
        }
    }

    /// The inbox, once the document is found to be good and the viewer may follow it.
    async fn open(&self, following: Following) -> Result<Followed, Box<Response>> {
        let (gateway, viewer) = (&self.gateway, self.viewer.clone());
        let request = match self.read {
            Some(read) => self.request().data(read),
            None => self.request(),
        };
        let (request, admitted) = gateway.admit(request, viewer, &self.request_id, following)?;
        let _ = self.cost.set(admitted.cost);
        let refused = gateway.schema.execute_stream(request).next().await;
        match (admitted.scope.following.opened(), refused) {
            (Some(inbox), _) => Ok(inbox),
            (None, Some(refused)) => Err(Box::new(finished(refused, &admitted).await)),
            (None, None) => Err(Box::new(fault_of_ours(&self.request_id))),
        }
    }

    async fn answer(self: Arc<Self>, next: Result<Arc<Delivery>, Error>) -> Answer {
        match next {
            Ok(delivery) => {
                let (asked, notice) = (Arc::clone(&self), Arc::clone(&delivery));
                let tell = || async move { asked.tell_in_time(&notice).await };
                Answer {
                    words: delivery.told_once(self.audience, tell).await,
                    delivery: Some(delivery),
                }
            }
            Err(fault) => {
                let error = refuse(&fault, &self.request_id).into_server_error(Pos::default());
                let response = Response::from_errors(vec![coded(error, fault.code())]);
                Answer {
                    words: self.words(&response),
                    delivery: None,
                }
            }
        }
    }

    async fn tell_in_time(&self, delivery: &Arc<Delivery>) -> Words {
        let told = timeout(self.gateway.limits.request_timeout(), self.tell(delivery)).await;
        let late = |_| {
            tracing::error!(request_id = self.request_id, "an event could not be told in time");
            Words::default()
        };
        told.unwrap_or_else(late)
    }

    /// What this document says of one notice, once it is noted whom that tells of.
    async fn tell(&self, delivery: &Arc<Delivery>) -> Words {
        let (gateway, viewer) = (&self.gateway, self.viewer.clone());
        let following = Following::of(delivery);
        let (request, admitted) = match gateway.admit(self.request(), viewer, &self.request_id, following) {
            Ok(admitted) => admitted,
            Err(refused) => return self.words(&refused),
        };
        let response = gateway.schema.execute_stream(request).next().await;
        let response = response.unwrap_or_else(|| fault_of_ours(&self.request_id));
        self.words(&finished(response, &admitted).await)
    }

    fn words(&self, response: &Response) -> Words {
        Words {
            text: (self.writer)(response).into(),
            failed: says_that_we_failed(response),
        }
    }
}

/// Who is told, and in which words: two streams that agree in this say the same of the same notice.
fn audience(request: &Request, viewer: &Viewer) -> Audience {
    let mut digest = Sha256::new();
    let variables = serde_json::to_vec(&request.variables).unwrap_or_default();
    for part in [
        viewer.organisation.uuid().as_bytes().as_slice(),
        viewer.client.uuid().as_bytes(),
        viewer.purpose.code().as_bytes(),
        viewer.token.as_bytes(),
        request.query.as_bytes(),
        request.operation_name.as_deref().unwrap_or_default().as_bytes(),
        &variables,
    ] {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests;
