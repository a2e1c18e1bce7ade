//! Twins: two programmes that differ in one secret alone are the same to whoever may not know it (DOMAIN 4.4, 7).
//!
//! Each is played through the API in a world of its own, with the same register, the same persons and the same clock; one
//! with the secret, one without. Those outside listen all the while, and ask made-up questions in between. Whatever they
//! are answered and told is compared byte by byte, with its order, its counts, its redactions, errors and headers. Only
//! what is opaque by nature is not: the ids of rows, cursors and references are replaced by their place of first occurrence.

use crate::canary::ask::{Asked, Pool, Writer};
use crate::canary::bare::Bare;
use crate::canary::dice::{Dice, seed};
use crate::canary::shape::Shape;
use crate::support::insight::with_our_key;
use crate::support::services::{SERVICE, with_services};
use crate::support::world::play_with;
use crate::support::*;
use avrr_gateway::demo;
use avrr_gateway::graphql::sdl;
use avrr_gateway::store::Programme;
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write as _;

#[test]
fn nobody_outside_can_tell_that_somebody_asked_for_asylum_on_sqlite() {
    are_the_same_on(Database::Sqlite, Secret::Asylum);
}

#[test]
fn nobody_outside_can_tell_that_somebody_asked_for_asylum_on_postgres() {
    are_the_same_on(Database::Postgres, Secret::Asylum);
}

#[test]
fn nobody_outside_can_tell_that_somebody_was_trafficked_on_sqlite() {
    are_the_same_on(Database::Sqlite, Secret::Trafficking);
}

#[test]
fn nobody_outside_can_tell_that_somebody_was_trafficked_on_postgres() {
    are_the_same_on(Database::Postgres, Secret::Trafficking);
}

#[test]
fn nobody_outside_can_tell_what_somebody_suffers_from_on_sqlite() {
    are_the_same_on(Database::Sqlite, Secret::Diagnosis);
}

#[test]
fn nobody_outside_can_tell_what_somebody_suffers_from_on_postgres() {
    are_the_same_on(Database::Postgres, Secret::Diagnosis);
}

/// What nobody outside may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Secret {
    /// That somebody asked for asylum, and what gives it away.
    Asylum,
    /// That somebody was trafficked, and is protected.
    Trafficking,
    /// What somebody suffers from.
    Diagnosis,
}

impl Secret {
    /// Those who may not know it.
    fn outside(self, usual: &Usual, world: &World) -> Vec<Actor> {
        let mut outside = vec![
            usual.iraq.clone(),
            usual.police.clone(),
            usual.istanbul.clone(),
            world.dashboard(),
            world.client("embassy-pakistan-belgrade"),
        ];
        outside.push(match self {
            Self::Asylum => usual.baghdad.clone(),
            Self::Trafficking | Self::Diagnosis => usual.migration.clone(),
        });
        outside
    }
}

/// What says that there is something, and nothing of it: nothing is disclosed by it.
const ENVELOPES: &str =
    "subscription($after: Int) { notices(afterSequence: $after) { id sequence type occurredAt } }";

/// Questions that everybody makes up each time that they look.
const QUESTIONS: u64 = 30;

fn are_the_same_on(database: Database, secret: Secret) {
    let mut lives = Vec::new();
    // The register that both worlds open with, ids and all.
    let mut register = None;
    for with in [true, false] {
        let open = |now| {
            let first = register.get_or_insert_with(|| with_services(demo::ready_cases(0, "", now), now));
            Some(copy(first))
        };
        play_with(database, with_our_key, open, async |world: &World| {
            lives.push(life(world, secret, with).await);
        });
    }
    let (one, other) = (&lives[0], &lives[1]);
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one.what, other.what, "seed {}", seed());
        let same = one.heard.bytes().zip(other.heard.bytes());
        let same = same.take_while(|(one, other)| one == other).count();
        let parting = |text: &str| -> String {
            let from = same.saturating_sub(120);
            String::from_utf8_lossy(&text.as_bytes()[from.min(text.len())..])
                .chars()
                .take(300)
                .collect()
        };
        assert!(
            one.heard == other.heard,
            "seed {}: {secret:?} is known to whoever asks\n{}\nwith:    {}\nwithout: {}",
            seed(),
            one.what,
            parting(&one.heard),
            parting(&other.heard)
        );
    }
    assert_eq!(one.len(), other.len(), "answers and events");
    let bytes: usize = one.iter().map(|heard| heard.heard.len()).sum();
    eprintln!(
        "{secret:?}, seed {}: {} answers and events of {bytes} bytes are the same with and without",
        seed(),
        one.len()
    );
}

