//! The programme, pure: no database, no GraphQL, no clock, nothing that waits.
//!
//! A person who wishes to go home signs an application with an IOM mission (*sending*). That opens a [`case`]: a family,
//! one or more [`person`]s, and their [`consent`]s, which say who may be told what. A consular post may be asked for a
//! [`travel_document`]; a journey is booked as an [`itinerary`], which may be suspended and booked again; money for the
//! first days is a [`cash_grant`], help to start anew a [`reintegration`] package. Several cases may fly together as a
//! [`movement`]. Every step yields [`event`]s, and
//! [`notice`] says which [`party`] is told of each. The person may withdraw at any moment before departure; then
//! everything open is cancelled and everybody who had been told is told so.
//!
//! A case with all that hangs on it is a [`case_file::CaseFile`]: steps take one and return a
//! [`transition::Changed`] one, or a [`transition::Refusal`].

pub mod aftercare;
pub mod agreement;
pub mod application;
pub mod asylum;
pub mod break_glass;
pub mod campaign;
pub mod case;
pub mod case_file;
pub mod cash_grant;
pub mod code;
pub mod complaint;
pub mod consent;
pub mod counselling;
pub mod disclosure;
pub mod document;
pub mod entitlement;
pub mod escalation;
pub mod event;
pub mod event_type;
pub mod funding;
pub mod handling;
pub mod history;
pub mod instrument;
pub mod instruments;
pub mod itinerary;
pub mod jurisdiction;
pub mod lifecycle;
pub mod lifecycles;
pub mod money;
pub mod movement;
pub mod mrz;
pub mod notice;
pub mod objection;
pub mod outreach;
pub mod paper;
pub mod partner_survey;
pub mod party;
pub mod person;
pub mod readiness;
pub mod referral;
pub mod registry;
pub mod reintegration;
pub mod retention;
pub mod safeguards;
pub mod statistics;
pub mod statutory;
pub mod steps;
pub mod survey;
pub mod suspension;
pub mod territory;
pub mod training;
pub mod transition;
pub mod travel_document;
pub mod voluntary;
pub mod webhook;
