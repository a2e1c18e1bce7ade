//! Groups that travel together: charters and groups on scheduled flights, in every state, with whoever was on their manifests.

use super::journeys::another_day;
use super::{Cast, Part, Tale};
use crate::demo::places::at;
use crate::demo::step::Step;
use crate::demo::story::{Group, Hand, Story, Telling};
use crate::domain::application::TerminationReason;
use crate::domain::case::WithdrawalReason;
use crate::domain::itinerary::{Segment, SegmentState};
use crate::domain::movement::{MovementKind, NewMovement};
use crate::domain::safeguards::ClearanceKind;
use crate::domain::transition::{Reason, Refusal};
use crate::policy::actions::Action;
use chrono::TimeDelta;

pub(super) const TALES: &[Tale] = &[
    Tale::together(
        leaving(40).from("SRB").to("IRQ"),
        &[
            leaving(40).from("SRB").to("IRQ").family(2, 2),
            leaving(40).from("SRB").to("IRQ"),
            leaving(40).from("SRB").to("IRQ"),
            leaving(40).from("SRB").to("IRQ"),
        ],
        everybody_accounted_for,
    ),
    Tale::together(
        leaving(-6).from("SRB").to("IRQ").family(2, 1),
        &[
            leaving(-6).from("SRB").to("IRQ"),
            leaving(-6).from("SRB").to("IRQ"),
        ],
        still_open,
    ),
    Tale::together(
        leaving(-4).from("BIH").to("PAK"),
        &[leaving(-4).from("BIH").to("PAK")],
        manifest_locked,
    ),
    Tale::together(
        leaving(-2).from("XKX").to("IRQ"),
        &[leaving(-2).from("XKX").to("IRQ")],
        cleared_on_a_scheduled_flight,
    ),
    Tale::together(
        leaving(1).from("MKD").to("AFG"),
        &[leaving(1).from("MKD").to("AFG")],
        on_its_way,
    ),
    Tale::together(
        leaving(2).from("BIH").to("BGD"),
        &[leaving(2).from("BIH").to("BGD")],
        one_not_met_yet,
    ),
    Tale::together(
        leaving(20).from("SRB").to("IRQ"),
        &[leaving(20).from("SRB").to("IRQ")],
        cancelled,
    ),
];

/// Somebody who is to leave with a group so many days ago.
const fn leaving(left: i64) -> Part {
    Part::opened(left + 34)
}

/// Everybody of the tale, with documents, before a group is planned that leaves on a day.
fn gathered<'a>(cast: &mut Cast<'a>, leaves: i64) -> Result<Vec<Story<'a>>, Refusal> {
    let mut stories = Vec::new();
    while cast.is_not_complete() {
        let mut story = cast.begin(None)?;
        story.registered(leaves + 31)?;
        story.documented(leaves + 29)?;
        stories.push(story);
    }
    Ok(stories)
}

fn planned<'a>(
    story: &Story<'a>,
    on: i64,
    kind: MovementKind,
    flights: Vec<Segment>,
) -> Result<Group<'a>, Refusal> {
    let (Some(first), Some(last)) = (flights.first(), flights.last()) else {
        return Err(Reason::SegmentsDoNotConnect.into());
    };
    let new = NewMovement {
        reference: format!(
            "{}-{}-{}",
            first.departure_airport,
            last.arrival_airport,
            first.departs_at.format("%y%m%d")
        ),
        kind,
        seats: 40,
        flights,
    };
    Group::draft(story, on, new)
}

/// A flight of its own, without a stop, that leaves at an hour of a day.
fn charter<'a>(story: &mut Story<'a>, on: i64, (leaves, hour): (i64, i64)) -> Result<Group<'a>, Refusal> {
    let usual = story.flights_on(leaves);
    let (Some(first), Some(last)) = (usual.first(), usual.last()) else {
        return Err(Reason::SegmentsDoNotConnect.into());
    };
    let departs_at = at(story.day(leaves), hour, 30);
    let flight = Segment {
        position: 0,
        flight: "ZX901".to_owned(),
        departure_airport: first.departure_airport.clone(),
        arrival_airport: last.arrival_airport.clone(),
        departs_at,
        arrives_at: departs_at + TimeDelta::hours(5),
        state: SegmentState::Scheduled,
    };
    planned(story, on, MovementKind::Charter, vec![flight])
}

