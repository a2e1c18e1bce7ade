//! `CounsellingSession`, `ReturnDecision`, `StatutoryPeriod`, `StatutoryExtension` and `ObjectionCheck`.

use crate::domain::application::ReturnDecision;
use crate::domain::counselling::{CounsellingKind, CounsellingMode, CounsellingSession, FacilityKind};
use crate::domain::objection::{ObjectionCheck, ObjectionGround, ObjectionState};
use crate::domain::statutory::{Confirmation, ExtensionReason};
use crate::governed;
use crate::graphql::leaf::Language;
use crate::store::nodes::{StatutoryExtensionNode, StatutoryPeriodNode};
use chrono::{DateTime, NaiveDate, Utc};

governed! { ReturnDecision "ReturnDecision": "A return decision of an authority of the host territory." {
    DecisionNumber: (&str) = |node| node.number.as_str(), "Its number.";
    DecisionIssuedOn: (NaiveDate) = |node| node.issued_on, "Day of issue.";
    DecisionAuthority: (&str) = |node| node.authority.as_str(), "The authority that issued it.";
    DecisionMentionsAvrr: (bool) = |node| node.mentions_avrr, "Whether it names IOM's assistance.";
    DecisionServedOn: (Option<NaiveDate>) = |node| node.served_on, "Day on which it was served on the persons, where that is known.";
} }

governed! { StatutoryPeriodNode "StatutoryPeriod": "A period for voluntary departure." {
    PeriodStartsOn: (NaiveDate) = |node| node.period.starts_on(), "The first day.";
    PeriodDays: (i32) = |node| node.period.days, "Its length in days, without extensions.";
    PeriodEndsOn: (NaiveDate) = |node| node.ends_on, "The last day, with its extensions, and with the days on hold where they prolong it.";
    PeriodDaysOnHold: (i32) = |node| node.days_on_hold, "Days on which the case was on hold because operations were suspended.";
    PeriodStops: (bool) = |node| node.period.suspension_stops, "Whether such days prolong the period; otherwise they count as any other day.";
    PeriodExtensions: [StatutoryExtensionNode] = |node| &node.extensions, "What prolongs it, oldest first.";
} }

governed! { StatutoryExtensionNode "StatutoryExtension": "An extension that the authority confirmed in writing." {
    ExtensionDays: (i32) = |node| node.extension.days, "By how many days.";
    ExtensionReason: (ExtensionReason) = |node| node.extension.reason, "Why.";
    ExtensionConfirmedOn: (NaiveDate) = |node| node.extension.confirmed_on, "The day of the written confirmation.";
    ExtensionConfirmation: (Confirmation) = |node| node.confirmation.clone(), "The written confirmation as plain text, to be given to the persons (Return Directive, Article 14); it names no person.";
} }

governed! { ObjectionCheck "ObjectionCheck": "The question to one authority of the host territory whether it objects to the return." {
    ObjectionState: (ObjectionState) = |node| node.state, "What became of the question.";
    ObjectionRequestedAt: (DateTime<Utc>) = |node| node.requested_at, "When the authority was asked.";
    ObjectionDecidedAt: (Option<DateTime<Utc>>) = |node| node.decided_at, "When it answered, or its silence counted as no objection.";
    ObjectionGround: (Option<ObjectionGround>) = |node| node.ground, "Why it objects; for the sending mission, and for the authority that objects.";
} }

governed! { CounsellingSession "CounsellingSession": "A counselling session that was held." {
    CounsellingKind: (CounsellingKind) = |node| node.kind, "What it was about.";
    CounsellingMode: (CounsellingMode) = |node| node.mode, "How it was held.";
    CounsellingLanguage: (Language) = |node| Language(node.language.clone()), "In which language.";
    CounsellingUnderstood: (bool) = |node| node.understood, "Whether the persons understood the language.";
    CounsellingInterpreter: (bool) = |node| node.interpreter, "Whether an interpreter took part.";
    CounsellingMediator: (bool) = |node| node.mediator, "Whether a cultural mediator took part.";
    CounsellingFacility: (Option<FacilityKind>) = |node| node.facility, "The kind of facility where room was given for it.";
    CounsellingHeldOn: (NaiveDate) = |node| node.held_on, "The day.";
} }
