//! Server-sent events, event by event, as the protocol's own clients read them.

use super::actor::Actor;
use serde_json::{Value, json};
use std::time::Duration;

/// Longer than any event takes that comes at all.
const PATIENCE: Duration = Duration::from_secs(30);

/// One stream of events.
pub struct Events {
    response: reqwest::Response,
    text: String,
}

/// What the server says.
#[derive(Debug, PartialEq)]
pub enum Told {
    /// An answer, with the id of the event.
    Next(Option<i64>, Value),
    /// There are no more, with the id of the last.
    Complete(Option<i64>),
    /// The response has ended.
    End,
}

impl Actor {
    /// Follows an operation by server-sent events, after the event with an id where one is given.
    pub async fn follows(&self, query: &str, variables: Value, last: Option<i64>) -> Events {
        let response = self.asks_for_events(query, variables, last).await;
        assert_eq!(response.status(), 200, "{}", self.client);
        let media = response.headers()["content-type"].to_str().expect("text");
        assert!(media.starts_with("text/event-stream"), "{media}");
        Events {
            response,
            text: String::new(),
        }
    }

    /// Asks for server-sent events, whether they come or not.
    pub async fn asks_for_events(
        &self,
        query: &str,
        variables: Value,
        last: Option<i64>,
    ) -> reqwest::Response {
        let letter = self.letter(&json!({ "query": query, "variables": variables }));
        let letter = letter.header("accept", "text/event-stream");
        let letter = match last {
            Some(last) => letter.header("last-event-id", last),
            None => letter,
        };
        letter.send().await.expect("an answer")
    }
}

impl Events {
    /// What is said next; panics in a long silence.
    pub async fn hear(&mut self) -> Told {
        let heard = tokio::time::timeout(PATIENCE, self.next()).await;
        heard.expect("an event in time")
    }

    /// The id and the data of the next event.
    pub async fn hears_next(&mut self) -> (i64, Value) {
        match self.hear().await {
            Told::Next(Some(id), mut answer) => {
                assert!(answer["errors"].is_null(), "{answer}");
                (id, answer["data"].take())
            }
            other => panic!("no event: {other:?}"),
        }
    }

    /// The code and the last place of the error that the stream ends with.
    pub async fn ends_with(&mut self) -> (String, Option<i64>) {
        let Told::Next(id, answer) = self.hear().await else {
            panic!("no error")
        };
        let extensions = &answer["errors"][0]["extensions"];
        let code = extensions["code"].as_str().unwrap_or_default().to_owned();
        let last = extensions["lastSequence"].as_i64();
        assert_eq!(id, last, "{answer}");
        assert_eq!(self.hear().await, Told::Complete(last));
        assert_eq!(self.hear().await, Told::End);
        (code, last)
    }

    async fn next(&mut self) -> Told {
        loop {
            while let Some(end) = self.text.find("\n\n") {
                let event: String = self.text.drain(..end + 2).collect();
                if let Some(told) = read(&event) {
                    return told;
                }
            }
            match self.response.chunk().await {
                Ok(Some(chunk)) => self.text += std::str::from_utf8(&chunk).expect("whole events"),
                Ok(None) | Err(_) => return Told::End,
            }
        }
    }
}

/// An event; nothing for a comment.
fn read(event: &str) -> Option<Told> {
    let field = |name: &str| {
        let mut lines = event.lines();
        lines.find_map(|line| {
            Some(
                line.strip_prefix(name)?
                    .strip_prefix(':')?
                    .trim_start()
                    .to_owned(),
            )
        })
    };
    let id = field("id").map(|id| id.parse().expect("a place"));
    match field("event")?.as_str() {
        "next" => {
            let data = field("data").expect("data");
            Some(Told::Next(id, serde_json::from_str(&data).expect("JSON")))
        }
        "complete" => {
            assert_eq!(
                field("data").as_deref(),
                Some(""),
                "browsers drop events without data"
            );
            Some(Told::Complete(id))
        }
        other => panic!("the protocol has no event {other}"),
    }
}
