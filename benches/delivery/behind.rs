//! A subscriber that was away for very long.

use crate::asking::{Asker, MISSION};
use crate::program::{Place, Program, token};
use crate::subscriber::Subscriber;
use crate::{Failure, setting};
use avrr_gateway::clock::Clock;
use avrr_gateway::demo;
use sea_orm::ConnectionTrait as _;
use std::time::Instant;

/// Whose inbox it is.
const RECIPIENT: &str = "iom-baghdad";

/// Prints when the first event comes, how fast the others follow, and what memory the program takes.
pub async fn measure() -> Result<(), Failure> {
    let (behind, read) = (setting("BENCH_BEHIND", 1_000_000), setting("BENCH_READ", 20_000));
    let place = Place::new().await?;
    let tokens = place
        .load(demo::ready_cases(1, MISSION, Clock::system().now()))
        .await?;
    let program = Program::start(&place)?;
    let mut mission = Asker::connect(program.address, &token(&tokens, MISSION)?).await?;
    let case = mission.ready_cases().await?.pop().ok_or("no case")?;
    mission.depart(&case).await?;
    pile_up(&place, behind).await?;

    let token = token(&tokens, RECIPIENT)?;
    let before = program.memory()?;
    let mut firsts = Vec::new();
    for _ in 0..10 {
        let began = Instant::now();
        let mut subscriber = Subscriber::open(program.address, &token, Some(0)).await?;
        subscriber.next().await?;
        firsts.push(began.elapsed());
    }
    firsts.sort_unstable();
    let (mut subscriber, began) = (
        Subscriber::open(program.address, &token, Some(0)).await?,
        Instant::now(),
    );
    let mut memories = Vec::new();
    for nth in 0..read {
        subscriber.next().await?;
        if nth % (read / 10).max(1) == 0 {
            memories.push(format!("{:.0}", program.memory()? as f64 / 1024.0));
        }
    }
    println!(
        "{}: {behind} notices behind: connected and first event after {:.1} ms (median of {}, longest {:.1} ms); \
         {:.0} events a second; resident {:.0} MiB before, then {} MiB over {read} events",
        place.kind(),
        crate::at(&firsts, 50),
        firsts.len(),
        crate::at(&firsts, 100),
        read as f64 / began.elapsed().as_secs_f64(),
        before as f64 / 1024.0,
        memories.join(", "),
    );
    drop(program);
    place.remove().await
}

/// Fills the recipient's inbox with copies of its last notice.
async fn pile_up(place: &Place, count: usize) -> Result<(), Failure> {
    let (numbers, id) = if place.is_postgres() {
        (
            format!("generate_series(1, {count}) AS numbers(n)"),
            "gen_random_uuid()",
        )
    } else {
        let numbers = format!(
            "(WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < {count}) SELECT n FROM up) AS numbers"
        );
        (numbers, "randomblob(16)")
    };
    let recipient = format!("(SELECT id FROM organisations WHERE code = '{RECIPIENT}')");
    let last = format!(
        "(SELECT * FROM notices WHERE recipient_id = {recipient} ORDER BY sequence DESC LIMIT 1) AS told"
    );
    let database = place.connect().await?;
    database
        .execute_unprepared(&format!(
            "INSERT INTO notices (id, recipient_id, sequence, kind, topic, occurred_at, case_id, itinerary_id) \
             SELECT {id}, told.recipient_id, told.sequence + n, told.kind, told.topic, told.occurred_at, told.case_id, \
             told.itinerary_id FROM {last}, {numbers}"
        ))
        .await?;
    database
        .execute_unprepared(&format!(
            "UPDATE inbox_heads SET last_sequence = last_sequence + {count} WHERE recipient_id = {recipient}"
        ))
        .await?;
    let tidy = if place.is_postgres() {
        "VACUUM ANALYZE notices"
    } else {
        "ANALYZE"
    };
    database.execute_unprepared(tidy).await?;
    Ok(())
}
