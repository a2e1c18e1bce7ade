//! Types as tables. One line of a table holds the policy line, the type, the getter and the sentence of a field: a field
//! without a policy line cannot be written, and a getter runs only if its line lets it.
//!
//! A table is walked once per row, in the order of the selection, without a future per field: everything that a request
//! asks for was loaded before.

use super::context::{InScope, Redaction, RequestScope, Told};
use super::leaf::Leaf;
use super::meta;
use super::plan::{ColumnShape, Item, Plan, Shape};
use crate::domain::code::Code as _;
use crate::error::Code;
use crate::policy::fields::Field;
use crate::policy::governed::{Governed, Mark, Seen, Shown};
use crate::policy::ledger::is_personal;
use crate::policy::mask::Maskable;
use crate::policy::render;
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::Field as SelectedField;
use async_graphql::registry::{MetaTypeId, Registry};
use async_graphql::{
    ContextSelectionSet, ErrorExtensionValues, OutputType, PathSegment, Pos, Positioned, QueryPathNode,
    QueryPathSegment, ServerError, ServerResult, Value,
};
use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;
use uuid::Uuid;

/// A type of the schema whose rows are governed.
pub trait Table: Sized + Send + Sync + 'static {
    /// Name of the type.
    const NAME: &'static str;
    /// The sentence that describes it.
    const DOC: &'static str;
    /// Whether it implements `Node`.
    const IS_NODE: bool;
    /// Its fields.
    const COLUMNS: &'static [Column<Self>];
    /// Whether its rows are about persons, so that what leaves of them is noted.
    const IS_PERSONAL: bool = is_personal(Self::NAME);
    /// Its shape.
    const SHAPE: &'static dyn Shape = &TableShape::<Self>(PhantomData);
    /// The id of a row, where rows of this type have one.
    fn row_id(row: &Governed<Self>) -> Option<Uuid>;
}

/// One field of a table.
pub struct Column<T> {
    /// Its line of the policy.
    pub field: Field,
    /// The sentence that describes it.
    pub doc: &'static str,
    /// Registers its type and returns the type's name.
    pub register: fn(&mut Registry) -> String,
    /// The object type behind it.
    pub shape: fn() -> Option<&'static dyn Shape>,
    /// Writes it.
    pub write: fn(&Governed<T>, &Item, &mut Walk<'_>) -> Value,
}

impl<T> Column<T> {
    /// Its name in the schema: what follows the dot in its policy line.
    fn name(&self) -> &'static str {
        let line = self.field.line().name;
        line.split_once('.').map_or(line, |(_, name)| name)
    }
}

struct TableShape<T>(PhantomData<fn() -> T>);

impl<T: Table> Shape for TableShape<T> {
    fn name(&self) -> String {
        T::NAME.to_owned()
    }

    fn is_node(&self) -> bool {
        T::IS_NODE
    }

    fn column(&self, name: &str) -> Option<ColumnShape> {
        let index = T::COLUMNS.iter().position(|column| column.name() == name)?;
        let column = &T::COLUMNS[index];
        Some(ColumnShape {
            index,
            field: Some(column.field),
            of: (column.shape)(),
        })
    }
}

/// Where in the answer a walk is, what it had to redact, and what it told of whom.
pub struct Walk<'a> {
    /// The request.
    pub scope: &'a RequestScope,
    path: Vec<PathSegment>,
    redactions: Vec<Redaction>,
    told: Vec<Told>,
    /// What has been seen of the row that is being written.
    seen: Seen,
    /// The innermost row around with an id.
    around: Option<Uuid>,
    over_budget: bool,
}

impl<'a> Walk<'a> {
    /// A walk that starts at a place in the answer.
    pub fn at(scope: &'a RequestScope, start: Option<QueryPathNode<'_>>) -> Self {
        let mut path = Vec::new();
        if let Some(node) = &start {
            let nodes: Vec<_> = std::iter::once(node).chain(node.parents()).collect();
            path.extend(nodes.into_iter().rev().map(|node| match node.segment {
                QueryPathSegment::Index(index) => PathSegment::Index(index),
                QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
            }));
        }
        Self {
            scope,
            path,
            redactions: Vec::new(),
            told: Vec::new(),
            seen: Seen::default(),
            around: None,
            over_budget: false,
        }
    }

    /// Ends the walk: what it redacted goes into the answer, and what it told into the ledger.
    ///
    /// # Errors
    ///
    /// `LIMIT_EXCEEDED` where the answer would have held more rows than it may.
    pub fn end(self, position: Pos) -> ServerResult<()> {
        if self.over_budget {
            let mut fault = ServerError::new(
                "the answer holds more rows than serviceInfo.limits allows",
                Some(position),
            );
            let mut extensions = ErrorExtensionValues::default();
            extensions.set("code", Code::LimitExceeded.code());
            fault.extensions = Some(extensions);
            return Err(fault);
        }
        self.scope.note(self.redactions, (self.path, self.told));
        Ok(())
    }

