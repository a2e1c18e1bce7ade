//! Prints the tables as a page for people: for each kind of viewer which rows it reaches, what it sees of them, and what it
//! may do. It says nothing that the tables do not say.

use super::actions::Action;
use super::fields::{Access, LINES, Line};
use super::mask::Mask;
use super::relation::Relation;
use super::render::{reaches_of, staff};
use super::rows::{self, Resource};
use crate::domain::code::Code;
use crate::domain::consent::ConsentCategory;
use crate::domain::party::OrganisationKind;
use std::fmt::Write as _;

const PREFACE: &str = "# Permissions

For each kind of viewer: which rows it can reach, what it sees of them, and which commands it may give. This is for whoever
answers for data protection, and for partners who wish to know what they will be shown, and what others are shown.

How to read it:

- Rows: *of cases where it is …* says which part the organisation has in the case, *until …* for how long after that part has
  ended, and *only what concerns it* that of these cases it reaches what is about it or was asked of it, and no more.
- What has no line here is withheld too. A field that is withheld is `null` and is named in the answer (`extensions.redactions`), so
  that *not told* and *not there* stay apart.
- *In part* names in brackets what is left of the value; the list is at the end.
- *Under a condition*: a field with a category of consent is shown while the person consents that this kind of recipient
  learns it, and no longer; *own* is what the viewer's organisation wrote itself or what is addressed to it; *staff* are
  those clients alone that were given the right.
- A field with † tells of an asylum claim or lets one guess. No consent opens it to anybody.
- Windows are those of the default settings (`[windows]`).

Why a field is as it is, line by line, is in [fields.txt](../tests/golden/fields.txt); why a command is for whom it is, below.
Names are those of [schema.graphql](../schema.graphql), where each says what it is.

This page is printed from the program (`src/policy/`), and a test holds it current: run
`UPDATE_GOLDEN=1 cargo test --test contract -- permissions` after a change.
";

/// The page, in Markdown; `shows` says whether anything leads a kind to a type, or to a field of one.
#[must_use]
pub fn page(shows: &dyn Fn(OrganisationKind, &str, Option<&str>) -> bool) -> String {
    let mut text = PREFACE.to_owned();
    for (kind, code, meaning) in OrganisationKind::ALL {
        let _ = writeln!(text, "\n## {}: `{code}`\n\n{meaning}", title(*kind));
        purposes(&mut text, *kind);
        reached(&mut text, *kind);
        for relation in Relation::possible_for(*kind) {
            seen(&mut text, *kind, *relation, shows);
        }
        if *kind == OrganisationKind::Auditor {
            text.push_str(
                "\nWhile an access to a case is open that somebody else approved (`requestBreakGlass`), it sees of that case the more \
                 open of this and what the sending mission sees, without what only some of its staff see.\n",
            );
        }
        commands(&mut text, *kind);
    }
    legend(&mut text);
    text
}

fn title(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Mission => "IOM missions",
        OrganisationKind::ConsularPost => "Embassies and consulates",
        OrganisationKind::Police => "Police",
        OrganisationKind::MigrationAuthority => "Migration authorities",
        OrganisationKind::Dashboard => "Dashboards",
        OrganisationKind::ServiceProvider => "Protection services",
        OrganisationKind::Auditor => "Oversight",
        OrganisationKind::Admin => "Administration",
    }
}

fn heading(relation: Relation) -> &'static str {
    match relation {
        Relation::Sending => {
            "What it sees as the sending mission of a case, or as the organiser of a movement"
        }
        Relation::Transit => "What it sees as a mission on the way",
        Relation::Receiving => "What it sees as the receiving mission",
        Relation::Mission => "What it sees of rows that belong to no case",
        _ => "What it sees",
    }
}

fn purposes(text: &mut String, kind: OrganisationKind) {
    let purposes = rows::purposes(kind).iter().map(|purpose| code(purpose.code()));
    let purposes: Vec<String> = purposes.collect();
    let _ = match purposes.as_slice() {
        [] => writeln!(text, "\nIt reaches no case, and nothing that tells of one."),
        some => writeln!(
            text,
            "\nCases, and what is of them, it reaches for these purposes alone: {}.",
            some.join(", ")
        ),
    };
}

/// The rows by the reach that they share, each with the names of the types.
fn reached(text: &mut String, kind: OrganisationKind) {
    let mut by_reach: Vec<(String, Vec<String>)> = Vec::new();
    for (resource, names) in Resource::ALL {
        let reach = reaches_of(kind, *resource);
        let names = names.split(", ").map(code).collect::<Vec<_>>();
        match by_reach.iter_mut().find(|(known, _)| *known == reach) {
            Some((_, all)) => all.extend(names),
            None => by_reach.push((reach, names)),
        }
    }
    let (none, some): (Vec<_>, Vec<_>) = by_reach.into_iter().partition(|(reach, _)| reach == "none");
    text.push_str("\n### Rows\n\n| rows | which of them |\n|---|---|\n");
    for (reach, names) in some {
        let _ = writeln!(text, "| {} | {reach} |", names.join(", "));
    }
    for (_, names) in none {
        let _ = writeln!(text, "\nNone of: {}.", names.join(", "));
    }
}

