//! The indicators of the results matrix (S0 §6), as far as they can be counted.

use super::disclosure::{THRESHOLD, is_disclosive};
use crate::codes;
use crate::domain::code::Code as _;
use crate::error::Error;
use crate::policy::governed::Governed;
use crate::policy::lens::{Consented, Lens};
use crate::policy::relation::Relation;
use crate::policy::viewer::Viewer;
use crate::store::Store;
use chrono::{DateTime, Utc};
use std::sync::Arc;

codes! { "An indicator of the results matrix." IndicatorCode {
    BeneficiariesInformed = "BENEFICIARIES_INFORMED": "Contacts with beneficiaries informed on AVRR, who are not unique persons (indicator 10).",
    AssistedToReturn = "ASSISTED_TO_RETURN": "Migrants assisted to return voluntarily (indicator 19).",
} }

codes! { "What an indicator's figures count." IndicatorUnit {
    Number = "NUMBER": "A number of persons.",
    Contacts = "CONTACTS": "A number of contacts, which are not unique persons.",
    Percent = "PERCENT": "A percentage.",
} }

crate::never_masked!(IndicatorCode, IndicatorUnit);

/// An indicator with its figure now.
#[derive(Debug)]
pub struct IndicatorNode {
    /// Which indicator.
    pub code: IndicatorCode,
    /// Its wording in the results matrix.
    pub name: &'static str,
    /// What its figures count.
    pub unit: IndicatorUnit,
    /// The figure before the programme, where the matrix has one.
    pub baseline: Option<i32>,
    /// The figure aimed at; it counts this programme alone, and is not to be divided by the baseline.
    pub target: i32,
    /// The figure now; none where it is suppressed.
    pub value: Option<i64>,
    /// Whether the figure is suppressed.
    pub suppressed: bool,
    /// Where the figure comes from.
    pub data_source: &'static str,
    /// When it was counted.
    pub as_of: DateTime<Utc>,
}

/// The indicators asked for, as a viewer may see them.
///
/// # Errors
///
/// Faults of the database.
pub async fn indicators(
    store: &Store,
    viewer: &Viewer,
    codes: Option<Vec<IndicatorCode>>,
) -> Result<Vec<Arc<Governed<IndicatorNode>>>, Error> {
    let mut found = Vec::new();
    let all = || IndicatorCode::ALL.iter().map(|(code, ..)| *code).collect();
    for code in codes.unwrap_or_else(all) {
        let as_of = store.clock().now();
        let node = match code {
            IndicatorCode::BeneficiariesInformed => IndicatorNode {
                code,
                name: "Number of beneficiaries informed on AVRR (contacts, not unique persons)",
                unit: IndicatorUnit::Contacts,
                baseline: Some(60_000),
                target: 75_000,
                value: Some(store.count_contacts().await?),
                suppressed: false,
                data_source: "Outreach visits recorded in this installation",
                as_of,
            },
            IndicatorCode::AssistedToReturn => {
                let counted = store.count_returns(&[]).await?;
                let persons = counted.first().map_or(0, |count| count.persons);
                let suppressed = is_disclosive(persons, THRESHOLD);
                IndicatorNode {
                    code,
                    name: "Number of migrants assisted to return voluntarily",
                    unit: IndicatorUnit::Number,
                    baseline: Some(2521),
                    target: 500,
                    value: (!suppressed).then_some(persons),
                    suppressed,
                    data_source: "Cases of this installation whose persons have departed",
                    as_of,
                }
            }
        };
        let lens = Lens::new(
            Relation::of_kind(viewer.kind),
            Consented::default(),
            as_of.date_naive(),
        );
        found.push(Arc::new(Governed::new(node, lens)));
    }
    Ok(found)
}
