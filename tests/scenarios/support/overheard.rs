//! What the program says to its log, for stories about words that have no business there.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Whether anybody listens, to every line down to those that are for the search of faults; nothing is heard while nobody
/// does.
pub static LISTENING: AtomicBool = AtomicBool::new(false);
/// How many lines were heard.
pub static LINES: AtomicUsize = AtomicUsize::new(0);
/// The lines that hold a forbidden word.
pub static FOUND: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// How the words that nobody may hear begin.
const FORBIDDEN: &str = "CNRY";

/// Where the log is written to.
pub struct Ear;

impl io::Write for Ear {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        LINES.fetch_add(1, Ordering::Relaxed);
        let text = String::from_utf8_lossy(line);
        if text.contains(FORBIDDEN) {
            let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
            found.push(text.into_owned());
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
