//! Programme life, told through the API: every story is played twice, on SQLite and on PostgreSQL, by actors with tokens
//! of their own against a server that really listens.

mod assistance;
mod consents;
mod families;
mod itineraries;
mod support;
mod the_journey;
mod travel_documents;
mod withdrawal;
