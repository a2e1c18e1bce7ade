//! Each indicator counted again from the rows of the cases, by SQL of the test's own: for whole programmes and for stories
//! through the API. Neither the facts that the program keeps nor what it has published is looked at on this side.
//!
//! The auditor is told what holds now, and exactly; the dashboard is told the same of a project that is over.

mod records;
mod scores;
mod surveys;

use crate::support::world::play_with;
use crate::support::*;
use avrr_gateway::config::DatabaseSettings;
use avrr_gateway::demo;
use avrr_gateway::store::{Recount, Store};
use chrono::TimeDelta;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The finished project of the demo, and the one that runs.
const PROJECTS: [&str; 2] = ["WB-RR-I", "WB-RR-II"];

/// What was counted, and of how many where it is a share.
pub type Counted = (i64, Option<i64>);

/// Indicators of whole persons that the demo's finished project has enough of for everybody.
const TOLD_TO_ALL: [&str; 5] = [
    "HEARD_THROUGH_OUTREACH",
    "RETURN_COUNSELLED",
    "REINTEGRATION_COUNSELLED",
    "ASSISTED_TO_RETURN",
    "REINTEGRATION_ASSISTED",
];

/// The rows, without the program.
pub struct Rows(DatabaseConnection);

impl Rows {
    async fn of(world: &World) -> Self {
        let mut options = ConnectOptions::new(world.stage.url.clone());
        options.max_connections(1).sqlx_logging(false);
        Self(sea_orm::Database::connect(options).await.expect("the database"))
    }

    /// Whatever a question finds, some texts a row; none is empty where nothing is there.
    pub async fn texts(&self, question: &str, columns: usize) -> Vec<Vec<String>> {
        let statement = Statement::from_string(self.0.get_database_backend(), question);
        let rows = self.0.query_all_raw(statement).await;
        let rows = rows.unwrap_or_else(|fault| panic!("{question}: {fault}"));
        let text = |row: &sea_orm::QueryResult, at| row.try_get_by_index::<String>(at).expect("a text");
        rows.iter()
            .map(|row| (0..columns).map(|at| text(row, at)).collect())
            .collect()
    }

    /// The numbers that a question finds, which are in one row.
    pub async fn numbers(&self, question: &str, columns: usize) -> Vec<i64> {
        let rows = self.texts(question, columns).await;
        let numbers = rows[0].iter().map(|text| text.parse().expect("a number"));
        numbers.collect()
    }

    /// An id as text.
    pub fn id(&self, column: &str) -> String {
        match self.0.get_database_backend() {
            DbBackend::Sqlite => format!("lower(hex({column}))"),
            _ => format!("{column}::text"),
        }
    }

    /// The answer to a question of an instrument, out of the text that answers are kept in.
    pub fn answer(&self, question: &str) -> String {
        match self.0.get_database_backend() {
            DbBackend::Sqlite => format!("json_extract(s.answers, '$.{question}')"),
            _ => format!("(s.answers::json->>'{question}')"),
        }
    }

    /// Persons of whom something holds, and whose case a project pays for.
    async fn persons(&self, project: &str, paid_by: &str, holds: &str) -> Counted {
        let question = format!(
            "SELECT CAST(COUNT(*) AS TEXT) FROM persons p JOIN cases c ON c.id = p.case_id \
             WHERE {paid_by} = (SELECT id FROM projects WHERE code = '{project}') AND {holds}"
        );
        (self.numbers(&question, 1).await[0], None)
    }
}

/// Who pays for a case.
pub const PAYS_FOR_THE_CASE: &str = "c.funding_project_id";

/// Who pays for what a person is given after the return: whoever pays for the package, or else for the case.
pub const PAYS_FOR_THE_PACKAGE: &str = "COALESCE((SELECT g.funding_project_id FROM reintegration_packages g \
    WHERE g.person_id = p.id AND g.funding_project_id IS NOT NULL ORDER BY g.id LIMIT 1), c.funding_project_id)";

