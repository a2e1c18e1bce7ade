//! Cases.

use super::super::convert;
use super::super::nodes::{
    BreakGlassNode, CaseNode, ConsentNode, GrantNode, ItineraryNode, One, OrganisationNode, PackageNode,
    PersonNode, ReferralNode, RequestNode,
};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::want::Want;
use super::funding::one_of;
use super::history::Histories;
use super::{parts, take, under};
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::governed::Governed;
use entity::{case, person};
use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Missions by their ids.
type Missions = ById<Arc<Governed<OrganisationNode>>>;

impl Readable for CaseNode {
    type Entity = case::Entity;

    fn id(row: &case::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &case::Model) -> Option<Uuid> {
        Some(row.id)
    }

    #[expect(clippy::too_many_lines, reason = "one relation after the other")]
    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<case::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let lenses = reader.lenses(ids.iter().copied()).await?;
            let counts = reader
                .person_counts(&ids, want.of(Field::CasePersonCount))
                .await?;
            let (sending, receiving) = reader.missions_of(&rows, want).await?;
            let mut persons = reader
                .of_cases::<PersonNode>(&ids, want.of(Field::CasePersons))
                .await?;
            let mut consents = reader
                .of_cases::<ConsentNode>(&ids, want.of(Field::CaseConsents))
                .await?;
            let mut requests = reader
                .of_cases::<RequestNode>(&ids, want.of(Field::CaseTravelDocuments))
                .await?;
            let mut itineraries = reader
                .of_cases::<ItineraryNode>(&ids, want.of(Field::CaseItineraries))
                .await?;
            let mut grants = reader
                .of_cases::<GrantNode>(&ids, want.of(Field::CaseCashGrants))
                .await?;
            let mut packages = reader
                .of_cases::<PackageNode>(&ids, want.of(Field::CasePackages))
                .await?;
            let mut referrals = reader
                .of_cases::<ReferralNode>(&ids, want.of(Field::CaseReferrals))
                .await?;
            let mut accesses = reader
                .of_cases::<BreakGlassNode>(&ids, want.of(Field::CaseBreakGlass))
                .await?;
            let mut surveys = reader
                .surveys_of(&ids, &lenses, want.of(Field::CaseSurveys))
                .await?;
            let mut applications = reader.applications_of(&rows, &ids, &lenses, want).await?;
            let mut histories = reader
                .histories(Histories::OfCases, &ids, want.of(Field::CaseHistory))
                .await?;
            let mut aftercare = reader.aftercare_of(&ids, want.of(Field::CaseAftercare)).await?;
            let mut handovers = reader
                .handovers_of(&ids, &lenses, want.of(Field::CaseHandovers))
                .await?;
            let mut arranged = reader.arranged(&ids, want).await?;
            let mut documents = reader
                .personal_documents(&ids, want.of(Field::CasePersonalDocuments), &lenses)
                .await?;
            let projects = rows.iter().map(|row| row.funding_project_id);
            let projects = reader
                .projects_of(projects, want.of(Field::CaseFundingProject))
                .await?;
            let mut families = reader.families_of(&rows, want.of(Field::CaseFamily)).await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.id).copied()) else {
                    continue;
                };
                let mission: One<OrganisationNode> = sending.get(&row.sending_mission_id).cloned();
                let receiver = row
                    .receiving_mission_id
                    .and_then(|mission| receiving.get(&mission).cloned());
                let project = one_of(&projects, row.funding_project_id);
                let family = row.family_id.and_then(|family| families.remove(&family));
                let case = convert::case(row)?;
                let mut application = applications.remove(&id).unwrap_or_default();
                let decision = case.application.return_decision.clone();
                application.return_decision = decision.map(|decision| under(lens, decision));
                let arranged = arranged.remove(&id).unwrap_or_default();
                let node = Self {
                    reference: reader.reference(&case, lens),
                    person_count: counts
                        .get(&id)
                        .and_then(|count| i32::try_from(*count).ok())
                        .unwrap_or(0),
                    sending_mission: mission,
                    receiving_mission: receiver,
                    persons: take(&mut persons, id),
                    consents: take(&mut consents, id),
                    requests: take(&mut requests, id),
                    personal_documents: take(&mut documents, id),
                    itineraries: take(&mut itineraries, id),
                    grants: take(&mut grants, id),
                    packages: take(&mut packages, id),
                    referrals: take(&mut referrals, id),
                    break_glass: take(&mut accesses, id),
                    clearances: parts(lens, arranged.clearances),
                    transfer: arranged.transfer.map(|transfer| under(lens, transfer)),
                    accommodations: parts(lens, arranged.accommodations),
                    briefings: parts(lens, arranged.briefings),
                    surveys: take(&mut surveys, id),
                    application,
                    history: parts(lens, histories.remove(&id).unwrap_or_default()),
                    aftercare: super::package::aftercare(lens, aftercare.remove(&id).unwrap_or_default())?,
                    handovers: take(&mut handovers, id),
                    funding_project: project,
                    family: family.map(|family| under(lens, family)),
                    case,
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Reader {
    /// The sending and the receiving missions of cases.
    async fn missions_of(&self, rows: &[case::Model], want: &Want) -> Result<(Missions, Missions), Error> {
        let sending = rows.iter().map(|row| row.sending_mission_id);
        let sending = self.named(sending, want.of(Field::CaseSendingMission)).await?;
        let receiving = rows.iter().filter_map(|row| row.receiving_mission_id);
        let receiving = self
            .named(receiving, want.of(Field::CaseReceivingMission))
            .await?;
        Ok((sending, receiving))
    }

    pub(super) async fn person_counts(
        &self,
        cases: &[Uuid],
        want: Option<&Want>,
    ) -> Result<HashMap<Uuid, i64>, Error> {
        if want.is_none() || cases.is_empty() {
            return Ok(HashMap::new());
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "a count on cases that are within reach already"
        )]
        let counts: Vec<(Uuid, i64)> = person::Entity::find()
            .select_only()
            .column(person::Column::CaseId)
            .expr(Expr::col((person::Entity, person::Column::Id)).count())
            .filter(person::Column::CaseId.is_in(cases.iter().copied()))
            .group_by(person::Column::CaseId)
            .into_tuple()
            .all(&self.database)
            .await?;
        Ok(counts.into_iter().collect())
    }
}