/// The manifest is opened, and everybody is listed.
fn listed<'a>(group: &mut Group<'a>, stories: &mut [Story<'a>], leaves: i64) -> Telling {
    group.on(leaves + 14, Action::OpenManifest, |movement, _| {
        movement.open_manifest()
    })?;
    stories.iter_mut().try_for_each(|story| {
        story.on(leaves + 13)?;
        story.is_listed(group)
    })
}

/// Tickets are issued.
fn ticketed(stories: &mut [Story<'_>], leaves: i64) -> Telling {
    stories.iter_mut().try_for_each(|story| {
        story.on(leaves + 8)?;
        story.does(Step::Ticket)
    })
}

/// Everything is in place for everybody, and nobody is listed any more.
fn locked<'a>(group: &mut Group<'a>, stories: &mut [Story<'a>], leaves: i64) -> Telling {
    for story in stories {
        story.on(leaves + 5)?;
        story.does(Step::Ready)?;
    }
    group.on(leaves + 5, Action::LockManifest, |movement, c| {
        movement.lock_manifest(c.now)
    })
}

/// The airline agrees to the group, which is noted with one of its cases.
fn airline_agrees(story: &mut Story<'_>, on: i64) -> Telling {
    story.on(on)?;
    let reference = Some(story.number("GRPF"));
    story.hand(Hand::Clerk, Action::RecordClearance, |file, c| {
        file.voluntary()?
            .record_airline_clearance(ClearanceKind::Group, reference, c)
    })
}

fn cleared<'a>(group: &mut Group<'a>, stories: &mut [Story<'a>], on: i64) -> Telling {
    let manifest = group.manifest(stories);
    group.on(on, Action::ClearMovement, |movement, c| {
        movement.clear(&manifest, c.now)
    })?;
    for story in stories {
        story.knows(group);
    }
    Ok(())
}

/// A group with everybody ready to board it, from the plan on.
fn cleared_charter<'a>(stories: &mut [Story<'a>], (leaves, hour): (i64, i64)) -> Result<Group<'a>, Refusal> {
    let first = stories.first_mut().ok_or(Reason::WrongState)?;
    let mut group = charter(first, leaves + 16, (leaves, hour))?;
    listed(&mut group, stories, leaves)?;
    ticketed(stories, leaves)?;
    stories
        .iter_mut()
        .take(1)
        .try_for_each(|story| airline_agrees(story, leaves + 6))?;
    locked(&mut group, stories, leaves)?;
    cleared(&mut group, stories, leaves + 4)?;
    Ok(group)
}

/// A charter that is over: two cases boarded, one did not come, one gave up, and one had asked for another day.
fn everybody_accounted_for(cast: &mut Cast<'_>) -> Telling {
    let left = 40;
    let mut stories = gathered(cast, left)?;
    let mut group = charter(&mut stories[0], left + 16, (left, 16))?;
    listed(&mut group, &mut stories, left)?;
    let mut alone = stories.pop().ok_or(Reason::WrongState)?;
    alone.on(left + 10)?;
    another_day(&mut alone, left - 5)?;
    ticketed(&mut stories, left)?;
    airline_agrees(&mut stories[0], left + 6)?;
    locked(&mut group, &mut stories, left)?;
    cleared(&mut group, &mut stories, left + 4)?;
    let [first, second, absent, gives_up] = stories.as_mut_slice() else {
        return Err(Reason::WrongState.into());
    };
    gives_up.on(left + 1)?;
    gives_up.does(Step::Withdraw(WithdrawalReason::ChangedMind))?;
    first.departed(left)?;
    second.departed(left)?;
    absent.on(left)?;
    let (journey, (departed, _)) = (absent.last_journey()?.id, absent.flight(0)?);
    absent.not_before(departed + TimeDelta::minutes(30));
    absent.hand(Hand::Clerk, Action::RecordNoShow, |file, c| {
        file.voluntary()?.record_no_show(journey, c)
    })?;
    group.departs(&stories)?;
    group.lands()?;
    for story in stories.iter_mut().take(2) {
        story.on(left - 1)?;
        story.does(Step::Arrive)?;
    }
    let manifest = group.manifest(&stories);
    group.on(left - 2, Action::ReconcileMovement, |movement, c| {
        movement.reconcile(&manifest, c.now)
    })?;
    stories[2].on(left - 6)?;
    stories[2].hand(Hand::Supervisor, Action::TerminateCase, |file, c| {
        file.terminate(TerminationReason::NoShow, c)
    })?;
    travels_alone(&mut alone, left - 5)?;
    stories.push(alone);
    cast.end_with(group, stories)
}

