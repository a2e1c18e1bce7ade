//! Children alone, and parents alone with children.

use super::care::{escort_goes_on, escorted, found, handed_over, recommended};
use super::{Line, Part, Tale};
use crate::demo::step::Step;
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::aftercare::{HandoverOutcome, HandoverRefusal, HandoverRelation};
use crate::domain::case::LegalStatus;
use crate::domain::consent::{ConsentCategory, Purpose, RecipientClass};
use crate::domain::safeguards::{
    BestInterestsResult, EscortKind, EscortState, Guardian, NeedCode, VulnerabilityCategory,
};
use crate::domain::steps::safeguards::NewChildSafeguards;
use crate::policy::actions::Action;

/// What a guardian signs for a child.
const OF_A_CHILD: &[Line] = &[(
    RecipientClass::IomReceiving,
    Purpose::CaseManagement,
    ConsentCategory::Guardian,
)];

pub(super) const TALES: &[Tale] = &[
    Tale::of(1, child(38), child_is_ready),
    Tale::of(1, child(36), child_waits),
    Tale::of(1, child(120), child_was_refused_at_the_airport),
    Tale::of(1, child(90), child_is_with_parents).spread(60),
    Tale::of(
        3,
        Part::opened(50).from("SRB").to("IRQ").family(1, 2),
        lone_parent,
    )
    .spread(10),
];

/// A child of fifteen alone, on the way to Afghanistan.
const fn child(days_ago: i64) -> Part {
    Part::opened(days_ago)
        .from("SRB")
        .to("AFG")
        .child_of(15)
        .with_status(LegalStatus::AsylumWithdrawn)
        .consenting(OF_A_CHILD)
}

/// Everything that has to be in place for a child who travels without parents, but for the escort.
fn child_is_protected(story: &mut Story<'_>) -> Telling {
    found(
        story,
        &[VulnerabilityCategory::UnaccompaniedChild],
        &[NeedCode::MeetAndAssist, NeedCode::Interpreter],
    )?;
    let child = story.person(0)?;
    let guardian = Guardian {
        name: "Milica Petrović".to_owned(),
        contact: "+38100000077".to_owned(),
        authority: "Centre for Social Work, Belgrade".to_owned(),
    };
    story.hand(Hand::Clerk, Action::RecordChildSafeguards, |file, c| {
        let named = NewChildSafeguards {
            guardian: Some(guardian),
            ..NewChildSafeguards::default()
        };
        file.record_child_safeguards(child, named, c)
    })
}

fn interests_of_the_child(story: &mut Story<'_>) -> Telling {
    let (child, now) = (story.person(0)?, story.now());
    let city = story.file.case.destination_city.clone().unwrap_or_default();
    story.hand(Hand::Clerk, Action::RecordChildSafeguards, |file, c| {
        let settled = NewChildSafeguards {
            best_interests: Some(BestInterestsResult::Return),
            guardian: None,
            guardian_consented_at: Some(now),
            child_consented_at: Some(now),
            family_assessed_on: Some(now.date_naive()),
            handover_party: Some(format!("The mother's brother, {city}")),
        };
        file.record_child_safeguards(child, settled, c)
    })
}

fn child_until(story: &mut Story<'_>, leaves: i64) -> Telling {
    story.registered(leaves + 32)?;
    child_is_protected(story)?;
    story.documented(leaves + 29)?;
    interests_of_the_child(story)?;
    story.booked(leaves + 9, leaves)?;
    story.on(leaves + 8)?;
    story.does(Step::Ticket)?;
    escorted(story, EscortKind::Family, "Abdul Hadi Noori")?;
    story.on(leaves + 2)?;
    story.does(Step::Ready)
}

fn child_is_ready(story: &mut Story<'_>) -> Telling {
    child_until(story, -1)
}

/// The best-interests procedure goes on, and nobody has consented yet.
fn child_waits(story: &mut Story<'_>) -> Telling {
    story.registered(28)?;
    child_is_protected(story)?;
    story.documented(25)?;
    story.prepare()?;
    story.on(4)?;
    recommended(story, EscortKind::Family)
}

/// The uncle did not come in the end; the state's own body took the child in its care (scenario 2).
fn child_was_refused_at_the_airport(story: &mut Story<'_>) -> Telling {
    child_until(story, 80)?;
    story.departed(80)?;
    story.on(79)?;
    story.does(Step::Arrive)?;
    let body = "Directorate for the Protection of Children";
    handed_over(
        story,
        ("The mother's brother", HandoverRelation::Relative),
        HandoverOutcome::Refused(HandoverRefusal::Declined),
    )?;
    handed_over(
        story,
        (body, HandoverRelation::ChildProtectionBody),
        HandoverOutcome::AcceptedBy("Officer on duty".to_owned()),
    )?;
    let (handover, back) = (Action::RecordEscortHandover, Action::RecordEscortReturn);
    escort_goes_on(story, Hand::Receiving, handover, EscortState::HandedOver)?;
    story.on(76)?;
    escort_goes_on(story, Hand::Clerk, back, EscortState::Returned)?;
    story.counselled_after_return()
}

/// The escort has handed the child over to the parents, and is not back yet.
fn child_is_with_parents(story: &mut Story<'_>) -> Telling {
    child_until(story, 40)?;
    story.departed(40)?;
    story.on(39)?;
    story.does(Step::Arrive)?;
    handed_over(
        story,
        ("Her parents", HandoverRelation::Parent),
        HandoverOutcome::AcceptedBy("The father".to_owned()),
    )?;
    let handover = Action::RecordEscortHandover;
    escort_goes_on(story, Hand::Receiving, handover, EscortState::HandedOver)
}

fn lone_parent(story: &mut Story<'_>) -> Telling {
    story.registered(40)?;
    found(
        story,
        &[VulnerabilityCategory::SingleParent],
        &[NeedCode::ChildCare],
    )?;
    story.documented(38)?;
    story.on(15)?;
    story.prepare()
}
