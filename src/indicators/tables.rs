//! Tables of returns.

use super::disclosure::{THRESHOLD, is_disclosive, suppressed};
use crate::codes;
use crate::domain::code::Code as _;
use crate::domain::person::Sex;
use crate::domain::territory::{CountryCode, TerritoryProfile};
use crate::error::Error;
use crate::policy::governed::Governed;
use crate::policy::lens::{Consented, Lens};
use crate::policy::relation::Relation;
use crate::policy::viewer::Viewer;
use crate::store::{CountBy, Store};
use chrono::{DateTime, Utc};
use std::sync::Arc;

codes! { "What returns are counted by." ReturnDimension {
    Nationality = "NATIONALITY": "Nationality of the persons.",
    HostTerritory = "HOST_TERRITORY": "The territory that hosted them.",
    CountryOfReturn = "COUNTRY_OF_RETURN": "The country that they returned to.",
    Sex = "SEX": "Sex of the persons.",
} }

crate::never_masked!(ReturnDimension);

impl From<ReturnDimension> for CountBy {
    fn from(dimension: ReturnDimension) -> Self {
        match dimension {
            ReturnDimension::Nationality => Self::Nationality,
            ReturnDimension::HostTerritory => Self::HostTerritory,
            ReturnDimension::CountryOfReturn => Self::CountryOfReturn,
            ReturnDimension::Sex => Self::Sex,
        }
    }
}

/// A table of returns.
#[derive(Debug)]
pub struct TableNode {
    /// What it counts by.
    pub dimensions: Vec<ReturnDimension>,
    /// Its cells, largest first, suppressed ones last.
    pub rows: Vec<Arc<Governed<RowNode>>>,
    /// Cases in all; none where that is suppressed.
    pub total_cases: Option<i64>,
    /// Persons in all; none where that is suppressed.
    pub total_persons: Option<i64>,
    /// Counts below this are suppressed.
    pub threshold: i64,
    /// When it was counted.
    pub as_of: DateTime<Utc>,
}

/// A cell of a table.
#[derive(Debug)]
pub struct RowNode {
    /// What it is the cell of.
    pub keys: Vec<Arc<Governed<KeyNode>>>,
    /// Cases; none where the cell is suppressed.
    pub cases: Option<i64>,
    /// Persons; none where the cell is suppressed.
    pub persons: Option<i64>,
    /// Whether the cell is suppressed.
    pub suppressed: bool,
}

/// One dimension of a cell.
#[derive(Debug)]
pub struct KeyNode {
    /// The dimension.
    pub dimension: ReturnDimension,
    /// The code of its value.
    pub value: String,
    /// The value in words.
    pub label: String,
    /// The footnote that the words must not be shown without.
    pub footnote: Option<&'static str>,
}

/// Returns by one dimension, as a viewer may see them.
///
/// # Errors
///
/// [`Error::InvalidArgument`] for anything but one dimension; faults of the database.
pub async fn returns(
    store: &Store,
    viewer: &Viewer,
    by: Vec<ReturnDimension>,
) -> Result<Arc<Governed<TableNode>>, Error> {
    let [dimension] = by.as_slice() else {
        return Err(Error::InvalidArgument("`groupBy` takes one dimension".to_owned()));
    };
    let counted = store.count_returns(&[(*dimension).into()]).await?;
    // A case with persons in two cells counts in both, so the total is counted by itself.
    let total = store.count_returns(&[]).await?.into_iter().next();
    let (total_cases, total_persons) = total.map_or((0, 0), |total| (total.cases, total.persons));
    // Families whose persons stand in several cells: as many as the cells' cases exceed the cases in all.
    let mixed = counted.iter().map(|cell| cell.cases).sum::<i64>() - total_cases;
    let as_of = store.clock().now();
    let lens = Lens::new(
        Relation::of_kind(viewer.kind),
        Consented::default(),
        as_of.date_naive(),
    );
    let hidden = suppressed(&counted, THRESHOLD);
    let mut rows: Vec<RowNode> = counted
        .into_iter()
        .zip(hidden)
        .map(|(cell, suppressed)| RowNode {
            keys: cell
                .keys
                .into_iter()
                .map(|value| {
                    Arc::new(Governed::new(
                        key(*dimension, value, viewer.territory_profile),
                        lens,
                    ))
                })
                .collect(),
            cases: (!suppressed).then_some(cell.cases),
            persons: (!suppressed).then_some(cell.persons),
            suppressed,
        })
        .collect();
    // Suppressed cells stand in the order of their codes: an order by size would say which is the larger.
    rows.sort_by(|one, other| {
        let code = |row: &RowNode| row.keys.first().map(|key| key.key(|key| key.value.clone()));
        other
            .persons
            .cmp(&one.persons)
            .then_with(|| code(one).cmp(&code(other)))
    });
    let table = TableNode {
        dimensions: by,
        rows: rows
            .into_iter()
            .map(|row| Arc::new(Governed::new(row, lens)))
            .collect(),
        total_cases: (!is_disclosive(total_cases, THRESHOLD) && !is_disclosive(mixed, THRESHOLD))
            .then_some(total_cases),
        total_persons: (!is_disclosive(total_persons, THRESHOLD)).then_some(total_persons),
        threshold: THRESHOLD,
        as_of,
    };
    Ok(Arc::new(Governed::new(table, lens)))
}

fn key(dimension: ReturnDimension, value: String, profile: TerritoryProfile) -> KeyNode {
    let place = CountryCode::parse(&value);
    let sex = Sex::ALL
        .iter()
        .find(|(_, code, _)| *code == value)
        .map(|(_, _, meaning)| meaning.trim_end_matches('.'));
    let label = match dimension {
        ReturnDimension::Sex => sex.unwrap_or_default().to_owned(),
        _ => place.map_or_else(String::new, |place| place.name().to_owned()),
    };
    let footnote = match dimension {
        ReturnDimension::Sex => None,
        _ => place.and_then(|place| place.footnote()),
    };
    let value = match (dimension, place) {
        (ReturnDimension::Sex, _) | (_, None) => value,
        (_, Some(place)) => place.code_for(profile).to_owned(),
    };
    KeyNode {
        dimension,
        value,
        label,
        footnote,
    }
}
