//! Webhooks by the specification of Standard Webhooks 1.0.0: what is sent, how it is signed, where it may go, and the worker
//! that sends it.
//!
//! What is sent is thin: type, place and time of a notice, and the id by which its recipient reads the rest as it may see it
//! then. Nothing of a person or a case leaves by this way.

pub mod counts;
pub mod egress;
pub mod letter;
pub mod signature;
mod worker;

pub use counts::Counts;
pub use egress::Egress;
pub use worker::Worker;
