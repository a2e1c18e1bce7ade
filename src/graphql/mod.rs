//! The schema: thin. Types are tables whose lines name their policy; queries read, mutations hand commands to the desk,
//! subscriptions follow an inbox.

pub mod arguments;
pub mod connection;
pub mod context;
pub mod extensions;
pub mod fair_use;
mod figures;
mod gate;
mod gates;
pub mod governed;
mod inbox;
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

use crate::commands::Desk;
use crate::config::{FairUseSettings, Limits};
use crate::domain::code::Code as _;
use crate::domain::disclosure::DisclosureMeans;
use crate::domain::party::OrganisationKind;
use crate::error::{Code, Error};
use crate::policy::viewer::Viewer;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::registry::Registry;
use async_graphql::{
    Name, OutputType, Pos, Request, Response, Schema, SchemaBuilder, ServerError, SubscriptionType, Value,
    Variables,
};
use context::{Following, Redaction, RequestScope, Told};
use fair_use::{Charge, Exhausted, FairUse};
use std::sync::Arc;
use views::View;

pub use stream::{Answer, Answers, Writer, execute_stream};

/// The schema with what its resolvers need.
#[derive(Clone)]
pub struct GatewaySchema {
    schema: Schema<query::Query, mutation::Mutation, subscription::Subscription>,
    desk: Desk,
    limits: Limits,
    fair_use: Option<Arc<FairUse>>,
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
    let fair_use = FairUse::new(fair_use, desk.store.clock().clone());
    GatewaySchema {
        schema,
        desk,
        limits,
        fair_use: fair_use.map(Arc::new),
        registry: Arc::new(registry()),
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
    let (request, admitted) = match gateway.admit(request, viewer, &request_id, Following::default()) {
        Ok(admitted) => admitted,
        Err(refused) => return *refused,
    };
    let schema = gateway.schema.clone();
    let executed = tokio::spawn(async move { schema.execute(request).await }).await;
    match executed {
        Ok(response) => finished(response, &admitted).await,
        Err(cause) => {
            tracing::error!(request_id, %cause, "the execution of a request broke off");
            fault_of_ours(&request_id)
        }
    }
}

impl GatewaySchema {
    /// The schema without its gate, for a bench that measures what the gate costs; nothing serves it.
    #[doc(hidden)]
    #[must_use]
    pub fn without_notes(mut self) -> Self {
        self.notes = false;
        self
    }

    /// Parses and checks a request before the library does any work on it.
    fn admit(
        &self,
        request: Request,
        viewer: Viewer,
        request_id: &str,
        following: Following,
    ) -> Result<(Request, Admitted), Box<Response>> {
        extensions::input::nesting_is_bounded(&request.query)
            .and_then(|()| extensions::input::variables_are_bounded(&request.variables))
            .map_err(|why| refused(why, None, Code::LimitExceeded))?;
        if extensions::input::holds_nul(&request) {
            let why = "no text may hold the character NUL";
            return Err(refused(why, None, Code::InvalidArgument));
        }
        let document = match parse_query(&request.query) {
            Ok(document) => document,
            Err(fault) => {
                let start = fault.positions().next();
                return Err(refused(fault.to_string(), start, Code::ParseFailed));
            }
        };
        extensions::limits::check(&document, &self.limits)
            .map_err(|why| refused(why, None, Code::LimitExceeded))?;
        if let Some(beyond) = order::beyond_single_root(&document) {
            let why = "a subscription selects one root field, in the operation itself";
            return Err(refused(why, Some(beyond), Code::ValidationFailed));
        }
        extensions::positions::check(&document, &self.registry)
            .map_err(|(why, at)| refused(why, Some(at), Code::ValidationFailed))?;
        let operation = chosen(&document, request.operation_name.as_deref());
        let mut request = request;
        if let Some(operation) = operation {
            fill_defaults(operation, &mut request.variables);
        }
        // An event of a stream was paid for when it was opened.
        let charge = match &self.fair_use {
            Some(fair_use) if following.only.is_none() => {
                let cost = fair_use::cost(&document, operation, &request.variables, &self.limits);
                Some(fair_use.charge(viewer.client, cost).map_err(throttled)?)
            }
            _ => None,
        };
        let desk = self.desk.clone();
        let scope = RequestScope::new(viewer, request_id.to_owned(), desk, &self.limits, following);
        let scope = Arc::new(scope);
        let mut request = request.data(scope.clone());
        let keys = order::root_keys(&document, operation);
        let twins = operation.and_then(|operation| twins::layout(&document, operation));
        let means = means_of(operation);
        request.set_parsed_query(document);
        let admitted = Admitted {
            scope,
            keys,
            twins,
            means,
            charge,
            notes: self.notes,
        };
        Ok((request, admitted))
    }
}

/// A request that was let in: what its resolvers share, and the order of its root fields.
struct Admitted {
    scope: Arc<RequestScope>,
    keys: Vec<Name>,
    twins: Option<twins::Layout>,
    means: DisclosureMeans,
    charge: Option<Charge>,
    notes: bool,
}

/// By which way an operation tells what it tells.
fn means_of(operation: Option<&OperationDefinition>) -> DisclosureMeans {
    match operation.map(|operation| operation.ty) {
        Some(OperationType::Mutation) => DisclosureMeans::Command,
        Some(OperationType::Subscription) => DisclosureMeans::Event,
        Some(OperationType::Query) | None => DisclosureMeans::Query,
    }
}

/// The operation that a request names, or its only one.
fn chosen<'d>(document: &'d ExecutableDocument, name: Option<&str>) -> Option<&'d OperationDefinition> {
    let mut operations = document.operations.iter();
    let fits = |(known, _): &(Option<&Name>, _)| name.is_none() || known.map(Name::as_str) == name;
    operations.find(fits).map(|(_, operation)| &operation.node)
}

