//! Prints the tables: for people, for the golden files, and for the sentences of the schema.

use super::actions::Action;
use super::fields::{Access, Field, LINES, UNGOVERNED};
use super::relation::Relation;
use super::rows::{self, Resource};
use super::windows::Windows;
use crate::domain::code::Code;
use crate::domain::consent::Purpose;
use crate::domain::party::OrganisationKind;
use std::fmt::Write as _;

fn cell(access: Access) -> String {
    match access {
        Access::Full => "full".to_owned(),
        Access::Masked(mask) => format!("({})", mask.label()),
        Access::IfConsent(category) => format!("if consent {}", category.code().to_lowercase()),
        Access::Own => "own".to_owned(),
        Access::ToStaff(_) | Access::ToStaffIfConsent(..) => format!("({})", staff(access)),
        Access::Withheld => "-".to_owned(),
    }
}

/// Which staff a cell is for, and under which consent.
pub(super) fn staff(access: Access) -> String {
    match access {
        Access::ToStaff(right) => format!("{} staff", right.code().to_lowercase()),
        Access::ToStaffIfConsent(right, category) => format!(
            "{} staff if consent {}",
            right.code().to_lowercase(),
            category.code().to_lowercase()
        ),
        _ => String::new(),
    }
}

fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
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

/// The table of fields as aligned text.
#[must_use]
pub fn fields() -> String {
    let mut rows = vec![
        std::iter::once("field")
            .chain(Relation::ALL.map(|(_, name)| name))
            .chain(["why"])
            .map(str::to_owned)
            .collect(),
    ];
    for line in LINES {
        let cells = line.cells.iter().map(|access| cell(*access));
        rows.push(
            std::iter::once(line.name.to_owned())
                .chain(cells)
                .chain([line.why.to_owned()])
                .collect::<Vec<_>>(),
        );
    }
    let mut text = aligned(&rows);
    text.push_str("\nLines that tell of an asylum claim, or are a proxy for one; no consent opens them:\n");
    for line in LINES.iter().filter(|line| line.claim) {
        let _ = writeln!(text, "{}", line.name);
    }
    text.push_str("\nTypes that need no line:\n");
    text.push_str(&aligned(
        &UNGOVERNED
            .iter()
            .map(|(name, why)| vec![(*name).to_owned(), (*why).to_owned()])
            .collect::<Vec<_>>(),
    ));
    text
}

/// The table of rows as aligned text.
#[must_use]
pub fn reaches() -> String {
    let heading = ["rows", "viewer", "reaches"].map(str::to_owned).to_vec();
    let mut rows = vec![heading];
    for (resource, name) in Resource::ALL {
        for (kind, code, _) in OrganisationKind::ALL {
            rows.push(vec![
                (*name).to_owned(),
                (*code).to_owned(),
                reaches_of(*kind, *resource),
            ]);
        }
    }
    let mut text = aligned(&rows);
    text.push_str("\nCases, and what is of them or tells of them, are reached for these purposes alone:\n");
    let for_purposes = OrganisationKind::ALL.iter().map(|(kind, code, _)| {
        let purposes = rows::purposes(*kind).iter().map(|purpose| purpose.code());
        let purposes = purposes.collect::<Vec<_>>().join(", ");
        let purposes = if purposes.is_empty() {
            "none".to_owned()
        } else {
            purposes
        };
        vec![(*code).to_owned(), purposes]
    });
    text.push_str(&aligned(&for_purposes.collect::<Vec<_>>()));
    text
}

