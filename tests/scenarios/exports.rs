//! Figures as files: the numbers of the API, in the forms that spreadsheets and statistics programs read.

mod download;

use crate::support::world::browser;
use crate::support::*;
use avrr_gateway::demo;
use avrr_gateway::store::Programme;
use chrono::{DateTime, TimeDelta, Utc};
use download::{cell, downloads, fetched, of_the_cube};
use reqwest::Method;
use serde_json::{Value, json};

/// Cases that are ready to depart: one more than the threshold.
fn eleven_are_ready(now: DateTime<Utc>) -> Programme {
    demo::ready_cases(11, "iom-pristina", now)
}

/// The demo programme, whole.
fn the_demo_programme(now: DateTime<Utc>) -> Programme {
    demo::programme(7, now)
}

async fn everybody_departs(mission: &Actor) {
    for ready in mission.cases_ready_to_depart().await {
        let answer = mission.post(&ready.departure(mission.now())).await.ok();
        assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
    }
}

/// A total that is not told yet is empty; Kosovo* has its footnote in each form.
async fn a_dashboard_downloads_a_table_of_returns_in_each_form(world: &World) {
    let (pristina, dashboard) = (world.mission("Pristina"), world.dashboard());
    world.time_passes(TimeDelta::days(1));
    everybody_departs(&pristina).await;
    let early = downloads(&dashboard, "returns.csv").await.rows();
    let [total] = early.as_slice() else {
        panic!("{early:?}")
    };
    assert_eq!(
        (
            total["row"].as_str(),
            total["persons"].as_str(),
            total["suppressed"].as_str()
        ),
        ("TOTAL", "", "PRIMARY"),
        "what is suppressed is empty, not 0"
    );

    world.time_passes(TimeDelta::days(75));
    let file = downloads(&dashboard, "returns.csv?groupBy=HOST_TERRITORY").await;
    assert!(file.text.contains("\r\n") && !file.text.replace("\r\n", "").contains('\n'));
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"avrr-returns.csv\""
    );
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    let rows = file.rows();
    let kosovo = &rows[0];
    assert_eq!(
        [
            "row",
            "host_territory_code",
            "host_territory",
            "persons",
            "cases",
            "suppressed"
        ]
        .map(|column| &kosovo[column]),
        ["GROUP", "XKX", "Kosovo*", "11", "11", ""]
    );
    assert!(kosovo["footnote"].contains("UNSCR 1244"), "{kosovo:?}");
    assert_eq!(
        (rows[1]["row"].as_str(), rows[1]["persons"].as_str()),
        ("TOTAL", "11")
    );

    let hxl = downloads(
        &dashboard,
        "returns.hxl.csv?groupBy=HOST_TERRITORY&sex=M&bom=true",
    )
    .await;
    assert_eq!(hxl.status, 200, "{}", hxl.text);
    let lines: Vec<&str> = hxl.text.split("\r\n").collect();
    assert!(lines[0].starts_with("\u{feff}row,"));
    let hashtags = "#meta+row,#country+host+code+v_iso3,#country+host+name,#meta+footnote,#affected+m+num,";
    assert!(lines[1].starts_with(hashtags), "{}", lines[1]);
    let cube = downloads(&dashboard, "returns.json?groupBy=HOST_TERRITORY")
        .await
        .json();
    assert_eq!(
        (&cube["class"], &cube["version"]),
        (&json!("dataset"), &json!("2.0"))
    );
    assert_eq!(of_the_cube(&cube, &["XKX", "PERSONS"]).0, 11);
    assert_eq!(of_the_cube(&cube, &["_T", "CASES"]).0, 11);
    let place = &cube["dimension"]["HOST_TERRITORY"]["category"];
    assert_eq!(place["label"]["XKX"], "Kosovo*");
    for footnote in [
        &place["note"]["XKX"][0],
        &cube["extension"]["footnotes"][0],
        &cube["note"][0],
    ] {
        assert!(
            footnote.as_str().is_some_and(|note| note.contains("UNSCR 1244")),
            "{cube}"
        );
    }
    assert_eq!(cube["extension"]["threshold"], 10);
    assert!(cube["extension"]["computedAt"].is_string() && cube["extension"]["asOf"].is_string());
}