/// Fills in the defaults of variables, which the library's own treatment of `@include` and `@skip` ignores.
fn fill_defaults(operation: &OperationDefinition, variables: &mut Variables) {
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        if let Some(default) = &definition.default_value
            && !variables.contains_key(&definition.name.node)
        {
            variables.insert(definition.name.node.clone(), default.node.clone());
        }
    }
}

fn refused(message: impl Into<String>, at: Option<Pos>, code: Code) -> Box<Response> {
    let error = coded(ServerError::new(message, at), code);
    Box::new(Response::from_errors(vec![error]))
}

/// What a client without points is told: when to come back.
fn throttled(exhausted: Exhausted) -> Box<Response> {
    let seconds = exhausted.seconds();
    let why = format!("the points of this client are used up: come back in {seconds} s, or ask for less");
    let mut response = refused(why, None, Code::RateLimited);
    response
        .extensions
        .insert("cost".to_owned(), exhausted.charge.told(None));
    response.http_headers.insert("retry-after", seconds.into());
    response
}

fn coded(mut error: ServerError, code: Code) -> ServerError {
    let mut extensions = error.extensions.unwrap_or_default();
    if extensions.get("code").is_none() {
        extensions.set("code", code.code());
    }
    error.extensions = Some(extensions);
    error
}

/// Whether something of an answer is missing through a fault of ours.
#[must_use]
pub fn says_that_we_failed(response: &Response) -> bool {
    says(response, Code::Internal)
}

/// Whether some error of an answer has this code.
#[must_use]
pub fn says(response: &Response, code: Code) -> bool {
    let failed = Value::from(code.code());
    let code = |error: &ServerError| error.extensions.as_ref()?.get("code").cloned();
    response
        .errors
        .iter()
        .any(|error| code(error).as_ref() == Some(&failed))
}

/// An answer that says nothing but that we failed.
fn fault_of_ours(request_id: &str) -> Response {
    let message = format!("something went wrong on our side; quote request {request_id}");
    *refused(message, None, Code::Internal)
}

/// An answer put in order, given once what it tells of persons is noted.
async fn finished(response: Response, admitted: &Admitted) -> Response {
    let (response, told) = arranged(response, admitted);
    if !admitted.notes {
        return response;
    }
    let noted = gate::pass(&admitted.scope, told, admitted.means).await;
    unless_held_back(response, noted, admitted)
}

/// Puts root fields in order, adds what was redacted and a code to every error of the library's own, and takes what the
/// answer tells of persons out of the scope.
fn arranged(mut response: Response, admitted: &Admitted) -> (Response, Vec<Told>) {
    // What is said of root fields keeps the order of the selection too, whichever was ready first.
    response.data = match &admitted.twins {
        Some(layout) => twins::arranged(response.data, layout),
        None => order::ordered(response.data, &admitted.keys),
    };
    response
        .errors
        .sort_by_key(|error| order::place(&error.path, &admitted.keys));
    response.errors = response
        .errors
        .into_iter()
        .map(|error| coded(with_words(error), Code::ValidationFailed))
        .collect();
    if let Some(charge) = admitted.charge {
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
