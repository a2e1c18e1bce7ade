//! Pictures on cases: what is known of them for those who may see them, and what is in them for those who ask besides.
//!
//! Where the lens withholds a picture nothing is read at all, so that it makes no difference whether there is one.

use super::super::child::Child as _;
use super::super::nodes::{AttachmentNode, Many, PhotoNode};
use super::super::reader::{ById, Reader};
use super::super::want::Want;
use super::{parts, under};
use crate::domain::paper::{Paper, PaperUse};
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::governed::Governed;
use crate::policy::lens::{Lens, Sight};
use entity::paper;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use std::sync::Arc;
use uuid::Uuid;

impl Reader {
    /// The photos of these persons, each with the lens of its case, where they are asked for.
    pub(super) async fn photos(
        &self,
        persons: &[(Uuid, Lens)],
        want: Option<&Want>,
    ) -> Result<ById<Arc<Governed<PhotoNode>>>, Error> {
        let (Some(want), shown) = (want, shown_to(persons, Field::PersonPhoto)) else {
            return Ok(ById::new());
        };
        let of_person = paper::Column::PersonId.is_in(shown.keys().copied());
        let photos = Condition::all()
            .add(of_person)
            .add(paper::Column::TravelDocumentRequestId.is_null());
        let papers = self.papers(photos, &shown).await?;
        let asked = want.of(Field::PhotoContent).is_some();
        let mut contents = self.contents(&papers.iter().collect::<Vec<_>>(), asked).await?;
        let nodes = papers.into_iter().filter_map(|paper| {
            let person = paper.person_id.uuid();
            let content = contents.remove(&paper.id.uuid());
            let lens = *shown.get(&person)?;
            Some((person, under(lens, PhotoNode { paper, content })))
        });
        Ok(nodes.collect())
    }

    /// The copies that go with these requests, each with the lens of its case, where they are asked for.
    pub(super) async fn attachments(
        &self,
        requests: &[(Uuid, Lens)],
        want: Option<&Want>,
    ) -> Result<ById<Many<AttachmentNode>>, Error> {
        let (Some(want), shown) = (want, shown_to(requests, Field::RequestAttachments)) else {
            return Ok(ById::new());
        };
        let of_request = paper::Column::TravelDocumentRequestId.is_in(shown.keys().copied());
        let papers = self.papers(Condition::all().add(of_request), &shown).await?;
        let asked = want.of(Field::AttachmentContent).is_some();
        let mut contents = self.contents(&papers.iter().collect::<Vec<_>>(), asked).await?;
        let mut by_request: ById<Vec<AttachmentNode>> = ById::new();
        for paper in papers {
            if let PaperUse::Attachment {
                request,
                kind,
                number,
            } = paper.used_as
            {
                let content = contents.remove(&paper.id.uuid());
                by_request
                    .entry(request.uuid())
                    .or_default()
                    .push(AttachmentNode {
                        paper,
                        kind,
                        number,
                        content,
                    });
            }
        }
        let nodes = by_request
            .into_iter()
            .filter_map(|(request, nodes)| Some((request, parts(*shown.get(&request)?, nodes))));
        Ok(nodes.collect())
    }

    /// The pictures that are there now, oldest first.
    async fn papers(&self, which: Condition, shown: &ById<Lens>) -> Result<Vec<Paper>, Error> {
        if shown.is_empty() {
            return Ok(Vec::new());
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "parts of rows that are within reach already"
        )]
        let rows = paper::Entity::find()
            .filter(which)
            .filter(paper::Column::RemovedAt.is_null())
            .order_by_asc(paper::Column::Id)
            .all(&self.database)
            .await?;
        rows.into_iter().map(Paper::read).collect()
    }
}

/// Those of the rows whose lens opens a field.
fn shown_to(rows: &[(Uuid, Lens)], field: Field) -> ById<Lens> {
    let open = rows.iter().filter(|(_, lens)| lens.sight(field) == Sight::Full);
    open.copied().collect()
}