fn copy(of: &Programme) -> Programme {
    Programme {
        organisations: of.organisations.clone(),
        accreditations: of.accreditations.clone(),
        agreements: of.agreements.clone(),
        clients: of.clients.clone(),
        projects: of.projects.clone(),
        rules: of.rules.clone(),
        rates: of.rates.clone(),
        ..Programme::default()
    }
}

/// Something that came to somebody outside.
struct Came {
    what: String,
    heard: String,
}

/// Somebody outside, with what came to them.
struct Outsider {
    actor: Actor,
    inbox: Option<Inbox>,
    pool: Pool,
    names: HashMap<String, usize>,
    came: Vec<Came>,
    looks: u64,
}

/// One life with the secret or without it, and everything that came to those outside.
async fn life(world: &World, secret: Secret, with: bool) -> Vec<Came> {
    // When a notice was first handed over is a matter of the moment: it is noted after the answer was given.
    let shape = Shape::read(&sdl(None)).without("Notice", &["deliveredAt", "deliveredVia"]);
    // Each database has made these ids by itself, and they are listed by them.
    let bare = Bare::to(&world.stage.url).await;
    bare.renumber(
        "accreditations",
        &["organisation_id", "host_territory", "valid_from"],
    )
    .await;
    bare.renumber("jurisdictions", &["territory"]).await;
    let pristina = world.mission("Pristina");
    let asylum = secret == Secret::Asylum && with;
    let address = if asylum {
        "Magure asylum centre"
    } else {
        "5 Rexhep Luci Street"
    };
    let one = person()
        .of("IRQ")
        .aged(25)
        .with("givenNames", "Amir")
        .with("familyName", "Alwan")
        .with("phone", "+38344100100")
        .with("email", "amir@mail.example")
        .with("hostAddress", address);
    let status = if asylum { "ASYLUM_REJECTED" } else { "IRREGULAR" };
    let case = pristina
        .opens_a_case_for(one)
        .with("reference", "T-2026-0001")
        .with("legalStatus", status)
        .await;
    let mut usual = Usual {
        case,
        pristina: pristina.clone(),
        iraq: world.embassy("Iraq", "Belgrade"),
        istanbul: world.mission("Istanbul"),
        baghdad: world.mission("Baghdad"),
        police: world.police("XKX"),
        migration: world.migration("XKX"),
        request: None,
        itinerary: None,
        grant: None,
        package: None,
    };
    let mut outsiders = Vec::new();
    for actor in secret.outside(&usual, world) {
        let dashboard = actor.client.starts_with("dashboard");
        outsiders.push(Outsider {
            inbox: if dashboard {
                None
            } else {
                // What an event discloses is noted when it is sent, which is a race with the questions: the envelope alone is
                // followed, and the inbox itself is among the answers.
                Some(actor.listens_for(ENVELOPES, 0).await)
            },
            actor,
            pool: pool(),
            names: HashMap::new(),
            came: Vec::new(),
            looks: 0,
        });
    }
    let case = usual.case.clone();
    let facility = if asylum { "ASYLUM_CENTRE" } else { "OTHER" };
    pristina.counsels(&case).with("facilityKind", facility).await;
    pristina.finds_eligible(&case).await;
    // One line after the other, so that their order is not left to chance.
    pristina.has_signed(&case, &USUAL[..1]).await;
    for line in &USUAL[1..] {
        pristina.records_consent(&case, *line).await;
    }
    pristina.registers_signed(&case).await;
    world
        .goes_on(&mut usual, Until::Registered, Until::Acknowledged)
        .await;
    let accommodation = if asylum { "ASYLUM_CENTRE" } else { "PRIVATE" };
    pristina
        .records_circumstances(&case, case.head(), &[])
        .with("accommodation", accommodation)
        .with("medicalTreatment", secret == Secret::Diagnosis && with)
        .await;
    look(&shape, &mut outsiders).await;
    protects(world, secret, with, &usual).await;
    look(&shape, &mut outsiders).await;
    world.goes_on(&mut usual, Until::Acknowledged, Until::Ready).await;
    world.time_passes(TimeDelta::days(7));
    examines(secret, with, &usual).await;
    look(&shape, &mut outsiders).await;
    world.time_passes(TimeDelta::days(2));
    pristina.confirms_departure(&case).await;
    world.goes_on(&mut usual, Until::Departed, Until::Arrived).await;
    look(&shape, &mut outsiders).await;
    for outsider in &mut outsiders {
        outsider.hears_the_rest().await;
    }
    outsiders.into_iter().flat_map(|outsider| outsider.came).collect()
}

