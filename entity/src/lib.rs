//! The tables of avrr-gateway as sea-orm models, one file a table.
//!
//! A model is a row as the database keeps it and nothing more: it knows no rule of the programme, no viewer
//! and no GraphQL. The store alone reads these types and turns them into values of the domain. What every
//! table has in common:
//!
//! - Ids are UUIDs of version 7 that the program makes, so their order is the order in which rows were made.
//! - Times are UTC, in microseconds. Money is an `i64` of minor units beside an ISO 4217 code.
//! - States, kinds and other codes are text, which the store refuses where the domain does not know it.
//! - There are no relations: the store joins by condition, since what may be joined depends on who asks.
//!
//! The tables are made by the crate `migration`, which names them anew and never imports this one.

#![expect(
    clippy::disallowed_methods,
    reason = "the code that `sea_orm::model` makes beside a model selects and begins; the store calls none of it"
)]

// The registry: who takes part, and the installation itself.
pub mod accreditation;
pub mod client;
pub mod installation;
pub mod jurisdiction;
pub mod revoked_token;
pub mod transfer_agreement;

// Who pays, and how much.
pub mod exchange_rate;
pub mod family;
pub mod grant_computation;
pub mod grant_rule;
pub mod organisation;
pub mod project;
pub mod project_mission;

// Cases and the people in them.
pub mod asylum_claim;
pub mod break_glass_access;
pub mod case;
pub mod case_party;
pub mod case_suspension;
pub mod consent;
pub mod counselling_session;
pub mod objection_check;
pub mod person;
pub mod statutory_extension;
pub mod statutory_period;

// What protects the people in cases.
pub mod airline_clearance;
pub mod airport_transfer;
pub mod assistance_provision;
pub mod child_safeguards;
pub mod consular_appointment;
pub mod detention;
pub mod escort;
pub mod fitness_assessment;
pub mod health_requirement;
pub mod medical_note;
pub mod migrant_briefing;
pub mod pre_departure_circumstances;
pub mod temporary_accommodation;
pub mod vulnerability_assessment;

// What a case is given.
pub mod aftercare;
pub mod arrival;
pub mod cash_grant;
pub mod consular_interview;
pub mod custody_entry;
pub mod disclosure_snapshot;
pub mod handover;
pub mod information_request;
pub mod itinerary;
pub mod manifest_line;
pub mod monitoring_contact;
pub mod movement;
pub mod movement_flight;
pub mod operations_suspension;
pub mod package_item;
pub mod paper;
pub mod paper_content;
pub mod personal_document;
pub mod referral;
pub mod registered_document;
pub mod reintegration_package;
pub mod segment;
pub mod tranche;
pub mod transit_handling;
pub mod transit_incident;
pub mod travel_document_request;

// What returnees say, where people are told of return, and what is done for partners.
pub mod campaign_report;
pub mod complaint;
pub mod outreach_visit;
pub mod partner_survey;
pub mod person_fact;
pub mod publication_batch;
pub mod publication_cell;
pub mod publication_cohort;
pub mod publication_head;
pub mod published_answer;
pub mod published_refusal;
pub mod published_request;
pub mod published_waiting;
pub mod survey_response;
pub mod training;

// What was told, and what was done.
pub mod audit_entry;
pub mod disclosure;
pub mod escalation;
pub mod escalation_rule;
pub mod escalation_step;
pub mod idempotency_key;
pub mod inbox_head;
pub mod ledger_head;
pub mod notice;
pub mod retention_certificate;
pub mod retention_mark;
pub mod webhook;
pub mod webhook_attempt;
pub mod webhook_key;
