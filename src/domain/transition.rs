//! What a step of the procedure gives: the next state with what happened, or a refusal with its reason.

use super::event::DomainEvent;

/// The outcome of an accepted step: what was, what is now, and what happened in between.
///
/// Only the domain makes one, so whatever is saved has passed the rules, and its events cannot be forgotten.
#[must_use = "a change that is not saved did not happen"]
#[derive(Debug, Clone)]
pub struct Changed<T, E = DomainEvent> {
    before: Option<T>,
    next: T,
    events: Vec<E>,
    why: Option<String>,
}

impl<T, E> Changed<T, E> {
    pub(in crate::domain) fn opened(next: T, events: Vec<E>) -> Self {
        Self {
            before: None,
            next,
            events,
            why: None,
        }
    }

    pub(in crate::domain) fn moved(before: T, next: T, events: Vec<E>) -> Self {
        Self {
            before: Some(before),
            next,
            events,
            why: None,
        }
    }

    pub(in crate::domain) fn with(mut self, adjust: impl FnOnce(&mut T)) -> Self {
        adjust(&mut self.next);
        self
    }

    /// Says why, for the history of the row: a code of the programme, never a person's data.
    pub(in crate::domain) fn because(mut self, why: impl std::fmt::Display) -> Self {
        self.why = Some(why.to_string());
        self
    }

    /// Why it happened, where a reason was given.
    pub fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }

    /// What was stored before this step; nothing for something new.
    pub fn before(&self) -> Option<&T> {
        self.before.as_ref()
    }

    /// What is to be stored.
    pub fn next(&self) -> &T {
        &self.next
    }

    /// What happened, in order.
    pub fn events(&self) -> &[E] {
        &self.events
    }
}

/// Why a step was refused: the rule that says no, and the input field that it concerns.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason:?}")]
pub struct Refusal {
    /// The rule.
    pub reason: Reason,
    /// The input field at fault, in the schema's spelling, where there is one.
    pub field: Option<&'static str>,
    /// Further rules that say no to the same step, so that a caller learns of all of them at once.
    pub others: Vec<Refusal>,
}

impl Refusal {
    /// A refusal that concerns one input field.
    #[must_use]
    pub fn at(reason: Reason, field: &'static str) -> Self {
        Self {
            reason,
            field: Some(field),
            others: Vec::new(),
        }
    }

    /// Refuses what was decided on another version of a row than the current one.
    ///
    /// # Errors
    ///
    /// `CONFLICT`, with the current version.
    pub fn unless_current(current: i32, expected: i32) -> Result<(), Self> {
        if current == expected {
            return Ok(());
        }
        Err(Self::at(Reason::Conflict { current }, "expectedVersion"))
    }

    /// One refusal that names every rule of a list; nothing for an empty list.
    #[must_use]
    pub fn all(refusals: Vec<Self>) -> Option<Self> {
        let mut refusals = refusals.into_iter();
        let mut first = refusals.next()?;
        first.others.extend(refusals);
        Some(first)
    }

    /// Every rule that it names, in order.
    pub fn each(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.others)
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self {
            reason,
            field: None,
            others: Vec::new(),
        }
    }
}