/// The indicators of persons of a project, counted from the rows.
async fn counted(rows: &Rows, project: &str) -> BTreeMap<&'static str, Counted> {
    let departed = "c.return_mode = 'ASSISTED_VOLUNTARY' AND c.departed_at IS NOT NULL \
                    AND c.state IN ('DEPARTED', 'ARRIVED', 'REINTEGRATION', 'CLOSED')";
    let counselled = |kind: &str| {
        format!("EXISTS (SELECT 1 FROM counselling_sessions h WHERE h.case_id = c.id AND h.kind = '{kind}')")
    };
    let given = "EXISTS (SELECT 1 FROM package_items i JOIN reintegration_packages g \
                 ON g.id = i.reintegration_package_id WHERE g.person_id = p.id AND i.delivered_at IS NOT NULL)";
    let mut counted = BTreeMap::new();
    for (code, paid_by, holds) in [
        ("ASSISTED_TO_RETURN", PAYS_FOR_THE_CASE, departed.to_owned()),
        ("RETURN_COUNSELLED", PAYS_FOR_THE_CASE, counselled("RETURN")),
        (
            "REINTEGRATION_COUNSELLED",
            PAYS_FOR_THE_CASE,
            counselled("REINTEGRATION"),
        ),
        ("REINTEGRATION_ASSISTED", PAYS_FOR_THE_PACKAGE, given.to_owned()),
    ] {
        counted.insert(code, rows.persons(project, paid_by, &holds).await);
    }
    counted.extend(surveys::counted(rows, project).await);
    counted.extend(scores::counted(rows, project).await);
    counted
}

/// What somebody is told of the indicators of a project: numerator and denominator; none where it is suppressed.
async fn told(who: &Actor, project: &str) -> BTreeMap<String, Option<Counted>> {
    let query = "query($project: String) { indicators(filter: { project: $project }) { code numerator denominator } }";
    let data = who.ask(query, json!({ "project": project })).await.ok();
    let told = data["indicators"].as_array().expect("indicators").iter();
    let figure = |one: &Value| {
        one["numerator"]
            .as_i64()
            .map(|number| (number, one["denominator"].as_i64()))
    };
    told.map(|one| (one["code"].as_str().expect("a code").to_owned(), figure(one)))
        .collect()
}

/// What the auditor is told of the indicators agrees with the rows.
async fn figures_agree_with_the_rows(world: &World) {
    let rows = Rows::of(world).await;
    for project in PROJECTS {
        let counted = counted(&rows, project).await;
        assert_eq!(counted.len(), 14, "indicators 1, 2, 4, 12 and 16 to 25");
        let auditor = told(&world.auditor(), project).await;
        for (code, figure) in &counted {
            assert_eq!(
                auditor[*code],
                Some(*figure),
                "{code} of {project}, as the auditor is told"
            );
        }
        records::agree(&rows, &auditor, project).await;
    }
}

/// Of a project that is over everybody is told the same, as far as it is told at all.
async fn a_dashboard_is_told_the_same_of_what_is_over(world: &World) {
    let [finished, _] = PROJECTS;
    let counted = counted(&Rows::of(world).await, finished).await;
    let dashboard = told(&world.dashboard(), finished).await;
    for (code, figure) in &counted {
        match dashboard[*code] {
            Some(told) => assert_eq!(told, *figure, "{code}, as the dashboard is told"),
            None => assert!(!TOLD_TO_ALL.contains(code), "{code} is suppressed"),
        }
    }
}

/// A count of all facts anew finds nothing that was not kept right in the transactions.
async fn facts_were_kept_right(world: &World) {
    let settings = DatabaseSettings {
        url: world.stage.url.as_str().into(),
        ..DatabaseSettings::default()
    };
    let store = Store::connect(&settings, world.clock.clock())
        .await
        .expect("a database");
    let Recount {
        cases,
        mended,
        withdrawn,
        ..
    } = store.recount_facts().await.expect("a count");
    assert!(cases > 0, "there is nothing to be counted");
    assert_eq!(
        (mended, withdrawn),
        (0, 0),
        "facts that were wrong, and that held no longer"
    );
}

