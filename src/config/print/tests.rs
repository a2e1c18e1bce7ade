use super::*;
use crate::config::tests::{environment, file};
use crate::config::{Config, DatabaseUrl, Flags};
use proptest::prelude::*;

fn printed(flags: &Flags, variables: &[(&str, &str)]) -> String {
    Config::printed_layers(flags, environment(variables)).expect("settings")
}

/// The lines without the comments that say where they come from.
fn bare(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.split(" # ").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_printed_can_be_given_again_and_says_where_it_comes_from() {
    let text = "roles = ['api']\n[limits]\nmax_depth = 7\n[statistics.territories]\nALB = 12\n[[auth.issuers]]\n\
                issuer = 'https://a.example'\njwks_url = 'https://a.example/keys'\n[auth]\nown_key = true\n\
                [webhooks]\nallow = ['here:80', 'there:81']";
    let given = file(text, "printed");
    let set = [
        ("AVRR_LOG__LEVEL", "debug"),
        ("AVRR_TELEMETRY__SAMPLE_RATIO", "0.25"),
    ];
    let mut flags = given.0.clone();
    flags.listen = Some("127.0.0.1:2".parse().expect("an address"));
    let first = printed(&flags, &set);
    for line in [
        "listen = \"127.0.0.1:2\" # the command line",
        "level = \"debug\" # AVRR_LOG__LEVEL",
        "sample_ratio = 0.25 # AVRR_TELEMETRY__SAMPLE_RATIO",
        "max_page = 100 # default",
        "url = \"sqlite://avrr.db?mode=rwc\" # default",
        "ALB = 12 # ",
    ] {
        assert!(first.contains(line), "{line}: {first}");
    }
    let path = flags.config.clone().expect("a file").display().to_string();
    assert!(first.contains(&format!("max_depth = 7 # {path}")), "{first}");
    let again = file(&first, "printed-again");
    assert_eq!(bare(&printed(&again.0, &[])), bare(&first));
}

#[test]
fn passwords_of_the_database_and_of_issuers_are_left_out() {
    let flags = Flags::default();
    for url in [
        "postgres://gateway:s3cret-word@db.example:5432/avrr?password=s3cret-word&sslmode=require",
        "postgres:///avrr?host=/run/postgresql&password=s3cret-word",
        "postgres://gateway:s3cret-word/more@db.example/avrr",
        "postgres:gateway:s3cret-word@db.example",
        "postgres://gateway:s3cret?word@db/x",
        "postgres//gateway:s3cret@db",
        "host=db password=s3cret",
        "sqlite://file?key=s3cret-word",
    ] {
        let text = printed(&flags, &[("AVRR_DATABASE_URL", url)]);
        assert!(!text.contains("s3cret"), "{text}");
        assert!(
            text.contains("# AVRR_DATABASE__URL; a secret is left out"),
            "{text}"
        );
    }
    let keys = "https://me:s3cret-word@a.example/keys?token=s3cret-word";
    let text = printed(
        &flags,
        &[("AVRR_AUTH__JWKS_URL", keys), ("AVRR_AUTH__ISSUER", "i")],
    );
    assert!(!text.contains("s3cret"), "{text}");
    let whole = "postgres://gateway@db.example/avrr?sslmode=require";
    assert!(printed(&flags, &[("AVRR_DATABASE_URL", whole)]).contains(whole));
}

#[test]
fn what_is_no_address_is_left_out_whole_and_so_is_who_asks_but_for_the_user_of_a_database() {
    for (given, shown) in [
        ("postgres://gateway:s3cret?word@db/x", "***"),
        ("host=db password=hunter2", "***"),
        ("postgres//u:pw@h", "***"),
        ("https://TOKEN@issuer/", "https://***@issuer/"),
        ("https://me:pw@issuer/", "https://***:***@issuer/"),
        ("postgres://gateway:pw@db/x", "postgres://gateway:***@db/x"),
    ] {
        assert_eq!(without_secrets(given), (shown.to_owned(), false), "{given}");
        assert_eq!(DatabaseUrl::from(given).to_string(), shown);
    }
    for whole in [
        "sqlite://avrr.db?mode=rwc",
        "sqlite::memory:",
        "postgres://gateway@db/x",
        "https://a.example/keys",
    ] {
        assert_eq!(without_secrets(whole), (whole.to_owned(), true));
    }
    let given = [
        ("AVRR_AUTH__ISSUER", "https://TOKEN@issuer/"),
        ("AVRR_AUTH__JWKS_URL", "me:hunter2@issuer"),
    ];
    let text = printed(&Flags::default(), &given);
    assert!(!text.contains("TOKEN") && !text.contains("hunter2"), "{text}");
}

proptest! {
    #[test]
    fn no_password_is_printed_whatever_its_characters(password in "[!-~]{6,24}", at in 0..3_usize) {
        // What is part of the address, or of the settings, cannot be told from a password by looking.
        let url = match at {
            0 => format!("postgres://gateway:{password}@db.example:5432/avrr?sslmode=require"),
            1 => format!("postgres://db.example/avrr?sslmode=require&password={password}"),
            _ => format!("postgresql://gateway@db.example/avrr?password={password}&user=gateway"),
        };
        let (shown, is_whole) = without_secrets(&url);
        prop_assert!(!is_whole);
        prop_assert!(!shown.contains(&password), "{shown}");
    }
}
