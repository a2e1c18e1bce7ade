//! Commands on what missions record of the programme itself: trainings, campaigns, and surveys among partners and staff.

use super::{commands, id};
use crate::domain::campaign::{CampaignFigures, CampaignPlatform};
use crate::domain::partner_survey::{SurveyRespondents, SurveyTallies};
use crate::domain::training::{NewTraining, Participants, Sheets, TrainingStep, TrainingTopic};
use crate::graphql::scalars::DateScalar;
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    RecordTrainingPayload "training": Training;
    HoldTrainingPayload "training": Training;
    SignTrainingListPayload "training": Training;
    EvaluateTrainingPayload "training": Training;
    RecordCampaignReportPayload "campaignReport": CampaignReport;
    RecordPartnerSurveyPayload "partnerSurvey": PartnerSurvey;
}

/// Records a training.
#[derive(InputObject)]
pub struct RecordTrainingInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// What it is about.
    topic: Word<TrainingTopic>,
    /// The place.
    #[graphql(validator(chars_max_length = 200))]
    venue: Option<String>,
    /// The day on which it was held, or is to be.
    held_on: DateScalar,
    /// How many of the staff of the programme took part; nothing of a training to come.
    staff_participants: Option<i32>,
    /// How many officials and service providers took part; nothing of a training to come.
    partner_participants: Option<i32>,
}

/// Says that a training that was planned was held.
#[derive(InputObject)]
pub struct HoldTrainingInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The training.
    training_id: ID,
    /// The version of the training that was decided on.
    expected_version: i32,
    /// The day on which it was held, where that is not the one that was planned.
    held_on: Option<DateScalar>,
    /// How many of the staff of the programme took part.
    staff_participants: i32,
    /// How many officials and service providers took part.
    partner_participants: i32,
}

/// Says that the list of participants of a training is signed.
#[derive(InputObject)]
pub struct SignTrainingListInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The training.
    training_id: ID,
    /// The version of the training that was decided on.
    expected_version: i32,
    /// Where the signed list is; it names nobody itself.
    #[graphql(validator(chars_max_length = 200))]
    list_reference: String,
}

/// Counts the evaluation sheets of a training.
#[derive(InputObject)]
pub struct EvaluateTrainingInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The training.
    training_id: ID,
    /// The version of the training that was decided on.
    expected_version: i32,
    /// How many sheets came back; at most as many as there were participants.
    sheets_returned: i32,
    /// How many of them say that the participant understands more now.
    sheets_better: i32,
}

/// Records what a report on digital media says of a campaign.
#[derive(InputObject)]
pub struct RecordCampaignReportInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The platform.
    platform: Word<CampaignPlatform>,
    /// First day that it covers.
    from_on: DateScalar,
    /// Last day that it covers.
    to_on: DateScalar,
    /// Persons reached, as the platform counts them.
    reached: i32,
    /// Those of them who did something about it.
    engaged: i32,
    /// The report that says so.
    #[graphql(validator(chars_max_length = 200))]
    source: String,
}

/// Records the tallies of a survey among partners or staff.
#[derive(InputObject)]
pub struct RecordPartnerSurveyInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The day.
    held_on: DateScalar,
    /// Who was asked.
    respondents: Word<SurveyRespondents>,
    /// How many were asked.
    invited: i32,
    /// How many answered.
    answered: i32,
    /// How many perceive the project as enabling rights-based access; of partners alone.
    enabling: Option<i32>,
    /// How many confirm that they apply what they learned.
    applying: i32,
}

/// How many took part, where anything is said of that.
fn participants(staff: Option<i32>, partners: Option<i32>) -> Option<Participants> {
    staff.or(partners)?;
    Some(Participants {
        staff: staff.unwrap_or_default(),
        partners: partners.unwrap_or_default(),
    })
}

commands! {
    /// Commands on trainings, campaigns and surveys among partners.
    ProgrammeCommands {
        /// Records a training: one that was held, or one that is planned for a day to come.
        record_training(RecordTrainingInput) -> RecordTrainingPayload = |_context, envelope, input, desk| {
            let new = NewTraining {
                topic: input.topic.0,
                venue: input.venue,
                held_on: input.held_on.0,
                participants: participants(input.staff_participants, input.partner_participants),
            };
            desk.record_training(&envelope, new).await
        };
        /// Says that a training that was planned was held, and how many took part.
        hold_training(HoldTrainingInput) -> HoldTrainingPayload = |context, envelope, input, desk| {
            let training = id(context, NodeType::Training, &input.training_id)?;
            let participants = Participants {
                staff: input.staff_participants,
                partners: input.partner_participants,
            };
            let step = TrainingStep::Hold(input.held_on.map(|day| day.0), participants);
            desk.move_training(&envelope, training, input.expected_version, step).await
        };
        /// Says that the list of participants of a training is signed; from then on they count.
        sign_training_list(SignTrainingListInput) -> SignTrainingListPayload = |context, envelope, input, desk| {
            let training = id(context, NodeType::Training, &input.training_id)?;
            let step = TrainingStep::Sign(input.list_reference);
            desk.move_training(&envelope, training, input.expected_version, step).await
        };
        /// Counts the evaluation sheets of a training.
        evaluate_training(EvaluateTrainingInput) -> EvaluateTrainingPayload = |context, envelope, input, desk| {
            let training = id(context, NodeType::Training, &input.training_id)?;
            let sheets = Sheets {
                returned: input.sheets_returned,
                better: input.sheets_better,
            };
            let step = TrainingStep::Evaluate(sheets);
            desk.move_training(&envelope, training, input.expected_version, step).await
        };
        /// Records what a report on digital media says of a campaign in the mission's territory.
        record_campaign_report(RecordCampaignReportInput) -> RecordCampaignReportPayload = |_context, envelope, input, desk| {
            let figures = CampaignFigures {
                platform: input.platform.0,
                from_on: input.from_on.0,
                to_on: input.to_on.0,
                reached: input.reached,
                engaged: input.engaged,
                source: input.source.trim().to_owned(),
            };
            desk.record_campaign_report(&envelope, figures).await
        };
        /// Records the tallies of a survey among partners or staff; nobody gives a name.
        record_partner_survey(RecordPartnerSurveyInput) -> RecordPartnerSurveyPayload = |_context, envelope, input, desk| {
            let tallies = SurveyTallies {
                held_on: input.held_on.0,
                respondents: input.respondents.0,
                invited: input.invited,
                answered: input.answered,
                enabling: input.enabling,
                applying: input.applying,
            };
            desk.record_partner_survey(&envelope, tallies).await
        };
    }
}
