//! Reach as SQL. Every select of governed rows starts here, so no read goes around `policy::rows`.

use crate::domain::code::Code;
use crate::policy::rows::{PartyReach, Reach, Resource};
use entity::{
    case, case_party, cash_grant, client, consent, itinerary, notice, organisation, person,
    reintegration_package, travel_document_request,
};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};

/// A table of governed rows: how its rows hang on a case, and which of them concern one organisation itself.
pub trait Governable: EntityTrait<Model: Send + Sync> {
    /// The resource that its rows are.
    const RESOURCE: Resource;
    /// The column that names the case of a row.
    fn case_column() -> Option<Self::Column>;
    /// The column that rows are paged by.
    fn id_column() -> Self::Column;
    /// Rows that concern the organisation itself, where only those are within reach.
    fn own(reach: &PartyReach) -> Condition {
        let _ = reach;
        Condition::all()
    }
    /// Rows addressed to an organisation, where that is the reach.
    fn addressed_to(organisation: uuid::Uuid) -> Condition {
        let _ = organisation;
        nothing()
    }
}

macro_rules! governable {
    ($module:ident, $resource:ident, $case:expr) => {
        impl Governable for $module::Entity {
            const RESOURCE: Resource = Resource::$resource;
            fn case_column() -> Option<Self::Column> {
                $case
            }
            fn id_column() -> Self::Column {
                $module::Column::Id
            }
        }
    };
}

governable!(case, Case, Some(case::Column::Id));
governable!(itinerary, Itinerary, Some(itinerary::Column::CaseId));
governable!(cash_grant, CashGrant, Some(cash_grant::Column::CaseId));
governable!(
    reintegration_package,
    ReintegrationPackage,
    Some(reintegration_package::Column::CaseId)
);
governable!(organisation, Organisation, None);
governable!(client, Client, None);

impl Governable for person::Entity {
    const RESOURCE: Resource = Resource::Person;
    fn case_column() -> Option<Self::Column> {
        Some(person::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        person::Column::Id
    }
    fn own(reach: &PartyReach) -> Condition {
        let asked = Query::select()
            .expr(Expr::val(1))
            .from(travel_document_request::Entity)
            .and_where(
                Expr::col((
                    travel_document_request::Entity,
                    travel_document_request::Column::PersonId,
                ))
                .equals((person::Entity, person::Column::Id)),
            )
            .and_where(travel_document_request::Column::ConsularPostId.eq(reach.organisation.uuid()))
            .to_owned();
        Condition::all().add(Expr::exists(asked))
    }
}

impl Governable for travel_document_request::Entity {
    const RESOURCE: Resource = Resource::TravelDocumentRequest;
    fn case_column() -> Option<Self::Column> {
        Some(travel_document_request::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        travel_document_request::Column::Id
    }
    fn own(reach: &PartyReach) -> Condition {
        Condition::all().add(travel_document_request::Column::ConsularPostId.eq(reach.organisation.uuid()))
    }
}

impl Governable for consent::Entity {
    const RESOURCE: Resource = Resource::Consent;
    fn case_column() -> Option<Self::Column> {
        Some(consent::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        consent::Column::Id
    }
    fn own(reach: &PartyReach) -> Condition {
        match reach.consent {
            Some(class) => Condition::all().add(consent::Column::RecipientClass.eq(class.code())),
            None => Condition::all(),
        }
    }
}

impl Governable for notice::Entity {
    const RESOURCE: Resource = Resource::Notice;
    fn case_column() -> Option<Self::Column> {
        Some(notice::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        notice::Column::Id
    }
    fn addressed_to(organisation: uuid::Uuid) -> Condition {
        Condition::all().add(notice::Column::RecipientId.eq(organisation))
    }
}

/// A select of the rows within reach: the only way in which governed rows are selected for a viewer.
pub(super) fn select<E: Governable>(reach: &Reach) -> Select<E> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the place where selects of governed rows start"
    )]
    E::find().filter(within::<E>(reach))
}

fn within<E: Governable>(reach: &Reach) -> Condition {
    match reach {
        Reach::Nothing => nothing(),
        Reach::Everything => Condition::all(),
        Reach::AddressedTo(organisation) => E::addressed_to(organisation.uuid()),
        Reach::OfParty(reach) => {
            let Some(case_column) = E::case_column() else {
                return nothing();
            };
            let own = if reach.own_only {
                E::own(reach)
            } else {
                Condition::all()
            };
            Condition::all()
                .add(of_party((E::default(), case_column), reach))
                .add(own)
        }
    }
}

fn nothing() -> Condition {
    Condition::all().add(Expr::val(1).eq(0))
}

/// Whether the organisation has a part in the case that a column names, within its window and with consent.
fn of_party<E: EntityTrait>(case_column: (E, E::Column), reach: &PartyReach) -> Condition {
    // The alias keeps the inner table apart where the outer select reads the same one.
    let part = Alias::new("part");
    let column = |column: case_party::Column| Expr::col((part.clone(), column));
    let mut windows = Condition::any();
    for (relation, cutoff) in &reach.windows {
        let mut window = Condition::all().add(column(case_party::Column::Relation).eq(relation.code()));
        if let Some(cutoff) = cutoff {
            let ended_at = || column(case_party::Column::EndedAt);
            window = window.add(
                Condition::any()
                    .add(ended_at().is_null())
                    .add(ended_at().gt(*cutoff)),
            );
        }
        windows = windows.add(window);
    }
    let parties: SelectStatement = Query::select()
        .expr(Expr::val(1))
        .from_as(case_party::Entity, part.clone())
        .and_where(column(case_party::Column::CaseId).equals((case_column.0, case_column.1)))
        .and_where(column(case_party::Column::OrganisationId).eq(reach.organisation.uuid()))
        .cond_where(windows)
        .to_owned();
    let mut condition = Condition::all().add(Expr::exists(parties));
    if let Some(class) = reach.consent {
        let given = Alias::new("given");
        let column = |column: consent::Column| Expr::col((given.clone(), column));
        let consents: SelectStatement = Query::select()
            .expr(Expr::val(1))
            .from_as(consent::Entity, given.clone())
            .and_where(column(consent::Column::CaseId).equals((case_column.0, case_column.1)))
            .and_where(column(consent::Column::RecipientClass).eq(class.code()))
            .and_where(column(consent::Column::RevokedAt).is_null())
            .to_owned();
        condition = condition.add(Expr::exists(consents));
    }
    condition
}
