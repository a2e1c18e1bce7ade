//! `TravelDocumentRequest` and what hangs on it.

use crate::domain::travel_document::{
    ConsularInterview, DocumentLocation, InformationItem, InformationRequest, InterviewMode, RefusalReason,
    TravelDocument, TravelDocumentRequestState,
};
use crate::governed;
use crate::graphql::leaf::{RowId, Words};
use crate::ids::NodeType;
use crate::store::nodes::{
    AttachmentNode, CaseNode, CustodyNode, HistoryNode, OrganisationNode, PersonNode, RequestNode,
    SnapshotNode,
};
use chrono::{DateTime, NaiveDate, Utc};

governed! { RequestNode "TravelDocumentRequest" node: "A request made of a consular post for one person's travel document." {
    RequestId: (RowId) = |node| RowId(NodeType::TravelDocumentRequest, node.request.id.uuid()), "Names the request to this viewer, and to nobody else.";
    RequestCase: {CaseNode} = |node| &node.case, "The case.";
    RequestApplicant: {PersonNode} = |node| &node.applicant, "The person who needs the document.";
    RequestConsularPost: {OrganisationNode} = |node| &node.consular_post, "The consular post that was asked.";
    RequestState: (TravelDocumentRequestState) = |node| node.request.state, "State of the request.";
    RequestStateSince: (DateTime<Utc>) = |node| node.request.state_since, "When the request came into this state.";
    RequestAge: (i32) = |node| node.age_in_days, "Days since the request came into this state.";
    RequestExpedited: (bool) = |node| node.request.expedited, "Whether the post was asked to hurry.";
    RequestSubmittedAt: (DateTime<Utc>) = |node| node.request.submitted_at, "When the post was asked.";
    RequestAcknowledgedAt: (Option<DateTime<Utc>>) = |node| node.request.acknowledged_at, "When the post took note.";
    RequestConfirmedAt: (Option<DateTime<Utc>>) = |node| node.request.nationality_confirmed_at, "When the post confirmed the nationality.";
    RequestDeparture: (Option<NaiveDate>) = |node| node.planned_departure_on, "The day on which the person is to leave by the journey that is booked, in the host territory; null where none is, and once the post's part has come to its end.";
    RequestEndedAt: (Option<DateTime<Utc>>) = |node| node.request.ended_at, "When the post's part came to its end: issued, refused or cancelled.";
    RequestRefusalReason: (Option<RefusalReason>) = |node| node.request.refusal_reason, "Why the post refused; OTHER where the reason is masked.";
    RequestInformation: [InformationRequest] = |node| &node.information_requests, "What the post wished to know besides, oldest first.";
    RequestInterviews: [ConsularInterview] = |node| &node.interviews, "Interviews of the person with the post, in the order in which they were settled.";
    RequestDocument: {TravelDocument} = |node| &node.document, "The document, once issued.";
    RequestCustody: [CustodyNode] = |node| &node.custody, "Where the document has been, oldest first.";
    RequestSnapshot: {SnapshotNode} = |node| &node.snapshot, "What the post could read when it was asked.";
    RequestAttachments: [AttachmentNode] = |node| &node.attachments, "Copies of papers that prove who the person is, oldest first.";
    RequestAlternatives: [OrganisationNode] = |node| &node.alternative_posts, "Other posts of the same state that could be asked today, as long as there is no document; this request has to be taken back first where it is open.";
    RequestVersion: (i32) = |node| node.request.version, "Counts the changes of the request; commands take it as expectedVersion.";
    RequestHistory: [HistoryNode] = |node| &node.history, "What happened to the request, oldest first; at most 100 entries.";
} }

governed! { InformationRequest "InformationRequest": "What a consular post wished to know besides, and the answer." {
    InformationAskedAt: (DateTime<Utc>) = |node| node.asked_at, "When the post asked.";
    InformationItems: (Words<InformationItem>) = |node| Words(node.items.clone()), "What it needs.";
    InformationQuestion: (Option<String>) = |node| node.question.clone(), "The same in words.";
    InformationAnsweredAt: (Option<DateTime<Utc>>) = |node| node.answered_at, "When the sending mission answered.";
    InformationAnswer: (Option<String>) = |node| node.answer.clone(), "The answer in words.";
} }

governed! { ConsularInterview "ConsularInterview": "An interview of a person with a consular post." {
    InterviewScheduledAt: (DateTime<Utc>) = |node| node.scheduled_at, "When it was settled.";
    InterviewAt: (DateTime<Utc>) = |node| node.at, "When the person and the post are to speak.";
    InterviewMode: (InterviewMode) = |node| node.mode, "How.";
    InterviewPlace: (Option<String>) = |node| node.place.clone(), "Where, of an interview in person.";
} }

governed! { CustodyNode "TravelDocumentCustody": "Where a travel document has been since when." {
    CustodyLocation: (DocumentLocation) = |node| node.entry.location, "Where it has been.";
    CustodySince: (DateTime<Utc>) = |node| node.entry.since, "Since when.";
    CustodyRecordedBy: {OrganisationNode} = |node| &node.recorded_by, "The organisation that recorded it.";
} }

governed! { SnapshotNode "DisclosureSnapshot": "What a consular post could read when it was asked; it never changes." {
    SnapshotMadeAt: (DateTime<Utc>) = |node| node.made_at, "When it was made.";
    SnapshotPolicyVersion: (&str) = |node| node.policy_version.as_str(), "Names the policy table that it was made by.";
    SnapshotContent: (Option<&str>) = |node| node.content.as_deref(), "The fields and their values as canonical JSON; null for a post that may not read all of it any more.";
    SnapshotSha256: (&str) = |node| node.sha256.as_str(), "SHA-256 of the content, in hexadecimal digits.";
} }