    /// Whether one more row or redaction fits into the answer.
    fn spend(&mut self) -> bool {
        self.over_budget = self.over_budget || !self.scope.spend();
        !self.over_budget
    }

    /// Does something one step further down.
    pub fn within<R>(&mut self, segment: PathSegment, work: impl FnOnce(&mut Self) -> R) -> R {
        self.path.push(segment);
        let result = work(self);
        self.path.pop();
        result
    }

    /// Where it is marked what is seen of a field; every field of a table has its place.
    fn mark(&mut self, item: &Item) -> Mark<'_> {
        self.seen.at(item.index.unwrap_or_default())
    }

    /// Writes a row, and notes what was told of it if it is about somebody and its viewer does not work on it.
    fn on_row<T: Table>(&mut self, row: &Governed<T>, write: impl FnOnce(&mut Self) -> Value) -> Value {
        const { assert!(T::COLUMNS.len() <= Seen::PLACES, "more fields than can be marked") };
        let id = T::row_id(row).or(self.around);
        let around = std::mem::replace(&mut self.around, id);
        let seen = std::mem::take(&mut self.seen);
        let value = write(self);
        let told = std::mem::replace(&mut self.seen, seen);
        self.around = around;
        if T::IS_PERSONAL && row.lens().discloses() {
            self.told.push(Told {
                row_type: T::NAME,
                name_of: |place| T::COLUMNS.get(place).map_or("", Column::name),
                row: id,
                lens: row.lens(),
                seen: told,
            });
        }
        value
    }

    fn redact(&mut self, item: &Item, field: Field, masked: bool) {
        if !self.spend() {
            return;
        }
        let mut path = self.path.clone();
        path.push(PathSegment::Field(item.key.to_string()));
        self.redactions.push(Redaction {
            path,
            field: field.line().name,
            masked,
        });
    }
}

/// Writes a row as far as it is selected.
pub fn write_row<T: Table>(row: &Governed<T>, plan: &Plan, walk: &mut Walk<'_>) -> Value {
    if !walk.spend() {
        return Value::Null;
    }
    walk.on_row(row, |walk| {
        let mut object = IndexMap::with_capacity(plan.items.len());
        for item in &plan.items {
            let value = match item.index {
                Some(index) => (T::COLUMNS[index].write)(row, item, walk),
                None => Value::from(T::NAME),
            };
            object.insert(item.key.clone(), value);
        }
        Value::Object(object)
    })
}

/// Writes rows as a list.
pub fn write_rows<T: Table>(rows: &[Arc<Governed<T>>], plan: &Plan, walk: &mut Walk<'_>) -> Value {
    let each = rows.iter().enumerate();
    Value::List(
        each.map(|(index, row)| walk.within(PathSegment::Index(index), |walk| write_row(row, plan, walk)))
            .collect(),
    )
}

/// Writes a value of a row, as far as its line lets it through.
pub fn write_leaf<'a, T, V: Leaf + Maskable>(
    row: &'a Governed<T>,
    field: Field,
    item: &Item,
    walk: &mut Walk<'_>,
    get: impl FnOnce(&'a T) -> V,
) -> Value {
    match row.show(field, walk.mark(item), get) {
        Shown::Full(value) => value.value(walk.scope, &item.of),
        Shown::Masked(value) => {
            walk.redact(item, field, true);
            value.value(walk.scope, &item.of)
        }
        Shown::Withheld => {
            walk.redact(item, field, false);
            Value::Null
        }
    }
}

/// Writes a related row, if its line opens it and it is within reach.
pub fn write_one<'a, T, N: Table>(
    row: &'a Governed<T>,
    field: Field,
    item: &Item,
    walk: &mut Walk<'_>,
    get: impl FnOnce(&'a T) -> &'a Option<Arc<Governed<N>>>,
) -> Value {
    match row.open(field, walk.mark(item), get) {
        Some(Some(related)) => walk.within(PathSegment::Field(item.key.to_string()), |walk| {
            write_row(related, &item.of, walk)
        }),
        Some(None) => Value::Null,
        None => {
            walk.redact(item, field, false);
            Value::Null
        }
    }
}

/// Writes related rows, if their line opens them.
pub fn write_many<'a, T, N: Table>(
    row: &'a Governed<T>,
    field: Field,
    item: &Item,
    walk: &mut Walk<'_>,
    get: impl FnOnce(&'a T) -> &'a Vec<Arc<Governed<N>>>,
) -> Value {
    if let Some(related) = row.open(field, walk.mark(item), get) {
        walk.within(PathSegment::Field(item.key.to_string()), |walk| {
            write_rows(related, &item.of, walk)
        })
    } else {
        walk.redact(item, field, false);
        Value::Null
    }
}

