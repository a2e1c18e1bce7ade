//! `TravelDocument` and `PersonalDocument`.

use crate::domain::territory::CountryCode;
use crate::domain::travel_document::{TravelDocument, TravelDocumentType};
use crate::governed;
use crate::store::nodes::{PersonNode, PersonalDocumentNode};
use chrono::{DateTime, NaiveDate, Utc};

governed! { TravelDocument "TravelDocument": "A travel document as issued (ICAO Doc 9303)." {
    DocumentType: (TravelDocumentType) = |node| node.document_type, "Kind of document.";
    DocumentNumber: (String) = |node| node.number.clone(), "Number of the document; its last characters where it is masked.";
    DocumentMrz: (Option<String>) = |node| node.mrz.clone(), "The machine-readable zone, its lines joined, where the document has one; its last characters where it is masked.";
    DocumentIssuer: (CountryCode) = |node| node.issuing_state, "The state that issued it.";
    DocumentIssuedOn: (NaiveDate) = |node| node.issued_on, "Day of issue.";
    DocumentExpiresOn: (NaiveDate) = |node| node.expires_on, "Last day of validity.";
    DocumentSingleJourney: (bool) = |node| node.single_journey, "Whether it serves for one journey only.";
    DocumentDestinationOnly: (bool) = |node| node.destination_only, "Whether it serves for the journey to the country of return only.";
} }

governed! { PersonalDocumentNode "PersonalDocument": "A travel document that a person holds without IOM's asking." {
    PersonalHolder: {PersonNode} = |node| &node.holder, "Who holds it.";
    PersonalTravelDocument: {TravelDocument} = |node| &node.document, "The document.";
    PersonalRecordedAt: (DateTime<Utc>) = |node| node.record.recorded_at, "When it was recorded.";
} }
