//! The schema: thin. Types are tables whose lines name their policy; queries read, mutations hand commands to the desk,
//! subscriptions follow an inbox.

mod admission;
pub mod arguments;
pub mod connection;
pub mod context;
pub mod counts;
pub mod deprecations;
pub mod documents;
pub mod extensions;
pub mod fair_use;
mod figures;
mod gate;
mod gates;
pub mod governed;
mod inbox;
mod lane;
mod leaf;
mod meta;
mod mutation;
mod node;
mod order;
pub mod payload;
mod plan;
mod query;
mod scalars;
mod sdl;
mod stream;
mod subscription;
mod twins;
mod types;
mod value_object;
mod views;
mod word;
mod word_out;
mod wording;

use crate::commands::Desk;
use crate::config::{FairUseSettings, Limits};
use crate::domain::code::Code as _;
use crate::domain::party::OrganisationKind;
use crate::error::{Code, Error};
use crate::policy::viewer::Viewer;
use admission::Admitted;
use async_graphql::registry::Registry;
use async_graphql::{
    Name, OutputType, Pos, Request, Response, Schema, SchemaBuilder, ServerError, SubscriptionType, Value,
};
use context::{Following, Redaction, Told};
use counts::Counts;
use extensions::deprecations::Uses;
use fair_use::FairUse;
use std::sync::Arc;
use tracing::{Instrument as _, info_span};
use views::View;

pub use counts::{says, says_that_we_failed};
pub use stream::{Answer, Answers, Writer, execute_stream};
pub use views::permissions;

/// Most errors that an answer tells of.
const MOST_ERRORS: usize = 100;

/// The schema with what its resolvers need.
#[derive(Clone)]
pub struct GatewaySchema {
    schema: Schema<query::Query, mutation::Mutation, subscription::Subscription>,
    desk: Desk,
    limits: Limits,
    fair_use: Option<Arc<FairUse>>,
    uses: Arc<Uses>,
    counts: Arc<Counts>,
    registry: Arc<Registry>,
    notes: bool,
}

fn builder() -> SchemaBuilder<query::Query, mutation::Mutation, subscription::Subscription> {
    Schema::build(
        query::Query::default(),
        mutation::Mutation::default(),
        subscription::Subscription,
    )
    .disable_suggestions()
    .register_output_type::<node::AnyNode>()
    .register_output_type::<deprecations::Marks>()
    .register_output_type::<gates::Gates>()
}

/// The schema over a desk, within limits, and without fair use.
#[must_use]
pub fn schema(desk: Desk, limits: Limits) -> GatewaySchema {
    let none = FairUseSettings {
        points: 0,
        ..FairUseSettings::default()
    };
    schema_with(desk, limits, none)
}

/// The same with points for every client.
#[must_use]
pub fn schema_with(desk: Desk, limits: Limits, fair_use: FairUseSettings) -> GatewaySchema {
    let schema = builder().data(limits.clone()).data(fair_use).finish();
    let clock = desk.store.clock();
    let fair_use = FairUse::new(fair_use, clock.clone());
    let registry = Arc::new(registry());
    let uses = Arc::new(Uses::new(Arc::clone(&registry), clock.clone()));
    GatewaySchema {
        schema,
        desk,
        limits,
        fair_use: fair_use.map(Arc::new),
        uses,
        counts: Arc::default(),
        registry,
        notes: true,
    }
}

/// The schema definition, sorted: whole, as it is committed, or as one kind of viewer can use it.
#[must_use]
pub fn sdl(kind: Option<OrganisationKind>) -> String {
    let whole = whole_sdl();
    kind.map_or_else(
        || whole.clone(),
        |kind| sdl::as_seen(&whole, &View::of(&registry(), kind)),
    )
}

/// What the schema is made from, to look at.
fn registry() -> Registry {
    let mut registry = Registry::default();
    <query::Query as OutputType>::create_type_info(&mut registry);
    <mutation::Mutation as OutputType>::create_type_info(&mut registry);
    <subscription::Subscription as SubscriptionType>::create_type_info(&mut registry);
    <node::AnyNode as OutputType>::create_type_info(&mut registry);
    <deprecations::Marks as OutputType>::create_type_info(&mut registry);
    registry
}

