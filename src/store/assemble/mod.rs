//! How the rows of each table are put together with what hangs on them, one file per aggregate.

mod application;
mod assistance;
mod asylum;
mod break_glass;
mod case;
mod complaint;
mod disclosure;
mod escalation;
mod funding;
mod history;
mod itinerary;
mod monitoring;
mod movement;
mod notice;
mod package;
mod paper;
mod person;
mod planned_departure;
mod programme;
mod referral;
mod registry;
mod retention;
mod safeguards;
mod suspension;
mod travel_document_request;
mod travel_document_rows;
mod webhook;

use super::nodes::Many;
use super::reader::{ById, Reader};
use crate::error::Error;
use crate::policy::governed::Governed;
use crate::policy::lens::Lens;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

fn take<T>(rows: &mut ById<Vec<Arc<Governed<T>>>>, case: Uuid) -> Many<T> {
    rows.remove(&case).unwrap_or_default()
}

fn under<T>(lens: Lens, row: T) -> Arc<Governed<T>> {
    Arc::new(Governed::new(row, lens))
}

/// Parts of a row that share its lens.
fn parts<T>(lens: Lens, rows: Vec<T>) -> Many<T> {
    rows.into_iter().map(|row| under(lens, row)).collect()
}

/// The same, of which some are the viewer's own.
fn own_parts<T>(lens: Lens, rows: Vec<T>, own: impl Fn(&T) -> bool) -> Many<T> {
    let each = rows.into_iter();
    each.map(|row| under(lens.on_own(own(&row)), row)).collect()
}

impl Reader {
    /// Rows of a child table by the id of their parent, in order.
    async fn children<E: EntityTrait>(
        &self,
        parent: E::Column,
        order: E::Column,
        parents: Vec<Uuid>,
        asked: bool,
        parent_of: impl Fn(&E::Model) -> Uuid,
    ) -> Result<ById<Vec<E::Model>>, Error> {
        let mut by_parent: ById<Vec<E::Model>> = HashMap::new();
        if !asked || parents.is_empty() {
            return Ok(by_parent);
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "parts of rows that are within reach already"
        )]
        let rows = E::find()
            .filter(parent.is_in(parents))
            .order_by_asc(order)
            .all(&self.database)
            .await?;
        for row in rows {
            by_parent.entry(parent_of(&row)).or_default().push(row);
        }
        Ok(by_parent)
    }
}
