//! Departures a second, and what a database does that has nothing to do but write them down.

use crate::asking::{Asker, MISSION};
use crate::bare;
use crate::program::{Place, Program, token};
use crate::{Failure, setting};
use avrr_gateway::clock::Clock;
use avrr_gateway::demo;
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// How many write at the same time.
const WRITERS: [usize; 3] = [1, 4, 16];

/// Departures whose rows are written bare, in turn, so that writers seldom meet at the same case.
const RECORDED: usize = 64;

/// Prints both rates and their ratio.
pub async fn measure() -> Result<(), Failure> {
    let each = setting("BENCH_EVENTS", 300);
    let place = Place::new().await?;
    let count = each * WRITERS.len() + RECORDED;
    let tokens = place
        .load(demo::ready_cases(count, MISSION, Clock::system().now()))
        .await?;
    let written = bare::record(&place, RECORDED).await?;
    let statements = written.first().map_or(0, Vec::len);
    let bare = bare::Bare::beside(&place, written).await?;

    let program = Program::start(&place)?;
    let token = token(&tokens, MISSION)?;
    let mut cases = Asker::connect(program.address, &token)
        .await?
        .ready_cases()
        .await?;
    println!("{}: {statements} statements write a departure down", place.kind());
    for writers in WRITERS {
        let batch = cases.split_off(cases.len() - each.min(cases.len()));
        let rate = departures_a_second(&program, &token, batch, writers).await?;
        let bare = bare.departures_a_second(writers).await?;
        println!(
            "{writers} writers: {rate:.0} departures a second, {bare:.0} bare, ratio {:.3}",
            rate / bare
        );
    }
    println!(
        "resident at the end: {:.0} MiB",
        program.memory()? as f64 / 1024.0
    );
    drop(program);
    place.remove().await
}

async fn departures_a_second(
    program: &Program,
    token: &str,
    cases: Vec<Value>,
    writers: usize,
) -> Result<f64, Failure> {
    let count = cases.len();
    let cases = Arc::new(Mutex::new(cases));
    let mut askers = Vec::new();
    for _ in 0..writers {
        askers.push(Asker::connect(program.address, token).await?);
    }
    let began = Instant::now();
    let writing = askers.into_iter().map(|mut asker| {
        let cases = Arc::clone(&cases);
        tokio::spawn(async move {
            loop {
                let next = cases.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let Some(case) = next else {
                    return Ok::<(), Failure>(());
                };
                asker.depart(&case).await?;
            }
        })
    });
    for writer in writing.collect::<Vec<_>>() {
        writer.await??;
    }
    Ok(count as f64 / began.elapsed().as_secs_f64())
}
