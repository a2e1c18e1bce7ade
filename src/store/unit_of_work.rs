//! A unit of work: what a command reads under lock and saves together. The row, its notices and its audit entries are
//! committed in one transaction, or none of them is.

use super::{Store, convert, diff, escalation, facts, inbox, ledger};
use crate::domain::case_file::CaseFile;
use crate::domain::event::DomainEvent;
use crate::domain::history::history_of;
use crate::domain::notice::{NoticeDraft, notices_of};
use crate::domain::party::{Directory, PartyRelation};
use crate::domain::registry::RegistryEvent;
use crate::domain::statistics::Rules;
use crate::domain::transition::Changed;
use crate::error::Error;
use crate::ids::{CaseId, GlobalIds, OrganisationId, new_id};
use crate::policy::actions::Action;
use crate::policy::ledger::Entry;
use crate::policy::relation::Relation;
use crate::policy::rows::{CaseFacts, Resource, reach};
use crate::policy::viewer::Viewer;
use crate::policy::windows::Windows;
use chrono::{DateTime, Utc};
use entity::{
    accreditation, audit_entry, case, idempotency_key, jurisdiction, operations_suspension, organisation,
};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use uuid::Uuid;

/// On whose behalf a unit of work is done, and for which request.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who acts.
    pub viewer: Viewer,
    /// Names the request in the log and in the audit.
    pub request_id: String,
}

/// What made a change: a command, or time alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A command.
    Command(Action),
    /// Time alone.
    Time,
}

impl Cause {
    const TIME: &'static str = "time";

    /// The command's name in the schema, or `time`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Command(action) => action.name(),
            Self::Time => Self::TIME,
        }
    }
}

impl From<Action> for Cause {
    fn from(action: Action) -> Self {
        Self::Command(action)
    }
}

/// A case file that was read under lock, with what the actor is to it.
pub struct Loaded {
    /// The case file.
    pub file: CaseFile,
    /// What the actor is to the case.
    pub relation: Relation,
}

/// What a committed unit of work leaves to do: whom to wake.
#[must_use]
pub struct Committed {
    /// Recipients with something new in their inbox, and the places that their inboxes reach to now.
    pub recipients: Vec<(OrganisationId, i64)>,
}

/// An open transaction of one command.
pub struct UnitOfWork {
    pub(super) transaction: DatabaseTransaction,
    pub(super) actor: Option<Actor>,
    pub(super) now: DateTime<Utc>,
    pub(super) windows: Windows,
    statistics: std::sync::Arc<Rules>,
    pub(super) ids: GlobalIds,
    recipients: Vec<(OrganisationId, i64)>,
    pub(super) disclosed: Vec<Entry>,
}

impl UnitOfWork {
    /// Begins for an actor, or for time itself.
    pub(super) async fn begin(store: &Store, actor: Option<Actor>) -> Result<Self, Error> {
        // A deferred transaction that turns into a writing one fails on SQLite whatever the timeout is.
        let options = TransactionOptions {
            sqlite_transaction_mode: store.is_sqlite().then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = store.writing.begin_with_options(options).await?;
        Ok(Self {
            transaction,
            actor,
            now: store.clock.now(),
            windows: store.windows,
            statistics: store.statistics.clone(),
            ids: store.ids.clone(),
            recipients: Vec::new(),
            disclosed: Vec::new(),
        })
    }

    /// The moment that everything in this unit of work happens at.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Who acts.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for time itself, which has no inbox and names no rows.
    pub fn viewer(&self) -> Result<&Viewer, Error> {
        self.actor
            .as_ref()
            .map(|actor| &actor.viewer)
            .ok_or(Error::NotFound)
    }

    /// The register of organisations and accreditations.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn directory(&self) -> Result<Directory, Error> {
        let organisations: Vec<organisation::Model> = self.all(organisation::Entity::find_all()).await?;
        let accreditations: Vec<accreditation::Model> = self.all(accreditation::Entity::find_all()).await?;
        let suspensions = operations_suspension::Entity::find_all()
            .filter(operations_suspension::Column::LiftedAt.is_null());
        let suspensions: Vec<operations_suspension::Model> = self.all(suspensions).await?;
        let jurisdictions: Vec<jurisdiction::Model> = self.all(jurisdiction::Entity::find_all()).await?;
        Ok(Directory {
            organisations: organisations
                .into_iter()
                .map(convert::organisation)
                .collect::<Result<_, _>>()?,
            accreditations: accreditations
                .into_iter()
                .map(convert::accreditation)
                .collect::<Result<_, _>>()?,
            suspensions: suspensions
                .into_iter()
                .map(convert::suspension)
                .collect::<Result<_, _>>()?,
            jurisdictions: jurisdictions
                .iter()
                .map(convert::jurisdiction)
                .collect::<Result<_, _>>()?,
        })
    }

