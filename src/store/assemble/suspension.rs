//! Suspensions of operations, with the cases that they concern.

use super::super::convert;
use super::super::nodes::{CaseNode, Many, SuspensionNode};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::want::Want;
use super::under;
use crate::error::Error;
use crate::policy::fields::Field;
use entity::{case_suspension, operations_suspension};
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use uuid::Uuid;

impl Readable for SuspensionNode {
    type Entity = operations_suspension::Entity;

    fn id(row: &operations_suspension::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &operations_suspension::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<operations_suspension::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .registry_histories(&ids, want.of(Field::SuspensionHistory))
                .await?;
            let mut cases = reader
                .cases_concerned(ids, want.of(Field::SuspensionCases))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let id = row.id;
                let node = Self {
                    suspension: convert::suspension(row)?,
                    cases: cases.remove(&id).unwrap_or_default(),
                    history: histories.remove(&id).unwrap_or_default(),
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Reader {
    /// The cases within reach that each suspension concerns.
    async fn cases_concerned(
        &self,
        suspensions: Vec<Uuid>,
        want: Option<&Want>,
    ) -> Result<ById<Many<CaseNode>>, Error> {
        let Some(want) = want else {
            return Ok(HashMap::new());
        };
        let rows = self
            .children::<case_suspension::Entity>(
                case_suspension::Column::SuspensionId,
                case_suspension::Column::Id,
                suspensions,
                true,
                |row| row.suspension_id,
            )
            .await?;
        let ids: Vec<Uuid> = rows.values().flatten().map(|row| row.case_id).collect();
        let cases = self.by_ids::<CaseNode>(&ids, want).await?;
        let found = |rows: Vec<case_suspension::Model>| {
            rows.iter()
                .filter_map(|row| cases.get(&row.case_id).cloned())
                .collect()
        };
        Ok(rows.into_iter().map(|(id, rows)| (id, found(rows))).collect())
    }
}
