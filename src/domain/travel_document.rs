//! A request made of a consular post for a travel document, and the document it issues (DOMAIN 2.3).

use crate::ids::{CaseId, OrganisationId, PersonId, TravelDocumentRequestId};
use crate::{codes, lifecycle};
use chrono::{DateTime, NaiveDate, Utc};

use super::itinerary::Itinerary;
use super::territory::CountryCode;
use super::transition::Refusal;

codes! { "State of a travel document request." TravelDocumentRequestState {
    Submitted = "SUBMITTED": "The consular post has been asked.",
    Acknowledged = "ACKNOWLEDGED": "The consular post has taken note.",
    MoreInfoRequested = "MORE_INFO_REQUESTED": "The consular post needs to know more.",
    Resubmitted = "RESUBMITTED": "The sending mission has answered what the post wished to know.",
    InterviewScheduled = "INTERVIEW_SCHEDULED": "The person is to speak with the consular post.",
    NationalityConfirmed = "NATIONALITY_CONFIRMED": "The consular post has confirmed the nationality.",
    Issued = "ISSUED": "The document has been issued.",
    ReceivedByIom = "RECEIVED_BY_IOM": "The sending mission holds the document.",
    HandedToPerson = "HANDED_TO_PERSON": "The person holds the document.",
    Used = "USED": "The person has departed on the document.",
    Refused = "REFUSED": "The consular post has refused.",
    NationalityNotConfirmed = "NATIONALITY_NOT_CONFIRMED": "The consular post does not find the person to be a national.",
    Cancelled = "CANCELLED": "The request has been taken back.",
    ExpiredBeforeUse = "EXPIRED_BEFORE_USE": "The document ran out before the person departed on it.",
    Lost = "LOST": "The document has been lost.",
    Pending = "PENDING": "Not decided; shown only where the state is masked.",
    Ready = "READY": "The document exists; shown only where the state is masked.",
} }

lifecycle! { "How a request goes on, from the question to the journey (DOMAIN 2.3)."
TRAVEL_DOCUMENT_REQUEST "TravelDocumentRequest": TravelDocumentRequestState {
    begin "requestTravelDocument" => Submitted;
    "acknowledgeTravelDocumentRequest": Submitted => Acknowledged;
    "requestMoreInformation": Submitted | Acknowledged | Resubmitted | InterviewScheduled => MoreInfoRequested;
    "answerInformationRequest": MoreInfoRequested => Resubmitted;
    "scheduleConsularInterview": Submitted | Acknowledged | Resubmitted | InterviewScheduled => InterviewScheduled;
    "confirmNationality": Submitted | Acknowledged | Resubmitted | InterviewScheduled => NationalityConfirmed;
    "issueTravelDocument": NationalityConfirmed => Issued;
    "refuseTravelDocument": Submitted | Acknowledged | MoreInfoRequested | Resubmitted | InterviewScheduled | NationalityConfirmed => Refused | NationalityNotConfirmed;
    "receiveTravelDocument": Issued => ReceivedByIom;
    "handOverTravelDocument": ReceivedByIom => ReceivedByIom | HandedToPerson;
    "reportTravelDocumentLost": Issued | ReceivedByIom | HandedToPerson => Lost;
    "confirmDeparture": Issued | ReceivedByIom | HandedToPerson => Used;
    "cancelTravelDocumentRequest": Submitted | Acknowledged | MoreInfoRequested | Resubmitted | InterviewScheduled | NationalityConfirmed => Cancelled;
    "withdrawCase": Submitted | Acknowledged | MoreInfoRequested | Resubmitted | InterviewScheduled | NationalityConfirmed => Cancelled;
    "requestTravelDocument": Issued | ReceivedByIom | HandedToPerson => ExpiredBeforeUse;
    "time": Issued | ReceivedByIom | HandedToPerson => ExpiredBeforeUse;
} }

impl TravelDocumentRequestState {
    /// Whether the consular post still has to act, or waits for an answer.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Submitted
                | Self::Acknowledged
                | Self::MoreInfoRequested
                | Self::Resubmitted
                | Self::InterviewScheduled
                | Self::NationalityConfirmed
        )
    }

    /// Whether there is a document that a person can depart on.
    #[must_use]
    pub fn has_document(self) -> bool {
        matches!(self, Self::Issued | Self::ReceivedByIom | Self::HandedToPerson)
    }
}

codes! { "Kind of travel document (ICAO Doc 9303; Regulation (EU) 2016/1953)." TravelDocumentType {
    Passport = "PASSPORT": "Passport.",
    EmergencyTravelDocument = "EMERGENCY_TRAVEL_DOCUMENT": "Emergency travel document or laissez-passer, for a single journey.",
    EuReturnDocument = "EU_RETURN_DOCUMENT": "European travel document for return, for a single journey.",
} }

impl TravelDocumentType {
    /// Whether a document of this kind is made for one journey to one country.
    #[must_use]
    pub fn is_for_one_journey(self) -> bool {
        self != Self::Passport
    }
}

codes! { "Why a consular post refused." RefusalReason {
    NationalityNotConfirmed = "NATIONALITY_NOT_CONFIRMED": "The person is not found to be a national.",
    IncompleteRequest = "INCOMPLETE_REQUEST": "The request lacks what the post needs.",
    PersonDeclined = "PERSON_DECLINED": "The person did not wish to be documented.",
    Other = "OTHER": "Another reason.",
} }

