//! Many subscribers, and departures that all of them are told of.

use crate::asking::{Asker, MISSION};
use crate::program::{Place, Program, token};
use crate::subscriber::Subscriber;
use crate::{Failure, at, setting};
use avrr_gateway::clock::Clock;
use avrr_gateway::demo;
use avrr_gateway::domain::consent::Purpose;
use avrr_gateway::domain::party::{Organisation, OrganisationKind};
use avrr_gateway::domain::territory::CountryCode;
use avrr_gateway::ids::new_id;
use avrr_gateway::store::{NewClient, Programme};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// The recipient, where there is one.
const RECIPIENT: &str = "iom-baghdad";

/// Streams of each recipient, where there are many.
const STREAMS_OF_EACH: usize = 2;

/// Prints how long deliveries take, and what a stream costs.
pub async fn measure() -> Result<(), Failure> {
    let (events, recipients) = (setting("BENCH_EVENTS", 20), setting("BENCH_RECIPIENTS", 1));
    let place = Place::new().await?;
    let mut programme = demo::ready_cases(events, MISSION, Clock::system().now());
    let listening = if recipients > 1 {
        with_police(&mut programme, recipients)
    } else {
        vec![RECIPIENT.to_owned()]
    };
    let tokens = place.load(programme).await?;
    let program = Program::start(&place)?;
    let of_each = setting("BENCH_TOKENS", 1);
    let mut issued = Vec::new();
    for client in listening.iter().cycle().take(listening.len() * of_each) {
        issued.push(token(&tokens, client)?);
    }
    let streams = if recipients > 1 {
        recipients * STREAMS_OF_EACH
    } else {
        setting("BENCH_STREAMS", 1_000)
    };

    let before = program.memory()?;
    let (heard, mut hears) = mpsc::unbounded_channel();
    for nth in 0..streams {
        let mut subscriber = Subscriber::open(program.address, &issued[nth % issued.len()], None).await?;
        subscriber.is_heard().await?;
        let heard = heard.clone();
        tokio::spawn(async move {
            while subscriber.next().await.is_ok() && heard.send(Instant::now()).is_ok() {}
        });
    }
    let after = program.memory()?;
    println!(
        "{}: {streams} streams, {recipients} recipients with {of_each} tokens each: {:.1} KiB a stream",
        place.kind(),
        after.saturating_sub(before) as f64 / streams as f64
    );

    let mut mission = Asker::connect(program.address, &token(&tokens, MISSION)?).await?;
    let cases = mission.ready_cases().await?;
    let (mut times, mut wholes) = (Vec::with_capacity(streams * events), Vec::new());
    for case in cases.iter().take(events) {
        mission.depart(case).await?;
        let committed = Instant::now();
        for _ in 0..streams {
            let at: Instant = hears.recv().await.ok_or("nobody listens")?;
            times.push(at.saturating_duration_since(committed));
        }
        wholes.push(committed.elapsed());
        #[expect(
            clippy::disallowed_methods,
            reason = "the next one finds everybody at rest, as departures are minutes apart"
        )]
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    times.sort_unstable();
    wholes.sort_unstable();
    println!(
        "from the answer to the command to the subscriber: p50 {:.1} ms, p99 {:.1} ms; all of one departure: p50 {:.1} ms, \
         longest {:.1} ms; {:.0} deliveries a second",
        at(&times, 50),
        at(&times, 99),
        at(&wholes, 50),
        at(&wholes, 100),
        streams as f64 / (at(&wholes, 50) / 1e3)
    );
    println!(
        "resident: {:.1} MiB before, {:.1} MiB with all streams, {:.1} MiB at the end",
        before as f64 / 1024.0,
        after as f64 / 1024.0,
        program.memory()? as f64 / 1024.0
    );
    drop(program);
    place.remove().await
}

/// Adds authorities of the host territory that are all told of departures, and says the names of their clients.
fn with_police(programme: &mut Programme, count: usize) -> Vec<String> {
    let (now, kind) = (Clock::system().now(), OrganisationKind::Police);
    let host = CountryCode::parse("XKX");
    let mut clients = Vec::with_capacity(count);
    for nth in 0..count {
        let (id, code) = (new_id(now).into(), format!("police-station-{nth}"));
        let agreement = demo::agreement(&code, kind, id, now.date_naive());
        programme.agreements.extend(agreement);
        programme.organisations.push(Organisation {
            id,
            code: code.clone(),
            name: format!("Police station {nth}"),
            kind,
            territory: host,
            seat_city: Some("Pristina".to_owned()),
            seat_country: host,
            sending_state: None,
            version: 1,
        });
        programme.clients.push(NewClient {
            client_id: code.clone(),
            owner: id,
            purposes: vec![Purpose::DepartureNotice],
            rights: Vec::new(),
            territory_profile: Default::default(),
            issuer: None,
        });
        clients.push(code);
    }
    clients
}
