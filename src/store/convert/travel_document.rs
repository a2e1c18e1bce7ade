//! Travel document requests and what hangs on them.

use super::At;
use crate::domain::travel_document::{
    ConsularInterview, CustodyEntry, InformationItem, InformationRequest, PersonalDocument, TravelDocument,
    TravelDocumentRequest,
};
use crate::error::Error;
use crate::store::child::Child;
use entity::{
    consular_interview, custody_entry, information_request, personal_document, travel_document_request,
};
use uuid::Uuid;

pub(in crate::store) fn request(
    mut row: travel_document_request::Model,
) -> Result<TravelDocumentRequest, Error> {
    let at = At("travel_document_requests", row.id);
    Ok(TravelDocumentRequest {
        document: document(&mut row, at)?,
        id: row.id.into(),
        case_id: row.case_id.into(),
        person_id: row.person_id.into(),
        consular_post: row.consular_post_id.into(),
        state: at.word("state", &row.state)?,
        state_since: row.state_since.ok_or_else(|| at.wrong("state_since"))?,
        expedited: row.expedited,
        submitted_at: row.submitted_at,
        acknowledged_at: row.acknowledged_at,
        nationality_confirmed_at: row.nationality_confirmed_at,
        ended_at: row.ended_at,
        refusal_reason: at.word_if("refusal_reason", row.refusal_reason.as_deref())?,
        version: row.version,
    })
}

fn document(row: &mut travel_document_request::Model, at: At) -> Result<Option<TravelDocument>, Error> {
    let Some(kind) = row.document_type.take() else {
        return Ok(None);
    };
    let issuer = row.document_issuing_state.as_deref();
    Ok(Some(TravelDocument {
        document_type: at.word("document_type", &kind)?,
        number: row
            .document_number
            .take()
            .ok_or_else(|| at.wrong("document_number"))?,
        issuing_state: at
            .place_if("document_issuing_state", issuer)?
            .ok_or_else(|| at.wrong("document_issuing_state"))?,
        issued_on: row
            .document_issued_on
            .ok_or_else(|| at.wrong("document_issued_on"))?,
        expires_on: row
            .document_expires_on
            .ok_or_else(|| at.wrong("document_expires_on"))?,
        single_journey: row
            .document_single_journey
            .ok_or_else(|| at.wrong("document_single_journey"))?,
        destination_only: row
            .document_destination_only
            .ok_or_else(|| at.wrong("document_destination_only"))?,
        mrz: row.document_mrz.take(),
    }))
}

pub(in crate::store) fn request_row(request: &TravelDocumentRequest) -> travel_document_request::Model {
    let document = request.document.as_ref();
    travel_document_request::Model {
        id: request.id.uuid(),
        case_id: request.case_id.uuid(),
        person_id: request.person_id.uuid(),
        consular_post_id: request.consular_post.uuid(),
        state: request.state.to_string(),
        state_since: Some(request.state_since),
        expedited: request.expedited,
        submitted_at: request.submitted_at,
        acknowledged_at: request.acknowledged_at,
        nationality_confirmed_at: request.nationality_confirmed_at,
        ended_at: request.ended_at,
        refusal_reason: request.refusal_reason.map(|reason| reason.to_string()),
        document_type: document.map(|document| document.document_type.to_string()),
        document_number: document.map(|document| document.number.clone()),
        document_issued_on: document.map(|document| document.issued_on),
        document_expires_on: document.map(|document| document.expires_on),
        document_issuing_state: document.map(|document| document.issuing_state.to_string()),
        document_single_journey: document.map(|document| document.single_journey),
        document_destination_only: document.map(|document| document.destination_only),
        document_mrz: document.and_then(|document| document.mrz.clone()),
        version: request.version,
    }
}

impl Child for InformationRequest {
    type Entity = information_request::Entity;

    fn id(&self) -> Uuid {
        self.id
    }

    fn case_column() -> information_request::Column {
        information_request::Column::CaseId
    }

