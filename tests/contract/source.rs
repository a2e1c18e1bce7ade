//! The source files of the tree, with what is code in them kept apart from what is said about it.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file.
pub struct Source {
    /// Its path in the repository, with forward slashes.
    pub path: String,
    /// Its lines, as they stand.
    pub text: String,
    /// Its code: comments, and what stands between quotation marks, are blank; lines are where they were.
    pub code: String,
    /// Its comments, and nothing else.
    pub comments: String,
    /// What stands between quotation marks, one text a line.
    pub quoted: String,
}

impl Source {
    /// The lines of code that name a word, as `path:line`.
    pub fn lines_that_name(&self, word: &str) -> Vec<String> {
        let lines = (1..).zip(self.code.lines());
        lines
            .filter(|(_, line)| names(line, word))
            .map(|(number, _)| format!("{}:{number}", self.path))
            .collect()
    }
}

/// Whether a text contains a word, or a path such as `Utc::now`, by itself and not as a part of another.
pub fn names(text: &str, word: &str) -> bool {
    let part_of_a_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(part_of_a_name) && !after.is_some_and(part_of_a_name)
    })
}

/// Every Rust source below these folders of the repository.
pub fn below(folders: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in folders {
        collect(&root.join(folder), &mut paths);
    }
    paths.sort();
    let sources: Vec<Source> = paths.iter().map(|path| read(root, path)).collect();
    assert!(!sources.is_empty(), "no sources below {folders:?}");
    sources
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|fault| panic!("{}: {fault}", folder.display()));
    for entry in entries {
        let path = entry.expect("an entry of a folder").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

fn read(root: &Path, path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let path = path.strip_prefix(root).expect("a path below the root");
    let (code, comments, quoted) = apart(&text);
    Source {
        path: path.to_string_lossy().replace('\\', "/"),
        text,
        code,
        comments,
        quoted,
    }
}

/// Takes code, comments and quoted text apart; of raw strings it knows those with at most one `#`.
fn apart(text: &str) -> (String, String, String) {
    let (mut code, mut comments, mut quoted) = (String::new(), String::new(), String::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, into) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), Some(&mut comments))
        } else if rest.starts_with("/*") {
            (
                rest.find("*/").map_or(rest.len(), |end| end + 2),
                Some(&mut comments),
            )
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            let end = raw.find("\"#").map_or(rest.len(), |end| end + 5);
            (end, Some(&mut quoted))
        } else if first == '"' {
            (quotation(rest), Some(&mut quoted))
        } else if first == '\'' {
            (character(rest), None)
        } else {
            (first.len_utf8(), None)
        };
        let (part, left) = rest.split_at(length);
        match into {
            Some(into) => {
                into.push_str(part);
                into.push('\n');
                // Lines stay where they are.
                code.extend(part.chars().filter(|letter| *letter == '\n'));
            }
            None => code.push_str(part),
        }
        rest = left;
    }
    (code, comments, quoted)
}

/// The length of a text between quotation marks, with both of them.
fn quotation(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a character between apostrophes, or of the apostrophe that begins a lifetime.
fn character(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), Some(_)) => text[3..].find('\'').map_or(1, |end| end + 4),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

#[test]
fn what_is_said_and_what_is_quoted_is_no_code() {
    let (code, comments, quoted) =
        apart("let a = '\"'; // if\nlet b: &'static str = \"tokio \\\" sea\"; /* x */ c");
    assert_eq!(code, "let a = '\"'; \nlet b: &'static str = ;  c");
    assert_eq!(comments, "// if\n/* x */\n");
    assert_eq!(quoted, "\"tokio \\\" sea\"\n");
    assert!(names("use tokio::sync;", "tokio") && !names("use tokio_util::sync;", "tokio"));
}
