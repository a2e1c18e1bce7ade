//! `OperationsSuspension`.

use crate::domain::itinerary::SuspensionReason;
use crate::domain::territory::CountryCode;
use crate::governed;
use crate::store::nodes::{CaseNode, RegistryEntryNode, SuspensionNode};
use chrono::{DateTime, Utc};

governed! { SuspensionNode "OperationsSuspension": "A time in which nobody travels to, from or through a country." {
    SuspensionCountry: (CountryCode) = |node| node.suspension.country, "The country.";
    SuspensionFrom: (DateTime<Utc>) = |node| node.suspension.from, "Since when.";
    SuspensionUntil: (Option<DateTime<Utc>>) = |node| node.suspension.until, "Until when, where that is known.";
    SuspensionReason: (SuspensionReason) = |node| node.suspension.reason, "Why.";
    SuspensionLiftedAt: (Option<DateTime<Utc>>) = |node| node.suspension.lifted_at, "When it was lifted; nothing goes on by itself.";
    SuspensionCases: [CaseNode] = |node| &node.cases, "The viewer's cases that it concerns.";
    SuspensionToResume: [CaseNode] = |node| &node.to_resume, "Those of them that are on hold because of it: what to look at again, and to resume once it is lifted.";
    SuspensionVersion: (i32) = |node| node.suspension.version, "Counts the changes; resumeOperations takes it as expectedVersion.";
    SuspensionHistory: [RegistryEntryNode] = |node| &node.history, "What was done to it, oldest first; at most 100 entries.";
} }
