//! The schema of the database, as migrations that mean the same on SQLite and on PostgreSQL.
//!
//! One file a concern, each with its way up and its way down. The program applies all that are missing in one transaction,
//! on both databases, whatever a migration says of itself. A published migration is never edited, and it names tables and
//! columns by enums of its own, so that a later change of the models cannot change what it once did. The same holds for
//! `columns.rs` and `constraints.rs`: published migrations are written with them, so add to them and change nothing.

use sea_orm_migration::prelude::*;

mod columns;
mod constraints;
mod m20261121_090000_registry;
mod m20261121_090100_cases;
mod m20261121_090200_assistance;
mod m20261121_090300_delivery;
mod m20261122_080000_rights;
mod m20261122_080100_jurisdictions;
mod m20261122_080200_monitoring;
mod m20261122_090100_application;
mod m20261122_090200_special_cases;
mod m20261122_090210_health_and_escorts;
mod m20261122_090400_journeys;
mod m20261122_090401_suspensions;
mod m20261122_090500_funding;
mod m20261122_090900_history;
mod m20261122_090910_territory_profile;
mod m20261122_093000_travel_documents;
mod m20261122_095000_packages;
mod m20261122_095100_aftercare;
mod m20261122_095200_referrals;
mod m20261128_100000_movements;
mod m20261128_100100_time_and_territory;
mod m20261128_100200_forced_without_escort;
mod m20261128_100210_procurement;
mod m20261128_100220_protection;
mod m20261128_100300_preparation;
mod m20261128_100500_survey_validation;
mod m20261128_100510_consent_state;
mod m20261128_200100_admission;
mod m20261128_200200_ledger;
mod m20261128_200400_asylum_claims;
mod m20261128_200410_persons_and_payees;
mod m20261128_200500_papers;
mod m20261128_200510_complaints;
mod m20261128_200600_break_glass;
mod m20261128_200610_retention;
mod m20261128_302000_webhooks;
mod m20261128_303000_inboxes;
mod m20261128_303100_escalation;
mod m20261129_100000_programme_records;
mod m20261129_110000_statistics;
mod m20261129_120000_consular_statistics;
mod m20261129_130000_registered_documents;
mod triggers;

/// The migrations of avrr-gateway, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_090000_registry::Migration),
            Box::new(m20261121_090100_cases::Migration),
            Box::new(m20261121_090200_assistance::Migration),
            Box::new(m20261121_090300_delivery::Migration),
            Box::new(m20261122_080000_rights::Migration),
            Box::new(m20261122_080100_jurisdictions::Migration),
            Box::new(m20261122_090100_application::Migration),
            Box::new(m20261122_090200_special_cases::Migration),
            Box::new(m20261122_090210_health_and_escorts::Migration),
            Box::new(m20261122_080200_monitoring::Migration),
            Box::new(m20261122_090900_history::Migration),
            Box::new(m20261122_090400_journeys::Migration),
            Box::new(m20261122_095000_packages::Migration),
            Box::new(m20261122_095100_aftercare::Migration),
            Box::new(m20261122_095200_referrals::Migration),
            Box::new(m20261122_093000_travel_documents::Migration),
            Box::new(m20261122_090910_territory_profile::Migration),
            Box::new(m20261122_090500_funding::Migration),
            Box::new(m20261122_090401_suspensions::Migration),
            Box::new(m20261128_100000_movements::Migration),
            Box::new(m20261128_100500_survey_validation::Migration),
            Box::new(m20261128_100510_consent_state::Migration),
            Box::new(m20261128_100200_forced_without_escort::Migration),
            Box::new(m20261128_100210_procurement::Migration),
            Box::new(m20261128_100220_protection::Migration),
            Box::new(m20261128_100300_preparation::Migration),
            Box::new(m20261128_100100_time_and_territory::Migration),
            Box::new(m20261128_200400_asylum_claims::Migration),
            Box::new(m20261128_200410_persons_and_payees::Migration),
            Box::new(m20261128_200500_papers::Migration),
            Box::new(m20261128_200510_complaints::Migration),
            Box::new(m20261128_200200_ledger::Migration),
            Box::new(m20261128_200100_admission::Migration),
            Box::new(m20261128_200600_break_glass::Migration),
            Box::new(m20261128_200610_retention::Migration),
            Box::new(m20261128_302000_webhooks::Migration),
            Box::new(m20261128_303000_inboxes::Migration),
            Box::new(m20261128_303100_escalation::Migration),
            Box::new(m20261129_100000_programme_records::Migration),
            Box::new(m20261129_110000_statistics::Migration),
            Box::new(m20261129_120000_consular_statistics::Migration),
            Box::new(m20261129_130000_registered_documents::Migration),
        ]
    }
}
