//! Made-up cases: who takes part in which, until when, and who may be told.

use super::assistance::{grant, package, referral};
use super::groups::group;
use super::made::{itinerary, person, request, word};
use avrr_gateway::domain::application::Application;
use avrr_gateway::domain::case::{Case, CaseState, LegalStatus, ReturnMode};
use avrr_gateway::domain::case_file::CaseFile;
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::domain::consent::{
    Consent, ConsentCategory, ConsentState, Purpose, RecipientClass, Signatory,
};
use avrr_gateway::domain::itinerary::Itinerary;
use avrr_gateway::domain::notice::{NoticeDraft, NoticeType, Topic};
use avrr_gateway::domain::party::{Organisation, OrganisationKind, Party, PartyRelation};
use avrr_gateway::domain::person::Person;
use avrr_gateway::domain::territory::CountryCode;
use avrr_gateway::ids::{CaseId, ItineraryId, OrganisationId, new_id};
use avrr_gateway::policy::{rows, viewer::Viewer, windows::Windows};
use avrr_gateway::store::{NewClient, Programme};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A case as it is made up.
#[derive(Clone, Debug)]
pub struct Plan {
    state: CaseState,
    host: &'static str,
    nationalities: Vec<&'static str>,
    parts: Vec<Part>,
    consents: Vec<Line>,
    /// Person and service of each referral, as places in the family and among the services, and whether it has ended.
    referrals: Vec<(usize, usize, bool)>,
    /// Person and post of each request, as places in the family and among the posts, and when it ended.
    requests: Vec<(usize, usize, Option<Ended>)>,
    itineraries: usize,
    grants: usize,
    packages: usize,
}

/// A line of a form: class, purpose, category, the place among the services of the one that it names, whether it was revoked.
type Line = (RecipientClass, Purpose, ConsentCategory, Option<usize>, bool);

/// What one organisation is to a case.
#[derive(Clone, Debug)]
struct Part {
    /// Its place in the cast.
    organisation: usize,
    relation: PartyRelation,
    ended: Option<Ended>,
    /// Which attempts it was told of, a bit each.
    told: u8,
}

/// When a part, or a request, ended.
#[derive(Clone, Copy, Debug)]
struct Ended {
    /// Whether that is counted from the edge of the relation's window, and not from now.
    at_the_edge: bool,
    /// Microseconds later.
    later: i64,
}

/// The moment at which everybody looks.
pub fn now() -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a Monday");
    day.and_hms_micro_opt(9, 0, 0, 250_000)
        .expect("a moment")
        .and_utc()
}

/// Other windows than those that hold where nothing is set; one of them closes at once.
pub const WINDOWS: Windows = Windows {
    consular_days: 45,
    police_days: 3,
    transit_hours: 30,
    migration_days: 0,
};

/// What the client of an organisation asks for: the second of each kind for the last purpose that there is for it.
pub fn purpose_of(kind: OrganisationKind, nth: usize) -> Purpose {
    let purposes = rows::purposes(kind);
    let asked = if nth.is_multiple_of(2) {
        purposes.first()
    } else {
        purposes.last()
    };
    asked.copied().unwrap_or(Purpose::Administration)
}

/// The only client of an organisation, asking for a purpose.
pub fn viewer_of(organisation: &Organisation, purpose: Purpose) -> Viewer {
    Viewer {
        organisation: organisation.id,
        kind: organisation.kind,
        client: Uuid::nil().into(),
        client_id: organisation.code.as_str().into(),
        subject: "staff".into(),
        rights: Vec::new(),
        purpose,
        token: "test".into(),
        issued_at: DateTime::UNIX_EPOCH,
        territory_profile: Default::default(),
        documents_only: false,
        expires_at: DateTime::<Utc>::MAX_UTC,
    }
}

/// Two organisations of each kind, so that each has another of its kind that is not concerned.
const CAST: usize = 2 * OrganisationKind::ALL.len();

/// A few cases.
pub fn programmes() -> impl Strategy<Value = Vec<Plan>> {
    vec(plan(), 1..8)
}

fn plan() -> impl Strategy<Value = Plan> {
    let states = select(vec![
        CaseState::Inquiry,
        CaseState::Registered,
        CaseState::ReadyToDepart,
        CaseState::Departed,
        CaseState::Withdrawn,
    ]);
    let head = (
        states,
        select(vec!["SRB", "XKX"]),
        vec(select(vec!["IRQ", "AFG", "PAK"]), 1..4),
    );
    let tail = (
        vec((0..4_usize, 0..2_usize, ended()), 0..4),
        0..3_usize,
        0..2_usize,
        0..2_usize,
        vec((0..4_usize, 0..2_usize, any::<bool>()), 0..6),
    );
    let plan = (head, vec(part(), CAST / 2..CAST), vec(consent(), 1..10), tail);
    plan.prop_map(
        |(
            (state, host, nationalities),
            parts,
            consents,
            (requests, itineraries, grants, packages, referrals),
        )| Plan {
            state,
            host,
            nationalities,
            parts,
            consents,
            referrals,
            requests,
            itineraries,
            grants,
            packages,
        },
    )
}

