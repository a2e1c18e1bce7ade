//! Plays a case: takes the steps of its script in the domain, each at its own moment, and notes who is told of what.
//!
//! Nothing is written into a case file from outside, so every row of the demo obeys every rule. What the store adds when
//! it saves a step (versions, the record of who has been told) is added here in the same way.

mod documents;
mod preparation;
mod take;

use super::assistance::Venture;
use super::consents::Line;
use super::dice::Dice;
use super::places::{Route, at, later};
use super::register::Register;
use super::script::Script;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::history::history_of;
use crate::domain::notice::{NoticeDraft, notices_of};
use crate::domain::party::{Author, ClientRight, Directory};
use crate::domain::steps::case::NewCase;
use crate::domain::steps::grants::Means;
use crate::domain::transition::{Changed, Refusal};
use crate::ids::OrganisationId;
use crate::policy::actions::Action;
use crate::policy::relation::Relation;
use crate::store::{Cause, Recorded};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// What is settled of a case before it begins.
pub(super) struct Plan {
    /// What the case is opened with.
    pub new: NewCase,
    /// The mission that opens it.
    pub sending: OrganisationId,
    /// The day of the opening.
    pub opened: NaiveDate,
    /// How the persons fly.
    pub route: Route,
    /// What they consent to.
    pub consents: Vec<Line>,
    /// What they plan to do after return.
    pub venture: &'static Venture,
    /// What happens.
    pub script: Script,
    /// Chance for what is left open: hours, numbers, amounts.
    pub dice: Dice,
}

/// The mission's clerk, in whose name a story is played.
fn clerk(mission: OrganisationId) -> Author {
    Author {
        organisation: mission,
        client: mission.uuid().into(),
        subject: "clerk".to_owned(),
        rights: Vec::new(),
    }
}

/// A case as far as it has been played.
pub(super) struct Story<'a> {
    /// The case as it stands.
    pub file: CaseFile,
    /// Who was told what, and when.
    pub told: Vec<(DateTime<Utc>, NoticeDraft)>,
    /// What happened to its rows, and by whom.
    pub history: Vec<Recorded>,
    /// Every change that was made, for tests that make them again elsewhere.
    #[cfg(test)]
    pub changes: Vec<(DateTime<Utc>, Changed<CaseFile>)>,
    directory: &'a Directory,
    means: Means,
    by: Author,
    action: Action,
    opened: NaiveDate,
    route: Route,
    consents: Vec<Line>,
    venture: &'static Venture,
    dice: Dice,
    now: DateTime<Utc>,
}

impl<'a> Story<'a> {
    /// Plays a case to the end of its script. A refusal by the domain ends it there, and is returned beside it.
    ///
    /// # Errors
    ///
    /// The refusal, if the case could not even be opened.
    pub(super) fn play(plan: Plan, register: &'a Register) -> Result<(Self, Option<Refusal>), Refusal> {
        let mut dice = plan.dice;
        let directory = &register.directory;
        let means = Means {
            funding: register.funding.clone(),
            ..Means::default()
        };
        let now = at(plan.opened, 7, dice.within(0..=480)) + TimeDelta::seconds(dice.within(0..=59));
        let opened = CaseFile::open(
            plan.new,
            plan.sending,
            &Circumstances {
                now,
                directory,
                by: &clerk(plan.sending),
            },
        )?;
        let mut story = Self {
            file: opened.next().clone(),
            told: Vec::new(),
            history: Vec::new(),
            action: Action::OpenCase,
            #[cfg(test)]
            changes: vec![(now, opened.clone())],
            directory,
            means,
            by: clerk(plan.sending),
            opened: plan.opened,
            route: plan.route,
            consents: plan.consents,
            venture: plan.venture,
            dice,
            now,
        };
        story.record(&opened, Cause::Command(Action::OpenCase));
        let today = later(story.opened, plan.script.today());
        for (day, step) in plan.script.steps {
            let day = later(story.opened, day);
            let taken = story.time_passes(day).and_then(|()| {
                story.wait_until(day);
                story.action = step.action();
                story.take(step)
            });
            if let Err(refusal) = taken {
                return Ok((story, Some(refusal)));
            }
        }
        let refused = story.time_passes(today).err();
        Ok((story, refused))
    }

    /// The next moment of the story: some time of another day's office hours, or minutes later on the same day.
    fn wait_until(&mut self, day: NaiveDate) {
        self.now = if self.now.date_naive() < day {
            at(day, 7, self.dice.within(0..=480))
        } else {
            self.now + TimeDelta::minutes(self.dice.within(3..=9))
        };
        self.now += TimeDelta::seconds(self.dice.within(0..=59));
    }

