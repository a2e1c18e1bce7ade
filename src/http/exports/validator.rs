//! Whether the caller has the file already: entity tags and `If-None-Match` (RFC 9110, sections 8.8.3 and 13.1.2).

use super::File;
use axum::http::HeaderMap;
use axum::http::header::IF_NONE_MATCH;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The entity tag of a file: of this program, for this kind of viewer, with these figures.
///
/// It is strong where the same tag means the same bytes, and weak where a file says when it was computed.
pub(super) fn tag(kind: &str, file: &File) -> String {
    let mut hash = Sha256::new();
    for part in [
        env!("CARGO_PKG_VERSION").as_bytes(),
        kind.as_bytes(),
        file.lasting.as_ref().unwrap_or(&file.body),
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let weak = if file.lasting.is_some() { "W/" } else { "" };
    format!("{weak}\"{}\"", URL_SAFE_NO_PAD.encode(hash.finalize()))
}

/// Whether the caller says that it has the file with this tag, or any.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get_all(IF_NONE_MATCH).iter();
    let given: Vec<&str> = given.filter_map(|value| value.to_str().ok()).collect();
    let given = given.join(",");
    given.trim() == "*" || opaque_tags(&given).any(|known| Some(known) == opaque_tags(tag).next())
}

/// What stands between the quotation marks, weak or not: a reader compares weakly. A comma may be part of a tag.
fn opaque_tags(list: &str) -> impl Iterator<Item = &str> {
    list.split('"').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn file(body: &str, lasting: Option<&str>) -> File {
        File {
            body: body.into(),
            lasting: lasting.map(Into::into),
        }
    }

    #[test]
    fn a_tag_goes_by_the_viewer_and_the_figures_and_not_by_the_time() {
        let tag_of = |kind, body, lasting| tag(kind, &file(body, lasting));
        assert_ne!(tag_of("MISSION", "a", None), tag_of("DASHBOARD", "a", None));
        assert_ne!(tag_of("MISSION", "a", None), tag_of("MISSION", "b", None));
        assert_ne!(tag_of("AB", "c", None), tag_of("A", "Bc", None));
        let early = tag_of("MISSION", "a at nine", Some("a"));
        assert_eq!(early, tag_of("MISSION", "a at ten", Some("a")));
        assert!(early.starts_with("W/\"") && tag_of("MISSION", "a", None).starts_with('"'));
    }

    #[test]
    fn any_tag_of_a_list_is_known_weak_or_strong() {
        let known = |given: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in given {
                headers.append(IF_NONE_MATCH, HeaderValue::from_static(value));
            }
            is_known(&headers, "\"abc\"")
        };
        for yes in [
            &["\"abc\""][..],
            &["W/\"abc\""],
            &["\"x,y\", W/\"abc\""],
            &["\"x\"", "\"abc\""],
            &[" * "],
        ] {
            assert!(known(yes), "{yes:?}");
        }
        for no in [
            &[][..],
            &["abc"],
            &["\"x\""],
            &["\"x, abc\""],
            &["\"ab\", \"c\""],
            &[""],
        ] {
            assert!(!known(no), "{no:?}");
        }
    }
}