/// Mostly a line that lets somebody outside IOM know who the persons are; sometimes any line.
fn consent() -> impl Strategy<Value = Line> {
    use RecipientClass::{Embassy, HostMigration, HostPolice, ServiceProvider};
    let outside = select(vec![Embassy, HostPolice, HostMigration, ServiceProvider]);
    let opening = outside.prop_map(|class| (class, class.purpose(), class.opening()));
    let any_line = (word(), word(), word());
    let named = select(vec![None, Some(0), Some(0), Some(1), Some(1)]);
    let revoked = prop::bool::weighted(0.25);
    (prop_oneof![3 => opening, 1 => any_line], named, revoked).prop_map(
        |((class, purpose, category), named, revoked)| {
            let named = named.filter(|_| class == ServiceProvider);
            (class, purpose, category, named, revoked)
        },
    )
}

/// Not at all, or close to now, or close to the edge of the window that it opens.
fn ended() -> impl Strategy<Value = Option<Ended>> {
    const DAY: i64 = 86_400_000_000;
    let later = select(vec![-DAY, -1_000_000, -1, 0, 1, 999, 1_000_000, DAY]);
    let ended = (any::<bool>(), later).prop_map(|(at_the_edge, later)| Ended { at_the_edge, later });
    prop_oneof![Just(None), ended.prop_map(Some)]
}

/// Mostly a part that an organisation of its kind can have; sometimes one that it cannot.
fn part() -> impl Strategy<Value = Part> {
    let part = (
        0..CAST,
        word::<PartyRelation>(),
        0..8_u8,
        ended(),
        select(vec![0, 1, 2, 3, 3, 3]),
    );
    part.prop_map(|(organisation, any, odds, ended, told)| {
        let fitting = match OrganisationKind::ALL[organisation / 2].0 {
            OrganisationKind::Mission if odds < 3 => PartyRelation::Sending,
            OrganisationKind::Mission if odds < 5 => PartyRelation::Receiving,
            OrganisationKind::Mission => PartyRelation::Transit,
            OrganisationKind::ConsularPost => PartyRelation::Consular,
            OrganisationKind::Police => PartyRelation::Police,
            OrganisationKind::MigrationAuthority => PartyRelation::Migration,
            OrganisationKind::ServiceProvider => PartyRelation::Service,
            _ => any,
        };
        let relation = if odds == 7 { any } else { fitting };
        Part {
            organisation,
            relation,
            ended,
            told,
        }
    })
}

/// The cast, and the programme that the plans make with it.
pub fn programme(plans: &[Plan]) -> (Programme, Vec<Organisation>) {
    let cast: Vec<Organisation> = (0..CAST).map(organisation).collect();
    let mut programme = Programme {
        clients: cast
            .iter()
            .map(|owner| NewClient {
                client_id: owner.code.clone(),
                owner: owner.id,
                purposes: vec![Purpose::Statistics],
                rights: Vec::new(),
                territory_profile: Default::default(),
                issuer: None,
            })
            .collect(),
        organisations: cast.clone(),
        ..Programme::default()
    };
    for (number, plan) in plans.iter().enumerate() {
        let file = plan.file(number, &cast);
        for party in &file.parties {
            let part = plan
                .parts
                .iter()
                .find(|part| cast[part.organisation].id == party.organisation);
            let told = part.map_or(0, |part| part.told);
            let attempts = file.itineraries.iter().enumerate();
            let told_of = attempts
                .filter(|(nth, _)| told & 1 << nth != 0)
                .map(|(_, attempt)| Some(attempt.id));
            for itinerary in told_of.chain([None]) {
                programme.told.push((now(), number, notice_to(party, itinerary)));
            }
        }
        programme.movements.extend(file.movements.iter().cloned());
        programme.files.push(file);
    }
    (programme, cast)
}

fn organisation(nth: usize) -> Organisation {
    let (kind, name, _) = OrganisationKind::ALL[nth / 2];
    let code = format!("{}-{}", name.to_lowercase().replace('_', "-"), nth % 2 + 1);
    Organisation {
        id: new_id(now()).into(),
        name: code.clone(),
        code,
        kind,
        territory: None,
        seat_city: None,
        seat_country: None,
        sending_state: None,
        version: 1,
    }
}

fn notice_to(party: &Party, itinerary: Option<ItineraryId>) -> NoticeDraft {
    NoticeDraft {
        recipient: party.organisation,
        kind: NoticeType::Departed,
        topic: Topic::Journey,
        itinerary,
        request: None,
        cash_grant: None,
        retracts: false,
        reminds_of: None,
    }
}

pub fn place(code: &str) -> CountryCode {
    CountryCode::parse(code).expect("a country")
}

