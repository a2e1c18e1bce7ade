//! The terms of a filter on the disclosure ledger.

use super::terms::Terms;
use super::{DisclosureFilter, Filter, Term};
use crate::policy::fields::Field;
use entity::{client, disclosure, person};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ColumnTrait as _, Condition};
use uuid::Uuid;

/// Entries of a person, and of the person's case as a whole; none of others on the case.
fn about(person: Uuid, within_reach: &Condition) -> Condition {
    use disclosure::Column::{CaseId, PersonId};
    let case = Query::select()
        .column((person::Entity, person::Column::CaseId))
        .from(person::Entity)
        .and_where(Expr::col((person::Entity, person::Column::Id)).eq(person))
        .cond_where(within_reach.clone())
        .to_owned();
    let of_the_case = Condition::all()
        .add(PersonId.is_null())
        .add(CaseId.in_subquery(case));
    Condition::any().add(PersonId.eq(person)).add(of_the_case)
}

/// Entries that the client of a name asked for.
fn asked_by(name: &str) -> Condition {
    let client = Query::select()
        .column((client::Entity, client::Column::Id))
        .from(client::Entity)
        .and_where(client::Column::ClientId.eq(name))
        .to_owned();
    Condition::all().add(disclosure::Column::ClientId.in_subquery(client))
}

impl Filter for DisclosureFilter {
    fn terms(&self, persons: &Condition) -> Vec<Term> {
        use disclosure::Column;
        let is = |column: Column, id: Option<Uuid>| id.map(|id| Condition::all().add(column.eq(id)));
        let types = self.row_types.as_deref();
        Terms::default()
            .add(
                Field::DisclosureCase,
                "filter.case",
                is(Column::CaseId, self.case),
            )
            .add(
                Field::DisclosurePerson,
                "filter.person",
                self.person.map(|person| about(person, persons)),
            )
            .add(
                Field::DisclosureOrganisation,
                "filter.organisation",
                is(Column::OrganisationId, self.organisation),
            )
            .add(
                Field::DisclosureClient,
                "filter.client",
                self.client.as_deref().map(asked_by),
            )
            .add(
                Field::DisclosureRowType,
                "filter.rowTypes",
                types.map(|types| Condition::all().add(Column::RowType.is_in(types))),
            )
            .add(
                Field::DisclosureAt,
                "filter.disclosed",
                self.disclosed.of(Column::DisclosedAt),
            )
            .0
    }
}
