//! `Person`.

use crate::domain::person::{Education, MaritalStatus, Sex};
use crate::domain::safeguards::{
    AssistanceProvision, ChildSafeguards, ConsularAppointment, Detention, Escort, FitnessAssessment,
    HealthRequirement, NeedCode, PreDepartureCircumstances, VulnerabilityAssessment,
};
use crate::domain::territory::CountryCode;
use crate::governed;
use crate::graphql::leaf::{Language, RowId, Words};
use crate::ids::NodeType;
use crate::policy::mask::BirthDate;
use crate::store::nodes::{PersonNode, PhotoNode};

governed! { PersonNode "Person" node: "A person who returns, alone or with a family." {
    PersonId: (RowId) = |node| RowId(NodeType::Person, node.person.id.uuid()), "Names the person to this viewer, and to nobody else.";
    PersonFullName: (String) = |node| node.person.full_name(), "Given names and family name, as the travel document will carry them.";
    PersonDateOfBirth: (BirthDate) = |node| BirthDate::Day(node.person.date_of_birth), "Date of birth; the year or an age band where it is masked.";
    PersonSex: (Sex) = |node| node.person.sex, "Sex, as travel documents state it.";
    PersonNationality: (CountryCode) = |node| node.person.nationality, "Nationality.";
    PersonPlaceOfBirth: (Option<String>) = |node| node.person.place_of_birth.clone(), "Place of birth.";
    PersonParentsNames: (Option<String>) = |node| node.person.parents_names.clone(), "Names of the parents.";
    PersonPhone: (Option<String>) = |node| node.person.phone.clone(), "Telephone number, in E.164; an ellipsis where only its existence is shown.";
    PersonEmail: (Option<String>) = |node| node.person.email.clone(), "Address for electronic mail; an ellipsis where only its existence is shown.";
    PersonMaritalStatus: (Option<MaritalStatus>) = |node| node.person.marital_status, "Marital status.";
    PersonOccupation: (Option<String>) = |node| node.person.occupation.clone(), "What the person does for a living.";
    PersonEducation: (Option<Education>) = |node| node.person.education, "The highest education that the person completed.";
    PersonHostAddress: (Option<String>) = |node| node.person.host_address.clone(), "Where the person lives in the host territory.";
    PersonReturnAddress: (Option<String>) = |node| node.person.address_in_country_of_return.clone(), "Where the person will live in the country of return.";
    PersonLanguage: (Option<Language>) = |node| node.person.language.clone().map(Language), "The language that the person speaks best.";
    PersonHead: (bool) = |node| node.person.head_of_household, "Whether the person is the head of the household.";
    PersonMinor: (bool) = |node| node.minor, "Whether the person is a child today.";
    PersonUnaccompanied: (bool) = |node| node.found.unaccompanied, "Whether the person is a child without parents or another adult responsible.";
    PersonSpecialCase: (bool) = |node| node.found.special_case, "Whether the person is a special case, for whom the authorities cooperate.";
    PersonSpecialHandling: (bool) = |node| node.found.special_handling, "Whether the person needs help at airports.";
    PersonNeeds: (Words<NeedCode>) = |node| Words(node.found.needs.clone()), "What has to be done for the person on the way.";
    PersonVulnerability: {VulnerabilityAssessment} = |node| &node.vulnerability, "Why the person needs particular care, as assessed last.";
    PersonGuardianName: (Option<&str>) = |node| node.guardian.as_ref().map(|guardian| guardian.name.as_str()), "Full name of the child's guardian in the host territory.";
    PersonGuardianContact: (Option<&str>) = |node| node.guardian.as_ref().map(|guardian| guardian.contact.as_str()), "How to reach the guardian.";
    PersonGuardianAuthority: (Option<&str>) = |node| node.guardian.as_ref().map(|guardian| guardian.authority.as_str()), "The authority that appointed the guardian.";
    PersonChildSafeguards: {ChildSafeguards} = |node| &node.child, "What is in place for a child who travels without parents.";
    PersonFitness: {FitnessAssessment} = |node| &node.fitness, "Whether the person is fit to travel, as assessed last.";
    PersonDiagnosis: (Option<String>) = |node| node.medical_note.as_ref().and_then(|note| note.diagnosis.clone()), "Diagnosis, as noted last.";
    PersonMedication: (Option<String>) = |node| node.medical_note.as_ref().and_then(|note| note.medication.clone()), "Medication, as noted last.";
    PersonRequirements: [HealthRequirement] = |node| &node.requirements, "What countries and carriers demand of the person's health.";
    PersonEscorts: [Escort] = |node| &node.escorts, "Who travels along.";
    PersonDetention: {Detention} = |node| &node.detention, "Where the person is or was detained.";
    PersonAppointments: [ConsularAppointment] = |node| &node.appointments, "Appointments at consular posts to which an authority has to bring the person.";
    PersonCircumstances: {PreDepartureCircumstances} = |node| &node.circumstances, "In which circumstances the person lives before the departure, as recorded last.";
    PersonPhoto: {PhotoNode} = |node| &node.photo, "A photo of the person, for those who have to recognise the person.";
    PersonAssistance: [AssistanceProvision] = |node| &node.assistance, "What the person was given before the departure, by IOM or by an authority.";
} }
