//! Masks: the ways in which a value is shown in part.

use crate::domain::case::{CaseState, LegalStatus, Standing};
use crate::domain::movement::ManifestLineState;
use crate::domain::person::age_on;
use crate::domain::safeguards::{BestInterestsResult, EscortKind};
use crate::domain::statutory::Confirmation;
use crate::domain::travel_document::{RefusalReason, TravelDocumentRequestState};
use chrono::{DateTime, NaiveDate, Utc};

/// A way of showing a value in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mask {
    /// First letters of a name.
    Initials,
    /// The last three characters.
    LastThree,
    /// The last four characters.
    LastFour,
    /// The year alone.
    Year,
    /// An age band; a child's date of birth in full.
    AgeBand,
    /// The day alone, as midnight UTC.
    Day,
    /// Whether there is a value, not which.
    Exists,
    /// Whether the case goes on or not.
    Activity,
    /// How far the case is, as an authority needs it: registered, planned, departed, ended.
    Phase,
    /// Whether a document is pending or ready.
    Readiness,
    /// Whether there is some status.
    NotDisclosed,
    /// That it was refused, without a reason.
    Refused,
    /// That somebody travels along, not why.
    Escort,
    /// Whether somebody on a manifest travels, not why not.
    Travelling,
    /// That an authority did it, not which.
    Authority,
}

impl Mask {
    /// The word that the tables print.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Initials => "initials",
            Self::LastThree => "last 3",
            Self::LastFour => "last 4",
            Self::Year => "year",
            Self::AgeBand => "age band",
            Self::Day => "day",
            Self::Exists => "exists",
            Self::Activity => "activity",
            Self::Phase => "phase",
            Self::Readiness => "readiness",
            Self::NotDisclosed => "undisclosed",
            Self::Refused => "refused",
            Self::Escort => "escort",
            Self::Travelling => "travels",
            Self::Authority => "authority",
        }
    }
}

/// A value that some masks can be laid on; a mask that does not fit withholds.
pub trait Maskable: Sized {
    /// The value under the mask, on the day given; nothing where the mask does not fit.
    fn masked(self, mask: Mask, today: NaiveDate) -> Option<Self>;
}

impl<T: Maskable> Maskable for Option<T> {
    fn masked(self, mask: Mask, today: NaiveDate) -> Option<Self> {
        match self {
            Some(value) => value.masked(mask, today).map(Some),
            None => Some(None),
        }
    }
}

impl Maskable for String {
    fn masked(self, mask: Mask, _today: NaiveDate) -> Option<Self> {
        let last = |count: usize| {
            let length = self.chars().count();
            let shown = count.min(length / 2);
            let tail: String = self.chars().skip(length - shown).collect();
            Some(format!("…{tail}"))
        };
        match mask {
            Mask::Initials => {
                let initials = self.split_whitespace().filter_map(|name| name.chars().next());
                Some(
                    initials
                        .map(|initial| format!("{initial}."))
                        .collect::<Vec<_>>()
                        .join(" "),
                )
            }
            Mask::LastThree => last(3),
            Mask::LastFour => last(4),
            Mask::Exists => Some("…".to_owned()),
            _ => None,
        }
    }
}

/// A date of birth as it is shown: in full, or only as far as a mask lets it through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BirthDate {
    /// The day.
    Day(NaiveDate),
    /// The year alone.
    Year(i32),
    /// An age band in completed years, both ends included; none above the last.
    AgeBand(i32, Option<i32>),
}

impl std::fmt::Display for BirthDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::AgeBand(from, Some(to)) => write!(f, "{from}-{to}"),
            Self::AgeBand(from, None) => write!(f, "{from}+"),
        }
    }
}

impl Maskable for BirthDate {
    fn masked(self, mask: Mask, today: NaiveDate) -> Option<Self> {
        let Self::Day(day) = self else { return None };
        match mask {
            Mask::Year => Some(Self::Year(chrono::Datelike::year(&day))),
            Mask::AgeBand => Some(match age_on(day, today) {
                ..=17 => self,
                18..=30 => Self::AgeBand(18, Some(30)),
                31..=50 => Self::AgeBand(31, Some(50)),
                51.. => Self::AgeBand(51, None),
            }),
            _ => None,
        }
    }
}

impl Maskable for DateTime<Utc> {
    fn masked(self, mask: Mask, _today: NaiveDate) -> Option<Self> {
        (mask == Mask::Day).then(|| self.date_naive().and_time(chrono::NaiveTime::MIN).and_utc())
    }
}

