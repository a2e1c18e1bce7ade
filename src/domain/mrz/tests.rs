//! The specimen of ICAO Doc 9303, and what no reader may let through.

use super::*;
use crate::domain::travel_document::TravelDocumentType;
use crate::ids::new_id;
use chrono::{DateTime, Utc};
use proptest::prelude::*;

/// The specimen of ICAO Doc 9303, with an issuing state that exists.
const PASSPORT: &str =
    "P<IRQERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36IRQ7408122F1204159ZE184226B<<<<<10";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn place(code: &str) -> CountryCode {
    CountryCode::parse(code).expect("a country")
}

fn holder() -> Person {
    let now: DateTime<Utc> = DateTime::UNIX_EPOCH;
    Person {
        id: new_id(now).into(),
        case_id: new_id(now).into(),
        position: 0,
        head_of_household: true,
        family_name: "Eriksson".to_owned(),
        given_names: "Anna Maria".to_owned(),
        date_of_birth: day("1974-08-12"),
        sex: Sex::Female,
        nationality: place("IRQ"),
        place_of_birth: None,
        parents_names: None,
        phone: None,
        email: None,
        marital_status: None,
        occupation: None,
        education: None,
        host_address: None,
        address_in_country_of_return: None,
        language: None,
        version: 1,
    }
}

fn document() -> TravelDocument {
    TravelDocument {
        document_type: TravelDocumentType::Passport,
        number: "L898902C3".to_owned(),
        issuing_state: place("IRQ"),
        issued_on: day("2002-04-16"),
        expires_on: day("2012-04-15"),
        single_journey: false,
        destination_only: false,
        mrz: None,
    }
}

fn told(refusal: &Refusal) -> Vec<(Reason, &'static str)> {
    refusal
        .each()
        .map(|one| (one.reason, one.field.unwrap_or_default()))
        .collect()
}

#[test]
fn the_check_digits_of_the_specimen_are_right() {
    for (text, digit) in [
        ("L898902C3", 6),
        ("740812", 2),
        ("120415", 9),
        ("ZE184226B<<<<<", 1),
        ("L898902C3674081221204159ZE184226B<<<<<1", 0),
    ] {
        assert_eq!(check_digit(text), Some(digit), "{text}");
    }
}

#[test]
fn the_specimen_is_read_and_is_of_its_document_and_holder() {
    let mrz = Mrz::read(PASSPORT).expect("a good zone");
    assert_eq!(mrz.matches(&document(), &holder()), Ok(()));
    assert_eq!(format!("{mrz:?}"), "Mrz(…)");
    assert_eq!(mrz.into_lines(), PASSPORT.replace('\n', ""));
}

#[test]
fn each_field_that_says_something_else_is_named() {
    let mrz = Mrz::read(PASSPORT).expect("a good zone");
    let other = TravelDocument {
        number: "L898902C4".to_owned(),
        expires_on: day("2012-04-16"),
        issuing_state: place("SRB"),
        ..document()
    };
    let nobody = Person {
        date_of_birth: day("1974-12-08"),
        sex: Sex::Male,
        nationality: CountryCode::KOSOVO,
        ..holder()
    };
    let refusal = mrz.matches(&other, &nobody).expect_err("six mismatches");
    let fields = [
        "number",
        "expiresOn",
        "issuingState",
        "dateOfBirth",
        "sex",
        "nationality",
    ];
    let named: Vec<String> = told(&refusal)
        .iter()
        .map(|(_, field)| (*field).to_owned())
        .collect();
    assert_eq!(named, fields.map(|field| format!("mrz.{field}")));
    assert!(refusal.each().all(|one| one.reason == Reason::MrzMismatch));
}

/// A zone whose check digits fit what it says.
fn td1(number: &str) -> String {
    let checked = |text: &str| format!("{text}{}", check_digit(text).expect("characters of a zone"));
    let first = if number.len() <= 9 {
        format!("I<IRQ{:<<25}", checked(&format!("{number:<<9}")))
    } else {
        let rest = checked(number).split_off(9);
        format!("I<IRQ{}<{rest:<<15}", &number[..9])
    };
    let (born, expires) = (checked("740812"), checked("120415"));
    let composite = check_digit(&format!("{}{born}{expires}{:<<11}", &first[5..], "")).expect("a digit");
    format!(
        "{first}\n{born}F{expires}IRQ{:<<11}{composite}\n{:<<30}",
        "", "ERIKSSON<<ANNA<MARIA"
    )
}

