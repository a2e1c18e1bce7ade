//! The journeys of the story: booked, suspended, confirmed by missions, broken off on the way.

use super::{BAGHDAD, Cast, ISTANBUL, OF_A_DEPARTURE, PRISTINA, Steps};
use crate::matrix::inboxes::About;
use crate::support::Case;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

/// When the steps of one attempt were taken, and for which day it was booked.
pub struct JourneySteps {
    pub day: NaiveDate,
    pub booked: DateTime<Utc>,
    pub ticketed: Option<DateTime<Utc>>,
    pub suspended: Option<DateTime<Utc>>,
    pub transit_confirmed: Option<DateTime<Utc>>,
    pub reception_confirmed: Option<DateTime<Utc>>,
    pub broken: Option<DateTime<Utc>>,
    pub state: &'static str,
}

impl Cast<'_> {
    pub(super) async fn a_connection_is_missed(&mut self, case: &Case, steps: &mut Steps) {
        let (istanbul, itinerary) = (self.world.mission("Istanbul"), case.itinerary(3));
        let missions = [PRISTINA, BAGHDAD];
        istanbul.lands(&itinerary, 0).await;
        self.inboxes
            .tell(&missions, "SEGMENT_LANDED", self.now(), 'A', About::Journey);
        let broken = self.now();
        istanbul
            .reports(&itinerary, 1, "MISSED_CONNECTION")
            .with("occurredAt", json!(broken))
            .await;
        steps.journeys[2].broken = Some(broken);
        self.inboxes
            .tell(&missions, "TRANSIT_INCIDENT", self.now(), 'A', About::Journey);
    }

    /// Books a journey so many days ahead, perhaps with tickets, which may be suspended again.
    pub(super) async fn journey(
        &mut self,
        case: &Case,
        (name, days): (char, u64),
        ticketed: bool,
        suspended: bool,
    ) -> JourneySteps {
        let pristina = self.pristina.clone();
        let day = self.world.today() + chrono::Days::new(days);
        let itinerary = pristina.books(case, "PRN-IST-BGW", days).await;
        self.inboxes.tell(
            &[ISTANBUL, BAGHDAD],
            "ITINERARY_BOOKED",
            self.now(),
            name,
            About::Journey,
        );
        let mut steps = JourneySteps {
            day,
            booked: self.now(),
            ticketed: None,
            suspended: None,
            transit_confirmed: None,
            reception_confirmed: None,
            broken: None,
            state: "BOOKED",
        };
        if ticketed {
            // A supervisor may let tickets be issued whatever is still to come.
            pristina
                .supervisor()
                .tickets(&itinerary)
                .with("fareBasis", "YHUMA")
                .with("cost", json!({ "amountMinor": 34_000, "currency": "EUR" }))
                .with("beforeDocument", "GROUP_DEPARTURE")
                .await;
            steps.ticketed = Some(self.now());
            steps.state = "TICKETED";
        }
        if suspended {
            pristina.suspends(&itinerary, "CARRIER_CANCELLED").await;
            steps.suspended = Some(self.now());
            steps.state = "SUSPENDED";
            self.inboxes.tell(
                &[ISTANBUL, BAGHDAD],
                "ITINERARY_SUSPENDED",
                self.now(),
                name,
                About::Journey,
            );
        }
        steps
    }

    pub(super) async fn is_ready(&mut self, case: &Case, name: char, steps: &mut Steps) {
        let number = steps.journeys.len();
        let itinerary = case.itinerary(number);
        let journey = &mut steps.journeys[number - 1];
        let (istanbul, baghdad) = (self.world.mission("Istanbul"), self.world.mission("Baghdad"));
        let about = About::Coordination;
        istanbul.confirms_transit(&itinerary).await;
        journey.transit_confirmed = Some(self.now());
        self.inboxes.tell(
            &[PRISTINA],
            "TRANSIT_ASSISTANCE_CONFIRMED",
            self.now(),
            name,
            about,
        );
        baghdad.confirms_reception(&itinerary).await;
        journey.reception_confirmed = Some(self.now());
        self.inboxes
            .tell(&[PRISTINA], "RECEPTION_CONFIRMED", self.now(), name, about);
        self.pristina.clone().marks_ready(case).await;
        steps.planned = self.now();
        self.inboxes.tell(
            &OF_A_DEPARTURE,
            "DEPARTURE_PLANNED",
            self.now(),
            name,
            About::Journey,
        );
    }
}
