//! The finished first phase: records of returns that ended before the missions used this program.
//!
//! They stand as a mission would take them over from its earlier register: who returned when, what they were counselled on,
//! given and asked. Whom partners were told of, and how they travelled, was never kept here. Their figures are exactly the
//! baselines of the results matrix (S0 section 6): 2,521 persons assisted to return, 571 of them with reintegration, 2,000
//! and 250 counselled, and of a hundred who were asked 76 had heard of it through an outreach tool.

use super::assistance::{CEILING_IN_EUROS, Venture, euros};
use super::dice::Dice;
use super::funding::{FIRST_PHASE, first_phase};
use super::people::{Family, Household, legal_status};
use super::place;
use super::places::{HOSTS, ORIGINS, at, later};
use super::register::Scene;
use crate::domain::case::CaseState;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::counselling::{CounsellingKind, CounsellingMode, CounsellingSession};
use crate::domain::event_type::EventType;
use crate::domain::history::{Happened, states};
use crate::domain::instrument::{Question, embedded_version};
use crate::domain::party::Author;
use crate::domain::person::Person;
use crate::domain::reintegration::{PackageItemState, ReintegrationPackage, ReintegrationPackageState};
use crate::domain::safeguards::{VulnerabilityAssessment, VulnerabilityCategory};
use crate::domain::steps::case::NewCase;
use crate::domain::survey::{Instrument, SurveyMode, SurveyOutcome, SurveyResponse, SurveyState};
use crate::ids::new_id;
use crate::policy::actions::Action;
use crate::store::{Programme, Recorded};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use std::collections::{BTreeMap, HashMap};

/// Persons assisted to return.
const RETURNED: usize = 2_521;
/// Persons counselled on the return.
const COUNSELLED: usize = 2_000;
/// Persons counselled on the life after it.
const COUNSELLED_ON_REINTEGRATION: usize = 250;
/// Persons with reintegration assistance.
const ASSISTED: usize = 571;
/// Persons asked with the AVR-PMS who answered; of them 304 had heard through an outreach tool, which is 76 %.
const MONITORED: usize = 400;
/// Persons asked with it who declined.
const DECLINED: usize = 60;
/// Persons asked with the RSS.
const SCORED: usize = 160;
/// Persons asked with the RASS.
const SATISFIED: usize = 200;

/// Adds the records of the first phase to a programme.
pub(super) fn records(seed: u64, now: DateTime<Utc>, scene: &Scene, programme: &mut Programme) {
    let mut dice = Dice::fork(seed, usize::MAX - 7);
    let (from, to) = first_phase(now.date_naive());
    let days = to.signed_duration_since(from).num_days();
    let mut left = RETURNED;
    let households = Household::deck(RETURNED, &mut dice);
    let mut numbers: HashMap<(&str, i32), u32> = HashMap::new();
    let mut counts = Counts::default();
    for household in households {
        if left == 0 {
            break;
        }
        let household = if household.size() > left {
            Household::ALONE
        } else {
            household
        };
        left -= household.size();
        // Counselling comes first, and so within the project.
        let departed = later(from, dice.within(30..=days));
        let Some(mut file) = opened(household, departed, scene, &mut dice) else {
            continue;
        };
        let number = numbers
            .entry((prefix_of(&file), file.case.opened_at.year()))
            .or_default();
        *number += 1;
        file.case.reference = format!("{}-{}-P{number:04}", prefix_of(&file), file.case.opened_at.year());
        ended(&mut file, departed);
        counselled(&mut file, departed, &mut counts, &mut dice);
        assessed(&mut file, departed, &mut dice);
        for person in file.persons.clone() {
            followed(&mut file, &person, departed, &mut counts, &mut dice);
        }
        // In the order in which they are read again.
        file.packages.sort_by_key(|package| package.id);
        file.surveys.sort_by_key(|asked| asked.id);
        let index = programme.files.len();
        let by = file.case.sending_mission;
        let at = file.case.ended_at.unwrap_or(now);
        programme
            .history
            .extend(states(&file).into_iter().map(|(aggregate, id, state)| {
                let happened = Happened {
                    event: EventType::CaseClosed,
                    aggregate,
                    id,
                    from: None,
                    to: Some(state),
                };
                let entry = Recorded {
                    at,
                    by,
                    cause: Action::CloseCase.into(),
                    happened,
                    reason: None,
                    place: 0,
                };
                (Some(index), entry)
            }));
        programme.files.push(file);
    }
}

/// How many have been given what so far.
#[derive(Default)]
struct Counts {
    counselled: usize,
    on_reintegration: usize,
    assisted: usize,
    monitored: usize,
    heard: usize,
    declined: usize,
    scored: usize,
    satisfied: usize,
}

/// What references of the case's territory begin with.
fn prefix_of(file: &CaseFile) -> &'static str {
    let host = HOSTS
        .iter()
        .find(|host| place(host.territory) == file.case.host_territory);
    host.map_or("XX", |host| host.prefix)
}

