//! The returns to Kosovo* in 2010, by the state that hosted the persons, as the annual report counts them (S3, DOMAIN 1.6):
//! the smallest table of the field in which two cells are small and their complement gives them away.
//!
//! Who the persons were the report does not say: here they have made-up names, one of them on each case.
//!
//! \* This designation is without prejudice to positions on status and is in line with UNSCR 1244/1999 and the ICJ Opinion
//! on the Kosovo declaration of independence.

use super::dice::Dice;
use super::first_phase::ended;
use super::funding::{money, unnamed};
use super::place;
use super::places::{at, later};
use super::register::Scene;
use crate::domain::case::LegalStatus;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::funding::Project;
use crate::domain::party::Author;
use crate::domain::person::Sex;
use crate::domain::steps::case::{NewCase, NewPerson};
use crate::domain::transition::Refusal;
use crate::ids::new_id;
use crate::store::Programme;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Persons by the state that hosted them: 2,204 in all.
pub const RETURNED: [(&str, i64); 16] = [
    ("AUT", 444),
    ("DEU", 315),
    ("HUN", 309),
    ("BEL", 237),
    ("SWE", 236),
    ("NOR", 197),
    ("CHE", 140),
    ("FRA", 111),
    ("BIH", 81),
    ("LUX", 51),
    ("FIN", 23),
    ("GBR", 22),
    ("NLD", 19),
    ("CZE", 10),
    ("SVK", 8),
    ("AUS", 1),
];

/// Code of the project that stands for that year's returns; one report, at its end.
pub const PROJECT: &str = "XKX-2010";

/// The project, beside those of the demo.
pub(super) fn project(now: DateTime<Utc>, scene: &Scene) -> Option<Project> {
    let project = scene.funding.projects.first()?.clone();
    Some(Project {
        id: new_id(now - TimeDelta::minutes(59)).into(),
        code: PROJECT.to_owned(),
        name: "Assisted voluntary returns to Kosovo*, 2010".to_owned(),
        donor: "Not stated in the annual report".to_owned(),
        starts_on: NaiveDate::from_ymd_opt(2010, 1, 1)?,
        ends_on: NaiveDate::from_ymd_opt(2010, 12, 31)?,
        budget: money(0, "EUR"),
        reporting_months: None,
        ..unnamed(project)
    })
}

/// Adds the returns of the year to a programme.
pub(super) fn returns(
    seed: u64,
    project: &Project,
    scene: &Scene,
    programme: &mut Programme,
) -> Vec<(String, Refusal)> {
    let mut refused = Vec::new();
    let mut dice = Dice::fork(seed, usize::MAX - 2_010);
    let Some(mission) = scene.organisation("iom-pristina") else {
        return refused;
    };
    let by = Author {
        organisation: mission.id,
        client: mission.id.uuid().into(),
        subject: "annual report of 2010".to_owned(),
        rights: Vec::new(),
    };
    let hosted = RETURNED
        .iter()
        .flat_map(|(host, persons)| (1..=*persons).map(move |nth| (*host, nth)));
    for (host, nth) in hosted {
        // Opened within the year too: the earliest departure is that of a month later.
        let departed = later(project.starts_on, dice.within(30..=364));
        let circumstances = Circumstances {
            now: at(later(departed, -21), 9, 0),
            directory: &scene.directory,
            by: &by,
        };
        let new = NewCase {
            reference: host.to_owned(),
            // A territory of the programme, until the report's own is written below.
            host_territory: place("BIH"),
            country_of_return: place("XKX"),
            destination_city: None,
            legal_status: LegalStatus::AsylumRejected,
            family: None,
            funding_project: Some(project.id),
            persons: vec![person(host, nth, departed, &mut dice)],
        };
        let opened = match CaseFile::open(new, mission.id, &circumstances) {
            Ok(opened) => opened,
            Err(refusal) => {
                refused.push((format!("{host}-2010-{nth:04}"), refusal));
                continue;
            }
        };
        let mut file = opened.next().clone();
        file.case.host_territory = place(host);
        file.case.reference = format!("{host}-2010-{nth:04}");
        ended(&mut file, departed);
        programme.files.push(file);
    }
    refused
}

fn person(host: &str, nth: i64, departed: NaiveDate, dice: &mut Dice) -> NewPerson {
    NewPerson {
        head_of_household: true,
        family_name: format!("Returned from {host}"),
        given_names: format!("Person {nth}"),
        date_of_birth: later(departed, -dice.within(365 * 18..=365 * 60)),
        sex: if dice.in_a_hundred(73) {
            Sex::Male
        } else {
            Sex::Female
        },
        nationality: place("XKX"),
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
    }
}
