//! Commands: authorise, load, let the domain decide, save. One file per aggregate; each command is a few lines, because
//! what they have in common is [`Desk::on_case`].

pub mod aftercare;
pub mod application;
pub mod asylum;
pub mod break_glass;
pub mod case;
pub mod complaint;
pub mod deadlines;
pub mod escalation;
pub mod funding;
pub mod grants;
pub mod itinerary;
pub mod journey;
pub mod jurisdiction;
pub mod monitoring;
pub mod movement;
pub mod notices;
pub mod outreach;
pub mod package;
pub mod papers;
pub mod pre_departure;
pub mod preparation;
pub mod programme;
pub mod referral;
pub mod registry;
pub mod retention;
pub mod safeguards;
pub mod suspension;
pub mod travel_document;
pub mod webhook;

use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::notice::NoticeSchedule;
use crate::domain::party::PartyRelation;
use crate::domain::retention::{KEY_DAYS, Schedule};
use crate::domain::steps::grants::Means;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::error::Error;
use crate::ids::{
    BreakGlassId, CaseId, CashGrantId, ConsentId, ItineraryId, ReferralId, ReintegrationPackageId,
    TravelDocumentRequestId,
};
use crate::notify::Hub;
use crate::notify::webhook::Egress;
use crate::policy::actions::Action;
use crate::policy::relation::Relation;
use crate::policy::rows::{self, Resource};
use crate::store::{Actor, Loaded, Store, UnitOfWork, worth_repeating};
use uuid::Uuid;

/// Where commands are carried out: the store, and the hub that wakes who is listening.
#[derive(Clone)]
pub struct Desk {
    /// The store.
    pub store: Store,
    /// The hub.
    pub hub: Hub,
    /// What is set of oversight.
    pub oversight: Oversight,
    /// Where webhooks may be.
    pub egress: Egress,
}

/// What is set of oversight.
#[derive(Clone, Copy, Debug)]
pub struct Oversight {
    /// The longest access to a case, in minutes.
    pub break_glass_minutes: i32,
    /// What is kept for how long.
    pub schedule: Schedule,
    /// How long notices are kept.
    pub notices: NoticeSchedule,
    /// For how many days the key of a command is known.
    pub key_days: u32,
}

impl Default for Oversight {
    fn default() -> Self {
        Self {
            break_glass_minutes: 240,
            schedule: Schedule::default(),
            notices: NoticeSchedule::default(),
            key_days: KEY_DAYS,
        }
    }
}

/// A command as it arrived: from whom, with which idempotency key, and the digest of its body.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Who acts.
    pub actor: Actor,
    /// The key that makes a repetition harmless.
    pub key: String,
    /// Digest of the input, to tell a repetition from another command under the same key.
    pub body_hash: String,
}

/// The row that a command is about, with the version that its sender decided on.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// A case.
    Case(CaseId, Option<i32>),
    /// A consent, with the version of its case.
    Consent(ConsentId, i32),
    /// A travel document request.
    Request(TravelDocumentRequestId, i32),
    /// An itinerary.
    Itinerary(ItineraryId, i32),
    /// A cash grant.
    CashGrant(CashGrantId, i32),
    /// A referral.
    Referral(ReferralId, i32),
    /// A reintegration package.
    Package(ReintegrationPackageId, i32),
    /// An access of oversight to a case.
    BreakGlass(BreakGlassId, i32),
}

impl Target {
    fn row(self) -> (Resource, Uuid) {
        match self {
            Self::Case(id, _) => (Resource::Case, id.uuid()),
            Self::Consent(id, _) => (Resource::Consent, id.uuid()),
            Self::Request(id, _) => (Resource::TravelDocumentRequest, id.uuid()),
            Self::Itinerary(id, _) => (Resource::Itinerary, id.uuid()),
            Self::CashGrant(id, _) => (Resource::CashGrant, id.uuid()),
            Self::Referral(id, _) => (Resource::Referral, id.uuid()),
            Self::Package(id, _) => (Resource::ReintegrationPackage, id.uuid()),
            Self::BreakGlass(id, _) => (Resource::BreakGlassAccess, id.uuid()),
        }
    }

