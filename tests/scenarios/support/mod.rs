//! The stage on which the stories are played: a server with a database of its own, actors, their inboxes, and props.
//!
//! Actors act only through the API, each with its own token and its own ids. Time stands still unless a story moves it.

pub mod actor;
pub mod administration;
pub mod ask;
pub mod command;
pub mod database;
pub mod dump;
pub mod events;
pub mod everything;
pub mod fixtures;
pub mod inbox;
pub mod inputs;
pub mod insight;
pub mod ledger;
pub mod monitoring;
pub mod mrz;
pub mod process;
pub mod progress;
pub mod receiver;
pub mod row;
pub mod services;
pub mod socket;
pub mod verbs;
pub mod verbs_aftercare;
pub mod verbs_asylum;
pub mod verbs_case;
pub mod verbs_documents;
pub mod verbs_funding;
pub mod verbs_journeys;
pub mod verbs_movements;
pub mod verbs_notices;
pub mod verbs_oversight;
pub mod verbs_papers;
pub mod verbs_preparation;
pub mod verbs_programme;
pub mod verbs_referral;
pub mod verbs_safeguards;
pub mod verbs_webhooks;
pub mod watch;
pub mod whole;
pub mod world;

pub use actor::Actor;
pub use administration::jti_of;
pub use ask::Answer;
pub use command::Command;
pub use database::Database;
pub use fixtures::*;
pub use inbox::Inbox;
pub use progress::{Until, Usual};
pub use receiver::{Arrival, Reply};
pub use row::{Case, Row};
pub use socket::Socket;
pub use verbs_movements::Movement;
pub use whole::Record;
pub use world::World;

/// Makes two tests of each story, one per database: `sqlite::story` and `postgres::story`. The stories begin in a world
/// with the register alone, or with the programme that a function gives for the moment when they begin.
macro_rules! on_both_databases {
    (from $programme:ident: $($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $story() {
                $crate::support::world::play_from($crate::support::Database::Sqlite, super::$programme, super::$story);
            })+
        }

        mod postgres {
            $(#[test] fn $story() {
                $crate::support::world::play_from($crate::support::Database::Postgres, super::$programme, super::$story);
            })+
        }
    };
    ($($story:ident),+ $(,)?) => {
        use $crate::support::world::the_register;
        $crate::support::on_both_databases!(from the_register: $($story),+);
    };
}
pub(crate) use on_both_databases;
