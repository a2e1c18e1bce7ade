//! Everybody looks at the case by every way, and each answer is held to the table, the consents and the window.

use super::seats::{Seat, Variant};
use super::{Place, window};
use crate::matrix::questions;
use crate::matrix::truth::ON_A_CASE;
use crate::sdl::Sdl;
use crate::support::services::{PROTECTION, SERVICE};
use crate::support::{Actor, Answer, Case, World};
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::graphql::sdl;
use avrr_gateway::policy::fields::{Access, LINES, Line};
use avrr_gateway::policy::relation::Relation;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The case under watch.
pub struct Watch<'a> {
    world: &'a World,
    seats: Vec<Seat>,
    case: Case,
    sdl: Sdl,
    signed: bool,
    /// What holds, by class.
    holds: BTreeSet<(&'static str, &'static str)>,
    /// The ids that each client has met, with the type of their rows.
    met: BTreeMap<String, BTreeSet<(&'static str, String)>>,
    told: Vec<[String; 5]>,
    cells: usize,
    asked: usize,
}

/// What one look found.
struct Seen {
    rows: usize,
    opened: BTreeSet<&'static str>,
}

impl<'a> Watch<'a> {
    pub fn new(world: &'a World, seats: Vec<Seat>, case: Case) -> Self {
        Self {
            world,
            seats,
            case,
            sdl: Sdl::read(&sdl(None)),
            signed: false,
            holds: BTreeSet::new(),
            met: BTreeMap::new(),
            told: Vec::new(),
            cells: 0,
            asked: 0,
        }
    }

    /// The form is signed: everything holds that can be consented to, but for a service, which has to be named.
    pub fn has_signed(&mut self) {
        self.signed = true;
        for seat in &self.seats {
            let lines = seat.form().into_iter().flatten();
            self.holds
                .extend(lines.map(|(class, _, category)| (class, category)));
        }
    }

    /// The persons let a service know what protects them.
    pub async fn signs_for_the_service(&mut self) {
        let pristina = self.world.mission("Pristina");
        pristina.records_consent_naming(&self.case, SERVICE).await.await;
        self.holds.insert((PROTECTION.0, PROTECTION.2));
    }

    /// Everybody looks, under every consent where the case can be reached and under all where it cannot.
    pub async fn everybody_looks(&mut self, place: Place) {
        for nth in 0..self.seats.len() {
            let seat = &self.seats[nth];
            let possible = seat.variants();
            let last = possible.len() - 1;
            let edge = place >= Place::TransitCloses;
            // At an edge a command would let time pass.
            let in_turn = self.signed && !edge && seat.reaches(place, seat.categories);
            let variants = if in_turn {
                possible
            } else {
                possible[last..].to_vec()
            };
            for variant in variants {
                self.looks(nth, place, variant, in_turn).await;
            }
        }
    }