    /// Whether something that a party had to do with, and that ended then if it has, is still within its window.
    #[must_use]
    pub fn is_open_to(&self, relation: PartyRelation, ended_at: Option<DateTime<Utc>>) -> bool {
        let length = self.windows.of(relation);
        length.is_none_or(|length| ended_at.is_none_or(|ended| ended > self.now - length))
    }

    /// Reads a case file under lock, if the actor reaches the case: whoever else wants to change it waits.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for a case that does not exist or is out of reach; faults of the database.
    #[tracing::instrument(name = "load", skip_all)]
    pub async fn load_for_update(&self, id: CaseId) -> Result<Loaded, Error> {
        let viewer = self.viewer()?;
        let file = self.file_for_update(id).await?;
        let mut parties = file.parties.iter();
        let part = parties.find(|party| party.organisation == viewer.organisation);
        let facts = CaseFacts {
            part: part.map(|party| (party.relation, party.ended_at)),
            consents: file
                .consents
                .iter()
                .filter(|consent| consent.opens_case_to(viewer.organisation, viewer.purpose))
                .map(|consent| consent.recipient_class)
                .collect(),
        };
        if !reach(viewer, Resource::Case, self.now, self.windows).admits(&facts) {
            return Err(Error::NotFound);
        }
        let relation = part.map_or(Relation::of_kind(viewer.kind), |party| party.relation.into());
        Ok(Loaded { file, relation })
    }

    /// Reads a case file under lock, whoever acts: for what time does, and for what is decided for many cases at once.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for a case that does not exist; faults of the database.
    pub async fn file_for_update(&self, id: CaseId) -> Result<CaseFile, Error> {
        let select = case::Entity::find_all()
            .filter(case::Column::Id.eq(id.uuid()))
            .lock(LockType::NoKeyUpdate);
        let row = select.one(&self.transaction).await?.ok_or(Error::NotFound)?;
        self.file(row).await
    }

    /// Saves a changed case file: its rows, its notices and its audit entries.
    ///
    /// # Errors
    ///
    /// Faults of the database; a reference that the mission has used before is refused as `ALREADY_EXISTS`.
    #[tracing::instrument(name = "save", skip_all)]
    pub async fn save(&mut self, changed: &Changed<CaseFile>, cause: impl Into<Cause>) -> Result<(), Error> {
        let cause = cause.into();
        let (before, next) = (changed.before(), changed.next());
        diff::save(&self.transaction, before, next, self.now).await?;
        facts::save(&self.transaction, before, next, &self.statistics.instruments).await?;
        self.audit(changed, cause).await?;
        let mut drafts = Vec::new();
        for event in changed.events() {
            if let DomainEvent::TravelDocumentRequested(id) = event {
                self.keep_snapshot(next, *id).await?;
            }
            drafts.extend(notices_of(event, next, self.now));
        }
        let acts = changed.events().iter().any(DomainEvent::is_on_the_way);
        if let (true, Some(actor)) = (acts, &self.actor) {
            let by = actor.viewer.organisation;
            escalation::end_acted(&self.transaction, next.case.id, by, self.now).await?;
        }
        let retracts = drafts.iter().any(|draft| draft.retracts);
        // The heads of inboxes are held last, and so for as short as possible.
        let told = inbox::append(&self.transaction, &self.ids, next.case.id, drafts, self.now).await?;
        escalation::begin(&self.transaction, next, &told, self.now).await?;
        if retracts {
            escalation::end_retracted(&self.transaction, next.case.id, self.now).await?;
        }
        self.recipients.extend(told.recipients);
        Ok(())
    }

