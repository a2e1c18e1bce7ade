//! What there is to be found: the persons behind everything that was published, from the rows, and the families of tables
//! whose cells an attacker is after.

use super::attacker::{Range, Told};
use super::cells::Cells;
use avrr_gateway::domain::statistics::region_of;
use avrr_gateway::domain::territory::CountryCode;
use sea_orm::{ConnectOptions, ConnectionTrait, Statement};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A family of tables: all sums of the persons of one reporting period over the cells of one cross.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    Corridor,
    Demography,
    Vulnerability,
    LegalStatus,
    ReturnMode,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Corridor,
        Self::Demography,
        Self::Vulnerability,
        Self::LegalStatus,
        Self::ReturnMode,
    ];

    /// Its dimensions, as the contract states them: an agreement of the test's own.
    pub fn dimensions(self) -> &'static [&'static str] {
        match self {
            Self::Corridor => &["HOST_TERRITORY", "REGION", "COUNTRY_OF_RETURN"],
            Self::Demography => &["HOST_TERRITORY", "SEX", "AGE_BAND"],
            Self::Vulnerability => &["HOST_TERRITORY", "VULNERABILITY_GROUP"],
            Self::LegalStatus => &["HOST_TERRITORY", "LEGAL_STATUS"],
            Self::ReturnMode => &["RETURN_MODE"],
        }
    }

    /// Whether its tables tell of all these dimensions.
    pub fn tells_of(self, dimensions: &BTreeSet<&str>) -> bool {
        dimensions
            .iter()
            .all(|dimension| self.dimensions().contains(dimension))
    }
}

/// Persons of a reporting period of whom tables were published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cohort {
    /// Whether they returned with assistance.
    pub assisted: bool,
    /// The project that paid.
    pub project: String,
    /// The first month.
    pub from: String,
    /// The last month.
    pub to: String,
}

/// Months whose number of persons was published at once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Batch {
    /// The project that paid.
    pub project: String,
    /// The first month.
    pub from: String,
    /// The last month.
    pub to: String,
    /// The reporting period, once it is over.
    pub cohort: Option<usize>,
}

