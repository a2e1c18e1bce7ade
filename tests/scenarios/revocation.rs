//! Under fire: fifty streams and readers run while missions go on writing, and one after the other a consent, a token, a
//! client and an agreement are taken back. Whoever they were taken from learns nothing more, and everybody else everything.

use crate::support::socket::Heard;
use crate::support::*;
use avrr_gateway::demo;
use avrr_gateway::store::Programme;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Cases that depart meanwhile; one more stays, whose consent is taken back.
const DEPARTURES: usize = 40;

const CLERKS: usize = 3;

/// Longest time that a stream stays open after the commit.
const SOON: Duration = Duration::from_secs(5);

const INBOX: &str =
    "subscription { notices(afterSequence: 0) { sequence occurredAt case { id persons { fullName } } } }";
const CASES: &str = "{ cases(first: 3) { nodes { id persons { fullName } } } }";
const CASE: &str = "query($id: ID!) { node(id: $id) { ... on Case { persons { fullName } } } }";

fn all_are_ready(now: DateTime<Utc>) -> Programme {
    demo::ready_cases(DEPARTURES + 1, "iom-pristina", now)
}

/// Something that is taken back: when the command was about to be sent, and when its answer was there.
#[derive(Default)]
struct TakenBack {
    begun: OnceLock<Instant>,
    /// By the machine's clock, and by the programme's.
    done: OnceLock<(Instant, DateTime<Utc>)>,
}

impl TakenBack {
    fn begins(&self) {
        self.begun.set(Instant::now()).expect("once");
    }

    /// The answer is there; what happens from now on happens later by the programme's clock as well.
    fn is_done(&self, world: &World) {
        self.done.set((Instant::now(), world.clock.now())).expect("once");
        world.time_passes(TimeDelta::seconds(1));
    }

    fn was_done(&self) -> Option<&(Instant, DateTime<Utc>)> {
        self.done.get()
    }
}

/// Follows an inbox until shown out; nothing that happened after the commit may reach it. Returns when it was shown out.
async fn listens_until_shown_out(mut socket: Socket, gone: Arc<TakenBack>) -> Instant {
    socket.start("inbox", INBOX, &json!({})).await;
    loop {
        match socket.hear().await {
            Heard::Farewell(code, words) => {
                assert_eq!(code, 4403, "{words}");
                assert!(gone.begun.get().is_some(), "shown out for nothing");
                return Instant::now();
            }
            Heard::Message(message) => {
                let notice = &message["payload"]["data"]["notices"];
                if let (Some((_, moment)), Some(at)) = (gone.was_done(), notice["occurredAt"].as_str()) {
                    let at: DateTime<Utc> = at.parse().expect("a moment");
                    assert!(at <= *moment, "told of what happened after the commit: {message}");
                }
            }
        }
    }
}

/// Reads until refused; nothing that is asked after the commit may be answered. Returns how often it was answered.
async fn reads_until_refused(actor: Actor, token: String, gone: Arc<TakenBack>) -> usize {
    for answered in 0.. {
        let late = gone.was_done().is_some();
        let answer = actor.asks_with(&token, CASES, &json!({})).await;
        match answer.status {
            401 => {
                assert!(gone.begun.get().is_some(), "refused for nothing");
                return answered;
            }
            200 => assert!(!late, "answered after the commit: {}", answer.text),
            other => panic!("{other}: {}", answer.text),
        }
    }
    unreachable!("a reader reads on until it is refused")
}

/// Reads one case until everything is over; after the commit without the name on it. Returns how often it saw the name.
async fn reads_a_case(
    actor: Actor,
    (id, name): (String, String),
    gone: Arc<TakenBack>,
    over: watch::Receiver<bool>,
) -> usize {
    let mut seen = 0;
    while !*over.borrow() {
        let late = gone.was_done().is_some();
        let answer = actor.ask(CASE, json!({ "id": id })).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let named = answer.text.contains(&name);
        assert!(!(late && named), "named after the commit: {}", answer.text);
        seen += usize::from(named);
    }
    seen
}

/// Reads on, undisturbed, until everything is over.
async fn reads_on(actor: Actor, over: watch::Receiver<bool>) -> usize {
    let mut answered = 0;
    while !*over.borrow() {
        actor.ask(CASES, json!({})).await.ok();
        answered += 1;
    }
    answered
}

