//! Travel document requests.

use super::super::convert;
use super::super::nodes::{CaseNode, OrganisationNode, PersonNode, RequestNode};
use super::super::reader::{Assembled, Readable, Reader};
use super::super::want::Want;
use super::history::Histories;
use super::{parts, under};
use crate::policy::fields::Field;
use entity::travel_document_request;
use futures_util::future::BoxFuture;
use uuid::Uuid;

impl Readable for RequestNode {
    type Entity = travel_document_request::Entity;

    fn id(row: &travel_document_request::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &travel_document_request::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<travel_document_request::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let cases = reader
                .named::<CaseNode>(rows.iter().map(|row| row.case_id), want.of(Field::RequestCase))
                .await?;
            let persons = rows.iter().map(|row| row.person_id);
            let persons = reader
                .named::<PersonNode>(persons, want.of(Field::RequestApplicant))
                .await?;
            let posts = rows.iter().map(|row| row.consular_post_id);
            let posts = reader
                .named::<OrganisationNode>(posts, want.of(Field::RequestConsularPost))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .histories(Histories::OfRows, &ids, want.of(Field::RequestHistory))
                .await?;
            let departures = want.of(Field::RequestDeparture);
            let standing = reader.standing_journeys(&rows, &lenses, departures).await?;
            let mut around = reader.around_requests(&rows, want, &lenses).await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let journey = standing.get(&row.case_id);
                let lens = lens.about_person(row.person_id.into());
                let node = Self {
                    case: cases.get(&row.case_id).cloned(),
                    applicant: persons.get(&row.person_id).cloned(),
                    consular_post: posts.get(&row.consular_post_id).cloned(),
                    request: convert::request(row)?,
                    document: None,
                    history: parts(lens, histories.remove(&id).unwrap_or_default()),
                    age_in_days: 0,
                    planned_departure_on: None,
                    information_requests: around.information_requests.remove(&id).unwrap_or_default(),
                    interviews: around.interviews.remove(&id).unwrap_or_default(),
                    custody: around.custody.remove(&id).unwrap_or_default(),
                    snapshot: around.snapshots.remove(&id),
                    attachments: around.attachments.remove(&id).unwrap_or_default(),
                    alternative_posts: around.alternative_posts.remove(&id).unwrap_or_default(),
                };
                let age_in_days = node.request.age_in_days(reader.now);
                let document = node
                    .request
                    .document
                    .clone()
                    .map(|document| under(lens, document));
                let node = Self {
                    document,
                    age_in_days,
                    planned_departure_on: node.request.planned_departure(journey),
                    ..node
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}
