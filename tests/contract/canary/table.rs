//! The table of fields, read once more and not by the code under test.

use super::held::{Part, Viewer};
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::policy::fields::{Access, LINES, Line};
use avrr_gateway::policy::relation::Relation;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is shown of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    Withheld,
    Masked,
    Full,
}

/// The table, perhaps with a cell that is closed to see whether anybody notices.
#[derive(Clone)]
pub struct Table {
    lines: HashMap<&'static str, &'static Line>,
    governed: BTreeSet<&'static str>,
    of_no_case: BTreeSet<&'static str>,
    closed: Option<(&'static str, Relation)>,
}

impl Table {
    /// The table as it is.
    pub fn read() -> Self {
        let mut of_no_case = BTreeMap::new();
        for line in LINES {
            let (of, _) = line.name.split_once('.').expect("Type.field");
            let first = [Relation::Sending, Relation::Transit, Relation::Receiving];
            let none = first
                .iter()
                .all(|part| line.cells[*part as usize] == Access::Withheld);
            *of_no_case.entry(of).or_insert(true) &= none;
        }
        Self {
            lines: LINES.iter().map(|line| (line.name, line)).collect(),
            governed: of_no_case.keys().copied().collect(),
            of_no_case: of_no_case
                .into_iter()
                .filter(|(_, none)| *none)
                .map(|(of, _)| of)
                .collect(),
            closed: None,
        }
    }

    /// The same table with one cell closed.
    pub fn without(&self, line: &'static str, relation: Relation) -> Self {
        Self {
            closed: Some((line, relation)),
            ..self.clone()
        }
    }

    /// A line by its name.
    pub fn named(&self, name: &str) -> Option<&'static Line> {
        self.lines.get(name).copied()
    }

    /// Whether rows of a type have lines at all.
    pub fn governs(&self, of: &str) -> bool {
        self.governed.contains(of)
    }

    /// Whether rows of a type belong to no case, so that the kind of organisation alone decides.
    pub fn is_of_no_case(&self, of: &str) -> bool {
        self.of_no_case.contains(of)
    }

    /// What a viewer with a part in a row is shown of a field of it.
    pub fn shows(&self, name: &str, part: &Part, viewer: &Viewer) -> Sight {
        let Some(line) = self.named(name) else {
            return Sight::Withheld;
        };
        if self.closed == Some((line.name, part.relation)) {
            return Sight::Withheld;
        }
        let open = |yes: bool| if yes { Sight::Full } else { Sight::Withheld };
        match line.cells[part.relation as usize] {
            Access::Full => Sight::Full,
            Access::Masked(_) => Sight::Masked,
            Access::IfConsent(category) => open(part.opened.contains(category.code())),
            Access::ToStaff(right) => open(viewer.rights.contains(&right)),
            Access::ToStaffIfConsent(right, category) => {
                open(viewer.rights.contains(&right) && part.opened.contains(category.code()))
            }
            // Which rows are whose own is for the stories of claims and of objections.
            Access::Own => Sight::Full,
            Access::Withheld => Sight::Withheld,
        }
    }
}
