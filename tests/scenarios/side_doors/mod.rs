//! The ways around a table of fields, each tried on purpose: what a refusal, a count, an order, an id, a silence or a word
//! tells of what is not shown. The numbers are those of DOMAIN 4.4. Introspection (15) is tried in the contract's
//! `introspection`, and that no connection goes out (17) in its `layering`.

mod existence;
mod listings;
mod notices;
mod paths;
mod words;
