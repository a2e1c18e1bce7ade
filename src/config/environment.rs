//! `AVRR_*` variables as a layer of settings: `AVRR_LIMITS__MAX_DEPTH` is `limits.max_depth`.

use figment::value::{Dict, Map, Value};
use figment::{Metadata, Profile, Provider};

/// What this layer calls itself.
pub(super) const NAME: &str = "environment variables";

/// The `AVRR_*` variables of a process.
pub(super) struct Environment(Vec<(String, String)>);

impl Environment {
    /// The variables of this process.
    pub(super) fn of_the_process() -> Self {
        Self::of(
            std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
        )
    }

    /// The settings among some variables: not `AVRR_CONFIG`, which names the file, nor `AVRR_TEST_*`, which steer tests.
    pub(super) fn of(variables: impl Iterator<Item = (String, String)>) -> Self {
        Self(
            variables
                .filter_map(|(name, value)| Some((name.strip_prefix("AVRR_")?.to_lowercase(), value)))
                .filter(|(key, _)| key != "config" && !key.starts_with("test_"))
                .collect(),
        )
    }
}

impl Provider for Environment {
    fn metadata(&self) -> Metadata {
        Metadata::named(NAME).interpolater(|_, keys| format!("AVRR_{}", keys.join("__").to_uppercase()))
    }

    fn data(&self) -> figment::Result<Map<Profile, Dict>> {
        let mut settings = Dict::new();
        for (key, text) in &self.0 {
            let key = match key.as_str() {
                "database_url" => "database__url",
                other => other,
            };
            let Ok(value) = text.parse::<Value>();
            merge(&mut settings, &key.split("__").collect::<Vec<_>>(), value);
        }
        Ok(Profile::Default.collect(settings))
    }
}

fn merge(settings: &mut Dict, path: &[&str], value: Value) {
    match path {
        [] => {}
        [key] => {
            settings.insert((*key).to_owned(), value);
        }
        [section, rest @ ..] => {
            let entry = settings
                .entry((*section).to_owned())
                .or_insert_with(|| Dict::new().into());
            if let Value::Dict(_, inner) = entry {
                merge(inner, rest, value);
            }
        }
    }
}
