//! The register of the demo: the organisations that the programme names, embassies with their accreditations, clients.
//!
//! Partners and embassies are those of the project proposal (S0:16, S0:146, S1), with the client names of the contract.
//! Every organisation has one client that goes by its name; missions have two more, for what needs a right.

use super::closure::Closure;
use super::funding::funding;
use super::place;
use crate::domain::agreement::TransferAgreement;
use crate::domain::consent::Purpose;
use crate::domain::funding::Funding;
use crate::domain::party::{Accreditation, ClientRight, Directory, Organisation, OrganisationKind};
use crate::domain::territory::TerritoryProfile;
use crate::ids::{OrganisationId, new_id};
use crate::store::NewClient;
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};

/// One organisation of the register.
pub(super) struct Entry {
    /// Code of the organisation, and name of its client.
    pub code: &'static str,
    /// Full name.
    pub name: &'static str,
    /// Kind.
    pub kind: OrganisationKind,
    acts_in: Option<&'static str>,
    seat: Option<(&'static str, &'static str)>,
    sent_by: Option<&'static str>,
    covers: &'static str,
}

type Names = (&'static str, &'static str);

const fn other(
    kind: OrganisationKind,
    (code, name): Names,
    seat: Option<(&'static str, &'static str)>,
) -> Entry {
    Entry {
        code,
        name,
        kind,
        acts_in: None,
        seat,
        sent_by: None,
        covers: "",
    }
}

const fn acting(kind: OrganisationKind, names: Names, place: &'static str, city: &'static str) -> Entry {
    Entry {
        acts_in: Some(place),
        ..other(kind, names, Some((city, place)))
    }
}

const fn mission(code: &'static str, name: &'static str, place: &'static str, city: &'static str) -> Entry {
    acting(OrganisationKind::Mission, (code, name), place, city)
}

const fn police(code: &'static str, name: &'static str, place: &'static str, city: &'static str) -> Entry {
    acting(OrganisationKind::Police, (code, name), place, city)
}

const fn authority(code: &'static str, name: &'static str, place: &'static str, city: &'static str) -> Entry {
    acting(OrganisationKind::MigrationAuthority, (code, name), place, city)
}

const fn service(code: &'static str, name: &'static str, place: &'static str, city: &'static str) -> Entry {
    acting(OrganisationKind::ServiceProvider, (code, name), place, city)
}

const fn embassy(
    names: Names,
    state: &'static str,
    seat: (&'static str, &'static str),
    covers: &'static str,
) -> Entry {
    Entry {
        sent_by: Some(state),
        covers,
        ..other(OrganisationKind::ConsularPost, names, Some(seat))
    }
}

