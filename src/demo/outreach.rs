//! Visits of the missions' mobile teams to places where migrants are met. Contacts are counted, not persons (INV-18).
//!
//! Those of the first phase add up to what the results matrix takes as its baseline (S0 section 6, indicators 10 and 11):
//! 60 000 contacts at 49 places.

use super::dice::Dice;
use super::funding::first_phase;
use super::place;
use super::places::{HOSTS, ORIGINS, at, later};
use super::register::Scene;
use crate::domain::outreach::OutreachVisit;
use crate::domain::territory::CountryCode;
use crate::ids::new_id;
use chrono::{DateTime, NaiveDate, Utc};

/// Places of the outreach plans, by territory: choices of the demo [P]. Those of the second phase come first, three each.
const PLACES: [(&str, &[&str]); 6] = [
    (
        "SRB",
        &[
            "Belgrade, bus station",
            "Subotica, railway yard",
            "Šid, former factory",
            "Sombor, reception centre",
            "Kikinda, reception centre",
            "Preševo, reception centre",
            "Bujanovac, reception centre",
            "Pirot, reception centre",
            "Horgoš, crossing",
        ],
    ),
    (
        "XKX",
        &[
            "Pristina, bus station",
            "Lipjan, centre",
            "Prizren, market",
            "Vranidoll, transit centre",
            "Ferizaj/Uroševac, railway station",
            "Gjilan/Gnjilane, bus station",
            "Peja/Peć, bus station",
            "Hani i Elezit, crossing",
        ],
    ),
    (
        "BIH",
        &[
            "Bihać, city park",
            "Tuzla, bus station",
            "Sarajevo, railway station",
            "Lipa, reception centre",
            "Velika Kladuša, old mill",
            "Blažuj, reception centre",
            "Ušivak, reception centre",
            "Ključ, checkpoint",
        ],
    ),
    (
        "MKD",
        &[
            "Tabanovce, station",
            "Gevgelija, station",
            "Skopje, old bazaar",
            "Vinojug, transit centre",
            "Kumanovo, bus station",
            "Lojane, village",
            "Veles, railway station",
            "Strumica, market",
        ],
    ),
    (
        "MNE",
        &[
            "Podgorica, bus station",
            "Bar, ferry terminal",
            "Pljevlja, bus station",
            "Spuž, reception centre",
            "Božaj, crossing",
            "Nikšić, bus station",
            "Bijelo Polje, railway station",
            "Rožaje, bus station",
        ],
    ),
    (
        "ALB",
        &[
            "Tirana, Skanderbeg Square",
            "Durrës, port",
            "Kakavija, crossing",
            "Gjirokastër, transit centre",
            "Korçë, bus station",
            "Shkodër, bus station",
            "Kapshticë, crossing",
            "Hani i Hotit, crossing",
        ],
    ),
];

/// Visits of the first phase to each place.
const EARLIER_VISITS: i64 = 6;

/// Contacts of the first phase, 49 places by 6 visits: so many each, and one more at the first so many visits.
const EARLIER_CONTACTS: (i64, i64) = (204, 24);

/// The visits of both phases, the older ones first.
pub(super) fn visits(seed: u64, now: DateTime<Utc>, scene: &Scene) -> Vec<OutreachVisit> {
    let today = now.date_naive();
    let mut visits = of_the_first_phase(seed, today, scene);
    visits.extend(of_the_second_phase(seed, today, scene));
    visits
}

/// Six visits to each place, whose contacts add up to the baseline whatever the seed: what one is short of, the next makes up.
fn of_the_first_phase(seed: u64, today: NaiveDate, scene: &Scene) -> Vec<OutreachVisit> {
    let (starts_on, ends_on) = first_phase(today);
    let length = (ends_on - starts_on).num_days();
    let mut dice = Dice::fork(seed, usize::MAX - 2);
    let (usual, of_one_more) = EARLIER_CONTACTS;
    let mut visits = Vec::new();
    let (mut nth, mut short) = (0, 0);
    for (territory, places) in PLACES {
        for location in places {
            for visit in 0..EARLIER_VISITS {
                let short_of = if visit % 2 == 0 {
                    short = dice.within(-120..=120);
                    short
                } else {
                    -short
                };
                let contacts = usual + i64::from(nth < of_one_more) - short_of;
                nth += 1;
                let day = later(
                    starts_on,
                    (length - 30) * visit / (EARLIER_VISITS - 1) + dice.within(0..=30),
                );
                let origins = populations(&mut dice);
                visits.extend(visited((territory, location), (day, contacts), origins, scene));
            }
        }
    }
    visits
}

/// The visits of the last months, four to each place.
fn of_the_second_phase(seed: u64, today: NaiveDate, scene: &Scene) -> Vec<OutreachVisit> {
    let mut dice = Dice::fork(seed, usize::MAX - 1);
    let mut of_origins = Dice::fork(seed, usize::MAX - 3);
    let mut visits = Vec::new();
    for (territory, places) in PLACES {
        for (nth, location) in (0..12).zip(places.iter().take(3).cycle()) {
            let day = later(today, -(3 + 14 * nth + dice.within(0..=9)));
            let minute = dice.within(0..=59);
            let contacts = dice.within(12..=160);
            let origins = populations(&mut of_origins);
            let visit = visited((territory, location), (day, contacts), origins, scene);
            visits.extend(visit.map(|visit| noted_at(visit, minute)));
        }
    }
    visits
}

/// From where those came who were met: one to three of the countries of return.
fn populations(dice: &mut Dice) -> Vec<CountryCode> {
    let number = dice.within(1..=3);
    let mut origins: Vec<CountryCode> = (0..number).map(|_| place(dice.pick(&ORIGINS).state)).collect();
    origins.sort_unstable();
    origins.dedup();
    origins
}

fn visited(
    (territory, location): (&str, &str),
    (day, contacts): (NaiveDate, i64),
    populations: Vec<CountryCode>,
    scene: &Scene,
) -> Option<OutreachVisit> {
    let host = HOSTS.iter().find(|host| host.territory == territory)?;
    let mission = scene.organisation(host.mission)?;
    let visit = OutreachVisit {
        id: new_id(at(day, 16, 0)).into(),
        organisation: mission.id,
        territory: place(territory),
        location: location.to_owned(),
        visited_on: day,
        contacts: i32::try_from(contacts).unwrap_or_default(),
        populations,
        recorded_at: at(day, 16, 0),
    };
    Some(visit)
}

fn noted_at(visit: OutreachVisit, minute: i64) -> OutreachVisit {
    let recorded_at = at(visit.visited_on, 16, minute);
    OutreachVisit {
        id: new_id(recorded_at).into(),
        recorded_at,
        ..visit
    }
}
