//! Answers that are ours: every one is JSON with `errors[].extensions.code`, whatever went wrong.

use super::auth::Refusal;
use crate::error::Code;
use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// The media types of a GraphQL answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// `application/json`: errors of the document are answered with 200, as clients of that type expect.
    Json,
    /// `application/graphql-response+json`: the status says what happened.
    GraphqlResponse,
    /// `text/event-stream`: the answers of an operation as they come.
    EventStream,
}

impl MediaType {
    /// The media type as a header.
    #[must_use]
    pub const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::EventStream => "text/event-stream; charset=utf-8",
        })
    }
}

/// An answer that says what is wrong with the request as a whole.
#[derive(Debug)]
pub struct Fault {
    status: StatusCode,
    code: Code,
    message: String,
    header: Option<(HeaderName, HeaderValue)>,
    /// Whether the refusal has been counted where it was made.
    counted: bool,
}

impl Fault {
    /// An answer with this status, code and sentence.
    #[must_use]
    pub fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            header: None,
            counted: false,
        }
    }

    /// 400: what came is not a GraphQL request.
    #[must_use]
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
    }

    /// 405, with the methods that are allowed.
    #[must_use]
    pub fn method(allowed: &'static str, message: &str) -> Self {
        let header = Some((ALLOW, HeaderValue::from_static(allowed)));
        Self {
            header,
            ..Self::new(StatusCode::METHOD_NOT_ALLOWED, Code::BadRequest, message)
        }
    }

    /// The same with `Retry-After`: the seconds after which it may go better.
    #[must_use]
    pub fn to_come_back_after(self, seconds: u64) -> Self {
        Self {
            header: Some((RETRY_AFTER, seconds.into())),
            ..self
        }
    }

    /// The same of what the schema refused, which counts that itself.
    #[must_use]
    pub fn counted_already(self) -> Self {
        Self {
            counted: true,
            ..self
        }
    }

    fn body(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Body<'a> {
            errors: [Problem<'a>; 1],
        }
        #[derive(Serialize)]
        struct Problem<'a> {
            message: &'a str,
            extensions: Extensions,
        }
        #[derive(Serialize)]
        struct Extensions {
            code: Code,
        }
        let problem = Problem {
            message: &self.message,
            extensions: Extensions { code: self.code },
        };
        serde_json::to_vec(&Body { errors: [problem] }).unwrap_or_default()
    }
}

impl From<Refusal> for Fault {
    /// The same words for every bad token: the caller does not learn which clients exist.
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Token(_) => Self {
                header: Some((
                    WWW_AUTHENTICATE,
                    HeaderValue::from_static(r#"Bearer error="invalid_token""#),
                )),
                ..Self::new(
                    StatusCode::UNAUTHORIZED,
                    Code::Unauthenticated,
                    "A valid access token of an active client is needed.",
                )
            },
            Refusal::NoPurpose => Self::new(
                StatusCode::BAD_REQUEST,
                Code::PurposeRequired,
                "This client is registered for several purposes: X-Purpose has to name the one of this request.",
            ),
            Refusal::Purpose => Self::new(
                StatusCode::BAD_REQUEST,
                Code::PurposeNotRegistered,
                "X-Purpose names a purpose that is not registered for this client.",
            ),
            Refusal::Unavailable(_) => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                Code::Internal,
                "The registry cannot be asked now.",
            ),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = json(self.status, MediaType::Json, self.body());
        if !self.counted {
            response.extensions_mut().insert(self.code);
        }
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

/// A JSON answer that nobody may keep.
#[must_use]
pub fn json(status: StatusCode, media: MediaType, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, media.header());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
