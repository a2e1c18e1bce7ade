//! The cases of the demo: who, where, since when and how far. What they have in common is decided here,
//! [`super::story`] plays each of them.
//!
//! Everything goes by the day of loading: what has happened has happened by the evening before it.

use super::assistance::Venture;
use super::consents::{form, usual_for};
use super::dice::Dice;
use super::people::{Family, Household, legal_status};
use super::place;
use super::places::{HOSTS, Host, ORIGINS, Origin, Route, later};
use super::register::Scene;
use super::script::{Fate, Script};
use super::step::Step;
use super::story::{Beginning, Plan, Story};
use crate::domain::consent::RecipientClass;
use crate::domain::steps::case::NewCase;
use crate::domain::transition::Refusal;
use crate::ids::OrganisationId;
use crate::store::Programme;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// How many cases the demo has beside the one that stands in it by reference.
pub(super) const CASES: usize = 612;

/// The plans of the cases that chance makes.
pub(super) fn plans(seed: u64, today: NaiveDate, scene: &Scene) -> Vec<Plan> {
    let mut dice = Dice::new(seed);
    let households = Household::deck(CASES, &mut dice);
    let fates = Fate::deck(CASES, &mut dice);
    let each = households.into_iter().zip(fates).enumerate();
    let planned = each
        .filter_map(|(nth, (household, fate))| plan(household, fate, today, scene, Dice::fork(seed, nth)));
    planned.collect()
}

fn plan(household: Household, fate: Fate, today: NaiveDate, scene: &Scene, mut dice: Dice) -> Option<Plan> {
    let host: &'static Host = dice.weigh(&HOSTS.each_ref().map(|host| (host, host.share)));
    let directory = &scene.directory;
    let documented = |origin: &Origin| {
        let posts = directory.accredited_posts(place(origin.state), place(host.territory), today);
        if posts.is_empty() { 0 } else { origin.share }
    };
    let origin: &'static Origin = dice.weigh(&ORIGINS.each_ref().map(|origin| (origin, documented(origin))));
    let script = Script::of(fate, household.size(), &mut dice);
    let opened = later(today, -script.today());
    let status = legal_status(&mut dice);
    let city = *dice.pick(origin.cities);
    let persons = Family {
        host,
        origin,
        status,
        city,
        today: opened,
    }
    .persons(household, &mut dice);
    // Who has not consented to the embassy waits as long as that lasts.
    let to_the_embassy = fate != Fate::Registered || dice.in_a_hundred(60);
    Some(Plan {
        new: NewCase {
            reference: host.prefix.to_owned(),
            host_territory: place(host.territory),
            country_of_return: place(origin.state),
            destination_city: Some(city.to_owned()),
            legal_status: status,
            family: None,
            funding_project: scene
                .funding
                .of_mission(scene.organisation(host.mission)?.id, opened),
            persons,
        },
        sending: scene.organisation(host.mission)?.id,
        opened,
        today,
        shift: 0,
        begins: Beginning::Approach,
        route: Route::between(host, origin, &mut dice),
        consents: form(to_the_embassy, &mut dice),
        venture: Venture::any(&mut dice),
        script,
        dice,
    })
}

/// Numbers plans by mission and year, in the order of their opening: what began as `RS` is now `RS-2026-0001`.
pub(super) fn number<'p>(plans: impl Iterator<Item = &'p mut Plan>) {
    let mut plans: Vec<&mut Plan> = plans.collect();
    plans.sort_by_key(|plan| plan.opened);
    let mut numbers: BTreeMap<(OrganisationId, i32), u32> = BTreeMap::new();
    for plan in plans {
        let number = numbers.entry((plan.sending, plan.opened.year())).or_default();
        *number += 1;
        plan.new.reference = format!("{}-{}-{number:04}", plan.new.reference, plan.opened.year());
    }
}

/// Plans with as little in them as a departure needs, all ready to depart tomorrow by Istanbul to Baghdad.
pub(super) fn ready_plans(count: usize, sending_code: &str, today: NaiveDate, scene: &Scene) -> Vec<Plan> {
    use RecipientClass::{Embassy, HostMigration, HostPolice};
    let host = HOSTS.iter().find(|host| host.mission == sending_code);
    let origin = ORIGINS.iter().find(|origin| origin.state == "IRQ");
    let (Some(host), Some(origin), Some(mission)) = (host, origin, scene.organisation(sending_code)) else {
        return Vec::new();
    };
    let steps = [
        Step::Register,
        Step::Request(0),
        Step::Confirm(0),
        Step::Issue(0),
        Step::Book(9),
        Step::Ticket,
        Step::Ready,
    ];
    let each = (0..count).map(|nth| {
        let mut dice = Dice::fork(0, nth);
        let script = Script::given((1..).zip(steps).collect(), 1);
        let opened = later(today, -script.today());
        let status = legal_status(&mut dice);
        let city = origin.cities[0];
        Plan {
            new: NewCase {
                reference: host.prefix.to_owned(),
                host_territory: place(host.territory),
                country_of_return: place(origin.state),
                destination_city: Some(city.to_owned()),
                legal_status: status,
                family: None,
                funding_project: scene.funding.of_mission(mission.id, opened),
                persons: Family {
                    host,
                    origin,
                    status,
                    city,
                    today: opened,
                }
                .persons(Household::ALONE, &mut dice),
            },
            sending: mission.id,
            opened,
            today,
            shift: 0,
            begins: Beginning::Approach,
            route: Route::between(host, origin, &mut dice),
            consents: usual_for(&[Embassy, HostPolice, HostMigration]),
            venture: Venture::any(&mut dice),
            script,
            dice,
        }
    });
    let mut plans: Vec<Plan> = each.collect();
    number(plans.iter_mut());
    plans
}

/// Plays plans into a programme, and returns the references of those that the domain refused to go on with.
pub(super) fn play(plans: Vec<Plan>, scene: &Scene, programme: &mut Programme) -> Vec<(String, Refusal)> {
    let mut refused = Vec::new();
    for plan in plans {
        let reference = plan.new.reference.clone();
        match Story::play(plan, scene) {
            Ok((story, refusal)) => {
                keep(story, programme);
                refused.extend(refusal.map(|refusal| (reference, refusal)));
            }
            Err(refusal) => refused.push((reference, refusal)),
        }
    }
    refused
}

/// Adds a case that was played to its end to a programme.
pub(super) fn keep(story: Story<'_>, programme: &mut Programme) {
    let index = programme.files.len();
    let told = story.told.into_iter();
    programme
        .told
        .extend(told.map(|(when, notice)| (when, index, notice)));
    let history = story.history.into_iter();
    programme
        .history
        .extend(history.map(|entry| (Some(index), entry)));
    programme.files.push(story.file);
}
