use super::*;
use crate::store::scratch::Scratch;

#[tokio::test]
async fn a_copy_is_whole_for_its_owner_alone_and_takes_nobodys_place() {
    let (scratch, store) = Scratch::with_tables().await;
    let copy = scratch.directory().join("a copy?.db");
    let copied = store.copy_to(&copy).await.expect("a copy");
    assert!(matches!(copied.ledger, Verdict::Whole(_)), "{copied:?}");
    let about = std::fs::metadata(&copy).expect("a file");
    assert_eq!(about.len(), copied.bytes);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }
    let again = store.copy_to(&copy).await.expect_err("a file is there");
    assert!(again.to_string().contains("there is a file"), "{again}");
    let nowhere = scratch.directory().join("nowhere").join("copy.db");
    let fault = store.copy_to(&nowhere).await.expect_err("no directory");
    assert!(fault.to_string().contains("cannot write"), "{fault}");
    let mut left: Vec<_> = std::fs::read_dir(scratch.directory())
        .expect("a directory")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["a copy?.db", "avrr.db", "avrr.db-shm", "avrr.db-wal"]);
}

#[tokio::test]
async fn what_is_no_whole_copy_is_said_to_be_none() {
    let (scratch, store) = Scratch::with_tables().await;
    let copy = scratch.directory().join("copy.db");
    store.copy_to(&copy).await.expect("a copy");
    let whole = std::fs::read(&copy).expect("its bytes");
    let mut torn = whole.clone();
    torn.truncate(whole.len() / 2);
    let mut scrambled = whole.clone();
    for byte in &mut scrambled[whole.len() / 2..whole.len() / 2 + 20_000] {
        *byte = !*byte;
    }
    for bytes in [torn, scrambled, b"no database".to_vec(), Vec::new()] {
        std::fs::write(&copy, bytes).expect("a file");
        let fault = verified(&copy).await.expect_err("it is not whole").to_string();
        assert!(fault.contains("is no whole copy"), "{fault}");
    }
    // What is in use has its newest rows elsewhere.
    let fault = verified(&scratch.database())
        .await
        .expect_err("no copy")
        .to_string();
    assert!(fault.contains("-wal"), "{fault}");
}
