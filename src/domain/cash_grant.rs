//! Money for a person's first days: a grant, paid in one or two tranches (DOMAIN 2.6).

use super::funding::{GrantRule, TranchePolicy};
use super::money::{CurrencyCode, Money};
use super::person::is_dialable;
use super::transition::{Reason, Refusal};
use crate::ids::{CaseId, CashGrantId, ExchangeRateId, GrantRuleId, OrganisationId, PersonId, ProjectId};
use crate::{codes, lifecycle};
use chrono::{DateTime, Utc};

codes! { "State of a cash grant." CashGrantState {
    Proposed = "PROPOSED": "Computed and put forward.",
    Approved = "APPROVED": "May be paid.",
    PartiallyPaid = "PARTIALLY_PAID": "A tranche is paid, another is not.",
    Paid = "PAID": "Every tranche is paid.",
    Reconciled = "RECONCILED": "Every payment is receipted, and somebody else has verified the receipts.",
    Rejected = "REJECTED": "Not approved.",
    Voided = "VOIDED": "Nothing was paid, and nothing will be.",
    Recovery = "RECOVERY": "What was unpaid will not be paid; of what was paid it is decided whether to claim it back.",
} }

lifecycle! { "The states of a cash grant." GRANT_LIFECYCLE "CashGrant": CashGrantState {
    begin "proposeCashGrant" => Proposed;
    "approveCashGrant": Proposed => Approved;
    "rejectCashGrant": Proposed => Rejected;
    "payTranche": Approved | PartiallyPaid => PartiallyPaid | Paid;
    "reportFailedPayment": PartiallyPaid | Paid => Approved | PartiallyPaid;
    "verifyReceipt": Paid => Reconciled;
    "voidCashGrant": Proposed | Approved => Voided;
    "voidCashGrant": PartiallyPaid | Paid | Recovery => Recovery;
    "withdrawCase": Proposed | Approved => Voided;
    "withdrawCase": PartiallyPaid | Paid => Recovery;
} }

codes! { "State of a tranche." TrancheState {
    Scheduled = "SCHEDULED": "Not due yet.",
    Due = "DUE": "May be paid now.",
    Withheld = "WITHHELD": "Held back for a reason.",
    Paid = "PAID": "Paid.",
    Failed = "FAILED": "Paid out, but it did not reach the person; may be paid again.",
    Receipted = "RECEIPTED": "Paid, and the person has signed for it.",
    Verified = "VERIFIED": "Somebody else has verified the receipt.",
    Voided = "VOIDED": "Will not be paid.",
} }

lifecycle! { "The states of a tranche." TRANCHE_LIFECYCLE "Tranche": TrancheState {
    begin "proposeCashGrant" => Scheduled;
    "approveCashGrant": Scheduled => Due;
    "markReadyToDepart": Scheduled => Due;
    "recordReceipt": Scheduled => Due;
    "payTranche": Scheduled | Due | Failed => Paid;
    "withholdTranche": Scheduled | Due | Failed => Withheld;
    "releaseTranche": Withheld => Due;
    "reportFailedPayment": Paid => Failed;
    "recordReceipt": Paid => Receipted;
    "verifyReceipt": Receipted => Verified;
    "voidCashGrant": Scheduled | Due | Withheld | Failed => Voided;
    "rejectCashGrant": Scheduled => Voided;
    "withdrawCase": Scheduled | Due | Withheld | Failed => Voided;
} }

codes! { "Why a grant is paid at once (S3:1188)." SingleTrancheReason {
    InsecureArea = "INSECURE_AREA": "The person returns to an area that nobody can visit again.",
    SelfEmployment = "SELF_EMPLOYMENT": "The money starts a business and is needed at once.",
    RemoteArea = "REMOTE_AREA": "A second payment would not reach the person.",
} }

codes! { "What shows that a second tranche may be paid." MilestoneKind {
    Receipt = "RECEIPT": "Receipts of goods acquired.",
    Permit = "PERMIT": "A permit or a registration.",
    Visit = "VISIT": "A visit of the mission.",
} }

codes! { "Why a grant was rejected or voided, or a tranche held back." GrantEndReason {
    NotEligible = "NOT_ELIGIBLE": "The person is not entitled to it.",
    Duplicate = "DUPLICATE": "The same grant exists already.",
    PaidInError = "PAID_IN_ERROR": "It was paid in error.",
    PersonUnreachable = "PERSON_UNREACHABLE": "The person cannot be reached.",
    Misuse = "MISUSE": "The first payment was not used as agreed.",
    ApplicationEnded = "APPLICATION_ENDED": "The application was withdrawn or terminated.",
    Other = "OTHER": "Another reason, kept in the mission's own file.",
} }

