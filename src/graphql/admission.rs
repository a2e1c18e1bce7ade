//! Letting a request in: what may be parsed, what may run, and what it costs, before the library does any work on it.

use super::context::{Following, RequestScope};
use super::counts::name_of;
use super::fair_use::{self, Charge, Exhausted};
use super::{GatewaySchema, documents, extensions, lane, order, refused, twins, wording};
use crate::domain::disclosure::DisclosureMeans;
use crate::error::Code;
use crate::ids::ClientId;
use crate::policy::viewer::Viewer;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{Name, Request, Response, Variables};
use std::any::TypeId;
use std::sync::Arc;

impl GatewaySchema {
    /// Takes points for what was told of before it was followed, and waits until there are enough: whoever comes back from the
    /// beginning again and again pays as for the pages of a listing.
    pub(super) async fn pay(&self, client: ClientId, cost: u32) {
        let Some(fair_use) = &self.fair_use else { return };
        let clock = self.desk.store.clock();
        loop {
            match fair_use.charge(client, cost) {
                Ok(charge) => return self.counts.charged(charge.requested()),
                Err(exhausted) => clock.sleep_until(clock.now() + exhausted.wait).await,
            }
        }
    }

    /// Parses and checks a request before the library does any work on it; what is refused is counted.
    pub(super) fn admit(
        &self,
        request: Request,
        viewer: Viewer,
        request_id: &str,
        following: Following,
    ) -> Result<(Request, Admitted), Box<Response>> {
        self.let_in(request, viewer, request_id, following)
            .inspect_err(|refused| self.counts.answered(refused))
    }

    /// Reads a request before anything is parsed: that costs points, whatever comes of it, so that whoever has none left makes
    /// no more work than this. A request that was read is not read again.
    ///
    /// # Errors
    ///
    /// The answer that says what is wrong, with `RATE_LIMITED` or `LIMIT_EXCEEDED`.
    pub(super) fn read(&self, request: Request, client: ClientId) -> Result<Request, Box<Response>> {
        if read_before(&request).is_some() {
            return Ok(request);
        }
        let words = extensions::input::may_be_parsed(&request.query);
        // What cannot be parsed was looked at no further than the limit.
        let most = request.query.len().min(extensions::input::MOST_TOKENS);
        let price = fair_use::reading(words.as_ref().copied().unwrap_or(most));
        let charge = match &self.fair_use {
            Some(fair_use) => Some(fair_use.charge(client, price).map_err(throttled)?),
            None => None,
        };
        self.counts.charged(charge.map_or(0, Charge::requested));
        words.map_err(|why| refused(why, None, Code::LimitExceeded))?;
        Ok(request.data(Read(charge)))
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
        // An event of a stream was paid for when it was opened.
        let opens = following.only.is_none();
        let request = if opens {
            self.read(request, viewer.client)?
        } else {
            request
        };
        extensions::input::variables_are_bounded(&request.variables)
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
        extensions::limits::check(&document, &request.variables, &self.limits)
            .map_err(|why| refused(why, None, Code::LimitExceeded))?;
        if let Some(beyond) = order::beyond_single_root(&document) {
            let why = "a subscription selects one root field, in the operation itself";
            return Err(refused(why, Some(beyond), Code::ValidationFailed));
        }
        extensions::positions::check(&document, &self.registry)
            .map_err(|(why, at)| refused(why, Some(at), Code::ValidationFailed))?;
        let operation = chosen(&document, request.operation_name.as_deref());
        let kind = operation.map(|operation| operation.ty);
        if opens && kind == Some(OperationType::Subscription) {
            extensions::limits::may_be_kept(&request, &self.limits)
                .map_err(|why| refused(why, None, Code::LimitExceeded))?;
        }
        let mut request = request;
        if let Some(operation) = operation {
            fill_defaults(operation, &mut request.variables);
        }
        let cost = if opens {
            fair_use::cost(&document, operation, &request.variables, &self.limits)
        } else {
            0
        };
        let charge = match (
            &self.fair_use,
            read_before(&request).and_then(|Read(charge)| charge),
        ) {
            (Some(fair_use), Some(read)) => {
                let charge = fair_use
                    .charge_rest(viewer.client, read, cost)
                    .map_err(throttled)?;
                self.counts.charged(charge.requested() - read.requested());
                Some(charge)
            }
            _ => None,
        };
        if opens {
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
            // A command waits for locks, and is no one's to wait for.
            dear: cost >= lane::DEAR && kind != Some(OperationType::Mutation),
            cost,
            name,
            notes: self.notes,
        };
        Ok((request, admitted))
    }
}

/// Says of a request that it was read, and what was taken for that.
#[derive(Clone, Copy)]
pub(super) struct Read(Option<Charge>);

/// What was taken for the reading of a request, if it was read.
pub(super) fn read_before(request: &Request) -> Option<Read> {
    request.data.get(&TypeId::of::<Read>())?.downcast_ref().copied()
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
    /// What it could bring, in points.
    pub(super) cost: u32,
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
