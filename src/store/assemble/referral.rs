//! Referrals.

use super::super::nodes::{CaseNode, OrganisationNode, PersonNode, ReferralNode};
use super::super::reader::{Assembled, Readable, Reader};
use super::super::want::Want;
use super::history::Histories;
use super::{parts, under};
use crate::domain::referral::Referral;
use crate::policy::fields::Field;
use crate::store::child::Child;
use entity::referral;
use futures_util::future::BoxFuture;
use uuid::Uuid;

impl Readable for ReferralNode {
    type Entity = referral::Entity;

    fn id(row: &referral::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &referral::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<referral::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let cases = rows.iter().map(|row| row.case_id);
            let cases = reader
                .named::<CaseNode>(cases, want.of(Field::ReferralCase))
                .await?;
            let senders = rows.iter().map(|row| row.sender_id);
            let senders = reader
                .named::<OrganisationNode>(senders, want.of(Field::ReferralSender))
                .await?;
            let recipients = rows.iter().filter_map(|row| row.recipient_id);
            let recipients = reader
                .named::<OrganisationNode>(recipients, want.of(Field::ReferralRecipient))
                .await?;
            let persons = rows.iter().filter_map(|row| row.person_id);
            let persons = reader
                .named::<PersonNode>(persons, want.of(Field::ReferralPerson))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .histories(Histories::OfRows, &ids, want.of(Field::ReferralHistory))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let lens = row
                    .person_id
                    .map_or(lens, |person| lens.about_person(person.into()));
                let node = Self {
                    case: cases.get(&row.case_id).cloned(),
                    sender: senders.get(&row.sender_id).cloned(),
                    recipient: row.recipient_id.and_then(|asked| recipients.get(&asked).cloned()),
                    person: row.person_id.and_then(|about| persons.get(&about).cloned()),
                    history: parts(lens, histories.remove(&id).unwrap_or_default()),
                    referral: Referral::read(row)?,
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}
