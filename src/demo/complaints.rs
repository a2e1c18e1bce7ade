//! A few complaints in every state: made up, about organisations that cannot have given cause for them.

use super::register::Scene;
use crate::domain::complaint::{
    Complaint, ComplaintChannel, ComplaintKind, ComplaintOutcome, ComplaintStep, NewComplaint,
};
use crate::domain::transition::Refusal;
use crate::ids::{ComplaintId, OrganisationId, new_id};
use chrono::{DateTime, Days, TimeDelta, Utc};

type Told = (
    &'static str,
    &'static str,
    ComplaintKind,
    ComplaintChannel,
    &'static str,
);

/// Who took it down, whom it is about, and what was said.
const TOLD: [Told; 5] = [
    (
        "iom-belgrade",
        "migration-serbia",
        ComplaintKind::Conduct,
        ComplaintChannel::Centre,
        "Nobody explained the paper that I was to sign.",
    ),
    (
        "iom-pristina",
        "embassy-iraq-belgrade",
        ComplaintKind::Assistance,
        ComplaintChannel::Office,
        "I was asked to come three times.",
    ),
    (
        "protection-serbia",
        "iom-belgrade",
        ComplaintKind::Assistance,
        ComplaintChannel::Telephone,
        "My call was not returned.",
    ),
    (
        "iom-sarajevo",
        "migration-bih-foreigners",
        ComplaintKind::PressureToReturn,
        ComplaintChannel::Written,
        "I was told that I had no choice.",
    ),
    (
        "iom-skopje",
        "police-north-macedonia",
        ComplaintKind::DataProtection,
        ComplaintChannel::Office,
        "My name was called out in front of everybody.",
    ),
];

/// The complaints, one in each state.
pub(super) fn complaints(now: DateTime<Utc>, scene: &Scene) -> Vec<Complaint> {
    let today = now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    let mut complaints = Vec::new();
    for (nth, told) in (0..).zip(TOLD) {
        let received = today - Days::new(60 - 10 * nth) + TimeDelta::hours(9);
        let known = |code: &str| scene.organisation(code).map(|organisation| organisation.id);
        if let (Some(by), Some(about)) = (known(told.0), known(told.1)) {
            complaints.extend(handled(nth, told, (by, about), received));
        }
    }
    complaints
}

fn handled(
    nth: u64,
    (_, _, kind, channel, text): Told,
    (by, about): (OrganisationId, OrganisationId),
    received: DateTime<Utc>,
) -> Result<Complaint, Refusal> {
    let id = ComplaintId::from(new_id(received));
    let new = NewComplaint {
        case: None,
        about,
        kind,
        channel,
        text: text.to_owned(),
    };
    let named = (id, format!("CMP-DEMO{nth:06}"));
    let mut complaint = Complaint::lodge(new, named, by, received)?;
    let resolved = "Whoever spoke with the person has apologised.".to_owned();
    let steps = [
        ComplaintStep::Acknowledge,
        ComplaintStep::Investigate,
        match nth {
            3 => ComplaintStep::Refer("The ombudsperson of the territory.".to_owned()),
            _ => ComplaintStep::Resolve(ComplaintOutcome::Upheld, Some(resolved)),
        },
    ];
    let taken = usize::try_from(nth).unwrap_or(steps.len());
    for (day, step) in (1..).zip(steps.iter().take(taken)) {
        complaint = complaint.take(step, received + TimeDelta::days(day))?;
    }
    Ok(complaint)
}
