//! What returns are counted by, and the words for its values.

use crate::codes;
use crate::domain::case::{LegalStatus, ReturnMode};
use crate::domain::code::Code;
use crate::domain::party::OrganisationKind;
use crate::domain::person::Sex;
use crate::domain::statistics::{AgeBand, Region, VulnerabilityGroup};
use crate::domain::territory::{CountryCode, TerritoryProfile};

codes! { "What persons are counted by." Dimension {
    HostTerritory = "HOST_TERRITORY": "The territory that hosted them.",
    Region = "REGION": "The region of the country that they returned to (UN M49).",
    CountryOfReturn = "COUNTRY_OF_RETURN": "The country that they returned to.",
    Nationality = "NATIONALITY": "Nationality of the persons; it is in no table, because whoever knows that most return to their own country could subtract one from the other.",
    Sex = "SEX": "Sex of the persons.",
    AgeBand = "AGE_BAND": "Band of age on the day that is counted.",
    LegalStatus = "LEGAL_STATUS": "Legal status at the application.",
    VulnerabilityGroup = "VULNERABILITY_GROUP": "Group of vulnerability: each person is in one.",
    ReturnMode = "RETURN_MODE": "How they returned.",
    Month = "MONTH": "The month in which it was published that they had returned; several where it took as many until they were enough.",
    Project = "PROJECT": "The project that paid.",
} }

crate::never_masked!(Dimension);

impl Dimension {
    /// Whether all persons of a case have the same value, so that cases can be counted by it beside persons (INV-16).
    #[must_use]
    pub fn is_of_the_case(self) -> bool {
        !matches!(
            self,
            Self::Nationality | Self::Sex | Self::AgeBand | Self::VulnerabilityGroup
        )
    }

    /// Whether it is asked of whole publications, and goes with any dimension of persons.
    #[must_use]
    pub fn is_of_the_publication(self) -> bool {
        matches!(self, Self::Month | Self::Project)
    }

    /// Whether an organisation of this kind may count by it: what could tell of asylum claims, and of who was harmed, is
    /// not counted for those who meet the persons across a desk (DOMAIN 4.6: the public set).
    #[must_use]
    pub fn is_open_to(self, kind: OrganisationKind) -> bool {
        match self {
            Self::LegalStatus | Self::VulnerabilityGroup => !matches!(
                kind,
                OrganisationKind::ConsularPost | OrganisationKind::Police | OrganisationKind::ServiceProvider
            ),
            _ => true,
        }
    }

    /// The group of those of whom it is not known, where there is one.
    #[must_use]
    pub fn unknown(self) -> Option<&'static str> {
        match self {
            Self::Sex => Some(Sex::Unspecified.code()),
            Self::VulnerabilityGroup => Some(VulnerabilityGroup::NotAssessed.code()),
            _ => None,
        }
    }

    /// The words for a value, and the footnote that they must not be shown without (INV-17).
    #[must_use]
    pub fn words(self, value: &str) -> (String, Option<&'static str>) {
        match self {
            Self::HostTerritory | Self::CountryOfReturn | Self::Nationality => CountryCode::parse(value)
                .map_or((value.to_owned(), None), |place| {
                    (place.name().to_owned(), place.footnote())
                }),
            Self::Region => (meaning::<Region>(value), None),
            Self::Sex => (meaning::<Sex>(value), None),
            Self::AgeBand => (meaning::<AgeBand>(value), None),
            Self::LegalStatus => (meaning::<LegalStatus>(value), None),
            Self::VulnerabilityGroup => (meaning::<VulnerabilityGroup>(value), None),
            Self::ReturnMode => (meaning::<ReturnMode>(value), None),
            Self::Month | Self::Project => (value.to_owned(), None),
        }
    }

    /// The code of a value as a client of this profile writes it.
    #[must_use]
    pub fn code_for(self, value: &str, profile: TerritoryProfile) -> String {
        match self {
            Self::HostTerritory | Self::CountryOfReturn | Self::Nationality => CountryCode::parse(value)
                .map_or_else(|| value.to_owned(), |place| place.code_for(profile).to_owned()),
            _ => value.to_owned(),
        }
    }
}

/// What a word of a vocabulary means, without its full stop; the word itself where it is none.
fn meaning<C: Code>(value: &str) -> String {
    C::ALL.iter().find(|(_, code, _)| *code == value).map_or_else(
        || value.to_owned(),
        |(_, _, meaning)| meaning.trim_end_matches('.').to_owned(),
    )
}
