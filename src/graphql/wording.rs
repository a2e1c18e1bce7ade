//! What the library says of a document, without what the document says: messages go into logs and onto screens of others,
//! and a document may hold a name of a person. Where it stands is told by its place; words of the schema stay.

use super::sdl;
use async_graphql::{ServerError, parser};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What stands for the words of a client.
const LEFT_OUT: &str = "…";

/// Every word of the schema.
static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let schema = sdl(None);
    let words = schema.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    words.map(str::to_owned).collect()
});

/// An error of the library's own, of which nothing is left that the schema does not say.
pub fn unquoted(mut error: ServerError) -> ServerError {
    let coded = error
        .extensions
        .as_ref()
        .is_some_and(|all| all.get("code").is_some());
    if !coded {
        error.message = without_quotations(&error.message);
    }
    error
}

/// Why a document cannot be parsed, without its line.
pub fn of_parser(fault: &parser::Error) -> String {
    match fault {
        parser::Error::Syntax { message, .. } => {
            // The note stands below the line that it is about.
            let note = message.lines().last().unwrap_or_default().trim_start();
            let expected = note
                .strip_prefix("= ")
                .unwrap_or("it ends too soon, or has a bad escape");
            format!("the document is not GraphQL: {expected}")
        }
        parser::Error::OperationDuplicated { .. } => "an operation is defined twice".to_owned(),
        parser::Error::FragmentDuplicated { .. } => "a fragment is defined twice".to_owned(),
        other => other.to_string(),
    }
}

fn without_quotations(message: &str) -> String {
    // Behind these stands a value as the client wrote it, in quotation marks of its own or in none.
    for mark in [" does not contain the value ", ", found "] {
        if let Some((before, _)) = message.split_once(mark) {
            return format!("{}{mark}{LEFT_OUT}", without_quotations(before));
        }
    }
    let mut parts = message.split('"');
    let mut text = parts.next().unwrap_or_default().to_owned();
    while let Some(quoted) = parts.next() {
        text.push('"');
        text.push_str(if of_the_schema(quoted) { quoted } else { LEFT_OUT });
        text.push('"');
        text.push_str(parts.next().unwrap_or_default());
    }
    text
}

/// Whether it is a name, a type or a path of the schema.
fn of_the_schema(quoted: &str) -> bool {
    let mut names = quoted.split(['.', '[', ']', '!']).filter(|name| !name.is_empty());
    let known = |name: &str| {
        WORDS.contains(name) || (name.len() <= 6 && name.bytes().all(|byte| byte.is_ascii_digit()))
    };
    names.all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_schema_stay_and_words_of_a_client_do_not() {
        for (said, told) in [
            (
                r#"Unknown field "hassan" on type "Query"."#,
                r#"Unknown field "…" on type "Query"."#,
            ),
            (
                r#"Invalid value for argument "filter.state.0", enumeration type "CaseState" does not contain the value "Hassan""#,
                r#"Invalid value for argument "filter.state.0", enumeration type "CaseState" does not contain the value …"#,
            ),
            (
                r#"enumeration type "CaseState" does not contain the value "x" Hassan "y""#,
                r#"enumeration type "CaseState" does not contain the value …"#,
            ),
            (
                r#"Invalid value for argument "first", expected input type "Int", found Hassan."#,
                r#"Invalid value for argument "first", expected input type "Int", found …"#,
            ),
            (r#"Unknown type "Hassan""#, r#"Unknown type "…""#),
            (r#"expected type "[ID!]!""#, r#"expected type "[ID!]!""#),
            (r#"Variable "$hassan" is not used"#, r#"Variable "…" is not used"#),
            (r#"no end "of it"#, r#"no end "…""#),
        ] {
            assert_eq!(without_quotations(said), told);
        }
    }

    #[test]
    fn of_what_cannot_be_parsed_is_told_what_was_expected() {
        for (document, told) in [
            ("{ a( hassan", "the document is not GraphQL: expected argument"),
            (
                "query hassan { a } query hassan { a }",
                "an operation is defined twice",
            ),
            (
                "{ a } fragment hassan on B { a } fragment hassan on B { a }",
                "a fragment is defined twice",
            ),
        ] {
            let said = parser::parse_query(document).expect_err("no document");
            assert!(said.to_string().contains("hassan"), "{said}");
            assert_eq!(of_parser(&said), told);
        }
    }
}
