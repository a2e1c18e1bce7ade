//! The return of a person or a family, from inquiry to reintegration.

use sea_orm::entity::prelude::*;

/// The assisted voluntary return of one person or one family.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cases")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Reference by which missions speak of the case, unique.
    pub reference: String,
    /// IOM mission in the host territory that runs the case until departure, in `organisations`.
    pub sending_mission_id: Uuid,
    /// IOM mission in the country of return that takes the case over, in `organisations`.
    pub receiving_mission_id: Option<Uuid>,
    /// Territory from which the persons return.
    pub host_territory: String,
    /// Country to which they return.
    pub country_of_return: String,
    /// Place in that country where they mean to live.
    pub destination_city: Option<String>,
    /// Where the case stands, a `CaseState` such as `PRE_DEPARTURE`.
    pub state: String,
    /// How the persons return, a `ReturnMode`.
    pub return_mode: String,
    /// Status at application; no embassy learns of an asylum claim by it (Reg. (EU) 2024/1348, art. 7).
    pub legal_status: String,
    /// Number of the case in MiMOSA, IOM's own case register.
    pub mimosa_reference: Option<String>,
    /// Number of the case in PRISM, IOM's finance system.
    pub prism_reference: Option<String>,
    /// When the AVRR application form was signed.
    pub application_signed_at: Option<DateTimeUtc>,
    /// When the wish to return was recorded as free and informed.
    pub voluntariness_recorded_at: Option<DateTimeUtc>,
    /// When the departure declaration was signed, without which nobody departs.
    pub declaration_signed_at: Option<DateTimeUtc>,
    /// Why the applicant withdrew or IOM ended the application.
    pub withdrawal_reason: Option<String>,
    /// How the persons came to IOM, an `IntakeChannel`.
    pub intake_channel: String,
    /// Who referred them, in `organisations`; may give an asylum claim away.
    pub referred_by_id: Option<Uuid>,
    /// Number of the authority's return decision.
    pub return_decision_number: Option<String>,
    /// Day of issue of it.
    pub return_decision_issued_on: Option<Date>,
    /// The authority that issued it.
    pub return_decision_authority: Option<String>,
    /// Whether it names IOM's assistance.
    pub return_decision_mentions_avrr: Option<bool>,
    /// Day on which it was served.
    pub return_decision_served_on: Option<Date>,
    /// The last decision, an `Eligibility`.
    pub eligibility: Option<String>,
    /// Why the persons cannot be assisted, an `IneligibilityReason`.
    pub ineligibility_reason: Option<String>,
    /// When that was decided.
    pub eligibility_decided_at: Option<DateTimeUtc>,
    /// When vulnerabilities were assessed.
    pub vulnerability_assessed_at: Option<DateTimeUtc>,
    /// Who may legally decide, a `LegalDecisionMaker`.
    pub legal_decision_maker: Option<String>,
    /// What became of the Data Exchange form, a `DataExchangeForm`.
    pub data_exchange_form: Option<String>,
    /// The first day on which the persons wish to leave.
    pub preferred_from: Option<Date>,
    /// The last day on which they wish to leave.
    pub preferred_to: Option<Date>,
    /// The state that a halted case goes back to, a `CaseState`.
    pub held_from: Option<String>,
    /// Why it is halted, a `HoldReason`.
    pub hold_reason: Option<String>,
    /// Why IOM ended it, a `TerminationReason`.
    pub termination_reason: Option<String>,
    /// The last day on which the signed application holds while no statutory period runs.
    pub application_valid_until: Option<Date>,
    /// The family unit that it belongs to, in `families`.
    pub family_id: Option<Uuid>,
    /// The project that pays for it, in `projects`.
    pub funding_project_id: Option<Uuid>,
    /// When the case was opened.
    pub opened_at: DateTimeUtc,
    /// When the application was registered.
    pub registered_at: Option<DateTimeUtc>,
    /// When the persons left the host territory.
    pub departed_at: Option<DateTimeUtc>,
    /// When the receiving mission recorded their arrival.
    pub arrived_at: Option<DateTimeUtc>,
    /// When the case was closed, withdrawn or ended otherwise.
    pub ended_at: Option<DateTimeUtc>,
    /// When time alone next changes something, such as a warning or the end of a period.
    pub due_at: Option<DateTimeUtc>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