/// All organisations, in the order in which they are shown: missions first, then those whom they deal with.
///
/// S0:146 names each post's seat only. Which host territories a post covers is a choice of the demo [P]: the seat's own
/// country and what lies near it; every territory where the state has no nearer post in the list and most applicants
/// are; nothing where its nationals are hardly met, so that a request can also find no post. Nothing is implied about
/// anybody's position on status: a post is listed where the programme can ask it for a document.
#[rustfmt::skip] // a table: one line an organisation
pub(super) const ENTRIES: &[Entry] = &[
    mission("iom-belgrade", "IOM Belgrade", "SRB", "Belgrade"),
    mission("iom-pristina", "IOM Pristina", "XKX", "Pristina"),
    mission("iom-sarajevo", "IOM Sarajevo", "BIH", "Sarajevo"),
    mission("iom-skopje", "IOM Skopje", "MKD", "Skopje"),
    mission("iom-podgorica", "IOM Podgorica", "MNE", "Podgorica"),
    mission("iom-tirana", "IOM Tirana", "ALB", "Tirana"),
    mission("iom-istanbul", "IOM Istanbul", "TUR", "Istanbul"),
    mission("iom-baghdad", "IOM Baghdad", "IRQ", "Baghdad"),
    mission("iom-kabul", "IOM Kabul", "AFG", "Kabul"),
    mission("iom-islamabad", "IOM Islamabad", "PAK", "Islamabad"),
    mission("iom-algiers", "IOM Algiers", "DZA", "Algiers"),
    mission("iom-tunis", "IOM Tunis", "TUN", "Tunis"),
    mission("iom-dhaka", "IOM Dhaka", "BGD", "Dhaka"),
    mission("iom-new-delhi", "IOM New Delhi", "IND", "New Delhi"),
    mission("iom-tehran", "IOM Tehran", "IRN", "Tehran"),

    embassy(("embassy-iraq-belgrade", "Embassy of Iraq in Belgrade"), "IRQ", ("Belgrade", "SRB"), "SRB XKX BIH MKD MNE ALB"),
    embassy(("embassy-algeria-rome", "Embassy of Algeria in Rome"), "DZA", ("Rome", "ITA"), "SRB XKX BIH MKD MNE ALB"),
    embassy(("embassy-afghanistan-sofia", "Embassy of Afghanistan in Sofia"), "AFG", ("Sofia", "BGR"), "SRB XKX BIH MKD MNE ALB"),
    embassy(("embassy-pakistan-belgrade", "Embassy of Pakistan in Belgrade"), "PAK", ("Belgrade", "SRB"), "SRB XKX BIH MKD MNE"),
    embassy(("embassy-pakistan-sarajevo", "Embassy of Pakistan in Sarajevo"), "PAK", ("Sarajevo", "BIH"), "BIH MNE ALB"),
    embassy(("embassy-iran-sarajevo", "Embassy of Iran in Sarajevo"), "IRN", ("Sarajevo", "BIH"), "BIH SRB MKD MNE"),
    embassy(("embassy-turkiye-sarajevo", "Embassy of Türkiye in Sarajevo"), "TUR", ("Sarajevo", "BIH"), "BIH SRB MNE"),
    embassy(("embassy-tunisia-belgrade", "Embassy of Tunisia in Belgrade"), "TUN", ("Belgrade", "SRB"), "SRB BIH MKD MNE"),
    embassy(("embassy-bangladesh-belgrade", "Embassy of Bangladesh in Belgrade"), "BGD", ("Belgrade", "SRB"), "SRB XKX BIH MKD MNE ALB"),
    embassy(("embassy-india-belgrade", "Embassy of India in Belgrade"), "IND", ("Belgrade", "SRB"), "SRB BIH MNE"),

    police("police-serbia", "Border Police Directorate, Ministry of the Interior", "SRB", "Belgrade"),
    police("police-kosovo", "Border Police Division for Migrants and Foreigners", "XKX", "Pristina"),
    police("police-albania", "Border and Migration State Police", "ALB", "Tirana"),
    police("police-montenegro", "Border Police Sector, Ministry of the Interior", "MNE", "Podgorica"),
    police("police-north-macedonia", "Border Police, Ministry of the Interior", "MKD", "Skopje"),

    authority("migration-serbia", "Commissariat for Refugees and Migration (SCRM)", "SRB", "Belgrade"),
    authority("migration-kosovo", "Department for Citizenship, Asylum and Migration", "XKX", "Pristina"),
    authority("migration-bih-foreigners", "Service for Foreigners' Affairs, Ministry of Security", "BIH", "Sarajevo"),
    authority("migration-bih-asylum", "Sector for Asylum, Ministry of Security", "BIH", "Sarajevo"),
    authority("migration-montenegro", "Directorate for Civil Affairs and Personal Documents, Ministry of the Interior", "MNE", "Podgorica"),
    authority("migration-north-macedonia", "Ministry of Labour and Social Policy (MoLSP)", "MKD", "Skopje"),

    // Made up: the programme names no service that protects, and nobody should learn of a real one here.
    service("protection-serbia", "A service that protects trafficked persons in Serbia", "SRB", "Belgrade"),
    service("protection-bih", "A service that protects trafficked persons in Bosnia and Herzegovina", "BIH", "Sarajevo"),

    other(OrganisationKind::Dashboard, ("dashboard-denmark", "Ministry of Foreign Affairs of Denmark"), Some(("Copenhagen", "DNK"))),
    other(OrganisationKind::Dashboard, ("dashboard-public", "Public dashboard of the programme"), None),
    other(OrganisationKind::Auditor, ("auditor", "Data protection officer (DPO)"), None),
    other(OrganisationKind::Admin, ("admin", "Programme administration, IOM Serbia"), Some(("Belgrade", "SRB"))),
];

/// A part of a post's accreditations that has ended: it shows that an accreditation holds for a time.
const ENDED: (&str, &str) = ("embassy-pakistan-sarajevo", "MNE");

/// The register as the programme starts with it.
pub struct Register {
    /// Organisations and accreditations.
    pub directory: Directory,
    /// Agreements on the transfer of personal data, one for each organisation outside IOM.
    pub agreements: Vec<TransferAgreement>,
    /// Clients.
    pub clients: Vec<NewClient>,
    /// Projects and their rules.
    pub funding: Funding,
}

