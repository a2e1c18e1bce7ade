//! The documents behind the files, and their answers. A field that the policy withholds is none here, as everywhere.

use super::super::answer::Fault;
use super::super::load::Held;
use super::parameters::Parameters;
use crate::domain::code::Code as _;
use crate::error::Code;
use crate::graphql::{GatewaySchema, execute_named};
use crate::policy::viewer::Viewer;
use async_graphql::{Request, Response, Value, Variables};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;

const INDICATORS: &str = "query ($codes: [IndicatorCode!], $filter: IndicatorFilter, $step: PeriodStep, $by: [Dimension!]! = []) {
    indicators(codes: $codes, filter: $filter, step: $step, by: $by) {
        code number name unit baseline target caveats definitionVersion methodStatus responseRate achieved trend
        fromMonth toMonth isPartial asOf computedAt
        numerator denominator value reason atLeast
        values { period keys { dimension value label footnote } numerator denominator value reason atLeast }
    }
    publication: returns(groupBy: []) { threshold publicationVersion }
}";

const RETURNS: &str =
    "query ($groupBy: [Dimension!]!, $filter: ReturnFilter, $orderBy: TableOrder, $after: String) {
    returns(groupBy: $groupBy, filter: $filter, orderBy: $orderBy, after: $after) {
        rows { keys { dimension value label footnote } cases persons reason atLeast }
        margins { keys { dimension value label footnote } cases persons reason atLeast }
        hasNextPage endCursor
        totalCases totalPersons totalReason atLeast withheldPersons advice threshold publicationVersion
        fromMonth toMonth isPartial asOf computedAt
    }
}";

/// Most pages of a table that go into one file.
const MOST_PAGES: usize = 50;

/// Who asks.
pub(super) struct Asker<'a> {
    pub(super) schema: &'a GatewaySchema,
    pub(super) viewer: Viewer,
    pub(super) request_id: &'a str,
    /// What it holds of the room, for as long as anything is executed for it.
    pub(super) held: Held,
}

/// One dimension of a group.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Key {
    pub(super) dimension: Option<String>,
    pub(super) value: Option<String>,
    pub(super) label: Option<String>,
    pub(super) footnote: Option<String>,
}

/// A figure of an indicator.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Figure {
    pub(super) numerator: Option<i64>,
    pub(super) denominator: Option<i64>,
    pub(super) value: Option<f64>,
    pub(super) reason: Option<String>,
    pub(super) at_least: Option<bool>,
}

/// A figure of a step, a group, or both.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Part {
    pub(super) period: Option<String>,
    pub(super) keys: Option<Vec<Key>>,
    #[serde(flatten)]
    pub(super) figure: Figure,
}

/// An indicator.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Indicator {
    pub(super) code: Option<String>,
    pub(super) number: Option<i64>,
    pub(super) name: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) baseline: Option<i64>,
    pub(super) target: Option<i64>,
    pub(super) caveats: Option<Vec<String>>,
    pub(super) definition_version: Option<String>,
    pub(super) method_status: Option<String>,
    pub(super) response_rate: Option<f64>,
    pub(super) achieved: Option<f64>,
    pub(super) trend: Option<String>,
    pub(super) from_month: Option<String>,
    pub(super) to_month: Option<String>,
    pub(super) is_partial: Option<bool>,
    pub(super) as_of: Option<DateTime<Utc>>,
    pub(super) computed_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    pub(super) figure: Figure,
    pub(super) values: Option<Vec<Part>>,
}

impl Indicator {
    /// The day up to which it counts: records count up to now, and a day keeps the file the same for a day.
    pub(super) fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.map(|moment| moment.date_naive())
    }
}

/// What is said of all figures at once.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Publication {
    pub(super) threshold: Option<i64>,
    pub(super) publication_version: Option<i64>,
}

/// The answer behind a file of indicators.
#[derive(Debug, Deserialize)]
pub(super) struct Indicators {
    pub(super) indicators: Vec<Indicator>,
    pub(super) publication: Publication,
}

/// A row of a table.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Row {
    pub(super) keys: Option<Vec<Key>>,
    pub(super) cases: Option<i64>,
    pub(super) persons: Option<i64>,
    pub(super) reason: Option<String>,
    pub(super) at_least: Option<bool>,
}

