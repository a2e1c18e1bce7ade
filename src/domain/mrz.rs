//! The machine-readable zone of a travel document (ICAO Doc 9303, parts 3 to 6): formats TD1, TD2 and TD3.
//!
//! A zone is read and checked, and compared with what was said of the document and its holder. It is never logged; what is
//! wrong with it is told by the names of its fields alone.

use super::person::{Person, Sex};
use super::territory::CountryCode;
use super::transition::{Reason, Refusal};
use super::travel_document::TravelDocument;
use chrono::NaiveDate;

/// The check digit of a text: modulus 10 with the weights 7, 3, 1; letters count 10 to 35, fillers nothing.
///
/// Nothing is returned for a text with characters that no zone has.
#[must_use]
pub fn check_digit(text: &str) -> Option<u8> {
    let weights = [7, 3, 1].into_iter().cycle();
    let sum = text
        .bytes()
        .zip(weights)
        .try_fold(0_u32, |sum, (byte, weight)| Some(sum + value(byte)? * weight))?;
    u8::try_from(sum % 10).ok()
}

fn value(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A') + 10),
        b'<' => Some(0),
        _ => None,
    }
}

/// What a zone says, its check digits being right.
#[derive(Clone, PartialEq, Eq)]
pub struct Mrz {
    lines: String,
    issuing_state: String,
    number: String,
    nationality: String,
    born: String,
    sex: u8,
    expires: String,
}

/// Where the fields of a format stand; the lines joined to one text.
struct Layout {
    length: usize,
    issuing_state: Span,
    number: Span,
    /// The optional data that a long number goes on in.
    number_continues: Option<Span>,
    born: Span,
    sex: usize,
    expires: Span,
    nationality: Span,
    /// Optional data with a check digit of its own.
    checked_optional: Option<Span>,
    /// What the composite check digit, the last character of it all but for names, is taken over.
    composite_over: &'static [Span],
    composite: usize,
}

type Span = (usize, usize);

const TD1: Layout = Layout {
    length: 90,
    issuing_state: (2, 5),
    number: (5, 14),
    number_continues: Some((15, 30)),
    born: (30, 36),
    sex: 37,
    expires: (38, 44),
    nationality: (45, 48),
    checked_optional: None,
    composite_over: &[(5, 30), (30, 37), (38, 45), (48, 59)],
    composite: 59,
};

const TD2: Layout = Layout {
    length: 72,
    issuing_state: (2, 5),
    number: (36, 45),
    number_continues: Some((64, 71)),
    born: (49, 55),
    sex: 56,
    expires: (57, 63),
    nationality: (46, 49),
    checked_optional: None,
    composite_over: &[(36, 46), (49, 56), (57, 71)],
    composite: 71,
};

const TD3: Layout = Layout {
    length: 88,
    issuing_state: (2, 5),
    number: (44, 53),
    number_continues: None,
    born: (57, 63),
    sex: 64,
    expires: (65, 71),
    nationality: (54, 57),
    checked_optional: Some((72, 86)),
    composite_over: &[(44, 54), (57, 64), (65, 87)],
    composite: 87,
};

