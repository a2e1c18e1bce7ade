//! An inbox as its owner follows it over a WebSocket: what was heard, in order, over as many sockets as it took.

use super::actor::Actor;
use super::socket::{Heard, Socket};
use serde_json::{Value, json};

const NOTICES: &str = "subscription($after: Int) { notices(afterSequence: $after) {
    sequence type occurredAt retractedAt
    case { id reference }
    itinerary { id attemptNo state segments { flight departureAirport arrivalAirport } }
    travelDocumentRequest { id state }
    cashGrant { id state }
    supersededBy { sequence type }
} }";

/// A subscriber to its own inbox.
pub struct Inbox {
    actor: Actor,
    asks: &'static str,
    socket: Option<Socket>,
    start: i64,
    heard: Vec<Value>,
}

impl Actor {
    /// Follows its inbox from the beginning.
    pub async fn listens(&self) -> Inbox {
        self.listens_after(0).await
    }

    /// Follows its inbox from a place on.
    pub async fn listens_after(&self, sequence: i64) -> Inbox {
        self.listens_for(NOTICES, sequence).await
    }

    /// Follows its inbox from a place on, and asks this of each notice, its sequence at least.
    pub async fn listens_for(&self, asks: &'static str, sequence: i64) -> Inbox {
        let mut inbox = Inbox {
            actor: self.clone(),
            asks,
            socket: None,
            start: sequence,
            heard: Vec::new(),
        };
        inbox.connect(sequence).await;
        inbox
    }

    /// Follows its inbox from now on.
    pub async fn listens_from_now(&self) -> Inbox {
        let last = self.inbox().await.last().map(|notice| notice["sequence"].clone());
        let last = last.and_then(|sequence| sequence.as_i64());
        self.listens_after(last.unwrap_or(0)).await
    }

    /// Opens a socket and says who it is.
    pub async fn connects(&self) -> Socket {
        let mut socket = Socket::open(self.address).await.expect("a socket");
        let payload = json!({ "Authorization": format!("Bearer {}", self.token()) });
        let heard = socket.introduce(payload).await;
        assert_eq!(
            heard,
            Heard::Message(json!({ "type": "connection_ack" })),
            "{}",
            self.client
        );
        socket
    }

    /// Whether notices are addressed to the actor: the auditor reads everybody's envelopes and has no inbox.
    pub fn has_an_inbox(&self) -> bool {
        self.client != "auditor"
    }

    /// All notices in the actor's inbox, read as a plain query.
    pub async fn inbox(&self) -> Vec<Value> {
        let query =
            "query($after: String) { notices(first: 100, after: $after) { pageInfo { hasNextPage endCursor }
            nodes { sequence type retractedAt supersededBy { sequence type } acknowledgement { by note }
                    case { id } itinerary { id } travelDocumentRequest { id } } } }";
        let (mut all, mut after) = (Vec::new(), Value::Null);
        loop {
            let data = self.ask(query, json!({ "after": after })).await.ok();
            let page = &data["notices"];
            all.extend(page["nodes"].as_array().into_iter().flatten().cloned());
            if page["pageInfo"]["hasNextPage"] == false {
                return all;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
    }
}

impl Inbox {
    async fn connect(&mut self, after: i64) {
        let mut socket = self.actor.connects().await;
        socket.start("inbox", self.asks, &json!({ "after": after })).await;
        self.socket = Some(socket);
    }

    /// The next notice. A day ends a token and with it a socket: then the subscriber comes back by itself.
    pub async fn next(&mut self) -> &Value {
        loop {
            let socket = self.socket.as_mut().expect("a subscriber that is there");
            match socket.hear().await {
                Heard::Message(mut message) if message["type"] == "next" => {
                    let payload = message["payload"].take();
                    if payload["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED" {
                        // The farewell follows.
                        continue;
                    }
                    assert!(payload["errors"].is_null(), "{}: {payload}", self.actor.client);
                    let notice = payload["data"]["notices"].clone();
                    let expected = self.last() + 1;
                    assert_eq!(
                        notice["sequence"], expected,
                        "{} misses a notice",
                        self.actor.client
                    );
                    self.heard.push(notice);
                    return &self.heard[self.heard.len() - 1];
                }
                Heard::Message(message) if message["type"] == "complete" => {}
                // The farewell follows.
                Heard::Message(message)
                    if ["TOKEN_EXPIRED", "UNAUTHENTICATED"]
                        .iter()
                        .any(|code| message["payload"][0]["extensions"]["code"] == *code) => {}
                Heard::Farewell(4403, words) if words.starts_with("Token expired") => self.returns().await,
                other => panic!("{} hears {other:?}", self.actor.client),
            }
        }
    }

    /// Hears these types of notices, in this order, and nothing in between.
    pub async fn hears(&mut self, types: &[&str]) {
        for expected in types {
            let notice = self.next().await.clone();
            assert_eq!(notice["type"], *expected, "{}: {notice}", self.actor.client);
        }
    }

    /// Has heard everything that its inbox holds now.
    pub async fn has_heard_everything(&self) {
        let there: Vec<Value> = self.actor.inbox().await;
        let last = there
            .last()
            .map_or(0, |notice| notice["sequence"].as_i64().unwrap_or(0));
        assert_eq!(
            last,
            self.last(),
            "{} has not heard everything: {there:?}",
            self.actor.client
        );
        let numbers: Vec<_> = there
            .iter()
            .filter_map(|notice| notice["sequence"].as_i64())
            .collect();
        assert_eq!(
            numbers,
            (1..=last).collect::<Vec<_>>(),
            "the inbox of {}",
            self.actor.client
        );
    }

    /// Whose inbox it is.
    pub fn owner(&self) -> &Actor {
        &self.actor
    }

    /// The last place in the inbox that was heard.
    pub fn last(&self) -> i64 {
        let last = self.heard.last();
        last.map_or(self.start, |notice| {
            notice["sequence"].as_i64().expect("a sequence")
        })
    }

    /// Everything heard so far.
    pub fn heard(&self) -> &[Value] {
        &self.heard
    }

    /// Loses its socket without a word.
    pub fn drops_its_socket(&mut self) {
        self.socket = None;
    }

    /// Comes back where it left off.
    pub async fn returns(&mut self) {
        self.connect(self.last()).await;
    }

    /// The socket, for stories about its end.
    pub fn socket(&mut self) -> &mut Socket {
        self.socket.as_mut().expect("a subscriber that is there")
    }
}