codes! { "What is decided of money already paid." RecoveryDecision {
    Recover = "RECOVER": "It is claimed back.",
    Waive = "WAIVE": "It is left to the person.",
} }

codes! { "How a grant reaches the person." PayeeAccountKind {
    Iban = "IBAN": "To a bank account, by its IBAN (ISO 13616).",
    MobileMoney = "MOBILE_MONEY": "To a telephone, by its number in E.164.",
    CashOffice = "CASH_OFFICE": "Over a counter, by the number of the order.",
} }

/// Where a grant is paid to.
#[derive(Clone, PartialEq, Eq)]
pub struct PayeeAccount {
    /// How it reaches the person.
    pub kind: PayeeAccountKind,
    /// The number, without spaces.
    pub number: String,
}

impl std::fmt::Debug for PayeeAccount {
    /// Without the number: it is not for logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PayeeAccount")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl PayeeAccount {
    /// An account of this number as somebody typed it.
    ///
    /// # Errors
    ///
    /// `INVALID` for a number that cannot be one of its kind: check digits, length, characters.
    pub fn of(kind: PayeeAccountKind, typed: &str) -> Result<Self, Refusal> {
        let number: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
        let number = number.to_uppercase();
        let possible = match kind {
            PayeeAccountKind::Iban => is_iban(&number),
            PayeeAccountKind::MobileMoney => is_dialable(&number),
            PayeeAccountKind::CashOffice => {
                let printed = |byte: u8| byte.is_ascii_alphanumeric() || b"-/.".contains(&byte);
                (4..=34).contains(&number.len()) && number.bytes().all(printed)
            }
        };
        if possible {
            Ok(Self { kind, number })
        } else {
            Err(Refusal::at(Reason::Invalid, "payeeAccount.number"))
        }
    }
}

/// Whether a text without spaces is an IBAN: country, check digits, at most 34 characters, and 1 modulo 97 (ISO 13616).
fn is_iban(number: &str) -> bool {
    let bytes = number.as_bytes();
    let formed = (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && bytes[4..]
            .iter()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let digit = |rest: u32, byte: &u8| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        letter => (rest * 100 + u32::from(letter - b'A') + 10) % 97,
    };
    formed && bytes[4..].iter().chain(&bytes[..4]).fold(0, digit) == 1
}

/// What shows that a second tranche may be paid, with its reference in the mission's own file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// What it is.
    pub kind: MilestoneKind,
    /// Its reference.
    pub reference: String,
}

/// One payment of a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tranche {
    /// Number, from 1.
    pub number: i32,
    /// Amount in the grant's currency, in minor units.
    pub amount_minor: i64,
    /// State.
    pub state: TrancheState,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
    /// The mission that paid it.
    pub paid_by: Option<OrganisationId>,
    /// What showed that it could be paid.
    pub milestone: Option<Milestone>,
    /// Reference of the signed receipt.
    pub receipt_reference: Option<String>,
    /// When the receipt was recorded.
    pub receipted_at: Option<DateTime<Utc>>,
    /// Signature of who recorded it.
    pub receipted_by: Option<String>,
    /// When somebody else verified it.
    pub verified_at: Option<DateTime<Utc>>,
}

/// A grant to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashGrant {
    /// Names the grant.
    pub id: CashGrantId,
    /// The case.
    pub case_id: CaseId,
    /// The person it is for.
    pub person_id: PersonId,
    /// State.
    pub state: CashGrantState,
    /// Amount.
    pub amount: Money,
    /// The project that pays.
    pub funding_project: Option<ProjectId>,
    /// The rule under which it was computed; none where no rule applied.
    pub rule: Option<GrantRuleId>,
    /// The amount as it counts against the rule's limits, in the rule's currency.
    pub counted: Option<Money>,
    /// The rate between the two currencies, where they differ.
    pub exchange_rate: Option<ExchangeRateId>,
    /// Signature of who put it forward.
    pub proposed_by: Option<String>,
    /// Signature of who approved it.
    pub approved_by: Option<String>,
    /// Reference of the donor's approval of an amount above the rule.
    pub donor_approval: Option<String>,
    /// Why it is paid at once.
    pub single_tranche_reason: Option<SingleTrancheReason>,
    /// Why it was rejected or voided.
    pub end_reason: Option<GrantEndReason>,
    /// What was decided of money already paid.
    pub recovery: Option<RecoveryDecision>,
    /// Where it is paid to, as far as that is known.
    pub account: Option<PayeeAccount>,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// When it was paid in full, rejected or voided.
    pub ended_at: Option<DateTime<Utc>>,
    /// The payments, in order.
    pub tranches: Vec<Tranche>,
    /// Counts the changes of this row.
    pub version: i32,
}

