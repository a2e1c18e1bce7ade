//! The parts of the story in which somebody is protected: a man in detention, a grandmother who needs care, a child.

use super::super::inboxes::About;
use super::{CLINIC, Cast, ESCORT, FACILITY, MIGRATION, POLICE, PRISTINA, SHELTER, Steps};
use crate::support::Case;
use crate::support::fixtures::Person;
use chrono::TimeDelta;
use serde_json::json;

impl Cast<'_> {
    /// The authority examined the man's claim, and rejected it; nobody is told of either.
    pub(super) async fn claimed_asylum(&self, case: &Case) {
        let (pristina, migration) = (self.pristina.clone(), self.world.client(MIGRATION));
        migration.records_its_claim(case, "LODGED").await;
        let rejected = pristina.records_a_claim(case, MIGRATION, "REJECTED").await;
        rejected
            .with("expectedVersion", 1)
            .with("decidedOn", "2026-01-20")
            .await;
    }

    /// A man in detention has an appointment at the embassy, to which the authority brings him.
    pub(super) async fn is_detained(&mut self, case: &Case, steps: &mut Steps) {
        let (pristina, migration) = (self.pristina.clone(), self.world.client(MIGRATION));
        let name = case.head().to_owned();
        pristina
            .assesses_vulnerability(case, &name, &["AGED", "VICTIM_OF_TRAFFICKING"], &["REST"])
            .await;
        pristina.records_detention(case, &name, FACILITY).await;
        let at = self.now() + TimeDelta::days(5);
        pristina.requests_support(case, &name, at).await;
        let about = About::Appointment;
        self.inboxes.tell(
            &[POLICE, MIGRATION],
            "CONSULAR_APPOINTMENT",
            self.now(),
            'A',
            about,
        );
        migration.supports_appointment(case, 1).await;
        self.inboxes
            .tell(&[PRISTINA], "CONSULAR_APPOINTMENT", self.now(), 'A', about);
        let pick_up = self.now() + TimeDelta::days(8);
        pristina
            .arranges_transfer(case, "AUTHORITY", FACILITY, pick_up)
            .await;
        let released = self.world.today().to_string();
        pristina
            .records_detention(case, &name, FACILITY)
            .with("endedOn", released)
            .await;
        (steps.appointment, steps.supported, steps.pick_up) =
            (at, self.now() - TimeDelta::seconds(2), pick_up);
    }

    /// A grandmother who needs care, and a child who is looked after.
    pub(super) async fn needs_care(&mut self, case: &Case, persons: &[Person], steps: &mut Steps) {
        let (pristina, health) = (self.pristina.clone(), self.pristina.health());
        let [grandmother, child] = [persons[0].full_name(), persons[1].full_name()];
        pristina
            .assesses_vulnerability(case, &grandmother, &["AGED"], &["WHEELCHAIR"])
            .await;
        pristina.requests_fitness(case, &grandmother).await;
        steps.fitness_requested = self.now();
        steps.examined = self.now();
        health
            .finds_fit(case, &grandmother, &["WHEELCHAIR"])
            .with("performedAt", json!(steps.examined))
            .with("diagnosis", "Arthrosis")
            .with("medication", "Ibuprofen")
            .await;
        steps.test_valid_until = self.now() + TimeDelta::days(30);
        health
            .records_test(case, &grandmother, "PCR_TEST", steps.test_valid_until)
            .await;
        pristina
            .recommends_escort(case, &grandmother, "OPERATIONAL")
            .with("mhdReference", "MHD-2026-17")
            .await;
        pristina.supervisor().approves_escort(case, 1).await;
        pristina.assigns_escort(case, 1, ESCORT).await;
        pristina.records_clearance(case, "GROUP").await;
        steps.cleared = self.now();
        pristina
            .arranges_accommodation(case, SHELTER, (self.world.today(), self.world.today()))
            .await;
        pristina
            .records_circumstances(case, &grandmother, &["WHEELCHAIR"])
            .await;
        steps.circumstances = self.now();
        pristina
            .records_assistance(case, &grandmother, "MEDICAL_CARE", CLINIC)
            .await;
        steps.briefed = self.now();
        pristina
            .briefs(case)
            .with("briefedAt", json!(steps.briefed))
            .await;
        pristina.records_everything_for_the_child(case, &child).await;
        steps.child_consented = self.now() - TimeDelta::seconds(1);
    }
}
