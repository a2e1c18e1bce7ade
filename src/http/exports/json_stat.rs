//! Figures as a JSON-stat 2.0 dataset (<https://json-stat.org/full/>): a cube of which the empty cells are left out.
//!
//! Dimensions have the names of the API, and `INDICATOR`, `PERIOD` and `MEASURE` beside. Totals and margins stand in the
//! category `_T`, as in SDMX. `status` says of a cell that is left out why it is suppressed, and of one that is there
//! whether it is `AT_LEAST` so many; a cell with neither is not counted. `extension` says how fresh the figures are.

use super::File;
use super::figures::{Figure, Indicator, Indicators, Key, Returns, Row};
use super::parameters::Parameters;
use crate::domain::code::Code as _;
use crate::indicators::tables::SuppressionReason;
use serde_json::{Map, Value, json};

/// The category of totals.
const TOTAL: &str = "_T";
const AT_LEAST: &str = "AT_LEAST";

/// A dimension with the categories that were met.
struct Axis {
    id: String,
    label: &'static str,
    categories: Vec<Category>,
}

struct Category {
    code: String,
    label: String,
    note: Option<String>,
}

impl Axis {
    fn new(id: &str, label: &'static str) -> Self {
        Self {
            id: id.to_owned(),
            label,
            categories: Vec::new(),
        }
    }

    /// The place of a category, which is added where it is new.
    fn place(&mut self, code: &str, label: Option<&str>, note: Option<&str>) -> usize {
        let known = self.categories.iter().position(|known| known.code == code);
        known.unwrap_or_else(|| {
            self.categories.push(Category {
                code: code.to_owned(),
                label: label.unwrap_or(code).to_owned(),
                note: note.map(str::to_owned),
            });
            self.categories.len() - 1
        })
    }

    fn json(&self) -> Value {
        let codes: Vec<&str> = self
            .categories
            .iter()
            .map(|category| category.code.as_str())
            .collect();
        let labels = self
            .categories
            .iter()
            .map(|category| (category.code.clone(), Value::from(category.label.as_str())));
        let mut of = json!({ "index": codes, "label": labels.collect::<Map<_, _>>() });
        let notes = self
            .categories
            .iter()
            .filter_map(|category| Some((category.code.clone(), json!([category.note.as_ref()?]))));
        let notes: Map<_, _> = notes.collect();
        if !notes.is_empty() {
            of["note"] = notes.into();
        }
        json!({ "label": self.label, "category": of })
    }
}

/// A cube in the making.
struct Cube {
    axes: Vec<Axis>,
    cells: Vec<(Vec<usize>, Option<Value>, Option<String>)>,
    roles: Map<String, Value>,
}

impl Cube {
    /// A cube of fixed axes, then those of dimensions, then the measures.
    fn new(fixed: Vec<Axis>, dimensions: &[&str], measures: &[(&str, &str)]) -> Self {
        let mut axes = fixed;
        axes.extend(dimensions.iter().map(|word| Axis::new(word, label(word))));
        let mut measure = Axis::new("MEASURE", "Measure");
        for (code, label) in measures {
            measure.place(code, Some(label), None);
        }
        axes.push(measure);
        let named = |wanted: &[&str]| {
            let found = axes.iter().map(|axis| axis.id.as_str());
            found
                .filter(|id| wanted.contains(id))
                .map(Value::from)
                .collect::<Vec<_>>()
        };
        let roles = [
            ("time", named(&["PERIOD", "MONTH"])),
            ("geo", named(&["HOST_TERRITORY", "REGION", "COUNTRY_OF_RETURN"])),
            ("metric", named(&["MEASURE"])),
        ];
        let roles = roles.into_iter().filter(|(_, ids)| !ids.is_empty());
        Self {
            roles: roles.map(|(role, ids)| (role.to_owned(), ids.into())).collect(),
            axes,
            cells: Vec::new(),
        }
    }

