//! Keeping what is known of procedures for international protection.

use super::require;
use crate::domain::asylum::{AsylumClaim, AsylumStage};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{OrganisationId, new_id};
use chrono::NaiveDate;

/// A claim as it is recorded.
#[derive(Clone, Debug)]
pub struct NewAsylumClaim {
    /// The authority whose procedure it is; an authority records its own.
    pub authority: Option<OrganisationId>,
    /// The version of the claim that was decided on; none of a new one.
    pub expected: Option<i32>,
    /// How far it has come.
    pub stage: AsylumStage,
    /// Its number with the authority.
    pub number: String,
    /// When it was lodged.
    pub lodged_on: NaiveDate,
    /// When the authority last decided.
    pub decided_on: Option<NaiveDate>,
}

impl CaseFile {
    /// Records the claim of the persons with one authority, or how far it has come. Of claims with other authorities the
    /// answer says nothing.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` once the case has ended, `INVALID` for an authority that is none of the territory or not the
    /// author's own, `CONFLICT`, `DATE_OUT_OF_ORDER`.
    pub fn record_asylum_claim(
        self,
        new: NewAsylumClaim,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        require(self.case.ended_at.is_none(), Reason::WrongState)?;
        let authority = self.examining(new.authority, c)?;
        let mut next = self.clone();
        let known = next
            .asylum_claims
            .iter_mut()
            .find(|claim| claim.authority == authority);
        let current = known.as_ref().map_or(0, |claim| claim.version);
        if new.expected.unwrap_or(0) != current {
            return Err(Refusal::at(Reason::Conflict { current }, "expectedVersion"));
        }
        let claim = AsylumClaim {
            id: known
                .as_ref()
                .map_or_else(|| new_id(c.now).into(), |claim| claim.id),
            case_id: self.case.id,
            authority,
            stage: new.stage,
            number: new.number,
            lodged_on: new.lodged_on,
            decided_on: new.decided_on,
            version: current + 1,
        };
        claim.check(c.today())?;
        let recorded = DomainEvent::AsylumClaimRecorded(claim.id);
        match known {
            Some(known) => *known = claim,
            None => next.asylum_claims.push(claim),
        }
        Ok(Changed::moved(self, next, vec![recorded]))
    }

    /// The authority whose procedure is meant: the author's own, or the one of the host territory that the sending mission
    /// names.
    fn examining(
        &self,
        named: Option<OrganisationId>,
        c: &Circumstances<'_>,
    ) -> Result<OrganisationId, Refusal> {
        let own = c.by.organisation;
        let mut authorities = c.directory.migration_authorities_of(self.case.host_territory);
        let meant = if own == self.case.sending_mission {
            named.filter(|named| authorities.any(|authority| authority == *named))
        } else {
            Some(own).filter(|own| named.is_none_or(|named| named == *own))
        };
        meant.ok_or(Refusal::at(Reason::Invalid, "authorityId"))
    }
}