/// Somebody who was trafficked is protected; the twin is looked after in the same way, for another reason.
async fn protects(world: &World, secret: Secret, with: bool, usual: &Usual) {
    let (pristina, case) = (&usual.pristina, &usual.case);
    let trafficked = secret == Secret::Trafficking && with;
    let categories: &[&str] = if trafficked {
        &["VICTIM_OF_TRAFFICKING"]
    } else {
        &[]
    };
    pristina
        .assesses_vulnerability(case, case.head(), categories, &["FEMALE_STAFF"])
        .await;
    if trafficked {
        let consent = pristina.records_consent_naming(case, SERVICE).await;
        consent.await;
        let asks = pristina.refers_one(case, case.head(), SERVICE).await;
        asks.await;
    } else {
        world.time_passes(TimeDelta::seconds(2));
    }
    let place = if trafficked { "A shelter" } else { "A hostel" };
    let today = world.today();
    pristina.arranges_accommodation(case, place, (today, today)).await;
}

/// Both are found fit under the same conditions; of what they suffer differs.
async fn examines(secret: Secret, with: bool, usual: &Usual) {
    let ill = secret == Secret::Diagnosis && with;
    let (diagnosis, medication) = if ill {
        ("HIV infection", "Antiretrovirals")
    } else {
        ("Hay fever", "Cetirizine")
    };
    usual
        .pristina
        .health()
        .finds_fit(&usual.case, usual.case.head(), &["MEDICATION_ON_BOARD"])
        .with("diagnosis", diagnosis)
        .with("medication", medication)
        .await;
}

