//! Fair use: what an operation costs, and how many points a client has left. The cost is estimated before anything is done,
//! by the rows that the document could bring; points come back by the second.

use super::order::root_keys;
use crate::clock::{Clock, Ticks};
use crate::config::{FairUseSettings, Limits};
use crate::domain::code::Code as _;
use crate::ids::ClientId;
use crate::indicators::matrix::IndicatorCode;
use crate::indicators::tables::MOST_ROWS;
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Name, Value, Variables};
use async_graphql_value::Value as Written;
use governor::clock::Clock as _;
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{NotUntil, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::time::Duration;

/// What a command costs beside what its answer brings.
const COMMAND: u32 = 10;

/// How many words and signs of a document are read for one point.
const WORDS_A_POINT: usize = 200;

/// What the schema costs, however much of it is asked for: most ask for all of it, which is a megabyte.
const SCHEMA: u32 = super::lane::DEAR;

/// How many indicators there are.
const EVERY_INDICATOR: usize = IndicatorCode::ALL.len();

/// Points of every client.
pub struct FairUse {
    settings: FairUseSettings,
    points: RateLimiter<ClientId, DashMapStateStore<ClientId>, Ticks, StateInformationMiddleware>,
}

/// What was taken for an operation, and what was left then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    requested: u32,
    left: u32,
    settings: FairUseSettings,
}

/// The points are used up; so many are there again after this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted {
    /// What was not taken.
    pub charge: Charge,
    /// When they are enough.
    pub wait: Duration,
}

impl FairUse {
    /// Full points for everybody; nothing where nothing is counted.
    #[must_use]
    pub fn new(settings: FairUseSettings, clock: Clock) -> Option<Self> {
        let most = NonZeroU32::new(settings.points)?;
        let quota = Quota::per_second(NonZeroU32::new(settings.points_per_second)?).allow_burst(most);
        Some(Self {
            settings,
            points: RateLimiter::new(quota, DashMapStateStore::default(), Ticks(clock)),
        })
    }

    /// Takes the cost of an operation. What costs more than a client ever has costs all that it has.
    ///
    /// # Errors
    ///
    /// [`Exhausted`] where they are not enough now; then none are taken.
    pub fn charge(&self, client: ClientId, cost: u32) -> Result<Charge, Exhausted> {
        let cost = cost.clamp(1, self.settings.points);
        let charge = |left| Charge {
            requested: cost,
            left,
            settings: self.settings,
        };
        let Some(points) = NonZeroU32::new(cost) else {
            return Ok(charge(self.settings.points));
        };
        match self.points.check_key_n(&client, points) {
            Ok(Ok(state)) => Ok(charge(state.remaining_burst_capacity())),
            Ok(Err(until)) => Err(self.exhausted(&until, charge)),
            // Never: the cost is no more than the most.
            Err(_) => Ok(charge(0)),
        }
    }

    /// Takes what is missing of the cost of an operation, for which something was taken already.
    ///
    /// # Errors
    ///
    /// [`Exhausted`] where the points are not enough now; then no more are taken.
    pub fn charge_rest(&self, client: ClientId, taken: Charge, cost: u32) -> Result<Charge, Exhausted> {
        let cost = cost.clamp(1, self.settings.points);
        let Some(rest) = cost.checked_sub(taken.requested).filter(|rest| *rest > 0) else {
            return Ok(taken);
        };
        let whole = |charge| Charge {
            requested: cost,
            ..charge
        };
        self.charge(client, rest).map(whole).map_err(|none| Exhausted {
            charge: whole(none.charge),
            ..none
        })
    }

    fn exhausted(&self, until: &NotUntil<Nanos>, charge: impl Fn(u32) -> Charge) -> Exhausted {
        let wait = until.wait_time_from(self.points.clock().now());
        let missing = wait.as_millis() * u128::from(self.settings.points_per_second) / 1_000;
        let whole = charge(0);
        let left = u128::from(whole.requested).saturating_sub(missing.max(1));
        Exhausted {
            charge: charge(u32::try_from(left).unwrap_or_default()),
            wait,
        }
    }
}

