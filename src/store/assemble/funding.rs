//! Projects with their rules, exchange rates, and family units across cases.

use super::super::convert;
use super::super::nodes::{
    ExchangeRateNode, FamilyNode, GrantRuleNode, Many, One, OrganisationNode, PersonNode, ProjectNode,
};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::scope;
use super::super::want::Want;
use super::under;
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::rows::{Reach, Resource};
use entity::{case, exchange_rate, grant_rule, project, project_mission};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

impl Readable for ProjectNode {
    type Entity = project::Entity;

    fn id(row: &project::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &project::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<project::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut served = reader
                .children::<project_mission::Entity>(
                    project_mission::Column::ProjectId,
                    project_mission::Column::OrganisationId,
                    ids.clone(),
                    want.of(Field::ProjectMissions).is_some(),
                    |served| served.project_id,
                )
                .await?;
            let named = served.values().flatten().map(|served| served.organisation_id);
            let missions = reader
                .named::<OrganisationNode>(
                    named.collect::<Vec<_>>().into_iter(),
                    want.of(Field::ProjectMissions),
                )
                .await?;
            let mut rules = reader.rules_of(&ids, want.of(Field::ProjectRules)).await?;
            let mut histories = reader
                .registry_histories(&ids, want.of(Field::ProjectHistory))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let id = row.id;
                let served = served.remove(&id).unwrap_or_default().into_iter();
                let node = Self {
                    project: convert::project(row, Vec::new())?,
                    missions: served
                        .filter_map(|served| missions.get(&served.organisation_id).cloned())
                        .collect(),
                    rules: rules.remove(&id).unwrap_or_default(),
                    history: histories.remove(&id).unwrap_or_default(),
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Readable for GrantRuleNode {
    type Entity = grant_rule::Entity;

    fn id(row: &grant_rule::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &grant_rule::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<grant_rule::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let projects = rows.iter().map(|row| row.project_id);
            let projects = reader
                .named::<ProjectNode>(projects, want.of(Field::RuleProject))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .registry_histories(&ids, want.of(Field::RuleHistory))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, project) = (row.id, projects.get(&row.project_id).cloned());
                let node = Self {
                    rule: convert::grant_rule(row)?,
                    project,
                    history: histories.remove(&id).unwrap_or_default(),
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Readable for ExchangeRateNode {
    type Entity = exchange_rate::Entity;

    fn id(row: &exchange_rate::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &exchange_rate::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<exchange_rate::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .registry_histories(&ids, want.of(Field::RateHistory))
                .await?;
            let rates = rows.into_iter().map(|row| {
                let id = row.id;
                let node = Self {
                    rate: convert::exchange_rate(row)?,
                    history: histories.remove(&id).unwrap_or_default(),
                };
                Ok((id, under(lens, node)))
            });
            rates.collect()
        })
    }
}

impl Reader {
    /// The projects that rows name, each under the lens of projects.
    pub(super) async fn projects_of(
        &self,
        ids: impl Iterator<Item = Option<Uuid>> + Send,
        want: Option<&Want>,
    ) -> Result<ById<std::sync::Arc<crate::policy::governed::Governed<ProjectNode>>>, Error> {
        let ids: Vec<Uuid> = ids.flatten().collect();
        self.named::<ProjectNode>(ids.into_iter(), want).await
    }

    async fn rules_of(
        &self,
        projects: &[Uuid],
        want: Option<&Want>,
    ) -> Result<ById<Many<GrantRuleNode>>, Error> {
        let mut by_project: ById<Many<GrantRuleNode>> = HashMap::new();
        let Some(want) = want else {
            return Ok(by_project);
        };
        // Whoever reaches the project reaches its rules.
        let rows = scope::select::<grant_rule::Entity>(&Reach::Everything)
            .filter(grant_rule::Column::ProjectId.is_in(projects.iter().copied()))
            .order_by_asc(grant_rule::Column::Id)
            .all(&self.database)
            .await?;
        let project: ById<Uuid> = rows.iter().map(|row| (row.id, row.project_id)).collect();
        for (id, row) in GrantRuleNode::assemble(self, rows, want).await? {
            by_project.entry(project[&id]).or_default().push(row);
        }
        Ok(by_project)
    }

    /// The family units of these cases, by family: how many persons each has, and those of them within reach.
    pub(super) async fn families_of(
        &self,
        rows: &[case::Model],
        want: Option<&Want>,
    ) -> Result<ById<FamilyNode>, Error> {
        let mut families: ById<FamilyNode> = HashMap::new();
        let Some(want) = want else {
            return Ok(families);
        };
        let units: Vec<Uuid> = rows.iter().filter_map(|row| row.family_id).collect();
        #[expect(
            clippy::disallowed_methods,
            reason = "the cases of families within reach, of which persons are counted and read within their own reach"
        )]
        let cases: Vec<(Uuid, Option<Uuid>)> = case::Entity::find()
            .select_only()
            .columns([case::Column::Id, case::Column::FamilyId])
            .filter(case::Column::FamilyId.is_in(units))
            .order_by_asc(case::Column::Id)
            .into_tuple()
            .all(&self.database)
            .await?;
        let ids: Vec<Uuid> = cases.iter().map(|(id, _)| *id).collect();
        let counts = self.person_counts(&ids, Some(want)).await?;
        let within = self.reach(Resource::Person);
        let mut members = match within {
            Reach::Nothing => HashMap::new(),
            _ => {
                self.of_cases::<PersonNode>(&ids, want.of(Field::FamilyMembers))
                    .await?
            }
        };
        for (id, family) in cases {
            let Some(family) = family else { continue };
            let unit = families.entry(family).or_insert_with(|| FamilyNode {
                household_size: 0,
                members: Vec::new(),
            });
            let persons = counts.get(&id).and_then(|count| i32::try_from(*count).ok());
            unit.household_size = unit.household_size.saturating_add(persons.unwrap_or(0));
            unit.members.extend(members.remove(&id).unwrap_or_default());
        }
        Ok(families)
    }
}

/// The row that a column names, if it was read.
pub(super) fn one_of<T>(
    rows: &ById<std::sync::Arc<crate::policy::governed::Governed<T>>>,
    id: Option<Uuid>,
) -> One<T> {
    id.and_then(|id| rows.get(&id).cloned())
}