/// The persons leave on a day by the flights that were booked instead.
fn travels_alone(story: &mut Story<'_>, left: i64) -> Telling {
    story.on(left + 5)?;
    story.does(Step::Ticket)?;
    story.on(left + 2)?;
    story.does(Step::Ready)?;
    story.departed(left)?;
    story.on(left - 1)?;
    story.does(Step::Arrive)
}

/// A charter for next week: one family is ready, two persons are listed; the one after it is only planned.
fn still_open(cast: &mut Cast<'_>) -> Telling {
    let leaves = -6;
    let mut stories = gathered(cast, leaves)?;
    let mut group = charter(&mut stories[0], leaves + 16, (leaves, 16))?;
    listed(&mut group, &mut stories, leaves)?;
    ticketed(&mut stories[..1], leaves)?;
    stories[0].on(leaves + 7)?;
    stories[0].does(Step::Ready)?;
    let next = charter(&mut stories[0], 1, (-27, 16))?;
    cast.end_with(next, Vec::new())?;
    cast.end_with(group, stories)
}

fn manifest_locked(cast: &mut Cast<'_>) -> Telling {
    let leaves = -4;
    let mut stories = gathered(cast, leaves)?;
    let mut group = charter(&mut stories[0], leaves + 16, (leaves, 16))?;
    listed(&mut group, &mut stories, leaves)?;
    ticketed(&mut stories, leaves)?;
    locked(&mut group, &mut stories, leaves)?;
    cast.end_with(group, stories)
}

/// A group on the flights that others take as well, by way of a hub.
fn cleared_on_a_scheduled_flight(cast: &mut Cast<'_>) -> Telling {
    let leaves = -2;
    let mut stories = gathered(cast, leaves)?;
    let flights = stories[0].flights_on(leaves);
    let mut group = planned(&stories[0], leaves + 16, MovementKind::CommercialGroup, flights)?;
    listed(&mut group, &mut stories, leaves)?;
    ticketed(&mut stories, leaves)?;
    airline_agrees(&mut stories[0], leaves + 6)?;
    locked(&mut group, &mut stories, leaves)?;
    cleared(&mut group, &mut stories, leaves + 4)?;
    cast.end_with(group, stories)
}

/// It left last night.
fn on_its_way(cast: &mut Cast<'_>) -> Telling {
    let mut stories = gathered(cast, 1)?;
    let mut group = cleared_charter(&mut stories, (1, 21))?;
    stories.iter_mut().try_for_each(|story| story.departed(1))?;
    group.departs(&stories)?;
    cast.end_with(group, stories)
}

/// It has landed, and of two persons one has been met.
fn one_not_met_yet(cast: &mut Cast<'_>) -> Telling {
    let mut stories = gathered(cast, 2)?;
    let mut group = cleared_charter(&mut stories, (2, 16))?;
    stories.iter_mut().try_for_each(|story| story.departed(2))?;
    group.departs(&stories)?;
    group.lands()?;
    stories[0].on(1)?;
    stories[0].does(Step::Arrive)?;
    cast.end_with(group, stories)
}

/// Too few wished to go: they travel by themselves, and the charter does not take place.
fn cancelled(cast: &mut Cast<'_>) -> Telling {
    let leaves = 20;
    let mut stories = gathered(cast, leaves)?;
    let mut group = charter(&mut stories[0], leaves + 16, (leaves, 16))?;
    listed(&mut group, &mut stories, leaves)?;
    for story in &mut stories {
        story.on(leaves + 6)?;
        another_day(story, leaves - 3)?;
    }
    let manifest = group.manifest(&stories);
    group.on(leaves + 5, Action::CancelMovement, |movement, c| {
        movement.cancel(&manifest, c.now)
    })?;
    stories
        .iter_mut()
        .try_for_each(|story| travels_alone(story, leaves - 3))?;
    cast.end_with(group, stories)
}
