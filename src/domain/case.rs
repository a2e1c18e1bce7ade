//! The case: one return of one family, from the first conversation to the arrival (DOMAIN 2.1).

use super::application::{Application, HoldReason};
use super::territory::CountryCode;
use crate::ids::{CaseId, FamilyId, OrganisationId, ProjectId};
use crate::{codes, lifecycle};
use chrono::{DateTime, Utc};

codes! { "State of a case." CaseState {
    Inquiry = "INQUIRY": "The person has approached IOM, or was referred to it.",
    Counselled = "COUNSELLED": "The person has been counselled.",
    Eligible = "ELIGIBLE": "The person can be assisted.",
    Ineligible = "INELIGIBLE": "The person cannot be assisted, and is referred onward.",
    ApplicationSigned = "APPLICATION_SIGNED": "The application form is signed.",
    Registered = "REGISTERED": "The application is registered.",
    ObjectionCheck = "OBJECTION_CHECK": "An authority of the host territory has been asked whether it objects.",
    Objected = "OBJECTED": "The authority objects.",
    PreDeparture = "PRE_DEPARTURE": "The statutory period runs; the departure is prepared.",
    ReadyToDepart = "READY_TO_DEPART": "Everything is in place for the departure.",
    Departed = "DEPARTED": "The persons are on their way.",
    Arrived = "ARRIVED": "The persons have arrived.",
    Reintegration = "REINTEGRATION": "Support after return is under way.",
    Closed = "CLOSED": "Finished.",
    PostArrivalIntake = "POST_ARRIVAL_INTAKE": "Taken in after the return, for reintegration alone.",
    OnHold = "ON_HOLD": "Halted for a reason; goes on from where it stood.",
    Withdrawn = "WITHDRAWN": "The person has withdrawn.",
    Terminated = "TERMINATED": "IOM has ended the application.",
    Expired = "EXPIRED": "The statutory period, or the application, has lapsed.",
    Active = "ACTIVE": "Going on; shown only where the state is masked.",
    Cancelled = "CANCELLED": "Not going on; shown only where the state is masked.",
    Planned = "PLANNED": "A departure is planned; shown only where the state is masked.",
    Ended = "ENDED": "Finished in some way; shown only where the state is masked.",
} }

lifecycle! { "The life of a case (DOMAIN 2.1). Whoever was returned by force enters by `admitPostArrivalCase` and never passes the states before departure." CASE "Case": CaseState {
    begin "openCase" => Inquiry;
    begin "referCase" => Inquiry;
    begin "admitPostArrivalCase" => PostArrivalIntake;
    "recordCounselling": Inquiry => Counselled;
    "decideEligibility": Counselled => Eligible | Ineligible;
    "decideEligibility": Ineligible => Eligible;
    "signApplication": Eligible => ApplicationSigned;
    "registerCase": ApplicationSigned => Registered;
    "requestObjectionCheck": Registered | Objected => ObjectionCheck;
    "decideObjection": ObjectionCheck => ObjectionCheck | Objected;
    "decideObjection": OnHold => OnHold;
    "startPreDeparture": Registered | ObjectionCheck => PreDeparture;
    "markReadyToDepart": PreDeparture => ReadyToDepart;
    "suspendItinerary": ReadyToDepart => PreDeparture;
    "rebookItinerary": ReadyToDepart => PreDeparture;
    "recordFitnessToTravel": ReadyToDepart => PreDeparture;
    "cancelItinerary": ReadyToDepart => PreDeparture;
    "recordNoShow": ReadyToDepart => PreDeparture;
    "standDownDeparture": ReadyToDepart => PreDeparture;
    "suspendItinerary": OnHold => OnHold;
    "recordFitnessToTravel": OnHold => OnHold;
    "cancelItinerary": OnHold => OnHold;
    "recordNoShow": OnHold => OnHold;
    "standDownDeparture": OnHold => OnHold;
    "confirmDeparture": ReadyToDepart => Departed;
    "confirmArrival": Departed => Arrived;
    "confirmArrival": Arrived => Arrived;
    "startReintegration": Arrived | PostArrivalIntake => Reintegration;
    "closeCase": Reintegration => Closed;
    "holdCase": Inquiry | Counselled | Eligible | ApplicationSigned | Registered | ObjectionCheck | Objected | PreDeparture | ReadyToDepart => OnHold;
    "suspendOperations": Inquiry | Counselled | Eligible | ApplicationSigned | Registered | ObjectionCheck | Objected | PreDeparture | ReadyToDepart => OnHold;
    "resumeCase": OnHold => Inquiry | Counselled | Eligible | ApplicationSigned | Registered | ObjectionCheck | Objected | PreDeparture | ReadyToDepart;
    "withdrawCase": Inquiry | Counselled | Eligible | Ineligible | ApplicationSigned | Registered | ObjectionCheck | Objected | PreDeparture | ReadyToDepart | OnHold => Withdrawn;
    "withdrawCase": Departed => Withdrawn;
    "terminateCase": Inquiry | Counselled | Eligible | Ineligible | ApplicationSigned | Registered | ObjectionCheck | Objected | PreDeparture | ReadyToDepart | OnHold => Terminated;
    "time": Registered | ObjectionCheck | Objected | PreDeparture | ReadyToDepart | OnHold => Expired;
    "reopenCase": Withdrawn | Terminated | Expired => Registered;
} }

