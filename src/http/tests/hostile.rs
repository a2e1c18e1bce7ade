//! Requests that are made to break the program: each is refused, in few words, and the next one is answered.

use super::sockets::Socket;
use super::{CLIENT, JSON, Server, answer};
use serde_json::{Value, json};

fn nested(before: &str, (open, middle, close): (&str, &str, &str), after: &str, levels: usize) -> String {
    format!(
        "{before}{}{middle}{}{after}",
        open.repeat(levels),
        close.repeat(levels)
    )
}

/// Requests, and what each is told: some go as far as they may, some further.
fn requests() -> Vec<(Value, &'static str)> {
    let mut requests = Vec::new();
    for levels in [50, 2_000] {
        let told = |allowed| if levels == 50 { allowed } else { "LIMIT_EXCEEDED" };
        for (before, between, after, allowed) in [
            (
                "{node(id:",
                ("[", "1", "]"),
                "){id}}",
                "GRAPHQL_VALIDATION_FAILED",
            ),
            (
                "{node(id:",
                ("{a:", "1", "}"),
                "){id}}",
                "GRAPHQL_VALIDATION_FAILED",
            ),
            (
                "query($a:",
                ("[", "Int", "]"),
                "){__typename}",
                "GRAPHQL_VALIDATION_FAILED",
            ),
            (
                "query($a:Int=",
                ("[", "1", "]"),
                "){__typename}",
                "GRAPHQL_VALIDATION_FAILED",
            ),
            ("{__typename @skip(if:", ("[", "1", "]"), ")}", ""),
            ("{", ("...{", "__typename", "}"), "}", "LIMIT_EXCEEDED"),
            ("{", ("a{", "a", "}"), "}", "LIMIT_EXCEEDED"),
        ] {
            let document = nested(before, between, after, levels);
            requests.push((json!({ "query": document }), told(allowed)));
        }
    }
    for (levels, told) in [(32, ""), (33, "LIMIT_EXCEEDED"), (120, "LIMIT_EXCEEDED")] {
        let deep = (0..levels).fold(json!(1), |inner, _| json!([inner]));
        requests.push((
            json!({ "query": "{ __typename }", "variables": { "a": deep } }),
            told,
        ));
    }
    for length in [49, 7_000] {
        let link =
            |document: String, at: usize| document + &format!(" fragment f{at} on Query{{...f{}}}", at + 1);
        let document = (0..length).fold("{ __typename }".to_owned(), link)
            + &format!(" fragment f{length} on Query{{__typename}}");
        requests.push((json!({ "query": document }), "LIMIT_EXCEEDED"));
    }
    for document in [
        format!("{{ {} }}", "a ".repeat(30_000)),
        format!("{{ __typename {} }}", "@skip(if: false) ".repeat(51)),
        format!("{{ __typename {} }}", "@a@b ".repeat(10_000)),
        format!("{{ node(id: [{}]) {{ id }} }}", "1,".repeat(30_000)),
        format!("{{ __typename }} {}", "!".repeat(30_000)),
    ] {
        requests.push((json!({ "query": document }), "LIMIT_EXCEEDED"));
    }
    // A large variable, put in wherever it is written: by nobody's definition, as a default, in a field that there is not.
    let large = json!({ "x": vec![0; 100_000] });
    for document in [
        format!("{{ viewer(first: [{}]) {{ clientId }} }}", "$x".repeat(900)),
        format!(
            "query($x: [Int!]) {{ node(id: [{}]) {{ id }} }}",
            "$x ".repeat(900)
        ),
        format!("{{ nothing(of: {{ a: [{}] }}) }}", "$x".repeat(9_900)),
    ] {
        requests.push((json!({ "query": document, "variables": large }), "LIMIT_EXCEEDED"));
    }
    let default = format!(
        "query($x: [Int!] = [{}]) {{ node(id: [{}]) {{ id }} }}",
        "0 ".repeat(5_000),
        "$x ".repeat(900)
    );
    requests.push((json!({ "query": default }), "LIMIT_EXCEEDED"));
    // Two fields of one name are compared at every level, argument by argument.
    let conflicting = format!("viewer({}) {{ clientId }} ", "a: 1 ".repeat(550)).repeat(12);
    let conflicting = nested("{", ("...{", &conflicting, "}"), "}", 29);
    requests.push((json!({ "query": conflicting }), "LIMIT_EXCEEDED"));
    let types: Vec<String> = (0..49)
        .map(|nth| format!("t{nth}: __type(name: \"Mutation\") {{ fields {{ name }} }}"))
        .collect();
    requests.push((
        json!({ "query": format!("{{ {} }}", types.join(" ")) }),
        "LIMIT_EXCEEDED",
    ));
    let node = "query($id: ID!) { node(id: $id) { id } }";
    requests.push((
        json!({ "query": node, "variables": { "id": "a\0" } }),
        "INVALID_ARGUMENT",
    ));
    requests.push((
        json!({ "query": r#"{ node(id: "\u0000") { id } }"# }),
        "INVALID_ARGUMENT",
    ));
    requests
}

#[tokio::test]
async fn no_request_by_post_takes_the_program_down() {
    let server = Server::start("hostile-post").await;
    for (body, told) in requests() {
        let answer = answer(server.post(JSON, body.to_string())).await;
        assert_eq!(answer.code(), told, "{body} {}", answer.text);
        assert_eq!(server.ask(JSON, "{ __typename }").await.code(), "");
    }
}

#[tokio::test]
async fn what_a_document_says_comes_back_in_no_message() {
    let server = Server::start("quotations").await;
    let long = "hassan".repeat(10_000);
    for document in [
        "{ hassan }",
        "{ viewer { hassan } }",
        "{ cases(hassan: 1) { totalCount } }",
        "{ cases(filter: { state: [HASSAN] }) { totalCount } }",
        "query($hassan: Hassan) { viewer { clientId } }",
        "{ ...hassan }",
        "{ viewer { clientId @hassan } }",
        "{ a: viewer { clientId } a: serviceInfo { version } } fragment hassan on Query { a }",
        "{ node(id: \"hassan\") { ... on Hassan { id } } }",
        "{ a( hassan",
        "{ ...hassan } fragment hassan on Query { ...hassan }",
        &format!("{{ {long} }}"),
    ] {
        let refused = server.ask(JSON, document).await;
        let text = refused.text.to_lowercase();
        assert!(!refused.code().is_empty() && !text.contains("hassan"), "{text}");
        assert!(text.len() < 2_000, "{text}");
    }
}

#[tokio::test]
async fn no_request_by_get_takes_the_program_down() {
    let server = Server::start("hostile-get").await;
    for (body, told) in requests() {
        let mut said = vec![("query", body["query"].as_str().expect("a query").to_owned())];
        if let Some(variables) = body.get("variables") {
            said.push(("variables", variables.to_string()));
        }
        let url = reqwest::Url::parse_with_params("http://gateway/graphql", said).expect("a URL");
        let query = url.query().unwrap_or_default();
        if query.len() > 30_000 {
            // No address is that long.
            continue;
        }
        let request = server.get(&format!("/graphql?{query}"));
        let answer = answer(request.bearer_auth(server.token(CLIENT))).await;
        assert_eq!(answer.code(), told, "{body} {}", answer.text);
    }
}

#[tokio::test]
async fn no_message_on_a_socket_takes_the_program_down() {
    let server = Server::start_with("hostile-socket", |config| {
        config.limits.max_message_bytes = config.limits.max_body_bytes;
    })
    .await;
    let mut socket = Socket::admitted(&server).await;
    for (payload, told) in requests() {
        socket
            .say(&json!({ "type": "subscribe", "id": "1", "payload": payload }))
            .await;
        let next = socket.hear().await;
        if told.is_empty() {
            assert_eq!(next["type"], "next", "{next}");
            assert!(next["payload"]["errors"].is_null(), "{next}");
            assert_eq!(socket.hear().await["type"], "complete");
        } else {
            let code = &next["payload"][0]["extensions"]["code"];
            // A fault of a field that ran comes with the answer.
            let code = code
                .as_str()
                .or(next["payload"]["errors"][0]["extensions"]["code"].as_str());
            assert_eq!(code, Some(told), "{next}");
            if next["type"] == "next" {
                assert_eq!(socket.hear().await["type"], "complete");
            }
        }
    }
}

#[tokio::test]
async fn a_document_that_is_wrong_in_many_places_is_answered_in_few_words() {
    let server = Server::start("many-errors").await;
    let wrong = |count: usize| {
        let fields: Vec<String> = (0..count).map(|nth| format!("nothing{nth}")).collect();
        format!("{{ {} }}", fields.join(" "))
    };
    for (count, told) in [(3, 3), (490, 100)] {
        let refused = server.ask(JSON, &wrong(count)).await;
        assert_eq!(refused.code(), "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(refused.json()["errors"].as_array().map(Vec::len), Some(told));
    }
    let conflicting = format!("viewer({}) {{ clientId }} ", "a: 1 ".repeat(240)).repeat(2);
    let conflicting = nested("{", ("...{", &conflicting, "}"), "}", 29);
    let refused = server.ask(JSON, &conflicting).await;
    assert_eq!(refused.code(), "GRAPHQL_VALIDATION_FAILED");
    assert!(refused.text.len() < 50_000, "{} bytes", refused.text.len());
}

#[tokio::test]
async fn a_subscription_is_small_enough_to_be_kept() {
    let server = Server::start("large-subscription").await;
    let mut socket = Socket::admitted(&server).await;
    let inbox = "subscription { notices { sequence } }";
    for payload in [
        json!({ "query": inbox, "variables": { "unused": vec![0; 10_000] } }),
        json!({ "query": format!("{inbox} # {}", " ".repeat(40_000)) }),
    ] {
        socket
            .say(&json!({ "type": "subscribe", "id": "1", "payload": payload }))
            .await;
        let refused = socket.hear().await;
        assert_eq!(refused["type"], "error", "{refused}");
        assert_eq!(refused["payload"][0]["extensions"]["code"], "LIMIT_EXCEEDED");
    }
    let query = json!({ "query": "{ __typename }", "variables": { "unused": vec![0; 10_000] } });
    assert_eq!(answer(server.post(JSON, query.to_string())).await.code(), "");
}

#[tokio::test]
async fn a_subscription_follows_one_stream() {
    let server = Server::start("one-root").await;
    let mut socket = Socket::admitted(&server).await;
    for document in [
        "subscription { a: notices { sequence } b: departures { sequence } }",
        "subscription { notices { sequence } notices { type } }",
        "subscription { ...F } fragment F on Subscription { notices { type } }",
        "subscription { notices { type } ... on Subscription { departures { type } } }",
    ] {
        socket.subscribe("1", document).await;
        let next = socket.hear().await;
        assert_eq!((&next["type"], &next["id"]), (&json!("error"), &json!("1")));
        let error = &next["payload"][0];
        assert_eq!(error["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{next}");
        assert!(error["locations"][0]["column"].is_u64(), "{next}");
    }
}