/// What a relation lets through, type by type.
fn seen(
    text: &mut String,
    kind: OrganisationKind,
    relation: Relation,
    shows: &dyn Fn(OrganisationKind, &str, Option<&str>) -> bool,
) {
    let mut types: Vec<(&str, Vec<(&str, &Line)>)> = Vec::new();
    for line in LINES {
        let Some((of, field)) = line.name.split_once('.') else {
            continue;
        };
        match types.iter_mut().find(|(known, _)| *known == of) {
            Some((_, fields)) => fields.push((field, line)),
            None => types.push((of, vec![(field, line)])),
        }
    }
    // A row of a case has another relation, and one of no case has only this.
    types.retain(|(of, fields)| {
        let opens = |(_, line): &(&str, &Line)| line.cells[relation as usize] != Access::Withheld;
        shows(kind, of, None) && fields.iter().any(opens)
    });
    if types.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n### {}\n\n| of | in full | in part | under a condition | withheld |\n|---|---|---|---|---|",
        heading(relation)
    );
    for (of, fields) in types {
        let mut cells: [Vec<String>; 4] = Default::default();
        for (field, line) in fields {
            let name = format!("`{field}`{}", if line.claim { "†" } else { "" });
            // What nothing leads to is as good as withheld.
            let access = if shows(kind, of, Some(field)) {
                line.cells[relation as usize]
            } else {
                Access::Withheld
            };
            let (cell, told) = match access {
                Access::Full => (0, name),
                Access::Masked(mask) => (1, format!("{name} ({})", mask.label())),
                Access::IfConsent(category) => (2, format!("{name} ({})", consent(category))),
                Access::Own => (2, format!("{name} (own)")),
                Access::ToStaff(_) | Access::ToStaffIfConsent(..) => {
                    (2, format!("{name} ({})", staff(access)))
                }
                Access::Withheld => (3, name),
            };
            cells[cell].push(told);
        }
        let [full, partly, conditional, withheld] = cells.map(|names| names.join(", "));
        let _ = writeln!(
            text,
            "| **{of}** | {full} | {partly} | {conditional} | {withheld} |"
        );
    }
}

fn consent(category: ConsentCategory) -> String {
    format!("consent {}", category.code().to_lowercase())
}

/// The commands of a kind, each with what it has to be to the row.
fn commands(text: &mut String, kind: OrganisationKind) {
    let possible = Relation::possible_for(kind);
    let mut lines = Vec::new();
    for (action, name, permitted, why) in Action::ALL {
        let permitted = permitted.iter().filter(|relation| possible.contains(relation));
        let names = permitted.map(|relation| Relation::ALL[*relation as usize].1);
        let names: Vec<&str> = names.collect();
        if names.is_empty() {
            continue;
        }
        let right = action
            .right()
            .map_or_else(String::new, |right| code(right.code()));
        let whom = if possible.len() > 1 {
            format!(" {} |", names.join(", "))
        } else {
            String::new()
        };
        lines.push(format!("| `{name}` |{whom} {right} | {why} |\n"));
    }
    text.push_str("\n### Commands\n\n");
    if lines.is_empty() {
        text.push_str("None.\n");
        return;
    }
    text.push_str(if possible.len() > 1 {
        "| command | as | right | why |\n|---|---|---|---|\n"
    } else {
        "| command | right | why |\n|---|---|---|\n"
    });
    text.extend(lines);
}

/// What the words in brackets mean.
fn legend(text: &mut String) {
    text.push_str(
        "\n## What is left of a value that is shown in part\n\n| in brackets | what is shown |\n|---|---|\n",
    );
    let mut told = Vec::new();
    for access in LINES.iter().flat_map(|line| line.cells) {
        if let Access::Masked(mask) = access
            && !told.contains(&mask)
        {
            told.push(mask);
            let _ = writeln!(text, "| {} | {} |", mask.label(), meaning(mask));
        }
    }
    text.push_str("\n## What a consent opens\n\n| consent | what it opens |\n|---|---|\n");
    for (_, category, meaning) in ConsentCategory::ALL {
        let _ = writeln!(text, "| {} | {meaning} |", category.to_lowercase());
    }
}

fn meaning(mask: Mask) -> &'static str {
    match mask {
        Mask::Initials => "the first letters of a name",
        Mask::LastThree => "the last three characters",
        Mask::LastFour => "the last four characters",
        Mask::Year => "the year alone",
        Mask::AgeBand => "an age band; of a child the date of birth in full",
        Mask::Day => "the day alone, without the hour",
        Mask::Exists => "whether there is a value, not which",
        Mask::Activity => "whether the case goes on or not",
        Mask::Phase => "how far the case is, in the few words that an authority needs",
        Mask::Readiness => "whether a document is pending or ready",
        Mask::NotDisclosed => "that there is some status, not which",
        Mask::Refused => "that it was refused, not why",
        Mask::Escort => "that somebody travels along, not why",
        Mask::Travelling => "whether somebody travels, not why not",
        Mask::Authority => "that an authority did it, not which",
    }
}

fn code(word: &str) -> String {
    format!("`{word}`")
}
