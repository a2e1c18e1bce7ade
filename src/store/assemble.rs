//! How the rows of each table are put together with what hangs on them.

use super::convert;
use super::nodes::{
    AcknowledgementNode, CaseNode, ClientNode, ConsentNode, GrantNode, ItemNode, ItineraryNode, Many,
    NoticeNode, One, OrganisationNode, PackageNode, PersonNode, RequestNode, TrancheNode,
};
use super::reader::{Assembled, ById, Readable, Reader};
use super::want::Want;
use crate::domain::code::Code;
use crate::domain::notice::NoticeType;
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::governed::Governed;
use crate::policy::lens::Lens;
use entity::{
    accreditation, case, cash_grant, client, consent, itinerary, notice, organisation, package_item, person,
    reintegration_package, segment, tranche, travel_document_request,
};
use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

fn take<T>(rows: &mut ById<Vec<Arc<Governed<T>>>>, case: Uuid) -> Many<T> {
    rows.remove(&case).unwrap_or_default()
}

fn under<T>(lens: Lens, row: T) -> Arc<Governed<T>> {
    Arc::new(Governed::new(row, lens))
}

/// Parts of a row that share its lens.
fn parts<T>(lens: Lens, rows: Vec<T>) -> Many<T> {
    rows.into_iter().map(|row| under(lens, row)).collect()
}

impl Reader {
    async fn person_counts(&self, cases: &[Uuid], want: Option<&Want>) -> Result<HashMap<Uuid, i64>, Error> {
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

    /// Rows of a child table by the id of their parent, in order.
    async fn children<E: EntityTrait>(
        &self,
        parent: E::Column,
        order: E::Column,
        parents: Vec<Uuid>,
        asked: bool,
        parent_of: impl Fn(&E::Model) -> Uuid,
    ) -> Result<ById<Vec<E::Model>>, Error> {
        let mut by_parent: ById<Vec<E::Model>> = HashMap::new();
        if !asked || parents.is_empty() {
            return Ok(by_parent);
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "parts of rows that are within reach already"
        )]
        let rows = E::find()
            .filter(parent.is_in(parents))
            .order_by_asc(order)
            .all(&self.database)
            .await?;
        for row in rows {
            by_parent.entry(parent_of(&row)).or_default().push(row);
        }
        Ok(by_parent)
    }
}

impl Readable for CaseNode {
    type Entity = case::Entity;

    fn id(row: &case::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &case::Model) -> Option<Uuid> {
        Some(row.id)
    }

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
            let sending = rows.iter().map(|row| row.sending_mission_id);
            let sending = reader
                .named::<OrganisationNode>(sending, want.of(Field::CaseSendingMission))
                .await?;
            let receiving = rows.iter().filter_map(|row| row.receiving_mission_id);
            let receiving = reader
                .named::<OrganisationNode>(receiving, want.of(Field::CaseReceivingMission))
                .await?;
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
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.id).copied()) else {
                    continue;
                };
                let mission: One<OrganisationNode> = sending.get(&row.sending_mission_id).cloned();
                let receiver = row
                    .receiving_mission_id
                    .and_then(|mission| receiving.get(&mission).cloned());
                let case = convert::case(row)?;
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
                    itineraries: take(&mut itineraries, id),
                    grants: take(&mut grants, id),
                    packages: take(&mut packages, id),
                    case,
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Readable for PersonNode {
    type Entity = person::Entity;

    fn id(row: &person::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &person::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn order_on_case() -> person::Column {
        person::Column::Position
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<person::Model>,
        _want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                assembled.push((
                    id,
                    under(
                        lens,
                        Self {
                            person: convert::person(row)?,
                        },
                    ),
                ));
            }
            Ok(assembled)
        })
    }
}

impl Readable for ConsentNode {
    type Entity = consent::Entity;

    fn id(row: &consent::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &consent::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<consent::Model>,
        _want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let Some(lens) = lenses.get(&row.case_id).copied() else {
                    continue;
                };
                assembled.push((
                    row.id,
                    under(
                        lens,
                        Self {
                            consent: convert::consent(&row)?,
                        },
                    ),
                ));
            }
            Ok(assembled)
        })
    }
}

impl Readable for RequestNode {
    type Entity = travel_document_request::Entity;

