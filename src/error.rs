//! Errors: what was wrong, said once. This is the only place where codes are spelled.
//!
//! An expected refusal is a [`Refusal`] and reaches the caller as a [`CommandErrorCode`] in the payload. What is wrong
//! with a request as a whole is an [`Error`] whose [`Error::code`] reaches the caller in `extensions.code`. Causes stay
//! in the log.

use crate::codes;
use crate::domain::transition::{Reason, Refusal};

codes! { "Why a command was refused; each code names one rule and stays the same for ever." CommandErrorCode {
    WrongState = "WRONG_STATE": "The state that the row is in does not allow this step.",
    Conflict = "CONFLICT": "The row has changed since it was read: read it again and decide again.",
    ConsentMissing = "CONSENT_MISSING": "The person has given no active consent for this recipient class.",
    PurposeNotForRecipient = "PURPOSE_NOT_FOR_RECIPIENT": "Nobody of this recipient class needs to know persons for this purpose.",
    NoAccreditation = "NO_ACCREDITATION": "No consular post of that country is accredited for the host territory.",
    ApplicationNotSigned = "APPLICATION_NOT_SIGNED": "The application form has not been signed.",
    VoluntarinessNotRecorded = "VOLUNTARINESS_NOT_RECORDED": "No record says that the decision to return is voluntary.",
    DeclarationNotSigned = "DECLARATION_NOT_SIGNED": "The departure declaration has not been signed.",
    VulnerabilityNotAssessed = "VULNERABILITY_NOT_ASSESSED": "Vulnerabilities have not been assessed.",
    GuardianNeeded = "GUARDIAN_NEEDED": "No person on the case is of age, or a child on it travels without parents: a guardian has to sign.",
    ReasonNeeded = "REASON_NEEDED": "This decision needs a reason code.",
    ObjectionCheckNeeded = "OBJECTION_CHECK_NEEDED": "The authority of the host territory has neither said that it does not object nor been silent for long enough.",
    ObjectionNotAsked = "OBJECTION_NOT_ASKED": "This authority is not the one that is asked whether it objects.",
    StatutoryPeriodExceeded = "STATUTORY_PERIOD_EXCEEDED": "The departure lies beyond the end of the statutory period: it needs an extension, or a supervisor's override.",
    ExtensionTooLong = "EXTENSION_TOO_LONG": "The extension is longer than the territory's procedure allows.",
    RequestAlreadyOpen = "REQUEST_ALREADY_OPEN": "A travel document request for this person is already open.",
    TravelDocumentMissing = "TRAVEL_DOCUMENT_MISSING": "A person on the case has no travel document for the journey.",
    TravelDocumentExpires = "TRAVEL_DOCUMENT_EXPIRES": "A travel document expires before the journey ends.",
    MrzMalformed = "MRZ_MALFORMED": "The machine-readable zone has not the length or the characters of one (ICAO Doc 9303).",
    MrzCheckDigit = "MRZ_CHECK_DIGIT": "A check digit of the machine-readable zone is wrong; the field says which.",
    MrzMismatch = "MRZ_MISMATCH": "The machine-readable zone says something else of this field than what was given.",
    ItineraryAlreadyLive = "ITINERARY_ALREADY_LIVE": "Another itinerary of this case is still booked or ticketed.",
    ItineraryNotTicketed = "ITINERARY_NOT_TICKETED": "No itinerary of this case is ticketed.",
    SupervisorNeeded = "SUPERVISOR_NEEDED": "Only a supervisor of the mission may do this.",
    TransitNotConfirmed = "TRANSIT_NOT_CONFIRMED": "A mission on the way has not confirmed that it assists in transit.",
    ReceptionNotConfirmed = "RECEPTION_NOT_CONFIRMED": "The mission in the country of return has not confirmed that it receives the persons.",
    ExitFormalitiesNotDone = "EXIT_FORMALITIES_NOT_DONE": "The authorities of the host territory have not done the exit formalities.",
    OperationsSuspended = "OPERATIONS_SUSPENDED": "Operations in the country of return, or in one that the journey touches, are suspended.",
    NotTheMissionThere = "NOT_THE_MISSION_THERE": "Another mission is at that airport.",
    NoSuchMovement = "NO_SUCH_MOVEMENT": "No group movement bears this reference.",
    ManifestNotOpen = "MANIFEST_NOT_OPEN": "The manifest of the movement is not open, or closed already.",
    MovementFull = "MOVEMENT_FULL": "The movement has not so many seats left.",
    NotOnTheManifest = "NOT_ON_THE_MANIFEST": "The persons were taken off the manifest of the movement: book them anew.",
    MovementNotCleared = "MOVEMENT_NOT_CLEARED": "The movement has not been cleared for departure.",
    PassengersUnaccounted = "PASSENGERS_UNACCOUNTED": "Somebody on the manifest has neither boarded nor been taken off it, or nobody has boarded.",
    ArrivalsDoNotReconcile = "ARRIVALS_DO_NOT_RECONCILE": "Somebody who boarded is not known to have arrived.",
    ManifestNotEmpty = "MANIFEST_NOT_EMPTY": "Somebody is still on the manifest.",
    SegmentsDoNotConnect = "SEGMENTS_DO_NOT_CONNECT": "The segments do not make one journey from the host territory to the country of return.",
    NotAPointOfExit = "NOT_A_POINT_OF_EXIT": "The airport is not one through which persons leave the host territory.",
    UnknownAirport = "UNKNOWN_AIRPORT": "The airport is not one that the programme uses.",
    TranchesDoNotAddUp = "TRANCHES_DO_NOT_ADD_UP": "One or two tranches have to add up to the amount of the grant.",
    TrancheOutOfOrder = "TRANCHE_OUT_OF_ORDER": "Tranches are paid in order, each once.",
    FundingProjectMissing = "FUNDING_PROJECT_MISSING": "No project is named that pays, and the case has none.",
    ProjectNotRunning = "PROJECT_NOT_RUNNING": "The project that is to pay does not run on this day.",
    CurrencyNotUsed = "CURRENCY_NOT_USED": "Grants are not paid in this currency in the host territory.",
    NoGrantRule = "NO_GRANT_RULE": "The project has no rule that says the amount for this person: give one.",
    RuleOverlaps = "RULE_OVERLAPS": "Another rule of the project is for some of the same persons at the same time: end it first.",
    ExchangeRateMissing = "EXCHANGE_RATE_MISSING": "No rate between the currency of the payment and that of the rule is recorded.",
    PersonAmountExceeded = "PERSON_AMOUNT_EXCEEDED": "The amount is more than the rule leaves for the person, and no approval of the donor is recorded.",
    FamilyCapExceeded = "FAMILY_CAP_EXCEEDED": "The amount is more than the rule leaves for the family unit across its cases, and no approval of the donor is recorded.",
    SingleTrancheReasonMissing = "SINGLE_TRANCHE_REASON_MISSING": "A grant is paid in two tranches unless a reason for a single one is recorded.",
    TwoTranchesNeeded = "TWO_TRANCHES_NEEDED": "The rule asks for two tranches, whatever the reason for a single one.",
    TooManyTranches = "TOO_MANY_TRANCHES": "One person gets at most two tranches under one rule.",
    NotTheReceivingMission = "NOT_THE_RECEIVING_MISSION": "Only the receiving mission may do this.",
    MilestoneEvidenceMissing = "MILESTONE_EVIDENCE_MISSING": "A second tranche needs a receipt, a permit or a visit that shows what became of the first.",
    NoSuchTranche = "NO_SUCH_TRANCHE": "The grant has no tranche of this number.",
    RecoveryDecisionMissing = "RECOVERY_DECISION_MISSING": "Something of the grant is paid: say whether it is claimed back.",
    CeilingExceeded = "CEILING_EXCEEDED": "The items cost more than the ceiling of the package.",
    CashNotAllowed = "CASH_NOT_ALLOWED": "The project behind the package allows no items in cash.",
    NoSuchItem = "NO_SUCH_ITEM": "The package has no such item, or none that this is about.",
    DonorApprovalMissing = "DONOR_APPROVAL_MISSING": "The donor has not approved this exceptional item.",
    ReceiptNotVerified = "RECEIPT_NOT_VERIFIED": "The receipt of an item has not been checked.",
    ClaimWindowOpen = "CLAIM_WINDOW_OPEN": "The package can still be claimed.",
    HeldByAnotherMission = "HELD_BY_ANOTHER_MISSION": "Another mission keeps this package.",
    RecipientNotConcerned = "RECIPIENT_NOT_CONCERNED": "The organisation cannot take this over.",
    NotYetAdmitted = "NOT_YET_ADMITTED": "The country of origin has not admitted the persons yet.",
    CounsellingMissing = "COUNSELLING_MISSING": "The counselling that has to come before this step has not been held, or not in a language that the persons understood.",
    HandoverMissing = "HANDOVER_MISSING": "A handover failed, and no alternative is recorded.",
    PackageNotClosed = "PACKAGE_NOT_CLOSED": "A reintegration package of the case is still open.",
    SatisfactionSurveyNotOffered = "SATISFACTION_SURVEY_NOT_OFFERED": "The satisfaction survey has not been offered to the persons.",
    SustainabilitySurveyNotPlanned = "SUSTAINABILITY_SURVEY_NOT_PLANNED": "The sustainability survey is neither planned nor waived, or both.",
    NotTheRecipient = "NOT_THE_RECIPIENT": "Only whoever was asked may say this; for a provider, the mission that asked.",
    NotTheSender = "NOT_THE_SENDER": "Only the mission that referred may take it back.",
    NoReceivingMission = "NO_RECEIVING_MISSION": "No mission of the programme receives in the country of return.",
    NotOnThisCase = "NOT_ON_THIS_CASE": "The person is not on this case.",
    Invalid = "INVALID": "The value is not well formed or out of range.",
    DateOutOfOrder = "DATE_OUT_OF_ORDER": "The date lies in the future, or before what it follows.",
    HeadOfHousehold = "HEAD_OF_HOUSEHOLD": "Exactly one person on a case is the head of the household.",
    AlreadyExists = "ALREADY_EXISTS": "A row of that name exists already.",
    PurposeNotForKind = "PURPOSE_NOT_FOR_KIND": "An organisation of this kind has no need of data for this purpose.",
    RemovalAssistanceForbidden = "REMOVAL_ASSISTANCE_FORBIDDEN": "No journey, ticket, escort or embassy request can exist for a person who is returned by force.",
    SurveyWindow = "SURVEY_WINDOW": "The day lies outside the window of the survey's instrument.",
    NotAPicture = "NOT_A_PICTURE": "The content is no picture that can be read: JPEG and PNG are taken.",
    PictureTooLarge = "PICTURE_TOO_LARGE": "The picture has more bytes, or more pixels, than serviceInfo.limits allows.",
    TooManyAttachments = "TOO_MANY_ATTACHMENTS": "The request has as many attachments as it can have: take one away first.",
    FourEyes = "FOUR_EYES": "Somebody else has to do this than whoever put it forward.",
    BestInterestsMissing = "BEST_INTERESTS_MISSING": "The best-interests procedure of a child who travels without parents has no result.",
    BestInterestsAgainst = "BEST_INTERESTS_AGAINST": "To return is not in the best interests of a child who travels without parents.",
    GuardianMissing = "GUARDIAN_MISSING": "A child who travels without parents has no guardian on record.",
    GuardianConsentMissing = "GUARDIAN_CONSENT_MISSING": "The guardian of a child who travels without parents has not consented.",
    ChildConsentMissing = "CHILD_CONSENT_MISSING": "A child who travels without parents has not consented.",
    FamilyAssessmentMissing = "FAMILY_ASSESSMENT_MISSING": "Neither has the family of a child been assessed, nor is there somebody who receives the child.",
    FitnessMissing = "FITNESS_MISSING": "Health staff have not said whether a person is fit to travel.",
    FitnessExpired = "FITNESS_EXPIRED": "The assessment of fitness to travel does not hold until the departure.",
    UnfitToTravel = "UNFIT_TO_TRAVEL": "Health staff found a person unfit to travel.",
    EscortNotAssigned = "ESCORT_NOT_ASSIGNED": "A person who needs an escort has none assigned.",
    MedicalEscortNotRecommended = "MEDICAL_ESCORT_NOT_RECOMMENDED": "No assessment of fitness to travel recommends a medical escort.",
    AirlineClearanceMissing = "AIRLINE_CLEARANCE_MISSING": "The airline has not agreed to a medical escort or to oxygen on board.",
    HealthRequirementMissing = "HEALTH_REQUIREMENT_MISSING": "A health requirement is outstanding, not met, or does not hold until the departure.",
    NotAChild = "NOT_A_CHILD": "The person is not a child.",
    NotDetained = "NOT_DETAINED": "The person is not detained.",
    UrlNotAllowed = "URL_NOT_ALLOWED": "Nothing is sent to such an address: https is needed, and neither a private address nor a password may be in it.",
    TooManyWebhooks = "TOO_MANY_WEBHOOKS": "The organisation has as many webhooks as it can have.",
    IdempotencyMismatch = "IDEMPOTENCY_MISMATCH": "This idempotency key was used before with another body.",
} }

