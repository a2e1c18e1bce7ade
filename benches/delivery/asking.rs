//! What the sending mission asks and commands, over one connection for each of its writers.

use crate::Failure;
use avrr_gateway::clock::Clock;
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The mission whose cases depart.
pub const MISSION: &str = "iom-pristina";

/// A client with a connection that it keeps.
pub struct Asker {
    stream: TcpStream,
    address: SocketAddr,
    token: String,
    heard: Vec<u8>,
}

impl Asker {
    /// Connects.
    pub async fn connect(address: SocketAddr, token: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            address,
            token: token.to_owned(),
            heard: Vec::new(),
        })
    }

    /// Asks, and takes nothing but an answer.
    pub async fn ask(&mut self, body: &Value) -> Result<Value, Failure> {
        let body = body.to_string();
        let request = format!(
            "POST /graphql HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Authorization: Bearer {}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await?;
        self.heard.clear();
        let answer = loop {
            if self.stream.read_buf(&mut self.heard).await? == 0 {
                return Err("the program closed the connection".into());
            }
            let Some(head) = self.heard.windows(4).position(|four| four == b"\r\n\r\n") else {
                continue;
            };
            let text = std::str::from_utf8(&self.heard[..head])?.to_ascii_lowercase();
            let length = text
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.ok_or("no length")?.trim().parse()?;
            if self.heard.len() >= head + 4 + length {
                break &self.heard[head + 4..];
            }
        };
        let answer: Value = serde_json::from_slice(answer)?;
        if answer["errors"].is_null() {
            Ok(answer["data"].clone())
        } else {
            Err(answer.to_string().into())
        }
    }

    /// Confirms a departure.
    pub async fn depart(&mut self, case: &Value) -> Result<(), Failure> {
        let answer = self.ask(&departure(case)).await?;
        if answer["confirmDeparture"]["errors"] == json!([]) {
            Ok(())
        } else {
            Err(answer.to_string().into())
        }
    }

    /// The cases that are ready to depart.
    pub async fn ready_cases(&mut self) -> Result<Vec<Value>, Failure> {
        let query =
            "query($after: String) { cases(first: 100, after: $after, filter: { state: [READY_TO_DEPART] }) {
            pageInfo { hasNextPage endCursor } nodes { id version } } }";
        let (mut cases, mut after) = (Vec::new(), Value::Null);
        loop {
            let question = json!({ "query": query, "variables": { "after": after } });
            let data = self.ask(&question).await?;
            cases.extend(data["cases"]["nodes"].as_array().into_iter().flatten().cloned());
            if data["cases"]["pageInfo"]["hasNextPage"] != true {
                return Ok(cases);
            }
            after = data["cases"]["pageInfo"]["endCursor"].clone();
        }
    }
}

/// The command that confirms a departure.
pub fn departure(case: &Value) -> Value {
    let at = json!(Clock::system().now() - TimeDelta::minutes(1));
    let query = "mutation($input: ConfirmDepartureInput!) { confirmDeparture(input: $input) { errors { code field } } }";
    json!({ "query": query, "variables": { "input": {
        "idempotencyKey": format!("departure of {}", case["id"]),
        "caseId": case["id"],
        "expectedVersion": case["version"],
        "declarationSignedAt": at,
        "exitFormalities": { "borderPoint": "Pristina airport", "doneAt": at },
        "departedAt": at,
    } } })
}
