//! Which rows a viewer reaches is said twice: in memory by `policy::rows`, as SQL by the store. The two agree, whatever
//! parts in a case organisations have, whenever those ended, and whatever was consented to.

mod assistance;
mod groups;
mod made;
mod plan;
mod rules;

use crate::stage;
use crate::support::Database;
use avrr_gateway::clock::TestClock;
use avrr_gateway::domain::case_file::CaseFile;
use avrr_gateway::domain::consent::Purpose;
use avrr_gateway::domain::party::OrganisationKind;
use avrr_gateway::error::Error;
use avrr_gateway::ids::ItineraryId;
use avrr_gateway::policy::fields::Field;
use avrr_gateway::policy::governed::{Governed, Seen};
use avrr_gateway::policy::rows::{CaseFacts, Reach, Resource, reach};
use avrr_gateway::policy::viewer::Viewer;
use avrr_gateway::store::filter::{CaseFilter, Filter};
use avrr_gateway::store::nodes::{
    CaseNode, ClientNode, ConsentNode, GrantNode, ItineraryNode, ManifestLineNode, MovementNode, NoticeNode,
    OrganisationNode, PackageNode, PersonNode, RequestNode,
};
use avrr_gateway::store::page::PageRequest;
use avrr_gateway::store::{Readable, Store, Want};
use plan::{Plan, viewer_of};
use proptest::test_runner::{Config, TestRunner};
use rules::{consents, grants, own, packages, persons, requests};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

#[test]
fn reach_as_sql_agrees_with_reach_in_memory_on_sqlite() {
    agrees_on(Database::Sqlite);
}

#[test]
fn reach_as_sql_agrees_with_reach_in_memory_on_postgres() {
    agrees_on(Database::Postgres);
}

/// Programmes that are made up; each is read by every organisation in it.
const PROGRAMMES: u32 = 16;

fn agrees_on(database: Database) {
    let config = Config {
        cases: PROGRAMMES,
        // Each step of a search for a smaller example is a database of its own.
        max_shrink_iters: 200,
        failure_persistence: None,
        ..Config::default()
    };
    let met = RefCell::new(Met::new());
    let outcome = TestRunner::new(config).run(&plan::programmes(), |plans| {
        stage::with_stage(database, async |stage| {
            let clock = TestClock::at(plan::now());
            let store = stage::store(stage, clock.clock()).await;
            let store = store.with_windows(plan::WINDOWS);
            agrees(&store, &plans, &met).await;
        });
        Ok(())
    });
    if let Err(fault) = outcome {
        panic!("{fault}");
    }
    // A rule that was never tried on both sides was not tried.
    let met = met.into_inner();
    eprintln!("rows shown and not shown, by kind of viewer: {met:?}");
    for (what, (shown, hidden)) in &met {
        assert!(
            *shown > 0 && *hidden > 0,
            "{what:?}: {shown} rows shown, {hidden} not"
        );
    }
}

