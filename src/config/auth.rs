//! Whose tokens are accepted.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The `iss` of tokens that this program signs itself.
pub const OWN_ISSUER: &str = "urn:avrr-gateway";

/// Which tokens are accepted, and which key signs our own.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuthSettings {
    /// The `iss` that a token must carry.
    pub issuer: String,
    /// The `aud` that a token must name.
    pub audience: String,
    /// Difference between the clocks of issuer and gateway that is forgiven, in seconds.
    pub leeway_seconds: u32,
    /// Longest lifetime (`exp - iat`) that is accepted, in seconds.
    pub max_lifetime_seconds: u32,
    /// File with the issuer's public keys (JWKS).
    pub jwks_file: Option<PathBuf>,
    /// Address of the issuer's public keys (JWKS).
    pub jwks_url: Option<String>,
    /// How long an issuer's keys still count while they cannot be fetched anew, in seconds.
    pub jwks_max_stale_seconds: u32,
    /// Whether the program's own key counts; where nothing is said, it does if no other issuer is named. Somebody has to sign for
    /// clients that are registered without an issuer.
    pub own_key: Option<bool>,
    /// Private key (Ed25519, PKCS#8 PEM) of a small installation that signs its own tokens; made on first use.
    pub signing_key_file: PathBuf,
    /// Other issuers, each of which speaks for those clients alone that are registered as its own.
    pub issuers: Vec<IssuerSettings>,
}

/// An issuer beside the first one.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerSettings {
    /// The `iss` of its tokens.
    pub issuer: String,
    /// File with its public keys (JWKS).
    pub jwks_file: Option<PathBuf>,
    /// Address of its public keys (JWKS).
    pub jwks_url: Option<String>,
    /// The `aud` that its tokens must name, if not `auth.audience`.
    pub audience: Option<String>,
    /// Longest lifetime of its tokens in seconds, if not `auth.max_lifetime_seconds`.
    pub max_lifetime_seconds: Option<u32>,
}

impl Default for AuthSettings {
    fn default() -> Self {
        Self {
            issuer: OWN_ISSUER.into(),
            audience: "avrr-gateway".into(),
            leeway_seconds: 30,
            max_lifetime_seconds: 3_600,
            jwks_file: None,
            jwks_url: None,
            jwks_max_stale_seconds: 86_400,
            own_key: None,
            signing_key_file: "avrr-signing-key.pem".into(),
            issuers: Vec::new(),
        }
    }
}

impl AuthSettings {
    /// Whether another program signs the tokens of the first issuer.
    #[must_use]
    pub fn has_jwks(&self) -> bool {
        self.jwks_file.is_some() || self.jwks_url.is_some()
    }

    /// Whether the program's own key counts.
    #[must_use]
    pub fn signs_itself(&self) -> bool {
        self.own_key
            .unwrap_or(!self.has_jwks() && self.issuers.is_empty())
    }
}
