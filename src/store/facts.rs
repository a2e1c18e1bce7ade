//! Keeping the facts that statistics are made of: in the transaction that changes a case, and anew from the rows.

use super::child::Child;
use super::unit_of_work::FindAll;
use super::{Store, UnitOfWork, convert};
use crate::domain::case_file::CaseFile;
use crate::domain::instruments::Instruments;
use crate::domain::retention::ERASED;
use crate::domain::statistics::{Fact, Measure, Sources, facts_of};
use crate::error::Error;
use crate::ids::PersonId;
use chrono::NaiveDate;
use entity::{
    case, counselling_session, package_item, person, person_fact, reintegration_package, survey_response,
    vulnerability_assessment,
};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What a count of facts anew has found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recount {
    /// Cases that were looked at.
    pub cases: u64,
    /// Facts that hold.
    pub facts: u64,
    /// Facts that were written anew, because they were missing or different.
    pub mended: u64,
    /// Facts that hold no longer.
    pub withdrawn: u64,
}

/// A month as facts and publications write it, such as `2026-11`: its order as text is that of time.
pub(super) fn month_of(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// The row that keeps a fact which has not been published.
pub(super) fn row(fact: &Fact) -> person_fact::Model {
    person_fact::Model {
        person_id: fact.person.uuid(),
        measure: fact.measure.to_string(),
        case_id: fact.case.uuid(),
        occurred_on: fact.occurred_on,
        occurred_month: month_of(fact.occurred_on),
        met: fact.met,
        counts_case: fact.counts_case,
        project_id: fact.project.map(crate::ids::ProjectId::uuid),
        host_territory: fact.host_territory.as_str().to_owned(),
        country_of_return: fact.country_of_return.as_str().to_owned(),
        nationality: fact.nationality.as_str().to_owned(),
        sex: fact.sex.to_string(),
        age_band: fact.age_band.to_string(),
        legal_status: fact.legal_status.to_string(),
        vulnerability: fact.vulnerability.to_string(),
        return_mode: fact.return_mode.to_string(),
        withdrawn: false,
        batch_id: None,
    }
}

type Facts = BTreeMap<(PersonId, Measure), Fact>;

/// Saves what has changed of the facts of a case.
pub(super) async fn save(
    tx: &DatabaseTransaction,
    before: Option<&CaseFile>,
    next: &CaseFile,
    instruments: &Instruments,
) -> Result<(), Error> {
    let known = before.map_or_else(Facts::new, |before| facts_of(before.into(), instruments));
    let facts = facts_of(next.into(), instruments);
    let changed = facts.iter().filter(|(key, fact)| known.get(key) != Some(fact));
    write(tx, changed.map(|(_, fact)| row(fact))).await?;
    let gone = known.keys().filter(|key| !facts.contains_key(key));
    withdraw(tx, gone.copied()).await
}

/// Writes facts; what has been published with whom stays as it is.
async fn write(
    tx: &DatabaseTransaction,
    rows: impl Iterator<Item = person_fact::Model>,
) -> Result<(), Error> {
    use person_fact::Column as C;
    let rows: Vec<_> = rows.map(IntoActiveModel::into_active_model).collect();
    for some in rows.chunks(30) {
        let mut again = OnConflict::columns([C::PersonId, C::Measure]);
        again.update_columns([
            C::CaseId,
            C::OccurredOn,
            C::OccurredMonth,
            C::Met,
            C::CountsCase,
            C::ProjectId,
            C::HostTerritory,
            C::CountryOfReturn,
            C::Nationality,
            C::Sex,
            C::AgeBand,
            C::LegalStatus,
            C::Vulnerability,
            C::ReturnMode,
            C::Withdrawn,
        ]);
        person_fact::Entity::insert_many(some.iter().cloned())
            .on_conflict(again)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Marks facts as holding no longer.
async fn withdraw(
    tx: &DatabaseTransaction,
    keys: impl Iterator<Item = (PersonId, Measure)>,
) -> Result<(), Error> {
    for (person, measure) in keys {
        person_fact::Entity::update_many()
            .col_expr(person_fact::Column::Withdrawn, Expr::value(true))
            .filter(person_fact::Column::PersonId.eq(person.uuid()))
            .filter(person_fact::Column::Measure.eq(measure.to_string()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

impl Store {
    /// Counts all facts anew from the rows of the cases, some hundred cases in one transaction, and mends what differs.
    ///
    /// Whoever changes a case meanwhile keeps its facts right themselves; a case that is changed while it is counted is
    /// counted as it was or as it is then.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn recount_facts(&self) -> Result<Recount, Error> {
        let mut recount = Recount::default();
        let mut after = Uuid::nil();
        loop {
            let work = self.begin_by_time().await?;
            let cases = case::Entity::find_all()
                .filter(case::Column::Id.gt(after))
                .order_by_asc(case::Column::Id)
                .limit(400)
                .lock(sea_orm::sea_query::LockType::NoKeyUpdate);
            let cases: Vec<case::Model> = work.all(cases).await?;
            let Some(last) = cases.last() else {
                return Ok(recount);
            };
            after = last.id;
            work.recount(cases, &self.statistics.instruments, &mut recount)
                .await?;
            let _ = work.commit().await?;
        }
    }
}

/// Rows by their case.
fn by_case<C>(rows: Vec<C>, case: impl Fn(&C) -> Uuid) -> HashMap<Uuid, Vec<C>> {
    let mut by_case: HashMap<Uuid, Vec<C>> = HashMap::new();
    for row in rows {
        by_case.entry(case(&row)).or_default().push(row);
    }
    by_case
}

impl UnitOfWork {
    async fn recount(
        &self,
        cases: Vec<case::Model>,
        instruments: &Instruments,
        recount: &mut Recount,
    ) -> Result<(), Error> {
        let ids: Vec<Uuid> = cases.iter().map(|case| case.id).collect();
        let persons = person::Entity::find_all()
            .filter(person::Column::CaseId.is_in(ids.iter().copied()))
            .order_by_asc(person::Column::Position);
        let mut persons = by_case(self.all(persons).await?, |row| row.case_id);
        let items = package_item::Entity::find_all()
            .filter(package_item::Column::CaseId.is_in(ids.iter().copied()))
            .order_by_asc(package_item::Column::Position);
        let mut items = by_case(self.all(items).await?, |row| row.reintegration_package_id);
        let packages = reintegration_package::Entity::find_all()
            .filter(reintegration_package::Column::CaseId.is_in(ids.iter().copied()))
            .order_by_asc(reintegration_package::Column::Id);
        let mut packages = by_case(self.all(packages).await?, |row| row.case_id);
        macro_rules! children {
            ($table:ident) => {{
                let rows = $table::Entity::find_all()
                    .filter($table::Column::CaseId.is_in(ids.iter().copied()))
                    .order_by_asc($table::Column::Id);
                by_case(self.all(rows).await?, |row| row.case_id)
            }};
        }
        let mut sessions = children!(counselling_session);
        let mut surveys = children!(survey_response);
        let mut found = children!(vulnerability_assessment);
        let kept =
            person_fact::Entity::find_all().filter(person_fact::Column::CaseId.is_in(ids.iter().copied()));
        let mut kept = by_case(self.all(kept).await?, |row| row.case_id);
        let (mut mended, mut gone) = (Vec::new(), Vec::new());
        for row in cases {
            let id = row.id;
            let of = |rows: &mut HashMap<Uuid, Vec<person::Model>>| rows.remove(&id).unwrap_or_default();
            let persons = of(&mut persons)
                .into_iter()
                .map(convert::person)
                .collect::<Result<Vec<_>, _>>()?;
            let packages = packages
                .remove(&id)
                .unwrap_or_default()
                .into_iter()
                .map(|package| {
                    let items = items.remove(&package.id).unwrap_or_default();
                    let items = items
                        .into_iter()
                        .map(convert::item)
                        .collect::<Result<Vec<_>, _>>()?;
                    convert::package(package, items, Vec::new())
                });
            let packages = packages.collect::<Result<Vec<_>, _>>()?;
            if persons.iter().any(|person| person.family_name == ERASED) {
                // What it would follow from is gone: the facts stay as they were counted.
                continue;
            }
            let counselling = read(sessions.remove(&id))?;
            let surveys = read(surveys.remove(&id))?;
            let vulnerability = read(found.remove(&id))?;
            let case = convert::case(row)?;
            let sources = Sources {
                case: &case,
                persons: &persons,
                counselling: &counselling,
                packages: &packages,
                surveys: &surveys,
                vulnerability: &vulnerability,
            };
            let facts = facts_of(sources, instruments);
            recount.cases += 1;
            recount.facts += u64::try_from(facts.len()).unwrap_or_default();
            let mut kept: BTreeMap<(Uuid, String), person_fact::Model> = kept
                .remove(&id)
                .unwrap_or_default()
                .into_iter()
                .map(|fact| ((fact.person_id, fact.measure.clone()), fact))
                .collect();
            for fact in facts.values().map(row_of) {
                let known = kept.remove(&(fact.person_id, fact.measure.clone()));
                let same = known.is_some_and(|known| {
                    person_fact::Model {
                        batch_id: None,
                        ..known
                    } == fact
                });
                if !same {
                    mended.push(fact);
                }
            }
            gone.extend(kept.into_values().filter(|fact| !fact.withdrawn));
        }
        recount.mended += u64::try_from(mended.len()).unwrap_or_default();
        recount.withdrawn += u64::try_from(gone.len()).unwrap_or_default();
        write(&self.transaction, mended.into_iter()).await?;
        for fact in gone {
            let row = person_fact::ActiveModel {
                withdrawn: sea_orm::ActiveValue::Set(true),
                ..fact.into_active_model()
            };
            person_fact::Entity::update(row).exec(&self.transaction).await?;
        }
        Ok(())
    }
}

use row as row_of;

fn read<C: Child>(rows: Option<Vec<<C::Entity as EntityTrait>::Model>>) -> Result<Vec<C>, Error> {
    rows.unwrap_or_default().into_iter().map(C::read).collect()
}
