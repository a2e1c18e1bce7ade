//! Reads for one viewer: a page, some rows by id, with what hangs on them. A fixed number of statements for each relation
//! that is asked for, whatever the number of rows; each statement within the viewer's reach; every row under its lens.

use super::Store;
use super::filter::Filter;
use super::page::{Page, PageRequest};
use super::scope::{self, Governable};
use super::want::Want;
use crate::domain::code::Code;
use crate::domain::consent::{ConsentCategory, RecipientClass};
use crate::domain::party::{OrganisationKind, PartyRelation};
use crate::error::Error;
use crate::ids::ViewerIds;
use crate::policy::fields::{Access, LINES};
use crate::policy::governed::Governed;
use crate::policy::lens::{Consented, Lens};
use crate::policy::relation::Relation;
use crate::policy::rows::{Reach, Resource, reach};
use crate::policy::viewer::Viewer;
use crate::policy::windows::Windows;
use chrono::{DateTime, Utc};
use entity::{case_party, consent};
use futures_util::future::BoxFuture;
use sea_orm::sea_query::IntoCondition;
use sea_orm::{
    ColumnTrait, Condition, DatabaseConnection, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, Select,
};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Rows of one kind by their id, or by the id of their case.
pub(super) type ById<T> = HashMap<Uuid, T>;

/// Rows under their lenses, each with its id, in order.
pub(super) type Assembled<T> = Result<Vec<(Uuid, Arc<Governed<T>>)>, Error>;

/// Reads for one viewer at one moment.
pub struct Reader {
    pub(super) database: DatabaseConnection,
    viewer: Viewer,
    pub(super) ids: ViewerIds,
    pub(super) now: DateTime<Utc>,
    windows: Windows,
    lenses: Mutex<ById<Lens>>,
    pub(super) glasses: tokio::sync::OnceCell<ById<Uuid>>,
}

/// A kind of row that can be read: the table behind it, and how its rows are put together.
pub trait Readable: Sized + Send + Sync + 'static {
    /// The table.
    type Entity: Governable;

    /// The row's id.
    fn id(row: &<Self::Entity as EntityTrait>::Model) -> Uuid;

    /// The id of the row's case, for rows that hang on one.
    fn case_id(row: &<Self::Entity as EntityTrait>::Model) -> Option<Uuid>;

    /// The condition for rows on one side of the row with this id, in the listing's order.
    #[must_use]
    fn beyond(key: Uuid, greater: bool) -> Condition {
        let column = Self::Entity::id_column();
        Condition::all().add(if greater { column.gt(key) } else { column.lt(key) })
    }

    /// The columns of the listing's order; together they tell any two rows apart.
    #[must_use]
    fn listing_order() -> Vec<<Self::Entity as EntityTrait>::Column> {
        vec![Self::Entity::id_column()]
    }

    /// The column that orders the rows of one case.
    #[must_use]
    fn order_on_case() -> <Self::Entity as EntityTrait>::Column {
        Self::Entity::id_column()
    }

    /// Puts rows under their lenses, in order, with the relations that are asked for; a row without a lens is left out.
    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<<Self::Entity as EntityTrait>::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>>;
}

impl Reader {
    pub(super) fn new(store: &Store, viewer: Viewer) -> Self {
        let ids = store.ids.of(viewer.organisation);
        Self {
            database: store.reading.clone(),
            ids,
            now: store.clock.now(),
            windows: store.windows,
            viewer,
            lenses: Mutex::default(),
            glasses: tokio::sync::OnceCell::new(),
        }
    }

    /// The moment that it reads at.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The viewer that this reads for.
    #[must_use]
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// What the viewer can reach of a kind of row at that moment.
    pub(super) fn reach(&self, resource: Resource) -> Reach {
        reach(&self.viewer, resource, self.now, self.windows)
    }

