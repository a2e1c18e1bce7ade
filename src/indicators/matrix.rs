//! The results matrix: all 25 indicators as it states them (S0 section 6; DOMAIN 1.2), and what each is counted from.
//!
//! A baseline that the matrix leaves blank is none, which is not zero. The baselines of 19 and 21 are what earlier projects
//! had reached, and are larger than the targets, which are this project's own: no figure is ever divided by a baseline.

use super::dimension::Dimension;
use crate::codes;
use crate::domain::statistics::Measure;

codes! { "An indicator of the results matrix, by its number there." IndicatorCode {
    SafeReturn = "SAFE_RETURN": "1: migrants declaring that they were able to return in a safe manner.",
    ReintegrationScore = "REINTEGRATION_SCORE": "2: returnees reaching an overall (composite) reintegration score of 0.5 or more.",
    RightsBasedAccess = "RIGHTS_BASED_ACCESS": "3: partners perceiving the project as enabling rights-based access.",
    InformedDecision = "INFORMED_DECISION": "4: beneficiaries provided with sufficient and useful information for an informed decision.",
    KnowledgeApplied = "KNOWLEDGE_APPLIED": "5: partners and staff confirming that they apply acquired knowledge.",
    PopulationsServed = "POPULATIONS_SERVED": "6: different populations served through outreach.",
    StaffTrained = "STAFF_TRAINED": "7: staff participating in trainings.",
    PartnersTrained = "PARTNERS_TRAINED": "8: officials and service providers participating in trainings.",
    BetterUnderstanding = "BETTER_UNDERSTANDING": "9: training participants who gained better understanding.",
    BeneficiariesInformed = "BENEFICIARIES_INFORMED": "10: contacts with beneficiaries informed on AVRR, who are not unique persons.",
    OutreachLocations = "OUTREACH_LOCATIONS": "11: outreach locations covered.",
    HeardThroughOutreach = "HEARD_THROUGH_OUTREACH": "12: beneficiaries who heard of AVRR through an outreach tool.",
    CampaignReached = "CAMPAIGN_REACHED": "13: persons reached with the campaign, as the media count them.",
    CampaignEngaged = "CAMPAIGN_ENGAGED": "14: persons engaged with the campaign, as the media count them.",
    CampaignTerritories = "CAMPAIGN_TERRITORIES": "15: territories of the Western Balkans where the campaign was implemented.",
    ReturnCounselled = "RETURN_COUNSELLED": "16: beneficiaries provided with return counselling.",
    ReintegrationCounselled = "REINTEGRATION_COUNSELLED": "17: beneficiaries provided with reintegration counselling.",
    PreDepartureInformation = "PRE_DEPARTURE_INFORMATION": "18: migrants declaring that pre-departure information was clear and sufficient.",
    AssistedToReturn = "ASSISTED_TO_RETURN": "19: migrants assisted to return voluntarily.",
    OrganisedAndDignified = "ORGANISED_AND_DIGNIFIED": "20: migrants able to return in an organized and dignified manner.",
    ReintegrationAssisted = "REINTEGRATION_ASSISTED": "21: beneficiaries who have received reintegration assistance.",
    SufficientLevels = "SUFFICIENT_LEVELS": "22: interviewed beneficiaries with sufficient levels in all three dimensions of reintegration.",
    LogisticsSatisfied = "LOGISTICS_SATISFIED": "23: migrants satisfied with logistical travel arrangements.",
    ReintegrationSatisfied = "REINTEGRATION_SATISFIED": "24: beneficiaries satisfied with reintegration assistance from IOM.",
    NeedsMet = "NEEDS_MET": "25: beneficiaries reporting that reintegration assistance met their needs.",
} }

codes! { "What an indicator's figures count." IndicatorUnit {
    Number = "NUMBER": "A number of persons, or of what the name says.",
    Contacts = "CONTACTS": "A number of contacts, which are not unique persons.",
    Percent = "PERCENT": "A percentage.",
} }

