//! Keyset connections of governed rows, after the Relay specification: written once for every type.

use super::context::{InScope, RequestScope, refuse};
use super::governed::{Row, Table, Walk, register_one, write_row};
use super::meta;
use super::plan::{ColumnShape, Item, Plan, Shape};
use crate::error::Error;
use crate::policy::governed::Governed;
use crate::store::filter::Filter;
use crate::store::page::{Page, PageRequest};
use crate::store::{Readable, Want};
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaTypeId, Registry};
use async_graphql::{Context, ContextSelectionSet, OutputType, PathSegment, Positioned, ServerResult, Value};
use std::borrow::Cow;
use std::marker::PhantomData;
use uuid::Uuid;

/// The four arguments of a connection.
pub struct Window {
    /// At most so many rows from the start.
    pub first: Option<i32>,
    /// Only rows after this cursor.
    pub after: Option<String>,
    /// At most so many rows from the end.
    pub last: Option<i32>,
    /// Only rows before this cursor.
    pub before: Option<String>,
}

impl Window {
    /// What the arguments of a listing say.
    #[must_use]
    pub fn of(first: Option<i32>, after: Option<String>, last: Option<i32>, before: Option<String>) -> Self {
        Self {
            first,
            after,
            last,
            before,
        }
    }
}

/// A page of a listing, with the name of the listing that its cursors belong to.
pub struct Connection<T> {
    page: Page<T>,
    listing: String,
}

/// The row behind a cursor, if it was made for this listing.
pub fn key_after<T: Table>(
    scope: &RequestScope,
    filter: &dyn Filter,
    ascending: bool,
    cursor: &str,
) -> Option<Uuid> {
    scope
        .ids
        .read_cursor(listing::<T>(filter, ascending).as_bytes(), cursor)
}

fn listing<T: Table>(filter: &dyn Filter, ascending: bool) -> String {
    format!("{}|{filter:?}|{ascending}", T::NAME)
}

/// Reads the page of a listing that a field asks for.
pub async fn connection<T: Table + Readable>(
    context: &Context<'_>,
    window: Window,
    filter: &dyn Filter,
    ascending: bool,
) -> async_graphql::Result<Connection<T>> {
    let scope = context.scope();
    let page = async {
        let listing = listing::<T>(filter, ascending);
        let key = |cursor: Option<String>| {
            let read = |cursor: String| {
                scope
                    .ids
                    .read_cursor(listing.as_bytes(), &cursor)
                    .ok_or(Error::InvalidCursor)
            };
            cursor.map(read).transpose()
        };
        let (after, before) = (key(window.after)?, key(window.before)?);
        let page = PageRequest::new(window.first, after, window.last, before, scope.pages)?;
        let page = PageRequest {
            ascending,
            count: super::plan::selects(context, "totalCount"),
            ..page
        };
        let want: Want = super::context::wanted::<T>(context, &[&["nodes"], &["edges", "node"]]);
        let turn = scope.turn_to_list().await;
        let page = scope.reader().page::<T>(filter, page, &want).await?;
        drop(turn);
        Ok(Connection { page, listing })
    };
    page.await
        .map_err(|fault: Error| refuse(&fault, &scope.request_id))
}

struct ConnectionShape<T>(PhantomData<fn() -> T>);
struct EdgeShape<T>(PhantomData<fn() -> T>);
struct PageInfoShape;

const PAGE_INFO: [&str; 4] = ["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"];

impl<T: Table> Shape for ConnectionShape<T> {
    fn name(&self) -> String {
        format!("{}Connection", T::NAME)
    }

    fn is_node(&self) -> bool {
        false
    }

    fn column(&self, name: &str) -> Option<ColumnShape> {
        let edges: &'static dyn Shape = &EdgeShape::<T>(PhantomData);
        let (index, of) = match name {
            "edges" => (0, Some(edges)),
            "nodes" => (1, Some(T::SHAPE)),
            "pageInfo" => (2, Some(&PageInfoShape as &dyn Shape)),
            "totalCount" => (3, None),
            _ => return None,
        };
        Some(ColumnShape {
            index,
            field: None,
            of,
        })
    }
}

impl<T: Table> Shape for EdgeShape<T> {
    fn name(&self) -> String {
        format!("{}Edge", T::NAME)
    }

    fn is_node(&self) -> bool {
        false
    }

    fn column(&self, name: &str) -> Option<ColumnShape> {
        match name {
            "cursor" => Some(ColumnShape {
                index: 0,
                field: None,
                of: None,
            }),
            "node" => Some(ColumnShape {
                index: 1,
                field: None,
                of: Some(T::SHAPE),
            }),
            _ => None,
        }
    }
}

impl Shape for PageInfoShape {
    fn name(&self) -> String {
        "PageInfo".to_owned()
    }

    fn is_node(&self) -> bool {
        false
    }

    fn column(&self, name: &str) -> Option<ColumnShape> {
        let index = PAGE_INFO.iter().position(|field| *field == name)?;
        Some(ColumnShape {
            index,
            field: None,
            of: None,
        })
    }
}

impl<T: Table> Connection<T> {
    /// The rows of the page, in order.
    pub fn rows(&self) -> impl Iterator<Item = &Governed<T>> {
        self.page.rows.iter().map(AsRef::as_ref)
    }

