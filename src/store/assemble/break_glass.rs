//! Accesses of oversight to cases; and those through which a viewer looks, which its lenses are made from.

use super::super::nodes::{BreakGlassNode, CaseNode, OrganisationNode};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::want::Want;
use super::under;
use crate::domain::break_glass::{BreakGlassAccess, BreakGlassState};
use crate::domain::code::Code as _;
use crate::domain::consent::Purpose;
use crate::error::Error;
use crate::policy::fields::Field;
use crate::store::child::Child as _;
use entity::break_glass_access;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

impl Readable for BreakGlassNode {
    type Entity = break_glass_access::Entity;

    fn id(row: &break_glass_access::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &break_glass_access::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<break_glass_access::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let cases = rows.iter().map(|row| row.case_id);
            let cases = reader.named::<CaseNode>(cases, want.of(Field::GlassCase)).await?;
            let askers = rows.iter().map(|row| row.organisation_id);
            let askers = reader
                .named::<OrganisationNode>(askers, want.of(Field::GlassOrganisation))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let node = Self {
                    case: cases.get(&row.case_id).cloned(),
                    organisation: askers.get(&row.organisation_id).cloned(),
                    access: BreakGlassAccess::read(row)?.as_of(reader.now()),
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Reader {
    /// The accesses through which the viewer looks at this moment, by case: those that the same person asked for, with the
    /// same client, and that somebody else approved. They open nothing for another purpose.
    pub(in crate::store) async fn open_glasses(&self) -> Result<&ById<Uuid>, Error> {
        self.glasses
            .get_or_try_init(|| async {
                if self.viewer().purpose != Purpose::Oversight {
                    return Ok(ById::new());
                }
                use break_glass_access::Column;
                #[expect(
                    clippy::disallowed_methods,
                    reason = "the viewer's own accesses, which lenses are made from"
                )]
                let open = break_glass_access::Entity::find()
                    .filter(Column::RequestedBy.eq(self.viewer().author().signature()))
                    .filter(Column::State.eq(BreakGlassState::Approved.code()))
                    .filter(Column::OpenUntil.gt(self.now()))
                    .all(&self.database)
                    .await?;
                Ok(open.into_iter().map(|row| (row.case_id, row.id)).collect())
            })
            .await
    }
}
