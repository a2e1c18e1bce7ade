//! The outside: addresses, who asks, and the transports of GraphQL. It knows no case, no field and no SQL.
//!
//! A connection is taken by [`accept`]. A request passes [`log`] (request id, one line when it is answered), then [`auth`] (who asks; nobody: 401 before
//! anything is parsed), then [`request`] (what is asked) and is answered by [`graphql`], as a stream of events by `sse`
//! or, as a socket, by [`websocket`]; figures are also given as files, by `exports`. [`ops`], [`page`] and [`explorer`] need no
//! token and hold nothing personal.

pub mod accept;
pub mod address;
pub mod answer;
mod assets;
pub mod auth;
pub mod doors;
pub mod explorer;
mod exports;
pub mod graphql;
mod jwks;
pub mod key_set;
pub mod keys;
pub mod load;
pub mod log;
pub mod metrics;
pub mod ops;
pub mod page;
mod readiness;
pub mod refusals;
pub mod request;
pub mod shares;
mod sse;
mod streams;
pub mod token;
pub mod verifier;
pub mod webhook_keys;
pub mod websocket;

use crate::clock::Clock;
use crate::config::{Limits, LogSettings, ReadinessSettings, Roles};
use crate::graphql::GatewaySchema;
use crate::notify::Hub;
use crate::store::Store;
use address::Proxies;
use answer::Fault;
use auth::Authenticator;
use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use chrono::{DateTime, Utc};
use metrics::Metrics;
use refusals::Refusals;
use shares::Shares;
use std::sync::Arc;
use token::TokenIssuer;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// What every handler needs.
pub struct Gateway {
    /// Answers GraphQL.
    pub schema: GatewaySchema,
    /// Says whether the database answers.
    pub store: Store,
    /// Decides who asks.
    pub authenticator: Authenticator,
    /// What one request or socket may ask for.
    pub limits: Limits,
    /// The time.
    pub clock: Clock,
    /// When the program began to serve.
    pub started: DateTime<Utc>,
    /// When it says that it is behind.
    pub readiness: ReadinessSettings,
    /// Which operations have a line of their own in the log.
    pub log: LogSettings,
    /// Room for requests that are answered at once.
    pub room: load::Room,
    /// The open sockets and streams of each client.
    pub streams: Shares,
    /// Which proxies are believed.
    pub proxies: Proxies,
    /// Refused tokens by address.
    pub refusals: Refusals,
    /// Counts.
    pub metrics: Metrics,
    /// The SDL, printed once: however many read it, and however slowly, it is there once.
    pub sdl: Bytes,
    /// Cancelled when the program is to stop.
    pub stopping: CancellationToken,
    /// Who is on the open sockets and streams, to be watched over.
    pub doors: doors::Doors,
    /// Wakes whoever watches over them.
    pub hub: Hub,
    /// Every open socket and stream.
    pub sockets: TaskTracker,
    /// Signs the page's tokens, in a demo only.
    pub demo_tokens: Option<TokenIssuer>,
}

/// All addresses of the program; those for operators alone where it does not serve the API.
pub fn router(gateway: Arc<Gateway>, roles: Roles, explorer: bool) -> Router {
    let mut router = Router::new()
        .route("/livez", get(ops::livez))
        .route("/readyz", get(ops::readyz))
        .route("/metrics", get(ops::counts));
    if roles.api {
        let asked = Router::new()
            .route("/graphql", any(graphql::handle))
            .merge(exports::routes())
            .route("/.well-known/webhook-keys", get(webhook_keys::jwks))
            .layer(from_fn_with_state(Arc::clone(&gateway), load::unless_too_many))
            .layer(from_fn_with_state(Arc::clone(&gateway), refusals::counted));
        router = router.merge(asked).route("/schema.graphql", get(ops::schema));
    }
    let explorer = explorer && roles.api;
    if explorer {
        router = router
            .route("/", get(page::index))
            .route("/page/{file}", get(page::file))
            .route("/page/about.json", get(page::about))
            .route("/page/clients.json", get(page::clients))
            .route("/explorer", get(explorer::moved))
            .route("/explorer/", get(explorer::index))
            .route("/explorer/{file}", get(explorer::file))
            .route("/explorer/fetched/{file}", get(explorer::fetched));
    }
    router
        .method_not_allowed_fallback(async || {
            Fault::method("GET, HEAD", "This address is for reading: use GET.")
        })
        .fallback(async || {
            Fault::new(
                StatusCode::NOT_FOUND,
                crate::error::Code::NotFound,
                "Nothing lives at this address.",
            )
        })
        .layer(from_fn_with_state(Arc::clone(&gateway), log::each_request))
        .with_state(gateway)
}

#[cfg(test)]
mod tests;
