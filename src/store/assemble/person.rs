//! Persons and consents.

use super::super::child::Child;
use super::super::convert;
use super::super::nodes::{ConsentNode, OrganisationNode, PersonNode};
use super::super::reader::{Assembled, Readable, Reader};
use super::super::want::Want;
use super::{parts, under};
use crate::policy::fields::Field;
use entity::{consent, person};
use futures_util::future::BoxFuture;
use uuid::Uuid;

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
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut protecting = reader.protecting(&ids, want).await?;
            let under_lens = rows
                .iter()
                .filter_map(|row| Some((row.id, *lenses.get(&row.case_id)?)));
            let under_lens: Vec<_> = under_lens.collect();
            let mut photos = reader.photos(&under_lens, want.of(Field::PersonPhoto)).await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let lens = lens.about_person(id.into());
                let person = convert::person(row)?;
                let of = protecting.remove(&id).unwrap_or_default();
                let guardian = of.child.as_ref().and_then(|child| child.guardian.clone());
                let node = Self {
                    minor: person.is_minor_on(lens.today()),
                    found: of.found(&person, lens.today()),
                    vulnerability: of.vulnerability.map(|row| under(lens, row)),
                    guardian,
                    child: of.child.map(|row| under(lens, row)),
                    fitness: of.fitness.map(|row| under(lens, row)),
                    medical_note: of.medical_note,
                    requirements: parts(lens, of.requirements),
                    escorts: parts(lens, of.escorts),
                    detention: of.detention.map(|row| under(lens, row)),
                    appointments: parts(lens, of.appointments),
                    circumstances: of.circumstances.map(|row| under(lens, row)),
                    assistance: parts(lens, of.assistance),
                    photo: photos.remove(&id),
                    person,
                };
                assembled.push((id, under(lens, node)));
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
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let recipients = rows.iter().filter_map(|row| row.recipient_id);
            let recipients = reader
                .named::<OrganisationNode>(recipients, want.of(Field::ConsentRecipient))
                .await?;
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
                            recipient: row.recipient_id.and_then(|id| recipients.get(&id).cloned()),
                            consent: crate::domain::consent::Consent::read(row)?,
                        },
                    ),
                ));
            }
            Ok(assembled)
        })
    }
}
