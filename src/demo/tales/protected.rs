//! The detained, and those who were trafficked.

use super::care::{escort_goes_on, escorted, found, handed_over};
use super::documents::with_the_authority;
use super::{Line, Part, Tale};
use crate::demo::step::Step;
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::aftercare::{HandoverOutcome, HandoverRelation};
use crate::domain::case::LegalStatus;
use crate::domain::consent::{ConsentCategory, Purpose, RecipientClass, Signatory};
use crate::domain::referral::ReferralService;
use crate::domain::safeguards::{EscortKind, EscortState, NeedCode, TransferProvider, VulnerabilityCategory};
use crate::domain::steps::case::NewConsent;
use crate::domain::steps::referral::{Asked, ReferralStep};
use crate::domain::transition::Reason;
use crate::policy::actions::Action;
use chrono::TimeDelta;

/// What somebody signs who is to be protected; what opens the case to a service is signed later, by its name.
const OF_PROTECTION: &[Line] = &[
    (
        RecipientClass::IomReceiving,
        Purpose::CaseManagement,
        ConsentCategory::Protection,
    ),
    (
        RecipientClass::ServiceProvider,
        Purpose::Reintegration,
        ConsentCategory::Identity,
    ),
];

pub(super) const TALES: &[Tale] = &[
    Tale::of(
        1,
        Part::opened(40)
            .from("SRB")
            .to("PAK")
            .with_status(LegalStatus::Irregular),
        detained_and_ready,
    ),
    Tale::of(
        1,
        Part::opened(26)
            .from("MKD")
            .to("PAK")
            .with_status(LegalStatus::Irregular),
        detained_and_awaited,
    ),
    Tale::of(
        1,
        Part::opened(50)
            .from("XKX")
            .to("BGD")
            .with_status(LegalStatus::Irregular),
        detained_no_more,
    ),
    Tale::of(
        1,
        Part::opened(42).from("SRB").to("IRQ").consenting(OF_PROTECTION),
        trafficked_and_prepared,
    ),
    Tale::of(
        1,
        Part::opened(100).from("BIH").to("BGD").consenting(OF_PROTECTION),
        trafficked_and_returned,
    )
    .spread(30),
];

fn detained_at(story: &mut Story<'_>, facility: &str, since: i64, ended: Option<i64>) -> Telling {
    let person = story.person(0)?;
    let days = (story.day(since), ended.map(|ended| story.day(ended)));
    story.hand(Hand::Clerk, Action::RecordDetention, |file, c| {
        file.voluntary()?
            .record_detention(person, facility.to_owned(), days, c)
    })
}

fn support_is_asked_for(story: &mut Story<'_>) -> Telling {
    let person = story.person(0)?;
    let at = story.now() + TimeDelta::days(6);
    story.hand(Hand::Clerk, Action::RequestSupport, |file, c| {
        file.voluntary()?.request_appointment_support(person, at, c)
    })
}

const PADINSKA_SKELA: &str = "Reception Centre for Foreigners, Padinska Skela";

/// A detained person (scenario 14): brought to the post by the authority, and by the police to the airport tomorrow.
fn detained_and_ready(story: &mut Story<'_>) -> Telling {
    story.registered(34)?;
    detained_at(story, PADINSKA_SKELA, 60, None)?;
    story.on(32)?;
    story.each(Step::Request)?;
    story.on(30)?;
    story.each(Step::Acknowledge)?;
    support_is_asked_for(story)?;
    story.on(28)?;
    let authority = Hand::Organisation(story.organisation("migration-serbia")?);
    story.hand(authority, Action::SupportAppointment, |file, c| {
        file.voluntary()?.support_appointment(1, c)
    })?;
    story.on(18)?;
    story.each(Step::Confirm)?;
    story.on(14)?;
    story.each(Step::Issue)?;
    story.on(12)?;
    with_the_authority(story)?;
    story.booked(9, -1)?;
    story.on(7)?;
    story.does(Step::Ticket)?;
    story.on(3)?;
    let (leaves, _) = story.flight(0)?;
    let police = Hand::Organisation(story.organisation("police-serbia")?);
    story.hand(police, Action::ArrangeTransfer, |file, c| {
        let (by, from) = (TransferProvider::Authority, PADINSKA_SKELA.to_owned());
        let at = leaves - TimeDelta::hours(4);
        file.voluntary()?.arrange_transfer(by, from, at, c)
    })?;
    story.on(1)?;
    story.does(Step::Ready)
}