/// All 25 indicators, those without a figure too, and hashtags that change nothing of them.
async fn a_dashboard_downloads_the_results_matrix_with_its_figures(world: &World) {
    let (pristina, dashboard) = (world.mission("Pristina"), world.dashboard());
    world.time_passes(TimeDelta::days(1));
    everybody_departs(&pristina).await;
    let early = downloads(&dashboard, "indicators.json?code=ASSISTED_TO_RETURN")
        .await
        .json();
    assert_eq!(
        of_the_cube(&early, &["ASSISTED_TO_RETURN", "VALUE"]),
        (&Value::Null, &json!("PRIMARY"))
    );
    world.time_passes(TimeDelta::days(75));
    let answer = dashboard
        .ask(
            "{ indicators { code value numerator denominator reason baseline target } }",
            json!({}),
        )
        .await
        .ok();
    let answer = answer["indicators"].as_array().expect("indicators");
    let csv = downloads(&dashboard, "indicators.csv").await.rows();
    let hxl = downloads(&dashboard, "indicators.hxl.csv").await.rows();
    let cube = downloads(&dashboard, "indicators.json").await.json();
    assert_eq!((csv.len(), hxl.len()), (25, 26));
    assert_eq!(
        (
            hxl[0]["indicator_code"].as_str(),
            hxl[0]["value"].as_str(),
            hxl[0]["as_of"].as_str()
        ),
        ("#indicator+code", "#indicator+value+num", "#date+reported")
    );
    assert_eq!(csv, hxl[1..]);
    for (told, row) in answer.iter().zip(&csv) {
        let code = told["code"].as_str().expect("a code");
        assert_eq!(row["indicator_code"], code);
        for column in ["value", "numerator", "denominator", "baseline", "target"] {
            assert_eq!(row[column], cell(&told[column]), "{code} {column}");
        }
        assert_eq!(row["suppressed"], told["reason"].as_str().unwrap_or_default());
        assert_eq!(
            of_the_cube(&cube, &[code, "VALUE"]),
            (&told["value"], &told["reason"]),
            "{code}"
        );
    }
    assert!(!csv[18].contains_key("computed_at") && !csv[18]["as_of"].is_empty());
    assert_eq!(csv[18]["value"], "11");
}

/// A file that has not changed is not sent again, and other viewers' files are other files.
async fn a_file_that_is_known_is_not_sent_again(world: &World) {
    let (dashboard, belgrade) = (world.dashboard(), world.mission("Belgrade"));
    for address in [
        "returns.csv?groupBy=COUNTRY_OF_RETURN",
        "returns.hxl.csv",
        "returns.json?groupBy=SEX",
        "indicators.csv?code=ASSISTED_TO_RETURN,STAFF_TRAINED",
        "indicators.hxl.csv?code=ASSISTED_TO_RETURN&step=MONTH",
        "indicators.json?step=YEAR",
    ] {
        let whole = downloads(&dashboard, address).await;
        assert_eq!(whole.status, 200, "{address} {}", whole.text);
        let tag = whole.header("etag").to_owned();
        assert_eq!(
            tag.starts_with("W/"),
            address.contains(".json"),
            "a JSON says when it was computed"
        );
        for (name, value) in [
            ("cache-control", "private, max-age=0, must-revalidate"),
            ("vary", "Authorization, X-Purpose, Accept-Encoding"),
        ] {
            assert_eq!(whole.header(name), value);
        }
        world.time_passes(TimeDelta::minutes(5));
        let listed = format!("\"other\", {tag}");
        for known in [tag.as_str(), listed.as_str(), "*"] {
            let again = fetched(&dashboard, Method::GET, address, &[("If-None-Match", known)]).await;
            assert_eq!(
                (again.status, again.text.as_str()),
                (304, ""),
                "{address} {known}"
            );
            assert_eq!(again.header("etag"), tag);
            assert!(again.header("cache-control").starts_with("private"));
        }
        let other = fetched(
            &dashboard,
            Method::GET,
            address,
            &[("If-None-Match", "\"other\"")],
        )
        .await;
        assert_eq!((other.status, other.header("etag")), (200, tag.as_str()));
        let head = fetched(&dashboard, Method::HEAD, address, &[]).await;
        assert_eq!(
            (head.status, head.text.as_str(), head.header("etag")),
            (200, "", tag.as_str())
        );
        assert!(!head.header("content-length").is_empty());
        let inside = fetched(
            &belgrade,
            Method::GET,
            address,
            &[("If-None-Match", tag.as_str())],
        )
        .await;
        assert_ne!(inside.header("etag"), tag);
        assert_eq!(inside.status, 200, "{address}");
    }
}

