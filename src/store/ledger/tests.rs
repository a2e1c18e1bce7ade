use super::*;
use crate::domain::consent::Purpose;
use crate::domain::disclosure::{DisclosureMeans, DisclosureRelation};
use crate::store::scratch::Scratch;
use chrono::DateTime;

#[tokio::test]
async fn a_writer_that_died_has_a_successor() {
    let (_scratch, store) = Scratch::with_tables().await;
    let ledger = store.ledger();
    // What a panic leaves behind: a sender whose receiver is gone.
    let (orphan, receiver) = mpsc::channel(1);
    drop(receiver);
    *ledger.0.writer.lock().expect("a writer") = Some(orphan);

    ledger
        .append(vec![an_entry()])
        .await
        .expect("what comes now is noted");
    let Verdict::Whole(head) = ledger.verify(None).await.expect("an answer") else {
        panic!("the ledger does not fit");
    };
    assert_eq!(head.sequence, 1);
}

fn an_entry() -> Entry {
    Entry {
        at: DateTime::UNIX_EPOCH,
        means: DisclosureMeans::Query,
        organisation: Uuid::from_u128(1).into(),
        client: None,
        token: None,
        purpose: Purpose::DepartureNotice,
        relation: DisclosureRelation::Police,
        row_type: "Case",
        row: Some(Uuid::from_u128(2)),
        case: None,
        person: None,
        shown: "state".to_owned(),
        masked: String::new(),
        policy_version: "test",
        request_id: None,
        break_glass: None,
        snapshot: None,
    }
}
