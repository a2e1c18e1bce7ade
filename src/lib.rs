//! avrr-gateway: one typed API for the partners of an assisted voluntary return and reintegration programme.
//!
//! Read the rooms in this order:
//!
//! 1. [`domain`]: the programme itself, pure. Cases, documents, journeys, grants, and what each step tells whom.
//! 2. [`policy`]: who may see which field of which row, and who may do what. Three tables and the type that enforces them.
//! 3. [`store`]: the only room that speaks to the database. Reads come out governed; writes go in as one transaction.
//! 4. [`commands`]: authorise, load, let the domain decide, save.
//! 5. [`notify`] and [`indicators`]: what leaves without being asked for, and what leaves only as a number.
//! 6. [`graphql`] and [`http`]: the contract with the outside.
//! 7. [`app`], [`config`], [`cli`] and [`demo`]: how it starts; [`telemetry`]: traces of what it does.

// The commands of the schema are one object merged from many, each a layer of a future.
#![recursion_limit = "256"]
#![warn(clippy::unwrap_used)]

pub mod app;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod domain;
pub mod error;
pub mod graphql;
pub mod http;
pub mod ids;
pub mod indicators;
pub mod notify;
pub mod policy;
pub mod store;
pub mod telemetry;
