//! Who was told what in the story, in which order, and what of it still holds.

use super::truth::{Row, Truth, Whose};
use super::webhooks::HAVE_WEBHOOKS;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// What a notice is about, besides its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Nothing besides.
    Registration,
    /// The request of this number in the story.
    Request(u8),
    /// The journey.
    Journey,
    /// The journey, in what a mission confirms of it.
    Coordination,
    /// A payment.
    Payment,
    /// An appointment of a person in detention.
    Appointment,
}

/// A notice in an inbox.
#[derive(Clone, Debug)]
pub struct Told {
    /// Whose inbox, by the client of the organisation.
    pub inbox: &'static str,
    /// Its place there.
    pub sequence: i64,
    kind: &'static str,
    at: DateTime<Utc>,
    case: char,
    about: About,
    superseded: bool,
    corrects: bool,
    retracted_at: Option<DateTime<Utc>>,
    acknowledged_at: Option<DateTime<Utc>>,
}

/// What recipients note when they acknowledge.
pub const NOTE: &str = "seen by the officer on duty";

/// All inboxes.
#[derive(Default)]
pub struct Inboxes(pub Vec<Told>);

impl Inboxes {
    /// Somebody is told something: what was said before of the same request or journey is superseded.
    pub fn tell(
        &mut self,
        inboxes: &[&'static str],
        kind: &'static str,
        at: DateTime<Utc>,
        case: char,
        about: About,
    ) {
        for inbox in inboxes {
            let chained = matches!(about, About::Request(_) | About::Journey);
            let mut corrects = false;
            for older in self
                .of(inbox, case)
                .filter(|older| chained && older.about == about)
            {
                corrects |= !older.superseded;
                older.superseded = true;
            }
            let sequence = 1 + self.0.iter().filter(|told| told.inbox == *inbox).count();
            self.0.push(Told {
                inbox,
                sequence: i64::try_from(sequence).expect("a small number"),
                kind,
                at,
                case,
                about,
                superseded: false,
                corrects,
                retracted_at: None,
                acknowledged_at: None,
            });
        }
    }

    /// Somebody is told that nothing holds any more of what was said of a case, but for its documents.
    pub fn take_back(&mut self, inboxes: &[&'static str], kind: &'static str, at: DateTime<Utc>, case: char) {
        for inbox in inboxes {
            let about_documents = |told: &Told| matches!(told.about, About::Request(_));
            let mut corrects = false;
            for older in self.of(inbox, case).filter(|told| !about_documents(told)) {
                older.superseded = true;
                older.retracted_at = Some(at);
                corrects = true;
            }
            self.tell(&[inbox], kind, at, case, About::Journey);
            if let Some(newest) = self.0.last_mut() {
                newest.corrects = corrects;
            }
        }
    }

    /// Somebody acknowledges the first notice of an inbox.
    pub fn acknowledge_first(&mut self, inbox: &str, at: DateTime<Utc>) {
        let first = self.0.iter_mut().find(|told| told.inbox == inbox);
        first.expect("a notice").acknowledged_at = Some(at);
    }

    fn of<'a>(&'a mut self, inbox: &'a str, case: char) -> impl Iterator<Item = &'a mut Told> {
        self.0
            .iter_mut()
            .filter(move |told| told.inbox == inbox && told.case == case)
    }
}

impl Told {
    /// The notice as a row.
    pub fn notice(&self) -> Row {
        let related = |is: bool, name| {
            if is {
                Truth::One(name)
            } else {
                Truth::Value(Value::Null)
            }
        };
        Row::new(
            "Notice",
            Whose::Inbox(self.inbox.to_owned()),
            json!({
                "sequence": self.sequence,
                "type": self.kind,
                "occurredAt": self.at,
                "retractedAt": self.retracted_at,
            }),
            &[
                ("id", Truth::Id),
                ("recipient", Truth::One("Organisation")),
                ("case", Truth::One("Case")),
                (
                    "itinerary",
                    related(
                        matches!(self.about, About::Journey | About::Coordination),
                        "Itinerary",
                    ),
                ),
                (
                    "travelDocumentRequest",
                    related(matches!(self.about, About::Request(_)), "TravelDocumentRequest"),
                ),
                ("cashGrant", related(self.about == About::Payment, "CashGrant")),
                ("supersededBy", related(self.superseded, "Notice")),
                (
                    "deliveries",
                    if HAVE_WEBHOOKS.contains(&self.inbox) {
                        Truth::Many("Delivery")
                    } else {
                        Truth::Value(json!([]))
                    },
                ),
                (
                    "corrects",
                    if self.corrects {
                        Truth::Many("Notice")
                    } else {
                        Truth::Value(json!([]))
                    },
                ),
                ("remindsOf", Truth::Value(Value::Null)),
                ("deliveredAt", Truth::Anything),
                ("deliveredVia", Truth::Anything),
                (
                    "acknowledgement",
                    related(self.acknowledged_at.is_some(), "Acknowledgement"),
                ),
            ],
        )
    }

    /// Its acknowledgement as a row, if there is one.
    pub fn acknowledgement(&self) -> Option<Row> {
        let values = json!({ "at": self.acknowledged_at?, "by": self.inbox, "note": NOTE });
        Some(Row::new(
            "Acknowledgement",
            Whose::Inbox(self.inbox.to_owned()),
            values,
            &[],
        ))
    }
}
