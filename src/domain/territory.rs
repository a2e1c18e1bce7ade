//! Places: countries and territories by code, the six host territories, and the airports of the programme.
//!
//! Kosovo* has no ISO 3166-1 code. `XKX` is used here; every code in use is read, and each client is shown the one that its
//! own system takes. Its name always carries the designation that S1 and S2 give it (INV-17).

use super::code::Code as _;
use crate::codes;

codes! { "The code that stands for Kosovo* in answers to a client; all other codes are ISO 3166-1 alpha-3. (* This designation is without prejudice to positions on status and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.)" TerritoryProfile {
    Xk = "XK": "The user-assigned alpha-2 code of the European Commission, the IMF and SWIFT.",
    Xkx = "XKX": "The alpha-3 code that the European Union uses.",
    Xkk = "XKK": "The alpha-3 code of Unicode's CLDR.",
    Unk = "UNK": "The code of ICAO for the United Nations Interim Administration, as on travel documents.",
} }

impl Default for TerritoryProfile {
    /// `XKX`, as this program writes it.
    fn default() -> Self {
        Self::Xkx
    }
}

/// A country or territory: an ISO 3166-1 alpha-3 code, or `XKX`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 3]);

/// Codes and names in use that ISO 3166-1 does not have, or has no more, with what they mean: those of Kosovo* by the
/// European Union, CLDR and ICAO, and those of the programme's own older reports (S3).
const ALIASES: [(&str, CountryCode); 7] = [
    ("XK", CountryCode::KOSOVO),
    ("XKX", CountryCode::KOSOVO),
    ("XKK", CountryCode::KOSOVO),
    ("UNK", CountryCode::KOSOVO),
    ("RKS", CountryCode::KOSOVO),
    ("UK", CountryCode(*b"GBR")),
    ("FYROM", CountryCode(*b"MKD")),
];

/// Footnote that every rendering of Kosovo* carries (S1, S2).
pub const KOSOVO_FOOTNOTE: &str = "This designation is without prejudice to positions on status and is in line with \
     UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.";

impl CountryCode {
    /// Kosovo*, as this program writes it.
    pub const KOSOVO: Self = Self(*b"XKX");

    /// The six host territories of the programme (S0:13).
    pub const HOST_TERRITORIES: [Self; 6] = [
        Self(*b"ALB"),
        Self(*b"BIH"),
        Self::KOSOVO,
        Self(*b"MKD"),
        Self(*b"MNE"),
        Self(*b"SRB"),
    ];

    /// Reads an alpha-2 or alpha-3 code, or another that is in use: `XK`, `XKX`, `XKK`, `UNK` and `RKS` mean Kosovo*, `UK`
    /// the United Kingdom, and `FYROM`, in old reports, North Macedonia.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        if let Some((_, meant)) = ALIASES.iter().find(|(alias, _)| *alias == code) {
            return Some(*meant);
        }
        let known = match code.len() {
            2 => rust_iso3166::from_alpha2(code),
            3 => rust_iso3166::from_alpha3(code),
            _ => None,
        }?;
        <[u8; 3]>::try_from(known.alpha3.as_bytes()).ok().map(Self)
    }

    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The code as a client's own system takes it.
    #[must_use]
    pub fn code_for(&self, profile: TerritoryProfile) -> &str {
        if *self == Self::KOSOVO {
            return profile.code();
        }
        self.as_str()
    }

    /// The name in English; Kosovo* with the asterisk that its footnote explains.
    #[must_use]
    pub fn name(&self) -> &'static str {
        if *self == Self::KOSOVO {
            return "Kosovo*";
        }
        rust_iso3166::from_alpha3(self.as_str()).map_or("", |country| country.name)
    }

    /// The footnote that belongs to the name, if one does.
    #[must_use]
    pub fn footnote(&self) -> Option<&'static str> {
        (*self == Self::KOSOVO).then_some(KOSOVO_FOOTNOTE)
    }

    /// Whether it is one of the six host territories.
    #[must_use]
    pub fn is_host_territory(&self) -> bool {
        Self::HOST_TERRITORIES.contains(self)
    }
}

impl std::fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Display for CountryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An airport that the programme uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Airport {
    /// IATA location code.
    pub code: &'static str,
    /// Country or territory of the airport.
    pub country: CountryCode,
    /// Its time zone in the IANA database.
    pub time_zone: &'static str,
}

/// The airport with this IATA code, if the programme uses it.
#[must_use]
pub fn airport(code: &str) -> Option<&'static Airport> {
    AIRPORTS.iter().find(|airport| airport.code == code)
}

const fn at(code: &'static str, country: [u8; 3], time_zone: &'static str) -> Airport {
    Airport {
        code,
        country: CountryCode(country),
        time_zone,
    }
}

