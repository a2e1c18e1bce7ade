//! Cases that are told one by one: what chance would not bring about, so that every state of every machine occurs, and
//! every kind of special case. One file holds one kind of story; a test names the states that no story comes to.
//!
//! A tale says who takes part, since when, and what happened on which day before the day of loading; each of its steps
//! is taken in the domain, and a rule that refuses one ends the tale there.

mod after_the_arrival;
mod care;
mod children;
mod closed_country;
mod documents;
mod families;
mod grants;
mod groups;
mod journeys;
mod oversight;
mod packages;
mod procedure;
mod protected;
mod referrals;

use super::assistance::Venture;
use super::cases::{CASES, keep};
use super::consents::{Line, usual_for};
use super::dice::Dice;
use super::people::{Family, Household, legal_status, same_day_years_before};
use super::place;
use super::places::{HOSTS, Host, ISTANBUL, ORIGINS, Origin, Route, later};
use super::register::Scene;
use super::script::Script;
use super::story::{Beginning, Group, Plan, Story, Telling};
use crate::domain::case::{LegalStatus, ReturnMode};
use crate::domain::consent::RecipientClass;
use crate::domain::steps::case::NewCase;
use crate::domain::transition::{Reason, Refusal};
use crate::ids::FamilyId;
use crate::store::Programme;
use chrono::{Days, NaiveDate};

/// Every tale, kind by kind.
const KINDS: [&[Tale]; 14] = [
    procedure::TALES,
    documents::TALES,
    children::TALES,
    care::TALES,
    protected::TALES,
    journeys::TALES,
    groups::TALES,
    closed_country::TALES,
    grants::TALES,
    packages::TALES,
    after_the_arrival::TALES,
    referrals::TALES,
    families::TALES,
    oversight::TALES,
];

/// What happened to somebody, once or several times.
pub(super) struct Tale {
    times: usize,
    /// By how many days at most it happened earlier than it is told, by chance.
    spread: i64,
    part: Part,
    /// Cases that belong to it besides.
    others: &'static [Part],
    told: Told,
}

