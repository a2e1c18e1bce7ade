//! `/statistics/…`: figures as files, for those who look at figures with a spreadsheet or a statistics program.
//!
//! A file is the answer to a fixed GraphQL document, asked by the same viewer through the same schema as `/graphql`: the
//! policy, the limits, the ledger and the suppression of small groups are those of the API, and nothing here can widen
//! them. A saved question is the address of such a file.
//!
//! CSV is that of RFC 4180 in UTF-8. Rows say by `row` what they are: `TOTAL`, `MARGIN` or `GROUP`, which are not to be
//! added to each other. A figure that is suppressed is an empty cell, with the reason in `suppressed`; it is never 0.
//! `as_of` is a day, and `computedAt` is in the JSON alone: what is published once a month keeps its entity tag.
//!
//! `.hxl.csv` has a second row of hashtags by the Humanitarian Exchange Language 1.1:
//!
//! - `#indicator` with `+code`, `+name`, and `+value +num` for the figure; `#affected +num` for persons, with `+f`, `+m` or
//!   `+i` where one sex alone is asked about; `#affected +hh +num` for cases, of which each is a household;
//! - `#country` and `#region` with `+code` or `+name`, and whose it is: `+host`, `+dest` for the country of return,
//!   `+nationality`. Codes are `+v_iso3`, in which `XKX` stands for Kosovo*, as in the lists of OCHA; the client whose
//!   registered profile is another gets its own code;
//! - `#date` with `+start`, `+end`, `+reported` (up to when it counts) and `+period`; `#activity +project`;
//! - `#status` for what is suppressed or at least so many, and `#meta` for what is said about the row or the file;
//! - `#x_sex`, `#x_age` and others with `x_` for groups that the standard has no hashtag for in rows.
//!
//! `.json` is a JSON-stat 2.0 dataset; see [`json_stat`].

mod figures;
mod json_stat;
mod parameters;
mod sheet;
mod validator;

use super::Gateway;
use super::answer::Fault;
use super::graphql::tell;
use super::load::{self, Turn, until_written};
use super::log::RequestId;
use super::metrics::Outcome;
use crate::domain::code::Code as _;
use crate::error::Code;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use figures::{Asker, Indicators, Returns};
use parameters::Parameters;
use std::sync::Arc;
use std::time::Instant;

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Export {
    /// Indicators of the results matrix.
    Indicators,
    /// A table of returns.
    Returns,
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Comma-separated values.
    Csv,
    /// The same with a row of hashtags.
    Hxl,
    /// JSON-stat.
    JsonStat,
}

impl Export {
    const ALL: [Self; 2] = [Self::Indicators, Self::Returns];

    fn name(self) -> &'static str {
        match self {
            Self::Indicators => "indicators",
            Self::Returns => "returns",
        }
    }
}

impl Form {
    const ALL: [Self; 3] = [Self::Csv, Self::Hxl, Self::JsonStat];

    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Hxl => "hxl.csv",
            Self::JsonStat => "json",
        }
    }

    const fn media_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Csv | Self::Hxl => "text/csv; charset=utf-8; header=present",
            Self::JsonStat => "application/json; charset=utf-8",
        })
    }
}

/// The addresses of the files.
pub(super) fn routes() -> Router<Arc<Gateway>> {
    let mut router = Router::new();
    for export in Export::ALL {
        for form in Form::ALL {
            let handler = move |State(gateway): State<Arc<Gateway>>,
                                Extension(id): Extension<RequestId>,
                                request: Request| async move {
                handle(&gateway, &id, (export, form), request).await
            };
            let address = format!("/statistics/{}.{}", export.name(), form.ending());
            router = router.route(&address, get(handler));
        }
    }
    router
}

async fn handle(
    gateway: &Arc<Gateway>,
    id: &RequestId,
    (export, form): (Export, Form),
    request: Request,
) -> Response {
    let started = Instant::now();
    let mut client = None;
    let answer = async { answer(gateway, id, (export, form), request, &mut client).await };
    let response = match tokio::time::timeout(gateway.limits.request_timeout(), answer).await {
        Ok(answered) => answered.unwrap_or_else(Fault::into_response),
        Err(_) => Fault::new(
            StatusCode::GATEWAY_TIMEOUT,
            Code::Timeout,
            "The request took too long: ask for fewer indicators, groups or steps.",
        )
        .into_response(),
    };
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    gateway
        .metrics
        .answered(Outcome::of(response.status()), milliseconds);
    tracing::info!(
        request = %id,
        client = client.as_deref().unwrap_or("-"),
        operation = export.name(),
        form = form.ending(),
        status = response.status().as_u16(),
        milliseconds,
        "answered with a file"
    );
    response
}

async fn answer(
    gateway: &Arc<Gateway>,
    id: &RequestId,
    (export, form): (Export, Form),
    request: Request,
    client: &mut Option<Arc<str>>,
) -> Result<Response, Fault> {
    let viewer = gateway
        .authenticator
        .of_headers(request.headers())
        .await
        .inspect_err(|refusal| tell(id, refusal))?;
    *client = Some(Arc::clone(&viewer.client_id));
    let share = gateway
        .room
        .share(viewer.client)
        .ok_or_else(load::too_many_of_one)?;
    let kind = viewer.kind.code();
    let parameters = Parameters::of(export, form, request.uri())?;
    let asker = Asker {
        schema: &gateway.schema,
        viewer,
        request_id: id.as_str(),
        held: (request.extensions().get::<Turn>().cloned(), Arc::new(share)),
    };
    let file = match export {
        Export::Indicators => {
            let answer = Indicators::ask(&asker, &parameters).await?;
            match form {
                Form::JsonStat => json_stat::of_indicators(&answer, &parameters),
                Form::Csv | Form::Hxl => {
                    sheet::of_indicators(&answer, &parameters).file(form, &parameters)?
                }
            }
        }
        Export::Returns => {
            let answer = Returns::ask(&asker, &parameters).await?;
            match form {
                Form::JsonStat => json_stat::of_returns(&answer, &parameters),
                Form::Csv | Form::Hxl => sheet::of_returns(&answer, &parameters).file(form, &parameters)?,
            }
        }
    };
    let tag = validator::tag(kind, &file);
    let mut response = if validator::is_known(request.headers(), &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let name = format!(
            "attachment; filename=\"avrr-{}.{}\"",
            export.name(),
            form.ending()
        );
        let mut whole = Response::new(until_written(file.body, asker.held));
        whole.headers_mut().insert(CONTENT_TYPE, form.media_type());
        if let Ok(name) = HeaderValue::from_str(&name) {
            whole.headers_mut().insert(CONTENT_DISPOSITION, name);
        }
        whole
    };
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    // Figures are those for the token's kind of viewer: no shared cache may hand them on.
    let private = HeaderValue::from_static("private, max-age=0, must-revalidate");
    headers.insert(CACHE_CONTROL, private);
    headers.insert(
        VARY,
        HeaderValue::from_static("Authorization, X-Purpose, Accept-Encoding"),
    );
    Ok(response)
}

/// A file as it is sent.
struct File {
    body: Vec<u8>,
    /// What of the body stays the same while the figures do; none where that is all of it.
    lasting: Option<Vec<u8>>,
}