impl Maskable for CaseState {
    fn masked(self, mask: Mask, _today: NaiveDate) -> Option<Self> {
        match mask {
            Mask::Activity
                if matches!(
                    self,
                    Self::Withdrawn | Self::Terminated | Self::Expired | Self::Ineligible | Self::Closed
                ) =>
            {
                Some(Self::Cancelled)
            }
            Mask::Activity => Some(Self::Active),
            Mask::Phase => Some(match self {
                Self::Inquiry
                | Self::Counselled
                | Self::Eligible
                | Self::ApplicationSigned
                | Self::Registered
                | Self::OnHold
                | Self::PreDeparture => Self::Registered,
                Self::ObjectionCheck | Self::Objected => Self::ObjectionCheck,
                Self::ReadyToDepart => Self::Planned,
                Self::Departed | Self::Arrived | Self::Reintegration => Self::Departed,
                _ => Self::Ended,
            }),
            _ => None,
        }
    }
}

impl Maskable for Standing {
    fn masked(self, mask: Mask, today: NaiveDate) -> Option<Self> {
        let state = match mask {
            Mask::Phase => self.apart_from_a_hold(),
            _ => self.state,
        };
        let state = state.masked(mask, today)?;
        Some(Self {
            state,
            held_from: None,
        })
    }
}

impl Maskable for Confirmation {
    fn masked(self, mask: Mask, _today: NaiveDate) -> Option<Self> {
        (mask == Mask::Authority).then_some(Self {
            authority: None,
            ..self
        })
    }
}

impl Maskable for LegalStatus {
    fn masked(self, mask: Mask, _today: NaiveDate) -> Option<Self> {
        (mask == Mask::NotDisclosed).then_some(Self::NotDisclosed)
    }
}

impl Maskable for TravelDocumentRequestState {
    fn masked(self, mask: Mask, _today: NaiveDate) -> Option<Self> {
        (mask == Mask::Readiness).then_some(if self.has_document() || self == Self::Used {
            Self::Ready
        } else {
            Self::Pending
        })
    }
}

impl Maskable for EscortKind {
    fn masked(self, mask: Mask, _today: NaiveDate) -> Option<Self> {
        (mask == Mask::Escort).then_some(Self::Escort)
    }
}

impl Maskable for ManifestLineState {
    fn masked(self, mask: Mask, _today: NaiveDate) -> Option<Self> {
        (mask == Mask::Travelling).then_some(if self.travels() { self } else { Self::NotTravelling })
    }
}

impl Maskable for BestInterestsResult {
    fn masked(self, mask: Mask, _today: NaiveDate) -> Option<Self> {
        (mask == Mask::Exists).then_some(Self::Recorded)
    }
}

impl Maskable for RefusalReason {
    fn masked(self, mask: Mask, _today: NaiveDate) -> Option<Self> {
        (mask == Mask::Refused).then_some(Self::Other)
    }
}

/// Values that no mask fits: a masked cell withholds them.
#[macro_export]
macro_rules! never_masked {
    ($($kind:ty),+ $(,)?) => {$(
        impl $crate::policy::mask::Maskable for $kind {
            fn masked(self, _mask: $crate::policy::mask::Mask, _today: chrono::NaiveDate) -> Option<Self> {
                None
            }
        }
    )+};
}

