//! What leaves without being asked for: the hub wakes whoever listens to an inbox, the feed reads the inbox.
//!
//! The inbox is the truth. A wake-up says only that there may be something new; a lost one costs a poll. All streams of a
//! process that would look for the same look once ([`shared`]), so that ten thousand cost what one does.

mod feed;
mod handed;
mod hub;
mod others;
mod rounds;
mod shared;
mod sight;
pub mod webhook;

pub use feed::{Feed, feed};
pub use handed::HandedOver;
pub use hub::Hub;
pub use others::{hear_others, tell_others};
pub use rounds::go_round;
pub use sight::{Audience, Delivery, Words};
