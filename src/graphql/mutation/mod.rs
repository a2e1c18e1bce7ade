//! Commands of the schema, one file per aggregate. Each reads its input, hands it to the desk and answers with a payload.

mod aftercare;
mod application;
mod asylum;
mod break_glass;
mod care;
mod case;
mod complaint;
mod custody;
mod escalation;
mod escort;
mod funding;
mod grants;
mod itinerary;
mod journey;
mod jurisdiction;
mod logistics;
mod monitoring;
mod movement;
mod notices;
mod outreach;
mod package;
mod papers;
mod pre_departure;
mod preparation;
mod procurement;
mod programme;
mod referral;
mod registry;
mod suspension;
mod travel_document;
mod webhook;

use super::context::{InScope, refuse};
use crate::error::Error;
use crate::ids::NodeType;
use crate::policy::actions::Action;
use crate::policy::render;
use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaType, Registry};
use async_graphql::resolver_utils::ContainerType;
use async_graphql::{
    Context, ContextSelectionSet, ID, MergedObject, ObjectType, OutputType, Positioned, Result, ServerResult,
    Value,
};
use std::borrow::Cow;

/// Commands: each says in its description who may give it, from the actions table.
#[derive(Default)]
pub struct Mutation(Commands);

impl OutputType for Mutation {
    fn type_name() -> Cow<'static, str> {
        Commands::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = Commands::create_type_info(registry);
        if let Some(MetaType::Object { fields, .. }) = registry.types.get_mut(&*Self::type_name()) {
            for (action, command, ..) in Action::ALL {
                if let Some(description) = fields
                    .get_mut(*command)
                    .and_then(|field| field.description.as_mut())
                {
                    *description = format!("{description} {}", render::action_sentence(*action));
                }
            }
        }
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

impl ContainerType for Mutation {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        self.0.resolve_field(ctx).await
    }
}

impl ObjectType for Mutation {}

/// Commands: everything that changes something. The answer to each is the row as it is now, or the rule that refused.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
struct Commands(
    case::CaseCommands,
    application::ApplicationCommands,
    asylum::AsylumCommands,
    pre_departure::PreDepartureCommands,
    travel_document::TravelDocumentCommands,
    custody::CustodyCommands,
    papers::PaperCommands,
    itinerary::ItineraryCommands,
    journey::JourneyCommands,
    movement::MovementCommands,
    care::CareCommands,
    escort::EscortCommands,
    logistics::LogisticsCommands,
    preparation::PreparationCommands,
    grants::GrantCommands,
    package::PackageCommands,
    procurement::ProcurementCommands,
    referral::ReferralCommands,
    aftercare::AftercareCommands,
    funding::FundingCommands,
    notices::NoticeCommands,
    registry::RegistryCommands,
    jurisdiction::JurisdictionCommands,
    escalation::EscalationCommands,
    monitoring::MonitoringCommands,
    outreach::OutreachCommands,
    outreach::OutreachLists,
    programme::ProgrammeCommands,
    suspension::SuspensionCommands,
    complaint::ComplaintIntake,
    complaint::ComplaintCommands,
    break_glass::BreakGlassCommands,
    webhook::WebhookKeyCommands,
    webhook::WebhookCommands,
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
                    // On the heap, so that the stack does not grow with the number of commands.
                    let work = async move { Ok::<_, async_graphql::Error>($work) };
                    let outcome = Box::pin(work).await?;
                    Box::pin($crate::graphql::payload::answer::<$payload>(context, outcome)).await
                }
            )+
        }
    };
}
use commands;
