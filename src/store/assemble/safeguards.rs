//! What protects persons, as far as it is asked for: a fixed number of statements whatever the number of rows.

use super::super::child::Child;
use super::super::nodes::Found;
use super::super::reader::{ById, Reader};
use super::super::want::Want;
use crate::domain::person::Person;
use crate::domain::safeguards::{
    AirlineClearance, AirportTransfer, AssistanceProvision, ChildSafeguards, ConsularAppointment, Detention,
    Escort, FitnessAssessment, HealthRequirement, MedicalNote, MigrantBriefing, PreDepartureCircumstances,
    TemporaryAccommodation, VulnerabilityAssessment, VulnerabilityCategory,
};
use crate::error::Error;
use crate::policy::fields::Field;
use chrono::NaiveDate;
use sea_orm::EntityTrait;
use std::collections::HashMap;
use uuid::Uuid;

/// What protects one person.
#[derive(Default)]
pub(super) struct OfPerson {
    pub vulnerability: Option<VulnerabilityAssessment>,
    pub child: Option<ChildSafeguards>,
    pub fitness: Option<FitnessAssessment>,
    pub medical_note: Option<MedicalNote>,
    pub requirements: Vec<HealthRequirement>,
    pub escorts: Vec<Escort>,
    pub detention: Option<Detention>,
    pub appointments: Vec<ConsularAppointment>,
    pub circumstances: Option<PreDepartureCircumstances>,
    pub assistance: Vec<AssistanceProvision>,
}

/// What is arranged for the persons of one case before they leave.
#[derive(Default)]
pub(super) struct OfCase {
    pub clearances: Vec<AirlineClearance>,
    pub transfer: Option<AirportTransfer>,
    pub accommodations: Vec<TemporaryAccommodation>,
    pub briefings: Vec<MigrantBriefing>,
}

impl OfPerson {
    /// What is told of the person's needs without the assessment behind it.
    pub fn found(&self, person: &Person, today: NaiveDate) -> Found {
        let assessment = self.vulnerability.as_ref();
        let alone = |assessment: &VulnerabilityAssessment| {
            let child = VulnerabilityCategory::UnaccompaniedChild;
            assessment.categories.contains(&child)
        };
        let handled = self.fitness.as_ref();
        Found {
            unaccompanied: assessment.is_some_and(alone) && person.is_minor_on(today),
            special_case: assessment.is_some_and(VulnerabilityAssessment::is_special_case),
            special_handling: handled.is_some_and(FitnessAssessment::needs_handling),
            needs: assessment.map(|found| found.needs.clone()).unwrap_or_default(),
        }
    }
}

impl Reader {
    /// Rows of a kind by the person or case that they hang on, oldest first.
    pub(super) async fn hanging<C: Child>(
        &self,
        (parent, order): (
            <C::Entity as EntityTrait>::Column,
            <C::Entity as EntityTrait>::Column,
        ),
        parents: &[Uuid],
        asked: bool,
        parent_of: impl Fn(&<C::Entity as EntityTrait>::Model) -> Uuid,
    ) -> Result<ById<Vec<C>>, Error> {
        let rows = self.children::<C::Entity>(parent, order, parents.to_vec(), asked, parent_of);
        let rows = rows.await?.into_iter();
        rows.map(|(parent, rows)| Ok((parent, rows.into_iter().map(C::read).collect::<Result<_, _>>()?)))
            .collect()
    }

    /// What protects these persons.
    pub(super) async fn protecting(&self, persons: &[Uuid], want: &Want) -> Result<ById<OfPerson>, Error> {
        use Field::{
            PersonAppointments, PersonAssistance, PersonChildSafeguards, PersonCircumstances,
            PersonDetention, PersonDiagnosis, PersonEscorts, PersonFitness, PersonGuardianAuthority,
            PersonGuardianContact, PersonGuardianName, PersonMedication, PersonNeeds, PersonRequirements,
            PersonSpecialCase, PersonSpecialHandling, PersonUnaccompanied, PersonVulnerability,
        };
        let asked = |fields: &[Field]| fields.iter().any(|field| want.of(*field).is_some());
        let mut all: ById<OfPerson> = HashMap::new();
        macro_rules! each {
            ($($entity:ident of $fields:expr => |$of:ident, $rows:ident| $keep:expr;)+) => {$({
                use entity::$entity::Column;
                let columns = (Column::PersonId, Column::Id);
                let rows = self.hanging(columns, persons, asked($fields), |row: &entity::$entity::Model| row.person_id);
                for (person, mut $rows) in rows.await? {
                    let $of = all.entry(person).or_default();
                    $keep;
                }
            })+};
        }
        each! {
            vulnerability_assessment of &[PersonVulnerability, PersonUnaccompanied, PersonSpecialCase, PersonNeeds]
                => |of, rows| of.vulnerability = rows.pop();
            child_safeguards of &[PersonChildSafeguards, PersonGuardianName, PersonGuardianContact, PersonGuardianAuthority] => |of, rows| of.child = rows.pop();
            fitness_assessment of &[PersonFitness, PersonSpecialHandling] => |of, rows| of.fitness = rows.pop();
            medical_note of &[PersonDiagnosis, PersonMedication] => |of, rows| of.medical_note = rows.pop();
            health_requirement of &[PersonRequirements] => |of, rows| of.requirements.append(&mut rows);
            escort of &[PersonEscorts] => |of, rows| of.escorts.append(&mut rows);
            detention of &[PersonDetention] => |of, rows| of.detention = rows.pop();
            consular_appointment of &[PersonAppointments] => |of, rows| of.appointments.append(&mut rows);
            pre_departure_circumstances of &[PersonCircumstances] => |of, rows| of.circumstances = rows.pop();
            assistance_provision of &[PersonAssistance] => |of, rows| of.assistance.append(&mut rows);
        }
        Ok(all)
    }

    /// What is arranged for the persons of these cases.
    pub(super) async fn arranged(&self, cases: &[Uuid], want: &Want) -> Result<ById<OfCase>, Error> {
        let mut all: ById<OfCase> = HashMap::new();
        macro_rules! each {
            ($($entity:ident of $field:ident => |$of:ident, $rows:ident| $keep:expr;)+) => {$({
                use entity::$entity::Column;
                let (columns, asked) = ((Column::CaseId, Column::Id), want.of(Field::$field).is_some());
                let rows = self.hanging(columns, cases, asked, |row: &entity::$entity::Model| row.case_id);
                for (case, mut $rows) in rows.await? {
                    let $of = all.entry(case).or_default();
                    $keep;
                }
            })+};
        }
        each! {
            airline_clearance of CaseClearances => |of, rows| of.clearances.append(&mut rows);
            airport_transfer of CaseTransfer => |of, rows| of.transfer = rows.pop();
            temporary_accommodation of CaseAccommodations => |of, rows| of.accommodations.append(&mut rows);
            migrant_briefing of CaseBriefings => |of, rows| of.briefings.append(&mut rows);
        }
        Ok(all)
    }
}
