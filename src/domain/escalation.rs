//! What is done about a notice that nobody acknowledges: a ladder of steps, each once and in order, until somebody takes
//! note (DOMAIN 2.10).
//!
//! An escalation goes to its end by the rule that held when the notice was told; whoever changes a rule changes what is
//! told from then on. A step waits for the one before it, and hurries where a later one has to be done before the landing.

use super::code::Code as _;
use super::itinerary::{Itinerary, SegmentState};
use super::notice::{NoticeDraft, NoticeType, Topic};
use super::party::PartyRelation;
use super::transition::{Reason, Refusal};
use crate::codes;
use crate::ids::{CashGrantId, ItineraryId, NoticeId, OrganisationId, TravelDocumentRequestId};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

codes! { "What a step of an escalation does." EscalationAction {
    Repeat = "REPEAT": "The recipient is reminded.",
    OtherChannel = "OTHER_CHANNEL": "The recipient is reminded by every channel that it has: its streams, its webhooks and its inbox.",
    TellSendingMission = "TELL_SENDING_MISSION": "The mission that answers for the case learns that the recipient is silent.",
    Alarm = "ALARM": "The recipient and the mission that answers for the case are both alarmed.",
} }

codes! { "How an escalation ended." EscalationOutcome {
    Acknowledged = "ACKNOWLEDGED": "The recipient acknowledged the notice, or a reminder of it.",
    Acted = "ACTED": "The recipient acted on the journey, and so has taken note.",
    Lapsed = "LAPSED": "The notice was taken back, or its recipient may not be told any more.",
} }

/// The most steps of one rule.
pub const MOST_STEPS: usize = 10;

/// The longest wait of one step, in minutes: thirty days.
pub const LONGEST_WAIT: i32 = 43_200;

/// The shortest time between two steps, and between the notice and the first.
pub const LEAST_WAIT: TimeDelta = TimeDelta::minutes(1);

/// One step of a ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationStep {
    /// What it does.
    pub action: EscalationAction,
    /// How many minutes after the step before it; after the notice, for the first.
    pub minutes: i32,
    /// Whether the minutes are before the landing instead.
    pub before_landing: bool,
}

/// What is done about notices of one type to one kind of recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EscalationRule {
    /// Of which notices.
    pub notice_type: NoticeType,
    /// To whom.
    pub recipient: PartyRelation,
    /// The version that was decided on: that of the rule which this one replaces, 0 where there is none.
    pub version: i32,
    /// The steps, in order; none where nothing is done.
    pub steps: Vec<EscalationStep>,
}

impl EscalationRule {
    /// What holds where nobody has said otherwise: a departure that a mission ahead does not acknowledge.
    #[must_use]
    pub fn defaults() -> Vec<Self> {
        let wait = |action| EscalationStep {
            action,
            minutes: 15,
            before_landing: false,
        };
        let steps = [
            wait(EscalationAction::Repeat),
            wait(EscalationAction::OtherChannel),
            wait(EscalationAction::TellSendingMission),
        ];
        let alarm = EscalationStep {
            action: EscalationAction::Alarm,
            minutes: 60,
            before_landing: true,
        };
        let rule = |recipient, steps: &[EscalationStep]| Self {
            notice_type: NoticeType::Departed,
            recipient,
            version: 0,
            steps: steps.to_vec(),
        };
        vec![
            rule(PartyRelation::Receiving, &[steps.as_slice(), &[alarm]].concat()),
            // The first landing is often less than an hour away when the departure is recorded.
            rule(PartyRelation::Transit, &steps),
        ]
    }

    /// Refuses a rule that cannot be carried out.
    ///
    /// # Errors
    ///
    /// `INVALID` for what escalates itself, for too many steps, and for waits out of range; the field says which.
    pub fn check(&self) -> Result<(), Refusal> {
        let invalid = |field| Err(Refusal::at(Reason::Invalid, field));
        if self.notice_type.is_of_escalation() {
            return invalid("noticeType");
        }
        let tells_itself = |step: &EscalationStep| {
            self.recipient == PartyRelation::Sending && step.action == EscalationAction::TellSendingMission
        };
        let shortest = |step: &EscalationStep| i32::from(!step.before_landing);
        let waits = |step: &EscalationStep| (shortest(step)..=LONGEST_WAIT).contains(&step.minutes);
        let fit = |step: &EscalationStep| waits(step) && !tells_itself(step);
        if self.steps.len() > MOST_STEPS || !self.steps.iter().all(fit) {
            return invalid("steps");
        }
        Ok(())
    }
}

