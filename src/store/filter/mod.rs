//! Filters. Every term names the field that it would reveal: a viewer who may not see that field may not filter by it.

mod ledger;
mod terms;

use crate::domain::case::CaseState;
use crate::domain::cash_grant::CashGrantState;
use crate::domain::itinerary::ItineraryState;
use crate::domain::notice::NoticeType;
use crate::domain::party::OrganisationKind;
use crate::domain::referral::ReferralState;
use crate::domain::reintegration::ReintegrationPackageState;
use crate::domain::territory::CountryCode;
use crate::domain::travel_document::TravelDocumentRequestState;
use crate::ids::OrganisationId;
use crate::policy::fields::Field;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

/// One term of a filter.
pub struct Term {
    /// The field that it would reveal.
    pub(super) field: Field,
    /// The argument, as the schema spells it.
    pub(super) argument: &'static str,
    /// The condition on the row.
    pub(super) condition: Condition,
}

/// A half-open range of time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Period {
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub before: Option<DateTime<Utc>>,
}

impl Period {
    fn of<C: ColumnTrait>(self, column: C) -> Option<Condition> {
        let from = self.from.map(|from| column.gte(from));
        let before = self.before.map(|before| column.lt(before));
        (from.is_some() || before.is_some()).then(|| Condition::all().add_option(from).add_option(before))
    }
}

/// What narrows a listing of cases.
#[derive(Clone, Debug, Default)]
pub struct CaseFilter {
    /// In one of these states.
    pub states: Option<Vec<CaseState>>,
    /// In this host territory.
    pub territory: Option<CountryCode>,
    /// Returning to this country.
    pub country_of_return: Option<CountryCode>,
    /// With a person of this nationality.
    pub nationality: Option<CountryCode>,
    /// Opened in this period.
    pub opened: Period,
    /// With this reference of the viewer's own, as the sending mission.
    pub reference: Option<(String, OrganisationId)>,
    /// Whether the listing's order was chosen, which reveals when cases were opened.
    pub ordered: bool,
}

/// What narrows a listing of travel document requests.
#[derive(Clone, Debug, Default)]
pub struct RequestFilter {
    /// In one of these states.
    pub states: Option<Vec<TravelDocumentRequestState>>,
    /// Of cases in this host territory.
    pub territory: Option<CountryCode>,
    /// For a person of this nationality.
    pub nationality: Option<CountryCode>,
    /// Submitted in this period.
    pub submitted: Period,
}

/// What narrows a listing of itineraries.
#[derive(Clone, Debug, Default)]
pub struct ItineraryFilter {
    /// In one of these states.
    pub states: Option<Vec<ItineraryState>>,
    /// Of cases in this host territory.
    pub territory: Option<CountryCode>,
    /// For a person of this nationality.
    pub nationality: Option<CountryCode>,
    /// With a flight that departs in this period.
    pub departing: Period,
}

/// What narrows a listing of cash grants.
#[derive(Clone, Debug, Default)]
pub struct GrantFilter {
    /// In one of these states.
    pub states: Option<Vec<CashGrantState>>,
    /// Of cases in this host territory.
    pub territory: Option<CountryCode>,
    /// For a person of this nationality.
    pub nationality: Option<CountryCode>,
    /// Proposed in this period.
    pub proposed: Period,
}

/// What narrows a listing of reintegration packages.
#[derive(Clone, Debug, Default)]
pub struct PackageFilter {
    /// In one of these states.
    pub states: Option<Vec<ReintegrationPackageState>>,
    /// Of cases in this host territory.
    pub territory: Option<CountryCode>,
    /// For a person of this nationality.
    pub nationality: Option<CountryCode>,
    /// Proposed in this period.
    pub proposed: Period,
}

/// What narrows a listing of referrals.
#[derive(Clone, Debug, Default)]
pub struct ReferralFilter {
    /// In one of these states.
    pub states: Option<Vec<ReferralState>>,
    /// Sent in this period.
    pub sent: Period,
}

/// What narrows an inbox.
#[derive(Clone, Debug, Default)]
pub struct NoticeFilter {
    /// Of one of these types.
    pub types: Option<Vec<NoticeType>>,
    /// Acknowledged, or not.
    pub acknowledged: Option<bool>,
    /// After this place in the inbox.
    pub after_sequence: Option<i64>,
    /// Of what happened in this period.
    pub occurred: Period,
}

/// What narrows escalations.
#[derive(Clone, Copy, Debug, Default)]
pub struct EscalationFilter {
    /// Waiting for an acknowledgement, or not.
    pub open: Option<bool>,
}

/// What narrows the disclosure ledger.
#[derive(Clone, Debug, Default)]
pub struct DisclosureFilter {
    /// Of what hangs on this case.
    pub case: Option<Uuid>,
    /// Of this person, and of the person's case as a whole.
    pub person: Option<Uuid>,
    /// Told to this organisation.
    pub organisation: Option<Uuid>,
    /// Asked for by the client of this name.
    pub client: Option<String>,
    /// Of rows of these types.
    pub row_types: Option<Vec<String>>,
    /// Told in this period.
    pub disclosed: Period,
}

/// What narrows a listing of organisations.
#[derive(Clone, Debug, Default)]
pub struct OrganisationFilter {
    /// Of one of these kinds.
    pub kinds: Option<Vec<OrganisationKind>>,
    /// Acting in this territory or country.
    pub territory: Option<CountryCode>,
}

/// A filter, as its terms.
pub trait Filter: std::fmt::Debug + Send + Sync {
    /// The terms that are set; `persons` is the condition on persons within the viewer's reach, so that a filter says
    /// nothing of a relative whom the viewer cannot see.
    fn terms(&self, persons: &Condition) -> Vec<Term>;
}

/// No filter: the whole listing.
#[derive(Clone, Copy, Debug)]
pub struct Unfiltered;

impl Filter for Unfiltered {
    fn terms(&self, _persons: &Condition) -> Vec<Term> {
        Vec::new()
    }
}
