//! Every state of every machine occurs in the demo, and every special case that the programme knows.

use super::*;
use crate::domain::case::ReturnMode;
use crate::domain::consent::RecipientClass;
use crate::domain::entitlement::begins;
use crate::domain::handling::TransitIncidentKind;
use crate::domain::lifecycles::LIFECYCLES;
use crate::domain::movement::{ManifestLineState, MovementState};
use crate::domain::safeguards::{ClearanceKind, VulnerabilityCategory};
use crate::domain::survey::SurveyOutcome;
use crate::domain::travel_document::DocumentLocation;

/// States that no story of the demo can end in: machine, state, and why.
const MOMENTARY: &[(&str, &str, &str)] = &[
    (
        "BreakGlassAccess",
        "APPROVED",
        "an access is open for some hours, and a demo is loaded at any hour",
    ),
    (
        "Webhook",
        "ACTIVE",
        "a webhook is a machine of a partner's, and a demo sends to nobody's",
    ),
    (
        "Webhook",
        "PAUSED",
        "a webhook is a machine of a partner's, and a demo sends to nobody's",
    ),
    (
        "Webhook",
        "DISABLED",
        "a webhook is a machine of a partner's, and a demo sends to nobody's",
    ),
    (
        "Webhook",
        "REMOVED",
        "a webhook is a machine of a partner's, and a demo sends to nobody's",
    ),
];

/// The machine and the state of every row of a case file.
fn rows(file: &CaseFile) -> Vec<(&'static str, &'static str)> {
    let mut rows = vec![("Case", file.case.state.code())];
    macro_rules! of {
        ($($machine:literal: $rows:expr),+ $(,)?) => {
            $(rows.extend($rows.map(|row| ($machine, row.state.code())));)+
        };
    }
    of!(
        "Consent": file.consents.iter(),
        "ObjectionCheck": file.objections.iter(),
        "TravelDocumentRequest": file.requests.iter(),
        "FitnessAssessment": file.safeguards.fitness.iter(),
        "Escort": file.safeguards.escorts.iter(),
        "Itinerary": file.itineraries.iter(),
        "Segment": file.itineraries.iter().flat_map(|journey| &journey.segments),
        "TransitHandling": file.handlings.iter(),
        "ManifestLine": file.manifest_lines.iter(),
        "ReintegrationPackage": file.packages.iter(),
        "PackageItem": file.packages.iter().flat_map(|package| &package.items),
        "Referral": file.referrals.iter(),
        "BreakGlassAccess": file.break_glass.iter(),
        "CashGrant": file.grants.iter(),
        "Tranche": file.grants.iter().flat_map(|grant| &grant.tranches),
        "SurveyResponse": file.surveys.iter(),
    );
    rows
}

#[test]
fn every_state_of_every_machine_occurs_whatever_the_seed() {
    for (seed, day) in [(1, 0), (2, 33), (3, 400)] {
        let programme = programme(seed, now() + Days::new(day));
        let mut met: BTreeSet<(&str, &str)> = programme.files.iter().flat_map(rows).collect();
        let movements = programme.movements.iter();
        met.extend(movements.map(|movement| ("Movement", movement.state.code())));
        let complaints = programme.complaints.iter();
        met.extend(complaints.map(|complaint| ("Complaint", complaint.state.code())));
        let trainings = programme.trainings.iter();
        met.extend(trainings.map(|training| ("Training", training.state.code())));
        met.extend(MOMENTARY.iter().map(|(machine, state, _)| (*machine, *state)));
        let machines = LIFECYCLES.iter();
        let declared = machines.flat_map(|machine| {
            let states = machine.states().into_iter();
            states.map(|(state, _)| (machine.name(), state))
        });
        let missing: Vec<_> = declared.filter(|state| !met.contains(state)).collect();
        assert!(
            missing.is_empty(),
            "nothing in the demo is in {missing:?}: tell of it in src/demo/tales, and name the rows of a new machine above"
        );
    }
}