fn detained_and_awaited(story: &mut Story<'_>) -> Telling {
    story.registered(20)?;
    detained_at(
        story,
        "Reception Centre for Foreigners Gazi Baba, Skopje",
        40,
        None,
    )?;
    story.on(15)?;
    story.each(Step::Request)?;
    story.on(3)?;
    support_is_asked_for(story)
}

fn detained_no_more(story: &mut Story<'_>) -> Telling {
    story.registered(44)?;
    detained_at(story, "Detention Centre for Foreigners, Vranidoll", 70, Some(44))?;
    story.documented(42)?;
    story.prepare()?;
    story.on(6)?;
    let (from, until) = (story.day(5), story.day(-8));
    story.hand(Hand::Clerk, Action::ArrangeAccommodation, |file, c| {
        let hostel = "Hostel of the Red Cross, Pristina".to_owned();
        file.voluntary()?.arrange_accommodation(hostel, (from, until), c)
    })
}

const PROTECTED: &str = "Shelter of an organisation that protects women";

/// Somebody who was trafficked (scenario 3): those who protect her know, and nobody else is told by any sign.
fn trafficked_until(story: &mut Story<'_>, leaves: i64, service: &str) -> Telling {
    story.registered(leaves + 32)?;
    found(
        story,
        &[
            VulnerabilityCategory::VictimOfTrafficking,
            VulnerabilityCategory::VictimOfViolence,
        ],
        &[
            NeedCode::MeetAndAssist,
            NeedCode::FemaleStaff,
            NeedCode::SeparateRoom,
        ],
    )?;
    story.on(leaves + 30)?;
    let (from, until) = (story.day(leaves + 30), story.day(leaves));
    story.hand(Hand::Clerk, Action::ArrangeAccommodation, |file, c| {
        let shelter = PROTECTED.to_owned();
        file.voluntary()?.arrange_accommodation(shelter, (from, until), c)
    })?;
    let (person, service) = (story.person(0)?, story.organisation(service)?);
    let consent = NewConsent {
        recipient_class: RecipientClass::ServiceProvider,
        purpose: Purpose::Reintegration,
        category: ConsentCategory::Protection,
        recipient: Some(service),
        signed_at: story.now(),
        signed_by: Signatory::OneSelf,
    };
    story.hand(Hand::Clerk, Action::RecordConsent, |file, c| {
        file.record_consent(consent, c)
    })?;
    story.hand(Hand::Clerk, Action::SendReferral, |file, c| {
        let asked = Asked::Organisation(service);
        file.send_referral(asked, (Some(person), ReferralService::SocialServices), None, c)
    })?;
    story.on(leaves + 28)?;
    let referral = story.file.referrals.last().ok_or(Reason::WrongState)?.id;
    story.hand(Hand::Organisation(service), Action::AcceptReferral, |file, c| {
        file.step_referral(referral, ReferralStep::Accept, c)
    })?;
    story.documented(leaves + 26)?;
    story.booked(leaves + 9, leaves)?;
    story.on(leaves + 8)?;
    story.does(Step::Ticket)?;
    escorted(story, EscortKind::Operational, "Marija Savić")?;
    story.on(leaves + 2)?;
    story.does(Step::Ready)
}

fn trafficked_and_prepared(story: &mut Story<'_>) -> Telling {
    trafficked_until(story, -1, "protection-serbia")
}

fn trafficked_and_returned(story: &mut Story<'_>) -> Telling {
    trafficked_until(story, 50, "protection-bih")?;
    story.departed(50)?;
    story.on(49)?;
    story.does(Step::Arrive)?;
    handed_over(
        story,
        ("A sister", HandoverRelation::Relative),
        HandoverOutcome::AcceptedBy("The sister".to_owned()),
    )?;
    let (handover, back) = (Action::RecordEscortHandover, Action::RecordEscortReturn);
    escort_goes_on(story, Hand::Receiving, handover, EscortState::HandedOver)?;
    story.on(47)?;
    escort_goes_on(story, Hand::Clerk, back, EscortState::Returned)?;
    story.counselled_after_return()
}
