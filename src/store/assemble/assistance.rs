//! Cash grants with their tranches.

use super::super::convert;
use super::super::nodes::{CaseNode, GrantNode, PersonNode, TrancheNode};
use super::super::reader::{Assembled, Readable, Reader};
use super::super::want::Want;
use super::history::Histories;
use super::{parts, under};
use crate::error::Error;
use crate::policy::fields::Field;
use entity::{cash_grant, tranche};
use futures_util::future::BoxFuture;
use uuid::Uuid;

impl Readable for GrantNode {
    type Entity = cash_grant::Entity;

    fn id(row: &cash_grant::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &cash_grant::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<cash_grant::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let cases = reader
                .named::<CaseNode>(rows.iter().map(|row| row.case_id), want.of(Field::GrantCase))
                .await?;
            let payees = rows.iter().map(|row| row.person_id);
            let payees = reader
                .named::<PersonNode>(payees, want.of(Field::GrantPayee))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .histories(Histories::OfRows, &ids, want.of(Field::GrantHistory))
                .await?;
            let mut payments = reader
                .children::<tranche::Entity>(
                    tranche::Column::CashGrantId,
                    tranche::Column::Number,
                    ids,
                    want.of(Field::GrantTranches).is_some(),
                    |tranche| tranche.cash_grant_id,
                )
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let (case, payee) = (
                    cases.get(&row.case_id).cloned(),
                    payees.get(&row.person_id).cloned(),
                );
                let grant = convert::grant(row, Vec::new())?;
                let currency = grant.currency();
                let tranches = payments.remove(&id).unwrap_or_default();
                let tranches = tranches.iter().map(|row| {
                    Ok(TrancheNode {
                        tranche: convert::tranche(row)?,
                        currency,
                    })
                });
                let tranches = parts(lens, tranches.collect::<Result<_, Error>>()?);
                assembled.push((
                    id,
                    under(
                        lens,
                        Self {
                            grant,
                            tranches,
                            history: parts(lens, histories.remove(&id).unwrap_or_default()),
                            case,
                            payee,
                        },
                    ),
                ));
            }
            Ok(assembled)
        })
    }
}
