//! What a client sent, looked at as it came: before anything parses it, for the parser calls itself once for every
//! bracket and has no end but that of the stack.

use async_graphql::{Request, Value, Variables};

/// The deepest nesting of brackets in a document: more than a selection, its arguments and an introspection need.
const DEEPEST_BRACKETS: usize = 64;
/// The deepest nesting of lists and objects in a variable.
const DEEPEST_VARIABLE: usize = 32;
/// Most words and signs in a document: more than an introspection and a list of five hundred visits need, and parsed in
/// milliseconds.
pub const MOST_TOKENS: usize = 20_000;
/// Most directives in a document.
pub(super) const MOST_DIRECTIVES: usize = 50;

/// How many words and signs a document has, if it can be parsed without fear for the stack and without much work.
///
/// # Errors
///
/// One sentence that names the limit.
pub fn may_be_parsed(text: &str) -> Result<usize, String> {
    let (mut depth, mut tokens, mut directives) = (0_usize, 0_usize, 0_usize);
    for piece in Pieces::of(text) {
        match piece {
            Piece::Opens => depth += 1,
            Piece::Closes => depth = depth.saturating_sub(1),
            Piece::Directs => directives += 1,
            Piece::Quoted(_) | Piece::Block | Piece::Plain(_) => {}
        }
        tokens += match piece {
            Piece::Plain(text) => words(text),
            _ => 1,
        };
        if tokens > MOST_TOKENS {
            return Err(format!(
                "the document has more than {MOST_TOKENS} words and signs"
            ));
        }
        if directives > MOST_DIRECTIVES {
            return Err(format!("the document has more than {MOST_DIRECTIVES} directives"));
        }
        if depth > DEEPEST_BRACKETS {
            return Err(format!(
                "the document nests brackets deeper than {DEEPEST_BRACKETS} levels"
            ));
        }
    }
    Ok(tokens)
}

/// Whether variables can be walked through without fear for the stack.
///
/// # Errors
///
/// One sentence that names the limit.
pub fn variables_are_bounded(variables: &Variables) -> Result<(), String> {
    if variables
        .values()
        .all(|value| nests_within(value, DEEPEST_VARIABLE))
    {
        Ok(())
    } else {
        Err(format!("`variables` nest deeper than {DEEPEST_VARIABLE} levels"))
    }
}

fn nests_within(value: &Value, levels: usize) -> bool {
    match value {
        Value::List(items) => levels > 0 && items.iter().all(|item| nests_within(item, levels - 1)),
        Value::Object(fields) => levels > 0 && fields.values().all(|field| nests_within(field, levels - 1)),
        _ => true,
    }
}

/// Whether a request brings a NUL character, raw or escaped: PostgreSQL stores none.
///
/// Its variables have to be bounded.
#[must_use]
pub fn holds_nul(request: &Request) -> bool {
    text_holds_nul(&request.query) || request.variables.values().any(value_holds_nul)
}

fn text_holds_nul(text: &str) -> bool {
    text.contains('\0')
        || Pieces::of(text).any(|piece| matches!(piece, Piece::Quoted(quoted) if escapes_nul(quoted)))
}

fn escapes_nul(quoted: &str) -> bool {
    let mut rest = quoted;
    while let Some((_, escape)) = rest.split_once('\\') {
        if escape.starts_with("u0000") {
            return true;
        }
        let mut letters = escape.chars();
        letters.next();
        rest = letters.as_str();
    }
    false
}

fn value_holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::List(items) => items.iter().any(value_holds_nul),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, field)| name.contains('\0') || value_holds_nul(field)),
        _ => false,
    }
}

/// What matters here of a document's text.
enum Piece<'t> {
    Opens,
    Closes,
    /// The sign before the name of a directive.
    Directs,
    /// A string over several lines.
    Block,
    /// What stands between: names, numbers and other signs.
    Plain(&'t str),
    /// A string on one line, as it is written. Block strings have no escapes that matter.
    Quoted(&'t str),
}

/// Walks through a text as the parser's grammar does: a bracket that the parser sees is never taken for a quoted one.
struct Pieces<'t> {
    rest: &'t str,
    /// Whether `"""` may still find an end. Where it finds none, the grammar takes it for an empty string and a quotation
    /// mark, and no later one finds an end either.
    blocks_end: bool,
}

