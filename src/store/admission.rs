//! What lets clients in: the look-up that every request begins with, the one that watches over open sockets, and the
//! commands that take tokens and agreements back.

use super::unit_of_work::FindAll;
use super::{Store, UnitOfWork, cause_of, convert};
use crate::domain::agreement::{REVOCATION_IS_KEPT, RevocationReason, RevokedToken, TransferAgreement};
use crate::domain::code::Code;
use crate::domain::registry::RegistryEvent;
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::{ClientId, OrganisationId, new_id};
use crate::policy::actions::Action;
use crate::policy::admission::RegisteredClient;
use chrono::NaiveDate;
use entity::{client, organisation, revoked_token, transfer_agreement};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoActiveModel, JoinType,
    PaginatorTrait, QueryFilter, QuerySelect, Select, SelectModel, Selector,
};
use std::collections::HashMap;
use uuid::Uuid;

/// A client with what decides on its admission.
#[derive(FromQueryResult)]
struct Found {
    #[sea_orm(nested)]
    client: client::Model,
    kind: String,
    /// Agreements that hold on the day.
    agreements: i64,
    /// Revocations of the tokens that were asked about.
    revocations: i64,
}

/// Clients with what the registry says of them on a day; of revoked tokens, those of one name or of any.
fn clients(which: Condition, jti: Option<&str>, day: NaiveDate) -> Selector<SelectModel<Found>> {
    let select: Select<client::Entity> = client::Entity::find_all();
    select
        .filter(which)
        .join(
            JoinType::InnerJoin,
            client::Entity::belongs_to(organisation::Entity)
                .from(client::Column::OrganisationId)
                .to(organisation::Column::Id)
                .into(),
        )
        .column_as(organisation::Column::Kind, "kind")
        .expr_as(counted(agreements_on(day)), "agreements")
        .expr_as(counted(revocations(jti)), "revocations")
        .into_model::<Found>()
}

fn counted(rows: SelectStatement) -> Expr {
    Expr::SubQuery(None, Box::new(rows.into()))
}

fn agreements_on(day: NaiveDate) -> SelectStatement {
    use transfer_agreement::Column as C;
    let table = transfer_agreement::Entity;
    Query::select()
        .expr(Expr::col((table, C::Id)).count())
        .from(table)
        .and_where(
            Expr::col((table, C::OrganisationId)).equals((client::Entity, client::Column::OrganisationId)),
        )
        .and_where(Expr::col((table, C::EndedAt)).is_null())
        .and_where(Expr::col((table, C::ValidFrom)).lte(day))
        .cond_where(
            Condition::any()
                .add(Expr::col((table, C::ValidTo)).is_null())
                .add(Expr::col((table, C::ValidTo)).gte(day)),
        )
        .take()
}

fn revocations(jti: Option<&str>) -> SelectStatement {
    use revoked_token::Column as C;
    let table = revoked_token::Entity;
    let mut rows = Query::select();
    rows.expr(Expr::col((table, C::Id)).count())
        .from(table)
        .and_where(Expr::col((table, C::ClientId)).equals((client::Entity, client::Column::Id)));
    if let Some(jti) = jti {
        rows.and_where(Expr::col((table, C::Jti)).eq(jti));
    }
    rows.take()
}

impl Found {
    fn registered(self, revoked: Vec<String>) -> Result<RegisteredClient, Error> {
        let row = self.client;
        Ok(RegisteredClient {
            client: row.id.into(),
            organisation: row.organisation_id.into(),
            kind: convert::organisation_kind(row.organisation_id, &self.kind)?,
            purposes: convert::purposes(&row)?,
            rights: convert::rights(&row)?,
            territory_profile: convert::territory_profile(&row)?,
            suspended: row.suspended_at.is_some(),
            under_agreement: self.agreements > 0,
            revoked,
            client_id: row.client_id,
            issuer: row.issuer,
            tokens_not_before: row.tokens_not_before,
            documents_only: row.documents_only,
        })
    }
}