    fn id(row: &travel_document_request::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &travel_document_request::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<travel_document_request::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let cases = reader
                .named::<CaseNode>(rows.iter().map(|row| row.case_id), want.of(Field::RequestCase))
                .await?;
            let persons = rows.iter().map(|row| row.person_id);
            let persons = reader
                .named::<PersonNode>(persons, want.of(Field::RequestApplicant))
                .await?;
            let posts = rows.iter().map(|row| row.consular_post_id);
            let posts = reader
                .named::<OrganisationNode>(posts, want.of(Field::RequestConsularPost))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let node = Self {
                    case: cases.get(&row.case_id).cloned(),
                    applicant: persons.get(&row.person_id).cloned(),
                    consular_post: posts.get(&row.consular_post_id).cloned(),
                    request: convert::request(row)?,
                    document: None,
                };
                let document = node
                    .request
                    .document
                    .clone()
                    .map(|document| under(lens, document));
                assembled.push((id, under(lens, Self { document, ..node })));
            }
            Ok(assembled)
        })
    }
}

impl Readable for ItineraryNode {
    type Entity = itinerary::Entity;

    fn id(row: &itinerary::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &itinerary::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn order_on_case() -> itinerary::Column {
        itinerary::Column::AttemptNo
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<itinerary::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let cases = reader
                .named::<CaseNode>(rows.iter().map(|row| row.case_id), want.of(Field::ItineraryCase))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut flights = reader
                .children::<segment::Entity>(
                    segment::Column::ItineraryId,
                    segment::Column::Position,
                    ids,
                    want.of(Field::ItinerarySegments).is_some(),
                    |flight| flight.itinerary_id,
                )
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let segments = flights
                    .remove(&id)
                    .unwrap_or_default()
                    .into_iter()
                    .map(convert::segment)
                    .collect();
                let case = cases.get(&row.case_id).cloned();
                let itinerary = convert::itinerary(row, Vec::new())?;
                let node = Self {
                    // Attempts are numbered without gaps, and each replaces the one before (INV-14).
                    replaces_attempt_no: itinerary.replaces.map(|_| itinerary.attempt_no - 1),
                    segments: parts(lens, segments),
                    case,
                    itinerary,
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Readable for GrantNode {
    type Entity = cash_grant::Entity;

    fn id(row: &cash_grant::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &cash_grant::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<cash_grant::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let cases = reader
                .named::<CaseNode>(rows.iter().map(|row| row.case_id), want.of(Field::GrantCase))
                .await?;
            let payees = rows.iter().map(|row| row.person_id);
            let payees = reader
                .named::<PersonNode>(payees, want.of(Field::GrantPayee))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut payments = reader
                .children::<tranche::Entity>(
                    tranche::Column::CashGrantId,
                    tranche::Column::Number,
                    ids,
                    want.of(Field::GrantTranches).is_some(),
                    |tranche| tranche.cash_grant_id,
                )
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let (case, payee) = (
                    cases.get(&row.case_id).cloned(),
                    payees.get(&row.person_id).cloned(),
                );
                let grant = convert::grant(row, Vec::new())?;
                let currency = grant.currency();
                let tranches = payments.remove(&id).unwrap_or_default();
                let tranches = tranches.iter().map(|row| {
                    Ok(TrancheNode {
                        tranche: convert::tranche(row)?,
                        currency,
                    })
                });
                let tranches = parts(lens, tranches.collect::<Result<_, Error>>()?);
                assembled.push((
                    id,
                    under(
                        lens,
                        Self {
                            grant,
                            tranches,
                            case,
                            payee,
                        },
                    ),
                ));
            }
            Ok(assembled)
        })
    }
}

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
            let mut plans = reader
                .children::<package_item::Entity>(
                    package_item::Column::ReintegrationPackageId,
                    package_item::Column::Position,
                    ids,
                    want.of(Field::PackageItems).is_some(),
                    |item| item.reintegration_package_id,
                )
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let (case, beneficiary) = (
                    cases.get(&row.case_id).cloned(),
                    persons.get(&row.person_id).cloned(),
                );
                let package = convert::package(row, Vec::new())?;
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
                            case,
                            beneficiary,
                        },
                    ),
                ));
            }
            Ok(assembled)
        })
    }
}

impl Readable for NoticeNode {
    type Entity = notice::Entity;

