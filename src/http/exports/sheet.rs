//! Figures as a sheet of columns and rows: comma-separated values, with or without a row of hashtags.

use super::super::answer::Fault;
use super::figures::{Indicators, Key, Part, Returns, Row};
use super::parameters::Parameters;
use super::{File, Form};
use crate::error::Code;
use axum::http::StatusCode;
use csv::{Terminator, WriterBuilder};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

/// Columns with a name and a hashtag each, and rows whose cells stand under those names.
pub(super) struct Sheet {
    columns: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    rows: Vec<BTreeMap<Cow<'static, str>, String>>,
}

/// A row in the making.
struct Cells(BTreeMap<Cow<'static, str>, String>);

impl Cells {
    fn of(kind: &str) -> Self {
        Self(BTreeMap::from([("row".into(), kind.to_owned())]))
    }

    /// Fills a cell; what is none leaves it empty.
    fn with(mut self, column: impl Into<Cow<'static, str>>, value: Option<impl Display>) -> Self {
        if let Some(value) = value {
            self.0.insert(column.into(), value.to_string());
        }
        self
    }

    fn with_keys(mut self, keys: Option<&Vec<Key>>) -> Self {
        let mut footnotes: Vec<&str> = Vec::new();
        for key in keys.into_iter().flatten() {
            let Some(column) = key.dimension.as_ref().map(|word| word.to_lowercase()) else {
                continue;
            };
            self = self.with(format!("{column}_code"), key.value.as_ref());
            self = self.with(column, key.label.as_ref());
            footnotes.extend(key.footnote.as_deref());
        }
        footnotes.dedup();
        self.with("footnote", (!footnotes.is_empty()).then(|| footnotes.join(" ")))
    }
}

/// The columns of the dimensions that were asked for.
fn of_dimensions(dimensions: &[&str]) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
    let pairs = dimensions.iter().flat_map(|word| {
        let column = word.to_lowercase();
        let (code, name) = match *word {
            "HOST_TERRITORY" => ("#country+host+code+v_iso3", "#country+host+name"),
            "COUNTRY_OF_RETURN" => ("#country+dest+code+v_iso3", "#country+dest+name"),
            "NATIONALITY" => ("#country+nationality+code+v_iso3", "#country+nationality+name"),
            "REGION" => ("#region+dest+code", "#region+dest+name"),
            "SEX" => ("#x_sex+code", "#x_sex+name"),
            "AGE_BAND" => ("#x_age+code", "#x_age+name"),
            "LEGAL_STATUS" => ("#x_legal_status+code", "#x_legal_status+name"),
            "VULNERABILITY_GROUP" => ("#x_vulnerability+code", "#x_vulnerability+name"),
            "RETURN_MODE" => ("#x_return_mode+code", "#x_return_mode+name"),
            "MONTH" => ("#date+period+code", "#date+period+name"),
            "PROJECT" => ("#activity+project+code", "#activity+project+name"),
            _ => ("#meta+code", "#meta+name"),
        };
        [
            (format!("{column}_code").into(), code.into()),
            (column.into(), name.into()),
        ]
    });
    pairs.collect()
}

fn columns(
    fixed: &[(&'static str, &'static str)],
) -> impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>)> {
    fixed
        .iter()
        .map(|(name, hashtag)| ((*name).into(), (*hashtag).into()))
}

