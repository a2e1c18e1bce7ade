//! Entity row ⇄ domain value. A row that means nothing is [`Error::Inconsistent`] with its address, never a guess.

mod aftercare;
mod application;
mod asylum;
mod break_glass;
mod complaint;
mod escalation;
mod funding;
mod grant;
mod health;
mod jurisdiction;
mod monitoring;
mod paper;
mod preparation;
mod programme;
mod referral;
mod special_cases;
mod travel_document;
mod webhook;

pub(super) use aftercare::*;
pub(super) use complaint::*;
pub(super) use escalation::*;
pub(super) use funding::*;
pub(super) use grant::*;
pub(super) use jurisdiction::*;
mod journey;
mod movement;
mod suspension;

pub(super) use journey::*;
pub(super) use monitoring::*;
pub(super) use movement::*;
pub(super) use programme::*;
pub(super) use suspension::*;
pub(super) use travel_document::*;
pub(super) use webhook::*;

use super::child::Child;
use crate::domain::agreement::RevocationReason;
use crate::domain::case::Case;
use crate::domain::case_file::CaseFile;
use crate::domain::code::Code;
use crate::domain::consent::{Consent, Purpose};
use crate::domain::money::{CurrencyCode, Money};
use crate::domain::party::{Accreditation, ClientRight, Organisation, OrganisationKind, Party};
use crate::domain::person::Person;
use crate::domain::territory::{CountryCode, TerritoryProfile};

use crate::error::Error;
use crate::ids::OrganisationId;
use uuid::Uuid;

/// The address of a row, for complaints about it.
#[derive(Clone, Copy)]
struct At(&'static str, Uuid);

impl At {
    fn wrong(self, column: &'static str) -> Error {
        Error::Inconsistent {
            table: self.0,
            column,
            id: self.1,
        }
    }

    fn word<C: Code>(self, column: &'static str, text: &str) -> Result<C, Error> {
        C::from_code(text).ok_or_else(|| self.wrong(column))
    }

    fn word_if<C: Code>(self, column: &'static str, text: Option<&str>) -> Result<Option<C>, Error> {
        text.map(|text| self.word(column, text)).transpose()
    }

    fn words<C: serde::de::DeserializeOwned>(
        self,
        column: &'static str,
        text: &str,
    ) -> Result<Vec<C>, Error> {
        serde_json::from_str(text).map_err(|_| self.wrong(column))
    }

    fn place(self, column: &'static str, text: &str) -> Result<CountryCode, Error> {
        CountryCode::parse(text).ok_or_else(|| self.wrong(column))
    }

    fn place_if(self, column: &'static str, text: Option<&str>) -> Result<Option<CountryCode>, Error> {
        text.map(|text| self.place(column, text)).transpose()
    }

    fn money(self, amount_minor: i64, currency: &str) -> Result<Money, Error> {
        let currency = CurrencyCode::parse(currency).ok_or_else(|| self.wrong("currency"))?;
        Ok(Money {
            amount_minor,
            currency,
        })
    }
}

/// Words of one vocabulary as a list in one column.
fn words<C: Code>(words: &[C]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{}\"", word.code())).collect();
    format!("[{}]", words.join(","))
}

pub(super) fn organisation(row: entity::organisation::Model) -> Result<Organisation, Error> {
    let at = At("organisations", row.id);
    Ok(Organisation {
        id: row.id.into(),
        kind: at.word("kind", &row.kind)?,
        territory: at.place_if("territory", row.territory.as_deref())?,
        seat_country: at.place_if("seat_country", row.seat_country.as_deref())?,
        sending_state: at.place_if("sending_state", row.sending_state.as_deref())?,
        code: row.code,
        name: row.name,
        seat_city: row.seat_city,
        version: row.version,
    })
}

pub(super) fn accreditation(row: entity::accreditation::Model) -> Result<Accreditation, Error> {
    Ok(Accreditation {
        organisation: row.organisation_id.into(),
        host_territory: At("accreditations", row.id).place("host_territory", &row.host_territory)?,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
    })
}

