//! The column of the table that applies to one row, narrowed by consent.

use super::fields::{Access, Field, Line};
use super::mask::Mask;
use super::relation::Relation;
use crate::domain::consent::ConsentCategory;
use crate::domain::party::ClientRight;
use crate::ids::{CaseId, PersonId};
use chrono::NaiveDate;
use uuid::Uuid;

/// The categories of data that the persons of a row have opened to the viewer's class of recipient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consented(u16);

impl Consented {
    /// With one more category.
    #[must_use]
    pub fn with(self, category: ConsentCategory) -> Self {
        Self(self.0 | 1 << category as u8)
    }

    /// Whether a category is opened.
    #[must_use]
    pub fn includes(self, category: ConsentCategory) -> bool {
        self.0 & (1 << category as u8) != 0
    }
}

/// The rights of the client that reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entitled(u8);

impl From<&[ClientRight]> for Entitled {
    fn from(rights: &[ClientRight]) -> Self {
        Self(rights.iter().fold(0, |all, right| all | 1 << *right as u8))
    }
}

impl Entitled {
    /// Whether the client has a right.
    #[must_use]
    pub fn includes(self, right: ClientRight) -> bool {
        self.0 & (1 << right as u8) != 0
    }
}

/// Whom a row is about, for the disclosure ledger; it opens nothing and hides nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The case that the row hangs on.
    pub case: Option<CaseId>,
    /// The one person that it is about; none where it is about the case as a whole.
    pub person: Option<PersonId>,
    /// Whether the viewer works on the case itself, although its relation to the row is another.
    pub own_work: bool,
}

/// How one row is seen by one viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lens {
    relation: Relation,
    consented: Consented,
    entitled: Entitled,
    own: bool,
    break_glass: Option<Uuid>,
    today: NaiveDate,
    about: About,
}

/// What a lens lets through of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The value.
    Full,
    /// The value under a mask.
    Masked(Mask),
    /// Nothing.
    Withheld,
}

impl Lens {
    /// The lens of a relation, with what was consented to and the day that ages are counted on.
    #[must_use]
    pub fn new(relation: Relation, consented: Consented, today: NaiveDate) -> Self {
        Self {
            relation,
            consented,
            entitled: Entitled::default(),
            own: false,
            break_glass: None,
            today,
            about: About::default(),
        }
    }

    /// The same lens on a row of this case.
    #[must_use]
    pub fn on_case(mut self, case: CaseId) -> Self {
        self.about.case = Some(case);
        self
    }

    /// The same lens on a row about this person.
    #[must_use]
    pub fn about_person(mut self, person: PersonId) -> Self {
        self.about.person = Some(person);
        self
    }

    /// The same lens in the hands of whoever works on the case itself, or does not.
    #[must_use]
    pub fn at_work(mut self, own_work: bool) -> Self {
        self.about.own_work = own_work;
        self
    }

    /// Whom the row is about.
    #[must_use]
    pub fn about(&self) -> About {
        self.about
    }

    /// Whether what is let through is a disclosure. A sending mission that reads its own case works on it: what it
    /// changes is in the audit, and to read is nothing that anybody was told.
    #[must_use]
    pub fn discloses(&self) -> bool {
        self.relation != Relation::Sending && !self.about.own_work
    }

    /// The same lens in the hands of a client with these rights.
    #[must_use]
    pub fn held_with(self, entitled: Entitled) -> Self {
        Self { entitled, ..self }
    }

    /// The same lens on a row that the viewer's organisation wrote or that is addressed to it, or on one that is not.
    #[must_use]
    pub fn on_own(self, own: bool) -> Self {
        Self { own, ..self }
    }

    /// The same lens through an access of oversight, if there is one: of each field the more open of what oversight and what
    /// the sending mission sees, without what only some of its staff see.
    #[must_use]
    pub fn through(self, break_glass: Option<Uuid>) -> Self {
        Self { break_glass, ..self }
    }

    /// The access of oversight that the lens looks through, for whoever notes what was disclosed.
    #[must_use]
    pub fn break_glass(&self) -> Option<Uuid> {
        self.break_glass
    }

    /// What the viewer is to the row.
    #[must_use]
    pub fn relation(&self) -> Relation {
        self.relation
    }

    /// The day that ages are counted on.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// What is let through of a field.
    #[must_use]
    pub fn sight(&self, field: Field) -> Sight {
        self.sight_of(field.line())
    }

    /// Whether anything is let through of a line.
    #[must_use]
    pub fn opens(&self, line: &Line) -> bool {
        self.sight_of(line) != Sight::Withheld
    }

    fn sight_of(self, line: &Line) -> Sight {
        let usual = self.sight_in(line, self.relation);
        if self.break_glass.is_none() || usual == Sight::Full {
            return usual;
        }
        match self.sight_in(line, Relation::Sending) {
            Sight::Withheld => usual,
            more_open => more_open,
        }
    }

    fn sight_in(self, line: &Line, relation: Relation) -> Sight {
        match line.cells[relation as usize] {
            Access::Full => Sight::Full,
            Access::Masked(mask) => Sight::Masked(mask),
            Access::IfConsent(category) if self.consented.includes(category) => Sight::Full,
            Access::Own if self.own => Sight::Full,
            Access::ToStaff(right) if self.entitled.includes(right) => Sight::Full,
            Access::ToStaffIfConsent(right, category)
                if self.entitled.includes(right) && self.consented.includes(category) =>
            {
                Sight::Full
            }
            Access::IfConsent(_)
            | Access::Own
            | Access::ToStaff(_)
            | Access::ToStaffIfConsent(..)
            | Access::Withheld => Sight::Withheld,
        }
    }
}
