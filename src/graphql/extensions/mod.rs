//! What every request passes on its way in.

pub mod deprecations;
pub mod input;
pub mod limits;
pub mod positions;
mod values;
