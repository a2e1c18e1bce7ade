//! What the database holds of who takes part in what: from it follows which rows a viewer may reach (DOMAIN 4.6), said
//! once more and not by the code under test.

use super::bare::{Bare, id};
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::domain::consent::{ConsentCategory, RecipientClass};
use avrr_gateway::domain::party::{ClientRight, OrganisationKind, PartyRelation};
use avrr_gateway::policy::relation::Relation;
use avrr_gateway::policy::rows::{Resource, own_only, relations};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use uuid::Uuid;

/// Who asks, as far as it decides what is shown.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub client: String,
    pub organisation: Uuid,
    pub kind: OrganisationKind,
    pub rights: Vec<ClientRight>,
    pub purposes: Vec<String>,
}

/// What a viewer is to a row, and what the persons have opened to it.
#[derive(Clone, Debug)]
pub struct Part {
    pub relation: Relation,
    pub opened: Rc<BTreeSet<&'static str>>,
}

impl Part {
    /// A part in a row that nobody opens or closes.
    pub fn plain(relation: Relation) -> Self {
        Self {
            relation,
            opened: Rc::default(),
        }
    }
}

/// What an organisation is to a case, and when its part ended.
type Party = (PartyRelation, Option<DateTime<Utc>>);

/// What the database holds.
pub struct Held {
    now: DateTime<Utc>,
    /// Rows with an id, by the name of their type; each with its case.
    pub rows: BTreeMap<&'static str, BTreeMap<Uuid, Option<Uuid>>>,
    parties: HashMap<(Uuid, Uuid), Party>,
    consents: HashMap<Uuid, Vec<Consent>>,
    consent: HashMap<Uuid, Consent>,
    requests: HashMap<Uuid, Asked>,
    asked_for: HashMap<Uuid, Vec<Asked>>,
    referrals: HashMap<Uuid, Referral>,
    referred: HashMap<Uuid, Vec<Referral>>,
    notices: HashMap<Uuid, Uuid>,
    told: HashSet<(Uuid, Uuid, Uuid)>,
    organisations: HashMap<Uuid, OrganisationKind>,
    organisers: HashMap<Uuid, Uuid>,
    lines: HashMap<Uuid, Vec<(Uuid, Uuid)>>,
    /// The mission that runs each case.
    pub senders: HashMap<Uuid, Uuid>,
    /// Everybody with a client.
    pub viewers: Vec<Viewer>,
}

#[derive(Clone)]
struct Consent {
    class: RecipientClass,
    purpose: String,
    category: ConsentCategory,
    recipient: Option<Uuid>,
    active: bool,
}

#[derive(Clone)]
struct Asked {
    post: Uuid,
    ended: Option<DateTime<Utc>>,
}

#[derive(Clone)]
struct Referral {
    sender: Uuid,
    recipient: Option<Uuid>,
    ended: bool,
}

/// The tables whose rows have an id of their own outside.
pub const NODES: &[(&str, &str, Option<&str>)] = &[
    ("Organisation", "organisations", None),
    ("Client", "clients", None),
    ("Case", "cases", Some("id")),
    ("Person", "persons", Some("case_id")),
    ("Consent", "consents", Some("case_id")),
    (
        "TravelDocumentRequest",
        "travel_document_requests",
        Some("case_id"),
    ),
    ("Itinerary", "itineraries", Some("case_id")),
    ("CashGrant", "cash_grants", Some("case_id")),
    ("ReintegrationPackage", "reintegration_packages", Some("case_id")),
    ("Notice", "notices", Some("case_id")),
    ("Referral", "referrals", Some("case_id")),
    ("Project", "projects", None),
    ("GrantRule", "grant_rules", None),
    ("ExchangeRate", "exchange_rates", None),
    ("Movement", "movements", None),
];

