//! `Consent`.

use crate::domain::consent::{ConsentCategory, ConsentState, Purpose, RecipientClass};
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{ConsentNode, OrganisationNode};
use chrono::{DateTime, Utc};

governed! { ConsentNode "Consent" node: "One line of a Data Exchange form: who may receive which data, for what." {
    ConsentId: (RowId) = |node| RowId(NodeType::Consent, node.consent.id.uuid()), "Names the consent to this viewer, and to nobody else.";
    ConsentRecipientClass: (RecipientClass) = |node| node.consent.recipient_class, "Who may receive.";
    ConsentActive: (bool) = |node| node.consent.is_active(), "Whether the consent holds now.";
    ConsentPurpose: (Purpose) = |node| node.consent.purpose, "What for.";
    ConsentCategory: (ConsentCategory) = |node| node.consent.category, "Which data.";
    ConsentRecipient: {OrganisationNode} = |node| &node.recipient, "The one organisation that may receive, where the consent names one; null where it is for the class.";
    ConsentSignedAt: (DateTime<Utc>) = |node| node.consent.signed_at, "When it was signed.";
    ConsentState: (ConsentState) = |node| node.consent.state, "State of the consent.";
    ConsentRevokedAt: (Option<DateTime<Utc>>) = |node| node.consent.revoked_at, "When it ceased to hold.";
} }