impl Register {
    /// The organisation of this code.
    #[must_use]
    pub fn organisation(&self, code: &str) -> Option<&Organisation> {
        self.directory
            .organisations
            .iter()
            .find(|organisation| organisation.code == code)
    }
}

/// The register on a day: accreditations and agreements hold since the first day of the year five years before.
#[must_use]
pub fn register(now: DateTime<Utc>) -> Register {
    let today = now.date_naive();
    let since = NaiveDate::from_ymd_opt(today.year() - 5, 1, 1).unwrap_or(today);
    let mut register = Register {
        directory: Directory::default(),
        agreements: Vec::new(),
        clients: Vec::new(),
        funding: Funding::default(),
    };
    // Ids grow with their millisecond: apart by one, they keep the order of the list.
    for (later, entry) in (0..).zip(ENTRIES) {
        let id = new_id(now - TimeDelta::hours(1) + TimeDelta::milliseconds(later)).into();
        register.directory.organisations.push(entry.organisation(id));
        register
            .directory
            .accreditations
            .extend(entry.covers.split_whitespace().map(|territory| Accreditation {
                organisation: id,
                host_territory: place(territory),
                valid_from: since,
                valid_to: ((entry.code, territory) == ENDED).then(|| since + Days::new(730)),
            }));
        register
            .agreements
            .extend(agreement(entry.code, entry.kind, id, since));
        register.clients.extend(entry.clients(id));
    }
    let organisations = register.directory.organisations.iter();
    let sending = organisations.filter(|mission| mission.kind == OrganisationKind::Mission);
    let sending: Vec<OrganisationId> = sending.map(|mission| mission.id).collect();
    register.funding = funding(now, &sending);
    register
}

/// The agreement of an organisation that stands outside IOM, without an end.
#[must_use]
pub fn agreement(
    code: &str,
    kind: OrganisationKind,
    organisation: OrganisationId,
    since: NaiveDate,
) -> Option<TransferAgreement> {
    kind.needs_agreement().then(|| TransferAgreement {
        organisation,
        reference: format!("TRANSFER/{code}"),
        signed_on: since,
        valid_from: since,
        valid_to: None,
        ended_at: None,
    })
}

/// What the stories of the demo are set in: the register, and a country that was closed for a while.
pub(super) struct Scene {
    register: Register,
    /// The closure.
    pub closure: Closure,
}

impl Scene {
    /// The register of a moment of loading.
    pub(super) fn of(now: DateTime<Utc>) -> Self {
        let register = register(now);
        let mut closure = Closure::around(now.date_naive());
        closure.directory = Directory {
            suspensions: vec![closure.in_force()],
            ..register.directory.clone()
        };
        Self { register, closure }
    }

    /// The register as it was at a moment.
    pub(super) fn at(&self, moment: DateTime<Utc>) -> &Directory {
        if self.closure.lasts_at(moment) {
            &self.closure.directory
        } else {
            &self.directory
        }
    }

    /// The register alone.
    pub(super) fn into_register(self) -> Register {
        self.register
    }
}

impl std::ops::Deref for Scene {
    type Target = Register;

    fn deref(&self) -> &Register {
        &self.register
    }
}

impl std::ops::DerefMut for Scene {
    fn deref_mut(&mut self) -> &mut Register {
        &mut self.register
    }
}

impl Entry {
    /// The organisation's clients: one that goes by its name; a mission has one for its supervisors and, in a host
    /// territory, one for migration health, because nobody approves what they put forward themselves; oversight has one for those who handle complaints.
    fn clients(&self, owner: OrganisationId) -> impl Iterator<Item = NewClient> {
        let client = move |client_id: String, rights: Vec<ClientRight>| NewClient {
            client_id,
            owner,
            purposes: vec![purpose_of(self.kind)],
            rights,
            territory_profile: TerritoryProfile::default(),
            issuer: None,
        };
        let mission = self.kind == OrganisationKind::Mission;
        let supervisor = || client(format!("{}-supervisor", self.code), vec![ClientRight::Supervise]);
        let health = || {
            client(
                format!("{}-health", self.code),
                vec![ClientRight::MigrationHealth],
            )
        };
        let complaints = || client(format!("{}-complaints", self.code), vec![ClientRight::Complaints]);
        [
            Some(client(self.code.to_owned(), Vec::new())),
            mission.then(supervisor),
            mission.then(health),
            (self.kind == OrganisationKind::Auditor).then(complaints),
        ]
        .into_iter()
        .flatten()
    }

