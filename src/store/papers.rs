//! What is in pictures: kept apart from what is known of them, and read only for those who ask for it and may see it.

use super::UnitOfWork;
use super::diff;
use super::reader::{ById, Reader};
use crate::domain::case_file::CaseFile;
use crate::domain::paper::Paper;
use crate::domain::transition::Changed;
use crate::error::Error;
use crate::ids::PaperId;
use entity::paper_content;
use sea_orm::{ColumnTrait, EntityTrait as _, QueryFilter};
use uuid::Uuid;

/// The most bytes that one answer to one question is given.
const MOST_BYTES: i64 = 8 * 1024 * 1024;

impl UnitOfWork {
    /// Keeps the bytes of a picture that a change has recorded, and lets those go that it took away.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn keep_contents(&self, changed: &Changed<CaseFile>, content: &[u8]) -> Result<(), Error> {
        let before: &[Paper] = changed.before().map_or(&[], |file| &file.papers);
        let was = |id: PaperId| before.iter().find(|paper| paper.id == id);
        for paper in &changed.next().papers {
            match was(paper.id) {
                None => {
                    let row = paper_content::Model {
                        paper_id: paper.id.uuid(),
                        case_id: paper.case_id.uuid(),
                        content: content.to_vec(),
                    };
                    diff::insert::<paper_content::Entity>(&self.transaction, row).await?;
                }
                Some(was) if was.removed_at.is_none() && paper.removed_at.is_some() => {
                    paper_content::Entity::delete_many()
                        .filter(paper_content::Column::PaperId.eq(paper.id.uuid()))
                        .exec(&self.transaction)
                        .await?;
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

impl Reader {
    /// What is in these pictures, which the viewer may see, where it is asked for.
    pub(super) async fn contents(&self, papers: &[&Paper], asked: bool) -> Result<ById<Vec<u8>>, Error> {
        let bytes: i64 = papers
            .iter()
            .map(|paper| i64::from(paper.picture.size_bytes))
            .sum();
        if !asked || papers.is_empty() {
            return Ok(ById::new());
        }
        if bytes > MOST_BYTES {
            let advice = "the answer holds too many pictures: ask for the content of fewer rows at a time";
            return Err(Error::LimitExceeded(advice));
        }
        let ids: Vec<Uuid> = papers.iter().map(|paper| paper.id.uuid()).collect();
        #[expect(
            clippy::disallowed_methods,
            reason = "parts of rows that are within reach already"
        )]
        let rows = paper_content::Entity::find()
            .filter(paper_content::Column::PaperId.is_in(ids))
            .all(&self.database)
            .await?;
        Ok(rows.into_iter().map(|row| (row.paper_id, row.content)).collect())
    }
}
