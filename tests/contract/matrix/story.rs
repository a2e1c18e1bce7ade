//! Two returns in which every field holds something at least once: one as far as the arrival, one withdrawn the day before.

mod journeys;
mod movements;
mod protected;
mod requests;

use super::after::{AfterSteps, after_the_return};
use super::documents::Between;
use super::inboxes::{About, Inboxes, NOTE};
use crate::support::fixtures::{
    PAPERS_TO_THE_EMBASSY, PHONE_TO_THE_EMBASSY, PHOTO_TO_THE_EMBASSY, Person, USUAL, exit_formalities,
    laissez_passer, passport, person, usual_and,
};
use crate::support::mrz::zone;
use crate::support::services::SERVICE;
use crate::support::verbs::item;
use crate::support::verbs_case::{application, voluntary};
use crate::support::{Actor, Case, Row, World};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
pub use journeys::JourneySteps;
pub use movements::{MOVEMENT, MovementSteps};
use serde_json::json;

/// What allows an embassy to know where the applicant will live.
pub const ADDRESS_TO_THE_EMBASSY: (&str, &str, &str) = ("EMBASSY", "TRAVEL_DOCUMENT", "FAMILY_ADDRESS");

/// What allows an embassy to know who speaks for a child.
const GUARDIAN_TO_THE_EMBASSY: (&str, &str, &str) = ("EMBASSY", "TRAVEL_DOCUMENT", "GUARDIAN");
/// What allows the receiving mission to know that somebody was trafficked.
const TRAFFICKING_TO_THE_RECEIVING_MISSION: (&str, &str, &str) =
    ("IOM_RECEIVING", "CASE_MANAGEMENT", "PROTECTION");

pub const PRISTINA: &str = "iom-pristina";
pub const ISTANBUL: &str = "iom-istanbul";
pub const BAGHDAD: &str = "iom-baghdad";
pub const IRAQ: &str = "embassy-iraq-belgrade";
pub const POLICE: &str = "police-kosovo";
pub const MIGRATION: &str = "migration-kosovo";

pub const FACILITY: &str = "Vranidoll detention centre";
pub const SHELTER: &str = "A shelter in Pristina";
pub const ESCORT: &str = "Besa Krasniqi";
pub const CLINIC: &str = "Family medicine centre, Pristina";

/// Everybody who is told of a departure.
const OF_A_DEPARTURE: [&str; 4] = [ISTANBUL, BAGHDAD, POLICE, MIGRATION];

/// When the steps of one return were taken.
#[derive(Default)]
pub struct Steps {
    pub opened: DateTime<Utc>,
    pub signed: DateTime<Utc>,
    pub registered: DateTime<Utc>,
    pub revoked: Option<DateTime<Utc>>,
    pub requests: Vec<RequestSteps>,
    pub own_document: Option<DateTime<Utc>>,
    pub journeys: Vec<JourneySteps>,
    pub asked: DateTime<Utc>,
    pub answered: DateTime<Utc>,
    pub prepared: DateTime<Utc>,
    pub granted: DateTime<Utc>,
    pub approved: Option<DateTime<Utc>>,
    pub paid: Option<DateTime<Utc>>,
    pub receipted: Option<DateTime<Utc>>,
    pub verified: Option<DateTime<Utc>>,
    pub paid_later: Option<DateTime<Utc>>,
    pub packaged: DateTime<Utc>,
    pub planned: DateTime<Utc>,
    pub declared: Option<DateTime<Utc>>,
    pub departed: Option<DateTime<Utc>>,
    pub exit_formalities: Option<DateTime<Utc>>,
    /// When a survey was recorded, and validated.
    pub surveyed: Option<[DateTime<Utc>; 2]>,
    pub arrived: Option<DateTime<Utc>>,
    pub withdrawn: Option<DateTime<Utc>>,
    pub after: Option<AfterSteps>,
    pub appointment: DateTime<Utc>,
    pub supported: DateTime<Utc>,
    pub pick_up: DateTime<Utc>,
    pub fitness_requested: DateTime<Utc>,
    pub examined: DateTime<Utc>,
    pub test_valid_until: DateTime<Utc>,
    pub cleared: DateTime<Utc>,
    pub movement: MovementSteps,
    pub circumstances: DateTime<Utc>,
    pub briefed: DateTime<Utc>,
    pub child_consented: DateTime<Utc>,
}

