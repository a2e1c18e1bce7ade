//! Certificates of what was erased.

use super::super::nodes::CertificateNode;
use super::super::reader::{Assembled, Readable, Reader};
use super::super::want::Want;
use super::under;
use crate::domain::code::Code as _;
use crate::domain::retention::RetentionCategory;
use crate::error::Error;
use entity::retention_certificate;
use futures_util::future::BoxFuture;
use uuid::Uuid;

impl Readable for CertificateNode {
    type Entity = retention_certificate::Entity;

    fn id(row: &retention_certificate::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &retention_certificate::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<retention_certificate::Model>,
        _want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let category = RetentionCategory::from_code(&row.category).ok_or(Error::Inconsistent {
                    table: "retention_certificates",
                    column: "category",
                    id: row.id,
                })?;
                // Of a client and its member of staff, the member of staff.
                let by = row
                    .made_by
                    .split_once('/')
                    .map_or(row.made_by.as_str(), |(_, staff)| staff);
                let node = Self {
                    sequence: row.sequence,
                    made_at: row.made_at,
                    made_by: by.to_owned(),
                    category,
                    erased: row.erased,
                    cut_off: row.cut_off,
                    rows_sha256: row.rows_sha256,
                    previous_sha256: row.previous_sha256,
                    sha256: row.sha256,
                };
                assembled.push((row.id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}
