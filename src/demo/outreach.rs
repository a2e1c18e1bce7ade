//! Visits of the missions' mobile teams to places where migrants are met. Contacts are counted, not persons (INV-18).

use super::dice::Dice;
use super::place;
use super::places::{HOSTS, at, later};
use super::register::Scene;
use crate::domain::outreach::OutreachVisit;
use crate::ids::new_id;
use chrono::{DateTime, Utc};

/// Places of the outreach plan, three for each territory: choices of the demo [P].
const PLACES: [(&str, [&str; 3]); 6] = [
    (
        "SRB",
        [
            "Belgrade, bus station",
            "Subotica, railway yard",
            "Šid, former factory",
        ],
    ),
    (
        "XKX",
        ["Pristina, bus station", "Lipjan, centre", "Prizren, market"],
    ),
    (
        "BIH",
        [
            "Bihać, city park",
            "Tuzla, bus station",
            "Sarajevo, railway station",
        ],
    ),
    (
        "MKD",
        ["Tabanovce, station", "Gevgelija, station", "Skopje, old bazaar"],
    ),
    (
        "MNE",
        [
            "Podgorica, bus station",
            "Bar, ferry terminal",
            "Pljevlja, bus station",
        ],
    ),
    (
        "ALB",
        ["Tirana, Skanderbeg Square", "Durrës, port", "Kakavija, crossing"],
    ),
];

/// The visits of the last months, four to each place.
pub(super) fn visits(seed: u64, now: DateTime<Utc>, scene: &Scene) -> Vec<OutreachVisit> {
    let today = now.date_naive();
    let mut dice = Dice::fork(seed, usize::MAX - 1);
    let mut visits = Vec::new();
    for (territory, places) in PLACES {
        let host = HOSTS.iter().find(|host| host.territory == territory);
        let Some(mission) = host.and_then(|host| scene.organisation(host.mission)) else {
            continue;
        };
        for (nth, location) in (0..12).zip(places.iter().cycle()) {
            let day = later(today, -(3 + 14 * nth + dice.within(0..=9)));
            let recorded_at = at(day, 16, dice.within(0..=59));
            visits.push(OutreachVisit {
                id: new_id(recorded_at).into(),
                organisation: mission.id,
                territory: place(territory),
                location: (*location).to_owned(),
                visited_on: day,
                contacts: i32::try_from(dice.within(12..=160)).unwrap_or_default(),
                recorded_at,
            });
        }
    }
    visits
}
