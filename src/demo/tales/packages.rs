//! Reintegration packages: from the plan to the last receipt, with what the donor decides and what stops them.

use super::{Part, Tale};
use crate::demo::assistance::euros;
use crate::demo::step::Step;
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::reintegration::{
    Modality, MonitoringMode, MonitoringResult, NewItem, PackageSuspensionReason, ReintegrationCategory,
};
use crate::domain::steps::package::{Amendment, NewPackage};
use crate::policy::actions::Action;

pub(super) const TALES: &[Tale] = &[
    Tale::of(3, returned(60), agreed_on).spread(8),
    Tale::of(2, returned(44), priced).spread(6),
    Tale::of(2, returned(66), ordered).spread(6),
    Tale::of(2, returned(75), exception_approved),
    Tale::of(1, returned(76), exception_rejected),
    Tale::of(4, returned(100), in_delivery).spread(20),
    Tale::of(2, returned(120), amended).spread(20),
    Tale::of(3, returned(130), delivered).spread(10),
    Tale::of(4, returned(190), followed_up).spread(30),
    Tale::of(1, returned(110), suspended),
    Tale::of(1, returned(112), suspended_and_resumed),
    Tale::of(
        1,
        Part::opened(128).from("BIH").to("IRQ"),
        given_to_another_mission,
    ),
    Tale::of(
        1,
        Part::opened(126).from("SRB").to("IRQ"),
        agreed_on_by_another_mission,
    ),
    Tale::of(2, returned(240), never_claimed).spread(60),
];

/// Somebody who left so many days ago, all the steps before in their usual time.
const fn returned(left: i64) -> Part {
    Part::opened(left + 34).from("SRB").to("IRQ")
}

fn planned(story: &mut Story<'_>, left: i64) -> Telling {
    story.reintegrating(left)?;
    story.on(left - 8)?;
    story.does(Step::ProposePackage)
}

fn agreed(story: &mut Story<'_>, on: i64) -> Telling {
    story.on(on)?;
    let (id, now) = (story.package()?, story.now());
    story.hand(Hand::Receiving, Action::AgreePackage, |file, c| {
        file.agree_package(id, now, None, c)
    })
}

/// An item is given, and its receipt checked by somebody else where it is said so.
fn given(story: &mut Story<'_>, position: i32, checked: bool) -> Telling {
    let (id, receipt) = (story.package()?, story.number("R"));
    story.hand(Hand::Receiving, Action::DeliverPackageItem, |file, c| {
        file.deliver_item(id, position, c)
    })?;
    if !checked {
        return Ok(());
    }
    story.hand(
        Hand::ReceivingColleague,
        Action::VerifyPackageReceipt,
        |file, c| file.verify_receipt(id, position, receipt, c),
    )
}

fn number_of_items(story: &Story<'_>) -> i32 {
    let items = story.file.packages.last().map(|package| package.items.len());
    i32::try_from(items.unwrap_or_default()).unwrap_or_default()
}

/// Everything is given and checked by a day.
pub(super) fn given_whole(story: &mut Story<'_>, left: i64, by: i64) -> Telling {
    planned(story, left)?;
    agreed(story, left - 12)?;
    story.on(by)?;
    (0..number_of_items(story)).try_for_each(|position| given(story, position, true))
}

fn contacted(story: &mut Story<'_>, on: i64, mode: MonitoringMode, result: MonitoringResult) -> Telling {
    story.on(on)?;
    let (id, day) = (story.package()?, story.now().date_naive());
    story.hand(Hand::Receiving, Action::RecordMonitoringContact, |file, c| {
        file.record_contact(id, mode, result, day, c)
    })
}

/// Given, followed up and closed by a day.
pub(super) fn concluded(story: &mut Story<'_>, left: i64, by: i64) -> Telling {
    given_whole(story, left, by + 40)?;
    contacted(story, by + 10, MonitoringMode::Visit, MonitoringResult::OnTrack)?;
    story.on(by)?;
    let id = story.package()?;
    story.hand(Hand::Receiving, Action::ClosePackage, |file, c| {
        file.close_package(id, c)
    })
}

fn agreed_on(story: &mut Story<'_>) -> Telling {
    planned(story, 60)?;
    agreed(story, 40)
}

/// A supplier has named the price of the first thing.
fn quoted(story: &mut Story<'_>, on: i64) -> Telling {
    story.on(on)?;
    let (id, reference) = (story.package()?, story.number("Q"));
    let items = story.file.packages.last().map(|package| &package.items);
    let item = items.and_then(|items| items.first());
    // A little less than was planned.
    let price = item.map_or(0, |item| item.amount_minor - item.amount_minor / 20);
    story.hand(Hand::Receiving, Action::QuotePackageItem, |file, c| {
        file.quote_item(id, 0, (price, reference), c)
    })
}

fn priced(story: &mut Story<'_>) -> Telling {
    planned(story, 44)?;
    quoted(story, 20)
}

/// The first thing is made to order; the second was to be had at once.
fn ordered(story: &mut Story<'_>) -> Telling {
    planned(story, 66)?;
    quoted(story, 54)?;
    agreed(story, 50)?;
    story.on(46)?;
    let id = story.package()?;
    story.hand(Hand::Receiving, Action::OrderPackageItem, |file, c| {
        file.order_item(id, 0, c)
    })?;
    story.on(30)?;
    given(story, 1, true)
}