pub(super) fn reaches_of(kind: OrganisationKind, resource: Resource) -> String {
    let now = chrono::DateTime::UNIX_EPOCH;
    let mut viewer = nobody(kind);
    viewer.rights.extend(resource.right());
    match rows::reach(&viewer, resource, now, Windows::default()) {
        rows::Reach::Nothing => "none".to_owned(),
        rows::Reach::NotAbout(_) => {
            let right = resource.right().map(|right| format!("with the right {right} "));
            format!("{}all but those about itself", right.unwrap_or_default())
        }
        rows::Reach::Everything => "all".to_owned(),
        rows::Reach::Known(_) => "all but protection services, and itself".to_owned(),
        rows::Reach::AddressedTo(_) => "those addressed to it".to_owned(),
        rows::Reach::OfParty(reach) => {
            let parts: Vec<String> = reach.windows.iter().map(part).collect();
            let consent = reach
                .consent
                .map(|needed| {
                    let class = needed.class;
                    let category = class.opening().code().to_lowercase();
                    let whom = if class.is_by_name() {
                        "that names it as"
                    } else {
                        "for"
                    };
                    format!(
                        ", with an active consent to {category} data {whom} {}, given for {}",
                        class.code(),
                        needed.purpose.code()
                    )
                })
                .unwrap_or_default();
            format!("of cases where it is {}{consent}", parts.join("; "))
        }
    }
}

fn part(window: &rows::Window) -> String {
    let mut text = window.relation.code().to_lowercase();
    if let Some(length) = Windows::default().of(window.relation) {
        let (days, hours) = (length.num_days(), length.num_hours());
        let _ = if length.is_zero() {
            write!(text, " (until its part ends)")
        } else if hours % 24 == 0 && days > 3 {
            write!(text, " (until {days} days after its part)")
        } else {
            write!(text, " (until {hours} hours after its part)")
        };
    }
    if window.own_only {
        text.push_str(", only what concerns it");
    }
    text
}

/// A viewer of a kind, for what holds of all of them.
pub(super) fn nobody(kind: OrganisationKind) -> super::viewer::Viewer {
    super::viewer::Viewer {
        organisation: uuid::Uuid::nil().into(),
        kind,
        client: uuid::Uuid::nil().into(),
        client_id: "".into(),
        subject: "".into(),
        rights: Vec::new(),
        // The first that reaches anything; without one it makes no difference.
        purpose: rows::purposes(kind)
            .first()
            .copied()
            .unwrap_or(Purpose::Statistics),
        token: "".into(),
        issued_at: chrono::DateTime::UNIX_EPOCH,
        territory_profile: crate::domain::territory::TerritoryProfile::default(),
        documents_only: false,
        expires_at: chrono::DateTime::UNIX_EPOCH,
    }
}

/// The table of commands as aligned text.
#[must_use]
pub fn actions() -> String {
    let mut rows = vec![["command", "who may", "why"].map(str::to_owned).to_vec()];
    for (action, name, _, why) in Action::ALL {
        rows.push(vec![(*name).to_owned(), who_may(*action), (*why).to_owned()]);
    }
    aligned(&rows)
}

/// The relations that may, and the right that a client needs besides.
pub(super) fn who_may(action: Action) -> String {
    let relations = names(Action::ALL[action as usize].2);
    match action.right() {
        Some(right) => format!("{relations}; with the right {right}"),
        None => relations,
    }
}

fn names(relations: &[Relation]) -> String {
    let name = |relation: &Relation| Relation::ALL[*relation as usize].1;
    relations.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The sentence that the schema adds to a field: who may read it.
#[must_use]
pub fn sentence(field: Field) -> String {
    let mut full = Vec::new();
    let mut partly = Vec::new();
    for ((_, name), access) in Relation::ALL.iter().zip(field.line().cells) {
        match access {
            Access::Full => full.push(*name),
            Access::Masked(mask) => partly.push(format!("{name} ({})", mask.label())),
            Access::IfConsent(category) => {
                partly.push(format!("{name} (if consent {})", category.code().to_lowercase()));
            }
            Access::Own => partly.push(format!("{name} (own)")),
            Access::ToStaff(_) | Access::ToStaffIfConsent(..) => {
                partly.push(format!("{name} ({})", staff(access)));
            }
            Access::Withheld => {}
        }
    }
    let mut sentence = match full.as_slice() {
        [] => "Read in full by nobody".to_owned(),
        names => format!("Read by: {}", names.join(", ")),
    };
    if !partly.is_empty() {
        let _ = write!(sentence, "; in part by: {}", partly.join(", "));
    }
    sentence.push('.');
    sentence
}

/// The sentence that the schema adds to a command: who may.
#[must_use]
pub fn action_sentence(action: Action) -> String {
    format!("For: {}.", who_may(action))
}
