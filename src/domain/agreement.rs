//! On what terms an organisation takes part: the agreement in writing without which nothing personal leaves IOM (DOMAIN
//! 4.1, principle 5), and what each kind of organisation can need data for (principle 2).

use super::consent::Purpose;
use super::party::OrganisationKind;
use super::transition::{Reason, Refusal};
use crate::codes;
use crate::ids::OrganisationId;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// An agreement with an organisation outside IOM on the transfer of personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferAgreement {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The number or name of the signed paper, once for each organisation.
    pub reference: String,
    /// When it was signed.
    pub signed_on: NaiveDate,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if it has one.
    pub valid_to: Option<NaiveDate>,
    /// When it was ended before its time, if it was.
    pub ended_at: Option<DateTime<Utc>>,
}

impl TransferAgreement {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.ended_at.is_none() && self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Checks an agreement before it is recorded.
    ///
    /// # Errors
    ///
    /// `INVALID` for a reference of no or more than 200 characters; `DATE_OUT_OF_ORDER` for one that is signed ahead of
    /// today, or ends before it begins.
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        let reference = self.reference.trim();
        if reference.is_empty() || self.reference.chars().count() > 200 {
            return Err(Refusal::at(Reason::Invalid, "agreement.reference"));
        }
        if self.signed_on > today {
            return Err(Refusal::at(Reason::DateOutOfOrder, "agreement.signedOn"));
        }
        if self.valid_to.is_some_and(|last| last < self.valid_from) {
            return Err(Refusal::at(Reason::DateOutOfOrder, "agreement.validTo"));
        }
        Ok(())
    }
}

codes! { "Why a token was revoked." RevocationReason {
    Leaked = "LEAKED": "Somebody else may have it.",
    StaffLeft = "STAFF_LEFT": "Whoever held it no longer works there.",
    Misused = "MISUSED": "It was used for what it is not for.",
    Precaution = "PRECAUTION": "To be on the safe side.",
} }

/// A token of a client that is worth nothing any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedToken {
    /// The token's own name (`jti`).
    pub jti: String,
    /// Why.
    pub reason: RevocationReason,
    /// Since when.
    pub revoked_at: DateTime<Utc>,
}

/// How long a revocation is kept: a token lives for a day at most (`auth.max_lifetime_seconds`), and clocks may differ.
pub const REVOCATION_IS_KEPT: TimeDelta = TimeDelta::hours(25);

/// Longest name of a token.
pub const LONGEST_JTI: usize = 200;

impl OrganisationKind {
    /// Whether the organisation stands outside IOM, so that nothing personal may reach it without an agreement.
    #[must_use]
    pub fn needs_agreement(self) -> bool {
        !matches!(self, Self::Mission | Self::Auditor | Self::Admin)
    }

    /// What an organisation of this kind can be given data for.
    #[must_use]
    pub fn purposes(self) -> &'static [Purpose] {
        use Purpose::{
            Administration, CaseManagement, DepartureNotice, Oversight, Reintegration, Statistics,
            TravelDocument,
        };
        match self {
            Self::Mission => &[
                CaseManagement,
                TravelDocument,
                DepartureNotice,
                Reintegration,
                Statistics,
            ],
            Self::ConsularPost => &[TravelDocument],
            Self::Police | Self::MigrationAuthority => &[DepartureNotice, CaseManagement],
            Self::Dashboard => &[Statistics],
            Self::ServiceProvider => &[Reintegration],
            Self::Auditor => &[Oversight],
            Self::Admin => &[Administration],
        }
    }

    /// Checks what a client of such an organisation is to be registered for.
    ///
    /// # Errors
    ///
    /// `INVALID` for no purpose, or the same one twice; `PURPOSE_NOT_FOR_KIND` for one that the kind has no need of.
    pub fn check_purposes(self, purposes: &[Purpose]) -> Result<(), Refusal> {
        let twice = |nth: usize| purposes[..nth].contains(&purposes[nth]);
        if purposes.is_empty() || (0..purposes.len()).any(twice) {
            return Err(Refusal::at(Reason::Invalid, "purposes"));
        }
        if purposes.iter().all(|purpose| self.purposes().contains(purpose)) {
            Ok(())
        } else {
            Err(Refusal::at(Reason::PurposeNotForKind, "purposes"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::Code as _;

    fn agreement(valid_to: Option<&str>) -> TransferAgreement {
        let day = |text: &str| text.parse().expect("a day");
        TransferAgreement {
            organisation: uuid::Uuid::nil().into(),
            reference: "A/1".to_owned(),
            signed_on: day("2026-01-02"),
            valid_from: day("2026-02-01"),
            valid_to: valid_to.map(day),
            ended_at: None,
        }
    }

    #[test]
    fn an_agreement_holds_from_its_first_to_its_last_day_unless_it_was_ended() {
        let day = |text: &str| text.parse().expect("a day");
        let mut limited = agreement(Some("2026-03-01"));
        let holds =
            ["2026-01-31", "2026-02-01", "2026-03-01", "2026-03-02"].map(|on| limited.holds_on(day(on)));
        assert_eq!(holds, [false, true, true, false]);
        assert!(agreement(None).holds_on(day("2099-01-01")));
        limited.ended_at = Some(DateTime::UNIX_EPOCH);
        assert!(!limited.holds_on(day("2026-02-15")));
    }

    #[test]
    fn an_agreement_is_named_signed_and_does_not_end_before_it_begins() {
        let today = "2026-01-02".parse().expect("a day");
        assert!(agreement(None).check(today).is_ok());
        assert!(agreement(Some("2026-01-31")).check(today).is_err());
        let yesterday = "2026-01-01".parse().expect("a day");
        assert!(agreement(None).check(yesterday).is_err(), "not yet signed");
        for reference in ["", " ", &"x".repeat(201)] {
            let nameless = TransferAgreement {
                reference: reference.to_owned(),
                ..agreement(None)
            };
            assert!(nameless.check(today).is_err(), "{reference}");
        }
    }

    #[test]
    fn every_kind_has_a_purpose_and_nobody_outside_has_one_of_the_inside() {
        for (kind, ..) in OrganisationKind::ALL {
            assert!(kind.check_purposes(kind.purposes()).is_ok(), "{kind}");
            assert!(kind.check_purposes(&[]).is_err());
            assert!(kind.check_purposes(&[kind.purposes()[0]; 2]).is_err());
            let inside = [Purpose::Oversight, Purpose::Administration];
            assert!(!kind.needs_agreement() || kind.purposes().iter().all(|one| !inside.contains(one)));
        }
        let refused = OrganisationKind::ConsularPost.check_purposes(&[Purpose::CaseManagement]);
        assert_eq!(refused.expect_err("refused").reason, Reason::PurposeNotForKind);
    }
}