codes! { "What a consular post needs besides the request." InformationItem {
    Photograph = "PHOTOGRAPH": "A photograph of the person.",
    SignedForm = "SIGNED_FORM": "The post's own form, signed.",
    BirthRecord = "BIRTH_RECORD": "A copy of a birth certificate or of an entry in a register.",
    OldDocument = "OLD_DOCUMENT": "A copy of an expired or lost document.",
    NameSpelling = "NAME_SPELLING": "Names in the original script, or another spelling of them.",
    PlaceOfBirth = "PLACE_OF_BIRTH": "The place of birth, more exactly.",
    ParentsNames = "PARENTS_NAMES": "The names of the parents, more fully.",
    LastAddress = "LAST_ADDRESS": "The last address in the country of origin.",
    Other = "OTHER": "Something else, said in words.",
} }

codes! { "How a person speaks with a consular post." InterviewMode {
    InPerson = "IN_PERSON": "At a place.",
    Phone = "PHONE": "By telephone.",
    Video = "VIDEO": "By video.",
} }

codes! { "Where a document is." DocumentLocation {
    Embassy = "EMBASSY": "With the consular post.",
    Iom = "IOM": "With the sending mission.",
    Authority = "AUTHORITY": "With an authority of the host territory.",
    Person = "PERSON": "With the person.",
} }

/// A document as issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TravelDocument {
    /// Kind.
    pub document_type: TravelDocumentType,
    /// Number.
    pub number: String,
    /// The state that issued it.
    pub issuing_state: CountryCode,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Last day of validity.
    pub expires_on: NaiveDate,
    /// Whether it serves for one journey only.
    pub single_journey: bool,
    /// Whether it serves for the journey to the country of return only.
    pub destination_only: bool,
    /// The machine-readable zone, its lines joined, where the document has one.
    pub mrz: Option<String>,
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
    /// When it came into this state.
    pub state_since: DateTime<Utc>,
    /// Whether the post was asked to hurry.
    pub expedited: bool,
    /// When the post was asked.
    pub submitted_at: DateTime<Utc>,
    /// When the post took note.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// When the post confirmed the nationality.
    pub nationality_confirmed_at: Option<DateTime<Utc>>,
    /// When the post's part came to its end: issued, refused or cancelled.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why the post refused.
    pub refusal_reason: Option<RefusalReason>,
    /// The document, once issued.
    pub document: Option<TravelDocument>,
    /// Counts the changes of this row.
    pub version: i32,
}

impl TravelDocumentRequest {
    /// Goes on to another state by a step of the procedure.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` where the step does not lead there from here.
    pub(super) fn go(
        &mut self,
        step: &str,
        to: TravelDocumentRequestState,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let to = TRAVEL_DOCUMENT_REQUEST.step(step, self.state, to)?;
        if to != self.state {
            self.state_since = now;
        }
        self.state = to;
        Ok(())
    }

    /// The day on which the person is to leave by the journey that stands. Only as long as the post's part goes on: once it
    /// has ended, a day that goes away would tell that the person does not leave.
    #[must_use]
    pub fn planned_departure(&self, stands: Option<&Itinerary>) -> Option<NaiveDate> {
        stands
            .filter(|journey| self.ended_at.is_none() && journey.state.is_live())
            .and_then(Itinerary::departs_on)
    }

    /// Days since it came into its state.
    #[must_use]
    pub fn age_in_days(&self, now: DateTime<Utc>) -> i32 {
        i32::try_from((now - self.state_since).num_days().max(0)).unwrap_or(i32::MAX)
    }

    /// The document, if a person can depart on it and it is valid on a day.
    #[must_use]
    pub fn document_for(&self, day: NaiveDate) -> Option<&TravelDocument> {
        let document = self.document.as_ref().filter(|_| self.state.has_document());
        document.filter(|document| document.expires_on >= day)
    }
}

macro_rules! row_of_a_request {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            /// Names the row.
            pub id: uuid::Uuid,
            /// The case.
            pub case_id: CaseId,
            /// The request.
            pub request: TravelDocumentRequestId,
            $($(#[$field_doc])* pub $field: $kind,)+
        }
    };
}

row_of_a_request! {
    /// What a consular post wished to know besides, and what it was answered. Both stay between the post and the sending mission.
    InformationRequest {
        /// When the post asked.
        asked_at: DateTime<Utc>,
        /// What it needs.
        items: Vec<InformationItem>,
        /// The same in words.
        question: Option<String>,
        /// When the sending mission answered.
        answered_at: Option<DateTime<Utc>>,
        /// The answer in words.
        answer: Option<String>,
    }
}

row_of_a_request! {
    /// An interview of a person with a consular post.
    ConsularInterview {
        /// When it was settled.
        scheduled_at: DateTime<Utc>,
        /// When the person and the post are to speak.
        at: DateTime<Utc>,
        /// How.
        mode: InterviewMode,
        /// Where, of an interview in person.
        place: Option<String>,
    }
}

row_of_a_request! {
    /// Where a document has been since when: a link of its chain of custody.
    CustodyEntry {
        /// Where it has been.
        location: DocumentLocation,
        /// Since when.
        since: DateTime<Utc>,
        /// The organisation that recorded it.
        recorded_by: OrganisationId,
    }
}

/// A travel document that a person holds without IOM's asking: an own passport, or one that another state issued (I3b).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalDocument {
    /// Names the row.
    pub id: uuid::Uuid,
    /// The case.
    pub case_id: CaseId,
    /// Who holds it.
    pub person_id: PersonId,
    /// The document.
    pub document: TravelDocument,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}
