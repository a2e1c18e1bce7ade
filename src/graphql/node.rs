//! `Node`: any row that has an id, by that id. The interface declares `id` alone; everything else goes through the
//! table of the concrete type.

use super::context::{InScope, refuse};
use super::governed::{Row, Table};
use super::meta;
use crate::error::Error;
use crate::ids::NodeType;
use crate::store::Readable;
use crate::store::nodes::{
    BreakGlassNode, CaseNode, ClientNode, ComplaintNode, ConsentNode, ExchangeRateNode, GrantNode,
    GrantRuleNode, ItineraryNode, MovementNode, NoticeNode, OrganisationNode, PackageNode, PersonNode,
    ProjectNode, ReferralNode, RequestNode, Training, WebhookNode,
};
use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaType, MetaTypeId, Registry};
use async_graphql::{Context, ContextSelectionSet, ID, OutputType, Positioned, ServerResult, Value};
use std::borrow::Cow;
use std::collections::HashMap;
use uuid::Uuid;

macro_rules! nodes {
    ($($variant:ident $node:ident),+ $(,)?) => {
        /// A row that has an id.
        pub enum AnyNode {
            $(#[doc = concat!("A row of type ", stringify!($variant), ".")] $variant(Row<$node>)),+
        }

        impl AnyNode {
            /// The rows of one type among those asked for, by their position.
            async fn find(context: &Context<'_>, node: NodeType, asked: &[(usize, Uuid)]) -> Result<Vec<(usize, Self)>, Error> {
                match node {
                    $(NodeType::$variant => {
                        let found = find::<$node>(context, asked).await?;
                        Ok(found.into_iter().map(|(position, row)| (position, Self::$variant(row))).collect())
                    })+
                }
            }
        }

        impl OutputType for AnyNode {
            fn type_name() -> Cow<'static, str> {
                "Node".into()
            }

            fn introspection_type_name(&self) -> Cow<'static, str> {
                match self {
                    $(Self::$variant(_) => <$node as Table>::NAME.into()),+
                }
            }

            fn create_type_info(registry: &mut Registry) -> String {
                registry.create_output_type::<Self, _>(MetaTypeId::Interface, |registry| {
                    $(<Row<$node> as OutputType>::create_type_info(registry);)+
                    let id = meta::field("id", "Names the row to this viewer, and to nobody else.".to_owned(), "ID!".to_owned());
                    MetaType::Interface {
                        name: "Node".to_owned(),
                        description: Some("A row that has an id.".to_owned()),
                        fields: [("id".to_owned(), id)].into_iter().collect(),
                        possible_types: [$(<$node as Table>::NAME.to_owned()),+].into_iter().collect(),
                        extends: false,
                        inaccessible: false,
                        tags: Vec::new(),
                        keys: None,
                        visible: None,
                        rust_typename: Some(std::any::type_name::<Self>()),
                        directive_invocations: Vec::new(),
                        requires_scopes: Vec::new(),
                    }
                })
            }

            async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
                match self {
                    $(Self::$variant(row) => row.resolve(ctx, field).await),+
                }
            }
        }
    };
}

nodes! {
    Organisation OrganisationNode,
    Client ClientNode,
    Case CaseNode,
    Person PersonNode,
    Consent ConsentNode,
    TravelDocumentRequest RequestNode,
    Itinerary ItineraryNode,
    CashGrant GrantNode,
    ReintegrationPackage PackageNode,
    Referral ReferralNode,
    Notice NoticeNode,
    Project ProjectNode,
    GrantRule GrantRuleNode,
    ExchangeRate ExchangeRateNode,
    Movement MovementNode,
    Complaint ComplaintNode,
    BreakGlassAccess BreakGlassNode,
    Webhook WebhookNode,
    Training Training,
}

async fn find<T: Table + Readable>(
    context: &Context<'_>,
    asked: &[(usize, Uuid)],
) -> Result<Vec<(usize, Row<T>)>, Error> {
    let want = super::context::wanted::<T>(context, &[&[]]);
    let ids: Vec<Uuid> = asked.iter().map(|(_, id)| *id).collect();
    let scope = context.scope();
    let turn = scope.turn_to_list().await;
    let found = scope.reader().some::<T>(&ids, &want).await?;
    drop(turn);
    let row = |(position, id): &(usize, Uuid)| found.get(id).map(|row| (*position, Row(row.clone())));
    Ok(asked.iter().filter_map(row).collect())
}

/// The rows that ids name, in their order: an id that was made for somebody else is the same as no id.
pub async fn nodes(context: &Context<'_>, ids: &[ID]) -> async_graphql::Result<Vec<Option<AnyNode>>> {
    let scope = context.scope();
    let decoded = ids
        .iter()
        .enumerate()
        .filter_map(|(position, id)| scope.ids.decode(id).map(|(node, id)| (node, position, id)));
    let mut by_type: HashMap<NodeType, Vec<(usize, Uuid)>> = HashMap::new();
    for (node, position, id) in decoded {
        by_type.entry(node).or_default().push((position, id));
    }
    let mut rows: Vec<Option<AnyNode>> = ids.iter().map(|_| None).collect();
    for (node, asked) in by_type {
        let found = AnyNode::find(context, node, &asked).await;
        for (position, row) in found.map_err(|fault| refuse(&fault, &scope.request_id))? {
            rows[position] = Some(row);
        }
    }
    Ok(rows)
}
