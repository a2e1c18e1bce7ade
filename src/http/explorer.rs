//! The explorer at `/explorer/`: GraphiQL, where `scripts/explorer` had fetched it before the program was built.

use super::answer::Fault;
use super::assets::{self, Asset, EXPLORER, FETCHED};
use crate::error::Code;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// Everything comes from here and nothing goes elsewhere; GraphiQL's dialogs add styles, and its fonts are data URLs.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; \
                      img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Whether this program holds the explorer.
#[must_use]
pub const fn built_in() -> bool {
    !FETCHED.is_empty()
}

/// The explorer itself.
pub async fn index() -> Response {
    serve(FETCHED, EXPLORER, "index.html")
}

/// The explorer names its files by where it is, so it is at an address that ends with a slash.
pub async fn moved() -> Redirect {
    Redirect::permanent("explorer/")
}

/// One file of the explorer that is ours.
pub async fn file(Path(name): Path<String>) -> Response {
    serve(FETCHED, EXPLORER, &name)
}

/// One file of the explorer that is from npm.
pub async fn fetched(Path(name): Path<String>) -> Response {
    serve(FETCHED, FETCHED, &name)
}

fn serve(fetched: &[Asset], assets: &[Asset], name: &str) -> Response {
    if fetched.is_empty() {
        let fault = Fault::new(
            StatusCode::NOT_FOUND,
            Code::NotFound,
            "The explorer was not built in: run scripts/explorer, then build the program again.",
        );
        return fault.into_response();
    }
    assets::serve(assets, name, POLICY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_its_parts_from_npm_the_explorer_is_not_there() {
        assert_eq!(serve(&[], EXPLORER, "index.html").status(), StatusCode::NOT_FOUND);
        assert_eq!(serve(EXPLORER, EXPLORER, "index.html").status(), StatusCode::OK);
    }
}
