//! Commands on jurisdictions.

use super::{Desk, Envelope, authorise_by_kind};
use crate::domain::jurisdiction::Jurisdiction;
use crate::error::Error;
use crate::policy::actions::Action;
use uuid::Uuid;

impl Desk {
    /// Says what holds in a host territory; its version is the one that was decided on.
    pub async fn configure_jurisdiction(
        &self,
        envelope: &Envelope,
        jurisdiction: Jurisdiction,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::ConfigureJurisdiction)?;
        jurisdiction.check()?;
        let jurisdiction = &jurisdiction;
        self.once(envelope, Action::ConfigureJurisdiction, move |uow| async move {
            jurisdiction.check_authorities(&uow.directory().await?)?;
            let id = uow.configure(jurisdiction).await?;
            Ok((uow, id))
        })
        .await
    }
}