impl Exhausted {
    /// The wait in whole seconds, as `Retry-After` has it: never too few.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        self.wait.as_secs() + u64::from(self.wait.subsec_nanos() > 0)
    }
}

impl Charge {
    /// What was taken.
    #[must_use]
    pub fn requested(self) -> u32 {
        self.requested
    }

    /// `extensions.cost`, in the shape that clients of other APIs know; the actual cost counts the rows that were told.
    #[must_use]
    pub fn told(self, rows: Option<usize>) -> Value {
        let mut cost = IndexMap::from([(Name::new("requestedQueryCost"), Value::from(self.requested))]);
        if let Some(rows) = rows {
            cost.insert(Name::new("actualQueryCost"), Value::from(rows + 1));
        }
        let status = IndexMap::from([
            (Name::new("maximumAvailable"), Value::from(self.settings.points)),
            (Name::new("currentlyAvailable"), Value::from(self.left)),
            (
                Name::new("restoreRate"),
                Value::from(self.settings.points_per_second),
            ),
        ]);
        cost.insert(Name::new("throttleStatus"), Value::Object(status));
        Value::Object(cost)
    }
}

/// What it costs to read a document of so many words and signs, whatever it asks for.
#[must_use]
pub fn reading(words: usize) -> u32 {
    u32::try_from(1 + words / WORDS_A_POINT).unwrap_or(u32::MAX)
}

/// What an operation could bring, in rows: a connection counts its children for each row of its page.
#[must_use]
pub fn cost(
    document: &ExecutableDocument,
    operation: Option<&OperationDefinition>,
    variables: &Variables,
    limits: &Limits,
) -> u32 {
    let Some(operation) = operation else { return 1 };
    let estimate = Estimate {
        document,
        variables,
        limits,
    };
    let set = &operation.selection_set.node;
    let rows = estimate.of(set);
    if operation.ty == OperationType::Mutation {
        // Through whatever fragments they are given.
        let commands = root_keys(document, Some(operation)).len();
        let commands = u32::try_from(commands).unwrap_or(u32::MAX);
        return rows.saturating_add(commands.saturating_mul(COMMAND));
    }
    rows.max(1)
}

/// What matters here of a value.
enum Given {
    Null,
    Number(u64),
    List(usize),
    Other,
}

impl Given {
    fn of(value: &Value) -> Self {
        match value {
            Value::List(items) => Self::List(items.len()),
            Value::Number(number) => number.as_u64().map_or(Self::Other, Self::Number),
            Value::Null => Self::Null,
            _ => Self::Other,
        }
    }
}

struct Estimate<'d> {
    document: &'d ExecutableDocument,
    variables: &'d Variables,
    limits: &'d Limits,
}

