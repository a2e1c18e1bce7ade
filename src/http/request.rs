//! GraphQL over HTTP, the reading half: what may be asked, in which shape, and which shape the answer takes.

use super::answer::{Fault, MediaType};
use crate::error::Code;
use crate::graphql::documents::{DOCUMENT_ID, names_document};
use crate::graphql::extensions::input::may_be_parsed;
use async_graphql::parser::types::{DocumentOperations, OperationType};
use async_graphql::{Extensions, Variables};
use axum::body::Body;
use axum::extract::Query;
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode, Uri};
use futures_util::StreamExt;
use serde::Deserialize;

/// Most values in a body: more than the longest list of visits needs.
const MOST_VALUES: usize = 40_000;

/// The media type that the `Accept` header prefers among those we speak; `application/json` when it says nothing.
///
/// # Errors
///
/// A 406 if it accepts none.
pub fn accepted(headers: &HeaderMap) -> Result<MediaType, Fault> {
    let mut accepted: Option<(f32, MediaType)> = None;
    let mut said_anything = false;
    for range in headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
    {
        let mut parts = range.split(';').map(str::trim);
        let media = parts.next().unwrap_or_default().to_ascii_lowercase();
        said_anything |= !media.is_empty();
        let quality = parts
            .find_map(|part| part.strip_prefix("q="))
            .map_or(1.0, |q| q.parse().unwrap_or(0.0));
        let speaks = match media.as_str() {
            "application/graphql-response+json" => MediaType::GraphqlResponse,
            "text/event-stream" => MediaType::EventStream,
            "application/json" | "application/*" | "*/*" => MediaType::Json,
            _ => continue,
        };
        if quality > 0.0 && accepted.is_none_or(|(best, _)| quality > best) {
            accepted = Some((quality, speaks));
        }
    }
    match accepted {
        Some((_, media)) => Ok(media),
        None if !said_anything => Ok(MediaType::Json),
        None => Err(Fault::new(
            StatusCode::NOT_ACCEPTABLE,
            Code::BadRequest,
            "Answers are application/graphql-response+json, application/json or text/event-stream.",
        )),
    }
}

/// The GraphQL request that a POST carries.
///
/// # Errors
///
/// 415, 413 or 400, with a sentence that says what is wrong.
pub async fn posted(
    headers: &HeaderMap,
    body: Body,
    max_bytes: usize,
) -> Result<async_graphql::Request, Fault> {
    if !is_json(headers) {
        return Err(Fault::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::BadRequest,
            "A POST carries application/json in UTF-8.",
        ));
    }
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > max_bytes as u64) {
        return Err(too_large(max_bytes));
    }
    let mut text = Vec::new();
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        let part = part.map_err(|_| Fault::bad_request("The body broke off."))?;
        if text.len() + part.len() > max_bytes {
            return Err(too_large(max_bytes));
        }
        text.extend_from_slice(&part);
    }
    parsed(&text)
}

/// A request as a body carries it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Posted {
    #[serde(default)]
    query: String,
    operation_name: Option<String>,
    #[serde(default)]
    variables: Variables,
    #[serde(default)]
    extensions: Extensions,
    document_id: Option<String>,
}

/// How many lists, objects and further values a text has, if it is JSON: each takes many times its room once it is read.
fn values(text: &[u8]) -> usize {
    let (mut count, mut within, mut escaped) = (0, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = within,
            b'"' => within = !within,
            b',' | b'[' | b'{' if !within => count += 1,
            _ => {}
        }
    }
    count
}

fn parsed(text: &[u8]) -> Result<async_graphql::Request, Fault> {
    if values(text) > MOST_VALUES {
        return Err(Fault::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            Code::LimitExceeded,
            format!("The body holds more than {MOST_VALUES} values: send fewer at a time."),
        ));
    }
    if text.trim_ascii_start().starts_with(b"[") {
        return Err(Fault::bad_request(
            "Batches are not served: send one request at a time.",
        ));
    }
    let posted: Posted = serde_json::from_slice(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => {
                Fault::bad_request("The body needs `query`, a string; `operationName` is a string, `variables` and `extensions` are objects.")
            }
            _ => Fault::bad_request(format!("The body is not JSON: line {}, column {}.", error.line(), error.column())),
        })?;
    let mut request = async_graphql::Request::new(posted.query).variables(posted.variables);
    request.operation_name = posted.operation_name;
    request.extensions = posted.extensions;
    with_document(request, posted.document_id)
}

