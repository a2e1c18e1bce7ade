//! What the demo programme is said to be.

mod baselines;
mod reference;
mod states;
mod stored;

use super::*;
use crate::domain::case::CaseState;
use crate::domain::case_file::CaseFile;
use crate::domain::code::Code;
use crate::domain::party::PartyRelation;
use crate::domain::person::Sex;
use chrono::{Days, TimeDelta};
use std::collections::{BTreeMap, BTreeSet, HashMap};

fn now() -> DateTime<Utc> {
    "2026-11-21T22:30:00Z".parse().expect("a moment")
}

/// What the demo says of its cases, its ids replaced by the order in which they are met.
fn without_ids(programme: &Programme) -> String {
    let text = format!(
        "{:?}{:?}{:?}{:?}{:?}{:?}",
        programme.organisations,
        programme.accreditations,
        programme.clients,
        programme.movements,
        programme.files,
        programme.told
    );
    let mut met: HashMap<&str, usize> = HashMap::new();
    let mut plain = String::with_capacity(text.len());
    let mut rest = 0;
    for (start, _) in text.match_indices('-') {
        // 8-4-4-4-12 hexadecimal digits, recognised at their first dash.
        let id = start
            .checked_sub(8)
            .filter(|begin| *begin >= rest)
            .and_then(|begin| text.get(begin..begin + 36));
        if let Some(id) = id.filter(|id| uuid::Uuid::parse_str(id).is_ok()) {
            let known = met.len();
            plain.push_str(&text[rest..start - 8]);
            plain.push('#');
            plain.push_str(&met.entry(id).or_insert(known).to_string());
            rest = start + 28;
        }
    }
    plain.push_str(&text[rest..]);
    without_references_of_referrals(&plain)
}

/// The reference of a referred case is the end of its id.
fn without_references_of_referrals(text: &str) -> String {
    let mut parts = text.split("REF-");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str("REF-");
        plain.push_str(&part[12..]);
    }
    plain
}

fn states<S: Ord>(programme: &Programme, of: impl Fn(&CaseFile) -> Vec<S>) -> BTreeSet<S> {
    programme.files.iter().flat_map(of).collect()
}

#[test]
fn the_same_seed_and_day_give_the_same_programme_apart_from_ids() {
    let morning = now() - TimeDelta::hours(20);
    let one = without_ids(&programme(5, now()));
    assert_eq!(one, without_ids(&programme(5, morning)));
    assert_ne!(one, without_ids(&programme(6, now())));
    assert_ne!(one, without_ids(&programme(5, now() + Days::new(1))));
    assert!(
        !one.contains("Uuid"),
        "ids are printed as they are recognised here"
    );
}

#[test]
fn no_case_is_cut_short_whatever_the_seed_and_the_day() {
    for (seed, day) in [(1, 0), (2, 100), (3, 464), (4, 465), (5, 600), (6, 4000)] {
        let now = now() + Days::new(day);
        let scene = Scene::of(now);
        let mut plans = cases::plans(seed, now.date_naive(), &scene);
        plans.extend(by_reference::plan(seed, now.date_naive(), &scene));
        let planned = plans.len();
        let tales = tales::plans(seed, now.date_naive(), &scene);
        let planned = planned + tales.iter().map(|(_, cast)| cast.len()).sum::<usize>();
        let mut programme = Programme::default();
        let mut refused = cases::play(plans, &scene, &mut programme);
        refused.extend(tales::play(tales, &scene, &mut programme));
        assert!(refused.is_empty(), "{refused:?}");
        assert!(planned > cases::CASES + 150);
        assert_eq!(programme.files.len(), planned);
    }
}

#[test]
fn consents_are_taken_back_and_journeys_booked_again() {
    let programme = programme(1, now());
    let revoked = programme
        .files
        .iter()
        .flat_map(|file| &file.consents)
        .filter(|consent| !consent.is_active());
    assert!(revoked.count() > 10);
    let rebooked = programme.files.iter().filter(|file| file.itineraries.len() > 1);
    assert!(rebooked.count() > 40);
}

