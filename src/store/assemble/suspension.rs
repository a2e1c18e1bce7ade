//! Suspensions of operations, with the cases that they concern.

use super::super::convert;
use super::super::nodes::{CaseNode, SuspensionNode};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::want::Want;
use super::under;
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::governed::Governed;
use crate::policy::lens::Sight;
use entity::{case_suspension, operations_suspension};
use futures_util::future::BoxFuture;
use std::sync::Arc;
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
            let mut concerned = reader.concerned(ids, want).await?;
            let asked = [
                want.of(Field::SuspensionCases),
                want.of(Field::SuspensionToResume),
            ];
            let cases = reader.cases_concerned(&concerned, asked[0]).await?;
            let held = reader.cases_concerned(&concerned, asked[1]).await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let id = row.id;
                let told = concerned.remove(&id).unwrap_or_default();
                let on_hold =
                    |row: &&case_suspension::Model| row.held_at.is_some() && row.released_at.is_none();
                let of = |found: &ById<Arc<Governed<CaseNode>>>, row: &case_suspension::Model| {
                    found.get(&row.case_id).cloned()
                };
                let node = Self {
                    suspension: convert::suspension(row)?,
                    cases: told.iter().filter_map(|row| of(&cases, row)).collect(),
                    to_resume: told
                        .iter()
                        .filter(on_hold)
                        .filter_map(|row| of(&held, row))
                        // Why a case is on hold is known to those who run it.
                        .filter(|case| case.lens().sight(Field::CaseHoldReason) == Sight::Full)
                        .collect(),
                    history: histories.remove(&id).unwrap_or_default(),
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Reader {
    /// Which cases each suspension concerns, where that is asked for in some way.
    async fn concerned(
        &self,
        suspensions: Vec<Uuid>,
        want: &Want,
    ) -> Result<ById<Vec<case_suspension::Model>>, Error> {
        let fields = [Field::SuspensionCases, Field::SuspensionToResume];
        let asked = fields.iter().any(|field| want.of(*field).is_some());
        self.children::<case_suspension::Entity>(
            case_suspension::Column::SuspensionId,
            case_suspension::Column::Id,
            suspensions,
            asked,
            |row| row.suspension_id,
        )
        .await
    }

    /// Those of the cases concerned that are within reach.
    async fn cases_concerned(
        &self,
        concerned: &ById<Vec<case_suspension::Model>>,
        want: Option<&Want>,
    ) -> Result<ById<Arc<Governed<CaseNode>>>, Error> {
        let Some(want) = want else {
            return Ok(ById::new());
        };
        let ids: Vec<Uuid> = concerned.values().flatten().map(|row| row.case_id).collect();
        self.by_ids::<CaseNode>(&ids, want).await
    }
}
