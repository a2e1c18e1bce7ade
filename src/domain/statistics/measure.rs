//! The measures that indicators of persons are made of.

use crate::codes;
use crate::domain::survey::Instrument;

codes! { "What is counted of a person." Measure {
    AssistedToReturn = "ASSISTED_TO_RETURN": "Departed with assistance, voluntarily.",
    ReturnedOtherwise = "RETURNED_OTHERWISE": "Was admitted by the country of origin after a return that IOM did not assist.",
    ReintegrationAssisted = "REINTEGRATION_ASSISTED": "Was given something of a reintegration package.",
    ReturnCounselled = "RETURN_COUNSELLED": "Was counselled on the return.",
    ReintegrationCounselled = "REINTEGRATION_COUNSELLED": "Was counselled on the life after the return.",
    MonitoringAsked = "MONITORING_ASKED": "Was asked with the AVR-PMS; met by whoever answered.",
    SafeReturn = "SAFE_RETURN": "Said whether the return was safe.",
    InformationSufficient = "INFORMATION_SUFFICIENT": "Said whether the information was sufficient and useful to decide.",
    HeardThroughOutreach = "HEARD_THROUGH_OUTREACH": "Said how they had heard of assisted return; met by an outreach tool.",
    PreDepartureClear = "PRE_DEPARTURE_CLEAR": "Said whether the information before the departure was clear and sufficient.",
    OrganisedAndDignified = "ORGANISED_AND_DIGNIFIED": "Said whether the return was organised and dignified.",
    LogisticsSatisfied = "LOGISTICS_SATISFIED": "Said whether they were satisfied with the travel arrangements.",
    SustainabilityAsked = "SUSTAINABILITY_ASKED": "Was asked with the RSS; met by whoever answered.",
    CompositeScore = "COMPOSITE_SCORE": "Has a composite reintegration score; met from 0.5 on.",
    SufficientInAll = "SUFFICIENT_IN_ALL": "Has a score in each dimension of reintegration; met where each is 0.5 or more.",
    SatisfactionAsked = "SATISFACTION_ASKED": "Was asked with the RASS; met by whoever answered.",
    AssistanceSatisfied = "ASSISTANCE_SATISFIED": "Said whether they were satisfied with the reintegration assistance.",
    NeedsMet = "NEEDS_MET": "Said whether the reintegration assistance met their needs.",
} }

impl Measure {
    /// Whether it has a numerator beside the persons that it counts: how many of them met it.
    #[must_use]
    pub fn is_rate(self) -> bool {
        !matches!(
            self,
            Self::AssistedToReturn
                | Self::ReturnedOtherwise
                | Self::ReintegrationAssisted
                | Self::ReturnCounselled
                | Self::ReintegrationCounselled
        )
    }

    /// The measure of who was asked with an instrument.
    #[must_use]
    pub fn asked_with(instrument: Instrument) -> Self {
        match instrument {
            Instrument::AvrPms => Self::MonitoringAsked,
            Instrument::Rss => Self::SustainabilityAsked,
            Instrument::Rass => Self::SatisfactionAsked,
        }
    }

    /// The question that it counts the answers to, with its instrument; none for what is not answered.
    #[must_use]
    pub fn question(self) -> Option<(Instrument, &'static str)> {
        use Instrument::{AvrPms, Rass};
        Some(match self {
            Self::SafeReturn => (AvrPms, "SAFE_RETURN"),
            Self::InformationSufficient => (AvrPms, "INFORMATION_SUFFICIENT"),
            Self::HeardThroughOutreach => (AvrPms, "HEARD_THROUGH"),
            Self::PreDepartureClear => (AvrPms, "PRE_DEPARTURE_INFORMATION_CLEAR"),
            Self::OrganisedAndDignified => (AvrPms, "ORGANISED_AND_DIGNIFIED"),
            Self::LogisticsSatisfied => (AvrPms, "LOGISTICS_SATISFACTION"),
            Self::AssistanceSatisfied => (Rass, "ASSISTANCE_SATISFACTION"),
            Self::NeedsMet => (Rass, "NEEDS_MET"),
            _ => return None,
        })
    }
}
