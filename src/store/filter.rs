//! Filters. Every term names the field that it would reveal: a viewer who may not see that field may not filter by it.

use crate::domain::case::CaseState;
use crate::domain::cash_grant::CashGrantState;
use crate::domain::code::Code;
use crate::domain::itinerary::ItineraryState;
use crate::domain::notice::NoticeType;
use crate::domain::party::OrganisationKind;
use crate::domain::reintegration::ReintegrationPackageState;
use crate::domain::territory::CountryCode;
use crate::domain::travel_document::TravelDocumentRequestState;
use crate::ids::OrganisationId;
use crate::policy::fields::Field;
use chrono::{DateTime, Utc};
use entity::{
    case, cash_grant, itinerary, notice, organisation, person, reintegration_package, segment,
    travel_document_request,
};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait};

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

/// Collects the terms that are set.
#[derive(Default)]
struct Terms(Vec<Term>);

impl Terms {
    fn add(mut self, field: Field, argument: &'static str, condition: Option<Condition>) -> Self {
        self.0.extend(condition.map(|condition| Term {
            field,
            argument,
            condition,
        }));
        self
    }

    fn one_of<C: Code>(
        self,
        field: Field,
        argument: &'static str,
        column: impl ColumnTrait,
        words: Option<&[C]>,
    ) -> Self {
        let condition = words.map(|words| column.is_in(words.iter().map(|word| word.code())));
        self.add(
            field,
            argument,
            condition.map(|condition| Condition::all().add(condition)),
        )
    }
}

fn in_territory<E: EntityTrait>(
    case_column: (E, E::Column),
    territory: Option<CountryCode>,
) -> Option<Condition> {
    territory.map(|territory| {
        let cases = Query::select()
            .expr(Expr::val(1))
            .from(case::Entity)
            .and_where(Expr::col((case::Entity, case::Column::Id)).equals(case_column))
            .and_where(case::Column::HostTerritory.eq(territory.as_str()))
            .to_owned();
        Condition::all().add(Expr::exists(cases))
    })
}

fn of_nationality<E: EntityTrait>(
    within_reach: &Condition,
    person_column: person::Column,
    row_column: (E, E::Column),
    nationality: Option<CountryCode>,
) -> Option<Condition> {
    nationality.map(|nationality| {
        let persons = Query::select()
            .expr(Expr::val(1))
            .from(person::Entity)
            .and_where(Expr::col((person::Entity, person_column)).equals(row_column))
            .and_where(person::Column::Nationality.eq(nationality.as_str()))
            .cond_where(within_reach.clone())
            .to_owned();
        Condition::all().add(Expr::exists(persons))
    })
}

impl Filter for CaseFilter {
    fn terms(&self, persons: &Condition) -> Vec<Term> {
        let place = |column: case::Column, place: Option<CountryCode>| {
            place.map(|place| Condition::all().add(column.eq(place.as_str())))
        };
        let reference = self.reference.as_ref().map(|(reference, mission)| {
            Condition::all()
                .add(case::Column::Reference.eq(reference.as_str()))
                .add(case::Column::SendingMissionId.eq(mission.uuid()))
        });
        Terms::default()
            .one_of(
                Field::CaseState,
                "filter.state",
                case::Column::State,
                self.states.as_deref(),
            )
            .add(
                Field::CaseHostTerritory,
                "filter.territory",
                place(case::Column::HostTerritory, self.territory),
            )
            .add(
                Field::CaseCountryOfReturn,
                "filter.countryOfReturn",
                place(case::Column::CountryOfReturn, self.country_of_return),
            )
            .add(
                Field::PersonNationality,
                "filter.nationality",
                of_nationality(
                    persons, person::Column::CaseId,
                    (case::Entity, case::Column::Id),
                    self.nationality,
                ),
            )
            // It asks after everybody on the case: not for a post, which sees its own applicants alone.
            .add(
                Field::CasePersonCount,
                "filter.nationality",
                self.nationality.map(|_| Condition::all()),
            )
            .add(
                Field::CaseOpenedAt,
                "filter.opened",
                self.opened.of(case::Column::OpenedAt),
            )
            .add(Field::CaseReference, "filter.reference", reference)
            .add(Field::CaseOpenedAt, "orderBy", self.ordered.then(Condition::all))
            .0
    }
}

