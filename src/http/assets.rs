//! Files that were built into the program, and how they are served: as they are, by their name alone.

use super::answer::Fault;
use crate::error::Code;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

/// A file by its name.
pub(super) struct Asset {
    name: &'static str,
    bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Who opened the page, or was opened by it, has no hold on it.
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// The file of that name, under a policy that says what it may load; a 404 where there is none.
pub(super) fn serve(assets: &[Asset], name: &str, policy: &'static str) -> Response {
    let Some(asset) = assets.iter().find(|asset| asset.name == name) else {
        return nothing().into_response();
    };
    let headers = [
        (CONTENT_TYPE, media(name)),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, "no-cache"),
        (REFERRER_POLICY, "no-referrer"),
        (OPENER_POLICY, "same-origin"),
    ];
    (headers, asset.bytes).into_response()
}

/// Nothing lives at this address.
pub(super) fn nothing() -> Fault {
    Fault::new(
        StatusCode::NOT_FOUND,
        Code::NotFound,
        "Nothing lives at this address.",
    )
}

fn media(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}
