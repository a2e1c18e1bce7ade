//! Certificates of what was erased, as they are read.

use crate::domain::retention::RetentionCategory;
use chrono::{DateTime, Utc};

/// A certificate as read.
#[derive(Debug)]
pub struct CertificateNode {
    /// Its place in the chain, from 1.
    pub sequence: i64,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Who made the run: a member of staff, `operator`, or `time`.
    pub made_by: String,
    /// What was erased.
    pub category: RetentionCategory,
    /// How many cases or requests were erased.
    pub erased: i64,
    /// What began to be kept by then was due.
    pub cut_off: DateTime<Utc>,
    /// Digest of the ids of what was erased.
    pub rows_sha256: String,
    /// Digest of the certificate before.
    pub previous_sha256: String,
    /// Digest of the certificate itself.
    pub sha256: String,
}
