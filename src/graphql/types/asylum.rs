//! `AsylumClaim`.

use crate::domain::asylum::AsylumStage;
use crate::governed;
use crate::store::nodes::{AsylumClaimNode, HistoryNode, OrganisationNode};
use chrono::NaiveDate;

governed! { AsylumClaimNode "AsylumClaim": "A procedure for international protection; the country of origin never learns of it." {
    ClaimStage: (AsylumStage) = |node| node.claim.stage, "How far it has come.";
    ClaimNumber: (&str) = |node| node.claim.number.as_str(), "Its number with the authority.";
    ClaimLodgedOn: (NaiveDate) = |node| node.claim.lodged_on, "The day on which the claim was lodged.";
    ClaimDecidedOn: (Option<NaiveDate>) = |node| node.claim.decided_on, "The day of the authority's last decision.";
    ClaimAuthority: {OrganisationNode} = |node| &node.authority, "The authority whose procedure it is.";
    ClaimVersion: (i32) = |node| node.claim.version, "Counts the changes of the claim; recordAsylumClaim takes it as expectedVersion.";
    ClaimHistory: [HistoryNode] = |node| &node.history, "What happened to the claim, oldest first; at most 100 entries.";
} }