/// A case as it was opened, some weeks before the departure.
fn opened(household: Household, departed: NaiveDate, scene: &Scene, dice: &mut Dice) -> Option<CaseFile> {
    let host = dice.weigh(&HOSTS.each_ref().map(|host| (host, host.share)));
    let origin = dice.weigh(&ORIGINS.each_ref().map(|origin| (origin, origin.share)));
    let opened = later(departed, -dice.within(21..=29));
    let status = legal_status(dice);
    let city = *dice.pick(origin.cities);
    let mission = scene.organisation(host.mission)?.id;
    let project = scene
        .funding
        .projects
        .iter()
        .find(|project| project.code == FIRST_PHASE)?;
    let new = NewCase {
        reference: host.prefix.to_owned(),
        host_territory: place(host.territory),
        country_of_return: place(origin.state),
        destination_city: Some(city.to_owned()),
        legal_status: status,
        family: None,
        funding_project: Some(project.id),
        persons: Family {
            host,
            origin,
            status,
            city,
            today: opened,
        }
        .persons(household, dice),
    };
    let by = Author {
        organisation: mission,
        client: mission.uuid().into(),
        subject: "register of the first phase".to_owned(),
        rights: Vec::new(),
    };
    let circumstances = Circumstances {
        now: at(opened, dice.within(8..=15), dice.within(0..=59)),
        directory: &scene.directory,
        by: &by,
    };
    Some(CaseFile::open(new, mission, &circumstances).ok()?.next().clone())
}

/// The persons departed, arrived the day after, and the case was closed when everything was done.
pub(super) fn ended(file: &mut CaseFile, departed: NaiveDate) {
    let case = &mut file.case;
    case.state = CaseState::Closed;
    case.application_signed_at = Some(case.opened_at);
    case.voluntariness_recorded_at = Some(case.opened_at);
    case.registered_at = Some(case.opened_at);
    case.declaration_signed_at = Some(at(departed, 5, 0));
    case.departed_at = Some(at(departed, 9, 0));
    case.arrived_at = Some(at(later(departed, 1), 6, 0));
    case.ended_at = Some(at(later(departed, 360), 12, 0));
    for party in &mut file.parties {
        party.ended_at = case.ended_at;
    }
}

fn counselled(file: &mut CaseFile, departed: NaiveDate, counts: &mut Counts, dice: &mut Dice) {
    let persons = file.persons.len();
    let mut hold = |kind, day| {
        let held_at = at(day, 10, 0);
        file.counselling.push(CounsellingSession {
            id: new_id(held_at).into(),
            case_id: file.case.id,
            kind,
            mode: if dice.in_a_hundred(70) {
                CounsellingMode::InPerson
            } else {
                CounsellingMode::Virtual
            },
            language: file
                .persons
                .first()
                .and_then(|person| person.language.clone())
                .unwrap_or_default(),
            understood: true,
            interpreter: dice.in_a_hundred(40),
            mediator: dice.in_a_hundred(20),
            facility: None,
            held_on: day,
        });
    };
    if counts.counselled + persons <= COUNSELLED {
        counts.counselled += persons;
        hold(CounsellingKind::Return, later(departed, -18));
    }
    if counts.on_reintegration + persons <= COUNSELLED_ON_REINTEGRATION {
        counts.on_reintegration += persons;
        hold(CounsellingKind::Reintegration, later(departed, -9));
    }
}

fn assessed(file: &mut CaseFile, departed: NaiveDate, dice: &mut Dice) {
    use VulnerabilityCategory::{
        Aged, Disability, MedicalNeeds, Pregnant, SingleParent, UnaccompaniedChild, VictimOfTrafficking,
        VictimOfViolence,
    };
    let day = later(departed, -19);
    let found = file.persons.iter().map(|person| VulnerabilityAssessment {
        id: new_id(at(day, 11, 0) + in_turn(person)).into(),
        case_id: file.case.id,
        person_id: person.id,
        categories: dice
            .weigh(&[
                (&[][..], 820),
                (&[MedicalNeeds], 60),
                (&[VictimOfViolence], 30),
                (&[SingleParent], 25),
                (&[Disability], 20),
                (&[Aged], 15),
                (&[Pregnant], 8),
                (&[UnaccompaniedChild], 6),
                (&[VictimOfTrafficking], 4),
                (&[MedicalNeeds, VictimOfViolence], 12),
            ])
            .to_vec(),
        needs: Vec::new(),
        assessed_on: day,
    });
    file.safeguards.vulnerability = found.collect();
    file.case.application.vulnerability_assessed_at = Some(at(day, 11, 0));
}

