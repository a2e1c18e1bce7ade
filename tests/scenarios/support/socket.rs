//! `graphql-transport-ws`, message by message.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Longer than any message takes that comes at all.
const PATIENCE: Duration = Duration::from_secs(30);

/// One WebSocket.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What the server says.
#[derive(Debug, PartialEq)]
pub enum Heard {
    /// A message of the protocol.
    Message(Value),
    /// A farewell with its code and its words; 1006 if there were none.
    Farewell(u16, String),
}

impl Socket {
    /// Opens a socket, before anybody has said who asks.
    pub async fn open(address: SocketAddr) -> Result<Self, Box<Error>> {
        let mut request = format!("ws://{address}/graphql").into_client_request()?;
        let protocol = "graphql-transport-ws".parse().expect("a value");
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        Ok(Self(tokio_tungstenite::connect_async(request).await?.0))
    }

    /// Says who asks.
    pub async fn introduce(&mut self, payload: Value) -> Heard {
        self.say(&json!({ "type": "connection_init", "payload": payload }))
            .await;
        self.hear().await
    }

    /// Starts an operation.
    pub async fn start(&mut self, id: &str, query: &str, variables: &Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.say(&json!({ "type": "subscribe", "id": id, "payload": payload }))
            .await;
    }

    /// Sends a message; a server that is gone shows in what is heard.
    pub async fn say(&mut self, message: &Value) {
        let _ = self.0.send(Message::text(message.to_string())).await;
    }

    /// The next message or the farewell; panics in a long silence.
    pub async fn hear(&mut self) -> Heard {
        let heard = tokio::time::timeout(PATIENCE, self.next()).await;
        heard.expect("a message in time")
    }

    /// The data of the next event of an operation.
    pub async fn hears_next(&mut self) -> Value {
        match self.hear().await {
            Heard::Message(mut message) if message["type"] == "next" => {
                assert!(message["payload"]["errors"].is_null(), "{message}");
                message["payload"]["data"].take()
            }
            other => panic!("no event: {other:?}"),
        }
    }

    async fn next(&mut self) -> Heard {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Heard::Message(serde_json::from_str(&text).expect("JSON"));
                }
                Some(Ok(Message::Close(frame))) => {
                    while let Some(Ok(_)) = self.0.next().await {}
                    let said = frame.map(|frame| (u16::from(frame.code), frame.reason.to_string()));
                    let (code, words) = said.unwrap_or((1006, String::new()));
                    return Heard::Farewell(code, words);
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Heard::Farewell(1006, String::new()),
            }
        }
    }
}