never_masked!(
    &str,
    bool,
    i32,
    i64,
    f64,
    NaiveDate,
    crate::domain::aftercare::HandoverRefusal,
    crate::domain::aftercare::HandoverRelation,
    crate::domain::aftercare::SurveyWaiver,
    crate::domain::disclosure::DisclosureMeans,
    crate::domain::disclosure::DisclosureRelation,
    crate::domain::application::DataExchangeForm,
    crate::domain::application::Eligibility,
    crate::domain::application::HoldReason,
    crate::domain::application::IneligibilityReason,
    crate::domain::application::TerminationReason,
    crate::domain::asylum::AsylumStage,
    crate::domain::break_glass::BreakGlassReason,
    crate::domain::break_glass::BreakGlassState,
    crate::domain::case::ReturnMode,
    crate::domain::case::WithdrawalReason,
    crate::domain::cash_grant::CashGrantState,
    crate::domain::cash_grant::GrantEndReason,
    crate::domain::cash_grant::MilestoneKind,
    crate::domain::cash_grant::PayeeAccountKind,
    crate::domain::cash_grant::RecoveryDecision,
    crate::domain::campaign::CampaignPlatform,
    crate::domain::cash_grant::SingleTrancheReason,
    crate::domain::cash_grant::TrancheState,
    crate::domain::complaint::ComplaintChannel,
    crate::domain::complaint::ComplaintKind,
    crate::domain::complaint::ComplaintOutcome,
    crate::domain::complaint::ComplaintState,
    crate::domain::consent::ConsentCategory,
    crate::domain::consent::ConsentState,
    crate::domain::consent::Purpose,
    crate::domain::consent::RecipientClass,
    crate::domain::counselling::CounsellingKind,
    crate::domain::counselling::CounsellingMode,
    crate::domain::counselling::FacilityKind,
    crate::domain::notice::DeliveryChannel,
    crate::domain::partner_survey::SurveyRespondents,
    crate::domain::training::TrainingState,
    crate::domain::training::TrainingTopic,
    crate::domain::escalation::EscalationOutcome,
    crate::domain::event_type::EventType,
    crate::domain::handling::OnwardTravel,
    crate::domain::handling::TransitHandlingState,
    crate::domain::handling::TransitIncidentKind,
    crate::domain::funding::SplitPolicy,
    crate::domain::funding::TranchePolicy,
    crate::domain::itinerary::ItineraryState,
    crate::domain::itinerary::SegmentState,
    crate::domain::itinerary::SuspensionReason,
    crate::domain::itinerary::TicketOverride,
    crate::domain::money::Money,
    crate::domain::movement::MovementKind,
    crate::domain::movement::MovementState,
    crate::domain::notice::NoticeType,
    crate::domain::money::CurrencyCode,
    crate::domain::objection::ObjectionGround,
    crate::domain::objection::ObjectionState,
    crate::domain::paper::AttachmentKind,
    crate::domain::paper::MediaType,
    crate::domain::party::OrganisationKind,
    crate::domain::party::PartyRelation,
    crate::domain::person::Education,
    crate::domain::person::MaritalStatus,
    crate::domain::person::Sex,
    crate::domain::reintegration::Modality,
    crate::domain::referral::ConsentOverride,
    crate::domain::referral::ReferralRejection,
    crate::domain::referral::ReferralService,
    crate::domain::referral::ReferralState,
    crate::domain::reintegration::MonitoringMode,
    crate::domain::reintegration::MonitoringResult,
    crate::domain::reintegration::PackageItemState,
    crate::domain::reintegration::PackageSuspensionReason,
    crate::domain::reintegration::ReintegrationCategory,
    crate::domain::reintegration::ReintegrationPackageState,
    crate::domain::retention::RetentionCategory,
    crate::domain::safeguards::AssistanceKind,
    crate::domain::safeguards::AssistanceProvider,
    crate::domain::safeguards::ClearanceKind,
    crate::domain::safeguards::EscortState,
    crate::domain::safeguards::FitnessState,
    crate::domain::safeguards::HostAccommodation,
    crate::domain::safeguards::Requirement,
    crate::domain::safeguards::TestResult,
    crate::domain::safeguards::TransferProvider,
    crate::domain::statutory::ExtensionReason,
    crate::domain::survey::Instrument,
    crate::domain::survey::SurveyMode,
    crate::domain::survey::SurveyOutcome,
    crate::domain::agreement::RevocationReason,
    crate::domain::registry::RegistryEvent,
    crate::domain::survey::SurveyState,
    crate::domain::survey::WindowOverride,
    crate::domain::territory::CountryCode,
    crate::domain::travel_document::DocumentLocation,
    crate::domain::travel_document::InterviewMode,
    crate::domain::territory::TerritoryProfile,
    crate::domain::travel_document::TravelDocumentType,
    crate::domain::webhook::AttemptOutcome,
    crate::domain::webhook::BreakerState,
    crate::domain::webhook::DeliveryState,
    crate::domain::webhook::DisabledReason,
    crate::domain::webhook::SignatureScheme,
    crate::domain::webhook::WebhookState,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_number_never_shows_more_than_half_of_itself() {
        let day = NaiveDate::default();
        assert_eq!(
            "A1234567".to_owned().masked(Mask::LastThree, day).as_deref(),
            Some("…567")
        );
        assert_eq!(
            "A12".to_owned().masked(Mask::LastThree, day).as_deref(),
            Some("…2")
        );
        assert_eq!(
            "Ali Hassan Kareem"
                .to_owned()
                .masked(Mask::Initials, day)
                .as_deref(),
            Some("A. H. K.")
        );
    }

    #[test]
    fn an_age_band_leaves_a_child_s_date_in_full() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a date");
        let born = |year| BirthDate::Day(NaiveDate::from_ymd_opt(year, 11, 22).expect("a date"));
        assert_eq!(
            born(1995)
                .masked(Mask::AgeBand, today)
                .map(|shown| shown.to_string())
                .as_deref(),
            Some("18-30")
        );
        assert_eq!(born(2008).masked(Mask::AgeBand, today), Some(born(2008)));
        assert_eq!(
            born(1950)
                .masked(Mask::Year, today)
                .map(|shown| shown.to_string())
                .as_deref(),
            Some("1950")
        );
    }
}