/// The GraphQL request that the address of a GET carries.
///
/// # Errors
///
/// A 400 if it carries none.
pub fn queried(uri: &Uri) -> Result<async_graphql::Request, Fault> {
    #[derive(Deserialize)]
    struct Parameters {
        #[serde(default)]
        query: String,
        #[serde(rename = "operationName")]
        operation_name: Option<String>,
        variables: Option<String>,
        extensions: Option<String>,
        #[serde(rename = "documentId")]
        document_id: Option<String>,
    }
    let Query(parameters) = Query::<Parameters>::try_from_uri(uri)
        .map_err(|_| Fault::bad_request("The address cannot be read."))?;
    let mut request = async_graphql::Request::new(parameters.query);
    request.operation_name = parameters.operation_name.filter(|name| !name.is_empty());
    if let Some(variables) = parameters.variables.filter(|text| !text.is_empty()) {
        request.variables = serde_json::from_str(&variables)
            .map_err(|_| Fault::bad_request("`variables` is not a JSON object."))?;
    }
    if let Some(extensions) = parameters.extensions.filter(|text| !text.is_empty()) {
        request.extensions = serde_json::from_str(&extensions)
            .map_err(|_| Fault::bad_request("`extensions` is not a JSON object."))?;
    }
    with_document(request, parameters.document_id)
}

/// What kind of operation would run; `None` where the document does not say, which its execution then reports.
pub fn operation_type(request: &mut async_graphql::Request) -> Option<OperationType> {
    may_be_parsed(&request.query).ok()?;
    let name = request.operation_name.clone();
    let document = request.parsed_query().ok()?;
    match (&document.operations, name) {
        (DocumentOperations::Single(only), _) => Some(only.node.ty),
        (DocumentOperations::Multiple(named), Some(name)) => {
            named.get(name.as_str()).map(|operation| operation.node.ty)
        }
        (DocumentOperations::Multiple(named), None) if named.len() == 1 => {
            named.values().next().map(|operation| operation.node.ty)
        }
        (DocumentOperations::Multiple(_), None) => None,
    }
}

/// The name of the operation for the log; a client's own words go no further if they are no name.
#[must_use]
pub fn operation_name(request: &async_graphql::Request) -> Option<String> {
    fit_name(request.operation_name.clone())
}

