//! Journeys that did not go as they were booked, and missions that saw persons on their way.

use super::{Part, Tale};
use crate::demo::step::Step;
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::case::WithdrawalReason;
use crate::domain::handling::{OnwardTravel, TransitIncidentKind};
use crate::domain::itinerary::{SuspensionReason, TicketOverride};
use crate::domain::steps::departure::NewArrival;
use crate::domain::steps::transit::NewIncident;
use crate::policy::actions::Action;
use chrono::TimeDelta;

pub(super) const TALES: &[Tale] = &[
    Tale::of(2, Part::opened(38).from("SRB").to("IRQ"), retimed),
    Tale::of(2, Part::opened(44).from("BIH").to("BGD"), rebooked),
    Tale::of(2, Part::opened(52).from("XKX").to("IRQ"), suspended_and_rebooked),
    Tale::of(
        1,
        Part::opened(40).from("MKD").to("IRQ"),
        ticketed_before_the_document,
    ),
    Tale::of(2, Part::opened(36).from("SRB").to("BGD"), seen_in_transit),
    Tale::of(1, Part::opened(36).from("BIH").to("PAK"), seen_on_board_again),
    Tale::of(
        1,
        Part::opened(37).from("ALB").to("IRQ"),
        waits_for_another_flight,
    ),
    Tale::of(1, Part::opened(60).from("SRB").to("AFG"), not_let_on_board),
    Tale::of(1, Part::opened(70).from("XKX").to("IRQ"), flight_cancelled),
    Tale::of(1, Part::opened(80).from("BIH").to("IRQ"), diverted),
    Tale::of(1, Part::opened(54).from("SRB").to("IRQ"), turned_back),
    Tale::of(
        3,
        Part::opened(60).from("SRB").to("PAK").family(2, 2),
        travelled_on,
    )
    .spread(60),
];

/// The carrier moves both flights by an hour.
fn retimed(story: &mut Story<'_>) -> Telling {
    story.ticketed(-4)?;
    story.on(2)?;
    for position in [1, 0] {
        let (id, (departs, arrives)) = (story.last_journey()?.id, story.flight(position)?);
        let times = (departs + TimeDelta::hours(1), arrives + TimeDelta::hours(1));
        story.hand(Hand::Clerk, Action::RetimeSegment, |file, c| {
            file.voluntary()?.retime_segment(id, position, times, c)
        })?;
    }
    Ok(())
}

/// The journey is booked anew for another day.
pub(super) fn another_day(story: &mut Story<'_>, leaves: i64) -> Telling {
    let (id, flights) = (story.last_journey()?.id, story.flights_on(leaves));
    story.may_leave_on(story.day(leaves))?;
    let reference = Some(story.number("PNR"));
    story.hand(Hand::Clerk, Action::RebookItinerary, |file, c| {
        file.voluntary()?.rebook_itinerary(id, flights, reference, c)
    })
}

/// The persons need some days more, and keep no seat twice.
fn rebooked(story: &mut Story<'_>) -> Telling {
    story.ready_to_leave(-1)?;
    another_day(story, -9)?;
    story.on(1)?;
    story.does(Step::Ticket)
}

fn suspended_and_rebooked(story: &mut Story<'_>) -> Telling {
    story.registered(46)?;
    story.documented(44)?;
    story.booked(20, 10)?;
    story.on(16)?;
    story.all(&[Step::Ticket, Step::Suspend(SuspensionReason::CarrierCancelled)])?;
    story.on(12)?;
    another_day(story, -6)
}

/// The post has named the day of issue, and the seats would be lost.
fn ticketed_before_the_document(story: &mut Story<'_>) -> Telling {
    story.registered(34)?;
    story.on(30)?;
    story.each(Step::Request)?;
    story.on(14)?;
    story.each(Step::Confirm)?;
    story.booked(9, -8)?;
    story.on(4)?;
    let (id, number) = (story.last_journey()?.id, story.number("235"));
    let ticket = crate::domain::itinerary::Ticket {
        number,
        fare_basis: Some("YHUMA".to_owned()),
        cost: None,
        booking_reference: None,
        before_document: Some(TicketOverride::PostHasPromised),
    };
    story.hand(Hand::Supervisor, Action::TicketItinerary, |file, c| {
        file.voluntary()?.ticket_itinerary(id, ticket, c)
    })
}

/// They left yesterday, and the mission at the hub has met them.
fn seen_in_transit(story: &mut Story<'_>) -> Telling {
    story.ready_to_leave(1)?;
    story.departed(1)?;
    landed(story)
}

