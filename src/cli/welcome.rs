//! What `serve --demo` prints first: whom one can be, with a token each, and what to paste.

use crate::demo::{clients, first_query};
use crate::error::Error;
use crate::http::token::TokenIssuer;
use std::fmt::Write as _;
use std::net::SocketAddr;

/// Three who see the same programme differently: who sends a person home, who is told, and who only counts.
const FIRST: [&str; 3] = ["iom-pristina", "police-kosovo", "dashboard-public"];

/// The table of demo clients, and the first commands.
pub(super) fn text(tokens: &TokenIssuer, address: SocketAddr, database: &str) -> Result<String, Error> {
    let clients = clients();
    let longest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0);
    let ids = longest(&mut clients.iter().map(|client| client.client_id.len()));
    let kinds = longest(&mut clients.iter().map(|client| client.kind.to_string().len()));
    let names = longest(&mut clients.iter().map(|client| client.organisation.chars().count()));
    let hours = (tokens.longest().num_minutes() + 59) / 60;
    let mut text = format!(
        "The demo programme is in {database}.\n\nIts clients, each with a token good for {hours} h:\n\n"
    );
    let mut commands = String::new();
    for client in &clients {
        let (id, kind, name) = (client.client_id, client.kind.to_string(), client.organisation);
        let token = tokens.token(id, tokens.longest())?;
        let _ = writeln!(text, "{id:ids$}  {kind:kinds$}  {name:names$}  {token}");
        if FIRST.contains(&id) {
            let query = first_query(client.kind);
            let _ = write!(
                commands,
                "# as {id}\ncurl -s -w '\\n' http://{address}/graphql -H 'Content-Type: application/json' \\\n  \
                 -H 'Authorization: Bearer {token}' \\\n  \
                 -d '{{\"query\":\"{query}\"}}'\n\n",
            );
        }
    }
    let program = std::env::args()
        .next()
        .unwrap_or_else(|| "avrr-gateway".to_owned());
    let _ = write!(
        text,
        "\nFirst commands to paste:\n\n{commands}\
         # the schema, the explorer, and a fresh token at any time\n\
         curl -s http://{address}/schema.graphql\n\
         xdg-open http://{address}/\n\
         {program} token iom-pristina --demo\n\n",
    );
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_commands_ask_as_clients_of_the_demo_what_a_shell_can_quote() {
        for first in FIRST {
            let client = clients()
                .into_iter()
                .find(|client| client.client_id == first)
                .expect(first);
            let query = first_query(client.kind);
            assert!(!query.contains(['"', '\'', '\\']), "{query}");
        }
    }
}
