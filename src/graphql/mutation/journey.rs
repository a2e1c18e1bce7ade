//! Commands on a journey that takes place: what missions confirm and see, the departure, the arrival.

use super::{commands, id};
use crate::domain::handling::{OnwardTravel, TransitIncidentKind};
use crate::domain::itinerary::ExitFormalities;
use crate::domain::steps::departure::{Departure, NewArrival};
use crate::domain::steps::transit::NewIncident;
use crate::graphql::scalars::{AirportScalar, DateTimeScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{Context, ID, InputObject, Result};

payloads! {
    ConfirmTransitPayload "itinerary": ItineraryNode;
    ConfirmReceptionPayload "itinerary": ItineraryNode;
    StandDownDeparturePayload "case": CaseNode;
    ConfirmDeparturePayload "case": CaseNode;
    BoardSegmentPayload "itinerary": ItineraryNode;
    LandSegmentPayload "itinerary": ItineraryNode;
    ReportTransitIncidentPayload "itinerary": ItineraryNode;
    ConfirmArrivalPayload "case": CaseNode;
}

/// Confirms that the mission assists in transit.
#[derive(InputObject)]
pub struct ConfirmTransitInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The itinerary.
    itinerary_id: ID,
    /// The version of the itinerary that was decided on.
    expected_version: i32,
}

/// Confirms that the mission receives the persons.
#[derive(InputObject)]
pub struct ConfirmReceptionInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The itinerary.
    itinerary_id: ID,
    /// The version of the itinerary that was decided on.
    expected_version: i32,
}

/// What the authorities of the host territory did at the departure.
#[derive(InputObject)]
pub struct ExitFormalitiesInput {
    /// The border crossing point.
    #[graphql(validator(chars_max_length = 100))]
    border_point: String,
    /// Whether the authorities let staff of IOM into the border area.
    #[graphql(default = true)]
    airport_access: bool,
    /// When the formalities were done; nobody departs before.
    done_at: Option<DateTimeScalar>,
}

/// Finds that the persons do not leave as planned.
#[derive(InputObject)]
pub struct StandDownDepartureInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
}

/// Records the departure.
#[derive(InputObject)]
pub struct ConfirmDepartureInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// When the departure declaration was signed; without it nobody departs.
    declaration_signed_at: Option<DateTimeScalar>,
    /// What the authorities did; without it nobody departs.
    exit_formalities: Option<ExitFormalitiesInput>,
    /// When the persons departed.
    departed_at: DateTimeScalar,
}

/// Records that the persons boarded a connecting flight.
#[derive(InputObject)]
pub struct BoardSegmentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The itinerary.
    itinerary_id: ID,
    /// The version of the itinerary that was decided on.
    expected_version: i32,
    /// Place of the flight in the journey, from 0.
    position: i32,
}

/// Records that the persons landed on the way.
#[derive(InputObject)]
pub struct LandSegmentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The itinerary.
    itinerary_id: ID,
    /// The version of the itinerary that was decided on.
    expected_version: i32,
    /// Place of the flight in the journey, from 0.
    position: i32,
}

/// Records that the journey broke off on the way.
#[derive(InputObject)]
pub struct ReportTransitIncidentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The itinerary.
    itinerary_id: ID,
    /// The version of the itinerary that was decided on.
    expected_version: i32,
    /// Place of the flight in the journey, from 0.
    position: i32,
    /// What went wrong.
    kind: Word<TransitIncidentKind>,
    /// Where the persons are, for a diversion; otherwise they are where the flight should have left from.
    airport: Option<AirportScalar>,
    /// When it happened.
    occurred_at: DateTimeScalar,
}

/// One person's arrival.
#[derive(InputObject)]
pub struct ArrivalInput {
    /// Who arrived.
    person_id: ID,
    /// Where; the end of the journey if nothing is said.
    airport: Option<AirportScalar>,
    /// How the person travels on.
    onward_travel: Option<Word<OnwardTravel>>,
    /// Where the person travels on to.
    #[graphql(validator(chars_max_length = 100))]
    onward_to: Option<String>,
}

