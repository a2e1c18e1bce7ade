//! The steps of the procedure: each takes a case file and returns it changed, or says which rule refuses.

pub mod aftercare;
pub mod assistance;
pub mod asylum;
pub mod break_glass;
pub mod case;
pub mod consular_post;
pub mod custody;
pub mod departure;
pub mod detention;
pub mod escort;
pub mod grants;
pub mod halting;
pub mod health;
pub mod intake;
pub mod itinerary;
pub mod manifest;
pub mod movement;
pub mod package;
pub mod package_end;
pub mod pre_departure;
pub mod preparation;
pub mod procurement;
pub mod referral;
pub mod safeguards;
pub mod survey;
pub mod suspension;
pub mod time;
pub mod tranches;
pub mod transit;
pub mod travel_document;
pub mod withdrawal;

use super::transition::{Reason, Refusal};

/// Goes on only if a rule holds.
pub(super) fn require(holds: bool, reason: Reason) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(reason.into()) }
}
