//! What the demo programme is said to be.

use super::*;
use crate::clock::{Clock, TestClock};
use crate::config::DatabaseSettings;
use crate::domain::case::{CaseState, LegalStatus};
use crate::domain::case_file::CaseFile;
use crate::domain::cash_grant::{CashGrantState, TrancheState};
use crate::domain::code::Code;
use crate::domain::consent::{ConsentCategory, Purpose, RecipientClass};
use crate::domain::itinerary::{ItineraryState, SuspensionReason};
use crate::domain::party::{OrganisationKind, PartyRelation};
use crate::domain::person::Sex;
use crate::domain::reintegration::ReintegrationPackageState;
use crate::domain::travel_document::{TravelDocumentRequestState, TravelDocumentType};
use crate::ids::OrganisationId;
use crate::policy::actions::Action;
use crate::policy::viewer::Viewer;
use crate::store::Actor;
use chrono::{Days, TimeDelta};
use std::collections::{BTreeMap, BTreeSet, HashMap};

fn now() -> DateTime<Utc> {
    "2026-11-21T22:30:00Z".parse().expect("a moment")
}

/// What the demo says of its cases, its ids replaced by the order in which they are met.
fn without_ids(programme: &Programme) -> String {
    let text = format!(
        "{:?}{:?}{:?}{:?}{:?}",
        programme.organisations, programme.accreditations, programme.clients, programme.files, programme.told
    );
    let mut met: HashMap<&str, usize> = HashMap::new();
    let mut plain = String::with_capacity(text.len());
    let mut rest = 0;
    for (start, _) in text.match_indices('-') {
        // 8-4-4-4-12 hexadecimal digits, recognised at their first dash.
        let id = start.checked_sub(8).filter(|begin| *begin >= rest).and_then(|begin| text.get(begin..begin + 36));
        if let Some(id) = id.filter(|id| uuid::Uuid::parse_str(id).is_ok()) {
            let known = met.len();
            plain.push_str(&text[rest..start - 8]);
            plain.push_str(&format!("#{}", met.entry(id).or_insert(known)));
            rest = start + 28;
        }
    }
    plain.push_str(&text[rest..]);
    plain
}

fn states<S: Ord>(programme: &Programme, of: impl Fn(&CaseFile) -> Vec<S>) -> BTreeSet<S> {
    programme.files.iter().flat_map(of).collect()
}

fn by_reference(programme: &Programme) -> &CaseFile {
    let mut files = programme.files.iter();
    files.find(|file| file.case.reference == REFERENCE).expect("the case by reference")
}

#[test]
fn the_same_seed_and_day_give_the_same_programme_apart_from_ids() {
    let morning = now() - TimeDelta::hours(20);
    let one = without_ids(&programme(5, now()));
    assert_eq!(one, without_ids(&programme(5, morning)));
    assert_ne!(one, without_ids(&programme(6, now())));
    assert_ne!(one, without_ids(&programme(5, now() + Days::new(1))));
    assert!(!one.contains("Uuid"), "ids are printed as they are recognised here");
}

#[test]
fn no_case_is_cut_short_whatever_the_seed_and_the_day() {
    for (seed, day) in [(1, 0), (2, 100), (3, 464), (4, 465), (5, 600), (6, 4000)] {
        let now = now() + Days::new(day);
        let register = register(now);
        let mut plans = cases::plans(seed, now.date_naive(), &register);
        plans.extend(by_reference::plan(seed, now.date_naive(), &register));
        let planned = plans.len();
        let mut programme = Programme::default();
        let refused = cases::play(plans, &register.directory, &mut programme);
        assert!(refused.is_empty(), "{refused:?}");
        assert_eq!((planned, programme.files.len()), (cases::CASES + 1, cases::CASES + 1));
    }
}

#[test]
fn every_state_that_the_steps_can_reach_occurs() {
    use CaseState::{Arrived, Departed, Inquiry, ReadyToDepart, Registered, Withdrawn};
    let programme = programme(1, now());
    let cases = states(&programme, |file| vec![file.case.state]);
    assert_eq!(cases, BTreeSet::from([Inquiry, Registered, ReadyToDepart, Departed, Arrived, Withdrawn]));
    let requests = states(&programme, |file| file.requests.iter().map(|request| request.state).collect());
    // The last two words of the vocabulary are masks.
    assert_eq!(requests.len(), TravelDocumentRequestState::ALL.len() - 2);
    let journeys = states(&programme, |file| file.itineraries.iter().map(|journey| journey.state).collect());
    assert_eq!(journeys.len(), ItineraryState::ALL.len());
    let grants = states(&programme, |file| file.grants.iter().map(|grant| grant.state).collect());
    assert_eq!(grants.len(), CashGrantState::ALL.len());
    let tranches = states(&programme, |file| {
        file.grants.iter().flat_map(|grant| &grant.tranches).map(|tranche| tranche.state).collect()
    });
    assert_eq!(tranches.len(), TrancheState::ALL.len());
    let packages = states(&programme, |file| file.packages.iter().map(|package| package.state).collect());
    assert_eq!(packages, BTreeSet::from([ReintegrationPackageState::Proposed, ReintegrationPackageState::Forfeited]));
    let revoked = programme.files.iter().flat_map(|file| &file.consents).filter(|consent| !consent.is_active());
    assert!(revoked.count() > 10);
    let rebooked = programme.files.iter().filter(|file| file.itineraries.len() > 1);
    assert!(rebooked.count() > 40);
}

