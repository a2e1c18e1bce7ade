//! Access tokens as RFC 9068 describes them: what one must say, and making our own.
//!
//! Nothing here knows the registry: a good token says *which client*, and no more.

use crate::clock::Clock;
use crate::domain::agreement::LONGEST_JTI;
use crate::domain::party::is_code;
use crate::error::Error;
use crate::policy::admission::Denial;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A key that verifies signatures, and the one algorithm that it verifies.
#[derive(Clone)]
pub struct VerificationKey {
    /// The algorithm that belongs to the key, whatever a token's header says.
    pub algorithm: Algorithm,
    /// The public key.
    pub key: DecodingKey,
}

/// What a token must say to be meant for this gateway.
#[derive(Clone, Debug)]
pub struct Expectations {
    /// `iss`.
    pub issuer: String,
    /// `aud`, or one of them.
    pub audience: String,
    /// Difference between clocks that is forgiven.
    pub leeway: TimeDelta,
    /// How much earlier than it says a token may have been issued, by a clock that goes ahead of ours.
    pub doubt: TimeDelta,
    /// Longest `exp - iat`.
    pub max_lifetime: TimeDelta,
}

/// Why a token is refused: for the log, never for the caller.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing to verify.
    #[error("no bearer token")]
    Missing,
    /// The header cannot be read, has no `kid`, or asks for something we do not do.
    #[error("header not acceptable: {0}")]
    Header(&'static str),
    /// No key of that name.
    #[error("unknown key")]
    UnknownKey,
    /// The signature, or the algorithm, does not belong to the key.
    #[error("signature refused: {0}")]
    Signature(String),
    /// A claim is missing or not as expected.
    #[error("claim not acceptable: {0}")]
    Claim(&'static str),
    /// The registry does not know the client.
    #[error("client not registered")]
    UnknownClient,
    /// The token is of another issuer than the client is registered with.
    #[error("client of another issuer")]
    ForeignIssuer,
    /// The registry knows the client and does not let it in.
    #[error(transparent)]
    NotAdmitted(#[from] Denial),
}

/// Claims that are not what they have to be, or are there twice.
const NOT_READABLE: Fault = Fault::Claim("missing or of the wrong type");

/// Longest name of whoever a token is for.
const LONGEST_SUBJECT: usize = 200;

/// The claims that RFC 9068 (2.2) requires, with `nbf` where an issuer gives one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued the token.
    pub iss: String,
    aud: Audience,
    /// The member of staff, or the client itself.
    pub sub: String,
    /// The client that the token was issued to.
    pub client_id: String,
    iat: f64,
    exp: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<f64>,
    /// Names the token.
    pub jti: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// The name of the key that a token says it is signed with.
///
/// # Errors
///
/// A [`Fault`] unless the header is that of an access token with a `kid` and without `crit`.
pub fn key_name(token: &str) -> Result<String, Fault> {
    let header = jsonwebtoken::decode_header(token).map_err(|_| Fault::Header("cannot be read"))?;
    let access_token = header.typ.is_some_and(|typ| {
        ["at+jwt", "application/at+jwt"]
            .iter()
            .any(|known| typ.eq_ignore_ascii_case(known))
    });
    if !access_token {
        return Err(Fault::Header("typ is not at+jwt"));
    }
    if header.crit.is_some() {
        return Err(Fault::Header("crit"));
    }
    header.kid.ok_or(Fault::Header("no kid"))
}

/// The issuer that a token says it comes from; nothing proves it yet.
///
/// # Errors
///
/// A [`Fault`] unless the claims can be read and name one issuer.
pub fn issuer_of(token: &str) -> Result<String, Fault> {
    #[derive(Deserialize)]
    struct Said {
        iss: String,
    }
    let claims = token.split('.').nth(1).unwrap_or_default();
    let claims = URL_SAFE_NO_PAD.decode(claims).map_err(|_| NOT_READABLE)?;
    // An array would do for a structure as well.
    if claims.first() != Some(&b'{') {
        return Err(NOT_READABLE);
    }
    let said: Said = serde_json::from_slice(&claims).map_err(|_| NOT_READABLE)?;
    Ok(said.iss)
}

/// The claims of a token that this key signed; whether they hold is for [`Claims::check`] to say.
///
/// # Errors
///
/// A [`Fault`] if the header names another algorithm, the signature is wrong, or a required claim is missing.
pub fn verified_claims(token: &str, key: &VerificationKey) -> Result<Claims, Fault> {
    let mut signature_only = Validation::new(key.algorithm);
    // The library reads the machine's clock and forgives a missing audience: `Claims::check` does all of it.
    signature_only.required_spec_claims.clear();
    signature_only.validate_exp = false;
    signature_only.validate_aud = false;
    jsonwebtoken::decode::<Claims>(token, &key.key, &signature_only)
        .map(|token| token.claims)
        .map_err(|error| match error.kind() {
            jsonwebtoken::errors::ErrorKind::Json(_) => NOT_READABLE,
            other => Fault::Signature(format!("{other:?}")),
        })
}

impl Claims {
    /// When the token was issued, and from when on it is no longer good, if all claims hold now.
    ///
    /// # Errors
    ///
    /// A [`Fault`] that names the first claim that does not hold.
    pub fn check(
        &self,
        expected: &Expectations,
        now: DateTime<Utc>,
    ) -> Result<(DateTime<Utc>, DateTime<Utc>), Fault> {
        let claim = |holds: bool, name: &'static str| if holds { Ok(()) } else { Err(Fault::Claim(name)) };
        claim(self.iss == expected.issuer, "iss")?;
        claim(self.aud.names(&expected.audience), "aud")?;
        claim((1..=LONGEST_SUBJECT).contains(&self.sub.len()), "sub")?;
        claim(is_code(&self.client_id), "client_id")?;
        claim((1..=LONGEST_JTI).contains(&self.jti.len()), "jti")?;
        let issued = moment(self.iat).ok_or(Fault::Claim("iat"))?;
        let expires = moment(self.exp).ok_or(Fault::Claim("exp"))?;
        claim(issued <= now + expected.leeway, "iat lies ahead")?;
        claim(
            issued < expires && expires - issued <= expected.max_lifetime,
            "lifetime",
        )?;
        claim(now < expires + expected.leeway, "exp has passed")?;
        if let Some(not_before) = self.nbf {
            claim(
                moment(not_before).is_some_and(|start| start <= now + expected.leeway),
                "nbf lies ahead",
            )?;
        }
        Ok((issued, expires))
    }
}

impl Audience {
    fn names(&self, audience: &str) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Several(several) => several.iter().any(|one| one == audience),
        }
    }
}

