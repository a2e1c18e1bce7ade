//! Whose streams are told the same in the same words.

use super::*;
use crate::domain::consent::Purpose;
use crate::domain::party::OrganisationKind;
use async_graphql::{Variables, value};
use chrono::DateTime;
use uuid::Uuid;

fn viewer(token: &str) -> Viewer {
    Viewer {
        organisation: Uuid::from_u128(1).into(),
        kind: OrganisationKind::Police,
        client: Uuid::from_u128(2).into(),
        client_id: "police-serbia".into(),
        subject: "staff".into(),
        rights: Vec::new(),
        purpose: Purpose::DepartureNotice,
        token: token.into(),
        issued_at: DateTime::UNIX_EPOCH,
        territory_profile: Default::default(),
        documents_only: false,
        expires_at: DateTime::UNIX_EPOCH,
    }
}

#[test]
fn another_token_purpose_or_document_or_other_variables_are_another_audience() {
    let ask = |query: &str, variables| Request::new(query).variables(Variables::from_value(variables));
    let first = audience(&ask("subscription { a }", value!({ "a": 1 })), &viewer("one"));
    let same = audience(&ask("subscription { a }", value!({ "a": 1 })), &viewer("one"));
    assert_eq!(first, same);
    for other in [
        audience(&ask("subscription { a }", value!({ "a": 1 })), &viewer("two")),
        audience(&ask("subscription { a }", value!({ "a": 2 })), &viewer("one")),
        audience(&ask("subscription { b }", value!({ "a": 1 })), &viewer("one")),
        audience(
            &ask("subscription { a }", value!({ "a": 1 })).operation_name("a"),
            &viewer("one"),
        ),
        audience(
            &ask("subscription { a }", value!({ "a": 1 })),
            &Viewer {
                purpose: Purpose::CaseManagement,
                ..viewer("one")
            },
        ),
    ] {
        assert_ne!(first, other);
    }
}