impl From<Reason> for CommandErrorCode {
    #[expect(clippy::too_many_lines, reason = "one arm for each reason")]
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::WrongState => Self::WrongState,
            Reason::Conflict { .. } => Self::Conflict,
            Reason::ConsentMissing => Self::ConsentMissing,
            Reason::PurposeNotForRecipient => Self::PurposeNotForRecipient,
            Reason::NoAccreditation => Self::NoAccreditation,
            Reason::ApplicationNotSigned => Self::ApplicationNotSigned,
            Reason::VoluntarinessNotRecorded => Self::VoluntarinessNotRecorded,
            Reason::DeclarationNotSigned => Self::DeclarationNotSigned,
            Reason::VulnerabilityNotAssessed => Self::VulnerabilityNotAssessed,
            Reason::GuardianNeeded => Self::GuardianNeeded,
            Reason::ReasonNeeded => Self::ReasonNeeded,
            Reason::ObjectionCheckNeeded => Self::ObjectionCheckNeeded,
            Reason::ObjectionNotAsked => Self::ObjectionNotAsked,
            Reason::StatutoryPeriodExceeded => Self::StatutoryPeriodExceeded,
            Reason::ExtensionTooLong => Self::ExtensionTooLong,
            Reason::RequestAlreadyOpen => Self::RequestAlreadyOpen,
            Reason::TravelDocumentMissing => Self::TravelDocumentMissing,
            Reason::TravelDocumentExpires => Self::TravelDocumentExpires,
            Reason::MrzMalformed => Self::MrzMalformed,
            Reason::MrzCheckDigit => Self::MrzCheckDigit,
            Reason::MrzMismatch => Self::MrzMismatch,
            Reason::ItineraryAlreadyLive => Self::ItineraryAlreadyLive,
            Reason::ItineraryNotTicketed => Self::ItineraryNotTicketed,
            Reason::SupervisorNeeded => Self::SupervisorNeeded,
            Reason::TransitNotConfirmed => Self::TransitNotConfirmed,
            Reason::ReceptionNotConfirmed => Self::ReceptionNotConfirmed,
            Reason::ExitFormalitiesNotDone => Self::ExitFormalitiesNotDone,
            Reason::OperationsSuspended => Self::OperationsSuspended,
            Reason::NotTheMissionThere => Self::NotTheMissionThere,
            Reason::NoSuchMovement => Self::NoSuchMovement,
            Reason::ManifestNotOpen => Self::ManifestNotOpen,
            Reason::MovementFull => Self::MovementFull,
            Reason::NotOnTheManifest => Self::NotOnTheManifest,
            Reason::MovementNotCleared => Self::MovementNotCleared,
            Reason::PassengersUnaccounted => Self::PassengersUnaccounted,
            Reason::ArrivalsDoNotReconcile => Self::ArrivalsDoNotReconcile,
            Reason::ManifestNotEmpty => Self::ManifestNotEmpty,
            Reason::SegmentsDoNotConnect => Self::SegmentsDoNotConnect,
            Reason::NotAPointOfExit => Self::NotAPointOfExit,
            Reason::UnknownAirport => Self::UnknownAirport,
            Reason::TranchesDoNotAddUp => Self::TranchesDoNotAddUp,
            Reason::TrancheOutOfOrder => Self::TrancheOutOfOrder,
            Reason::FundingProjectMissing => Self::FundingProjectMissing,
            Reason::ProjectNotRunning => Self::ProjectNotRunning,
            Reason::CurrencyNotUsed => Self::CurrencyNotUsed,
            Reason::NoGrantRule => Self::NoGrantRule,
            Reason::RuleOverlaps => Self::RuleOverlaps,
            Reason::ExchangeRateMissing => Self::ExchangeRateMissing,
            Reason::PersonAmountExceeded => Self::PersonAmountExceeded,
            Reason::FamilyCapExceeded => Self::FamilyCapExceeded,
            Reason::SingleTrancheReasonMissing => Self::SingleTrancheReasonMissing,
            Reason::TwoTranchesNeeded => Self::TwoTranchesNeeded,
            Reason::TooManyTranches => Self::TooManyTranches,
            Reason::NotTheReceivingMission => Self::NotTheReceivingMission,
            Reason::MilestoneEvidenceMissing => Self::MilestoneEvidenceMissing,
            Reason::NoSuchTranche => Self::NoSuchTranche,
            Reason::RecoveryDecisionMissing => Self::RecoveryDecisionMissing,
            Reason::CeilingExceeded => Self::CeilingExceeded,
            Reason::CashNotAllowed => Self::CashNotAllowed,
            Reason::NoSuchItem => Self::NoSuchItem,
            Reason::DonorApprovalMissing => Self::DonorApprovalMissing,
            Reason::ReceiptNotVerified => Self::ReceiptNotVerified,
            Reason::ClaimWindowOpen => Self::ClaimWindowOpen,
            Reason::HeldByAnotherMission => Self::HeldByAnotherMission,
            Reason::RecipientNotConcerned => Self::RecipientNotConcerned,
            Reason::NotYetAdmitted => Self::NotYetAdmitted,
            Reason::CounsellingMissing => Self::CounsellingMissing,
            Reason::HandoverMissing => Self::HandoverMissing,
            Reason::PackageNotClosed => Self::PackageNotClosed,
            Reason::SatisfactionSurveyNotOffered => Self::SatisfactionSurveyNotOffered,
            Reason::SustainabilitySurveyNotPlanned => Self::SustainabilitySurveyNotPlanned,
            Reason::NotTheRecipient => Self::NotTheRecipient,
            Reason::NotTheSender => Self::NotTheSender,
            Reason::NoReceivingMission => Self::NoReceivingMission,
            Reason::NotOnThisCase => Self::NotOnThisCase,
            Reason::Invalid => Self::Invalid,
            Reason::DateOutOfOrder => Self::DateOutOfOrder,
            Reason::HeadOfHousehold => Self::HeadOfHousehold,
            Reason::AlreadyExists => Self::AlreadyExists,
            Reason::PurposeNotForKind => Self::PurposeNotForKind,
            Reason::RemovalAssistanceForbidden => Self::RemovalAssistanceForbidden,
            Reason::SurveyWindow => Self::SurveyWindow,
            Reason::NotAPicture => Self::NotAPicture,
            Reason::PictureTooLarge => Self::PictureTooLarge,
            Reason::TooManyAttachments => Self::TooManyAttachments,
            Reason::FourEyes => Self::FourEyes,
            Reason::UrlNotAllowed => Self::UrlNotAllowed,
            Reason::TooManyWebhooks => Self::TooManyWebhooks,
            Reason::BestInterestsMissing => Self::BestInterestsMissing,
            Reason::BestInterestsAgainst => Self::BestInterestsAgainst,
            Reason::GuardianMissing => Self::GuardianMissing,
            Reason::GuardianConsentMissing => Self::GuardianConsentMissing,
            Reason::ChildConsentMissing => Self::ChildConsentMissing,
            Reason::FamilyAssessmentMissing => Self::FamilyAssessmentMissing,
            Reason::FitnessMissing => Self::FitnessMissing,
            Reason::FitnessExpired => Self::FitnessExpired,
            Reason::UnfitToTravel => Self::UnfitToTravel,
            Reason::EscortNotAssigned => Self::EscortNotAssigned,
            Reason::MedicalEscortNotRecommended => Self::MedicalEscortNotRecommended,
            Reason::AirlineClearanceMissing => Self::AirlineClearanceMissing,
            Reason::HealthRequirementMissing => Self::HealthRequirementMissing,
            Reason::NotAChild => Self::NotAChild,
            Reason::NotDetained => Self::NotDetained,
        }
    }
}

