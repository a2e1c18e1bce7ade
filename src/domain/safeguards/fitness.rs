//! Fitness to travel, and what countries on the way demand of a traveller's health (SOP I4c).
//!
//! Health staff alone assess. Only the conditions of travel leave them: diagnosis and medication are kept apart.

use crate::ids::{CaseId, PersonId, SafeguardId};
use crate::{codes, lifecycle};
use chrono::{DateTime, Utc};

codes! { "State of an assessment of fitness to travel." FitnessState {
    Requested = "REQUESTED": "Health staff have been asked.",
    Fit = "FIT": "Fit to travel.",
    FitWithConditions = "FIT_WITH_CONDITIONS": "Fit to travel under conditions.",
    Unfit = "UNFIT": "Not fit to travel.",
    Expired = "EXPIRED": "A later assessment counts.",
} }

lifecycle! { "The life of an assessment of fitness to travel." FITNESS_MACHINE "FitnessAssessment": FitnessState {
    begin "requestFitnessToTravel" => Requested;
    begin "recordFitnessToTravel" => Fit;
    begin "recordFitnessToTravel" => FitWithConditions;
    begin "recordFitnessToTravel" => Unfit;
    "recordFitnessToTravel": Requested => Fit | FitWithConditions | Unfit;
    "recordFitnessToTravel": Fit | FitWithConditions | Unfit => Expired;
} }

codes! { "A condition under which a person may travel." TravelCondition {
    Oxygen = "OXYGEN": "Oxygen on board.",
    Wheelchair = "WHEELCHAIR": "A wheelchair.",
    MedicationOnBoard = "MEDICATION_ON_BOARD": "Medication in the hand luggage.",
    MedicalEscort = "MEDICAL_ESCORT": "A medical escort.",
    OperationalEscort = "OPERATIONAL_ESCORT": "An operational escort.",
    NoNightConnection = "NO_NIGHT_CONNECTION": "No connection at night.",
} }

/// What health staff found of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FitnessAssessment {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// The person.
    pub person_id: PersonId,
    /// State.
    pub state: FitnessState,
    /// The conditions of travel.
    pub conditions: Vec<TravelCondition>,
    /// When it was asked for, where it was.
    pub requested_at: Option<DateTime<Utc>>,
    /// When the person was examined.
    pub performed_at: Option<DateTime<Utc>>,
    /// The last moment at which a journey may begin on it.
    pub valid_until: Option<DateTime<Utc>>,
}

impl FitnessAssessment {
    /// Whether police and airports have to handle the person in some particular way.
    #[must_use]
    pub fn needs_handling(&self) -> bool {
        !self.conditions.is_empty()
    }
}

/// What is wrong with a person, for those who treat them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MedicalNote {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// The person.
    pub person_id: PersonId,
    /// Diagnosis.
    pub diagnosis: Option<String>,
    /// Medication.
    pub medication: Option<String>,
    /// When it was noted.
    pub recorded_at: DateTime<Utc>,
}

codes! { "What a country or a carrier demands of a traveller's health." Requirement {
    PcrTest = "PCR_TEST": "A test for an acute infection.",
    Vaccination = "VACCINATION": "A vaccination.",
    TuberculosisScreening = "TUBERCULOSIS_SCREENING": "A screening for tuberculosis.",
} }

codes! { "How a test went." TestResult {
    Negative = "NEGATIVE": "Negative, or done: the person may travel.",
    Positive = "POSITIVE": "Positive: the person may not travel.",
} }

/// One demand, and how far it is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthRequirement {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// The person.
    pub person_id: PersonId,
    /// What is demanded.
    pub requirement: Requirement,
    /// How it went; nothing as long as it is outstanding.
    pub result: Option<TestResult>,
    /// The last moment at which a journey may begin on it.
    pub valid_until: Option<DateTime<Utc>>,
}

impl HealthRequirement {
    /// Whether a journey that begins then may begin on it.
    #[must_use]
    pub fn is_met_at(&self, departure: DateTime<Utc>) -> bool {
        self.result == Some(TestResult::Negative) && self.valid_until.is_some_and(|last| departure <= last)
    }
}
