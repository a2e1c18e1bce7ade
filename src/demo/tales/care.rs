//! Persons whom health staff look after, and those who travel along with them.

use super::{Line, Part, Tale};
use crate::demo::step::Step;
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::aftercare::{HandoverOutcome, HandoverRelation};
use crate::domain::consent::{ConsentCategory, Purpose, RecipientClass};
use crate::domain::safeguards::{
    ClearanceKind, EscortKind, EscortState, FitnessState, NeedCode, Requirement, TestResult, TravelCondition,
    VulnerabilityCategory,
};
use crate::domain::steps::aftercare::NewHandover;
use crate::domain::steps::health::Examination;
use crate::policy::actions::Action;
use chrono::TimeDelta;

/// What somebody signs who needs care after the arrival.
const OF_HEALTH: &[Line] = &[(
    RecipientClass::IomReceiving,
    Purpose::CaseManagement,
    ConsentCategory::Health,
)];

pub(super) const TALES: &[Tale] = &[
    Tale::of(
        1,
        Part::opened(40).from("SRB").to("IRQ").consenting(OF_HEALTH),
        ill_and_ready,
    ),
    Tale::of(
        2,
        Part::opened(90).from("BIH").to("PAK").consenting(OF_HEALTH),
        ill_and_arrived,
    )
    .spread(40),
    Tale::of(
        1,
        Part::opened(40).from("XKX").to("IRQ"),
        unfit_at_the_second_look,
    ),
    Tale::of(
        1,
        Part::opened(34).from("MKD").to("BGD"),
        examined_and_escorted_yesterday,
    ),
    Tale::of(
        1,
        Part::opened(30).from("SRB").to("TUN").family(2, 1),
        asked_whether_fit,
    ),
    Tale::of(1, Part::opened(36).from("BIH").to("IRN"), escort_declined),
    Tale::of(1, Part::opened(36).from("SRB").to("IND"), escort_called_off),
    Tale::of(1, Part::opened(36).from("BIH").to("IRN"), escort_assigned),
    Tale::of(1, Part::opened(36).from("SRB").to("DZA"), escort_agreed_to),
];

pub(super) fn found(
    story: &mut Story<'_>,
    categories: &[VulnerabilityCategory],
    needs: &[NeedCode],
) -> Telling {
    let (person, today) = (story.person(0)?, story.now().date_naive());
    story.hand(Hand::Clerk, Action::RecordVulnerability, |file, c| {
        file.record_vulnerability(person, categories, needs, today, c)
    })
}

pub(super) fn recommended(story: &mut Story<'_>, kind: EscortKind) -> Telling {
    let person = story.person(0)?;
    story.hand(Hand::Clerk, Action::RecommendEscort, |file, c| {
        let recommended = (kind == EscortKind::Medical).then(|| "MHD-0117".to_owned());
        file.voluntary()?.recommend_escort(person, kind, recommended, c)
    })
}

fn agreed(story: &mut Story<'_>) -> Telling {
    story.hand(Hand::Supervisor, Action::ApproveEscort, |file, c| {
        file.voluntary()?.decide_escort(1, true, c)
    })
}

pub(super) fn escort_goes_on(story: &mut Story<'_>, by: Hand, action: Action, to: EscortState) -> Telling {
    story.hand(by, action, |file, _| {
        file.voluntary()?.move_escort(1, action.name(), to)
    })
}

/// Recommended, agreed to, assigned and documented.
pub(super) fn escorted(story: &mut Story<'_>, kind: EscortKind, name: &str) -> Telling {
    recommended(story, kind)?;
    agreed(story)?;
    story.hand(Hand::Clerk, Action::AssignEscort, |file, _| {
        file.voluntary()?.assign_escort(1, name.to_owned())
    })?;
    escort_goes_on(
        story,
        Hand::Clerk,
        Action::DocumentEscort,
        EscortState::Documented,
    )
}

pub(super) fn handed_over(
    story: &mut Story<'_>,
    (to, relation): (&str, HandoverRelation),
    outcome: HandoverOutcome,
) -> Telling {
    let handover = NewHandover {
        person: story.person(0)?,
        to: to.to_owned(),
        relation,
        at: story.now(),
        outcome,
    };
    story.hand(Hand::Receiving, Action::RecordHandover, |file, c| {
        file.record_handover(handover, c)
    })
}

fn asks_health_staff(story: &mut Story<'_>) -> Telling {
    let person = story.person(0)?;
    story.hand(Hand::Clerk, Action::RequestFitness, |file, c| {
        file.voluntary()?.request_fitness(person, c)
    })
}

fn examined(story: &mut Story<'_>, result: FitnessState, conditions: &[TravelCondition]) -> Telling {
    let person = story.person(0)?;
    let treated = result != FitnessState::Fit;
    let examination = Examination {
        result,
        conditions: conditions.to_vec(),
        performed_at: story.now() - TimeDelta::minutes(2),
        diagnosis: treated.then(|| "Diabetes mellitus, type 1".to_owned()),
        medication: treated.then(|| "Insulin, kept cool".to_owned()),
    };
    story.hand(Hand::Health, Action::RecordFitness, |file, c| {
        file.voluntary()?.record_fitness(person, examination, c)
    })
}

