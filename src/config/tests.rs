use super::*;

pub(super) fn environment(variables: &[(&str, &str)]) -> Environment {
    Environment::of(
        variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    )
}

/// Flags that name a settings file, which goes when they go.
pub(super) struct File(pub(super) Flags);

impl Drop for File {
    fn drop(&mut self) {
        let _ = self.0.config.take().map(std::fs::remove_file);
    }
}

pub(super) fn file(text: &str, name: &str) -> File {
    let path = std::env::temp_dir().join(format!("avrr-config-{}-{name}.toml", std::process::id()));
    std::fs::write(&path, text).expect("a temporary file");
    File(Flags {
        config: Some(path),
        ..Flags::default()
    })
}

fn refusal(flags: &Flags, variables: &[(&str, &str)]) -> String {
    let refused = Config::from_layers(flags, environment(variables))
        .expect_err("refused")
        .to_string();
    assert!(!refused.contains('\n'), "{refused}");
    refused
}

#[test]
fn a_flag_beats_the_environment_which_beats_the_file_which_beats_the_defaults() {
    let mut flags = file(
        "listen = '127.0.0.1:1'\n[database]\nurl = 'sqlite://file'\n[limits]\nmax_depth = 7",
        "order",
    );
    let config = Config::from_layers(&flags.0, environment(&[])).expect("settings");
    assert_eq!(
        (
            config.listen.port(),
            config.limits.max_depth,
            config.limits.max_page
        ),
        (1, 7, 100)
    );

    let set = [
        ("AVRR_LISTEN", "127.0.0.1:2"),
        ("AVRR_DATABASE_URL", "sqlite://environment"),
    ];
    let config = Config::from_layers(&flags.0, environment(&set)).expect("settings");
    assert_eq!(
        (config.listen.port(), config.database.url.as_str()),
        (2, "sqlite://environment")
    );

    flags.0.database_url = Some("sqlite://flag".into());
    let config = Config::from_layers(&flags.0, environment(&set)).expect("settings");
    assert_eq!(config.database.url.as_str(), "sqlite://flag");
    let nested = environment(&[
        ("AVRR_DATABASE__URL", "sqlite://nested"),
        ("AVRR_AUTH__LEEWAY_SECONDS", "5"),
    ]);
    let config = Config::from_layers(&Flags::default(), nested).expect("settings");
    assert_eq!(
        (config.database.url.as_str(), config.auth.leeway_seconds),
        ("sqlite://nested", 5)
    );
}

#[test]
fn a_process_does_everything_unless_its_roles_say_otherwise() {
    let roles = |flags: &Flags, set: &[(&str, &str)]| {
        let config = Config::from_layers(flags, environment(set)).expect("settings");
        (config.roles.api, config.roles.deliver)
    };
    assert_eq!(roles(&Flags::default(), &[]), (true, true));
    assert_eq!(roles(&file("roles = ['api']", "roles").0, &[]), (true, false));
    assert_eq!(
        roles(&Flags::default(), &[("AVRR_ROLES", "api,deliver")]),
        (true, true)
    );
    let flags = Flags {
        roles: Some("deliver".parse().expect("a role")),
        ..Flags::default()
    };
    assert_eq!(roles(&flags, &[("AVRR_ROLES", "api")]), (false, true));
    assert!(refusal(&Flags::default(), &[("AVRR_ROLES", "everything")]).contains("api,deliver"));
}

#[test]
fn a_demo_brings_defaults_of_its_own_that_can_still_be_set() {
    let demo = Flags {
        demo: Some("sqlite://scratch".into()),
        ..Flags::default()
    };
    let config = Config::from_layers(&demo, environment(&[])).expect("settings");
    assert!(config.demo && config.explorer);
    assert_eq!(config.database.url.as_str(), "sqlite://scratch");
    let config = Config::from_layers(&demo, environment(&[("AVRR_DATABASE_URL", "postgres://db/x")]))
        .expect("settings");
    assert_eq!(config.database.url.as_str(), "postgres://db/x");
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let flags = file(
        "[limits]\nmax_page = 1000\n[log]\nlevel = '=loud='\n[telemetry]\nsample_ratio = 2.0",
        "faults",
    );
    let faults = Config::check(&flags.0).expect_err("refused");
    let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    for setting in ["limits.max_page", "log.level", "telemetry.sample_ratio"] {
        assert!(lines.iter().any(|line| line.contains(setting)), "{lines:?}");
    }
    for endpoint in [
        "collector:4318",
        "ftp://c",
        "https://me:word@c",
        "https://c/?token=x",
    ] {
        let refused = refusal(&Flags::default(), &[("AVRR_TELEMETRY__OTLP_ENDPOINT", endpoint)]);
        assert!(refused.contains("telemetry.otlp_endpoint"), "{refused}");
    }
}

