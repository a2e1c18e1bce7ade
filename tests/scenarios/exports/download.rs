//! A file as it is downloaded, and how its cells are read.

use crate::support::Actor;
use crate::support::world::browser;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value;
use std::collections::BTreeMap;

/// A file as it came.
pub struct Download {
    /// The HTTP status.
    pub status: u16,
    /// The HTTP headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Download {
    /// A header; empty without one.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str().expect("text"));
        value.unwrap_or_default()
    }

    /// The rows of a CSV by the names of their columns; behind a row of hashtags where there is one.
    pub fn rows(&self) -> Vec<BTreeMap<String, String>> {
        assert_eq!(self.status, 200, "{}", self.text);
        assert_eq!(
            self.header("content-type"),
            "text/csv; charset=utf-8; header=present"
        );
        let mut reader = csv::Reader::from_reader(self.text.as_bytes());
        reader.deserialize().map(|row| row.expect("a row")).collect()
    }

    /// The body of a JSON.
    pub fn json(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        serde_json::from_str(&self.text).expect("JSON")
    }

    /// The code of a refusal.
    pub fn code(&self) -> String {
        let body: Value = serde_json::from_str(&self.text).expect("JSON");
        body["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

/// Asks for a file in any way.
pub async fn fetched(actor: &Actor, method: Method, address: &str, headers: &[(&str, &str)]) -> Download {
    let mut request = browser()
        .request(method, format!("http://{}/statistics/{address}", actor.address))
        .bearer_auth(actor.token());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.expect("an answer");
    Download {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await.expect("a body"),
    }
}

/// Downloads a file.
pub async fn downloads(actor: &Actor, address: &str) -> Download {
    fetched(actor, Method::GET, address, &[]).await
}

/// A number as the API and as a cell write it.
pub fn cell(number: &Value) -> String {
    number
        .as_f64()
        .map(|number| number.to_string())
        .unwrap_or_default()
}

/// A cell of a JSON-stat cube, by the codes of its categories, with its status.
pub fn of_the_cube<'a>(set: &'a Value, codes: &[&str]) -> (&'a Value, &'a Value) {
    let mut at = 0;
    for ((id, size), code) in set["id"]
        .as_array()
        .expect("ids")
        .iter()
        .zip(set["size"].as_array().expect("sizes"))
        .zip(codes)
    {
        let categories = set["dimension"][id.as_str().expect("an id")]["category"]["index"]
            .as_array()
            .expect("categories");
        assert_eq!(size.as_u64(), Some(categories.len() as u64));
        let place = categories.iter().position(|category| category == code);
        at = at * categories.len() + place.unwrap_or_else(|| panic!("{id} has no {code}"));
    }
    let at = at.to_string();
    (&set["value"][at.as_str()], &set["status"][at.as_str()])
}
