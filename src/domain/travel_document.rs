//! A request made of a consular post for a travel document, and the document it issues (DOMAIN 2.3).

use crate::codes;
use crate::ids::{CaseId, OrganisationId, PersonId, TravelDocumentRequestId};
use chrono::{DateTime, NaiveDate, Utc};

codes! { "State of a travel document request." TravelDocumentRequestState {
    Submitted = "SUBMITTED": "The consular post has been asked.",
    Acknowledged = "ACKNOWLEDGED": "The consular post has taken note.",
    NationalityConfirmed = "NATIONALITY_CONFIRMED": "The consular post has confirmed the nationality.",
    Issued = "ISSUED": "The document has been issued.",
    Refused = "REFUSED": "The consular post has refused.",
    Cancelled = "CANCELLED": "The request has been taken back.",
    Pending = "PENDING": "Not decided; shown only where the state is masked.",
    Ready = "READY": "The document exists; shown only where the state is masked.",
} }

impl TravelDocumentRequestState {
    /// Whether the consular post still has to act.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Submitted | Self::Acknowledged | Self::NationalityConfirmed
        )
    }
}

codes! { "Kind of travel document (ICAO Doc 9303; Regulation (EU) 2016/1953)." TravelDocumentType {
    Passport = "PASSPORT": "Passport.",
    EmergencyTravelDocument = "EMERGENCY_TRAVEL_DOCUMENT": "Emergency travel document or laissez-passer, for a single journey.",
    EuReturnDocument = "EU_RETURN_DOCUMENT": "European travel document for return, for a single journey.",
} }

codes! { "Why a consular post refused." RefusalReason {
    NationalityNotConfirmed = "NATIONALITY_NOT_CONFIRMED": "The person is not found to be a national.",
    IncompleteRequest = "INCOMPLETE_REQUEST": "The request lacks what the post needs.",
    PersonDeclined = "PERSON_DECLINED": "The person did not wish to be documented.",
    Other = "OTHER": "Another reason.",
} }

/// A document as issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TravelDocument {
    /// Kind.
    pub document_type: TravelDocumentType,
    /// Number.
    pub number: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Last day of validity.
    pub expires_on: NaiveDate,
}

/// A request for one person's travel document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TravelDocumentRequest {
    /// Names the request.
    pub id: TravelDocumentRequestId,
    /// The case.
    pub case_id: CaseId,
    /// The person who needs the document.
    pub person_id: PersonId,
    /// The consular post that was asked.
    pub consular_post: OrganisationId,
    /// State.
    pub state: TravelDocumentRequestState,
    /// Whether the post was asked to hurry.
    pub expedited: bool,
    /// When the post was asked.
    pub submitted_at: DateTime<Utc>,
    /// When the post took note.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// When the post confirmed the nationality.
    pub nationality_confirmed_at: Option<DateTime<Utc>>,
    /// When the request came to its end: issued, refused or cancelled.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why the post refused.
    pub refusal_reason: Option<RefusalReason>,
    /// The document, once issued.
    pub document: Option<TravelDocument>,
    /// Counts the changes of this row.
    pub version: i32,
}
