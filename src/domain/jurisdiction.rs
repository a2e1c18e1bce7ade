//! What differs from territory to territory: the flowchart is generic, and each of the six has its own procedure (S2).
//!
//! The values are data that the administration changes; where nothing has been configured the defaults here hold. The
//! Return Directive's 7 to 30 days are the default frame of the statutory period (S3:548); which authority is asked and
//! after how many days its silence counts as no objection is our choice until the territories' own procedures are known.

use super::money::CurrencyCode;
use super::party::{Directory, OrganisationKind, PartyRelation};
use super::territory::{AIRPORTS, CountryCode, airport};
use super::transition::{Reason, Refusal};
use crate::ids::OrganisationId;

/// What holds in one host territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jurisdiction {
    /// The host territory.
    pub territory: CountryCode,
    /// Which authority is asked whether it objects: the police or the migration authority; nobody where none is named.
    pub objection_authority: Option<PartyRelation>,
    /// The authority of that kind that is asked; the first by code where none is named.
    pub authority_to_ask: Option<OrganisationId>,
    /// After how many days the authority's silence counts as no objection; never where nothing is said.
    pub silent_approval_days: Option<i32>,
    /// Days for which a signed application holds until the statutory period begins; without limit where nothing is said.
    pub application_valid_days: Option<i32>,
    /// Days of the statutory period for voluntary departure.
    pub statutory_days: i32,
    /// Most days by which one extension prolongs it.
    pub longest_extension_days: i32,
    /// How many days before its end the sending mission is warned.
    pub warning_days: Vec<i32>,
    /// Whether days on which a case is on hold because of a suspension of operations prolong the period.
    pub suspension_stops_period: bool,
    /// For how many hours an assessment of fitness to travel holds.
    pub fitness_window_hours: i32,
    /// Authorities that are told of registrations.
    pub told_of_registration: Vec<PartyRelation>,
    /// Authorities that are told of departures.
    pub told_of_departure: Vec<PartyRelation>,
    /// The authorities of these kinds that are told; all of a kind of which none is named.
    pub authorities_to_tell: Vec<OrganisationId>,
    /// Currencies in which grants are paid.
    pub currencies: Vec<CurrencyCode>,
    /// Airports through which persons leave, IATA codes.
    pub points_of_exit: Vec<String>,
    /// Those of them where the authorities give IOM room for an office (N5b).
    pub offices_at_exits: Vec<String>,
    /// Counts the changes of this row.
    pub version: i32,
}

/// Longest statutory period and extension that can be configured, in days.
const LONGEST: i32 = 365;

/// Longest time for which an assessment of fitness to travel can hold, in hours.
const LONGEST_FITNESS: i32 = 720;

impl Jurisdiction {
    /// What holds in a territory until somebody configures it.
    #[must_use]
    pub fn by_default(territory: CountryCode) -> Self {
        let local = match territory.as_str() {
            "ALB" => "ALL",
            "BIH" => "BAM",
            "MKD" => "MKD",
            "SRB" => "RSD",
            _ => "EUR",
        };
        let mut currencies: Vec<_> = [local, "EUR", "USD"]
            .into_iter()
            .filter_map(CurrencyCode::parse)
            .collect();
        currencies.dedup();
        let exits = AIRPORTS.iter().filter(|airport| airport.country == territory);
        // The programme's partner in Albania is a police force alone (S0:16).
        let authority = if territory.as_str() == "ALB" {
            PartyRelation::Police
        } else {
            PartyRelation::Migration
        };
        Self {
            territory,
            objection_authority: Some(authority),
            authority_to_ask: None,
            silent_approval_days: Some(7),
            application_valid_days: None,
            statutory_days: 30,
            longest_extension_days: 30,
            warning_days: vec![7, 3],
            suspension_stops_period: false,
            fitness_window_hours: 72,
            told_of_registration: vec![PartyRelation::Migration],
            told_of_departure: vec![PartyRelation::Police, PartyRelation::Migration],
            authorities_to_tell: Vec::new(),
            currencies,
            points_of_exit: exits.map(|airport| airport.code.to_owned()).collect(),
            offices_at_exits: Vec::new(),
            version: 1,
        }
    }

