//! What a dashboard asks and is told, and what follows from an answer for the cells behind it.

use super::attacker::Told;
use super::cells::Cells;
use super::truth::{Batch, Family, Field, Truth};
use crate::support::Actor;
use avrr_gateway::domain::territory::CountryCode;
use chrono::{Days, Months, NaiveDate};
use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Every dimension, with the argument that filters by it where there is one, and whether that is a text.
pub const DIMENSIONS: [(&str, Option<(&str, bool)>); 10] = [
    ("HOST_TERRITORY", Some(("hostTerritory", true))),
    ("REGION", Some(("region", false))),
    ("COUNTRY_OF_RETURN", Some(("countryOfReturn", true))),
    ("SEX", Some(("sex", false))),
    ("AGE_BAND", Some(("ageBand", false))),
    ("LEGAL_STATUS", Some(("legalStatus", false))),
    ("VULNERABILITY_GROUP", Some(("vulnerabilityGroup", false))),
    ("RETURN_MODE", Some(("returnMode", false))),
    ("MONTH", None),
    ("PROJECT", None),
];

/// A question about returns.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// What to count by.
    pub by: Vec<&'static str>,
    /// Only these groups.
    pub only: Vec<(&'static str, String)>,
    /// Only this project.
    pub project: Option<String>,
    /// Only these months, both included.
    pub months: Option<(String, String)>,
}

/// A row of an answer.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its groups.
    pub keys: Vec<String>,
    /// How many, where that is told.
    pub persons: Option<i64>,
    /// Whether there may be more.
    pub at_least: bool,
}

/// What was told.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The question.
    pub question: Question,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The total; none in a margin, which has none of its own.
    pub total: Option<Row>,
    /// Why there is no total.
    pub reason: Option<String>,
    /// Persons of whom something is withheld.
    pub withheld: i64,
}

/// So many questions go into one request: half a thousand fields are the limit.
const AT_ONCE: usize = 22;

const TOLD: &str = "fragment told on StatisticsTable { totalPersons totalReason atLeast withheldPersons \
                    rows { keys { value } persons atLeast } margins { keys { dimension value } persons atLeast } }";

impl Question {
    /// Dimensions of persons that it counts by or filters.
    pub fn of_persons(&self) -> BTreeSet<&'static str> {
        let all = self
            .by
            .iter()
            .copied()
            .chain(self.only.iter().map(|(dimension, _)| *dimension));
        all.filter(|dimension| !["MONTH", "PROJECT"].contains(dimension))
            .collect()
    }

    /// Whether it can be answered, as the contract states it.
    pub fn goes_together(&self) -> bool {
        let dimensions = self.of_persons();
        Family::ALL.iter().any(|family| family.tells_of(&dimensions))
    }

    fn written(&self) -> String {
        let mut filter = String::new();
        for (dimension, group) in &self.only {
            let (_, argument) = DIMENSIONS
                .iter()
                .find(|(known, _)| known == dimension)
                .expect("a dimension");
            let (name, is_text) = argument.expect("a dimension that is filtered by");
            let quote = if is_text { "\"" } else { "" };
            let _ = write!(filter, "{name}: {quote}{group}{quote} ");
        }
        if let Some(project) = &self.project {
            let _ = write!(filter, "project: \"{project}\" ");
        }
        if let Some((from, to)) = &self.months {
            let _ = write!(filter, "from: \"{}\" to: \"{}\" ", first_of(from), last_of(to));
        }
        format!(
            "returns(groupBy: [{}], filter: {{ {filter} }})",
            self.by.join(", ")
        )
    }

    fn asks_about(&self, project: &str, to: &str) -> bool {
        let in_months = self
            .months
            .as_ref()
            .is_none_or(|(from, until)| (from.as_str()..=until.as_str()).contains(&to));
        in_months && self.project.as_ref().is_none_or(|wanted| wanted == project)
    }
}

fn first_of(month: &str) -> NaiveDate {
    NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d").expect("a month")
}

fn last_of(month: &str) -> NaiveDate {
    first_of(month) + Months::new(1) - Days::new(1)
}