codes! { "What is wrong with a request as a whole." Code {
    Unauthenticated = "UNAUTHENTICATED": "No valid token of an active client came with the request.",
    TokenExpired = "TOKEN_EXPIRED": "The token of a stream has expired: come back with another, after the last place.",
    TooSlow = "TOO_SLOW": "A stream was closed because its reader did not keep up: come back after the last place.",
    PurposeRequired = "PURPOSE_REQUIRED": "The client has several purposes, and X-Purpose names none.",
    PurposeNotRegistered = "PURPOSE_NOT_REGISTERED": "X-Purpose names a purpose that is not registered for this client.",
    BadRequest = "BAD_REQUEST": "The HTTP request is not a GraphQL request.",
    ParseFailed = "GRAPHQL_PARSE_FAILED": "The document is not GraphQL.",
    ValidationFailed = "GRAPHQL_VALIDATION_FAILED": "The document does not fit the schema.",
    LimitExceeded = "LIMIT_EXCEEDED": "The document or the request is larger than serviceInfo.limits allows.",
    Forbidden = "FORBIDDEN": "This command is not for this viewer on this row.",
    NotFound = "NOT_FOUND": "No such row, or none that this viewer may reach.",
    FieldWithheld = "FIELD_WITHHELD": "An argument, such as a term of a filter, an order or a grouping, uses a field that this viewer may not see; the message names it.",
    InvalidCursor = "INVALID_CURSOR": "The cursor was not made for this listing.",
    CursorExpired = "CURSOR_EXPIRED": "What follows this place is not kept any more; extensions.oldestSequence says where the inbox begins.",
    InvalidArgument = "INVALID_ARGUMENT": "An argument is not well formed or out of range.",
    InvalidPeriod = "INVALID_PERIOD": "The period is upside down, lies in the future, or has too many steps; the message says what is allowed.",
    TooManyDimensions = "TOO_MANY_DIMENSIONS": "A table has at most three different dimensions.",
    DimensionsNotTogether = "DIMENSIONS_NOT_TOGETHER": "These dimensions are not published together, because small groups could be told from them; the message names those that are.",
    DimensionWithheld = "DIMENSION_WITHHELD": "The viewer may not count or filter by this dimension.",
    DocumentNotRegistered = "DOCUMENT_NOT_REGISTERED": "The client has registered no such document, or may send no other than those that it has registered.",
    RateLimited = "RATE_LIMITED": "The client has used up its points: extensions.cost says when enough of them are back.",
    Overloaded = "OVERLOADED": "The program answers as many requests as it can; nothing was looked at.",
    Timeout = "TIMEOUT": "The request took longer than serviceInfo.limits allows; nothing was half done.",
    Internal = "INTERNAL": "A fault of ours; quote the request id.",
} }

