//! Complaints, for those who handle them.

use super::super::convert;
use super::super::nodes::{CaseNode, ComplaintNode, OrganisationNode};
use super::super::reader::{Assembled, Readable, Reader};
use super::super::want::Want;
use super::under;
use crate::policy::fields::Field;
use entity::complaint;
use futures_util::future::BoxFuture;
use uuid::Uuid;

impl Readable for ComplaintNode {
    type Entity = complaint::Entity;

    fn id(row: &complaint::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &complaint::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<complaint::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .registry_histories(&ids, want.of(Field::ComplaintHistory))
                .await?;
            let cases = rows.iter().filter_map(|row| row.case_id);
            let cases = reader
                .named::<CaseNode>(cases, want.of(Field::ComplaintCase))
                .await?;
            let about = rows.iter().map(|row| row.about_id);
            let about = reader
                .named::<OrganisationNode>(about, want.of(Field::ComplaintAbout))
                .await?;
            let lodgers = rows.iter().map(|row| row.lodged_by_id);
            let lodgers = reader
                .named::<OrganisationNode>(lodgers, want.of(Field::ComplaintLodgedBy))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let id = row.id;
                let node = Self {
                    case: row.case_id.and_then(|case| cases.get(&case).cloned()),
                    about: about.get(&row.about_id).cloned(),
                    lodged_by: lodgers.get(&row.lodged_by_id).cloned(),
                    history: histories.remove(&id).unwrap_or_default(),
                    complaint: convert::complaint(row)?,
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}
