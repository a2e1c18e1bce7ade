//! What stands published, in memory: read once for each publication, since nothing of it changes until the next.
//!
//! The version of the head says whether it still holds. A publication and a revision count it up in their own transaction.

use super::Store;
use super::publication::{PublishedCell, Span};
use crate::domain::statistics::Measure;
use crate::error::Error;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tokio::sync::Mutex;
use uuid::Uuid;

/// Cells by reporting period and tree.
pub type Cells = HashMap<(Uuid, String), Vec<PublishedCell>>;

/// Spans by measure.
type Spans = BTreeMap<Measure, Vec<Span>>;

/// An audience and some trees, as codes.
type Subject = (&'static str, Vec<&'static str>);

/// What stands published under one version.
pub struct Edition {
    version: i64,
    batches: Spans,
    cohorts: Spans,
    cells: Mutex<HashMap<Subject, Arc<Cells>>>,
}

impl Store {
    /// What stands published under this version of the head.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn edition(&self, version: i64) -> Result<Arc<Edition>, Error> {
        let mut known = self.edition.lock().await;
        if let Some(edition) = known.as_ref().filter(|known| known.version == version) {
            return Ok(Arc::clone(edition));
        }
        let edition = Arc::new(Edition {
            version,
            batches: by_measure(self.published_batches().await?),
            cohorts: by_measure(self.published_cohorts().await?),
            cells: Mutex::default(),
        });
        *known = Some(Arc::clone(&edition));
        Ok(edition)
    }
}

impl Edition {
    /// What was published of some measures.
    pub fn batches(&self, measures: &[Measure]) -> impl Iterator<Item = &Span> {
        of(&self.batches, measures)
    }

    /// Reporting periods of which tables of some measures were published.
    pub fn cohorts(&self, measures: &[Measure]) -> impl Iterator<Item = &Span> {
        of(&self.cohorts, measures)
    }

    /// The cells of some trees for one audience, read when they are first asked for.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn cells(
        &self,
        store: &Store,
        audience: &'static str,
        trees: Vec<&'static str>,
    ) -> Result<Arc<Cells>, Error> {
        let mut known = self.cells.lock().await;
        let subject = (audience, trees);
        if let Some(cells) = known.get(&subject) {
            return Ok(Arc::clone(cells));
        }
        let mut cells = Cells::new();
        for cell in store.published_cells(audience, &subject.1).await? {
            cells
                .entry((cell.cohort, cell.tree.clone()))
                .or_default()
                .push(cell);
        }
        let cells = Arc::new(cells);
        known.insert(subject, Arc::clone(&cells));
        Ok(cells)
    }
}

fn by_measure(spans: Vec<Span>) -> Spans {
    let mut by_measure = Spans::new();
    for span in spans {
        by_measure.entry(span.measure).or_default().push(span);
    }
    by_measure
}

fn of<'a>(spans: &'a Spans, measures: &[Measure]) -> impl Iterator<Item = &'a Span> {
    measures.iter().filter_map(|measure| spans.get(measure)).flatten()
}
