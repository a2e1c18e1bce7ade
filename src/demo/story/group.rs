//! Group movements: planned by a mission and taken through their life in the domain, beside the cases that are on them.

use super::{Story, Telling, clerk};
use crate::demo::places::{at, later};
use crate::demo::register::Scene;
use crate::domain::case_file::Circumstances;
use crate::domain::code::Code;
use crate::domain::history::Happened;
use crate::domain::movement::{Manifest, Movement, MovementEvent, NewMovement};
use crate::domain::safeguards::ClearanceKind;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::OrganisationId;
use crate::policy::actions::Action;
use crate::store::{Cause, Recorded};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// The hour at which missions deal with their groups: in the evening, when the day's cases are done.
const EVENING: i64 = 17;

/// A group movement as far as it has been played.
pub(in crate::demo) struct Group<'a> {
    /// The movement as it stands.
    pub movement: Movement,
    /// What happened to it, and by whom.
    pub history: Vec<Recorded>,
    scene: &'a Scene,
    /// The day of loading.
    today: NaiveDate,
    listed: usize,
    now: DateTime<Utc>,
}

impl<'a> Group<'a> {
    /// The mission of a case plans a group on a day, counted back.
    pub(in crate::demo) fn draft(of: &Story<'a>, on: i64, new: NewMovement) -> Result<Self, Refusal> {
        let (case, now) = (&of.file.case, at(of.day(on), EVENING, 0));
        let by = clerk(case.sending_mission);
        let circumstances = Circumstances {
            now,
            directory: of.scene.at(now),
            by: &by,
        };
        let drafted = Movement::draft(new, Some(case.host_territory), &circumstances)?;
        let mut group = Self {
            movement: drafted.next().clone(),
            history: Vec::new(),
            scene: of.scene,
            today: of.day(0),
            listed: 0,
            now,
        };
        group.record(&drafted, Action::DraftMovement, by.organisation);
        Ok(group)
    }

    /// Its mission takes a step on the evening of a day.
    pub(in crate::demo) fn on(
        &mut self,
        days_ago: i64,
        action: Action,
        take: impl FnOnce(Movement, &Circumstances<'_>) -> Result<Changed<Movement, MovementEvent>, Refusal>,
    ) -> Telling {
        let evening = at(later(self.today, -days_ago), EVENING, 0);
        self.step(evening, (self.movement.organiser, action), take)
    }

    /// It leaves once everybody on its manifest is accounted for.
    pub(in crate::demo) fn departs(&mut self, with: &[Story<'_>]) -> Telling {
        let manifest = self.manifest(with);
        let last = with.iter().map(Story::now).max().unwrap_or(self.now);
        let by = (self.movement.organiser, Action::DepartMovement);
        self.step(last + TimeDelta::minutes(5), by, |movement, c| {
            movement.depart(&manifest, c.now)
        })
    }

    /// The mission where it ends sees it land.
    pub(in crate::demo) fn lands(&mut self) -> Telling {
        let last = self.movement.flights.last().map(|flight| flight.arrives_at);
        let landed = last.ok_or(Reason::SegmentsDoNotConnect)? + TimeDelta::minutes(20);
        let there = self.movement.ends_in();
        let mission = there.and_then(|country| self.scene.directory.mission_in(country));
        let by = mission.unwrap_or(self.movement.organiser);
        self.step(landed, (by, Action::LandMovement), Movement::land)
    }

    /// Its manifest, with what is known of those on it.
    pub(in crate::demo) fn manifest(&self, stories: &[Story<'_>]) -> Manifest {
        let files = || stories.iter().map(|story| &story.file);
        let lines = files().flat_map(|file| &file.manifest_lines);
        let mut clearances = files().flat_map(|file| &file.safeguards.clearances);
        let arrivals = files().flat_map(|file| &file.arrivals);
        Manifest {
            lines: lines
                .filter(|line| line.movement == self.movement.id)
                .cloned()
                .collect(),
            airline_agrees: clearances.any(|clearance| clearance.kind == ClearanceKind::Group),
            accounted_for: arrivals.map(|arrival| arrival.person).collect(),
        }
    }

    fn step(
        &mut self,
        moment: DateTime<Utc>,
        (by, action): (OrganisationId, Action),
        take: impl FnOnce(Movement, &Circumstances<'_>) -> Result<Changed<Movement, MovementEvent>, Refusal>,
    ) -> Telling {
        // Every change has a moment of its own.
        self.now = moment.max(self.now + TimeDelta::minutes(1));
        let circumstances = Circumstances {
            now: self.now,
            directory: self.scene.at(self.now),
            by: &clerk(by),
        };
        let changed = take(self.movement.clone(), &circumstances)?;
        self.record(&changed, action, by);
        self.movement = Movement {
            version: self.movement.version + 1,
            ..changed.next().clone()
        };
        Ok(())
    }

    fn record(&mut self, changed: &Changed<Movement, MovementEvent>, action: Action, by: OrganisationId) {
        let next = changed.next();
        for (place, event) in (0..).zip(changed.events()) {
            self.history.push(Recorded {
                at: self.now,
                by,
                cause: Cause::Command(action),
                happened: Happened {
                    event: event.event_type(),
                    aggregate: "Movement",
                    id: next.id.uuid(),
                    from: changed.before().map(|before| before.state.code()),
                    to: Some(next.state.code()),
                },
                reason: None,
                place,
            });
        }
    }
}

impl<'a> Story<'a> {
    /// The persons are listed on the manifest of a group.
    pub(in crate::demo) fn is_listed(&mut self, group: &mut Group<'a>) -> Telling {
        let leaves = group.movement.flights.first().map(|flight| flight.departs_at);
        self.may_leave_on(leaves.ok_or(Reason::SegmentsDoNotConnect)?.date_naive())?;
        let reference = self.number("GRP");
        let (movement, taken) = (group.movement.clone(), group.listed);
        self.action = Action::ListOnManifest;
        self.step(|file, c| {
            file.voluntary()?
                .list_on_manifest(&movement, taken, Some(reference), c)
        })?;
        group.listed += self.file.persons.len();
        self.knows(group);
        Ok(())
    }

    /// The case is read with the group as it stands now, if its persons are or were on it.
    pub(in crate::demo) fn knows(&mut self, group: &Group<'a>) {
        let mut lines = self.file.manifest_lines.iter();
        if lines.any(|line| line.movement == group.movement.id) {
            self.file.movements = vec![group.movement.clone()];
        }
    }
}
