//! A command on its way: it is carried out when awaited, and says what was expected of it.

use super::actor::Actor;
use super::ask::Answer;
use super::row::{Case, Row};
use super::verbs_movements::Movement;
use chrono::TimeDelta;
use serde_json::{Map, Value, json};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};

/// A command of an actor. Awaited, it has to be carried out and gives what the story goes on with.
#[must_use = "a command that is not awaited is not given"]
pub struct Command<'a, T> {
    actor: &'a Actor,
    mutation: &'static str,
    row: &'static str,
    fields: Vec<(&'static str, Given)>,
    key: Option<String>,
    selection: String,
    finish: Box<dyn FnOnce(&Value) -> T + Send + 'a>,
}

/// The value of an input field, or how to find it out.
enum Given {
    Value(Value),
    CaseId(Case),
    RowId(Row),
    CaseVersion(Case),
    RowVersion(Row),
    MovementId(Movement),
    MovementVersion(Movement),
}

/// Numbers idempotency keys.
static KEYS: AtomicU64 = AtomicU64::new(1);

#[expect(clippy::wrong_self_convention, reason = "a command is given once")]
impl<'a, T> Command<'a, T> {
    /// A command that answers with a row, of which a selection is asked.
    pub(super) fn new(
        actor: &'a Actor,
        (mutation, row): (&'static str, &'static str),
        selection: &str,
        finish: impl FnOnce(&Value) -> T + Send + 'a,
    ) -> Self {
        Self {
            actor,
            mutation,
            row,
            fields: Vec::new(),
            key: None,
            selection: selection.to_owned(),
            finish: Box::new(finish),
        }
    }

    /// With a field of the input; the last word on a field counts.
    pub fn with(mut self, field: &'static str, value: impl Into<Value>) -> Self {
        self.fields.push((field, Given::Value(value.into())));
        self
    }

    /// With this idempotency key.
    pub fn under_key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    pub(super) fn on_case(mut self, case: &Case) -> Self {
        self.fields.push(("caseId", Given::CaseId(case.clone())));
        self
    }

    pub(super) fn on(mut self, field: &'static str, row: &Row) -> Self {
        self.fields.push((field, Given::RowId(row.clone())));
        self
    }

    pub(super) fn on_movement(mut self, movement: &Movement) -> Self {
        let version = Given::MovementVersion(movement.clone());
        self.fields
            .push(("movementId", Given::MovementId(movement.clone())));
        self.fields.push(("expectedVersion", version));
        self
    }

    pub(super) fn at_version_of(mut self, row: &Row) -> Self {
        self.fields
            .push(("expectedVersion", Given::RowVersion(row.clone())));
        self
    }

    pub(super) fn at_version_of_case(mut self, case: &Case) -> Self {
        self.fields
            .push(("expectedVersion", Given::CaseVersion(case.clone())));
        self
    }

    /// Gives the command and returns whatever is answered.
    pub async fn answer(self) -> Answer {
        let (actor, body, _) = self.prepared().await;
        actor.post(&body).await
    }

    /// The request as it would be sent, for stories that send it in their own way.
    pub async fn body(self) -> Value {
        self.prepared().await.1
    }

    /// A rule of the programme refuses the command: returns the refusal.
    pub async fn is_refused(self, code: &str) -> Value {
        let mutation = self.mutation;
        let mut data = self.answer().await.ok();
        let errors = data[mutation]["errors"].as_array_mut().expect("errors");
        assert_eq!(
            errors.len(),
            1,
            "{mutation} was carried out, or refused for several reasons"
        );
        assert_eq!(errors[0]["code"], code, "{mutation}: {}", errors[0]);
        errors[0].take()
    }

    /// For this actor there is no such row.
    pub async fn is_not_found(self) -> Answer {
        self.is_refused_whole("NOT_FOUND").await
    }

    /// The actor sees the row and may not do this.
    pub async fn is_forbidden(self) -> Answer {
        self.is_refused_whole("FORBIDDEN").await
    }

    /// The request as a whole is refused.
    pub async fn is_refused_whole(self, code: &str) -> Answer {
        let answer = self.answer().await;
        answer.is_refused(code);
        answer
    }

    async fn prepared(self) -> (&'a Actor, Value, Box<dyn FnOnce(&Value) -> T + Send + 'a>) {
        let actor = self.actor;
        // No two things happen at the same moment.
        actor.clock.advance(TimeDelta::seconds(1));
        let mut input = Map::new();
        let key = || format!("{}-{}", actor.client, KEYS.fetch_add(1, Ordering::Relaxed));
        input.insert("idempotencyKey".to_owned(), self.key.unwrap_or_else(key).into());
        for (field, given) in self.fields {
            let value = match given {
                Given::Value(value) => value,
                Given::CaseId(case) => actor.id_to_name(&case).await.into(),
                Given::RowId(row) => actor.id_to_name(&row).await.into(),
                Given::CaseVersion(case) => actor.version_of(&case).await.into(),
                Given::RowVersion(row) => actor.version_of(&row).await.into(),
                // Who does not find it names it by something that is no id.
                Given::MovementId(movement) => match actor.finds_movement(&movement, "").await {
                    Some(found) => found["id"].clone(),
                    None => movement.reference().into(),
                },
                Given::MovementVersion(movement) => match actor.finds_movement(&movement, "").await {
                    Some(found) if !found["version"].is_null() => found["version"].clone(),
                    _ => 1.into(),
                },
            };
            input.insert(field.to_owned(), value);
        }
        let row = match self.row {
            "" => self.selection,
            row => format!("{row} {}", self.selection),
        };
        let query = format!(
            "mutation($input: {}!) {{ {}(input: $input) {{ {row} errors {{ code message field currentVersion }} }} }}",
            input_type(self.mutation),
            self.mutation
        );
        let body = json!({ "query": query, "variables": { "input": input } });
        (actor, body, self.finish)
    }
}

impl<'a, T: 'a> IntoFuture for Command<'a, T> {
    type Output = T;
    type IntoFuture = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let (mutation, row) = (self.mutation, self.row);
            let (actor, body, finish) = self.prepared().await;
            let data = actor.post(&body).await.ok();
            let payload = &data[mutation];
            assert_eq!(payload["errors"], json!([]), "{} gives {mutation}", actor.client);
            finish(if row.is_empty() { payload } else { &payload[row] })
        })
    }
}

fn input_type(mutation: &str) -> String {
    format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..])
}
