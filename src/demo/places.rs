//! Where the demo's people are, where they go home to, and how they fly.
//!
//! Centres, cities and airports exist; flights, numbers and addresses are made up.

use super::dice::Dice;
use crate::domain::case::LegalStatus;
use crate::domain::itinerary::{Segment, SegmentState};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

/// A host territory.
#[derive(Debug)]
pub(super) struct Host {
    /// Alpha-3 code.
    pub territory: &'static str,
    /// Code of the sending mission.
    pub mission: &'static str,
    /// What the mission's references begin with.
    pub prefix: &'static str,
    airport: &'static str,
    dialling_code: &'static str,
    asylum_centre: &'static str,
    towns: [&'static str; 3],
    flight: u32,
    /// How many of a hundred cases are opened here.
    pub share: u32,
}

/// A country of return.
#[derive(Debug)]
pub(super) struct Origin {
    /// Alpha-3 code.
    pub state: &'static str,
    /// Language most spoken, BCP 47.
    pub language: &'static str,
    /// Cities of destination.
    pub cities: &'static [&'static str],
    airport: &'static str,
    hubs: &'static [Hub],
    flight: u32,
    hours: i64,
    /// How often persons return here, beside the other countries.
    pub share: u32,
}

/// An airport on the way, and the carrier that flies by it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hub(&'static str, &'static str);

/// The hub where a mission stands.
pub(super) const ISTANBUL: Hub = Hub("IST", "TK");
const VIENNA: Hub = Hub("VIE", "OS");
const ROME: Hub = Hub("FCO", "AZ");
const DOHA: Hub = Hub("DOH", "QR");
const DUBAI: Hub = Hub("DXB", "FZ");
/// The hub of a country that was closed for a while; chance leads nobody there.
pub(super) const CAIRO: Hub = Hub("CAI", "MS");

/// The six host territories.
pub(super) const HOSTS: [Host; 6] = [
    Host {
        territory: "SRB",
        mission: "iom-belgrade",
        prefix: "RS",
        airport: "BEG",
        dialling_code: "+381",
        asylum_centre: "Asylum Centre Krnjača, Belgrade",
        towns: ["Belgrade", "Novi Sad", "Subotica"],
        flight: 1082,
        share: 26,
    },
    Host {
        territory: "XKX",
        mission: "iom-pristina",
        prefix: "XK",
        airport: "PRN",
        dialling_code: "+383",
        asylum_centre: MAGURE,
        towns: ["Pristina", "Prizren", "Peja/Peć"],
        flight: 1018,
        share: 11,
    },
    Host {
        territory: "BIH",
        mission: "iom-sarajevo",
        prefix: "BA",
        airport: "SJJ",
        dialling_code: "+387",
        asylum_centre: "Asylum Centre Delijaš, Trnovo",
        towns: ["Sarajevo", "Bihać", "Tuzla"],
        flight: 1026,
        share: 29,
    },
    Host {
        territory: "MKD",
        mission: "iom-skopje",
        prefix: "MK",
        airport: "SKP",
        dialling_code: "+389",
        asylum_centre: "Reception Centre for Asylum Seekers Vizbegovo, Skopje",
        towns: ["Skopje", "Kumanovo", "Gevgelija"],
        flight: 1004,
        share: 12,
    },
    Host {
        territory: "MNE",
        mission: "iom-podgorica",
        prefix: "ME",
        airport: "TGD",
        dialling_code: "+382",
        asylum_centre: "Centre for Asylum Seekers Spuž, Danilovgrad",
        towns: ["Podgorica", "Bar", "Pljevlja"],
        flight: 1092,
        share: 9,
    },
    Host {
        territory: "ALB",
        mission: "iom-tirana",
        prefix: "AL",
        airport: "TIA",
        dialling_code: "+355",
        asylum_centre: "National Reception Centre for Asylum Seekers Babrru, Tirana",
        towns: ["Tirana", "Durrës", "Gjirokastër"],
        flight: 1074,
        share: 13,
    },
];

/// The centre where the case of DOMAIN 1.4 lived.
pub(super) const MAGURE: &str = "Asylum Centre Magure, Lipjan";

