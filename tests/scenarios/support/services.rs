//! A service that protects persons: how it comes into the register, is named by a consent, and is asked.

use super::actor::Actor;
use super::command::Command;
use super::row::Case;
use super::world::World;
use avrr_gateway::demo;
use avrr_gateway::domain::consent::Purpose;
use avrr_gateway::domain::party::{Organisation, OrganisationKind};
use avrr_gateway::domain::territory::CountryCode;
use avrr_gateway::ids::new_id;
use avrr_gateway::store::{NewClient, Programme};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// The service, and its client.
pub const SERVICE: &str = "safe-house-pristina";
/// One in the country of return.
pub const SERVICE_OF_RETURN: &str = "safe-house-baghdad";

/// A programme to which two services have been added, one where the persons are and one where they return to.
pub fn with_services(mut programme: Programme, now: DateTime<Utc>) -> Programme {
    for (code, territory, city) in [
        (SERVICE, "XKX", "Pristina"),
        (SERVICE_OF_RETURN, "IRQ", "Baghdad"),
    ] {
        let id = new_id(now).into();
        let place = CountryCode::parse(territory);
        let kind = OrganisationKind::ServiceProvider;
        let today = now.date_naive();
        programme
            .agreements
            .extend(demo::agreement(code, kind, id, today));
        programme.organisations.push(Organisation {
            id,
            code: code.to_owned(),
            name: format!("Safe house in {city}"),
            kind,
            territory: place,
            seat_city: Some(city.to_owned()),
            seat_country: place,
            sending_state: None,
            version: 1,
        });
        programme.clients.push(NewClient {
            client_id: code.to_owned(),
            owner: id,
            purposes: vec![Purpose::Reintegration],
            rights: Vec::new(),
            territory_profile: Default::default(),
            issuer: None,
        });
    }
    programme
}

/// A consent to what protects a person, for a service.
pub const PROTECTION: (&str, &str, &str) = ("SERVICE_PROVIDER", "REINTEGRATION", "PROTECTION");

impl World {
    /// The service where the persons are.
    pub fn service(&self) -> Actor {
        self.client(SERVICE)
    }
}

impl Actor {
    /// Records that the persons let one organisation know what protects them, by its name.
    pub async fn records_consent_naming(&self, case: &Case, organisation: &str) -> Command<'_, ()> {
        let named = self.organisation(organisation).await;
        self.records_consent(case, PROTECTION).with("recipientId", named)
    }

    /// Refers one person of a case to a registered organisation.
    pub async fn refers_one(&self, case: &Case, name: &str, to: &str) -> Command<'_, Value> {
        let asked = json!({ "organisationId": self.organisation(to).await });
        Command::new(self, ("sendReferral", "referral"), "{ id state }", Value::clone)
            .on_case(case)
            .on("personId", &case.person_named(name))
            .with("recipient", asked)
            .with("service", "SOCIAL_SERVICES")
    }
}
