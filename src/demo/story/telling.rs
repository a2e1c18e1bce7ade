//! How tales are told: days are counted back from the day of loading, and it is said whose hand takes a step.
//!
//! What every tale has in common on its way (documents, bookings, the departure) is here; what is particular to it is not.

use super::{Story, clerk};
use crate::demo::places::{Hub, later};
use crate::demo::step::Step;
use crate::domain::case::ReturnMode;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::itinerary::{Itinerary, Segment};
use crate::domain::party::{Author, ClientRight};
use crate::domain::steps::aftercare::NewIntake;
use crate::domain::steps::case::NewCase;
use crate::domain::steps::grants::Means;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{CashGrantId, OrganisationId, ReintegrationPackageId};
use crate::policy::actions::Action;
use crate::store::Cause;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// What a tale, or a part of it, comes to.
pub(in crate::demo) type Telling = Result<(), Refusal>;

/// Whose hand takes a step.
#[derive(Clone, Copy, Debug)]
pub(in crate::demo) enum Hand {
    /// A clerk of the sending mission.
    Clerk,
    /// The sending mission's supervisor.
    Supervisor,
    /// The sending mission's health staff.
    Health,
    /// A clerk of the receiving mission.
    Receiving,
    /// Another clerk of the receiving mission.
    ReceivingColleague,
    /// The receiving mission's supervisor.
    ReceivingSupervisor,
    /// A clerk of an organisation.
    Organisation(OrganisationId),
    /// Another clerk of an organisation.
    ColleagueOf(OrganisationId),
}

/// What persons are taken in with who came back without assistance.
pub(super) fn intake(new: NewCase, return_mode: ReturnMode, admitted_on: NaiveDate) -> NewIntake {
    NewIntake {
        reference: new.reference,
        return_mode,
        admitted_on,
        returning_state: new.host_territory,
        host_territory: Some(new.host_territory),
        destination_city: new.destination_city,
        persons: new.persons,
        funding_project: new.funding_project,
    }
}

