//! Erasing what is due: which cases and requests, one in a transaction of its own, and the certificates of what was done.
//!
//! A mark says that something was erased, so a run that was broken off goes on where it stood, and two processes erase
//! nothing twice: whoever locks the case first does it. What becomes of which column is [`crate::domain::retention`]'s to say.

use super::Store;
use super::unit_of_work::{FindAll, UnitOfWork};
use crate::domain::code::Code;
use crate::domain::retention::{ERASED, Facts, RULES, RetentionCategory, Treatment};
use crate::error::Error;
use crate::ids::new_id;
use chrono::{DateTime, Utc};
use entity::{
    audit_entry, break_glass_access, case, complaint, disclosure_snapshot, retention_certificate,
    retention_mark, travel_document_request,
};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, LockType, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use uuid::Uuid;

/// What a certificate says of the run that it is made for.
pub struct Certified<'a> {
    /// The run.
    pub run: Uuid,
    /// Who made the run.
    pub by: &'a str,
    /// What was erased.
    pub category: RetentionCategory,
    /// What began to be kept by then was due.
    pub cut_off: DateTime<Utc>,
}

impl Store {
    /// Cases, or requests, of which a category is due and was not erased yet, from the smallest id after one, at most so many.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn due_for_erasure(
        &self,
        category: RetentionCategory,
        cut_off: DateTime<Utc>,
        (after, at_most): (Uuid, u64),
    ) -> Result<Vec<Uuid>, Error> {
        let rows: Vec<Uuid> = if category == RetentionCategory::Disclosures {
            use travel_document_request::{Column, Entity};
            Entity::find_all()
                .select_only()
                .column(Column::Id)
                .filter(Column::EndedAt.lte(cut_off))
                .filter(Expr::exists(words_of_a_request()))
                .filter(Column::Id.gt(after))
                .filter(unmarked((Entity, Column::Id), category))
                .order_by_asc(Column::Id)
                .limit(at_most)
                .into_tuple()
                .all(&self.reading)
                .await?
        } else if category == RetentionCategory::Complaints {
            use complaint::{Column, Entity};
            Entity::find_all()
                .select_only()
                .column(Column::Id)
                .filter(Column::EndedAt.lte(cut_off))
                .filter(Column::Id.gt(after))
                .filter(unmarked((Entity, Column::Id), category))
                .order_by_asc(Column::Id)
                .limit(at_most)
                .into_tuple()
                .all(&self.reading)
                .await?
        } else {
            case::Entity::find_all()
                .select_only()
                .column(case::Column::Id)
                .filter(began_by(category, cut_off))
                .filter(case::Column::Id.gt(after))
                .filter(unmarked((case::Entity, case::Column::Id), category))
                .order_by_asc(case::Column::Id)
                .limit(at_most)
                .into_tuple()
                .all(&self.reading)
                .await?
        };
        Ok(rows)
    }
}

impl UnitOfWork {
    /// Erases a category of one case, or of one request, if it is due and nothing keeps it back; says whether it did.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn erase(
        &self,
        category: RetentionCategory,
        row: Uuid,
        cut_off: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let Some((case, facts)) = self.facts_for_update(category, row).await? else {
            return Ok(false);
        };
        if !category.is_due(&facts, cut_off)
            || self.is_kept_back(case).await?
            || self.is_marked(category, row).await?
        {
            return Ok(false);
        }
        let mut tables: BTreeMap<&str, Vec<(&str, Treatment)>> = BTreeMap::new();
        for rule in RULES
            .iter()
            .filter(|rule| category.covers().contains(&rule.category))
        {
            tables
                .entry(rule.table)
                .or_default()
                .push((rule.column, rule.treatment));
        }
        for (table, columns) in tables {
            let key = match (category, table) {
                (RetentionCategory::Disclosures, _) => "travel_document_request_id",
                (RetentionCategory::Complaints, _) | (_, "cases") => "id",
                _ => "case_id",
            };
            let mut update = Query::update();
            update
                .table(Alias::new(table))
                .and_where(Expr::col(Alias::new(key)).eq(row));
            for (column, treatment) in columns {
                update.value(Alias::new(column), self.treated(column, treatment));
            }
            self.transaction.execute(&update).await?;
        }
        let mark = retention_mark::Model {
            row_id: row,
            category: category.to_string(),
            erased_at: self.now,
            certificate_id: None,
        };
        retention_mark::Entity::insert(mark.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(true)
    }

