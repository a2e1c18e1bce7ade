//! The case that stands in the demo by reference: DOMAIN 1.4, Kosovo* to Baghdad by Istanbul, with a made-up name.
//!
//! Two journeys were suspended, the third is ticketed and leaves on the day after loading. Who starts the demo can play
//! its last steps: pay the first tranche, confirm the departure, confirm the arrival.

use super::assistance::PRINTING_SHOP;
use super::consents::usual_for;
use super::dice::Dice;
use super::place;
use super::places::{HOSTS, MAGURE, ORIGINS, Route, later};
use super::register::Scene;
use super::script::Script;
use super::step::Step;
use super::story::{Beginning, Plan};
use crate::domain::case::LegalStatus;
use crate::domain::consent::RecipientClass;
use crate::domain::itinerary::SuspensionReason;
use crate::domain::person::{Education, MaritalStatus, Sex};
use crate::domain::steps::case::{NewCase, NewPerson};
use chrono::{Months, NaiveDate};

/// The reference by which the case is known.
pub const REFERENCE: &str = "XK-2020-1105";

/// The plan of the case, for a day of loading.
pub(super) fn plan(seed: u64, today: NaiveDate, scene: &Scene) -> Option<Plan> {
    use RecipientClass::{Embassy, HostMigration, HostPolice, IomReceiving, IomTransit};
    let host = HOSTS.iter().find(|host| host.mission == "iom-pristina")?;
    let origin = ORIGINS.iter().find(|origin| origin.state == "IRQ")?;
    let script = Script::given(steps(), 1);
    let opened = later(today, -script.today());
    let mut dice = Dice::fork(seed, super::cases::CASES);
    Some(Plan {
        new: NewCase {
            reference: REFERENCE.to_owned(),
            host_territory: place(host.territory),
            country_of_return: place(origin.state),
            destination_city: Some("Diwaniya".to_owned()),
            legal_status: LegalStatus::AsylumRejected,
            family: None,
            funding_project: scene
                .funding
                .of_mission(scene.organisation(host.mission)?.id, opened),
            persons: vec![NewPerson {
                head_of_household: true,
                family_name: "Al-Rubaie".to_owned(),
                given_names: "Yasir".to_owned(),
                date_of_birth: later(today - Months::new(12 * 25), -120),
                sex: Sex::Male,
                nationality: place(origin.state),
                place_of_birth: Some("Diwaniya".to_owned()),
                parents_names: Some("Raad and Amal Al-Rubaie".to_owned()),
                phone: Some(host.phone(&mut dice)),
                email: Some("yasir.alrubaie@mail.example".to_owned()),
                marital_status: Some(MaritalStatus::Single),
                occupation: Some("Printer".to_owned()),
                education: Some(Education::Vocational),
                host_address: Some(MAGURE.to_owned()),
                address_in_country_of_return: Some("With his brothers, Diwaniya".to_owned()),
                language: Some(origin.language.to_owned()),
            }],
        },
        sending: scene.organisation(host.mission)?.id,
        opened,
        today,
        shift: 0,
        begins: Beginning::Approach,
        route: Route::between(host, origin, &mut dice),
        // The embassy may know who he is and see his photograph, but not call him.
        consents: usual_for(&[IomTransit, IomReceiving, Embassy, HostPolice, HostMigration]),
        venture: &PRINTING_SHOP,
        script,
        dice,
    })
}

/// What has happened, each on its day after the opening. The day of loading is day 46.
fn steps() -> Vec<(i64, Step)> {
    let pandemic = Step::Suspend(SuspensionReason::PublicHealth);
    vec![
        (2, Step::Register),
        (4, Step::Request(0)),
        (6, Step::Acknowledge(0)),
        (15, Step::Confirm(0)),
        (21, Step::Issue(0)),
        (23, Step::Book(31)),
        (25, Step::Ticket),
        (28, pandemic),
        (30, Step::Book(39)),
        (35, pandemic),
        (39, Step::Book(47)),
        (41, Step::Ticket),
        (42, Step::ProposePackage),
        (42, Step::ProposeGrants),
        (44, Step::ApproveGrants),
        (45, Step::Ready),
    ]
}