impl Store {
    /// The client with this public name, whatever its tokens.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn registered_client(&self, client_id: &str) -> Result<Option<RegisteredClient>, Error> {
        // No token goes by no name.
        self.client_with_token(client_id, "").await
    }

    /// The client with this public name and whether this token of its was revoked, in one statement.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn client_with_token(
        &self,
        client_id: &str,
        jti: &str,
    ) -> Result<Option<RegisteredClient>, Error> {
        let named = Condition::all().add(client::Column::ClientId.eq(client_id));
        let found = clients(named, Some(jti), self.clock.now().date_naive());
        let Some(found) = found.one(&self.reading).await? else {
            return Ok(None);
        };
        let revoked = (found.revocations > 0).then(|| jti.to_owned());
        Ok(Some(found.registered(revoked.into_iter().collect())?))
    }

    /// Whether something may be sent to the organisation of a client by itself, today.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub(super) async fn may_tell(&self, client: ClientId) -> Result<bool, Error> {
        let which = Condition::all().add(client::Column::Id.eq(client.uuid()));
        let found = clients(which, Some(""), self.clock.now().date_naive());
        let Some(found) = found.one(&self.reading).await? else {
            return Ok(false);
        };
        Ok(found.registered(Vec::new())?.may_be_told().is_ok())
    }

    /// The clients with these public names, each with all of its revoked tokens: two statements, however many they are. One
    /// whose row cannot be read is left out, so that it keeps nobody else's from being looked at.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn clients_named(
        &self,
        names: Vec<String>,
    ) -> Result<HashMap<String, RegisteredClient>, Error> {
        let named = Condition::all().add(client::Column::ClientId.is_in(names));
        let found = clients(named, None, self.clock.now().date_naive());
        let found = found.all(&self.reading).await?;
        let affected = found.iter().filter(|found| found.revocations > 0);
        let affected: Vec<Uuid> = affected.map(|found| found.client.id).collect();
        let mut revoked: HashMap<Uuid, Vec<String>> = HashMap::new();
        if !affected.is_empty() {
            let rows = revoked_token::Entity::find_all()
                .filter(revoked_token::Column::ClientId.is_in(affected))
                .all(&self.reading)
                .await?;
            for row in rows {
                revoked.entry(row.client_id).or_default().push(row.jti);
            }
        }
        let mut named = HashMap::new();
        for found in found {
            let revoked = revoked.remove(&found.client.id).unwrap_or_default();
            match found.registered(revoked) {
                Ok(client) => drop(named.insert(client.client_id.clone(), client)),
                Err(error) => tracing::error!(cause = cause_of(&error), "a client's row cannot be read"),
            }
        }
        Ok(named)
    }
}

impl UnitOfWork {
    /// A client that is about to be changed, locked.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; `CONFLICT` for a stale version.
    pub(super) async fn client_to_change(
        &self,
        id: ClientId,
        expected_version: i32,
    ) -> Result<client::Model, Error> {
        let select = client::Entity::find_all()
            .filter(client::Column::Id.eq(id.uuid()))
            .lock(LockType::NoKeyUpdate);
        let row = select.one(&self.transaction).await?.ok_or(Error::NotFound)?;
        if row.version != expected_version {
            return Err(Reason::Conflict { current: row.version }.into());
        }
        Ok(row)
    }

    pub(super) async fn save_client(&self, changed: client::Model) -> Result<(), Error> {
        let id = changed.id;
        client::Entity::update_many()
            .set(changed.into_active_model().reset_all())
            .filter(client::Column::Id.eq(id))
            .exec(&self.transaction)
            .await?;
        Ok(())
    }

    /// Revokes every token of a client that was issued until now.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; `CONFLICT` for a stale version.
    pub async fn revoke_client_tokens(&self, id: ClientId, expected_version: i32) -> Result<(), Error> {
        let row = self.client_to_change(id, expected_version).await?;
        self.save_client(client::Model {
            tokens_not_before: Some(self.now),
            version: row.version + 1,
            ..row
        })
        .await?;
        let subject = ("Client", id.uuid());
        self.record(Action::RevokeClientTokens, RegistryEvent::TokensRevoked, subject)
            .await
    }

    /// Revokes one token of a client, and forgets revocations that nothing depends on any more.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for a client that does not exist; `ALREADY_EXISTS` for a token that was revoked before.
    pub async fn revoke_token(
        &self,
        client: ClientId,
        jti: &str,
        reason: RevocationReason,
    ) -> Result<(), Error> {
        let known = client::Entity::find_all().filter(client::Column::Id.eq(client.uuid()));
        if known.count(&self.transaction).await? == 0 {
            return Err(Error::NotFound);
        }
        revoked_token::Entity::delete_many()
            .filter(revoked_token::Column::Until.lt(self.now))
            .exec(&self.transaction)
            .await?;
        let same = revoked_token::Entity::find_all()
            .filter(revoked_token::Column::ClientId.eq(client.uuid()))
            .filter(revoked_token::Column::Jti.eq(jti));
        if same.count(&self.transaction).await? > 0 {
            return Err(Refusal::at(Reason::AlreadyExists, "jti").into());
        }
        let row = revoked_token::Model {
            id: new_id(self.now),
            client_id: client.uuid(),
            jti: jti.to_owned(),
            reason: reason.code().to_owned(),
            revoked_at: self.now,
            until: self.now + REVOCATION_IS_KEPT,
        };
        revoked_token::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        let subject = ("Client", client.uuid());
        self.record(Action::RevokeToken, RegistryEvent::TokenRevoked, subject)
            .await
    }