/// What is not well asked is refused as the API refuses it, after it is known who asks.
async fn what_is_not_well_asked_is_refused_with_a_code(world: &World) {
    let dashboard = world.dashboard();
    for address in [
        "returns.csv?unknown=1",
        "indicators.json",
        "indicators.hxl.csv?code=HAPPINESS",
    ] {
        let url = format!("http://{}/statistics/{address}", world.address);
        let nobody = browser().get(url).send().await.expect("an answer");
        assert_eq!(nobody.status(), 401, "{address}");
        assert!(nobody.headers().contains_key("www-authenticate"));
    }
    for (address, code) in [
        ("indicators.csv?code=HAPPINESS", "GRAPHQL_VALIDATION_FAILED"),
        ("indicators.json?step=WEEK", "GRAPHQL_VALIDATION_FAILED"),
        ("returns.csv?groupBy=SHOE_SIZE", "GRAPHQL_VALIDATION_FAILED"),
        ("returns.csv?from=yesterday&to=today", "GRAPHQL_VALIDATION_FAILED"),
        ("returns.csv?from=2026-02-01&to=2026-01-01", "INVALID_PERIOD"),
        (
            "indicators.hxl.csv?from=2026-02-01&to=2026-01-01",
            "INVALID_PERIOD",
        ),
        ("indicators.csv?project=NO-SUCH", "INVALID_ARGUMENT"),
        ("indicators.csv?groupBy=SEX", "INVALID_ARGUMENT"),
        ("returns.json?bom=true", "INVALID_ARGUMENT"),
        ("returns.csv?sex=F&sex=M", "INVALID_ARGUMENT"),
        (
            "returns.csv?groupBy=SEX,AGE_BAND&groupBy=HOST_TERRITORY,MONTH",
            "TOO_MANY_DIMENSIONS",
        ),
        ("returns.csv?groupBy=SEX,NATIONALITY", "DIMENSIONS_NOT_TOGETHER"),
    ] {
        let refused = downloads(&dashboard, address).await;
        assert_eq!(
            (refused.status, refused.code()),
            (400, code.to_owned()),
            "{address}: {}",
            refused.text
        );
        assert_eq!(refused.header("cache-control"), "no-store");
        assert!(!refused.headers.contains_key("etag"));
    }
    let closed = downloads(
        &world.embassy("Iraq", "Belgrade"),
        "returns.csv?groupBy=LEGAL_STATUS",
    )
    .await;
    assert_eq!(
        (closed.status, closed.code().as_str()),
        (400, "DIMENSION_WITHHELD")
    );
    let purpose = [("X-Purpose", "ANYTHING")];
    let purpose = fetched(&dashboard, Method::GET, "returns.csv", &purpose).await;
    assert_eq!(
        (purpose.status, purpose.code().as_str()),
        (400, "PURPOSE_NOT_REGISTERED")
    );
    let posted = fetched(&dashboard, Method::POST, "returns.csv", &[]).await;
    assert_eq!((posted.status, posted.header("allow")), (405, "GET, HEAD"));
}