/// INV-16, INV-18 and INV-20: whatever is in the programme, its figures are those of its rows.
fn a_programme_is_counted(database: Database, seed: u64) {
    play_with(
        database,
        |_| (),
        |now| Some(demo::programme(seed, now)),
        async |world: &World| {
            figures_agree_with_the_rows(world).await;
            a_dashboard_is_told_the_same_of_what_is_over(world).await;
            facts_were_kept_right(world).await;
        },
    );
}

/// Two are asked, one goes home and is given something, one changes his mind, one is asked too late, one is taken in
/// after a return by force.
async fn a_story_is_counted_as_it_is_played(world: &World) {
    let mut usual = world.a_usual_case(Until::Ready).await;
    let withdrawn = world.a_usual_case(Until::Ticketed).await;
    let early = world.a_usual_case(Until::Opened).await;
    let (pristina, baghdad) = (usual.pristina.clone(), usual.baghdad.clone());
    figures_agree_with_the_rows(world).await;

    world.goes_on(&mut usual, Until::Ready, Until::Departed).await;
    figures_agree_with_the_rows(world).await;
    pristina.withdraws(&withdrawn.case).await;
    pristina.withdraws(&early.case).await;
    world.goes_on(&mut usual, Until::Departed, Until::Arrived).await;

    world.time_passes(TimeDelta::days(10));
    let answers = |safe: &str, heard: &str| json!([{ "question": "SAFE_RETURN", "answer": safe }, { "question": "HEARD_THROUGH", "answer": heard }]);
    let says = |safe, heard| {
        baghdad
            .surveys(&usual.case, "AVR_PMS")
            .with("answers", answers(safe, heard))
    };
    says("YES", "FRIENDS_OR_FAMILY,MIGAPP").await;
    figures_agree_with_the_rows(world).await;
    // The latest round counts, question by question: no answer to one leaves what was said before.
    world.time_passes(TimeDelta::days(2));
    says("NO", "NO_ANSWER").await;
    figures_agree_with_the_rows(world).await;
    baghdad
        .surveys(&usual.case, "AVR_PMS")
        .with("outcome", "DECLINED")
        .with("answers", json!([]))
        .await;
    world.time_passes(TimeDelta::days(40));
    baghdad
        .supervisor()
        .surveys(&usual.case, "AVR_PMS")
        .with("outsideWindow", "SECURITY")
        .await;
    figures_agree_with_the_rows(world).await;

    let package = usual.package.as_ref().expect("a package");
    baghdad.agrees_on(package).await;
    baghdad.delivers(package, 0).await;
    baghdad.delivers(package, 1).await;
    figures_agree_with_the_rows(world).await;

    baghdad.takes_in_after_the_return(person().of("IRQ")).await;
    pristina.visits("Bus station", 40).await;
    pristina.visits("Bus station", 12).await;
    world.time_passes(TimeDelta::days(60));
    figures_agree_with_the_rows(world).await;
    facts_were_kept_right(world).await;
}

on_both_databases!(a_story_is_counted_as_it_is_played);

mod of_programmes {
    use super::a_programme_is_counted;
    use crate::support::Database;

    #[test]
    fn figures_of_three_programmes_are_those_of_their_rows_on_sqlite() {
        for seed in [7, 11, 2_026] {
            a_programme_is_counted(Database::Sqlite, seed);
        }
    }

    #[test]
    fn figures_of_three_programmes_are_those_of_their_rows_on_postgres() {
        for seed in [7, 11, 2_026] {
            a_programme_is_counted(Database::Postgres, seed);
        }
    }
}