    /// Adds a row: its places on the first axes, its groups on the others, and a cell for each measure.
    fn add(&mut self, mut places: Vec<usize>, keys: &[Key], (measures, reason, at_least): Measured<'_>) {
        let last = self.axes.len() - 1;
        for axis in &mut self.axes[places.len()..last] {
            let key = keys
                .iter()
                .find(|key| key.dimension.as_deref() == Some(axis.id.as_str()));
            let told = key.and_then(|key| Some((key.value.as_deref()?, key)));
            places.push(match told {
                Some((value, key)) => axis.place(value, key.label.as_deref(), key.footnote.as_deref()),
                None => axis.place(TOTAL, Some("Total"), None),
            });
        }
        for (nth, value) in measures.into_iter().enumerate() {
            let status = match (&value, reason) {
                (None, Some(reason)) => Some(reason.to_owned()),
                (Some(_), _) if at_least => Some(AT_LEAST.to_owned()),
                _ => None,
            };
            let place = places.iter().copied().chain([nth]).collect();
            self.cells.push((place, value, status));
        }
    }

    fn finished(
        self,
        (title, dated): (&str, Option<String>),
        mut extension: Value,
        computed_at: Value,
    ) -> File {
        let sizes: Vec<usize> = self.axes.iter().map(|axis| axis.categories.len()).collect();
        let (mut values, mut statuses) = (Map::new(), Map::new());
        for (places, value, status) in self.cells {
            let place = places
                .iter()
                .zip(&sizes)
                .fold(0, |at, (place, size)| at * size + place);
            if let Some(value) = value {
                values.insert(place.to_string(), value);
            }
            if let Some(status) = status {
                statuses.insert(place.to_string(), status.into());
            }
        }
        let mut meanings: Map<String, Value> = SuppressionReason::ALL
            .iter()
            .map(|(_, code, meaning)| ((*code).to_owned(), (*meaning).into()))
            .collect();
        let at_least = "Others may belong to it of whom that is withheld.";
        meanings.insert(AT_LEAST.to_owned(), at_least.into());
        extension["status"] = json!({ "label": meanings });
        let noted = self.axes.iter().flat_map(|axis| &axis.categories);
        let mut footnotes: Vec<&str> = noted.filter_map(|category| category.note.as_deref()).collect();
        footnotes.dedup();
        extension["footnotes"] = json!(footnotes);
        let dimensions = self.axes.iter().map(|axis| (axis.id.clone(), axis.json()));
        let mut set = json!({
            "version": "2.0",
            "class": "dataset",
            "label": title,
            "source": concat!("avrr-gateway ", env!("CARGO_PKG_VERSION")),
            "id": self.axes.iter().map(|axis| axis.id.as_str()).collect::<Vec<_>>(),
            "size": sizes,
            "role": self.roles,
            "dimension": dimensions.collect::<Map<_, _>>(),
            "value": values,
            "status": statuses,
            "extension": extension,
        });
        if let Some(day) = dated {
            set["updated"] = day.into();
        }
        if !footnotes.is_empty() {
            set["note"] = json!(footnotes);
        }
        let lasting = set.to_string().into_bytes();
        set["extension"]["computedAt"] = computed_at;
        File {
            body: set.to_string().into_bytes(),
            lasting: Some(lasting),
        }
    }
}

/// Measures in their order, why they are suppressed, and whether they are at least so many.
type Measured<'a> = (Vec<Option<Value>>, Option<&'a str>, bool);

fn of_figure(figure: &Figure) -> Measured<'_> {
    let measures = vec![
        figure.value.map(Value::from),
        figure.numerator.map(Value::from),
        figure.denominator.map(Value::from),
    ];
    (measures, figure.reason.as_deref(), figure.at_least == Some(true))
}

fn of_row(row: &Row) -> Measured<'_> {
    let measures = vec![row.persons.map(Value::from), row.cases.map(Value::from)];
    (measures, row.reason.as_deref(), row.at_least == Some(true))
}

