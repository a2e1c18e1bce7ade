//! What is published of the answers of consular posts. The store keeps what it is given; what is told is decided by
//! `indicators`.

use super::publishing::Publishing;
use super::unit_of_work::FindAll;
use super::{Store, seed};
use crate::domain::code::Code;
use crate::domain::travel_document::TravelDocumentRequestState as State;
use crate::error::Error;
use crate::ids::new_id;
use chrono::{DateTime, Utc};
use entity::{
    published_answer, published_refusal, published_request, published_waiting, travel_document_request,
};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

/// A request that a post has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The request.
    pub request: Uuid,
    /// The person whom it is about.
    pub person: Uuid,
    /// When the post was asked.
    pub asked_at: DateTime<Utc>,
    /// When it answered.
    pub answered_at: DateTime<Utc>,
    /// Whether it refused.
    pub refused: bool,
}

/// The documents that a post issued in some months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedAnswer {
    /// Names what was published; nil for what is to be.
    pub id: Uuid,
    /// The post.
    pub post: Uuid,
    /// The first month, such as `2026-11`.
    pub from: String,
    /// The last month.
    pub to: String,
    /// Documents issued.
    pub documents: i64,
    /// Mean of the days from the request to the document.
    pub average_days: i64,
    /// Median of these days.
    pub median_days: i64,
}

/// How many of some answers were refusals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRefusal {
    /// The post.
    pub post: Uuid,
    /// The first month.
    pub from: String,
    /// The last month.
    pub to: String,
    /// Requests answered.
    pub answered: i64,
    /// Requests refused.
    pub refused: i64,
}

/// How many requests waited when a month ended, in one band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedWaiting {
    /// The post.
    pub post: Uuid,
    /// The band, as its code.
    pub band: String,
    /// No fewer than these.
    pub at_least: i64,
    /// No more than these.
    pub at_most: i64,
}

/// Requests that their post has answered, with a document or by refusing, before a moment.
fn answered_before(end: DateTime<Utc>) -> Condition {
    use travel_document_request::Column as C;
    Condition::all()
        .add(C::EndedAt.lt(end))
        .add(C::State.ne(State::Cancelled.code()))
}

/// Those of a post that no published answer counts.
fn untold(post: Uuid, end: DateTime<Utc>) -> Condition {
    use travel_document_request::Column as C;
    let request = (published_request::Entity, published_request::Column::RequestId);
    let told = Query::select()
        .expr(Expr::value(1))
        .from(published_request::Entity)
        .and_where(Expr::col(request).equals((travel_document_request::Entity, C::Id)))
        .take();
    answered_before(end)
        .add(C::ConsularPostId.eq(post))
        .add(Expr::exists(told).not())
}

type Row = (Uuid, Uuid, DateTime<Utc>, Option<DateTime<Utc>>, String);

