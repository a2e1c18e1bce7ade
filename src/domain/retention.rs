//! What is kept for how long, and what is left of it afterwards (DOMAIN 4.3). This is the only place that says so: the store
//! carries it out, `docs/retention.md` is printed from it, and a column of words that it does not name fails a test.
//!
//! Rows stay, with their ids, states, codes and amounts, so that no figure changes; what tells of a person goes. The
//! disclosure ledger and the histories hold names of fields and codes, never values: no rule touches them.

mod impersonal;

pub use impersonal::IMPERSONAL;

use super::code::Code as _;
use crate::codes;
use chrono::{DateTime, Months, Utc};
use std::fmt::Write as _;

codes! { "What is erased together." RetentionCategory {
    Disclosures = "DISCLOSURES": "What a consular post could read when it was asked; the digest of it stays.",
    Medical = "MEDICAL": "What health staff know, and what a person needs on the way.",
    Finance = "FINANCE": "Receipts, evidence and approvals of payments and items, and who signed for them.",
    CaseCore = "CASE_CORE": "Who the persons are, where they lived, their documents, and all words about them.",
    Inquiries = "INQUIRIES": "Everything of a case whose persons signed no application.",
    Complaints = "COMPLAINTS": "What was complained of, and what was found.",
} }

/// For how many days the key of a command is known, so that a repetition is harmless: longer than anybody goes on trying.
pub const KEY_DAYS: u32 = 30;

/// How long each category is kept, in months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Disclosures, from the outcome of the request.
    pub disclosures: u32,
    /// Medical data, from the arrival; from the end of a case whose persons never arrived.
    pub medical: u32,
    /// Receipts and grants, from the end of the case.
    pub finance: u32,
    /// The case itself, from its end.
    pub case_core: u32,
    /// Inquiries without an application, from their end; from the last that happened where they never ended.
    pub inquiries: u32,
    /// Complaints, from their end.
    pub complaints: u32,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            disclosures: 12,
            medical: 24,
            finance: 84,
            case_core: 60,
            inquiries: 6,
            complaints: 84,
        }
    }
}

impl Schedule {
    /// For how many months a category is kept.
    #[must_use]
    pub fn months(&self, category: RetentionCategory) -> u32 {
        match category {
            RetentionCategory::Disclosures => self.disclosures,
            RetentionCategory::Medical => self.medical,
            RetentionCategory::Finance => self.finance,
            RetentionCategory::CaseCore => self.case_core,
            RetentionCategory::Inquiries => self.inquiries,
            RetentionCategory::Complaints => self.complaints,
        }
    }

    /// What began to be kept by this moment is due now.
    #[must_use]
    pub fn cut_off(&self, category: RetentionCategory, now: DateTime<Utc>) -> DateTime<Utc> {
        let kept = Months::new(self.months(category));
        now.checked_sub_months(kept).unwrap_or(DateTime::UNIX_EPOCH)
    }
}

/// The facts of a case, or of a request for a travel document, that say since when it is kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// When the application was signed.
    pub signed_at: Option<DateTime<Utc>>,
    /// When the persons arrived.
    pub arrived_at: Option<DateTime<Utc>>,
    /// When the case came to its end.
    pub ended_at: Option<DateTime<Utc>>,
    /// When something last happened to it.
    pub last_touched: Option<DateTime<Utc>>,
    /// When the request came to its outcome, or the complaint to its end.
    pub outcome_at: Option<DateTime<Utc>>,
}

impl RetentionCategory {
    /// The moment from which the category is kept for a case, or for a request; none while it has not begun.
    #[must_use]
    pub fn kept_from(self, facts: &Facts) -> Option<DateTime<Utc>> {
        match self {
            Self::Disclosures | Self::Complaints => facts.outcome_at,
            Self::Medical => facts.arrived_at.or(facts.ended_at),
            Self::Finance | Self::CaseCore => facts.ended_at,
            Self::Inquiries if facts.signed_at.is_none() => facts.ended_at.or(facts.last_touched),
            Self::Inquiries => None,
        }
    }

    /// Whether the category is due for a case, or for a request, of these facts.
    #[must_use]
    pub fn is_due(self, facts: &Facts, cut_off: DateTime<Utc>) -> bool {
        self.kept_from(facts).is_some_and(|from| from <= cut_off)
    }