/// When the steps of one request were taken, and what came of it.
pub struct RequestSteps {
    pub submitted: DateTime<Utc>,
    pub acknowledged: Option<DateTime<Utc>>,
    pub confirmed: Option<DateTime<Utc>>,
    pub ended: DateTime<Utc>,
    pub outcome: Outcome,
    /// What came between, of the request that everything happens to.
    pub between: Option<Between>,
    /// The machine-readable zone of the document.
    pub zone: Option<String>,
}

/// What came of a request.
#[derive(Clone, Copy)]
pub enum Outcome {
    Cancelled,
    Refused,
    Issued {
        kind: &'static str,
        number: &'static str,
        expires: NaiveDate,
    },
}

/// The story as it was told.
pub struct Story {
    /// The persons of the first return.
    pub one: Vec<Person>,
    /// The persons of the second.
    pub family: Vec<Person>,
    /// The return that ends with the arrival.
    pub arrived: Steps,
    /// The return that is withdrawn.
    pub withdrawn: Steps,
    /// Who was told what.
    pub visited: DateTime<Utc>,
    pub inboxes: Inboxes,
    /// The case of the first return.
    pub case: Case,
}

/// Those who act.
pub(super) struct Cast<'w> {
    world: &'w World,
    pub(super) pristina: Actor,
    pub(super) iraq: Actor,
    pub(super) inboxes: Inboxes,
}

/// Tells the story.
pub async fn tell(world: &World) -> Story {
    let mut cast = Cast {
        world,
        pristina: world.mission("Pristina"),
        iraq: world.embassy("Iraq", "Belgrade"),
        inboxes: Inboxes::default(),
    };
    let one = vec![person().of("IRQ").with("sex", "M").who_speaks_for_the_family()];
    let (case, arrived) = cast.a_return_that_arrives(&one).await;
    let grandmother = person()
        .of("IRQ")
        .with("sex", "F")
        .with("dateOfBirth", "1961-05-04");
    let child = person()
        .of("IRQ")
        .with("sex", "M")
        .with("dateOfBirth", "2016-10-30");
    let family = vec![grandmother.who_speaks_for_the_family(), child];
    let withdrawn = cast.a_return_that_is_withdrawn(&family).await;
    world.mission("Pristina").visits("Bus station", 40).await;
    let visited = world.clock.now();
    let mut inboxes = cast.inboxes;
    for inbox in [PRISTINA, ISTANBUL, BAGHDAD, IRAQ, POLICE, MIGRATION, SERVICE] {
        world.client(inbox).acknowledges_notices(1, NOTE).await;
        inboxes.acknowledge_first(inbox, world.clock.now());
    }
    Story {
        one,
        family,
        arrived,
        withdrawn,
        visited,
        inboxes,
        case,
    }
}