/// Asks all this, and gives what was told. Everything must be answered.
pub async fn ask(dashboard: &Actor, questions: &[Question]) -> Vec<Answer> {
    let requests = questions.chunks(AT_ONCE).map(async |some| {
        let mut query = TOLD.to_owned() + " {";
        for (nth, question) in some.iter().enumerate() {
            let _ = write!(query, " q{nth}: {} {{ ...told }}", question.written());
        }
        query.push('}');
        let data = dashboard.ask(&query, json!({})).await.ok();
        let read = some
            .iter()
            .enumerate()
            .map(|(nth, question)| read(question, &data[format!("q{nth}")]));
        read.flatten().collect::<Vec<Answer>>()
    });
    let answers: Vec<Vec<Answer>> = stream::iter(requests).buffered(4).collect().await;
    answers.into_iter().flatten().collect()
}

/// Asks what does not go together, each question by itself, and sees each refused.
pub async fn is_refused(dashboard: &Actor, questions: &[Question]) {
    let requests = questions.iter().map(async |question| {
        let query = format!("{{ {} {{ totalPersons }} }}", question.written());
        let answer = dashboard.ask(&query, json!({})).await;
        assert_eq!(
            answer.code(),
            "DIMENSIONS_NOT_TOGETHER",
            "{query}: {}",
            answer.text
        );
    });
    stream::iter(requests).buffered(4).collect::<Vec<()>>().await;
}

/// A table is an answer, and so is each of its margins.
fn read(question: &Question, table: &Value) -> Vec<Answer> {
    let number = |value: &Value| value.as_i64();
    let row = |row: &Value| Row {
        keys: row["keys"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|key| code(&key["value"]))
            .collect(),
        persons: number(&row["persons"]),
        at_least: row["atLeast"] == json!(true),
    };
    let withheld = number(&table["withheldPersons"]).expect("a number");
    let mut answers = vec![Answer {
        question: question.clone(),
        rows: table["rows"].as_array().expect("rows").iter().map(row).collect(),
        total: Some(Row {
            keys: Vec::new(),
            persons: number(&table["totalPersons"]),
            at_least: table["atLeast"] == json!(true),
        }),
        reason: table["totalReason"].as_str().map(str::to_owned),
        withheld,
    }];
    for alone in &question.by {
        let margins = table["margins"].as_array().expect("margins").iter();
        let rows: Vec<Row> = margins
            .filter(|margin| margin["keys"][0]["dimension"] == *alone)
            .map(row)
            .collect();
        if !rows.is_empty() {
            // A margin says nothing of how many are withheld from it.
            answers.push(Answer {
                question: Question {
                    by: vec![*alone],
                    ..question.clone()
                },
                rows,
                total: None,
                reason: None,
                withheld: i64::MAX,
            });
        }
    }
    answers
}

/// Territories as the rows have them, whatever the client's own code for them is.
fn code(value: &Value) -> String {
    let text = value.as_str().expect("a code");
    let place = (text.len() <= 3).then(|| CountryCode::parse(text)).flatten();
    place.map_or_else(|| text.to_owned(), |place| place.as_str().to_owned())
}

impl Row {
    fn says(&self, cells: Cells, withheld: i64) -> Told {
        let most = |persons: i64| persons.checked_add(withheld);
        match self.persons {
            Some(persons) if !self.at_least => Told::exactly(cells, persons),
            Some(persons) => Told::between(cells, persons, most(persons)),
            None => Told::named(cells, Some(withheld).filter(|withheld| *withheld < i64::MAX)),
        }
    }
}

