//! The words that scripts are written in.

use crate::domain::case::WithdrawalReason;
use crate::domain::consent::RecipientClass;
use crate::domain::itinerary::SuspensionReason;
use crate::domain::travel_document::RefusalReason;
use crate::policy::actions::Action;

/// A step of the procedure, as a script has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The signed application is registered.
    Register,
    /// The persons consent to a class of recipient that they had not consented to.
    Consent(RecipientClass),
    /// The persons take back what they had consented to for a class of recipient.
    Revoke(RecipientClass),
    /// A post is asked for a person's document; another post than before, where there is one.
    Request(usize),
    /// The post takes note.
    Acknowledge(usize),
    /// The post wishes to know more.
    AskMore(usize),
    /// The mission answers.
    AnswerPost(usize),
    /// An interview with the post is settled.
    Interview(usize),
    /// The post confirms the nationality.
    Confirm(usize),
    /// The post issues the document.
    Issue(usize),
    /// The mission receives the document.
    Receive(usize),
    /// The mission hands the document to the person.
    HandOver(usize),
    /// The document is lost.
    Lose(usize),
    /// The post refuses.
    Refuse(usize, RefusalReason),
    /// The mission takes the request back.
    CancelRequest(usize),
    /// A journey is booked that leaves on a day.
    Book(i64),
    /// Tickets are issued.
    Ticket,
    /// The journey is suspended.
    Suspend(SuspensionReason),
    /// The journey is taken back.
    CancelJourney,
    /// Everything is in place.
    Ready,
    /// The persons leave.
    Depart,
    /// A connection is missed, if there is one.
    MissConnection,
    /// The persons arrive.
    Arrive,
    /// A grant is put forward for each adult.
    ProposeGrants,
    /// What was put forward is approved.
    ApproveGrants,
    /// The tranche of this number is paid, of every grant that has one.
    Pay(i32),
    /// A reintegration package is put forward.
    ProposePackage,
    /// The persons withdraw.
    Withdraw(WithdrawalReason),
}

impl Step {
    /// The command by which it is taken, as histories tell.
    pub(super) fn action(self) -> Action {
        match self {
            Self::Register => Action::RegisterCase,
            Self::Consent(_) => Action::RecordConsent,
            Self::Revoke(_) => Action::RevokeConsent,
            Self::Request(_) => Action::RequestTravelDocument,
            Self::Acknowledge(_) => Action::AcknowledgeRequest,
            Self::AskMore(_) => Action::RequestInformation,
            Self::AnswerPost(_) => Action::AnswerInformation,
            Self::Interview(_) => Action::ScheduleInterview,
            Self::Receive(_) => Action::ReceiveTravelDocument,
            Self::HandOver(_) => Action::HandOverTravelDocument,
            Self::Lose(_) => Action::ReportDocumentLost,
            Self::Confirm(_) => Action::ConfirmNationality,
            Self::Issue(_) => Action::IssueTravelDocument,
            Self::Refuse(..) => Action::RefuseTravelDocument,
            Self::CancelRequest(_) => Action::CancelRequest,
            Self::Book(_) => Action::BookItinerary,
            Self::Ticket => Action::TicketItinerary,
            Self::Suspend(_) => Action::SuspendItinerary,
            Self::CancelJourney => Action::CancelItinerary,
            Self::Ready => Action::MarkReadyToDepart,
            Self::Depart => Action::ConfirmDeparture,
            Self::MissConnection => Action::ReportTransitIncident,
            Self::Arrive => Action::ConfirmArrival,
            Self::ProposeGrants => Action::ProposeCashGrant,
            Self::ApproveGrants => Action::ApproveCashGrant,
            Self::Pay(_) => Action::PayTranche,
            Self::ProposePackage => Action::ProposePackage,
            Self::Withdraw(_) => Action::WithdrawCase,
        }
    }
}
