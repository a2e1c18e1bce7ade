//! Who takes part: organisations, what each is to a case, and who is accredited where.

use super::consent::RecipientClass;
use super::jurisdiction::Jurisdiction;
use super::suspension::OperationsSuspension;
use super::territory::CountryCode;
use super::transition::{Reason, Refusal};
use crate::codes;
use crate::ids::{CaseId, ClientId, OrganisationId};
use chrono::{DateTime, NaiveDate, Utc};

codes! { "What kind of organisation a viewer belongs to." OrganisationKind {
    Mission = "MISSION": "An IOM mission: sending, transit or receiving relative to each case.",
    ConsularPost = "CONSULAR_POST": "An embassy or consulate.",
    Police = "POLICE": "National or border police.",
    MigrationAuthority = "MIGRATION_AUTHORITY": "A migration or asylum authority, or a commissariat.",
    Dashboard = "DASHBOARD": "A dashboard of a donor or for the public.",
    ServiceProvider = "SERVICE_PROVIDER": "A service that protects persons, under an agreement with IOM; sees whom it was asked to protect, and what has to be done for them.",
    Auditor = "AUDITOR": "Data-protection audit.",
    Admin = "ADMIN": "Administration of the registry.",
} }

codes! { "What an organisation is to a case." PartyRelation {
    Sending = "SENDING": "The mission that assists the person in the host territory.",
    Receiving = "RECEIVING": "The mission in the country of return.",
    Transit = "TRANSIT": "A mission on the way.",
    Consular = "CONSULAR": "A consular post that was asked for a travel document.",
    Police = "POLICE": "The police of the host territory, once told of the departure.",
    Migration = "MIGRATION": "The migration authority of the host territory.",
    Service = "SERVICE": "A service that was asked to protect a person, as long as the referral lasts.",
} }

impl PartyRelation {
    /// The consent class without which this party outside IOM may be told nothing; none for IOM itself (INV-06).
    #[must_use]
    pub fn consent_needed(self) -> Option<RecipientClass> {
        match self {
            Self::Sending | Self::Receiving | Self::Transit => None,
            Self::Consular => Some(RecipientClass::Embassy),
            Self::Police => Some(RecipientClass::HostPolice),
            Self::Migration => Some(RecipientClass::HostMigration),
            Self::Service => Some(RecipientClass::ServiceProvider),
        }
    }
}

codes! { "What a client may do beyond what its organisation may." ClientRight {
    Supervise = "SUPERVISE": "Supervisors: approve, terminate, reopen, override, close.",
    MigrationHealth = "MIGRATION_HEALTH": "IOM's migration health staff: assess fitness to travel.",
    Complaints = "COMPLAINTS": "Staff of oversight who handle complaints; no complaint about their own organisation.",
} }

/// Who acts: a client of an organisation, in the name of somebody whom its token names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The client.
    pub client: ClientId,
    /// The subject of the token: the member of staff, as the organisation's own system names them.
    pub subject: String,
    /// What the client may do beyond what its organisation may.
    pub rights: Vec<ClientRight>,
}

impl Author {
    /// The author of what time alone does.
    #[must_use]
    pub fn time() -> Self {
        Self {
            organisation: uuid::Uuid::nil().into(),
            client: uuid::Uuid::nil().into(),
            subject: "time".to_owned(),
            rights: Vec::new(),
        }
    }

    /// Tells this author from every other: what is stored of who put something forward (four eyes).
    #[must_use]
    pub fn signature(&self) -> String {
        format!("{}/{}", self.client.uuid(), self.subject)
    }

    /// Whether it was this author who signed, or the same member of staff by way of another client.
    #[must_use]
    pub fn is_who_signed(&self, signature: &str) -> bool {
        let subject = signature
            .split_once('/')
            .map_or(signature, |(_, subject)| subject);
        subject == self.subject
    }

    /// Whether the client has a right.
    #[must_use]
    pub fn may(&self, right: ClientRight) -> bool {
        self.rights.contains(&right)
    }
}

/// An organisation's part in a case: since when, and when its part ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The case.
    pub case_id: CaseId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// What it is to the case.
    pub relation: PartyRelation,
    /// When it was first told or involved.
    pub since: DateTime<Utc>,
    /// When its part ended; what it may still see afterwards depends on the relation.
    pub ended_at: Option<DateTime<Utc>>,
}

