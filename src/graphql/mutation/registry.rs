//! Commands on the registry.

use super::{commands, id};
use crate::config::Limits;
use crate::domain::agreement::{RevocationReason, TransferAgreement};
use crate::domain::consent::Purpose;
use crate::domain::party::{Accreditation, ClientRight, Organisation, OrganisationKind};
use crate::domain::territory::TerritoryProfile;
use crate::domain::transition::Refusal;
use crate::graphql::documents;
use crate::graphql::scalars::{CountryScalar, DateScalar};
use crate::graphql::word::Word;
use crate::ids::{NodeType, OrganisationId, new_id};
use crate::payloads;
use crate::store::NewClient;
use async_graphql::{ID, InputObject};

payloads! {
    RegisterOrganisationPayload "organisation": OrganisationNode;
    RegisterClientPayload "client": ClientNode;
    SuspendClientPayload "client": ClientNode;
    ResumeClientPayload "client": ClientNode;
    RevokeClientTokensPayload "client": ClientNode;
    RevokeTokenPayload "client": ClientNode;
    RegisterDocumentsPayload "client": ClientNode;
    RemoveDocumentsPayload "client": ClientNode;
    RequireRegisteredDocumentsPayload "client": ClientNode;
    RecordTransferAgreementPayload "organisation": OrganisationNode;
    EndTransferAgreementPayload "organisation": OrganisationNode;
}

/// A consular post's accreditation to a host territory.
#[derive(InputObject)]
pub struct AccreditationInput {
    /// The host territory.
    host_territory: CountryScalar,
    /// First day.
    valid_from: DateScalar,
    /// Last day, if it has ended or will.
    valid_to: Option<DateScalar>,
}

/// An agreement in writing with an organisation outside IOM on the transfer of personal data.
#[derive(InputObject)]
pub struct TransferAgreementInput {
    /// Number or name of the signed paper, once for each organisation.
    reference: String,
    /// When it was signed.
    signed_on: DateScalar,
    /// First day.
    valid_from: DateScalar,
    /// Last day, if it has one.
    valid_to: Option<DateScalar>,
}

/// Adds an organisation to the registry.
#[derive(InputObject)]
pub struct RegisterOrganisationInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// Short stable name, such as `iom-belgrade`.
    #[graphql(validator(chars_max_length = 64))]
    code: String,
    /// Full name.
    #[graphql(validator(chars_max_length = 200))]
    name: String,
    /// Kind of organisation.
    kind: Word<OrganisationKind>,
    /// The territory or country where it acts.
    territory: Option<CountryScalar>,
    /// City of its seat.
    #[graphql(validator(chars_max_length = 200))]
    seat_city: Option<String>,
    /// Country of its seat.
    seat_country: Option<CountryScalar>,
    /// The state that sent it, for a consular post.
    sending_state: Option<CountryScalar>,
    /// The host territories that it is accredited to, for a consular post.
    #[graphql(default)]
    accreditations: Vec<AccreditationInput>,
    /// The agreement on the transfer of personal data, for an organisation outside IOM; without one its clients do not come in.
    transfer_agreement: Option<TransferAgreementInput>,
}

/// Adds a client to an organisation.
#[derive(InputObject)]
pub struct RegisterClientInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The client's name in tokens.
    #[graphql(validator(chars_max_length = 64))]
    client_id: String,
    /// The organisation.
    organisation_id: ID,
    /// What the client may be used for.
    purposes: Vec<Word<Purpose>>,
    /// What the client may do beyond what its organisation may.
    #[graphql(default)]
    rights: Vec<Word<ClientRight>>,
    /// The code that is to stand for Kosovo* in answers to the client; `XKX` where none is named. (* This designation is
    /// without prejudice to positions on status and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo
    /// declaration of independence.)
    territory_profile: Option<Word<TerritoryProfile>>,
    /// Who issues its tokens (`iss`), where it is not the first issuer of the settings.
    issuer: Option<String>,
}

