//! `/graphql`: queries and mutations by POST, queries by GET, everything by WebSocket or as a stream of events.

use super::Gateway;
use super::answer::{Fault, MediaType, json};
use super::auth::Refusal;
use super::load::{self, Held, Turn, until_written};
use super::log::{Asked, RequestId};
use super::shares::Share;
use super::{request, sse, websocket};
use crate::error::Code;
use crate::graphql::{execute_named, says, says_that_we_failed};
use crate::policy::viewer::Viewer;
use async_graphql::parser::types::OperationType;
use async_graphql::{ServerError, Value};
use axum::Extension;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::UPGRADE;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a request that ran out of time is told.
pub(super) const TOO_LONG: &str = "The request took too long. A mutation was done whole or not at all: send it again with the same \
                                   idempotencyKey.";

/// Answers a request, whatever its method.
pub async fn handle(
    State(gateway): State<Arc<Gateway>>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Response {
    if request.method() == Method::GET && asks_for_websocket(request.headers()) {
        let (mut parts, _) = request.into_parts();
        return match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
            Ok(upgrade) => websocket::open(gateway, upgrade, &parts, id),
            Err(rejection) => Fault::new(
                rejection.into_response().status(),
                Code::BadRequest,
                "This is no WebSocket handshake.",
            )
            .into_response(),
        };
    }
    let mut asked = Asked::default();
    let answer = async { answer(&gateway, request, &id, &mut asked).await };
    let mut response = match tokio::time::timeout(gateway.limits.request_timeout(), answer).await {
        Ok(answered) => answered.unwrap_or_else(Fault::into_response),
        Err(_) => Fault::new(StatusCode::GATEWAY_TIMEOUT, Code::Timeout, TOO_LONG).into_response(),
    };
    response.extensions_mut().insert(asked);
    response
}

/// Whether a caller wants a WebSocket. Whoever offers another protocol, as HTTP/2 over plain TCP, is answered in this one.
fn asks_for_websocket(headers: &HeaderMap) -> bool {
    let offers = headers.get_all(UPGRADE).into_iter();
    offers
        .filter_map(|offer| offer.to_str().ok())
        .flat_map(|offer| offer.split(','))
        .any(|protocol| protocol.trim().eq_ignore_ascii_case("websocket"))
}

async fn answer(
    gateway: &Arc<Gateway>,
    http: Request,
    id: &RequestId,
    asked: &mut Asked,
) -> Result<Response, Fault> {
    let (parts, body) = http.into_parts();
    if parts.method != Method::GET && parts.method != Method::POST {
        return Err(Fault::method("GET, POST", "Use POST, or GET for queries."));
    }
    let viewer = gateway
        .authenticator
        .of_headers(&parts.headers)
        .await
        .inspect_err(|refusal| tell(id, refusal))?;
    asked.client = Some(viewer.client);
    asked.client_id = Some(viewer.client_id.clone());
    let share = gateway
        .room
        .share(viewer.client)
        .ok_or_else(load::too_many_of_one)?;
    let (turn, share) = (parts.extensions.get::<Turn>().cloned(), Arc::new(share));
    let media = request::accepted(&parts.headers)?;
    let request = if parts.method == Method::POST {
        request::posted(&parts.headers, body, gateway.limits.max_body_bytes).await?
    } else {
        request::queried(&parts.uri)?
    };
    let mut request = match gateway.schema.received(request, &viewer).await {
        Ok(request) => request,
        Err(refused) => {
            // No stream begins.
            let media = if media == MediaType::EventStream {
                MediaType::GraphqlResponse
            } else {
                media
            };
            asked.answered(&refused, None);
            return Ok(rendered(*refused, media, (turn, share)));
        }
    };
    if parts.method == Method::GET && request::operation_type(&mut request) == Some(OperationType::Mutation) {
        return Err(Fault::method("POST", "Mutations are sent by POST."));
    }
    *asked = Asked::by(&viewer, &request);
    if media == MediaType::EventStream {
        let resumes_after = sse::resumes_after(&parts.headers)?;
        let question = Question {
            request,
            viewer,
            turn,
            share,
            asked: asked.clone(),
        };
        return sse::open(Arc::clone(gateway), question, resumes_after, id.clone()).await;
    }
    let held = (turn, share);
    let execution = execute_named(&gateway.schema, request, viewer, id.to_string(), held.clone());
    let (response, named) = execution.await;
    asked.answered(&response, named);
    Ok(rendered(response, media, held))
}

/// What is asked, and by whom.
pub(super) struct Question {
    pub(super) request: async_graphql::Request,
    pub(super) viewer: Viewer,
    /// What it holds of the room for requests until it is answered.
    pub(super) turn: Option<Turn>,
    /// What it holds of what its client may have open.
    pub(super) share: Arc<Share>,
    /// What the log is told of it.
    pub(super) asked: Asked,
}

/// Writes to the log why nobody came in; the token stays out of it.
pub(super) fn tell(id: &RequestId, refusal: &Refusal) {
    match refusal {
        Refusal::Token(reason) => tracing::info!(request = %id, %reason, "refused"),
        Refusal::NoPurpose => tracing::info!(request = %id, reason = "no purpose stated", "refused"),
        Refusal::Purpose => tracing::info!(request = %id, reason = "purpose not registered", "refused"),
        Refusal::Unavailable(error) => {
            let cause = crate::store::cause_of(error);
            tracing::error!(request = %id, cause, "the registry cannot be asked");
        }
    }
}

/// An answer as it is written.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

impl<'a> Body<'a> {
    /// A document that never ran has no `data`.
    pub(super) fn of(response: &'a async_graphql::Response) -> Self {
        Self {
            data: (!never_ran(response)).then_some(&response.data),
            errors: &response.errors,
            extensions: &response.extensions,
        }
    }

    /// The answer as one line of JSON.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// An answer as streams write it down.
pub(super) fn written(response: &async_graphql::Response) -> String {
    Body::of(response).text()
}

/// The answer as HTTP: a document that never ran says so by its status to those who ask for it. What the request held, its
/// answer holds until it is written.
fn rendered(response: async_graphql::Response, media: MediaType, held: Held) -> Response {
    let never_ran = never_ran(&response);
    let status = match media {
        // A proxy and a client that knows no GraphQL are to understand this too.
        _ if says(&response, Code::RateLimited) => StatusCode::TOO_MANY_REQUESTS,
        MediaType::Json | MediaType::EventStream => StatusCode::OK,
        MediaType::GraphqlResponse if !never_ran => StatusCode::OK,
        MediaType::GraphqlResponse if says_that_we_failed(&response) => StatusCode::INTERNAL_SERVER_ERROR,
        MediaType::GraphqlResponse => StatusCode::BAD_REQUEST,
    };
    match serde_json::to_vec(&Body::of(&response)) {
        Ok(body) => {
            let mut answer = json(status, media, Vec::new()).map(|_| until_written(body, held));
            answer.headers_mut().extend(response.http_headers);
            answer
        }
        Err(_) => Fault::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            Code::Internal,
            "The answer cannot be written.",
        )
        .into_response(),
    }
}

/// Whether the errors are the document's (parsing, validation, limits) and not those of fields that ran.
pub(super) fn never_ran(response: &async_graphql::Response) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}
