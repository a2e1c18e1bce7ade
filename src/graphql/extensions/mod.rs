//! What every request passes on its way in.

pub mod input;
pub mod limits;
pub mod positions;
