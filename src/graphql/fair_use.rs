//! Fair use: what an operation costs, and how many points a client has left. The cost is estimated before anything is done,
//! by the rows that the document could bring; points come back by the second.

use super::extensions::limits;
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

/// What the schema costs, or a type of it, however much of it is asked for: most ask for all of it, which is a megabyte.
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
        let again = f64::from(taken.requested) / f64::from(self.settings.points_per_second);
        self.charge(client, rest).map(whole).map_err(|none| Exhausted {
            charge: whole(none.charge),
            // What was taken already is taken once more when it comes again.
            wait: none.wait + Duration::from_secs_f64(again),
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
            return if limits::is_of_introspection(field) {
                1
            } else {
                SCHEMA
            };
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
mod tests;