async fn agrees(store: &Store, plans: &[Plan], met: &RefCell<Met>) {
    let (programme, cast) = plan::programme(plans);
    let files = programme.files.clone();
    let drafts = programme.told.iter().map(|(_, _, draft)| draft);
    let told: Vec<(Uuid, Option<Uuid>)> = drafts
        .map(|draft| (draft.recipient.uuid(), draft.itinerary.map(ItineraryId::uuid)))
        .collect();
    let clients = programme.clients.len();
    store.load(programme).await.expect("a programme");
    for (nth, organisation) in cast.iter().enumerate() {
        let look = Look {
            store,
            viewer: viewer_of(organisation, plan::purpose_of(organisation.kind, nth)),
            files: &files,
            told: &told,
            met,
        };
        // To count, nobody needs to know anybody.
        let to_count = Look {
            viewer: viewer_of(organisation, Purpose::Statistics),
            ..look.clone()
        };
        to_count.at_rows().await;
        assert_eq!(to_count.reach(Resource::Case), Reach::Nothing);
        look.at_rows().await;
        look.at_rows_of_cases().await;
        look.through_filters().await;

        let notices = look
            .listed::<NoticeNode>(&CaseFilter::default())
            .await
            .expect("a page")
            .len();
        let addressed = told
            .iter()
            .filter(|(recipient, _)| *recipient == organisation.id.uuid())
            .count();
        let expected = match look.reach(Resource::Notice) {
            Reach::Nothing => 0,
            Reach::AddressedTo(_) => addressed,
            Reach::Everything => told.len(),
            Reach::OfParty(_) | Reach::Known(_) | Reach::NotAbout(_) => {
                unreachable!("an inbox belongs to no case")
            }
        };
        assert_eq!(notices, expected, "notices of {}", organisation.code);

        let seen = look
            .listed::<OrganisationNode>(&CaseFilter::default())
            .await
            .expect("a page");
        let all = look.reach(Resource::Organisation) == Reach::Everything;
        let known = cast.iter().filter(|other| {
            all || other.kind != OrganisationKind::ServiceProvider || other.id == organisation.id
        });
        let known: BTreeSet<Uuid> = known.map(|other| other.id.uuid()).collect();
        assert_eq!(seen, known, "organisations as {} sees them", organisation.code);
        let seen = look
            .listed::<ClientNode>(&CaseFilter::default())
            .await
            .expect("a page")
            .len();
        let all = look.reach(Resource::Client) == Reach::Everything;
        assert_eq!(
            seen,
            if all { clients } else { 0 },
            "clients as {} sees them",
            organisation.code
        );
    }
}

/// One viewer before the programme.
#[derive(Clone)]
struct Look<'a> {
    store: &'a Store,
    viewer: Viewer,
    files: &'a [CaseFile],
    /// Who was told of which attempt, if of one.
    told: &'a [(Uuid, Option<Uuid>)],
    met: &'a RefCell<Met>,
}