/// Follows an inbox, without a gap, until everything is over and it has heard it all.
async fn follows(mut inbox: Inbox, mut over: watch::Receiver<bool>) {
    while !*over.borrow_and_update() {
        tokio::select! {
            _ = inbox.next() => {}
            _ = over.changed() => {}
        }
    }
    let there = inbox.owner().inbox().await.len();
    while inbox.last() < i64::try_from(there).expect("a small number") {
        inbox.next().await;
    }
}

/// Departures one after the other, by several clerks; tells how many there were.
fn clerks_at_work(
    pristina: &Actor,
    ready: Vec<ReadyCase>,
    departed: &watch::Sender<usize>,
) -> Vec<JoinHandle<()>> {
    let (ready, next) = (Arc::new(ready), Arc::new(AtomicUsize::new(0)));
    let clerk = |_| {
        let (clerk, ready, next) = (pristina.clone(), ready.clone(), next.clone());
        let departed = departed.clone();
        tokio::spawn(async move {
            while let Some(case) = ready.get(next.fetch_add(1, Ordering::Relaxed)) {
                let answer = clerk.post(&case.departure(clerk.now())).await.ok();
                assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
                departed.send_modify(|count| *count += 1);
            }
        })
    };
    (0..CLERKS).map(clerk).collect()
}

/// A case whose one head nobody else is called like: for the mission its id and version, for the other its id and the name.
async fn one_that_stays(
    pristina: &Actor,
    other: &Actor,
    ready: &mut Vec<ReadyCase>,
) -> (ReadyCase, (String, String)) {
    let query = "{ cases(first: 100) { nodes { id persons { fullName } } } }";
    let names = async |actor: &Actor| {
        let data = actor.ask(query, json!({})).await.ok();
        let nodes = data["cases"]["nodes"].as_array().expect("nodes").iter();
        let named = nodes.map(|node| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (text(&node["id"]), text(&node["persons"][0]["fullName"]))
        });
        named.collect::<Vec<(String, String)>>()
    };
    let (ours, theirs) = (names(pristina).await, names(other).await);
    let alone = |name: &String| theirs.iter().filter(|(_, other)| other == name).count() == 1;
    let (id, name) = ours
        .iter()
        .find(|(_, name)| alone(name))
        .expect("somebody")
        .clone();
    let place = ready.iter().position(|case| case.id == id).expect("a ready case");
    let seen = theirs
        .into_iter()
        .find(|(_, known)| *known == name)
        .expect("the same");
    (ready.remove(place), seen)
}

/// The line of a case's Data Exchange form that lets the migration authority know who it is.
async fn identity_line(pristina: &Actor, case: &ReadyCase) -> String {
    let query =
        "query($id: ID!) { node(id: $id) { ... on Case { consents { id recipientClass category } } } }";
    let data = pristina.ask(query, json!({ "id": case.id })).await.ok();
    let mut lines = data["node"]["consents"].as_array().expect("consents").iter();
    let line = lines
        .find(|line| line["recipientClass"] == "HOST_MIGRATION" && line["category"] == "IDENTITY")
        .expect("a consent");
    line["id"].as_str().expect("an id").to_owned()
}

async fn introduced(actor: &Actor, token: &str) -> Socket {
    let mut socket = Socket::open(actor.address).await.expect("a socket");
    let payload = json!({ "Authorization": format!("Bearer {token}") });
    let heard = socket.introduce(payload).await;
    assert_eq!(heard, Heard::Message(json!({ "type": "connection_ack" })));
    socket
}

/// Streams and readers that have one thing in common, which is taken back from all of them.
struct Victims {
    gone: Arc<TakenBack>,
    streams: Vec<JoinHandle<Instant>>,
    readers: Vec<JoinHandle<usize>>,
}

impl Victims {
    async fn at_work(actor: &Actor, token: Option<&str>, streams: usize, readers: usize) -> Self {
        let gone = Arc::new(TakenBack::default());
        let token = || token.map_or_else(|| actor.token(), str::to_owned);
        let mut victims = Self {
            gone: gone.clone(),
            streams: Vec::new(),
            readers: Vec::new(),
        };
        for _ in 0..streams {
            let socket = introduced(actor, &token()).await;
            let stream = listens_until_shown_out(socket, gone.clone());
            victims.streams.push(tokio::spawn(stream));
        }
        for _ in 0..readers {
            let reader = reads_until_refused(actor.clone(), token(), gone.clone());
            victims.readers.push(tokio::spawn(reader));
        }
        victims
    }

