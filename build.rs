//! Lists the files of the page and of the explorer, so that the program holds them.
//!
//! The explorer's parts from npm are there where `scripts/explorer` has fetched them; without them the program builds as well.

use std::fmt::Write as _;
use std::fs;
use std::io::{Error, ErrorKind, Result, Write as _, stdout};
use std::path::Path;

/// Each list by its name, the directory that it is of, and whether that has to be there.
const LISTS: [(&str, &str, bool); 3] = [
    ("PAGE", "assets/page", true),
    ("EXPLORER", "assets/explorer", true),
    ("FETCHED", "assets/explorer/fetched", false),
];

#[expect(
    clippy::disallowed_methods,
    reason = "cargo says where to write by the environment"
)]
fn main() -> Result<()> {
    let mut code = String::new();
    for (list, directory, needed) in LISTS {
        let _ = writeln!(code, "pub(super) const {list}: &[Asset] = &[");
        for name in names(Path::new(directory), needed)? {
            let _ = writeln!(
                code,
                "    Asset {{ name: {name:?}, bytes: include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{directory}/{name}\")) }},"
            );
        }
        code.push_str("];\n");
        if needed {
            // A directory is looked through whole. One that is not there would be taken for a change each time.
            writeln!(stdout(), "cargo::rerun-if-changed={directory}")?;
        }
    }
    let out =
        std::env::var_os("OUT_DIR").ok_or_else(|| Error::new(ErrorKind::NotFound, "OUT_DIR is not set"))?;
    fs::write(Path::new(&out).join("assets.rs"), code)
}

/// The names of the files in a directory, in order; what is written for people stays out.
fn names(directory: &Path, needed: bool) -> Result<Vec<String>> {
    if !needed && !directory.exists() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && name != "README.md" && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
