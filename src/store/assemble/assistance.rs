//! Cash grants with their tranches.

use super::super::child::Child as _;
use super::super::convert;
use super::super::nodes::{CaseNode, ExchangeRateNode, GrantNode, GrantRuleNode, PersonNode, TrancheNode};
use super::super::reader::{Assembled, Readable, Reader};
use super::super::want::Want;
use super::funding::one_of;
use super::history::Histories;
use super::{parts, under};
use crate::domain::entitlement::Computation;
use crate::error::Error;
use crate::policy::fields::Field;
use entity::{cash_grant, grant_computation, tranche};
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
            let projects = rows.iter().map(|row| row.funding_project_id);
            let projects = reader.projects_of(projects, want.of(Field::GrantProject)).await?;
            let rules: Vec<Uuid> = rows.iter().filter_map(|row| row.rule_id).collect();
            let rules = reader
                .named::<GrantRuleNode>(rules.into_iter(), want.of(Field::GrantRule))
                .await?;
            let rates: Vec<Uuid> = rows.iter().filter_map(|row| row.exchange_rate_id).collect();
            let rates = reader
                .named::<ExchangeRateNode>(rates.into_iter(), want.of(Field::GrantExchangeRate))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .histories(Histories::OfRows, &ids, want.of(Field::GrantHistory))
                .await?;
            let mut computed = reader
                .children::<grant_computation::Entity>(
                    grant_computation::Column::CashGrantId,
                    grant_computation::Column::Id,
                    ids.clone(),
                    want.of(Field::GrantComputation).is_some(),
                    |line| line.cash_grant_id,
                )
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
                let lens = lens.about_person(row.person_id.into());
                let (case, payee) = (
                    cases.get(&row.case_id).cloned(),
                    payees.get(&row.person_id).cloned(),
                );
                let funding_project = one_of(&projects, row.funding_project_id);
                let rule = one_of(&rules, row.rule_id);
                let exchange_rate = one_of(&rates, row.exchange_rate_id);
                let latest = computed.remove(&id).and_then(|mut lines| lines.pop());
                let computation = latest.map(Computation::read).transpose()?;
                let grant = convert::grant(row, Vec::new())?;
                let currency = grant.currency();
                let tranches = payments.remove(&id).unwrap_or_default();
                let tranches = tranches.into_iter().map(|row| {
                    Ok(TrancheNode {
                        tranche: convert::tranche(row)?,
                        currency,
                    })
                });
                let tranches = parts(lens, tranches.collect::<Result<_, Error>>()?);
                let account = grant.account.clone();
                assembled.push((
                    id,
                    under(
                        lens,
                        Self {
                            payee_account: account.map(|account| under(lens, account)),
                            grant,
                            tranches,
                            history: parts(lens, histories.remove(&id).unwrap_or_default()),
                            case,
                            payee,
                            funding_project,
                            rule,
                            computation: computation.map(|line| under(lens, line)),
                            exchange_rate,
                        },
                    ),
                ));
            }
            Ok(assembled)
        })
    }
}
