//! What follows the arrival: the admission of persons who return without assistance, the handover of who cannot be left
//! alone, and what a case is closed with (SOP I5f, I6; DOMAIN 1.5, 2.8).

use super::territory::CountryCode;
use crate::codes;
use crate::ids::{CaseId, HandoverId, PersonId};
use chrono::{DateTime, NaiveDate, Utc};

codes! { "To whom a person was to be handed over at the arrival." HandoverRelation {
    Parent = "PARENT": "A parent.",
    Guardian = "GUARDIAN": "A legal guardian.",
    Relative = "RELATIVE": "Another relative.",
    ChildProtectionBody = "CHILD_PROTECTION_BODY": "A body of the state that protects children.",
    MedicalFacility = "MEDICAL_FACILITY": "A hospital or clinic.",
    OtherBody = "OTHER_BODY": "Another responsible body.",
} }

codes! { "Why a handover did not take place." HandoverRefusal {
    NotPresent = "NOT_PRESENT": "Nobody came.",
    Declined = "DECLINED": "Whoever came declined.",
    IdentityNotConfirmed = "IDENTITY_NOT_CONFIRMED": "Whoever came could not show who they are.",
    NotInBestInterests = "NOT_IN_BEST_INTERESTS": "It would not have been in the person's best interests.",
} }

codes! { "Why no sustainability survey will be made." SurveyWaiver {
    Declined = "DECLINED": "The person does not wish to take part.",
    ContactLost = "CONTACT_LOST": "The person cannot be reached.",
    NoAssistance = "NO_ASSISTANCE": "The person received no reintegration assistance.",
    InsecureArea = "INSECURE_AREA": "The place cannot be reached safely.",
} }

/// What is known of a case from the return on; there is at most one for a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aftercare {
    /// The case.
    pub case_id: CaseId,
    /// When persons who were not assisted before passed the border of their country (INV-02).
    pub admitted_on: Option<NaiveDate>,
    /// The state that returned them, or that they came from.
    pub returning_state: Option<CountryCode>,
    /// When they were counselled on reintegration after the arrival.
    pub counselled_at: Option<DateTime<Utc>>,
    /// Whether the satisfaction survey was offered to them.
    pub satisfaction_survey_offered: bool,
    /// The day for which the sustainability survey is planned.
    pub sustainability_survey_on: Option<NaiveDate>,
    /// Why there will be none.
    pub sustainability_survey_waived: Option<SurveyWaiver>,
}

impl Aftercare {
    /// Nothing known yet.
    #[must_use]
    pub fn of(case_id: CaseId) -> Self {
        Self {
            case_id,
            admitted_on: None,
            returning_state: None,
            counselled_at: None,
            satisfaction_survey_offered: false,
            sustainability_survey_on: None,
            sustainability_survey_waived: None,
        }
    }
}

/// The handover of a person at the arrival, accepted in person or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// Names the handover.
    pub id: HandoverId,
    /// The case.
    pub case_id: CaseId,
    /// The person.
    pub person_id: PersonId,
    /// To whom.
    pub to: String,
    /// What they are to the person.
    pub relation: HandoverRelation,
    /// When.
    pub at: DateTime<Utc>,
    /// Who signed for the person, where the handover took place.
    pub accepted_by: Option<String>,
    /// Why it did not, otherwise.
    pub refusal: Option<HandoverRefusal>,
}

/// What came of a handover at the airport.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandoverOutcome {
    /// Accepted, and signed for by this person.
    AcceptedBy(String),
    /// It did not take place.
    Refused(HandoverRefusal),
}