    pub(super) async fn insert_agreement(&self, new: &TransferAgreement) -> Result<(), Error> {
        transfer_agreement::Entity::insert(agreement_row(new, new_id(self.now)).into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(())
    }

    /// Records an agreement with an organisation.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; `CONFLICT` for a stale version; `ALREADY_EXISTS` for a reference that the organisation has.
    pub async fn record_agreement(
        &self,
        new: &TransferAgreement,
        expected_version: i32,
    ) -> Result<(), Error> {
        self.change_organisation(new.organisation, expected_version)
            .await?;
        let same = of_organisation(new.organisation, &new.reference);
        if same.count(&self.transaction).await? > 0 {
            return Err(Refusal::at(Reason::AlreadyExists, "agreement.reference").into());
        }
        self.insert_agreement(new).await?;
        let subject = ("Organisation", new.organisation.uuid());
        self.record(Action::RecordAgreement, RegistryEvent::AgreementRecorded, subject)
            .await
    }

    /// Ends an agreement with an organisation, from now on.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; `CONFLICT` for a stale version; `INVALID` for a reference that the organisation does not have;
    /// `WRONG_STATE` for an agreement that was ended before.
    pub async fn end_agreement(
        &self,
        organisation: OrganisationId,
        reference: &str,
        expected_version: i32,
    ) -> Result<(), Error> {
        self.change_organisation(organisation, expected_version).await?;
        let found = of_organisation(organisation, reference)
            .one(&self.transaction)
            .await?;
        let row = found.ok_or_else(|| Refusal::at(Reason::Invalid, "reference"))?;
        if row.ended_at.is_some() {
            return Err(Reason::WrongState.into());
        }
        transfer_agreement::Entity::update_many()
            .col_expr(transfer_agreement::Column::EndedAt, Expr::value(self.now))
            .filter(transfer_agreement::Column::Id.eq(row.id))
            .exec(&self.transaction)
            .await?;
        let subject = ("Organisation", organisation.uuid());
        self.record(Action::EndAgreement, RegistryEvent::AgreementEnded, subject)
            .await
    }

    /// Counts one more change of an organisation, which is locked until the end.
    async fn change_organisation(&self, id: OrganisationId, expected_version: i32) -> Result<(), Error> {
        let select = organisation::Entity::find_all()
            .filter(organisation::Column::Id.eq(id.uuid()))
            .lock(LockType::NoKeyUpdate);
        let row = select.one(&self.transaction).await?.ok_or(Error::NotFound)?;
        if row.version != expected_version {
            return Err(Reason::Conflict { current: row.version }.into());
        }
        organisation::Entity::update_many()
            .col_expr(organisation::Column::Version, Expr::value(row.version + 1))
            .filter(organisation::Column::Id.eq(id.uuid()))
            .exec(&self.transaction)
            .await?;
        Ok(())
    }
}

fn of_organisation(organisation: OrganisationId, reference: &str) -> Select<transfer_agreement::Entity> {
    transfer_agreement::Entity::find_all()
        .filter(transfer_agreement::Column::OrganisationId.eq(organisation.uuid()))
        .filter(transfer_agreement::Column::Reference.eq(reference))
}

pub(super) fn agreement_row(agreement: &TransferAgreement, id: Uuid) -> transfer_agreement::Model {
    transfer_agreement::Model {
        id,
        organisation_id: agreement.organisation.uuid(),
        reference: agreement.reference.clone(),
        signed_on: agreement.signed_on,
        valid_from: agreement.valid_from,
        valid_to: agreement.valid_to,
        ended_at: agreement.ended_at,
    }
}

pub(super) fn agreement(row: transfer_agreement::Model) -> TransferAgreement {
    TransferAgreement {
        organisation: row.organisation_id.into(),
        reference: row.reference,
        signed_on: row.signed_on,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        ended_at: row.ended_at,
    }
}

pub(super) fn revoked(row: revoked_token::Model) -> Result<RevokedToken, Error> {
    Ok(RevokedToken {
        reason: convert::revocation_reason(row.id, &row.reason)?,
        jti: row.jti,
        revoked_at: row.revoked_at,
    })
}