/// Everything that is to be found.
pub struct Truth {
    /// Reporting periods of which there are tables.
    pub cohorts: Vec<Cohort>,
    /// What was published of those who returned with assistance, month by month or months together.
    pub batches: Vec<Batch>,
    /// Persons of each reporting period by all dimensions.
    pub persons: Vec<(usize, BTreeMap<&'static str, String>, i64)>,
    /// Persons who returned with assistance, by project and month.
    pub months: BTreeMap<(String, String), i64>,
    /// The groups of each dimension that occur anywhere.
    pub groups: BTreeMap<&'static str, BTreeSet<String>>,
}

/// The columns of a fact that tables go by.
const COLUMNS: [(&str, &str); 8] = [
    ("HOST_TERRITORY", "f.host_territory"),
    ("COUNTRY_OF_RETURN", "f.country_of_return"),
    ("NATIONALITY", "f.nationality"),
    ("SEX", "f.sex"),
    ("AGE_BAND", "f.age_band"),
    ("LEGAL_STATUS", "f.legal_status"),
    ("VULNERABILITY_GROUP", "f.vulnerability"),
    ("RETURN_MODE", "f.return_mode"),
];

impl Truth {
    /// Reads it from the database, after something was published.
    pub async fn of(url: &str) -> Self {
        let columns = COLUMNS.map(|(_, column)| column).join(", ");
        let question = format!(
            "SELECT f.measure, COALESCE(p.code, 'NONE'), b.from_month, b.to_month, COALESCE(c.from_month, ''), \
             COALESCE(c.to_month, ''), f.occurred_month, {columns}, COUNT(*) FROM person_facts f \
             JOIN publication_batches b ON b.id = f.batch_id LEFT JOIN publication_cohorts c ON c.id = b.cohort_id \
             LEFT JOIN projects p ON p.id = f.project_id \
             WHERE f.measure IN ('ASSISTED_TO_RETURN', 'RETURNED_OTHERWISE') \
             GROUP BY f.measure, p.code, b.from_month, b.to_month, c.from_month, c.to_month, f.occurred_month, {columns}"
        );
        let mut options = ConnectOptions::new(url.to_owned());
        options.max_connections(1).sqlx_logging(false);
        let database = sea_orm::Database::connect(options).await.expect("the database");
        let statement = Statement::from_string(database.get_database_backend(), question);
        let rows = database.query_all_raw(statement).await.expect("the facts");
        let mut cohorts = BTreeSet::new();
        let mut read = Vec::new();
        for row in &rows {
            let text = |at: usize| -> String { row.try_get_by_index(at).expect("a text") };
            let cohort = Cohort {
                assisted: text(0) == "ASSISTED_TO_RETURN",
                project: text(1),
                from: text(4),
                to: text(5),
            };
            let mut groups: BTreeMap<&str, String> = (7..)
                .zip(COLUMNS)
                .map(|(at, (dimension, _))| (dimension, text(at)))
                .collect();
            let country = CountryCode::parse(&groups["COUNTRY_OF_RETURN"]).expect("a country");
            groups.insert("REGION", region_of(country).to_string());
            let persons: i64 = row.try_get_by_index(15).expect("a number");
            if !cohort.to.is_empty() {
                cohorts.insert(cohort.clone());
            }
            read.push((cohort, (text(2), text(3)), text(6), groups, persons));
        }
        let cohorts: Vec<Cohort> = cohorts.into_iter().collect();
        let mut truth = Self {
            batches: Vec::new(),
            persons: Vec::new(),
            months: BTreeMap::new(),
            groups: BTreeMap::new(),
            cohorts,
        };
        let mut batches = BTreeSet::new();
        for (cohort, (from, to), month, groups, persons) in read {
            let place = truth.cohorts.iter().position(|known| *known == cohort);
            if cohort.assisted {
                batches.insert(Batch {
                    project: cohort.project.clone(),
                    from,
                    to,
                    cohort: place,
                });
                *truth.months.entry((cohort.project.clone(), month)).or_default() += persons;
            }
            for (dimension, group) in &groups {
                truth.groups.entry(dimension).or_default().insert(group.clone());
            }
            if let Some(place) = place {
                truth.persons.push((place, groups, persons));
            }
        }
        truth.batches = batches.into_iter().collect();
        truth
    }

