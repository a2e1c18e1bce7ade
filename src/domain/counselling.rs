//! Counselling sessions (SOP I2b, N2b): what the decision to return is informed by.

use crate::codes;
use crate::ids::{CaseId, CounsellingSessionId};
use chrono::NaiveDate;

codes! { "What a counselling session is about." CounsellingKind {
    Return = "RETURN": "The return: process, services, country of return.",
    Reintegration = "REINTEGRATION": "The life after the return.",
} }

codes! { "How a counselling session is held." CounsellingMode {
    InPerson = "IN_PERSON": "In person.",
    Virtual = "VIRTUAL": "By telephone or video.",
    Joint = "JOINT": "Together with the receiving mission.",
} }

codes! { "The kind of facility where authorities gave room for counselling (N2b); may give an asylum claim away." FacilityKind {
    ReceptionCentre = "RECEPTION_CENTRE": "A reception centre.",
    AsylumCentre = "ASYLUM_CENTRE": "An asylum centre.",
    AdminDetention = "ADMIN_DETENTION": "Administrative detention.",
    Other = "OTHER": "Another place.",
} }

/// A counselling session that was held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounsellingSession {
    /// Names the session.
    pub id: CounsellingSessionId,
    /// The case.
    pub case_id: CaseId,
    /// What it was about.
    pub kind: CounsellingKind,
    /// How it was held.
    pub mode: CounsellingMode,
    /// The language, BCP 47.
    pub language: String,
    /// Whether the persons understood it.
    pub understood: bool,
    /// Whether an interpreter took part.
    pub interpreter: bool,
    /// Whether a cultural mediator took part.
    pub mediator: bool,
    /// The kind of facility.
    pub facility: Option<FacilityKind>,
    /// The day.
    pub held_on: NaiveDate,
}
