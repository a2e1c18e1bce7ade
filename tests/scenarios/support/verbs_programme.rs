//! What missions record of the programme itself: trainings, campaigns, surveys among partners, and lists of visits.

use super::actor::Actor;
use super::command::Command;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// What is asked of a training.
pub const TRAINING: &str =
    "{ id version state topic territory { code } venue heldOn staffParticipants partnerParticipants
    listReference sheetsReturned sheetsBetter recordedAt }";

/// What is asked of a list of visits.
const OUTCOMES: &str =
    "recorded refused rows { index code field outreachVisit { location contacts populations { code } } }";

impl Actor {
    /// Records a training in so many days from now, with staff and partners where it was held.
    pub fn trains(&self, topic: &str, days: u64, participants: Option<(i32, i32)>) -> Command<'_, Value> {
        let day: NaiveDate = self.now().date_naive() + Days::new(days);
        let command = Command::new(self, ("recordTraining", "training"), TRAINING, Value::clone)
            .with("topic", topic)
            .with("venue", "Town hall")
            .with("heldOn", day.to_string());
        match participants {
            Some((staff, partners)) => command
                .with("staffParticipants", staff)
                .with("partnerParticipants", partners),
            None => command,
        }
    }

    /// Says that a planned training was held with staff and partners.
    pub fn gives_training(&self, training: &Value, (staff, partners): (i32, i32)) -> Command<'_, Value> {
        self.moves_training(training, "holdTraining")
            .with("staffParticipants", staff)
            .with("partnerParticipants", partners)
    }

    /// Says that the list of participants of a training is signed.
    pub fn signs_list(&self, training: &Value, reference: &str) -> Command<'_, Value> {
        self.moves_training(training, "signTrainingList")
            .with("listReference", reference)
    }

    /// Counts the evaluation sheets of a training.
    pub fn evaluates(&self, training: &Value, returned: i32, better: i32) -> Command<'_, Value> {
        self.moves_training(training, "evaluateTraining")
            .with("sheetsReturned", returned)
            .with("sheetsBetter", better)
    }

    fn moves_training(&self, training: &Value, step: &'static str) -> Command<'_, Value> {
        Command::new(self, (step, "training"), TRAINING, Value::clone)
            .with("trainingId", training["id"].clone())
            .with("expectedVersion", training["version"].clone())
    }

    /// Records what a platform says of a campaign of the last thirty days.
    pub fn reports_campaign(&self, platform: &str, (reached, engaged): (i32, i32)) -> Command<'_, Value> {
        let today = self.now().date_naive();
        let selection = "{ territory { code } platform fromOn toOn reached engaged source recordedAt }";
        Command::new(
            self,
            ("recordCampaignReport", "campaignReport"),
            selection,
            Value::clone,
        )
        .with("platform", platform)
        .with("fromOn", (today - Days::new(30)).to_string())
        .with("toOn", today.to_string())
        .with("reached", reached)
        .with("engaged", engaged)
        .with("source", "Digital Media Report")
    }

    /// Records a survey of today among partners or staff, of whom none applies what they learned.
    pub fn surveys_partners(&self, respondents: &str, (invited, answered): (i32, i32)) -> Command<'_, Value> {
        let selection = "{ heldOn respondents invited answered enabling applying recordedAt }";
        Command::new(
            self,
            ("recordPartnerSurvey", "partnerSurvey"),
            selection,
            Value::clone,
        )
        .with("heldOn", self.now().date_naive().to_string())
        .with("respondents", respondents)
        .with("invited", invited)
        .with("answered", answered)
        .with("applying", 0)
    }

    /// Records a list of visits of today, each by its place and its contacts; gives what became of each.
    pub fn visits_all(&self, mode: &str, visits: &[(&str, i32)]) -> Command<'_, Value> {
        let day = self.now().date_naive().to_string();
        let visits = visits.iter().map(
            |(location, contacts)| json!({ "location": location, "visitedOn": day, "contacts": contacts }),
        );
        Command::new(self, ("recordOutreachVisits", ""), OUTCOMES, Value::clone)
            .with("mode", mode)
            .with("visits", visits.collect::<Vec<_>>())
    }
}
