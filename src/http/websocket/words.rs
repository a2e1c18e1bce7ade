//! What a peer is told: by which close code it is shown out, and what is an error of its operation.

use super::super::auth::Refusal;
use super::super::streams::Ending;
use super::super::token::Fault;
use super::Farewell;
use async_graphql::http::ClientMessage;
use serde_json::json;
use tungstenite::error::ProtocolError;

impl From<Ending> for Farewell {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::TokenExpired => Self::TOKEN_EXPIRED,
            Ending::ShownOut => Self::FORBIDDEN,
            Ending::TooSlow => Self::TOO_SLOW,
            Ending::Failed => Self::INTERNAL,
        }
    }
}

/// The message that a text is, if it is one of the protocol's: the library would take those of an older protocol too.
pub(super) fn message_of(text: &str) -> Option<ClientMessage> {
    #[derive(serde::Deserialize)]
    struct Typed {
        #[serde(rename = "type")]
        _of: Type,
    }
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Type {
        ConnectionInit,
        Subscribe,
        Complete,
        Ping,
        Pong,
    }
    serde_json::from_str::<Typed>(text).ok()?;
    ClientMessage::from_bytes(text).ok()
}

/// The errors of a request that never ran, as the protocol has them: with the name of the operation, which has ended.
pub(super) fn request_error(message: &str) -> Option<(String, String)> {
    #[derive(serde::Deserialize)]
    struct Next {
        id: String,
        payload: Payload,
    }
    #[derive(serde::Deserialize)]
    struct Payload {
        #[serde(default)]
        data: serde_json::Value,
        #[serde(default)]
        errors: Vec<serde_json::Value>,
    }
    // Answers with data are many and may be long: they are not read again.
    let may_be_one = [r#","payload":{"data":null,"#, r#","payload":{"errors":"#];
    if !may_be_one.iter().any(|part| message.contains(part)) {
        return None;
    }
    let Next { id, payload } = serde_json::from_str(message).ok()?;
    let of_the_request = |error: &serde_json::Value| error["path"].as_array().is_none_or(Vec::is_empty);
    let never_ran = payload.data.is_null() && payload.errors.iter().all(of_the_request);
    if !never_ran || payload.errors.is_empty() {
        return None;
    }
    let error = json!({ "type": "error", "id": id, "payload": payload.errors });
    Some((id, error.to_string()))
}

/// What is said to a peer that breaks the protocol of WebSockets itself.
pub(super) fn farewell_for(fault: axum::Error) -> Option<Farewell> {
    use tungstenite::Error::{Capacity, Protocol, Utf8};
    match fault.into_inner().downcast_ref()? {
        Capacity(_) => Some(Farewell::TOO_BIG),
        Protocol(ProtocolError::ResetWithoutClosingHandshake) => None,
        Protocol(_) => Some(Farewell::PROTOCOL_ERROR),
        Utf8(_) => Some(Farewell::NO_TEXT),
        _ => None,
    }
}

/// What is said to whoever may not come in, or not stay.
pub(super) fn farewell_to(refusal: &Refusal) -> Farewell {
    match refusal {
        Refusal::Token(Fault::NotAdmitted(_)) => Farewell::FORBIDDEN,
        Refusal::Token(_) => Farewell::UNAUTHORIZED,
        Refusal::Purpose | Refusal::NoPurpose => Farewell::UNKNOWN_PURPOSE,
        Refusal::Unavailable(_) => Farewell::INTERNAL,
    }
}
