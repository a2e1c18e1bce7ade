//! The day of the departure that a consular post is told, where the journey itself is not for it.

use super::super::convert;
use super::super::reader::{ById, Reader};
use super::super::want::Want;
use crate::domain::itinerary::Itinerary;
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::lens::{Lens, Sight};
use entity::{itinerary, segment, travel_document_request};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashSet;
use uuid::Uuid;

impl Reader {
    /// The journeys that stand, of the cases of these requests, by case; nothing where no day is asked for or shown.
    pub(super) async fn standing_journeys(
        &self,
        requests: &[travel_document_request::Model],
        lenses: &ById<Lens>,
        want: Option<&Want>,
    ) -> Result<ById<Itinerary>, Error> {
        let mut standing = ById::new();
        let shown = |lens: &Lens| lens.sight(Field::RequestDeparture) != Sight::Withheld;
        let open = requests.iter().filter(|row| row.ended_at.is_none());
        let open = open.filter(|row| lenses.get(&row.case_id).is_some_and(shown));
        let cases: HashSet<Uuid> = open.map(|row| row.case_id).collect();
        if want.is_none() || cases.is_empty() {
            return Ok(standing);
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "facts of cases that are within reach already"
        )]
        let journeys = itinerary::Entity::find()
            .filter(itinerary::Column::CaseId.is_in(cases))
            .filter(itinerary::Column::EndedAt.is_null())
            .all(&self.database)
            .await?;
        let ids = journeys.iter().map(|row| row.id).collect();
        let mut flights = self
            .children::<segment::Entity>(
                segment::Column::ItineraryId,
                segment::Column::Position,
                ids,
                true,
                |flight| flight.itinerary_id,
            )
            .await?;
        for row in journeys {
            let (case, of) = (row.case_id, flights.remove(&row.id).unwrap_or_default());
            let of = of.into_iter().map(convert::segment).collect::<Result<_, _>>()?;
            let journey = convert::itinerary(row, of)?;
            if journey.state.is_live() {
                standing.insert(case, journey);
            }
        }
        Ok(standing)
    }
}
