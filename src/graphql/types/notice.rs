//! `Notice` and `Acknowledgement`.

use crate::domain::notice::{DeliveryChannel, NoticeType};
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{
    AcknowledgementNode, CaseNode, DeliveryNode, GrantNode, ItineraryNode, NoticeNode, OrganisationNode,
    RequestNode,
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
    NoticeCorrects: [NoticeNode] = |node| &node.corrects, "The earlier notices that this one makes obsolete or takes back, oldest first; those of them that are still kept.";
    NoticeRemindsOf: {NoticeNode} = |node| &node.reminds_of, "The notice that this one is a reminder of; to acknowledge either by its id is to acknowledge both.";
    NoticeDeliveredAt: (Option<DateTime<Utc>>) = |node| node.delivered_at, "When the notice was first handed to the recipient, by whatever way; null while it was not. It is no acknowledgement.";
    NoticeDeliveredVia: (Option<DeliveryChannel>) = |node| node.delivered_via, "By which way that was.";
    NoticeAcknowledgement: {AcknowledgementNode} = |node| &node.acknowledgement, "The recipient's acknowledgement.";
    NoticeDeliveries: [DeliveryNode] = |node| &node.deliveries, "What became of it, for each webhook that it was sent to.";
} }

governed! { AcknowledgementNode "Acknowledgement": "A recipient's word that it has taken note." {
    AcknowledgementAt: (DateTime<Utc>) = |node| node.at, "When it was given.";
    AcknowledgementBy: (Option<String>) = |node| node.by.clone(), "The client that gave it.";
    AcknowledgementNote: (Option<String>) = |node| node.note.clone(), "What the client noted.";
} }
