//! The demo programme in a store: what is read is what was played, and the inboxes have no gap.

use super::*;
use crate::clock::{Clock, TestClock};
use crate::commands::Desk;
use crate::config::DemoProgramme;
use crate::config::{DatabaseSettings, Limits};
use crate::domain::party::OrganisationKind;
use crate::graphql;
use crate::notify::Hub;
use crate::policy::actions::Action;
use crate::policy::viewer::Viewer;
use crate::store::Actor;
use crate::store::Want;
use crate::store::filter::NoticeFilter;
use crate::store::nodes::NoticeNode;
use crate::store::page::PageRequest;

/// A store on an empty `SQLite` file, which goes with its directory.
async fn empty_store(clock: Clock) -> (Store, Scratch) {
    let scratch = Scratch(std::env::temp_dir().join(format!("avrr-demo-test-{}", crate::ids::new_id(now()))));
    std::fs::create_dir(&scratch.0).expect("a directory");
    let url = format!("sqlite://{}?mode=rwc", scratch.0.join("demo.db").display());
    let settings = DatabaseSettings {
        url: url.as_str().into(),
        ..DatabaseSettings::default()
    };
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

/// A client of the scene.
async fn viewer(store: &Store, client: &str) -> Viewer {
    let known = store
        .registered_client(client)
        .await
        .expect("an answer")
        .expect("a client");
    Viewer {
        organisation: known.organisation,
        kind: known.kind,
        client: known.client,
        client_id: client.into(),
        subject: "staff".into(),
        rights: Vec::new(),
        purpose: known.purposes[0],
        token: "demo".into(),
        issued_at: now(),
        territory_profile: Default::default(),
        documents_only: false,
        expires_at: now() + Days::new(1),
    }
}

/// The auditor, who reaches every case.
async fn auditor(store: &Store) -> Actor {
    Actor {
        viewer: viewer(store, "auditor").await,
        request_id: "demo".to_owned(),
    }
}

/// A case file with its rows in the order of their ids, in which nothing but the order of equal moments can differ.
fn sorted(mut file: CaseFile) -> CaseFile {
    file.consents.sort_by_key(|consent| consent.id);
    file.parties.sort_by_key(|party| party.organisation);
    file.handlings.sort_by_key(|handling| handling.id);
    file.arrivals.sort_by_key(|arrival| arrival.id);
    file.manifest_lines.sort_by_key(|line| line.id);
    file.custody.sort_by_key(|entry| entry.id);
    file
}

#[tokio::test]
async fn what_is_read_from_the_store_is_what_was_played() {
    let (store, _scratch) = empty_store(TestClock::at(now()).clock()).await;
    let programme = programme(1, now());
    let files = programme.files.clone();
    store.load(programme).await.expect("an empty database");
    let work = store.begin(auditor(&store).await).await.expect("a transaction");
    for file in files {
        let loaded = work.load_for_update(file.case.id).await.expect("the case");
        assert_eq!(sorted(loaded.file), sorted(file));
    }
    drop(work);
    assert!(
        super::load(&store, DemoProgramme::default(), 1).await.is_err(),
        "a second programme is refused"
    );
}

/// What it takes to read the file of a case that is ready to depart: the case, one look at which of 41 tables hold
/// anything of it, its persons and parties, and thirteen tables for the kinds of rows that it has.
const STATEMENTS_A_FILE: usize = 17;

#[tokio::test]
async fn a_file_is_read_from_the_tables_that_hold_something_of_it() {
    let (mut store, _scratch) = empty_store(TestClock::at(now()).clock()).await;
    let programme = ready_cases(1, "iom-pristina", now());
    let file = programme.files[0].clone();
    store.load(programme).await.expect("an empty database");
    let actor = auditor(&store).await;
    let asked = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = asked.clone();
    store.observe(move |statement| {
        if statement.starts_with("SELECT") {
            seen.lock().expect("a list").push(statement.to_owned());
        }
    });
    let work = store.begin(actor).await.expect("a transaction");
    let loaded = work.load_for_update(file.case.id).await.expect("the case");
    assert_eq!(sorted(loaded.file), sorted(file));
    let asked = asked.lock().expect("a list");
    assert!(asked.iter().any(|statement| statement.contains("\"segments\"")));
    assert!(
        (5..=STATEMENTS_A_FILE).contains(&asked.len()),
        "{} statements: {asked:#?}",
        asked.len()
    );
}

#[tokio::test]
async fn every_inbox_is_numbered_from_one_without_a_gap() {
    let (store, _scratch) = empty_store(TestClock::at(now()).clock()).await;
    let programme = programme(1, now());
    let mut told: BTreeMap<_, i64> = BTreeMap::new();
    for (_, _, notice) in &programme.told {
        *told.entry(notice.recipient).or_default() += 1;
    }
    store.load(programme).await.expect("an empty database");
    let whole = PageRequest {
        limit: 10_000,
        after: None,
        before: None,
        from_end: false,
        ascending: true,
        count: false,
    };
    for client in clients() {
        let viewer = viewer(&store, client.client_id).await;
        if viewer.kind == OrganisationKind::Auditor {
            continue; // reads every inbox and has none
        }
        let expected = told.remove(&viewer.organisation).unwrap_or_default();
        let inbox = store
            .reader(&viewer)
            .page::<NoticeNode>(&NoticeFilter::default(), whole, &Want::default())
            .await;
        let inbox = inbox.expect("an inbox");
        let numbers: Vec<_> = inbox
            .rows
            .iter()
            .map(|notice| notice.key(|node| node.sequence))
            .collect();
        assert_eq!(
            numbers,
            (1..=expected).collect::<Vec<_>>(),
            "{}",
            client.client_id
        );
    }
    assert!(told.is_empty(), "an inbox of nobody's");
}

#[tokio::test]
async fn the_first_query_of_every_client_is_answered_with_rows() {
    let (store, _scratch) = empty_store(TestClock::at(now()).clock()).await;
    load(&store, DemoProgramme::default(), 1)
        .await
        .expect("an empty database");
    let gateway = graphql::schema(
        Desk {
            store: store.clone(),
            hub: Hub::default(),
            oversight: crate::commands::Oversight::default(),
            egress: crate::notify::webhook::Egress::default(),
        },
        Limits::default(),
    );
    for client in clients() {
        let query = async_graphql::Request::new(first_query(client.kind));
        let answer = graphql::execute(
            &gateway,
            query,
            viewer(&store, client.client_id).await,
            "demo".to_owned(),
        )
        .await;
        assert!(
            answer.errors.is_empty(),
            "{}: {:?}",
            client.client_id,
            answer.errors
        );
        let answer = answer.data.to_string();
        let rows = answer.matches("node:").count();
        let expected = match client.kind {
            OrganisationKind::Dashboard => 0,
            OrganisationKind::ServiceProvider => 1,
            OrganisationKind::Admin => clients().len(),
            _ => 3,
        };
        assert_eq!(rows, expected, "{}: {answer}", client.client_id);
    }
}

#[tokio::test]
async fn the_store_saves_the_same_steps_to_the_same_end() {
    let hand = TestClock::at(now() - Days::new(900));
    let (store, _scratch) = empty_store(hand.clock()).await;
    let scene = Scene::of(now());
    let today = now().date_naive();
    let plans = cases::plans(3, today, &scene);
    let mut plans: Vec<_> = plans.into_iter().step_by(50).collect();
    let mut tales = tales::plans(3, today, &scene);
    // Of each tale one telling is enough.
    let mut seen = BTreeSet::new();
    tales.retain(|(tale, _)| seen.insert(std::ptr::from_ref(*tale) as usize));
    cases::number(
        plans
            .iter_mut()
            .chain(tales.iter_mut().flat_map(|(_, cast)| cast)),
    );
    plans.extend(by_reference::plan(3, today, &scene));
    let (mut movements, mut told) = (Vec::new(), Vec::new());
    for (tale, cast) in tales {
        let heard = tale.tell(cast, &scene);
        assert_eq!(heard.refusal, None);
        movements.extend(heard.groups.into_iter().map(|group| group.movement));
        told.extend(heard.stories);
    }
    // What belongs to no case stands as it does in the end.
    let organisations = Programme {
        organisations: scene.directory.organisations.clone(),
        accreditations: scene.directory.accreditations.clone(),
        clients: scene.clients.clone(),
        projects: scene.funding.projects.clone(),
        rules: scene.funding.rules.clone(),
        rates: scene.funding.rates.clone(),
        suspensions: vec![scene.closure.lifted()],
        movements,
        ..Programme::default()
    };
    store.load(organisations).await.expect("an empty database");
    let actor = auditor(&store).await;
    let played = plans
        .into_iter()
        .map(|plan| story::Story::play(plan, &scene).expect("a story").0);
    let (mut changes, mut files) = (Vec::new(), Vec::new());
    for story in played.chain(told) {
        changes.extend(story.changes);
        files.push(story.file);
    }
    changes.sort_by_key(|(when, _)| *when);
    for (when, change) in changes {
        hand.advance(when - hand.now());
        let mut work = store.begin(actor.clone()).await.expect("a transaction");
        work.save(&change, Action::OpenCase)
            .await
            .expect("a change that holds");
        let _ = work.commit().await.expect("a commit");
    }
    let work = store.begin(actor).await.expect("a transaction");
    for file in files {
        let saved = work.load_for_update(file.case.id).await.expect("the case");
        assert_eq!(sorted(saved.file), sorted(file));
    }
}