    /// The categories whose rules are carried out with this one: nothing outlives what it hangs on.
    #[must_use]
    pub fn covers(self) -> &'static [Self] {
        match self {
            Self::Disclosures => &[Self::Disclosures],
            Self::Complaints => &[Self::Complaints],
            Self::Medical => &[Self::Medical],
            Self::Finance => &[Self::Finance],
            Self::CaseCore => &[Self::CaseCore, Self::Medical, Self::Disclosures],
            Self::Inquiries => &[Self::CaseCore, Self::Medical, Self::Finance, Self::Disclosures],
        }
    }

    fn begins(self) -> &'static str {
        match self {
            Self::Disclosures => "the outcome of the request",
            Self::Complaints => "the end of the complaint",
            Self::Medical => "the arrival; the end of the case where nobody arrived",
            Self::Finance | Self::CaseCore => "the end of the case",
            Self::Inquiries => "the end of the case; the last that happened where it never ended",
        }
    }
}

/// What becomes of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// Nothing is left.
    Cleared,
    /// A word stands where words were, so that a row keeps its shape.
    Overwritten,
    /// An empty list.
    Emptied,
    /// Nothing but the digest beside it is left.
    Blanked,
    /// The first of January of the same year.
    Year,
    /// A name that leads nowhere.
    Renamed,
    /// No byte of a picture.
    Burnt,
}

/// What stands where words were.
pub const ERASED: &str = "ERASED";

/// What becomes of one column of the rows of a case.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// With what it goes.
    pub category: RetentionCategory,
    /// The table; its rows name their case in `case_id`.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// What becomes of it.
    pub treatment: Treatment,
}

macro_rules! rules {
    ($($category:ident $table:literal { $($column:ident $treatment:ident),+ $(,)? })+) => {
        /// Every column that tells of a person, or may.
        pub const RULES: &[Rule] = &[$($(Rule {
            category: RetentionCategory::$category,
            table: $table,
            column: stringify!($column),
            treatment: Treatment::$treatment,
        }),+),+];
    };
}

rules! {
    CaseCore "cases" {
        reference Renamed, mimosa_reference Cleared, prism_reference Cleared, destination_city Cleared, return_decision_number Overwritten,
        return_decision_authority Overwritten,
    }
    CaseCore "persons" {
        family_name Overwritten, given_names Overwritten, date_of_birth Year, place_of_birth Cleared, parents_names Cleared,
        phone Cleared, email Cleared, marital_status Cleared, occupation Cleared, education Cleared, host_address Cleared, address_in_country_of_return Cleared, language Cleared,
    }
    CaseCore "travel_document_requests" { document_number Overwritten, document_mrz Cleared }
    CaseCore "information_requests" { question Cleared, answer Cleared }
    CaseCore "consular_interviews" { place Cleared }
    CaseCore "personal_documents" { number Overwritten, mrz Cleared }
    CaseCore "itineraries" { ticket_number Overwritten, booking_reference Overwritten }
    CaseCore "arrivals" { onward_to Overwritten }
    CaseCore "asylum_claims" { number Overwritten, lodged_on Year, decided_on Year }
    CaseCore "paper_contents" { content Burnt }
    CaseCore "handovers" { handed_to Overwritten, accepted_by Overwritten }
    CaseCore "referrals" { provider Overwritten }
    CaseCore "reintegration_packages" { plan Cleared }
    CaseCore "package_items" { description Overwritten }
    CaseCore "monitoring_contacts" { contacted_by Overwritten }
    CaseCore "survey_responses" { recorded_by Overwritten }
    CaseCore "child_safeguards" {
        guardian_name Overwritten, guardian_contact Overwritten, guardian_authority Overwritten, handover_party Overwritten,
    }
    CaseCore "escorts" { name Overwritten, recommended_by Overwritten }
    CaseCore "detentions" { facility Overwritten }
    CaseCore "airport_transfers" { pick_up_facility Overwritten }
    CaseCore "temporary_accommodations" { place Overwritten }
    CaseCore "assistance_provisions" { provider_name Overwritten }
    CaseCore "break_glass_accesses" { explanation Overwritten, requested_by Overwritten, decided_by Overwritten }
    CaseCore "notices" { acknowledgement_note Cleared }
    Medical "medical_notes" { diagnosis Cleared, medication Cleared }
    Medical "health_requirements" { result Cleared }
    Medical "fitness_assessments" { conditions Emptied }
    Medical "escorts" { mhd_reference Cleared }
    Medical "airline_clearances" { reference Cleared }
    Medical "vulnerability_assessments" { needs Emptied }
    Medical "pre_departure_circumstances" { travel_needs Emptied }
    Finance "cash_grants" { payee_account_number Overwritten, proposed_by Overwritten, approved_by Overwritten, donor_approval Overwritten }
    Finance "tranches" { evidence_reference Overwritten, receipt_reference Overwritten, receipted_by Overwritten }
    Finance "reintegration_packages" { donor_approval Overwritten }
    Finance "package_items" { quote_reference Overwritten, receipt_reference Overwritten, delivered_by Overwritten }
    Disclosures "disclosure_snapshots" { content Blanked }
    Complaints "complaints" { text Overwritten, findings Overwritten }
}

