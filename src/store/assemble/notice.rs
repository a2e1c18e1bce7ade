//! Notices, with what they are about.

use super::super::nodes::{
    AcknowledgementNode, CaseNode, GrantNode, ItineraryNode, Many, NoticeNode, OrganisationNode, RequestNode,
};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::scope::{self, Governable as _};
use super::super::want::Want;
use super::under;
use crate::domain::code::Code;
use crate::domain::notice::{DeliveryChannel, NoticeType};
use crate::domain::party::OrganisationKind;
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::relation::Relation;
use entity::{client, notice};
use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

impl Readable for NoticeNode {
    type Entity = notice::Entity;

    fn id(row: &notice::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &notice::Model) -> Option<Uuid> {
        row.case_id
    }

    fn listing_order() -> Vec<notice::Column> {
        vec![notice::Column::Sequence, notice::Column::Id]
    }

    fn beyond(key: Uuid, greater: bool) -> Condition {
        let same = Alias::new("same");
        let sequence = || {
            let of_key = Query::select()
                .column((same.clone(), notice::Column::Sequence))
                .from_as(notice::Entity, same.clone())
                .and_where(Expr::col((same.clone(), notice::Column::Id)).eq(key))
                .to_owned();
            SimpleExpr::SubQuery(None, Box::new(of_key.into()))
        };
        let (column, id) = (notice::Column::Sequence, notice::Column::Id);
        let sequence_column = || Expr::col((notice::Entity, column));
        let (farther, beside) = if greater {
            (sequence_column().gt(sequence()), id.gt(key))
        } else {
            (sequence_column().lt(sequence()), id.lt(key))
        };
        Condition::any()
            .add(farther)
            .add(Condition::all().add(sequence_column().eq(sequence())).add(beside))
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<notice::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let cases = rows.iter().filter_map(|row| row.case_id);
            let cases = reader
                .named::<CaseNode>(cases, want.of(Field::NoticeCase))
                .await?;
            let itineraries = rows.iter().filter_map(|row| row.itinerary_id);
            let itineraries = reader
                .named::<ItineraryNode>(itineraries, want.of(Field::NoticeItinerary))
                .await?;
            let requests = rows.iter().filter_map(|row| row.travel_document_request_id);
            let requests = reader
                .named::<RequestNode>(requests, want.of(Field::NoticeRequest))
                .await?;
            let grants = rows.iter().filter_map(|row| row.cash_grant_id);
            let grants = reader
                .named::<GrantNode>(grants, want.of(Field::NoticeGrant))
                .await?;
            let newer = rows.iter().filter_map(|row| row.superseded_by_id);
            let newer = reader
                .named::<NoticeNode>(newer, want.of(Field::NoticeSupersededBy))
                .await?;
            let mut corrected = reader.corrected_by(&rows, want.of(Field::NoticeCorrects)).await?;
            let first = rows.iter().filter_map(|row| row.reminds_of_id);
            let first = reader
                .named::<NoticeNode>(first, want.of(Field::NoticeRemindsOf))
                .await?;
            let recipients = rows.iter().map(|row| row.recipient_id);
            let recipients = reader
                .named::<OrganisationNode>(recipients, want.of(Field::NoticeRecipient))
                .await?;
            let acknowledgers = match want.of(Field::NoticeAcknowledgement) {
                Some(_) => {
                    reader
                        .client_names(rows.iter().filter_map(|row| row.acknowledged_by))
                        .await?
                }
                None => HashMap::new(),
            };
            let noticed = rows.iter().map(|row| row.id).collect();
            let mut deliveries = reader
                .deliveries(noticed, want.of(Field::NoticeDeliveries))
                .await?;
            let at_work = reader
                .at_work_on(rows.iter().filter_map(|row| row.case_id))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                // What a notice is about is erased before the notice itself.
                let lens = row.case_id.map_or(lens, |case| {
                    lens.on_case(case.into()).at_work(at_work.contains(&case))
                });
                let wrong = |column| Error::Inconsistent {
                    table: "notices",
                    column,
                    id: row.id,
                };
                let kind = NoticeType::from_code(&row.kind).ok_or_else(|| wrong("kind"))?;
                let via = row.delivered_via.as_deref().map(DeliveryChannel::from_code);
                let via = via
                    .map(|via| via.ok_or_else(|| wrong("delivered_via")))
                    .transpose()?;
                let acknowledgement = row.acknowledged_at.map(|at| {
                    let by = row
                        .acknowledged_by
                        .and_then(|client| acknowledgers.get(&client).cloned());
                    under(
                        lens,
                        AcknowledgementNode {
                            at,
                            by,
                            note: row.acknowledgement_note,
                        },
                    )
                });
                let node = Self {
                    id: row.id.into(),
                    sequence: row.sequence,
                    kind,
                    occurred_at: row.occurred_at,
                    retracted_at: row.retracted_at,
                    acknowledgement,
                    deliveries: deliveries.remove(&row.id).unwrap_or_default(),
                    recipient: recipients.get(&row.recipient_id).cloned(),
                    case: row.case_id.and_then(|id| cases.get(&id).cloned()),
                    itinerary: row.itinerary_id.and_then(|id| itineraries.get(&id).cloned()),
                    request: row
                        .travel_document_request_id
                        .and_then(|id| requests.get(&id).cloned()),
                    grant: row.cash_grant_id.and_then(|id| grants.get(&id).cloned()),
                    superseded_by: row.superseded_by_id.and_then(|id| newer.get(&id).cloned()),
                    corrects: corrected.remove(&row.id).unwrap_or_default(),
                    reminds_of: row.reminds_of_id.and_then(|id| first.get(&id).cloned()),
                    delivered_at: row.delivered_at,
                    delivered_via: via,
                };
                assembled.push((row.id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Reader {
    /// The notices that each of these supersedes or takes back, oldest first.
    async fn corrected_by(
        &self,
        newer: &[notice::Model],
        want: Option<&Want>,
    ) -> Result<ById<Many<NoticeNode>>, Error> {
        use notice::Column::{RetractedById, Sequence, SupersededById};
        let Some(want) = want else {
            return Ok(HashMap::new());
        };
        let ids: Vec<Uuid> = newer.iter().map(|row| row.id).collect();
        let within = self.reach(notice::Entity::RESOURCE);
        let select = scope::select::<notice::Entity>(&within)
            .filter(
                Condition::any()
                    .add(SupersededById.is_in(ids.clone()))
                    .add(RetractedById.is_in(ids.clone())),
            )
            .order_by_asc(Sequence);
        let rows = select.all(&self.database).await?;
        let pointing: ById<[Option<Uuid>; 2]> = rows
            .iter()
            .map(|row| (row.id, [row.superseded_by_id, row.retracted_by_id]))
            .collect();
        let mut corrected: ById<Many<NoticeNode>> = HashMap::new();
        for (id, row) in NoticeNode::assemble(self, rows, want).await? {
            let [superseded, retracted] = pointing[&id];
            let both = [superseded, retracted.filter(|by| Some(*by) != superseded)];
            for by in both.into_iter().flatten().filter(|by| ids.contains(by)) {
                corrected.entry(by).or_default().push(row.clone());
            }
        }
        Ok(corrected)
    }

    /// Those of these cases that the viewer works on itself, as their sending mission.
    async fn at_work_on(&self, cases: impl Iterator<Item = Uuid> + Send) -> Result<HashSet<Uuid>, Error> {
        if self.viewer().kind != OrganisationKind::Mission {
            return Ok(HashSet::new());
        }
        let cases: Vec<Uuid> = cases.collect();
        let lenses = self.lenses(cases.iter().copied()).await?;
        let sends = |case: &Uuid| {
            lenses
                .get(case)
                .is_some_and(|lens| lens.relation() == Relation::Sending)
        };
        Ok(cases.into_iter().filter(sends).collect())
    }

    /// The public names of clients that acknowledged notices, or changed rows, within the viewer's reach.
    pub(super) async fn client_names(
        &self,
        ids: impl Iterator<Item = Uuid> + Send,
    ) -> Result<ById<String>, Error> {
        let ids: Vec<Uuid> = ids.collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "names of those who did what the viewer may read of"
        )]
        let names: Vec<(Uuid, String)> = client::Entity::find()
            .select_only()
            .columns([client::Column::Id, client::Column::ClientId])
            .filter(client::Column::Id.is_in(ids))
            .into_tuple()
            .all(&self.database)
            .await?;
        Ok(names.into_iter().collect())
    }
}