impl Filter for RequestFilter {
    fn terms(&self, persons: &Condition) -> Vec<Term> {
        use travel_document_request::{Column, Entity};
        Terms::default()
            .one_of(
                Field::RequestState,
                "filter.state",
                Column::State,
                self.states.as_deref(),
            )
            .add(
                Field::CaseHostTerritory,
                "filter.territory",
                in_territory((Entity, Column::CaseId), self.territory),
            )
            .add(
                Field::PersonNationality,
                "filter.nationality",
                of_nationality(
                    persons,
                    person::Column::Id,
                    (Entity, Column::PersonId),
                    self.nationality,
                ),
            )
            .add(
                Field::RequestSubmittedAt,
                "filter.submitted",
                self.submitted.of(Column::SubmittedAt),
            )
            .0
    }
}

impl Filter for ItineraryFilter {
    fn terms(&self, persons: &Condition) -> Vec<Term> {
        use itinerary::{Column, Entity};
        let departing = self.departing.of(segment::Column::DepartsAt).map(|period| {
            let flights = Query::select()
                .expr(Expr::val(1))
                .from(segment::Entity)
                .and_where(
                    Expr::col((segment::Entity, segment::Column::ItineraryId)).equals((Entity, Column::Id)),
                )
                .cond_where(period)
                .to_owned();
            Condition::all().add(Expr::exists(flights))
        });
        Terms::default()
            .one_of(
                Field::ItineraryState,
                "filter.state",
                Column::State,
                self.states.as_deref(),
            )
            .add(
                Field::CaseHostTerritory,
                "filter.territory",
                in_territory((Entity, Column::CaseId), self.territory),
            )
            .add(
                Field::PersonNationality,
                "filter.nationality",
                of_nationality(
                    persons,
                    person::Column::CaseId,
                    (Entity, Column::CaseId),
                    self.nationality,
                ),
            )
            .add(Field::SegmentDepartsAt, "filter.departing", departing)
            .0
    }
}

impl Filter for GrantFilter {
    fn terms(&self, persons: &Condition) -> Vec<Term> {
        use cash_grant::{Column, Entity};
        Terms::default()
            .one_of(
                Field::GrantState,
                "filter.state",
                Column::State,
                self.states.as_deref(),
            )
            .add(
                Field::CaseHostTerritory,
                "filter.territory",
                in_territory((Entity, Column::CaseId), self.territory),
            )
            .add(
                Field::PersonNationality,
                "filter.nationality",
                of_nationality(
                    persons,
                    person::Column::Id,
                    (Entity, Column::PersonId),
                    self.nationality,
                ),
            )
            .add(
                Field::GrantProposedAt,
                "filter.proposed",
                self.proposed.of(Column::ProposedAt),
            )
            .0
    }
}

impl Filter for PackageFilter {
    fn terms(&self, persons: &Condition) -> Vec<Term> {
        use reintegration_package::{Column, Entity};
        Terms::default()
            .one_of(
                Field::PackageState,
                "filter.state",
                Column::State,
                self.states.as_deref(),
            )
            .add(
                Field::CaseHostTerritory,
                "filter.territory",
                in_territory((Entity, Column::CaseId), self.territory),
            )
            .add(
                Field::PersonNationality,
                "filter.nationality",
                of_nationality(
                    persons,
                    person::Column::Id,
                    (Entity, Column::PersonId),
                    self.nationality,
                ),
            )
            .add(
                Field::PackageProposedAt,
                "filter.proposed",
                self.proposed.of(Column::ProposedAt),
            )
            .0
    }
}

impl Filter for NoticeFilter {
    fn terms(&self, _persons: &Condition) -> Vec<Term> {
        let acknowledged = self.acknowledged.map(|acknowledged| {
            let at = notice::Column::AcknowledgedAt;
            Condition::all().add(if acknowledged {
                at.is_not_null()
            } else {
                at.is_null()
            })
        });
        let after = self
            .after_sequence
            .map(|sequence| Condition::all().add(notice::Column::Sequence.gt(sequence)));
        Terms::default()
            .one_of(
                Field::NoticeKind,
                "filter.types",
                notice::Column::Kind,
                self.types.as_deref(),
            )
            .add(Field::NoticeAcknowledgement, "filter.acknowledged", acknowledged)
            .add(Field::NoticeSequence, "filter.afterSequence", after)
            .add(
                Field::NoticeOccurredAt,
                "filter.occurred",
                self.occurred.of(notice::Column::OccurredAt),
            )
            .0
    }
}

impl Filter for OrganisationFilter {
    fn terms(&self, _persons: &Condition) -> Vec<Term> {
        let territory = self
            .territory
            .map(|place| Condition::all().add(organisation::Column::Territory.eq(place.as_str())));
        Terms::default()
            .one_of(
                Field::OrganisationKind,
                "filter.kind",
                organisation::Column::Kind,
                self.kinds.as_deref(),
            )
            .add(Field::OrganisationTerritory, "filter.territory", territory)
            .0
    }
}
