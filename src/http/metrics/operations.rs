//! Operations by name: how many, how they went, how long they took.
//!
//! Names are the clients', so they are bounded: a name is counted under itself once an operation that bears it was answered
//! without an error; a client can bring in a few of them, and all together some more; what was not seen for a day makes room.
//! Everything else is `other`. So nobody can make the labels grow without end, nor keep others' names out for ever.

use super::Outcome;
use super::text::{Family, Kind, seconds};
use crate::ids::ClientId;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Most names that are counted under themselves.
const MOST: usize = 200;

/// Most names that one client brings in.
const SHARE: usize = 20;

/// Silence after which a name makes room for another.
const IDLE: Duration = Duration::from_hours(24);

/// Longest name that is counted under itself.
const LONGEST: usize = 64;

/// Upper bounds of the buckets, in microseconds and as they are written.
const BOUNDS: [(u64, &str); 11] = [
    (5_000, "0.005"),
    (10_000, "0.01"),
    (25_000, "0.025"),
    (50_000, "0.05"),
    (100_000, "0.1"),
    (250_000, "0.25"),
    (500_000, "0.5"),
    (1_000_000, "1"),
    (2_500_000, "2.5"),
    (5_000_000, "5"),
    (10_000_000, "10"),
];

/// An operation that was answered.
#[derive(Clone, Copy, Debug)]
pub struct Done<'o> {
    /// The client, if it is known.
    pub client: Option<ClientId>,
    /// Its name, if it has one.
    pub name: Option<&'o str>,
    /// How it went.
    pub outcome: Outcome,
    /// How long it took.
    pub took: Duration,
}

/// Operations by name.
#[derive(Debug, Default)]
pub struct Operations(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    names: HashMap<Arc<str>, Named>,
    anonymous: Outcomes,
    other: Outcomes,
}

#[derive(Debug)]
struct Named {
    /// Who brought the name in.
    by: ClientId,
    seen: Duration,
    outcomes: Outcomes,
}

#[derive(Debug, Default)]
struct Outcomes(BTreeMap<&'static str, Taken>);

#[derive(Clone, Copy, Debug, Default)]
struct Taken {
    /// By the first bucket that they fit into; the last is for whatever took longer.
    buckets: [u64; BOUNDS.len() + 1],
    microseconds: u64,
}

impl Outcomes {
    fn add(&mut self, outcome: Outcome, took: Duration) {
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let fits = |(bound, _): &(u64, &str)| microseconds <= *bound;
        let taken = self.0.entry(outcome.label()).or_default();
        taken.buckets[BOUNDS.iter().position(fits).unwrap_or(BOUNDS.len())] += 1;
        taken.microseconds = taken.microseconds.saturating_add(microseconds);
    }

    fn merge(&mut self, others: Self) {
        for (outcome, more) in others.0 {
            let taken = self.0.entry(outcome).or_default();
            for (count, more) in taken.buckets.iter_mut().zip(more.buckets) {
                *count += more;
            }
            taken.microseconds = taken.microseconds.saturating_add(more.microseconds);
        }
    }

    fn render(&self, family: &mut Family<'_>, name: &str) {
        let bounds = BOUNDS.map(|(_, text)| text);
        for (outcome, taken) in &self.0 {
            let labels = [("operation", name), ("outcome", outcome)];
            family.histogram(&labels, &bounds, &taken.buckets, seconds(taken.microseconds));
        }
    }
}

impl Known {
    /// Whether there is room for one more name of this client; what was silent for long makes room.
    fn makes_room(&mut self, client: ClientId, now: Duration) -> bool {
        let of_client = |named: &Named| named.by == client;
        let full = self.names.values().filter(|named| of_client(named)).count() >= SHARE;
        if !full && self.names.len() < MOST {
            return true;
        }
        let candidates = self.names.iter().filter(|(_, named)| !full || of_client(named));
        let silent = candidates.min_by_key(|(_, named)| named.seen);
        let silent = silent.filter(|(_, named)| now.saturating_sub(named.seen) > IDLE);
        let Some(name) = silent.map(|(name, _)| Arc::clone(name)) else {
            return false;
        };
        if let Some(named) = self.names.remove(&name) {
            self.other.merge(named.outcomes);
        }
        true
    }
}

impl Operations {
    /// Counts one operation at a moment of the steady clock.
    pub fn done(&self, done: Done<'_>, now: Duration) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(name) = done.name else {
            return known.anonymous.add(done.outcome, done.took);
        };
        if let Some(named) = known.names.get_mut(name) {
            named.seen = now;
            return named.outcomes.add(done.outcome, done.took);
        }
        if let Some(client) = done.client
            && done.outcome == Outcome::Answered
            && is_a_name(name)
            && known.makes_room(client, now)
        {
            let mut outcomes = Outcomes::default();
            outcomes.add(done.outcome, done.took);
            let named = Named {
                by: client,
                seen: now,
                outcomes,
            };
            known.names.insert(name.into(), named);
        } else {
            known.other.add(done.outcome, done.took);
        }
    }

    /// All of them as text.
    pub fn render(&self, text: &mut String) {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut family = Family::begin(
            text,
            "avrr_graphql_operation_duration_seconds",
            Kind::Histogram,
            "Time taken to answer queries and mutations, over HTTP and over sockets.",
        );
        known.anonymous.render(&mut family, "anonymous");
        known.other.render(&mut family, "other");
        let names: BTreeMap<_, _> = known.names.iter().collect();
        for (name, named) in names {
            named.outcomes.render(&mut family, name);
        }
    }
}

