//! The log: on stderr, as finely as it is set. Whatever is set, of the code of others nothing finer than DEBUG is written:
//! what libraries trace holds whole messages, and with them persons and tokens.

use crate::config::{Config, LogFormat, LogSettings};
use crate::error::Error;
use crate::telemetry::Exporter;
use std::panic::PanicHookInfo;
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, fmt};

/// Starts the log, on stderr. A second call changes nothing.
pub(crate) fn start(settings: &LogSettings) {
    let _ = tracing_subscriber::registry().with(lines(settings)).try_init();
    std::panic::set_hook(Box::new(tell_of_panic));
}

/// Starts the log, and the sending of traces if the settings call for it. They are told apart: how much is logged says
/// nothing of what is sent.
///
/// # Errors
///
/// [`Error::Startup`] if nothing can be sent.
pub(crate) fn start_with_traces(config: &Config) -> Result<Option<Exporter>, Error> {
    let exporter = Exporter::start(&config.telemetry)?;
    let traces = exporter.as_ref().map(Exporter::layer);
    let _ = tracing_subscriber::registry()
        .with(lines(&config.log))
        .with(traces)
        .try_init();
    std::panic::set_hook(Box::new(tell_of_panic));
    Ok(exporter)
}

/// A line of the log for a panic, which says where it was and no more: its words may hold those of a row.
fn tell_of_panic(panic: &PanicHookInfo<'_>) {
    let at = panic.location().map(ToString::to_string).unwrap_or_default();
    let current = std::thread::current();
    tracing::error!(at, thread = current.name(), "a part of the program broke off");
}

fn lines<S>(settings: &LogSettings) -> impl Layer<S> + use<S>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let written = EnvFilter::new(&settings.level).and(filter_fn(may_be_written));
    match settings.format {
        LogFormat::Text => {
            let ansi = std::io::IsTerminal::is_terminal(&std::io::stderr());
            let lines = fmt::layer().with_ansi(ansi).with_writer(std::io::stderr);
            lines.with_filter(written).boxed()
        }
        LogFormat::Json => {
            let lines = fmt::layer()
                .json()
                .flatten_event(true)
                .with_current_span(false)
                .with_writer(std::io::stderr);
            lines.with_filter(written).boxed()
        }
    }
}

/// Whether a line may be written at all: ours always, those of others down to DEBUG.
fn may_be_written(line: &Metadata<'_>) -> bool {
    let ours = env!("CARGO_CRATE_NAME");
    let is_ours = line
        .target()
        .strip_prefix(ours)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    is_ours || *line.level() <= Level::DEBUG
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("nobody panicked").extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    struct Heard(Arc<Mutex<Vec<String>>>);

    impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Heard {
        fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
            let heard = format!("{} {}", event.metadata().target(), event.metadata().level());
            self.0.lock().expect("nobody panicked").push(heard);
        }
    }

    #[test]
    fn a_panic_is_told_by_its_place_and_not_by_its_words() {
        let written = Written::default();
        let lines = fmt::layer().json().with_writer({
            let written = written.clone();
            move || written.clone()
        });
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(tell_of_panic));
        let broke = tracing::subscriber::with_default(tracing_subscriber::registry().with(lines), || {
            std::panic::catch_unwind(|| panic!("Ziad Nasser is not there"))
        });
        std::panic::set_hook(before);
        assert!(broke.is_err());
        let text = String::from_utf8(written.0.lock().expect("nobody panicked").clone()).expect("text");
        assert!(text.contains(file!()), "{text}");
        assert!(!text.contains("Nasser"), "{text}");
    }

    #[test]
    fn what_libraries_trace_is_never_written() {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let written = EnvFilter::new("trace").and(filter_fn(may_be_written));
        let log = tracing_subscriber::registry().with(Heard(Arc::clone(&heard)).with_filter(written));
        tracing::subscriber::with_default(log, || {
            tracing::trace!("ours");
            tracing::debug!(target: "tungstenite::protocol", "theirs");
            tracing::trace!(target: "tungstenite::protocol", "a whole message");
            tracing::trace!(target: "avrr_gateway_of_others", "nearly ours");
        });
        let heard = heard.lock().expect("nobody panicked").join(", ");
        assert_eq!(
            heard,
            "avrr_gateway::cli::log::tests TRACE, tungstenite::protocol DEBUG"
        );
    }
}
