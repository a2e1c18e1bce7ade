//! Judges an answer: every value in it by the row that it stands in and the line of the table, every canary in its bytes
//! by where it sits.

use super::ask::{Asked, Selected};
use super::held::{Held, Part, Viewer};
use super::marks::Marks;
use super::shape::Shape;
use super::table::{Sight, Table};
use avrr_gateway::ids::ViewerIds;
use avrr_gateway::policy::relation::Relation;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use uuid::Uuid;

/// What answers are judged by.
pub struct Judge<'a> {
    pub shape: &'a Shape,
    pub table: &'a Table,
    pub held: &'a Held,
    pub marks: &'a Marks,
}

/// One viewer before the judge.
pub struct Seat {
    pub viewer: Viewer,
    pub ids: ViewerIds,
    /// For each canary, whether it may be shown to this viewer.
    pub allowed: Vec<bool>,
    /// What the viewer can be to a row that has no name.
    pub any: Vec<Part>,
}

/// An answer as it came.
pub struct Heard<'a> {
    /// The body, and the headers, as they came.
    pub bytes: &'a str,
    /// `data`.
    pub data: &'a Value,
    /// `extensions`.
    pub extensions: &'a Value,
    /// `errors`.
    pub errors: &'a [Value],
}

/// What an answer showed of one row: what a record of disclosures has to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// The type of the row.
    pub of: String,
    /// Its id in the database.
    pub id: Uuid,
    /// Fields of it and of what hangs on it, as `Type.field`, that were shown in full.
    pub full: BTreeSet<String>,
    /// Those that were shown in part.
    pub masked: BTreeSet<String>,
}

/// What was found in an answer.
#[derive(Default)]
pub struct Found {
    /// Canaries, by number.
    pub marks: Vec<usize>,
    /// Rows that it showed something of.
    pub rows: Vec<Disclosed>,
    /// Values that were compared with the table.
    pub values: usize,
}

/// What a viewer is to the row that a value stands in, or stands below.
#[derive(Clone)]
enum Lens {
    Known(Rc<Vec<Part>>),
    Unknown,
}

struct Walk<'a> {
    judge: &'a Judge<'a>,
    seat: &'a Seat,
    redacted: BTreeMap<String, String>,
    path: Vec<String>,
    rows: Vec<usize>,
    found: Found,
}

