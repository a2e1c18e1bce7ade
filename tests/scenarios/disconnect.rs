//! Clients that go away in the middle of a command: what they began is finished or never happened, and nothing of it
//! stays open.

use crate::support::*;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// Hangs up at every moment from "not yet sent" to "nearly answered".
const MOMENTS: u32 = 120;

/// A request that goes away leaves no transaction behind, whenever it goes.
async fn who_hangs_up_leaves_nothing_open(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let pristina = &usual.pristina;
    let begun = Instant::now();
    pristina.proposes_a_grant(&usual.case, &[600, 400]).await;
    let usually = begun.elapsed();
    for moment in 0..MOMENTS {
        let body = pristina.proposes_a_grant(&usual.case, &[600, 400]).body().await;
        let mut stream = TcpStream::connect(world.address).await.expect("a connection");
        stream.set_nodelay(true).expect("an option");
        let request = raw(pristina, &body);
        let (first, rest) = request.split_at(request.len() * usize::from(moment > 5) * 9 / 10);
        stream.write_all(first).await.expect("sent");
        stream.write_all(rest).await.expect("sent");
        // Whoever is patient hears the answer; this one hangs up before, a little later each time.
        let _ = tokio::time::timeout(usually * moment / MOMENTS, stream.readable()).await;
        drop(stream);
    }
    nothing_is_open(world, &usual).await;
    let made = pristina
        .sees(&usual.case, "{ cashGrants { state tranches { state } } }")
        .await;
    let whole =
        json!({ "state": "PROPOSED", "tranches": [{ "state": "SCHEDULED" }, { "state": "SCHEDULED" }] });
    assert!(
        made.row["cashGrants"]
            .as_array()
            .expect("grants")
            .iter()
            .all(|grant| *grant == whole)
    );
}

/// The same over WebSockets: a socket that is torn off in the middle of a command.
async fn a_torn_socket_leaves_nothing_open(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    for nth in 0..40 {
        let body = usual
            .pristina
            .proposes_a_package(&usual.case, 1_000, &[600, 400])
            .body()
            .await;
        let mut socket = usual.pristina.connects().await;
        for operation in 0..=(nth % 4) {
            let mut variables = body["variables"].clone();
            variables["input"]["idempotencyKey"] = format!("{nth} {operation}").into();
            let query = body["query"].as_str().expect("a query");
            socket.start(&operation.to_string(), query, &variables).await;
        }
        if nth % 2 == 0 {
            socket.hear().await;
        }
        drop(socket);
    }
    nothing_is_open(world, &usual).await;
}

/// A repetition under the same key tells whoever hung up what became of the command.
async fn who_hung_up_may_ask_again_under_the_same_key(world: &World) {
    let usual = world.a_usual_case(Until::Issued).await;
    let pristina = &usual.pristina;
    let body = pristina.books(&usual.case, "PRN-IST-BGW", 9).body().await;
    let mut stream = TcpStream::connect(world.address).await.expect("a connection");
    stream.write_all(&raw(pristina, &body)).await.expect("sent");
    drop(stream);
    for _ in 0..3 {
        let answer = pristina.post(&body).await.ok();
        assert_eq!(answer["bookItinerary"]["itinerary"]["attemptNo"], 1, "{answer}");
    }
    assert_eq!(usual.baghdad.counts("notices").await, 1);
}

/// No transaction is left open, and the next write goes through at once.
async fn nothing_is_open(world: &World, usual: &Usual) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while world.database == Database::Postgres && world.stage.idle_transactions().await > 0 {
        // Statements of the last commands may still be under way; the server is asked again and again.
        assert!(Instant::now() < deadline, "transactions stay open");
    }
    let write = usual.pristina.records_consent(&usual.case, PHONE_TO_THE_EMBASSY);
    tokio::time::timeout(Duration::from_secs(5), write.into_future())
        .await
        .expect("the next write goes through");
    if world.database == Database::Postgres {
        assert_eq!(world.stage.idle_transactions().await, 0);
    }
}

fn raw(actor: &Actor, body: &Value) -> Vec<u8> {
    let body = body.to_string();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        actor.token(),
        body.len()
    )
    .into_bytes()
}

on_both_databases!(
    who_hangs_up_leaves_nothing_open,
    a_torn_socket_leaves_nothing_open,
    who_hung_up_may_ask_again_under_the_same_key,
);
