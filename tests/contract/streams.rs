//! Streams of one recipient cost the database what one of them does, however many they are.

use crate::queries::Statements;
use crate::stage::on_both_stages;
use crate::support::actor::Actor;
use crate::support::database::Stage;
use crate::support::socket::{Heard, Socket};
use avrr_gateway::app::App;
use avrr_gateway::clock::Clock;
use avrr_gateway::config::Config;
use avrr_gateway::demo;
use serde_json::json;
use std::sync::atomic::Ordering;

on_both_stages!(forty_streams_cost_what_one_does);

/// Statements that may come in between: the looks once a second, and those of a slow machine that looks again.
const BESIDES: usize = 15;

const INBOX: &str =
    "subscription($after: Int) { notices(afterSequence: $after) { sequence case { id persons { id } } } }";

async fn forty_streams_cost_what_one_does(stage: &Stage) {
    let counted = Statements::default();
    // Server and clients run on this one thread, so nobody else's statements are counted.
    let _guard = tracing::subscriber::set_default(counted.clone());
    let mut config = Config::default();
    // Stories ask for more than a client may, by a clock that stands still.
    config.fair_use.points = 0;
    config.listen.set_port(0);
    config.database.url = stage.url.as_str().into();
    config.auth.signing_key_file = stage.directory.join("key.pem");
    config.auth.max_lifetime_seconds = 86_400;
    let app = App::build_with(config, Clock::system()).await.expect("an app");
    let programme = demo::ready_cases(2, "iom-pristina", Clock::system().now());
    app.store().load(programme).await.expect("cases");
    let (address, tokens) = (app.local_addr(), app.tokens().expect("an issuer").clone());
    let server = tokio::spawn(app.run_until_stopped(std::future::pending()));
    let (pristina, baghdad) = (
        Actor::at(address, "iom-pristina", &tokens),
        Actor::at(address, "iom-baghdad", &tokens),
    );
    let ready = pristina.cases_ready_to_depart().await;

    let mut costs = Vec::new();
    for (streams, case) in [1, 40].into_iter().zip(&ready) {
        let (token, head) = (baghdad.token(), baghdad.counts("notices").await);
        let mut sockets = Vec::new();
        for _ in 0..streams {
            let mut socket = Socket::open(address).await.expect("a socket");
            let payload = json!({ "Authorization": format!("Bearer {token}") });
            assert!(matches!(socket.introduce(payload).await, Heard::Message(_)));
            socket.start("inbox", INBOX, &json!({ "after": head })).await;
            // What is answered after it was there before.
            socket.start("question", "{ __typename }", &json!({})).await;
            socket.hears_next().await;
            assert!(matches!(socket.hear().await, Heard::Message(_)));
            sockets.push(socket);
        }
        let before = counted.0.load(Ordering::Relaxed);
        let answer = pristina.post(&case.departure(Clock::system().now())).await.ok();
        assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
        for socket in &mut sockets {
            assert_eq!(socket.hears_next().await["notices"]["sequence"], head + 1);
        }
        costs.push(counted.0.load(Ordering::Relaxed) - before);
    }
    let [one, forty] = costs[..] else {
        unreachable!("two rounds")
    };
    assert!(
        forty <= one + BESIDES,
        "{forty} statements for forty streams, {one} for one"
    );
    eprintln!("{one} statements for a departure and the event of one stream, {forty} for those of forty");
    server.abort();
}