impl<'t> Pieces<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            rest: text,
            blocks_end: true,
        }
    }

    /// The length of the block string that a text begins with.
    fn block(&mut self, text: &str) -> Option<usize> {
        const MARK: &str = r#"""""#;
        if !self.blocks_end || !text.starts_with(MARK) {
            return None;
        }
        let mut from = MARK.len();
        while let Some(at) = text[from..].find(MARK) {
            let (at, end) = (from + at, from + at + MARK.len());
            if !text[..at].ends_with('\\') {
                return Some(end);
            }
            from = end;
        }
        self.blocks_end = false;
        None
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        const SIGNS: [char; 9] = ['(', '[', '{', ')', ']', '}', '"', '#', '@'];
        while !self.rest.is_empty() {
            let text = self.rest;
            let plain = text.find(SIGNS).unwrap_or(text.len());
            if plain > 0 {
                self.rest = &text[plain..];
                return Some(Piece::Plain(&text[..plain]));
            }
            let (length, piece) = match text.as_bytes()[0] {
                b'@' => (1, Some(Piece::Directs)),
                b'(' | b'[' | b'{' => (1, Some(Piece::Opens)),
                b')' | b']' | b'}' => (1, Some(Piece::Closes)),
                b'#' => (text.find(['\n', '\r']).unwrap_or(text.len()), None),
                _ => {
                    if let Some(length) = self.block(text) {
                        (length, Some(Piece::Block))
                    } else {
                        let length = line_string(text);
                        (length, Some(Piece::Quoted(&text[..length])))
                    }
                }
            };
            self.rest = &text[length..];
            if piece.is_some() {
                return piece;
            }
        }
        None
    }
}

/// How many names, numbers and signs a text has.
fn words(text: &str) -> usize {
    let mut within = false;
    let begins = text.bytes().filter(|byte| {
        let was_within = within;
        within = byte.is_ascii_alphanumeric() || b"_.-+".contains(byte);
        let separates = byte.is_ascii_whitespace() || *byte == b',';
        if within { !was_within } else { !separates }
    });
    begins.count()
}

