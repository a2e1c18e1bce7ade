//! Opening and registering a case, and the consents on it (SOP I2a, I3a, I3b).

use super::require;
use crate::domain::case::{Case, CaseState, LegalStatus, ReturnMode};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::consent::{Consent, ConsentCategory, Purpose, RecipientClass};
use crate::domain::event::DomainEvent;
use crate::domain::party::PartyRelation;
use crate::domain::person::{Person, Sex};
use crate::domain::safeguards::Safeguards;
use crate::domain::territory::CountryCode;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{ConsentId, OrganisationId, new_id};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;

/// What a case is opened with.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// The sending mission's own reference.
    pub reference: String,
    /// Where the persons are.
    pub host_territory: CountryCode,
    /// Where they wish to return to.
    pub country_of_return: CountryCode,
    /// City of destination.
    pub destination_city: Option<String>,
    /// Legal status in the host territory.
    pub legal_status: LegalStatus,
    /// The persons, at least one.
    pub persons: Vec<NewPerson>,
}

/// What is recorded of a person when a case is opened.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Whether this person is the head of the household.
    pub head_of_household: bool,
    /// Family name.
    pub family_name: String,
    /// Given names.
    pub given_names: String,
    /// Date of birth.
    pub date_of_birth: NaiveDate,
    /// Sex.
    pub sex: Sex,
    /// Nationality.
    pub nationality: CountryCode,
    /// Place of birth.
    pub place_of_birth: Option<String>,
    /// Names of the parents.
    pub parents_names: Option<String>,
    /// Telephone number, E.164.
    pub phone: Option<String>,
    /// Where the person lives in the host territory.
    pub host_address: Option<String>,
    /// Where the person will live in the country of return.
    pub address_in_country_of_return: Option<String>,
    /// Language spoken best.
    pub language: Option<String>,
}

/// One line of a Data Exchange form, as signed.
#[derive(Clone, Copy, Debug)]
pub struct NewConsent {
    /// Who may receive.
    pub recipient_class: RecipientClass,
    /// For what.
    pub purpose: Purpose,
    /// Which data.
    pub category: ConsentCategory,
    /// When it was signed.
    pub signed_at: DateTime<Utc>,
}

/// What is registered of a signed application.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Reference in IOM's case management system.
    pub mimosa_reference: Option<String>,
    /// When the application form was signed.
    pub application_signed_at: DateTime<Utc>,
    /// When the voluntariness of the decision was recorded.
    pub voluntariness_recorded_at: DateTime<Utc>,
    /// The Data Exchange form, line by line; it may be partial.
    pub consents: Vec<NewConsent>,
}

impl CaseFile {
    /// Opens a case for a family that has approached a mission.
    ///
    /// # Errors
    ///
    /// `HEAD_OF_HOUSEHOLD`, `DATE_OUT_OF_ORDER`, `INVALID`.
    pub fn open(
        new: NewCase,
        sending: OrganisationId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        if !new.host_territory.is_host_territory() {
            return Err(Refusal::at(Reason::Invalid, "reference"));
        }
        let file = Self::begun(new, (sending, PartyRelation::Sending), c)?;
        Ok(Changed::opened(file, vec![DomainEvent::CaseOpened]))
    }

