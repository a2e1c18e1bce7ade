//! Travel documents: between a post and a mission, and on their way to the person. Chance brings about most of it; what it
//! may leave out in one programme or another is told here.

use super::{Part, Tale};
use crate::demo::places::later;
use crate::demo::step::Step;
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::case::LegalStatus;
use crate::domain::territory::CountryCode;
use crate::domain::transition::Reason;
use crate::domain::travel_document::{DocumentLocation, RefusalReason, TravelDocument, TravelDocumentType};
use crate::policy::actions::Action;

pub(super) const TALES: &[Tale] = &[
    Tale::of(2, Part::opened(30).from("SRB").to("AFG"), asked_for_more),
    Tale::of(1, Part::opened(32).from("BIH").to("IRN"), answered),
    Tale::of(2, Part::opened(29).from("BIH").to("PAK"), interview_settled),
    Tale::of(
        1,
        Part::opened(70).from("BIH").to("PAK"),
        refused_by_one_seat_confirmed_by_the_other,
    ),
    Tale::of(
        1,
        Part::opened(50).from("BIH").to("PAK"),
        refused_by_one_seat_asked_the_other,
    ),
    Tale::of(1, Part::opened(40).from("SRB").to("TUN"), refused),
    Tale::of(1, Part::opened(44).from("SRB").to("DZA"), taken_back),
    Tale::of(1, Part::opened(50).from("XKX").to("IRQ"), lost),
    Tale::of(2, Part::opened(80).from("XKX").to("BGD"), ran_out).spread(20),
    Tale::of(1, Part::opened(46).from("MKD").to("IRQ"), received),
    Tale::of(
        2,
        Part::opened(47).from("ALB").to("BGD").family(2, 1),
        handed_over,
    ),
    Tale::of(
        1,
        Part::opened(25)
            .from("MNE")
            .to("DZA")
            .with_status(LegalStatus::Regular),
        own_passport,
    ),
];

fn asked(story: &mut Story<'_>) -> Telling {
    story.registered(25)?;
    story.on(22)?;
    story.does(Step::Request(0))?;
    story.on(19)?;
    story.does(Step::Acknowledge(0))
}

fn asked_for_more(story: &mut Story<'_>) -> Telling {
    asked(story)?;
    story.on(6)?;
    story.does(Step::AskMore(0))
}

fn answered(story: &mut Story<'_>) -> Telling {
    asked(story)?;
    story.on(9)?;
    story.does(Step::AskMore(0))?;
    story.on(4)?;
    story.does(Step::AnswerPost(0))
}

/// The last the post heard of it was an answer; it wishes to speak with the person as well.
fn interview_settled(story: &mut Story<'_>) -> Telling {
    asked(story)?;
    story.on(2)?;
    story.does(Step::Interview(0))
}

/// Pakistan has two seats: what one does not confirm, the other may. Neither learns of the other's request.
fn refused_by_one_seat_confirmed_by_the_other(story: &mut Story<'_>) -> Telling {
    story.registered(64)?;
    story.on(61)?;
    story.does(Step::Request(0))?;
    story.on(48)?;
    story.does(Step::Refuse(0, RefusalReason::NationalityNotConfirmed))?;
    story.on(45)?;
    story.does(Step::Request(0))?;
    story.on(42)?;
    story.does(Step::Acknowledge(0))?;
    story.on(20)?;
    story.does(Step::Confirm(0))
}

fn refused_by_one_seat_asked_the_other(story: &mut Story<'_>) -> Telling {
    story.registered(44)?;
    story.on(41)?;
    story.does(Step::Request(0))?;
    story.on(12)?;
    story.does(Step::Refuse(0, RefusalReason::NationalityNotConfirmed))?;
    story.on(9)?;
    story.does(Step::Request(0))
}

fn refused(story: &mut Story<'_>) -> Telling {
    story.registered(33)?;
    story.on(30)?;
    story.does(Step::Request(0))?;
    story.on(10)?;
    story.does(Step::Refuse(0, RefusalReason::IncompleteRequest))
}

fn taken_back(story: &mut Story<'_>) -> Telling {
    story.registered(38)?;
    story.on(35)?;
    story.does(Step::Request(0))?;
    story.on(7)?;
    story.does(Step::CancelRequest(0))
}

fn lost(story: &mut Story<'_>) -> Telling {
    story.registered(44)?;
    story.documented(42)?;
    story.on(25)?;
    story.all(&[Step::Receive(0), Step::HandOver(0)])?;
    story.on(9)?;
    story.does(Step::Lose(0))?;
    story.on(7)?;
    story.does(Step::Request(0))
}

/// Issued for a fortnight, while the flights to the country were full.
fn ran_out(story: &mut Story<'_>) -> Telling {
    story.registered(70)?;
    story.on(67)?;
    story.each(Step::Request)?;
    story.on(55)?;
    story.each(Step::Confirm)?;
    story.on(50)?;
    story.action_is(Action::IssueTravelDocument);
    story.issue_for(0, TravelDocumentType::EmergencyTravelDocument, 14)
}

fn received(story: &mut Story<'_>) -> Telling {
    story.registered(40)?;
    story.documented(38)?;
    story.on(12)?;
    story.each(Step::Receive)
}

fn handed_over(story: &mut Story<'_>) -> Telling {
    received(story)?;
    story.on(8)?;
    story.each(Step::HandOver)
}

/// The authority that accompanies the person keeps the document until the flight.
pub(super) fn with_the_authority(story: &mut Story<'_>) -> Telling {
    story.does(Step::Receive(0))?;
    let id = story.asked_for(0)?.id;
    story.hand(Hand::Clerk, Action::HandOverTravelDocument, |file, c| {
        file.voluntary()?
            .hand_over_document(id, DocumentLocation::Authority, c)
    })
}

/// Nobody has to be asked: a passport is at hand.
fn own_passport(story: &mut Story<'_>) -> Telling {
    story.registered(18)?;
    story.on(16)?;
    let person = story.person(0)?;
    let issuing_state = CountryCode::parse("DZA").ok_or(Reason::Invalid)?;
    let passport = TravelDocument {
        document_type: TravelDocumentType::Passport,
        number: "DZ4711082".to_owned(),
        issuing_state,
        issued_on: later(story.day(16), -900),
        expires_on: later(story.day(16), 920),
        single_journey: false,
        destination_only: false,
        mrz: None,
    };
    story.hand(Hand::Clerk, Action::RecordPersonalDocument, |file, c| {
        file.voluntary()?.record_personal_document(person, passport, c)
    })?;
    story.booked(6, -6)?;
    story.on(4)?;
    story.does(Step::Ticket)
}
