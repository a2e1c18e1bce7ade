//! `Disclosure`.

use crate::domain::consent::Purpose;
use crate::domain::disclosure::{DisclosureMeans, DisclosureRelation};
use crate::governed;
use crate::graphql::leaf::{List, RowName};
use crate::ids::NodeType;
use crate::store::nodes::{CaseNode, DisclosureNode, OrganisationNode, PersonNode};
use chrono::{DateTime, Utc};

governed! { DisclosureNode "Disclosure": "An entry of the disclosure ledger: what was told of one row, to whom and for what; names of fields, never values." {
    DisclosureSequence: (i64) = |node| node.sequence, "Place in the ledger, from 1 without gaps.";
    DisclosureAt: (DateTime<Utc>) = |node| node.at, "When it was told.";
    DisclosureMeans: (DisclosureMeans) = |node| node.means, "By which way.";
    DisclosureOrganisation: {OrganisationNode} = |node| &node.organisation, "The organisation that was told.";
    DisclosureClient: (Option<String>) = |node| node.client.clone(), "The client that asked; null where a request told a post by itself.";
    DisclosureToken: (Option<String>) = |node| node.token.clone(), "The token that proved the client, by its own name (jti).";
    DisclosurePurpose: (Purpose) = |node| node.purpose, "The purpose that the request stated.";
    DisclosureRelation: (DisclosureRelation) = |node| node.relation, "What the organisation was to the row.";
    DisclosureRowType: (&str) = |node| node.row_type.as_str(), "Type of the row.";
    DisclosureRow: (RowName) = |node| RowName(node.row.and_then(|id| Some((NodeType::named(&node.row_type)?, id)))), "The row; null for a part of a row, which has no id.";
    DisclosureCase: {CaseNode} = |node| &node.case, "The case, as the viewer may see it now.";
    DisclosurePerson: {PersonNode} = |node| &node.person, "The one person that it is about, as the viewer may see the person now; null where it is about the case as a whole.";
    DisclosureShown: (List<String>) = |node| List(node.shown.clone()), "Names of the fields that were shown in full, whether or not they held anything; of those that are open to the viewer.";
    DisclosureMasked: (List<String>) = |node| List(node.masked.clone()), "Names of the fields that were shown in part; of those that are open to the viewer.";
    DisclosurePolicyVersion: (&str) = |node| node.policy_version.as_str(), "Names the fields table that was applied.";
    DisclosureRequestId: (Option<String>) = |node| node.request_id.clone(), "The request, as in the log.";
    DisclosureSnapshot: (Option<String>) = |node| node.snapshot.clone(), "SHA-256 of the disclosure snapshot that keeps what was told, where one does.";
    DisclosureHash: (&str) = |node| node.hash.as_str(), "SHA-256 that binds the entry to all before it.";
} }