/// Indicators as a cube.
pub(super) fn of_indicators(answer: &Indicators, parameters: &Parameters) -> File {
    let step = parameters.word("step");
    let mut fixed = vec![Axis::new("INDICATOR", "Indicator")];
    match step {
        Some("PROJECT") => fixed.push(Axis::new("FUNDED_BY", "Project that paid")),
        Some(_) => fixed.push(Axis::new("PERIOD", "Step")),
        None => {}
    }
    let measures = [
        ("VALUE", "The figure: a number, or percent with one decimal"),
        ("NUMERATOR", "What was counted"),
        ("DENOMINATOR", "Of how many"),
    ];
    let mut cube = Cube::new(fixed, &parameters.words("by"), &measures);
    let mut about = Map::new();
    for indicator in &answer.indicators {
        let Some(code) = indicator.code.as_deref() else {
            continue;
        };
        about.insert(code.to_owned(), said_of(indicator));
        let at = cube.axes[0].place(code, indicator.name.as_deref(), None);
        let mut add = |period: Option<&str>, keys: &[Key], figure: &Figure| {
            let mut places = vec![at];
            if step.is_some() {
                places.push(match period {
                    Some(period) => cube.axes[1].place(period, None, None),
                    None => cube.axes[1].place(TOTAL, Some("Total"), None),
                });
            }
            cube.add(places, keys, of_figure(figure));
        };
        add(None, &[], &indicator.figure);
        for part in indicator.values.iter().flatten() {
            let keys = part.keys.as_deref().unwrap_or_default();
            add(part.period.as_deref(), keys, &part.figure);
        }
    }
    let as_of = answer.indicators.iter().filter_map(Indicator::as_of).max();
    let as_of = as_of.map(|day| day.to_string());
    let extension = json!({
        "asOf": as_of,
        "threshold": answer.publication.threshold,
        "publicationVersion": answer.publication.publication_version,
        "indicators": about,
    });
    let computed_at = answer
        .indicators
        .iter()
        .filter_map(|indicator| indicator.computed_at)
        .max();
    cube.finished(
        ("Indicators of the results matrix", as_of),
        extension,
        json!(computed_at),
    )
}

fn said_of(indicator: &Indicator) -> Value {
    json!({
        "number": indicator.number,
        "unit": indicator.unit,
        "baseline": indicator.baseline,
        "target": indicator.target,
        "achieved": indicator.achieved,
        "responseRate": indicator.response_rate,
        "trend": indicator.trend,
        "methodStatus": indicator.method_status,
        "definitionVersion": indicator.definition_version,
        "caveats": indicator.caveats,
        "fromMonth": indicator.from_month,
        "toMonth": indicator.to_month,
        "isPartial": indicator.is_partial,
        "asOf": indicator.as_of(),
    })
}

/// Returns as a cube.
pub(super) fn of_returns(answer: &Returns, parameters: &Parameters) -> File {
    let measures = [("PERSONS", "Persons"), ("CASES", "Cases")];
    let mut cube = Cube::new(Vec::new(), &parameters.words("groupBy"), &measures);
    let rows = answer.rows.iter().chain(&answer.margins).flatten();
    for row in rows {
        cube.add(Vec::new(), row.keys.as_deref().unwrap_or_default(), of_row(row));
    }
    let total = vec![
        answer.total_persons.map(Value::from),
        answer.total_cases.map(Value::from),
    ];
    let total = (
        total,
        answer.total_reason.as_deref(),
        answer.at_least == Some(true),
    );
    cube.add(Vec::new(), &[], total);
    let as_of = answer.as_of().map(|day| day.to_string());
    let extension = json!({
        "asOf": as_of,
        "threshold": answer.publication.threshold,
        "publicationVersion": answer.publication.publication_version,
        "withheldPersons": answer.withheld_persons,
        "advice": answer.advice,
        "fromMonth": answer.from_month,
        "toMonth": answer.to_month,
        "isPartial": answer.is_partial,
    });
    cube.finished(("Returns", as_of), extension, json!(answer.computed_at))
}

/// The words for a dimension.
fn label(dimension: &str) -> &'static str {
    match dimension {
        "HOST_TERRITORY" => "Host territory",
        "REGION" => "Region of return",
        "COUNTRY_OF_RETURN" => "Country of return",
        "NATIONALITY" => "Nationality",
        "SEX" => "Sex",
        "AGE_BAND" => "Band of age",
        "LEGAL_STATUS" => "Legal status",
        "VULNERABILITY_GROUP" => "Group of vulnerability",
        "RETURN_MODE" => "Mode of return",
        "MONTH" => "Month of publication",
        "PROJECT" => "Project",
        _ => "",
    }
}
