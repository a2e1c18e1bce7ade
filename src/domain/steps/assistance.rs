//! When a case may be assisted at all: what grants and packages have in common (SOP I5b, I6a).

use super::require;
use crate::domain::case_file::CaseFile;
use crate::domain::transition::{Reason, Refusal};
use crate::ids::PersonId;

impl CaseFile {
    /// Whether the case is at a stage of assistance, and the person on it.
    pub(super) fn accepts_assistance_for(&self, person: PersonId) -> Result<(), Refusal> {
        let open = self.case.registered_at.is_some() && self.case.ended_at.is_none();
        require(open, Reason::WrongState)?;
        self.is_effective()?;
        self.person(person)
            .map(|_| ())
            .ok_or(Refusal::at(Reason::NotOnThisCase, "personId"))
    }
}
