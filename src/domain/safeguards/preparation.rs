//! What prepares persons for the departure: the circumstances that they live in, what they are given, what they are told
//! (SOP N2a, I3b, I4e).

use super::vulnerability::NeedCode;
use crate::codes;
use crate::ids::{CaseId, PersonId, SafeguardId};
use chrono::{DateTime, NaiveDate, Utc};

codes! { "How a person lives before the departure; may give an asylum claim or a need of protection away." HostAccommodation {
    Private = "PRIVATE": "In a flat, or with family or friends.",
    ReceptionCentre = "RECEPTION_CENTRE": "In a reception centre.",
    AsylumCentre = "ASYLUM_CENTRE": "In an asylum centre.",
    AdminDetention = "ADMIN_DETENTION": "In administrative detention.",
    Shelter = "SHELTER": "In a shelter.",
    None = "NONE": "Nowhere for certain.",
} }

/// In which circumstances a person lives before the departure, as recorded with the application (I3b).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreDepartureCircumstances {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// The person.
    pub person_id: PersonId,
    /// How the person lives.
    pub accommodation: HostAccommodation,
    /// Whether the person is in medical treatment.
    pub medical_treatment: bool,
    /// What the person says that has to be done for them on the way.
    pub travel_needs: Vec<NeedCode>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

codes! { "What a person is given before the departure." AssistanceKind {
    MedicalCare = "MEDICAL_CARE": "Medical care.",
    MaterialHelp = "MATERIAL_HELP": "Clothes, food, hygiene and the like.",
    PsychosocialSupport = "PSYCHOSOCIAL_SUPPORT": "Psychosocial support.",
    LegalAid = "LEGAL_AID": "Legal aid.",
    Interpretation = "INTERPRETATION": "An interpreter, or a cultural mediator.",
    LocalTransport = "LOCAL_TRANSPORT": "Transport in the host territory.",
} }

codes! { "Who assists a person before the departure." AssistanceProvider {
    Iom = "IOM": "IOM.",
    Authority = "AUTHORITY": "An authority of the host territory.",
} }

/// What a person was given before the departure, by IOM or by an authority (N2a).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssistanceProvision {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// The person.
    pub person_id: PersonId,
    /// What.
    pub kind: AssistanceKind,
    /// By whom.
    pub provider: AssistanceProvider,
    /// The office, authority or centre by its name.
    pub provider_name: String,
    /// When.
    pub provided_on: NaiveDate,
}

/// What the persons of a case were told of their journey before they left (I4e).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrantBriefing {
    /// Names the record.
    pub id: SafeguardId,
    /// The case.
    pub case_id: CaseId,
    /// Number of the attempt whose flight details they were given, if they were; another attempt needs to be explained anew.
    pub attempt_no: Option<i32>,
    /// Luggage allowance that they were told of, in kilograms.
    pub luggage_kilograms: Option<i32>,
    /// Whether it was explained to them what they are entitled to.
    pub entitlements_explained: bool,
    /// When.
    pub briefed_at: DateTime<Utc>,
}
