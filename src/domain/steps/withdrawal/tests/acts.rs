//! What can be done on a case, each act as whoever does it would.

use super::play::{AMMAN, AUTHORITY, BAGHDAD};
use crate::domain::application::{DataExchangeForm, Eligibility, HoldReason, LegalDecisionMaker};
use crate::domain::case::LegalStatus;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::cash_grant::{GrantEndReason, Milestone, MilestoneKind, RecoveryDecision};
use crate::domain::consent::{ConsentCategory, RecipientClass, Signatory};
use crate::domain::counselling::{CounsellingKind, CounsellingMode};
use crate::domain::handling::TransitIncidentKind;
use crate::domain::itinerary::{ExitFormalities, Itinerary, Segment, SegmentState, SuspensionReason, Ticket};
use crate::domain::money::{CurrencyCode, Money};
use crate::domain::objection::{ObjectionGround, ObjectionOutcome};
use crate::domain::person::Sex;
use crate::domain::referral::ReferralService;
use crate::domain::reintegration::{Modality, NewItem, PackageSuspensionReason, ReintegrationCategory};
use crate::domain::safeguards::{EscortKind, EscortState, FitnessState};
use crate::domain::steps::case::{NewCase, NewConsent, NewPerson, Registration};
use crate::domain::steps::consular_post::NewDocument;
use crate::domain::steps::departure::Departure;
use crate::domain::steps::grants::{GrantProposal, Means};
use crate::domain::steps::health::Examination;
use crate::domain::steps::intake::{NewApplication, NewEligibility, NewSession, Voluntariness};
use crate::domain::steps::package::NewPackage;
use crate::domain::steps::referral::{Asked, ReferralStep};
use crate::domain::steps::transit::NewIncident;
use crate::domain::territory::CountryCode;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::travel_document::{DocumentLocation, InformationItem, TravelDocumentType};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

/// Makes the acts, and a list of all that carry nothing.
macro_rules! acts {
    ($($act:ident)+) => {
        /// Something that somebody does, or tries to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Act { $($act,)+ Wait(i64), Withdraw }

        impl Act {
            /// All but waiting and withdrawing.
            pub const EVERY: &'static [Self] = &[$(Self::$act),+];
        }
    };
}

acts! {
    Request Acknowledge AskMore Answer Confirm Issue CancelRequest Receive HandOver LoseDocument
    AskForObjections Clear Object Prepare RevokeConsent
    Book BookDirectly Rebook Ticket Retime Suspend CancelItinerary ConfirmTransit ConfirmReception
    MarkReady Depart Land Board Miss Arrive
    ProposeGrant Approve RejectGrant VoidGrant Pay RecordReceipt FailPayment Withhold Release
    ProposePackage AgreePackage SuspendPackage ResumePackage TransferPackage
    RecommendEscort ApproveEscort AssignEscort DocumentEscort CancelEscort AskForFitness FindFit FindUnfit
    ReferToBaghdad ReferToTheAuthority ReferToAProvider AcceptReferral StartReferral
    Detain AskForSupport Hold Resume Reopen
}

type Outcome = Result<Changed<CaseFile>, Refusal>;

/// A country.
pub fn place(code: &str) -> CountryCode {
    CountryCode::parse(code).expect("a country")
}

/// So many euro cents.
pub fn euros(amount_minor: i64) -> Money {
    let currency = CurrencyCode::parse("EUR").expect("a currency");
    Money {
        amount_minor,
        currency,
    }
}

/// A man from Iraq who wishes to return.
pub fn new_case(date_of_birth: NaiveDate) -> NewCase {
    let person = NewPerson {
        head_of_household: true,
        family_name: "Alwan".to_owned(),
        given_names: "Amir".to_owned(),
        date_of_birth,
        sex: Sex::Male,
        nationality: place("IRQ"),
        place_of_birth: None,
        parents_names: None,
        phone: None,
        email: None,
        marital_status: None,
        occupation: None,
        education: None,
        host_address: None,
        address_in_country_of_return: None,
        language: None,
    };
    NewCase {
        reference: "PRN-1".to_owned(),
        host_territory: place("XKX"),
        country_of_return: place("IRQ"),
        destination_city: None,
        legal_status: LegalStatus::AsylumRejected,
        family: None,
        funding_project: None,
        persons: vec![person],
    }
}

