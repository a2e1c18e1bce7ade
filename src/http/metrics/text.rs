//! The text format of Prometheus, version 0.0.4: one head for each family, then its samples.

use std::fmt::{Display, Write as _};

/// What the samples of a family are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number that only grows.
    Counter,
    /// A number that goes up and down.
    Gauge,
    /// How many were no more than some bounds.
    Histogram,
    /// Sum and count.
    Summary,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
            Self::Summary => "summary",
        }
    }
}

/// A label and its value.
pub type Label<'l> = (&'l str, &'l str);

/// A family whose samples are being written.
pub struct Family<'t> {
    text: &'t mut String,
    name: &'t str,
}

impl<'t> Family<'t> {
    /// Begins a family.
    pub fn begin(text: &'t mut String, name: &'t str, kind: Kind, help: &str) -> Self {
        let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {}\n", kind.word());
        Self { text, name }
    }

    /// Writes one sample.
    pub fn sample(&mut self, labels: &[Label<'_>], value: impl Display) -> &mut Self {
        self.part("", labels, value)
    }

    /// Writes one sample whose name ends in something more.
    pub fn part(&mut self, suffix: &str, labels: &[Label<'_>], value: impl Display) -> &mut Self {
        self.text.push_str(self.name);
        self.text.push_str(suffix);
        for (at, (label, value)) in labels.iter().enumerate() {
            self.text.push(if at == 0 { '{' } else { ',' });
            let _ = write!(self.text, "{label}=\"{}\"", escaped(value));
        }
        if !labels.is_empty() {
            self.text.push('}');
        }
        let _ = writeln!(self.text, " {value}");
        self
    }

    /// Writes a histogram: how many fell between each bound and the one before, the last beyond all; and their sum, in
    /// seconds.
    pub fn histogram(&mut self, labels: &[Label<'_>], bounds: &[&str], counts: &[u64], sum: impl Display) {
        let mut total = 0;
        for (at, count) in counts.iter().enumerate() {
            total += count;
            let bound = bounds.get(at).copied().unwrap_or("+Inf");
            let mut labels = labels.to_vec();
            labels.push(("le", bound));
            self.part("_bucket", &labels, total);
        }
        self.part("_sum", labels, sum);
        self.part("_count", labels, total);
    }
}

fn escaped(value: &str) -> String {
    value
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

/// So many microseconds as a decimal number of seconds.
#[must_use]
pub fn seconds(microseconds: u64) -> String {
    format!("{}.{:06}", microseconds / 1_000_000, microseconds % 1_000_000)
}
