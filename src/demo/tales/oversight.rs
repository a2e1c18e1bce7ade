//! Cases that data protection had to see.

use super::{Part, Tale};
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::break_glass::BreakGlassReason;
use crate::domain::steps::break_glass::BreakGlassStep;
use crate::domain::transition::Reason;
use crate::policy::actions::Action;

pub(super) const TALES: &[Tale] = &[
    Tale::of(1, Part::opened(30).from("SRB").to("IRQ"), seen_and_closed),
    Tale::of(1, Part::opened(34).from("BIH").to("IND"), not_needed),
    Tale::of(1, Part::opened(28).from("MNE").to("DZA"), seen_until_the_end),
    Tale::of(1, Part::opened(24).from("XKX").to("IRQ"), waiting),
];

/// The longest access of the demo, in minutes.
const LONGEST: i32 = 240;

fn asked(story: &mut Story<'_>, reason: BreakGlassReason, why: &str, minutes: i32) -> Telling {
    let officer = Hand::Organisation(story.organisation("auditor")?);
    story.hand(officer, Action::RequestBreakGlass, |file, c| {
        file.request_break_glass((reason, why.to_owned()), (minutes, LONGEST), c)
    })
}

fn answered(story: &mut Story<'_>, action: Action, step: BreakGlassStep) -> Telling {
    let colleague = Hand::ColleagueOf(story.organisation("auditor")?);
    let access = story.file.break_glass.last().ok_or(Reason::WrongState)?.id;
    story.hand(colleague, action, |file, c| {
        file.step_break_glass(access, step, c)
    })
}

fn seen_and_closed(story: &mut Story<'_>) -> Telling {
    story.registered(20)?;
    story.on(9)?;
    asked(
        story,
        BreakGlassReason::SubjectRequest,
        "The applicant asks what is held of him",
        60,
    )?;
    answered(story, Action::ApproveBreakGlass, BreakGlassStep::Approve)?;
    answered(story, Action::CloseBreakGlass, BreakGlassStep::Close)
}

fn not_needed(story: &mut Story<'_>) -> Telling {
    story.registered(22)?;
    story.on(8)?;
    asked(
        story,
        BreakGlassReason::Audit,
        "Drawn for the half-year audit",
        120,
    )?;
    answered(story, Action::RejectBreakGlass, BreakGlassStep::Reject)
}

fn seen_until_the_end(story: &mut Story<'_>) -> Telling {
    story.registered(18)?;
    story.on(6)?;
    asked(
        story,
        BreakGlassReason::Incident,
        "A form was sent to a wrong address",
        30,
    )?;
    answered(story, Action::ApproveBreakGlass, BreakGlassStep::Approve)
}

/// Asked for the day before the loading, and not answered yet.
fn waiting(story: &mut Story<'_>) -> Telling {
    story.registered(12)?;
    story.on(1)?;
    asked(
        story,
        BreakGlassReason::Complaint,
        "A letter of the applicant",
        LONGEST,
    )
}
