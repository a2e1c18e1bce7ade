//! Files that are committed beside the code that makes them; `UPDATE_GOLDEN=1` writes them anew.

use std::path::Path;

/// Holds a committed file to what the program makes now.
pub fn is_current(file: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    #[expect(
        clippy::disallowed_methods,
        reason = "a switch of the tests, not a setting of the program"
    )]
    let update = std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1");
    if update {
        std::fs::write(&path, made).unwrap_or_else(|fault| panic!("cannot write {file}: {fault}"));
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    if committed == made {
        return;
    }
    let pairs = committed.lines().zip(made.lines());
    let same = pairs.take_while(|(committed, made)| committed == made).count();
    panic!(
        "{file} is not what the program makes now, from line {} on:\n  committed: {}\n  made now:  {}\n\
         Read the difference, then run the tests with UPDATE_GOLDEN=1 and commit the file.",
        same + 1,
        committed.lines().nth(same).unwrap_or("(the file ends here)"),
        made.lines().nth(same).unwrap_or("(the text ends here)"),
    );
}