impl Mrz {
    /// Reads a zone: its lines one after the other, with or without line breaks.
    ///
    /// # Errors
    ///
    /// `MRZ_MALFORMED` for a text of another length or with other characters; `MRZ_CHECK_DIGIT` for each check digit that
    /// is wrong, naming what it guards.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let malformed = || Refusal::at(Reason::MrzMalformed, "mrz");
        let lines: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
        if lines.bytes().any(|byte| value(byte).is_none()) {
            return Err(malformed());
        }
        let layout = [TD1, TD2, TD3]
            .into_iter()
            .find(|known| known.length == lines.len());
        let layout = layout.ok_or_else(malformed)?;
        if !lines.as_bytes()[0].is_ascii_uppercase() {
            return Err(malformed());
        }
        let cut = |(from, to): Span| &lines[from..to];
        let mut wrong = Vec::new();
        let mut check = |text: &str, digit: u8, optional: bool, field| {
            let empty = optional && digit == b'<' && text.bytes().all(|byte| byte == b'<');
            let right = check_digit(text).is_some_and(|right| digit == b'0' + right);
            if !right && !empty {
                wrong.push(Refusal::at(Reason::MrzCheckDigit, field));
            }
        };
        let (number, digit) = layout.number_in(&lines).ok_or_else(malformed)?;
        check(&number, digit, false, "mrz.number");
        let digit_after = |(_, to): Span| lines.as_bytes()[to];
        check(
            cut(layout.born),
            digit_after(layout.born),
            false,
            "mrz.dateOfBirth",
        );
        check(
            cut(layout.expires),
            digit_after(layout.expires),
            false,
            "mrz.expiresOn",
        );
        if let Some(optional) = layout.checked_optional {
            check(cut(optional), digit_after(optional), true, "mrz.optionalData");
        }
        let over: String = layout.composite_over.iter().map(|span| cut(*span)).collect();
        check(&over, lines.as_bytes()[layout.composite], false, "mrz.composite");
        if let Some(refusal) = Refusal::all(wrong) {
            return Err(refusal);
        }
        Ok(Self {
            issuing_state: cut(layout.issuing_state).to_owned(),
            number: number.trim_end_matches('<').to_owned(),
            nationality: cut(layout.nationality).to_owned(),
            born: cut(layout.born).to_owned(),
            sex: lines.as_bytes()[layout.sex],
            expires: cut(layout.expires).to_owned(),
            lines,
        })
    }

    /// Compares the zone with what was said of the document and of its holder.
    ///
    /// # Errors
    ///
    /// `MRZ_MISMATCH` for each field that says something else, naming it.
    pub fn matches(&self, document: &TravelDocument, holder: &Person) -> Result<(), Refusal> {
        let sex = match self.sex {
            b'F' => Sex::Female,
            b'M' => Sex::Male,
            _ => Sex::Unspecified,
        };
        let fields = [
            ("mrz.number", self.number == document.number),
            ("mrz.expiresOn", is_day(&self.expires, document.expires_on)),
            (
                "mrz.issuingState",
                is_state(&self.issuing_state, document.issuing_state),
            ),
            ("mrz.dateOfBirth", is_day(&self.born, holder.date_of_birth)),
            ("mrz.sex", sex == holder.sex),
            ("mrz.nationality", is_state(&self.nationality, holder.nationality)),
        ];
        let other = fields.into_iter().filter(|(_, same)| !same);
        let other = other.map(|(field, _)| Refusal::at(Reason::MrzMismatch, field));
        Refusal::all(other.collect()).map_or(Ok(()), Err)
    }

    /// The lines, joined.
    #[must_use]
    pub fn into_lines(self) -> String {
        self.lines
    }
}

impl std::fmt::Debug for Mrz {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mrz(…)")
    }
}

impl Layout {
    /// The number with its check digit. A number of more than nine characters has a filler in the digit's place, and goes
    /// on in the optional data, where the digit comes last.
    fn number_in(&self, lines: &str) -> Option<(String, u8)> {
        let (from, to) = self.number;
        let (first, digit) = (&lines[from..to], lines.as_bytes()[to]);
        match self.number_continues {
            Some((from, to)) if digit == b'<' => {
                let rest = lines[from..to].split('<').next()?;
                let (last, digit) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
                Some((format!("{first}{last}"), *digit.as_bytes().first()?))
            }
            _ => Some((first.to_owned(), digit)),
        }
    }
}

/// Whether six digits stand for a day; the century is not said.
fn is_day(digits: &str, day: NaiveDate) -> bool {
    day.format("%y%m%d").to_string() == digits
}

/// Whether a zone's code for a state means this one. Germany writes one letter; for Kosovo three codes are in use.
fn is_state(code: &str, state: CountryCode) -> bool {
    let code = code.trim_end_matches('<');
    match code {
        "D" => state.as_str() == "DEU",
        "RKS" | "UNK" | "XKX" | "XKK" => state == CountryCode::KOSOVO,
        code => state.as_str() == code,
    }
}

#[cfg(test)]
mod tests;
