//! Commands on pictures: photos of persons, and copies of papers that go with travel document requests.
//!
//! A picture is made anew from its pixels while nothing is locked, and only for whoever may record one on that row: that is
//! looked at first, and again with the command itself. What is wrong with it is said after everything else is in order.

mod picture;

use super::{Desk, Envelope, Target};
use crate::config::Limits;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::paper::{AttachmentKind, Picture};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::error::Error;
use crate::ids::{CaseId, PersonId, TravelDocumentRequestId};
use crate::policy::actions::Action;
use tokio::sync::Semaphore;
use uuid::Uuid;

/// A picture as it is kept.
#[derive(Clone, Debug)]
pub struct Print {
    /// What is known of it.
    pub picture: Picture,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl Desk {
    /// Records the photo of a person.
    pub async fn record_photo(
        &self,
        envelope: &Envelope,
        case: CaseId,
        person: PersonId,
        (content, limits): (String, &Limits),
    ) -> Result<Uuid, Error> {
        let action = Action::RecordPhoto;
        let (target, row) = (Target::Case(case, None), case.uuid());
        let print = self.printed(envelope, action, target, (content, limits)).await?;
        self.on_papers(
            envelope,
            action,
            (target, row),
            &print,
            move |file, picture, c| file.record_photo(person, picture, c),
        )
        .await
    }

    /// Takes the photo of a person away.
    pub async fn remove_photo(
        &self,
        envelope: &Envelope,
        case: CaseId,
        person: PersonId,
    ) -> Result<Uuid, Error> {
        let (target, row) = (Target::Case(case, None), case.uuid());
        let action = Action::RemovePhoto;
        self.without_paper(envelope, action, (target, row), move |file, c| {
            file.remove_photo(person, c)
        })
        .await
    }

    /// Attaches a copy of a paper to a request.
    pub async fn attach(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
        kind: AttachmentKind,
        (content, limits): (String, &Limits),
    ) -> Result<Uuid, Error> {
        let action = Action::Attach;
        let (target, row) = (Target::Request(id, expected), id.uuid());
        let print = self.printed(envelope, action, target, (content, limits)).await?;
        self.on_papers(
            envelope,
            action,
            (target, row),
            &print,
            move |file, picture, c| file.attach(id, kind, picture, c),
        )
        .await
    }

    /// Takes a copy of a paper away from a request.
    pub async fn remove_attachment(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
        number: i32,
    ) -> Result<Uuid, Error> {
        let (target, row) = (Target::Request(id, expected), id.uuid());
        let action = Action::RemoveAttachment;
        self.without_paper(envelope, action, (target, row), move |file, c| {
            file.remove_attachment(id, number, c)
        })
        .await
    }

    /// Carries out a command that brings a picture.
    async fn on_papers(
        &self,
        envelope: &Envelope,
        action: Action,
        (target, row): (Target, Uuid),
        print: &Result<Print, Refusal>,
        decide: impl Fn(CaseFile, Picture, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> + Send + Sync,
    ) -> Result<Uuid, Error> {
        let content = print.as_ref().map_or(&[][..], |print| &print.content);
        self.with_contents(envelope, action, (target, row), content, |file, c| {
            let picture = print.as_ref().map(|print| print.picture.clone());
            decide(file, picture.map_err(Clone::clone)?, c)
        })
        .await
    }

    /// Carries out a command that only takes pictures away.
    async fn without_paper(
        &self,
        envelope: &Envelope,
        action: Action,
        target: (Target, Uuid),
        decide: impl Fn(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> + Send + Sync,
    ) -> Result<Uuid, Error> {
        self.with_contents(envelope, action, target, &[], decide).await
    }

    /// The picture of a command, read only where the actor may give the command on that row and has not given it before.
    async fn printed(
        &self,
        envelope: &Envelope,
        action: Action,
        target: Target,
        (content, limits): (String, &Limits),
    ) -> Result<Result<Print, Refusal>, Error> {
        let uow = self.store.begin(envelope.actor.clone()).await?;
        let earlier = uow.replay(action, &envelope.key, &envelope.body_hash).await?;
        if earlier.is_none() {
            match Self::admitted(&uow, envelope, action, target).await {
                // The command itself finds it again, unless its twin was faster.
                Err(Error::Refused(refusal)) => return Ok(Err(refusal)),
                outcome => drop(outcome?),
            }
        }
        // What is locked is let go of: the reading takes its time.
        drop(uow);
        Ok(if earlier.is_some() {
            Err(Reason::NotAPicture.into())
        } else {
            read(content, limits).await
        })
    }

    async fn with_contents(
        &self,
        envelope: &Envelope,
        action: Action,
        (target, row): (Target, Uuid),
        content: &[u8],
        decide: impl Fn(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> + Send + Sync,
    ) -> Result<Uuid, Error> {
        let decide = &decide;
        self.once(envelope, action, move |mut uow| async move {
            let file = Self::admitted(&uow, envelope, action, target).await?;
            let directory = uow.directory().await?;
            let circumstances = Circumstances {
                now: uow.now(),
                directory: &directory,
                by: &envelope.actor.viewer.author(),
            };
            let changed = decide(file, &circumstances)?;
            uow.save(&changed, action).await?;
            uow.keep_contents(&changed, content).await?;
            Ok((uow, row))
        })
        .await
    }
}

/// The picture in a text of base64, as it will be kept, or what is wrong with it.
async fn read(content: String, limits: &Limits) -> Result<Print, Refusal> {
    static AT_WORK: Semaphore = Semaphore::const_new(2);
    let bounds = picture::Bounds {
        bytes: limits.max_picture_bytes,
        pixels: limits.max_picture_pixels,
    };
    // A small file may unpack to a hundred times its size.
    let place = AT_WORK.acquire().await;
    let work = tokio::task::spawn_blocking(move || {
        let _place = place;
        picture::printed(&content, bounds)
    });
    // A reader that gave up in the middle has read no picture.
    let print = work.await.unwrap_or(Err(Reason::NotAPicture));
    print.map_err(|reason| Refusal::at(reason, "content"))
}