    /// Checks what an administrator wishes to configure.
    ///
    /// # Errors
    ///
    /// `INVALID`, naming the field: a territory that hosts nobody, an authority that is none, days out of range, warnings
    /// that do not lie within the period, an airport of another territory, an office where nobody leaves.
    pub fn check(&self) -> Result<(), Refusal> {
        let authority =
            |relation: &PartyRelation| matches!(relation, PartyRelation::Police | PartyRelation::Migration);
        let days = |days: &i32| (1..=LONGEST).contains(days);
        let exits = |code: &String| airport(code).is_some_and(|airport| airport.country == self.territory);
        let office = |code: &String| self.points_of_exit.contains(code);
        let hours = |hours: &i32| (1..=LONGEST_FITNESS).contains(hours);
        let rules: [(&'static str, bool); 13] = [
            ("territory", self.territory.is_host_territory()),
            (
                "objectionAuthority",
                self.objection_authority.iter().all(authority),
            ),
            ("silentApprovalDays", self.silent_approval_days.iter().all(days)),
            (
                "applicationValidDays",
                self.application_valid_days.iter().all(days),
            ),
            ("fitnessWindowHours", hours(&self.fitness_window_hours)),
            ("statutoryDays", days(&self.statutory_days)),
            ("longestExtensionDays", days(&self.longest_extension_days)),
            (
                "warningDays",
                self.warning_days
                    .iter()
                    .all(|day| (1..self.statutory_days).contains(day)),
            ),
            (
                "toldOfRegistration",
                self.told_of_registration.iter().all(authority),
            ),
            ("toldOfDeparture", self.told_of_departure.iter().all(authority)),
            ("currencies", !self.currencies.is_empty()),
            (
                "pointsOfExit",
                !self.points_of_exit.is_empty() && self.points_of_exit.iter().all(exits),
            ),
            ("officesAtPointsOfExit", self.offices_at_exits.iter().all(office)),
        ];
        match rules.into_iter().find(|(_, holds)| !holds) {
            Some((field, _)) => Err(Refusal::at(Reason::Invalid, field)),
            None => Ok(()),
        }
    }

    /// Checks that the authorities named are such of the territory: whoever is asked of the kind that is asked, whoever is
    /// told of a kind that is told of something.
    ///
    /// # Errors
    ///
    /// `INVALID`, naming the field.
    pub fn check_authorities(&self, directory: &Directory) -> Result<(), Refusal> {
        let kind_of = |id: &OrganisationId| directory.authority_of(self.territory, *id);
        let asked = self.authority_to_ask.as_ref();
        let asked =
            asked.is_none_or(|id| kind_of(id).is_some_and(|kind| Some(kind) == self.objection_authority));
        if !asked {
            return Err(Refusal::at(Reason::Invalid, "authorityToAskId"));
        }
        let told = |kind: PartyRelation| {
            self.told_of_registration.contains(&kind) || self.told_of_departure.contains(&kind)
        };
        let mut to_tell = self.authorities_to_tell.iter();
        if to_tell.all(|id| kind_of(id).is_some_and(told)) {
            Ok(())
        } else {
            Err(Refusal::at(Reason::Invalid, "authoritiesToTellIds"))
        }
    }
}

impl Directory {
    /// Which kind of authority of a territory an organisation is, if it is one.
    fn authority_of(&self, territory: CountryCode, id: OrganisationId) -> Option<PartyRelation> {
        let organisation = self.organisation(id)?;
        let kind = match organisation.kind {
            OrganisationKind::Police => PartyRelation::Police,
            OrganisationKind::MigrationAuthority => PartyRelation::Migration,
            _ => return None,
        };
        (organisation.territory == Some(territory)).then_some(kind)
    }

    /// The authorities of a kind in a territory, in the order of their codes.
    fn authorities(&self, territory: CountryCode, kind: PartyRelation) -> Vec<OrganisationId> {
        let all = self.organisations.iter();
        let mut all: Vec<_> = all
            .filter(|organisation| self.authority_of(territory, organisation.id) == Some(kind))
            .collect();
        all.sort_by(|one, other| one.code.cmp(&other.code));
        all.into_iter().map(|organisation| organisation.id).collect()
    }

    /// The authority that is asked whether it objects: one of the kind that the procedure names, the preferred one if any
    /// is, else the one that the administration named, else the first by code.
    #[must_use]
    pub fn authority_to_ask(
        &self,
        jurisdiction: &Jurisdiction,
        preferred: Option<OrganisationId>,
    ) -> Option<OrganisationId> {
        let kind = jurisdiction.objection_authority?;
        let named = preferred.or(jurisdiction.authority_to_ask);
        let all = self.authorities(jurisdiction.territory, kind);
        all.into_iter().find(|id| named.is_none_or(|named| named == *id))
    }

    /// The authorities of these kinds that are told, each with its kind.
    #[must_use]
    pub fn authorities_told(
        &self,
        jurisdiction: &Jurisdiction,
        kinds: &[PartyRelation],
    ) -> Vec<(OrganisationId, PartyRelation)> {
        let named = &jurisdiction.authorities_to_tell;
        let mut told = Vec::new();
        for kind in kinds {
            let all = self.authorities(jurisdiction.territory, *kind);
            let some_are_named = all.iter().any(|id| named.contains(id));
            let those = all.into_iter().filter(|id| !some_are_named || named.contains(id));
            told.extend(those.map(|id| (id, *kind)));
        }
        told
    }

    /// What holds in a host territory.
    #[must_use]
    pub fn jurisdiction(&self, territory: CountryCode) -> Jurisdiction {
        let configured = self
            .jurisdictions
            .iter()
            .find(|known| known.territory == territory);
        configured
            .cloned()
            .unwrap_or_else(|| Jurisdiction::by_default(territory))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_six_territories_have_defaults_that_can_be_configured_as_they_are() {
        for territory in CountryCode::HOST_TERRITORIES {
            let default = Jurisdiction::by_default(territory);
            assert_eq!(default.check(), Ok(()), "{territory}");
            assert!(!default.points_of_exit.is_empty(), "{territory}");
        }
    }

    #[test]
    fn what_cannot_hold_is_refused_by_the_name_of_its_field() {
        let usual = || Jurisdiction::by_default(CountryCode::KOSOVO);
        let wrong: [(&str, Jurisdiction); 5] = [
            (
                "territory",
                Jurisdiction {
                    territory: CountryCode::parse("IRQ").expect("Iraq"),
                    ..usual()
                },
            ),
            (
                "objectionAuthority",
                Jurisdiction {
                    objection_authority: Some(PartyRelation::Consular),
                    ..usual()
                },
            ),
            (
                "statutoryDays",
                Jurisdiction {
                    statutory_days: 0,
                    ..usual()
                },
            ),
            (
                "warningDays",
                Jurisdiction {
                    statutory_days: 7,
                    ..usual()
                },
            ),
            (
                "pointsOfExit",
                Jurisdiction {
                    points_of_exit: vec!["BEG".to_owned()],
                    ..usual()
                },
            ),
        ];
        for (field, jurisdiction) in wrong {
            let refusal = jurisdiction.check().expect_err(field);
            assert_eq!((refusal.reason, refusal.field), (Reason::Invalid, Some(field)));
        }
    }
}
