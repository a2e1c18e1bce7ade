//! What leaves without being asked for: the hub wakes whoever listens to an inbox, the feed reads the inbox.
//!
//! The inbox is the truth. A wake-up says only that there may be something new; a lost one costs a poll.

mod feed;
mod hub;
mod rounds;

pub use feed::{Feed, feed};
pub use hub::Hub;
pub use rounds::go_round;
