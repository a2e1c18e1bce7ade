//! The words of the disclosure ledger: by which way something was told, and what the recipient was to the row.

use crate::codes;

codes! { "By which way personal data were told." DisclosureMeans {
    Query = "QUERY": "In the answer to a query.",
    Command = "COMMAND": "In the answer to a command.",
    Event = "EVENT": "In an event of a subscription.",
    Snapshot = "SNAPSHOT": "With a travel document request, whose snapshot keeps what the post could read of it.",
} }

codes! { "What a recipient was to the row that it was told of." DisclosureRelation {
    Sending = "SENDING": "The IOM mission that assists the person; what it reads itself is its own work and is not noted.",
    Transit = "TRANSIT": "An IOM mission on the way.",
    Receiving = "RECEIVING": "The IOM mission in the country of return.",
    Mission = "MISSION": "An IOM mission, by a notice in its inbox.",
    Consular = "CONSULAR": "The consular post that was asked.",
    Police = "POLICE": "The police of the host territory.",
    Migration = "MIGRATION": "The migration authority of the host territory.",
    Dashboard = "DASHBOARD": "A dashboard.",
    Oversight = "OVERSIGHT": "Data-protection audit.",
    Administration = "ADMINISTRATION": "Administration of the registry.",
    Service = "SERVICE": "A service that was asked to protect a person.",
} }