codes! { "The level of the results matrix that an indicator stands on." ResultsLevel {
    Objective = "OBJECTIVE": "The objective.",
    Outcome1 = "OUTCOME_1": "Outcome 1.",
    Output11 = "OUTPUT_1_1": "Output 1.1.",
    Output12 = "OUTPUT_1_2": "Output 1.2.",
    Output13 = "OUTPUT_1_3": "Output 1.3.",
    Outcome2 = "OUTCOME_2": "Outcome 2.",
    Output21 = "OUTPUT_2_1": "Output 2.1.",
    Output22 = "OUTPUT_2_2": "Output 2.2.",
} }

crate::never_masked!(IndicatorCode, IndicatorUnit, ResultsLevel);

/// What an indicator is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedFrom {
    /// Persons of a measure, or a share of them where the measure has a numerator.
    Persons(Measure),
    /// Survey of partners: who perceives rights-based access, of those who answered.
    PartnersEnabling,
    /// Survey of partners and staff: who applies what they learned, of those who answered.
    Applying,
    /// Countries of origin that outreach met.
    Populations,
    /// Staff on signed lists.
    StaffTrained,
    /// Officials and service providers on signed lists.
    PartnersTrained,
    /// Evaluation sheets: who understands better, of those returned.
    Sheets,
    /// Contacts made by outreach.
    Contacts,
    /// Places where outreach was.
    Locations,
    /// What the media count as reached.
    Reached,
    /// What the media count as engaged.
    Engaged,
    /// Territories of campaign reports.
    CampaignTerritories,
}

impl CountedFrom {
    /// Whether it counts persons of whom there must not be too few; contacts, places and what media count are none.
    #[must_use]
    pub fn counts_persons(self) -> bool {
        !matches!(
            self,
            Self::Populations
                | Self::Contacts
                | Self::Locations
                | Self::Reached
                | Self::Engaged
                | Self::CampaignTerritories
        )
    }
}

/// An indicator as the matrix states it.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Its code.
    pub code: IndicatorCode,
    /// Its number in the matrix.
    pub number: i32,
    /// Its level.
    pub level: ResultsLevel,
    /// Its wording.
    pub name: &'static str,
    /// What its figures count.
    pub unit: IndicatorUnit,
    /// The figure before the project; none where the matrix leaves it blank.
    pub baseline: Option<i32>,
    /// The figure aimed at, which is this project's own.
    pub target: i32,
    /// What is counted.
    pub numerator: &'static str,
    /// Of what; none where nothing is divided.
    pub denominator: Option<&'static str>,
    /// The source that the matrix names.
    pub source: &'static str,
    /// By what dimensions the matrix disaggregates it.
    pub by: &'static [Dimension],
    /// When it is asked or counted.
    pub timing: &'static str,
    /// What whoever reads it has to know.
    pub caveats: &'static [&'static str],
    /// What it is counted from.
    pub from: CountedFrom,
}

/// Version of the definitions below: a changed definition is a new version, and old figures stay with theirs.
pub const VERSION: &str = "1";

const PMS: &str = "AVR Programme Monitoring Survey (AVR-PMS)";
const RSS: &str = "Reintegration Sustainability Survey (RSS)";
const RASS: &str = "Reintegration Assistance Satisfaction Survey (RASS)";
const MONTH_AFTER: &str = "Interview 0 to 1 month after the return.";
const PERSONS: &[Dimension] = &[Dimension::Sex, Dimension::AgeBand, Dimension::VulnerabilityGroup];
const ANSWERED: Option<&str> = Some("Persons whose latest interview within the window answers the question.");
const CUMULATIVE: &str = "The baseline is what earlier projects had reached together; the target is this project's own \
                          count: they are not to be divided by each other.";
const COUNTED: &str = "By the day on which it happened.";
const EVALUATED: &str = "The timing \"(9-12)\" has no unit in the matrix; months are implied.";
const SCORES: &str = "Answers to a provisional table of weights are not IOM's scores: see `methodStatus`.";

