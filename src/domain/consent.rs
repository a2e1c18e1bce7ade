//! Consent: what a person has allowed IOM to tell whom, and for what (the Data Exchange form, S2 I3a).

use crate::ids::{CaseId, ConsentId, OrganisationId};
use crate::{codes, lifecycle};
use chrono::{DateTime, Utc};

codes! { "Who may receive personal data under a consent (DOMAIN 2.2)." RecipientClass {
    IomTransit = "IOM_TRANSIT": "IOM missions on the way.",
    IomReceiving = "IOM_RECEIVING": "The IOM mission in the country of return.",
    Embassy = "EMBASSY": "The consular post asked for a travel document.",
    HostPolice = "HOST_POLICE": "The police of the host territory.",
    HostMigration = "HOST_MIGRATION": "The migration authority of the host territory.",
    CooAuthority = "COO_AUTHORITY": "Authorities of the country of origin other than the consular post.",
    ServiceProvider = "SERVICE_PROVIDER": "Providers of services and protection.",
    Donor = "DONOR": "Donors, beyond aggregated figures.",
} }

codes! { "What personal data are processed for." Purpose {
    CaseManagement = "CASE_MANAGEMENT": "Assisting the person through the procedure.",
    TravelDocument = "TRAVEL_DOCUMENT": "Obtaining a travel document.",
    DepartureNotice = "DEPARTURE_NOTICE": "Announcing, escorting and receiving a departure.",
    Reintegration = "REINTEGRATION": "Supporting reintegration after return.",
    Statistics = "STATISTICS": "Counting, without persons.",
    Oversight = "OVERSIGHT": "Auditing and data protection.",
    Administration = "ADMINISTRATION": "Keeping the registry of organisations and clients.",
} }

codes! { "What part of a person's data a consent opens; none of them opens asylum data." ConsentCategory {
    Identity = "IDENTITY": "Names, birth, sex, nationality.",
    Contact = "CONTACT": "Telephone and the like.",
    Photo = "PHOTO": "A photograph.",
    Documents = "DOCUMENTS": "Copies of papers that prove who a person is.",
    FamilyAddress = "FAMILY_ADDRESS": "Address in the country of return.",
    TravelPlan = "TRAVEL_PLAN": "Dates, flights and airports.",
    Health = "HEALTH": "What receiving clinicians need to know.",
    Protection = "PROTECTION": "That the person was trafficked, for those who protect them; opens nothing to any authority.",
    Guardian = "GUARDIAN": "Who speaks for a child.",
} }

codes! { "State of a consent." ConsentState {
    Active = "ACTIVE": "What it opens may be told.",
    Revoked = "REVOKED": "Taken back; nothing is told by it from then on.",
    Superseded = "SUPERSEDED": "The application was signed anew, and what had been consented to before does not revive.",
} }

lifecycle! { "The life of one line of a Data Exchange form (DOMAIN 2.2); a line that is only drafted is not kept, and it ends when it is taken back or signed anew." CONSENT "Consent": ConsentState {
    begin "signApplication" => Active;
    begin "recordConsent" => Active;
    begin "reopenCase" => Active;
    "revokeConsent": Active => Revoked;
    "reopenCase": Active => Superseded;
} }

codes! { "Who signs in the name of the persons." Signatory {
    OneSelf = "SELF": "The persons themselves.",
    Guardian = "GUARDIAN": "A parent or guardian, for a child.",
} }

impl Purpose {
    /// The purposes of the work on cases. To count, to audit or to keep the registry nobody needs to know who somebody is.
    pub const OF_CASES: &[Self] = &[
        Self::CaseManagement,
        Self::TravelDocument,
        Self::DepartureNotice,
        Self::Reintegration,
    ];
}