/// The length of the string that a text begins with; the end of the line ends it if nothing else does.
fn line_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '\n' | '\r' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn nested(open: &str, middle: &str, close: &str, levels: usize) -> String {
        open.repeat(levels) + middle + &close.repeat(levels)
    }

    #[test]
    fn what_may_be_parsed_is_parsed_on_the_stack_of_a_worker_and_what_is_deeper_is_not() {
        for (before, open, middle, close, after) in [
            ("{node(id:", "[", "1", "]", "){id}}"),
            ("{node(id:", "{a:", "1", "}", "){id}}"),
            ("query($a:Int=", "[", "1", "]", "){id}"),
            ("query($a:", "[", "Int", "]", "){id}"),
            ("{a @b(c:", "[", "1", "]", ")}"),
            ("{", "...{", "id", "}", "}"),
            ("{", "a{", "id", "}", "}"),
        ] {
            let document = |levels| format!("{before}{}{after}", nested(open, middle, close, levels));
            let deepest = document(DEEPEST_BRACKETS - 2);
            assert!(may_be_parsed(&deepest).is_ok(), "{deepest}");
            assert!(parse_query(&deepest).is_ok(), "{deepest}");
            for levels in [DEEPEST_BRACKETS + 1, 2_000, 100_000] {
                assert!(may_be_parsed(&document(levels)).is_err(), "{open} {levels}");
            }
        }
    }

    #[test]
    fn brackets_that_are_quoted_or_in_comments_do_not_count() {
        let many = "[{(".repeat(100);
        for document in [
            format!("{{a(b:\"{many}\")}}"),
            format!(r#"{{a(b:"\"{many}\\")}}"#),
            format!(r#"{{a(b:"""{many} " "" \""" {many}""")}}"#),
            format!("{{a # \" {many}\n}}"),
        ] {
            assert!(may_be_parsed(&document).is_ok(), "{document}");
            assert!(parse_query(&document).is_ok(), "{document}");
        }
    }

    #[test]
    fn brackets_do_not_hide_behind_what_only_looks_like_a_quotation() {
        let many = "[".repeat(100);
        for document in [
            // The end of a line ends a comment, in either way of writing it, and a string.
            format!("{{a(b:[#\"\r{many}"),
            format!("{{a(b:[#\"\"\"\n{many}"),
            format!("{{a(b:\"\n{many}"),
            // A block string that ends is over at its first end.
            format!("{{a(b:[\"\"\"\"\"\"{many}"),
            format!("{{a(b:[\"\"\" \\\\\"\"\" \"\"\"{many}"),
            // One that never ends is an empty string, and then a string.
            format!("{{a(b:[\"\"\" x\" {many}"),
            format!("{{a(b:[\"\"\" x\" \"\\\"\"\" {many}\"{many}"),
            // An escaped backslash escapes nothing.
            format!("{{a(b:[\"\\\\\" {many}"),
            // What closes before anything opens is worth nothing.
            format!("{}{many}", "]".repeat(100)),
        ] {
            assert!(may_be_parsed(&document).is_err(), "{document}");
        }
    }

    #[test]
    fn words_signs_and_directives_are_counted_before_anything_is_parsed() {
        let many = |text: &str, count: usize| text.repeat(count);
        for (document, fits) in [
            (format!("{{{}}}", many("a ", MOST_TOKENS - 2)), true),
            (format!("{{{}}}", many("a ", MOST_TOKENS - 1)), false),
            (format!("{{a}}{}", many("!", MOST_TOKENS)), false),
            (format!("{{a(b:[{}])}}", many("\"\",", MOST_TOKENS)), false),
            (format!("{{a(b:\"{}\")}}", many("@ a ", MOST_TOKENS)), true),
            (format!("{{a}} # {}", many("@ a ", MOST_TOKENS)), true),
            (format!("{{a {}}}", many("@b ", MOST_DIRECTIVES)), true),
            (format!("{{a {}}}", many("@b ", MOST_DIRECTIVES + 1)), false),
        ] {
            let start: String = document.chars().take(40).collect();
            assert_eq!(may_be_parsed(&document).is_ok(), fits, "{start}");
        }
    }

    #[test]
    fn variables_nest_as_deep_as_inputs_do_and_no_deeper() {
        let variables = |levels| {
            let list = format!("{{\"a\":{}}}", nested("[", "1", "]", levels));
            let object = format!("{{\"a\":{}}}", nested("{\"b\":", "1", "}", levels));
            [list, object].map(|json| Variables::from_json(serde_json::from_str(&json).expect("JSON")))
        };
        for fine in variables(DEEPEST_VARIABLE) {
            assert!(variables_are_bounded(&fine).is_ok());
        }
        for deep in variables(DEEPEST_VARIABLE + 1) {
            assert!(variables_are_bounded(&deep).is_err());
        }
    }

    #[test]
    fn a_nul_is_found_wherever_it_is_brought_in() {
        for document in [
            r#"{a(b:"x\u0000")}"#,
            r#"{a(b:"\\\u0000")}"#,
            r#"query($a:String="\u0000"){a}"#,
            r#"{a(b:{c:["\n\u0000"]})}"#,
            "{a(b:\"\0\")}",
            "{a(b:\"\"\"\0\"\"\")}",
        ] {
            assert!(holds_nul(&Request::new(document)), "{document}");
        }
        for document in [
            r#"{a(b:"\\u0000 \u0001 u0000")}"#,
            r#"{a(b:"""\u0000""")}"#,
            "{a} # \\u0000",
        ] {
            assert!(!holds_nul(&Request::new(document)), "{document}");
        }
        for (variables, found) in [
            (r#"{"a":"\u0000"}"#, true),
            (r#"{"a":[{"b":["x\u0000y"]}]}"#, true),
            (r#"{"a":[{"b\u0000":1}]}"#, true),
            (r#"{"a":[{"b":["\\u0000"]}],"c":0,"d":null}"#, false),
        ] {
            let json = serde_json::from_str(variables).expect("JSON");
            let request = Request::new("{a}").variables(Variables::from_json(json));
            assert_eq!(holds_nul(&request), found, "{variables}");
        }
    }
}
