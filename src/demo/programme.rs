//! Trainings and campaigns of the second phase, which is still under way: choices of the demo [P]. The first phase had none
//! of the kind, and partners and staff are asked when a project ends, so that there is no survey among them yet.

use super::place;
use super::places::{HOSTS, at, later};
use super::register::Scene;
use crate::domain::campaign::{CampaignFigures, CampaignPlatform, CampaignReport};
use crate::domain::training::{
    NewTraining, Participants, Sheets, Training, TrainingState, TrainingStep, TrainingTopic,
};
use crate::domain::transition::Refusal;
use crate::ids::{OrganisationId, new_id};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

/// A training: where, about what, how many days ago, who took part, and how far it has come.
type Given = (&'static str, TrainingTopic, i64, (i32, i32), TrainingState);

const TRAININGS: [Given; 9] = [
    (
        "SRB",
        TrainingTopic::ReturnCounselling,
        610,
        (4, 3),
        TrainingState::Evaluated,
    ),
    (
        "BIH",
        TrainingTopic::UnaccompaniedChildren,
        480,
        (2, 4),
        TrainingState::Evaluated,
    ),
    (
        "XKX",
        TrainingTopic::Vulnerability,
        395,
        (3, 3),
        TrainingState::Evaluated,
    ),
    (
        "MKD",
        TrainingTopic::Gender,
        300,
        (2, 2),
        TrainingState::Evaluated,
    ),
    (
        "ALB",
        TrainingTopic::Disability,
        210,
        (2, 3),
        TrainingState::Evaluated,
    ),
    (
        "MNE",
        TrainingTopic::Sogiesc,
        120,
        (1, 2),
        TrainingState::ListSigned,
    ),
    (
        "SRB",
        TrainingTopic::Reintegration,
        40,
        (3, 2),
        TrainingState::ListSigned,
    ),
    (
        "BIH",
        TrainingTopic::ReturnCounselling,
        6,
        (2, 6),
        TrainingState::Held,
    ),
    ("XKX", TrainingTopic::Other, -20, (0, 0), TrainingState::Scheduled),
];

/// A report: where, on which platform, how many days ago its month ended, and how many were reached and did something.
type Reported = (&'static str, CampaignPlatform, i64, (i32, i32));

const REPORTS: [Reported; 8] = [
    ("SRB", CampaignPlatform::Facebook, 520, (184_300, 21_950)),
    ("BIH", CampaignPlatform::Facebook, 430, (201_700, 26_400)),
    ("SRB", CampaignPlatform::Google, 330, (98_250, 9_870)),
    ("XKX", CampaignPlatform::Instagram, 250, (64_100, 11_300)),
    ("MKD", CampaignPlatform::Facebook, 180, (72_600, 8_040)),
    ("BIH", CampaignPlatform::SupportToMigrants, 110, (15_400, 6_210)),
    ("XKX", CampaignPlatform::Migapp, 60, (4_900, 2_330)),
    ("SRB", CampaignPlatform::Instagram, 20, (88_000, 12_700)),
];

/// The trainings, some in each state.
pub(super) fn trainings(now: DateTime<Utc>, scene: &Scene) -> Vec<Training> {
    let given = (1..).zip(TRAININGS);
    let trainings = given.filter_map(|(nth, given)| {
        let mission = mission(given.0, scene)?;
        trained(nth, given, mission, now.date_naive()).ok()
    });
    trainings.collect()
}

fn trained(
    nth: i32,
    (territory, topic, ago, (staff, partners), state): Given,
    mission: OrganisationId,
    today: NaiveDate,
) -> Result<Training, Refusal> {
    let held_on = later(today, -ago);
    // What is still to come was planned some days ago.
    let recorded_at = at(held_on.min(later(today, -5)), 15, 30);
    let to_come = state == TrainingState::Scheduled;
    let new = NewTraining {
        topic,
        venue: Some("Training room of the mission".to_owned()),
        held_on,
        participants: (!to_come).then_some(Participants { staff, partners }),
    };
    let by = (mission, place(territory));
    let mut training = Training::record(new_id(recorded_at).into(), by, new, recorded_at)?;
    let returned = staff + partners - nth % 2;
    let steps = [
        (
            TrainingState::ListSigned,
            TrainingStep::Sign(format!("LIST-{nth:04}")),
        ),
        (
            TrainingState::Evaluated,
            TrainingStep::Evaluate(Sheets {
                returned,
                better: returned - nth % 3,
            }),
        ),
    ];
    for (reached, step) in steps.into_iter().filter(|(reached, _)| *reached <= state) {
        let days = if reached == TrainingState::ListSigned {
            1
        } else {
            2
        };
        training = training.take(&step, recorded_at + TimeDelta::days(days))?;
    }
    Ok(training)
}

/// The reports on campaigns, of some territories and not yet of all.
pub(super) fn campaign_reports(now: DateTime<Utc>, scene: &Scene) -> Vec<CampaignReport> {
    let today = now.date_naive();
    let reports = REPORTS.iter().filter_map(|(territory, platform, ago, figures)| {
        let to_on = later(today, -ago);
        let recorded_at = at(to_on + Days::new(1), 10, 0);
        Some(CampaignReport {
            id: new_id(recorded_at),
            organisation: mission(territory, scene)?,
            territory: place(territory),
            figures: CampaignFigures {
                platform: *platform,
                from_on: later(to_on, -29),
                to_on,
                reached: figures.0,
                engaged: figures.1,
                source: format!("Digital Media Report, {}", to_on.format("%B %Y")),
            },
            recorded_at,
        })
    });
    reports.collect()
}

fn mission(territory: &str, scene: &Scene) -> Option<OrganisationId> {
    let host = HOSTS.iter().find(|host| host.territory == territory)?;
    scene.organisation(host.mission).map(|mission| mission.id)
}
