//! Commands on cash grants.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::money::Money;
use crate::error::Error;
use crate::ids::{CaseId, CashGrantId, PersonId};
use crate::policy::actions::Action;
use uuid::Uuid;

impl Desk {
    /// Puts a cash grant forward.
    pub async fn propose_cash_grant(
        &self,
        envelope: &Envelope,
        case: CaseId,
        person: PersonId,
        amount: Money,
        tranches: Vec<i64>,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(case, None);
        self.on_case(
            envelope,
            Action::ProposeCashGrant,
            target,
            Answer::Subject,
            |file, c| file.propose_grant(person, amount, &tranches, c),
        )
        .await
    }

    /// Approves a cash grant.
    pub async fn approve_cash_grant(
        &self,
        envelope: &Envelope,
        id: CashGrantId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::CashGrant(id, expected);
        self.on_case(
            envelope,
            Action::ApproveCashGrant,
            target,
            Answer::Subject,
            |file, c| file.approve_grant(id, c),
        )
        .await
    }

    /// Records the payment of a tranche.
    pub async fn pay_tranche(
        &self,
        envelope: &Envelope,
        id: CashGrantId,
        expected: i32,
        number: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::CashGrant(id, expected);
        self.on_case(
            envelope,
            Action::PayTranche,
            target,
            Answer::Subject,
            |file, c| file.pay_tranche(id, number, c),
        )
        .await
    }
}