pub(super) fn organisation_kind(id: Uuid, kind: &str) -> Result<OrganisationKind, Error> {
    At("organisations", id).word("kind", kind)
}

pub(super) fn revocation_reason(id: Uuid, reason: &str) -> Result<RevocationReason, Error> {
    At("revoked_tokens", id).word("reason", reason)
}

pub(super) fn purposes(row: &entity::client::Model) -> Result<Vec<Purpose>, Error> {
    serde_json::from_str(&row.purposes).map_err(|_| At("clients", row.id).wrong("purposes"))
}

pub(super) fn territory_profile(row: &entity::client::Model) -> Result<TerritoryProfile, Error> {
    At("clients", row.id).word("territory_profile", &row.territory_profile)
}

pub(super) fn rights(row: &entity::client::Model) -> Result<Vec<ClientRight>, Error> {
    serde_json::from_str(&row.rights).map_err(|_| At("clients", row.id).wrong("rights"))
}

pub(super) fn case(row: entity::case::Model) -> Result<Case, Error> {
    let at = At("cases", row.id);
    let application = application::application(&row)?;
    Ok(Case {
        application,
        id: row.id.into(),
        sending_mission: row.sending_mission_id.into(),
        receiving_mission: row.receiving_mission_id.map(Into::into),
        host_territory: at.place("host_territory", &row.host_territory)?,
        country_of_return: at.place("country_of_return", &row.country_of_return)?,
        state: at.word("state", &row.state)?,
        return_mode: at.word("return_mode", &row.return_mode)?,
        legal_status: at.word("legal_status", &row.legal_status)?,
        withdrawal_reason: at.word_if("withdrawal_reason", row.withdrawal_reason.as_deref())?,
        reference: row.reference,
        destination_city: row.destination_city,
        mimosa_reference: row.mimosa_reference,
        prism_reference: row.prism_reference,
        application_signed_at: row.application_signed_at,
        voluntariness_recorded_at: row.voluntariness_recorded_at,
        declaration_signed_at: row.declaration_signed_at,
        family: row.family_id.ok_or_else(|| at.wrong("family_id"))?.into(),
        funding_project: row.funding_project_id.map(Into::into),
        opened_at: row.opened_at,
        registered_at: row.registered_at,
        departed_at: row.departed_at,
        arrived_at: row.arrived_at,
        ended_at: row.ended_at,
        version: row.version,
    })
}

pub(super) fn case_row(file: &CaseFile) -> entity::case::Model {
    let case = &file.case;
    let mut row = entity::case::Model {
        id: case.id.uuid(),
        reference: case.reference.clone(),
        sending_mission_id: case.sending_mission.uuid(),
        receiving_mission_id: case
            .receiving_mission
            .map(super::super::ids::OrganisationId::uuid),
        host_territory: case.host_territory.to_string(),
        country_of_return: case.country_of_return.to_string(),
        destination_city: case.destination_city.clone(),
        state: case.state.to_string(),
        return_mode: case.return_mode.to_string(),
        legal_status: case.legal_status.to_string(),
        mimosa_reference: case.mimosa_reference.clone(),
        prism_reference: case.prism_reference.clone(),
        application_signed_at: case.application_signed_at,
        voluntariness_recorded_at: case.voluntariness_recorded_at,
        declaration_signed_at: case.declaration_signed_at,
        withdrawal_reason: case.withdrawal_reason.map(|reason| reason.to_string()),
        intake_channel: String::new(),
        referred_by_id: None,
        return_decision_number: None,
        return_decision_issued_on: None,
        return_decision_authority: None,
        return_decision_mentions_avrr: None,
        return_decision_served_on: None,
        eligibility: None,
        ineligibility_reason: None,
        eligibility_decided_at: None,
        vulnerability_assessed_at: None,
        legal_decision_maker: None,
        data_exchange_form: None,
        preferred_from: None,
        preferred_to: None,
        held_from: None,
        hold_reason: None,
        termination_reason: None,
        application_valid_until: None,
        family_id: Some(case.family.uuid()),
        funding_project_id: case.funding_project.map(crate::ids::ProjectId::uuid),
        opened_at: case.opened_at,
        registered_at: case.registered_at,
        departed_at: case.departed_at,
        arrived_at: case.arrived_at,
        ended_at: case.ended_at,
        due_at: file.next_due(),
        version: case.version,
    };
    application::write_application(&case.application, &mut row);
    row
}

