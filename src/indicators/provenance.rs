//! Which rows a figure counts, as a query that an auditor can run.

use super::catalogue::Asked;
use crate::domain::code::Code as _;
use crate::domain::statistics::Measure;
use std::fmt::Write as _;

/// A query that lists the rows behind a figure, for whoever may read the database.
pub(super) fn provenance(measure: Measure, asked: &Asked, exact: bool) -> String {
    let mut query = format!(
        "SELECT person_id, case_id, occurred_on, met FROM person_facts WHERE measure = '{}'",
        measure.code()
    );
    query.push_str(if exact {
        " AND NOT withdrawn"
    } else {
        " AND batch_id IS NOT NULL"
    });
    if let Some(project) = &asked.project {
        let code = project.replace('\'', "''");
        let _ = write!(
            query,
            " AND project_id = (SELECT id FROM projects WHERE code = '{code}')"
        );
    }
    if let Some(place) = asked.territory {
        let _ = write!(query, " AND host_territory = '{}'", place.as_str());
    }
    if let Some(period) = asked.period {
        let (from, to) = period.months();
        let _ = write!(
            query,
            " AND {} BETWEEN '{from}' AND '{to}'",
            if exact {
                "occurred_month"
            } else {
                "(SELECT to_month FROM publication_batches WHERE id = batch_id)"
            }
        );
    }
    query
}
