//! Commands on projects, grant rules and exchange rates.

use super::grants::MoneyInput;
use super::{commands, id};
use crate::domain::funding::{ExchangeRate, GrantRule, Project, SplitPolicy, TranchePolicy};
use crate::graphql::scalars::{CountryScalar, CurrencyScalar, DateScalar};
use crate::graphql::word::Word;
use crate::ids::{NodeType, new_id};
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    RegisterProjectPayload "project": ProjectNode;
    DefineGrantRulePayload "grantRule": GrantRuleNode;
    EndGrantRulePayload "grantRule": GrantRuleNode;
    RecordExchangeRatePayload "exchangeRate": ExchangeRateNode;
}

/// Adds a project of a donor.
#[derive(InputObject)]
pub struct RegisterProjectInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// Short stable name in capital letters, digits and hyphens, which must not say whom the project is for.
    #[graphql(validator(chars_max_length = 64))]
    code: String,
    /// Full name, which must not say whom the project is for either.
    #[graphql(validator(chars_max_length = 200))]
    name: String,
    /// Who gives the money.
    #[graphql(validator(chars_max_length = 200))]
    donor: String,
    /// First day.
    starts_on: DateScalar,
    /// Last day.
    ends_on: DateScalar,
    /// Budget.
    budget: MoneyInput,
    /// Site that manages it, as IOM codes it.
    #[graphql(validator(chars_max_length = 64))]
    management_site: Option<String>,
    /// Reference in PRISM.
    #[graphql(validator(chars_max_length = 64))]
    prism_reference: Option<String>,
    /// Work breakdown structure element.
    #[graphql(validator(chars_max_length = 64))]
    wbs_reference: Option<String>,
    /// Months of one reporting period, from 1 to 120; without it the whole project is one.
    reporting_months: Option<i32>,
    /// Missions whose cases it pays for where nothing else is said.
    #[graphql(default, validator(max_items = 100))]
    mission_ids: Vec<ID>,
}

/// Adds a rule for cash grants to a project.
#[derive(InputObject)]
pub struct DefineGrantRuleInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// Short stable name in capital letters, digits and hyphens, which must not say whom the rule is for.
    #[graphql(validator(chars_max_length = 64))]
    code: String,
    /// The project.
    project_id: ID,
    /// Nationalities that it is for; all where none is named.
    #[graphql(default, validator(max_items = 250))]
    nationalities: Vec<CountryScalar>,
    /// First day on which a grant may be put forward under it.
    valid_from: DateScalar,
    /// Last day, if that is known.
    valid_to: Option<DateScalar>,
    /// Currency of the amounts.
    currency: CurrencyScalar,
    /// Amount for a person, or for the principal where dependants get another, in minor units.
    person_amount_minor: i32,
    /// Amount for each dependant, in minor units.
    dependant_amount_minor: Option<i32>,
    /// What a family unit gets at most across its cases, in minor units.
    family_cap_minor: Option<i32>,
    /// The part that is paid at departure, in minor units; a half where nothing is said.
    return_allowance_minor: Option<i32>,
    /// How many payments.
    tranche_policy: Word<TranchePolicy>,
    /// How a family shares what the cap leaves it.
    split_policy: Word<SplitPolicy>,
}

/// Ends a rule.
#[derive(InputObject)]
pub struct EndGrantRuleInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The rule.
    grant_rule_id: ID,
    /// The version of the rule that was decided on.
    expected_version: i32,
    /// The last day on which a grant may be put forward under it.
    valid_to: DateScalar,
}

/// Records what one unit of a currency was worth in another.
#[derive(InputObject)]
pub struct RecordExchangeRateInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The currency of which one unit is meant.
    base: CurrencyScalar,
    /// The currency that it is expressed in.
    quote: CurrencyScalar,
    /// The rate as a decimal of at most nine digits before and six after the point, such as 1.0825.
    #[graphql(validator(chars_max_length = 16))]
    rate: String,
    /// The day of the rate.
    valid_on: DateScalar,
    /// Who published it.
    #[graphql(validator(chars_max_length = 200))]
    source: String,
}

commands! {
    /// Commands on projects, grant rules and exchange rates.
    FundingCommands {
        /// Adds a project of a donor.
        register_project(RegisterProjectInput) -> RegisterProjectPayload = |context, envelope, input, desk| {
            let missions = input.mission_ids.iter().map(|mission| id(context, NodeType::Organisation, mission));
            let project = Project {
                id: new_id(desk.store.clock().now()).into(),
                code: input.code,
                name: input.name,
                donor: input.donor,
                starts_on: input.starts_on.0,
                ends_on: input.ends_on.0,
                budget: input.budget.into(),
                management_site: input.management_site,
                prism_reference: input.prism_reference,
                wbs_reference: input.wbs_reference,
                reporting_months: input.reporting_months,
                missions: missions.collect::<async_graphql::Result<_>>()?,
                version: 1,
            };
            desk.register_project(&envelope, project).await
        };
        /// Adds a rule for cash grants to a project; rules are never edited, only ended and replaced.
        define_grant_rule(DefineGrantRuleInput) -> DefineGrantRulePayload = |context, envelope, input, desk| {
            let rule = GrantRule {
                id: new_id(desk.store.clock().now()).into(),
                code: input.code,
                project: id(context, NodeType::Project, &input.project_id)?,
                nationalities: input.nationalities.into_iter().map(|place| place.0).collect(),
                valid_from: input.valid_from.0,
                valid_to: input.valid_to.map(|day| day.0),
                currency: input.currency.0,
                person_minor: input.person_amount_minor.into(),
                dependant_minor: input.dependant_amount_minor.map(i64::from),
                family_cap_minor: input.family_cap_minor.map(i64::from),
                return_allowance_minor: input.return_allowance_minor.map(i64::from),
                tranche_policy: input.tranche_policy.0,
                split_policy: input.split_policy.0,
                version: 1,
            };
            desk.define_grant_rule(&envelope, rule).await
        };
        /// Ends a rule: it no longer applies after a day. Grants that it was applied to stay as they are.
        end_grant_rule(EndGrantRuleInput) -> EndGrantRulePayload = |context, envelope, input, desk| {
            let rule = id(context, NodeType::GrantRule, &input.grant_rule_id)?;
            desk.end_grant_rule(&envelope, rule, input.expected_version, input.valid_to.0).await
        };
        /// Records a rate between two currencies, with its day and source.
        record_exchange_rate(RecordExchangeRateInput) -> RecordExchangeRatePayload = |_context, envelope, input, desk| {
            let rate = ExchangeRate {
                id: new_id(desk.store.clock().now()).into(),
                base: input.base.0,
                quote: input.quote.0,
                // What is no rate is refused as one that is not positive.
                rate_micros: ExchangeRate::micros(&input.rate).unwrap_or_default(),
                valid_on: input.valid_on.0,
                source: input.source,
            };
            desk.record_exchange_rate(&envelope, rate).await
        };
    }
}
