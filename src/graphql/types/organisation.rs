//! `Organisation`, `Accreditation`, `TransferAgreement`, `Client`, `RegisteredDocument` and `RevokedToken`.

use crate::domain::agreement::{RevocationReason, RevokedToken, TransferAgreement};
use crate::domain::consent::Purpose;
use crate::domain::document::RegisteredDocument;
use crate::domain::party::{Accreditation, ClientRight, OrganisationKind};
use crate::domain::territory::{CountryCode, TerritoryProfile};
use crate::governed;
use crate::graphql::leaf::{RowId, Words};
use crate::ids::NodeType;
use crate::store::nodes::{ClientNode, OrganisationNode, RegistryEntryNode};
use chrono::{DateTime, NaiveDate, Utc};

governed! { OrganisationNode "Organisation" node: "An organisation of the programme." {
    OrganisationId: (RowId) = |node| RowId(NodeType::Organisation, node.organisation.id.uuid()), "Names the organisation to this viewer, and to nobody else.";
    OrganisationCode: (&str) = |node| node.organisation.code.as_str(), "Short stable name.";
    OrganisationName: (&str) = |node| node.organisation.name.as_str(), "Full name.";
    OrganisationKind: (OrganisationKind) = |node| node.organisation.kind, "Kind of organisation.";
    OrganisationTerritory: (Option<CountryCode>) = |node| node.organisation.territory, "The territory or country where it acts.";
    OrganisationSeatCity: (Option<String>) = |node| node.organisation.seat_city.clone(), "City of its seat.";
    OrganisationSeatCountry: (Option<CountryCode>) = |node| node.organisation.seat_country, "Country of its seat, which may lie outside the territories that it covers.";
    OrganisationSender: (Option<CountryCode>) = |node| node.organisation.sending_state, "The state that sent it, for a consular post.";
    OrganisationAccredited: [Accreditation] = |node| &node.accreditations, "The host territories that it is accredited to, for a consular post.";
    OrganisationAgreements: [TransferAgreement] = |node| &node.agreements, "Its agreements on the transfer of personal data, for an organisation outside IOM; without one that holds today its clients do not come in.";
    OrganisationClients: [ClientNode] = |node| &node.clients, "Its clients.";
    OrganisationVersion: (i32) = |node| node.organisation.version, "Counts the changes of the organisation.";
    OrganisationHistory: [RegistryEntryNode] = |node| &node.history, "What was done to it, oldest first; at most 100 entries.";
} }

governed! { Accreditation "Accreditation": "A consular post's accreditation to a host territory." {
    AccreditationTerritory: (CountryCode) = |node| node.host_territory, "The host territory.";
    AccreditationFrom: (NaiveDate) = |node| node.valid_from, "First day.";
    AccreditationTo: (Option<NaiveDate>) = |node| node.valid_to, "Last day, if it has ended or will.";
} }

governed! { TransferAgreement "TransferAgreement": "An agreement in writing with an organisation outside IOM on the transfer of personal data." {
    AgreementReference: (&str) = |node| node.reference.as_str(), "Number or name of the signed paper.";
    AgreementSignedOn: (NaiveDate) = |node| node.signed_on, "When it was signed.";
    AgreementFrom: (NaiveDate) = |node| node.valid_from, "First day.";
    AgreementTo: (Option<NaiveDate>) = |node| node.valid_to, "Last day, if it has one.";
    AgreementEndedAt: (Option<DateTime<Utc>>) = |node| node.ended_at, "When it was ended before its time, if it was.";
} }

governed! { ClientNode "Client" node: "One system of an organisation, with tokens of its own." {
    ClientId: (RowId) = |node| RowId(NodeType::Client, node.id.uuid()), "Names the client to this viewer, and to nobody else.";
    ClientName: (&str) = |node| node.client_id.as_str(), "The client's name in tokens.";
    ClientOrganisation: {OrganisationNode} = |node| &node.organisation, "The organisation.";
    ClientPurposes: (Words<Purpose>) = |node| Words(node.purposes.clone()), "What the client may be used for.";
    ClientRights: (Words<ClientRight>) = |node| Words(node.rights.clone()), "What the client may do beyond what its organisation may.";
    ClientTerritoryProfile: (TerritoryProfile) = |node| node.territory_profile, "The code that stands for Kosovo* in answers to the client. (* This designation is without prejudice to positions on status and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.)";
    ClientIssuer: (Option<String>) = |node| node.issuer.clone(), "Who issues its tokens (`iss`), where it is not the first issuer of the settings.";
    ClientTokensNotBefore: (Option<DateTime<Utc>>) = |node| node.tokens_not_before, "Its tokens from this moment or before are worth nothing.";
    ClientRevokedTokens: [RevokedToken] = |node| &node.revoked_tokens, "Its tokens that were revoked one by one in the last day; older ones have expired.";
    ClientDocumentsOnly: (bool) = |node| node.documents_only, "Whether it may send registered documents alone.";
    ClientDocuments: [RegisteredDocument] = |node| &node.documents, "The documents that it may send by their digest alone.";
    ClientSuspendedAt: (Option<DateTime<Utc>>) = |node| node.suspended_at, "Since when the client is suspended.";
    ClientVersion: (i32) = |node| node.version, "Counts the changes of the client; commands take it as expectedVersion.";
    ClientHistory: [RegistryEntryNode] = |node| &node.history, "What was done to it, oldest first; at most 100 entries.";
} }

governed! { RegisteredDocument "RegisteredDocument": "A GraphQL document that a client may send by its digest." {
    DocumentSha256: (&str) = |node| node.sha256.as_str(), "SHA-256 of the text in UTF-8, as 64 lower-case hexadecimal digits; `documentId` is the same behind `sha256:`.";
    DocumentOperation: (Option<String>) = |node| node.operation_name.clone(), "The name of its only operation, if it has one and that is named.";
    DocumentText: (&str) = |node| node.text.as_str(), "The text, as it is executed.";
    DocumentRegisteredAt: (DateTime<Utc>) = |node| node.registered_at, "When it was registered.";
} }

governed! { RevokedToken "RevokedToken": "A token that was revoked before it expired." {
    RevokedTokenJti: (&str) = |node| node.jti.as_str(), "The token's own name (`jti`).";
    RevokedTokenReason: (RevocationReason) = |node| node.reason, "Why.";
    RevokedTokenAt: (DateTime<Utc>) = |node| node.revoked_at, "Since when it is worth nothing.";
} }