/// A name, if the log can take it.
#[must_use]
pub fn fit_name(name: Option<String>) -> Option<String> {
    name.filter(|name| {
        name.len() <= 64
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

/// A request with its `documentId` among its extensions, where every transport looks for it.
fn with_document(
    mut request: async_graphql::Request,
    document_id: Option<String>,
) -> Result<async_graphql::Request, Fault> {
    if let Some(id) = document_id.filter(|id| !id.is_empty()) {
        request.extensions.insert(DOCUMENT_ID.to_owned(), id.into());
    }
    if request.query.trim().is_empty() && !names_document(&request) {
        return Err(Fault::bad_request(
            "`query` is missing, and so is the `documentId` of a registered document.",
        ));
    }
    Ok(request)
}

fn too_large(max_bytes: usize) -> Fault {
    Fault::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        Code::LimitExceeded,
        format!("A body has {max_bytes} bytes at most."),
    )
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let mut parts = value.split(';').map(|part| part.trim().to_ascii_lowercase());
    let json = parts.next().is_some_and(|media| media == "application/json");
    let utf_8 = parts.filter_map(|part| {
        part.strip_prefix("charset=")
            .map(|set| set.trim_matches('"').to_owned())
    });
    json && utf_8.into_iter().all(|charset| charset == "utf-8")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn accept(value: &'static str) -> Result<MediaType, StatusCode> {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(value))]);
        accepted(&headers).map_err(|fault| axum::response::IntoResponse::into_response(fault).status())
    }

    fn get(uri: &str) -> Result<async_graphql::Request, Fault> {
        queried(&uri.parse().expect("a URI"))
    }

    #[test]
    fn values_are_counted_and_words_are_not() {
        for (text, count) in [
            (r#"{"query":"{ a, b [ { } }","variables":{"x":[0,0,0]}}"#, 6),
            (r#"{"a":"\",[{","b":"\\"}"#, 2),
            ("", 0),
        ] {
            assert_eq!(values(text.as_bytes()), count, "{text}");
        }
        let many = |count: usize| {
            format!(
                r#"{{"query":"{{a}}","variables":{{"x":[{}0]}}}}"#,
                "0,".repeat(count)
            )
        };
        assert!(parsed(many(MOST_VALUES - 4).as_bytes()).is_ok());
        assert!(parsed(many(MOST_VALUES - 3).as_bytes()).is_err());
    }

    #[test]
    fn the_answer_takes_the_type_that_is_preferred() {
        assert_eq!(
            accepted(&HeaderMap::new()).expect("says nothing"),
            MediaType::Json
        );
        assert_eq!(accept("*/*"), Ok(MediaType::Json));
        assert_eq!(
            accept("application/graphql-response+json"),
            Ok(MediaType::GraphqlResponse)
        );
        assert_eq!(
            accept("application/json;q=0.5, application/graphql-response+json"),
            Ok(MediaType::GraphqlResponse)
        );
        assert_eq!(
            accept("application/graphql-response+json, application/json;q=0.9"),
            Ok(MediaType::GraphqlResponse)
        );
        assert_eq!(
            accept("application/json, application/graphql-response+json;q=0.9"),
            Ok(MediaType::Json)
        );
        assert_eq!(accept("text/event-stream"), Ok(MediaType::EventStream));
        assert_eq!(accept("text/event-stream, */*"), Ok(MediaType::EventStream));
        assert_eq!(accept("application/json, text/event-stream"), Ok(MediaType::Json));
        assert_eq!(accept("application/json;q=0"), Err(StatusCode::NOT_ACCEPTABLE));
        assert_eq!(accept("text/html"), Err(StatusCode::NOT_ACCEPTABLE));
    }

    #[test]
    fn a_get_names_its_operation_so_a_mutation_cannot_hide_behind_a_query() {
        let mut request = get("/graphql?query=query%20A%7Ba%7D%20mutation%20B%7Bb%7D&operationName=B")
            .expect("well formed");
        assert_eq!(operation_type(&mut request), Some(OperationType::Mutation));
        request.operation_name = Some("A".into());
        assert_eq!(operation_type(&mut request), Some(OperationType::Query));
        request.operation_name = None;
        assert_eq!(operation_type(&mut request), None);
    }

    #[test]
    fn a_document_that_would_use_up_the_stack_is_not_parsed_to_learn_its_operation() {
        for (open, close) in [("[", "]"), ("{a:", "}")] {
            let deep = format!(
                "{{node(id:{}1{}){{id}}}}",
                open.repeat(50_000),
                close.repeat(50_000)
            );
            assert_eq!(operation_type(&mut async_graphql::Request::new(deep)), None);
        }
    }

    #[test]
    fn what_is_no_request_is_refused_with_a_reason() {
        for address in [
            "/graphql",
            "/graphql?query=",
            "/graphql?query=%7Ba%7D&variables=%5B%5D",
            "/graphql?query=%7Ba%7D&variables=x",
        ] {
            assert!(get(address).is_err(), "{address}");
        }
        for body in [
            "",
            "{",
            "[]",
            " [{\"query\":\"{a}\"}]",
            "\"{a}\"",
            "{}",
            "{\"query\":1}",
            "{\"query\":\"{a}\",\"variables\":[]}",
        ] {
            assert!(parsed(body.as_bytes()).is_err(), "{body}");
        }
        assert!(
            parsed(br#"{"query":"{a}","variables":null,"operationName":null,"extensions":null,"id":7}"#)
                .is_ok()
        );
    }
}
