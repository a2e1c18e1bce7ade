//! What the tree and the schema promise, whatever the programme does: one file a promise.

mod golden;
mod layering;
mod policy_tables;
mod schema;
mod sdl;
mod source;
