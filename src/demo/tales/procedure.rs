//! From the first conversation to the statutory period: how far a case has come, what halts it, and what ends it.

use super::{Part, Tale};
use crate::demo::step::Step;
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::application::{Eligibility, HoldReason, IneligibilityReason, TerminationReason};
use crate::domain::case::{LegalStatus, WithdrawalReason};
use crate::domain::case_file::CaseFile;
use crate::domain::objection::{ObjectionGround, ObjectionOutcome, ObjectionWaiver};
use crate::domain::statutory::{ExtensionReason, PeriodOverride};
use crate::domain::steps::intake::NewEligibility;
use crate::domain::transition::Reason;
use crate::policy::actions::Action;

pub(super) const TALES: &[Tale] = &[
    Tale::of(6, Part::opened(14), counselled).spread(5),
    Tale::of(5, Part::opened(16), eligible).spread(5),
    Tale::of(5, Part::opened(30), ineligible).spread(60),
    Tale::of(1, Part::opened(44), eligible_after_all),
    Tale::of(4, Part::opened(18), signed).spread(5),
    Tale::of(
        2,
        Part::opened(5)
            .from("SRB")
            .to("PAK")
            .referred_by("migration-serbia"),
        waits,
    )
    .spread(3),
    Tale::of(
        1,
        Part::opened(6)
            .from("MKD")
            .to("PAK")
            .referred_by("police-north-macedonia"),
        waits,
    ),
    Tale::of(
        1,
        Part::opened(8).from("BIH").to("BGD").referred_by("iom-belgrade"),
        counselled_where_referred,
    ),
    Tale::of(5, Part::opened(15), asked_for_objections),
    Tale::of(
        4,
        Part::opened(28).with_status(LegalStatus::Irregular),
        objected_to,
    )
    .spread(9),
    Tale::of(1, Part::opened(52), objected_to_no_more),
    Tale::of(3, Part::opened(40), nobody_objects_in_time).spread(4),
    Tale::of(1, Part::opened(21), not_waited_for),
    Tale::of(2, Part::opened(11), held_before_the_registration),
    Tale::of(3, Part::opened(24), held_for_a_document),
    Tale::of(1, Part::opened(30), held_when_ready),
    Tale::of(2, Part::opened(48), held_and_resumed),
    Tale::of(5, Part::opened(60), terminated).spread(200),
    Tale::of(6, Part::opened(70), lapsed).spread(150),
    Tale::of(1, Part::opened(90), withdrawn_and_reopened),
    Tale::of(1, Part::opened(110), lapsed_and_reopened),
    Tale::of(1, Part::opened(80), terminated_and_reopened),
    Tale::of(3, Part::opened(60).family(2, 2), period_extended).spread(4),
    Tale::of(1, Part::opened(46), leaves_after_the_period),
];

fn waits(story: &mut Story<'_>) -> Telling {
    story.on(1)
}

fn counselled(story: &mut Story<'_>) -> Telling {
    story.on(9)?;
    story.counsel()
}

fn counselled_where_referred(story: &mut Story<'_>) -> Telling {
    story.on(3)?;
    story.counsel()
}

fn eligible(story: &mut Story<'_>) -> Telling {
    story.on(10)?;
    story.counsel()?;
    story.on(7)?;
    story.find_eligible()
}

fn ineligible(story: &mut Story<'_>) -> Telling {
    use IneligibilityReason::{AssistedBefore, LegalObstacle, NotInNeed, NotVoluntary, UnsafeReturn};
    story.on(24)?;
    story.counsel()?;
    story.on(21)?;
    let reason = story.pick(&[
        AssistedBefore,
        LegalObstacle,
        NotInNeed,
        NotVoluntary,
        UnsafeReturn,
    ]);
    let decision = NewEligibility {
        outcome: Eligibility::Ineligible,
        reason: Some(reason),
        vulnerability_assessed_at: Some(story.now()),
        voluntariness: None,
    };
    story.hand(Hand::Clerk, Action::DecideEligibility, |file, c| {
        file.decide_eligibility(decision, c)
    })
}

/// A supervisor takes a refusal back.
fn eligible_after_all(story: &mut Story<'_>) -> Telling {
    ineligible(story)?;
    story.on(9)?;
    story.find_eligible_after_all()
}

fn signed(story: &mut Story<'_>) -> Telling {
    eligible(story)?;
    story.on(4)?;
    story.sign()
}

fn asked_for_objections(story: &mut Story<'_>) -> Telling {
    story.registered(8)?;
    story.on(4)?;
    story.ask_for_objections()
}

fn objected_to(story: &mut Story<'_>) -> Telling {
    use ObjectionGround::{CriminalProceedings, ExitBan, IdentityInDoubt, Security};
    story.registered(22)?;
    story.on(20)?;
    story.ask_for_objections()?;
    story.on(16)?;
    let ground = story.pick(&[CriminalProceedings, ExitBan, IdentityInDoubt, Security]);
    let asked = story.file.objections.last().ok_or(Reason::ObjectionNotAsked)?;
    story.hand(
        Hand::Organisation(asked.authority),
        Action::DecideObjection,
        |file, c| {
            file.voluntary()?
                .decide_objection(ObjectionOutcome::Objected, Some(ground), c)
        },
    )
}

