//! Counts behind indicators: from the rows, for anybody, naming nobody. What may be published is decided by `indicators`.

use super::Store;
use super::unit_of_work::FindAll;
use crate::domain::case::{CaseState, ReturnMode};
use crate::domain::code::Code;
use crate::error::Error;
use entity::{case, person};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};

/// What returns are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CountBy {
    /// The nationality of the persons.
    Nationality,
    /// The host territory.
    HostTerritory,
    /// The country of return.
    CountryOfReturn,
    /// The sex of the persons.
    Sex,
}

/// Cases and persons of one cell: two counters, never one (INV-16).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseCount {
    /// The cell's values, in the order of what was counted by.
    pub keys: Vec<String>,
    /// Cases with at least one such person.
    pub cases: i64,
    /// Persons.
    pub persons: i64,
}

impl Store {
    /// Counts cases and persons that departed with assistance.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn count_returns(&self, by: &[CountBy]) -> Result<Vec<CaseCount>, Error> {
        let returned = [
            CaseState::Departed,
            CaseState::Arrived,
            CaseState::Reintegration,
            CaseState::Closed,
        ];
        let mut select = person::Entity::find_all()
            .select_only()
            .join(
                JoinType::InnerJoin,
                person::Entity::belongs_to(case::Entity)
                    .from(person::Column::CaseId)
                    .to(case::Column::Id)
                    .into(),
            )
            .filter(case::Column::State.is_in(returned.map(Code::code)))
            .filter(case::Column::DepartedAt.is_not_null())
            // Whoever returned in another way is helped after the return alone (INV-01).
            .filter(case::Column::ReturnMode.eq(ReturnMode::AssistedVoluntary.code()));
        for dimension in by {
            let column: Expr = match dimension {
                CountBy::Nationality => Expr::col((person::Entity, person::Column::Nationality)),
                CountBy::Sex => Expr::col((person::Entity, person::Column::Sex)),
                CountBy::HostTerritory => Expr::col((case::Entity, case::Column::HostTerritory)),
                CountBy::CountryOfReturn => Expr::col((case::Entity, case::Column::CountryOfReturn)),
            };
            select = select.expr(column.clone()).group_by(column);
        }
        let cases = Expr::col((case::Entity, case::Column::Id)).count_distinct();
        let persons = Expr::col((person::Entity, person::Column::Id)).count();
        let statement = select.expr(cases).expr(persons);
        let rows = {
            use sea_orm::{ConnectionTrait as _, QueryTrait as _};
            self.reading.query_all(&statement.into_query()).await?
        };
        rows.iter()
            .map(|row| {
                let keys = (0..by.len())
                    .map(|index| row.try_get_by_index(index))
                    .collect::<Result<_, _>>()?;
                let cases = row.try_get_by_index(by.len())?;
                let persons = row.try_get_by_index(by.len() + 1)?;
                Ok(CaseCount { keys, cases, persons })
            })
            .collect()
    }
}
