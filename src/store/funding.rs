//! Who pays: reading projects, rules and rates for a decision, and what the administration adds to them. A decision on a
//! grant holds the family unit until it is saved, so that two of them cannot both take what is left under a cap.

use super::unit_of_work::{FindAll, UnitOfWork};
use super::{convert, diff};
use crate::domain::case::CaseState;
use crate::domain::case_file::CaseFile;
use crate::domain::cash_grant::CashGrant;
use crate::domain::entitlement::{Member, Relatives, begins};
use crate::domain::funding::{ExchangeRate, Funding, GrantRule, Project};
use crate::domain::registry::RegistryEvent;
use crate::domain::steps::grants::Means;
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::{CaseId, FamilyId, GrantRuleId, OrganisationId};
use crate::policy::actions::Action;
use crate::policy::relation::Relation;
use chrono::NaiveDate;
use entity::{
    case, cash_grant, exchange_rate, family, grant_rule, organisation, person, project, project_mission,
    tranche,
};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

impl UnitOfWork {
    /// All projects, rules and rates.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn funding(&self) -> Result<Funding, Error> {
        let mut missions: HashMap<Uuid, Vec<OrganisationId>> = HashMap::new();
        for row in self.all(project_mission::Entity::find_all()).await? {
            missions
                .entry(row.project_id)
                .or_default()
                .push(row.organisation_id.into());
        }
        let projects = self.all(project::Entity::find_all()).await?.into_iter();
        let projects = projects.map(|row| {
            let missions = missions.remove(&row.id).unwrap_or_default();
            convert::project(row, missions)
        });
        let rules = self.all(grant_rule::Entity::find_all()).await?.into_iter();
        let rates = self.all(exchange_rate::Entity::find_all()).await?.into_iter();
        Ok(Funding {
            projects: projects.collect::<Result<_, _>>()?,
            rules: rules.map(convert::grant_rule).collect::<Result<_, _>>()?,
            rates: rates.map(convert::exchange_rate).collect::<Result<_, _>>()?,
        })
    }

    /// What a decision on a grant of a case needs; from here on nobody else decides on a grant of the same family.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn means_of(&self, file: &CaseFile) -> Result<Means, Error> {
        self.hold_family(file.case.family).await?;
        Ok(Means {
            relatives: self.relatives(file.case.family, file.case.id).await?,
            funding: self.funding().await?,
        })
    }

    /// The family unit of a case that the actor's own mission runs; it is held until the new member is saved.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for a case that does not exist or is not the mission's own.
    pub async fn family_of(&self, case: CaseId) -> Result<FamilyId, Error> {
        let loaded = self.load_for_update(case).await?;
        if loaded.relation != Relation::Sending {
            return Err(Error::NotFound);
        }
        let family = loaded.file.case.family;
        self.hold_family(family).await?;
        Ok(family)
    }

    async fn hold_family(&self, id: FamilyId) -> Result<(), Error> {
        let held = family::Entity::find_all()
            .filter(family::Column::Id.eq(id.uuid()))
            .lock(LockType::NoKeyUpdate);
        let missing = Error::Inconsistent {
            table: "families",
            column: "id",
            id: id.uuid(),
        };
        held.one(&self.transaction).await?.map(|_| ()).ok_or(missing)
    }

    /// What a family has in its cases, but for one of them.
    async fn relatives(&self, family: FamilyId, but: CaseId) -> Result<Relatives, Error> {
        let cases = case::Entity::find_all()
            .filter(case::Column::FamilyId.eq(family.uuid()))
            .filter(case::Column::Id.ne(but.uuid()));
        let cases = self.all(cases).await?;
        if cases.is_empty() {
            return Ok(Relatives::default());
        }
        let mut given_up: HashMap<Uuid, bool> = HashMap::new();
        for row in cases {
            let id = row.id;
            let state = convert::case(row)?.state;
            given_up.insert(id, is_given_up(state));
        }
        let ids = || given_up.keys().copied();
        let persons = person::Entity::find_all()
            .filter(person::Column::CaseId.is_in(ids()))
            .order_by_asc(person::Column::Id);
        let persons = self.all(persons).await?.into_iter();
        let members = persons.filter(|row| !given_up[&row.case_id]).map(|row| Member {
            person: row.id.into(),
            principal: row.head_of_household && begins(family, row.case_id.into()),
        });
        Ok(Relatives {
            members: members.collect(),
            grants: self.grants_of(&ids().collect::<Vec<_>>()).await?,
        })
    }

    /// The grants of these cases with their payments, oldest first.
    pub(super) async fn grants_of(&self, cases: &[Uuid]) -> Result<Vec<CashGrant>, Error> {
        let payments = tranche::Entity::find_all()
            .filter(tranche::Column::CaseId.is_in(cases.iter().copied()))
            .order_by_asc(tranche::Column::Number);
        let mut by_grant: HashMap<Uuid, Vec<_>> = HashMap::new();
        for row in self.all(payments).await? {
            by_grant
                .entry(row.cash_grant_id)
                .or_default()
                .push(convert::tranche(row)?);
        }
        let rows = cash_grant::Entity::find_all()
            .filter(cash_grant::Column::CaseId.is_in(cases.iter().copied()))
            .order_by_asc(cash_grant::Column::Id);
        let rows = self.all(rows).await?.into_iter();
        rows.map(|row| {
            let payments = by_grant.remove(&row.id).unwrap_or_default();
            convert::grant(row, payments)
        })
        .collect()
    }

    /// Adds a project.
    ///
    /// # Errors
    ///
    /// `ALREADY_EXISTS` for a code in use; [`Error::NotFound`] for a mission that does not exist.
    pub async fn add_project(&self, new: &Project) -> Result<(), Error> {
        let same = project::Entity::find_all().filter(project::Column::Code.eq(new.code.as_str()));
        if same.count(&self.transaction).await? > 0 {
            return Err(Refusal::at(Reason::AlreadyExists, "code").into());
        }
        let named: Vec<Uuid> = new.missions.iter().map(|mission| mission.uuid()).collect();
        let known =
            organisation::Entity::find_all().filter(organisation::Column::Id.is_in(named.iter().copied()));
        if known.count(&self.transaction).await? != named.len() as u64 {
            return Err(Error::NotFound);
        }
        diff::insert::<project::Entity>(&self.transaction, convert::project_row(new, self.now)).await?;
        for organisation_id in named {
            let row = project_mission::Model {
                project_id: new.id.uuid(),
                organisation_id,
            };
            diff::insert::<project_mission::Entity>(&self.transaction, row).await?;
        }
        let id = new.id.uuid();
        self.record(
            Action::RegisterProject,
            RegistryEvent::ProjectRegistered,
            ("Project", id),
        )
        .await
    }

    /// Adds a rule to a project. The project is held, so that no two rules that overlap are added at once.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for a project that does not exist; what [`GrantRule::check`] refuses.
    pub async fn add_grant_rule(&self, new: &GrantRule) -> Result<(), Error> {
        let select = project::Entity::find_all()
            .filter(project::Column::Id.eq(new.project.uuid()))
            .lock(LockType::Update);
        select.one(&self.transaction).await?.ok_or(Error::NotFound)?;
        let rules = self.all(grant_rule::Entity::find_all()).await?.into_iter();
        let rules: Vec<GrantRule> = rules.map(convert::grant_rule).collect::<Result<_, _>>()?;
        new.check(&rules)?;
        diff::insert::<grant_rule::Entity>(&self.transaction, convert::grant_rule_row(new, self.now)).await?;
        let id = new.id.uuid();
        self.record(
            Action::DefineGrantRule,
            RegistryEvent::GrantRuleDefined,
            ("GrantRule", id),
        )
        .await
    }

    /// Ends a rule: it no longer applies after a day.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; `CONFLICT`; `WRONG_STATE` for one that is ended already; `DATE_OUT_OF_ORDER`.
    pub async fn end_grant_rule(
        &self,
        id: GrantRuleId,
        expected_version: i32,
        last: NaiveDate,
    ) -> Result<(), Error> {
        let select = grant_rule::Entity::find_all()
            .filter(grant_rule::Column::Id.eq(id.uuid()))
            .lock(LockType::NoKeyUpdate);
        let row = select.one(&self.transaction).await?.ok_or(Error::NotFound)?;
        if row.version != expected_version {
            return Err(Refusal::at(Reason::Conflict { current: row.version }, "expectedVersion").into());
        }
        if row.valid_to.is_some() {
            return Err(Reason::WrongState.into());
        }
        if last < row.valid_from {
            return Err(Refusal::at(Reason::DateOutOfOrder, "validTo").into());
        }
        let ended = grant_rule::Model {
            valid_to: Some(last),
            version: row.version + 1,
            ..row
        };
        diff::replace::<grant_rule::Entity>(&self.transaction, id.uuid(), ended).await?;
        self.record(
            Action::EndGrantRule,
            RegistryEvent::GrantRuleEnded,
            ("GrantRule", id.uuid()),
        )
        .await
    }

    /// Records a rate.
    ///
    /// # Errors
    ///
    /// `ALREADY_EXISTS` where there is one of that day.
    pub async fn add_exchange_rate(&self, new: &ExchangeRate) -> Result<(), Error> {
        let same = exchange_rate::Entity::find_all()
            .filter(exchange_rate::Column::Base.eq(new.base.as_str()))
            .filter(exchange_rate::Column::Quote.eq(new.quote.as_str()))
            .filter(exchange_rate::Column::ValidOn.eq(new.valid_on));
        if same.count(&self.transaction).await? > 0 {
            return Err(Refusal::at(Reason::AlreadyExists, "validOn").into());
        }
        let row = convert::exchange_rate_row(new, self.now);
        diff::insert::<exchange_rate::Entity>(&self.transaction, row).await?;
        let id = new.id.uuid();
        self.record(
            Action::RecordExchangeRate,
            RegistryEvent::ExchangeRateRecorded,
            ("ExchangeRate", id),
        )
        .await
    }
}

/// Whether the return will not take place: its persons no longer count as members of their family unit.
fn is_given_up(state: CaseState) -> bool {
    matches!(
        state,
        CaseState::Withdrawn | CaseState::Terminated | CaseState::Expired | CaseState::Ineligible
    )
}
