//! A usual case, played as far as a story needs it: from Pristina by Istanbul to Baghdad.

use super::actor::Actor;
use super::fixtures::{ConsentLine, USUAL, laissez_passer, person};
use super::row::{Case, Row};
use super::world::World;
use chrono::TimeDelta;

/// How far a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// The person has approached the mission.
    Opened,
    /// The application is registered.
    Registered,
    /// The authority does not object, and the statutory period has begun.
    PreDeparture,
    /// The embassy is asked.
    Requested,
    /// The embassy has taken note.
    Acknowledged,
    /// The embassy has confirmed the nationality.
    Confirmed,
    /// The document is issued.
    Issued,
    /// The journey is booked, nine days ahead.
    Booked,
    /// The journey is ticketed; a grant in two tranches is approved, a package proposed.
    Ticketed,
    /// Everything is in place.
    Ready,
    /// On the way, nine days later.
    Departed,
    /// There.
    Arrived,
}

/// A usual case with those who have a part in it.
pub struct Usual {
    /// The case.
    pub case: Case,
    /// IOM Pristina.
    pub pristina: Actor,
    /// The Embassy of Iraq in Belgrade.
    pub iraq: Actor,
    /// IOM Istanbul.
    pub istanbul: Actor,
    /// IOM Baghdad.
    pub baghdad: Actor,
    /// The police of Kosovo*.
    pub police: Actor,
    /// The migration authority of Kosovo*.
    pub migration: Actor,
    /// The request, once made.
    pub request: Option<Row>,
    /// The journey, once booked.
    pub itinerary: Option<Row>,
    /// The grant, once proposed.
    pub grant: Option<Row>,
    /// The package, once proposed.
    pub package: Option<Row>,
}

impl Usual {
    /// Opens a case for a man of 25 from Iraq.
    pub async fn opened(world: &World) -> Self {
        let pristina = world.mission("Pristina");
        let case = pristina.opens_a_case_for(person().of("IRQ").aged(25)).await;
        Self {
            case,
            pristina,
            iraq: world.embassy("Iraq", "Belgrade"),
            istanbul: world.mission("Istanbul"),
            baghdad: world.mission("Baghdad"),
            police: world.police("XKX"),
            migration: world.migration("XKX"),
            request: None,
            itinerary: None,
            grant: None,
            package: None,
        }
    }

    /// The request for the document.
    pub fn request(&self) -> &Row {
        self.request.as_ref().expect("a request")
    }

    /// The journey.
    pub fn itinerary(&self) -> &Row {
        self.itinerary.as_ref().expect("a journey")
    }

    /// The grant.
    pub fn grant(&self) -> &Row {
        self.grant.as_ref().expect("a grant")
    }

    /// One step further.
    async fn goes_on(&mut self, world: &World, to: Until, form: &[ConsentLine]) {
        let (pristina, iraq, case) = (&self.pristina, &self.iraq, &self.case);
        match to {
            Until::Opened => {}
            Until::Registered => pristina.registers(case, form).await,
            Until::Requested => self.request = Some(pristina.requests_a_travel_document(case).await),
            Until::Acknowledged => iraq.acknowledges(self.request()).await,
            Until::Confirmed => iraq.confirms_nationality(self.request()).await,
            Until::Issued => iraq.issues(self.request(), laissez_passer()).await,
            Until::PreDeparture => pristina.prepares_the_departure(case).await,
            Until::Booked => self.itinerary = Some(pristina.books(case, "PRN-IST-BGW", 9).await),
            Until::Ticketed => {
                pristina.tickets(self.itinerary()).await;
                let grant = pristina.proposes_a_grant(case, &[60_000, 40_000]).await;
                pristina.supervisor().approves(&grant).await;
                self.package = Some(
                    pristina
                        .proposes_a_package(case, 150_000, &[90_000, 60_000])
                        .await,
                );
                self.grant = Some(grant);
            }
            Until::Ready => {
                self.istanbul.confirms_transit(self.itinerary()).await;
                self.baghdad.confirms_reception(self.itinerary()).await;
                pristina.marks_ready(case).await;
            }
            Until::Departed => {
                world.time_passes(TimeDelta::days(9));
                pristina.confirms_departure(case).await;
            }
            Until::Arrived => {
                world.time_passes(TimeDelta::hours(9));
                self.baghdad.confirms_arrival(case).await;
            }
        }
    }
}

/// Every step, in order.
const STEPS: [Until; 12] = [
    Until::Opened,
    Until::Registered,
    Until::PreDeparture,
    Until::Requested,
    Until::Acknowledged,
    Until::Confirmed,
    Until::Issued,
    Until::Booked,
    Until::Ticketed,
    Until::Ready,
    Until::Departed,
    Until::Arrived,
];

impl World {
    /// A usual case, as far as a story needs it.
    pub async fn a_usual_case(&self, until: Until) -> Usual {
        self.a_case_with(USUAL, until).await
    }

    /// The same with another Data Exchange form.
    pub async fn a_case_with(&self, form: &[ConsentLine], until: Until) -> Usual {
        let mut usual = Usual::opened(self).await;
        for step in STEPS.into_iter().filter(|step| *step <= until) {
            usual.goes_on(self, step, form).await;
        }
        usual
    }

    /// A usual case goes on to a later step.
    pub async fn goes_on(&self, usual: &mut Usual, after: Until, until: Until) {
        for step in STEPS.into_iter().filter(|step| *step > after && *step <= until) {
            usual.goes_on(self, step, USUAL).await;
        }
    }
}
