//! Keyset pages: one function for every listing.

use crate::error::Error;
use crate::policy::governed::Governed;
use std::sync::Arc;
use uuid::Uuid;

/// Which page of a listing is asked for.
#[derive(Clone, Copy, Debug)]
pub struct PageRequest {
    /// At most so many rows.
    pub limit: u64,
    /// Rows after this key in the listing's order.
    pub after: Option<Uuid>,
    /// Rows before this key in the listing's order.
    pub before: Option<Uuid>,
    /// Whether the page is the last of what is left rather than the first.
    pub from_end: bool,
    /// Whether the listing's order is from the lowest key to the highest.
    pub ascending: bool,
    /// Whether the number of all rows is asked for too.
    pub count: bool,
}

/// A page of governed rows.
#[derive(Debug)]
pub struct Page<T> {
    /// The rows, in the listing's order.
    pub rows: Vec<Arc<Governed<T>>>,
    /// The key of each row, which cursors are made from.
    pub keys: Vec<Uuid>,
    /// Whether the listing goes on after this page.
    pub has_next: bool,
    /// Whether there is something before this page.
    pub has_previous: bool,
    /// How many rows the viewer may see in all, if that was asked for.
    pub total: Option<u64>,
}

impl PageRequest {
    /// Reads the four arguments of a connection.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] where they contradict each other or exceed the page limit.
    pub fn new(
        first: Option<i32>,
        after: Option<Uuid>,
        last: Option<i32>,
        before: Option<Uuid>,
        (default, most): (usize, usize),
    ) -> Result<Self, Error> {
        let from_end = match (first, last) {
            (Some(_), Some(_)) => {
                return Err(Error::InvalidArgument(
                    "give `first` or `last`, not both".to_owned(),
                ));
            }
            (None, Some(_)) => true,
            _ => false,
        };
        let asked = first.or(last).map_or(Ok(default), usize::try_from);
        let limit = asked.ok().filter(|limit| (1..=most).contains(limit));
        let limit =
            limit.ok_or_else(|| Error::InvalidArgument(format!("`first` and `last` go from 1 to {most}")))?;
        Ok(Self {
            limit: limit as u64,
            after,
            before,
            from_end,
            ascending: true,
            count: false,
        })
    }
}
