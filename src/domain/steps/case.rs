//! Opening and registering a case, and the consents on it (SOP I2a, I3a, I3b).

use super::require;
use crate::domain::application::{Application, ReturnDecision};
use crate::domain::case::{CASE, Case, CaseState, LegalStatus, ReturnMode};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::consent::{
    CONSENT, Consent, ConsentCategory, ConsentState, Purpose, RecipientClass, Signatory,
};
use crate::domain::event::DomainEvent;
use crate::domain::party::{OrganisationKind, PartyRelation};
use crate::domain::person::{Education, MaritalStatus, Person, Sex, is_dialable, is_email};
use crate::domain::safeguards::Safeguards;
use crate::domain::territory::CountryCode;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{CaseId, ConsentId, FamilyId, OrganisationId, ProjectId, new_id};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
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
    /// The family unit that the persons belong to, where it has a case already.
    pub family: Option<FamilyId>,
    /// The project that pays for what is done where nothing else is said.
    pub funding_project: Option<ProjectId>,
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
    /// Address for electronic mail.
    pub email: Option<String>,
    /// Marital status.
    pub marital_status: Option<MaritalStatus>,
    /// What the person does for a living.
    pub occupation: Option<String>,
    /// The highest education completed.
    pub education: Option<Education>,
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
    /// The one organisation that may receive, where it names one.
    pub recipient: Option<OrganisationId>,
    /// When it was signed.
    pub signed_at: DateTime<Utc>,
    /// Who signed it.
    pub signed_by: Signatory,
}