/// Everything that can go wrong with a request or with starting the program.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule of the programme said no; it goes into the payload.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The idempotency key was used before with another body; it goes into the payload.
    #[error("this idempotency key was used before with another body")]
    IdempotencyMismatch,
    /// No valid token of an active client.
    #[error("a valid access token is needed")]
    Unauthenticated,
    /// The token of a stream has expired.
    #[error("the access token has expired")]
    TokenExpired,
    /// The command is not for this viewer on this row.
    #[error("this command is not for this viewer on this row")]
    Forbidden,
    /// No such row, or none that the viewer may reach.
    #[error("no such row")]
    NotFound,
    /// An argument would reveal a field that the viewer may not see.
    #[error("the argument `{0}` uses a field that this viewer may not see")]
    FieldWithheld(&'static str),
    /// The cursor belongs to another listing.
    #[error("the cursor was not made for this listing: start again without it")]
    InvalidCursor,
    /// What follows a place of an inbox was erased; the oldest that is kept.
    #[error("notices before {oldest} are not kept any more: go on with `afterSequence: {}`, and take what is missing from the rows themselves", oldest - 1)]
    CursorExpired {
        /// The place of the oldest notice that can be had.
        oldest: i64,
    },
    /// An argument is not well formed.
    #[error("{0}")]
    InvalidArgument(String),
    /// A period that nothing can be counted for.
    #[error("{0}")]
    InvalidPeriod(String),
    /// More dimensions than a table has.
    #[error("{0}")]
    TooManyDimensions(String),
    /// Dimensions that are not published together.
    #[error("{0}")]
    NotTogether(String),
    /// A dimension that the viewer may not count by.
    #[error("this viewer may not count or filter by {0}")]
    DimensionWithheld(&'static str),
    /// The answer would be larger than it may be.
    #[error("{0}")]
    LimitExceeded(&'static str),
    /// A stored row does not mean anything.
    #[error("inconsistent row in {table}.{column}, id {id}")]
    Inconsistent {
        /// Table of the row.
        table: &'static str,
        /// Column that makes no sense.
        column: &'static str,
        /// Id of the row.
        id: uuid::Uuid,
    },
    /// The database failed; the cause goes to the log only.
    #[error("the database failed")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What an answer tells could not be noted, so that it must not be told.
    #[error("the disclosure ledger cannot be written")]
    NotNoted,
    /// A setting is wrong or something that the start needs is missing; the text says what to do.
    #[error("{0}")]
    Startup(String),
}

impl Error {
    /// The code that the caller sees.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Unauthenticated => Code::Unauthenticated,
            Self::TokenExpired => Code::TokenExpired,
            Self::Forbidden => Code::Forbidden,
            Self::NotFound => Code::NotFound,
            Self::FieldWithheld(_) => Code::FieldWithheld,
            Self::InvalidCursor => Code::InvalidCursor,
            Self::CursorExpired { .. } => Code::CursorExpired,
            Self::InvalidArgument(_) => Code::InvalidArgument,
            Self::InvalidPeriod(_) => Code::InvalidPeriod,
            Self::TooManyDimensions(_) => Code::TooManyDimensions,
            Self::NotTogether(_) => Code::DimensionsNotTogether,
            Self::DimensionWithheld(_) => Code::DimensionWithheld,
            Self::LimitExceeded(_) => Code::LimitExceeded,
            Self::Refused(_)
            | Self::IdempotencyMismatch
            | Self::Inconsistent { .. }
            | Self::Database(_)
            | Self::NotNoted
            | Self::Startup(_) => Code::Internal,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Reason> for Error {
    fn from(reason: Reason) -> Self {
        Self::Refused(reason.into())
    }
}