/// How a tale is told: of one case, or of several that belong together.
#[derive(Clone, Copy)]
enum Told {
    Alone(fn(&mut Story<'_>) -> Telling),
    Together(fn(&mut Cast<'_>) -> Telling),
}

/// A case of a tale before it begins.
#[derive(Clone, Copy)]
pub(super) struct Part {
    days_ago: i64,
    host: Option<&'static str>,
    origin: Option<&'static str>,
    household: Household,
    /// Age of a child who is there alone.
    child: Option<i64>,
    status: Option<LegalStatus>,
    begins: Beginning,
    besides: &'static [Line],
}

impl Tale {
    /// What happened so many times to persons whose case was opened by itself.
    const fn of(times: usize, part: Part, told: fn(&mut Story<'_>) -> Telling) -> Self {
        Self {
            times,
            spread: 0,
            part,
            others: &[],
            told: Told::Alone(told),
        }
    }

    /// What happened once to persons of several cases.
    const fn together(part: Part, others: &'static [Part], told: fn(&mut Cast<'_>) -> Telling) -> Self {
        Self {
            times: 1,
            spread: 0,
            part,
            others,
            told: Told::Together(told),
        }
    }

    /// The same, up to so many days earlier.
    const fn spread(self, days: i64) -> Self {
        Self { spread: days, ..self }
    }
}

impl Part {
    /// A person alone, whose case was opened so many days ago, somewhere, to return somewhere.
    const fn opened(days_ago: i64) -> Self {
        Self {
            days_ago,
            host: None,
            origin: None,
            household: Household::ALONE,
            child: None,
            status: None,
            begins: Beginning::Approach,
            besides: &[],
        }
    }

    const fn from(self, territory: &'static str) -> Self {
        Self {
            host: Some(territory),
            ..self
        }
    }

    const fn to(self, state: &'static str) -> Self {
        Self {
            origin: Some(state),
            ..self
        }
    }

    const fn family(self, adults: u8, children: u8) -> Self {
        Self {
            household: Household::of(adults, children),
            ..self
        }
    }

    const fn child_of(self, age: i64) -> Self {
        Self {
            child: Some(age),
            ..self
        }
    }

    const fn with_status(self, status: LegalStatus) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }

    const fn referred_by(self, code: &'static str) -> Self {
        Self {
            begins: Beginning::Referred(code),
            ..self
        }
    }

    const fn taken_in(self, mode: ReturnMode) -> Self {
        Self {
            begins: Beginning::Intake(mode),
            ..self
        }
    }

    /// What they consent to beside what everybody in a tale does.
    const fn consenting(self, lines: &'static [Line]) -> Self {
        Self {
            besides: lines,
            ..self
        }
    }

    fn plan(&self, mut dice: Dice, shift: i64, today: NaiveDate, scene: &Scene) -> Option<Plan> {
        let directory = &scene.directory;
        let here = |host: &Host| self.host.is_none_or(|code| code == host.territory);
        let hosts = HOSTS.each_ref();
        let host: &'static Host = dice.weigh(&hosts.map(|host| (host, host.share * u32::from(here(host)))));
        let there = |origin: &Origin| {
            let documented = || {
                let posts = directory.accredited_posts(place(origin.state), place(host.territory), today);
                // Whoever returns to Türkiye changes nowhere.
                origin.state != "TUR" && !posts.is_empty()
            };
            self.origin.map_or_else(documented, |code| code == origin.state)
        };
        let origins = ORIGINS.each_ref();
        let origin: &'static Origin =
            dice.weigh(&origins.map(|origin| (origin, origin.share * u32::from(there(origin)))));
        let opened = later(today, -self.days_ago - shift);
        let status = self.status.unwrap_or_else(|| legal_status(&mut dice));
        let city = *dice.pick(origin.cities);
        let family = Family {
            host,
            origin,
            status,
            city,
            today: opened,
        };
        let mut persons = family.persons(self.household, &mut dice);
        if let Some(age) = self.child {
            let birthday = same_day_years_before(opened, age);
            persons[0].date_of_birth = birthday - Days::new(dice.within(1..=300).unsigned_abs());
            persons[0].phone = None;
        }
        let mission = match self.begins {
            Beginning::Intake(_) => directory.mission_in(place(origin.state)),
            _ => scene.organisation(host.mission).map(|mission| mission.id),
        }?;
        let prefix = match self.begins {
            Beginning::Intake(_) => origin.prefix(),
            _ => host.prefix,
        };
        Some(Plan {
            new: NewCase {
                reference: prefix.to_owned(),
                host_territory: place(host.territory),
                country_of_return: place(origin.state),
                destination_city: Some(city.to_owned()),
                legal_status: status,
                family: None,
                // What helps after the return is paid by the project of the territory that the persons had been in.
                funding_project: scene
                    .organisation(host.mission)
                    .and_then(|mission| scene.funding.of_mission(mission.id, opened)),
                persons,
            },
            sending: mission,
            opened,
            today,
            shift,
            begins: self.begins,
            route: Route::between(host, origin, &mut dice).through(ISTANBUL),
            consents: self.consents(),
            venture: Venture::any(&mut dice),
            script: Script::default(),
            dice,
        })
    }

    fn consents(&self) -> Vec<Line> {
        use RecipientClass::{Embassy, HostMigration, HostPolice, IomReceiving, IomTransit};
        let mut lines = usual_for(&[IomTransit, IomReceiving, Embassy, HostPolice, HostMigration]);
        lines.extend(self.besides);
        lines
    }
}

/// Every telling of every tale, each with the plans of its cases.
pub(super) fn plans(seed: u64, today: NaiveDate, scene: &Scene) -> Vec<(&'static Tale, Vec<Plan>)> {
    let tellings = KINDS.iter().copied().flatten();
    let tellings = tellings.flat_map(|tale| std::iter::repeat_n(tale, tale.times));
    let mut nth = CASES;
    let planned = tellings.map(|tale| {
        nth += 1;
        let shift = Dice::fork(seed, nth).within(0..=tale.spread);
        let cast = std::iter::once(&tale.part).chain(tale.others);
        let parts = cast.filter_map(|part| {
            nth += 1;
            part.plan(Dice::fork(seed, nth), shift, today, scene)
        });
        (tale, parts.collect())
    });
    planned.collect()
}

/// Tells the tales into a programme, and returns the references of those that the domain refused to go on with.
pub(super) fn play(
    tales: Vec<(&'static Tale, Vec<Plan>)>,
    scene: &Scene,
    programme: &mut Programme,
) -> Vec<(String, Refusal)> {
    let mut refused = Vec::new();
    for (tale, plans) in tales {
        let reference = plans.first().map(|plan| plan.new.reference.clone());
        let heard = tale.tell(plans, scene);
        for story in heard.stories {
            keep(story, programme);
        }
        for group in heard.groups {
            programme.movements.push(group.movement);
            let history = group.history.into_iter();
            programme.history.extend(history.map(|entry| (None, entry)));
        }
        refused.extend(
            heard
                .refusal
                .map(|refusal| (reference.unwrap_or_default(), refusal)),
        );
    }
    refused
}

/// What a tale came to.
pub(super) struct Heard<'a> {
    /// The cases as far as they went.
    pub stories: Vec<Story<'a>>,
    /// The groups that they travelled with.
    pub groups: Vec<Group<'a>>,
    /// The refusal that ended it early.
    pub refusal: Option<Refusal>,
}

impl Tale {
    /// Tells it.
    pub(super) fn tell<'a>(&self, plans: Vec<Plan>, scene: &'a Scene) -> Heard<'a> {
        let mut cast = Cast {
            plans: plans.into_iter(),
            scene,
            stories: Vec::new(),
            groups: Vec::new(),
        };
        let told = match self.told {
            Told::Alone(told) => cast.begin(None).and_then(|mut story| {
                let told = told(&mut story).and_then(|()| story.end());
                cast.stories.push(story);
                told
            }),
            Told::Together(told) => told(&mut cast),
        };
        Heard {
            stories: cast.stories,
            groups: cast.groups,
            refusal: told.err(),
        }
    }
}

/// The cases of a tale: those that have not begun, and those that are told to their end.
pub(super) struct Cast<'a> {
    plans: std::vec::IntoIter<Plan>,
    scene: &'a Scene,
    stories: Vec<Story<'a>>,
    groups: Vec<Group<'a>>,
}

impl<'a> Cast<'a> {
    /// The next case begins, of a family that has one already or not.
    fn begin(&mut self, family: Option<FamilyId>) -> Result<Story<'a>, Refusal> {
        let mut plan = self.plans.next().ok_or(Refusal::from(Reason::WrongState))?;
        plan.new.family = family;
        Story::begin(plan, self.scene)
    }

    /// A case is told to its end.
    fn end(&mut self, mut story: Story<'a>) -> Telling {
        let told = story.end();
        self.stories.push(story);
        told
    }
    /// Whether somebody's case has not begun yet.
    fn is_not_complete(&self) -> bool {
        self.plans.len() > 0
    }

    /// The cases of a group are told to their end, each with the group as it stands then.
    fn end_with(&mut self, group: Group<'a>, stories: Vec<Story<'a>>) -> Telling {
        for mut story in stories {
            story.knows(&group);
            self.end(story)?;
        }
        self.groups.push(group);
        Ok(())
    }
}
