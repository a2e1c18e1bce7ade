//! Reads the log of every story while it is written. What the log says of persons, documents, journeys and tokens that the
//! stories use is kept, and the story that ends next fails of it.

use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer, fmt};

/// What the stories' people, papers and tokens can be known by. Nothing else in the program has these words.
pub const PERSONAL: &[&str] = &[
    // Tokens, and the secrets of webhooks.
    "eyJ",
    "whsec_",
    "whsk_",
    // Names, as the props have them.
    "Alwan",
    "Barzani",
    "Darwish",
    "Faraj",
    "Hamdan",
    "Ibrahim",
    "Jaber",
    "Khalil",
    "Mansour",
    "Nasser",
    "Qasim",
    "Saleh",
    "Hoxha",
    "Hassan, Maryam",
    // Where they live, and how they are called.
    "Diwaniya",
    "Magure",
    "Printers' Street",
    "+38344",
    // Papers, tickets and plans.
    "LP0045671",
    "A19283746",
    "2352400123456",
    "QX7P2K",
    "printing shop",
    // What only a story about the log says of somebody.
    MARKER,
    CANARY,
];

/// How every value begins by which the suite of made-up questions knows what it planted.
pub const CANARY: &str = "CNRY";

/// For what else a story tells of somebody.
pub const MARKER: &str = "Zibqua";

static FOUND: Mutex<Vec<String>> = Mutex::new(Vec::new());
static LINES: AtomicUsize = AtomicUsize::new(0);

/// The first personal word of a text.
pub fn personal_word(text: &str) -> Option<&'static str> {
    PERSONAL.iter().find(|word| text.contains(**word)).copied()
}

/// How many lines have been read so far, ours and others'.
pub fn lines_read() -> usize {
    LINES.load(Ordering::Relaxed)
}

/// Nothing personal has been written to the log, by any story so far.
pub fn nothing_personal_was_logged() {
    let found = std::mem::take(&mut *FOUND.lock().unwrap_or_else(PoisonError::into_inner));
    assert!(found.is_empty(), "the log knows persons: {found:#?}");
}

/// Starts to read: our own code to the finest line, that of others as far as the program lets it write. What the server
/// warns of is shown with a test that fails.
pub fn begin() {
    let all = Targets::new()
        .with_target("avrr_gateway", LevelFilter::TRACE)
        .with_default(LevelFilter::DEBUG);
    let shown = fmt::layer().with_test_writer().with_filter(LevelFilter::WARN);
    // An error says that another story was first.
    let _ = tracing_subscriber::registry()
        .with(Watch.with_filter(all))
        .with(shown)
        .try_init();
}

struct Watch;

impl<S: Subscriber> Layer<S> for Watch {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line(event.metadata().target().to_owned());
        event.record(&mut line);
        line.read();
    }

    fn on_new_span(&self, span: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        let mut line = Line(span.metadata().target().to_owned());
        span.record(&mut line);
        line.read();
    }

    fn on_record(&self, _: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut line = Line(String::new());
        values.record(&mut line);
        line.read();
    }
}

/// A line of the log, as every format would write its fields.
struct Line(String);

impl Line {
    fn read(self) {
        LINES.fetch_add(1, Ordering::Relaxed);
        if personal_word(&self.0).is_some() {
            FOUND.lock().unwrap_or_else(PoisonError::into_inner).push(self.0);
        }
    }
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        let mut cause = Some(value);
        while let Some(error) = cause {
            let _ = write!(self.0, " {}={error}", field.name());
            cause = error.source();
        }
    }
}

#[test]
fn a_line_that_names_somebody_is_known() {
    for bad in [
        "person=Amir Alwan",
        "Key (phone)=(+38344100000)",
        "authorization=Bearer eyJ0eXAi",
    ] {
        assert!(personal_word(bad).is_some(), "{bad}");
    }
    assert_eq!(
        personal_word("answered request=019 client=iom-pristina status=200"),
        None
    );
}
