//! What leaves only as a number: the indicators of the results matrix and tables of returns, for viewers who can read no
//! row (INV-20).
//!
//! Persons are counted from facts ([`crate::domain::statistics`]) and told of once: [`publishing`] gathers them into cells
//! ([`disclosure`]) along a fixed family of tables ([`tree`]), and every answer ([`figures`]) to every [`question`] is a sum
//! of such cells. What missions are told of [`consular`] posts is published beside them. `docs/disclosure-control.md` says what that guarantees, and what it does not.

pub mod catalogue;
pub mod consular;
pub mod dimension;
pub mod disclosure;
pub mod figures;
pub mod matrix;
mod provenance;
pub mod publishing;
pub mod question;
mod records;
mod series;
pub mod tables;
pub mod tree;

use crate::domain::statistics::Rules;
use disclosure::Thresholds;
use publishing::Audience;

impl Rules {
    /// The thresholds for an audience.
    #[must_use]
    pub fn thresholds(&self, audience: Audience) -> Thresholds {
        Thresholds {
            usual: match audience {
                Audience::Inside => self.inside,
                Audience::Outside => self.outside,
            },
            of_territories: self.of_territories.clone(),
        }
    }
}