fn td2() -> String {
    let checked = |text: &str| format!("{text}{}", check_digit(text).expect("characters of a zone"));
    let (number, born, expires) = (checked("L898902C3"), checked("740812"), checked("120415"));
    let composite = check_digit(&format!("{number}{born}{expires}{:<<7}", "")).expect("a digit");
    format!(
        "{:<<36}\n{number}IRQ{born}F{expires}{:<<7}{composite}",
        "I<IRQERIKSSON<<ANNA<MARIA", ""
    )
}

#[test]
fn cards_of_both_sizes_are_read_and_a_long_number_goes_on_in_the_optional_data() {
    for zone in [td1("L898902C3"), td2()] {
        let mrz = Mrz::read(&zone).expect("a good zone");
        assert_eq!(mrz.matches(&document(), &holder()), Ok(()), "{zone}");
    }
    let long = TravelDocument {
        number: "D23145890734".to_owned(),
        ..document()
    };
    let mrz = Mrz::read(&td1(&long.number)).expect("a good zone");
    assert_eq!(mrz.matches(&long, &holder()), Ok(()));
}

#[test]
fn every_code_in_use_for_a_state_is_understood() {
    for code in ["RKS", "UNK", "XKX", "XKK"] {
        assert!(is_state(code, CountryCode::KOSOVO), "{code}");
    }
    assert!(is_state("D<<", place("DEU")));
    assert!(!is_state("<<<", place("DEU")));
    assert!(!is_state("IRN", place("IRQ")));
}

#[test]
fn texts_that_are_no_zone_are_refused_as_such() {
    let long = "<".repeat(90);
    let foreign = PASSPORT.replace("ANNA", "ÅNNA");
    let small = PASSPORT.to_lowercase();
    let spaced = PASSPORT.replace("<<ANNA", " <ANNA");
    for text in [
        "",
        "P<IRQ",
        &long,
        &foreign,
        &small,
        &spaced,
        &PASSPORT[1..],
        &format!("{PASSPORT}<"),
    ] {
        let refusal = Mrz::read(text).expect_err("no zone");
        assert_eq!(told(&refusal), [(Reason::MrzMalformed, "mrz")], "{text}");
    }
}

#[test]
fn every_wrong_check_digit_is_named() {
    let zone = "P<IRQERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C30IRQ7408120F1204150ZE184226B<<<<<21";
    let refusal = Mrz::read(zone).expect_err("five wrong digits");
    let fields = ["number", "dateOfBirth", "expiresOn", "optionalData", "composite"];
    let named: Vec<String> = told(&refusal)
        .iter()
        .map(|(_, field)| (*field).to_owned())
        .collect();
    assert_eq!(named, fields.map(|field| format!("mrz.{field}")));
}

/// Places of digits that a check digit guards, in the joined lines of the specimen.
const GUARDED: [usize; 29] = [
    45, 46, 47, 48, 49, 50, 52, 53, 57, 58, 59, 60, 61, 62, 63, 65, 66, 67, 68, 69, 70, 71, 74, 75, 76, 77,
    78, 79, 86,
];

proptest! {
    #[test]
    fn any_single_digit_that_is_changed_is_noticed(place in 0..GUARDED.len(), digit in 0..10_u8) {
        let mut zone: Vec<u8> = PASSPORT.replace('\n', "").into_bytes();
        let at = GUARDED[place];
        prop_assert!(zone[at].is_ascii_digit());
        let changed = zone[at] != b'0' + digit;
        zone[at] = b'0' + digit;
        let read = Mrz::read(std::str::from_utf8(&zone).expect("ASCII"));
        prop_assert_eq!(read.is_err(), changed);
    }

    #[test]
    fn a_check_digit_that_is_made_is_found_right(number in "[A-Z0-9]{1,18}") {
        let zone = td1(&number);
        let mrz = Mrz::read(&zone).expect("a good zone");
        let of_number = TravelDocument { number, ..document() };
        prop_assert_eq!(mrz.matches(&of_number, &holder()), Ok(()));
    }

    #[test]
    fn no_text_makes_the_reader_stumble(text in "\\PC{0,100}", zone in "[A-Z0-9<]{72,90}") {
        let _ = Mrz::read(&text);
        let _ = Mrz::read(&zone);
    }
}
