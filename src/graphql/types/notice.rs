//! `Notice` and `Acknowledgement`.

use crate::domain::notice::NoticeType;
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{
    AcknowledgementNode, CaseNode, GrantNode, ItineraryNode, NoticeNode, OrganisationNode, RequestNode,
};
use chrono::{DateTime, Utc};

governed! { NoticeNode "Notice" node: "Something that a recipient was told, in its place in the recipient's inbox." {
    NoticeId: (RowId) = |node| RowId(NodeType::Notice, node.id.uuid()), "Names the notice to this viewer, and to nobody else.";
    NoticeSequence: (i64) = |node| node.sequence, "Place in the recipient's inbox, from 1 without gaps.";
    NoticeKind: (NoticeType) = |node| node.kind, "What the notice says.";
    NoticeOccurredAt: (DateTime<Utc>) = |node| node.occurred_at, "When that happened.";
    NoticeRecipient: {OrganisationNode} = |node| &node.recipient, "The recipient.";
    NoticeCase: {CaseNode} = |node| &node.case, "The case, as the viewer may see it now.";
    NoticeItinerary: {ItineraryNode} = |node| &node.itinerary, "The itinerary concerned, as the viewer may see it now.";
    NoticeRequest: {RequestNode} = |node| &node.request, "The travel document request concerned, as the viewer may see it now.";
    NoticeGrant: {GrantNode} = |node| &node.grant, "The cash grant concerned, as the viewer may see it now.";
    NoticeSupersededBy: {NoticeNode} = |node| &node.superseded_by, "The newer notice that makes this one obsolete.";
    NoticeRetractedAt: (Option<DateTime<Utc>>) = |node| node.retracted_at, "When the notice was taken back.";
    NoticeAcknowledgement: {AcknowledgementNode} = |node| &node.acknowledgement, "The recipient's acknowledgement.";
} }

governed! { AcknowledgementNode "Acknowledgement": "A recipient's word that it has taken note." {
    AcknowledgementAt: (DateTime<Utc>) = |node| node.at, "When it was given.";
    AcknowledgementBy: (Option<String>) = |node| node.by.clone(), "The client that gave it.";
    AcknowledgementNote: (Option<String>) = |node| node.note.clone(), "What the client noted.";
} }