/// What the authority objected to no longer holds.
fn objected_to_no_more(story: &mut Story<'_>) -> Telling {
    objected_to(story)?;
    story.on(6)?;
    story.ask_for_objections()?;
    story.on(3)?;
    story.does_not_object()
}

/// Silence for a week counts as no objection.
fn nobody_objects_in_time(story: &mut Story<'_>) -> Telling {
    story.registered(30)?;
    story.on(28)?;
    story.ask_for_objections()?;
    story.on(18)?;
    story.hand(Hand::Clerk, Action::StartPreDeparture, |file, c| {
        file.voluntary()?.start_pre_departure(None, c)
    })
}

/// A supervisor does not wait for the authority.
fn not_waited_for(story: &mut Story<'_>) -> Telling {
    story.registered(14)?;
    story.on(12)?;
    story.ask_for_objections()?;
    story.on(10)?;
    let waiver = Some(ObjectionWaiver::UrgentMedical);
    story.hand(Hand::Supervisor, Action::StartPreDeparture, |file, c| {
        file.voluntary()?.start_pre_departure(waiver, c)
    })
}

fn held(story: &mut Story<'_>, reason: HoldReason) -> Telling {
    story.hand(Hand::Clerk, Action::HoldCase, |file, _| file.hold(reason))
}

fn held_before_the_registration(story: &mut Story<'_>) -> Telling {
    story.on(8)?;
    story.counsel()?;
    story.on(5)?;
    held(story, HoldReason::NotReached)
}

fn held_for_a_document(story: &mut Story<'_>) -> Telling {
    story.registered(20)?;
    story.on(18)?;
    story.each(Step::Request)?;
    story.prepare()?;
    story.on(6)?;
    let reason = story.pick(&[
        HoldReason::DocumentDelayed,
        HoldReason::FamilyReasons,
        HoldReason::LegalProceedings,
    ]);
    held(story, reason)
}

fn held_when_ready(story: &mut Story<'_>) -> Telling {
    // The journey would leave in a week.
    story.registered(28)?;
    story.documented(26)?;
    story.booked(10, -7)?;
    story.on(8)?;
    story.all(&[Step::Ticket, Step::Ready])?;
    story.on(2)?;
    held(story, HoldReason::Medical)
}

fn held_and_resumed(story: &mut Story<'_>) -> Telling {
    story.registered(40)?;
    story.documented(38)?;
    story.prepare()?;
    story.on(20)?;
    held(story, HoldReason::FamilyReasons)?;
    story.on(8)?;
    story.hand(Hand::Clerk, Action::ResumeCase, CaseFile::resume)
}

fn ended_by_iom(story: &mut Story<'_>, reason: TerminationReason) -> Telling {
    story.hand(Hand::Supervisor, Action::TerminateCase, |file, c| {
        file.terminate(reason, c)
    })
}

fn terminated(story: &mut Story<'_>) -> Telling {
    story.registered(52)?;
    story.documented(50)?;
    story.booked(34, 25)?;
    story.on(30)?;
    let reason = story.pick(&[
        TerminationReason::FalseData,
        TerminationReason::NoLongerEligible,
        TerminationReason::NoShow,
        TerminationReason::Security,
    ]);
    ended_by_iom(story, reason)
}

/// Nobody extends the statutory period in time.
fn lapsed(story: &mut Story<'_>) -> Telling {
    story.lapses = true;
    story.registered(60)?;
    story.on(57)?;
    story.each(Step::Request)?;
    story.prepare()?;
    story.on(25)?;
    Ok(())
}

fn reopened(story: &mut Story<'_>) -> Telling {
    story.reopen()?;
    story.on(8)?;
    story.each(Step::Request)
}

fn withdrawn_and_reopened(story: &mut Story<'_>) -> Telling {
    story.registered(80)?;
    story.documented(78)?;
    story.on(60)?;
    story.does(Step::Withdraw(WithdrawalReason::ChangedMind))?;
    story.on(20)?;
    story.reopen()
}

fn lapsed_and_reopened(story: &mut Story<'_>) -> Telling {
    lapsed(story)?;
    story.on(12)?;
    reopened(story)
}

fn terminated_and_reopened(story: &mut Story<'_>) -> Telling {
    story.registered(70)?;
    story.on(60)?;
    ended_by_iom(story, TerminationReason::NoShow)?;
    story.on(15)?;
    reopened(story)
}

/// The children finish their year at school.
fn period_extended(story: &mut Story<'_>) -> Telling {
    story.registered(40)?;
    story.documented(38)?;
    story.on(24)?;
    story.prepare()?;
    story.on(10)?;
    let confirmed = story.day(11);
    let reason = ExtensionReason::ChildrenAtSchool;
    story.hand(Hand::Clerk, Action::ExtendStatutoryPeriod, |file, c| {
        file.voluntary()?
            .extend_statutory_period(15, reason, confirmed, c)
    })
}

/// The authority has promised more time, and a supervisor books into it.
fn leaves_after_the_period(story: &mut Story<'_>) -> Telling {
    story.registered(40)?;
    story.documented(38)?;
    story.on(24)?;
    story.prepare()?;
    story.on(5)?;
    let reason = PeriodOverride::ExtensionAwaited;
    story.hand(Hand::Supervisor, Action::OverrideStatutoryPeriod, |file, _| {
        file.voluntary()?.override_statutory_period(reason)
    })?;
    story.booked(4, -5)
}
