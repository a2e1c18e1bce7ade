//! The terms of each filter: which field a term would reveal, and the condition that it stands for.

use super::{
    CaseFilter, EscalationFilter, Filter, GrantFilter, ItineraryFilter, NoticeFilter, OrganisationFilter,
    PackageFilter, ReferralFilter, RequestFilter, Term,
};
use crate::domain::code::Code;
use crate::domain::territory::CountryCode;
use crate::policy::fields::Field;
use entity::{
    case, cash_grant, escalation, itinerary, notice, organisation, person, referral, reintegration_package,
    segment, travel_document_request,
};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait};

/// Collects the terms that are set.
#[derive(Default)]
pub(super) struct Terms(pub(super) Vec<Term>);

impl Terms {
    pub(super) fn add(mut self, field: Field, argument: &'static str, condition: Option<Condition>) -> Self {
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
                    persons,
                    person::Column::CaseId,
                    (case::Entity, case::Column::Id),
                    self.nationality,
                ),
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

impl Filter for ReferralFilter {
    fn terms(&self, _persons: &Condition) -> Vec<Term> {
        use referral::Column;
        Terms::default()
            .one_of(
                Field::ReferralState,
                "filter.state",
                Column::State,
                self.states.as_deref(),
            )
            .add(Field::ReferralSentAt, "filter.sent", self.sent.of(Column::SentAt))
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

impl Filter for EscalationFilter {
    fn terms(&self, _persons: &Condition) -> Vec<Term> {
        let open = self.open.map(|open| {
            let ended = escalation::Column::EndedAt;
            Condition::all().add(if open {
                ended.is_null()
            } else {
                ended.is_not_null()
            })
        });
        Terms::default().add(Field::EscalationEndedAt, "open", open).0
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
