//! Assessing who needs particular care, and putting in place what a child needs who travels without parents (SOP I2c, N4b).

use super::require;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::safeguards::{
    BestInterestsResult, ChildSafeguards, Guardian, NeedCode, VulnerabilityAssessment, VulnerabilityCategory,
};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{PersonId, new_id};
use chrono::{DateTime, NaiveDate, Utc};

/// What is recorded for a child; what is left out stays as it was.
#[derive(Clone, Debug, Default)]
pub struct NewChildSafeguards {
    /// What the best-interests procedure found.
    pub best_interests: Option<BestInterestsResult>,
    /// The guardian.
    pub guardian: Option<Guardian>,
    /// When the guardian consented.
    pub guardian_consented_at: Option<DateTime<Utc>>,
    /// When the child consented.
    pub child_consented_at: Option<DateTime<Utc>>,
    /// The day on which the family was assessed.
    pub family_assessed_on: Option<NaiveDate>,
    /// Who receives the child.
    pub handover_party: Option<String>,
}

impl CaseFile {
    /// Records what was found of a person: why they need particular care, and which.
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `WRONG_STATE` once the case has ended, `DATE_OUT_OF_ORDER`, `NOT_A_CHILD` where an adult is
    /// said to be an unaccompanied child.
    pub fn record_vulnerability(
        self,
        person: PersonId,
        categories: &[VulnerabilityCategory],
        needs: &[NeedCode],
        assessed_on: NaiveDate,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let subject = self.person(person).ok_or(Reason::NotOnThisCase)?;
        require(self.case.ended_at.is_none(), Reason::WrongState)?;
        if assessed_on > c.today() {
            return Err(Refusal::at(Reason::DateOutOfOrder, "assessedOn"));
        }
        let child = subject.is_minor_on(c.today());
        if categories.contains(&VulnerabilityCategory::UnaccompaniedChild) && !child {
            return Err(Refusal::at(Reason::NotAChild, "categories"));
        }
        let mut next = self.clone();
        next.safeguards.vulnerability.push(VulnerabilityAssessment {
            id: new_id(c.now).into(),
            case_id: self.case.id,
            person_id: person,
            categories: distinct(categories),
            needs: distinct(needs),
            assessed_on,
        });
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::SafeguardsChanged(person)],
        ))
    }

    /// Records what is in place for a child; what is left out stays as it was.
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `WRONG_STATE` once the case has ended, `NOT_A_CHILD`, `DATE_OUT_OF_ORDER`, `INVALID`.
    pub fn record_child_safeguards(
        self,
        person: PersonId,
        new: NewChildSafeguards,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let subject = self.person(person).ok_or(Reason::NotOnThisCase)?;
        require(self.case.ended_at.is_none(), Reason::WrongState)?;
        require(subject.is_minor_on(c.today()), Reason::NotAChild)?;
        if new.best_interests == Some(BestInterestsResult::Recorded) {
            return Err(Refusal::at(Reason::Invalid, "bestInterests"));
        }
        for (given, field) in [
            (new.guardian_consented_at, "guardianConsentedAt"),
            (new.child_consented_at, "childConsentedAt"),
        ] {
            if let Some(given) = given {
                c.not_in_the_future(given, field)?;
            }
        }
        if new.family_assessed_on.is_some_and(|day| day > c.today()) {
            return Err(Refusal::at(Reason::DateOutOfOrder, "familyAssessedOn"));
        }
        let mut next = self.clone();
        let children = &mut next.safeguards.children;
        let known = children.iter().position(|known| known.person_id == person);
        let index = known.unwrap_or_else(|| {
            children.push(ChildSafeguards {
                id: new_id(c.now).into(),
                case_id: self.case.id,
                person_id: person,
                best_interests: None,
                guardian: None,
                guardian_consented_at: None,
                child_consented_at: None,
                family_assessed_on: None,
                handover_party: None,
            });
            children.len() - 1
        });
        let safeguards = &mut children[index];
        if new.guardian.is_some() && new.guardian != safeguards.guardian {
            // Another guardian has not consented yet.
            safeguards.guardian_consented_at = None;
        }
        safeguards.best_interests = new.best_interests.or(safeguards.best_interests);
        safeguards.guardian = new.guardian.or(safeguards.guardian.take());
        safeguards.guardian_consented_at = new.guardian_consented_at.or(safeguards.guardian_consented_at);
        safeguards.child_consented_at = new.child_consented_at.or(safeguards.child_consented_at);
        safeguards.family_assessed_on = new.family_assessed_on.or(safeguards.family_assessed_on);
        safeguards.handover_party = new.handover_party.or(safeguards.handover_party.take());
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::SafeguardsChanged(person)],
        ))
    }
}

/// Words of a list, each once, in the order of their vocabulary.
pub(super) fn distinct<C: Copy + Ord>(words: &[C]) -> Vec<C> {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.dedup();
    words
}