/// What one person was given and asked after the return.
fn followed(file: &mut CaseFile, person: &Person, departed: NaiveDate, counts: &mut Counts, dice: &mut Dice) {
    if counts.assisted < ASSISTED {
        counts.assisted += 1;
        file.packages.push(package(file, person, departed, dice));
        if counts.satisfied < SATISFIED {
            counts.satisfied += 1;
            let answers = answers_of(Instrument::Rass, dice, 80);
            let day = later(departed, 300);
            file.surveys
                .push(asked(file, person, (Instrument::Rass, day), answers));
        }
    }
    if counts.monitored < MONITORED {
        counts.monitored += 1;
        let mut answers = answers_of(Instrument::AvrPms, dice, 84);
        // 76 of every hundred.
        let heard = counts.monitored * 76 / 100 > counts.heard;
        counts.heard += usize::from(heard);
        let told = if heard {
            *dice.pick(&["MOBILE_TEAM", "SOCIAL_MEDIA", "LEAFLET", "HOTLINE"])
        } else {
            "FRIENDS_OR_FAMILY"
        };
        answers.insert("HEARD_THROUGH".to_owned(), told.to_owned());
        let day = later(departed, 15);
        file.surveys
            .push(asked(file, person, (Instrument::AvrPms, day), answers));
    } else if counts.declined < DECLINED {
        counts.declined += 1;
        let day = later(departed, 20);
        file.surveys
            .push(asked(file, person, (Instrument::AvrPms, day), BTreeMap::new()));
    }
    if counts.scored < SCORED {
        counts.scored += 1;
        let answers = answers_of(Instrument::Rss, dice, 62);
        let day = later(departed, 320);
        file.surveys
            .push(asked(file, person, (Instrument::Rss, day), answers));
    }
}

fn package(file: &CaseFile, person: &Person, departed: NaiveDate, dice: &mut Dice) -> ReintegrationPackage {
    let given = at(later(departed, dice.within(40..=120)), 11, 0) + in_turn(person);
    let items = Venture::any(dice)
        .items()
        .into_iter()
        .enumerate()
        .map(|(position, item)| {
            let mut item = item.at(i32::try_from(position).unwrap_or_default() + 1);
            item.state = PackageItemState::ReceiptVerified;
            item.delivered_at = Some(given);
            item.delivered_by = Some("IOM".to_owned());
            item.receipt_reference = Some(format!("P1/{}", dice.within(1_000..=9_999)));
            item.receipt_verified_at = Some(given);
            item
        });
    ReintegrationPackage {
        id: new_id(given).into(),
        case_id: file.case.id,
        person_id: person.id,
        funding_project: file.case.funding_project,
        state: ReintegrationPackageState::Closed,
        ceiling: euros(CEILING_IN_EUROS),
        cash_allowed: true,
        plan: None,
        revision: 1,
        proposed_at: at(later(departed, 10), 10, 0),
        agreed_at: Some(at(later(departed, 20), 10, 0)),
        donor_approval: None,
        suspended_from: None,
        suspension_reason: None,
        transferred_to: None,
        items: items.collect(),
        contacts: Vec::new(),
        version: 1,
        ended_at: Some(at(later(departed, 130), 12, 0)),
    }
}

/// Persons of a case take their turns, so that the order of their rows is always the same.
fn in_turn(person: &Person) -> TimeDelta {
    TimeDelta::seconds(person.position.into())
}

/// Answers to every question of an instrument, good ones in so many cases of a hundred.
fn answers_of(instrument: Instrument, dice: &mut Dice, good: i64) -> BTreeMap<String, String> {
    let version = embedded_version(instrument, "1");
    let questions = version
        .map(|version| version.questions.as_slice())
        .unwrap_or_default();
    let answer = |question: &Question, dice: &mut Dice| {
        let mut scored: Vec<_> = question
            .answers
            .iter()
            .filter(|answer| answer.value.is_some())
            .collect();
        scored.sort_by_key(|answer| answer.value);
        let answer = if dice.in_a_hundred(good) {
            scored.last()
        } else {
            scored.first()
        };
        answer
            .copied()
            .or(question.answers.first())
            .map(|answer| answer.code.clone())
    };
    let answered = questions
        .iter()
        .filter_map(|question| Some((question.code.clone(), answer(question, dice)?)));
    answered.collect()
}

fn asked(
    file: &CaseFile,
    person: &Person,
    (instrument, day): (Instrument, NaiveDate),
    answers: BTreeMap<String, String>,
) -> SurveyResponse {
    let declined = answers.is_empty();
    let recorded_at = at(day, 14, 0) + in_turn(person);
    SurveyResponse {
        id: new_id(recorded_at).into(),
        case_id: file.case.id,
        person_id: person.id,
        instrument,
        instrument_version: "1".to_owned(),
        round: 1,
        outcome: if declined {
            SurveyOutcome::Declined
        } else {
            SurveyOutcome::Submitted
        },
        state: if declined {
            SurveyState::Declined
        } else {
            SurveyState::Submitted
        },
        held_on: day,
        mode: SurveyMode::Phone,
        language: person.language.clone(),
        outside_window: None,
        answers,
        recorded_at,
        recorded_by: "register of the first phase".to_owned(),
        validated_at: None,
    }
}
