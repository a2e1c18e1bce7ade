//! `Complaint`.

use crate::domain::complaint::{ComplaintChannel, ComplaintKind, ComplaintOutcome, ComplaintState};
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{CaseNode, ComplaintNode, OrganisationNode, RegistryEntryNode};
use chrono::{DateTime, Utc};

governed! { ComplaintNode "Complaint" node: "A complaint about an organisation of the programme, for those who handle complaints." {
    ComplaintId: (RowId) = |node| RowId(NodeType::Complaint, node.complaint.id.uuid()), "Names the complaint to this viewer, and to nobody else.";
    ComplaintReference: (&str) = |node| node.complaint.reference.as_str(), "What whoever lodged it was told.";
    ComplaintCase: {CaseNode} = |node| &node.case, "The case that it is about, where it is about one.";
    ComplaintAbout: {OrganisationNode} = |node| &node.about, "The organisation that it is about.";
    ComplaintLodgedBy: {OrganisationNode} = |node| &node.lodged_by, "The organisation that took it down.";
    ComplaintKind: (ComplaintKind) = |node| node.complaint.kind, "What it is about.";
    ComplaintChannel: (ComplaintChannel) = |node| node.complaint.channel, "How it reached the programme.";
    ComplaintText: (&str) = |node| node.complaint.text.as_str(), "What was said.";
    ComplaintState: (ComplaintState) = |node| node.complaint.state, "State.";
    ComplaintReceivedAt: (DateTime<Utc>) = |node| node.complaint.received_at, "When it was received.";
    ComplaintAcknowledgedAt: (Option<DateTime<Utc>>) = |node| node.complaint.acknowledged_at, "When somebody took it on.";
    ComplaintEndedAt: (Option<DateTime<Utc>>) = |node| node.complaint.ended_at, "When it was resolved or referred.";
    ComplaintOutcome: (Option<ComplaintOutcome>) = |node| node.complaint.outcome, "What was found.";
    ComplaintFindings: (Option<&str>) = |node| node.complaint.findings.as_deref(), "The same in words, or to whom it was referred.";
    ComplaintVersion: (i32) = |node| node.complaint.version, "Counts the changes of the complaint; commands take it as expectedVersion.";
    ComplaintHistory: [RegistryEntryNode] = |node| &node.history, "What was done with it, oldest first; at most 100 entries.";
} }