    fn cursor(&self, walk: &Walk<'_>, index: usize) -> Value {
        let key = self.page.keys.get(index);
        key.map_or(Value::Null, |key| {
            Value::String(walk.scope.ids.cursor(self.listing.as_bytes(), *key))
        })
    }

    fn write(&self, item: &Item, walk: &mut Walk<'_>) -> Value {
        let Some(index) = item.index else {
            return Value::String(format!("{}Connection", T::NAME));
        };
        let key = PathSegment::Field(item.key.to_string());
        match index {
            0 => walk.within(key, |walk| {
                let edges = (0..self.page.rows.len()).map(|index| {
                    walk.within(PathSegment::Index(index), |walk| {
                        self.write_edge(index, &item.of, walk)
                    })
                });
                Value::List(edges.collect())
            }),
            1 => walk.within(key, |walk| {
                super::governed::write_rows(&self.page.rows, &item.of, walk)
            }),
            2 => self.write_page_info(&item.of, walk),
            _ => self.page.total.map_or(Value::Null, Value::from),
        }
    }

    fn write_edge(&self, index: usize, plan: &Plan, walk: &mut Walk<'_>) -> Value {
        let entry = |item: &Item| {
            let value = match item.index {
                None => Value::String(format!("{}Edge", T::NAME)),
                Some(0) => self.cursor(walk, index),
                Some(_) => walk.within(PathSegment::Field(item.key.to_string()), |walk| {
                    write_row(&self.page.rows[index], &item.of, walk)
                }),
            };
            (item.key.clone(), value)
        };
        Value::Object(plan.items.iter().map(entry).collect::<IndexMap<_, _>>())
    }

    fn write_page_info(&self, plan: &Plan, walk: &Walk<'_>) -> Value {
        let entry = |item: &Item| {
            let value = match item.index {
                None => Value::from("PageInfo"),
                Some(0) => Value::from(self.page.has_next),
                Some(1) => Value::from(self.page.has_previous),
                Some(2) => self.cursor(walk, 0),
                Some(_) => self.cursor(walk, self.page.keys.len().wrapping_sub(1)),
            };
            (item.key.clone(), value)
        };
        Value::Object(plan.items.iter().map(entry).collect::<IndexMap<_, _>>())
    }
}

impl<T: Table> OutputType for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::NAME).into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            let edge = Edge::<T>::create_type_info(registry);
            let node = register_one::<T>(registry);
            let page_info = PageInfo::create_type_info(registry);
            let fields = vec![
                meta::field(
                    "edges",
                    "The rows, each with its cursor.".to_owned(),
                    format!("[{edge}]!"),
                ),
                meta::field("nodes", "The rows.".to_owned(), format!("[{node}!]!")),
                meta::field(
                    "pageInfo",
                    "Where this page stands in the listing.".to_owned(),
                    page_info,
                ),
                meta::field(
                    "totalCount",
                    "How many rows the viewer may see in all.".to_owned(),
                    "Int!".to_owned(),
                ),
            ];
            let doc = format!("A page of rows of type {}.", T::NAME);
            meta::object(&Self::type_name(), &doc, fields, std::any::type_name::<Self>())
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let shape: &'static dyn Shape = &ConnectionShape::<T>(PhantomData);
        let plan = Plan::of(shape, &ctx.item.node, &ctx.query_env.fragments);
        let mut walk = Walk::at(ctx.scope(), ctx.path_node);
        let object: IndexMap<_, _> = plan
            .items
            .iter()
            .map(|item| (item.key.clone(), self.write(item, &mut walk)))
            .collect();
        walk.end(ctx.item.pos)?;
        Ok(Value::Object(object))
    }
}

/// Stands for the edge of a connection in the registry; the connection writes its edges itself.
struct Edge<T>(PhantomData<fn() -> T>);

impl<T: Table> OutputType for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::NAME).into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            let node = <Row<T> as OutputType>::create_type_info(registry);
            let fields = vec![
                meta::field(
                    "cursor",
                    "Where the row stands in its listing.".to_owned(),
                    "String!".to_owned(),
                ),
                meta::field("node", "The row.".to_owned(), node),
            ];
            let doc = format!("A row of type {} with its cursor.", T::NAME);
            meta::object(&Self::type_name(), &doc, fields, std::any::type_name::<Self>())
        })
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

/// Stands for `PageInfo` in the registry; the connection writes it itself.
struct PageInfo;

impl OutputType for PageInfo {
    fn type_name() -> Cow<'static, str> {
        "PageInfo".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |_| {
            let fields = vec![
                meta::field(
                    "hasNextPage",
                    "Whether the listing goes on after this page.".to_owned(),
                    "Boolean!".to_owned(),
                ),
                meta::field(
                    "hasPreviousPage",
                    "Whether there is something before this page.".to_owned(),
                    "Boolean!".to_owned(),
                ),
                meta::field(
                    "startCursor",
                    "The cursor of the first row.".to_owned(),
                    "String".to_owned(),
                ),
                meta::field(
                    "endCursor",
                    "The cursor of the last row.".to_owned(),
                    "String".to_owned(),
                ),
            ];
            meta::object(
                "PageInfo",
                "Where a page stands in its listing.",
                fields,
                std::any::type_name::<Self>(),
            )
        })
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}