    async fn looks(&mut self, nth: usize, place: Place, (name, consented): Variant, in_turn: bool) {
        if in_turn {
            self.consents_to(nth, &consented).await;
        }
        let seat = &self.seats[nth];
        let holding: Vec<&'static str> = match seat.class {
            Some((class, _)) => {
                let of_class = self.holds.iter().filter(|(of, _)| *of == class);
                of_class.map(|(_, category)| *category).collect()
            }
            None => Vec::new(),
        };
        let reaches = seat.reaches(place, &holding);
        let (actor, relation) = (seat.actor.clone(), seat.relation);
        let what = format!("{} at {:?} under {name}", actor.client, place);
        let seen = if reaches {
            self.sees_what_the_table_says(&actor, relation, &holding, &what)
                .await
        } else {
            self.finds_nothing(&actor, relation, &what).await
        };
        assert_eq!(seen.rows > 0, reaches, "{what}");
        let (_, column) = Relation::ALL[relation as usize];
        let under = if self.signed { name } else { "-".to_owned() };
        let opened: Vec<&str> = seen.opened.into_iter().collect();
        let reached = if reaches { "reaches it" } else { "no" };
        // A relation that never reaches a case is told of once.
        if window(relation).is_some() || place == Place::Opened {
            self.told.push([
                column.to_owned(),
                place.name().to_owned(),
                under,
                reached.to_owned(),
                opened.join(", "),
            ]);
        }
    }

    /// Lets exactly these categories hold for the class of a viewer.
    async fn consents_to(&mut self, nth: usize, consented: &[&'static str]) {
        let seat = &self.seats[nth];
        let Some((class, purpose)) = seat.class else {
            return;
        };
        let pristina = self.world.mission("Pristina");
        for category in seat.categories {
            let holds = self.holds.contains(&(class, *category));
            match (holds, consented.contains(category)) {
                (true, false) => {
                    pristina
                        .revokes_consent(&self.case, (class, purpose, *category))
                        .await;
                    self.holds.remove(&(class, *category));
                }
                (false, true) if seat.relation == Relation::Service => {
                    pristina.records_consent_naming(&self.case, SERVICE).await.await;
                    self.holds.insert((class, *category));
                }
                (false, true) => {
                    pristina
                        .records_consent(&self.case, (class, purpose, *category))
                        .await;
                    self.holds.insert((class, *category));
                }
                _ => {}
            }
        }
    }

    /// Every field of every type of the case is withheld, masked or shown as the cell says.
    async fn sees_what_the_table_says(
        &mut self,
        actor: &Actor,
        relation: Relation,
        holding: &[&str],
        what: &str,
    ) -> Seen {
        let mut seen = Seen {
            rows: 0,
            opened: BTreeSet::new(),
        };
        let of_the_case = |name: &&str| ON_A_CASE.contains(name) && *name != "Disclosure";
        // What the ledger says of who read the case has stories of its own.
        for type_name in questions::types().filter(of_the_case) {
            let query = questions::question(&self.sdl, type_name);
            let answer = actor.ask(&query, json!({})).await;
            self.asked += 1;
            let data = answer.clone().ok();
            for found in questions::found(type_name, &data) {
                seen.rows += usize::from(type_name == "Case");
                if let Some(id) = found.row["id"].as_str() {
                    let met = self.met.entry(actor.client.clone()).or_default();
                    met.insert((type_name, id.to_owned()));
                }
                for line in LINES.iter().filter(|line| of(line) == type_name) {
                    let path = format!("{}.{}", found.path, field(line));
                    let value = &found.row[field(line)];
                    self.cells += 1;
                    let cell = line.cells[relation as usize];
                    let shown = is_shown(cell, relation, holding);
                    let said = answer.redaction(&path);
                    let at = format!("{} at {path}, {what}", line.name);
                    match cell {
                        Access::Masked(_) => assert_eq!(said, Some("MASKED"), "{at}"),
                        _ if shown => assert_eq!(said, None, "{at}"),
                        _ => assert_eq!((said, value), (Some("WITHHELD"), &Value::Null), "{at}"),
                    }
                    if shown && matches!(cell, Access::IfConsent(_)) {
                        seen.opened.insert(line.name);
                    }
                }
            }
        }
        seen
    }

    /// By no way is there a row: in no listing, count or filter, by no id that was known before, and behind no notice.
    async fn finds_nothing(&mut self, actor: &Actor, relation: Relation, what: &str) -> Seen {
        let query = "{
            cases(first: 100) { totalCount nodes { id } }
            travelDocumentRequests { totalCount nodes { id } } itineraries { totalCount nodes { id } }
            movements { totalCount nodes { id } } cashGrants { totalCount nodes { id } }
            reintegrationPackages { totalCount nodes { id } } referrals { totalCount nodes { id } } }";
        let answer = actor.ask(query, json!({})).await;
        assert_eq!(answer.redacted(), Vec::<String>::new(), "{what}");
        let data = answer.ok();
        let listings = data.as_object().expect("listings");
        for (listing, page) in listings {
            assert_eq!(
                *page,
                json!({ "totalCount": 0, "nodes": [] }),
                "{listing}, {what}"
            );
        }
        self.filters_find_nothing(actor, relation, what).await;
        let met = self.met.get(&actor.client).cloned().unwrap_or_default();
        let ids: Vec<&String> = met.iter().map(|(_, id)| id).collect();
        for some in ids.chunks(100) {
            let answer = actor
                .ask(
                    "query($ids: [ID!]!) { nodes(ids: $ids) { id } }",
                    json!({ "ids": some }),
                )
                .await;
            let nulls = vec![Value::Null; some.len()];
            assert_eq!(answer.ok()["nodes"], Value::Array(nulls), "{what}");
        }
        self.notices_lead_nowhere(actor, what).await;
        self.asked += 3;
        Seen {
            rows: 0,
            opened: BTreeSet::new(),
        }
    }

    /// A filter finds nothing, or is refused because this kind of viewer never sees what it asks for.
    async fn filters_find_nothing(&self, actor: &Actor, relation: Relation, what: &str) {
        let query = "{ cases(filter: { territory: \"XKX\" }) { totalCount nodes { id } } }";
        let answer = actor.ask(query, json!({})).await;
        let line = LINES.iter().find(|line| line.name == "Case.hostTerritory");
        let cell = line.map(|line| line.cells[relation as usize]);
        if cell == Some(Access::Full) {
            assert_eq!(
                answer.ok()["cases"],
                json!({ "totalCount": 0, "nodes": [] }),
                "{what}"
            );
        } else if answer.errors.is_empty() {
            // A mission that has no part in this case may have one in another.
            assert_eq!(relation, Relation::Mission, "{what}");
            assert_eq!(answer.ok()["cases"]["totalCount"], 0, "{what}");
        } else {
            answer.is_refused("FIELD_WITHHELD");
        }
    }

    async fn notices_lead_nowhere(&self, actor: &Actor, what: &str) {
        let query =
            "{ notices(first: 100) { nodes { case { id } itinerary { id } travelDocumentRequest { id } } } }";
        let answer: Answer = actor.ask(query, json!({})).await;
        let data = answer.ok();
        for notice in data["notices"]["nodes"].as_array().expect("notices") {
            let nowhere = json!({ "case": null, "itinerary": null, "travelDocumentRequest": null });
            assert_eq!(*notice, nowhere, "{what}");
        }
    }

    /// What everybody saw, as text.
    pub fn told(&self) -> String {
        eprintln!(
            "{} looks, {} requests, {} cells asserted",
            self.told.len(),
            self.asked,
            self.cells
        );
        let heading = [
            "relation",
            "place",
            "consented to",
            "the case",
            "what consents opened besides",
        ];
        let heading = heading.map(str::to_owned);
        let mut rows: Vec<&[String; 5]> = self.told.iter().collect();
        rows.sort_by_key(|row| Relation::ALL.iter().position(|(_, name)| *name == row[0]));
        let rows: Vec<&[String; 5]> = std::iter::once(&heading).chain(rows).collect();
        let width = |column: usize| {
            rows.iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..heading.len()).map(width).collect();
        let mut text = String::from(
            "Who reaches one case, from its opening to long after the departure; and which fields the consents open that hold.\n\n",
        );
        for row in rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let _ = write!(line, "{cell:<width$}  ");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// Whether a cell shows something in full to a clerk, of whom the migration authority is the one that was asked.
fn is_shown(cell: Access, relation: Relation, holding: &[&str]) -> bool {
    match cell {
        Access::Full => true,
        Access::IfConsent(category) => holding.contains(&category.code()),
        Access::Own => relation == Relation::Migration,
        Access::Masked(_) | Access::Withheld | Access::ToStaff(_) | Access::ToStaffIfConsent(..) => false,
    }
}

fn of(line: &Line) -> &'static str {
    line.name.split_once('.').map_or("", |(of, _)| of)
}

fn field(line: &Line) -> &'static str {
    line.name.split_once('.').map_or("", |(_, field)| field)
}