#[test]
fn families_have_one_to_six_persons_and_ages_and_sexes_are_as_in_the_annual_figures() {
    let programme = programme(1, now());
    let sizes = states(&programme, |file| vec![file.persons.len()]);
    assert_eq!(sizes, BTreeSet::from([1, 2, 3, 4, 5, 6]));
    let mut persons = 0_u32;
    let [mut women, mut children, mut young, mut older] = [0_u32; 4];
    for file in &programme.files {
        assert_eq!(file.persons.iter().filter(|person| person.head_of_household).count(), 1);
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
        assert!((share - percent).abs() < 4.0, "{share} of a hundred, not {percent}");
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
    assert_eq!(territories.keys().copied().collect::<Vec<_>>(), CountryCode::HOST_TERRITORIES);
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
        let moments = [Some(case.opened_at), case.registered_at, case.departed_at, case.arrived_at, case.ended_at];
        assert!(moments.into_iter().flatten().all(|moment| moment < midnight));
        // A journey that can still take place leaves after that day.
        let leaves = file.live_itinerary().and_then(crate::domain::itinerary::Itinerary::departs_at);
        let open = case.state == CaseState::Registered || case.state == CaseState::ReadyToDepart;
        assert!(leaves.is_none_or(|leaves| open && leaves > midnight + Days::new(1)), "{}", case.reference);
    }
}