impl RecipientClass {
    /// What persons may let this class know them for; the first is what it mainly needs to know them for.
    ///
    /// A partner outside IOM has one: it is told of a case for that, and reads what it was told of for that.
    #[must_use]
    pub fn purposes(self) -> &'static [Purpose] {
        match self {
            Self::IomReceiving => &[
                Purpose::CaseManagement,
                Purpose::DepartureNotice,
                Purpose::Reintegration,
            ],
            Self::Embassy => &[Purpose::TravelDocument],
            Self::IomTransit | Self::HostPolice | Self::HostMigration => &[Purpose::DepartureNotice],
            Self::CooAuthority | Self::ServiceProvider | Self::Donor => &[Purpose::Reintegration],
        }
    }

    /// What this class mainly needs the data for, and is told for.
    #[must_use]
    pub fn purpose(self) -> Purpose {
        self.purposes()[0]
    }

    /// The purpose whose consents open fields to a request of this class that is made for `asked`; none where persons
    /// cannot let the class know them for that.
    ///
    /// An IOM mission works on the cases that it takes part in for any purpose of the work on cases: where its class is not
    /// consented to for the one that it states, what it mainly needs to know counts.
    #[must_use]
    pub fn purpose_for(self, asked: Purpose) -> Option<Purpose> {
        let inside = matches!(self, Self::IomTransit | Self::IomReceiving);
        if self.purposes().contains(&asked) {
            Some(asked)
        } else {
            (inside && Purpose::OF_CASES.contains(&asked)).then(|| self.purpose())
        }
    }

    /// The category without which a case is closed to an organisation of this class that reads through the API.
    #[must_use]
    pub fn opening(self) -> ConsentCategory {
        match self {
            Self::ServiceProvider => ConsentCategory::Protection,
            _ => ConsentCategory::Identity,
        }
    }

    /// Whether a consent opens a case only to the one organisation that it names, and not to the class.
    #[must_use]
    pub fn is_by_name(self) -> bool {
        self == Self::ServiceProvider
    }
}

/// One line of a Data Exchange form: a recipient class, a purpose and a category of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Names the consent.
    pub id: ConsentId,
    /// The case whose persons gave it.
    pub case_id: CaseId,
    /// Who may receive.
    pub recipient_class: RecipientClass,
    /// For what.
    pub purpose: Purpose,
    /// Which data.
    pub category: ConsentCategory,
    /// The one organisation that may receive, where the consent names one.
    pub recipient: Option<OrganisationId>,
    /// When it was signed.
    pub signed_at: DateTime<Utc>,
    /// Who signed it.
    pub signed_by: Signatory,
    /// State.
    pub state: ConsentState,
    /// When it ceased to hold, if it has.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Consent {
    /// Whether it holds now and lets the recipient know who the persons are, for what the recipient needs to know it.
    #[must_use]
    pub fn opens_identity(&self) -> bool {
        self.is_active()
            && self.category == ConsentCategory::Identity
            && self.purpose == self.recipient_class.purpose()
    }

    /// Whether it opens the case for a purpose to an organisation of its class: for a service that protects, only where it
    /// names it.
    #[must_use]
    pub fn opens_case_to(&self, organisation: OrganisationId, purpose: Purpose) -> bool {
        let named = !self.recipient_class.is_by_name() || self.recipient == Some(organisation);
        named
            && self.is_active()
            && self.category == self.recipient_class.opening()
            && self.purpose == purpose
            && self.recipient_class.purposes().contains(&purpose)
    }

    /// Whether it holds now.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.state == ConsentState::Active
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::Code as _;

    #[test]
    fn persons_are_known_for_the_work_on_cases_alone_and_partners_for_one_purpose() {
        for (class, ..) in RecipientClass::ALL {
            let purposes = class.purposes();
            assert!(!purposes.is_empty(), "{class}");
            assert!(purposes.iter().all(|purpose| Purpose::OF_CASES.contains(purpose)));
            let inside = matches!(class, RecipientClass::IomTransit | RecipientClass::IomReceiving);
            assert!(
                inside || purposes.len() == 1,
                "{class}: told for one, read for another"
            );
            for (asked, ..) in Purpose::ALL {
                let counts = class.purpose_for(*asked);
                let expected = inside && Purpose::OF_CASES.contains(asked) || purposes.contains(asked);
                assert_eq!(counts.is_some(), expected, "{class} for {asked}");
                assert!(counts.is_none_or(|purpose| purposes.contains(&purpose)));
            }
        }
    }
}