impl Answer {
    /// What follows for the cells of a family.
    pub fn tells(&self, truth: &Truth, field: &Field) -> Vec<Told> {
        let question = &self.question;
        let dimensions = question.of_persons();
        if !field.family.tells_of(&dimensions) {
            return Vec::new();
        }
        let asked: BTreeSet<usize> = if dimensions.is_empty() {
            match whole_periods(question, truth) {
                Some(cohorts) => cohorts,
                None => return Vec::new(),
            }
        } else {
            let by_mode = dimensions.contains("RETURN_MODE");
            let cohorts = truth.cohorts.iter().enumerate().filter(|(_, cohort)| {
                (cohort.assisted || by_mode) && question.asks_about(&cohort.project, &cohort.to)
            });
            cohorts.map(|(nth, _)| nth).collect()
        };
        let cells_of = |keys: &[String]| {
            let key = |of: &str| {
                let place = question.by.iter().position(|dimension| *dimension == of);
                place.and_then(|at| keys.get(at))
            };
            let cohorts = asked.iter().copied().filter(|nth| {
                let cohort = &truth.cohorts[*nth];
                key("MONTH").is_none_or(|months| *months == interval(&cohort.from, &cohort.to))
                    && key("PROJECT").is_none_or(|project| *project == cohort.project)
            });
            let of_persons = question.by.iter().copied().zip(keys);
            let of_persons = of_persons.filter(|(dimension, _)| dimensions.contains(dimension));
            let only = question.only.iter().map(|(dimension, group)| (*dimension, group));
            field.those(cohorts, of_persons.chain(only))
        };
        let mut told: Vec<Told> = self
            .total
            .iter()
            .map(|total| self.total_says(total, cells_of(&[])))
            .collect();
        if !dimensions.is_empty() {
            told.extend(
                self.rows
                    .iter()
                    .map(|row| row.says(cells_of(&row.keys), self.withheld)),
            );
        }
        told
    }

    fn total_says(&self, total: &Row, cells: Cells) -> Told {
        match (total.persons, self.reason.as_deref()) {
            // Whoever is told of nobody, and that nobody is withheld, knows that there is nobody.
            (None, Some("PRIMARY")) => Told::exactly(cells, 0),
            (None, _) => Told::between(cells, 0, Some(self.withheld)),
            _ => total.says(cells, self.withheld),
        }
    }

    /// What follows for the months, from an answer that is about whole publications.
    pub fn tells_of_months(&self, truth: &Truth, months: &[(String, String)]) -> Vec<Told> {
        let question = &self.question;
        if !question.of_persons().is_empty() {
            return Vec::new();
        }
        let asked = |batch: &&Batch| question.asks_about(&batch.project, &batch.to);
        let months_of = |batches: Vec<&Batch>| -> Cells {
            let cells = months.iter().enumerate().filter(|(_, (project, month))| {
                let holds =
                    |batch: &&Batch| batch.project == *project && (&batch.from..=&batch.to).contains(&month);
                batches.iter().any(holds)
            });
            cells.map(|(at, _)| at).collect()
        };
        let all = || truth.batches.iter().filter(asked);
        let mut told: Vec<Told> = self
            .total
            .iter()
            .map(|total| self.total_says(total, months_of(all().collect())))
            .collect();
        if !question.by.is_empty() {
            told.extend(self.rows.iter().map(|row| {
                let batches = all().filter(|batch| {
                    let mut keys = question.by.iter().zip(&row.keys);
                    keys.all(|(dimension, key)| match *dimension {
                        "MONTH" => interval(&batch.from, &batch.to) == *key,
                        _ => batch.project == *key,
                    })
                });
                row.says(months_of(batches.collect()), self.withheld)
            }));
        }
        told
    }
}

/// Months as rows name them.
fn interval(from: &str, to: &str) -> String {
    if from == to {
        to.to_owned()
    } else {
        format!("{from}/{to}")
    }
}

/// The reporting periods that a question about whole publications asks about, if it asks about nothing else.
fn whole_periods(question: &Question, truth: &Truth) -> Option<BTreeSet<usize>> {
    let asked = |batch: &Batch| question.asks_about(&batch.project, &batch.to);
    let touched: BTreeSet<Option<usize>> = truth
        .batches
        .iter()
        .filter(|batch| asked(batch))
        .map(|batch| batch.cohort)
        .collect();
    let whole = touched.iter().all(|cohort| {
        let mut of_it = truth.batches.iter().filter(|batch| batch.cohort == *cohort);
        cohort.is_some() && of_it.all(asked)
    });
    whole.then(|| touched.into_iter().flatten().collect())
}
