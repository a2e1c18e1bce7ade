//! What is sent: a type, a moment, and which notice it is. Nothing personal, and no reference to a case.

use super::signature::signatures;
use crate::domain::code::Code;
use crate::store::Outgoing;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

/// A delivery as it goes out: the headers of the specification, and the body that they sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// `webhook-id`: the id of the notice as its recipient knows it, the same for every attempt and by every way.
    pub id: String,
    /// `webhook-timestamp`: when the attempt is made, in seconds.
    pub timestamp: i64,
    /// `webhook-signature`.
    pub signature: String,
    /// The body.
    pub body: String,
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    timestamp: &'a str,
    data: Subject<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Subject<'a> {
    id: &'a str,
    sequence: i64,
    r#type: &'a str,
    occurred_at: &'a str,
}

impl Letter {
    /// The letter for a notice, signed by every key of its webhook.
    #[must_use]
    pub fn of(sent: &Outgoing, now: DateTime<Utc>) -> Self {
        let occurred_at = sent.occurred_at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let code = sent.kind.code();
        let body = Body {
            r#type: format!("notice.{}", code.to_lowercase()),
            timestamp: &occurred_at,
            data: Subject {
                id: &sent.id,
                sequence: sent.sequence,
                r#type: code,
                occurred_at: &occurred_at,
            },
        };
        // Strings and a number always have a form in JSON.
        let body = serde_json::to_string(&body).unwrap_or_default();
        let timestamp = now.timestamp();
        Self {
            signature: signatures(&sent.keys, &sent.id, timestamp, &body),
            id: sent.id.clone(),
            timestamp,
            body,
        }
    }
}