fn whole_sdl() -> String {
    let options = async_graphql::SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .prefer_single_line_descriptions();
    let text = builder().finish().sdl_with_options(options);
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

/// Executes a query or a mutation for a viewer.
///
/// The execution runs as a task of its own: a client that goes away never leaves a transaction open behind it. What it
/// tells of persons is noted in the disclosure ledger before the answer is returned, or there is no answer.
pub async fn execute(
    gateway: &GatewaySchema,
    request: Request,
    viewer: Viewer,
    request_id: String,
) -> Response {
    execute_named(gateway, request, viewer, request_id, ()).await.0
}

/// The same, with the name of the operation that was executed. What the request holds of the room for requests is `held` for
/// as long as it is executed, also where nobody waits for the answer any more.
pub async fn execute_named(
    gateway: &GatewaySchema,
    request: Request,
    viewer: Viewer,
    request_id: String,
    held: impl Send + 'static,
) -> (Response, Option<String>) {
    let admitted =
        info_span!("admit").in_scope(|| gateway.admit(request, viewer, &request_id, Following::default()));
    let (request, admitted) = match admitted {
        Ok(admitted) => admitted,
        Err(refused) => return (*refused, None),
    };
    let dear = admitted.dear;
    let name = admitted.name.clone();
    let schema = gateway.schema.clone();
    let execution = async move {
        let response = schema.execute(request).await;
        drop(held);
        response
    };
    let execution = execution.instrument(info_span!("execute"));
    let finish =
        |response| async move { finished(response, &admitted).await }.instrument(info_span!("finish"));
    let response = if dear {
        lane::run(execution, finish).await
    } else {
        match tokio::spawn(execution).await {
            Ok(response) => Ok(finish(response).await),
            Err(cause) => Err(cause),
        }
    };
    let response = response.unwrap_or_else(|cause| {
        // Not the cause itself: the words of a panic may hold those of a row.
        let panicked = cause.is_panic();
        tracing::error!(request_id, panicked, "the execution of a request broke off");
        let response = fault_of_ours(&request_id);
        gateway.counts.answered(&response);
        response
    });
    (response, name)
}

impl GatewaySchema {
    /// The schema without its gate, for a bench that measures what the gate costs; nothing serves it.
    #[doc(hidden)]
    #[must_use]
    pub fn without_notes(mut self) -> Self {
        self.notes = false;
        self
    }

    /// Who uses what goes, in the text format of Prometheus.
    #[must_use]
    pub fn deprecated_uses(&self) -> String {
        self.uses.render()
    }

    /// What was refused, and what was spent.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
}

fn refused(message: impl Into<String>, at: Option<Pos>, code: Code) -> Box<Response> {
    let error = coded(ServerError::new(message, at), code);
    Box::new(Response::from_errors(vec![error]))
}

fn coded(mut error: ServerError, code: Code) -> ServerError {
    let mut extensions = error.extensions.unwrap_or_default();
    if extensions.get("code").is_none() {
        extensions.set("code", code.code());
    }
    error.extensions = Some(extensions);
    error
}

/// An answer that says nothing but that we failed.
fn fault_of_ours(request_id: &str) -> Response {
    let message = format!("something went wrong on our side; quote request {request_id}");
    *refused(message, None, Code::Internal)
}

/// An answer put in order, given once what it tells of persons is noted.
async fn finished(response: Response, admitted: &Admitted) -> Response {
    let (mut response, told) = arranged(response, admitted);
    if admitted.notes {
        let noted = gate::pass(&admitted.scope, told, admitted.means).await;
        response = unless_held_back(response, noted, admitted);
    }
    admitted.scope.counts.answered(&response);
    response
}

/// Puts root fields in order, adds what was redacted and a code to every error of the library's own, and takes what the
/// answer tells of persons out of the scope.
fn arranged(mut response: Response, admitted: &Admitted) -> (Response, Vec<Told>) {
    // What is said of root fields keeps the order of the selection too, whichever was ready first.
    response.data = match &admitted.twins {
        Some(layout) => twins::arranged(response.data, layout),
        None => order::ordered(response.data, &admitted.keys),
    };
    let place = |error: &ServerError| order::place(&error.path, &admitted.keys);
    response.errors.sort_by_key(place);
    if response.errors.len() > MOST_ERRORS {
        // The first ones say enough: a document can be wrong in thousands of places. That we failed is said in any case.
        response.errors.sort_by_key(|error| !is_ours(error));
        response.errors.truncate(MOST_ERRORS);
        response.errors.sort_by_key(place);
    }
    response.errors = response
        .errors
        .into_iter()
        .map(|error| coded(with_words(wording::unquoted(error)), Code::ValidationFailed))
        .collect();
    if let Some(charge) = admitted.charge {
        admitted.scope.counts.spent(admitted.scope.spent() + 1);
        let cost = charge.told(Some(admitted.scope.spent()));
        response.extensions.insert("cost".to_owned(), cost);
    }
    admitted.scope.refill();
    let (mut redactions, mut told) = admitted.scope.take_noted();
    // The ledger keeps the order of the answer, whichever root field was ready first: others read it.
    told.sort_by_key(|(path, _)| order::place(path, &admitted.keys));
    redactions.sort_by_cached_key(|redaction| order::place(&redaction.path, &admitted.keys));
    if !redactions.is_empty() {
        let redactions = Value::List(redactions.into_iter().map(redaction).collect());
        response.extensions.insert("redactions".to_owned(), redactions);
    }
    (response, told.into_iter().flat_map(|(_, told)| told).collect())
}

/// Whether an error is a fault of ours.
fn is_ours(error: &ServerError) -> bool {
    let code = error.extensions.as_ref().and_then(|all| all.get("code"));
    code == Some(&Value::from(Code::Internal.code()))
}

/// An error of the library's own about a word that it does not know; where the vocabulary is public, with its words.
fn with_words(mut error: ServerError) -> ServerError {
    fn words<C: crate::domain::code::Code>(message: &str) -> Option<String> {
        let named = message.contains(&format!("\"{}\" does not contain", C::NAME));
        let all = C::ALL.iter().map(|(_, code, _)| *code);
        named.then(|| all.collect::<Vec<_>>().join(", "))
    }
    use crate::indicators::{dimension::Dimension, matrix::IndicatorCode, question};
    let allowed = words::<IndicatorCode>(&error.message)
        .or_else(|| words::<Dimension>(&error.message))
        .or_else(|| words::<question::PeriodStep>(&error.message))
        .or_else(|| words::<question::RelativePeriod>(&error.message));
    if let Some(allowed) = allowed {
        error.message.push_str("; it contains ");
        error.message.push_str(&allowed);
    }
    error
}

/// The answer, or a fault of ours in its place where what it tells could not be noted.
fn unless_held_back(response: Response, noted: Result<(), Error>, admitted: &Admitted) -> Response {
    let Err(fault) = noted else { return response };
    let request_id = &admitted.scope.request_id;
    tracing::error!(
        request_id,
        cause = crate::store::cause_of(&fault),
        "an answer was held back: what it tells cannot be noted"
    );
    fault_of_ours(request_id)
}

fn redaction(redaction: Redaction) -> Value {
    use async_graphql::{PathSegment, indexmap::IndexMap};
    let path = redaction.path.into_iter().map(|segment| match segment {
        PathSegment::Field(name) => Value::String(name),
        PathSegment::Index(index) => Value::from(index),
    });
    let access = if redaction.masked { "MASKED" } else { "WITHHELD" };
    Value::Object(IndexMap::from([
        (Name::new("path"), Value::List(path.collect())),
        (Name::new("field"), Value::from(redaction.field)),
        (Name::new("access"), Value::from(access)),
    ]))
}
