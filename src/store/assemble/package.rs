//! Reintegration packages with their items and contacts; handovers.

use super::super::convert;
use super::super::nodes::{
    CaseNode, HandoverNode, ItemNode, Many, OrganisationNode, PackageNode, PersonNode,
};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::want::Want;
use super::funding::one_of;
use super::history::Histories;
use super::{parts, under};
use crate::domain::aftercare::{Aftercare, Handover};
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::lens::Lens;
use crate::store::child::Child;
use entity::{aftercare, handover, monitoring_contact, package_item, reintegration_package};
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use uuid::Uuid;

impl Readable for PackageNode {
    type Entity = reintegration_package::Entity;

    fn id(row: &reintegration_package::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &reintegration_package::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<reintegration_package::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let cases = reader
                .named::<CaseNode>(rows.iter().map(|row| row.case_id), want.of(Field::PackageCase))
                .await?;
            let persons = rows.iter().map(|row| row.person_id);
            let persons = reader
                .named::<PersonNode>(persons, want.of(Field::PackageBeneficiary))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .histories(Histories::OfRows, &ids, want.of(Field::PackageHistory))
                .await?;
            let mut plans = reader
                .children::<package_item::Entity>(
                    package_item::Column::ReintegrationPackageId,
                    package_item::Column::Position,
                    ids,
                    want.of(Field::PackageItems).is_some(),
                    |item| item.reintegration_package_id,
                )
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut contacts = reader
                .children::<monitoring_contact::Entity>(
                    monitoring_contact::Column::ReintegrationPackageId,
                    monitoring_contact::Column::Id,
                    ids,
                    want.of(Field::PackageContacts).is_some(),
                    |contact| contact.reintegration_package_id,
                )
                .await?;
            let projects = rows.iter().map(|row| row.funding_project_id);
            let projects = reader
                .projects_of(projects, want.of(Field::PackageProject))
                .await?;
            let keepers = rows.iter().filter_map(|row| row.transferred_to_id);
            let keepers = reader
                .named::<OrganisationNode>(keepers, want.of(Field::PackageTransferredTo))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let lens = lens.about_person(row.person_id.into());
                let (case, beneficiary) = (
                    cases.get(&row.case_id).cloned(),
                    persons.get(&row.person_id).cloned(),
                );
                let transferred_to = row
                    .transferred_to_id
                    .and_then(|mission| keepers.get(&mission).cloned());
                let followed = contacts.remove(&id).unwrap_or_default().into_iter();
                let followed = followed.map(convert::contact).collect::<Result<_, _>>()?;
                let funding_project = one_of(&projects, row.funding_project_id);
                let package = convert::package(row, Vec::new(), Vec::new())?;
                let currency = package.ceiling.currency;
                let items = plans.remove(&id).unwrap_or_default();
                let items = items.into_iter().map(|row| {
                    Ok(ItemNode {
                        item: convert::item(row)?,
                        currency,
                    })
                });
                let items = parts(lens, items.collect::<Result<_, Error>>()?);
                assembled.push((
                    id,
                    under(
                        lens,
                        Self {
                            package,
                            items,
                            contacts: parts(lens, followed),
                            transferred_to,
                            history: parts(lens, histories.remove(&id).unwrap_or_default()),
                            case,
                            beneficiary,
                            funding_project,
                        },
                    ),
                ));
            }
            Ok(assembled)
        })
    }
}

impl Reader {
    /// What is known of cases from the return on.
    pub(super) async fn aftercare_of(
        &self,
        cases: &[Uuid],
        want: Option<&Want>,
    ) -> Result<ById<Vec<aftercare::Model>>, Error> {
        let key = aftercare::Column::CaseId;
        self.children::<aftercare::Entity>(key, key, cases.to_vec(), want.is_some(), |row| row.case_id)
            .await
    }

    /// Handovers of cases under their lenses, oldest first.
    pub(super) async fn handovers_of(
        &self,
        cases: &[Uuid],
        lenses: &HashMap<Uuid, Lens>,
        want: Option<&Want>,
    ) -> Result<ById<Many<HandoverNode>>, Error> {
        let (of_case, order) = (handover::Column::CaseId, handover::Column::Id);
        let found = self
            .children::<handover::Entity>(of_case, order, cases.to_vec(), want.is_some(), |row| row.case_id)
            .await?;
        let persons = found.values().flatten().map(|row| row.person_id);
        let wanted = want.and_then(|want| want.of(Field::HandoverPerson));
        let persons = self.named::<PersonNode>(persons, wanted).await?;
        let mut handovers = HashMap::new();
        for (case, rows) in found {
            let Some(lens) = lenses.get(&case).copied() else {
                continue;
            };
            let mut nodes = Vec::with_capacity(rows.len());
            for row in rows {
                let person = persons.get(&row.person_id).cloned();
                let lens = lens.about_person(row.person_id.into());
                let handover = Handover::read(row)?;
                nodes.push(under(lens, HandoverNode { handover, person }));
            }
            handovers.insert(case, nodes);
        }
        Ok(handovers)
    }
}

/// The one row of a case, under its lens.
pub(super) fn aftercare(
    lens: Lens,
    rows: Vec<aftercare::Model>,
) -> Result<super::super::nodes::One<Aftercare>, Error> {
    let row = rows.into_iter().next().map(Aftercare::read).transpose()?;
    Ok(row.map(|row| under(lens, row)))
}
