//! What one process does of what the program can do, so that several can share the work.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a process does; all of it, unless something else is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "Words", into = "String")]
pub struct Roles {
    /// Answers partners and holds their streams.
    pub api: bool,
    /// Delivers in the background what is not waited for: webhooks, reminders, escalations.
    pub deliver: bool,
}

impl Default for Roles {
    fn default() -> Self {
        Self {
            api: true,
            deliver: true,
        }
    }
}

impl FromStr for Roles {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut roles = Self {
            api: false,
            deliver: false,
        };
        for word in text.split(',').map(str::trim) {
            match word {
                "api" => roles.api = true,
                "deliver" => roles.deliver = true,
                _ => return Err("write api, deliver, or api,deliver".to_owned()),
            }
        }
        Ok(roles)
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.api, self.deliver) {
            (true, true) => "api,deliver",
            (true, false) => "api",
            (false, true) => "deliver",
            (false, false) => "",
        })
    }
}

/// Roles as a file or the environment has them: in one word or as a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Several(Vec<String>),
}

impl TryFrom<Words> for Roles {
    type Error = String;

    fn try_from(words: Words) -> Result<Self, String> {
        match words {
            Words::One(text) => text.parse(),
            Words::Several(words) => words.join(",").parse(),
        }
    }
}

impl From<Roles> for String {
    fn from(roles: Roles) -> Self {
        roles.to_string()
    }
}