    /// The row with this id, or nothing if there is none within reach.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    #[tracing::instrument(name = "read", skip_all)]
    pub async fn one<T: Readable>(&self, id: Uuid, want: &Want) -> Result<Option<Arc<Governed<T>>>, Error> {
        Ok(self.by_ids::<T>(&[id], want).await?.remove(&id))
    }

    /// A page of the rows within reach.
    ///
    /// # Errors
    ///
    /// [`Error::FieldWithheld`] where a term of the filter would reveal a field that this kind of viewer never sees in
    /// full; otherwise a term narrows the page to rows where the viewer does.
    #[tracing::instrument(name = "read", skip_all)]
    pub async fn page<T: Readable>(
        &self,
        filter: &dyn Filter,
        page: PageRequest,
        want: &Want,
    ) -> Result<Page<T>, Error> {
        let mut within = self.reach(T::Entity::RESOURCE);
        let mut condition = Condition::all();
        let persons = self.reach(Resource::Person);
        let persons = scope::within::<entity::person::Entity>(&persons);
        for term in filter.terms(&persons) {
            let narrowed = within.seeing(self.viewer.kind, &[term.field]);
            within = narrowed.ok_or(Error::FieldWithheld(term.argument))?;
            condition = condition.add(term.condition);
        }
        let select = scope::select::<T::Entity>(&within).filter(condition);
        let total = if page.count {
            Some(select.clone().count(&self.database).await?)
        } else {
            None
        };
        let forward = page.ascending != page.from_end;
        let bounds = Condition::all()
            .add_option(page.after.map(|key| T::beyond(key, page.ascending)))
            .add_option(page.before.map(|key| T::beyond(key, !page.ascending)));
        let mut select = select.filter(bounds).limit(page.limit + 1);
        for column in T::listing_order() {
            select = if forward {
                select.order_by_asc(column)
            } else {
                select.order_by_desc(column)
            };
        }
        let mut rows = self.rows::<T>(select, &within).await?;
        let more = rows.len() as u64 > page.limit;
        rows.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
        if page.from_end {
            rows.reverse();
        }
        let assembled = T::assemble(self, rows, want).await?;
        let keys = assembled.iter().map(|(id, _)| *id).collect();
        let (has_next, has_previous) = if page.from_end {
            (page.before.is_some(), more)
        } else {
            (more, page.after.is_some())
        };
        Ok(Page {
            rows: assembled.into_iter().map(|(_, row)| row).collect(),
            keys,
            has_next,
            has_previous,
            total,
        })
    }

    /// Every row within reach, in the order of making: for kinds of which there are few.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    #[tracing::instrument(name = "read", skip_all)]
    pub async fn all<T: Readable>(&self, want: &Want) -> Result<Vec<Arc<Governed<T>>>, Error> {
        let within = self.reach(T::Entity::RESOURCE);
        let select = scope::select::<T::Entity>(&within).order_by_asc(T::Entity::id_column());
        let rows = self.rows::<T>(select, &within).await?;
        let assembled = T::assemble(self, rows, want).await?;
        Ok(assembled.into_iter().map(|(_, row)| row).collect())
    }

    /// The rows with these ids, as far as they are within reach.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    #[tracing::instrument(name = "read", skip_all)]
    pub async fn some<T: Readable>(
        &self,
        ids: &[Uuid],
        want: &Want,
    ) -> Result<HashMap<Uuid, Arc<Governed<T>>>, Error> {
        self.by_ids(ids, want).await
    }

