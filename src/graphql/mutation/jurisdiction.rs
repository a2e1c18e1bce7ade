//! Commands on jurisdictions.

use super::{commands, id};
use crate::domain::jurisdiction::Jurisdiction;
use crate::domain::money::CurrencyCode;
use crate::domain::party::PartyRelation;
use crate::graphql::scalars::{AirportScalar, CountryScalar, CurrencyScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::store::nodes::JurisdictionNode;
use async_graphql::{Context, ID, InputObject, Result};

/// The answer to configureJurisdiction.
pub struct ConfigureJurisdictionPayload;

impl crate::graphql::payload::Answered for ConfigureJurisdictionPayload {
    const NAME: &'static str = "ConfigureJurisdictionPayload";
    const FIELD: &'static str = "jurisdiction";
    type Node = JurisdictionNode;
}

/// Says what holds in a host territory from now on.
#[derive(InputObject)]
pub struct ConfigureJurisdictionInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The host territory.
    territory: CountryScalar,
    /// The version of the jurisdiction that was decided on.
    expected_version: i32,
    /// The authority that is asked whether it objects: POLICE or MIGRATION; nobody is asked where it is left out.
    objection_authority: Option<Word<PartyRelation>>,
    /// The authority of that kind that is asked; the first by code where it is left out.
    authority_to_ask_id: Option<ID>,
    /// After how many days its silence counts as no objection; never where it is left out.
    silent_approval_days: Option<i32>,
    /// Days for which a signed application holds until the statutory period begins; without limit where it is left out.
    application_valid_days: Option<i32>,
    /// Days of the statutory period for voluntary departure.
    statutory_days: i32,
    /// Most days by which one extension prolongs the period.
    longest_extension_days: i32,
    /// How many days before the end of the period the sending mission is warned.
    #[graphql(validator(max_items = 10))]
    warning_days: Vec<i32>,
    /// Whether days on which a case is on hold because operations are suspended prolong the period.
    #[graphql(default = false)]
    suspension_stops_period: bool,
    /// For how many hours an assessment of fitness to travel holds.
    #[graphql(default = 72)]
    fitness_window_hours: i32,
    /// Authorities that are told of registrations: POLICE, MIGRATION.
    #[graphql(validator(max_items = 2))]
    told_of_registration: Vec<Word<PartyRelation>>,
    /// Authorities that are told of departures: POLICE, MIGRATION.
    #[graphql(validator(max_items = 2))]
    told_of_departure: Vec<Word<PartyRelation>>,
    /// The authorities of these kinds that are told; all of a kind of which none is named.
    #[graphql(default, validator(max_items = 20))]
    authorities_to_tell_ids: Vec<ID>,
    /// Currencies in which grants are paid.
    #[graphql(validator(min_items = 1, max_items = 20))]
    currencies: Vec<CurrencyScalar>,
    /// Airports through which persons leave.
    #[graphql(validator(max_items = 20))]
    points_of_exit: Vec<AirportScalar>,
    /// Those of them where the authorities give IOM room for an office.
    #[graphql(default, validator(max_items = 20))]
    offices_at_points_of_exit: Vec<AirportScalar>,
}

impl ConfigureJurisdictionInput {
    fn jurisdiction(self, context: &Context<'_>) -> Result<Jurisdiction> {
        let words = |words: Vec<Word<PartyRelation>>| words.into_iter().map(|word| word.0).collect();
        let authority = |named: &ID| id(context, NodeType::Organisation, named);
        let currencies = self.currencies.into_iter();
        Ok(Jurisdiction {
            territory: self.territory.0,
            objection_authority: self.objection_authority.map(|word| word.0),
            authority_to_ask: self.authority_to_ask_id.as_ref().map(authority).transpose()?,
            silent_approval_days: self.silent_approval_days,
            application_valid_days: self.application_valid_days,
            statutory_days: self.statutory_days,
            longest_extension_days: self.longest_extension_days,
            warning_days: self.warning_days,
            suspension_stops_period: self.suspension_stops_period,
            fitness_window_hours: self.fitness_window_hours,
            told_of_registration: words(self.told_of_registration),
            told_of_departure: words(self.told_of_departure),
            authorities_to_tell: self
                .authorities_to_tell_ids
                .iter()
                .map(authority)
                .collect::<Result<_>>()?,
            currencies: currencies.map(|code| -> CurrencyCode { code.0 }).collect(),
            points_of_exit: self.points_of_exit.into_iter().map(|code| code.0).collect(),
            offices_at_exits: self
                .offices_at_points_of_exit
                .into_iter()
                .map(|code| code.0)
                .collect(),
            version: self.expected_version,
        })
    }
}

commands! {
    /// Commands on jurisdictions.
    JurisdictionCommands {
        /// Says what holds in a host territory from now on; what has begun keeps the periods that it began with.
        configure_jurisdiction(ConfigureJurisdictionInput) -> ConfigureJurisdictionPayload = |context, envelope, input, desk| {
            let jurisdiction = input.jurisdiction(context)?;
            desk.configure_jurisdiction(&envelope, jurisdiction).await
        };
    }
}