impl Judge<'_> {
    /// Judges an answer.
    ///
    /// # Errors
    ///
    /// What is in it that the viewer may not be shown.
    pub fn judge(&self, seat: &Seat, asked: &Asked, heard: &Heard<'_>) -> Result<Found, String> {
        let redactions = heard.extensions["redactions"].as_array().into_iter().flatten();
        let redacted = redactions.map(|redaction| {
            let steps = redaction["path"].as_array().into_iter().flatten();
            let steps: Vec<String> = steps
                .map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned))
                .collect();
            let access = redaction["access"].as_str().unwrap_or_default().to_owned();
            (steps.join("."), access)
        });
        let mut walk = Walk {
            judge: self,
            seat,
            redacted: redacted.collect(),
            path: Vec::new(),
            rows: Vec::new(),
            found: Found::default(),
        };
        walk.object(heard.data, asked.root, &asked.selected, &Lens::Unknown)?;
        let mut found = walk.found;
        found.marks = self.canaries(seat, asked, heard.bytes)?;
        for error in heard.errors {
            if error["extensions"]["code"] == "INTERNAL" {
                return Err(format!("a fault of ours: {error}"));
            }
        }
        Ok(found)
    }

    /// The canaries in the bytes of an answer, but for those that the question itself brought.
    ///
    /// # Errors
    ///
    /// A canary that the viewer may not be shown.
    pub fn canaries(&self, seat: &Seat, asked: &Asked, bytes: &str) -> Result<Vec<usize>, String> {
        let found = self.marks.found(bytes);
        for number in &found {
            let mark = &self.marks.all[*number];
            if !seat.allowed[*number] && !asked.said.contains(&mark.word) {
                return Err(format!(
                    "the canary {} of {} of {:?}",
                    mark.word, mark.line, mark.owner
                ));
            }
        }
        Ok(found)
    }

    /// What an answer showed of which rows, for whoever compares it with a record of disclosures.
    pub fn disclosed(&self, seat: &Seat, asked: &Asked, heard: &Heard<'_>) -> Vec<Disclosed> {
        self.judge(seat, asked, heard)
            .map(|found| found.rows)
            .unwrap_or_default()
    }
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, of: &str, below: &[Selected], lens: &Lens) -> Result<(), String> {
        match value {
            Value::Array(rows) => {
                for (place, row) in rows.iter().enumerate() {
                    self.path.push(place.to_string());
                    self.value(row, of, below, lens)?;
                    self.path.pop();
                }
                Ok(())
            }
            Value::Object(_) if !below.is_empty() => self.object(value, of, below, lens),
            _ => Ok(()),
        }
    }

    fn object(&mut self, row: &Value, of: &str, selected: &[Selected], lens: &Lens) -> Result<(), String> {
        if row.is_null() {
            return Ok(());
        }
        // What stands behind an interface says itself what it is.
        let of = match row["t_"].as_str() {
            Some(name) if self.judge.shape.fields(of).is_empty() => name,
            _ => of,
        };
        let before = self.rows.len();
        let lens = self.lens(row, of, selected, lens)?;
        let governed = self.judge.table.governs(of);
        let here = selected
            .iter()
            .filter(|field| field.on.as_deref().is_none_or(|on| on == of));
        for field in here {
            let value = &row[field.key.as_str()];
            if value.is_null() || field.field == "__typename" {
                continue;
            }
            self.path.push(field.key.clone());
            if governed {
                self.field(of, field, &lens)?;
            }
            let below = if governed { lens.clone() } else { Lens::Unknown };
            self.value(value, &field.of, &field.below, &below)?;
            self.path.pop();
        }
        self.rows.truncate(before);
        Ok(())
    }

    /// What the viewer is to a row: by its id where that was asked for, else as to what it hangs on.
    fn lens(&mut self, row: &Value, of: &str, selected: &[Selected], above: &Lens) -> Result<Lens, String> {
        let viewer = &self.seat.viewer;
        if !self.judge.table.governs(of) {
            return Ok(Lens::Unknown);
        }
        let asked = selected
            .iter()
            .find(|field| field.field == "id" && field.on.as_deref().is_none_or(|on| on == of));
        let id = asked.and_then(|field| row[field.key.as_str()].as_str());
        if let Some(id) = id.filter(|_| self.judge.shape.has_id(of)) {
            let (node, behind) = self
                .seat
                .ids
                .decode(id)
                .ok_or_else(|| format!("{id} is no id of the viewer's"))?;
            if format!("{node:?}") != of {
                return Err(format!("{id} is a {node:?} where a {of} is"));
            }
            if self.judge.held.rows.contains_key(of) {
                let parts = self.judge.held.parts(viewer, of, behind);
                if parts.is_empty() {
                    return Err(format!(
                        "a {of} out of reach: {behind} at {}",
                        self.path.join(".")
                    ));
                }
                if !self.judge.table.is_of_no_case(of) {
                    self.rows.push(self.found.rows.len());
                    self.found.rows.push(Disclosed {
                        of: of.to_owned(),
                        id: behind,
                        full: BTreeSet::new(),
                        masked: BTreeSet::new(),
                    });
                }
                return Ok(Lens::Known(Rc::new(parts)));
            }
        }
        if self.judge.table.is_of_no_case(of) {
            let own = Part::plain(Relation::of_kind(viewer.kind));
            return Ok(Lens::Known(Rc::new(vec![own])));
        }
        // Whose line of a manifest it is, or whose history, only what stands below it says.
        let by_itself =
            self.judge.shape.has_id(of) || ["ManifestLine", "ManifestChange", "HistoryEntry"].contains(&of);
        Ok(if by_itself { Lens::Unknown } else { above.clone() })
    }

    fn field(&mut self, of: &str, field: &Selected, lens: &Lens) -> Result<(), String> {
        let name = format!("{of}.{}", field.field);
        let viewer = &self.seat.viewer;
        let parts = match lens {
            Lens::Known(parts) => parts.as_slice(),
            Lens::Unknown => self.seat.any.as_slice(),
        };
        let sights = parts
            .iter()
            .map(|part| self.judge.table.shows(&name, part, viewer));
        let sight = sights.max().unwrap_or(Sight::Withheld);
        let path = self.path.join(".");
        let kept_back = self.redacted.get(&path).map(String::as_str);
        let relations: Vec<Relation> = parts.iter().map(|part| part.relation).collect();
        self.found.values += 1;
        match (sight, kept_back) {
            (Sight::Full, _) | (Sight::Masked, Some("MASKED")) => {}
            (sight, kept_back) => {
                return Err(format!(
                    "{name} at {path} for {relations:?}: the table says {sight:?}, the answer {kept_back:?}"
                ));
            }
        }
        if let Some(row) = self.rows.last() {
            let row = &mut self.found.rows[*row];
            let fields = if kept_back == Some("MASKED") {
                &mut row.masked
            } else {
                &mut row.full
            };
            fields.insert(name);
        }
        Ok(())
    }
}
