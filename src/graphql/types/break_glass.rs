//! `BreakGlassAccess`.

use crate::domain::break_glass::{BreakGlassReason, BreakGlassState};
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{BreakGlassNode, CaseNode, OrganisationNode};
use chrono::{DateTime, Utc};

governed! { BreakGlassNode "BreakGlassAccess" node: "An access of oversight to the personal data of one case: asked for with a reason, approved by somebody else, for a while." {
    GlassId: (RowId) = |node| RowId(NodeType::BreakGlassAccess, node.access.id.uuid()), "Names the access to this viewer, and to nobody else.";
    GlassCase: {CaseNode} = |node| &node.case, "The case; no other is opened with it.";
    GlassOrganisation: {OrganisationNode} = |node| &node.organisation, "The organisation that asks.";
    GlassReason: (BreakGlassReason) = |node| node.access.reason, "Why, as a code.";
    GlassExplanation: (&str) = |node| node.access.explanation.as_str(), "Why, in words for whoever approves.";
    GlassMinutes: (i32) = |node| node.access.minutes, "For how long, in minutes from the approval.";
    GlassState: (BreakGlassState) = |node| node.access.state, "State of the access.";
    GlassRequestedAt: (DateTime<Utc>) = |node| node.access.requested_at, "When it was asked for.";
    GlassDecidedAt: (Option<DateTime<Utc>>) = |node| node.access.decided_at, "When it was approved or rejected.";
    GlassOpenUntil: (Option<DateTime<Utc>>) = |node| node.access.open_until, "Until when it is open, once approved, unless it is closed before.";
    GlassEndedAt: (Option<DateTime<Utc>>) = |node| node.access.ended_at, "When it came to its end.";
    GlassVersion: (i32) = |node| node.access.version, "Counts the changes of the access; commands take it as expectedVersion.";
} }
