//! Whether a client may come in with a token, and may stay: the one rule, for requests, sockets and streams alike.
//!
//! The token says who it is; what the registry says of the client today decides. A client that the registry does not know
//! never gets here.

use super::viewer::Viewer;
use crate::domain::consent::Purpose;
use crate::domain::party::{ClientRight, OrganisationKind};
use crate::domain::territory::TerritoryProfile;
use crate::ids::{ClientId, OrganisationId};
use chrono::{DateTime, Utc};

/// A client as the registry knows it today.
#[derive(Clone, Debug)]
pub struct RegisteredClient {
    /// Names the client.
    pub client: ClientId,
    /// Its public name.
    pub client_id: String,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// The kind of its organisation.
    pub kind: OrganisationKind,
    /// What it may be used for.
    pub purposes: Vec<Purpose>,
    /// What it may do beyond what its organisation may.
    pub rights: Vec<ClientRight>,
    /// The code by which its system knows Kosovo*.
    pub territory_profile: TerritoryProfile,
    /// Whether it is suspended.
    pub suspended: bool,
    /// Who issues its tokens; none for the issuer that the settings name first.
    pub issuer: Option<String>,
    /// Its tokens from this moment or before are worth nothing.
    pub tokens_not_before: Option<DateTime<Utc>>,
    /// Whether it may send registered documents alone.
    pub documents_only: bool,
    /// Whether an agreement on the transfer of personal data holds today.
    pub under_agreement: bool,
    /// The names of its tokens that were revoked, of those that were asked about.
    pub revoked: Vec<String>,
}

/// Why a client that the registry knows is not let in, or not any longer: for the log, never for the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// The client is suspended.
    #[error("client suspended")]
    Suspended,
    /// Its organisation stands outside IOM, and no agreement holds today.
    #[error("no transfer agreement")]
    NoAgreement,
    /// The token was revoked.
    #[error("token revoked")]
    TokenRevoked,
    /// All tokens of the client from then or before were revoked.
    #[error("tokens of that time revoked")]
    TokensRevoked,
    /// The registry says something else of the client than when it came in.
    #[error("client changed")]
    Changed,
}

impl RegisteredClient {
    /// Lets the client in with a token of this name and time, or says why not.
    ///
    /// # Errors
    ///
    /// The first [`Denial`] that holds.
    pub fn admits(&self, jti: &str, issued_at: DateTime<Utc>) -> Result<(), Denial> {
        self.may_be_told()?;
        if self.revoked.iter().any(|revoked| revoked == jti) {
            return Err(Denial::TokenRevoked);
        }
        // A token says when it was issued in whole seconds: of the second of the revocation none is good.
        if self.tokens_not_before.is_some_and(|moment| issued_at <= moment) {
            return Err(Denial::TokensRevoked);
        }
        Ok(())
    }

    /// Whether something may be sent to the client's organisation by itself, or why not.
    ///
    /// # Errors
    ///
    /// The first [`Denial`] that holds.
    pub fn may_be_told(&self) -> Result<(), Denial> {
        if self.suspended {
            return Err(Denial::Suspended);
        }
        if self.kind.needs_agreement() && !self.under_agreement {
            return Err(Denial::NoAgreement);
        }
        Ok(())
    }

    /// Lets a viewer stay, or says why not.
    ///
    /// # Errors
    ///
    /// The first [`Denial`] that holds.
    pub fn still_admits(&self, viewer: &Viewer) -> Result<(), Denial> {
        self.admits(&viewer.token, viewer.issued_at)?;
        let same = self.client == viewer.client
            && self.organisation == viewer.organisation
            && self.kind == viewer.kind
            && self.rights == viewer.rights
            && self.documents_only == viewer.documents_only
            && self.territory_profile == viewer.territory_profile
            && self.purposes.contains(&viewer.purpose);
        if same { Ok(()) } else { Err(Denial::Changed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    fn client(kind: OrganisationKind) -> RegisteredClient {
        RegisteredClient {
            client: Uuid::from_u128(1).into(),
            client_id: "police-serbia".into(),
            organisation: Uuid::from_u128(2).into(),
            kind,
            purposes: vec![Purpose::DepartureNotice],
            rights: Vec::new(),
            territory_profile: TerritoryProfile::default(),
            suspended: false,
            issuer: None,
            tokens_not_before: None,
            documents_only: false,
            under_agreement: true,
            revoked: Vec::new(),
        }
    }

    #[test]
    fn each_reason_alone_keeps_a_client_out() {
        let moment = DateTime::UNIX_EPOCH;
        let good = client(OrganisationKind::Police);
        assert_eq!(good.admits("a", moment), Ok(()));
        let with = |change: fn(&mut RegisteredClient)| {
            let mut client = good.clone();
            change(&mut client);
            client.admits("a", moment).err()
        };
        assert_eq!(with(|client| client.suspended = true), Some(Denial::Suspended));
        assert_eq!(
            with(|client| client.under_agreement = false),
            Some(Denial::NoAgreement)
        );
        assert_eq!(
            with(|client| client.revoked = vec!["a".into()]),
            Some(Denial::TokenRevoked)
        );
        assert_eq!(with(|client| client.revoked = vec!["b".into()]), None);
        assert_eq!(
            with(|client| client.tokens_not_before = Some(DateTime::UNIX_EPOCH)),
            Some(Denial::TokensRevoked)
        );
        assert_eq!(
            with(|client| client.tokens_not_before = Some(DateTime::UNIX_EPOCH - TimeDelta::seconds(1))),
            None
        );
    }

    #[test]
    fn missions_and_oversight_are_inside_and_need_no_agreement() {
        for kind in [
            OrganisationKind::Mission,
            OrganisationKind::Auditor,
            OrganisationKind::Admin,
        ] {
            let inside = RegisteredClient {
                under_agreement: false,
                ..client(kind)
            };
            assert_eq!(inside.admits("a", DateTime::UNIX_EPOCH), Ok(()), "{kind}");
        }
    }
}