/// Suspends a client.
#[derive(InputObject)]
pub struct SuspendClientInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The client.
    id: ID,
    /// The version of the client that was decided on.
    expected_version: i32,
}

/// Lets a suspended client act again.
#[derive(InputObject)]
pub struct ResumeClientInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The client.
    id: ID,
    /// The version of the client that was decided on.
    expected_version: i32,
}

/// Revokes all tokens of a client.
#[derive(InputObject)]
pub struct RevokeClientTokensInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The client.
    id: ID,
    /// The version of the client that was decided on.
    expected_version: i32,
}

/// Revokes one token of a client.
#[derive(InputObject)]
pub struct RevokeTokenInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The client.
    id: ID,
    /// The token's own name (`jti`).
    jti: String,
    /// Why.
    reason: Word<RevocationReason>,
}

/// Registers documents that a client may send by their digest alone.
#[derive(InputObject)]
pub struct RegisterDocumentsInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The client.
    id: ID,
    /// The version of the client that was decided on.
    expected_version: i32,
    /// The texts of GraphQL documents, 1 to 100 at once and 500 in all, each within the limits on documents.
    documents: Vec<String>,
}

/// Removes documents of a client.
#[derive(InputObject)]
pub struct RemoveDocumentsInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The client.
    id: ID,
    /// The version of the client that was decided on.
    expected_version: i32,
    /// SHA-256 of the documents' texts, as 64 lower-case hexadecimal digits, 1 to 100 at once.
    sha256: Vec<String>,
}

/// Says whether a client may send registered documents alone.
#[derive(InputObject)]
pub struct RequireRegisteredDocumentsInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The client.
    id: ID,
    /// The version of the client that was decided on.
    expected_version: i32,
    /// Whether it may send registered documents alone.
    required: bool,
}

/// Records an agreement with an organisation.
#[derive(InputObject)]
pub struct RecordTransferAgreementInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The organisation.
    organisation_id: ID,
    /// The version of the organisation that was decided on.
    expected_version: i32,
    /// The agreement.
    agreement: TransferAgreementInput,
}

/// Ends an agreement with an organisation before its time.
#[derive(InputObject)]
pub struct EndTransferAgreementInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The organisation.
    organisation_id: ID,
    /// The version of the organisation that was decided on.
    expected_version: i32,
    /// Number or name of the signed paper.
    reference: String,
}

fn agreement(input: TransferAgreementInput, organisation: OrganisationId) -> TransferAgreement {
    TransferAgreement {
        organisation,
        reference: input.reference,
        signed_on: input.signed_on.0,
        valid_from: input.valid_from.0,
        valid_to: input.valid_to.map(|day| day.0),
        ended_at: None,
    }
}

fn accreditation(input: &AccreditationInput, post: OrganisationId) -> Accreditation {
    Accreditation {
        organisation: post,
        host_territory: input.host_territory.0,
        valid_from: input.valid_from.0,
        valid_to: input.valid_to.map(|day| day.0),
    }
}

