//! What a request carries through the schema. The one place that knows how to find it in the library's context.

use super::counts::Counts;
use crate::commands::Desk;
use crate::config::Limits;
use crate::domain::code::Code as _;
use crate::error::{Code, Error};
use crate::ids::ViewerIds;
use crate::notify::Delivery;
use crate::policy::governed::Seen;
use crate::policy::lens::Lens;
use crate::policy::viewer::Viewer;
use crate::store::{Actor, Reader, Want};
use async_graphql::{Context, ErrorExtensions as _};
use futures_util::stream::BoxStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Semaphore, SemaphorePermit, SetOnce};
use uuid::Uuid;

/// How many listings of one request are read at once.
const LISTINGS: usize = 2;

/// What the rest of the schema needs to know of one request.
pub struct RequestScope {
    /// Who asks.
    pub viewer: Viewer,
    /// The ids as the viewer sees them.
    pub ids: ViewerIds,
    /// Names the request in the log, the audit and the answer.
    pub request_id: String,
    /// Default and largest page.
    pub pages: (usize, usize),
    /// Where rows are read and commands carried out.
    pub desk: Desk,
    /// How many more rows and redactions the answer may hold.
    budget: AtomicUsize,
    max_rows: usize,
    listings: Semaphore,
    noted: Mutex<Noted>,
    /// The inbox that is followed, if one is.
    pub following: Following,
    /// Where refusals are counted.
    pub counts: Arc<Counts>,
}

/// An inbox as it is followed.
pub type Followed = BoxStream<'static, Result<Arc<Delivery>, Error>>;

/// What an operation that follows an inbox starts from, and what its resolver finds.
#[derive(Default)]
pub struct Following {
    /// The last place that the transport says the subscriber has.
    pub resumes_after: Option<i64>,
    /// The place after which the stream began.
    pub began: Arc<SetOnce<i64>>,
    /// The notice to tell of; without one the resolver opens the inbox and tells of nothing.
    pub only: Option<Arc<Delivery>>,
    opened: Mutex<Option<Followed>>,
}

impl Following {
    /// An inbox that is to be followed, after the place that the transport says the subscriber has, if it says one.
    #[must_use]
    pub fn after(resumes_after: Option<i64>) -> Self {
        Self {
            resumes_after,
            ..Self::default()
        }
    }

    /// One notice of an inbox that is followed.
    #[must_use]
    pub fn of(delivery: &Arc<Delivery>) -> Self {
        Self {
            only: Some(Arc::clone(delivery)),
            ..Self::default()
        }
    }

    /// The inbox was found, and can be followed.
    pub fn opens(&self, inbox: Followed) {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(inbox);
    }

    /// The inbox that was opened.
    #[must_use]
    pub fn opened(&self) -> Option<Followed> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// What was told of one row at one place of the answer.
#[derive(Clone, Debug)]
pub struct Told {
    /// Type of the row.
    pub row_type: &'static str,
    /// Names the field at a place of the type's table.
    pub name_of: fn(usize) -> &'static str,
    /// The row, or the row that it is a part of.
    pub row: Option<Uuid>,
    /// The lens that it was seen through.
    pub lens: Lens,
    /// What was seen of it.
    pub seen: Seen,
}

/// What was told at one place of the answer: by its path, in the order in which it stands there.
pub type ToldAt = (Vec<async_graphql::PathSegment>, Vec<Told>);

/// What was redacted, and what was told.
type Noted = (Vec<Redaction>, Vec<ToldAt>);

/// One field of the answer that was withheld or masked.
#[derive(Clone, Debug)]
pub struct Redaction {
    /// Where in the answer.
    pub path: Vec<async_graphql::PathSegment>,
    /// Which field of the schema.
    pub field: &'static str,
    /// Whether it is shown in part, rather than not at all.
    pub masked: bool,
}

impl RequestScope {
    /// The scope of a new request.
    #[must_use]
    pub fn new(
        viewer: Viewer,
        request_id: String,
        desk: Desk,
        limits: &Limits,
        following: Following,
        counts: Arc<Counts>,
    ) -> Self {
        let pages = (limits.default_page, limits.max_page);
        let ids = desk.store.ids().of(viewer.organisation);
        Self {
            viewer,
            ids,
            request_id,
            pages,
            desk,
            budget: AtomicUsize::new(limits.max_rows),
            max_rows: limits.max_rows,
            listings: Semaphore::new(LISTINGS),
            noted: Mutex::default(),
            following,
            counts,
        }
    }

    /// Takes one row or redaction out of the answer's budget, if there is one left.
    pub fn spend(&self) -> bool {
        let take = |left: usize| left.checked_sub(1);
        self.budget
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    }

    /// How many rows and redactions the answer has held since the budget was last given back.
    pub fn spent(&self) -> usize {
        self.max_rows - self.budget.load(Ordering::Relaxed)
    }

    /// Gives the budget back: each event of a subscription has its own.
    pub fn refill(&self) {
        self.budget.store(self.max_rows, Ordering::Relaxed);
    }

    /// Notes what was redacted, and what was told of whom at a place.
    pub fn note(&self, redactions: Vec<Redaction>, told: ToldAt) {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        noted.0.extend(redactions);
        noted.1.push(told);
    }

    /// Takes what has been noted since the last time.
    #[must_use]
    pub fn take_noted(&self) -> (Vec<Redaction>, Vec<ToldAt>) {
        std::mem::take(&mut self.noted.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until another listing may be read. Connections to the database are everybody's: one document may ask for fifty
    /// listings.
    pub async fn turn_to_list(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.listings.acquire().await.ok()
    }

    /// Reads for this viewer.
    #[must_use]
    pub fn reader(&self) -> Reader {
        self.desk.store.reader(&self.viewer)
    }

    /// The actor that commands are given by.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            viewer: self.viewer.clone(),
            request_id: self.request_id.clone(),
        }
    }
}

/// Finds the request's scope.
pub trait InScope {
    /// The request's scope.
    fn scope(&self) -> &RequestScope;
}

impl InScope for Context<'_> {
    fn scope(&self) -> &RequestScope {
        self.data_unchecked::<Arc<RequestScope>>()
    }
}

impl InScope for async_graphql::ContextSelectionSet<'_> {
    fn scope(&self) -> &RequestScope {
        self.data_unchecked::<Arc<RequestScope>>()
    }
}

/// What is selected of a governed row behind the current field, by the names of the fields between, outermost first.
pub fn wanted<T: super::governed::Table>(context: &Context<'_>, between: &[&[&str]]) -> Want {
    super::plan::want_behind(T::SHAPE, context, between)
}

/// An error as the caller sees it: its code, and for faults of ours nothing but the request id.
pub fn refuse(error: &Error, request_id: &str) -> async_graphql::Error {
    let code = error.code();
    let message = if code == Code::Internal {
        tracing::error!(
            request_id,
            cause = crate::store::cause_of(error),
            "a fault of ours"
        );
        format!("something went wrong on our side; quote request {request_id}")
    } else {
        error.to_string()
    };
    async_graphql::Error::new(message).extend_with(|_, extensions| {
        extensions.set("code", code.code());
        extensions.set("requestId", request_id);
        if let Error::CursorExpired { oldest } = error {
            extensions.set("oldestSequence", *oldest);
        }
    })
}
