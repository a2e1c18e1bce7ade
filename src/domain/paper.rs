//! Pictures on a case: a photo of a person, and copies of papers that a consular post needs to know who somebody is.
//!
//! Here is what is known of a picture; what is in it is kept apart. No name of a file is known at all: it may say where
//! somebody lives, or what somebody asked for.

use super::case_file::{CaseFile, Circumstances};
use super::event::DomainEvent;
use super::steps::require;
use super::transition::{Changed, Reason, Refusal};
use crate::codes;
use crate::ids::{CaseId, PaperId, PersonId, TravelDocumentRequestId, new_id};
use chrono::{DateTime, Utc};

codes! { "What a copy of a paper is a copy of: what a consular post asks for, and nothing else." AttachmentKind {
    BirthRecord = "BIRTH_RECORD": "A birth certificate, or an entry in a register.",
    FamilyBook = "FAMILY_BOOK": "A family book or a certificate of family composition.",
    IdentityCard = "IDENTITY_CARD": "An identity card.",
    OldDocument = "OLD_DOCUMENT": "An expired or lost travel document.",
    SignedForm = "SIGNED_FORM": "The post's own form, signed.",
} }

codes! { "How the bytes of a picture are read." MediaType {
    Jpeg = "IMAGE_JPEG": "JPEG: image/jpeg.",
    Png = "IMAGE_PNG": "PNG: image/png.",
} }

/// The most copies that one request has at a time.
pub const MOST_ATTACHMENTS: usize = 10;

/// What is known of the bytes of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// How they are read.
    pub media_type: MediaType,
    /// How many there are.
    pub size_bytes: i32,
    /// Their SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// What a picture on a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperUse {
    /// The photo of the person.
    Photo,
    /// A copy that goes with a travel document request.
    Attachment {
        /// The request.
        request: TravelDocumentRequestId,
        /// What it is a copy of.
        kind: AttachmentKind,
        /// Its place among all that was ever attached to the request, from 1.
        number: i32,
    },
}

/// A picture on a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Names it.
    pub id: PaperId,
    /// The case.
    pub case_id: CaseId,
    /// Whom it shows or concerns.
    pub person_id: PersonId,
    /// What it is.
    pub used_as: PaperUse,
    /// What is known of its bytes.
    pub picture: Picture,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When it was taken away, and its bytes with it.
    pub removed_at: Option<DateTime<Utc>>,
}

impl Paper {
    fn is_attached_to(&self, id: TravelDocumentRequestId) -> bool {
        matches!(self.used_as, PaperUse::Attachment { request, .. } if request == id)
    }

    fn is_photo_of(&self, person: PersonId) -> bool {
        self.used_as == PaperUse::Photo && self.person_id == person && self.removed_at.is_none()
    }
}

impl CaseFile {
    /// The photo of a person, if there is one now.
    #[must_use]
    pub fn photo_of(&self, person: PersonId) -> Option<&Paper> {
        self.papers.iter().find(|paper| paper.is_photo_of(person))
    }

    /// Records the photo of a person; one that there was goes.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` after departure, `NOT_ON_THIS_CASE`.
    pub fn record_photo(
        self,
        person: PersonId,
        picture: Picture,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        require(self.case.state.is_before_departure(), Reason::WrongState)?;
        self.person(person)
            .ok_or(Refusal::at(Reason::NotOnThisCase, "personId"))?;
        let mut next = self.clone();
        next.take_away(c.now, |paper| paper.is_photo_of(person));
        next.papers.push(Paper {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            person_id: person,
            used_as: PaperUse::Photo,
            picture,
            recorded_at: c.now,
            removed_at: None,
        });
        Ok(Changed::moved(self, next, vec![DomainEvent::PhotoRecorded]))
    }

    /// Takes the photo of a person away, whenever the person wishes.
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `WRONG_STATE` where there is none.
    pub fn remove_photo(self, person: PersonId, c: &Circumstances<'_>) -> Result<Changed<Self>, Refusal> {
        self.person(person)
            .ok_or(Refusal::at(Reason::NotOnThisCase, "personId"))?;
        let mut next = self.clone();
        let taken = next.take_away(c.now, |paper| paper.is_photo_of(person));
        require(taken, Reason::WrongState)?;
        Ok(Changed::moved(self, next, vec![DomainEvent::PhotoRemoved]))
    }

    /// Attaches a copy of a paper to a request that the post has not decided yet.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `TOO_MANY_ATTACHMENTS`.
    pub fn attach(
        self,
        id: TravelDocumentRequestId,
        kind: AttachmentKind,
        picture: Picture,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let request = self.request(id).ok_or(Reason::WrongState)?;
        require(request.state.is_open(), Reason::WrongState)?;
        let attached = || self.papers.iter().filter(|paper| paper.is_attached_to(id));
        let current = attached().filter(|paper| paper.removed_at.is_none()).count();
        require(current < MOST_ATTACHMENTS, Reason::TooManyAttachments)?;
        let number = i32::try_from(attached().count()).unwrap_or(i32::MAX - 1) + 1;
        let paper = Paper {
            id: new_id(c.now).into(),
            case_id: self.case.id,
            person_id: request.person_id,
            used_as: PaperUse::Attachment {
                request: id,
                kind,
                number,
            },
            picture,
            recorded_at: c.now,
            removed_at: None,
        };
        let mut next = self.clone();
        next.papers.push(paper);
        let event = DomainEvent::AttachmentRecorded(id);
        Ok(Changed::moved(self, next, vec![event]).because(kind))
    }

    /// Takes the copy of this number away from a request, whatever became of the request.
    ///
    /// # Errors
    ///
    /// `INVALID` where there is none of this number.
    pub fn remove_attachment(
        self,
        id: TravelDocumentRequestId,
        number: i32,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let is = |paper: &Paper| {
            let numbered =
                matches!(paper.used_as, PaperUse::Attachment { number: known, .. } if known == number);
            paper.is_attached_to(id) && numbered && paper.removed_at.is_none()
        };
        let mut next = self.clone();
        let taken = next.take_away(c.now, is);
        taken
            .then_some(())
            .ok_or(Refusal::at(Reason::Invalid, "number"))?;
        let event = DomainEvent::AttachmentRemoved(id);
        Ok(Changed::moved(self, next, vec![event]))
    }

    fn take_away(&mut self, now: DateTime<Utc>, is: impl Fn(&Paper) -> bool) -> bool {
        let mut taken = false;
        for paper in self.papers.iter_mut().filter(|paper| is(paper)) {
            paper.removed_at = Some(now);
            taken = true;
        }
        taken
    }
}