/// Records the arrival.
#[derive(InputObject)]
pub struct ConfirmArrivalInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// When the persons arrived.
    arrived_at: DateTimeScalar,
    /// Who arrived, and how they travel on; everybody if nobody is named.
    #[graphql(default, validator(max_items = 50))]
    arrivals: Vec<ArrivalInput>,
}

fn arrivals(context: &Context<'_>, inputs: Vec<ArrivalInput>) -> Result<Vec<NewArrival>> {
    let arrival = |input: ArrivalInput| {
        Ok(NewArrival {
            person: id(context, NodeType::Person, &input.person_id)?,
            airport: input.airport.map(|airport| airport.0),
            onward_travel: input.onward_travel.map(|travel| travel.0),
            onward_to: input.onward_to.filter(|place| !place.trim().is_empty()),
        })
    };
    inputs.into_iter().map(arrival).collect()
}

commands! {
    /// Commands on a journey that takes place.
    JourneyCommands {
        /// Confirms that the viewer's mission, on the way of the journey, assists in transit; the sending mission is told.
        confirm_transit(ConfirmTransitInput) -> ConfirmTransitPayload = |context, envelope, input, desk| {
            let itinerary = id(context, NodeType::Itinerary, &input.itinerary_id)?;
            desk.confirm_transit(&envelope, itinerary, input.expected_version).await
        };
        /// Confirms that the viewer's mission, in the country of return, receives the persons; the sending mission is told.
        confirm_reception(ConfirmReceptionInput) -> ConfirmReceptionPayload = |context, envelope, input, desk| {
            let itinerary = id(context, NodeType::Itinerary, &input.itinerary_id)?;
            desk.confirm_reception(&envelope, itinerary, input.expected_version).await
        };
        /// Finds that the persons do not leave as planned after all, for whatever reason; who was told of the departure is told.
        stand_down_departure(StandDownDepartureInput) -> StandDownDeparturePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            desk.stand_down_departure(&envelope, case, input.expected_version).await
        };
        /// Records the departure; every party to it is told.
        confirm_departure(ConfirmDepartureInput) -> ConfirmDeparturePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let departure = Departure {
                declaration_signed_at: input.declaration_signed_at.map(|signed| signed.0),
                exit_formalities: input.exit_formalities.map(Into::into),
                departed_at: input.departed_at.0,
            };
            desk.confirm_departure(&envelope, case, input.expected_version, departure).await
        };
        /// Records that the persons boarded a connecting flight; sending and receiving missions are told.
        board_segment(BoardSegmentInput) -> BoardSegmentPayload = |context, envelope, input, desk| {
            let itinerary = id(context, NodeType::Itinerary, &input.itinerary_id)?;
            desk.board_segment(&envelope, itinerary, input.expected_version, input.position).await
        };
        /// Records that the persons landed on the way; sending and receiving missions are told.
        land_segment(LandSegmentInput) -> LandSegmentPayload = |context, envelope, input, desk| {
            let itinerary = id(context, NodeType::Itinerary, &input.itinerary_id)?;
            desk.land_segment(&envelope, itinerary, input.expected_version, input.position).await
        };
        /// Records that the journey broke off on the way; sending and receiving missions are told, and the sending mission books anew from where the persons are.
        report_transit_incident(ReportTransitIncidentInput) -> ReportTransitIncidentPayload = |context, envelope, input, desk| {
            let itinerary = id(context, NodeType::Itinerary, &input.itinerary_id)?;
            let incident = NewIncident {
                segment: input.position,
                kind: input.kind.0,
                airport: input.airport.map(|airport| airport.0),
                occurred_at: input.occurred_at.0,
            };
            desk.report_transit_incident(&envelope, itinerary, input.expected_version, incident).await
        };
        /// Records the arrival; the sending mission is told.
        confirm_arrival(ConfirmArrivalInput) -> ConfirmArrivalPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let arrivals = arrivals(context, input.arrivals)?;
            desk.confirm_arrival(&envelope, case, input.expected_version, input.arrived_at.0, arrivals).await
        };
    }
}

impl From<ExitFormalitiesInput> for ExitFormalities {
    fn from(input: ExitFormalitiesInput) -> Self {
        Self {
            border_point: input.border_point.trim().to_owned(),
            airport_access: input.airport_access,
            done_at: input.done_at.map(|done| done.0),
        }
    }
}
