use super::*;
use crate::config::tests::{environment, file};
use crate::config::{Config, Flags};
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
