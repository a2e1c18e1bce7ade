//! What hangs on travel document requests, and documents that persons hold.

use super::super::child::Child;
use super::super::nodes::{
    AttachmentNode, CustodyNode, Many, One, OrganisationNode, PersonNode, PersonalDocumentNode, SnapshotNode,
};
use super::super::reader::{ById, Reader};
use super::super::want::Want;
use super::{parts, under};
use crate::domain::party::Directory;
use crate::domain::travel_document::{
    ConsularInterview, CustodyEntry, InformationRequest, PersonalDocument,
    TravelDocumentRequestState as State,
};
use crate::error::Error;
use crate::policy::disclosure::is_still_open;
use crate::policy::fields::Field;
use crate::policy::governed::Governed;
use crate::policy::lens::Lens;
use crate::policy::relation::Relation;
use entity::{
    accreditation, case, consular_interview, custody_entry, disclosure_snapshot, information_request,
    organisation, person, personal_document, travel_document_request,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// What hangs on requests, by request.
#[derive(Default)]
pub(super) struct Around {
    pub information_requests: ById<Many<InformationRequest>>,
    pub interviews: ById<Many<ConsularInterview>>,
    pub custody: ById<Many<CustodyNode>>,
    pub snapshots: ById<Arc<Governed<SnapshotNode>>>,
    pub alternative_posts: ById<Many<OrganisationNode>>,
    pub attachments: ById<Many<AttachmentNode>>,
}

impl Reader {
    /// What is asked of all that hangs on these requests.
    pub(super) async fn around_requests(
        &self,
        requests: &[travel_document_request::Model],
        want: &Want,
        lenses: &ById<Lens>,
    ) -> Result<Around, Error> {
        let ids: Vec<Uuid> = requests.iter().map(|row| row.id).collect();
        let lens_of: ById<Lens> = requests
            .iter()
            .filter_map(|row| {
                let lens = lenses.get(&row.case_id)?;
                Some((row.id, lens.about_person(row.person_id.into())))
            })
            .collect();
        let mut around = Around::default();
        {
            use information_request::{Column, Entity};
            let asked = want.of(Field::RequestInformation).is_some();
            let of = |row: &information_request::Model| row.travel_document_request_id;
            let found = self
                .children::<Entity>(
                    Column::TravelDocumentRequestId,
                    Column::Id,
                    ids.clone(),
                    asked,
                    of,
                )
                .await?;
            for (id, lens, rows) in by_lens(found, &lens_of) {
                around.information_requests.insert(id, parts(lens, read(rows)?));
            }
        }
        {
            use consular_interview::{Column, Entity};
            let asked = want.of(Field::RequestInterviews).is_some();
            let of = |row: &consular_interview::Model| row.travel_document_request_id;
            let found = self
                .children::<Entity>(
                    Column::TravelDocumentRequestId,
                    Column::Id,
                    ids.clone(),
                    asked,
                    of,
                )
                .await?;
            for (id, lens, rows) in by_lens(found, &lens_of) {
                around.interviews.insert(id, parts(lens, read(rows)?));
            }
        }
        around.custody = self
            .custody(&ids, want.of(Field::RequestCustody), &lens_of)
            .await?;
        if want.of(Field::RequestSnapshot).is_some() {
            around.snapshots = self.snapshots(&ids, &lens_of).await?;
        }
        let under_lens: Vec<(Uuid, Lens)> = lens_of.iter().map(|(id, lens)| (*id, *lens)).collect();
        around.attachments = self
            .attachments(&under_lens, want.of(Field::RequestAttachments))
            .await?;
        if let Some(want) = want.of(Field::RequestAlternatives) {
            around.alternative_posts = self.alternative_posts(requests, want, &lens_of).await?;
        }
        Ok(around)
    }

    async fn custody(
        &self,
        requests: &[Uuid],
        want: Option<&Want>,
        lens_of: &ById<Lens>,
    ) -> Result<ById<Many<CustodyNode>>, Error> {
        use custody_entry::{Column, Entity};
        let mut custody = HashMap::new();
        let Some(want) = want else {
            return Ok(custody);
        };
        let of = |row: &custody_entry::Model| row.travel_document_request_id;
        let found = self
            .children::<Entity>(
                Column::TravelDocumentRequestId,
                Column::Id,
                requests.to_vec(),
                true,
                of,
            )
            .await?;
        let recorders = found.values().flatten().map(|row| row.recorded_by_id);
        let recorders: Vec<Uuid> = recorders.collect();
        let recorders = self
            .named::<OrganisationNode>(recorders.into_iter(), want.of(Field::CustodyRecordedBy))
            .await?;
        for (id, lens, rows) in by_lens(found, lens_of) {
            let entries: Vec<CustodyEntry> = read(rows)?;
            let entries = entries.into_iter().map(|entry| CustodyNode {
                recorded_by: recorders.get(&entry.recorded_by.uuid()).cloned(),
                entry,
            });
            custody.insert(id, parts(lens, entries.collect()));
        }
        Ok(custody)
    }

    async fn snapshots(
        &self,
        requests: &[Uuid],
        lens_of: &ById<Lens>,
    ) -> Result<ById<Arc<Governed<SnapshotNode>>>, Error> {
        #[expect(
            clippy::disallowed_methods,
            reason = "parts of rows that are within reach already"
        )]
        let rows = disclosure_snapshot::Entity::find()
            .filter(disclosure_snapshot::Column::TravelDocumentRequestId.is_in(requests.iter().copied()))
            .all(&self.database)
            .await?;
        let snapshots = rows.into_iter().filter_map(|row| {
            let lens = *lens_of.get(&row.travel_document_request_id)?;
            let open = lens.relation() != Relation::Consular || is_still_open(&row.content, lens);
            let node = SnapshotNode {
                made_at: row.made_at,
                policy_version: row.policy_version,
                content: open.then_some(row.content),
                sha256: row.sha256,
            };
            Some((row.travel_document_request_id, under(lens, node)))
        });
        Ok(snapshots.collect())
    }

    /// Other posts of the same state that are accredited today, where there is no document yet.
    async fn alternative_posts(
        &self,
        requests: &[travel_document_request::Model],
        want: &Want,
        lens_of: &ById<Lens>,
    ) -> Result<ById<Many<OrganisationNode>>, Error> {
        let asking = |row: &&travel_document_request::Model| {
            lens_of
                .get(&row.id)
                .is_some_and(|lens| lens.relation() == Relation::Sending)
        };
        let asking: Vec<_> = requests.iter().filter(asking).collect();
        if asking.is_empty() {
            return Ok(HashMap::new());
        }
        let directory = self.posts().await?;
        #[expect(
            clippy::disallowed_methods,
            reason = "facts of cases that are within reach already"
        )]
        let persons = person::Entity::find()
            .filter(person::Column::Id.is_in(asking.iter().map(|row| row.person_id)))
            .all(&self.database)
            .await?;
        #[expect(
            clippy::disallowed_methods,
            reason = "facts of cases that are within reach already"
        )]
        let cases = case::Entity::find()
            .filter(case::Column::Id.is_in(asking.iter().map(|row| row.case_id)))
            .all(&self.database)
            .await?;
        let mut others: ById<Vec<Uuid>> = HashMap::new();
        for row in asking {
            let state = super::super::convert::request(row.clone())?.state;
            let needed = !state.has_document() && state != State::Used;
            let person = persons.iter().find(|person| person.id == row.person_id);
            let case = cases.iter().find(|case| case.id == row.case_id);
            if let (true, Some(person), Some(case)) = (needed, person, case) {
                let nationality = super::super::convert::person(person.clone())?.nationality;
                let host = super::super::convert::case(case.clone())?.host_territory;
                let posts = directory.accredited_posts(nationality, host, self.now.date_naive());
                let posts = posts.into_iter().map(crate::ids::OrganisationId::uuid);
                others.insert(
                    row.id,
                    posts.filter(|post| *post != row.consular_post_id).collect(),
                );
            }
        }
        let known = self
            .named::<OrganisationNode>(
                others.values().flatten().copied().collect::<Vec<_>>().into_iter(),
                Some(want),
            )
            .await?;
        let nodes = |posts: Vec<Uuid>| posts.iter().filter_map(|post| known.get(post).cloned()).collect();
        Ok(others.into_iter().map(|(id, posts)| (id, nodes(posts))).collect())
    }

    /// Consular posts and their accreditations.
    async fn posts(&self) -> Result<Directory, Error> {
        let kind = crate::domain::party::OrganisationKind::ConsularPost;
        #[expect(clippy::disallowed_methods, reason = "the register, which everybody reads")]
        let organisations = organisation::Entity::find()
            .filter(organisation::Column::Kind.eq(kind.to_string()))
            .all(&self.database)
            .await?;
        #[expect(clippy::disallowed_methods, reason = "the register, which everybody reads")]
        let accreditations = accreditation::Entity::find().all(&self.database).await?;
        Ok(Directory {
            organisations: organisations
                .into_iter()
                .map(super::super::convert::organisation)
                .collect::<Result<_, _>>()?,
            accreditations: accreditations
                .into_iter()
                .map(super::super::convert::accreditation)
                .collect::<Result<_, _>>()?,
            ..Directory::default()
        })
    }

    /// Documents that the persons of these cases hold, by case.
    pub(super) async fn personal_documents(
        &self,
        cases: &[Uuid],
        want: Option<&Want>,
        lenses: &ById<Lens>,
    ) -> Result<ById<Many<PersonalDocumentNode>>, Error> {
        use personal_document::{Column, Entity};
        let mut documents = HashMap::new();
        let Some(want) = want else {
            return Ok(documents);
        };
        let of = |row: &personal_document::Model| row.case_id;
        let found = self
            .children::<Entity>(Column::CaseId, Column::Id, cases.to_vec(), true, of)
            .await?;
        let holders: Vec<Uuid> = found.values().flatten().map(|row| row.person_id).collect();
        let holders = self
            .named::<PersonNode>(holders.into_iter(), want.of(Field::PersonalHolder))
            .await?;
        for (id, lens, rows) in by_lens(found, lenses) {
            let records: Vec<PersonalDocument> = read(rows)?;
            let nodes = records.into_iter().map(|record| {
                let lens = lens.about_person(record.person_id);
                let holder: One<PersonNode> = holders.get(&record.person_id.uuid()).cloned();
                let node = PersonalDocumentNode {
                    document: Some(under(lens, record.document.clone())),
                    holder,
                    record,
                };
                under(lens, node)
            });
            documents.insert(id, nodes.collect());
        }
        Ok(documents)
    }
}

fn by_lens<M>(found: ById<Vec<M>>, lenses: &ById<Lens>) -> impl Iterator<Item = (Uuid, Lens, Vec<M>)> {
    let each = found.into_iter();
    each.filter_map(|(id, rows)| lenses.get(&id).map(|lens| (id, *lens, rows)))
}

fn read<C: Child>(rows: Vec<<C::Entity as EntityTrait>::Model>) -> Result<Vec<C>, Error> {
    rows.into_iter().map(C::read).collect()
}
