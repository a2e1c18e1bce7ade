//! Each room refuses to know what it says it refuses to know. Read from the source files, as a person would.

use crate::source::{Source, below, names};

/// Whether a source belongs to a room: one of its files, or the file that bears its name.
fn in_room(source: &Source, room: &str) -> bool {
    source.path.starts_with(&format!("src/{room}/")) || source.path == format!("src/{room}.rs")
}

/// Whether a source is the tests of a room.
fn is_test(source: &Source) -> bool {
    source.path.ends_with("/tests.rs") || source.path.contains("/tests/")
}

/// The lines of these sources that name one of these words.
fn lines_that_name<'s>(sources: impl IntoIterator<Item = &'s Source>, words: &[&str]) -> Vec<String> {
    let sources = sources.into_iter();
    let lines = sources.flat_map(|source| {
        words.iter().flat_map(|word| {
            let lines = source.lines_that_name(word);
            lines.into_iter().map(move |line| format!("{line} names {word}"))
        })
    });
    lines.collect()
}

const NOWHERE: Vec<String> = Vec::new();

#[test]
fn the_domain_and_the_policy_know_no_graphql_no_sql_no_waiting_and_no_clock() {
    let sources = below(&["src"]);
    let words = [
        "async_graphql",
        "sea_orm",
        "sea_query",
        "sqlx",
        "entity",
        "tokio",
        "axum",
        "async",
        "await",
        "Utc::now",
        "Instant",
        "SystemTime",
    ];
    for room in ["domain", "policy"] {
        let room: Vec<&Source> = sources.iter().filter(|source| in_room(source, room)).collect();
        assert!(room.len() > 5);
        assert_eq!(lines_that_name(room, &words), NOWHERE);
    }
}

#[test]
fn the_domain_and_the_policy_know_no_other_room_than_ids_and_each_the_ones_before_it() {
    let sources = below(&["src"]);
    let outer = [
        "app",
        "cli",
        "clock",
        "commands",
        "config",
        "demo",
        "error",
        "graphql",
        "http",
        "indicators",
        "notify",
        "store",
    ];
    let rooms = outer.map(|room| format!("crate::{room}"));
    let mut words: Vec<&str> = rooms.iter().map(String::as_str).collect();
    let policy = sources.iter().filter(|source| in_room(source, "policy"));
    assert_eq!(lines_that_name(policy, &words), NOWHERE);
    words.push("crate::policy");
    let domain = sources.iter().filter(|source| in_room(source, "domain"));
    assert_eq!(lines_that_name(domain, &words), NOWHERE);
}

#[test]
fn only_the_store_names_the_database() {
    let sources = below(&["src"]);
    let others = sources.iter().filter(|source| !in_room(source, "store"));
    let words = [
        "sea_orm",
        "sea_orm_migration",
        "sea_query",
        "sqlx",
        "entity",
        "Migrator",
    ];
    assert_eq!(lines_that_name(others, &words), NOWHERE);
}

#[test]
fn the_migrations_and_the_models_know_neither_each_other_nor_the_program() {
    let migration = below(&["migration/src"]);
    assert_eq!(lines_that_name(&migration, &["entity", "avrr_gateway"]), NOWHERE);
    let entity = below(&["entity/src"]);
    assert_eq!(
        lines_that_name(&entity, &["migration", "avrr_gateway", "async_graphql"]),
        NOWHERE
    );
}

#[test]
fn only_the_schema_names_graphql() {
    let sources = below(&["src"]);
    let rooms = ["graphql", "http"];
    let others = sources
        .iter()
        .filter(|source| !is_test(source) && !rooms.iter().any(|room| in_room(source, room)));
    assert_eq!(
        lines_that_name(others, &["async_graphql", "async_graphql_axum"]),
        NOWHERE
    );
}

#[test]
fn the_types_of_the_schema_are_tables_without_conditions_sql_or_transactions() {
    let sources = below(&["src/graphql/types"]);
    let words = [
        "if",
        "match",
        "begin",
        "commit",
        "rollback",
        "transaction",
        "UnitOfWork",
        "Condition",
        "Query",
        "unsafe",
    ];
    assert_eq!(lines_that_name(&sources, &words), NOWHERE);
    for source in &sources {
        for statement in ["SELECT", "INSERT", "UPDATE", "DELETE"] {
            assert!(
                !names(&source.quoted, statement),
                "{} quotes {statement}",
                source.path
            );
        }
        // What a viewer is decides in the tables alone; `Viewer` may say what its own token says.
        for (number, line) in (1..).zip(source.code.lines()) {
            let compares = ["==", "!=", "matches!", "&&", "||", "?;"]
                .iter()
                .any(|sign| line.contains(sign));
            assert!(
                !(compares && names(line, "viewer")),
                "{}:{number} decides by the viewer",
                source.path
            );
        }
    }
}

#[test]
fn no_resolver_holds_a_database_handle() {
    let sources = below(&["src/graphql"]);
    let words = ["DatabaseConnection", "DatabaseTransaction", "Store::connect"];
    assert_eq!(lines_that_name(&sources, &words), NOWHERE);
}

