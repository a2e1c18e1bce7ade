//! Bearer token to [`Viewer`]: the same way for POST, GET and WebSocket, and closed when in doubt.
//!
//! A token says which client asks. Who that client is, and whether it may still come in, is looked up in the registry
//! every time, so a suspended client stops at once. A caller is never told why its token was refused; the log is.

use super::token::Fault;
use super::verifier::Verifier;
use crate::domain::code::Code as _;
use crate::domain::consent::Purpose;
use crate::error::Error;
use crate::policy::admission::{Denial, RegisteredClient};
use crate::policy::viewer::Viewer;
use crate::store::Store;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use std::sync::Arc;

/// Longest token that is looked at.
const MAX_TOKEN_BYTES: usize = 8_192;

/// Header, and key of a `connection_init` payload, that names the purpose of a request.
pub const PURPOSE: &str = "x-purpose";

/// Decides who asks.
pub struct Authenticator {
    store: Store,
    verifier: Verifier,
}

/// Why nobody came in.
#[derive(Debug)]
pub enum Refusal {
    /// No valid token of an active client.
    Token(Fault),
    /// The purpose named is not one of the client's.
    Purpose,
    /// No purpose is named, and the client has more than one.
    NoPurpose,
    /// The registry could not be asked.
    Unavailable(Error),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Token(fault)
    }
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        Self::Token(denial.into())
    }
}

impl Authenticator {
    /// Decides by what a token says and what this registry says of the client.
    #[must_use]
    pub fn new(store: Store, verifier: Verifier) -> Self {
        Self { store, verifier }
    }

    /// Asks in the background for issuers' keys that have grown old.
    pub fn keep_keys_fresh(&self) {
        self.verifier.keep_fresh();
    }

    /// Of how many issuers there are keys that count, and how many issuers there are.
    #[must_use]
    pub fn issuers(&self) -> (usize, usize) {
        self.verifier.issuers()
    }

    /// The viewer that the headers of a request speak for.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; two `Authorization` headers are none.
    pub async fn of_headers(&self, headers: &HeaderMap) -> Result<Viewer, Refusal> {
        let purpose = match headers.get(PURPOSE) {
            Some(value) => Some(value.to_str().map_err(|_| Refusal::Purpose)?),
            None => None,
        };
        self.viewer(authorization(headers), purpose).await
    }

    /// The viewer that an `Authorization` value and an `X-Purpose` value speak for.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] that the log may know and the caller may not.
    pub async fn viewer(
        &self,
        authorization: Option<&str>,
        purpose: Option<&str>,
    ) -> Result<Viewer, Refusal> {
        let bearer = authorization.and_then(bearer).ok_or(Fault::Missing)?;
        let token = self.verifier.verify(bearer).await?;
        let client = self
            .registered(&token.claims.client_id, &token.claims.jti)
            .await?;
        if !self.verifier.speaks_for(&token.claims, client.issuer.as_deref()) {
            return Err(Fault::ForeignIssuer.into());
        }
        client.admits(&token.claims.jti, token.issued_at)?;
        let purpose = purpose_of(&client, purpose)?;
        Ok(Viewer {
            organisation: client.organisation,
            kind: client.kind,
            client: client.client,
            client_id: Arc::from(client.client_id),
            subject: Arc::from(token.claims.sub.as_str()),
            rights: client.rights,
            purpose,
            token: Arc::from(token.claims.jti.as_str()),
            issued_at: token.issued_at,
            territory_profile: client.territory_profile,
            documents_only: client.documents_only,
            expires_at: token.expires_at,
        })
    }

    /// Whether the registry still lets this viewer stay.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] if the client is gone, not admitted any more or changed.
    pub async fn reconsider(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let client = self.registered(&viewer.client_id, &viewer.token).await?;
        Ok(client.still_admits(viewer)?)
    }

    async fn registered(&self, client_id: &str, jti: &str) -> Result<RegisteredClient, Refusal> {
        let client = self.store.client_with_token(client_id, jti).await;
        let client = client.map_err(Refusal::Unavailable)?;
        Ok(client.ok_or(Fault::UnknownClient)?)
    }
}

/// The one `Authorization` header of a request.
#[must_use]
pub fn authorization(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= MAX_TOKEN_BYTES)
        .then_some(token)
}

/// The purpose named, if it is registered; the only one registered, if none is named.
fn purpose_of(client: &RegisteredClient, named: Option<&str>) -> Result<Purpose, Refusal> {
    match (named, client.purposes.as_slice()) {
        (Some(code), purposes) => Purpose::from_code(code)
            .filter(|purpose| purposes.contains(purpose))
            .ok_or(Refusal::Purpose),
        (None, [only]) => Ok(*only),
        (None, _) => Err(Refusal::NoPurpose),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::party::OrganisationKind;
    use axum::http::HeaderValue;
    use uuid::Uuid;

    fn client(purposes: &[Purpose]) -> RegisteredClient {
        RegisteredClient {
            client: Uuid::from_u128(1).into(),
            client_id: "iom-belgrade".into(),
            organisation: Uuid::from_u128(2).into(),
            kind: OrganisationKind::Mission,
            purposes: purposes.to_vec(),
            rights: Vec::new(),
            territory_profile: Default::default(),
            suspended: false,
            issuer: None,
            tokens_not_before: None,
            documents_only: false,
            under_agreement: false,
            revoked: Vec::new(),
        }
    }

    #[test]
    fn a_purpose_counts_only_if_it_is_registered() {
        let one = client(&[Purpose::TravelDocument]);
        let two = client(&[Purpose::TravelDocument, Purpose::Reintegration]);
        assert_eq!(
            purpose_of(&one, None).expect("the only one"),
            Purpose::TravelDocument
        );
        assert!(matches!(purpose_of(&two, None), Err(Refusal::NoPurpose)));
        assert_eq!(
            purpose_of(&two, Some("REINTEGRATION")).expect("registered"),
            Purpose::Reintegration
        );
        for unknown in ["REINTEGRATION", "travel_document", "", "ANYTHING"] {
            assert!(
                matches!(purpose_of(&one, Some(unknown)), Err(Refusal::Purpose)),
                "{unknown}"
            );
        }
    }

    #[test]
    fn one_bearer_token_is_a_token() {
        assert_eq!(bearer("Bearer abc"), Some("abc"));
        assert_eq!(bearer("bearer  abc"), Some("abc"));
        for none in ["", "Bearer", "Bearer ", "Basic abc", "abc"] {
            assert_eq!(bearer(none), None, "{none}");
        }
        assert_eq!(
            bearer(&format!("Bearer {}", "a".repeat(MAX_TOKEN_BYTES + 1))),
            None
        );
        let mut headers = HeaderMap::new();
        headers.append(AUTHORIZATION, HeaderValue::from_static("Bearer a"));
        assert_eq!(authorization(&headers), Some("Bearer a"));
        headers.append(AUTHORIZATION, HeaderValue::from_static("Bearer b"));
        assert_eq!(authorization(&headers), None, "which of the two?");
    }
}