    /// The version that the row has, and the one that was expected.
    fn versions(self, file: &CaseFile) -> Option<(i32, i32)> {
        match self {
            Self::Case(_, expected) => expected.map(|expected| (file.case.version, expected)),
            Self::Consent(_, expected) => Some((file.case.version, expected)),
            Self::Request(id, expected) => file.request(id).map(|request| (request.version, expected)),
            Self::Itinerary(id, expected) => file
                .itineraries
                .iter()
                .find(|row| row.id == id)
                .map(|row| (row.version, expected)),
            Self::Referral(id, expected) => file
                .referrals
                .iter()
                .find(|row| row.id == id)
                .map(|row| (row.version, expected)),
            Self::Package(id, expected) => file
                .packages
                .iter()
                .find(|row| row.id == id)
                .map(|row| (row.version, expected)),
            Self::BreakGlass(id, expected) => file
                .break_glass
                .iter()
                .find(|row| row.id == id)
                .map(|row| (row.version, expected)),
            Self::CashGrant(id, expected) => file
                .grants
                .iter()
                .find(|row| row.id == id)
                .map(|row| (row.version, expected)),
        }
    }

    /// Whether the row itself is within the actor's reach, its case being so.
    fn is_within_reach(self, loaded: &Loaded, actor: &Actor, uow: &UnitOfWork) -> bool {
        let (file, relation) = (&loaded.file, loaded.relation);
        let part = relation.as_party();
        let resource = self.row().0;
        if let Some(part) = part
            && !rows::relations(resource).contains(&part)
        {
            return false;
        }
        match self {
            Self::Referral(id, _) if part.is_some() => file.referrals.iter().any(|referral| {
                let own = actor.viewer.organisation;
                referral.id == id && (referral.sender == own || referral.recipient == Some(own))
            }),
            Self::Request(id, _) if relation == Relation::Consular => {
                file.request(id).is_some_and(|request| {
                    request.consular_post == actor.viewer.organisation
                        && uow.is_open_to(PartyRelation::Consular, request.ended_at)
                })
            }
            _ => true,
        }
    }
}

/// Which row a command answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// The case.
    Case,
    /// The row that the first event is about.
    Subject,
}

/// How far a decision looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    /// At the case.
    OfTheCase,
    /// At the family unit across its cases, which it holds meanwhile, and at who pays.
    OfTheFamily,
}

