//! What a look into an inbox finds for everybody who would see the same there, and what is done once for all of them.

use crate::domain::consent::Purpose;
use crate::domain::notice::NoticeType;
use crate::domain::party::{ClientRight, OrganisationKind};
use crate::ids::{ClientId, OrganisationId};
use crate::policy::governed::Governed;
use crate::policy::viewer::Viewer;
use crate::store::Want;
use crate::store::nodes::NoticeNode;
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::SetOnce;

/// Who looks, as far as it decides on what is seen, and what is looked for.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Asker {
    organisation: OrganisationId,
    kind: OrganisationKind,
    client: ClientId,
    subject: Arc<str>,
    rights: Vec<ClientRight>,
    purpose: Purpose,
    types: Option<Vec<NoticeType>>,
    want: Want,
}

impl Asker {
    pub(super) fn of(viewer: &Viewer, types: Option<Vec<NoticeType>>, want: Want) -> Self {
        Self {
            organisation: viewer.organisation,
            kind: viewer.kind,
            client: viewer.client,
            subject: Arc::clone(&viewer.subject),
            rights: viewer.rights.clone(),
            purpose: viewer.purpose,
            types,
            want,
        }
    }

    pub(super) fn types(&self) -> Option<&Vec<NoticeType>> {
        self.types.as_ref()
    }

    pub(super) fn want(&self) -> &Want {
        &self.want
    }
}

/// A page of an inbox: what comes after a place, as one asker sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    pub(super) asker: Arc<Asker>,
    pub(super) after: i64,
    pub(super) limit: u64,
}

/// What was found.
pub(super) struct Sight {
    /// The notices, in order.
    pub(super) found: Vec<Arc<Delivery>>,
    /// Whether there was nothing after them.
    pub(super) is_whole: bool,
}

/// What an audience is told of a notice.
#[derive(Clone, Debug)]
pub struct Words {
    /// The answer as JSON.
    pub text: Arc<str>,
    /// Whether something is missing in it through a fault of ours.
    pub failed: bool,
}

impl Default for Words {
    /// That we failed, and nothing else.
    fn default() -> Self {
        Self {
            text: Arc::from("{}"),
            failed: true,
        }
    }
}

/// A notice on its way to everybody who sees the same of it.
pub struct Delivery {
    /// The notice.
    pub notice: Arc<Governed<NoticeNode>>,
    /// Its place in the inbox.
    pub sequence: i64,
    /// When what it says happened.
    pub occurred_at: DateTime<Utc>,
    told: Mutex<HashMap<Audience, Arc<SetOnce<Words>>>>,
}

/// Names streams that are told the same in the same words: the digest of whoever listens, document and variables.
pub type Audience = [u8; 32];

impl Delivery {
    pub(super) fn of(notice: Arc<Governed<NoticeNode>>) -> Self {
        let (sequence, occurred_at) = notice.key(|node| (node.sequence, node.occurred_at));
        Self {
            notice,
            sequence,
            occurred_at,
            told: Mutex::default(),
        }
    }

    /// What an audience is told, put into words once for all of its streams, which wait for it. It is a task of its own, so
    /// that nobody waits for a stream that is held up by its peer; and what cannot be told is not tried by one stream after
    /// the other, but by whoever comes back.
    pub async fn told_once<F>(&self, audience: Audience, tell: impl FnOnce() -> F) -> Words
    where
        F: Future<Output = Words> + Send + 'static,
    {
        let (told, is_first) = {
            let mut all = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            match all.entry(audience) {
                Entry::Occupied(told) => (Arc::clone(told.get()), false),
                Entry::Vacant(place) => (Arc::clone(place.insert(Arc::default())), true),
            }
        };
        if is_first {
            let (telling, told) = (tokio::spawn(tell()), Arc::clone(&told));
            tokio::spawn(async move {
                // A task that broke off has told nothing.
                let _ = told.set(telling.await.unwrap_or_default());
            });
        }
        told.wait().await.clone()
    }
}