/// How many rows of each kind were shown to each kind of viewer, and how many were not.
type Met = BTreeMap<(OrganisationKind, &'static str), (usize, usize)>;

impl Look<'_> {
    fn reach(&self, resource: Resource) -> Reach {
        reach(&self.viewer, resource, plan::now(), self.store.windows())
    }

    /// The ids of a listing, whose count has to say the same.
    async fn listed<T: Readable>(&self, filter: &dyn Filter) -> Result<BTreeSet<Uuid>, Error> {
        let page = PageRequest {
            limit: 1_000,
            after: None,
            before: None,
            from_end: false,
            ascending: true,
            count: true,
        };
        let page = self
            .store
            .reader(&self.viewer)
            .page::<T>(filter, page, &Want::default())
            .await?;
        let ids: BTreeSet<Uuid> = page.keys.iter().copied().collect();
        assert_eq!(
            page.total,
            Some(ids.len() as u64),
            "{} counts what it does not see",
            self.viewer.client_id
        );
        Ok(ids)
    }

    /// What the rule in memory admits: of each case within reach, the rows that it lets through.
    fn admitted(&self, reach: &Reach, rows: impl Fn(&CaseFile, &Reach) -> Vec<Uuid>) -> BTreeSet<Uuid> {
        let within = self.files.iter().filter(|file| reach.admits(&self.facts(file)));
        within.flat_map(|file| rows(file, reach)).collect()
    }

    /// Of those who are neither sending nor receiving, each reads the attempts that it was told of.
    fn itineraries(&self, file: &CaseFile, reach: &Reach) -> Vec<Uuid> {
        let told = |itinerary: Uuid| {
            own(file, reach)
                .is_none_or(|(_, organisation)| self.told.contains(&(organisation, Some(itinerary))))
        };
        let attempts = file.itineraries.iter().map(|itinerary| itinerary.id.uuid());
        attempts.filter(|itinerary| told(*itinerary)).collect()
    }

    /// The same of the lines that are of those attempts.
    fn lines(&self, file: &CaseFile, reach: &Reach) -> Vec<Uuid> {
        let journeys = self.itineraries(file, reach);
        let lines = file.manifest_lines.iter();
        let reached = lines.filter(|line| journeys.contains(&line.itinerary.uuid()));
        reached.map(|line| line.id.uuid()).collect()
    }

    /// Movements: those on which a line is within reach, and those that the viewer organises.
    async fn movements(&self) {
        let reach = self.reach(Resource::Movement);
        let lines = self.admitted(&reach, |file, reach| self.lines(file, reach));
        let own = matches!(reach, Reach::OfParty(_));
        let all = self.files.iter().flat_map(|file| &file.movements);
        let organised = all.filter(|movement| own && movement.organiser == self.viewer.organisation);
        let mut expected: BTreeSet<Uuid> = organised.map(|movement| movement.id.uuid()).collect();
        let reached = self.files.iter().flat_map(|file| &file.manifest_lines);
        let reached = reached.filter(|line| lines.contains(&line.id.uuid()));
        expected.extend(reached.map(|line| line.movement.uuid()));
        let listed = self
            .listed::<MovementNode>(&CaseFilter::default())
            .await
            .expect("a page");
        assert_eq!(
            listed, expected,
            "movements as {} sees them",
            self.viewer.client_id
        );
    }

    fn facts(&self, file: &CaseFile) -> CaseFacts {
        let own = file
            .parties
            .iter()
            .find(|party| party.organisation == self.viewer.organisation);
        let viewer = self.viewer.organisation;
        let holding = file.consents.iter();
        let purpose = self.viewer.purpose;
        let holding = holding.filter(|consent| consent.opens_case_to(viewer, purpose));
        CaseFacts {
            part: own.map(|party| (party.relation, party.ended_at)),
            consents: holding.map(|consent| consent.recipient_class).collect(),
        }
    }

    /// Every listing gives the rows that the rule admits, and no others.
    async fn at_rows(&self) {
        self.lists::<CaseNode>(Resource::Case, |file, _| vec![file.case.id.uuid()])
            .await;
        self.lists::<PersonNode>(Resource::Person, persons).await;
        self.lists::<ConsentNode>(Resource::Consent, consents).await;
        self.lists::<RequestNode>(Resource::TravelDocumentRequest, requests)
            .await;
        self.lists::<ItineraryNode>(Resource::Itinerary, |file, reach| self.itineraries(file, reach))
            .await;
        self.lists::<ManifestLineNode>(Resource::Movement, |file, reach| self.lines(file, reach))
            .await;
        self.movements().await;
        self.lists::<GrantNode>(Resource::CashGrant, grants).await;
        self.lists::<PackageNode>(Resource::ReintegrationPackage, packages)
            .await;
    }

    async fn lists<T: Readable>(&self, resource: Resource, rows: impl Fn(&CaseFile, &Reach) -> Vec<Uuid>) {
        let listed = self.listed::<T>(&CaseFilter::default()).await.expect("a page");
        let admitted = self.admitted(&self.reach(resource), &rows);
        assert_eq!(
            listed, admitted,
            "{resource:?} as {} sees it",
            self.viewer.client_id
        );
        if let Reach::OfParty(_) = self.reach(resource) {
            let all = self.admitted(&Reach::Everything, &rows).len();
            let (_, name) = Resource::ALL[resource as usize];
            let mut met = self.met.borrow_mut();
            let (shown, hidden) = met.entry((self.viewer.kind, name)).or_default();
            *shown += listed.len();
            *hidden += all - listed.len();
        }
    }

    /// Rows read through their case are those that are read by themselves.
    async fn at_rows_of_cases(&self) {
        let mut want = Want::default();
        for field in [
            Field::CasePersons,
            Field::CaseConsents,
            Field::CaseTravelDocuments,
            Field::CaseItineraries,
            Field::CaseCashGrants,
            Field::CasePackages,
        ] {
            want.add(field, Want::default());
        }
        for file in self.files {
            let id = file.case.id.uuid();
            let found = self
                .store
                .reader(&self.viewer)
                .one::<CaseNode>(id, &want)
                .await
                .expect("an answer");
            let admitted = self.reach(Resource::Case).admits(&self.facts(file));
            assert_eq!(
                found.is_some(),
                admitted,
                "{} reads a case by its id",
                self.viewer.client_id
            );
            let Some(case) = found else { continue };
            let compare = |resource, read: BTreeSet<Uuid>, rows: &dyn Fn(&CaseFile, &Reach) -> Vec<Uuid>| {
                let reach = self.reach(resource);
                let expected = if reach.admits(&self.facts(file)) {
                    rows(file, &reach)
                } else {
                    Vec::new()
                };
                let expected: BTreeSet<Uuid> = expected.into_iter().collect();
                assert_eq!(
                    read, expected,
                    "{resource:?} of a case as {} sees it",
                    self.viewer.client_id
                );
            };
            let list = case.open(Field::CasePersons, Seen::default().at(0), |node| &node.persons);
            compare(
                Resource::Person,
                ids(list, Field::PersonId, |node| node.person.id.uuid()),
                &persons,
            );
            let list = case.open(Field::CaseConsents, Seen::default().at(0), |node| &node.consents);
            compare(
                Resource::Consent,
                ids(list, Field::ConsentId, |node| node.consent.id.uuid()),
                &consents,
            );
            let list = case.open(Field::CaseTravelDocuments, Seen::default().at(0), |node| {
                &node.requests
            });
            let read = ids(list, Field::RequestId, |node| node.request.id.uuid());
            compare(Resource::TravelDocumentRequest, read, &requests);
            let list = case.open(Field::CaseItineraries, Seen::default().at(0), |node| {
                &node.itineraries
            });
            compare(
                Resource::Itinerary,
                ids(list, Field::ItineraryId, |node| node.itinerary.id.uuid()),
                &|file, reach| self.itineraries(file, reach),
            );
            let list = case.open(Field::CaseCashGrants, Seen::default().at(0), |node| &node.grants);
            compare(
                Resource::CashGrant,
                ids(list, Field::GrantId, |node| node.grant.id.uuid()),
                &grants,
            );
            let list = case.open(Field::CasePackages, Seen::default().at(0), |node| &node.packages);
            let read = ids(list, Field::PackageId, |node| node.package.id.uuid());
            compare(Resource::ReintegrationPackage, read, &packages);
        }
    }

    /// A filter narrows a listing to rows whose field the viewer sees in full, and is refused where there can be none.
    async fn through_filters(&self) {
        for file in self.files {
            let case = &file.case;
            let by_state = CaseFilter {
                states: Some(vec![case.state]),
                ..CaseFilter::default()
            };
            self.filters(&by_state, &[Field::CaseState], |other| {
                other.case.state == case.state
            })
            .await;
            let both = CaseFilter {
                territory: Some(case.host_territory),
                ..by_state
            };
            self.filters(&both, &[Field::CaseState, Field::CaseHostTerritory], |other| {
                (other.case.state, other.case.host_territory) == (case.state, case.host_territory)
            })
            .await;
            let nationality = file.persons[0].nationality;
            let of = CaseFilter {
                nationality: Some(nationality),
                ..CaseFilter::default()
            };
            let reach = self.reach(Resource::Person);
            self.filters(&of, &[Field::PersonNationality], |other| {
                let within = persons(other, &reach);
                let mut seen = other
                    .persons
                    .iter()
                    .filter(|person| within.contains(&person.id.uuid()));
                seen.any(|person| person.nationality == nationality)
            })
            .await;
        }
    }

    async fn filters(&self, filter: &CaseFilter, fields: &[Field], fits: impl Fn(&CaseFile) -> bool) {
        let listed = self.listed::<CaseNode>(filter).await;
        let Some(narrowed) = self.reach(Resource::Case).seeing(self.viewer.kind, fields) else {
            assert!(
                matches!(listed, Err(Error::FieldWithheld(_))),
                "{} filters by {fields:?}",
                self.viewer.client_id
            );
            return;
        };
        let fitting = |file: &CaseFile, _: &Reach| {
            if fits(file) {
                vec![file.case.id.uuid()]
            } else {
                Vec::new()
            }
        };
        let admitted = self.admitted(&narrowed, fitting);
        assert_eq!(
            listed.expect("a page"),
            admitted,
            "{} filters by {fields:?}",
            self.viewer.client_id
        );
    }
}

fn ids<T>(rows: Option<&Vec<Arc<Governed<T>>>>, field: Field, id: fn(&T) -> Uuid) -> BTreeSet<Uuid> {
    let rows = rows.into_iter().flatten();
    rows.map(|row| {
        row.open(field, Seen::default().at(0), id)
            .expect("a row that is there shows its id")
    })
    .collect()
}
