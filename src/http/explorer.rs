//! The explorer: a page to try the API with, served whole by the program, so that it works without the internet.

use super::Gateway;
use super::answer::{Fault, MediaType, json};
use crate::error::Code;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Everything comes from here and nothing goes elsewhere; GraphiQL's dialogs add styles, and its fonts are data URLs.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; \
                      img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct Asset {
    name: &'static str,
    media: &'static str,
    bytes: &'static [u8],
}

macro_rules! assets {
    ($($name:literal $media:literal),+ $(,)?) => {
        &[$(Asset { name: $name, media: $media, bytes: include_bytes!(concat!("../../assets/explorer/", $name)) }),+]
    };
}

const ASSETS: &[Asset] = assets! {
    "index.html" "text/html; charset=utf-8",
    "explorer.css" "text/css; charset=utf-8",
    "explorer.js" "text/javascript; charset=utf-8",
    "graphiql.min.css" "text/css; charset=utf-8",
    "graphiql.min.js" "text/javascript; charset=utf-8",
    "graphql-ws.min.js" "text/javascript; charset=utf-8",
    "react-dom.production.min.js" "text/javascript; charset=utf-8",
    "react.production.min.js" "text/javascript; charset=utf-8",
    "icon.svg" "image/svg+xml",
    "LICENSES.txt" "text/plain; charset=utf-8",
};

/// The page itself.
pub async fn page() -> Response {
    serve("index.html")
}

/// One file of the page.
pub async fn file(Path(name): Path<String>) -> Response {
    serve(&name)
}

/// The demo clients, each with a fresh token: in a demo only, where everybody has the key anyway.
///
/// # Errors
///
/// A 404 outside a demo.
pub async fn clients(State(gateway): State<Arc<Gateway>>) -> Result<Response, Fault> {
    let tokens = gateway.demo_tokens.as_ref().ok_or_else(nothing)?;
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

fn serve(name: &str) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return nothing().into_response();
    };
    let headers = [
        (CONTENT_TYPE, asset.media),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, asset.bytes).into_response()
}

fn nothing() -> Fault {
    Fault::new(
        StatusCode::NOT_FOUND,
        Code::NotFound,
        "Nothing lives at this address.",
    )
}
