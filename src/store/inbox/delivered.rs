//! That a notice was handed over: noted once, the first time, and never on the way of an answer.

use super::super::Store;
use crate::domain::code::Code as _;
use crate::domain::notice::DeliveryChannel;
use crate::error::Error;
use crate::ids::{NoticeId, OrganisationId};
use chrono::{DateTime, Utc};
use entity::notice;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait as _, QueryFilter};

/// Most ids or places that one statement names.
const AT_ONCE: usize = 500;

/// Which notices of an inbox were handed over.
#[derive(Clone, Debug)]
pub enum Handed {
    /// These.
    Ids(Vec<NoticeId>),
    /// Those at these places.
    Places(Vec<i64>),
}

impl Store {
    /// Notes that notices were handed to their recipient by a channel; what was handed over before stays as it is.
    ///
    /// One statement for a batch, and none for what is known to be delivered: callers leave those out. It is for after an
    /// answer was given, by a task of its own.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn notices_were_delivered(
        &self,
        recipient: OrganisationId,
        handed: &Handed,
        channel: DeliveryChannel,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        match handed {
            Handed::Places(places) => {
                for some in places.chunks(AT_ONCE) {
                    let there = notice::Column::Sequence.is_in(some.iter().copied());
                    let there = Condition::all().add(there);
                    self.note(recipient, there, channel, now).await?;
                }
                Ok(())
            }
            Handed::Ids(ids) => {
                for some in ids.chunks(AT_ONCE) {
                    let named = notice::Column::Id.is_in(some.iter().map(|id| id.uuid()));
                    let named = Condition::all().add(named);
                    self.note(recipient, named, channel, now).await?;
                }
                Ok(())
            }
        }
    }

    async fn note(
        &self,
        recipient: OrganisationId,
        which: Condition,
        channel: DeliveryChannel,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        notice::Entity::update_many()
            .col_expr(notice::Column::DeliveredAt, Expr::value(now))
            .col_expr(notice::Column::DeliveredVia, Expr::value(channel.code()))
            .filter(notice::Column::RecipientId.eq(recipient.uuid()))
            .filter(which)
            .filter(notice::Column::DeliveredAt.is_null())
            .exec(&self.writing)
            .await?;
        Ok(())
    }
}
