//! Persons and consents.

use super::super::child::Child;
use super::super::convert;
use super::super::nodes::{ConsentNode, PersonNode};
use super::super::reader::{Assembled, Readable, Reader};
use super::super::want::Want;
use super::under;
use entity::{consent, person};
use futures_util::future::BoxFuture;
use uuid::Uuid;

impl Readable for PersonNode {
    type Entity = person::Entity;

    fn id(row: &person::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &person::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn order_on_case() -> person::Column {
        person::Column::Position
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<person::Model>,
        _want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                assembled.push((
                    id,
                    under(
                        lens,
                        Self {
                            person: convert::person(row)?,
                        },
                    ),
                ));
            }
            Ok(assembled)
        })
    }
}

impl Readable for ConsentNode {
    type Entity = consent::Entity;

    fn id(row: &consent::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &consent::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<consent::Model>,
        _want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let Some(lens) = lenses.get(&row.case_id).copied() else {
                    continue;
                };
                assembled.push((
                    row.id,
                    under(
                        lens,
                        Self {
                            consent: crate::domain::consent::Consent::read(row)?,
                        },
                    ),
                ));
            }
            Ok(assembled)
        })
    }
}
