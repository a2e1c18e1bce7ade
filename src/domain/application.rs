//! The application: how the persons came to IOM, what was found and decided before they signed, and what they signed
//! (SOP I2a to I3b); why it was halted or ended.

use super::case::CaseState;
use crate::codes;
use crate::ids::OrganisationId;
use chrono::{DateTime, NaiveDate, Utc};

codes! { "How the persons came to IOM (I2a)." IntakeChannel {
    SelfReferred = "SELF": "They approached IOM themselves.",
    Referred = "REFERRED": "An authority or another mission referred them.",
} }

codes! { "Whether the persons can be assisted." Eligibility {
    Eligible = "ELIGIBLE": "They can be assisted.",
    Ineligible = "INELIGIBLE": "They cannot be assisted, and are referred onward.",
} }

codes! { "Why the persons cannot be assisted." IneligibilityReason {
    NotVoluntary = "NOT_VOLUNTARY": "The decision is not free, not informed, or not that of whoever may decide.",
    NotInNeed = "NOT_IN_NEED": "They can return without assistance.",
    LegalObstacle = "LEGAL_OBSTACLE": "The law stands in the way of the return.",
    UnsafeReturn = "UNSAFE_RETURN": "The return would not be safe.",
    AssistedBefore = "ASSISTED_BEFORE": "They were assisted before.",
    Other = "OTHER": "Another reason.",
} }

codes! { "Who may legally decide on the return (S3:284)." LegalDecisionMaker {
    OneSelf = "SELF": "The persons themselves.",
    Guardian = "GUARDIAN": "A parent or guardian.",
    Court = "COURT": "A court, or an authority that it named.",
} }

codes! { "What became of the Data Exchange form that was offered (I3a)." DataExchangeForm {
    Signed = "SIGNED": "Signed as offered.",
    Partial = "PARTIAL": "Signed in part.",
    Refused = "REFUSED": "Refused; nothing leaves IOM.",
} }

codes! { "Why a case is on hold." HoldReason {
    Medical = "MEDICAL": "The state of health of a person.",
    FamilyReasons = "FAMILY_REASONS": "Family reasons.",
    DocumentDelayed = "DOCUMENT_DELAYED": "A document is late.",
    LegalProceedings = "LEGAL_PROCEEDINGS": "Proceedings in the host territory.",
    CountrySuspended = "COUNTRY_SUSPENDED": "Nobody can travel to the country of return for the time being, as the mission sees it.",
    OperationsSuspended = "OPERATIONS_SUSPENDED": "Operations in the country of return, or on the way, are suspended; only suspendOperations halts for it.",
    NotReached = "NOT_REACHED": "The persons cannot be reached.",
    Other = "OTHER": "Another reason.",
} }

codes! { "Why IOM ended an application." TerminationReason {
    FalseData = "FALSE_DATA": "What was declared is not true.",
    Security = "SECURITY": "Security.",
    NoLongerEligible = "NO_LONGER_ELIGIBLE": "The persons are not eligible any more.",
    NoShow = "NO_SHOW": "The persons did not appear.",
    Other = "OTHER": "Another reason.",
} }

codes! { "What lapsed, where a case has expired." Lapse {
    StatutoryPeriod = "STATUTORY_PERIOD": "The statutory period for voluntary departure.",
    Application = "APPLICATION": "The application that was signed.",
} }

/// A return decision of an authority of the host territory (N1b).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnDecision {
    /// Its number.
    pub number: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Day on which it was served on the persons, where that is known (N1b).
    pub served_on: Option<NaiveDate>,
    /// The authority that issued it.
    pub authority: String,
    /// Whether it names IOM's assistance.
    pub mentions_avrr: bool,
}

/// A decision on eligibility (I2c).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EligibilityDecision {
    /// What was decided.
    pub outcome: Eligibility,
    /// Why the persons cannot be assisted, if they cannot.
    pub reason: Option<IneligibilityReason>,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
}

/// What is known of the application of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// How the persons came to IOM.
    pub intake: IntakeChannel,
    /// Who referred them.
    pub referred_by: Option<OrganisationId>,
    /// The return decision, where there is one.
    pub return_decision: Option<ReturnDecision>,
    /// The last decision on eligibility.
    pub eligibility: Option<EligibilityDecision>,
    /// When vulnerabilities were assessed.
    pub vulnerability_assessed_at: Option<DateTime<Utc>>,
    /// Who may legally decide.
    pub decides: Option<LegalDecisionMaker>,
    /// What became of the Data Exchange form.
    pub data_exchange: Option<DataExchangeForm>,
    /// The first day on which the persons wish to leave.
    pub preferred_from: Option<NaiveDate>,
    /// The last day on which they wish to leave.
    pub preferred_to: Option<NaiveDate>,
    /// The last day on which the signed application holds while no statutory period runs; without limit where none is said.
    pub valid_until: Option<NaiveDate>,
    /// The state that a halted case goes back to.
    pub held_from: Option<CaseState>,
    /// Why it is halted.
    pub hold_reason: Option<HoldReason>,
    /// Why IOM ended it.
    pub termination_reason: Option<TerminationReason>,
}

impl Default for Application {
    fn default() -> Self {
        Self {
            intake: IntakeChannel::SelfReferred,
            referred_by: None,
            return_decision: None,
            eligibility: None,
            vulnerability_assessed_at: None,
            decides: None,
            data_exchange: None,
            preferred_from: None,
            preferred_to: None,
            valid_until: None,
            held_from: None,
            hold_reason: None,
            termination_reason: None,
        }
    }
}
