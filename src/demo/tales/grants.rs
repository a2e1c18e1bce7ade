//! Cash grants: what becomes of them between the proposal and the verified receipt, or instead of it.

use super::{Part, Tale};
use crate::demo::funding::money;
use crate::demo::step::Step;
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::case::WithdrawalReason;
use crate::domain::cash_grant::{
    GrantEndReason, Milestone, MilestoneKind, RecoveryDecision, SingleTrancheReason,
};
use crate::domain::money::Money;
use crate::domain::steps::grants::GrantProposal;
use crate::policy::actions::Action;

pub(super) const TALES: &[Tale] = &[
    Tale::of(2, Part::opened(40).from("SRB").to("IRQ"), rejected),
    Tale::of(2, Part::opened(50).from("XKX").to("BGD"), voided),
    Tale::of(2, Part::opened(36).from("SRB").to("PAK"), claimed_back).spread(60),
    Tale::of(
        1,
        Part::opened(60).from("BIH").to("BGD"),
        withdrawn_and_left_to_the_person,
    ),
    Tale::of(2, Part::opened(70).from("MKD").to("IRQ"), paid_at_once).spread(90),
    Tale::of(1, Part::opened(75).from("SRB").to("AFG"), held_back),
    Tale::of(1, Part::opened(76).from("SRB").to("AFG"), held_back_and_released),
    Tale::of(1, Part::opened(60).from("ALB").to("BGD"), did_not_arrive),
    Tale::of(2, Part::opened(64).from("XKX").to("IRQ"), receipted).spread(10),
    Tale::of(4, Part::opened(130).from("SRB").to("IRQ"), reconciled).spread(90),
    Tale::of(2, Part::opened(60).from("BIH").to("BGD"), in_marks).spread(10),
    Tale::of(2, Part::opened(500).from("BIH").to("PAK"), under_the_rule_before).spread(40),
];

fn proposed(story: &mut Story<'_>, hand: Hand, proposal: GrantProposal) -> Telling {
    let means = story.means();
    story.hand(hand, Action::ProposeCashGrant, |file, c| {
        file.propose_grant(proposal, &means, c)
    })
}

fn approved(story: &mut Story<'_>, by: Hand) -> Telling {
    let (id, means) = (story.grant()?, story.means());
    story.hand(by, Action::ApproveCashGrant, |file, c| {
        file.approve_grant(id, &means, c)
    })
}

fn paid(story: &mut Story<'_>, by: Hand, number: i32, milestone: Option<MilestoneKind>) -> Telling {
    let id = story.grant()?;
    let milestone = milestone.map(|kind| Milestone {
        kind,
        reference: story.number("M"),
    });
    story.hand(by, Action::PayTranche, |file, c| {
        file.pay_tranche(id, number, milestone, c)
    })
}

fn signed_for(story: &mut Story<'_>, number: i32) -> Telling {
    let (id, reference) = (story.grant()?, story.number("R"));
    story.hand(Hand::Receiving, Action::RecordReceipt, |file, c| {
        file.record_receipt(id, number, reference, c)
    })
}

fn verified(story: &mut Story<'_>, number: i32) -> Telling {
    let id = story.grant()?;
    story.hand(Hand::ReceivingColleague, Action::VerifyReceipt, |file, c| {
        file.verify_tranche_receipt(id, number, c)
    })
}

fn rejected(story: &mut Story<'_>) -> Telling {
    story.ticketed(-5)?;
    story.does(Step::ProposeGrants)?;
    story.on(1)?;
    let id = story.grant()?;
    story.hand(Hand::Supervisor, Action::RejectCashGrant, |file, c| {
        file.reject_grant(id, GrantEndReason::NotEligible, c)
    })
}

fn voided(story: &mut Story<'_>) -> Telling {
    story.ticketed(-5)?;
    story.all(&[Step::ProposeGrants, Step::ApproveGrants])?;
    story.on(1)?;
    let id = story.grant()?;
    story.hand(Hand::Supervisor, Action::VoidCashGrant, |file, c| {
        file.void_grant(id, GrantEndReason::Duplicate, None, c)
    })
}

/// Paid when everything was in place; the person then withdrew.
fn withdrawn_after_payment(story: &mut Story<'_>, leaves: i64) -> Telling {
    story.ticketed(leaves)?;
    story.all(&[Step::ProposeGrants, Step::ApproveGrants])?;
    story.on(leaves + 2)?;
    story.all(&[Step::Ready, Step::Pay(1)])?;
    story.on(leaves + 1)?;
    story.does(Step::Withdraw(WithdrawalReason::ChangedMind))
}