/// Declares the table of a type: `governed! { Node "Name" "sentence" { Line: (Type) = getter, "sentence"; … } }`.
///
/// The type is `(Type)` for a value, `{Node}` for a related row, `[Node]` for related rows.
#[macro_export]
macro_rules! governed {
    ($node:ident $name:literal $($is_node:ident)? : $doc:literal { $($field:ident: $kind:tt = $get:expr, $sentence:literal;)+ }) => {
        impl $crate::graphql::governed::Table for $node {
            const NAME: &'static str = $name;
            const DOC: &'static str = $doc;
            const IS_NODE: bool = $crate::governed!(@is_node $($is_node)?);
            const COLUMNS: &'static [$crate::graphql::governed::Column<Self>] =
                &[$($crate::governed!(@column $node, $field, $kind, $get, $sentence)),+];

            fn row_id(row: &$crate::policy::governed::Governed<Self>) -> Option<uuid::Uuid> {
                $crate::governed!(@row_id row, $node, [$($is_node)?], $($get),+)
            }
        }
    };
    (@row_id $row:ident, $node:ident, [node], $id:expr $(, $rest:expr)*) => {{
        // The first field of a type that implements `Node` is its id.
        let id: fn(&$node) -> $crate::graphql::leaf::RowId = $id;
        Some($row.key(id).1)
    }};
    (@row_id $row:ident, $node:ident, [], $($get:expr),+) => {{
        let _ = $row;
        None
    }};
    (@is_node node) => { true };
    (@is_node) => { false };
    (@column $node:ident, $field:ident, ($leaf:ty), $get:expr, $sentence:literal) => {
        $crate::graphql::governed::Column {
            field: $crate::policy::fields::Field::$field,
            doc: $sentence,
            register: <$leaf as $crate::graphql::leaf::Leaf>::register,
            shape: <$leaf as $crate::graphql::leaf::Leaf>::shape,
            write: |row, item, walk| {
                fn get<'a, V>(get: impl FnOnce(&'a $node) -> V) -> impl FnOnce(&'a $node) -> V { get }
                $crate::graphql::governed::write_leaf(row, $crate::policy::fields::Field::$field, item, walk, get::<$leaf>($get))
            },
        }
    };
    (@column $node:ident, $field:ident, {$related:ident}, $get:expr, $sentence:literal) => {
        $crate::graphql::governed::Column {
            field: $crate::policy::fields::Field::$field,
            doc: $sentence,
            register: $crate::graphql::governed::register_one::<$related>,
            shape: || Some(<$related as $crate::graphql::governed::Table>::SHAPE),
            write: |row, item, walk| {
                fn get(node: &$node) -> &Option<std::sync::Arc<$crate::policy::governed::Governed<$related>>> {
                    let get: fn(&$node) -> &Option<std::sync::Arc<$crate::policy::governed::Governed<$related>>> = $get;
                    get(node)
                }
                $crate::graphql::governed::write_one(row, $crate::policy::fields::Field::$field, item, walk, get)
            },
        }
    };
    (@column $node:ident, $field:ident, [$related:ident], $get:expr, $sentence:literal) => {
        $crate::graphql::governed::Column {
            field: $crate::policy::fields::Field::$field,
            doc: $sentence,
            register: $crate::graphql::governed::register_many::<$related>,
            shape: || Some(<$related as $crate::graphql::governed::Table>::SHAPE),
            write: |row, item, walk| {
                fn get(node: &$node) -> &Vec<std::sync::Arc<$crate::policy::governed::Governed<$related>>> {
                    let get: fn(&$node) -> &Vec<std::sync::Arc<$crate::policy::governed::Governed<$related>>> = $get;
                    get(node)
                }
                $crate::graphql::governed::write_many(row, $crate::policy::fields::Field::$field, item, walk, get)
            },
        }
    };
}

/// A governed row as an output of the schema.
pub struct Row<T>(pub Arc<Governed<T>>);

/// Registers a table and returns the name of its type.
pub fn register_one<T: Table>(registry: &mut Registry) -> String {
    super::leaf::nullable::<Row<T>>(registry)
}

/// Registers a table and returns the name of a list of its type.
pub fn register_many<T: Table>(registry: &mut Registry) -> String {
    format!("[{}!]", register_one::<T>(registry))
}

impl<T: Table> OutputType for Row<T> {
    fn type_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            let fields = T::COLUMNS.iter().map(|column| {
                let doc = format!("{} {}", column.doc, render::sentence(column.field));
                meta::field(column.name(), doc, (column.register)(registry))
            });
            meta::object(T::NAME, T::DOC, fields.collect(), std::any::type_name::<Self>())
        });
        if T::IS_NODE {
            registry.add_implements(T::NAME, "Node");
        }
        name
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<SelectedField>,
    ) -> ServerResult<Value> {
        let plan = Plan::of(T::SHAPE, &ctx.item.node, &ctx.query_env.fragments);
        let mut walk = Walk::at(ctx.scope(), ctx.path_node);
        let value = write_row(&self.0, &plan, &mut walk);
        walk.end(ctx.item.pos)?;
        Ok(value)
    }
}