    /// All streams were closed in time; returns the longest time that it took.
    async fn are_shown_out(self, what: &str) -> Duration {
        let (done, _) = *self.gone.was_done().expect("taken back");
        let mut longest = Duration::ZERO;
        for stream in self.streams {
            let closed = stream.await.expect("a stream that learns nothing more");
            longest = longest.max(closed.saturating_duration_since(done));
        }
        assert!(longest < SOON, "{what}: closed after {longest:?}");
        for reader in self.readers {
            reader.await.expect("a reader that learns nothing more");
        }
        longest
    }
}

async fn whoever_is_revoked_learns_nothing_more_and_everybody_else_everything(world: &World) {
    let pristina = world.mission("Pristina");
    let (istanbul, baghdad) = (world.mission("Istanbul"), world.mission("Baghdad"));
    let (police, migration) = (world.police("XKX"), world.migration("XKX"));
    let (admin, auditor) = (world.admin(), world.auditor());
    let mut ready = pristina.cases_ready_to_depart().await;
    let (stays, seen) = one_that_stays(&pristina, &migration, &mut ready).await;
    let line = identity_line(&pristina, &stays).await;
    let leaked = migration.token();

    let (over, is_over) = watch::channel(false);
    let suspended = Victims::at_work(&istanbul, None, 6, 4).await;
    let unagreed = Victims::at_work(&police, None, 6, 4).await;
    let revoked = Victims::at_work(&migration, Some(&leaked), 4, 4).await;
    let consent = Arc::new(TakenBack::default());
    let mut followers = Vec::new();
    for (actor, streams) in [(&migration, 4), (&baghdad, 8)] {
        for _ in 0..streams {
            let inbox = actor.listens().await;
            followers.push(tokio::spawn(follows(inbox, is_over.clone())));
        }
    }
    let mut readers = Vec::new();
    for actor in [&baghdad, &baghdad, &baghdad, &pristina, &pristina, &auditor] {
        readers.push(tokio::spawn(reads_on(actor.clone(), is_over.clone())));
    }
    let mut of_the_case = Vec::new();
    for _ in 0..4 {
        let reader = reads_a_case(migration.clone(), seen.clone(), consent.clone(), is_over.clone());
        of_the_case.push(tokio::spawn(reader));
    }

    let (departed, mut count) = watch::channel(0);
    let clerks = clerks_at_work(&pristina, ready, &departed);
    let mut so_many_have_left = async |so_many: usize| {
        count.wait_for(|count| *count >= so_many).await.expect("clerks");
    };

    so_many_have_left(DEPARTURES / 8).await;
    consent.begins();
    let take_back =
        "mutation($input: RevokeConsentInput!) { revokeConsent(input: $input) { errors { code } } }";
    let input =
        json!({ "idempotencyKey": "taken back", "consentId": line, "expectedVersion": stays.version });
    let answer = pristina.ask(take_back, json!({ "input": input })).await.ok();
    assert_eq!(answer["revokeConsent"]["errors"], json!([]));
    consent.is_done(world);

    so_many_have_left(DEPARTURES / 4).await;
    suspended.gone.begins();
    admin.suspends_client(&istanbul).await;
    suspended.gone.is_done(world);

    so_many_have_left(DEPARTURES * 3 / 8).await;
    let command = auditor.revokes_token(&migration.client, &jti_of(&leaked)).await;
    revoked.gone.begins();
    command.await;
    revoked.gone.is_done(world);

    so_many_have_left(DEPARTURES / 2).await;
    let reference = format!("TRANSFER/{}", police.client);
    let command = admin.ends_agreement(&police.client, 1, &reference).await;
    unagreed.gone.begins();
    command.await;
    unagreed.gone.is_done(world);

    let closed = [
        suspended.are_shown_out("client suspended").await,
        revoked.are_shown_out("token revoked").await,
        unagreed.are_shown_out("agreement ended").await,
    ];
    for clerk in clerks {
        clerk.await.expect("a clerk who gets through");
    }
    over.send(true).expect("somebody who listens");
    for follower in followers {
        follower.await.expect("a stream that goes on and misses nothing");
    }
    for reader in readers {
        assert!(reader.await.expect("a reader that goes on") > 0);
    }
    let mut named = 0;
    for reader in of_the_case {
        named += reader.await.expect("a reader of what it may");
    }
    assert!(named > 0, "the name was there before");
    eprintln!(
        "{:?}: streams closed after {} ms (client suspended), {} ms (token revoked), {} ms (agreement ended)",
        world.database,
        closed[0].as_millis(),
        closed[1].as_millis(),
        closed[2].as_millis(),
    );
}

on_both_databases!(from all_are_ready: whoever_is_revoked_learns_nothing_more_and_everybody_else_everything);
