//! Commands on complaints. Whoever lodges one is told its reference and nothing more, then or later.

use super::{commands, id};
use crate::domain::complaint::{ComplaintChannel, ComplaintKind, ComplaintOutcome, NewComplaint};
use crate::graphql::context::{InScope as _, refuse};
use crate::graphql::payload::{CommandError, envelope, refusals};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

payloads! {
    AcknowledgeComplaintPayload "complaint": ComplaintNode;
    InvestigateComplaintPayload "complaint": ComplaintNode;
    ResolveComplaintPayload "complaint": ComplaintNode;
    ReferComplaintPayload "complaint": ComplaintNode;
}

/// Lodges a complaint.
#[derive(InputObject)]
pub struct LodgeComplaintInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    idempotency_key: String,
    /// The organisation that it is about.
    organisation_id: ID,
    /// The case that it is about, where it is about one.
    case_id: Option<ID>,
    /// What it is about.
    kind: Word<ComplaintKind>,
    /// How it reached the programme.
    channel: Word<ComplaintChannel>,
    /// What was said, as it was said.
    #[graphql(validator(chars_max_length = 4000))]
    text: String,
}

/// The answer to lodgeComplaint.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct LodgeComplaintPayload {
    /// The reference to hand to whoever complained; null where a rule refused. It is not shown again.
    reference: Option<String>,
    /// The rules that refused; empty where the command was carried out.
    errors: Vec<CommandError>,
}

/// Takes a complaint on.
#[derive(InputObject)]
pub struct AcknowledgeComplaintInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The complaint.
    complaint_id: ID,
    /// The version of the complaint that was decided on.
    expected_version: i32,
}

/// Looks into a complaint.
#[derive(InputObject)]
pub struct InvestigateComplaintInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The complaint.
    complaint_id: ID,
    /// The version of the complaint that was decided on.
    expected_version: i32,
}

/// Decides a complaint.
#[derive(InputObject)]
pub struct ResolveComplaintInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The complaint.
    complaint_id: ID,
    /// The version of the complaint that was decided on.
    expected_version: i32,
    /// What was found.
    outcome: Word<ComplaintOutcome>,
    /// The same in words.
    #[graphql(validator(chars_max_length = 4000))]
    findings: Option<String>,
}

/// Hands a complaint to another body.
#[derive(InputObject)]
pub struct ReferComplaintInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The complaint.
    complaint_id: ID,
    /// The version of the complaint that was decided on.
    expected_version: i32,
    /// To whom.
    #[graphql(validator(chars_max_length = 4000))]
    referred_to: String,
}

/// Lodging complaints.
#[derive(Default)]
pub struct ComplaintIntake;

#[Object(serial)]
impl ComplaintIntake {
    /// Lodges a complaint in a person's name. Nothing of a case changes by it, nobody is told, and whoever lodged it cannot look at it again.
    async fn lodge_complaint(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to do.")] input: LodgeComplaintInput,
    ) -> Result<LodgeComplaintPayload> {
        let scope = context.scope();
        let given = envelope(context, &input.idempotency_key)?;
        let case = input.case_id.map(|case| id(context, NodeType::Case, &case));
        let new = NewComplaint {
            about: id(context, NodeType::Organisation, &input.organisation_id)?,
            case: case.transpose()?,
            kind: input.kind.0,
            channel: input.channel.0,
            text: input.text,
        };
        match Box::pin(scope.desk.lodge_complaint(&given, new)).await {
            Ok(reference) => Ok(LodgeComplaintPayload {
                reference: Some(reference),
                errors: Vec::new(),
            }),
            Err(fault) => Ok(LodgeComplaintPayload {
                reference: None,
                errors: refusals(scope, &fault).ok_or_else(|| refuse(&fault, &scope.request_id))?,
            }),
        }
    }
}

commands! {
    /// Handling complaints.
    ComplaintCommands {
        /// Takes a complaint on.
        acknowledge_complaint(AcknowledgeComplaintInput) -> AcknowledgeComplaintPayload = |context, envelope, input, desk| {
            let complaint = id(context, NodeType::Complaint, &input.complaint_id)?;
            desk.acknowledge_complaint(&envelope, complaint, input.expected_version).await
        };
        /// Looks into a complaint.
        investigate_complaint(InvestigateComplaintInput) -> InvestigateComplaintPayload = |context, envelope, input, desk| {
            let complaint = id(context, NodeType::Complaint, &input.complaint_id)?;
            desk.investigate_complaint(&envelope, complaint, input.expected_version).await
        };
        /// Decides a complaint.
        resolve_complaint(ResolveComplaintInput) -> ResolveComplaintPayload = |context, envelope, input, desk| {
            let complaint = id(context, NodeType::Complaint, &input.complaint_id)?;
            let found = (input.outcome.0, input.findings);
            desk.resolve_complaint(&envelope, complaint, input.expected_version, found).await
        };
        /// Hands a complaint to another body.
        refer_complaint(ReferComplaintInput) -> ReferComplaintPayload = |context, envelope, input, desk| {
            let complaint = id(context, NodeType::Complaint, &input.complaint_id)?;
            desk.refer_complaint(&envelope, complaint, input.expected_version, input.referred_to).await
        };
    }
}