/// The matrix, in its order.
#[rustfmt::skip] // a table: three lines an indicator
pub static MATRIX: [Line; 25] = [
    rate(1, IndicatorCode::SafeReturn, ResultsLevel::Objective, "% of migrants declaring that they were able to return in a safe manner",
        (None, 80), "Persons who declared a safe return.", ANSWERED, PMS, MONTH_AFTER, CountedFrom::Persons(Measure::SafeReturn)),
    Line { by: PERSONS, caveats: &[SCORES], ..rate(2, IndicatorCode::ReintegrationScore, ResultsLevel::Objective, "% of returnees reaching an overall (composite) reintegration score of 0.5 or more",
        (None, 80), "Persons with a composite score of 0.5 or more.", Some("Persons whose latest interview within the window gives a composite score."), RSS, "After conclusion of all support, 6 to 12 months upon return.", CountedFrom::Persons(Measure::CompositeScore)) },
    rate(3, IndicatorCode::RightsBasedAccess, ResultsLevel::Objective, "% of partners (officials, service providers) perceiving the project as enabling rights-based access for diverse migrants",
        (Some(0), 70), "Partners who perceive it so.", Some("Partners who answered."), "Survey among partners, IOM host office", "After the end of the project.", CountedFrom::PartnersEnabling),
    rate(4, IndicatorCode::InformedDecision, ResultsLevel::Outcome1, "% of beneficiaries provided with sufficient and useful information for an informed decision",
        (None, 80), "Persons who found the information sufficient and useful.", ANSWERED, PMS, "Latest 1 month after the arrival.", CountedFrom::Persons(Measure::InformationSufficient)),
    rate(5, IndicatorCode::KnowledgeApplied, ResultsLevel::Outcome1, "% of partners and RR staff confirming that they apply acquired knowledge",
        (None, 70), "Partners and staff who confirm it.", Some("Partners and staff who answered."), "Survey among partners and RR staff", "End of the project.", CountedFrom::Applying),
    number(6, IndicatorCode::PopulationsServed, ResultsLevel::Outcome1, "Number of different populations served through outreach",
        (None, 6), "Different countries of origin of those met.", "MiMOSA Web; AVRR WB Database; staff of receiving countries", COUNTED, &["Populations are told apart by country of origin, which is a choice of this program."], CountedFrom::Populations),
    number(7, IndicatorCode::StaffTrained, ResultsLevel::Output11, "Number of RR staff participating in trainings",
        (Some(0), 20), "Staff on signed lists; somebody who took part twice counts twice.", "Signed list of participants", "Once the list is signed.", &[], CountedFrom::StaffTrained),
    number(8, IndicatorCode::PartnersTrained, ResultsLevel::Output11, "Number of officials and service providers participating in trainings",
        (Some(0), 20), "Officials and service providers on signed lists; somebody who took part twice counts twice.", "Signed list of participants", "Once the list is signed.", &[], CountedFrom::PartnersTrained),
    rate(9, IndicatorCode::BetterUnderstanding, ResultsLevel::Output11, "% of training participants who gained better understanding",
        (None, 70), "Sheets that say so.", Some("Evaluation sheets returned."), "IOM Standardized Training Evaluation Sheet", "End of the training.", CountedFrom::Sheets),
    Line { unit: IndicatorUnit::Contacts, ..number(10, IndicatorCode::BeneficiariesInformed, ResultsLevel::Output12, "Number of beneficiaries informed on AVRR (contacts, not unique persons)",
        (Some(60_000), 75_000), "Contacts made by outreach.", "AVRR WB Outreach Database; Outreach Plan", COUNTED, &["Contacts are not unique persons (footnote 8 of the matrix).", "The matrix says 75,000; the text of the project says approximately 75,000 per year, over 24 months."], CountedFrom::Contacts) },
    Line { by: &[Dimension::HostTerritory], ..number(11, IndicatorCode::OutreachLocations, ResultsLevel::Output12, "Number of outreach locations covered",
        (Some(49), 50), "Different places of outreach, by territory.", "AVRR WB Outreach Database; Outreach Plan", COUNTED, &["Other projects, with other plans, counted about 90 locations in 2019 to 2021."], CountedFrom::Locations) },
    rate(12, IndicatorCode::HeardThroughOutreach, ResultsLevel::Output12, "% of beneficiaries who heard of AVRR through an outreach tool",
        (Some(76), 85), "Persons who heard of it through an outreach tool.", ANSWERED, PMS, "Latest 1 month after the arrival.", CountedFrom::Persons(Measure::HeardThroughOutreach)),
    number(13, IndicatorCode::CampaignReached, ResultsLevel::Output12, "Number of persons reached with the campaign",
        (Some(0), 1_000_000), "What the media count as reached.", "Digital Media Report (Google, Facebook, Instagram)", COUNTED, &["Media count accounts, not persons, and count the same one on each of them."], CountedFrom::Reached),
    number(14, IndicatorCode::CampaignEngaged, ResultsLevel::Output12, "Number of persons engaged with the campaign",
        (Some(0), 150_000), "What the media and the webpage count as engaged.", "Digital Media Report; Support to Migrants webpage", COUNTED, &["Media count accounts, not persons, and count the same one on each of them."], CountedFrom::Engaged),
    number(15, IndicatorCode::CampaignTerritories, ResultsLevel::Output12, "Number of Western Balkan countries where the campaign was implemented",
        (Some(0), 6), "Different territories of campaign reports.", "Digital Media Report; procurement data, visuals, reports", COUNTED, &[], CountedFrom::CampaignTerritories),
    number(16, IndicatorCode::ReturnCounselled, ResultsLevel::Output13, "Number of beneficiaries provided with return counselling",
        (Some(2_000), 3_000), "Persons on whose case a session on the return was held.", "AVRR case-management database", COUNTED, &[], CountedFrom::Persons(Measure::ReturnCounselled)),
    number(17, IndicatorCode::ReintegrationCounselled, ResultsLevel::Output13, "Number of beneficiaries provided with reintegration counselling",
        (Some(250), 300), "Persons on whose case a session on reintegration was held.", "AVRR case-management database; photos", COUNTED, &[], CountedFrom::Persons(Measure::ReintegrationCounselled)),
    rate(18, IndicatorCode::PreDepartureInformation, ResultsLevel::Output13, "% of migrants declaring that pre-departure information was clear and sufficient",
        (Some(0), 80), "Persons who found it clear and sufficient.", ANSWERED, PMS, "Latest 1 month after the arrival.", CountedFrom::Persons(Measure::PreDepartureClear)),
    Line { by: PERSONS, caveats: &[CUMULATIVE], ..number(19, IndicatorCode::AssistedToReturn, ResultsLevel::Outcome2, "Number of migrants assisted to return voluntarily",
        (Some(2_521), 500), "Persons who departed with assistance, voluntarily.", "MiMOSA Web (MAD and MOV activities), cross-checked with the AVRR internal database", COUNTED, &[], CountedFrom::Persons(Measure::AssistedToReturn)) },
    rate(20, IndicatorCode::OrganisedAndDignified, ResultsLevel::Outcome2, "% of migrants able to return in an organized and dignified manner",
        (None, 80), "Persons who declared it so.", ANSWERED, "AVR-PMS, recorded electronically in MiMOSA; participation is voluntary", MONTH_AFTER, CountedFrom::Persons(Measure::OrganisedAndDignified)),
    number(21, IndicatorCode::ReintegrationAssisted, ResultsLevel::Outcome2, "Number of beneficiaries who have received reintegration assistance",
        (Some(571), 250), "Persons who were given something of a package, however they returned.", "MiMOSA Web; AVRR database", COUNTED, &[CUMULATIVE], CountedFrom::Persons(Measure::ReintegrationAssisted)),
    Line { by: PERSONS, caveats: &["\"Sufficient levels\" are read as 0.5 or more in each dimension, which is an interpretation.", SCORES], ..rate(22, IndicatorCode::SufficientLevels, ResultsLevel::Outcome2, "% of interviewed beneficiaries with sufficient levels of economic self-sufficiency, social stability and psychosocial wellbeing",
        (None, 50), "Persons with 0.5 or more in each dimension.", Some("Persons whose latest interview within the window gives a score in each dimension."), RSS, "After conclusion of all support, 6 to 12 months upon return.", CountedFrom::Persons(Measure::SufficientInAll)) },
    rate(23, IndicatorCode::LogisticsSatisfied, ResultsLevel::Output21, "% of migrants satisfied with logistical travel arrangements",
        (Some(0), 80), "Persons who were satisfied or very satisfied.", ANSWERED, PMS, MONTH_AFTER, CountedFrom::Persons(Measure::LogisticsSatisfied)),
    Line { caveats: &[EVALUATED], ..rate(24, IndicatorCode::ReintegrationSatisfied, ResultsLevel::Output22, "% of beneficiaries satisfied with reintegration assistance from IOM",
        (Some(0), 70), "Persons who were satisfied or very satisfied.", ANSWERED, RASS, "Shortly after the assistance was concluded (9-12).", CountedFrom::Persons(Measure::AssistanceSatisfied)) },
    Line { caveats: &[EVALUATED], ..rate(25, IndicatorCode::NeedsMet, ResultsLevel::Output22, "% of beneficiaries reporting that reintegration assistance met their needs",
        (None, 70), "Persons whose needs it met.", ANSWERED, RASS, "Shortly after the assistance was concluded (9-12).", CountedFrom::Persons(Measure::NeedsMet)) },
];