    fn id(row: &notice::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &notice::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn listing_order() -> Vec<notice::Column> {
        vec![notice::Column::Sequence, notice::Column::Id]
    }

    fn beyond(key: Uuid, greater: bool) -> Condition {
        let same = Alias::new("same");
        let sequence = || {
            let of_key = Query::select()
                .column((same.clone(), notice::Column::Sequence))
                .from_as(notice::Entity, same.clone())
                .and_where(Expr::col((same.clone(), notice::Column::Id)).eq(key))
                .to_owned();
            SimpleExpr::SubQuery(None, Box::new(of_key.into()))
        };
        let (column, id) = (notice::Column::Sequence, notice::Column::Id);
        let sequence_column = || Expr::col((notice::Entity, column));
        let (farther, beside) = match greater {
            true => (sequence_column().gt(sequence()), id.gt(key)),
            false => (sequence_column().lt(sequence()), id.lt(key)),
        };
        Condition::any()
            .add(farther)
            .add(Condition::all().add(sequence_column().eq(sequence())).add(beside))
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<notice::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let cases = reader
                .named::<CaseNode>(rows.iter().map(|row| row.case_id), want.of(Field::NoticeCase))
                .await?;
            let itineraries = rows.iter().filter_map(|row| row.itinerary_id);
            let itineraries = reader
                .named::<ItineraryNode>(itineraries, want.of(Field::NoticeItinerary))
                .await?;
            let requests = rows.iter().filter_map(|row| row.travel_document_request_id);
            let requests = reader
                .named::<RequestNode>(requests, want.of(Field::NoticeRequest))
                .await?;
            let grants = rows.iter().filter_map(|row| row.cash_grant_id);
            let grants = reader
                .named::<GrantNode>(grants, want.of(Field::NoticeGrant))
                .await?;
            let newer = rows.iter().filter_map(|row| row.superseded_by_id);
            let newer = reader
                .named::<NoticeNode>(newer, want.of(Field::NoticeSupersededBy))
                .await?;
            let recipients = rows.iter().map(|row| row.recipient_id);
            let recipients = reader
                .named::<OrganisationNode>(recipients, want.of(Field::NoticeRecipient))
                .await?;
            let acknowledgers = match want.of(Field::NoticeAcknowledgement) {
                Some(_) => {
                    reader
                        .client_names(rows.iter().filter_map(|row| row.acknowledged_by))
                        .await?
                }
                None => HashMap::new(),
            };
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let kind = NoticeType::from_code(&row.kind);
                let kind = kind.ok_or(Error::Inconsistent {
                    table: "notices",
                    column: "kind",
                    id: row.id,
                })?;
                let acknowledgement = row.acknowledged_at.map(|at| {
                    let by = row
                        .acknowledged_by
                        .and_then(|client| acknowledgers.get(&client).cloned());
                    under(
                        lens,
                        AcknowledgementNode {
                            at,
                            by,
                            note: row.acknowledgement_note,
                        },
                    )
                });
                let node = Self {
                    id: row.id.into(),
                    sequence: row.sequence,
                    kind,
                    occurred_at: row.occurred_at,
                    retracted_at: row.retracted_at,
                    acknowledgement,
                    recipient: recipients.get(&row.recipient_id).cloned(),
                    case: cases.get(&row.case_id).cloned(),
                    itinerary: row.itinerary_id.and_then(|id| itineraries.get(&id).cloned()),
                    request: row
                        .travel_document_request_id
                        .and_then(|id| requests.get(&id).cloned()),
                    grant: row.cash_grant_id.and_then(|id| grants.get(&id).cloned()),
                    superseded_by: row.superseded_by_id.and_then(|id| newer.get(&id).cloned()),
                };
                assembled.push((row.id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

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
            let mut clients = reader
                .clients_of(&ids, want.of(Field::OrganisationClients))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let id = row.id;
                let accreditations = accredited.remove(&id).unwrap_or_default();
                let accreditations = accreditations
                    .into_iter()
                    .map(convert::accreditation)
                    .collect::<Result<_, Error>>()?;
                let node = Self {
                    organisation: convert::organisation(row)?,
                    accreditations: parts(lens, accreditations),
                    clients: clients.remove(&id).unwrap_or_default(),
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
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
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let node = Self {
                    id: row.id.into(),
                    purposes: convert::purposes(&row)?,
                    client_id: row.client_id,
                    suspended_at: row.suspended_at,
                    version: row.version,
                    organisation: organisations.get(&row.organisation_id).cloned(),
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
        let within = crate::policy::rows::reach(
            self.viewer(),
            crate::policy::rows::Resource::Client,
            chrono::DateTime::UNIX_EPOCH,
        );
        let rows = super::scope::select::<client::Entity>(&within)
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

    /// The public names of clients that acknowledged notices of the viewer's own inbox.
    async fn client_names(&self, ids: impl Iterator<Item = Uuid> + Send) -> Result<ById<String>, Error> {
        let ids: Vec<Uuid> = ids.collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        #[expect(clippy::disallowed_methods, reason = "names of the recipient's own clients")]
        let names: Vec<(Uuid, String)> = client::Entity::find()
            .select_only()
            .columns([client::Column::Id, client::Column::ClientId])
            .filter(client::Column::Id.is_in(ids))
            .into_tuple()
            .all(&self.database)
            .await?;
        Ok(names.into_iter().collect())
    }
}