    /// What is left of a column.
    fn treated(&self, column: &str, treatment: Treatment) -> Expr {
        let postgres = self.transaction.get_database_backend() == DbBackend::Postgres;
        match treatment {
            Treatment::Cleared => Expr::value(Option::<String>::None),
            Treatment::Overwritten => Expr::cust(format!(
                "CASE WHEN {column} IS NULL THEN NULL ELSE '{ERASED}' END"
            )),
            Treatment::Emptied => Expr::value("[]"),
            Treatment::Blanked => Expr::value(""),
            Treatment::Year if postgres => Expr::cust(format!("date_trunc('year', {column})::date")),
            Treatment::Year => Expr::cust(format!("substr({column}, 1, 4) || '-01-01'")),
            Treatment::Burnt => Expr::value(Vec::<u8>::new()),
            Treatment::Renamed => Expr::value(format!("{ERASED}-{}", new_id(self.now).simple())),
        }
    }

    /// The case of a row under lock, and the facts that say since when the row is kept.
    async fn facts_for_update(
        &self,
        category: RetentionCategory,
        row: Uuid,
    ) -> Result<Option<(Uuid, Facts)>, Error> {
        if category == RetentionCategory::Complaints {
            let select = complaint::Entity::find_all().filter(complaint::Column::Id.eq(row));
            let found = select.lock(LockType::NoKeyUpdate).one(&self.transaction).await?;
            let facts = |found: complaint::Model| Facts {
                outcome_at: found.ended_at,
                ..Facts::default()
            };
            // It need not be about a case; where it is, it has ended.
            return Ok(found.map(|found| (found.case_id.unwrap_or_default(), facts(found))));
        }
        let request = if category == RetentionCategory::Disclosures {
            let select = travel_document_request::Entity::find_all()
                .filter(travel_document_request::Column::Id.eq(row));
            let Some(request) = select.one(&self.transaction).await? else {
                return Ok(None);
            };
            Some(request)
        } else {
            None
        };
        let case = request.as_ref().map_or(row, |request| request.case_id);
        let select = case::Entity::find_all()
            .filter(case::Column::Id.eq(case))
            .lock(LockType::NoKeyUpdate);
        let Some(found) = select.one(&self.transaction).await? else {
            return Ok(None);
        };
        let last = audit_entry::Entity::find_all()
            .filter(audit_entry::Column::CaseId.eq(case))
            .order_by_desc(audit_entry::Column::OccurredAt)
            .limit(1);
        let last = last.one(&self.transaction).await?;
        let facts = Facts {
            // Whoever returned without assistance is assisted after the arrival, and signs no application.
            signed_at: found.application_signed_at.or(found.arrived_at),
            arrived_at: found.arrived_at,
            ended_at: found.ended_at,
            last_touched: last.map(|entry| entry.occurred_at).or(Some(found.opened_at)),
            outcome_at: request.and_then(|request| request.ended_at),
        };
        Ok(Some((case, facts)))
    }

    /// Whether somebody still has to see the case: oversight has an access to it or has asked for one, or a complaint about
    /// how it was handled is open.
    async fn is_kept_back(&self, case: Uuid) -> Result<bool, Error> {
        use break_glass_access::{Column, Entity};
        let seen = Entity::find_all()
            .filter(Column::CaseId.eq(case))
            .filter(Column::EndedAt.is_null());
        let complained = complaint::Entity::find_all()
            .filter(complaint::Column::CaseId.eq(case))
            .filter(complaint::Column::EndedAt.is_null());
        Ok(
            seen.one(&self.transaction).await?.is_some()
                || complained.one(&self.transaction).await?.is_some(),
        )
    }

    async fn is_marked(&self, category: RetentionCategory, row: Uuid) -> Result<bool, Error> {
        use retention_mark::{Column, Entity};
        let select = Entity::find_all()
            .filter(Column::RowId.eq(row))
            .filter(Column::Category.eq(category.code()));
        Ok(select.one(&self.transaction).await?.is_some())
    }

