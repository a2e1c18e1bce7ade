//! Programme life, told through the API: every story is played twice, on SQLite and on PostgreSQL, by actors with tokens
//! of their own against a server that really listens.

mod access;
mod after_the_arrival;
mod assistance;
mod commands;
mod consents;
mod consular_posts;
mod crash;
mod disconnect;
mod documents;
mod families;
mod grants;
mod history;
mod indicators;
mod itineraries;
mod jurisdictions;
mod monitoring;
mod packages;
mod post_arrival;
mod preparation;
mod processes;
mod questions;
mod random_walks;
mod referrals;
mod refusals;
mod special_cases;
mod stress;
mod support;
mod suspensions;
mod territories;
mod the_journey;
mod the_way_to_the_departure;
mod transit;
mod travel_documents;
mod withdrawal;
