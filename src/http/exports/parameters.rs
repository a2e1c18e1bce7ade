//! What the address of a file asks for: the arguments of the GraphQL query, by the same names and with the same words.
//!
//! Names are checked here and words by the schema, so that there is one answer to what a word means.

use super::super::answer::Fault;
use super::{Export, Form};
use crate::error::Code;
use axum::extract::Query;
use axum::http::{StatusCode, Uri};
use serde_json::{Map, Value};

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Into this argument, a list: it can be repeated, and holds several words with commas between.
    List(&'static str),
    /// Into the argument of its name.
    Argument,
    /// Into the field of its name in `filter`.
    Filter,
    /// It is about the file.
    File,
}

type Known = (&'static str, Place);

const INDICATORS: &[Known] = &[
    ("code", Place::List("codes")),
    ("by", Place::List("by")),
    ("step", Place::Argument),
    ("project", Place::Filter),
    ("territory", Place::Filter),
    ("from", Place::Filter),
    ("to", Place::Filter),
    ("period", Place::Filter),
    ("relativeTo", Place::Filter),
];

const RETURNS: &[Known] = &[
    ("groupBy", Place::List("groupBy")),
    ("orderBy", Place::Argument),
    ("project", Place::Filter),
    ("hostTerritory", Place::Filter),
    ("region", Place::Filter),
    ("countryOfReturn", Place::Filter),
    ("nationality", Place::Filter),
    ("sex", Place::Filter),
    ("ageBand", Place::Filter),
    ("legalStatus", Place::Filter),
    ("vulnerabilityGroup", Place::Filter),
    ("returnMode", Place::Filter),
    ("from", Place::Filter),
    ("to", Place::Filter),
    ("period", Place::Filter),
    ("relativeTo", Place::Filter),
];

/// About the file, where it is a spreadsheet.
const BOM: Known = ("bom", Place::File);

/// What is asked for.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    /// The arguments of the document.
    pub(super) variables: Map<String, Value>,
    /// Whether the file begins with a byte-order mark, without which Excel takes UTF-8 for something else.
    pub(super) bom: bool,
}

impl Parameters {
    /// What an address asks for.
    ///
    /// # Errors
    ///
    /// 400 for an unknown parameter, or one that is given twice and holds one word. What was given is not repeated.
    pub(super) fn of(export: Export, form: Form, uri: &Uri) -> Result<Self, Fault> {
        let arguments = match export {
            Export::Indicators => INDICATORS,
            Export::Returns => RETURNS,
        };
        let of_the_file: &[Known] = if form == Form::JsonStat { &[] } else { &[BOM] };
        let known = || arguments.iter().chain(of_the_file);
        let Query(given) = Query::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|_| Fault::bad_request("The address cannot be read."))?;
        let mut parameters = Self::default();
        if export == Export::Returns {
            let none = Value::Array(Vec::new());
            parameters.variables.insert("groupBy".to_owned(), none);
        }
        let mut filter = Map::new();
        let mut seen = Vec::new();
        for (name, word) in given {
            let Some((name, place)) = known().find(|(known, _)| *known == name) else {
                let names: Vec<&str> = known().map(|(name, _)| *name).collect();
                return Err(invalid(format!(
                    "a parameter is unknown here; there are {}",
                    names.join(", ")
                )));
            };
            if !matches!(place, Place::List(_)) && seen.contains(name) {
                return Err(invalid(format!("`{name}` is given twice")));
            }
            seen.push(*name);
            match place {
                Place::List(argument) => {
                    let list = parameters
                        .variables
                        .entry(*argument)
                        .or_insert_with(|| Value::Array(Vec::new()));
                    if let Value::Array(list) = list {
                        list.extend(word.split(',').map(Value::from));
                    }
                }
                Place::Argument => {
                    parameters.variables.insert((*name).to_owned(), word.into());
                }
                Place::Filter => {
                    filter.insert((*name).to_owned(), word.into());
                }
                Place::File => {
                    parameters.bom = word
                        .parse()
                        .map_err(|_| invalid("`bom` is `true` or `false`".to_owned()))?;
                }
            }
        }
        if !filter.is_empty() {
            parameters.variables.insert("filter".to_owned(), filter.into());
        }
        Ok(parameters)
    }

    /// The words of a list, in their order.
    pub(super) fn words(&self, argument: &str) -> Vec<&str> {
        let list = self.variables.get(argument).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The word of an argument.
    pub(super) fn word(&self, argument: &str) -> Option<&str> {
        self.variables.get(argument)?.as_str()
    }

    /// The word of a filter.
    pub(super) fn filter(&self, name: &str) -> Option<&str> {
        self.variables.get("filter")?.get(name)?.as_str()
    }
}

fn invalid(message: String) -> Fault {
    Fault::new(StatusCode::BAD_REQUEST, Code::InvalidArgument, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(export: Export, form: Form, address: &str) -> Result<Parameters, Fault> {
        Parameters::of(export, form, &address.parse().expect("an address"))
    }

    #[test]
    fn lists_are_repeated_or_have_commas_and_filters_go_into_the_filter() {
        let address = "/x?code=SAFE_RETURN,NEEDS_MET&code=STAFF_TRAINED&project=WB%2DRR&step=YEAR&bom=true";
        let parameters = read(Export::Indicators, Form::Csv, address).expect("well formed");
        assert_eq!(
            Value::from(parameters.variables.clone()),
            json!({ "codes": ["SAFE_RETURN", "NEEDS_MET", "STAFF_TRAINED"], "step": "YEAR", "filter": { "project": "WB-RR" } })
        );
        assert!(parameters.bom);
        let nothing = read(Export::Returns, Form::JsonStat, "/x").expect("well formed");
        assert_eq!(Value::from(nothing.variables), json!({ "groupBy": [] }));
    }

    #[test]
    fn what_is_unknown_or_given_twice_is_refused_and_not_repeated() {
        for (form, address) in [
            (Form::Csv, "/x?Amira=1"),
            (Form::Csv, "/x?project=Amira&project=Amira"),
            (Form::Csv, "/x?bom=Amira"),
            (Form::JsonStat, "/x?bom=true"),
            (Form::Csv, "/x?groupBy=SEX"),
        ] {
            let fault = read(Export::Indicators, form, address).expect_err(address);
            assert!(!format!("{fault:?}").contains("Amira"), "{address}");
        }
    }
}
