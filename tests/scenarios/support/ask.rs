//! What the server answered: status, data, errors and what was kept back.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer over HTTP.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The HTTP headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub text: String,
    /// `data`, or null.
    pub data: Value,
    /// `errors`, or none.
    pub errors: Vec<Value>,
    /// `extensions`, or null.
    pub extensions: Value,
}

impl Answer {
    /// Reads an answer.
    pub async fn read(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("a body");
        let mut body: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self {
            status,
            headers,
            data: body["data"].take(),
            errors: body["errors"].as_array().cloned().unwrap_or_default(),
            extensions: body.get_mut("extensions").map(Value::take).unwrap_or_default(),
            text,
        }
    }

    /// The data, of an answer without errors.
    pub fn ok(self) -> Value {
        assert!(
            self.errors.is_empty() && self.status == 200,
            "{} {}",
            self.status,
            self.text
        );
        self.data
    }

    /// The code of the first error; empty without one.
    pub fn code(&self) -> &str {
        let error = self.errors.first();
        error
            .and_then(|error| error["extensions"]["code"].as_str())
            .unwrap_or_default()
    }

    /// Asserts that the request as a whole was refused with this code.
    #[track_caller]
    pub fn is_refused(&self, code: &str) {
        assert_eq!(self.code(), code, "{} {}", self.status, self.text);
    }

    /// Asserts that this answer and another are the same, to the byte; shows where they part.
    #[track_caller]
    pub fn is_the_same_as(&self, other: &Self, when: &str) {
        let same = self
            .text
            .bytes()
            .zip(other.text.bytes())
            .take_while(|(one, other)| one == other)
            .count();
        let parting = |text: &str| {
            text.chars()
                .skip(same.saturating_sub(60))
                .take(200)
                .collect::<String>()
        };
        assert!(
            self.text == other.text,
            "{when}:\n  {}\n  {}",
            parting(&self.text),
            parting(&other.text)
        );
    }

    /// How the field at a path, as in `cases.nodes.0.persons.0.phone`, was kept back: `WITHHELD` or `MASKED`.
    pub fn redaction(&self, path: &str) -> Option<&str> {
        let found = self.redactions().find(|redaction| path_of(redaction) == path);
        found.and_then(|redaction| redaction["access"].as_str())
    }

    /// The paths of everything that was kept back.
    pub fn redacted(&self) -> Vec<String> {
        self.redactions().map(path_of).collect()
    }

    fn redactions(&self) -> impl Iterator<Item = &Value> {
        self.extensions["redactions"].as_array().into_iter().flatten()
    }
}

fn path_of(redaction: &Value) -> String {
    let segments = redaction["path"].as_array().into_iter().flatten();
    let segments: Vec<String> = segments
        .map(|segment| {
            segment
                .as_str()
                .map_or_else(|| segment.to_string(), str::to_owned)
        })
        .collect();
    segments.join(".")
}