/// Whether a text is the name of an operation, and neither too long nor one that stands for several.
fn is_a_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.len() <= LONGEST
        && name.bytes().all(fits)
        && name.bytes().next().is_some_and(|byte| !byte.is_ascii_digit())
        && !["anonymous", "other"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: Duration = Duration::from_secs(1_000);

    fn client(number: u128) -> ClientId {
        Uuid::from_u128(number).into()
    }

    fn asked(operations: &Operations, by: u128, name: &str, outcome: Outcome, now: Duration) {
        let done = Done {
            client: Some(client(by)),
            name: Some(name),
            outcome,
            took: Duration::from_millis(30),
        };
        operations.done(done, now);
    }

    fn count(operations: &Operations, name: &str) -> u64 {
        let mut text = String::new();
        operations.render(&mut text);
        let start = format!("avrr_graphql_operation_duration_seconds_count{{operation=\"{name}\",");
        let of = text.lines().filter(|line| line.starts_with(&start));
        of.filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
            .sum()
    }

    #[test]
    fn a_client_brings_in_a_few_names_and_the_rest_is_other() {
        let operations = Operations::default();
        for number in 0..1_000 {
            asked(
                &operations,
                1,
                &format!("Hostile{number}"),
                Outcome::Answered,
                NOW,
            );
        }
        asked(&operations, 2, "Inbox", Outcome::Answered, NOW);
        asked(&operations, 1, "Inbox", Outcome::Failed, NOW);
        assert_eq!(count(&operations, "Hostile19"), 1);
        assert_eq!(count(&operations, "Hostile20"), 0);
        assert_eq!(count(&operations, "other"), 980);
        assert_eq!(count(&operations, "Inbox"), 2, "a name is everybody's");
    }

    #[test]
    fn a_name_is_not_counted_under_itself_before_it_was_answered() {
        let operations = Operations::default();
        for outcome in [Outcome::Refused, Outcome::Failed, Outcome::Unauthenticated] {
            asked(&operations, 1, "Wrong", outcome, NOW);
        }
        for name in ["", "9x", "a b", "a\"b", "other", "anonymous", &"a".repeat(65)] {
            asked(&operations, 1, name, Outcome::Answered, NOW);
        }
        assert_eq!(
            (count(&operations, "Wrong"), count(&operations, "other")),
            (0, 10)
        );
    }

    #[test]
    fn names_that_many_clients_bring_in_are_bounded_and_make_room_after_a_day() {
        let operations = Operations::default();
        for by in 0..20 {
            for number in 0..SHARE {
                asked(
                    &operations,
                    by,
                    &format!("N{by}_{number}"),
                    Outcome::Answered,
                    NOW,
                );
            }
        }
        let known = |operations: &Operations| operations.0.lock().expect("whole").names.len();
        assert_eq!(known(&operations), MOST);
        asked(&operations, 99, "Inbox", Outcome::Answered, NOW + IDLE);
        assert_eq!(count(&operations, "Inbox"), 0);
        let later = NOW + IDLE + Duration::from_secs(1);
        let before = count(&operations, "other");
        asked(&operations, 99, "Inbox", Outcome::Answered, later);
        assert_eq!((count(&operations, "Inbox"), known(&operations)), (1, MOST));
        assert_eq!(
            count(&operations, "other"),
            before + 1,
            "what makes room is not lost"
        );
        // A client whose share is full gives up what it brought in itself, and nobody else's.
        asked(&operations, 0, "Fresh", Outcome::Answered, later);
        assert_eq!((count(&operations, "Fresh"), count(&operations, "Inbox")), (1, 1));
    }
}
