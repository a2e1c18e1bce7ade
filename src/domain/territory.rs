//! Places: countries and territories by code, the six host territories, and the airports of the programme.
//!
//! Kosovo has no ISO 3166-1 code. `XKX` is used here, `XK` and `XKK` are accepted, and its name always carries the
//! designation that S1 and S2 give it (INV-17).

/// A country or territory: an ISO 3166-1 alpha-3 code, or `XKX`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 3]);

/// Footnote that every rendering of Kosovo carries (S1, S2).
pub const KOSOVO_FOOTNOTE: &str = "This designation is without prejudice to positions on status and is in line with \
     UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.";

impl CountryCode {
    /// Kosovo, as this program writes it.
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

    /// Reads an alpha-2 or alpha-3 code; `XK`, `XKX` and `XKK` all mean Kosovo.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        if matches!(code, "XK" | "XKX" | "XKK") {
            return Some(Self::KOSOVO);
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

    /// The name in English; Kosovo with the asterisk that its footnote explains.
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
    fn kosovo_is_read_by_every_code_in_use_and_always_carries_its_footnote() {
        for code in ["XK", "XKX", "XKK"] {
            let place = CountryCode::parse(code).expect("a code in use");
            assert_eq!(
                (place, place.name(), place.footnote()),
                (CountryCode::KOSOVO, "Kosovo*", Some(KOSOVO_FOOTNOTE))
            );
        }
        assert_eq!(CountryCode::parse("IQ"), CountryCode::parse("IRQ"));
        assert_eq!(CountryCode::parse("ZZZ"), None);
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