    /// The rows with these ids within reach.
    pub(super) async fn by_ids<T: Readable>(
        &self,
        ids: &[Uuid],
        want: &Want,
    ) -> Result<ById<Arc<Governed<T>>>, Error> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let within = self.reach(T::Entity::RESOURCE);
        let select = scope::select::<T::Entity>(&within).filter(T::Entity::id_column().is_in(distinct(ids)));
        let rows = self.rows::<T>(select, &within).await?;
        Ok(T::assemble(self, rows, want).await?.into_iter().collect())
    }

    /// The rows of a select; where the viewer reaches them as a party, its part comes with each, so that their lenses
    /// cost no statement of their own.
    pub(super) async fn rows<T: Readable>(
        &self,
        select: Select<T::Entity>,
        within: &Reach,
    ) -> Result<Vec<<T::Entity as EntityTrait>::Model>, Error> {
        let (Reach::OfParty(reach), Some(case_column)) = (within, T::Entity::case_column()) else {
            return Ok(select.all(&self.database).await?);
        };
        let organisation = reach.organisation.uuid();
        let part: RelationDef = T::Entity::belongs_to(case_party::Entity)
            .from(case_column)
            .to(case_party::Column::CaseId)
            .into();
        let part = part.on_condition(move |_, _| {
            case_party::Column::OrganisationId
                .eq(organisation)
                .into_condition()
        });
        let found = select
            .select_also(case_party::Entity)
            .join(JoinType::InnerJoin, part)
            .all(&self.database)
            .await?;
        let (rows, parts): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        self.learn(parts.into_iter().flatten().collect()).await?;
        Ok(rows)
    }

    /// The rows that hang on these cases, by case.
    pub(super) async fn of_cases<T: Readable>(
        &self,
        cases: &[Uuid],
        want: Option<&Want>,
    ) -> Result<ById<Vec<Arc<Governed<T>>>>, Error> {
        let (Some(want), Some(case_column), false) = (want, T::Entity::case_column(), cases.is_empty())
        else {
            return Ok(HashMap::new());
        };
        let within = self.reach(T::Entity::RESOURCE);
        let select = scope::select::<T::Entity>(&within).filter(case_column.is_in(cases.iter().copied()));
        let rows = select
            .order_by_asc(T::order_on_case())
            .all(&self.database)
            .await?;
        let case_of: ById<Uuid> = rows
            .iter()
            .filter_map(|row| T::case_id(row).map(|case| (T::id(row), case)))
            .collect();
        let mut by_case: ById<Vec<Arc<Governed<T>>>> = HashMap::new();
        for (id, row) in T::assemble(self, rows, want).await? {
            by_case.entry(case_of[&id]).or_default().push(row);
        }
        Ok(by_case)
    }

    /// The rows that other rows name, or nothing where the relation is not asked for.
    pub(super) async fn named<T: Readable>(
        &self,
        ids: impl Iterator<Item = Uuid> + Send,
        want: Option<&Want>,
    ) -> Result<ById<Arc<Governed<T>>>, Error> {
        match want {
            Some(want) => self.by_ids::<T>(&ids.collect::<Vec<_>>(), want).await,
            None => Ok(HashMap::new()),
        }
    }

    /// The lens for rows that belong to no case.
    pub(super) fn lens_by_kind(&self) -> Lens {
        let relation = Relation::of_kind(self.viewer.kind);
        let lens = Lens::new(relation, Consented::default(), self.now.date_naive());
        lens.held_with(self.viewer.rights.as_slice().into())
    }

    /// The lens for the rows of each of these cases; a case that the viewer has no part in gets none.
    pub(super) async fn lenses(&self, cases: impl Iterator<Item = Uuid> + Send) -> Result<ById<Lens>, Error> {
        let cases = distinct(&cases.collect::<Vec<_>>());
        let today = self.now.date_naive();
        if self.viewer.kind == OrganisationKind::Auditor {
            let lens = Lens::new(Relation::Oversight, Consented::default(), today);
            let lens = lens.held_with(self.viewer.rights.as_slice().into());
            let glasses = self.open_glasses().await?;
            let seen = |case: Uuid| {
                let lens = lens.through(glasses.get(&case).copied());
                (case, lens.on_case(case.into()))
            };
            return Ok(cases.into_iter().map(seen).collect());
        }
        let known = self.lenses.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let unknown: Vec<Uuid> = cases
            .into_iter()
            .filter(|case| !known.contains_key(case))
            .collect();
        if unknown.is_empty() {
            return Ok(known);
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "the viewer's own parts, which lenses are made from"
        )]
        let parts = case_party::Entity::find()
            .filter(case_party::Column::OrganisationId.eq(self.viewer.organisation.uuid()))
            .filter(case_party::Column::CaseId.is_in(unknown))
            .all(&self.database)
            .await?;
        self.learn(parts).await
    }

    /// Makes lenses from the viewer's parts in cases, and returns all that are known.
    async fn learn(&self, parts: Vec<case_party::Model>) -> Result<ById<Lens>, Error> {
        let today = self.now.date_naive();
        let known = self.lenses.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut parts = parts;
        parts.retain(|part| !known.contains_key(&part.case_id));
        if parts.is_empty() {
            return Ok(known);
        }
        let consented = self.consented(&parts).await?;
        let mut learnt = Vec::with_capacity(parts.len());
        for part in &parts {
            let relation = super::convert::party(part)?.relation;
            let consented = consented.get(&part.case_id).copied().unwrap_or_default();
            let lens = Lens::new(relation.into(), consented, today).on_case(part.case_id.into());
            learnt.push((part.case_id, lens.held_with(self.viewer.rights.as_slice().into())));
        }
        let mut lenses = self.lenses.lock().unwrap_or_else(PoisonError::into_inner);
        lenses.extend(learnt);
        Ok(lenses.clone())
    }

    /// What the persons of these cases have opened to the viewer's class for the purpose of the request; asked only where a
    /// cell of the table depends on it.
    async fn consented(&self, parts: &[case_party::Model]) -> Result<ById<Consented>, Error> {
        let mut class = None;
        let mut cases = Vec::new();
        for part in parts {
            let relation = Relation::from(super::convert::party(part)?.relation);
            let depends =
                |access: &Access| matches!(access, Access::IfConsent(_) | Access::ToStaffIfConsent(..));
            if LINES.iter().any(|line| depends(&line.cells[relation as usize])) {
                class = relation.recipient_class();
                cases.push(part.case_id);
            }
        }
        let purpose = class.and_then(|class: RecipientClass| class.purpose_for(self.viewer.purpose));
        let (Some(class), Some(purpose)) = (class, purpose) else {
            return Ok(HashMap::new());
        };
        let own = consent::Column::RecipientId.eq(self.viewer.organisation.uuid());
        let named = Condition::all().add_option(class.is_by_name().then_some(own));
        #[expect(clippy::disallowed_methods, reason = "the consents that lenses are made from")]
        let given: Vec<(Uuid, String)> = consent::Entity::find()
            .select_only()
            .columns([consent::Column::CaseId, consent::Column::Category])
            .filter(consent::Column::CaseId.is_in(distinct(&cases)))
            .filter(consent::Column::RecipientClass.eq(class.code()))
            .filter(consent::Column::Purpose.eq(purpose.code()))
            .filter(consent::Column::RevokedAt.is_null())
            .filter(named)
            .into_tuple()
            .all(&self.database)
            .await?;
        let mut consented: ById<Consented> = HashMap::new();
        for (case, category) in given {
            if let Some(category) = ConsentCategory::from_code(&category) {
                let opened = consented.entry(case).or_default();
                *opened = opened.with(category);
            }
        }
        Ok(consented)
    }

    /// The reference under which the viewer knows a case: its own for the sending mission, a pseudonym for all others.
    pub(super) fn reference(&self, case: &crate::domain::case::Case, lens: Lens) -> String {
        match lens.relation().as_party() {
            Some(PartyRelation::Sending) => case.reference.clone(),
            // Whoever returned without assistance is on a case that the receiving mission itself took in.
            Some(PartyRelation::Receiving) if case.sending_mission == self.viewer.organisation => {
                case.reference.clone()
            }
            _ => self.ids.pseudonym(case.id),
        }
    }
}

fn distinct(ids: &[Uuid]) -> Vec<Uuid> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}