    /// Tells what follows from no change of the case.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn tell(&mut self, case: CaseId, drafts: Vec<NoticeDraft>) -> Result<(), Error> {
        let told = inbox::append(&self.transaction, &self.ids, case, drafts, self.now).await?;
        self.recipients.extend(told.recipients);
        Ok(())
    }

    /// Writes what a change leaves in the histories of its rows: names, states and ids, never personal data.
    async fn audit(&self, changed: &Changed<CaseFile>, cause: Cause) -> Result<(), Error> {
        let case = changed.next().case.id.uuid();
        let entries = (0..).zip(history_of(changed)).map(|(place, happened)| {
            let entry = audit_entry::Model {
                case_id: Some(case),
                from_state: happened.from.map(str::to_owned),
                to_state: happened.to.map(str::to_owned),
                event: Some(happened.event.to_string()),
                reason: changed.why().map(str::to_owned),
                place,
                ..self.entry(cause, happened.aggregate, happened.id)
            };
            entry.into_active_model()
        });
        let entries: Vec<_> = entries.collect();
        if !entries.is_empty() {
            audit_entry::Entity::insert_many(entries)
                .exec_without_returning(&self.transaction)
                .await?;
        }
        Ok(())
    }

    /// Writes the audit entry of a change that belongs to no case.
    pub(super) async fn record(
        &self,
        action: Action,
        event: RegistryEvent,
        (aggregate, id): (&str, Uuid),
    ) -> Result<(), Error> {
        let entry = audit_entry::Model {
            event: Some(event.to_string()),
            ..self.entry(action.into(), aggregate, id)
        };
        self.write(entry).await
    }

    /// Writes the audit entry of a step of a row with states that belongs to no case.
    pub(super) async fn record_step(
        &self,
        (cause, event): (Cause, RegistryEvent),
        (aggregate, id): (&str, Uuid),
        (from, to): (Option<String>, String),
        reason: Option<String>,
    ) -> Result<(), Error> {
        let entry = audit_entry::Model {
            from_state: from,
            to_state: Some(to),
            event: Some(event.to_string()),
            reason,
            ..self.entry(cause, aggregate, id)
        };
        self.write(entry).await
    }

    pub(super) fn entry(&self, cause: Cause, aggregate: &str, id: Uuid) -> audit_entry::Model {
        let actor = self.actor.as_ref();
        audit_entry::Model {
            id: new_id(self.now),
            occurred_at: self.now,
            request_id: actor.map_or_else(|| Cause::TIME.to_owned(), |actor| actor.request_id.clone()),
            client_id: actor.map(|actor| actor.viewer.client.uuid()),
            organisation_id: actor.map(|actor| actor.viewer.organisation.uuid()),
            command: cause.name().to_owned(),
            aggregate: aggregate.to_owned(),
            aggregate_id: id,
            case_id: None,
            from_state: None,
            to_state: None,
            event: None,
            reason: None,
            place: 0,
        }
    }

    pub(super) async fn write(&self, entry: audit_entry::Model) -> Result<(), Error> {
        audit_entry::Entity::insert(entry.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(())
    }

    /// What an earlier command of this client with this key did, if there was one.
    ///
    /// # Errors
    ///
    /// [`Error::IdempotencyMismatch`] if the key was used with another command or body.
    pub async fn replay(&self, action: Action, key: &str, body_hash: &str) -> Result<Option<Uuid>, Error> {
        let earlier = idempotency_key::Entity::find_all()
            .filter(idempotency_key::Column::ClientId.eq(self.viewer()?.client.uuid()))
            .filter(idempotency_key::Column::Key.eq(key))
            .one(&self.transaction)
            .await?;
        match earlier {
            Some(earlier) if earlier.command == action.name() && earlier.body_hash == body_hash => {
                Ok(Some(earlier.aggregate_id))
            }
            Some(_) => Err(Error::IdempotencyMismatch),
            None => Ok(None),
        }
    }

    /// Remembers what this command did, so that the same key gives the same result.
    ///
    /// # Errors
    ///
    /// Faults of the database; another request with the same key may have been faster, then this one is to be repeated.
    pub async fn remember(
        &self,
        action: Action,
        key: &str,
        body_hash: &str,
        aggregate_id: Uuid,
    ) -> Result<(), Error> {
        let row = idempotency_key::Model {
            client_id: self.viewer()?.client.uuid(),
            key: key.to_owned(),
            command: action.name().to_owned(),
            body_hash: body_hash.to_owned(),
            aggregate_id,
            created_at: self.now,
        };
        idempotency_key::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(())
    }

    /// Commits everything that was saved.
    ///
    /// # Errors
    ///
    /// Faults of the database; then nothing was saved.
    #[tracing::instrument(name = "commit", skip_all)]
    pub async fn commit(self) -> Result<Committed, Error> {
        // The head of the ledger is held last of all, from here to the commit.
        ledger::append(&self.transaction, self.disclosed).await?;
        self.transaction.commit().await?;
        Ok(Committed {
            recipients: self.recipients,
        })
    }

    pub(super) async fn all<E: EntityTrait>(
        &self,
        select: sea_orm::Select<E>,
    ) -> Result<Vec<E::Model>, Error> {
        Ok(select.all(&self.transaction).await?)
    }
}

/// Whether a fault is one that a repetition of the whole command may mend: a deadlock, a lost race for a key.
#[must_use]
pub fn worth_repeating(error: &Error) -> bool {
    let Error::Database(cause) = error else {
        return false;
    };
    let Some(cause) = cause.downcast_ref::<sea_orm::DbErr>() else {
        return false;
    };
    if matches!(
        cause.sql_err(),
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_))
    ) {
        return true;
    }
    let text = cause.to_string();
    ["deadlock detected", "could not serialize", "database is locked"]
        .iter()
        .any(|sign| text.contains(sign))
}

/// Selects inside a unit of work, which reads what its command needs to decide and shows none of it.
pub(super) trait FindAll: EntityTrait {
    fn find_all() -> sea_orm::Select<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "a unit of work decides with whole rows, and shows none"
        )]
        Self::find()
    }
}

impl<E: EntityTrait> FindAll for E {}