/// A session that he understands.
pub fn counsel(file: CaseFile, c: &Circumstances<'_>) -> Outcome {
    let session = NewSession {
        kind: CounsellingKind::Return,
        mode: CounsellingMode::InPerson,
        language: "ar".to_owned(),
        understood: true,
        interpreter: false,
        mediator: false,
        facility: None,
        held_on: c.today(),
    };
    file.record_counselling(session, c)
}

/// He can be assisted, and decides freely.
pub fn find_eligible(file: CaseFile, c: &Circumstances<'_>) -> Outcome {
    let voluntariness = Voluntariness {
        recorded_at: c.now,
        free_choice: true,
        informed: true,
        capacity: true,
        decides: LegalDecisionMaker::OneSelf,
    };
    let decision = NewEligibility {
        outcome: Eligibility::Eligible,
        reason: None,
        vulnerability_assessed_at: Some(c.now),
        voluntariness: Some(voluntariness),
    };
    file.decide_eligibility(decision, c)
}

/// He signs, and every partner may do its part.
pub fn sign(file: CaseFile, c: &Circumstances<'_>) -> Outcome {
    file.sign_application(form(c), c)
}

fn form(c: &Circumstances<'_>) -> NewApplication {
    let classes = [
        RecipientClass::Embassy,
        RecipientClass::HostPolice,
        RecipientClass::HostMigration,
        RecipientClass::ServiceProvider,
    ];
    let line = |recipient_class: RecipientClass| NewConsent {
        recipient_class,
        purpose: recipient_class.purpose(),
        category: ConsentCategory::Identity,
        recipient: None,
        signed_at: c.now,
        signed_by: Signatory::OneSelf,
    };
    NewApplication {
        signed_at: c.now,
        signed_by: Signatory::OneSelf,
        data_exchange: DataExchangeForm::Signed,
        consents: classes.map(line).into(),
    }
}

/// The application is registered.
pub fn register(file: CaseFile, c: &Circumstances<'_>) -> Outcome {
    let registration = Registration {
        mimosa_reference: "MIM-1".to_owned(),
        prism_reference: None,
        preferred_from: None,
        preferred_to: None,
        destination_city: None,
        return_decision: None,
    };
    file.register(registration, c)
}

fn flights(route: &[&str], c: &Circumstances<'_>) -> Vec<Segment> {
    let first = c.now + TimeDelta::days(5);
    let legs = (0..).zip(route.windows(2));
    let flight = |(position, leg): (i32, &[&str])| {
        let departs_at = first + TimeDelta::hours(i64::from(position) * 5);
        Segment {
            position,
            flight: format!("TK{}", 100 + position),
            departure_airport: leg[0].to_owned(),
            arrival_airport: leg[1].to_owned(),
            departs_at,
            arrives_at: departs_at + TimeDelta::hours(3),
            state: SegmentState::Scheduled,
        }
    };
    legs.map(flight).collect()
}

fn document(c: &Circumstances<'_>) -> NewDocument {
    NewDocument {
        document_type: TravelDocumentType::EmergencyTravelDocument,
        number: "LP0045671".to_owned(),
        issued_on: c.today(),
        expires_on: c.today() + Days::new(90),
        single_journey: None,
        destination_only: None,
        mrz: None,
    }
}

fn examination(result: FitnessState, c: &Circumstances<'_>) -> Examination {
    Examination {
        result,
        conditions: Vec::new(),
        performed_at: c.now,
        diagnosis: None,
        medication: None,
    }
}

/// The row at a place, if there are any: what does not exist cannot be named.
fn nth<T: Copy>(rows: impl Iterator<Item = T>, place: usize) -> Result<T, Refusal> {
    let rows: Vec<T> = rows.collect();
    let place = place % rows.len().max(1);
    rows.get(place).copied().ok_or(Reason::WrongState.into())
}

