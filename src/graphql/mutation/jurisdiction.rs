//! Commands on jurisdictions.

use super::commands;
use crate::domain::jurisdiction::Jurisdiction;
use crate::domain::money::CurrencyCode;
use crate::domain::party::PartyRelation;
use crate::graphql::scalars::{AirportScalar, CountryScalar, CurrencyScalar};
use crate::graphql::word::Word;
use async_graphql::InputObject;

/// The answer to configureJurisdiction.
pub struct ConfigureJurisdictionPayload;

impl crate::graphql::payload::Answered for ConfigureJurisdictionPayload {
    const NAME: &'static str = "ConfigureJurisdictionPayload";
    const FIELD: &'static str = "jurisdiction";
    type Node = Jurisdiction;
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
    /// After how many days its silence counts as no objection; never where it is left out.
    silent_approval_days: Option<i32>,
    /// Days of the statutory period for voluntary departure.
    statutory_days: i32,
    /// Most days by which one extension prolongs the period.
    longest_extension_days: i32,
    /// How many days before the end of the period the sending mission is warned.
    #[graphql(validator(max_items = 10))]
    warning_days: Vec<i32>,
    /// Authorities that are told of registrations: POLICE, MIGRATION.
    #[graphql(validator(max_items = 2))]
    told_of_registration: Vec<Word<PartyRelation>>,
    /// Authorities that are told of departures: POLICE, MIGRATION.
    #[graphql(validator(max_items = 2))]
    told_of_departure: Vec<Word<PartyRelation>>,
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

impl From<ConfigureJurisdictionInput> for Jurisdiction {
    fn from(input: ConfigureJurisdictionInput) -> Self {
        let words = |words: Vec<Word<PartyRelation>>| words.into_iter().map(|word| word.0).collect();
        Self {
            territory: input.territory.0,
            objection_authority: input.objection_authority.map(|word| word.0),
            silent_approval_days: input.silent_approval_days,
            statutory_days: input.statutory_days,
            longest_extension_days: input.longest_extension_days,
            warning_days: input.warning_days,
            told_of_registration: words(input.told_of_registration),
            told_of_departure: words(input.told_of_departure),
            currencies: input
                .currencies
                .into_iter()
                .map(|code| -> CurrencyCode { code.0 })
                .collect(),
            points_of_exit: input.points_of_exit.into_iter().map(|code| code.0).collect(),
            offices_at_exits: input
                .offices_at_points_of_exit
                .into_iter()
                .map(|code| code.0)
                .collect(),
            version: input.expected_version,
        }
    }
}

commands! {
    /// Commands on jurisdictions.
    JurisdictionCommands {
        /// Says what holds in a host territory from now on; what has begun keeps the periods that it began with.
        configure_jurisdiction(ConfigureJurisdictionInput) -> ConfigureJurisdictionPayload = |_context, envelope, input, desk| {
            desk.configure_jurisdiction(&envelope, input.into()).await
        };
    }
}
