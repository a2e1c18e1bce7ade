//! Arguments of the listings: filters as the schema spells them.

mod statistics;
pub mod terms;

pub(super) use statistics::part;
pub use statistics::{IndicatorFilter, ReturnFilter};

use super::scalars::{CountryScalar, DateTimeScalar};
use super::word::Word;
use crate::domain::case::CaseState;
use crate::domain::cash_grant::CashGrantState;
use crate::domain::code::Code;
use crate::domain::itinerary::ItineraryState;
use crate::domain::notice::NoticeType;
use crate::domain::party::OrganisationKind;
use crate::domain::referral::ReferralState;
use crate::domain::reintegration::ReintegrationPackageState;
use crate::domain::travel_document::TravelDocumentRequestState;
use crate::ids::{NodeType, OrganisationId, ViewerIds};
use crate::store::filter::{
    CaseFilter, DisclosureFilter, GrantFilter, ItineraryFilter, NoticeFilter, OrganisationFilter,
    PackageFilter, Period, ReferralFilter, RequestFilter,
};
use async_graphql::{Enum, ID, InputObject};

fn words<C: Code>(words: Option<Vec<Word<C>>>) -> Option<Vec<C>> {
    words.map(|words| words.into_iter().map(|word| word.0).collect())
}

fn place(place: Option<CountryScalar>) -> Option<crate::domain::territory::CountryCode> {
    place.map(|place| place.0)
}

/// A period of time.
#[derive(InputObject, Default)]
pub struct PeriodInput {
    /// From this moment on.
    from: Option<DateTimeScalar>,
    /// Before this moment.
    before: Option<DateTimeScalar>,
}

fn period(period: Option<PeriodInput>) -> Period {
    let period = period.unwrap_or_default();
    Period {
        from: period.from.map(|from| from.0),
        before: period.before.map(|before| before.0),
    }
}

/// Narrows cases; a term also leaves out the rows whose field the viewer sees masked or not at all.
#[derive(InputObject, Default)]
#[graphql(name = "CaseFilter")]
pub struct CaseFilterInput {
    /// In one of these states.
    state: Option<Vec<Word<CaseState>>>,
    /// In this host territory.
    territory: Option<CountryScalar>,
    /// Returning to this country.
    country_of_return: Option<CountryScalar>,
    /// With a person of this nationality.
    nationality: Option<CountryScalar>,
    /// Opened in this period.
    opened: Option<PeriodInput>,
    /// With this reference of the viewer's own, as the sending mission.
    reference: Option<String>,
}

impl CaseFilterInput {
    /// The filter of a viewer's organisation.
    #[must_use]
    pub fn of(self, organisation: OrganisationId, order: Option<CaseOrder>) -> CaseFilter {
        CaseFilter {
            states: words(self.state),
            territory: place(self.territory),
            country_of_return: place(self.country_of_return),
            nationality: place(self.nationality),
            opened: period(self.opened),
            reference: self.reference.map(|reference| (reference, organisation)),
            ordered: order.is_some(),
        }
    }
}

macro_rules! filters {
    ($($doc:literal $input:ident $name:literal => $filter:ident { state: $state:ty, $when:ident: $when_doc:literal, $nationality:literal })+) => {$(
        #[doc = $doc]
        #[derive(InputObject, Default)]
        #[graphql(name = $name)]
        pub struct $input {
            /// In one of these states.
            state: Option<Vec<Word<$state>>>,
            /// Of cases in this host territory.
            territory: Option<CountryScalar>,
            #[doc = $nationality]
            nationality: Option<CountryScalar>,
            #[doc = $when_doc]
            $when: Option<PeriodInput>,
        }

        impl From<$input> for $filter {
            fn from(input: $input) -> Self {
                Self {
                    states: words(input.state),
                    territory: place(input.territory),
                    nationality: place(input.nationality),
                    $when: period(input.$when),
                }
            }
        }
    )+};
}

