//! Referrals: a mission asks another organisation to help a person; who is asked says whether it will (DOMAIN 2.8).

use super::consent::RecipientClass;
use crate::ids::{CaseId, OrganisationId, PersonId, ReferralId};
use crate::{codes, lifecycle};
use chrono::{DateTime, TimeDelta, Utc};

codes! { "State of a referral." ReferralState {
    Sent = "SENT": "Sent, and not answered yet.",
    Accepted = "ACCEPTED": "The recipient will help.",
    Rejected = "REJECTED": "The recipient will not help.",
    InProgress = "IN_PROGRESS": "The recipient helps.",
    Done = "DONE": "The recipient has helped.",
    Revoked = "REVOKED": "The sender took it back.",
    Expired = "EXPIRED": "Nobody answered in time; it may be sent again.",
} }

lifecycle! { "The life of a referral (DOMAIN 2.8)." REFERRAL "Referral": ReferralState {
    begin "sendReferral" => Sent;
    "sendReferral": Expired => Sent;
    "acceptReferral": Sent => Accepted;
    "rejectReferral": Sent => Rejected;
    "startReferral": Accepted => InProgress;
    "completeReferral": Accepted | InProgress => Done;
    "revokeReferral": Sent | Accepted | InProgress => Revoked;
    "withdrawCase": Sent | Accepted | InProgress => Revoked;
    "time": Sent => Expired;
} }

codes! { "What a person is referred for; coarse, so that it says nothing of why." ReferralService {
    Counselling = "COUNSELLING": "Counselling.",
    Accommodation = "ACCOMMODATION": "Accommodation.",
    Medical = "MEDICAL": "Medical care.",
    Legal = "LEGAL": "Legal aid.",
    Education = "EDUCATION": "Education and training.",
    Employment = "EMPLOYMENT": "Employment.",
    SocialServices = "SOCIAL_SERVICES": "Social services.",
} }

codes! { "Why a referral is rejected." ReferralRejection {
    NoCapacity = "NO_CAPACITY": "There is no room or time.",
    NotEligible = "NOT_ELIGIBLE": "The service is not for this person.",
    OutOfArea = "OUT_OF_AREA": "The person lives elsewhere.",
    PersonDeclined = "PERSON_DECLINED": "The person does not wish it.",
} }

codes! { "Why a supervisor sends a referral without consent." ConsentOverride {
    VitalInterest = "VITAL_INTEREST": "A life or the body is in danger.",
    BestInterestsOfChild = "BEST_INTERESTS_OF_CHILD": "The best interests of a child demand it.",
    LegalDuty = "LEGAL_DUTY": "The law demands it.",
} }

/// How long a recipient may be silent.
pub const SILENCE: TimeDelta = TimeDelta::days(7);

/// A referral of the persons of a case to somebody who can help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// Names the referral.
    pub id: ReferralId,
    /// The case.
    pub case_id: CaseId,
    /// The mission that refers.
    pub sender: OrganisationId,
    /// The registered organisation that is asked.
    pub recipient: Option<OrganisationId>,
    /// The provider that is asked, which has no access to the API.
    pub provider: Option<String>,
    /// The person that it is about, where it is about one alone.
    pub person: Option<PersonId>,
    /// What for.
    pub service: ReferralService,
    /// Why it was sent without consent, if it was.
    pub consent_override: Option<ConsentOverride>,
    /// State.
    pub state: ReferralState,
    /// When it was sent, the last time.
    pub sent_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it came to its end.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it was rejected.
    pub rejection: Option<ReferralRejection>,
    /// Counts the changes of this row.
    pub version: i32,
}

impl Referral {
    /// When silence counts as an answer.
    #[must_use]
    pub fn lapses_at(&self) -> Option<DateTime<Utc>> {
        (self.state == ReferralState::Sent).then(|| self.sent_at + SILENCE)
    }
}

/// The class of recipient whose consent a provider needs.
pub const OF_A_PROVIDER: RecipientClass = RecipientClass::ServiceProvider;
