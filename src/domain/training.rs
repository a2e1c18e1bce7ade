//! Trainings of officials, service providers and staff (DOMAIN 2.11): who took part counts once the list is signed, and what
//! was understood once the evaluation sheets are back (S0 section 6, indicators 7 to 9). Nobody is named here.

use super::territory::CountryCode;
use super::transition::{Reason, Refusal};
use crate::ids::{OrganisationId, TrainingId};
use crate::{codes, lifecycle};
use chrono::{DateTime, NaiveDate, Utc};

codes! { "What a training is about." TrainingTopic {
    ReturnCounselling = "RETURN_COUNSELLING": "Counselling of whom thinks of returning.",
    Sogiesc = "SOGIESC": "Sexual orientation, gender identity and expression, and sex characteristics.",
    Disability = "DISABILITY": "Persons with disabilities.",
    Gender = "GENDER": "Gender.",
    UnaccompaniedChildren = "UNACCOMPANIED_CHILDREN": "Children who travel alone.",
    Vulnerability = "VULNERABILITY": "Recognising who is vulnerable.",
    Reintegration = "REINTEGRATION": "Reintegration.",
    Other = "OTHER": "Something else.",
} }

codes! { "State of a training." TrainingState {
    Scheduled = "SCHEDULED": "It is planned for a day.",
    Held = "HELD": "It was held; its list of participants is not signed.",
    ListSigned = "LIST_SIGNED": "The list is signed: its participants count.",
    Evaluated = "EVALUATED": "Its evaluation sheets are counted as well.",
} }

lifecycle! { "The life of a training (DOMAIN 2.11)." TRAINING "Training": TrainingState {
    begin "recordTraining" => Scheduled;
    begin "recordTraining" => Held;
    "holdTraining": Scheduled => Held;
    "signTrainingList": Held => ListSigned;
    "evaluateTraining": ListSigned => Evaluated;
} }

/// Longest name of a place or of a list, in characters.
const LONGEST: usize = 200;

/// A training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Training {
    /// Names it.
    pub id: TrainingId,
    /// The mission that recorded it.
    pub organisation: OrganisationId,
    /// What it is about.
    pub topic: TrainingTopic,
    /// The host territory.
    pub territory: CountryCode,
    /// The place.
    pub venue: Option<String>,
    /// The day on which it was held, or is to be.
    pub held_on: NaiveDate,
    /// State.
    pub state: TrainingState,
    /// How many took part.
    pub participants: Participants,
    /// Where the signed list is.
    pub list_reference: Option<String>,
    /// What the evaluation sheets say.
    pub sheets: Option<Sheets>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Counts the changes of this row.
    pub version: i32,
}

/// How many took part in a training.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Participants {
    /// Of the staff of the programme (indicator 7).
    pub staff: i32,
    /// Of officials and service providers (indicator 8).
    pub partners: i32,
}

/// The evaluation sheets of a training (indicator 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheets {
    /// How many came back.
    pub returned: i32,
    /// How many of them say that the participant understands more now.
    pub better: i32,
}

/// A training as it is recorded.
#[derive(Clone, Debug)]
pub struct NewTraining {
    /// What it is about.
    pub topic: TrainingTopic,
    /// The place.
    pub venue: Option<String>,
    /// The day on which it was held, or is to be.
    pub held_on: NaiveDate,
    /// How many took part; none while it is to come.
    pub participants: Option<Participants>,
}

/// How a training goes on.
#[derive(Clone, Debug)]
pub enum TrainingStep {
    /// It was held, on the day that was planned where no other is given.
    Hold(Option<NaiveDate>, Participants),
    /// The list of participants is signed.
    Sign(String),
    /// The evaluation sheets are counted.
    Evaluate(Sheets),
}

impl Training {
    /// Records a training of a mission in a territory: one of a day to come is planned, any other was held.
    ///
    /// # Errors
    ///
    /// `INVALID` for a territory that hosts nobody, a place of too many words, participants of a training to come, none of one
    /// that was held, or fewer than none.
    pub fn record(
        id: TrainingId,
        (organisation, territory): (OrganisationId, CountryCode),
        new: NewTraining,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        if !territory.is_host_territory() {
            return Err(Refusal::at(Reason::Invalid, "territory"));
        }
        let venue = new.venue.as_ref();
        let venue = venue.map(|venue| named(venue, "venue")).transpose()?;
        let to_come = new.held_on > now.date_naive();
        let (first, participants) = match (to_come, new.participants) {
            (true, None) => (TrainingState::Scheduled, Participants::default()),
            (false, Some(participants)) => (TrainingState::Held, participants.checked()?),
            _ => return Err(Refusal::at(Reason::Invalid, "staffParticipants")),
        };
        Ok(Self {
            id,
            organisation,
            topic: new.topic,
            territory,
            venue,
            held_on: new.held_on,
            state: TRAINING.begin("recordTraining", first)?,
            participants,
            list_reference: None,
            sheets: None,
            recorded_at: now,
            version: 1,
        })
    }