filters! {
    "Narrows travel document requests; a term also leaves out the rows whose field the viewer sees masked or not at all."
    RequestFilterInput "TravelDocumentRequestFilter" => RequestFilter {
        state: TravelDocumentRequestState, submitted: "Submitted in this period.", "For a person of this nationality."
    }
    "Narrows itineraries; a term also leaves out the rows whose field the viewer sees masked or not at all."
    ItineraryFilterInput "ItineraryFilter" => ItineraryFilter {
        state: ItineraryState, departing: "With a flight that departs in this period.", "Of a case with a person of this nationality."
    }
    "Narrows cash grants; a term also leaves out the rows whose field the viewer sees masked or not at all."
    GrantFilterInput "CashGrantFilter" => GrantFilter {
        state: CashGrantState, proposed: "Put forward in this period.", "For a person of this nationality."
    }
    "Narrows reintegration packages; a term also leaves out the rows whose field the viewer sees masked or not at all."
    PackageFilterInput "ReintegrationPackageFilter" => PackageFilter {
        state: ReintegrationPackageState, proposed: "Put forward in this period.", "For a person of this nationality."
    }
}

/// Narrows the viewer's inbox.
#[derive(InputObject, Default)]
#[graphql(name = "NoticeFilter")]
pub struct NoticeFilterInput {
    /// Of one of these types.
    types: Option<Vec<Word<NoticeType>>>,
    /// Acknowledged, or not.
    acknowledged: Option<bool>,
    /// After this place in the inbox.
    after_sequence: Option<i64>,
    /// Of what happened in this period.
    occurred: Option<PeriodInput>,
}

impl From<NoticeFilterInput> for NoticeFilter {
    fn from(input: NoticeFilterInput) -> Self {
        Self {
            types: words(input.types),
            acknowledged: input.acknowledged,
            after_sequence: input.after_sequence,
            occurred: period(input.occurred),
        }
    }
}

/// Narrows the disclosure ledger.
#[derive(InputObject, Default)]
#[graphql(name = "DisclosureFilter")]
pub struct DisclosureFilterInput {
    /// Of what hangs on this case.
    case: Option<ID>,
    /// Of this person and of the person's case as a whole, not of others on the case: who was told what about me.
    person: Option<ID>,
    /// Told to this organisation.
    organisation: Option<ID>,
    /// Asked for by the client of this name.
    client: Option<String>,
    /// Of rows of these types, by their names in the schema.
    row_types: Option<Vec<String>>,
    /// Told in this period.
    disclosed: Option<PeriodInput>,
}

impl DisclosureFilterInput {
    /// The filter; an id that names nothing to this viewer finds nothing.
    #[must_use]
    pub fn of(self, ids: &ViewerIds) -> DisclosureFilter {
        let row = |node, id: Option<ID>| id.map(|id| ids.decode_as(node, &id).unwrap_or_default());
        DisclosureFilter {
            case: row(NodeType::Case, self.case),
            person: row(NodeType::Person, self.person),
            organisation: row(NodeType::Organisation, self.organisation),
            client: self.client,
            row_types: self.row_types,
            disclosed: period(self.disclosed),
        }
    }
}

/// Narrows organisations.
#[derive(InputObject, Default)]
#[graphql(name = "OrganisationFilter")]
pub struct OrganisationFilterInput {
    /// Of one of these kinds.
    kind: Option<Vec<Word<OrganisationKind>>>,
    /// Acting in this territory or country.
    territory: Option<CountryScalar>,
}

impl From<OrganisationFilterInput> for OrganisationFilter {
    fn from(input: OrganisationFilterInput) -> Self {
        Self {
            kinds: words(input.kind),
            territory: place(input.territory),
        }
    }
}

/// In which order cases are listed.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub enum CaseOrder {
    /// The newest first.
    OpenedDescending,
    /// The oldest first.
    OpenedAscending,
}

/// Narrows referrals; a term also leaves out the rows whose field the viewer sees masked or not at all.
#[derive(InputObject, Default)]
#[graphql(name = "ReferralFilter")]
pub struct ReferralFilterInput {
    /// In one of these states.
    state: Option<Vec<Word<ReferralState>>>,
    /// Sent in this period.
    sent: Option<PeriodInput>,
}

impl From<ReferralFilterInput> for ReferralFilter {
    fn from(input: ReferralFilterInput) -> Self {
        Self {
            states: words(input.state),
            sent: period(input.sent),
        }
    }
}
