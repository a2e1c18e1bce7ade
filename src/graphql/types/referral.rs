//! `Referral`.

use crate::domain::referral::{ConsentOverride, ReferralRejection, ReferralService, ReferralState};
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{CaseNode, HistoryNode, OrganisationNode, PersonNode, ReferralNode};
use chrono::{DateTime, Utc};

governed! { ReferralNode "Referral" node: "A referral of the persons of a case to somebody who can help." {
    ReferralId: (RowId) = |node| RowId(NodeType::Referral, node.referral.id.uuid()), "Names the referral to this viewer, and to nobody else.";
    ReferralCase: {CaseNode} = |node| &node.case, "The case.";
    ReferralSender: {OrganisationNode} = |node| &node.sender, "The mission that refers.";
    ReferralRecipient: {OrganisationNode} = |node| &node.recipient, "The organisation that is asked; none for a provider without access to the API.";
    ReferralProvider: (Option<String>) = |node| node.referral.provider.clone(), "The provider that is asked, which has no access to the API.";
    ReferralPerson: {PersonNode} = |node| &node.person, "The person that it is about, where it is about one alone.";
    ReferralService: (ReferralService) = |node| node.referral.service, "What the persons are referred for.";
    ReferralOverride: (Option<ConsentOverride>) = |node| node.referral.consent_override, "Why it was sent without consent.";
    ReferralState: (ReferralState) = |node| node.referral.state, "State of the referral.";
    ReferralSentAt: (DateTime<Utc>) = |node| node.referral.sent_at, "When it was sent, the last time.";
    ReferralAnsweredAt: (Option<DateTime<Utc>>) = |node| node.referral.answered_at, "When it was accepted or rejected.";
    ReferralEndedAt: (Option<DateTime<Utc>>) = |node| node.referral.ended_at, "When it came to its end.";
    ReferralRejection: (Option<ReferralRejection>) = |node| node.referral.rejection, "Why it was rejected.";
    ReferralHistory: [HistoryNode] = |node| &node.history, "What happened to the referral, oldest first; at most 100 entries.";
    ReferralVersion: (i32) = |node| node.referral.version, "Counts the changes of the referral; commands take it as expectedVersion.";
} }