/// The rules that can say no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The state does not allow the step.
    WrongState,
    /// The row changed since the caller read it; carries its version now.
    Conflict {
        /// The version that the row has now.
        current: i32,
    },
    /// No active consent names this recipient class (INV-06).
    ConsentMissing,
    /// Persons do not let this class of recipient know them for this purpose.
    PurposeNotForRecipient,
    /// No consular post is accredited for this nationality and host territory (INV-10).
    NoAccreditation,
    /// The application form is not signed (INV-05).
    ApplicationNotSigned,
    /// No voluntariness record exists (INV-05).
    VoluntarinessNotRecorded,
    /// The departure declaration is not signed (INV-05).
    DeclarationNotSigned,
    /// Vulnerabilities have not been assessed.
    VulnerabilityNotAssessed,
    /// Nobody who signs for the persons may: a child needs a guardian.
    GuardianNeeded,
    /// A reason code has to go with this decision.
    ReasonNeeded,
    /// The authority of the host territory has not said that it does not object.
    ObjectionCheckNeeded,
    /// This authority has not been asked whether it objects.
    ObjectionNotAsked,
    /// The departure lies beyond the statutory period (INV-11).
    StatutoryPeriodExceeded,
    /// The extension is longer than the jurisdiction allows.
    ExtensionTooLong,
    /// A request for this person is already with a consular post.
    RequestAlreadyOpen,
    /// No travel document that serves the journey has been issued.
    TravelDocumentMissing,
    /// The travel document expires before the journey ends.
    TravelDocumentExpires,
    /// The machine-readable zone has not the length or the characters of one.
    MrzMalformed,
    /// A check digit of the machine-readable zone is wrong.
    MrzCheckDigit,
    /// The machine-readable zone says something else than what was given.
    MrzMismatch,
    /// Another itinerary of this case is still live.
    ItineraryAlreadyLive,
    /// No itinerary is ticketed.
    ItineraryNotTicketed,
    /// Only a supervisor may do this.
    SupervisorNeeded,
    /// A mission on the way has not confirmed that it assists.
    TransitNotConfirmed,
    /// The mission in the country of return has not confirmed that it receives the persons.
    ReceptionNotConfirmed,
    /// The exit formalities are not done.
    ExitFormalitiesNotDone,
    /// Operations in a country that the journey touches are suspended (INV-19).
    OperationsSuspended,
    /// Another mission is at that airport.
    NotTheMissionThere,
    /// No group movement bears this reference.
    NoSuchMovement,
    /// The manifest of the movement is not open.
    ManifestNotOpen,
    /// The movement has not so many seats left.
    MovementFull,
    /// The persons were taken off the manifest of the movement.
    NotOnTheManifest,
    /// The movement has not been cleared for departure.
    MovementNotCleared,
    /// Somebody on the manifest has neither boarded nor been taken off it, or nobody has boarded.
    PassengersUnaccounted,
    /// Somebody who boarded is not known to have arrived.
    ArrivalsDoNotReconcile,
    /// Somebody is still on the manifest.
    ManifestNotEmpty,
    /// The segments do not make one journey: order, connection or destination is wrong.
    SegmentsDoNotConnect,
    /// The airport is not one through which persons leave the host territory.
    NotAPointOfExit,
    /// The airport is not one that the programme knows.
    UnknownAirport,
    /// The tranches do not add up to the grant, or there are not one or two (INV-09).
    TranchesDoNotAddUp,
    /// An earlier tranche is still unpaid.
    TrancheOutOfOrder,
    /// No project is named that pays, and the case has none.
    FundingProjectMissing,
    /// The project that is to pay does not run on this day.
    ProjectNotRunning,
    /// Grants are not paid in this currency in the host territory.
    CurrencyNotUsed,
    /// The project has no rule that says the amount for this person.
    NoGrantRule,
    /// Another rule of the project is for some of the same persons at the same time.
    RuleOverlaps,
    /// No rate between the currency of the payment and that of the rule is recorded.
    ExchangeRateMissing,
    /// The amount is more than the rule leaves for the person, and no approval of the donor is recorded.
    PersonAmountExceeded,
    /// The amount is more than the rule leaves for the family unit across its cases, and no approval of the donor is recorded.
    FamilyCapExceeded,
    /// A grant is paid in two tranches unless a reason for a single one is recorded.
    SingleTrancheReasonMissing,
    /// The rule asks for two tranches, whatever the reason for a single one.
    TwoTranchesNeeded,
    /// One person gets at most two tranches under one rule.
    TooManyTranches,
    /// Only the receiving mission may do this.
    NotTheReceivingMission,
    /// A second tranche needs a receipt, a permit or a visit that shows what became of the first.
    MilestoneEvidenceMissing,
    /// The grant has no tranche of this number.
    NoSuchTranche,
    /// Something of the grant is paid.
    RecoveryDecisionMissing,
    /// The items cost more than the package's ceiling.
    CeilingExceeded,
    /// The project behind the package allows no items in cash.
    CashNotAllowed,
    /// The package has no such item, or none that this is about.
    NoSuchItem,
    /// The donor has not approved this exceptional item.
    DonorApprovalMissing,
    /// The receipt of an item has not been checked.
    ReceiptNotVerified,
    /// The package can still be claimed.
    ClaimWindowOpen,
    /// Another mission keeps this package.
    HeldByAnotherMission,
    /// The organisation cannot take this over.
    RecipientNotConcerned,
    /// The country of origin has not admitted the persons yet.
    NotYetAdmitted,
    /// The persons have not been counselled after the return.
    CounsellingMissing,
    /// A handover failed, and no alternative is recorded.
    HandoverMissing,
    /// A reintegration package of the case is still open.
    PackageNotClosed,
    /// The satisfaction survey has not been offered to the persons.
    SatisfactionSurveyNotOffered,
    /// The sustainability survey is neither planned nor waived, or both.
    SustainabilitySurveyNotPlanned,
    /// Only whoever was asked may say this; for a provider, the mission that asked.
    NotTheRecipient,
    /// Only the mission that referred may take it back.
    NotTheSender,
    /// There is no receiving mission for the country of return.
    NoReceivingMission,
    /// The person is not on this case.
    NotOnThisCase,
    /// The value is not well formed or out of range.
    Invalid,
    /// The date lies in the future, or before what it follows.
    DateOutOfOrder,
    /// A head of household is needed, and only one.
    HeadOfHousehold,
    /// A row of that name exists already.
    AlreadyExists,
    /// An organisation of this kind has no need of data for this purpose.
    PurposeNotForKind,
    /// Persons who return by force get no help with the removal (INV-01).
    RemovalAssistanceForbidden,
    /// The best-interests procedure of a child who travels without parents has no result.
    BestInterestsMissing,
    /// To return is not in the best interests of a child who travels without parents.
    BestInterestsAgainst,
    /// A child who travels without parents has no guardian on record.
    GuardianMissing,
    /// The guardian of a child who travels without parents has not consented.
    GuardianConsentMissing,
    /// A child who travels without parents has not consented.
    ChildConsentMissing,
    /// Neither has the family of a child been assessed, nor is there somebody who receives the child.
    FamilyAssessmentMissing,
    /// Health staff have not said whether a person is fit to travel.
    FitnessMissing,
    /// The assessment of fitness to travel does not hold until the departure.
    FitnessExpired,
    /// Health staff found a person unfit to travel.
    UnfitToTravel,
    /// A person who needs an escort has none assigned.
    EscortNotAssigned,
    /// No assessment of fitness to travel recommends a medical escort.
    MedicalEscortNotRecommended,
    /// The airline has not agreed to a medical escort or to oxygen on board.
    AirlineClearanceMissing,
    /// A health requirement is outstanding, not met, or does not hold until the departure.
    HealthRequirementMissing,
    /// The person is not a child.
    NotAChild,
    /// The person is not detained.
    NotDetained,
    /// The day lies outside the window of the survey's instrument (INV-15).
    SurveyWindow,
    /// The bytes are no picture that is taken: JPEG and PNG are.
    NotAPicture,
    /// The picture has more bytes, or more pixels, than are taken.
    PictureTooLarge,
    /// The request has as many attachments as it can have.
    TooManyAttachments,
    /// Another person has to do this than the one who did the step before.
    FourEyes,
    /// Nothing is sent to such an address.
    UrlNotAllowed,
    /// The organisation has as many webhooks as it can have.
    TooManyWebhooks,
}
