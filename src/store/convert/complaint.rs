//! Complaints.

use super::At;
use crate::domain::complaint::Complaint;
use crate::error::Error;
use entity::complaint::Model;

pub(in crate::store) fn complaint(row: Model) -> Result<Complaint, Error> {
    let at = At("complaints", row.id);
    Ok(Complaint {
        id: row.id.into(),
        case: row.case_id.map(Into::into),
        about: row.about_id.into(),
        lodged_by: row.lodged_by_id.into(),
        kind: at.word("kind", &row.kind)?,
        channel: at.word("channel", &row.channel)?,
        state: at.word("state", &row.state)?,
        outcome: at.word_if("outcome", row.outcome.as_deref())?,
        reference: row.reference,
        text: row.text,
        received_at: row.received_at,
        acknowledged_at: row.acknowledged_at,
        ended_at: row.ended_at,
        findings: row.findings,
        version: row.version,
    })
}

pub(in crate::store) fn complaint_row(complaint: &Complaint) -> Model {
    Model {
        id: complaint.id.uuid(),
        reference: complaint.reference.clone(),
        case_id: complaint.case.map(crate::ids::CaseId::uuid),
        about_id: complaint.about.uuid(),
        lodged_by_id: complaint.lodged_by.uuid(),
        kind: complaint.kind.to_string(),
        channel: complaint.channel.to_string(),
        text: complaint.text.clone(),
        state: complaint.state.to_string(),
        received_at: complaint.received_at,
        acknowledged_at: complaint.acknowledged_at,
        ended_at: complaint.ended_at,
        outcome: complaint.outcome.map(|outcome| outcome.to_string()),
        findings: complaint.findings.clone(),
        version: complaint.version,
    }
}