/// A sheet of indicators: first the total of each, then its steps and groups.
pub(super) fn of_indicators(answer: &Indicators, parameters: &Parameters) -> Sheet {
    let mut all: Vec<_> = columns(&[
        ("row", "#meta+row"),
        ("indicator_code", "#indicator+code"),
        ("indicator_number", "#indicator+id"),
        ("indicator", "#indicator+name"),
        ("unit", "#indicator+type"),
    ])
    .collect();
    match parameters.word("step") {
        Some("PROJECT") => all.extend(columns(&[("period", "#activity+project+period")])),
        Some(_) => all.extend(columns(&[("period", "#date+period")])),
        None => {}
    }
    all.extend(of_dimensions(&parameters.words("by")));
    all.extend(columns(&[
        ("footnote", "#meta+footnote"),
        ("numerator", "#indicator+numerator+num"),
        ("denominator", "#indicator+denominator+num"),
        ("value", "#indicator+value+num"),
        ("suppressed", "#status+suppressed"),
        ("at_least", "#status+at_least"),
        ("response_rate", "#indicator+response_rate+num"),
        ("baseline", "#indicator+baseline+num"),
        ("target", "#indicator+target+num"),
        ("achieved", "#indicator+achieved+num"),
        ("trend", "#status+trend"),
        ("method_status", "#status+method"),
        ("caveats", "#meta+caveats"),
        ("from_month", "#date+start"),
        ("to_month", "#date+end"),
        ("is_partial", "#status+partial"),
        ("as_of", "#date+reported"),
        ("threshold", "#meta+threshold+num"),
        ("definition_version", "#meta+version+definition"),
        ("publication_version", "#meta+version+publication"),
    ]));
    let mut rows = Vec::new();
    for indicator in &answer.indicators {
        let of = |kind, keys, period: Option<&String>, figure: &super::figures::Figure| {
            Cells::of(kind)
                .with("indicator_code", indicator.code.as_ref())
                .with("indicator_number", indicator.number)
                .with("indicator", indicator.name.as_ref())
                .with("unit", indicator.unit.as_ref())
                .with("period", period)
                .with_keys(keys)
                .with("numerator", figure.numerator)
                .with("denominator", figure.denominator)
                .with("value", figure.value)
                .with("suppressed", figure.reason.as_ref())
                .with("at_least", figure.at_least)
                .with("as_of", indicator.as_of())
                .with("threshold", answer.publication.threshold)
                .with("definition_version", indicator.definition_version.as_ref())
                .with("publication_version", answer.publication.publication_version)
        };
        let total = of("TOTAL", None, None, &indicator.figure)
            .with("response_rate", indicator.response_rate)
            .with("baseline", indicator.baseline)
            .with("target", indicator.target)
            .with("achieved", indicator.achieved)
            .with("trend", indicator.trend.as_ref())
            .with("method_status", indicator.method_status.as_ref())
            .with(
                "caveats",
                indicator.caveats.as_ref().map(|caveats| caveats.join(" ")),
            )
            .with("from_month", indicator.from_month.as_ref())
            .with("to_month", indicator.to_month.as_ref())
            .with("is_partial", indicator.is_partial);
        rows.push(total.0);
        for Part { period, keys, figure } in indicator.values.iter().flatten() {
            rows.push(of("GROUP", keys.as_ref(), period.as_ref(), figure).0);
        }
    }
    Sheet { columns: all, rows }
}

/// A sheet of returns: the groups, sums by single dimensions, and the total.
pub(super) fn of_returns(answer: &Returns, parameters: &Parameters) -> Sheet {
    let persons = match parameters.filter("sex") {
        Some("F") => "#affected+f+num",
        Some("M") => "#affected+m+num",
        Some("X") => "#affected+i+num",
        _ => "#affected+num",
    };
    let mut all: Vec<_> = columns(&[("row", "#meta+row")]).collect();
    all.extend(of_dimensions(&parameters.words("groupBy")));
    all.extend(columns(&[
        ("footnote", "#meta+footnote"),
        ("persons", persons),
        ("cases", "#affected+hh+num"),
        ("suppressed", "#status+suppressed"),
        ("at_least", "#status+at_least"),
        ("withheld_persons", "#affected+withheld+num"),
        ("from_month", "#date+start"),
        ("to_month", "#date+end"),
        ("is_partial", "#status+partial"),
        ("as_of", "#date+reported"),
        ("threshold", "#meta+threshold+num"),
        ("publication_version", "#meta+version+publication"),
    ]));
    let finished = |cells: Cells| {
        cells
            .with("as_of", answer.as_of())
            .with("threshold", answer.publication.threshold)
            .with("publication_version", answer.publication.publication_version)
            .0
    };
    let of = |kind: &'static str, part: &Option<Vec<Row>>| {
        let rows = part.iter().flatten().map(|row| {
            finished(
                Cells::of(kind)
                    .with_keys(row.keys.as_ref())
                    .with("persons", row.persons)
                    .with("cases", row.cases)
                    .with("suppressed", row.reason.as_ref())
                    .with("at_least", row.at_least),
            )
        });
        rows.collect::<Vec<_>>()
    };
    let mut rows = of("GROUP", &answer.rows);
    rows.extend(of("MARGIN", &answer.margins));
    rows.push(finished(
        Cells::of("TOTAL")
            .with("persons", answer.total_persons)
            .with("cases", answer.total_cases)
            .with("suppressed", answer.total_reason.as_ref())
            .with("at_least", answer.at_least)
            .with("withheld_persons", answer.withheld_persons)
            .with("from_month", answer.from_month.as_ref())
            .with("to_month", answer.to_month.as_ref())
            .with("is_partial", answer.is_partial),
    ));
    Sheet { columns: all, rows }
}

