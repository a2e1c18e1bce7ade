//! Which rows of a case that is within reach concern a viewer, written once more and not by the code under test.

use avrr_gateway::domain::case_file::CaseFile;
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

/// Persons: for a post those for whom it was asked, not too long ago.
pub fn persons(file: &CaseFile, reach: &Reach) -> Vec<Uuid> {
    let asked = |window: &Window, post: Uuid, person| {
        let mut requests = file.requests.iter();
        requests.any(|request| {
            request.consular_post.uuid() == post
                && request.person_id == person
                && window.is_open(request.ended_at)
        })
    };
    let persons = file.persons.iter();
    let concerned =
        persons.filter(|person| own(file, reach).is_none_or(|(window, post)| asked(window, post, person.id)));
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

/// Consents: outside the two missions those for the viewer's class of recipient.
pub fn consents(file: &CaseFile, reach: &Reach) -> Vec<Uuid> {
    let consents = file.consents.iter();
    let concerned = consents.filter(|consent| {
        own(file, reach).is_none_or(|(window, _)| {
            Relation::from(window.relation).recipient_class() == Some(consent.recipient_class)
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