/// When the step after so many is due; nothing once all are done.
///
/// `since` is when the last was done, or when the notice was told. A step that has to be done before a landing hurries
/// those before it, to one a minute; without a landing it follows the step before it after a minute.
#[must_use]
pub fn next_due(
    steps: &[EscalationStep],
    done: usize,
    since: DateTime<Utc>,
    landing: Option<DateTime<Utc>>,
) -> Option<DateTime<Utc>> {
    let left = steps.get(done..)?;
    let next = left.first()?;
    let own = |step: &EscalationStep| {
        let minutes = TimeDelta::minutes(step.minutes.into());
        match (step.before_landing, landing) {
            (false, _) => since + minutes,
            (true, Some(landing)) => landing - minutes,
            (true, None) => since,
        }
    };
    let hurried = left.iter().skip(1).filter(|step| step.before_landing);
    let hurried =
        hurried.filter_map(|step| landing.map(|landing| landing - TimeDelta::minutes(step.minutes.into())));
    let due = hurried.fold(own(next), Ord::min);
    // However short the time is, whoever is reminded has a moment to answer.
    Some(due.max(since + LEAST_WAIT))
}

/// A notice that waits for an acknowledgement, with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// The notice.
    pub notice: NoticeId,
    /// Who was told.
    pub recipient: OrganisationId,
    /// The itinerary concerned.
    pub itinerary: Option<ItineraryId>,
    /// The travel document request concerned.
    pub request: Option<TravelDocumentRequestId>,
    /// The cash grant concerned.
    pub cash_grant: Option<CashGrantId>,
}

impl Overdue {
    /// What a step says, and to whom: reminders go to whoever is silent, the rest to the mission that answers for the case.
    #[must_use]
    pub fn say(&self, action: EscalationAction, sending_mission: OrganisationId) -> Vec<NoticeDraft> {
        let draft = |recipient, kind, reminds_of| NoticeDraft {
            recipient,
            kind,
            topic: Topic::Escalation,
            itinerary: self.itinerary,
            request: self.request,
            cash_grant: self.cash_grant,
            retracts: false,
            reminds_of,
        };
        let remind = |kind| draft(self.recipient, kind, Some(self.notice));
        match action {
            EscalationAction::Repeat | EscalationAction::OtherChannel => {
                vec![remind(NoticeType::NoticeUnacknowledged)]
            }
            EscalationAction::TellSendingMission => {
                vec![draft(sending_mission, NoticeType::RecipientSilent, None)]
            }
            EscalationAction::Alarm => {
                let mut told = vec![remind(NoticeType::UnacknowledgedAlarm)];
                if self.recipient != sending_mission {
                    told.push(draft(sending_mission, NoticeType::UnacknowledgedAlarm, None));
                }
                told
            }
        }
    }
}

/// The landing that a recipient has to be ready for: the first of the journey for a mission on the way, the last for
/// everybody else.
#[must_use]
pub fn landing_for(recipient: PartyRelation, journey: &Itinerary) -> Option<DateTime<Utc>> {
    let mut flown = journey
        .segments
        .iter()
        .filter(|flight| flight.state != SegmentState::Cancelled);
    let flight = match recipient {
        PartyRelation::Transit => flown.next(),
        _ => flown.next_back(),
    };
    flight.map(|flight| flight.arrives_at)
}

impl NoticeType {
    /// Whether it tells of an escalation, and so has none itself.
    #[must_use]
    pub fn is_of_escalation(self) -> bool {
        matches!(
            self,
            Self::NoticeUnacknowledged | Self::RecipientSilent | Self::UnacknowledgedAlarm
        )
    }
}

/// The steps of a rule as they are stored.
///
/// # Errors
///
/// Where they cannot be read.
pub fn read_steps(text: &str) -> Result<Vec<EscalationStep>, serde_json::Error> {
    serde_json::from_str(text)
}

/// The same steps as text.
#[must_use]
pub fn steps_as_text(steps: &[EscalationStep]) -> String {
    serde_json::to_string(steps).unwrap_or_else(|_| {
        unreachable!("{} steps of codes and numbers", EscalationAction::NAME);
    })
}

#[cfg(test)]
mod tests;