/// What is met in a case file, by words and by a sign of it.
type Special = (&'static str, fn(&CaseFile) -> bool);

fn vulnerable(file: &CaseFile, category: VulnerabilityCategory) -> bool {
    let mut persons = file.persons.iter();
    persons.any(|person| file.is_vulnerable(person.id, category))
}

const BEFORE_THE_DEPARTURE: &[Special] = &[
    ("a child alone with everything in place, ready", |file| {
        let mut children = file.unaccompanied_children(now().date_naive());
        let ready = file.case.state == CaseState::ReadyToDepart;
        ready
            && children.any(|child| {
                file.child_safeguards_of(child.id)
                    .is_some_and(|one| one.guardian.is_some())
            })
    }),
    ("a medical case with escort and the airline's consent", |file| {
        let mut clearances = file.safeguards.clearances.iter();
        let ready = file.case.state == CaseState::ReadyToDepart;
        ready && clearances.any(|one| one.kind == ClearanceKind::Medical)
    }),
    ("a trafficked person who is protected", |file| {
        vulnerable(file, VulnerabilityCategory::VictimOfTrafficking) && !file.referrals.is_empty()
    }),
    ("a detained person brought to the post", |file| {
        let mut appointments = file.safeguards.appointments.iter();
        appointments.any(|one| one.supported_by.is_some()) && !file.safeguards.transfers.is_empty()
    }),
    ("a shelter before the departure", |file| {
        !file.safeguards.accommodations.is_empty()
    }),
    ("a health requirement", |file| {
        !file.safeguards.requirements.is_empty()
    }),
    ("a lone parent", |file| {
        vulnerable(file, VulnerabilityCategory::SingleParent)
    }),
    ("a second request to the second seat", |file| {
        let [first, second] = file.requests.as_slice() else {
            return false;
        };
        first.consular_post != second.consular_post && file.case.country_of_return == place("PAK")
    }),
    ("a passport of one's own", |file| {
        !file.personal_documents.is_empty()
    }),
    ("a document in the hands of an authority", |file| {
        let mut custody = file.custody.iter();
        custody.any(|entry| entry.location == DocumentLocation::Authority)
    }),
    ("a question of a post", |file| {
        !file.information_requests.is_empty()
    }),
    ("an interview", |file| !file.interviews.is_empty()),
    ("an extension", |file| !file.extensions.is_empty()),
    ("a departure beyond the period", |file| {
        file.periods.iter().any(|period| period.exceeded.is_some())
    }),
];

const FROM_THE_DEPARTURE_ON: &[Special] = &[
    ("a diversion", |file| {
        let mut incidents = file.incidents.iter();
        incidents.any(|incident| incident.kind == TransitIncidentKind::Diversion)
    }),
    ("a withdrawal on the way", |file| {
        file.case.state == CaseState::Withdrawn && file.case.departed_at.is_some()
    }),
    ("a ticket before the document", |file| {
        file.itineraries
            .iter()
            .any(|journey| journey.ticket_override.is_some())
    }),
    ("onward travel", |file| {
        file.arrivals
            .iter()
            .any(|arrival| arrival.onward_travel.is_some())
    }),
    ("a handover that failed, and another that did not", |file| {
        let [first, second] = file.handovers.as_slice() else {
            return false;
        };
        first.refusal.is_some() && second.accepted_by.is_some()
    }),
    ("a forced return", |file| {
        file.case.return_mode == ReturnMode::Forced
    }),
    ("a spontaneous return", |file| {
        file.case.return_mode == ReturnMode::Spontaneous
    }),
    ("a case that was reopened", |file| {
        let mut periods = file.consents.iter();
        file.case.state == CaseState::Registered && periods.any(|consent| !consent.is_active())
    }),
    ("a referral by an authority", |file| {
        file.case.application.referred_by.is_some()
    }),
    ("a referral without consent", |file| {
        file.referrals
            .iter()
            .any(|referral| referral.consent_override.is_some())
    }),
    ("a payment at once", |file| {
        file.grants
            .iter()
            .any(|grant| grant.single_tranche_reason.is_some())
    }),
    ("a payment in another currency", |file| {
        file.grants.iter().any(|grant| grant.exchange_rate.is_some())
    }),
    ("a donor's exception", |file| {
        file.packages
            .iter()
            .any(|package| package.donor_approval.is_some())
    }),
    ("a plan that was amended", |file| {
        file.packages.iter().any(|package| package.revision > 1)
    }),
];

#[test]
fn every_special_case_occurs() {
    let programme = programme(1, now());
    for (what, is) in BEFORE_THE_DEPARTURE.iter().chain(FROM_THE_DEPARTURE_ON) {
        assert!(programme.files.iter().any(is), "{what}");
    }
}

#[test]
fn returnees_were_asked_in_rounds_and_some_declined() {
    let programme = programme(1, now());
    let surveys = || programme.files.iter().flat_map(|file| &file.surveys);
    for outcome in [
        SurveyOutcome::Submitted,
        SurveyOutcome::Declined,
        SurveyOutcome::Unreachable,
    ] {
        assert!(surveys().any(|survey| survey.outcome == outcome), "{outcome:?}");
    }
    assert!(surveys().any(|survey| survey.round >= 4));
    assert!(surveys().any(|survey| survey.outside_window.is_some()));
}

#[test]
fn a_country_was_closed_and_is_open_again_and_nobody_was_booked_through_it_meanwhile() {
    let programme = programme(1, now());
    let [closure] = programme.suspensions.as_slice() else {
        panic!("one suspension")
    };
    let lifted = closure.lifted_at.expect("lifted");
    let told = programme.files.iter().flat_map(|file| &file.suspensions);
    assert_eq!(
        told.filter(|told| told.suspension == closure.id && told.told_at < lifted)
            .count(),
        5
    );
    let journeys = programme.files.iter().flat_map(|file| &file.itineraries);
    let through = journeys.filter(|journey| journey.touches(closure.country));
    let booked: Vec<_> = through.map(|journey| journey.booked_at).collect();
    assert!(
        booked.iter().any(|booked| *booked < closure.from) && booked.iter().any(|booked| *booked > lifted)
    );
    assert!(
        !booked
            .iter()
            .any(|booked| (closure.from..lifted).contains(booked))
    );
}

#[test]
fn a_rule_was_ended_and_replaced_and_a_family_shares_what_its_cap_leaves() {
    let programme = programme(1, now());
    let rule = |code: &str| {
        let mut rules = programme.rules.iter();
        rules.find(|rule| rule.code == code).expect("a rule")
    };
    let (before, after) = (rule("WB-CASH-1"), rule("WB-CASH-2"));
    assert_eq!(
        before.valid_to.map(|last| last + Days::new(1)),
        Some(after.valid_from)
    );
    for rule in [before, after] {
        let mut grants = programme.files.iter().flat_map(|file| &file.grants);
        assert!(grants.any(|grant| grant.rule == Some(rule.id)), "{}", rule.code);
    }
    let follower = programme.files.iter().find(|file| {
        let later_case = !begins(file.case.family, file.case.id);
        later_case && !file.grants.is_empty()
    });
    let follower = follower.expect("a case of a family that has another");
    let cap = after.family_cap_minor.expect("a cap");
    assert_eq!(
        follower.grants[0].amount.amount_minor,
        cap - 3 * after.person_minor
    );
}

#[test]
fn mobile_teams_were_in_every_territory() {
    let programme = programme(1, now());
    let places: BTreeSet<_> = programme.visits.iter().map(|visit| visit.territory).collect();
    assert_eq!(places, CountryCode::HOST_TERRITORIES.into());
    assert!(
        programme
            .visits
            .iter()
            .all(|visit| visit.check(now().date_naive()).is_ok())
    );
}

#[test]
fn the_first_phase_ends_where_the_results_matrix_begins_whatever_the_seed() {
    for (seed, day) in [(1, 0), (2, 33), (3, 400)] {
        let now = now() + Days::new(day);
        let programme = programme(seed, now);
        let (starts_on, ends_on) = crate::demo::funding::first_phase(now.date_naive());
        let mut projects = programme.projects.iter();
        assert!(projects.any(|one| one.code == "WB-RR-I" && one.runs_on(starts_on) && one.runs_on(ends_on)));
        let of_then = |day: chrono::NaiveDate| (starts_on..=ends_on).contains(&day);
        let visits: Vec<_> = programme.visits.iter().collect();
        let visits = visits.iter().filter(|visit| of_then(visit.visited_on));
        let places: BTreeSet<_> = visits.clone().map(|one| (one.territory, &one.location)).collect();
        let contacts: i32 = visits.clone().map(|visit| visit.contacts).sum();
        assert_eq!((contacts, places.len()), (60_000, 49));
        let territories: BTreeSet<_> = places.iter().map(|(territory, _)| *territory).collect();
        assert_eq!(territories, CountryCode::HOST_TERRITORIES.into());
        assert!(
            visits
                .clone()
                .all(|visit| visit.contacts > 0 && !visit.populations.is_empty())
        );
        assert!(
            !programme
                .trainings
                .iter()
                .any(|training| of_then(training.held_on))
        );
        assert!(
            !programme
                .campaign_reports
                .iter()
                .any(|report| of_then(report.figures.to_on))
        );
        assert!(programme.partner_surveys.is_empty());
    }
}

#[test]
fn trainings_and_campaigns_are_under_way_and_every_report_could_have_been_recorded() {
    let programme = programme(1, now());
    assert_eq!(programme.trainings.len(), 9);
    let reports = &programme.campaign_reports;
    assert_eq!(reports.len(), 8);
    assert!(
        reports
            .iter()
            .all(|report| report.check(now().date_naive()).is_ok())
    );
    let territories: BTreeSet<_> = reports.iter().map(|report| report.territory).collect();
    assert_eq!(territories.len(), 4);
}

#[test]
fn a_charter_is_over_and_another_is_open_and_every_line_is_of_a_movement() {
    use ManifestLineState::{Boarded, Confirmed, Listed, NoShow, StoodDown, Withdrawn};
    let programme = programme(1, now());
    let lines = || programme.files.iter().flat_map(|file| &file.manifest_lines);
    let of = |state: MovementState| {
        let mut movements = programme.movements.iter();
        let movement = movements.find(|movement| movement.state == state).expect("one");
        let manifest = lines().filter(|line| line.movement == movement.id);
        let mut states: Vec<_> = manifest.map(|line| line.state).collect();
        states.sort_by_key(|state| state.code());
        states
    };
    // A family of four boarded with a man alone.
    let over = [
        Boarded, Boarded, Boarded, Boarded, Boarded, NoShow, StoodDown, Withdrawn,
    ];
    assert_eq!(of(MovementState::Reconciled), over);
    assert_eq!(
        of(MovementState::ManifestOpen),
        [Confirmed, Confirmed, Confirmed, Listed, Listed]
    );
    assert_eq!(of(MovementState::Draft), []);
    let known: BTreeSet<_> = programme.movements.iter().map(|movement| movement.id).collect();
    assert!(lines().all(|line| known.contains(&line.movement)));
}

#[test]
fn a_service_protects_somebody_whose_consent_names_it() {
    let programme = programme(1, now());
    let mut services = programme
        .organisations
        .iter()
        .filter(|one| one.code.starts_with("protection-"));
    assert!(services.all(|service| {
        let mut files = programme.files.iter();
        files.any(|file| {
            file.is_open_to(service.id, RecipientClass::ServiceProvider)
                && file
                    .referrals
                    .iter()
                    .any(|referral| referral.recipient == Some(service.id))
        })
    }));
}
