//! Which rows of a case that is within reach concern a viewer, written once more and not by the code under test.

use avrr_gateway::domain::case_file::CaseFile;
use avrr_gateway::domain::party::PartyRelation;
use avrr_gateway::ids::OrganisationId;
use avrr_gateway::policy::relation::Relation;
use avrr_gateway::policy::rows::{Reach, Window};
use uuid::Uuid;

/// The window that an organisation sees a case through.
fn window<'r>(file: &CaseFile, reach: &'r Reach) -> Option<(&'r Window, Uuid)> {
    let Reach::OfParty(reach) = reach else { return None };
    let mut parties = file.parties.iter();
    let part = parties.find(|party| party.organisation == reach.organisation)?;
    let mut windows = reach.windows.iter();
    let window = windows.find(|window| window.relation == part.relation)?;
    Some((window, reach.organisation.uuid()))
}

/// The same, where only rows count that concern the organisation itself.
pub fn own<'r>(file: &CaseFile, reach: &'r Reach) -> Option<(&'r Window, Uuid)> {
    window(file, reach).filter(|(window, _)| window.own_only)
}

/// Persons: for a post those for whom it was asked, not too long ago; for a service those whom it is asked to protect.
pub fn persons(file: &CaseFile, reach: &Reach) -> Vec<Uuid> {
    let asked = |window: &Window, post: Uuid, person| {
        let mut requests = file.requests.iter();
        requests.any(|request| {
            request.consular_post.uuid() == post
                && request.person_id == person
                && window.is_open(request.ended_at)
        })
    };
    let referred = |service: Uuid, person| {
        let mut referrals = file.referrals.iter();
        referrals.any(|referral| {
            referral.recipient.map(OrganisationId::uuid) == Some(service)
                && referral.person == Some(person)
                && referral.ended_at.is_none()
        })
    };
    let persons = file.persons.iter();
    let concerned = persons.filter(|person| {
        own(file, reach).is_none_or(|(window, organisation)| match window.relation {
            PartyRelation::Service => referred(organisation, person.id),
            _ => asked(window, organisation, person.id),
        })
    });
    concerned.map(|person| person.id.uuid()).collect()
}

/// Requests: for a post those that were made of it, not too long ago.
pub fn requests(file: &CaseFile, reach: &Reach) -> Vec<Uuid> {
    let requests = file.requests.iter();
    let concerned = requests.filter(|request| {
        own(file, reach).is_none_or(|(window, post)| {
            request.consular_post.uuid() == post && window.is_open(request.ended_at)
        })
    });
    concerned.map(|request| request.id.uuid()).collect()
}

/// Consents: for the receiving mission those that name nobody; further out those for the viewer's class of recipient, for a
/// service only those that name it.
pub fn consents(file: &CaseFile, reach: &Reach) -> Vec<Uuid> {
    let consents = file.consents.iter();
    let concerned = consents.filter(|consent| {
        own(file, reach).is_none_or(|(window, organisation)| {
            let named = consent.recipient.map(OrganisationId::uuid);
            let class = Relation::from(window.relation).recipient_class();
            match window.relation {
                PartyRelation::Receiving => named.is_none(),
                PartyRelation::Service => {
                    class == Some(consent.recipient_class) && named == Some(organisation)
                }
                _ => class == Some(consent.recipient_class),
            }
        })
    });
    concerned.map(|consent| consent.id.uuid()).collect()
}

/// Cash grants: all of them.
pub fn grants(file: &CaseFile, _: &Reach) -> Vec<Uuid> {
    file.grants.iter().map(|grant| grant.id.uuid()).collect()
}

/// Reintegration packages: all of them.
pub fn packages(file: &CaseFile, _: &Reach) -> Vec<Uuid> {
    file.packages.iter().map(|package| package.id.uuid()).collect()
}
