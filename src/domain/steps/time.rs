//! What time alone does to a case: warnings, silence that counts as an answer, periods that lapse.

use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::transition::{Changed, Refusal};
use chrono::{DateTime, Utc};

impl CaseFile {
    /// The next moment at which time alone changes something on this case.
    #[must_use]
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        None
    }

    /// The next thing that is due by now, one at a time; nothing if nothing is.
    ///
    /// # Errors
    ///
    /// None of its own: what no longer applies is simply not due.
    pub fn pass_time(self, c: &Circumstances<'_>) -> Result<Option<Changed<Self>>, Refusal> {
        let due = self.next_due().is_some_and(|due| due <= c.now);
        debug_assert!(!due, "nothing on a case is due by time yet");
        Ok(None)
    }
}