    /// The cells of a family, each of one reporting period: whatever could occur.
    pub fn field(&self, family: Family) -> Field {
        let of = |dimension: &str| self.groups[dimension].iter().cloned().collect::<Vec<String>>();
        let mut cross: Vec<Vec<String>> = vec![Vec::new()];
        for dimension in family.dimensions() {
            if *dimension == "REGION" {
                // It follows from the country.
                continue;
            }
            let groups = of(dimension);
            cross = cross
                .into_iter()
                .flat_map(|known| {
                    groups.iter().map(move |group| {
                        let mut known = known.clone();
                        known.push(group.clone());
                        known
                    })
                })
                .collect();
        }
        if family == Family::Corridor {
            for cell in &mut cross {
                let country = CountryCode::parse(&cell[1]).expect("a country");
                cell.insert(1, region_of(country).to_string());
            }
        }
        let cohorts = self.cohorts.iter().enumerate();
        let cohorts = cohorts.filter(|(_, cohort)| cohort.assisted || family == Family::ReturnMode);
        let cells: Vec<(usize, Vec<String>)> = cohorts
            .flat_map(|(nth, _)| cross.iter().map(move |cell| (nth, cell.clone())))
            .collect();
        let places: HashMap<(usize, Vec<String>), usize> = cells
            .iter()
            .cloned()
            .enumerate()
            .map(|(at, cell)| (cell, at))
            .collect();
        let mut persons = vec![0; cells.len()];
        let mut of_cohort = vec![Cells::none(cells.len()); self.cohorts.len()];
        let mut of_group: HashMap<(&str, String), Cells> = HashMap::new();
        for (at, (cohort, groups)) in cells.iter().enumerate() {
            of_cohort[*cohort].add(at);
            for (dimension, group) in family.dimensions().iter().zip(groups) {
                let of_it = of_group.entry((dimension, group.clone()));
                of_it.or_insert_with(|| Cells::none(cells.len())).add(at);
            }
        }
        for (cohort, groups, count) in &self.persons {
            let key: Vec<String> = family.dimensions().iter().map(|of| groups[of].clone()).collect();
            if let Some(place) = places.get(&(*cohort, key)) {
                persons[*place] += count;
            }
        }
        Field {
            family,
            cells,
            persons,
            of_cohort,
            of_group,
        }
    }
}

/// The cells of a family with how many there are in each.
pub struct Field {
    /// The family.
    pub family: Family,
    /// The reporting period and the groups of each cell.
    pub cells: Vec<(usize, Vec<String>)>,
    /// How many are in each.
    pub persons: Vec<i64>,
    of_cohort: Vec<Cells>,
    of_group: HashMap<(&'static str, String), Cells>,
}

/// A sum of cells that names too few, as it stands in the rows.
#[derive(Clone, Debug)]
pub struct Small {
    /// What it is the cell of.
    pub what: String,
    /// The cells that it is made of.
    pub cells: Cells,
    /// How many there are.
    pub persons: i64,
}

impl Field {
    /// The cells of some reporting periods in some groups.
    pub fn those<'g>(
        &self,
        cohorts: impl Iterator<Item = usize>,
        groups: impl Iterator<Item = (&'static str, &'g String)>,
    ) -> Cells {
        let mut cells = Cells::none(self.cells.len());
        for cohort in cohorts {
            cells.join(&self.of_cohort[cohort]);
        }
        for (dimension, group) in groups {
            match self.of_group.get(&(dimension, group.clone())) {
                Some(of_it) => cells.keep(of_it),
                None => return Cells::none(self.cells.len()),
            }
        }
        cells
    }

    /// Every true cell of some of the dimensions that names somebody, and fewer than the threshold.
    pub fn small(&self, threshold: i64) -> Vec<Small> {
        let dimensions = self.family.dimensions();
        let mut small = Vec::new();
        for taken in 1..(1_usize << dimensions.len()) {
            let at: Vec<usize> = (0..dimensions.len())
                .filter(|at| taken & (1 << at) != 0)
                .collect();
            let mut sums: BTreeMap<(usize, Vec<&String>), Cells> = BTreeMap::new();
            for (place, (cohort, groups)) in self.cells.iter().enumerate() {
                let key = at.iter().map(|at| &groups[*at]).collect();
                sums.entry((*cohort, key)).or_default().add(place);
            }
            for ((cohort, key), cells) in sums {
                let persons: i64 = cells.iter().map(|cell| self.persons[cell]).sum();
                if (1..threshold).contains(&persons) {
                    small.push(Small {
                        what: format!("{:?} of period {cohort}: {key:?}", self.family),
                        cells,
                        persons,
                    });
                }
            }
        }
        small
    }

    /// That all this is true of the rows: what follows from a wrong statement proves nothing.
    pub fn confirms(&self, told: &[Told]) {
        let sum = |cells: &Cells| cells.iter().map(|cell| self.persons[cell]).sum::<i64>();
        for one in told {
            let sum = sum(&one.plus) - sum(&one.minus);
            let least = if one.is_named { 1 } else { one.least };
            assert!(
                least <= sum && one.most.is_none_or(|most| sum <= most),
                "{:?}: {sum} persons, not {} to {:?}",
                self.family,
                least,
                one.most
            );
        }
    }
}

impl Small {
    /// What was found out about it, in words.
    pub fn was_found(&self, range: Range) -> String {
        format!(
            "{}: {} persons, between {} and {}",
            self.what, self.persons, range.least, range.most
        )
    }
}