#[expect(clippy::too_many_arguments, reason = "the columns of the matrix")]
const fn rate(
    number: i32,
    code: IndicatorCode,
    level: ResultsLevel,
    name: &'static str,
    (baseline, target): (Option<i32>, i32),
    numerator: &'static str,
    denominator: Option<&'static str>,
    source: &'static str,
    timing: &'static str,
    from: CountedFrom,
) -> Line {
    Line {
        code,
        number,
        level,
        name,
        unit: IndicatorUnit::Percent,
        baseline,
        target,
        numerator,
        denominator,
        source,
        by: &[],
        timing,
        caveats: &[],
        from,
    }
}

#[expect(clippy::too_many_arguments, reason = "the columns of the matrix")]
const fn number(
    number: i32,
    code: IndicatorCode,
    level: ResultsLevel,
    name: &'static str,
    (baseline, target): (Option<i32>, i32),
    numerator: &'static str,
    source: &'static str,
    timing: &'static str,
    caveats: &'static [&'static str],
    from: CountedFrom,
) -> Line {
    Line {
        caveats,
        unit: IndicatorUnit::Number,
        ..rate(
            number,
            code,
            level,
            name,
            (baseline, target),
            numerator,
            None,
            source,
            timing,
            from,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_has_25_lines_in_order_with_blank_zero_and_positive_baselines() {
        let numbers: Vec<i32> = MATRIX.iter().map(|line| line.number).collect();
        assert_eq!(numbers, (1..=25).collect::<Vec<_>>());
        let baselines =
            |wanted: fn(Option<i32>) -> bool| MATRIX.iter().filter(|line| wanted(line.baseline)).count();
        assert_eq!(baselines(|baseline| baseline.is_none()), 9);
        assert_eq!(baselines(|baseline| baseline == Some(0)), 9);
        assert_eq!(baselines(|baseline| baseline > Some(0)), 7);
        for line in &MATRIX {
            let told = [line.name, line.numerator, line.source, line.timing];
            assert!(told.iter().all(|words| !words.is_empty()), "{}", line.number);
            assert_eq!(
                line.denominator.is_some(),
                line.unit == IndicatorUnit::Percent,
                "{}",
                line.number
            );
        }
    }
}