/// Points of exit of the six host territories, hubs on the way, and points of entry of the countries of return.
pub const AIRPORTS: &[Airport] = &[
    at("PRN", *b"XKX", "Europe/Belgrade"),
    at("BEG", *b"SRB", "Europe/Belgrade"),
    at("INI", *b"SRB", "Europe/Belgrade"),
    at("SJJ", *b"BIH", "Europe/Sarajevo"),
    at("TZL", *b"BIH", "Europe/Sarajevo"),
    at("SKP", *b"MKD", "Europe/Skopje"),
    at("TGD", *b"MNE", "Europe/Podgorica"),
    at("TIA", *b"ALB", "Europe/Tirane"),
    at("IST", *b"TUR", "Europe/Istanbul"),
    at("SAW", *b"TUR", "Europe/Istanbul"),
    at("VIE", *b"AUT", "Europe/Vienna"),
    at("FRA", *b"DEU", "Europe/Berlin"),
    at("FCO", *b"ITA", "Europe/Rome"),
    at("DOH", *b"QAT", "Asia/Qatar"),
    at("DXB", *b"ARE", "Asia/Dubai"),
    at("CAI", *b"EGY", "Africa/Cairo"),
    at("BGW", *b"IRQ", "Asia/Baghdad"),
    at("EBL", *b"IRQ", "Asia/Baghdad"),
    at("BSR", *b"IRQ", "Asia/Baghdad"),
    at("KBL", *b"AFG", "Asia/Kabul"),
    at("ISB", *b"PAK", "Asia/Karachi"),
    at("LHE", *b"PAK", "Asia/Karachi"),
    at("KHI", *b"PAK", "Asia/Karachi"),
    at("ALG", *b"DZA", "Africa/Algiers"),
    at("TUN", *b"TUN", "Africa/Tunis"),
    at("CMN", *b"MAR", "Africa/Casablanca"),
    at("DAC", *b"BGD", "Asia/Dhaka"),
    at("DEL", *b"IND", "Asia/Kolkata"),
    at("BOM", *b"IND", "Asia/Kolkata"),
    at("IKA", *b"IRN", "Asia/Tehran"),
];

/// Whether a flight designator has the form `xx(a)n(n)(n)(n)(a)` of IATA, as in `TK1018`.
#[must_use]
pub fn is_flight_designator(text: &str) -> bool {
    let bytes = text.as_bytes();
    if !text.is_ascii() || bytes.len() < 3 {
        return false;
    }
    let carrier = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    if !bytes[..2].iter().all(carrier) {
        return false;
    }
    let mut rest = &bytes[2..];
    if rest.first().is_some_and(u8::is_ascii_uppercase) {
        rest = &rest[1..];
    }
    if rest.last().is_some_and(u8::is_ascii_uppercase) {
        rest = &rest[..rest.len() - 1];
    }
    (1..=4).contains(&rest.len()) && rest.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inv_17_kosovo_is_read_by_every_code_in_use_and_always_carries_its_footnote() {
        for code in ["XK", "XKX", "XKK", "UNK", "RKS"] {
            let place = CountryCode::parse(code).expect("a code in use");
            assert_eq!(
                (place, place.name(), place.footnote()),
                (CountryCode::KOSOVO, "Kosovo*", Some(KOSOVO_FOOTNOTE))
            );
        }
        for (profile, code, _) in TerritoryProfile::ALL {
            assert_eq!(CountryCode::KOSOVO.code_for(*profile), *code);
            assert_eq!(CountryCode::parse(code), Some(CountryCode::KOSOVO));
            let serbia = CountryCode::parse("RS").expect("a country");
            assert_eq!(serbia.code_for(*profile), "SRB");
        }
    }

    #[test]
    fn countries_are_read_by_the_codes_of_today_and_those_of_old_reports() {
        for (written, meant, name) in [
            ("IQ", "IRQ", "Iraq"),
            (
                "UK",
                "GBR",
                "United Kingdom of Great Britain and Northern Ireland",
            ),
            ("FYROM", "MKD", "North Macedonia"),
            ("MK", "MKD", "North Macedonia"),
            ("TR", "TUR", "Türkiye"),
        ] {
            let place = CountryCode::parse(written).expect("a code in use");
            assert_eq!((place.as_str(), place.name()), (meant, name));
        }
        for unknown in ["ZZZ", "", "kosovo", "xk", "RSM1"] {
            assert_eq!(CountryCode::parse(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn flight_designators_have_the_form_that_iata_gives_them() {
        for good in ["TK1018", "JU254", "W64032", "A3971", "PC7", "TK12A"] {
            assert!(is_flight_designator(good), "{good}");
        }
        for bad in ["", "T1", "TK", "TK12345", "tk1018", "TK 1018", "ТК1018"] {
            assert!(!is_flight_designator(bad), "{bad}");
        }
    }
}
