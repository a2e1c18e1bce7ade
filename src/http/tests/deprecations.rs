//! What goes is announced, works as long as it is there, and who still uses it is counted.

use super::{GRAPHQL, JSON, Server, answer};
use crate::graphql::deprecations::DEPRECATIONS;

#[tokio::test]
async fn what_goes_is_announced_and_its_users_are_counted() {
    let server = Server::start("deprecations").await;
    let question = "{ serviceInfo { deprecations { coordinate replacement reason removalOn } } }";
    let told = server.ask(JSON, question).await.json();
    let told = told["data"]["serviceInfo"]["deprecations"]
        .as_array()
        .expect("a list")
        .clone();
    assert_eq!(told.len(), DEPRECATIONS.len());
    for (told, goes) in told.iter().zip(DEPRECATIONS) {
        assert_eq!(told["coordinate"], goes.coordinate);
        assert_eq!(told["replacement"], goes.instead);
        assert_eq!(told["removalOn"], goes.removal.to_string());
        assert_eq!(told["reason"], goes.reason());
    }
    for (word, accept) in [
        ("PERSONS_DESC", JSON),
        ("PERSONS_DESC", GRAPHQL),
        ("PERSONS_DESCENDING", JSON),
    ] {
        let question = format!("{{ returns(groupBy: [SEX], orderBy: {word}) {{ rowCount }} }}");
        let answered = server.ask(accept, &question).await;
        assert_eq!((answered.status, answered.code().as_str()), (200, ""), "{word}");
    }
    let metrics = answer(server.get("/metrics")).await.text;
    let counted: Vec<&str> = metrics
        .lines()
        .filter(|line| line.starts_with("avrr_deprecated_uses_total"))
        .collect();
    assert_eq!(
        counted,
        [r#"avrr_deprecated_uses_total{client="police-serbia",coordinate="TableOrder.PERSONS_DESC"} 2"#]
    );
}
