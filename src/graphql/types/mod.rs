//! The governed types of the schema, one table a file.

mod aftercare;
mod application;
mod asylum;
mod case;
mod cash_grant;
mod consent;
mod handling;
mod history;
mod indicator;
mod itinerary;
mod jurisdiction;
mod monitoring;
mod movement;
mod notice;
mod organisation;
mod person;
mod preparation;
mod project;
mod referral;
mod registry;
mod reintegration_package;
mod safeguards;
pub mod service_info;
mod suspension;
mod travel_document;
mod travel_document_request;
pub mod viewer;
