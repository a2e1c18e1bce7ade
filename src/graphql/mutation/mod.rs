//! Commands of the schema, one file per aggregate. Each reads its input, hands it to the desk and answers with a payload.

mod assistance;
mod case;
mod itinerary;
mod notices;
mod registry;
mod travel_document;

use super::context::{InScope, refuse};
use crate::error::Error;
use crate::ids::NodeType;
use async_graphql::{Context, ID, MergedObject, Result};

/// Commands.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(
    case::CaseCommands,
    travel_document::TravelDocumentCommands,
    itinerary::ItineraryCommands,
    assistance::AssistanceCommands,
    notices::NoticeCommands,
    registry::RegistryCommands,
);

/// The row that an id of this type names; a foreign id is the same as no row.
fn id<T: From<uuid::Uuid>>(context: &Context<'_>, node: NodeType, id: &ID) -> Result<T> {
    let scope = context.scope();
    let found = scope.ids.decode_as(node, id).map(T::from);
    found.ok_or_else(|| refuse(&Error::NotFound, &scope.request_id))
}

/// Declares the commands of an aggregate: each a field with its action, input, payload and what the desk does.
macro_rules! commands {
    ($(#[$doc:meta])* $name:ident { $(
        $(#[doc = $sentence:literal])+ $command:ident($input:ident) -> $payload:ident = |$context:ident, $envelope:ident, $given:ident, $desk:ident| $work:expr;
    )+ }) => {
        $(#[$doc])*
        #[derive(Default)]
        pub struct $name;

        #[async_graphql::Object(serial)]
        impl $name {
            $(
                $(#[doc = $sentence])+
                async fn $command(
                    &self,
                    context: &async_graphql::Context<'_>,
                    #[graphql(desc = "What to do.")] input: $input,
                ) -> async_graphql::Result<$crate::graphql::payload::Payload<$payload>> {
                    use $crate::graphql::context::InScope as _;
                    let $envelope = $crate::graphql::payload::envelope(context, &input.idempotency_key)?;
                    let ($context, $given, $desk) = (context, input, context.scope().desk.clone());
                    let outcome = $work;
                    $crate::graphql::payload::answer::<$payload>(context, outcome).await
                }
            )+
        }
    };
}
use commands;