fn landed(story: &mut Story<'_>) -> Telling {
    let (id, (_, arrives)) = (story.last_journey()?.id, story.flight(0)?);
    story.not_before(arrives + TimeDelta::minutes(12));
    let hub = story.hub()?;
    story.hand(Hand::Organisation(hub), Action::LandSegment, |file, c| {
        file.voluntary()?.land_segment(id, 0, c)
    })
}

fn seen_on_board_again(story: &mut Story<'_>) -> Telling {
    seen_in_transit(story)?;
    let (id, (departs, _)) = (story.last_journey()?.id, story.flight(1)?);
    story.not_before(departs - TimeDelta::minutes(10));
    let hub = story.hub()?;
    story.hand(Hand::Organisation(hub), Action::BoardSegment, |file, c| {
        file.voluntary()?.board_segment(id, 1, c)
    })
}

fn broken_off(
    story: &mut Story<'_>,
    kind: TransitIncidentKind,
    segment: i32,
    airport: Option<&str>,
) -> Telling {
    let (id, (departs, arrives)) = (story.last_journey()?.id, story.flight(segment)?);
    let occurred_at = if airport.is_some() { arrives } else { departs };
    story.not_before(occurred_at + TimeDelta::minutes(20));
    let incident = NewIncident {
        segment,
        kind,
        airport: airport.map(str::to_owned),
        occurred_at,
    };
    let hub = Hand::Organisation(story.hub()?);
    // Once they have left the hub, the mission at the end hears of them first.
    let by = if airport.is_some() { Hand::Receiving } else { hub };
    story.hand(by, Action::ReportTransitIncident, |file, c| {
        file.voluntary()?.report_incident(id, incident, c)
    })
}

/// They missed the connection yesterday, and nothing is booked yet.
fn waits_for_another_flight(story: &mut Story<'_>) -> Telling {
    seen_in_transit(story)?;
    broken_off(story, TransitIncidentKind::MissedConnection, 1, None)
}

fn arrives_later(story: &mut Story<'_>, left: i64) -> Telling {
    story.goes_on_from_the_hub()?;
    story.on(left - 2)?;
    story.does(Step::Arrive)
}

fn not_let_on_board(story: &mut Story<'_>) -> Telling {
    story.ready_to_leave(20)?;
    story.departed(20)?;
    landed(story)?;
    broken_off(story, TransitIncidentKind::BoardingRefused, 1, None)?;
    arrives_later(story, 20)
}

fn flight_cancelled(story: &mut Story<'_>) -> Telling {
    story.ready_to_leave(30)?;
    story.departed(30)?;
    landed(story)?;
    broken_off(story, TransitIncidentKind::FlightCancelled, 1, None)?;
    arrives_later(story, 30)
}

/// The flight lands elsewhere in the country of return; the persons go on by land, and the mission meets them.
fn diverted(story: &mut Story<'_>) -> Telling {
    story.ready_to_leave(40)?;
    story.departed(40)?;
    landed(story)?;
    let id = story.last_journey()?.id;
    let hub = story.hub()?;
    story.hand(Hand::Organisation(hub), Action::BoardSegment, |file, c| {
        file.voluntary()?.board_segment(id, 1, c)
    })?;
    broken_off(story, TransitIncidentKind::Diversion, 1, Some("BSR"))?;
    story.on(38)?;
    story.does(Step::Arrive)
}

/// At the hub they no longer wish to go on; nobody makes them.
fn turned_back(story: &mut Story<'_>) -> Telling {
    story.ready_to_leave(12)?;
    story.departed(12)?;
    landed(story)?;
    let hub = story.hub()?;
    story.hand(Hand::Organisation(hub), Action::WithdrawCase, |file, c| {
        file.withdraw(WithdrawalReason::ChangedMind, c)
    })
}

/// A family arrives, each with a way of travelling on.
fn travelled_on(story: &mut Story<'_>) -> Telling {
    use OnwardTravel::{ByIom, MetByFamily, PublicTransport};
    story.ready_to_leave(20)?;
    story.departed(20)?;
    story.on(19)?;
    let (_, arrived) = story.flight(1)?;
    let (onward, to) = (
        story.pick(&[ByIom, MetByFamily, PublicTransport]),
        story.file.case.destination_city.clone(),
    );
    let persons = story.file.persons.iter();
    let arrivals = persons.map(|person| NewArrival {
        person: person.id,
        airport: None,
        onward_travel: Some(onward),
        onward_to: to.clone(),
    });
    let arrivals = arrivals.collect();
    story.hand(Hand::Receiving, Action::ConfirmArrival, |file, c| {
        file.voluntary()?.confirm_arrival(arrived, arrivals, c)
    })
}
