//! Whoever is refused again and again from one address is told to wait. A good token always comes in, wherever it comes
//! from: partners share addresses, and none of them may shut the others out.

use super::Gateway;
use super::address::{Peer, household};
use super::answer::Fault;
use crate::clock::{Clock, Ticks};
use crate::config::FairUseSettings;
use crate::error::Code;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// After so many refusals those addresses are forgotten that have been quiet.
const ROUND: usize = 10_000;

/// Refused tokens, by address.
pub struct Refusals {
    limiter: Option<RateLimiter<IpAddr, DashMapStateStore<IpAddr>, Ticks, NoOpMiddleware<Nanos>>>,
    counted: AtomicUsize,
}

impl Refusals {
    /// Counts none yet; never any where the settings say so.
    #[must_use]
    pub fn new(settings: FairUseSettings, clock: &Clock) -> Self {
        let quota = NonZeroU32::new(settings.refusals_per_minute).map(Quota::per_minute);
        let quota = quota.zip(NonZeroU32::new(settings.refusals));
        let limiter = quota.map(|(quota, most)| {
            let quota = quota.allow_burst(most);
            RateLimiter::new(quota, DashMapStateStore::default(), Ticks(clock.clone()))
        });
        Self {
            limiter,
            counted: AtomicUsize::new(0),
        }
    }

    /// Counts a refusal.
    ///
    /// # Errors
    ///
    /// How long to wait, where there have been too many.
    pub fn count(&self, address: IpAddr) -> Result<(), Duration> {
        let Some(limiter) = &self.limiter else {
            return Ok(());
        };
        if self.counted.fetch_add(1, Ordering::Relaxed) % ROUND == ROUND - 1 {
            limiter.retain_recent();
        }
        limiter
            .check_key(&household(address))
            .map_err(|until| until.wait_time_from(limiter.clock().now()))
    }
}

/// Answers a refused caller that has been refused too often with the time after which it may try again.
pub async fn counted(State(gateway): State<Arc<Gateway>>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().copied();
    let caller = peer.map(|Peer(peer)| gateway.proxies.caller(peer, request.headers()));
    let response = next.run(request).await;
    let Some(caller) = caller.filter(|_| response.status() == StatusCode::UNAUTHORIZED) else {
        return response;
    };
    match gateway.refusals.count(caller) {
        Ok(()) => response,
        Err(wait) => Fault::new(
            StatusCode::TOO_MANY_REQUESTS,
            Code::RateLimited,
            "Too many tokens from this address were refused: come back later, with a valid one.",
        )
        .to_come_back_after(wait.as_secs() + 1)
        .into_response(),
    }
}