    fn read(row: information_request::Model) -> Result<Self, Error> {
        let items: Vec<InformationItem> = serde_json::from_str(&row.items)
            .map_err(|_| At("information_requests", row.id).wrong("items"))?;
        Ok(Self {
            id: row.id,
            case_id: row.case_id.into(),
            request: row.travel_document_request_id.into(),
            asked_at: row.asked_at,
            items,
            question: row.question,
            answered_at: row.answered_at,
            answer: row.answer,
        })
    }

    fn row(&self) -> information_request::Model {
        let items: Vec<String> = self.items.iter().map(ToString::to_string).collect();
        information_request::Model {
            id: self.id,
            case_id: self.case_id.uuid(),
            travel_document_request_id: self.request.uuid(),
            asked_at: self.asked_at,
            items: serde_json::json!(items).to_string(),
            question: self.question.clone(),
            answered_at: self.answered_at,
            answer: self.answer.clone(),
        }
    }
}

impl Child for ConsularInterview {
    type Entity = consular_interview::Entity;

    fn id(&self) -> Uuid {
        self.id
    }

    fn case_column() -> consular_interview::Column {
        consular_interview::Column::CaseId
    }

    fn read(row: consular_interview::Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id,
            case_id: row.case_id.into(),
            request: row.travel_document_request_id.into(),
            scheduled_at: row.scheduled_at,
            at: row.at,
            mode: At("consular_interviews", row.id).word("mode", &row.mode)?,
            place: row.place,
        })
    }

    fn row(&self) -> consular_interview::Model {
        consular_interview::Model {
            id: self.id,
            case_id: self.case_id.uuid(),
            travel_document_request_id: self.request.uuid(),
            scheduled_at: self.scheduled_at,
            at: self.at,
            mode: self.mode.to_string(),
            place: self.place.clone(),
        }
    }
}

impl Child for CustodyEntry {
    type Entity = custody_entry::Entity;

    fn id(&self) -> Uuid {
        self.id
    }

    fn case_column() -> custody_entry::Column {
        custody_entry::Column::CaseId
    }

    fn read(row: custody_entry::Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id,
            case_id: row.case_id.into(),
            request: row.travel_document_request_id.into(),
            location: At("custody_entries", row.id).word("location", &row.location)?,
            since: row.since,
            recorded_by: row.recorded_by_id.into(),
        })
    }

    fn row(&self) -> custody_entry::Model {
        custody_entry::Model {
            id: self.id,
            case_id: self.case_id.uuid(),
            travel_document_request_id: self.request.uuid(),
            location: self.location.to_string(),
            since: self.since,
            recorded_by_id: self.recorded_by.uuid(),
        }
    }
}

impl Child for PersonalDocument {
    type Entity = personal_document::Entity;

    fn id(&self) -> Uuid {
        self.id
    }

    fn case_column() -> personal_document::Column {
        personal_document::Column::CaseId
    }

    fn read(row: personal_document::Model) -> Result<Self, Error> {
        let at = At("personal_documents", row.id);
        Ok(Self {
            id: row.id,
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            document: TravelDocument {
                document_type: at.word("document_type", &row.document_type)?,
                issuing_state: at.place("issuing_state", &row.issuing_state)?,
                number: row.number,
                issued_on: row.issued_on,
                expires_on: row.expires_on,
                single_journey: row.single_journey,
                destination_only: row.destination_only,
                mrz: row.mrz,
            },
            recorded_at: row.recorded_at,
        })
    }

    fn row(&self) -> personal_document::Model {
        personal_document::Model {
            id: self.id,
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            document_type: self.document.document_type.to_string(),
            number: self.document.number.clone(),
            issuing_state: self.document.issuing_state.to_string(),
            issued_on: self.document.issued_on,
            expires_on: self.document.expires_on,
            single_journey: self.document.single_journey,
            destination_only: self.document.destination_only,
            mrz: self.document.mrz.clone(),
            recorded_at: self.recorded_at,
        }
    }
}