/// The countries of return, each with a receiving mission.
pub(super) const ORIGINS: [Origin; 9] = [
    Origin {
        state: "IRQ",
        language: "ar",
        cities: &["Baghdad", "Diwaniya", "Basra", "Mosul", "Najaf"],
        airport: "BGW",
        hubs: &[ISTANBUL],
        flight: 802,
        hours: 3,
        share: 18,
    },
    Origin {
        state: "AFG",
        language: "fa-AF",
        cities: &["Kabul", "Herat", "Mazar-i-Sharif", "Jalalabad"],
        airport: "KBL",
        hubs: &[ISTANBUL, DUBAI],
        flight: 706,
        hours: 5,
        share: 17,
    },
    Origin {
        state: "PAK",
        language: "ur",
        cities: &["Gujrat", "Lahore", "Rawalpindi", "Sialkot", "Mandi Bahauddin"],
        airport: "ISB",
        hubs: &[ISTANBUL, DOHA],
        flight: 710,
        hours: 5,
        share: 17,
    },
    Origin {
        state: "DZA",
        language: "ar",
        cities: &["Algiers", "Oran", "Constantine", "Annaba"],
        airport: "ALG",
        hubs: &[ISTANBUL, ROME],
        flight: 653,
        hours: 4,
        share: 13,
    },
    Origin {
        state: "TUN",
        language: "ar",
        cities: &["Tunis", "Sfax", "Kairouan", "Gabès"],
        airport: "TUN",
        hubs: &[ISTANBUL, ROME, VIENNA],
        flight: 661,
        hours: 3,
        share: 8,
    },
    Origin {
        state: "BGD",
        language: "bn",
        cities: &["Dhaka", "Sylhet", "Madaripur", "Shariatpur"],
        airport: "DAC",
        hubs: &[ISTANBUL, DOHA],
        flight: 712,
        hours: 8,
        share: 10,
    },
    Origin {
        state: "IND",
        language: "hi",
        cities: &["New Delhi", "Jalandhar", "Ludhiana", "Karnal"],
        airport: "DEL",
        hubs: &[ISTANBUL, DOHA],
        flight: 716,
        hours: 6,
        share: 5,
    },
    Origin {
        state: "IRN",
        language: "fa",
        cities: &["Tehran", "Shiraz", "Isfahan", "Ahvaz"],
        airport: "IKA",
        hubs: &[ISTANBUL],
        flight: 874,
        hours: 3,
        share: 9,
    },
    // Whoever returns to Türkiye has nothing to change for: there the mission of Istanbul receives.
    Origin {
        state: "TUR",
        language: "tr",
        cities: &["Istanbul", "Gaziantep", "Adana", "Izmir"],
        airport: "IST",
        hubs: &[ISTANBUL],
        flight: 0,
        hours: 0,
        share: 4,
    },
];

impl Origin {
    /// What the references of its own mission begin with.
    pub(super) fn prefix(&self) -> &'static str {
        self.airport
    }
}

impl Host {
    /// Where a person lives: in the asylum centre or in town, as the legal status goes.
    pub(super) fn address(&self, status: LegalStatus, dice: &mut Dice) -> String {
        use LegalStatus::{AsylumPending, AsylumRejected};
        if matches!(status, AsylumPending | AsylumRejected) && dice.in_a_hundred(80) {
            return self.asylum_centre.to_owned();
        }
        format!("Private accommodation, {}", dice.pick(&self.towns))
    }

    /// A telephone number that nobody has: no subscriber's number begins with three zeros.
    pub(super) fn phone(&self, dice: &mut Dice) -> String {
        format!("{}000{:05}", self.dialling_code, dice.within(0..=99_999))
    }
}

/// A way home.
#[derive(Clone, Copy, Debug)]
pub(super) struct Route {
    host: &'static Host,
    origin: &'static Origin,
    hub: Hub,
}

impl Route {
    /// One of the ways from a host territory to a country of return.
    pub(super) fn between(host: &'static Host, origin: &'static Origin, dice: &mut Dice) -> Self {
        Self {
            host,
            origin,
            hub: *dice.pick(origin.hubs),
        }
    }

    /// The same way by another hub.
    pub(super) fn through(self, hub: Hub) -> Self {
        Self { hub, ..self }
    }

    /// The last flight of the way for persons who wait at the hub: it leaves two hours after a moment.
    pub(super) fn onward(&self, moment: DateTime<Utc>) -> Segment {
        let Hub(hub, carrier) = self.hub;
        let departs_at = moment + TimeDelta::hours(2);
        Segment {
            position: 0,
            flight: format!("{carrier}{}", self.origin.flight + 2),
            departure_airport: hub.to_owned(),
            arrival_airport: self.origin.airport.to_owned(),
            departs_at,
            arrives_at: departs_at + TimeDelta::hours(self.origin.hours),
            state: SegmentState::Scheduled,
        }
    }

    /// The flights that leave on a day: in the morning, with some hours at the hub, at home by the next morning.
    pub(super) fn flights(&self, day: NaiveDate, dice: &mut Dice) -> Vec<Segment> {
        let Hub(hub, carrier) = self.hub;
        let departs_at = at(day, dice.within(7..=12), 5 * dice.within(0..=11));
        let reaches_hub = departs_at + TimeDelta::minutes(110);
        let first = Segment {
            position: 0,
            flight: format!("{carrier}{}", self.host.flight),
            departure_airport: self.host.airport.to_owned(),
            arrival_airport: hub.to_owned(),
            departs_at,
            arrives_at: reaches_hub,
            state: SegmentState::Scheduled,
        };
        if hub == self.origin.airport {
            return vec![first];
        }
        let leaves_hub = reaches_hub + TimeDelta::minutes(15 * dice.within(6..=16));
        let second = Segment {
            position: 1,
            flight: format!("{carrier}{}", self.origin.flight),
            departure_airport: hub.to_owned(),
            arrival_airport: self.origin.airport.to_owned(),
            departs_at: leaves_hub,
            arrives_at: leaves_hub + TimeDelta::hours(self.origin.hours),
            state: SegmentState::Scheduled,
        };
        vec![first, second]
    }
}

/// A moment of a day, in UTC.
pub(super) fn at(day: NaiveDate, hour: i64, minute: i64) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(hour) + TimeDelta::minutes(minute)
}

/// A day so many days later, or earlier.
pub(super) fn later(day: NaiveDate, days: i64) -> NaiveDate {
    let moved = match days {
        0.. => day.checked_add_days(Days::new(days.unsigned_abs())),
        _ => day.checked_sub_days(Days::new(days.unsigned_abs())),
    };
    moved.unwrap_or(day)
}