#[test]
fn the_case_by_reference_waits_with_its_third_itinerary_ticketed() {
    let programme = programme(1, now());
    let file = by_reference(&programme);
    let code = |id| programme.organisations.iter().find(|one| one.id == id).map(|one| one.code.as_str());
    let case = &file.case;
    assert_eq!((case.state, case.legal_status), (CaseState::ReadyToDepart, LegalStatus::AsylumRejected));
    assert_eq!((case.host_territory, case.destination_city.as_deref()), (CountryCode::KOSOVO, Some("Diwaniya")));
    assert_eq!(code(case.sending_mission), Some("iom-pristina"));
    assert_eq!(case.receiving_mission.and_then(code), Some("iom-baghdad"));
    let [person] = file.persons.as_slice() else { panic!("he returns alone") };
    assert_eq!((person.age_on(now().date_naive()), person.sex, person.nationality), (25, Sex::Male, place("IRQ")));
    assert_eq!(person.host_address.as_deref(), Some("Asylum Centre Magure, Lipjan"));
    let to_the_embassy = file.consents.iter().filter(|consent| consent.recipient_class == RecipientClass::Embassy);
    let categories: Vec<_> = to_the_embassy.map(|consent| consent.category).collect();
    assert_eq!(categories, [ConsentCategory::Identity, ConsentCategory::Photo]);
    let [request] = file.requests.as_slice() else { panic!("one request") };
    assert_eq!(code(request.consular_post), Some("embassy-iraq-belgrade"));
    assert!(request.acknowledged_at.is_some() && request.nationality_confirmed_at.is_some());
    let document = request.document.as_ref().map(|document| document.document_type);
    assert_eq!(document, Some(TravelDocumentType::EmergencyTravelDocument));
    let attempts: Vec<_> = file.itineraries.iter().map(|attempt| (attempt.attempt_no, attempt.state)).collect();
    use ItineraryState::{Suspended, Ticketed};
    assert_eq!(attempts, [(1, Suspended), (2, Suspended), (3, Ticketed)]);
    for attempt in &file.itineraries[..2] {
        assert_eq!(attempt.suspension_reason, Some(SuspensionReason::PublicHealth));
    }
    let last = &file.itineraries[2];
    let stops: Vec<_> = last.segments.iter().map(|s| (s.departure_airport.as_str(), s.arrival_airport.as_str())).collect();
    assert_eq!(stops, [("PRN", "IST"), ("IST", "BGW")]);
    assert_eq!(last.departs_at().map(|leaves| leaves.date_naive()), Some(now().date_naive() + Days::new(1)));
    let [grant] = file.grants.as_slice() else { panic!("one grant") };
    assert_eq!((grant.state, grant.tranches[0].state), (CashGrantState::Approved, TrancheState::Scheduled));
    let [package] = file.packages.as_slice() else { panic!("one package") };
    assert_eq!(package.state, ReintegrationPackageState::Proposed);
    assert!(package.plan.as_ref().is_some_and(|plan| plan.contains("printing shop")));
    let mut told: Vec<_> = file.told.keys().filter_map(|recipient| code(*recipient)).collect();
    told.sort_unstable();
    let all = ["embassy-iraq-belgrade", "iom-baghdad", "iom-istanbul", "iom-pristina", "migration-kosovo", "police-kosovo"];
    assert_eq!(told, all);
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

/// A store on an empty SQLite file, which goes with its directory.
async fn empty_store(clock: Clock) -> (Store, Scratch) {
    let scratch = Scratch(std::env::temp_dir().join(format!("avrr-demo-test-{}", crate::ids::new_id(now()))));
    std::fs::create_dir(&scratch.0).expect("a directory");
    let url = format!("sqlite://{}?mode=rwc", scratch.0.join("demo.db").display());
    let settings = DatabaseSettings { url: url.as_str().into(), ..DatabaseSettings::default() };
    let store = Store::connect(&settings, clock).await.expect("a database");
    store.migrate_up().await.expect("tables");
    (store.prepared(None).await.expect("an installation"), scratch)
}

struct Scratch(std::path::PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The auditor, who reaches every case.
async fn auditor(store: &Store) -> Actor {
    let known = store.registered_client("auditor").await.expect("an answer").expect("the auditor");
    let viewer = Viewer {
        organisation: known.organisation,
        kind: OrganisationKind::Auditor,
        client: known.client,
        client_id: "auditor".into(),
        purpose: Some(Purpose::Oversight),
        expires_at: now() + Days::new(1),
    };
    Actor { viewer, request_id: "demo".to_owned() }
}

/// A case file with its rows in the order of their ids, in which nothing but the order of equal moments can differ.
fn sorted(mut file: CaseFile) -> CaseFile {
    file.consents.sort_by_key(|consent| consent.id);
    file.parties.sort_by_key(|party| party.organisation);
    file
}

#[tokio::test]
async fn what_is_read_from_the_store_is_what_was_played() {
    let (store, _scratch) = empty_store(TestClock::at(now()).clock()).await;
    let programme = programme(1, now());
    let files = programme.files.clone();
    let mut recipients: BTreeMap<OrganisationId, usize> = BTreeMap::new();
    for (_, _, notice) in &programme.told {
        *recipients.entry(notice.recipient).or_default() += 1;
    }
    store.load(programme).await.expect("an empty database");
    let actor = auditor(&store).await;
    let work = store.begin(actor.clone()).await.expect("a transaction");
    for file in files {
        let loaded = work.load_for_update(file.case.id).await.expect("the case");
        assert_eq!(sorted(loaded.file), sorted(file));
    }
    assert!(store.load(super::programme(1, now())).await.is_err(), "a second programme is refused");
}

#[tokio::test]
async fn the_store_saves_the_same_steps_to_the_same_end() {
    let hand = TestClock::at(now() - Days::new(900));
    let (store, _scratch) = empty_store(hand.clock()).await;
    let register = register(now());
    let mut plans = cases::plans(3, now().date_naive(), &register);
    plans.truncate(30);
    plans.extend(by_reference::plan(3, now().date_naive(), &register));
    let organisations = Programme {
        organisations: register.directory.organisations.clone(),
        accreditations: register.directory.accreditations.clone(),
        clients: register.clients.clone(),
        ..Programme::default()
    };
    store.load(organisations).await.expect("an empty database");
    let actor = auditor(&store).await;
    let played = plans.into_iter().map(|plan| story::Story::play(plan, &register.directory).expect("a story").0);
    let (mut changes, mut files) = (Vec::new(), Vec::new());
    for story in played {
        changes.extend(story.changes);
        files.push(story.file);
    }
    changes.sort_by_key(|(when, _)| *when);
    for (when, change) in changes {
        hand.advance(when - hand.now());
        let mut work = store.begin(actor.clone()).await.expect("a transaction");
        work.save(&change, Action::OpenCase).await.expect("a change that holds");
        let _ = work.commit().await.expect("a commit");
    }
    let work = store.begin(actor).await.expect("a transaction");
    for file in files {
        let saved = work.load_for_update(file.case.id).await.expect("the case");
        assert_eq!(sorted(saved.file), sorted(file));
    }
}