/// What is registered of a signed application.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Reference in IOM's case management system.
    pub mimosa_reference: String,
    /// Reference in IOM's finance system, where there is one.
    pub prism_reference: Option<String>,
    /// The first day on which the persons wish to leave.
    pub preferred_from: Option<NaiveDate>,
    /// The last day on which they wish to leave.
    pub preferred_to: Option<NaiveDate>,
    /// Where in the country of return they wish to go, if it is another place than was said before.
    pub destination_city: Option<String>,
    /// The return decision, where there is one.
    pub return_decision: Option<ReturnDecision>,
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
            return Err(Refusal::at(Reason::Invalid, "hostTerritory"));
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
        let case_id: CaseId = new_id(c.now).into();
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
                prism_reference: None,
                application_signed_at: None,
                voluntariness_recorded_at: None,
                declaration_signed_at: None,
                withdrawal_reason: None,
                application: Application::default(),
                family: new.family.unwrap_or(case_id.uuid().into()),
                funding_project: new.funding_project,
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
            counselling: Vec::new(),
            objections: Vec::new(),
            periods: Vec::new(),
            extensions: Vec::new(),
            asylum_claims: Vec::new(),
            parties: Vec::new(),
            requests: Vec::new(),
            information_requests: Vec::new(),
            interviews: Vec::new(),
            custody: Vec::new(),
            personal_documents: Vec::new(),
            papers: Vec::new(),
            itineraries: Vec::new(),
            handlings: Vec::new(),
            incidents: Vec::new(),
            arrivals: Vec::new(),
            manifest_lines: Vec::new(),
            movements: Vec::new(),
            suspensions: Vec::new(),
            grants: Vec::new(),
            computations: Vec::new(),
            packages: Vec::new(),
            aftercare: Vec::new(),
            handovers: Vec::new(),
            safeguards: Safeguards::default(),
            surveys: Vec::new(),
            referrals: Vec::new(),
            break_glass: Vec::new(),
            told: BTreeMap::new(),
        };
        file.involve(mission, relation, c.now);
        Ok(file)
    }

    /// Registers the signed application: the receiving mission and, with consent, the authorities that are told of
    /// registrations take part.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `INVALID` without a reference, `DATE_OUT_OF_ORDER`, `NO_RECEIVING_MISSION`.
    pub fn register(
        self,
        registration: Registration,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        next.case.state = CASE.step("registerCase", self.case.state, CaseState::Registered)?;
        if registration.mimosa_reference.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "mimosaReference"));
        }
        if let (Some(from), Some(to)) = (registration.preferred_from, registration.preferred_to)
            && to < from
        {
            return Err(Refusal::at(Reason::DateOutOfOrder, "preferredTo"));
        }
        next.case.mimosa_reference = Some(registration.mimosa_reference);
        next.case.prism_reference = registration.prism_reference;
        next.case.application.preferred_from = registration.preferred_from;
        next.case.application.preferred_to = registration.preferred_to;
        if let Some(city) = registration.destination_city {
            next.case.destination_city = Some(city);
        }
        if let Some(decision) = registration.return_decision {
            next.keep_return_decision(decision, c)?;
        }
        let told = next.enter_registered(c)?;
        let registered = DomainEvent::CaseRegistered(told);
        Ok(Changed::moved(self, next, vec![registered]))
    }

    /// The receiving mission takes part, and the authorities that are told of registrations, as far as the persons consent;
    /// gives those authorities. The application holds for as long as the territory's procedure says.
    pub(super) fn enter_registered(&mut self, c: &Circumstances<'_>) -> Result<Vec<OrganisationId>, Refusal> {
        let receiving = c
            .directory
            .mission_in(self.case.country_of_return)
            .ok_or(Reason::NoReceivingMission)?;
        self.case.registered_at = Some(c.now);
        self.case.receiving_mission = Some(receiving);
        self.involve(receiving, PartyRelation::Receiving, c.now);
        let jurisdiction = c.directory.jurisdiction(self.case.host_territory);
        let days = jurisdiction.application_valid_days.map(i64::from);
        let signed = self.case.application_signed_at.unwrap_or(c.now);
        self.case.application.valid_until = days.map(|days| (signed + TimeDelta::days(days)).date_naive());
        let told = c
            .directory
            .authorities_told(&jurisdiction, &jurisdiction.told_of_registration);
        Ok(self.take_in(told, c.now))
    }

    pub(super) fn keep_return_decision(
        &mut self,
        decision: ReturnDecision,
        c: &Circumstances<'_>,
    ) -> Result<(), Refusal> {
        if decision.issued_on > c.today() {
            return Err(Refusal::at(Reason::DateOutOfOrder, "returnDecision.issuedOn"));
        }
        if decision
            .served_on
            .is_some_and(|served| served < decision.issued_on || served > c.today())
        {
            return Err(Refusal::at(Reason::DateOutOfOrder, "returnDecision.servedOn"));
        }
        if decision.number.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "returnDecision.number"));
        }
        self.case.application.return_decision = Some(decision);
        Ok(())
    }

    /// Records one more line of the Data Exchange form.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` once the case has ended, `DATE_OUT_OF_ORDER`, `GUARDIAN_NEEDED`, `PURPOSE_NOT_FOR_RECIPIENT`,
    /// `ALREADY_EXISTS`.
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
        let consent = next.consents.iter_mut().find(|consent| consent.id == id);
        let consent = consent.ok_or(Reason::WrongState)?;
        consent.state = CONSENT.step("revokeConsent", consent.state, ConsentState::Revoked)?;
        consent.revoked_at = Some(c.now);
        Ok(Changed::moved(self, next, vec![DomainEvent::ConsentRevoked(id)]))
    }

    pub(super) fn sign(&mut self, new: NewConsent, c: &Circumstances<'_>) -> Result<ConsentId, Refusal> {
        // Whether a service is named is known to the mission before which it was, and to nobody else.
        if new.recipient.is_some() && c.by.organisation != self.case.sending_mission {
            return Err(Refusal::at(Reason::RecipientNotConcerned, "recipientId"));
        }
        c.not_in_the_future(new.signed_at, "signedAt")?;
        self.check_signatory(new.signed_by, c)?;
        if !new.recipient_class.purposes().contains(&new.purpose) {
            return Err(Refusal::at(Reason::PurposeNotForRecipient, "purpose"));
        }
        new.check_recipient(c)?;
        let same = |consent: &Consent| {
            (
                consent.recipient_class,
                consent.purpose,
                consent.category,
                consent.recipient,
            ) == (new.recipient_class, new.purpose, new.category, new.recipient)
        };
        if self
            .consents
            .iter()
            .any(|consent| same(consent) && consent.is_active())
        {
            return Err(Refusal::at(Reason::AlreadyExists, "recipientClass"));
        }
        let id = new_id(c.now).into();
        let state = CONSENT.begin("recordConsent", ConsentState::Active)?;
        self.consents.push(Consent {
            id,
            case_id: self.case.id,
            recipient_class: new.recipient_class,
            purpose: new.purpose,
            category: new.category,
            recipient: new.recipient,
            signed_at: new.signed_at,
            signed_by: new.signed_by,
            state,
            revoked_at: None,
        });
        Ok(id)
    }
}

impl NewConsent {
    /// What protects a person is opened to a service by its name, never to services as such; nothing else names anybody.
    fn check_recipient(&self, c: &Circumstances<'_>) -> Result<(), Refusal> {
        let class = self.recipient_class;
        let by_name = class.is_by_name() && self.category == class.opening();
        let fits = match self.recipient {
            Some(named) => {
                let service = c.directory.organisation(named);
                by_name
                    && self.purpose == class.purpose()
                    && service.is_some_and(|service| service.kind == OrganisationKind::ServiceProvider)
            }
            None => !by_name,
        };
        if fits {
            Ok(())
        } else {
            Err(Refusal::at(Reason::Invalid, "recipientId"))
        }
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
    if person.phone.as_ref().is_some_and(|phone| !is_dialable(phone)) {
        return Err(Refusal::at(Reason::Invalid, "persons.phone"));
    }
    if person.email.as_ref().is_some_and(|email| !is_email(email)) {
        return Err(Refusal::at(Reason::Invalid, "persons.email"));
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
            email: self.email,
            marital_status: self.marital_status,
            occupation: self.occupation,
            education: self.education,
            host_address: self.host_address,
            address_in_country_of_return: self.address_in_country_of_return,
            language: self.language,
            version: 1,
        }
    }
}