/// The answer behind a file of returns.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Returns {
    pub(super) rows: Option<Vec<Row>>,
    pub(super) margins: Option<Vec<Row>>,
    has_next_page: Option<bool>,
    end_cursor: Option<String>,
    pub(super) total_cases: Option<i64>,
    pub(super) total_persons: Option<i64>,
    pub(super) total_reason: Option<String>,
    pub(super) at_least: Option<bool>,
    pub(super) withheld_persons: Option<i64>,
    pub(super) advice: Option<String>,
    #[serde(flatten)]
    pub(super) publication: Publication,
    pub(super) from_month: Option<String>,
    pub(super) to_month: Option<String>,
    pub(super) is_partial: Option<bool>,
    as_of: Option<DateTime<Utc>>,
    pub(super) computed_at: Option<DateTime<Utc>>,
}

impl Indicators {
    /// Asks for the indicators.
    ///
    /// # Errors
    ///
    /// What the schema refuses, with its code.
    pub(super) async fn ask(asker: &Asker<'_>, parameters: &Parameters) -> Result<Self, Fault> {
        asker.ask(INDICATORS, parameters.variables.clone()).await
    }
}

impl Returns {
    /// Asks for the whole table, page by page.
    ///
    /// # Errors
    ///
    /// What the schema refuses, with its code; a table that is too large, or that is published anew meanwhile.
    pub(super) async fn ask(asker: &Asker<'_>, parameters: &Parameters) -> Result<Self, Fault> {
        #[derive(Deserialize)]
        struct Answer {
            returns: Returns,
        }
        let mut variables = parameters.variables.clone();
        let Answer { returns: mut whole } = asker.ask(RETURNS, variables.clone()).await?;
        let (mut more, mut cursor) = (whole.has_next_page, whole.end_cursor.take());
        for _ in 1..MOST_PAGES {
            if more != Some(true) {
                return Ok(whole);
            }
            variables.insert("after".to_owned(), cursor.take().into());
            let Answer { returns: next } = asker.ask(RETURNS, variables.clone()).await?;
            if next.publication.publication_version != whole.publication.publication_version {
                return Err(Fault::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    Code::Internal,
                    "New figures were published while these were read: ask again.",
                ));
            }
            whole
                .rows
                .get_or_insert_default()
                .extend(next.rows.into_iter().flatten());
            (more, cursor) = (next.has_next_page, next.end_cursor);
        }
        Err(Fault::new(
            StatusCode::BAD_REQUEST,
            Code::LimitExceeded,
            "the table is too large for a file: count by fewer dimensions or name a shorter period",
        ))
    }

    /// The day up to which it counts.
    pub(super) fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.map(|moment| moment.date_naive())
    }
}

impl Asker<'_> {
    async fn ask<A: DeserializeOwned>(
        &self,
        document: &str,
        variables: serde_json::Map<String, serde_json::Value>,
    ) -> Result<A, Fault> {
        let request = Request::new(document).variables(Variables::from_json(variables.into()));
        let (viewer, id) = (self.viewer.clone(), self.request_id.to_owned());
        let (response, _) = execute_named(self.schema, request, viewer, id, self.held.clone()).await;
        if let Some(fault) = fault(&response) {
            return Err(fault);
        }
        let answer = response.data.into_json().and_then(serde_json::from_value);
        answer.map_err(|cause| {
            tracing::error!(request = self.request_id, %cause, "an answer is not what its document says");
            Fault::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                Code::Internal,
                "The answer cannot be written.",
            )
        })
    }
}

/// What the schema refused, without the places in a document that the caller never saw.
fn fault(response: &Response) -> Option<Fault> {
    let error = response.errors.first()?;
    let code = match error.extensions.as_ref().and_then(|all| all.get("code")) {
        Some(Value::String(code)) => Code::from_code(code),
        _ => None,
    };
    let code = code.unwrap_or(Code::Internal);
    let status = match code {
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::BAD_REQUEST,
    };
    let fault = Fault::new(status, code, error.message.clone()).counted_already();
    let wait = response.http_headers.get(RETRY_AFTER);
    Some(match wait.and_then(|wait| wait.to_str().ok()?.parse().ok()) {
        Some(seconds) => fault.to_come_back_after(seconds),
        None => fault,
    })
}