/// Does one act on a case.
///
/// # Errors
///
/// Whatever refuses it.
#[expect(clippy::too_many_lines, reason = "one arm an act")]
pub fn step(file: CaseFile, act: Act, which: usize, means: &Means, c: &Circumstances<'_>) -> Outcome {
    let person = file.persons[0].id;
    let request = nth(file.requests.iter().rev().map(|row| row.id), which);
    let journey = nth(file.itineraries.iter().rev().map(|row| row.id), which / 2);
    let grant = nth(file.grants.iter().map(|row| row.id), which);
    let package = nth(file.packages.iter().map(|row| row.id), which);
    let referral = nth(file.referrals.iter().map(|row| row.id), which);
    let escort = nth(file.safeguards.escorts.iter().map(|row| row.number), which);
    let consent = nth(file.consents.iter().map(|row| row.id), which);
    let flight = i32::try_from(which % 2).unwrap_or(0);
    let number = flight + 1;
    let organisation = |nth: u128| Asked::Organisation(Uuid::from_u128(nth).into());
    let service = ReferralService::Accommodation;
    match act {
        Act::Request => file.voluntary()?.request_travel_document(person, None, false, c),
        Act::Acknowledge => file.voluntary()?.acknowledge_request(request?, c),
        Act::AskMore => {
            file.voluntary()?
                .request_more_information(request?, vec![InformationItem::Photograph], None, c)
        }
        Act::Answer => file.voluntary()?.answer_information_request(request?, None, c),
        Act::Confirm => file.voluntary()?.confirm_nationality(request?, c),
        Act::Issue => file.voluntary()?.issue_document(request?, document(c), c),
        Act::CancelRequest => file.voluntary()?.cancel_request(request?, c),
        Act::Receive => file.voluntary()?.receive_document(request?, c),
        Act::HandOver => file
            .voluntary()?
            .hand_over_document(request?, DocumentLocation::Person, c),
        Act::LoseDocument => file.voluntary()?.report_document_lost(request?, c),
        Act::AskForObjections => file.voluntary()?.request_objection_check(None, c),
        Act::Clear => file
            .voluntary()?
            .decide_objection(ObjectionOutcome::Clear, None, c),
        Act::Object => {
            let ground = Some(ObjectionGround::ExitBan);
            file.voluntary()?
                .decide_objection(ObjectionOutcome::Objected, ground, c)
        }
        Act::Prepare => file.voluntary()?.start_pre_departure(None, c),
        Act::RevokeConsent => file.revoke_consent(consent?, c),
        Act::Book => file
            .voluntary()?
            .book_itinerary(flights(&["PRN", "IST", "BGW"], c), None, c),
        Act::BookDirectly => file
            .voluntary()?
            .book_itinerary(flights(&["PRN", "BGW"], c), None, c),
        Act::Rebook => {
            let from = file.place_of_the_persons().unwrap_or("PRN").to_owned();
            let route = [from.as_str(), "BGW"];
            file.voluntary()?
                .rebook_itinerary(journey?, flights(&route, c), None, c)
        }
        Act::Ticket => file.voluntary()?.ticket_itinerary(journey?, ticket(), c),
        Act::Retime => {
            let departs = file
                .live_itinerary()
                .and_then(Itinerary::departs_at)
                .unwrap_or(c.now);
            let moved = departs + TimeDelta::hours(1);
            file.voluntary()?
                .retime_segment(journey?, 0, (moved, moved + TimeDelta::hours(2)), c)
        }
        Act::Suspend => file
            .voluntary()?
            .suspend_itinerary(journey?, SuspensionReason::PublicHealth, c),
        Act::CancelItinerary => file.voluntary()?.cancel_itinerary(journey?, c),
        Act::ConfirmTransit => file.voluntary()?.confirm_transit(journey?, c),
        Act::ConfirmReception => file.voluntary()?.confirm_reception(journey?, c),
        Act::MarkReady => file.voluntary()?.mark_ready(c),
        Act::Depart => file.voluntary()?.confirm_departure(departure(c.now), c),
        Act::Land => file.voluntary()?.land_segment(journey?, flight, c),
        Act::Board => file.voluntary()?.board_segment(journey?, flight, c),
        Act::Miss => {
            let incident = NewIncident {
                segment: 1,
                kind: TransitIncidentKind::MissedConnection,
                airport: None,
                occurred_at: c.now,
            };
            file.voluntary()?.report_incident(journey?, incident, c)
        }
        Act::Arrive => file.voluntary()?.confirm_arrival(c.now, Vec::new(), c),
        Act::ProposeGrant => {
            let proposal = GrantProposal::usual(person, Some(euros(100_000)), Some(vec![60_000, 40_000]));
            file.propose_grant(proposal, means, c)
        }
        Act::Approve => file.approve_grant(grant?, means, c),
        Act::RejectGrant => file.reject_grant(grant?, GrantEndReason::Duplicate, c),
        Act::VoidGrant => {
            let paid = file
                .grants
                .iter()
                .any(|row| Ok(row.id) == grant && row.is_paid_in_part());
            file.void_grant(
                grant?,
                GrantEndReason::Duplicate,
                paid.then_some(RecoveryDecision::Waive),
                c,
            )
        }
        Act::Pay => {
            let milestone = Milestone {
                kind: MilestoneKind::Visit,
                reference: "V-1".to_owned(),
            };
            file.pay_tranche(grant?, number, Some(milestone), c)
        }
        Act::RecordReceipt => file.record_receipt(grant?, number, "R-1".to_owned(), c),
        Act::FailPayment => file.report_failed_payment(grant?, number),
        Act::Withhold => file.withhold_tranche(grant?, number, GrantEndReason::PersonUnreachable),
        Act::Release => file.release_tranche(grant?, number),
        Act::ProposePackage => file.propose_package(new_package(person), c),
        Act::AgreePackage => file.agree_package(package?, c.now, None, c),
        Act::SuspendPackage => file.suspend_package(package?, PackageSuspensionReason::InsecureArea, c),
        Act::ResumePackage => file.resume_package(package?, c),
        Act::TransferPackage => file.transfer_package(package?, Uuid::from_u128(AMMAN).into(), c),
        Act::RecommendEscort => file
            .voluntary()?
            .recommend_escort(person, EscortKind::Operational, None, c),
        Act::ApproveEscort => file.voluntary()?.decide_escort(escort?, which < 3, c),
        Act::AssignEscort => file.voluntary()?.assign_escort(escort?, "Drita Hoxha".to_owned()),
        Act::DocumentEscort => {
            file.voluntary()?
                .move_escort(escort?, "documentEscort", EscortState::Documented)
        }
        Act::CancelEscort => file
            .voluntary()?
            .move_escort(escort?, "cancelEscort", EscortState::Cancelled),
        Act::AskForFitness => file.voluntary()?.request_fitness(person, c),
        Act::FindFit => file
            .voluntary()?
            .record_fitness(person, examination(FitnessState::Fit, c), c),
        Act::FindUnfit => file
            .voluntary()?
            .record_fitness(person, examination(FitnessState::Unfit, c), c),
        Act::ReferToBaghdad => file.send_referral(organisation(BAGHDAD), (None, service), None, c),
        Act::ReferToTheAuthority => file.send_referral(organisation(AUTHORITY), (None, service), None, c),
        Act::ReferToAProvider => {
            file.send_referral(Asked::Provider("A shelter".to_owned()), (None, service), None, c)
        }
        Act::AcceptReferral => file.step_referral(referral?, ReferralStep::Accept, c),
        Act::StartReferral => file.step_referral(referral?, ReferralStep::Start, c),
        Act::Detain => {
            let facility = "A facility".to_owned();
            file.voluntary()?
                .record_detention(person, facility, (c.today(), None), c)
        }
        Act::AskForSupport => {
            file.voluntary()?
                .request_appointment_support(person, c.now + TimeDelta::days(2), c)
        }
        Act::Hold => file.hold(HoldReason::Medical),
        Act::Resume => file.resume(c),
        Act::Reopen => file.reopen(form(c), c.now, c),
        Act::Wait(_) | Act::Withdraw => Err(Reason::WrongState.into()),
    }
}

fn ticket() -> Ticket {
    Ticket {
        number: "2352400123456".to_owned(),
        fare_basis: None,
        cost: None,
        booking_reference: None,
        before_document: None,
    }
}

fn departure(now: DateTime<Utc>) -> Departure {
    Departure {
        declaration_signed_at: Some(now),
        exit_formalities: Some(ExitFormalities {
            border_point: "Pristina airport".to_owned(),
            airport_access: true,
            done_at: Some(now),
        }),
        departed_at: now,
    }
}

fn new_package(person: crate::ids::PersonId) -> NewPackage {
    let item = NewItem {
        category: ReintegrationCategory::IncomeGeneration,
        modality: Modality::InKind,
        description: "A printing press".to_owned(),
        amount_minor: 100_000,
        exceptional: false,
    };
    NewPackage {
        person,
        ceiling: euros(150_000),
        cash_allowed: false,
        plan: None,
        items: vec![item],
    }
}