impl Story<'_> {
    /// Whoever a hand belongs to.
    pub(super) fn author(&self, hand: Hand) -> Author {
        let case = &self.file.case;
        let receiving = case.receiving_mission.unwrap_or(case.sending_mission);
        let (organisation, subject, rights) = match hand {
            Hand::Clerk => (case.sending_mission, "clerk", Vec::new()),
            Hand::Supervisor => (case.sending_mission, "supervisor", vec![ClientRight::Supervise]),
            Hand::Health => (case.sending_mission, "nurse", vec![ClientRight::MigrationHealth]),
            Hand::Receiving => (receiving, "clerk", Vec::new()),
            Hand::ReceivingColleague => (receiving, "colleague", Vec::new()),
            Hand::ReceivingSupervisor => (receiving, "supervisor", vec![ClientRight::Supervise]),
            Hand::Organisation(organisation) => (organisation, "clerk", Vec::new()),
            Hand::ColleagueOf(organisation) => (organisation, "colleague", Vec::new()),
        };
        Author {
            subject: subject.to_owned(),
            rights,
            ..clerk(organisation)
        }
    }

    /// A hand takes a step of the domain now, under the name of a command.
    pub(in crate::demo) fn hand(
        &mut self,
        hand: Hand,
        action: Action,
        take: impl FnOnce(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal>,
    ) -> Telling {
        self.action = action;
        self.step_as(self.author(hand), take)
    }

    /// Goes on so many days before the day of loading; until then time does what is due.
    pub(in crate::demo) fn on(&mut self, days_ago: i64) -> Telling {
        let day = self.day(days_ago);
        self.time_passes(day)?;
        self.wait_until(day);
        Ok(())
    }

    /// The day so many days before the day of loading.
    pub(in crate::demo) fn day(&self, days_ago: i64) -> NaiveDate {
        later(self.today, -days_ago - self.shift)
    }

    /// The moment that the tale has come to.
    pub(in crate::demo) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Nothing more happens before a moment.
    pub(in crate::demo) fn not_before(&mut self, moment: DateTime<Utc>) {
        self.now = self.now.max(moment);
    }

    /// One of several, by chance.
    pub(in crate::demo) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        *self.dice.pick(from)
    }

    /// A number that a paper bears.
    pub(in crate::demo) fn number(&mut self, prefix: &str) -> String {
        format!("{prefix}-{:06}", self.dice.within(1..=999_999))
    }

    /// Steps of scripts, one after the other.
    pub(in crate::demo) fn all(&mut self, steps: &[Step]) -> Telling {
        steps.iter().try_for_each(|step| self.does(*step))
    }

    /// The same step for each person of the case.
    pub(in crate::demo) fn each(&mut self, step: fn(usize) -> Step) -> Telling {
        (0..self.file.persons.len()).try_for_each(|person| self.does(step(person)))
    }

    /// The application is registered on a day.
    pub(in crate::demo) fn registered(&mut self, on: i64) -> Telling {
        self.on(on)?;
        self.does(Step::Register)
    }

    /// Posts are asked from a day on, and twelve days later everybody has a document.
    pub(in crate::demo) fn documented(&mut self, from: i64) -> Telling {
        self.on(from)?;
        self.each(Step::Request)?;
        self.on(from - 2)?;
        self.each(Step::Acknowledge)?;
        self.on(from - 7)?;
        self.each(Step::Confirm)?;
        self.on(from - 12)?;
        self.each(Step::Issue)
    }

    /// A journey is booked on a day that leaves on another, both counted back.
    pub(in crate::demo) fn booked(&mut self, on: i64, leaves: i64) -> Telling {
        self.on(on)?;
        self.action = Action::BookItinerary;
        self.book(self.day(leaves))
    }

    /// Tickets are issued for a journey that leaves so many days ago, or is still ahead: all from the registration on.
    pub(in crate::demo) fn ticketed(&mut self, leaves: i64) -> Telling {
        self.registered(leaves + 31)?;
        self.documented(leaves + 29)?;
        self.booked(leaves + 9, leaves)?;
        self.on(leaves + 8)?;
        self.does(Step::Ticket)
    }

    /// Everything is in place two days before a journey leaves.
    pub(in crate::demo) fn ready_to_leave(&mut self, leaves: i64) -> Telling {
        self.ticketed(leaves)?;
        self.on(leaves + 2)?;
        self.does(Step::Ready)
    }

    /// The persons leave on a day.
    pub(in crate::demo) fn departed(&mut self, on: i64) -> Telling {
        self.on(on)?;
        self.does(Step::Depart)
    }

    /// The persons left on a day and arrived on the next one.
    pub(in crate::demo) fn returned(&mut self, left: i64) -> Telling {
        self.ready_to_leave(left)?;
        self.departed(left)?;
        self.on(left - 1)?;
        self.does(Step::Arrive)
    }

    /// The persons returned, and their reintegration began four days after they had left.
    pub(in crate::demo) fn reintegrating(&mut self, left: i64) -> Telling {
        self.returned(left)?;
        self.on(left - 4)?;
        self.counselled_after_return()
    }

    /// The persons are counselled on the spot, and reintegration begins.
    pub(in crate::demo) fn counselled_after_return(&mut self) -> Telling {
        let now = self.now;
        self.hand(Hand::Receiving, Action::StartReintegration, |file, c| {
            file.start_reintegration(Some(now), c)
        })
    }

    /// Flights of the way home that leave on a day.
    pub(in crate::demo) fn flights_on(&mut self, days_ago: i64) -> Vec<Segment> {
        self.route.flights(self.day(days_ago), &mut self.dice)
    }

    /// From here on journeys are booked by another hub.
    pub(in crate::demo) fn goes_by(&mut self, hub: Hub) {
        self.route = self.route.through(hub);
    }

    /// Everybody concerned is told that a country on the way is closed.
    pub(in crate::demo) fn is_told_of_the_closure(&mut self) -> Telling {
        let closed = self.scene.closure.in_force();
        let circumstances = Circumstances {
            now: self.now,
            directory: self.scene.at(self.now),
            by: &Author::time(),
        };
        let told = self.file.clone().be_told_of(&closed, &circumstances);
        let told = told?.ok_or(Refusal::from(Reason::WrongState))?;
        self.record(&told, Cause::Time);
        self.keep(told);
        Ok(())
    }

    /// The command that is told of next.
    pub(in crate::demo) fn action_is(&mut self, action: Action) {
        self.action = action;
    }

    /// The flight at a place of the last journey: when it leaves, and when it lands.
    pub(in crate::demo) fn flight(&self, position: i32) -> Result<(DateTime<Utc>, DateTime<Utc>), Refusal> {
        let flight = self.last_journey()?.segment(position);
        let flight = flight.ok_or(Reason::SegmentsDoNotConnect)?;
        Ok((flight.departs_at, flight.arrives_at))
    }

    /// The last attempt at the journey.
    pub(in crate::demo) fn last_journey(&self) -> Result<&Itinerary, Refusal> {
        self.file.itineraries.last().ok_or(Reason::WrongState.into())
    }

    /// The persons go on from the hub where they are, two hours from now: booked, ticketed, and seen on board.
    pub(in crate::demo) fn goes_on_from_the_hub(&mut self) -> Telling {
        let broken = self.last_journey()?.id;
        let onward = vec![self.route.onward(self.now + TimeDelta::hours(6))];
        self.hand(Hand::Clerk, Action::RebookItinerary, |file, c| {
            file.voluntary()?.rebook_itinerary(broken, onward, None, c)
        })?;
        self.does(Step::Ticket)?;
        let (journey, (leaves, _)) = (self.last_journey()?.id, self.flight(0)?);
        self.not_before(leaves + TimeDelta::minutes(4));
        let hub = self.hub()?;
        self.hand(Hand::Organisation(hub), Action::BoardSegment, |file, c| {
            file.voluntary()?.board_segment(journey, 0, c)
        })
    }

    /// The mission at the hub.
    pub(in crate::demo) fn hub(&self) -> Result<OrganisationId, Refusal> {
        self.organisation("iom-istanbul")
    }

    /// An organisation by its code.
    pub(in crate::demo) fn organisation(&self, code: &str) -> Result<OrganisationId, Refusal> {
        let found = self.scene.organisation(code).map(|found| found.id);
        found.ok_or(Reason::RecipientNotConcerned.into())
    }

    /// Who pays, and what the family has in its other cases.
    pub(in crate::demo) fn means(&self) -> Means {
        self.means.clone()
    }

    /// What another case of the family came to counts for this one.
    pub(in crate::demo) fn is_related_to(&mut self, other: &Self) {
        self.means.relatives.members.extend(other.file.members());
        let grants = other.file.grants.iter().cloned();
        self.means.relatives.grants.extend(grants);
    }

    /// The last grant that was put forward.
    pub(in crate::demo) fn grant(&self) -> Result<CashGrantId, Refusal> {
        let last = self.file.grants.last().map(|grant| grant.id);
        last.ok_or(Reason::WrongState.into())
    }

    /// The last package that was put forward.
    pub(in crate::demo) fn package(&self) -> Result<ReintegrationPackageId, Refusal> {
        let last = self.file.packages.last().map(|package| package.id);
        last.ok_or(Reason::WrongState.into())
    }
}
