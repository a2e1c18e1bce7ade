//! `RetentionCertificate`.

use crate::domain::retention::RetentionCategory;
use crate::governed;
use crate::store::nodes::CertificateNode;
use chrono::{DateTime, Utc};

governed! { CertificateNode "RetentionCertificate": "Proof of what one run erased of one category; each names the one before." {
    CertificateSequence: (i64) = |node| node.sequence, "Its place in the chain, from 1.";
    CertificateMadeAt: (DateTime<Utc>) = |node| node.made_at, "When it was made.";
    CertificateMadeBy: (&str) = |node| node.made_by.as_str(), "Who made the run: a member of staff of data protection, operator, or time.";
    CertificateCategory: (RetentionCategory) = |node| node.category, "What was erased.";
    CertificateErased: (i64) = |node| node.erased, "How many cases or travel document requests were erased.";
    CertificateCutOff: (DateTime<Utc>) = |node| node.cut_off, "What began to be kept by then was due.";
    CertificateRows: (&str) = |node| node.rows_sha256.as_str(), "SHA-256 of the ids of what was erased, in order.";
    CertificatePrevious: (&str) = |node| node.previous_sha256.as_str(), "SHA-256 of the certificate before; zeros for the first.";
    CertificateSha256: (&str) = |node| node.sha256.as_str(), "SHA-256 of the certificate itself.";
} }
