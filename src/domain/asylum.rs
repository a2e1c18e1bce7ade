//! Procedures for international protection: what the country of origin must never learn, not even that there is one
//! (Regulation (EU) 2024/1348, Article 7(2)).
//!
//! A claim is no part of its case as others read it: it has a version and a history of its own, nobody is told of it, and
//! nothing else of the case changes with it.

use super::transition::{Reason, Refusal};
use crate::codes;
use crate::ids::{AsylumClaimId, CaseId, OrganisationId};
use chrono::NaiveDate;

codes! { "How far a procedure for international protection has come." AsylumStage {
    Lodged = "LODGED": "The claim is being examined.",
    Granted = "GRANTED": "Protection was granted.",
    Rejected = "REJECTED": "The claim was rejected, and may be appealed.",
    Appealed = "APPEALED": "An appeal against the decision is pending.",
    RejectedFinally = "REJECTED_FINALLY": "The claim was rejected, and no appeal is left.",
    Withdrawn = "WITHDRAWN": "The persons withdrew the claim.",
    Discontinued = "DISCONTINUED": "The authority gave the procedure up.",
} }

/// The procedure of one authority for the persons of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsylumClaim {
    /// Names the claim.
    pub id: AsylumClaimId,
    /// The case.
    pub case_id: CaseId,
    /// The authority whose procedure it is.
    pub authority: OrganisationId,
    /// How far it has come.
    pub stage: AsylumStage,
    /// Its number with the authority.
    pub number: String,
    /// When the claim was lodged.
    pub lodged_on: NaiveDate,
    /// When the authority last decided.
    pub decided_on: Option<NaiveDate>,
    /// Counts the changes of this row.
    pub version: i32,
}

impl AsylumClaim {
    /// Refuses a claim that cannot be: without a number, decided before it was lodged, or decided while it is examined.
    ///
    /// # Errors
    ///
    /// `INVALID`, `DATE_OUT_OF_ORDER`.
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.number.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "number"));
        }
        if self.lodged_on > today {
            return Err(Refusal::at(Reason::DateOutOfOrder, "lodgedOn"));
        }
        let fits = match self.stage {
            AsylumStage::Lodged => self.decided_on.is_none(),
            // Whoever withdraws need not wait for a decision.
            AsylumStage::Withdrawn => true,
            _ => self.decided_on.is_some(),
        };
        if !fits {
            return Err(Refusal::at(Reason::Invalid, "decidedOn"));
        }
        let possible = self.lodged_on..=today;
        if self
            .decided_on
            .is_some_and(|decided| !possible.contains(&decided))
        {
            return Err(Refusal::at(Reason::DateOutOfOrder, "decidedOn"));
        }
        Ok(())
    }
}
