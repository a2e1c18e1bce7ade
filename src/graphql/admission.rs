//! Letting a request in: what may be parsed, what may run, and what it costs, before the library does any work on it.

use super::context::{Following, RequestScope};
use super::counts::{name_of, says};
use super::fair_use::{self, Charge, Exhausted};
use super::{GatewaySchema, documents, extensions, lane, order, refused, twins, wording};
use crate::domain::disclosure::DisclosureMeans;
use crate::error::Code;
use crate::ids::ClientId;
use crate::policy::viewer::Viewer;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{Name, Request, Response, Variables};
use std::sync::Arc;

impl GatewaySchema {
    /// Parses and checks a request before the library does any work on it; what is refused is counted.
    pub(super) fn admit(
        &self,
        request: Request,
        viewer: Viewer,
        request_id: &str,
        following: Following,
    ) -> Result<(Request, Admitted), Box<Response>> {
        let client = viewer.client;
        self.let_in(request, viewer, request_id, following)
            .map_err(|refused| self.charged_for(refused, client))
            .inspect_err(|refused| self.counts.answered(refused))
    }

    /// A refusal costs a point as well: reading what is refused is work. Whoever has no point left is told that instead.
    pub(super) fn charged_for(&self, refused: Box<Response>, client: ClientId) -> Box<Response> {
        let Some(fair_use) = &self.fair_use else {
            return refused;
        };
        if says(&refused, Code::RateLimited) {
            return refused;
        }
        match fair_use.charge(client, 1) {
            Ok(charge) => {
                self.counts.charged(charge.requested());
                refused
            }
            Err(exhausted) => throttled(exhausted),
        }
    }

    fn let_in(
        &self,
        request: Request,
        viewer: Viewer,
        request_id: &str,
        following: Following,
    ) -> Result<(Request, Admitted), Box<Response>> {
        if !documents::may_go_on(&request, &viewer) {
            return Err(refused(
                documents::ONLY_REGISTERED,
                None,
                Code::DocumentNotRegistered,
            ));
        }
        extensions::input::may_be_parsed(&request.query)
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
                let why = wording::of_parser(&fault);
                return Err(refused(why, start, Code::ParseFailed));
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
        let cost = fair_use::cost(&document, operation, &request.variables, &self.limits);
        // An event of a stream was paid for when it was opened.
        let charge = match &self.fair_use {
            Some(fair_use) if following.only.is_none() => {
                let charge = fair_use.charge(viewer.client, cost).map_err(throttled)?;
                self.counts.charged(charge.requested());
                Some(charge)
            }
            _ => None,
        };
        if following.only.is_none() {
            let variables = &request.variables;
            self.uses
                .count(&viewer.client_id, &document, operation, variables);
        }
        let desk = self.desk.clone();
        let counts = Arc::clone(&self.counts);
        let scope = RequestScope::new(
            viewer,
            request_id.to_owned(),
            desk,
            &self.limits,
            following,
            counts,
        );
        let scope = Arc::new(scope);
        let name = name_of(&document, request.operation_name.as_deref());
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
            dear: cost >= lane::DEAR,
            name,
            notes: self.notes,
        };
        Ok((request, admitted))
    }
}

/// A request that was let in: what its resolvers share, and the order of its root fields.
pub(super) struct Admitted {
    pub(super) scope: Arc<RequestScope>,
    pub(super) keys: Vec<Name>,
    pub(super) twins: Option<twins::Layout>,
    pub(super) means: DisclosureMeans,
    pub(super) charge: Option<Charge>,
    /// Whether it is kept apart from what is answered at once.
    pub(super) dear: bool,
    pub(super) name: Option<String>,
    pub(super) notes: bool,
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