impl Desk {
    /// Carries out a command on a case: all of it, or nothing.
    ///
    /// A deadlock or a lost race for a key is repeated; the same key and body give the same row again.
    async fn on_case(
        &self,
        envelope: &Envelope,
        action: Action,
        target: Target,
        answer: Answer,
        decide: impl Fn(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> + Send + Sync,
    ) -> Result<Uuid, Error> {
        let means = Sight::OfTheCase;
        self.on_case_within(envelope, action, (target, means), answer, |file, _, c| {
            decide(file, c)
        })
        .await
    }

    /// The same, for a decision that may need more than the case itself.
    async fn on_case_within(
        &self,
        envelope: &Envelope,
        action: Action,
        (target, sight): (Target, Sight),
        answer: Answer,
        decide: impl Fn(CaseFile, &Means, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> + Send + Sync,
    ) -> Result<Uuid, Error> {
        let decide = &decide;
        self.once(envelope, action, move |mut uow: UnitOfWork| async move {
            let file = Self::admitted(&uow, envelope, action, target).await?;
            let directory = uow.directory().await?;
            let means = match sight {
                Sight::OfTheCase => Means::default(),
                Sight::OfTheFamily => uow.means_of(&file).await?,
            };
            let changed = decide(
                file,
                &means,
                &Circumstances {
                    now: uow.now(),
                    directory: &directory,
                    by: &envelope.actor.viewer.author(),
                },
            )?;
            uow.save(&changed, action).await?;
            let row = match (answer, changed.events().first()) {
                (Answer::Subject, Some(event)) => event.aggregate(changed.next()).1,
                _ => changed.next().case.id.uuid(),
            };
            Ok((uow, row))
        })
        .await
    }

    /// The case that a command is about, under lock, if the actor may give the command on the row that it names.
    async fn admitted(
        uow: &UnitOfWork,
        envelope: &Envelope,
        action: Action,
        target: Target,
    ) -> Result<CaseFile, Error> {
        let (resource, id) = target.row();
        let case = uow.case_of(resource, id).await?;
        let loaded = uow.load_for_update(case).await?;
        if !target.is_within_reach(&loaded, &envelope.actor, uow) {
            return Err(Error::NotFound);
        }
        if !action.permits(loaded.relation, &envelope.actor.viewer.rights) {
            return Err(Error::Forbidden);
        }
        if let Some((current, expected)) = target.versions(&loaded.file)
            && current != expected
        {
            return Err(Refusal::at(Reason::Conflict { current }, "expectedVersion").into());
        }
        Ok(loaded.file)
    }

    /// Does some work in one transaction, once per idempotency key, and wakes the recipients after the commit.
    async fn once<W, F>(&self, envelope: &Envelope, action: Action, work: W) -> Result<Uuid, Error>
    where
        W: Fn(UnitOfWork) -> F + Send + Sync,
        F: Future<Output = Result<(UnitOfWork, Uuid), Error>> + Send,
    {
        const ATTEMPTS: usize = 5;
        if envelope.key.is_empty() || envelope.key.len() > 200 {
            return Err(Refusal::at(Reason::Invalid, "idempotencyKey").into());
        }
        let mut attempt = 1;
        loop {
            match self.attempt(envelope, action, &work).await {
                Err(fault) if worth_repeating(&fault) && attempt < ATTEMPTS => attempt += 1,
                Err(Error::Refused(refusal)) => {
                    // It may be its own twin, carried out a moment ago, that the rule saw.
                    let uow = self.store.begin(envelope.actor.clone()).await?;
                    let twin = uow.replay(action, &envelope.key, &envelope.body_hash).await?;
                    return twin.ok_or(Error::Refused(refusal));
                }
                outcome => return outcome,
            }
        }
    }

    async fn attempt<W, F>(&self, envelope: &Envelope, action: Action, work: &W) -> Result<Uuid, Error>
    where
        W: Fn(UnitOfWork) -> F + Send + Sync,
        F: Future<Output = Result<(UnitOfWork, Uuid), Error>> + Send,
    {
        let uow = self.store.begin(envelope.actor.clone()).await?;
        if let Some(earlier) = uow.replay(action, &envelope.key, &envelope.body_hash).await? {
            return Ok(earlier);
        }
        let (uow, id) = work(uow).await?;
        uow.remember(action, &envelope.key, &envelope.body_hash, id)
            .await?;
        let committed = uow.commit().await?;
        self.hub.wake(&committed.recipients);
        Ok(id)
    }
}

/// Commands that begin with persons, or with what tells of them, and not with a row that is within reach.
const OF_PERSONS: &[Action] = &[
    Action::ReferCase,
    Action::OpenCase,
    Action::AdmitPostArrivalCase,
    Action::DraftMovement,
    Action::AcknowledgeNotices,
];

/// Refuses a command that a viewer's kind may never give, whatever the row, or not for the purpose that it states.
fn authorise_by_kind(envelope: &Envelope, action: Action) -> Result<(), Error> {
    let viewer = &envelope.actor.viewer;
    let relation = Relation::of_kind(viewer.kind);
    let for_that = !OF_PERSONS.contains(&action) || rows::purposes(viewer.kind).contains(&viewer.purpose);
    if for_that && action.permits(relation, &viewer.rights) {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}