/// Groups of three dimensions of the first phase: each number is that of the API, and what is suppressed says why.
async fn a_large_table_has_the_numbers_of_the_api_and_says_what_is_suppressed(world: &World) {
    let denmark = world.dashboard();
    let question = "{ returns(groupBy: [HOST_TERRITORY, SEX, AGE_BAND], filter: { project: \"WB-RR-I\" }) { totalPersons withheldPersons
        rows { persons cases reason atLeast keys { value } } margins { persons keys { value } } } }";
    let table = denmark.ask(question, json!({})).await.ok()["returns"].take();
    let query = "groupBy=HOST_TERRITORY&groupBy=SEX,AGE_BAND&project=WB-RR-I";
    let file = downloads(&denmark, &format!("returns.csv?{query}")).await.rows();
    let cube = downloads(&denmark, &format!("returns.json?{query}")).await.json();
    let of = |kind: &str| file.iter().filter(|row| row["row"] == kind).collect::<Vec<_>>();
    let groups = of("GROUP");
    let told = table["rows"].as_array().expect("rows");
    assert_eq!(groups.len(), told.len());
    for (row, told) in groups.iter().zip(told) {
        let codes = ["host_territory_code", "sex_code", "age_band_code"].map(|column| row[column].as_str());
        let keys: Vec<&str> = told["keys"]
            .as_array()
            .expect("keys")
            .iter()
            .map(|key| key["value"].as_str().expect("a code"))
            .collect();
        assert_eq!(keys, codes);
        assert_eq!(row["persons"], cell(&told["persons"]));
        assert_eq!(row["suppressed"], told["reason"].as_str().unwrap_or_default());
        assert_eq!(row["at_least"], told["atLeast"].to_string());
        assert_eq!(row["persons"].is_empty(), !row["suppressed"].is_empty());
        assert_eq!(row["host_territory"] == "Kosovo*", !row["footnote"].is_empty());
        let (value, status) = of_the_cube(&cube, &[codes[0], codes[1], codes[2], "PERSONS"]);
        assert_eq!(value, &told["persons"]);
        if value.is_null() {
            assert_eq!(status, &told["reason"]);
        }
    }
    let suppressed = groups
        .iter()
        .filter(|row| row["suppressed"] == "SECONDARY")
        .count();
    assert!(suppressed > 0, "some group of the first phase is small");
    let margins: Vec<String> = of("MARGIN").iter().map(|row| row["persons"].clone()).collect();
    let expected = table["margins"].as_array().expect("margins").iter();
    assert_eq!(
        margins,
        expected
            .map(|margin| cell(&margin["persons"]))
            .collect::<Vec<_>>()
    );
    let total = of("TOTAL");
    assert_eq!(total[0]["persons"], "2521");
    assert_eq!(total[0]["withheld_persons"], cell(&table["withheldPersons"]));

    let steps = "indicators.csv?code=ASSISTED_TO_RETURN&project=WB-RR-I&step=YEAR&by=HOST_TERRITORY";
    let rows = downloads(&denmark, steps).await.rows();
    assert_eq!(
        (rows[0]["row"].as_str(), rows[0]["achieved"].as_str()),
        ("TOTAL", "504.2")
    );
    let question = "{ indicators(codes: [ASSISTED_TO_RETURN], step: YEAR, by: [HOST_TERRITORY], filter: { project: \"WB-RR-I\" }) {
        values { period numerator keys { value } } } }";
    let told = denmark.ask(question, json!({})).await.ok()["indicators"][0]["values"].take();
    let told: Vec<_> = told
        .as_array()
        .expect("values")
        .iter()
        .map(|value| {
            let words =
                [&value["period"], &value["keys"][0]["value"]].map(|word| word.as_str().unwrap_or_default());
            (
                words[0].to_owned(),
                words[1].to_owned(),
                cell(&value["numerator"]),
            )
        })
        .collect();
    let read: Vec<_> = rows[1..]
        .iter()
        .map(|row| {
            ["period", "host_territory_code", "numerator"]
                .map(|column| row[column].clone())
                .into()
        })
        .collect();
    assert!(!told.is_empty());
    assert_eq!(told, read);
}

on_both_databases!(
    from eleven_are_ready:
    a_dashboard_downloads_a_table_of_returns_in_each_form,
    a_dashboard_downloads_the_results_matrix_with_its_figures,
    a_file_that_is_known_is_not_sent_again,
    what_is_not_well_asked_is_refused_with_a_code,
);

mod of_the_demo {
    use super::*;

    on_both_databases!(
        from the_demo_programme:
        a_large_table_has_the_numbers_of_the_api_and_says_what_is_suppressed,
    );
}