/// There are no e-mails: nothing connects to anywhere but the database, the issuer's keys, the collector of traces if one is
/// set, and webhooks, which go by one way out (4.4, 17).
#[test]
fn the_program_fetches_the_issuer_s_keys_sends_to_webhooks_and_a_collector_and_connects_to_nobody_else() {
    let sources = below(&["src"]);
    let own = [
        "src/http/jwks.rs",
        "src/config/validate.rs",
        "src/notify/webhook/egress.rs",
        // It takes connections, and makes none.
        "src/http/accept.rs",
        "src/telemetry/otlp.rs",
        "src/config/operation.rs",
        "src/config/print.rs",
    ];
    let others = sources
        .iter()
        .filter(|source| !is_test(source) && !own.contains(&source.path.as_str()));
    let words = [
        "reqwest",
        "hyper",
        "TcpStream",
        "UdpSocket",
        "UnixStream",
        "connect_async",
        "lettre",
        "ureq",
    ];
    assert_eq!(lines_that_name(others, &words), NOWHERE);
    // The settings only read an address.
    let settings = sources
        .iter()
        .filter(|source| source.path.starts_with("src/config") && own.contains(&source.path.as_str()));
    assert_eq!(lines_that_name(settings, &["Client"]), NOWHERE);
    let door = sources.iter().filter(|source| source.path == own[3]);
    assert_eq!(
        lines_that_name(door, &["connect", "client", "hyper::client"]),
        NOWHERE
    );
}

#[test]
fn only_the_clock_says_what_time_it_is() {
    let sources = below(&["src", "entity/src", "migration/src"]);
    let others = sources.iter().filter(|source| source.path != "src/clock.rs");
    assert_eq!(
        lines_that_name(others, &["Utc::now", "Local::now", "SystemTime::now"]),
        NOWHERE
    );
}

#[test]
fn a_viewer_is_made_where_tokens_are_verified_and_nowhere_else() {
    let sources = below(&["src"]);
    let makers: Vec<&str> = sources
        .iter()
        .filter(|source| source.code.contains("Viewer {") && !is_test(source))
        .filter(|source| makes_a_viewer(&source.code))
        .map(|source| source.path.as_str())
        .collect();
    // The printed tables ask what a kind of viewer reaches, for nobody in particular.
    assert_eq!(makers, ["src/http/auth.rs", "src/policy/render.rs"]);
}

fn makes_a_viewer(code: &str) -> bool {
    code.lines().any(|line| {
        let line = line.trim_start();
        let declares = ["pub struct", "struct", "impl", "for Viewer"]
            .iter()
            .any(|word| line.starts_with(word));
        names(line, "Viewer") && line.contains("Viewer {") && !declares && !line.contains("->")
    })
}

/// The word that stands for a value, where nothing else does.
fn is_a_name(value: &str) -> bool {
    value
        .chars()
        .all(|letter| letter.is_ascii_lowercase() || letter == '_')
}

#[test]
fn a_state_moves_through_its_machine_and_in_no_other_way() {
    let sources = below(&["src/domain"]);
    let mut moves = 0;
    for source in sources.iter().filter(|source| !is_test(source)) {
        let of_a_machine = |value: &str| value.contains(".step(") || value.contains(".begin(");
        let statement = |from: usize| source.code[from..].split(';').next().unwrap_or_default().trim();
        let (sign, domain) = (".state = ", source.code.split("#[cfg(test)]").next());
        for (at, _) in domain.unwrap_or_default().match_indices(sign) {
            let value = statement(at + sign.len());
            let bound = format!("let {value} = ");
            let mut bindings = source.code.match_indices(&bound);
            let named = is_a_name(value) && bindings.any(|(at, _)| of_a_machine(statement(at)));
            assert!(
                of_a_machine(value) || named,
                "{} sets a state to {value}, which no machine gave",
                source.path
            );
            moves += 1;
        }
    }
    assert!(moves > 20, "{moves} moves were found");
}

#[test]
fn error_codes_are_spelled_in_one_place() {
    use avrr_gateway::domain::code::Code as _;
    use avrr_gateway::error::Code;
    let sources = below(&["src"]);
    let others = sources
        .iter()
        .filter(|source| source.path != "src/error.rs" && !is_test(source));
    for source in others {
        for (_, code, _) in Code::ALL {
            let quoted = format!("\"{code}\"");
            assert!(
                !source.quoted.lines().any(|text| text == quoted),
                "{} spells {code}; src/error.rs does",
                source.path
            );
        }
    }
}

#[test]
fn the_program_s_main_file_only_hands_on() {
    let main = below(&["src"])
        .into_iter()
        .find(|source| source.path == "src/main.rs")
        .expect("src/main.rs");
    let lines = main.text.lines().count();
    assert!(lines <= 80, "src/main.rs has {lines} lines");
}

/// One GraphQL type, one aggregate, one concern a file.
const LONGEST_FILE: usize = 450;

#[test]
fn files_stay_short_enough_to_read() {
    let sources = below(&["src", "entity/src", "migration", "tests"]);
    let lengths = sources
        .iter()
        .map(|source| (source.text.lines().count(), source.path.as_str()));
    // The table of fields is one line a field, and one table.
    let others = lengths.filter(|(_, path)| *path != "src/policy/fields.rs");
    let too_long: Vec<(usize, &str)> = others.filter(|(lines, _)| *lines > LONGEST_FILE).collect();
    assert_eq!(too_long, Vec::<(usize, &str)>::new());
}

#[test]
fn comments_leave_nothing_for_later() {
    // Put together, so that this file does not find itself.
    let words = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["X", "XX"].concat(),
        ["HA", "CK"].concat(),
    ];
    for source in below(&["src", "entity/src", "migration", "tests"]) {
        for word in &words {
            assert!(!names(&source.comments, word), "{} has a {word}", source.path);
        }
        for word in ["todo!", "unimplemented!", "dbg!"] {
            assert!(!source.code.contains(word), "{} has a {word}", source.path);
        }
    }
}

#[test]
fn every_file_says_why_it_exists() {
    let sources = below(&["src", "entity/src", "migration", "tests"]);
    for source in sources.iter().filter(|source| !is_test(source)) {
        assert!(
            source.text.starts_with("//!"),
            "{} does not say why it exists",
            source.path
        );
    }
}
