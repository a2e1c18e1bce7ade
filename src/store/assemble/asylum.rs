//! Procedures for international protection. An authority is shown its own alone: of a row of which the table shows nothing
//! there is none, so that no number of rows tells of another.

use super::super::child::Child as _;
use super::super::nodes::{AsylumClaimNode, Many, OrganisationNode};
use super::super::reader::{ById, Reader};
use super::super::want::Want;
use super::history::Histories;
use super::{parts, under};
use crate::domain::asylum::AsylumClaim;
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::lens::{Lens, Sight};
use entity::asylum_claim;
use uuid::Uuid;

impl Reader {
    /// The claims on these cases that the viewer may know of, by case, oldest first.
    pub(super) async fn asylum_claims_of(
        &self,
        cases: &[Uuid],
        lenses: &ById<Lens>,
        want: Option<&Want>,
    ) -> Result<ById<Many<AsylumClaimNode>>, Error> {
        let mut claims: ById<Many<AsylumClaimNode>> = ById::new();
        // Of anybody else nothing is looked up, so that no time that it takes tells of a claim.
        let known = cases.iter().filter_map(|case| lenses.get_key_value(case));
        let open: ById<Lens> = known
            .filter(|(_, lens)| lens.sight(Field::CaseAsylumClaims) != Sight::Withheld)
            .map(|(case, lens)| (*case, *lens))
            .collect();
        let (Some(want), false) = (want, open.is_empty()) else {
            return Ok(claims);
        };
        let ids: Vec<Uuid> = open.keys().copied().collect();
        let columns = (asylum_claim::Column::CaseId, asylum_claim::Column::Id);
        let found: ById<Vec<AsylumClaim>> = self
            .hanging(columns, &ids, true, |row: &asylum_claim::Model| row.case_id)
            .await?;
        let mut shown: Vec<(Uuid, Lens, AsylumClaim)> = Vec::new();
        for (case, rows) in found {
            let Some(lens) = open.get(&case) else { continue };
            for claim in rows {
                let lens = lens.on_own(claim.authority == self.viewer().organisation);
                if lens.sight(Field::ClaimStage) != Sight::Withheld {
                    shown.push((case, lens, claim));
                }
            }
        }
        let ids: Vec<Uuid> = shown.iter().map(|(_, _, claim)| claim.id()).collect();
        let authorities: Vec<Uuid> = shown.iter().map(|(_, _, claim)| claim.authority.uuid()).collect();
        let authorities = self
            .named::<OrganisationNode>(authorities.into_iter(), want.of(Field::ClaimAuthority))
            .await?;
        let mut histories = self
            .histories(Histories::OfRows, &ids, want.of(Field::ClaimHistory))
            .await?;
        for (case, lens, claim) in shown {
            let history = histories.remove(&claim.id()).unwrap_or_default();
            let node = AsylumClaimNode {
                authority: authorities.get(&claim.authority.uuid()).cloned(),
                history: parts(lens, history),
                claim,
            };
            claims.entry(case).or_default().push(under(lens, node));
        }
        Ok(claims)
    }
}