fn pool() -> Pool {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Pool {
        own: words(&["AAAAAAAAAAAAAAAAAAAAAAA"]),
        foreign: words(&[
            "AAAAAAAAAAAAAAAAAAAAAAA",
            "AwAAAAAAAAAAAAAAAAAAAAA",
            "no id at all",
        ]),
        cursors: words(&["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "no cursor"]),
        words: words(&[
            "T-2026-0001",
            "Amir Alwan",
            "Magure asylum centre",
            "A shelter",
            "HIV infection",
        ]),
    }
}

async fn look(shape: &Shape, outsiders: &mut [Outsider]) {
    for (nth, outsider) in (0..).zip(outsiders) {
        outsider.looks += 1;
        let everything = outsider.actor.everything().await;
        outsider.keep("everything".to_owned(), &everything);
        for question in 0..QUESTIONS {
            let mut dice = Dice::new(seed(), nth * 100_000 + outsider.looks * 1_000 + question);
            let what = dice.below(100);
            let writer = Writer::new(shape, &outsider.pool, dice.clone());
            let asked = match what {
                0..8 => writer.broken(),
                8..30 => match writer.command() {
                    Some(command) => command,
                    None => Writer::new(shape, &outsider.pool, dice).query(),
                },
                _ => writer.query(),
            };
            let Asked { text, variables, .. } = asked;
            let body = json!({ "query": text, "variables": variables });
            let answer = outsider.actor.post(&body).await;
            outsider.keep(body.to_string(), &answer);
        }
    }
}

impl Outsider {
    fn keep(&mut self, asked: String, answer: &Answer) {
        let id = answer.headers.get("x-request-id").and_then(|id| id.to_str().ok());
        let text = answer.text.replace(id.unwrap_or("-"), "");
        let headers = answer.headers.iter();
        let mut headers: Vec<String> = headers
            .filter(|(name, _)| !["x-request-id", "date"].contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        headers.sort_unstable();
        // What the viewer knows by now can be asked for by its id.
        for word in text.split('"').filter(|word| is_opaque(word) == Some(23)) {
            if self.pool.own.len() < 200 && !self.pool.own.iter().any(|own| own == word) {
                self.pool.own.push(word.to_owned());
            }
        }
        for word in text.split('"').filter(|word| is_opaque(word) == Some(32)) {
            if self.pool.cursors.len() < 100 && !self.pool.cursors.iter().any(|own| own == word) {
                self.pool.cursors.push(word.to_owned());
            }
        }
        let asked = self.without_names(&asked);
        let heard = self.without_names(&format!(
            "{} {} {}\n{}",
            answer.status,
            answer.text.len(),
            headers.join(", "),
            text
        ));
        let what = format!("{} at look {}: {asked}", self.actor.client, self.looks);
        self.came.push(Came { what, heard });
    }

    /// Hears everything that its inbox holds.
    async fn hears_the_rest(&mut self) {
        let Some(mut inbox) = self.inbox.take() else {
            return;
        };
        let told = self.actor.inbox().await.len();
        for nth in 0..told {
            let event: Value = inbox.next().await.clone();
            let heard = self.without_names(&event.to_string());
            let what = format!("event {nth} of {}", self.actor.client);
            self.came.push(Came { what, heard });
        }
        inbox.has_heard_everything().await;
    }

    /// A text with every opaque word replaced by the place of its first occurrence among those that came.
    fn without_names(&mut self, text: &str) -> String {
        let mut all = String::with_capacity(text.len());
        let mut word = String::new();
        for letter in text.chars().chain(['\0']) {
            if letter.is_ascii_alphanumeric() || "-_".contains(letter) {
                word.push(letter);
                continue;
            }
            if is_opaque(&word).is_some() {
                let next = self.names.len();
                let place = *self.names.entry(std::mem::take(&mut word)).or_insert(next);
                let _ = write!(all, "<{place}>");
            } else {
                all.push_str(&std::mem::take(&mut word));
            }
            all.push(letter);
        }
        all
    }
}

/// The length of a word that is made from a key: an id, a cursor, a reference, or a digest of what holds one.
fn is_opaque(word: &str) -> Option<usize> {
    let mixed = word.contains(|letter: char| letter.is_ascii_digit() || "-_".contains(letter))
        || word.chars().filter(char::is_ascii_uppercase).count() > 2;
    match word.len() {
        // The first byte of an id says its type, so the first letters are few.
        23 if mixed && word.starts_with(['A', 'B', 'C', 'D']) => Some(23),
        32 if mixed && word.chars().any(|letter| letter.is_ascii_lowercase()) => Some(32),
        64 if word.bytes().all(|letter| letter.is_ascii_hexdigit()) => Some(64),
        13 if word.starts_with("AVRR-") => Some(13),
        _ => None,
    }
}

/// Names of types, fields and commands are no opaque words.
#[test]
fn what_is_opaque_is_told_from_words_of_the_schema() {
    for word in [
        "TravelDocumentRequest",
        "recordPreDepartureCircumstances",
        "T-2026-0001",
    ] {
        assert_eq!(is_opaque(word), None, "{word}");
    }
    assert_eq!(is_opaque("AVRR-ABCDEFGH"), Some(13));
}