fn item(description: &str, amount: i64, exceptional: bool) -> NewItem {
    NewItem {
        category: ReintegrationCategory::IncomeGeneration,
        modality: Modality::InKind,
        description: description.to_owned(),
        amount_minor: amount * 100,
        exceptional,
    }
}

/// A plan with something in it that the donor has to approve.
fn exceptional(story: &mut Story<'_>, left: i64) -> Telling {
    story.reintegrating(left)?;
    story.on(left - 8)?;
    let package = NewPackage {
        person: story.person(0)?,
        ceiling: euros(4_000),
        cash_allowed: false,
        plan: Some("Transport of goods between two towns.".to_owned()),
        items: vec![
            item("Used van", 2_900, true),
            item("Insurance and papers of the van", 420, false),
            item("Racks and ropes", 180, false),
        ],
    };
    story.hand(Hand::Receiving, Action::ProposePackage, |file, c| {
        file.propose_package(package, c)
    })?;
    agreed(story, left - 14)
}

fn donor_decides(story: &mut Story<'_>, on: i64, approved: bool) -> Telling {
    story.on(on)?;
    let (id, reference) = (story.package()?, story.number("DK"));
    story.hand(
        Hand::ReceivingSupervisor,
        Action::ApproveDonorException,
        |file, c| file.decide_exception(id, &[0], approved, &reference, c),
    )
}

fn exception_approved(story: &mut Story<'_>) -> Telling {
    exceptional(story, 75)?;
    donor_decides(story, 30, true)
}

fn exception_rejected(story: &mut Story<'_>) -> Telling {
    exceptional(story, 76)?;
    donor_decides(story, 33, false)?;
    story.on(20)?;
    given(story, 1, true)
}

fn in_delivery(story: &mut Story<'_>) -> Telling {
    planned(story, 100)?;
    agreed(story, 84)?;
    story.on(70)?;
    given(story, 0, true)?;
    story.on(40)?;
    given(story, 1, false)
}

/// The market closed; another kind of shop takes the place of the first.
fn amended(story: &mut Story<'_>) -> Telling {
    planned(story, 120)?;
    agreed(story, 104)?;
    story.on(90)?;
    given(story, 0, true)?;
    story.on(60)?;
    let amendment = Amendment {
        plan: Some("A stall instead of a shop, nearer to the school.".to_owned()),
        dropped: vec![1],
        added: vec![item("Stall with an awning", 250, false)],
    };
    let id = story.package()?;
    story.hand(Hand::Receiving, Action::AmendPackage, |file, c| {
        file.amend_package(id, amendment, c)
    })
}

fn delivered(story: &mut Story<'_>) -> Telling {
    given_whole(story, 130, 60)
}

fn followed_up(story: &mut Story<'_>) -> Telling {
    given_whole(story, 190, 120)?;
    contacted(story, 90, MonitoringMode::Phone, MonitoringResult::NotReached)?;
    contacted(story, 80, MonitoringMode::Picture, MonitoringResult::Difficulties)?;
    contacted(story, 35, MonitoringMode::Visit, MonitoringResult::OnTrack)
}

fn halted(story: &mut Story<'_>, on: i64, reason: PackageSuspensionReason) -> Telling {
    story.on(on)?;
    let id = story.package()?;
    story.hand(Hand::Receiving, Action::SuspendPackage, |file, c| {
        file.suspend_package(id, reason, c)
    })
}

fn suspended(story: &mut Story<'_>) -> Telling {
    planned(story, 110)?;
    agreed(story, 94)?;
    halted(story, 30, PackageSuspensionReason::ContactLost)
}

fn suspended_and_resumed(story: &mut Story<'_>) -> Telling {
    planned(story, 112)?;
    agreed(story, 96)?;
    story.on(80)?;
    given(story, 0, true)?;
    halted(story, 60, PackageSuspensionReason::InsecureArea)?;
    story.on(20)?;
    let id = story.package()?;
    story.hand(Hand::Receiving, Action::ResumePackage, |file, c| {
        file.resume_package(id, c)
    })
}

/// The person moves to relatives in another country, whose mission is to go on.
fn given_to_another_mission(story: &mut Story<'_>) -> Telling {
    planned(story, 92)?;
    agreed(story, 78)?;
    story.on(60)?;
    given(story, 0, true)?;
    story.on(25)?;
    let (id, other) = (story.package()?, story.organisation("iom-tehran")?);
    story.hand(Hand::Receiving, Action::TransferPackage, |file, c| {
        file.transfer_package(id, other, c)
    })
}

fn agreed_on_by_another_mission(story: &mut Story<'_>) -> Telling {
    given_to_another_mission(story)?;
    story.on(12)?;
    let (id, now) = (story.package()?, story.now());
    let other = Hand::Organisation(story.organisation("iom-tehran")?);
    story.hand(other, Action::AgreePackage, |file, c| {
        file.agree_package(id, now, None, c)
    })
}

/// Nobody came for it within the time in which it could be claimed.
fn never_claimed(story: &mut Story<'_>) -> Telling {
    planned(story, 240)?;
    agreed(story, 224)?;
    story.on(100)?;
    let id = story.package()?;
    story.hand(Hand::Receiving, Action::ForfeitPackage, |file, c| {
        file.forfeit_package(id, c)
    })
}
