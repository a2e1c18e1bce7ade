//! What data protection leaves behind in the story.

use super::rows::Rows;
use super::truth::{Row, Whose};
use crate::support::World;
use chrono::Months;
use serde_json::json;
use uuid::Uuid;

/// Data protection erases what is due, which is of one case, and is given a certificate.
pub async fn certificate(world: &World, rows: &mut Rows) {
    let auditor = world.auditor().in_the_name_of("officer");
    let made = auditor.erases_what_is_due().await;
    let now = world.clock.now();
    let values = json!({
        "sequence": 1,
        "madeAt": now,
        "madeBy": "officer",
        "category": "MEDICAL",
        "erased": 1,
        "cutOff": now.checked_sub_months(Months::new(24)),
        "rowsSha256": made["rowsSha256"],
        "previousSha256": "0".repeat(64),
        "sha256": made["sha256"],
    });
    let row = Row::new("RetentionCertificate", Whose::Anybody, values, &[]);
    rows.insert(("RetentionCertificate", (Uuid::nil(), "0".to_owned())), row);
}
