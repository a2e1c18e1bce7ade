//! Starting: what the program says when it cannot, and that a demo can be started twice.

use super::App;
use crate::config::Config;
use crate::error::Error;
use crate::graphql::execute;
use std::net::Ipv4Addr;

const REGISTERS: &str = r#"mutation { registerOrganisation(input: { idempotencyKey: "1", code: "iom-tirana",
    name: "IOM Tirana", kind: MISSION, territory: "ALB" }) { errors { code } } }"#;

/// A directory of one test, removed with what is in it.
struct Place(std::path::PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("avrr-app-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a directory");
        Self(path)
    }

    fn settings(&self, demo: bool) -> Config {
        let mut config = Config {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            demo,
            ..Config::default()
        };
        config.database.url = format!("sqlite://{}?mode=rwc", self.0.join("avrr.db").display()).into();
        config.auth.signing_key_file = self.0.join("key.pem");
        config
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn refusal(config: Config) -> String {
    match App::build(config).await {
        Err(Error::Startup(line)) => line,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it started"),
    }
}

#[tokio::test]
async fn a_demo_that_is_started_again_goes_on_where_it_stood() {
    let place = Place::new("again");
    App::build(place.settings(true)).await.expect("a first start");
    App::build(place.settings(true)).await.expect("a second start");
}

#[tokio::test]
async fn a_demo_is_not_loaded_beside_other_data() {
    let place = Place::new("beside");
    let app = App::build(place.settings(false)).await.expect("a start");
    let tokens = app.tokens().expect("its own key");
    let token = tokens.token("admin", tokens.longest()).expect("a token");
    let bearer = format!("Bearer {token}");
    let admitted = app.gateway.authenticator.viewer(Some(&bearer), None).await;
    let admin = admitted.expect("the first client");
    let registered = execute(&app.gateway.schema, REGISTERS.into(), admin, String::new()).await;
    assert!(registered.is_ok(), "{:?}", registered.errors);
    drop(app);
    let line = refusal(place.settings(true)).await;
    assert!(line.contains("--database-url"), "{line}");
}

#[tokio::test]
async fn a_database_that_cannot_be_opened_is_named_with_the_reason_and_the_remedy() {
    let place = Place::new("unreachable");
    let mut config = place.settings(false);
    config.database.url = format!("sqlite://{}", place.0.join("absent.db").display()).into();
    let line = refusal(config).await;
    for part in ["absent.db", "unable to open", "?mode=rwc"] {
        assert!(line.contains(part), "{line}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_holds_personal_data_or_a_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new("private");
    let _app = App::build(place.settings(false)).await.expect("a start");
    let files = std::fs::read_dir(&place.0).expect("the directory");
    let mut names = Vec::new();
    for file in files.map(|file| file.expect("a file")) {
        let mode = file.metadata().expect("its mode").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", file.file_name());
        names.push(file.file_name());
    }
    assert!(names.len() >= 2, "{names:?}");
}