commands! {
    /// Commands on the registry.
    RegistryCommands {
        /// Adds an organisation to the registry.
        register_organisation(RegisterOrganisationInput) -> RegisterOrganisationPayload = |_context, envelope, input, desk| {
            let post: OrganisationId = new_id(desk.store.clock().now()).into();
            let organisation = Organisation {
                id: post,
                code: input.code,
                name: input.name,
                kind: input.kind.0,
                territory: input.territory.map(|place| place.0),
                seat_city: input.seat_city,
                seat_country: input.seat_country.map(|place| place.0),
                sending_state: input.sending_state.map(|place| place.0),
                version: 1,
            };
            let accreditations = input.accreditations.iter().map(|given| accreditation(given, post)).collect();
            let agreement = input.transfer_agreement.map(|given| agreement(given, post));
            desk.register_organisation(&envelope, organisation, accreditations, agreement).await
        };
        /// Adds a client to an organisation.
        register_client(RegisterClientInput) -> RegisterClientPayload = |context, envelope, input, desk| {
            let owner = id(context, NodeType::Organisation, &input.organisation_id)?;
            let new = NewClient {
                client_id: input.client_id,
                owner,
                purposes: input.purposes.into_iter().map(|purpose| purpose.0).collect(),
                rights: input.rights.into_iter().map(|right| right.0).collect(),
                territory_profile: input.territory_profile.map(|profile| profile.0).unwrap_or_default(),
                issuer: input.issuer,
            };
            desk.register_client(&envelope, new).await
        };
        /// Suspends a client; its tokens are worth nothing from now on.
        suspend_client(SuspendClientInput) -> SuspendClientPayload = |context, envelope, input, desk| {
            let client = id(context, NodeType::Client, &input.id)?;
            desk.set_client_suspended(&envelope, client, input.expected_version, true).await
        };
        /// Lets a suspended client act again.
        resume_client(ResumeClientInput) -> ResumeClientPayload = |context, envelope, input, desk| {
            let client = id(context, NodeType::Client, &input.id)?;
            desk.set_client_suspended(&envelope, client, input.expected_version, false).await
        };
        /// Revokes every token of a client that was issued until now; its sockets close, and new tokens are good from the next second on.
        revoke_client_tokens(RevokeClientTokensInput) -> RevokeClientTokensPayload = |context, envelope, input, desk| {
            let client = id(context, NodeType::Client, &input.id)?;
            desk.revoke_client_tokens(&envelope, client, input.expected_version).await
        };
        /// Revokes one token of a client by its own name; sockets that were opened with it close.
        revoke_token(RevokeTokenInput) -> RevokeTokenPayload = |context, envelope, input, desk| {
            let client = id(context, NodeType::Client, &input.id)?;
            desk.revoke_token(&envelope, client, &input.jti, input.reason.0).await
        };
        /// Registers documents that a client may send by their digest alone; what it has registered already stays.
        register_documents(RegisterDocumentsInput) -> RegisterDocumentsPayload = |context, envelope, input, desk| {
            let client = id(context, NodeType::Client, &input.id)?;
            let limits = context.data_unchecked::<Limits>();
            let now = desk.store.clock().now();
            let documents = input.documents.into_iter().map(|text| documents::registrable(text, limits, now));
            let documents = documents.collect::<Result<Vec<_>, Refusal>>();
            desk.register_documents(&envelope, client, input.expected_version, documents).await
        };
        /// Removes documents of a client: from now on it cannot send them by their digest. A stream that is open with one goes on until it ends; revokeClientTokens ends it.
        remove_documents(RemoveDocumentsInput) -> RemoveDocumentsPayload = |context, envelope, input, desk| {
            let client = id(context, NodeType::Client, &input.id)?;
            desk.remove_documents(&envelope, client, input.expected_version, input.sha256).await
        };
        /// Says whether a client may send registered documents alone; what it has open closes, to be opened anew under the rule.
        require_registered_documents(RequireRegisteredDocumentsInput) -> RequireRegisteredDocumentsPayload = |context, envelope, input, desk| {
            let client = id(context, NodeType::Client, &input.id)?;
            desk.require_documents(&envelope, client, input.expected_version, input.required).await
        };
        /// Records an agreement with an organisation outside IOM; from its first day on the organisation's clients come in.
        record_transfer_agreement(RecordTransferAgreementInput) -> RecordTransferAgreementPayload = |context, envelope, input, desk| {
            let organisation = id(context, NodeType::Organisation, &input.organisation_id)?;
            desk.record_agreement(&envelope, agreement(input.agreement, organisation), input.expected_version).await
        };
        /// Ends an agreement from now on; where no other holds, the organisation's sockets close, and its clients do not come in any more.
        end_transfer_agreement(EndTransferAgreementInput) -> EndTransferAgreementPayload = |context, envelope, input, desk| {
            let organisation = id(context, NodeType::Organisation, &input.organisation_id)?;
            desk.end_agreement(&envelope, organisation, &input.reference, input.expected_version).await
        };
    }
}