    fn organisation(&self, id: OrganisationId) -> Organisation {
        Organisation {
            id,
            code: self.code.to_owned(),
            name: self.name.to_owned(),
            kind: self.kind,
            territory: self.acts_in.map(place),
            seat_city: self.seat.map(|(city, _)| city.to_owned()),
            seat_country: self.seat.map(|(_, country)| place(country)),
            sending_state: self.sent_by.map(place),
            version: 1,
        }
    }
}

fn purpose_of(kind: OrganisationKind) -> Purpose {
    match kind {
        OrganisationKind::Mission => Purpose::CaseManagement,
        OrganisationKind::ConsularPost => Purpose::TravelDocument,
        OrganisationKind::Police | OrganisationKind::MigrationAuthority => Purpose::DepartureNotice,
        OrganisationKind::Dashboard => Purpose::Statistics,
        OrganisationKind::ServiceProvider => Purpose::Reintegration,
        OrganisationKind::Auditor => Purpose::Oversight,
        OrganisationKind::Admin => Purpose::Administration,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::territory::CountryCode;

    fn noon() -> DateTime<Utc> {
        "2026-11-21T12:00:00Z".parse().expect("a moment")
    }

    fn posts_for(state: &str, territory: &str) -> Vec<String> {
        let register = register(noon());
        let directory = &register.directory;
        let posts = directory.accredited_posts(place(state), place(territory), noon().date_naive());
        posts
            .into_iter()
            .filter_map(|post| directory.organisation(post))
            .map(|post| post.code.clone())
            .collect()
    }

    #[test]
    fn every_client_of_the_contract_is_there_once_under_the_name_of_its_organisation() {
        let register = register(noon());
        let names: Vec<_> = ENTRIES.iter().map(|entry| entry.code).collect();
        assert_eq!(names.len(), 42);
        assert!(
            names
                .iter()
                .enumerate()
                .all(|(nth, name)| !names[..nth].contains(name))
        );
        for client in &register.clients {
            let owner = register.directory.organisation(client.owner).expect("an owner");
            let name = client
                .client_id
                .trim_end_matches("-supervisor")
                .trim_end_matches("-health")
                .trim_end_matches("-complaints");
            assert_eq!((name, client.purposes.len()), (owner.code.as_str(), 1));
            assert_eq!(client.rights.is_empty(), client.client_id == owner.code);
        }
    }

    #[test]
    fn everybody_outside_iom_has_an_agreement_and_clients_for_what_their_kind_needs() {
        let register = register(noon());
        for organisation in &register.directory.organisations {
            let own = register
                .agreements
                .iter()
                .filter(|one| one.organisation == organisation.id);
            let holds = own.filter(|one| one.holds_on(noon().date_naive())).count();
            assert_eq!(
                holds == 1,
                organisation.kind.needs_agreement(),
                "{}",
                organisation.code
            );
        }
        for client in &register.clients {
            let owner = register.directory.organisation(client.owner).expect("an owner");
            assert!(
                owner.kind.check_purposes(&client.purposes).is_ok(),
                "{}",
                client.client_id
            );
        }
    }

    #[test]
    fn a_post_is_found_by_accreditation_wherever_its_seat_is() {
        assert_eq!(posts_for("IRQ", "XKX"), ["embassy-iraq-belgrade"]);
        assert_eq!(posts_for("DZA", "SRB"), ["embassy-algeria-rome"]);
        assert_eq!(
            posts_for("PAK", "BIH"),
            ["embassy-pakistan-belgrade", "embassy-pakistan-sarajevo"]
        );
        assert_eq!(
            posts_for("PAK", "MNE"),
            ["embassy-pakistan-belgrade"],
            "the other accreditation has ended"
        );
        assert!(posts_for("TUN", "ALB").is_empty());
    }

    #[test]
    fn every_host_territory_has_a_mission_and_those_whom_the_contract_names() {
        let Register { directory, .. } = register(noon());
        let found = CountryCode::HOST_TERRITORIES.map(|territory| {
            let police = directory.police_of(territory).count();
            (
                directory.mission_in(territory).is_some(),
                police,
                directory.migration_authorities_of(territory).count(),
            )
        });
        // ALB, BIH, Kosovo*, MKD, MNE, SRB
        let named = [
            (true, 1, 0),
            (true, 0, 2),
            (true, 1, 1),
            (true, 1, 1),
            (true, 1, 1),
            (true, 1, 1),
        ];
        assert_eq!(found, named);
    }
}