pub(super) fn person(row: entity::person::Model) -> Result<Person, Error> {
    let at = At("persons", row.id);
    Ok(Person {
        id: row.id.into(),
        case_id: row.case_id.into(),
        position: row.position,
        head_of_household: row.head_of_household,
        date_of_birth: row.date_of_birth,
        sex: at.word("sex", &row.sex)?,
        nationality: at.place("nationality", &row.nationality)?,
        family_name: row.family_name,
        given_names: row.given_names,
        place_of_birth: row.place_of_birth,
        parents_names: row.parents_names,
        phone: row.phone,
        email: row.email,
        marital_status: at.word_if("marital_status", row.marital_status.as_deref())?,
        occupation: row.occupation,
        education: at.word_if("education", row.education.as_deref())?,
        host_address: row.host_address,
        address_in_country_of_return: row.address_in_country_of_return,
        language: row.language,
        version: row.version,
    })
}

pub(super) fn person_row(person: &Person) -> entity::person::Model {
    entity::person::Model {
        id: person.id.uuid(),
        case_id: person.case_id.uuid(),
        position: person.position,
        head_of_household: person.head_of_household,
        family_name: person.family_name.clone(),
        given_names: person.given_names.clone(),
        date_of_birth: person.date_of_birth,
        sex: person.sex.to_string(),
        nationality: person.nationality.to_string(),
        place_of_birth: person.place_of_birth.clone(),
        parents_names: person.parents_names.clone(),
        phone: person.phone.clone(),
        email: person.email.clone(),
        marital_status: person.marital_status.map(|status| status.to_string()),
        occupation: person.occupation.clone(),
        education: person.education.map(|education| education.to_string()),
        host_address: person.host_address.clone(),
        address_in_country_of_return: person.address_in_country_of_return.clone(),
        language: person.language.clone(),
        version: person.version,
    }
}

impl Child for Consent {
    type Entity = entity::consent::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::consent::Column {
        entity::consent::Column::CaseId
    }

    fn read(row: entity::consent::Model) -> Result<Self, Error> {
        let at = At("consents", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            recipient_class: at.word("recipient_class", &row.recipient_class)?,
            purpose: at.word("purpose", &row.purpose)?,
            category: at.word("category", &row.category)?,
            recipient: row.recipient_id.map(Into::into),
            signed_at: row.signed_at,
            signed_by: at.word("signed_by", &row.signed_by)?,
            state: at.word("state", &row.state)?,
            revoked_at: row.revoked_at,
        })
    }

    fn row(&self) -> entity::consent::Model {
        entity::consent::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            recipient_class: self.recipient_class.to_string(),
            purpose: self.purpose.to_string(),
            category: self.category.to_string(),
            recipient_id: self.recipient.map(OrganisationId::uuid),
            signed_at: self.signed_at,
            signed_by: self.signed_by.to_string(),
            state: self.state.to_string(),
            revoked_at: self.revoked_at,
        }
    }
}

pub(super) fn party(row: &entity::case_party::Model) -> Result<Party, Error> {
    Ok(Party {
        case_id: row.case_id.into(),
        organisation: row.organisation_id.into(),
        relation: At("case_parties", row.case_id).word("relation", &row.relation)?,
        since: row.since,
        ended_at: row.ended_at,
    })
}

pub(super) fn party_row(party: &Party) -> entity::case_party::Model {
    entity::case_party::Model {
        case_id: party.case_id.uuid(),
        organisation_id: party.organisation.uuid(),
        relation: party.relation.to_string(),
        since: party.since,
        ended_at: party.ended_at,
    }
}
