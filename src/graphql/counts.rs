//! Counts of what was asked in GraphQL: what was refused, by code, and what it cost. Nothing per client.

use crate::domain::code::Code as _;
use crate::error::Code;
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Response, ServerError, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// The counts.
#[derive(Debug, Default)]
pub struct Counts {
    refusals: Mutex<BTreeMap<&'static str, u64>>,
    requested: AtomicU64,
    actual: AtomicU64,
}

/// What an operation cost, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// What was taken for it, or would have been.
    pub requested: u64,
    /// What it brought; nothing where it was not carried out.
    pub actual: Option<u64>,
}

impl Points {
    /// The points that an answer tells of.
    #[must_use]
    pub fn of(response: &Response) -> Option<Self> {
        let Value::Object(cost) = response.extensions.get("cost")? else {
            return None;
        };
        let number = |name| match cost.get(name) {
            Some(Value::Number(number)) => number.as_u64(),
            _ => None,
        };
        Some(Self {
            requested: number("requestedQueryCost")?,
            actual: number("actualQueryCost"),
        })
    }
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

/// The name of the operation that a request names, or of its only one.
pub(super) fn name_of(document: &ExecutableDocument, name: Option<&str>) -> Option<String> {
    let mut names = document.operations.iter().filter_map(|(name, _)| name);
    let chosen = match name {
        Some(name) => names.find(|known| known.as_str() == name)?,
        None => names.next()?,
    };
    // Of several, one has to be named.
    (name.is_some() || names.next().is_none()).then(|| chosen.as_str().to_owned())
}

impl Counts {
    /// Counts one refusal.
    pub fn refused(&self, code: &'static str) {
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        *refusals.entry(code).or_default() += 1;
    }

    /// Counts each code of an answer's errors once.
    pub fn answered(&self, response: &Response) {
        let codes = response
            .errors
            .iter()
            .filter_map(|error| error.extensions.as_ref()?.get("code"));
        let known = codes.filter_map(|code| {
            let mut all = Code::ALL.iter().map(|(_, known, _)| *known);
            all.find(|known| matches!(code, Value::String(code) if code == known))
        });
        for code in known.collect::<BTreeSet<_>>() {
            self.refused(code);
        }
    }

    /// Counts points that were taken for an operation.
    pub fn charged(&self, points: u32) {
        self.requested.fetch_add(points.into(), Relaxed);
    }

    /// Counts points that an operation brought.
    pub fn spent(&self, points: usize) {
        let points = u64::try_from(points).unwrap_or(u64::MAX);
        self.actual.fetch_add(points, Relaxed);
    }

    /// Refusals by code.
    #[must_use]
    pub fn refusals(&self) -> BTreeMap<&'static str, u64> {
        self.refusals
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Points that were taken, and points that were brought.
    #[must_use]
    pub fn points(&self) -> (u64, u64) {
        (self.requested.load(Relaxed), self.actual.load(Relaxed))
    }
}
