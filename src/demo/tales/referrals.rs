//! Referrals to those who can help, and what they answer.

use super::{Line, Part, Tale};
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::consent::{ConsentCategory, Purpose, RecipientClass};
use crate::domain::party::PartyRelation;
use crate::domain::referral::{ConsentOverride, ReferralRejection, ReferralService};
use crate::domain::steps::referral::{Asked, ReferralStep};
use crate::domain::transition::Reason;
use crate::policy::actions::Action;

/// What somebody signs who may be named to a provider.
const OF_A_PROVIDER: &[Line] = &[(
    RecipientClass::ServiceProvider,
    Purpose::Reintegration,
    ConsentCategory::Identity,
)];

pub(super) const TALES: &[Tale] = &[
    Tale::of(2, Part::opened(20).from("SRB").to("IRQ"), sent).spread(0),
    Tale::of(
        2,
        Part::opened(26).from("MNE").to("DZA").consenting(OF_A_PROVIDER),
        accepted,
    ),
    Tale::of(1, Part::opened(30).from("MKD").to("PAK"), rejected),
    Tale::of(2, Part::opened(60).from("SRB").to("IRQ"), under_way).spread(10),
    Tale::of(3, Part::opened(120).from("SRB").to("IRQ"), done).spread(60),
    Tale::of(
        1,
        Part::opened(28).from("BIH").to("BGD").consenting(OF_A_PROVIDER),
        taken_back,
    ),
    Tale::of(2, Part::opened(40).from("SRB").to("IND"), not_answered).spread(10),
    Tale::of(1, Part::opened(45).from("XKX").to("IRQ"), sent_again),
    Tale::of(1, Part::opened(22).from("ALB").to("BGD"), sent_without_consent),
];

fn asks(story: &mut Story<'_>, by: Hand, asked: Asked, service: ReferralService) -> Telling {
    story.hand(by, Action::SendReferral, |file, c| {
        file.send_referral(asked, (None, service), None, c)
    })
}

fn provider(name: &str) -> Asked {
    Asked::Provider(name.to_owned())
}

fn goes_on(story: &mut Story<'_>, by: Hand, step: ReferralStep) -> Telling {
    let id = story.file.referrals.last().ok_or(Reason::WrongState)?.id;
    let action = match step {
        ReferralStep::Accept => Action::AcceptReferral,
        ReferralStep::Reject(_) => Action::RejectReferral,
        ReferralStep::Start => Action::StartReferral,
        ReferralStep::Complete => Action::CompleteReferral,
        ReferralStep::Revoke => Action::RevokeReferral,
    };
    story.hand(by, action, |file, c| file.step_referral(id, step, c))
}

/// The migration authority of the host territory, which takes part since the registration.
fn authority(story: &Story<'_>) -> Result<Hand, crate::domain::transition::Refusal> {
    let mut parties = story.file.parties.iter();
    let authority = parties.find(|party| party.relation == PartyRelation::Migration);
    let authority = authority.ok_or(Reason::RecipientNotConcerned)?;
    Ok(Hand::Organisation(authority.organisation))
}

fn to_the_authority(story: &mut Story<'_>, service: ReferralService) -> Telling {
    if let Hand::Organisation(id) = authority(story)? {
        asks(story, Hand::Clerk, Asked::Organisation(id), service)?;
    }
    Ok(())
}

fn sent(story: &mut Story<'_>) -> Telling {
    story.registered(14)?;
    story.on(3)?;
    to_the_authority(story, ReferralService::Accommodation)
}

fn accepted(story: &mut Story<'_>) -> Telling {
    story.registered(20)?;
    story.on(12)?;
    asks(
        story,
        Hand::Clerk,
        provider("Red Cross, legal aid"),
        ReferralService::Legal,
    )?;
    story.on(9)?;
    goes_on(story, Hand::Clerk, ReferralStep::Accept)
}

fn rejected(story: &mut Story<'_>) -> Telling {
    story.registered(24)?;
    story.on(15)?;
    to_the_authority(story, ReferralService::Accommodation)?;
    story.on(12)?;
    let by = authority(story)?;
    goes_on(story, by, ReferralStep::Reject(ReferralRejection::NoCapacity))
}

/// The mission that receives is asked to find work, and has begun.
fn under_way(story: &mut Story<'_>) -> Telling {
    story.returned(22)?;
    story.on(20)?;
    let receiving = story
        .file
        .case
        .receiving_mission
        .ok_or(Reason::NoReceivingMission)?;
    let asked = Asked::Organisation(receiving);
    asks(story, Hand::Clerk, asked, ReferralService::Employment)?;
    story.on(17)?;
    goes_on(story, Hand::Receiving, ReferralStep::Accept)?;
    story.counselled_after_return()?;
    story.on(10)?;
    goes_on(story, Hand::Receiving, ReferralStep::Start)
}

fn done(story: &mut Story<'_>) -> Telling {
    story.returned(80)?;
    story.on(78)?;
    let receiving = story
        .file
        .case
        .receiving_mission
        .ok_or(Reason::NoReceivingMission)?;
    let asked = Asked::Organisation(receiving);
    asks(story, Hand::Clerk, asked, ReferralService::Education)?;
    story.on(75)?;
    goes_on(story, Hand::Receiving, ReferralStep::Accept)?;
    story.counselled_after_return()?;
    story.on(70)?;
    goes_on(story, Hand::Receiving, ReferralStep::Start)?;
    story.on(30)?;
    goes_on(story, Hand::Receiving, ReferralStep::Complete)
}

fn taken_back(story: &mut Story<'_>) -> Telling {
    story.registered(22)?;
    story.on(14)?;
    asks(
        story,
        Hand::Clerk,
        provider("Shelter of a charity"),
        ReferralService::Accommodation,
    )?;
    story.on(10)?;
    goes_on(story, Hand::Clerk, ReferralStep::Revoke)
}

/// Nobody answers within a week.
fn not_answered(story: &mut Story<'_>) -> Telling {
    story.registered(34)?;
    story.on(20)?;
    to_the_authority(story, ReferralService::Medical)
}

fn sent_again(story: &mut Story<'_>) -> Telling {
    story.registered(39)?;
    story.on(30)?;
    to_the_authority(story, ReferralService::SocialServices)?;
    story.on(18)?;
    to_the_authority(story, ReferralService::SocialServices)?;
    story.on(15)?;
    let by = authority(story)?;
    goes_on(story, by, ReferralStep::Accept)
}

/// A supervisor answers for a call that could not wait for a signature.
fn sent_without_consent(story: &mut Story<'_>) -> Telling {
    story.registered(16)?;
    story.on(9)?;
    let vital = Some(ConsentOverride::VitalInterest);
    story.hand(Hand::Supervisor, Action::SendReferral, |file, c| {
        let hospital = provider("University hospital, emergency ward");
        file.send_referral(hospital, (None, ReferralService::Medical), vital, c)
    })?;
    goes_on(story, Hand::Supervisor, ReferralStep::Accept)
}
