//! What happens between a post and a mission, and to a document on its way to the person.

use super::Story;
use crate::demo::step::Step;
use crate::domain::steps::consular_post::NewAppointment;
use crate::domain::transition::{Reason, Refusal};
use crate::domain::travel_document::{DocumentLocation, InformationItem, InterviewMode};
use chrono::TimeDelta;

impl Story<'_> {
    /// Takes such a step now.
    pub(super) fn of_a_document(&mut self, step: Step) -> Result<(), Refusal> {
        let (Step::AskMore(person)
        | Step::AnswerPost(person)
        | Step::Interview(person)
        | Step::Receive(person)
        | Step::HandOver(person)
        | Step::Lose(person)) = step
        else {
            return Err(Reason::WrongState.into());
        };
        let id = self.asked_for(person)?.id;
        match step {
            Step::AskMore(_) => {
                let items = vec![*self.dice.pick(&[
                    InformationItem::Photograph,
                    InformationItem::BirthRecord,
                    InformationItem::ParentsNames,
                    InformationItem::OldDocument,
                ])];
                self.step(|file, c| file.voluntary()?.request_more_information(id, items, None, c))
            }
            Step::AnswerPost(_) => {
                let answer = Some("Sent with the courier of the mission.".to_owned());
                self.step(|file, c| file.voluntary()?.answer_information_request(id, answer, c))
            }
            Step::Interview(_) => {
                let appointment = NewAppointment {
                    at: self.now + TimeDelta::days(self.dice.within(2..=9)),
                    mode: *self.dice.pick(&[InterviewMode::Phone, InterviewMode::Video]),
                    place: None,
                };
                self.step(|file, c| file.voluntary()?.schedule_interview(id, appointment, c))
            }
            Step::Receive(_) => self.step(|file, c| file.voluntary()?.receive_document(id, c)),
            Step::HandOver(_) => self.step(|file, c| {
                file.voluntary()?
                    .hand_over_document(id, DocumentLocation::Person, c)
            }),
            _ => self.step(|file, c| file.voluntary()?.report_document_lost(id, c)),
        }
    }
}