    /// A file with the persons of a family, in the care of the mission that they came to.
    pub(super) fn begun(
        new: NewCase,
        (mission, relation): (OrganisationId, PartyRelation),
        c: &Circumstances<'_>,
    ) -> Result<Self, Refusal> {
        let heads = new
            .persons
            .iter()
            .filter(|person| person.head_of_household)
            .count();
        require(heads == 1, Reason::HeadOfHousehold)?;
        if new.reference.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "reference"));
        }
        for person in &new.persons {
            check_person(person, c)?;
        }
        let case_id = new_id(c.now).into();
        let mut persons: Vec<NewPerson> = new.persons;
        persons.sort_by_key(|person| !person.head_of_household);
        let mut file = Self {
            case: Case {
                id: case_id,
                reference: new.reference,
                sending_mission: mission,
                receiving_mission: None,
                host_territory: new.host_territory,
                country_of_return: new.country_of_return,
                destination_city: new.destination_city,
                state: CaseState::Inquiry,
                return_mode: ReturnMode::AssistedVoluntary,
                legal_status: new.legal_status,
                mimosa_reference: None,
                application_signed_at: None,
                voluntariness_recorded_at: None,
                declaration_signed_at: None,
                withdrawal_reason: None,
                opened_at: c.now,
                registered_at: None,
                departed_at: None,
                arrived_at: None,
                ended_at: None,
                version: 1,
            },
            persons: (0..)
                .zip(persons)
                .map(|(position, person)| person.on(case_id, position, c.now))
                .collect(),
            consents: Vec::new(),
            parties: Vec::new(),
            requests: Vec::new(),
            itineraries: Vec::new(),
            handlings: Vec::new(),
            incidents: Vec::new(),
            arrivals: Vec::new(),
            grants: Vec::new(),
            packages: Vec::new(),
            aftercare: Vec::new(),
            handovers: Vec::new(),
            safeguards: Safeguards::default(),
            told: BTreeMap::new(),
        };
        file.involve(mission, relation, c.now);
        Ok(file)
    }

    /// Registers the signed application: the receiving mission and, with consent, the migration authority take part.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `DATE_OUT_OF_ORDER`, `NO_RECEIVING_MISSION`.
    pub fn register(
        self,
        registration: Registration,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        require(self.case.state == CaseState::Inquiry, Reason::WrongState)?;
        c.not_in_the_future(registration.application_signed_at, "applicationSignedAt")?;
        c.not_in_the_future(registration.voluntariness_recorded_at, "voluntarinessRecordedAt")?;
        let receiving = c
            .directory
            .mission_in(self.case.country_of_return)
            .ok_or(Reason::NoReceivingMission)?;
        let mut next = self.clone();
        for consent in registration.consents {
            next.sign(consent, c)?;
        }
        next.case.state = CaseState::Registered;
        next.case.mimosa_reference = registration.mimosa_reference;
        next.case.application_signed_at = Some(registration.application_signed_at);
        next.case.voluntariness_recorded_at = Some(registration.voluntariness_recorded_at);
        next.case.registered_at = Some(c.now);
        next.case.receiving_mission = Some(receiving);
        next.involve(receiving, PartyRelation::Receiving, c.now);
        let authorities = c.directory.migration_authorities_of(next.case.host_territory);
        next.involve_with_consent(authorities, PartyRelation::Migration, c.now);
        Ok(Changed::moved(self, next, vec![DomainEvent::CaseRegistered]))
    }

    /// Records one more line of the Data Exchange form.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` once the case has ended, `DATE_OUT_OF_ORDER`, `ALREADY_EXISTS`.
    pub fn record_consent(
        self,
        consent: NewConsent,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        require(self.case.ended_at.is_none(), Reason::WrongState)?;
        let mut next = self.clone();
        let id = next.sign(consent, c)?;
        Ok(Changed::moved(self, next, vec![DomainEvent::ConsentRecorded(id)]))
    }

    /// Takes a consent back, at any time and without a reason.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` if it does not hold any more.
    pub fn revoke_consent(self, id: ConsentId, c: &Circumstances<'_>) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let consent = next
            .consents
            .iter_mut()
            .find(|consent| consent.id == id && consent.is_active());
        consent.ok_or(Reason::WrongState)?.revoked_at = Some(c.now);
        Ok(Changed::moved(self, next, vec![DomainEvent::ConsentRevoked(id)]))
    }

    fn sign(&mut self, new: NewConsent, c: &Circumstances<'_>) -> Result<ConsentId, Refusal> {
        c.not_in_the_future(new.signed_at, "signedAt")?;
        let same = |consent: &Consent| {
            (consent.recipient_class, consent.purpose, consent.category)
                == (new.recipient_class, new.purpose, new.category)
        };
        if self
            .consents
            .iter()
            .any(|consent| same(consent) && consent.is_active())
        {
            return Err(Refusal::at(Reason::AlreadyExists, "recipientClass"));
        }
        let id = new_id(c.now).into();
        self.consents.push(Consent {
            id,
            case_id: self.case.id,
            recipient_class: new.recipient_class,
            purpose: new.purpose,
            category: new.category,
            signed_at: new.signed_at,
            revoked_at: None,
        });
        Ok(id)
    }
}

fn check_person(person: &NewPerson, c: &Circumstances<'_>) -> Result<(), Refusal> {
    if person.family_name.trim().is_empty() || person.given_names.trim().is_empty() {
        return Err(Refusal::at(Reason::Invalid, "persons"));
    }
    let plausible = chrono::Datelike::year(&person.date_of_birth) >= 1900;
    if person.date_of_birth > c.today() || !plausible {
        return Err(Refusal::at(Reason::DateOutOfOrder, "persons.dateOfBirth"));
    }
    let dialable = |phone: &String| {
        let digits = phone.strip_prefix('+').unwrap_or_default();
        (7..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    if person.phone.as_ref().is_some_and(|phone| !dialable(phone)) {
        return Err(Refusal::at(Reason::Invalid, "persons.phone"));
    }
    Ok(())
}

impl NewPerson {
    fn on(self, case_id: crate::ids::CaseId, position: i32, now: DateTime<Utc>) -> Person {
        Person {
            id: new_id(now).into(),
            case_id,
            position,
            head_of_household: self.head_of_household,
            family_name: self.family_name,
            given_names: self.given_names,
            date_of_birth: self.date_of_birth,
            sex: self.sex,
            nationality: self.nationality,
            place_of_birth: self.place_of_birth,
            parents_names: self.parents_names,
            phone: self.phone,
            host_address: self.host_address,
            address_in_country_of_return: self.address_in_country_of_return,
            language: self.language,
            version: 1,
        }
    }
}