#[test]
fn families_have_one_to_six_persons_and_ages_and_sexes_are_as_in_the_annual_figures() {
    // Of those whom chance makes; tales choose whom they tell of.
    let scene = Scene::of(now());
    let mut programme = Programme::default();
    let plans = cases::plans(1, now().date_naive(), &scene);
    cases::play(plans, &scene, &mut programme);
    let sizes = states(&programme, |file| vec![file.persons.len()]);
    assert_eq!(sizes, BTreeSet::from([1, 2, 3, 4, 5, 6]));
    let mut persons = 0_u32;
    let [mut women, mut children, mut young, mut older] = [0_u32; 4];
    for file in &programme.files {
        assert_eq!(
            file.persons
                .iter()
                .filter(|person| person.head_of_household)
                .count(),
            1
        );
        for person in &file.persons {
            let age = person.age_on(file.case.opened_at.date_naive());
            assert!(age >= 18 || !person.head_of_household);
            persons += 1;
            women += u32::from(person.sex == Sex::Female);
            children += u32::from(age < 18);
            young += u32::from((18..=30).contains(&age));
            older += u32::from(age > 50);
        }
    }
    for (count, percent) in [(women, 26.63), (children, 7.23), (young, 48.49), (older, 5.55)] {
        let share = f64::from(count) * 100.0 / f64::from(persons);
        assert!(
            (share - percent).abs() < 4.0,
            "{share} of a hundred, not {percent}"
        );
    }
}

#[test]
fn every_host_territory_has_its_share_and_no_mission_uses_a_reference_twice() {
    let programme = programme(1, now());
    let mut territories: BTreeMap<CountryCode, u32> = BTreeMap::new();
    let mut references = BTreeSet::new();
    for file in &programme.files {
        *territories.entry(file.case.host_territory).or_default() += 1;
        assert!(references.insert((file.case.sending_mission, &file.case.reference)));
    }
    assert_eq!(
        territories.keys().copied().collect::<BTreeSet<_>>(),
        CountryCode::HOST_TERRITORIES.into()
    );
    assert!(territories.values().all(|cases| *cases >= 30), "{territories:?}");
    assert!(territories.values().sum::<u32>() >= 600);
    let origins = states(&programme, |file| vec![file.case.country_of_return]);
    assert_eq!(origins.len(), 9);
}

#[test]
fn what_has_happened_has_happened_before_the_day_of_loading() {
    let programme = programme(1, now());
    let midnight = places::at(now().date_naive(), 0, 0);
    assert!(programme.told.iter().all(|(when, _, _)| *when < midnight));
    for file in &programme.files {
        let case = &file.case;
        let moments = [
            Some(case.opened_at),
            case.registered_at,
            case.departed_at,
            case.arrived_at,
            case.ended_at,
        ];
        assert!(moments.into_iter().flatten().all(|moment| moment < midnight));
        // A journey that can still take place leaves after that day.
        let leaves = file
            .live_itinerary()
            .and_then(crate::domain::itinerary::Itinerary::departs_at);
        let open = matches!(
            case.state,
            CaseState::PreDeparture | CaseState::ReadyToDepart | CaseState::OnHold
        );
        assert!(
            leaves.is_none_or(|leaves| open && leaves > midnight + Days::new(1)),
            "{}",
            case.reference
        );
    }
}

#[test]
fn cases_for_tests_of_load_are_all_ready_and_everybody_has_been_told() {
    for (mission, authorities) in [("iom-pristina", 2), ("iom-sarajevo", 2), ("iom-tirana", 1)] {
        let programme = ready_cases(20, mission, now());
        assert_eq!(programme.files.len(), 20);
        for file in &programme.files {
            assert_eq!(file.case.state, CaseState::ReadyToDepart);
            let relations = file.parties.iter().filter(|party| {
                use PartyRelation::{Migration, Police, Receiving, Transit};
                [Transit, Receiving, Police, Migration].contains(&party.relation)
            });
            let parties: Vec<_> = relations.map(|party| party.organisation).collect();
            assert_eq!(parties.len(), 2 + authorities, "{mission}");
            assert!(parties.iter().all(|party| file.told.contains_key(party)));
        }
    }
    assert!(ready_cases(20, "iom-baghdad", now()).files.is_empty());
}

#[test]
fn every_row_with_states_has_a_history_that_ends_in_the_state_it_is_in() {
    let programme = programme(5, now());
    let mut ends: HashMap<uuid::Uuid, (Option<&str>, DateTime<Utc>)> = HashMap::new();
    for (_, entry) in &programme.history {
        let known = ends.insert(entry.happened.id, (entry.happened.to, entry.at));
        if let Some((state, moment)) = known {
            assert_eq!(
                (state, moment <= entry.at),
                (entry.happened.from, true),
                "{entry:?}"
            );
        }
    }
    for file in &programme.files {
        for (aggregate, id, state) in crate::domain::history::states(file) {
            // The lines of a form are signed with it, and have no entry of their own until they end.
            if (aggregate, state) == ("Consent", "ACTIVE") {
                continue;
            }
            let end = ends.get(&id).and_then(|(state, _)| *state);
            assert_eq!(end, Some(state), "{aggregate} {}", file.case.reference);
        }
    }
    for movement in &programme.movements {
        let end = ends.get(&movement.id.uuid()).and_then(|(state, _)| *state);
        assert_eq!(end, Some(movement.state.code()), "{}", movement.reference);
    }
}
