//! Registered documents: a client may send the digest of a document in place of its text, and a client so marked may send
//! nothing else.
//!
//! The digest stands in `documentId`, as `sha256:` and 64 hexadecimal digits, or in the extension `persistedQuery` that
//! clients of other servers send; text that comes along has to be the one of that digest. What is not registered is
//! refused before anything is parsed.

use super::extensions::{input, limits};
use super::{GatewaySchema, coded};
use crate::config::Limits;
use crate::domain::document::RegisteredDocument;
use crate::domain::transition::{Reason, Refusal};
use crate::error::Code;
use crate::policy::disclosure::sha256;
use crate::policy::viewer::Viewer;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, OperationType};
use async_graphql::{Request, Response, ServerError, Value, Variables};
use chrono::{DateTime, Utc};
use std::any::TypeId;

/// Name of the extension in which a `documentId` travels through the program.
pub const DOCUMENT_ID: &str = "documentId";

const PREFIX: &str = "sha256:";

/// Says of a request that its document is one that its client has registered.
struct Registered;

/// A document as it is registered: one that can be parsed, within the limits.
///
/// # Errors
///
/// `INVALID` at `documents`.
pub fn registrable(text: String, limits: &Limits, now: DateTime<Utc>) -> Result<RegisteredDocument, Refusal> {
    let unfit = || Refusal::at(Reason::Invalid, "documents");
    if text.len() > limits.max_body_bytes || input::may_be_parsed(&text).is_err() {
        return Err(unfit());
    }
    let document = parse_query(&text).map_err(|_| unfit())?;
    let follows = document
        .operations
        .iter()
        .any(|(_, operation)| operation.node.ty == OperationType::Subscription);
    if follows && limits::may_be_kept(&Request::new(&text), limits).is_err() {
        return Err(unfit());
    }
    if limits::check(&document, &Variables::default(), limits).is_err()
        || input::holds_nul(&Request::new(&text))
    {
        return Err(unfit());
    }
    let operation_name = match &document.operations {
        DocumentOperations::Multiple(named) if named.len() == 1 => {
            named.keys().next().map(ToString::to_string)
        }
        _ => None,
    };
    Ok(RegisteredDocument {
        sha256: sha256(&text),
        operation_name,
        text,
        registered_at: now,
    })
}

/// Whether a request names its document by a digest.
#[must_use]
pub fn names_document(request: &Request) -> bool {
    request.extensions.contains_key(DOCUMENT_ID) || request.extensions.contains_key("persistedQuery")
}

/// The digest that a request names, none where it is no digest.
fn named(request: &Request) -> Option<String> {
    let digest = match request.extensions.get(DOCUMENT_ID) {
        Some(Value::String(id)) => id.strip_prefix(PREFIX)?,
        Some(_) => return None,
        None => match request.extensions.get("persistedQuery")? {
            Value::Object(fields) => match fields.get("sha256Hash")? {
                Value::String(digest) => digest,
                _ => return None,
            },
            _ => return None,
        },
    };
    let fits = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    fits.then(|| digest.to_ascii_lowercase())
}

impl GatewaySchema {
    /// Takes a request as it came: reads it, puts the text of a registered document where it has its digest, and refuses
    /// whatever a client that may send registered documents alone sends besides. A request that has passed may pass again.
    ///
    /// # Errors
    ///
    /// The answer that says what is wrong, with `DOCUMENT_NOT_REGISTERED`, `BAD_REQUEST` or, where the registry does not
    /// answer, `INTERNAL`; with `RATE_LIMITED` or `LIMIT_EXCEEDED` where it cannot be read. It is counted.
    pub async fn received(&self, request: Request, viewer: &Viewer) -> Result<Request, Box<Response>> {
        let received = match self.read(request, viewer.client) {
            Ok(request) => self
                .looked_up(request, viewer)
                .await
                .map_err(|error| Box::new(Response::from_errors(vec![error]))),
            Err(refused) => Err(refused),
        };
        received.inspect_err(|refused| self.counts.answered(refused))
    }