#[test]
fn an_unknown_key_is_an_error_wherever_it_stands() {
    assert!(refusal(&file("[limits]\nmax_dept = 7", "unknown").0, &[]).contains("max_dept"));
    assert!(refusal(&Flags::default(), &[("AVRR_LIMTS__MAX_DEPTH", "7")]).contains("limts"));
    assert!(refusal(&Flags::default(), &[("AVRR_DEMO", "true")]).contains("demo"));
    let harmless = environment(&[
        ("AVRR_TEST_POSTGRES_URL", "x"),
        ("OTHER", "y"),
        ("AVRR_CONFIG", "z"),
    ]);
    assert!(Config::from_layers(&Flags::default(), harmless).is_ok());
}

#[test]
fn what_is_wrong_is_said_in_one_line_that_names_the_setting() {
    let none = Flags::default();
    assert!(refusal(&none, &[("AVRR_LISTEN", "everywhere")]).contains("LISTEN"));
    assert!(refusal(&none, &[("AVRR_DATABASE_URL", "mysql://x")]).contains("database.url"));
    assert!(
        refusal(
            &none,
            &[
                ("AVRR_AUTH__JWKS_URL", "http://issuer/keys"),
                ("AVRR_AUTH__ISSUER", "i")
            ]
        )
        .contains("auth.jwks_url")
    );
    assert!(refusal(&none, &[("AVRR_AUTH__JWKS_FILE", "keys.json")]).contains("auth.issuer"));
    assert!(refusal(&none, &[("AVRR_LIMITS__MAX_PAGE", "1000")]).contains("limits.max_page"));
    assert!(refusal(&none, &[("AVRR_LOG__LEVEL", "=loud=")]).contains("log.level"));
    let refused = refusal(&none, &[("AVRR_WINDOWS__POLICE_DAYS", "366")]);
    assert!(refused.contains("windows.police_days: 365 at most"), "{refused}");
    assert!(refusal(&none, &[("AVRR_WINDOWS__TRANSIT_DAYS", "3")]).contains("transit_days"));
    let at_once = environment(&[("AVRR_WINDOWS__CONSULAR_DAYS", "0")]);
    let config = Config::from_layers(&none, at_once).expect("a window may close at once");
    assert_eq!((config.windows.consular_days, config.windows.police_days), (0, 7));
    assert!(
        refusal(
            &Flags {
                config: Some("/no/such.toml".into()),
                ..Flags::default()
            },
            &[]
        )
        .contains("--config")
    );
}

#[test]
fn issuers_are_told_apart_and_have_keys() {
    let with = |text: &str, name: &str| {
        let file = file(&format!("[auth]\n{text}"), name);
        Config::from_layers(&file.0, environment(&[]))
    };
    let alone = |more: &str| format!("[[auth.issuers]]\nissuer = 'https://a.example'\n{more}\n");
    let partner = |more: &str| format!("own_key = true\n{}", alone(more));
    let keys = "jwks_url = 'https://a.example/keys'";
    let config = with(&partner(keys), "issuers").expect("settings");
    assert_eq!(config.auth.issuers.len(), 1);
    assert!(config.auth.signs_itself());
    for (text, setting) in [
        (partner(""), "auth.issuers[0].jwks_url"),
        (
            partner("jwks_url = 'http://a.example/keys'"),
            "auth.issuers[0].jwks_url",
        ),
        (
            partner(&format!("{keys}\njwks_file = 'keys.json'")),
            "auth.issuers[0].jwks_file",
        ),
        (
            partner(&format!("{keys}\nmax_lifetime_seconds = 5")),
            "auth.issuers[0].max_lifetime",
        ),
        (
            partner(&format!("{keys}\naudience = ''")),
            "auth.issuers[0].audience",
        ),
        (partner(&format!("{keys}\nkeys = 'x'")), "keys"),
        (partner(keys) + &alone(keys), "auth.issuers[1].issuer"),
        (
            format!("issuer = 'https://a.example'\n{}", partner(keys)),
            "auth.issuers[0].issuer",
        ),
        (alone(keys), "auth.own_key"),
        ("own_key = false".to_owned(), "auth.own_key"),
        (
            "own_key = true\nissuer = 'i'\njwks_file = 'keys.json'".to_owned(),
            "auth.own_key",
        ),
        (
            "jwks_max_stale_seconds = 60".to_owned(),
            "auth.jwks_max_stale_seconds",
        ),
    ] {
        let refused = with(&text, "wrong").expect_err("refused").to_string();
        assert!(refused.contains(setting), "{text}: {refused}");
    }
}

#[test]
fn no_password_is_printed() {
    let url = DatabaseUrl::from("postgres://gateway:s3cret@db.example:5432/avrr?password=s3cret");
    assert_eq!(
        format!("{url:?} {url}"),
        "postgres://gateway:***@db.example:5432/avrr postgres://gateway:***@db.example:5432/avrr"
    );
    let broken = refusal(
        &file(
            "[database]\nurl = \"postgres://u:s3cret@h/d\nlisten = 1",
            "broken",
        )
        .0,
        &[],
    );
    assert!(!broken.contains("s3cret"), "{broken}");
}

#[test]
fn an_id_key_is_64_hexadecimal_digits() {
    assert_eq!(hexadecimal(&"0f".repeat(32)), Some([15; 32]));
    assert_eq!(hexadecimal("0f"), None);
    assert_eq!(hexadecimal(&"é".repeat(32)), None);
}
