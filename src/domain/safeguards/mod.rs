//! What protects persons who cannot be sent on their way like everybody else: children, the ill, the detained, and those
//! to whom something was done (SOP N2, N4b, N4c, N5c, I2c, I4c, I4f, I4g).
//!
//! Of all that the programme knows this is the most dangerous in the wrong hands. What leaves the sending mission is said
//! by the policy table alone, and mostly it is what has to be done for a person, not why.

mod child;
mod detention;
mod escort;
mod fitness;
mod preparation;
mod vulnerability;

pub use child::{BestInterestsResult, ChildSafeguards, Guardian};
pub use detention::{
    AirportTransfer, ConsularAppointment, Detention, TemporaryAccommodation, TransferProvider,
};
pub use escort::{AirlineClearance, ClearanceKind, ESCORT_MACHINE, Escort, EscortKind, EscortState};
pub use fitness::{
    FITNESS_MACHINE, FitnessAssessment, FitnessState, HealthRequirement, MedicalNote, Requirement,
    TestResult, TravelCondition,
};
pub use preparation::{
    AssistanceKind, AssistanceProvider, AssistanceProvision, HostAccommodation, MigrantBriefing,
    PreDepartureCircumstances,
};
pub use vulnerability::{NeedCode, VulnerabilityAssessment, VulnerabilityCategory};

use super::case_file::CaseFile;
use super::person::Person;
use crate::ids::PersonId;
use chrono::NaiveDate;

/// Everything that protects the persons of a case, each kind oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Safeguards {
    /// Assessments of vulnerability; of one person the last counts.
    pub vulnerability: Vec<VulnerabilityAssessment>,
    /// What is in place for children who travel without parents, one for a child.
    pub children: Vec<ChildSafeguards>,
    /// Assessments of fitness to travel; of one person the last counts.
    pub fitness: Vec<FitnessAssessment>,
    /// What health staff alone read; of one person the last counts.
    pub medical_notes: Vec<MedicalNote>,
    /// What countries on the way demand of a traveller's health.
    pub requirements: Vec<HealthRequirement>,
    /// Escorts, by number.
    pub escorts: Vec<Escort>,
    /// What airlines have agreed to.
    pub clearances: Vec<AirlineClearance>,
    /// Where persons are or were detained.
    pub detentions: Vec<Detention>,
    /// Appointments at consular posts for persons in detention, by number.
    pub appointments: Vec<ConsularAppointment>,
    /// How persons get to the airport.
    pub transfers: Vec<AirportTransfer>,
    /// Where persons stay before the departure.
    pub accommodations: Vec<TemporaryAccommodation>,
    /// In which circumstances persons live before the departure; of one person the last counts.
    pub circumstances: Vec<PreDepartureCircumstances>,
    /// What persons were given before the departure.
    pub assistance: Vec<AssistanceProvision>,
    /// What the persons were told of their journey.
    pub briefings: Vec<MigrantBriefing>,
}

impl CaseFile {
    /// Whether the vulnerability of every person on the case has been assessed (SOP I2c).
    #[must_use]
    pub fn vulnerability_assessed(&self) -> bool {
        self.persons
            .iter()
            .all(|person| self.vulnerability_of(person.id).is_some())
    }

    /// The assessment of a person's vulnerability that counts.
    #[must_use]
    pub fn vulnerability_of(&self, person: PersonId) -> Option<&VulnerabilityAssessment> {
        let mut latest_first = self.safeguards.vulnerability.iter().rev();
        latest_first.find(|assessment| assessment.person_id == person)
    }

    /// Whether a person falls into a category.
    #[must_use]
    pub fn is_vulnerable(&self, person: PersonId, category: VulnerabilityCategory) -> bool {
        self.vulnerability_of(person)
            .is_some_and(|assessment| assessment.categories.contains(&category))
    }

    /// The children who travel without parents.
    pub fn unaccompanied_children(&self, today: NaiveDate) -> impl Iterator<Item = &Person> {
        self.persons.iter().filter(move |person| {
            person.is_minor_on(today)
                && self.is_vulnerable(person.id, VulnerabilityCategory::UnaccompaniedChild)
        })
    }

    /// What is in place for a child who travels without parents.
    #[must_use]
    pub fn child_safeguards_of(&self, person: PersonId) -> Option<&ChildSafeguards> {
        let mut all = self.safeguards.children.iter();
        all.find(|safeguards| safeguards.person_id == person)
    }

    /// The assessment of a person's fitness to travel that counts.
    #[must_use]
    pub fn fitness_of(&self, person: PersonId) -> Option<&FitnessAssessment> {
        let mut latest_first = self.safeguards.fitness.iter().rev();
        latest_first.find(|assessment| assessment.person_id == person)
    }

    /// Whether health staff found that a person travels only under this condition.
    #[must_use]
    pub fn travels_under(&self, person: PersonId, condition: TravelCondition) -> bool {
        self.fitness_of(person)
            .is_some_and(|assessment| assessment.conditions.contains(&condition))
    }

    /// The escorts of a person that have not been declined or called off.
    pub fn escorts_of(&self, person: PersonId) -> impl Iterator<Item = &Escort> {
        let all = self.safeguards.escorts.iter();
        all.filter(move |escort| escort.person_id == person && escort.state.is_meant_to_travel())
    }

    /// Whether a person is detained on a day.
    #[must_use]
    pub fn is_detained(&self, person: PersonId, today: NaiveDate) -> bool {
        self.safeguards
            .detentions
            .iter()
            .any(|detention| detention.person_id == person && detention.holds_on(today))
    }
}
