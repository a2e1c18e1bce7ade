//! Payloads: what a command answers with, the row or the rules that refused it.

use super::context::{InScope, RequestScope, refuse, wanted};
use super::governed::{Row, Table, register_one};
use super::meta;
use super::word_out::WordOut;
use crate::commands::Envelope;
use crate::domain::code::Code as _;
use crate::domain::transition::{Reason, Refusal};
use crate::error::{CommandErrorCode, Error};
use crate::store::Readable;
use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaTypeId, Registry};
use async_graphql::{
    Context, ContextSelectionSet, OutputType, Positioned, ServerResult, SimpleObject, Value, resolver_utils,
};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write as _;
use uuid::Uuid;

/// A rule that refused a command.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CommandError {
    /// Names the rule; stays the same for ever.
    code: WordOut<CommandErrorCode>,
    /// What the rule says, in English.
    message: String,
    /// The input field at fault, where there is one.
    field: Option<String>,
    /// For CONFLICT, the version that the row has now.
    current_version: Option<i32>,
}

impl CommandError {
    fn of(code: CommandErrorCode, field: Option<&str>, current_version: Option<i32>) -> Self {
        let meaning = CommandErrorCode::ALL
            .iter()
            .find(|(known, _, _)| *known == code)
            .map_or("", |(_, _, text)| text);
        Self {
            code: WordOut(code),
            message: meaning.to_owned(),
            field: field.map(str::to_owned),
            current_version,
        }
    }
}

/// A payload: its name, the field that carries its row, and the type of that row.
pub trait Answered: Send + Sync + 'static {
    /// Name of the payload.
    const NAME: &'static str;
    /// Name of the field that carries the row.
    const FIELD: &'static str;
    /// The row.
    type Node: Table + Readable;
}

/// What a command answers with.
pub struct Payload<A: Answered> {
    row: Option<Row<A::Node>>,
    errors: Vec<CommandError>,
}

/// The answer to a command: the row as the viewer sees it now, or the rule that refused.
///
/// # Errors
///
/// Whatever is wrong with the request as a whole, or on our side.
pub async fn answer<A: Answered>(
    context: &Context<'_>,
    outcome: Result<Uuid, Error>,
) -> async_graphql::Result<Payload<A>> {
    let scope = context.scope();
    match outcome {
        Ok(id) => {
            let want = wanted::<A::Node>(context, &[&[A::FIELD]]);
            let row = scope.reader().one::<A::Node>(id, &want).await;
            let row = row.map_err(|fault| refuse(&fault, &scope.request_id))?;
            Ok(Payload {
                row: row.map(Row),
                errors: Vec::new(),
            })
        }
        Err(fault) => Ok(Payload {
            row: None,
            errors: refusals(scope, &fault).ok_or_else(|| refuse(&fault, &scope.request_id))?,
        }),
    }
}

/// An expected refusal as the payload shows it, every rule of it, counted; nothing for what concerns the request as a whole.
#[must_use]
pub fn refusals(scope: &RequestScope, fault: &Error) -> Option<Vec<CommandError>> {
    let refusals = refusals_of(fault)?;
    for CommandError { code, .. } in &refusals {
        scope.counts.refused(code.0.code());
    }
    Some(refusals)
}

fn refusals_of(fault: &Error) -> Option<Vec<CommandError>> {
    match fault {
        Error::Refused(refusal) => {
            let error = |rule: &Refusal| {
                let current = match rule.reason {
                    Reason::Conflict { current } => Some(current),
                    _ => None,
                };
                CommandError::of(rule.reason.into(), rule.field, current)
            };
            Some(refusal.each().map(error).collect())
        }
        Error::IdempotencyMismatch => Some(vec![CommandError::of(
            CommandErrorCode::IdempotencyMismatch,
            Some("idempotencyKey"),
            None,
        )]),
        _ => None,
    }
}

/// The envelope of the command that a field gives: the digest covers all of its input but the key.
///
/// # Errors
///
/// Arguments that cannot be read.
pub fn envelope(context: &Context<'_>, key: &str) -> async_graphql::Result<Envelope> {
    let scope: &RequestScope = context.scope();
    let mut digest = Sha256::new();
    for (name, value) in context.field().arguments()? {
        digest.update(name.as_bytes());
        digest.update(canonical(&value).as_bytes());
    }
    let hash = digest.finalize();
    let mut body_hash = String::with_capacity(64);
    for byte in hash {
        let _ = write!(body_hash, "{byte:02x}");
    }
    Ok(Envelope {
        actor: scope.actor(),
        key: key.to_owned(),
        body_hash,
    })
}

/// A value as text that does not depend on the order of its fields, without the key.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields
                .iter()
                .filter(|(name, _)| name.as_str() != "idempotencyKey")
                .collect();
            fields.sort_by(|one, other| one.0.cmp(other.0));
            let fields: Vec<String> = fields
                .into_iter()
                .map(|(name, value)| format!("{name}:{}", canonical(value)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::List(values) => format!("[{}]", values.iter().map(canonical).collect::<Vec<_>>().join(",")),
        // A word is the same whether it is written in the document or sent as a variable.
        Value::Enum(name) => format!("{:?}", name.as_str()),
        other => other.to_string(),
    }
}

impl<A: Answered> OutputType for Payload<A> {
    fn type_name() -> Cow<'static, str> {
        A::NAME.into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            let row = register_one::<A::Node>(registry);
            let errors = <Vec<CommandError> as OutputType>::create_type_info(registry);
            let fields = vec![
                meta::field(
                    A::FIELD,
                    "The row after the command; null where a rule refused.".to_owned(),
                    row,
                ),
                meta::field(
                    "errors",
                    "The rules that refused; empty where the command was carried out.".to_owned(),
                    errors,
                ),
            ];
            let command = A::NAME.trim_end_matches("Payload");
            let doc = format!("The answer to {}{}.", command[..1].to_lowercase(), &command[1..]);
            meta::object(A::NAME, &doc, fields, std::any::type_name::<Self>())
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolver_utils::resolve_container_serial(ctx, self).await
    }
}

impl<A: Answered> resolver_utils::ContainerType for Payload<A> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let inner = ctx.with_selection_set(&ctx.item.node.selection_set);
        if ctx.item.node.name.node == A::FIELD {
            return match &self.row {
                Some(row) => row.resolve(&inner, ctx.item).await.map(Some),
                None => Ok(Some(Value::Null)),
            };
        }
        if ctx.item.node.name.node == "errors" {
            return self.errors.resolve(&inner, ctx.item).await.map(Some);
        }
        Ok(None)
    }
}

/// Declares payloads: `payloads! { Name field: Node; … }`.
#[macro_export]
macro_rules! payloads {
    ($($name:ident $field:literal: $node:ident;)+) => {$(
        #[doc = concat!("Payload `", stringify!($name), "`.")]
        pub struct $name;

        impl $crate::graphql::payload::Answered for $name {
            const NAME: &'static str = stringify!($name);
            const FIELD: &'static str = $field;
            type Node = $crate::store::nodes::$node;
        }
    )+};
}
