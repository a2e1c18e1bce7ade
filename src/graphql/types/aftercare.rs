//! `Aftercare` and `Handover`.

use crate::domain::aftercare::{Aftercare, HandoverRefusal, HandoverRelation, SurveyWaiver};
use crate::domain::territory::CountryCode;
use crate::governed;
use crate::store::nodes::{HandoverNode, PersonNode};
use chrono::{DateTime, NaiveDate, Utc};

governed! { Aftercare "Aftercare": "What is known of the persons of a case from their return on." {
    AftercareAdmittedOn: (Option<NaiveDate>) = |node| node.admitted_on, "When their country admitted persons who returned without assistance.";
    AftercareReturningState: (Option<CountryCode>) = |node| node.returning_state, "The state that returned them, or that they came from.";
    AftercareCounselledAt: (Option<DateTime<Utc>>) = |node| node.counselled_at, "When they were counselled on reintegration after the return.";
    AftercareRass: (bool) = |node| node.satisfaction_survey_offered, "Whether the satisfaction survey was offered to them.";
    AftercareRssOn: (Option<NaiveDate>) = |node| node.sustainability_survey_on, "The day for which the sustainability survey is planned.";
    AftercareRssWaived: (Option<SurveyWaiver>) = |node| node.sustainability_survey_waived, "Why there will be no sustainability survey.";
} }

governed! { HandoverNode "Handover": "The handover of a person at the arrival, accepted in person or not." {
    HandoverPerson: {PersonNode} = |node| &node.person, "The person.";
    HandoverTo: (String) = |node| node.handover.to.clone(), "To whom.";
    HandoverRelation: (HandoverRelation) = |node| node.handover.relation, "What they are to the person.";
    HandoverAt: (DateTime<Utc>) = |node| node.handover.at, "When.";
    HandoverAcceptedBy: (Option<String>) = |node| node.handover.accepted_by.clone(), "Who signed for the person, where the handover took place.";
    HandoverRefusal: (Option<HandoverRefusal>) = |node| node.handover.refusal, "Why it did not take place.";
} }
