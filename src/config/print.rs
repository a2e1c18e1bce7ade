//! Settings as they are in force: as TOML that could be given again, with where each comes from, and without secrets.

use figment::value::{Dict, Num, Value};
use figment::{Figment, Metadata, Profile, Provider as _, Source};
use std::fmt::Write as _;

/// What stands where a secret was.
const HIDDEN: &str = "***";

/// Settings that are addresses: what is written there and is none may be a password in the wrong place.
const ADDRESSES: [&str; 3] = ["jwks_url", "otlp_endpoint", "url"];

/// Parameters of addresses that hold no secret.
const HARMLESS: [&str; 12] = [
    "application_name",
    "cache",
    "dbname",
    "host",
    "immutable",
    "mode",
    "port",
    "sslcert",
    "sslmode",
    "sslrootcert",
    "user",
    "vfs",
];

/// All settings of some layers.
pub(super) fn printed(layers: &Figment) -> Result<String, Box<figment::Error>> {
    let mut profiles = layers.data().map_err(Box::new)?;
    let settings = profiles.remove(&Profile::Default).unwrap_or_default();
    let mut text = String::new();
    table(&mut text, layers, &mut Vec::new(), &settings);
    Ok(text)
}

/// A table: what stands in it first, then the tables in it.
fn table(text: &mut String, layers: &Figment, path: &mut Vec<String>, settings: &Dict) {
    for (name, value) in settings {
        if let Some((written, is_whole)) = written(name, value) {
            let source = layers.get_metadata(value.tag());
            let source = source.map_or_else(|| "unknown".to_owned(), |source| place(source, path, name));
            let rest = if is_whole { "" } else { "; a secret is left out" };
            let _ = writeln!(text, "{} = {written} # {source}{rest}", key(name));
        }
    }
    for (name, value) in settings {
        path.push(name.clone());
        let heading = path.iter().map(|name| key(name)).collect::<Vec<_>>().join(".");
        match value {
            Value::Dict(_, inner) if !inner.is_empty() => {
                let _ = write!(text, "\n[{heading}]\n");
                table(text, layers, path, inner);
            }
            Value::Array(_, values) => {
                for inner in values {
                    if let Value::Dict(_, inner) = inner {
                        let _ = write!(text, "\n[[{heading}]]\n");
                        table(text, layers, path, inner);
                    }
                }
            }
            _ => {}
        }
        path.pop();
    }
}

/// The value of a setting in one line, and whether it is all of it; nothing for tables, and where nothing is set.
fn written(name: &str, value: &Value) -> Option<(String, bool)> {
    Some(match value {
        Value::String(_, text) if ADDRESSES.contains(&name) || looks_like_an_address(text) => {
            let (text, is_whole) = without_secrets(text);
            (quoted(&text), is_whole)
        }
        Value::String(_, text) => (quoted(text), true),
        Value::Char(_, letter) => (quoted(&letter.to_string()), true),
        Value::Bool(_, holds) => (holds.to_string(), true),
        Value::Num(_, number) => (numeral(*number)?, true),
        Value::Empty(..) | Value::Dict(..) => return None,
        Value::Array(_, values) if values.iter().any(|value| value.as_dict().is_some()) => return None,
        Value::Array(_, values) => {
            let values: Vec<_> = values.iter().filter_map(|value| written(name, value)).collect();
            let is_whole = values.iter().all(|(_, is_whole)| *is_whole);
            let values: Vec<_> = values.into_iter().map(|(value, _)| value).collect();
            (format!("[{}]", values.join(", ")), is_whole)
        }
    })
}

fn numeral(number: Num) -> Option<String> {
    let whole = number
        .to_u128()
        .map(|number| number.to_string())
        .or_else(|| Some(number.to_i128()?.to_string()));
    whole.or_else(|| Some(format!("{:?}", number.to_f64()?)))
}

/// Where a setting comes from.
fn place(source: &Metadata, path: &[String], name: &str) -> String {
    if let Some(Source::File(file)) = &source.source {
        return file.display().to_string().replace(['\n', '\r'], " ");
    }
    if source.name == super::environment::NAME {
        let keys: Vec<_> = path.iter().map(String::as_str).chain([name]).collect();
        return source.interpolate(&Profile::Default, &keys);
    }
    source.name.to_string()
}

fn key(name: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !name.is_empty() && name.bytes().all(is_bare) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// Text as TOML has it; a string of JSON is one of TOML, but for one character.
fn quoted(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap_or_default();
    json.replace('\u{7f}', "\\u007f")
}

fn looks_like_an_address(text: &str) -> bool {
    let schemes = ["postgres:", "postgresql:", "sqlite:"];
    text.contains("://") || schemes.iter().any(|scheme| text.starts_with(scheme))
}

/// An address without what could be a password or a token, and whether it is still all of it. What cannot be read as an
/// address is left out whole, and so is who asks there, but for the user of a database.
pub(super) fn without_secrets(text: &str) -> (String, bool) {
    let all = || (text.to_owned(), true);
    let none = || (HIDDEN.to_owned(), false);
    if text.starts_with("sqlite:") {
        let parameters = text.split_once('?').map_or("", |(_, parameters)| parameters);
        let harmless = |pair: &str| HARMLESS.contains(&pair.split('=').next().unwrap_or_default());
        let is_plain = !text.contains('@')
            && parameters
                .split('&')
                .all(|pair| pair.is_empty() || harmless(pair));
        return if is_plain { all() } else { none() };
    }
    let Ok(mut url) = reqwest::Url::parse(text) else {
        return none();
    };
    // A password with a character that ends a part of an address reaches into the next one.
    let reaches = url.path().contains('@') || url.query().is_some_and(|query| query.contains('@'));
    if reaches || url.fragment().is_some() || !url.has_authority() {
        return none();
    }
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| HARMLESS.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let is_known_user = url.username().is_empty() || ["postgres", "postgresql"].contains(&url.scheme());
    let is_whole = is_known_user && url.password().is_none() && kept.len() == url.query_pairs().count();
    if is_whole {
        return all();
    }
    if !is_known_user && url.set_username(HIDDEN).is_err() {
        return none();
    }
    if url.password().is_some() && url.set_password(Some(HIDDEN)).is_err() {
        return none();
    }
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    (url.into(), false)
}

#[cfg(test)]
mod tests;