/// An organisation of the programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Names the organisation.
    pub id: OrganisationId,
    /// Short stable name, such as `iom-belgrade`.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Kind.
    pub kind: OrganisationKind,
    /// Territory or country where it acts.
    pub territory: Option<CountryCode>,
    /// City of its seat.
    pub seat_city: Option<String>,
    /// Country of its seat, which may lie outside the territories that it covers.
    pub seat_country: Option<CountryCode>,
    /// The state that sent it, for a consular post.
    pub sending_state: Option<CountryCode>,
    /// Counts the changes of this row.
    pub version: i32,
}

/// A consular post's accreditation to a host territory for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accreditation {
    /// The consular post.
    pub organisation: OrganisationId,
    /// The host territory that it covers.
    pub host_territory: CountryCode,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if it has ended or will.
    pub valid_to: Option<NaiveDate>,
}

/// Whether a text can be the short name of an organisation or a client: 2 to 64 small letters, digits and hyphens.
#[must_use]
pub fn is_code(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (2..=64).contains(&text.len()) && text.bytes().all(allowed)
}

/// Checks an organisation and its accreditations before they are registered.
///
/// # Errors
///
/// `INVALID` for a malformed code, an empty name, or a consular post that no state sends; `DATE_OUT_OF_ORDER` for an
/// accreditation that ends before it begins.
pub fn check_registration(new: &Organisation, accreditations: &[Accreditation]) -> Result<(), Refusal> {
    if !is_code(&new.code) {
        return Err(Refusal::at(Reason::Invalid, "code"));
    }
    if new.name.trim().is_empty() {
        return Err(Refusal::at(Reason::Invalid, "name"));
    }
    if (new.kind == OrganisationKind::ConsularPost) != new.sending_state.is_some() {
        return Err(Refusal::at(Reason::Invalid, "sendingState"));
    }
    let backwards = |given: &Accreditation| given.valid_to.is_some_and(|last| last < given.valid_from);
    if accreditations.iter().any(backwards) {
        return Err(Refusal::at(Reason::DateOutOfOrder, "accreditations.validTo"));
    }
    Ok(())
}

/// The register of organisations and accreditations, as routing needs it.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// All organisations.
    pub organisations: Vec<Organisation>,
    /// All accreditations.
    pub accreditations: Vec<Accreditation>,
    /// What has been configured of host territories.
    pub jurisdictions: Vec<Jurisdiction>,
    /// Suspensions of operations that have not been lifted.
    pub suspensions: Vec<OperationsSuspension>,
}

impl Directory {
    /// The organisation with this id.
    #[must_use]
    pub fn organisation(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisations
            .iter()
            .find(|organisation| organisation.id == id)
    }

    /// The IOM mission in a country or territory.
    #[must_use]
    pub fn mission_in(&self, place: CountryCode) -> Option<OrganisationId> {
        self.of_kind(OrganisationKind::Mission, place).next()
    }

    /// The police of a host territory.
    pub fn police_of(&self, territory: CountryCode) -> impl Iterator<Item = OrganisationId> + '_ {
        self.of_kind(OrganisationKind::Police, territory)
    }

    /// The migration authorities of a host territory; some have two.
    pub fn migration_authorities_of(
        &self,
        territory: CountryCode,
    ) -> impl Iterator<Item = OrganisationId> + '_ {
        self.of_kind(OrganisationKind::MigrationAuthority, territory)
    }

    /// The consular posts of a state that cover a host territory on a day, in the order of their codes (S0:146).
    ///
    /// A state may have two; a seat may lie in a third country.
    #[must_use]
    pub fn accredited_posts(
        &self,
        state: CountryCode,
        territory: CountryCode,
        day: NaiveDate,
    ) -> Vec<OrganisationId> {
        let mut posts: Vec<&Organisation> = self
            .organisations
            .iter()
            .filter(|post| post.kind == OrganisationKind::ConsularPost && post.sending_state == Some(state))
            .filter(|post| {
                self.accreditations.iter().any(|accreditation| {
                    accreditation.organisation == post.id
                        && accreditation.host_territory == territory
                        && accreditation.valid_from <= day
                        && accreditation.valid_to.is_none_or(|last| day <= last)
                })
            })
            .collect();
        posts.sort_by(|one, other| one.code.cmp(&other.code));
        posts.into_iter().map(|post| post.id).collect()
    }

    fn of_kind(
        &self,
        kind: OrganisationKind,
        place: CountryCode,
    ) -> impl Iterator<Item = OrganisationId> + '_ {
        self.organisations
            .iter()
            .filter(move |organisation| organisation.kind == kind && organisation.territory == Some(place))
            .map(|organisation| organisation.id)
    }
}
