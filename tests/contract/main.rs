//! What the tree and the schema promise, whatever the programme does: one file a promise.

mod actions_agree;
mod agreed_matrix;
mod canary;
mod deprecations;
mod errors;
mod golden;
mod introspection;
mod invariants;
mod layering;
mod ledger;
mod matrix;
mod migrations;
mod order;
mod permissions;
mod policy_tables;
mod queries;
mod reach_agrees;
mod records;
mod removal;
mod retention;
mod schema;
mod sdl;
mod source;
mod stage;
mod state_machines;
mod streams;
#[path = "../scenarios/support/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    reason = "the stage of the stories, of which the contract needs a part"
)]
mod support;
mod twins;
mod windows;