/// The schedule as a page of Markdown.
#[must_use]
pub fn page() -> String {
    let schedule = Schedule::default();
    let mut page = "# What is kept, and for how long\n\nPrinted from `src/domain/retention.rs`; `[retention]` in the settings changes the months. `avrr-gateway retention run` \
                    erases what is due,\n`--dry-run` says what would be; a case under an access of oversight waits until that has ended. Rows stay with their ids, states, codes and \
                    amounts, so\nthat no figure changes. What was done is certified in `retention_certificates`, each certificate with the digest of the one before.\n\nThe disclosure \
                    ledger and the histories hold names of fields and codes, never values; they are kept whole. What a notice\nsays is made when it is read. What it is about is erased \
                    `notices.payload_days` after its case has ended, its envelope after `notices.envelope_days`,\nfrom the beginning of an inbox on; never what is still under escalation.\n\n| category | months | from | what |\n|---|---|---|---|\n"
        .to_owned();
    for (category, code, meaning) in RetentionCategory::ALL {
        let months = schedule.months(*category);
        let _ = writeln!(
            page,
            "| `{code}` | {months} | {} | {meaning} |",
            category.begins()
        );
    }
    page.push_str("\n| category | table | column | becomes |\n|---|---|---|---|\n");
    for rule in RULES {
        let becomes = match rule.treatment {
            Treatment::Cleared => "nothing",
            Treatment::Overwritten => "a fixed word",
            Treatment::Emptied => "an empty list",
            Treatment::Blanked => "its digest",
            Treatment::Year => "its year",
            Treatment::Renamed => "a name that leads nowhere",
            Treatment::Burnt => "its digest",
        };
        let _ = writeln!(
            page,
            "| `{}` | `{}` | `{}` | {becomes} |",
            rule.category, rule.table, rule.column
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_category_is_due_from_its_own_day_on_and_not_before() {
        let now = at("2031-03-02T09:00:00Z");
        let schedule = Schedule::default();
        let ended = |months: u32, besides: i64| {
            let from = now.checked_sub_months(Months::new(months)).expect("a moment");
            Some(from + chrono::TimeDelta::seconds(besides))
        };
        for (category, months) in [
            (RetentionCategory::Medical, 24),
            (RetentionCategory::Finance, 84),
            (RetentionCategory::CaseCore, 60),
            (RetentionCategory::Inquiries, 6),
        ] {
            let due = |ended_at| {
                let facts = Facts {
                    ended_at,
                    ..Facts::default()
                };
                category.is_due(&facts, schedule.cut_off(category, now))
            };
            assert!(
                due(ended(months, 0)) && !due(ended(months, 1)) && !due(None),
                "{category}"
            );
        }
    }

    #[test]
    fn a_signed_application_is_no_inquiry_and_an_arrival_counts_before_an_end() {
        let long_ago = Some(at("2000-01-01T00:00:00Z"));
        let signed = Facts {
            signed_at: long_ago,
            ended_at: long_ago,
            ..Facts::default()
        };
        assert_eq!(RetentionCategory::Inquiries.kept_from(&signed), None);
        let arrived = Facts {
            arrived_at: Some(at("2026-01-01T00:00:00Z")),
            ended_at: long_ago,
            ..Facts::default()
        };
        assert_eq!(RetentionCategory::Medical.kept_from(&arrived), arrived.arrived_at);
    }
}
