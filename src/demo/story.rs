//! Plays a case: takes the steps of its script in the domain, each at its own moment, and notes who is told of what.
//!
//! Nothing is written into a case file from outside, so every row of the demo obeys every rule. What the store adds when
//! it saves a step (versions, the record of who has been told) is added here in the same way.

mod documents;
mod group;
mod preparation;
mod take;
mod telling;

pub(super) use group::Group;
pub(super) use telling::{Hand, Telling};

use super::assistance::Venture;
use super::consents::Line;
use super::dice::Dice;
use super::places::{Route, at, later};
use super::register::Scene;
use super::script::Script;
use super::step::Step;
use crate::domain::case::ReturnMode;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::history::history_of;
use crate::domain::notice::{NoticeDraft, notices_of};
use crate::domain::party::Author;
use crate::domain::steps::case::NewCase;
use crate::domain::steps::grants::Means;
use crate::domain::transition::{Changed, Refusal};
use crate::ids::OrganisationId;
use crate::policy::actions::Action;
use crate::policy::relation::Relation;
use crate::store::{Cause, Recorded};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// How a case comes to a mission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// The persons come themselves.
    Approach,
    /// An organisation refers them, by its code.
    Referred(&'static str),
    /// The mission in the country of return takes them in after they came back in this way.
    Intake(ReturnMode),
}

/// What is settled of a case before it begins.
pub(super) struct Plan {
    /// What the case is opened with.
    pub new: NewCase,
    /// The mission that opens it.
    pub sending: OrganisationId,
    /// The day of the opening.
    pub opened: NaiveDate,
    /// The day of loading.
    pub today: NaiveDate,
    /// By how many days everything that is told happened earlier than it is told.
    pub shift: i64,
    /// How it begins.
    pub begins: Beginning,
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
    scene: &'a Scene,
    means: Means,
    by: Author,
    /// Whether it was said who acts, or goes by the action.
    named: bool,
    /// Whether a statutory period is let lapse.
    pub(super) lapses: bool,
    action: Action,
    opened: NaiveDate,
    today: NaiveDate,
    shift: i64,
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
    pub(super) fn play(plan: Plan, scene: &'a Scene) -> Result<(Self, Option<Refusal>), Refusal> {
        let steps = plan.script.steps.clone();
        let mut story = Self::begin(plan, scene)?;
        for (day, step) in steps {
            let day = later(story.opened, day);
            let taken = story.time_passes(day).and_then(|()| {
                story.wait_until(day);
                story.does(step)
            });
            if let Err(refusal) = taken {
                return Ok((story, Some(refusal)));
            }
        }
        let refused = story.end().err();
        Ok((story, refused))
    }

    /// Begins a case.
    ///
    /// # Errors
    ///
    /// The refusal, if it could not be opened.
    pub(super) fn begin(plan: Plan, scene: &'a Scene) -> Result<Self, Refusal> {
        let mut dice = plan.dice;
        let now = at(plan.opened, 7, dice.within(0..=480)) + TimeDelta::seconds(dice.within(0..=59));
        let referrer = match plan.begins {
            Beginning::Referred(code) => scene.organisation(code).map(|referrer| referrer.id),
            Beginning::Approach | Beginning::Intake(_) => None,
        };
        let by = clerk(referrer.unwrap_or(plan.sending));
        let circumstances = Circumstances {
            now,
            directory: scene.at(now),
            by: &by,
        };
        let (action, opened) = match plan.begins {
            Beginning::Approach => (
                Action::OpenCase,
                CaseFile::open(plan.new, plan.sending, &circumstances)?,
            ),
            Beginning::Referred(_) => (
                Action::ReferCase,
                CaseFile::refer(plan.new, plan.sending, None, &circumstances)?,
            ),
            Beginning::Intake(mode) => {
                let country = plan.new.country_of_return;
                let intake = telling::intake(plan.new, mode, later(plan.opened, -3));
                let opened = CaseFile::admit_post_arrival(intake, (plan.sending, country), &circumstances)?;
                (Action::AdmitPostArrivalCase, opened)
            }
        };
        let mut story = Self {
            file: opened.next().clone(),
            told: Vec::new(),
            history: Vec::new(),
            action,
            #[cfg(test)]
            changes: vec![(now, opened.clone())],
            scene,
            means: Means {
                funding: scene.funding.clone(),
                ..Means::default()
            },
            by,
            named: true,
            lapses: false,
            opened: plan.opened,
            today: plan.today,
            shift: plan.shift,
            route: plan.route,
            consents: plan.consents,
            venture: plan.venture,
            dice,
            now,
        };
        story.record(&opened, Cause::Command(action));
        story.file = story.saved(&opened);
        story.by = clerk(plan.sending);
        story.named = false;
        Ok(story)
    }

    /// Lets time pass until the day of loading.
    pub(super) fn end(&mut self) -> Result<(), Refusal> {
        self.time_passes(self.today)
    }

    /// Takes a step now, under the name of its command.
    pub(super) fn does(&mut self, step: Step) -> Result<(), Refusal> {
        self.action = step.action();
        self.take(step)
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
        self.step_as(self.author(Hand::Supervisor), take)
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
        self.named = true;
        let taken = self.step(take);
        self.named = false;
        self.by = usual;
        taken
    }

    fn step(
        &mut self,
        take: impl FnOnce(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal>,
    ) -> Result<(), Refusal> {
        let circumstances = Circumstances {
            now: self.now,
            directory: self.scene.at(self.now),
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
                .filter(|_| !self.named)
                .filter(|request| request.id.uuid() == happened.id)
                .map(|request| request.consular_post)
                .find(|_| self.action.is_for(Relation::Consular));
            let relations = Action::ALL[self.action as usize].2.iter();
            let part = relations
                .filter(|_| !self.named)
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