/// Turns amounts into the tranches of a grant: one or two, each positive, adding up to the whole (INV-09).
///
/// # Errors
///
/// `TRANCHES_DO_NOT_ADD_UP`.
pub fn tranches(amount: Money, parts: &[i64]) -> Result<Vec<Tranche>, Refusal> {
    let sum = parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(*part));
    let fits = (1..=2).contains(&parts.len())
        && parts.iter().all(|part| *part > 0)
        && sum == Some(amount.amount_minor);
    if !fits {
        return Err(Refusal::at(Reason::TranchesDoNotAddUp, "trancheAmountsMinor"));
    }
    Ok((1..)
        .zip(parts)
        .map(|(number, part)| Tranche {
            number,
            amount_minor: *part,
            state: TrancheState::Scheduled,
            paid_at: None,
            paid_by: None,
            milestone: None,
            receipt_reference: None,
            receipted_at: None,
            receipted_by: None,
            verified_at: None,
        })
        .collect())
}

/// How an amount is paid where nothing is said: the return allowance of the rule or a half first, the rest later; at once
/// where there is a reason for it.
#[must_use]
pub fn usual_parts(amount_minor: i64, allowance: Option<i64>, at_once: bool) -> Vec<i64> {
    let first = allowance
        .filter(|first| *first < amount_minor)
        .unwrap_or(amount_minor - amount_minor / 2);
    if at_once || first == amount_minor {
        vec![amount_minor]
    } else {
        vec![first, amount_minor - first]
    }
}

impl CashGrant {
    /// The currency that all its tranches are in.
    #[must_use]
    pub fn currency(&self) -> CurrencyCode {
        self.amount.currency
    }

    /// Whether it counts against the limits of a rule: once it is approved, as far as it is not voided.
    #[must_use]
    pub fn counts(&self) -> bool {
        matches!(
            self.state,
            CashGrantState::Approved
                | CashGrantState::PartiallyPaid
                | CashGrantState::Paid
                | CashGrantState::Reconciled
                | CashGrantState::Recovery
        )
    }

    /// What is paid of it or still may be, in minor units.
    #[must_use]
    pub fn standing_minor(&self) -> i64 {
        self.standing_tranches()
            .fold(0, |sum, tranche| sum.saturating_add(tranche.amount_minor))
    }

    /// Its payments that were made or still may be.
    pub fn standing_tranches(&self) -> impl Iterator<Item = &Tranche> {
        let tranches = self.tranches.iter();
        tranches.filter(|tranche| tranche.state != TrancheState::Voided)
    }

    /// Whether somebody has been paid something of it.
    #[must_use]
    pub fn is_paid_in_part(&self) -> bool {
        self.tranches.iter().any(|tranche| tranche.state.is_paid())
    }

    /// Refuses a single payment without a reason, or under a rule that knows of none (INV-09).
    ///
    /// # Errors
    ///
    /// `SINGLE_TRANCHE_REASON_MISSING`, `TWO_TRANCHES_NEEDED`.
    pub fn check_tranches(&self, rule: Option<&GrantRule>) -> Result<(), Refusal> {
        if self.tranches.len() != 1 {
            return Ok(());
        }
        if self.single_tranche_reason.is_none() {
            return Err(Refusal::at(
                Reason::SingleTrancheReasonMissing,
                "singleTrancheReason",
            ));
        }
        if rule.is_some_and(|rule| rule.tranche_policy == TranchePolicy::Two) {
            return Err(Refusal::at(Reason::TwoTranchesNeeded, "trancheAmountsMinor"));
        }
        Ok(())
    }
}

impl TrancheState {
    /// Whether the money is with the person.
    #[must_use]
    pub fn is_paid(self) -> bool {
        matches!(self, Self::Paid | Self::Receipted | Self::Verified)
    }

    /// Whether it may be paid next, as far as its own state goes.
    #[must_use]
    pub fn is_unpaid(self) -> bool {
        matches!(self, Self::Scheduled | Self::Due | Self::Withheld | Self::Failed)
    }
}
