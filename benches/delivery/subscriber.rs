//! A subscriber that costs next to nothing: a connection, and the frames of `graphql-transport-ws` written by hand.

use crate::Failure;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// What is asked of each notice.
const SUBSCRIPTION: &str = "subscription($after: Int) { notices(afterSequence: $after) { sequence type occurredAt \
     case { id reference } itinerary { id attemptNo state segments { flight departsAt arrivesAt } } } }";

/// An open stream.
pub struct Subscriber(TcpStream);

impl Subscriber {
    /// Connects, says who it is, and subscribes; returns once the program has taken the subscription.
    pub async fn open(address: SocketAddr, token: &str, after: Option<i64>) -> Result<Self, Failure> {
        let mut stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET /graphql HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        // One byte at a time: what follows the head is not the reader's.
        let mut reader = BufReader::with_capacity(1, &mut stream);
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            if reader.read_line(&mut line).await? == 0 {
                return Err("no socket".into());
            }
        }
        let mut subscriber = Self(stream);
        let payload = json!({ "Authorization": format!("Bearer {token}") });
        subscriber
            .say(&json!({ "type": "connection_init", "payload": payload }))
            .await?;
        subscriber.hear().await?;
        let asked = json!({ "query": SUBSCRIPTION, "variables": { "after": after } });
        subscriber
            .say(&json!({ "type": "subscribe", "id": "1", "payload": asked }))
            .await?;
        Ok(subscriber)
    }

    /// Returns once the program has answered a ping: it takes messages in order.
    pub async fn is_heard(&mut self) -> Result<(), Failure> {
        self.say(&json!({ "type": "ping" })).await?;
        self.hear().await.map(drop)
    }

    /// Sends a text frame under the mask 0, which leaves it as it is.
    async fn say(&mut self, message: &Value) -> Result<(), Failure> {
        let text = message.to_string();
        let mut frame = vec![0x81];
        match u16::try_from(text.len())? {
            length @ 0..126 => frame.push(0x80 | u8::try_from(length)?),
            length => {
                frame.push(0xfe);
                frame.extend(length.to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        Ok(self.0.write_all(&frame).await?)
    }

    /// The payload of the next text frame.
    async fn hear(&mut self) -> Result<Vec<u8>, Failure> {
        loop {
            let (kind, length) = (self.0.read_u8().await? & 0x0f, self.0.read_u8().await?);
            let length = match length {
                126 => usize::from(self.0.read_u16().await?),
                127 => usize::try_from(self.0.read_u64().await?)?,
                length => usize::from(length),
            };
            let mut payload = vec![0; length];
            self.0.read_exact(&mut payload).await?;
            match kind {
                1 => return Ok(payload),
                8 => return Err(String::from_utf8_lossy(&payload).into_owned().into()),
                _ => {}
            }
        }
    }

    /// The next event, as it came.
    pub async fn next(&mut self) -> Result<Vec<u8>, Failure> {
        loop {
            let message = self.hear().await?;
            if message.windows(13).any(|part| part == br#""type":"next""#) {
                return Ok(message);
            }
        }
    }
}