impl Cast<'_> {
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.world.clock.now()
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one story, told from its beginning to its end"
    )]
    async fn a_return_that_arrives(&mut self, persons: &[Person]) -> (Case, Steps) {
        let pristina = self.pristina.clone();
        let mut form = USUAL.to_vec();
        form.extend([PHONE_TO_THE_EMBASSY, ADDRESS_TO_THE_EMBASSY, PHOTO_TO_THE_EMBASSY]);
        form.push(TRAFFICKING_TO_THE_RECEIVING_MISSION);
        let (case, mut steps) = self.registered(persons, &form, 'A').await;
        pristina.revokes_consent(&case, PHOTO_TO_THE_EMBASSY).await;
        steps.revoked = Some(self.now());

        self.claimed_asylum(&case).await;
        self.is_detained(&case, &mut steps).await;
        steps.requests.push(self.asks_in_vain(&case, &persons[0]).await);
        steps
            .requests
            .push(self.asks(&case, &persons[0], 'A', 1, false).await);
        steps
            .requests
            .push(self.asks(&case, &persons[0], 'A', 2, true).await);
        self.prepares(&case, 'A', &mut steps).await;
        pristina.records_a_document(&case, passport().good_for(50)).await;
        steps.own_document = Some(self.now());
        steps
            .journeys
            .push(self.journey(&case, ('A', 9), false, true).await);
        steps
            .journeys
            .push(self.journey(&case, ('A', 16), true, true).await);
        steps.journeys.push(
            self.journey_with_a_group(&case, ('A', 23), &mut steps.movement)
                .await,
        );

        let grant = pristina.proposes_a_grant(&case, &[70_000, 35_000]);
        let account = json!({ "kind": "IBAN", "number": "IQ98 NBIQ 8501 2345 6789 012" });
        let grant = grant
            .with("donorApprovalReference", "D-2026-17")
            .with("payeeAccount", account)
            .await;
        steps.granted = self.now();
        pristina.supervisor().approves(&grant).await;
        steps.approved = Some(self.now());
        let mut items = vec![item(90_000), item(60_000)];
        items[1]["exceptional"] = true.into();
        self.inboxes
            .tell(&[BAGHDAD], "GRANT_APPROVED", self.now(), 'A', About::Payment);
        pristina
            .proposes_a_package(&case, 150_000, &[])
            .with("items", items)
            .await;
        steps.packaged = self.now();
        self.the_manifest_is_locked(&mut steps.movement).await;
        self.is_ready(&case, 'A', &mut steps).await;
        self.the_group_is_cleared(&case, &mut steps).await;
        pristina.pays(&grant, 1).await;
        steps.paid = Some(self.now());
        self.inboxes
            .tell(&[BAGHDAD], "TRANCHE_PAID", self.now(), 'A', About::Payment);
        pristina.records_receipt(&grant, 1).await;
        steps.receipted = Some(self.now());
        pristina.supervisor().verifies_receipt(&grant, 1).await;
        steps.verified = Some(self.now());

        self.world.time_passes(TimeDelta::hours(6));
        let (declared, departed) = (self.now() - TimeDelta::hours(2), self.now() - TimeDelta::hours(1));
        pristina
            .confirms_departure(&case)
            .with("declarationSignedAt", json!(declared))
            .with("departedAt", json!(departed))
            .with("exitFormalities", exit_formalities(departed))
            .await;
        steps.exit_formalities = Some(departed - TimeDelta::minutes(30));
        (steps.declared, steps.departed) = (Some(declared), Some(departed));
        steps.movement.boarded = self.now();
        let used = self.now();
        let request = steps.requests.last_mut().expect("a request");
        request.between.as_mut().expect("a document").used = used;
        self.inboxes
            .tell(&OF_A_DEPARTURE, "DEPARTED", self.now(), 'A', About::Journey);
        self.the_group_leaves(&mut steps.movement).await;
        self.a_connection_is_missed(&case, &mut steps).await;
        let arrived = self.now() - TimeDelta::minutes(1);
        let baghdad = self.world.mission("Baghdad");
        baghdad
            .confirms_arrival(&case)
            .with("arrivedAt", json!(arrived))
            .with(
                "arrivals",
                json!([{
                    "personId": baghdad.id_to_name(&case.person()).await,
                    "onwardTravel": "BY_IOM",
                    "onwardTo": "Diwaniya",
                }]),
            )
            .await;
        steps.arrived = Some(arrived);
        self.inboxes
            .tell(&[PRISTINA], "ARRIVED", self.now(), 'A', About::Journey);
        self.the_group_is_there(&mut steps.movement).await;
        baghdad
            .supervisor()
            .surveys(&case, "RSS")
            .with("outsideWindow", "SECURITY")
            .await;
        let recorded = self.now();
        baghdad.validates_survey(&case, "RSS", 1).await;
        steps.surveyed = Some([recorded, self.now()]);
        steps.journeys[2].state = "COMPLETED";
        baghdad.pays(&grant, 2).await;
        steps.paid_later = Some(self.now());
        self.inboxes
            .tell(&[PRISTINA], "TRANCHE_PAID", self.now(), 'A', About::Payment);
        let voiding = baghdad.supervisor();
        voiding.voids(&grant).with("recovery", "RECOVER").await;
        self.inboxes
            .tell(&[PRISTINA], "GRANT_VOIDED", self.now(), 'A', About::Payment);
        steps.after = Some(after_the_return(self.world, &case).await);
        let handed = steps.after.as_ref().map(|after| after.told);
        let told = handed.expect("a handover");
        self.inboxes
            .tell(&[PRISTINA], "HANDOVER_CONFIRMED", told, 'A', About::Registration);
        for referral in steps.after.iter().flat_map(|after| &after.referrals) {
            let asked: Vec<&'static str> = referral.recipient.into_iter().collect();
            self.inboxes.tell(
                &asked,
                "REFERRAL_RECEIVED",
                referral.sent,
                'A',
                About::Registration,
            );
        }
        let seen = steps.after.as_ref().map(|after| after.seen[1]);
        self.inboxes.tell(
            &[PRISTINA],
            "BREAK_GLASS_OPENED",
            seen.expect("an access"),
            'A',
            About::Registration,
        );
        (case, steps)
    }

    async fn a_return_that_is_withdrawn(&mut self, persons: &[Person]) -> Steps {
        let pristina = self.pristina.clone();
        let mut form = usual_and(GUARDIAN_TO_THE_EMBASSY);
        form.extend([PHOTO_TO_THE_EMBASSY, PAPERS_TO_THE_EMBASSY]);
        let (case, mut steps) = self.registered(persons, &form, 'B').await;
        for (number, person) in (3..).zip(persons) {
            steps
                .requests
                .push(self.asks(&case, person, 'B', number, true).await);
        }
        self.prepares(&case, 'B', &mut steps).await;
        steps
            .journeys
            .push(self.journey(&case, ('B', 12), true, false).await);
        let baghdad = self.world.mission("Baghdad");
        let at_once = baghdad.proposes_a_grant(&case, &[50_000]);
        at_once.with("singleTrancheReason", "SELF_EMPLOYMENT").await;
        steps.granted = self.now();
        pristina.proposes_a_package(&case, 150_000, &[80_000]).await;
        steps.packaged = self.now();
        self.is_ready(&case, 'B', &mut steps).await;
        self.needs_care(&case, persons, &mut steps).await;
        pristina.withdraws(&case).with("reason", "FAMILY_REASONS").await;
        steps.withdrawn = Some(self.now());
        self.inboxes
            .take_back(&[ISTANBUL, BAGHDAD, POLICE], "NOTICE_RETRACTED", self.now(), 'B');
        self.inboxes
            .take_back(&[MIGRATION], "APPLICATION_WITHDRAWN", self.now(), 'B');
        steps.journeys[0].state = "CANCELLED";
        steps
    }

    async fn registered(
        &mut self,
        persons: &[Person],
        form: &[(&'static str, &'static str, &'static str)],
        name: char,
    ) -> (Case, Steps) {
        let pristina = self.pristina.clone();
        let case = pristina
            .opens_a_case_for(persons.to_vec())
            .with("reference", format!("XK-{name}"))
            .await;
        let opened = self.now();
        let signed = self.now() - TimeDelta::hours(3);
        pristina.counsels(&case).with("culturalMediator", true).await;
        pristina
            .finds_eligible(&case)
            .with("vulnerabilityAssessedAt", json!(signed))
            .with("voluntariness", voluntary(json!(signed + TimeDelta::minutes(20))))
            .await;
        pristina
            .has_signed(&case, form)
            .with("application", application(&case, form, json!(signed)))
            .await;
        pristina
            .registers_signed(&case)
            .with("mimosaReference", format!("MIM-2026-{name}045"))
            .with("prismReference", format!("PR-2026-{name}045"))
            .with("preferredFrom", "2026-03-10")
            .with("preferredTo", "2026-04-10")
            .with("returnDecision", json!({ "number": "RD-2026-7", "issuedOn": "2026-02-02", "servedOn": "2026-02-05", "authority": "Department for Citizenship", "mentionsAvrr": true }))
            .await;
        self.inboxes.tell(
            &[MIGRATION],
            "AVRR_REGISTERED",
            self.now(),
            name,
            About::Registration,
        );
        let registered = self.now();
        for person in persons {
            pristina.photographs(&case, &person.full_name()).await;
        }
        (
            case,
            Steps {
                opened,
                signed,
                registered,
                ..Steps::default()
            },
        )
    }

    /// The migration authority is asked and does not object; the statutory period begins, and is extended.
    async fn prepares(&mut self, case: &Case, name: char, steps: &mut Steps) {
        let pristina = self.pristina.clone();
        let (migration, about) = (self.world.migration("XKX"), About::Registration);
        pristina.asks_for_objections(case).await;
        steps.asked = self.now();
        self.inboxes
            .tell(&[MIGRATION], "OBJECTION_CHECK_REQUESTED", self.now(), name, about);
        migration.does_not_object(case).await;
        steps.answered = self.now();
        self.inboxes
            .tell(&[PRISTINA], "OBJECTION_RESULT", self.now(), name, about);
        pristina.starts_pre_departure(case).await;
        steps.prepared = self.now();
        self.inboxes
            .tell(&[PRISTINA], "STATUTORY_PERIOD_STARTED", self.now(), name, about);
        pristina.extends_the_period(case, 10, "CHILDREN_AT_SCHOOL").await;
        self.inboxes
            .tell(&[PRISTINA], "STATUTORY_PERIOD_EXTENDED", self.now(), name, about);
    }
}
