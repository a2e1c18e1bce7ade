//! Complaints about an organisation of the programme (DOMAIN 2.11): handled by staff of oversight alone, and apart from
//! everything that they are about. Nothing of a case, of its history or of anybody's inbox changes by one.

use super::transition::{Reason, Refusal};
use crate::ids::{CaseId, ComplaintId, OrganisationId};
use crate::{codes, lifecycle};
use chrono::{DateTime, Utc};

codes! { "State of a complaint." ComplaintState {
    Received = "RECEIVED": "It has been taken down, and nobody has looked at it yet.",
    Acknowledged = "ACKNOWLEDGED": "Somebody has taken it on.",
    Investigating = "INVESTIGATING": "It is being looked into.",
    Resolved = "RESOLVED": "It has been decided.",
    Referred = "REFERRED": "Another body has it now.",
} }

lifecycle! { "The life of a complaint (DOMAIN 2.11)." COMPLAINT "Complaint": ComplaintState {
    begin "lodgeComplaint" => Received;
    "acknowledgeComplaint": Received => Acknowledged;
    "investigateComplaint": Acknowledged => Investigating;
    "resolveComplaint": Acknowledged | Investigating => Resolved;
    "referComplaint": Acknowledged | Investigating => Referred;
} }

codes! { "What a complaint is about." ComplaintKind {
    Conduct = "CONDUCT": "How somebody behaved.",
    PressureToReturn = "PRESSURE_TO_RETURN": "That somebody was pressed to return.",
    Assistance = "ASSISTANCE": "Assistance that was refused, late or not as agreed.",
    DataProtection = "DATA_PROTECTION": "What became of personal data.",
    Fraud = "FRAUD": "Money that was asked for, or that did not arrive.",
    Abuse = "ABUSE": "Exploitation, violence or abuse.",
    Other = "OTHER": "Something else.",
} }

codes! { "How a complaint reached the programme (S0:154)." ComplaintChannel {
    Centre = "CENTRE": "In a reception, asylum or detention centre.",
    Office = "OFFICE": "In an office.",
    Telephone = "TELEPHONE": "By telephone.",
    Written = "WRITTEN": "By letter or electronically.",
    Other = "OTHER": "In another way.",
} }

codes! { "What was found of a complaint." ComplaintOutcome {
    Upheld = "UPHELD": "It was right.",
    PartlyUpheld = "PARTLY_UPHELD": "Some of it was right.",
    NotUpheld = "NOT_UPHELD": "It was not found to be right.",
    Withdrawn = "WITHDRAWN": "It was taken back.",
} }

/// Longest text of a complaint, and of what was found, in characters.
const LONGEST: usize = 4_000;

/// A complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Names it.
    pub id: ComplaintId,
    /// What whoever lodged it was told.
    pub reference: String,
    /// The case that it is about, where it is about one.
    pub case: Option<CaseId>,
    /// The organisation that it is about.
    pub about: OrganisationId,
    /// The organisation that took it down.
    pub lodged_by: OrganisationId,
    /// What it is about.
    pub kind: ComplaintKind,
    /// How it reached the programme.
    pub channel: ComplaintChannel,
    /// What was said.
    pub text: String,
    /// State.
    pub state: ComplaintState,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// When somebody took it on.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// When it was resolved or referred.
    pub ended_at: Option<DateTime<Utc>>,
    /// What was found.
    pub outcome: Option<ComplaintOutcome>,
    /// The same in words, or to whom it was referred.
    pub findings: Option<String>,
    /// Counts the changes of this row.
    pub version: i32,
}

/// A complaint as it is lodged.
#[derive(Clone, Debug)]
pub struct NewComplaint {
    /// The case that it is about, where it is about one.
    pub case: Option<CaseId>,
    /// The organisation that it is about.
    pub about: OrganisationId,
    /// What it is about.
    pub kind: ComplaintKind,
    /// How it reached the programme.
    pub channel: ComplaintChannel,
    /// What was said.
    pub text: String,
}

/// How a complaint goes on.
#[derive(Clone, Debug)]
pub enum ComplaintStep {
    /// Somebody takes it on.
    Acknowledge,
    /// It is looked into.
    Investigate,
    /// It is decided.
    Resolve(ComplaintOutcome, Option<String>),
    /// Another body takes it over.
    Refer(String),
}

impl Complaint {
    /// Receives a complaint in the name of an organisation.
    ///
    /// # Errors
    ///
    /// `INVALID` for a text that says nothing or too much.
    pub fn lodge(
        new: NewComplaint,
        (id, reference): (ComplaintId, String),
        by: OrganisationId,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            id,
            reference,
            case: new.case,
            about: new.about,
            lodged_by: by,
            kind: new.kind,
            channel: new.channel,
            text: said(&new.text, "text")?,
            state: COMPLAINT.begin("lodgeComplaint", ComplaintState::Received)?,
            received_at: now,
            acknowledged_at: None,
            ended_at: None,
            outcome: None,
            findings: None,
            version: 1,
        })
    }

    /// Takes a step, and says what it is now.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `INVALID` for words that say nothing or too much.
    pub fn take(mut self, step: &ComplaintStep, now: DateTime<Utc>) -> Result<Self, Refusal> {
        match step {
            ComplaintStep::Acknowledge => {
                self.state =
                    COMPLAINT.step("acknowledgeComplaint", self.state, ComplaintState::Acknowledged)?;
                self.acknowledged_at = Some(now);
            }
            ComplaintStep::Investigate => {
                self.state =
                    COMPLAINT.step("investigateComplaint", self.state, ComplaintState::Investigating)?;
            }
            ComplaintStep::Resolve(outcome, findings) => {
                self.state = COMPLAINT.step("resolveComplaint", self.state, ComplaintState::Resolved)?;
                self.ended_at = Some(now);
                self.outcome = Some(*outcome);
                let findings = findings.as_ref();
                self.findings = findings.map(|text| said(text, "findings")).transpose()?;
            }
            ComplaintStep::Refer(to) => {
                self.state = COMPLAINT.step("referComplaint", self.state, ComplaintState::Referred)?;
                self.ended_at = Some(now);
                self.findings = Some(said(to, "referredTo")?);
            }
        }
        self.version += 1;
        Ok(self)
    }
}

/// Words that say something and not too much.
fn said(text: &str, field: &'static str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(Refusal::at(Reason::Invalid, field));
    }
    Ok(text.to_owned())
}