    async fn looked_up(&self, mut request: Request, viewer: &Viewer) -> Result<Request, ServerError> {
        if is_registered(&request) {
            return Ok(request);
        }
        let digest = if names_document(&request) {
            named(&request).ok_or_else(|| {
                error(
                    "a document is named by `sha256:` and 64 hexadecimal digits",
                    Code::BadRequest,
                )
            })?
        } else if viewer.documents_only {
            sha256(&request.query)
        } else {
            return Ok(request);
        };
        let found = self.desk.store.registered_document(viewer.client, &digest).await;
        let found = found.map_err(|fault| {
            tracing::error!(
                cause = crate::store::cause_of(&fault),
                "the registry cannot be asked for a document"
            );
            error("the registry cannot be asked now", Code::Internal)
        })?;
        let text = found.ok_or_else(|| {
            error(
                "this client has registered no such document",
                Code::DocumentNotRegistered,
            )
        })?;
        if !request.query.is_empty() && request.query != text {
            return Err(error("the text is not that of the digest", Code::BadRequest));
        }
        request.query = text;
        Ok(as_registered(request))
    }
}

/// Whether a request may go on as it is: nothing but its registered documents comes from a client so marked.
pub(super) fn may_go_on(request: &Request, viewer: &Viewer) -> bool {
    !viewer.documents_only || is_registered(request)
}

/// What a client is told whose document is not registered.
pub(super) const ONLY_REGISTERED: &str = "this client may send registered documents alone";

/// A request whose document was found to be one that its client has registered.
pub(super) fn as_registered(request: Request) -> Request {
    request.data(Registered)
}

/// Whether that was found.
pub(super) fn is_registered(request: &Request) -> bool {
    request.data.contains_key(&TypeId::of::<Registered>())
}

fn error(sentence: &str, code: Code) -> ServerError {
    coded(ServerError::new(sentence, None), code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_document_is_registered_if_it_could_run() {
        let fits = |text: &str| registrable(text.to_owned(), &Limits::default(), DateTime::UNIX_EPOCH);
        let named = fits("query Who { viewer { clientId } }").expect("a document");
        assert_eq!(named.operation_name.as_deref(), Some("Who"));
        assert_eq!(named.sha256, sha256("query Who { viewer { clientId } }"));
        assert_eq!(
            fits("{ viewer { clientId } }")
                .expect("a document")
                .operation_name,
            None
        );
        for unfit in [
            "",
            "{",
            "{ a }\u{0}",
            &"[".repeat(100),
            &format!("{{ {} }}", "a ".repeat(100_000)),
        ] {
            assert!(fits(unfit).is_err(), "{}", &unfit[..unfit.len().min(20)]);
        }
    }

    #[test]
    fn a_digest_is_taken_in_either_form_and_nothing_else_is() {
        let digest = "AB".repeat(32);
        for (extensions, expected) in [
            (
                json!({ "documentId": format!("sha256:{digest}") }),
                Some(digest.to_ascii_lowercase()),
            ),
            (
                json!({ "persistedQuery": { "version": 1, "sha256Hash": digest } }),
                Some(digest.to_ascii_lowercase()),
            ),
            (json!({ "documentId": digest }), None),
            (json!({ "documentId": 7 }), None),
            (json!({ "documentId": "sha256:xyz" }), None),
            (json!({ "persistedQuery": "sha256" }), None),
            (json!({ "persistedQuery": { "sha256Hash": [] } }), None),
        ] {
            let mut request = Request::new("");
            request.extensions = serde_json::from_value(extensions.clone()).expect("extensions");
            assert!(names_document(&request));
            assert_eq!(named(&request), expected, "{extensions}");
        }
        assert!(!names_document(&Request::new("{ a }")));
    }
}
