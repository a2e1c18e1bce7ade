//! What an installation has once: its id key, its first administrator, and the mark of a demo load.

use super::registry::{client_row, organisation_row};
use super::unit_of_work::FindAll;
use super::{NewClient, Store, convert};
use crate::domain::consent::Purpose;
use crate::domain::jurisdiction::Jurisdiction;
use crate::domain::party::{Organisation, OrganisationKind};
use crate::domain::territory::{CountryCode, TerritoryProfile};
use crate::error::Error;
use crate::ids::{GlobalIds, new_id};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use entity::{case, client, installation, jurisdiction, organisation};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

const ID_KEY: &str = "id_key";
const DEMO: &str = "demo";

impl Store {
    /// Makes sure that the installation has an id key and an administrator, and returns the store that uses the key.
    ///
    /// `configured` takes the place of the key in the database, for installations that keep it elsewhere.
    ///
    /// # Errors
    ///
    /// Faults of the database; [`Error::Startup`] for a key that is not 32 bytes.
    pub async fn prepared(mut self, configured: Option<[u8; 32]>) -> Result<Self, Error> {
        let key = match configured {
            Some(key) => key,
            None => self.id_key().await?,
        };
        self.ids = GlobalIds::new(key);
        self.ensure_administrator().await?;
        self.ensure_jurisdictions().await?;
        self.ensure_escalation_rules().await?;
        self.ensure_chains().await?;
        Ok(self)
    }

    async fn id_key(&self) -> Result<[u8; 32], Error> {
        let mut fresh = [0; 32];
        getrandom::fill(&mut fresh)
            .map_err(|cause| Error::Startup(format!("no source of randomness: {cause}")))?;
        self.put(ID_KEY, &STANDARD.encode(fresh)).await?;
        let stored = self
            .get(ID_KEY)
            .await?
            .and_then(|text| STANDARD.decode(text).ok());
        let key = stored.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        key.ok_or_else(|| {
            Error::Startup("the id key in the database is not 32 bytes: restore it from a backup".to_owned())
        })
    }

    /// An empty registry gets one organisation with one client, `admin`, which registers everybody else.
    async fn ensure_administrator(&self) -> Result<(), Error> {
        if organisation::Entity::find_all().count(&self.writing).await? > 0 {
            return Ok(());
        }
        let now = self.clock.now();
        let owner = Organisation {
            id: new_id(now).into(),
            code: "administration".to_owned(),
            name: "Programme administration".to_owned(),
            kind: OrganisationKind::Admin,
            territory: None,
            seat_city: None,
            seat_country: None,
            sending_state: None,
            version: 1,
        };
        let new = NewClient {
            client_id: "admin".to_owned(),
            owner: owner.id,
            purposes: vec![Purpose::Administration],
            rights: Vec::new(),
            territory_profile: TerritoryProfile::default(),
            issuer: None,
        };
        let admin = client_row(new_id(now), &new, now);
        let first = organisation::Entity::insert(organisation_row(&owner, now).into_active_model())
            .on_conflict(
                OnConflict::column(organisation::Column::Code)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&self.writing)
            .await;
        // Another process may have been faster; then it also made the client.
        if matches!(first, Ok(1)) {
            client::Entity::insert(admin.into_active_model())
                .exec_without_returning(&self.writing)
                .await?;
            tracing::info!("registered the first client, admin: it registers everybody else");
        }
        Ok(())
    }

    /// The six host territories have their defaults from the first start; what is configured stays.
    async fn ensure_jurisdictions(&self) -> Result<(), Error> {
        let now = self.clock.now();
        // Ids grow with their millisecond: apart by one, they keep the order of the list.
        let moments = (0..).map(|later| now + TimeDelta::milliseconds(later));
        let territories = CountryCode::HOST_TERRITORIES.into_iter().zip(moments);
        let rows = territories.map(|(territory, moment)| {
            convert::jurisdiction_row(new_id(moment), &Jurisdiction::by_default(territory))
                .into_active_model()
        });
        jurisdiction::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::column(jurisdiction::Column::Territory)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&self.writing)
            .await?;
        Ok(())
    }

    /// Whether the demo programme was loaded into this database.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn holds_demo(&self) -> Result<bool, Error> {
        Ok(self.get(DEMO).await?.is_some())
    }

    /// Whether the database holds anything but what an empty installation has.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn holds_data(&self) -> Result<bool, Error> {
        let cases = case::Entity::find_all().count(&self.writing).await?;
        let others = organisation::Entity::find_all().filter(organisation::Column::Code.ne("administration"));
        Ok(cases > 0 || others.count(&self.writing).await? > 0)
    }

    pub(super) async fn mark_demo(&self, database: &impl ConnectionTrait) -> Result<(), Error> {
        let row = installation::Model {
            name: DEMO.to_owned(),
            value: self.clock.now().to_rfc3339(),
        };
        installation::Entity::insert(row.into_active_model())
            .exec_without_returning(database)
            .await?;
        Ok(())
    }

    async fn get(&self, name: &str) -> Result<Option<String>, Error> {
        let row = installation::Entity::find_all()
            .filter(installation::Column::Name.eq(name))
            .one(&self.writing)
            .await?;
        Ok(row.map(|row| row.value))
    }

    async fn put(&self, name: &str, value: &str) -> Result<(), Error> {
        let row = installation::Model {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        installation::Entity::insert(row.into_active_model())
            .on_conflict(
                OnConflict::column(installation::Column::Name)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&self.writing)
            .await?;
        Ok(())
    }
}
