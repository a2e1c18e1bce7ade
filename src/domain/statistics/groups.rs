//! In which groups persons are counted. Each is a partition: a person is in exactly one of its groups, so that the groups
//! add up to all persons.

use crate::codes;
use crate::domain::safeguards::VulnerabilityCategory;
use crate::domain::territory::CountryCode;

codes! { "A band of age, in completed years on the day that is counted, as UNHCR publishes." AgeBand {
    Under5 = "AGE_0_4": "0 to 4 years.",
    Under12 = "AGE_5_11": "5 to 11 years.",
    Under18 = "AGE_12_17": "12 to 17 years.",
    Adult = "AGE_18_59": "18 to 59 years.",
    Older = "AGE_60_PLUS": "60 years or more.",
} }

impl AgeBand {
    /// The band of an age in completed years.
    #[must_use]
    pub fn of(years: u32) -> Self {
        match years {
            0..5 => Self::Under5,
            5..12 => Self::Under12,
            12..18 => Self::Under18,
            18..60 => Self::Adult,
            _ => Self::Older,
        }
    }
}

codes! { "A group of vulnerability: a person counts in exactly one." VulnerabilityGroup {
    NoneFound = "NONE_FOUND": "Assessed, and no reason for particular care was found.",
    NotAssessed = "NOT_ASSESSED": "Not assessed: whether there is a reason is not known.",
    UnaccompaniedChild = "UNACCOMPANIED_CHILD": "A child without parents or another adult responsible.",
    VictimOfTrafficking = "VICTIM_OF_TRAFFICKING": "Somebody who was trafficked.",
    Aged = "AGED": "Of old age.",
    MedicalNeeds = "MEDICAL_NEEDS": "Somebody who needs medical care.",
    SingleParent = "SINGLE_PARENT": "A single parent with children who depend on them.",
    Disability = "DISABILITY": "Somebody who lives with a disability.",
    VictimOfViolence = "VICTIM_OF_VIOLENCE": "Somebody who was subjected to violence, exploitation or abuse.",
    Pregnant = "PREGNANT": "A pregnant woman.",
    Several = "SEVERAL": "More than one of these reasons.",
} }

impl VulnerabilityGroup {
    /// The group of somebody of whom this was found; nothing for somebody who was not assessed.
    #[must_use]
    pub fn of(found: Option<&[VulnerabilityCategory]>) -> Self {
        match found {
            None => Self::NotAssessed,
            Some([]) => Self::NoneFound,
            Some([only]) => match only {
                VulnerabilityCategory::UnaccompaniedChild => Self::UnaccompaniedChild,
                VulnerabilityCategory::VictimOfTrafficking => Self::VictimOfTrafficking,
                VulnerabilityCategory::Aged => Self::Aged,
                VulnerabilityCategory::MedicalNeeds => Self::MedicalNeeds,
                VulnerabilityCategory::SingleParent => Self::SingleParent,
                VulnerabilityCategory::Disability => Self::Disability,
                VulnerabilityCategory::VictimOfViolence => Self::VictimOfViolence,
                VulnerabilityCategory::Pregnant => Self::Pregnant,
            },
            Some(_) => Self::Several,
        }
    }
}

codes! { "A region of countries of return: the sub-regions of the UN's M49 standard that the programme returns to." Region {
    NorthernAfrica = "NORTHERN_AFRICA": "Northern Africa.",
    SubSaharanAfrica = "SUB_SAHARAN_AFRICA": "Sub-Saharan Africa.",
    Americas = "AMERICAS": "Latin America and the Caribbean, and Northern America.",
    CentralAsia = "CENTRAL_ASIA": "Central Asia.",
    EasternAsia = "EASTERN_ASIA": "Eastern Asia.",
    SouthEasternAsia = "SOUTH_EASTERN_ASIA": "South-eastern Asia.",
    SouthernAsia = "SOUTHERN_ASIA": "Southern Asia.",
    WesternAsia = "WESTERN_ASIA": "Western Asia.",
    Europe = "EUROPE": "Europe.",
    Oceania = "OCEANIA": "Oceania.",
} }