/// A `NumericDate` (RFC 7519, 2): seconds, perhaps with a fraction.
fn moment(seconds: f64) -> Option<DateTime<Utc>> {
    let plausible = seconds.is_finite() && (0.0..1.0e11).contains(&seconds);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "bounded above, and the fraction is not needed"
    )]
    plausible
        .then(|| DateTime::from_timestamp(seconds as i64, 0))
        .flatten()
}

/// Signs access tokens for the clients of this installation.
#[derive(Clone)]
pub struct TokenIssuer {
    key: Arc<EncodingKey>,
    key_name: String,
    expectations: Expectations,
    clock: Clock,
}

impl TokenIssuer {
    pub(super) fn new(key: EncodingKey, key_name: String, expectations: Expectations, clock: Clock) -> Self {
        Self {
            key: Arc::new(key),
            key_name,
            expectations,
            clock,
        }
    }

    /// An access token that says it is `client_id`, good for `lifetime` from now.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] if `lifetime` is nothing or longer than `auth.max_lifetime_seconds`.
    pub fn token(&self, client_id: &str, lifetime: TimeDelta) -> Result<String, Error> {
        self.token_for(client_id, client_id, lifetime)
    }

    /// The same, in the name of a member of staff.
    ///
    /// # Errors
    ///
    /// As [`Self::token`].
    pub fn token_for(&self, client_id: &str, subject: &str, lifetime: TimeDelta) -> Result<String, Error> {
        let longest = self.expectations.max_lifetime;
        if lifetime < TimeDelta::seconds(1) || lifetime > longest {
            return Err(Error::Startup(format!(
                "--expires: from 1s to {}s (auth.max_lifetime_seconds)",
                longest.num_seconds()
            )));
        }
        let now = self.clock.now();
        let claims = serde_json::json!({
            "iss": self.expectations.issuer,
            "aud": self.expectations.audience,
            "sub": subject,
            "client_id": client_id,
            "iat": now.timestamp(),
            "exp": (now + lifetime).timestamp(),
            "jti": crate::ids::new_id(now).simple().to_string(),
        });
        self.sign(&claims)
    }

    /// The longest lifetime that the gateway accepts.
    #[must_use]
    pub fn longest(&self) -> TimeDelta {
        self.expectations.max_lifetime
    }

    fn sign(&self, claims: &serde_json::Value) -> Result<String, Error> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some("at+jwt".into());
        header.kid = Some(self.key_name.clone());
        jsonwebtoken::encode(&header, claims, &self.key)
            .map_err(|error| Error::Startup(format!("auth.signing_key_file cannot sign: {error}")))
    }
}
