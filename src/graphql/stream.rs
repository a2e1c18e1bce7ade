//! The answers of an operation one after the other: one of a query or a mutation, one for each event of a subscription.
//!
//! What an event tells of persons is noted before it is given, as it is for any answer: once for all streams of a process
//! that say the same to the same token in the same words.

use super::{GatewaySchema, arranged, finished, gate, unless_held_back};
use crate::notify::{Audience, Delivery};
use crate::policy::viewer::Viewer;
use async_graphql::{Request, Response};
use futures_util::stream::{self, BoxStream, StreamExt as _};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use tokio::sync::SetOnce;

/// One answer of a stream.
pub struct Answer {
    /// The answer.
    pub response: Response,
    /// The notice that it tells of, if it is an event of an inbox.
    pub delivery: Option<Arc<Delivery>>,
}

/// The answers of an operation.
pub struct Answers {
    /// The place in the inbox after which the stream begins, once it has begun.
    pub began: Arc<SetOnce<i64>>,
    /// The answers.
    pub stream: BoxStream<'static, Answer>,
}

/// Executes any operation for a viewer as a stream of answers; a subscription goes on after the place that the transport
/// says the subscriber has, if it says one, and else after the one in its arguments.
#[must_use]
pub fn execute_stream(
    gateway: &GatewaySchema,
    request: Request,
    viewer: Viewer,
    request_id: String,
    resumes_after: Option<i64>,
) -> Answers {
    let audience = audience(&request, &viewer);
    match gateway.admit(request, viewer, &request_id, resumes_after) {
        Ok((request, admitted)) => {
            let began = Arc::clone(&admitted.scope.following.began);
            if let Some(after) = resumes_after {
                // Known before the stream looks for itself, and the same then.
                let _ = began.set(after);
            }
            let admitted = Arc::new(admitted);
            let answer = move |response| {
                let admitted = Arc::clone(&admitted);
                async move {
                    let delivery = admitted.scope.following.came_to();
                    let response = match &delivery {
                        Some(delivery) if admitted.notes => {
                            let (response, told) = arranged(response, &admitted);
                            let note = || gate::pass(&admitted.scope, told, admitted.means);
                            let noted = delivery.noted_once(audience, note).await;
                            unless_held_back(response, noted, &admitted)
                        }
                        _ => finished(response, &admitted).await,
                    };
                    Answer { response, delivery }
                }
            };
            Answers {
                began,
                stream: gateway.schema.execute_stream(request).then(answer).boxed(),
            }
        }
        Err(refused) => {
            let answer = async move {
                Answer {
                    response: *refused,
                    delivery: None,
                }
            };
            Answers {
                began: Arc::default(),
                stream: stream::once(answer).boxed(),
            }
        }
    }
}

/// Who is told, and in which words: two streams that agree in this say the same of the same notice.
fn audience(request: &Request, viewer: &Viewer) -> Audience {
    let mut digest = Sha256::new();
    let variables = serde_json::to_vec(&request.variables).unwrap_or_default();
    for part in [
        viewer.client.uuid().as_bytes().as_slice(),
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
