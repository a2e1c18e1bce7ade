//! Entries of the disclosure ledger.

use super::super::nodes::{CaseNode, DisclosureNode, OrganisationNode, PersonNode};
use super::super::reader::{Assembled, Readable, Reader};
use super::super::want::Want;
use super::under;
use crate::domain::code::Code;
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::ledger::names_under;
use entity::disclosure;
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use uuid::Uuid;

impl Readable for DisclosureNode {
    type Entity = disclosure::Entity;

    fn id(row: &disclosure::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &disclosure::Model) -> Option<Uuid> {
        row.case_id
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<disclosure::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().filter_map(|row| row.case_id)).await?;
            let organisations = rows.iter().map(|row| row.organisation_id);
            let organisations = reader
                .named::<OrganisationNode>(organisations, want.of(Field::DisclosureOrganisation))
                .await?;
            let cases = rows.iter().filter_map(|row| row.case_id);
            let cases = reader
                .named::<CaseNode>(cases, want.of(Field::DisclosureCase))
                .await?;
            let persons = rows.iter().filter_map(|row| row.person_id);
            let persons = reader
                .named::<PersonNode>(persons, want.of(Field::DisclosurePerson))
                .await?;
            let clients = match want.of(Field::DisclosureClient) {
                Some(_) => {
                    let clients = rows.iter().filter_map(|row| row.client_id);
                    reader.client_names(clients).await?
                }
                None => HashMap::new(),
            };
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                // What hangs on no case is read by oversight alone.
                let lens = match row.case_id {
                    Some(case) => lenses.get(&case).copied(),
                    None => Some(reader.lens_by_kind()),
                };
                let (id, Some(lens)) = (row.id, lens) else {
                    continue;
                };
                let node = Self {
                    sequence: row.sequence,
                    at: row.disclosed_at,
                    means: word(id, "means", &row.means)?,
                    organisation: organisations.get(&row.organisation_id).cloned(),
                    client: row.client_id.and_then(|client| clients.get(&client).cloned()),
                    token: row.token,
                    purpose: word(id, "purpose", &row.purpose)?,
                    relation: word(id, "relation", &row.relation)?,
                    row: row.row_id,
                    case: row.case_id.and_then(|case| cases.get(&case).cloned()),
                    person: row.person_id.and_then(|person| persons.get(&person).cloned()),
                    shown: names_under(lens, &row.row_type, &row.shown),
                    masked: names_under(lens, &row.row_type, &row.masked),
                    row_type: row.row_type,
                    policy_version: row.policy_version,
                    request_id: row.request_id,
                    snapshot: row.snapshot_sha256,
                    hash: row.hash,
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

fn word<C: Code>(id: Uuid, column: &'static str, code: &str) -> Result<C, Error> {
    C::from_code(code).ok_or(Error::Inconsistent {
        table: "disclosures",
        column,
        id,
    })
}
