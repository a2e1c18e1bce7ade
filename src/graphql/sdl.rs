//! The schema as one kind of viewer can use it: without the fields that no row would ever show it, the commands that it
//! may never give, and whatever nothing points to any more.

use crate::domain::party::OrganisationKind;
use crate::policy::actions::Action;
use crate::policy::fields::{Access, LINES};
use crate::policy::relation::Relation;
use std::collections::BTreeSet;

/// A definition: its head line with what stands above it, and its members.
struct Definition {
    name: String,
    above: Vec<String>,
    head: String,
    members: Vec<Member>,
    closed: bool,
}

/// A member of a definition, with the lines that describe it.
struct Member {
    name: String,
    lines: Vec<String>,
}

/// The definitions of a schema that a kind of viewer can use.
#[must_use]
pub fn as_kind(whole: &str, kind: OrganisationKind) -> String {
    let mut definitions = read(whole);
    let relations = Relation::possible_for(kind);
    let shown = |name: &str| {
        let line = LINES.iter().find(|line| line.name == name);
        line.is_none_or(|line| {
            relations
                .iter()
                .any(|relation| line.cells[*relation as usize] != Access::Withheld)
        })
    };
    let permitted = |name: &str| {
        let action = Action::ALL.iter().find(|(_, action, ..)| *action == name);
        action.is_none_or(|(action, ..)| relations.iter().any(|relation| action.is_for(*relation)))
    };
    for definition in &mut definitions {
        let owner = definition.name.clone();
        definition.members.retain(|member| match owner.as_str() {
            "Mutation" => permitted(&member.name),
            owner => shown(&format!("{owner}.{}", member.name)),
        });
    }
    drop_dangling(&mut definitions);
    drop_unreached(&mut definitions);
    definitions
        .iter()
        .map(Definition::text)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Definitions without members go, and members that name them, until nothing dangles.
fn drop_dangling(definitions: &mut Vec<Definition>) {
    loop {
        let empty: BTreeSet<String> = definitions
            .iter()
            .filter(|definition| definition.closed && definition.members.is_empty())
            .map(|definition| definition.name.clone())
            .collect();
        if empty.is_empty() {
            return;
        }
        definitions.retain(|definition| !empty.contains(&definition.name));
        for definition in definitions.iter_mut() {
            definition
                .members
                .retain(|member| member.words().all(|word| !empty.contains(word)));
        }
    }
}

/// Definitions that cannot be reached from the roots go.
fn drop_unreached(definitions: &mut Vec<Definition>) {
    let mut reached: BTreeSet<String> = ["Query", "Mutation", "Subscription", "schema"]
        .map(str::to_owned)
        .into();
    loop {
        let before = reached.len();
        let nodes: Vec<String> = definitions
            .iter()
            .filter(|definition| reached.contains("Node") && definition.head.contains("implements Node"))
            .map(|definition| definition.name.clone())
            .collect();
        let named = definitions
            .iter()
            .filter(|definition| reached.contains(&definition.name));
        let named: Vec<String> = named
            .flat_map(|definition| {
                definition
                    .members
                    .iter()
                    .flat_map(Member::words)
                    .chain(words(&definition.head))
            })
            .map(str::to_owned)
            .collect();
        reached.extend(named);
        reached.extend(nodes);
        if reached.len() == before {
            break;
        }
    }
    definitions
        .retain(|definition| definition.head.starts_with("directive") || reached.contains(&definition.name));
}

impl Definition {
    fn text(&self) -> String {
        let mut lines = self.above.clone();
        lines.push(self.head.clone());
        if self.closed {
            lines.extend(self.members.iter().flat_map(|member| member.lines.clone()));
            lines.push("}".to_owned());
        }
        lines.join("\n") + "\n"
    }
}

impl Member {
    fn words(&self) -> impl Iterator<Item = &str> {
        self.lines
            .iter()
            .filter(|line| !line.trim_start().starts_with('"'))
            .flat_map(|line| words(line))
    }
}

/// The names in a line, outside of descriptions.
fn words(line: &str) -> impl Iterator<Item = &str> {
    // Quoted text stands at the odd places between quotation marks.
    let unquoted = line.split('"').step_by(2);
    unquoted
        .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric() && letter != '_'))
        .filter(|word| !word.is_empty())
}

fn read(whole: &str) -> Vec<Definition> {
    let mut definitions = Vec::new();
    let mut above = Vec::new();
    let mut lines = whole.lines();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            continue;
        }
        if line.starts_with('"') {
            above.push(line.to_owned());
            // A description of several lines ends with a line of its own.
            if line == "\"\"\"" {
                above.extend(
                    lines
                        .by_ref()
                        .take_while(|line| *line != "\"\"\"")
                        .map(str::to_owned),
                );
                above.push("\"\"\"".to_owned());
            }
            continue;
        }
        let mut head = words(line);
        let first = head.next().unwrap_or_default();
        let name = if first == "schema" {
            first
        } else {
            head.next().unwrap_or_default()
        };
        let closed = line.ends_with('{');
        let members = if closed {
            read_members(&mut lines)
        } else {
            Vec::new()
        };
        definitions.push(Definition {
            name: name.to_owned(),
            above: std::mem::take(&mut above),
            head: line.to_owned(),
            members,
            closed,
        });
    }
    definitions
}

fn read_members<'l>(lines: &mut impl Iterator<Item = &'l str>) -> Vec<Member> {
    let mut members = Vec::new();
    let mut gathered: Vec<String> = Vec::new();
    let mut described = false;
    for line in lines {
        if line == "}" {
            break;
        }
        gathered.push(line.to_owned());
        let text = line.trim_start();
        if text == "\"\"\"" {
            described = !described;
            continue;
        }
        if described || text.starts_with('"') {
            continue;
        }
        // Arguments with descriptions stand on lines of their own, up to the closing parenthesis.
        let whole = gathered.join(" ");
        let unquoted: String = whole.split('"').step_by(2).collect();
        if unquoted.matches('(').count() > unquoted.matches(')').count() {
            continue;
        }
        let name = gathered
            .iter()
            .map(|line| line.trim_start())
            .find(|line| !line.starts_with('"'));
        let name = name
            .and_then(|line| words(line).next())
            .unwrap_or_default()
            .to_owned();
        members.push(Member {
            name,
            lines: std::mem::take(&mut gathered),
        });
    }
    members
}
