//! The page at `/`: whom one can be, questions to try, notices as they come, and the schema; served whole by the program, so
//! that it works without the internet.

use super::answer::{Fault, MediaType, json};
use super::assets::{self, PAGE};
use super::{Gateway, explorer};
use crate::error::Code;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

/// Everything comes from here and nothing goes elsewhere: no script, style or markup that is not a file of ours.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

/// The page itself.
pub async fn index() -> Response {
    assets::serve(PAGE, "index.html", POLICY)
}

/// One file of the page.
pub async fn file(Path(name): Path<String>) -> Response {
    assets::serve(PAGE, &name, POLICY)
}

/// What the page has to know of this program: whether it is a demo, and whether it holds the explorer.
pub async fn about(State(gateway): State<Arc<Gateway>>) -> Response {
    let about = serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "demo": gateway.demo_tokens.is_some(),
        "explorer": explorer::built_in(),
    });
    json(StatusCode::OK, MediaType::Json, about.to_string().into())
}

/// The demo clients, each with a fresh token: in a demo only, where everybody has the key anyway.
///
/// # Errors
///
/// A 404 outside a demo.
pub async fn clients(State(gateway): State<Arc<Gateway>>) -> Result<Response, Fault> {
    let tokens = gateway.demo_tokens.as_ref().ok_or_else(assets::nothing)?;
    let clients: Vec<_> = crate::demo::clients()
        .iter()
        .map(|client| {
            Ok(serde_json::json!({
                "clientId": client.client_id,
                "organisation": client.organisation,
                "kind": client.kind,
                "token": tokens.token(client.client_id, tokens.longest())?,
            }))
        })
        .collect::<Result<_, crate::error::Error>>()
        .map_err(|_| {
            Fault::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                Code::Internal,
                "No tokens can be made.",
            )
        })?;
    Ok(json(
        StatusCode::OK,
        MediaType::Json,
        serde_json::Value::from(clients).to_string().into(),
    ))
}