    /// The same by the mission's supervisor, for what nobody approves of their own.
    fn supervised(
        &mut self,
        take: impl FnOnce(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal>,
    ) -> Result<(), Refusal> {
        let mut supervisor = self.by.clone();
        "supervisor".clone_into(&mut supervisor.subject);
        supervisor.rights = vec![ClientRight::Supervise];
        self.step_as(supervisor, take)
    }

    /// The same by a clerk of another mission, for what that mission confirms.
    fn step_by(
        &mut self,
        (mission, action): (OrganisationId, Action),
        take: impl FnOnce(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal>,
    ) -> Result<(), Refusal> {
        let usual = std::mem::replace(&mut self.action, action);
        let taken = self.step_as(clerk(mission), take);
        self.action = usual;
        taken
    }

    fn step_as(
        &mut self,
        author: Author,
        take: impl FnOnce(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal>,
    ) -> Result<(), Refusal> {
        let usual = std::mem::replace(&mut self.by, author);
        let taken = self.step(take);
        self.by = usual;
        taken
    }

    /// The same by the mission in the country of return.
    fn received(
        &mut self,
        take: impl FnOnce(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal>,
    ) -> Result<(), Refusal> {
        let receiving = self.file.case.receiving_mission.unwrap_or(self.by.organisation);
        let sending = std::mem::replace(&mut self.by, clerk(receiving));
        let taken = self.step(take);
        self.by = sending;
        taken
    }

    fn step(
        &mut self,
        take: impl FnOnce(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal>,
    ) -> Result<(), Refusal> {
        let circumstances = Circumstances {
            now: self.now,
            directory: self.directory,
            by: &self.by,
        };
        let changed = take(self.file.clone(), &circumstances)?;
        self.record(&changed, Cause::Command(self.action));
        self.keep(changed);
        Ok(())
    }

    /// The case as a change leaves it, at the next moment.
    fn keep(&mut self, changed: Changed<CaseFile>) {
        self.file = self.saved(&changed);
        #[cfg(test)]
        self.changes.push((self.now, changed));
        // Every change has a moment of its own, so that what was made first has the smaller id.
        self.now += TimeDelta::seconds(self.dice.within(20..=40));
    }

    /// Notes what a change leaves in the histories of its rows, in the name of whoever may do it.
    pub(super) fn record(&mut self, changed: &Changed<CaseFile>, cause: Cause) {
        let file = changed.next();
        for (place, happened) in (0..).zip(history_of(changed)) {
            let requests = file.requests.iter();
            let post = requests
                .filter(|request| request.id.uuid() == happened.id)
                .map(|request| request.consular_post)
                .find(|_| self.action.is_for(Relation::Consular));
            let relations = Action::ALL[self.action as usize].2.iter();
            let part = relations
                .filter_map(|relation| relation.as_party())
                .find_map(|part| {
                    let mut parties = file.parties.iter();
                    parties.find(|party| party.relation == part)
                });
            self.history.push(Recorded {
                at: self.now,
                by: post
                    .or(part.map(|party| party.organisation))
                    .unwrap_or(self.by.organisation),
                cause,
                happened,
                reason: changed.why().map(str::to_owned),
                place,
            });
        }
    }

    /// The case file as it would be read again after the store had saved a change, its notices noted.
    fn saved(&mut self, changed: &Changed<CaseFile>) -> CaseFile {
        let mut next = changed.next().clone();
        if let Some(before) = changed.before() {
            count_changes(before, &mut next);
        }
        // All of a change's notices go by what had been told before it, as in one transaction.
        let notices: Vec<_> = changed
            .events()
            .iter()
            .flat_map(|event| notices_of(event, changed.next(), self.now))
            .collect();
        for notice in notices {
            let topics = next.told.entry(notice.recipient).or_default();
            if notice.retracts {
                topics.retain(|topic| !topic.is_retracted());
            }
            topics.insert(notice.topic);
            self.told.push((self.now, notice));
        }
        next
    }
}

/// Counts the changes of each row of a case file, as the store does when it saves them.
fn count_changes(before: &CaseFile, next: &mut CaseFile) {
    if next.decided_otherwise_than(before) {
        next.case.version = before.case.version + 1;
    }
    macro_rules! count {
        ($rows:ident) => {
            for row in &mut next.$rows {
                if let Some(old) = before
                    .$rows
                    .iter()
                    .find(|old| old.id == row.id && *old != row)
                {
                    row.version = old.version + 1;
                }
            }
        };
    }
    count!(requests);
    count!(itineraries);
    count!(grants);
    count!(packages);
}
