//! A partner's system to which webhooks are sent: a real server on this machine, which answers as a story has it.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How it answers at an address.
#[derive(Clone, Debug)]
pub enum Reply {
    /// With a status.
    Status(u16),
    /// With a status and a header.
    With(u16, &'static str, String),
    /// With a status and a body that does not end.
    Endless(u16),
    /// Not at all.
    Silence,
}

/// Something that arrived.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The address.
    pub path: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, as it came.
    pub body: String,
    /// The status that it was answered with.
    pub status: u16,
}

impl Arrival {
    /// A header of it.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_else(|| panic!("{} has no {name}", self.path))
    }

    /// The id of the notice.
    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    /// Its body, read.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// What the signatures are over.
    pub fn signed(&self) -> String {
        format!("{}.{}.{}", self.id(), self.header("webhook-timestamp"), self.body)
    }

    /// Whether it was taken.
    pub fn was_taken(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// The server.
pub struct Receiver {
    /// Where it listens.
    pub address: SocketAddr,
    desk: Arc<Desk>,
    serving: JoinHandle<()>,
}

struct Desk {
    replies: Mutex<HashMap<String, Reply>>,
    arrived: watch::Sender<Vec<Arrival>>,
}

impl Receiver {
    /// Listens on a port of its own.
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let address = listener.local_addr().expect("an address");
        let desk = Arc::new(Desk {
            replies: Mutex::default(),
            arrived: watch::Sender::new(Vec::new()),
        });
        let router = Router::new().fallback(take).with_state(Arc::clone(&desk));
        let serving = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self {
            address,
            desk,
            serving,
        }
    }

    /// The address for a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers at a path in this way from now on; with 204 where nothing was said.
    pub fn answers(&self, path: &str, reply: Reply) {
        let mut replies = self.desk.replies.lock().unwrap_or_else(PoisonError::into_inner);
        replies.insert(path.to_owned(), reply);
    }

    /// What has arrived at a path.
    pub fn arrived(&self, path: &str) -> Vec<Arrival> {
        let arrived = self.desk.arrived.borrow();
        let at = arrived.iter().filter(|arrival| arrival.path == path);
        at.cloned().collect()
    }

    /// What was taken at a path.
    pub fn taken(&self, path: &str) -> Vec<Arrival> {
        let mut arrived = self.arrived(path);
        arrived.retain(Arrival::was_taken);
        arrived
    }

    /// Waits until so many have arrived at a path, whether they were answered or not.
    pub async fn has_heard(&self, path: &str, count: usize) {
        let mut arrived = self.desk.arrived.subscribe();
        let enough =
            arrived.wait_for(|arrived| arrived.iter().filter(|one| one.path == path).count() >= count);
        let waited = tokio::time::timeout(Duration::from_secs(30), enough).await;
        assert!(waited.is_ok(), "{path} heard nothing");
    }

    /// Waits until so many were taken at a path, and returns them.
    pub async fn takes(&self, path: &str, count: usize) -> Vec<Arrival> {
        let mut arrived = self.desk.arrived.subscribe();
        let enough = arrived.wait_for(|arrived| {
            let taken = arrived.iter().filter(|one| one.path == path && one.was_taken());
            taken.count() >= count
        });
        let waited = tokio::time::timeout(Duration::from_secs(30), enough).await;
        assert!(
            waited.is_ok(),
            "{path} took {} of {count}",
            self.taken(path).len()
        );
        self.taken(path)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn take(State(desk): State<Arc<Desk>>, uri: Uri, headers: HeaderMap, body: String) -> Response {
    let path = uri.path().to_owned();
    let reply = {
        let replies = desk.replies.lock().unwrap_or_else(PoisonError::into_inner);
        replies.get(&path).cloned().unwrap_or(Reply::Status(204))
    };
    let status = match &reply {
        Reply::Status(status) | Reply::With(status, ..) | Reply::Endless(status) => *status,
        Reply::Silence => 504,
    };
    let status = StatusCode::from_u16(status).expect("a status");
    desk.arrived.send_modify(|arrived| {
        arrived.push(Arrival {
            path,
            headers,
            body,
            status: status.as_u16(),
        });
    });
    match reply {
        Reply::Status(_) => status.into_response(),
        Reply::With(_, name, value) => (status, [(name, value)]).into_response(),
        Reply::Endless(_) => {
            let parts =
                futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>("and so on ".repeat(200)));
            (status, axum::body::Body::from_stream(parts)).into_response()
        }
        Reply::Silence => std::future::pending().await,
    }
}
