//! Organisations, clients and jurisdictions.

use super::super::nodes::{ClientNode, JurisdictionNode, Many, OrganisationNode};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::want::Want;
use super::super::{admission, convert, documents};
use super::{parts, under};
use crate::domain::jurisdiction::Jurisdiction;
use crate::error::Error;
use crate::ids::OrganisationId;
use crate::policy::fields::Field;
use entity::{
    accreditation, client, jurisdiction, organisation, registered_document, revoked_token, transfer_agreement,
};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use uuid::Uuid;

impl Readable for OrganisationNode {
    type Entity = organisation::Entity;

    fn id(row: &organisation::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &organisation::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<organisation::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut accredited = reader
                .children::<accreditation::Entity>(
                    accreditation::Column::OrganisationId,
                    accreditation::Column::Id,
                    ids.clone(),
                    want.of(Field::OrganisationAccredited).is_some(),
                    |accreditation| accreditation.organisation_id,
                )
                .await?;
            let mut agreed = reader
                .children::<transfer_agreement::Entity>(
                    transfer_agreement::Column::OrganisationId,
                    transfer_agreement::Column::Id,
                    ids.clone(),
                    want.of(Field::OrganisationAgreements).is_some(),
                    |agreement| agreement.organisation_id,
                )
                .await?;
            let mut clients = reader
                .clients_of(&ids, want.of(Field::OrganisationClients))
                .await?;
            let mut histories = reader
                .registry_histories(&ids, want.of(Field::OrganisationHistory))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let id = row.id;
                let accreditations = accredited.remove(&id).unwrap_or_default();
                let accreditations = accreditations
                    .into_iter()
                    .map(convert::accreditation)
                    .collect::<Result<_, Error>>()?;
                let agreements = agreed.remove(&id).unwrap_or_default();
                let agreements = agreements.into_iter().map(admission::agreement).collect();
                let node = Self {
                    agreements: parts(lens, agreements),
                    organisation: convert::organisation(row)?,
                    accreditations: parts(lens, accreditations),
                    clients: clients.remove(&id).unwrap_or_default(),
                    history: histories.remove(&id).unwrap_or_default(),
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Readable for JurisdictionNode {
    type Entity = jurisdiction::Entity;

    fn id(row: &jurisdiction::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &jurisdiction::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<jurisdiction::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let jurisdictions: Vec<(Uuid, Jurisdiction)> = rows
                .iter()
                .map(|row| Ok((row.id, convert::jurisdiction(row)?)))
                .collect::<Result<_, Error>>()?;
            let all = || jurisdictions.iter().map(|(_, jurisdiction)| jurisdiction);
            let ask = all().filter_map(|jurisdiction| jurisdiction.authority_to_ask);
            let ask = reader
                .named::<OrganisationNode>(ask.map(OrganisationId::uuid), want.of(Field::JurisdictionToAsk))
                .await?;
            let tell = all().flat_map(|jurisdiction| &jurisdiction.authorities_to_tell);
            let tell = reader
                .named::<OrganisationNode>(tell.map(|id| id.uuid()), want.of(Field::JurisdictionToTell))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .registry_histories(&ids, want.of(Field::JurisdictionHistory))
                .await?;
            let nodes = jurisdictions.into_iter().map(|(id, jurisdiction)| {
                let asked = jurisdiction.authority_to_ask;
                let told = jurisdiction.authorities_to_tell.iter();
                let node = Self {
                    authority_to_ask: asked.and_then(|id| ask.get(&id.uuid()).cloned()),
                    authorities_to_tell: told.filter_map(|id| tell.get(&id.uuid()).cloned()).collect(),
                    history: histories.remove(&id).unwrap_or_default(),
                    jurisdiction,
                };
                (id, under(lens, node))
            });
            Ok(nodes.collect())
        })
    }
}

impl Readable for ClientNode {
    type Entity = client::Entity;

    fn id(row: &client::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &client::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<client::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let organisations = rows.iter().map(|row| row.organisation_id);
            let organisations = reader
                .named::<OrganisationNode>(organisations, want.of(Field::ClientOrganisation))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .registry_histories(&ids, want.of(Field::ClientHistory))
                .await?;
            let mut taken_back = reader
                .children::<revoked_token::Entity>(
                    revoked_token::Column::ClientId,
                    revoked_token::Column::Id,
                    ids.clone(),
                    want.of(Field::ClientRevokedTokens).is_some(),
                    |token| token.client_id,
                )
                .await?;
            let mut registered = reader
                .children::<registered_document::Entity>(
                    registered_document::Column::ClientId,
                    registered_document::Column::Id,
                    ids,
                    want.of(Field::ClientDocuments).is_some(),
                    |document| document.client_id,
                )
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let revoked = taken_back.remove(&row.id).unwrap_or_default();
                let revoked = revoked.into_iter().map(admission::revoked);
                let documents = registered.remove(&row.id).unwrap_or_default();
                let documents = documents.into_iter().map(documents::registered).collect();
                let node = Self {
                    revoked_tokens: parts(lens, revoked.collect::<Result<_, Error>>()?),
                    documents: parts(lens, documents),
                    documents_only: row.documents_only,
                    id: row.id.into(),
                    purposes: convert::purposes(&row)?,
                    rights: convert::rights(&row)?,
                    territory_profile: convert::territory_profile(&row)?,
                    client_id: row.client_id,
                    issuer: row.issuer,
                    tokens_not_before: row.tokens_not_before,
                    suspended_at: row.suspended_at,
                    version: row.version,
                    organisation: organisations.get(&row.organisation_id).cloned(),
                    history: histories.remove(&row.id).unwrap_or_default(),
                };
                assembled.push((row.id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Reader {
    async fn clients_of(
        &self,
        organisations: &[Uuid],
        want: Option<&Want>,
    ) -> Result<ById<Many<ClientNode>>, Error> {
        let mut by_organisation: ById<Many<ClientNode>> = HashMap::new();
        let Some(want) = want else {
            return Ok(by_organisation);
        };
        let within = self.reach(crate::policy::rows::Resource::Client);
        let rows = super::super::scope::select::<client::Entity>(&within)
            .filter(client::Column::OrganisationId.is_in(organisations.iter().copied()))
            .order_by_asc(client::Column::Id)
            .all(&self.database)
            .await?;
        let owner: ById<Uuid> = rows.iter().map(|row| (row.id, row.organisation_id)).collect();
        for (id, row) in ClientNode::assemble(self, rows, want).await? {
            by_organisation.entry(owner[&id]).or_default().push(row);
        }
        Ok(by_organisation)
    }
}
