//! `TravelDocumentRequest` and `TravelDocument`.

use crate::domain::travel_document::{
    RefusalReason, TravelDocument, TravelDocumentRequestState, TravelDocumentType,
};
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{CaseNode, HistoryNode, OrganisationNode, PersonNode, RequestNode};
use chrono::{DateTime, NaiveDate, Utc};

governed! { RequestNode "TravelDocumentRequest" node: "A request made of a consular post for one person's travel document." {
    RequestId: (RowId) = |node| RowId(NodeType::TravelDocumentRequest, node.request.id.uuid()), "Names the request to this viewer, and to nobody else.";
    RequestCase: {CaseNode} = |node| &node.case, "The case.";
    RequestApplicant: {PersonNode} = |node| &node.applicant, "The person who needs the document.";
    RequestConsularPost: {OrganisationNode} = |node| &node.consular_post, "The consular post that was asked.";
    RequestState: (TravelDocumentRequestState) = |node| node.request.state, "State of the request.";
    RequestExpedited: (bool) = |node| node.request.expedited, "Whether the post was asked to hurry.";
    RequestSubmittedAt: (DateTime<Utc>) = |node| node.request.submitted_at, "When the post was asked.";
    RequestAcknowledgedAt: (Option<DateTime<Utc>>) = |node| node.request.acknowledged_at, "When the post took note.";
    RequestConfirmedAt: (Option<DateTime<Utc>>) = |node| node.request.nationality_confirmed_at, "When the post confirmed the nationality.";
    RequestEndedAt: (Option<DateTime<Utc>>) = |node| node.request.ended_at, "When the request came to its end: issued, refused or cancelled.";
    RequestRefusalReason: (Option<RefusalReason>) = |node| node.request.refusal_reason, "Why the post refused; OTHER where the reason is masked.";
    RequestDocument: {TravelDocument} = |node| &node.document, "The document, once issued.";
    RequestVersion: (i32) = |node| node.request.version, "Counts the changes of the request; commands take it as expectedVersion.";
    RequestHistory: [HistoryNode] = |node| &node.history, "What happened to the request, oldest first; at most 100 entries.";
} }

governed! { TravelDocument "TravelDocument": "A travel document as issued (ICAO Doc 9303)." {
    DocumentType: (TravelDocumentType) = |node| node.document_type, "Kind of document.";
    DocumentNumber: (String) = |node| node.number.clone(), "Number of the document; its last characters where it is masked.";
    DocumentIssuedOn: (NaiveDate) = |node| node.issued_on, "Day of issue.";
    DocumentExpiresOn: (NaiveDate) = |node| node.expires_on, "Last day of validity.";
} }