fn decided(story: &mut Story<'_>, decision: RecoveryDecision) -> Telling {
    let id = story.grant()?;
    story.hand(Hand::Supervisor, Action::VoidCashGrant, |file, c| {
        file.void_grant(id, GrantEndReason::ApplicationEnded, Some(decision), c)
    })
}

fn claimed_back(story: &mut Story<'_>) -> Telling {
    withdrawn_after_payment(story, 3)?;
    story.on(2)?;
    decided(story, RecoveryDecision::Recover)
}

fn withdrawn_and_left_to_the_person(story: &mut Story<'_>) -> Telling {
    withdrawn_after_payment(story, 20)?;
    story.on(16)?;
    decided(story, RecoveryDecision::Waive)
}

/// The money starts a business, says the mission that receives, and is needed at once.
fn paid_at_once(story: &mut Story<'_>) -> Telling {
    story.reintegrating(30)?;
    story.on(22)?;
    let proposal = GrantProposal {
        single_tranche_reason: Some(SingleTrancheReason::SelfEmployment),
        ..GrantProposal::usual(story.person(0)?, None, None)
    };
    proposed(story, Hand::Receiving, proposal)?;
    approved(story, Hand::ReceivingSupervisor)?;
    story.on(18)?;
    paid(story, Hand::Receiving, 1, None)
}

/// Proposed and paid in part before the arrival, as is usual.
fn first_half(story: &mut Story<'_>, left: i64) -> Telling {
    story.ticketed(left)?;
    story.all(&[Step::ProposeGrants, Step::ApproveGrants])?;
    story.on(left + 2)?;
    story.all(&[Step::Ready, Step::Pay(1)])?;
    story.departed(left)?;
    story.on(left - 1)?;
    story.does(Step::Arrive)?;
    story.on(left - 4)?;
    story.counselled_after_return()
}

fn held_back(story: &mut Story<'_>) -> Telling {
    first_half(story, 40)?;
    story.on(20)?;
    let id = story.grant()?;
    story.hand(Hand::ReceivingSupervisor, Action::WithholdTranche, |file, _| {
        file.withhold_tranche(id, 2, GrantEndReason::Misuse)
    })
}

fn held_back_and_released(story: &mut Story<'_>) -> Telling {
    held_back(story)?;
    story.on(6)?;
    let id = story.grant()?;
    story.hand(Hand::ReceivingSupervisor, Action::ReleaseTranche, |file, _| {
        file.release_tranche(id, 2)
    })
}

fn did_not_arrive(story: &mut Story<'_>) -> Telling {
    first_half(story, 24)?;
    story.on(8)?;
    paid(story, Hand::Receiving, 2, Some(MilestoneKind::Receipt))?;
    story.on(4)?;
    let id = story.grant()?;
    story.hand(Hand::Receiving, Action::ReportFailedPayment, |file, _| {
        file.report_failed_payment(id, 2)
    })
}

fn receipted(story: &mut Story<'_>) -> Telling {
    first_half(story, 28)?;
    story.on(15)?;
    signed_for(story, 1)
}

fn reconciled(story: &mut Story<'_>) -> Telling {
    first_half(story, 90)?;
    story.on(80)?;
    signed_for(story, 1)?;
    verified(story, 1)?;
    story.on(60)?;
    paid(story, Hand::Receiving, 2, Some(MilestoneKind::Visit))?;
    story.on(55)?;
    signed_for(story, 2)?;
    story.on(50)?;
    verified(story, 2)
}

fn of(amount: Money, story: &Story<'_>) -> Result<GrantProposal, crate::domain::transition::Refusal> {
    Ok(GrantProposal::usual(story.person(0)?, Some(amount), None))
}

/// Paid in the host territory's own currency, counted against the rule in euros.
fn in_marks(story: &mut Story<'_>) -> Telling {
    story.ticketed(24)?;
    let proposal = of(money(100_000, "BAM"), story)?;
    proposed(story, Hand::Clerk, proposal)?;
    approved(story, Hand::Supervisor)?;
    story.on(26)?;
    story.all(&[Step::Ready, Step::Pay(1)])?;
    story.departed(24)?;
    story.on(23)?;
    story.does(Step::Arrive)
}

/// Granted under the rule that was ended and replaced since.
fn under_the_rule_before(story: &mut Story<'_>) -> Telling {
    first_half(story, 440)?;
    story.on(410)?;
    paid(story, Hand::Receiving, 2, Some(MilestoneKind::Permit))
}