    /// Takes a step, and says what it is now.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`; `DATE_OUT_OF_ORDER` for a training that is still to come; `INVALID` for fewer than none, for a list
    /// without a name, and for more sheets than participants or more that say so than came back.
    pub fn take(mut self, step: &TrainingStep, now: DateTime<Utc>) -> Result<Self, Refusal> {
        match step {
            TrainingStep::Hold(day, participants) => {
                self.state = TRAINING.step("holdTraining", self.state, TrainingState::Held)?;
                self.held_on = day.unwrap_or(self.held_on);
                if self.held_on > now.date_naive() {
                    return Err(Refusal::at(Reason::DateOutOfOrder, "heldOn"));
                }
                self.participants = participants.checked()?;
            }
            TrainingStep::Sign(reference) => {
                self.state = TRAINING.step("signTrainingList", self.state, TrainingState::ListSigned)?;
                self.list_reference = Some(named(reference, "listReference")?);
            }
            TrainingStep::Evaluate(sheets) => {
                self.state = TRAINING.step("evaluateTraining", self.state, TrainingState::Evaluated)?;
                if !(0..=self.participants.all()).contains(&i64::from(sheets.returned)) {
                    return Err(Refusal::at(Reason::Invalid, "sheetsReturned"));
                }
                if !(0..=sheets.returned).contains(&sheets.better) {
                    return Err(Refusal::at(Reason::Invalid, "sheetsBetter"));
                }
                self.sheets = Some(*sheets);
            }
        }
        self.version += 1;
        Ok(self)
    }
}

impl Participants {
    /// All of them.
    #[must_use]
    pub fn all(self) -> i64 {
        i64::from(self.staff) + i64::from(self.partners)
    }

    fn checked(self) -> Result<Self, Refusal> {
        for (count, field) in [
            (self.staff, "staffParticipants"),
            (self.partners, "partnerParticipants"),
        ] {
            if count < 0 {
                return Err(Refusal::at(Reason::Invalid, field));
            }
        }
        Ok(self)
    }
}

/// A name that says something and not too much.
fn named(text: &str, field: &'static str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(Refusal::at(Reason::Invalid, field));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn now() -> DateTime<Utc> {
        "2026-11-21T09:00:00Z".parse().expect("a moment")
    }

    fn recorded(day: &str, participants: Option<Participants>) -> Result<Training, Refusal> {
        let new = NewTraining {
            topic: TrainingTopic::Gender,
            venue: None,
            held_on: day.parse().expect("a day"),
            participants,
        };
        let by = (Uuid::from_u128(1).into(), CountryCode::KOSOVO);
        Training::record(Uuid::from_u128(2).into(), by, new, now())
    }

    const TWENTY: Option<Participants> = Some(Participants {
        staff: 8,
        partners: 12,
    });

    #[test]
    fn a_training_to_come_is_planned_and_one_of_today_was_held() {
        let state = |training: Result<Training, Refusal>| training.map(|training| training.state);
        assert_eq!(state(recorded("2026-11-22", None)), Ok(TrainingState::Scheduled));
        assert_eq!(state(recorded("2026-11-21", TWENTY)), Ok(TrainingState::Held));
        for (day, participants) in [("2026-11-22", TWENTY), ("2026-11-21", None)] {
            let refusal = Refusal::at(Reason::Invalid, "staffParticipants");
            assert_eq!(state(recorded(day, participants)), Err(refusal), "{day}");
        }
    }

    #[test]
    fn no_more_sheets_come_back_than_there_were_participants() {
        let held = recorded("2026-11-20", TWENTY).expect("a training");
        let signed = held.take(&TrainingStep::Sign("LIST-7".to_owned()), now());
        let signed = signed.expect("a signed list");
        for (returned, better, field) in [
            (21, 0, "sheetsReturned"),
            (-1, 0, "sheetsReturned"),
            (20, 21, "sheetsBetter"),
            (20, -1, "sheetsBetter"),
        ] {
            let sheets = TrainingStep::Evaluate(Sheets { returned, better });
            let refused = signed.clone().take(&sheets, now());
            assert_eq!(refused, Err(Refusal::at(Reason::Invalid, field)));
        }
        let all = TrainingStep::Evaluate(Sheets {
            returned: 20,
            better: 20,
        });
        assert_eq!(
            signed.take(&all, now()).map(|training| training.state),
            Ok(TrainingState::Evaluated)
        );
    }
}