impl Sheet {
    /// The sheet as a file.
    ///
    /// # Errors
    ///
    /// 500 where it cannot be written.
    pub(super) fn file(&self, form: Form, parameters: &Parameters) -> Result<File, Fault> {
        let start = if parameters.bom { "\u{feff}" } else { "" };
        let body = self.written(form, start.into()).map_err(|cause| {
            tracing::error!(%cause, "a file cannot be written");
            Fault::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                Code::Internal,
                "The answer cannot be written.",
            )
        })?;
        Ok(File { body, lasting: None })
    }

    fn written(&self, form: Form, start: Vec<u8>) -> Result<Vec<u8>, csv::Error> {
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(start);
        writer.write_record(self.columns.iter().map(|(name, _)| name.as_ref()))?;
        if form == Form::Hxl {
            writer.write_record(self.columns.iter().map(|(_, hashtag)| hashtag.as_ref()))?;
        }
        for row in &self.rows {
            let cells = self.columns.iter().map(|(name, _)| {
                let text = row.get(name).map(String::as_str).unwrap_or_default();
                harmless(text)
            });
            writer.write_record(cells.map(Cow::into_owned))?;
        }
        writer.into_inner().map_err(|cause| cause.into_error().into())
    }
}

/// A cell that no spreadsheet takes for a formula: one that begins like one, and is no number, gets an apostrophe first,
/// as OWASP advises. Programs that read full-width characters as their usual ones are thought of too.
fn harmless(text: &str) -> Cow<'_, str> {
    let begins_like_one = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if begins_like_one && !is_a_number(text) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// Digits, with a minus before and a fraction behind where there is one.
fn is_a_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    match unsigned.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(unsigned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_begins_like_a_formula_gets_an_apostrophe_and_a_number_does_not() {
        for formula in [
            "=1+2",
            "=HYPERLINK(\"http://example.org\")",
            "+1",
            "+cmd|' /C calc'!A0",
            "-1+2",
            "-",
            "-1.",
            "-.5",
            "-1e5",
            "-1.2.3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
        ] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        for plain in [
            "",
            "0",
            "11",
            "-5",
            "-0.5",
            "76.5",
            "% of migrants",
            "Kosovo*",
            "2026-01/2026-03",
            "a=b",
            "'=1",
        ] {
            assert_eq!(harmless(plain), plain);
        }
    }

    #[test]
    fn text_is_quoted_where_it_must_be_and_lines_end_as_rfc_4180_says() {
        let sheet = Sheet {
            columns: vec![
                ("row".into(), "#meta+row".into()),
                ("project".into(), "#activity+project".into()),
            ],
            rows: vec![
                Cells::of("GROUP").with("project", Some("=A, \"B\"")).0,
                Cells::of("TOTAL").0,
            ],
        };
        let written = |form, start: &str| {
            let written = sheet.written(form, start.into()).expect("written");
            String::from_utf8(written).expect("UTF-8")
        };
        assert_eq!(
            written(Form::Csv, ""),
            "row,project\r\nGROUP,\"'=A, \"\"B\"\"\"\r\nTOTAL,\r\n"
        );
        assert!(
            written(Form::Hxl, "\u{feff}")
                .starts_with("\u{feff}row,project\r\n#meta+row,#activity+project\r\n")
        );
    }
}