impl Held {
    /// Reads the database as it is now.
    #[expect(clippy::too_many_lines, reason = "one table after the other")]
    pub async fn read(bare: &Bare, now: DateTime<Utc>) -> Self {
        let mut rows = BTreeMap::new();
        for (of, table, case) in NODES {
            let read = bare.read(table, &["id", case.unwrap_or("NULL")]).await;
            let of_type = read
                .iter()
                .map(|row| (id(row[0].as_ref()).expect("an id"), id(row[1].as_ref())));
            rows.insert(*of, of_type.collect());
        }
        let mut held = Self {
            now,
            rows,
            parties: HashMap::new(),
            consents: HashMap::new(),
            consent: HashMap::new(),
            requests: HashMap::new(),
            asked_for: HashMap::new(),
            referrals: HashMap::new(),
            referred: HashMap::new(),
            notices: HashMap::new(),
            told: HashSet::new(),
            organisations: HashMap::new(),
            organisers: HashMap::new(),
            lines: HashMap::new(),
            senders: HashMap::new(),
            viewers: Vec::new(),
        };
        let named = |cell: &Option<String>| id(cell.as_ref()).expect("an id");
        for row in bare
            .read(
                "case_parties",
                &["organisation_id", "case_id", "relation", "ended_at"],
            )
            .await
        {
            let part = (word(row[2].as_ref()), moment(row[3].as_ref()));
            held.parties.insert((named(&row[0]), named(&row[1])), part);
        }
        let columns = [
            "id",
            "case_id",
            "recipient_class",
            "purpose",
            "category",
            "recipient_id",
            "revoked_at",
        ];
        for row in bare.read("consents", &columns).await {
            let consent = Consent {
                class: word(row[2].as_ref()),
                purpose: row[3].clone().unwrap_or_default(),
                category: word(row[4].as_ref()),
                recipient: id(row[5].as_ref()),
                active: row[6].is_none(),
            };
            held.consent.insert(named(&row[0]), consent.clone());
            held.consents.entry(named(&row[1])).or_default().push(consent);
        }
        let columns = ["id", "person_id", "consular_post_id", "ended_at"];
        for row in bare.read("travel_document_requests", &columns).await {
            let asked = Asked {
                post: named(&row[2]),
                ended: moment(row[3].as_ref()),
            };
            held.requests.insert(named(&row[0]), asked.clone());
            held.asked_for.entry(named(&row[1])).or_default().push(asked);
        }
        let columns = ["id", "person_id", "sender_id", "recipient_id", "ended_at"];
        for row in bare.read("referrals", &columns).await {
            let referral = Referral {
                sender: named(&row[2]),
                recipient: id(row[3].as_ref()),
                ended: row[4].is_some(),
            };
            held.referrals.insert(named(&row[0]), referral.clone());
            if let Some(person) = id(row[1].as_ref()) {
                held.referred.entry(person).or_default().push(referral);
            }
        }
        for row in bare
            .read("notices", &["id", "recipient_id", "case_id", "itinerary_id"])
            .await
        {
            held.notices.insert(named(&row[0]), named(&row[1]));
            if let (Some(case), Some(journey)) = (id(row[2].as_ref()), id(row[3].as_ref())) {
                held.told.insert((case, journey, named(&row[1])));
            }
        }
        for row in bare.read("organisations", &["id", "kind"]).await {
            held.organisations.insert(named(&row[0]), word(row[1].as_ref()));
        }
        for row in bare.read("movements", &["id", "organiser_id"]).await {
            held.organisers.insert(named(&row[0]), named(&row[1]));
        }
        for row in bare
            .read("manifest_lines", &["movement_id", "case_id", "itinerary_id"])
            .await
        {
            let line = (named(&row[1]), named(&row[2]));
            held.lines.entry(named(&row[0])).or_default().push(line);
        }
        for row in bare.read("cases", &["id", "sending_mission_id"]).await {
            held.senders.insert(named(&row[0]), named(&row[1]));
        }
        for row in bare
            .read("clients", &["client_id", "organisation_id", "rights", "purposes"])
            .await
        {
            let words = |cell: &Option<String>| -> Vec<String> {
                serde_json::from_str(cell.as_deref().unwrap_or("[]")).expect("a list of words")
            };
            let rights = words(&row[2]);
            let rights = rights.iter().map(|right| word(Some(right)));
            held.viewers.push(Viewer {
                client: row[0].clone().unwrap_or_default(),
                organisation: named(&row[1]),
                kind: held.organisations[&named(&row[1])],
                rights: rights.collect(),
                purposes: words(&row[3]),
            });
        }
        held
    }