async fn answered(
    select: Select<travel_document_request::Entity>,
    connection: &impl ConnectionTrait,
) -> Result<Vec<Answered>, Error> {
    use travel_document_request::Column as C;
    let rows: Vec<Row> = select
        .select_only()
        .columns([C::Id, C::PersonId, C::SubmittedAt, C::EndedAt, C::State])
        .order_by_asc(C::EndedAt)
        .order_by_asc(C::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let rows = rows
        .into_iter()
        .filter_map(|(request, person, asked_at, ended_at, state)| {
            Some(Answered {
                request,
                person,
                asked_at,
                answered_at: ended_at?,
                refused: [State::Refused, State::NationalityNotConfirmed]
                    .iter()
                    .any(|refused| refused.code() == state),
            })
        });
    Ok(rows.collect())
}

impl Publishing {
    /// The posts that were ever asked.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn posts_asked(&self) -> Result<Vec<Uuid>, Error> {
        use travel_document_request::Column as C;
        let posts = travel_document_request::Entity::find_all()
            .select_only()
            .column(C::ConsularPostId)
            .distinct()
            .order_by_asc(C::ConsularPostId)
            .into_tuple()
            .all(self.tx())
            .await?;
        Ok(posts)
    }

    /// What a post answered before a moment that was not told of, the oldest answer first.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn untold_answers(&self, post: Uuid, end: DateTime<Utc>) -> Result<Vec<Answered>, Error> {
        let select = travel_document_request::Entity::find_all().filter(untold(post, end));
        answered(select, self.tx()).await
    }

    /// What was told of a post's answers of which no share of refusals was.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn without_refusals(&self, post: Uuid) -> Result<Vec<(PublishedAnswer, Vec<Answered>)>, Error> {
        use published_answer::Column as C;
        let rows = published_answer::Entity::find_all()
            .filter(C::ConsularPostId.eq(post))
            .filter(C::RefusalId.is_null())
            .order_by_asc(C::ToMonth)
            .order_by_asc(C::Id);
        let mut waiting = Vec::new();
        for row in self.work.all(rows).await? {
            let counted = Query::select()
                .column(published_request::Column::RequestId)
                .from(published_request::Entity)
                .and_where(published_request::Column::AnswerId.eq(row.id))
                .take();
            let select = travel_document_request::Entity::find_all()
                .filter(travel_document_request::Column::Id.in_subquery(counted));
            waiting.push((row.into(), answered(select, self.tx()).await?));
        }
        Ok(waiting)
    }

    /// The last month of which something was told of a post's answers.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn told_until(&self, post: Uuid) -> Result<Option<String>, Error> {
        let last = published_answer::Entity::find_all()
            .filter(published_answer::Column::ConsularPostId.eq(post))
            .order_by_desc(published_answer::Column::ToMonth)
            .limit(1);
        Ok(self.work.all(last).await?.pop().map(|last| last.to_month))
    }

    /// Publishes documents of a post, and with them everything that it answered in the same months.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_answer(&self, answer: &PublishedAnswer, counted: &[Answered]) -> Result<(), Error> {
        let id = new_id(self.work.now);
        let row = published_answer::Model {
            id,
            consular_post_id: answer.post,
            refusal_id: None,
            from_month: answer.from.clone(),
            to_month: answer.to.clone(),
            documents: answer.documents,
            average_days: answer.average_days,
            median_days: answer.median_days,
            published_at: self.work.now,
        };
        published_answer::Entity::insert(row.into_active_model())
            .exec_without_returning(self.tx())
            .await?;
        let members = counted.iter().map(|answer| published_request::Model {
            request_id: answer.request,
            answer_id: id,
        });
        seed::insert::<published_request::Entity>(self.tx(), members).await
    }

    /// Publishes how many of some published answers were refusals.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_refusal(&self, refusal: &PublishedRefusal, answers: &[Uuid]) -> Result<(), Error> {
        let id = new_id(self.work.now);
        let row = published_refusal::Model {
            id,
            consular_post_id: refusal.post,
            from_month: refusal.from.clone(),
            to_month: refusal.to.clone(),
            answered: refusal.answered,
            refused: refusal.refused,
            published_at: self.work.now,
        };
        published_refusal::Entity::insert(row.into_active_model())
            .exec_without_returning(self.tx())
            .await?;
        published_answer::Entity::update_many()
            .col_expr(published_answer::Column::RefusalId, Expr::value(id))
            .filter(published_answer::Column::Id.is_in(answers.iter().copied()))
            .exec(self.tx())
            .await?;
        Ok(())
    }

    /// When each request that waited at a moment was made, with its post.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn waiting_at(&self, moment: DateTime<Utc>) -> Result<Vec<(Uuid, DateTime<Utc>)>, Error> {
        use travel_document_request::Column as C;
        let waiting = travel_document_request::Entity::find_all()
            .select_only()
            .columns([C::ConsularPostId, C::SubmittedAt])
            .filter(C::SubmittedAt.lt(moment))
            .filter(C::EndedAt.is_null().or(C::EndedAt.gte(moment)))
            .into_tuple()
            .all(self.tx())
            .await?;
        Ok(waiting)
    }

    /// Publishes how many requests waited when a month ended.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_waiting(&self, month: &str, waiting: Vec<PublishedWaiting>) -> Result<(), Error> {
        let rows = waiting.into_iter().map(|waiting| published_waiting::Model {
            consular_post_id: waiting.post,
            month: month.to_owned(),
            band: waiting.band,
            at_least: waiting.at_least,
            at_most: waiting.at_most,
        });
        seed::insert::<published_waiting::Entity>(self.tx(), rows).await
    }

    /// Forgets what was published of the answers of posts.
    pub(super) async fn forget_answers(&self) -> Result<(), Error> {
        published_waiting::Entity::delete_many().exec(self.tx()).await?;
        published_request::Entity::delete_many().exec(self.tx()).await?;
        published_answer::Entity::delete_many().exec(self.tx()).await?;
        published_refusal::Entity::delete_many().exec(self.tx()).await?;
        Ok(())
    }
}

impl Store {
    /// What was published of the answers of posts in months, both included; the latest first.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn published_answers(&self, from: &str, to: &str) -> Result<Vec<PublishedAnswer>, Error> {
        use published_answer::Column as C;
        let rows = published_answer::Entity::find_all()
            .filter(C::ToMonth.between(from, to))
            .order_by_desc(C::ToMonth)
            .order_by_desc(C::Id)
            .all(&self.reading)
            .await?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// What was published of refusals in months, both included; the latest first.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn published_refusals(&self, from: &str, to: &str) -> Result<Vec<PublishedRefusal>, Error> {
        use published_refusal::Column as C;
        let rows = published_refusal::Entity::find_all()
            .filter(C::ToMonth.between(from, to))
            .order_by_desc(C::ToMonth)
            .order_by_desc(C::Id)
            .all(&self.reading)
            .await?;
        let rows = rows.into_iter().map(|row| PublishedRefusal {
            post: row.consular_post_id,
            from: row.from_month,
            to: row.to_month,
            answered: row.answered,
            refused: row.refused,
        });
        Ok(rows.collect())
    }

    /// What was published of the requests that waited when a month ended.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn published_waiting(&self, month: &str) -> Result<Vec<PublishedWaiting>, Error> {
        let rows = published_waiting::Entity::find_all()
            .filter(published_waiting::Column::Month.eq(month))
            .all(&self.reading)
            .await?;
        let rows = rows.into_iter().map(|row| PublishedWaiting {
            post: row.consular_post_id,
            band: row.band,
            at_least: row.at_least,
            at_most: row.at_most,
        });
        Ok(rows.collect())
    }
}

impl From<published_answer::Model> for PublishedAnswer {
    fn from(row: published_answer::Model) -> Self {
        Self {
            id: row.id,
            post: row.consular_post_id,
            from: row.from_month,
            to: row.to_month,
            documents: row.documents,
            average_days: row.average_days,
            median_days: row.median_days,
        }
    }
}