impl CaseState {
    /// Whether the persons have not left yet and may still withdraw (S3:273).
    #[must_use]
    pub fn is_before_departure(self) -> bool {
        CASE.starts("terminateCase", self)
    }

    /// Whether the application is registered and the departure still being prepared.
    #[must_use]
    pub fn is_in_preparation(self) -> bool {
        matches!(self, Self::Registered | Self::ObjectionCheck | Self::PreDeparture)
    }

    /// Whether a journey may be booked: no authority has to be waited for any more.
    #[must_use]
    pub fn accepts_bookings(self) -> bool {
        self == Self::PreDeparture
    }
}

/// The state of a case as it is shown. Outside IOM a hold is nobody's business: there a halted case stands where it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: CaseState,
    /// The state that a halted case goes back to.
    pub held_from: Option<CaseState>,
}

impl Standing {
    /// The state; that in which it was halted where the case is on hold.
    #[must_use]
    pub fn apart_from_a_hold(self) -> CaseState {
        match self {
            Self {
                state: CaseState::OnHold,
                held_from: Some(from),
            } => from,
            Self { state, .. } => state,
        }
    }
}

codes! { "How a person returns." ReturnMode {
    AssistedVoluntary = "ASSISTED_VOLUNTARY": "By free choice, with the assistance of IOM.",
    Forced = "FORCED": "By force; IOM helps after admission only.",
    Spontaneous = "SPONTANEOUS": "By free choice, without assistance before the arrival.",
} }

codes! { "Legal status in the host territory when the application was signed (S0:15, S3:76)." LegalStatus {
    AsylumWithdrawn = "ASYLUM_WITHDRAWN": "An asylum claim was withdrawn.",
    AsylumPending = "ASYLUM_PENDING": "An asylum claim is pending.",
    AsylumRejected = "ASYLUM_REJECTED": "An asylum claim was rejected.",
    Irregular = "IRREGULAR": "In an irregular situation.",
    Stranded = "STRANDED": "Stranded.",
    Regular = "REGULAR": "With the right to stay.",
    NotDisclosed = "NOT_DISCLOSED": "Some status; shown only where it is masked.",
} }

codes! { "Why a person withdrew." WithdrawalReason {
    ChangedMind = "CHANGED_MIND": "The person no longer wishes to return.",
    FamilyReasons = "FAMILY_REASONS": "Family reasons.",
    SituationInCountryOfReturn = "SITUATION_IN_COUNTRY_OF_RETURN": "The situation in the country of return.",
    NotStated = "NOT_STATED": "No reason was given, and none is needed.",
} }

/// One return of one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Names the case.
    pub id: CaseId,
    /// The sending mission's own reference.
    pub reference: String,
    /// The mission that assists the persons.
    pub sending_mission: OrganisationId,
    /// The mission in the country of return.
    pub receiving_mission: Option<OrganisationId>,
    /// Where the persons are.
    pub host_territory: CountryCode,
    /// Where they wish to return to.
    pub country_of_return: CountryCode,
    /// City of destination.
    pub destination_city: Option<String>,
    /// State.
    pub state: CaseState,
    /// How they return.
    pub return_mode: ReturnMode,
    /// Legal status at application.
    pub legal_status: LegalStatus,
    /// Reference in IOM's case management system.
    pub mimosa_reference: Option<String>,
    /// Reference in IOM's finance system.
    pub prism_reference: Option<String>,
    /// When the application form was signed.
    pub application_signed_at: Option<DateTime<Utc>>,
    /// When the voluntariness of the decision was recorded.
    pub voluntariness_recorded_at: Option<DateTime<Utc>>,
    /// When the departure declaration was signed.
    pub declaration_signed_at: Option<DateTime<Utc>>,
    /// Why the person withdrew.
    pub withdrawal_reason: Option<WithdrawalReason>,
    /// How the application came about, and what was decided and signed before the registration.
    pub application: Application,
    /// The family unit that its persons belong to, which may have more cases.
    pub family: FamilyId,
    /// The project that pays for what is done where nothing else is said.
    pub funding_project: Option<ProjectId>,
    /// When the case was opened.
    pub opened_at: DateTime<Utc>,
    /// When it was registered.
    pub registered_at: Option<DateTime<Utc>>,
    /// When the persons departed.
    pub departed_at: Option<DateTime<Utc>>,
    /// When they arrived.
    pub arrived_at: Option<DateTime<Utc>>,
    /// When the case came to its end.
    pub ended_at: Option<DateTime<Utc>>,
    /// Counts the changes of this row.
    pub version: i32,
}

impl Case {
    /// The state with that which a halted case goes back to.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing {
            state: self.state,
            held_from: self.application.held_from,
        }
    }

    /// Whether travel documents may be asked for. Documents take long: they are looked after also while operations are
    /// suspended; what a clerk halted for a person's sake is halted altogether.
    #[must_use]
    pub fn accepts_document_requests(&self) -> bool {
        let suspended = self.application.hold_reason == Some(HoldReason::OperationsSuspended);
        let state = if suspended {
            self.standing().apart_from_a_hold()
        } else {
            self.state
        };
        state.is_in_preparation()
    }
}