    /// What a viewer is to the row of a type that an id of the database names; nothing where it does not reach it.
    pub fn parts(&self, viewer: &Viewer, of: &str, row: Uuid) -> Vec<Part> {
        use OrganisationKind::{Admin, Auditor, Dashboard, Mission, ServiceProvider};
        let Some(case) = self.rows.get(of).and_then(|rows| rows.get(&row)) else {
            return Vec::new();
        };
        let own = vec![Part::plain(Relation::of_kind(viewer.kind))];
        let kind = viewer.kind;
        let reached = match of {
            "Organisation" => {
                matches!(kind, Mission | Auditor | Admin)
                    || self.organisations[&row] != ServiceProvider
                    || row == viewer.organisation
            }
            "Client" => matches!(kind, Auditor | Admin),
            "Project" | "GrantRule" | "ExchangeRate" => matches!(kind, Mission | Auditor | Admin),
            "Notice" => {
                kind == Auditor
                    || (!matches!(kind, Admin | Dashboard) && self.notices[&row] == viewer.organisation)
            }
            "Movement" => return self.parts_in_a_movement(viewer, row),
            _ => {
                let Some(case) = case else { return Vec::new() };
                return self.parts_in_a_case(viewer, of, row, *case);
            }
        };
        if reached { own } else { Vec::new() }
    }

    fn parts_in_a_case(&self, viewer: &Viewer, of: &str, row: Uuid, case: Uuid) -> Vec<Part> {
        if viewer.kind == OrganisationKind::Auditor {
            return vec![Part::plain(Relation::Oversight)];
        }
        let Some((_, name)) = Resource::ALL.iter().find(|(_, name)| *name == of) else {
            panic!("what reaches a {of}?")
        };
        let resource = Resource::ALL
            .iter()
            .find(|(_, other)| other == name)
            .expect("itself")
            .0;
        let Some(relation) = self.within(viewer, resource, case) else {
            return Vec::new();
        };
        if own_only(resource, relation) && !self.concerns(viewer, of, row, case, relation) {
            return Vec::new();
        }
        vec![self.part(viewer, case, relation)]
    }

    fn part(&self, viewer: &Viewer, case: Uuid, relation: PartyRelation) -> Part {
        let relation = Relation::from(relation);
        let mut opened = BTreeSet::new();
        if let Some(class) = relation.recipient_class() {
            let of_case = self.consents.get(&case).into_iter().flatten();
            let holding = of_case.filter(|consent| consent.holds_for(class, viewer.organisation));
            opened.extend(holding.map(|consent| consent.category.code()));
        }
        Part {
            relation,
            opened: Rc::new(opened),
        }
    }

    /// The relation by which a viewer reaches rows of a kind on a case, its window being open and the case opened to it.
    fn within(&self, viewer: &Viewer, resource: Resource, case: Uuid) -> Option<PartyRelation> {
        let (relation, ended) = *self.parties.get(&(viewer.organisation, case))?;
        let open = self.is_open(relation, ended) && relations(resource).contains(&relation);
        let class = match relation {
            PartyRelation::Consular => Some(RecipientClass::Embassy),
            PartyRelation::Police => Some(RecipientClass::HostPolice),
            PartyRelation::Migration => Some(RecipientClass::HostMigration),
            PartyRelation::Service => Some(RecipientClass::ServiceProvider),
            PartyRelation::Sending | PartyRelation::Transit | PartyRelation::Receiving => None,
        };
        let consented = class.is_none_or(|class| {
            let mut given = self.consents.get(&case).into_iter().flatten();
            given.any(|consent| {
                consent.holds_for(class, viewer.organisation) && consent.category == class.opening()
            })
        });
        (open && consented).then_some(relation)
    }