    /// Certifies what was erased of a category and no certificate says yet; nothing where nothing was.
    ///
    /// # Errors
    ///
    /// Faults of the database; another run may have been faster, then this is to be repeated.
    pub async fn certify(&self, of: &Certified<'_>) -> Result<Option<Uuid>, Error> {
        let marks = retention_mark::Entity::find_all()
            .filter(retention_mark::Column::Category.eq(of.category.code()))
            .filter(retention_mark::Column::CertificateId.is_null())
            .order_by_asc(retention_mark::Column::RowId)
            .lock(LockType::Update);
        let mut rows: Vec<Uuid> = self.all(marks).await?.iter().map(|mark| mark.row_id).collect();
        if rows.is_empty() {
            return Ok(None);
        }
        rows.sort_unstable();
        let last = retention_certificate::Entity::find_all()
            .order_by_desc(retention_certificate::Column::Sequence)
            .limit(1);
        let last = last.one(&self.transaction).await?;
        let (sequence, previous) = last.map_or_else(
            || (1, "0".repeat(64)),
            |certificate| (certificate.sequence + 1, certificate.sha256),
        );
        let ids: Vec<String> = rows.iter().map(Uuid::to_string).collect();
        let mut certificate = retention_certificate::Model {
            id: new_id(self.now),
            sequence,
            run_id: of.run,
            made_at: self.now,
            made_by: of.by.to_owned(),
            category: of.category.to_string(),
            erased: i64::try_from(rows.len()).unwrap_or(i64::MAX),
            cut_off: of.cut_off,
            rows_sha256: sha256(&ids.join("\n")),
            previous_sha256: previous,
            sha256: String::new(),
        };
        certificate.sha256 = digest_of(&certificate);
        let id = certificate.id;
        retention_certificate::Entity::insert(certificate.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        for some in rows.chunks(500) {
            retention_mark::Entity::update_many()
                .col_expr(retention_mark::Column::CertificateId, Expr::value(id))
                .filter(retention_mark::Column::Category.eq(of.category.code()))
                .filter(retention_mark::Column::RowId.is_in(some.iter().copied()))
                .exec(&self.transaction)
                .await?;
        }
        Ok(Some(id))
    }
}

/// The digest of a certificate: of everything that it says, and of the certificate before it.
fn digest_of(certificate: &retention_certificate::Model) -> String {
    let seconds = |moment: DateTime<Utc>| moment.timestamp_micros().to_string();
    let words = [
        certificate.sequence.to_string(),
        certificate.id.to_string(),
        certificate.run_id.to_string(),
        seconds(certificate.made_at),
        certificate.made_by.clone(),
        certificate.category.clone(),
        certificate.erased.to_string(),
        seconds(certificate.cut_off),
        certificate.rows_sha256.clone(),
        certificate.previous_sha256.clone(),
    ];
    sha256(&words.join("\n"))
}

fn sha256(text: &str) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Cases that may be due; their facts decide once they are locked.
fn began_by(category: RetentionCategory, cut_off: DateTime<Utc>) -> Condition {
    use case::Column::{ApplicationSignedAt, ArrivedAt, EndedAt, OpenedAt};
    match category {
        RetentionCategory::Medical => Condition::any().add(ArrivedAt.lte(cut_off)).add(
            Condition::all()
                .add(ArrivedAt.is_null())
                .add(EndedAt.lte(cut_off)),
        ),
        RetentionCategory::Inquiries => {
            let since = Query::select()
                .expr(Expr::val(1))
                .from(audit_entry::Entity)
                .and_where(
                    Expr::col((audit_entry::Entity, audit_entry::Column::CaseId))
                        .equals((case::Entity, case::Column::Id)),
                )
                .and_where(audit_entry::Column::OccurredAt.gt(cut_off))
                .to_owned();
            let forgotten = Condition::all()
                .add(EndedAt.is_null())
                .add(OpenedAt.lte(cut_off))
                .add(Expr::exists(since).not());
            Condition::all()
                .add(ApplicationSignedAt.is_null())
                .add(ArrivedAt.is_null())
                .add(Condition::any().add(EndedAt.lte(cut_off)).add(forgotten))
        }
        _ => Condition::all().add(EndedAt.lte(cut_off)),
    }
}

/// Whether a snapshot of a request still has its words.
fn words_of_a_request() -> SelectStatement {
    use disclosure_snapshot::{Column, Entity};
    use travel_document_request::Entity as Request;
    Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(
            Expr::col((Entity, Column::TravelDocumentRequestId))
                .equals((Request, travel_document_request::Column::Id)),
        )
        .and_where(Expr::col((Entity, Column::Content)).ne(""))
        .to_owned()
}

/// Rows of which a category was not erased yet.
fn unmarked<E: EntityTrait>((table, id): (E, E::Column), category: RetentionCategory) -> Expr {
    use retention_mark::{Column, Entity};
    let marks = Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(Expr::col((Entity, Column::RowId)).equals((table, id)))
        .and_where(Expr::col((Entity, Column::Category)).eq(category.code()))
        .to_owned();
    Expr::exists(marks).not()
}
