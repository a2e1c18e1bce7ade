//! What is known of pictures on cases.

use super::At;
use crate::domain::paper::{Paper, PaperUse, Picture};
use crate::error::Error;
use crate::store::child::Child;
use entity::paper::{Column, Entity, Model};
use uuid::Uuid;

impl Child for Paper {
    type Entity = Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> Column {
        Column::CaseId
    }

    fn read(row: Model) -> Result<Self, Error> {
        let at = At("papers", row.id);
        let kind = at.word_if("kind", row.kind.as_deref())?;
        let used_as = match (row.travel_document_request_id, kind) {
            (None, None) => PaperUse::Photo,
            (Some(request), Some(kind)) => PaperUse::Attachment {
                request: request.into(),
                kind,
                number: row.number,
            },
            _ => return Err(at.wrong("kind")),
        };
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            used_as,
            picture: Picture {
                media_type: at.word("media_type", &row.media_type)?,
                size_bytes: row.size_bytes,
                sha256: row.sha256,
            },
            recorded_at: row.recorded_at,
            removed_at: row.removed_at,
        })
    }

    fn row(&self) -> Model {
        let (request, kind, number) = match self.used_as {
            PaperUse::Photo => (None, None, 0),
            PaperUse::Attachment {
                request,
                kind,
                number,
            } => (Some(request.uuid()), Some(kind.to_string()), number),
        };
        Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            travel_document_request_id: request,
            kind,
            number,
            media_type: self.picture.media_type.to_string(),
            size_bytes: self.picture.size_bytes,
            sha256: self.picture.sha256.clone(),
            recorded_at: self.recorded_at,
            removed_at: self.removed_at,
        }
    }
}