    /// Whether something that ended then is still within the window of a relation (DOMAIN 4.6, row scope).
    fn is_open(&self, relation: PartyRelation, ended: Option<DateTime<Utc>>) -> bool {
        let length = match relation {
            PartyRelation::Sending | PartyRelation::Receiving => return true,
            PartyRelation::Transit => TimeDelta::hours(72),
            PartyRelation::Consular | PartyRelation::Migration => TimeDelta::days(30),
            PartyRelation::Police => TimeDelta::days(7),
            PartyRelation::Service => TimeDelta::zero(),
        };
        ended.is_none_or(|ended| ended > self.now - length)
    }

    /// Whether a row concerns the viewer's own organisation.
    fn concerns(&self, viewer: &Viewer, of: &str, row: Uuid, case: Uuid, relation: PartyRelation) -> bool {
        let organisation = viewer.organisation;
        let asked = |asked: &Asked| asked.post == organisation && self.is_open(relation, asked.ended);
        match of {
            "Person" if relation == PartyRelation::Service => {
                let mut referred = self.referred.get(&row).into_iter().flatten();
                referred.any(|referral| !referral.ended && referral.recipient == Some(organisation))
            }
            "Person" => self.asked_for.get(&row).into_iter().flatten().any(asked),
            "TravelDocumentRequest" => asked(&self.requests[&row]),
            "Referral" => {
                let referral = &self.referrals[&row];
                referral.sender == organisation || referral.recipient == Some(organisation)
            }
            "Consent" => {
                let consent = &self.consent[&row];
                match Relation::from(relation).recipient_class() {
                    _ if relation == PartyRelation::Receiving => consent.recipient.is_none(),
                    Some(class) => {
                        consent.class == class
                            && (!class.is_by_name() || consent.recipient == Some(organisation))
                    }
                    None => false,
                }
            }
            "Itinerary" => self.told.contains(&(case, row, organisation)),
            other => panic!("whose is a {other}?"),
        }
    }

    fn parts_in_a_movement(&self, viewer: &Viewer, movement: Uuid) -> Vec<Part> {
        if viewer.kind == OrganisationKind::Auditor {
            return vec![Part::plain(Relation::Oversight)];
        }
        if viewer.kind == OrganisationKind::Mission && self.organisers[&movement] == viewer.organisation {
            return vec![Part::plain(Relation::Sending)];
        }
        let lines = self.lines.get(&movement).into_iter().flatten();
        let reached = lines.filter_map(|(case, journey)| {
            let relation = self.within(viewer, Resource::Movement, *case)?;
            let told = self.told.contains(&(*case, *journey, viewer.organisation));
            (told || !own_only(Resource::Movement, relation)).then_some(relation)
        });
        let parts: BTreeSet<Relation> = reached
            .filter_map(|relation| match relation {
                PartyRelation::Receiving => Some(Relation::Receiving),
                PartyRelation::Sending | PartyRelation::Transit => Some(Relation::Transit),
                PartyRelation::Police => Some(Relation::Police),
                _ => None,
            })
            .collect();
        parts.into_iter().map(Part::plain).collect()
    }

    /// Every part that a viewer can have in some row, with everything opened: what is assumed of a row without a name.
    pub fn any_part(viewer: &Viewer) -> Vec<Part> {
        let all: BTreeSet<&str> = ConsentCategory::ALL.iter().map(|(_, code, _)| *code).collect();
        let all = Rc::new(all);
        let relations = Relation::possible_for(viewer.kind).iter();
        let part = |relation: &Relation| Part {
            relation: *relation,
            opened: Rc::clone(&all),
        };
        relations.map(part).collect()
    }
}

impl Consent {
    fn holds_for(&self, class: RecipientClass, organisation: Uuid) -> bool {
        self.active
            && self.class == class
            && self.purpose == class.purpose().code()
            && (!class.is_by_name() || self.recipient == Some(organisation))
    }
}

fn word<T: avrr_gateway::domain::code::Code>(cell: Option<&String>) -> T {
    let text = cell.expect("a word");
    T::from_code(text).unwrap_or_else(|| panic!("{text} is no word of the programme"))
}

fn moment(cell: Option<&String>) -> Option<DateTime<Utc>> {
    let text = cell?;
    let read = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%#z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f %:z"));
    Some(
        read.unwrap_or_else(|fault| panic!("{text} is no moment: {fault}"))
            .to_utc(),
    )
}