const UNDER_CONDITIONS: &[TravelCondition] = &[
    TravelCondition::Oxygen,
    TravelCondition::Wheelchair,
    TravelCondition::MedicationOnBoard,
    TravelCondition::MedicalEscort,
];

/// A medical case (scenario 13): looked at early, and again in the last three days.
fn ill_until(story: &mut Story<'_>, leaves: i64) -> Telling {
    let escort = "Dr Jelena Ilić";
    story.registered(leaves + 31)?;
    found(
        story,
        &[VulnerabilityCategory::MedicalNeeds, VulnerabilityCategory::Aged],
        &[NeedCode::Wheelchair, NeedCode::MedicalAttention],
    )?;
    asks_health_staff(story)?;
    story.documented(leaves + 29)?;
    examined(story, FitnessState::FitWithConditions, UNDER_CONDITIONS)?;
    story.booked(leaves + 9, leaves)?;
    story.on(leaves + 8)?;
    story.does(Step::Ticket)?;
    escorted(story, EscortKind::Medical, escort)?;
    let reference = Some(story.number("MEDIF"));
    story.hand(Hand::Clerk, Action::RecordClearance, |file, c| {
        file.voluntary()?
            .record_airline_clearance(ClearanceKind::Medical, reference, c)
    })?;
    story.on(leaves + 2)?;
    examined(story, FitnessState::FitWithConditions, UNDER_CONDITIONS)?;
    tested(story)?;
    story.does(Step::Ready)
}

/// The country of return demands a test on the last days.
fn tested(story: &mut Story<'_>) -> Telling {
    let person = story.person(0)?;
    let until = story.now() + TimeDelta::hours(96);
    story.hand(Hand::Health, Action::RecordHealthRequirement, |file, c| {
        file.voluntary()?.record_health_requirement(
            person,
            Requirement::PcrTest,
            Some(TestResult::Negative),
            Some(until),
            c,
        )
    })
}

fn ill_and_ready(story: &mut Story<'_>) -> Telling {
    ill_until(story, -1)
}

fn ill_and_arrived(story: &mut Story<'_>) -> Telling {
    ill_until(story, 45)?;
    story.departed(45)?;
    story.on(44)?;
    story.does(Step::Arrive)?;
    handed_over(
        story,
        ("City hospital", HandoverRelation::MedicalFacility),
        HandoverOutcome::AcceptedBy("Admitting physician".to_owned()),
    )?;
    let (handover, back) = (Action::RecordEscortHandover, Action::RecordEscortReturn);
    escort_goes_on(story, Hand::Receiving, handover, EscortState::HandedOver)?;
    story.on(42)?;
    escort_goes_on(story, Hand::Clerk, back, EscortState::Returned)?;
    story.counselled_after_return()
}

/// Ready to leave tomorrow, and found unfit yesterday: the journey waits.
fn unfit_at_the_second_look(story: &mut Story<'_>) -> Telling {
    story.ticketed(-1)?;
    story.on(5)?;
    examined(story, FitnessState::Fit, &[])?;
    // What was found then would not hold until the departure.
    story.on(1)?;
    examined(story, FitnessState::Fit, &[])?;
    story.does(Step::Ready)?;
    examined(story, FitnessState::Unfit, &[])
}

/// On their way since yesterday, with somebody who leads.
fn examined_and_escorted_yesterday(story: &mut Story<'_>) -> Telling {
    story.ticketed(1)?;
    escorted(story, EscortKind::Operational, "Goran Stojanovski")?;
    story.on(3)?;
    examined(story, FitnessState::Fit, &[])?;
    story.does(Step::Ready)?;
    story.departed(1)
}

fn asked_whether_fit(story: &mut Story<'_>) -> Telling {
    story.registered(22)?;
    found(story, &[VulnerabilityCategory::Disability], &[NeedCode::Rest])?;
    story.documented(20)?;
    story.prepare()?;
    story.on(3)?;
    asks_health_staff(story)
}

fn escort_recommended(story: &mut Story<'_>) -> Telling {
    story.registered(30)?;
    story.documented(28)?;
    story.prepare()?;
    story.on(9)?;
    recommended(story, EscortKind::Operational)
}

fn escort_declined(story: &mut Story<'_>) -> Telling {
    escort_recommended(story)?;
    story.on(7)?;
    story.hand(Hand::Supervisor, Action::DeclineEscort, |file, c| {
        file.voluntary()?.decide_escort(1, false, c)
    })
}

fn escort_agreed_to(story: &mut Story<'_>) -> Telling {
    escort_recommended(story)?;
    story.on(6)?;
    agreed(story)
}

fn escort_assigned(story: &mut Story<'_>) -> Telling {
    escort_agreed_to(story)?;
    story.hand(Hand::Clerk, Action::AssignEscort, |file, _| {
        file.voluntary()?.assign_escort(1, "Ana Kovačević".to_owned())
    })
}

fn escort_called_off(story: &mut Story<'_>) -> Telling {
    escort_assigned(story)?;
    story.on(2)?;
    escort_goes_on(story, Hand::Clerk, Action::CancelEscort, EscortState::Cancelled)
}