impl Estimate<'_> {
    /// The limits on documents bound the walk: fragments were counted wherever they are spread.
    fn of(&self, set: &SelectionSet) -> u32 {
        let costs = set.items.iter().map(|selection| match &selection.node {
            Selection::Field(field) => self.of_field(&field.node),
            Selection::InlineFragment(fragment) => self.of(&fragment.node.selection_set.node),
            Selection::FragmentSpread(spread) => {
                let fragment = self.document.fragments.get(&spread.node.fragment_name.node);
                fragment.map_or(0, |fragment| self.of(&fragment.node.selection_set.node))
            }
        });
        costs.fold(0, u32::saturating_add)
    }

    fn of_field(&self, field: &Field) -> u32 {
        let set = &field.selection_set.node;
        if set.items.is_empty() {
            return 0;
        }
        if ["__schema", "__type"].contains(&field.name.node.as_str()) {
            return SCHEMA;
        }
        self.page(field).saturating_mul(self.of(set)).saturating_add(1)
    }

    /// How many rows a field may bring: the page of a connection or a table, what is named by ids and codes, one of anything
    /// else.
    fn page(&self, field: &Field) -> u32 {
        let page = ["first", "last"]
            .iter()
            .find_map(|name| match self.argument(field, name)? {
                Given::Number(number) => Some(number),
                _ => None,
            });
        let (unsaid, most) = match field.name.node.as_str() {
            "returns" => (MOST_ROWS, MOST_ROWS),
            "indicators" => (self.named(field, "codes").unwrap_or(EVERY_INDICATOR), usize::MAX),
            "consularStatistics" => {
                let posts = self.named(field, "consularPosts");
                (posts.unwrap_or(self.limits.default_page), usize::MAX)
            }
            _ if self.holds_rows(&field.selection_set.node) => {
                (self.limits.default_page, self.limits.max_page)
            }
            _ => (self.named(field, "ids").unwrap_or(1), self.limits.max_page),
        };
        let page = page.map_or(unsaid, |page| usize::try_from(page).unwrap_or(usize::MAX));
        u32::try_from(page.min(most)).unwrap_or(u32::MAX)
    }

    /// How many rows an argument names, if it is given.
    fn named(&self, field: &Field, argument: &str) -> Option<usize> {
        match self.argument(field, argument)? {
            Given::List(named) => Some(named),
            Given::Null => None,
            Given::Number(_) | Given::Other => Some(1),
        }
    }

    /// What an argument is given. Nothing is copied: it may be large, and is looked at for every field.
    fn argument(&self, field: &Field, name: &str) -> Option<Given> {
        Some(match &field.get_argument(name)?.node {
            Written::Variable(variable) => match self.variables.get(variable) {
                Some(value) => Given::of(value),
                None => Given::Null,
            },
            Written::List(items) => Given::List(items.len()),
            Written::Number(number) => number.as_u64().map_or(Given::Other, Given::Number),
            Written::Null => Given::Null,
            _ => Given::Other,
        })
    }

    /// Whether a selection is of a connection, through whatever fragments.
    fn holds_rows(&self, set: &SelectionSet) -> bool {
        set.items.iter().any(|selection| match &selection.node {
            Selection::Field(field) => ["nodes", "edges"].contains(&field.node.name.node.as_str()),
            Selection::InlineFragment(fragment) => self.holds_rows(&fragment.node.selection_set.node),
            Selection::FragmentSpread(spread) => {
                let fragment = self.document.fragments.get(&spread.node.fragment_name.node);
                fragment.is_some_and(|fragment| self.holds_rows(&fragment.node.selection_set.node))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::TestClock;
    use async_graphql::parser::parse_query;
    use chrono::{DateTime, TimeDelta};
    use serde_json::json;

    fn cost_of(text: &str, variables: serde_json::Value) -> u32 {
        let document = parse_query(text).expect("a document");
        let operation = document
            .operations
            .iter()
            .next()
            .map(|(_, operation)| &operation.node);
        let variables = Variables::from_json(variables);
        cost(&document, operation, &variables, &Limits::default())
    }

    #[test]
    fn a_page_counts_what_it_could_bring() {
        for (text, variables, expected) in [
            ("{ __typename }", json!({}), 1),
            ("{ viewer { clientId } }", json!({}), 1),
            ("{ cases { totalCount } }", json!({}), 1),
            ("{ __schema { types { name fields { name } } } }", json!({}), 500),
            ("{ __type(name: \"Case\") { name } }", json!({}), 500),
            (
                "{ a: __schema { types { name } } ... { __schema { types { name } } } }",
                json!({}),
                2 * 500,
            ),
            ("{ cases { nodes { id } } }", json!({}), 1 + 25),
            (
                "{ cases(first: 3) { nodes { id persons { id } } } }",
                json!({}),
                1 + 3 * 2,
            ),
            (
                "query ($n: Int) { cases(last: $n) { edges { node { id } } } }",
                json!({ "n": 7 }),
                1 + 7 * 2,
            ),
            ("{ cases(first: 1000000) { nodes { id } } }", json!({}), 1 + 100),
            (
                "{ ...F ...F } fragment F on Query { viewer { clientId } }",
                json!({}),
                2,
            ),
            (
                "{ cases { ...R } } fragment R on CaseConnection { ... { nodes { id } } }",
                json!({}),
                1 + 25,
            ),
            ("mutation { openCase { case { id } } }", json!({}), 10 + 2),
            (
                "mutation { ...F ... { c: openCase { case { id } } } } \
                 fragment F on Mutation { a: openCase { case { id } } b: openCase { case { id } } }",
                json!({}),
                3 * (10 + 2),
            ),
            ("{ returns(groupBy: []) { totalPersons } }", json!({}), 1),
            (
                "{ returns(groupBy: []) { rows { persons } } }",
                json!({}),
                1 + 1_000,
            ),
            (
                "query ($n: Int) { returns(groupBy: [], first: $n) { rows { persons } } }",
                json!({ "n": 500 }),
                1 + 500,
            ),
            ("{ indicators { values { value } } }", json!({}), 1 + 25),
            (
                "query ($c: [IndicatorCode!]) { indicators(codes: $c) { values { value } } }",
                json!({ "c": ["A", "B"] }),
                1 + 2,
            ),
            (
                "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Case { persons { id } } } }",
                json!({ "ids": ["a", "b", "c"] }),
                1 + 3,
            ),
        ] {
            assert_eq!(cost_of(text, variables), expected, "{text}");
        }
        let nested = "{ cases(first: 100) { nodes { a(first: 100) { nodes { b(first: 100) { nodes { c(first: 100) { nodes { d(first: 100) { nodes { id } } } } } } } } } } }";
        assert!(
            cost_of(nested, json!({})) > 1_000_000_000,
            "it is never less than it could be"
        );
    }

    #[test]
    fn points_are_used_up_and_come_back() {
        let clock = TestClock::at(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
        let settings = FairUseSettings {
            points: 100,
            points_per_second: 10,
            ..FairUseSettings::default()
        };
        let fair = FairUse::new(settings, clock.clock()).expect("points");
        let (one, other) = (
            ClientId::from(uuid::Uuid::from_u128(1)),
            ClientId::from(uuid::Uuid::from_u128(2)),
        );
        let left =
            |charge: Result<Charge, Exhausted>| charge.map(|charge| charge.left).map_err(|none| none.wait);
        assert_eq!(left(fair.charge(one, 70)), Ok(30));
        assert_eq!(left(fair.charge(one, 50)), Err(Duration::from_secs(2)));
        assert_eq!(left(fair.charge(one, 30)), Ok(0), "what was refused took none");
        assert_eq!(left(fair.charge(other, 1)), Ok(99), "each client has its own");
        clock.advance(TimeDelta::seconds(2));
        assert_eq!(left(fair.charge(one, 20)), Ok(0));
        clock.advance(TimeDelta::seconds(1_000));
        assert_eq!(
            left(fair.charge(one, u32::MAX)),
            Ok(0),
            "more than it ever has is all that it has"
        );
    }

    #[test]
    fn what_was_taken_for_the_reading_is_part_of_the_cost() {
        let settings = FairUseSettings {
            points: 100,
            points_per_second: 10,
            ..FairUseSettings::default()
        };
        let clock = TestClock::at(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
        let fair = FairUse::new(settings, clock.clock()).expect("points");
        let one = ClientId::from(uuid::Uuid::from_u128(1));
        assert_eq!([0, 199, 200, 20_000].map(reading), [1, 1, 2, 101]);
        let read = fair.charge(one, reading(450)).expect("points");
        let whole = fair.charge_rest(one, read, 40).expect("points");
        assert_eq!((whole.requested, whole.left), (40, 60));
        let same = fair.charge_rest(one, whole, 7).expect("nothing is missing");
        assert_eq!(same, whole);
        let read = fair.charge(one, reading(0)).expect("points");
        let none = fair.charge_rest(one, read, 70).expect_err("59 are left");
        assert_eq!((none.charge.requested, none.charge.left), (70, 59));
        assert_eq!(none.wait, Duration::from_secs(1));
    }

    #[test]
    fn without_points_nothing_is_counted() {
        let settings = FairUseSettings {
            points: 0,
            ..FairUseSettings::default()
        };
        assert!(FairUse::new(settings, Clock::system()).is_none());
    }
}
