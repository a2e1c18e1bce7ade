//! The attempts to fly a case home.

use sea_orm::entity::prelude::*;

/// One attempt to take the persons of a case from the host territory to the country of return.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "itineraries")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case that travels, in `cases`.
    pub case_id: Uuid,
    /// Number of the attempt within the case, from 1.
    pub attempt_no: i32,
    /// Where the attempt stands, an `ItineraryState` such as `SUSPENDED`.
    pub state: String,
    /// The earlier attempt that this one stands in for, in `itineraries`.
    pub replaces_id: Option<Uuid>,
    /// When it was booked.
    pub booked_at: DateTimeUtc,
    /// When tickets were issued.
    pub ticketed_at: Option<DateTimeUtc>,
    /// Number of the ticket.
    pub ticket_number: Option<String>,
    /// The carrier's reference of the booking.
    pub booking_reference: Option<String>,
    /// The carrier's code for the fare.
    pub fare_basis: Option<String>,
    /// What the tickets cost, in minor units.
    pub ticket_cost_minor: Option<i64>,
    /// Currency of the cost.
    pub ticket_currency: Option<String>,
    /// Why tickets came before documents, a `TicketOverride`.
    pub ticket_override: Option<String>,
    /// When the mission in the country of return confirmed that it receives.
    pub reception_confirmed_at: Option<DateTimeUtc>,
    /// The border crossing point of the departure.
    pub border_point: Option<String>,
    /// Whether the authority let staff into the border area.
    pub airport_access: Option<bool>,
    /// When the exit formalities were done.
    pub exit_formalities_done_at: Option<DateTimeUtc>,
    /// When it was suspended.
    pub suspended_at: Option<DateTimeUtc>,
    /// Why it was suspended.
    pub suspension_reason: Option<String>,
    /// When it was recorded that the persons did not come.
    pub missed_at: Option<DateTimeUtc>,
    /// When it was flown to the end, cancelled or replaced.
    pub ended_at: Option<DateTimeUtc>,
    /// The group movement that it is part of, in `movements`.
    pub movement_id: Option<Uuid>,
    /// The project that pays for it, in `projects`.
    pub funding_project_id: Option<Uuid>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
