//! `HistoryEntry`.

use crate::domain::event_type::EventType;
use crate::governed;
use crate::store::nodes::{HistoryNode, OrganisationNode};
use chrono::{DateTime, Utc};

governed! { HistoryNode "HistoryEntry": "One thing that happened to a row: what, when, by whom, and what became of its state." {
    HistoryAt: (DateTime<Utc>) = |node| node.at, "When it happened.";
    HistoryEvent: (Option<EventType>) = |node| node.event, "What happened.";
    HistorySubject: (&str) = |node| node.subject.as_str(), "Type of the row that it happened to: the row itself, or one on its case that has no history of its own.";
    HistoryCommand: (&str) = |node| node.command.as_str(), "The command that did it, as the schema names it; `time` where a deadline passed.";
    HistoryOrganisation: {OrganisationNode} = |node| &node.organisation, "The organisation in whose name it was done; none where the program did it by itself.";
    HistoryClient: (Option<String>) = |node| node.client.clone(), "The client that did it; none where the program did it by itself.";
    HistoryFrom: (Option<String>) = |node| node.from.clone(), "The state that the row was in, in the words of its own vocabulary; none for a new row, and for one that has no states.";
    HistoryTo: (Option<String>) = |node| node.to.clone(), "The state that the row has been in since then; none for a row that has no states.";
    HistoryReason: (Option<String>) = |node| node.reason.clone(), "Why it was done, as a code, where a reason was given.";
} }