/// Codes of countries by region; what stands in none of these lists is counted with Sub-Saharan Africa, the longest.
const REGIONS: [(Region, &str); 9] = [
    (Region::NorthernAfrica, "DZA EGY ESH LBY MAR SDN TUN"),
    (Region::CentralAsia, "KAZ KGZ TJK TKM UZB"),
    (Region::EasternAsia, "CHN HKG JPN KOR MAC MNG PRK TWN"),
    (
        Region::SouthEasternAsia,
        "BRN IDN KHM LAO MMR MYS PHL SGP THA TLS VNM",
    ),
    (Region::SouthernAsia, "AFG BGD BTN IND IRN LKA MDV NPL PAK"),
    (
        Region::WesternAsia,
        "ARE ARM AZE BHR CYP GEO IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM",
    ),
    (
        Region::Europe,
        "ALA ALB AND AUT BEL BGR BIH BLR CHE CZE DEU DNK ESP EST FIN FRA FRO GBR GGY GIB GRC HRV HUN IMN IRL ISL ITA \
         JEY LIE LTU LUX LVA MCO MDA MKD MLT MNE NLD NOR POL PRT ROU RUS SJM SMR SRB SVK SVN SWE UKR VAT XKX",
    ),
    (
        Region::Oceania,
        "ASM AUS CCK COK CXR FJI FSM GUM HMD KIR MHL MNP NCL NFK NIU NRU NZL PCN PLW PNG PYF SLB TKL TON TUV UMI VUT \
         WLF WSM",
    ),
    (
        Region::Americas,
        "ABW AIA ARG ATG BES BHS BLM BLZ BMU BOL BRA BRB BVT CAN CHL COL CRI CUB CUW CYM DMA DOM ECU FLK GLP GRD GRL \
         GTM GUF GUY HND HTI JAM KNA LCA MAF MEX MSR MTQ NIC PAN PER PRI PRY SGS SLV SPM SUR SXM TCA TTO URY USA VCT \
         VEN VGB VIR",
    ),
];

/// The region of a country (UN M49).
#[must_use]
pub fn region_of(country: CountryCode) -> Region {
    REGIONS
        .iter()
        .find(|(_, codes)| {
            codes
                .split_ascii_whitespace()
                .any(|code| code == country.as_str())
        })
        .map_or(Region::SubSaharanAfrica, |(region, _)| *region)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::Code;

    #[test]
    fn ages_fall_into_the_bands_of_unhcr() {
        let bands = [0, 4, 5, 11, 12, 17, 18, 59, 60, 99].map(|years| AgeBand::of(years).code());
        assert_eq!(
            bands,
            [
                "AGE_0_4",
                "AGE_0_4",
                "AGE_5_11",
                "AGE_5_11",
                "AGE_12_17",
                "AGE_12_17",
                "AGE_18_59",
                "AGE_18_59",
                "AGE_60_PLUS",
                "AGE_60_PLUS"
            ]
        );
    }

    #[test]
    fn every_country_of_the_lists_exists_and_stands_in_one_of_them() {
        let mut met = std::collections::BTreeSet::new();
        for (_, codes) in REGIONS {
            for code in codes.split_ascii_whitespace() {
                assert!(CountryCode::parse(code).is_some(), "{code}");
                assert!(met.insert(code), "{code} stands twice");
            }
        }
        let region = |code: &str| region_of(CountryCode::parse(code).expect("a country"));
        assert_eq!(region("IRQ"), Region::WesternAsia);
        assert_eq!(region("AFG"), Region::SouthernAsia);
        assert_eq!(region("DZA"), Region::NorthernAfrica);
        assert_eq!(region("NGA"), Region::SubSaharanAfrica);
        // UN M49: 51 countries and areas of Sub-Saharan Africa, and Antarctica, which belongs to no region.
        let all = rust_iso3166::ALL
            .iter()
            .filter(|country| !met.contains(country.alpha3));
        assert_eq!(all.count(), 54);
    }
}