impl Plan {
    fn file(&self, number: usize, cast: &[Organisation]) -> CaseFile {
        let of_kind = |kind| cast.iter().filter(move |organisation| organisation.kind == kind);
        let mission = of_kind(OrganisationKind::Mission).next().expect("a mission").id;
        let posts: Vec<_> = of_kind(OrganisationKind::ConsularPost)
            .map(|post| post.id)
            .collect();
        let services: Vec<_> = of_kind(OrganisationKind::ServiceProvider)
            .map(|service| service.id)
            .collect();
        let case = self.case(number, mission);
        let persons: Vec<Person> = (0..)
            .zip(&self.nationalities)
            .map(|(nth, of)| person(&case, nth, of))
            .collect();
        let requests = self.requests.iter();
        let requests = requests.map(|(person, post, ended)| {
            request(
                &case,
                &persons[person % persons.len()],
                (posts[*post], ended.map(|ended| ended.of(PartyRelation::Consular))),
            )
        });
        let referrals = self.referrals.iter();
        let referrals = referrals.map(|(about, service, ended)| {
            let about = &persons[about % persons.len()];
            referral(&case, about, (services[*service], *ended))
        });
        let mut parties: Vec<Party> = Vec::new();
        for part in &self.parts {
            let party = part.party(&case, cast);
            if parties
                .iter()
                .all(|known| known.organisation != party.organisation)
            {
                parties.push(party);
            }
        }
        let consents = self.consents.iter();
        let consents = consents.map(|(class, purpose, category, named, revoked)| Consent {
            recipient: named.map(|nth| services[nth]),
            id: new_id(now()).into(),
            case_id: case.id,
            recipient_class: *class,
            purpose: *purpose,
            category: *category,
            signed_at: now(),
            signed_by: Signatory::OneSelf,
            state: if *revoked {
                ConsentState::Revoked
            } else {
                ConsentState::Active
            },
            revoked_at: revoked.then(now),
        });
        let journeys: Vec<Itinerary> = (1..)
            .take(self.itineraries)
            .map(|attempt| itinerary(&case, attempt))
            .collect();
        // Each journey is part of a movement of its own, which the second mission organises.
        let organiser = of_kind(OrganisationKind::Mission)
            .next_back()
            .expect("a mission")
            .id;
        let groups = journeys
            .iter()
            .map(|journey| group(journey, organiser, &persons[0]));
        let (movements, manifest_lines) = groups.unzip();
        CaseFile {
            requests: requests.collect(),
            information_requests: Vec::new(),
            interviews: Vec::new(),
            custody: Vec::new(),
            personal_documents: Vec::new(),
            papers: Vec::new(),
            consents: consents.collect(),
            counselling: Vec::new(),
            objections: Vec::new(),
            periods: Vec::new(),
            extensions: Vec::new(),
            asylum_claims: Vec::new(),
            parties,
            itineraries: journeys,
            handlings: Vec::new(),
            incidents: Vec::new(),
            arrivals: Vec::new(),
            manifest_lines,
            movements,
            suspensions: Vec::new(),
            grants: (0..self.grants).map(|_| grant(&case, &persons[0])).collect(),
            computations: Vec::new(),
            packages: (0..self.packages).map(|_| package(&case, &persons[0])).collect(),
            aftercare: Vec::new(),
            handovers: Vec::new(),
            safeguards: avrr_gateway::domain::safeguards::Safeguards::default(),
            surveys: Vec::new(),
            referrals: referrals.collect(),
            break_glass: Vec::new(),
            told: BTreeMap::new(),
            persons,
            case,
        }
    }

    fn case(&self, number: usize, mission: OrganisationId) -> Case {
        let id: CaseId = new_id(now()).into();
        Case {
            id,
            reference: format!("P-{number}"),
            sending_mission: mission,
            receiving_mission: None,
            host_territory: place(self.host),
            country_of_return: place("IRQ"),
            destination_city: None,
            state: self.state,
            return_mode: ReturnMode::AssistedVoluntary,
            legal_status: LegalStatus::AsylumPending,
            mimosa_reference: None,
            prism_reference: None,
            application_signed_at: None,
            voluntariness_recorded_at: None,
            declaration_signed_at: None,
            withdrawal_reason: None,
            application: Application::default(),
            family: id.uuid().into(),
            funding_project: None,
            opened_at: now(),
            registered_at: None,
            departed_at: None,
            arrived_at: None,
            ended_at: None,
            version: 1,
        }
    }
}

impl Part {
    fn party(&self, case: &Case, cast: &[Organisation]) -> Party {
        Party {
            case_id: case.id,
            organisation: cast[self.organisation].id,
            relation: self.relation,
            since: now() - TimeDelta::days(60),
            ended_at: self.ended.map(|ended| ended.of(self.relation)),
        }
    }
}

impl Ended {
    /// The moment, for a part in this relation.
    fn of(self, relation: PartyRelation) -> DateTime<Utc> {
        let edge = WINDOWS
            .of(relation)
            .filter(|_| self.at_the_edge)
            .unwrap_or_default();
        now() - edge + TimeDelta::microseconds(self.later)
    }
}
