//! A person in detention has to see a consular post (N4c; DOMAIN 7, scenario 14). The authorities that hold them learn when;
//! the post speaks with somebody of whom it knows nothing of the kind.

use crate::support::*;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Everything that a post may ask of a request and of whom it is for, without names and moments that differ anyway.
const AT_THE_POST: &str = "{ state stateSince acknowledgedAt version interviews { scheduledAt at mode place }
    custody { location } history { event } informationRequests { items }
    applicant { minor specialCase specialHandling needs phone hostAddress escorts { kind }
                detention { facility since endedOn } consularAppointments { number at supportedAt } }
    case { state version history { event } airportTransfer { provider } statutoryPeriod { endsOn } consents { active } } }";

const APPOINTMENTS: &str = "{ consularAppointments { number at supportedAt } }";

fn moments(seen: &Value) -> Vec<(Value, bool)> {
    let appointments = seen["consularAppointments"].as_array().expect("appointments");
    let of = |appointment: &Value| (appointment["at"].clone(), !appointment["supportedAt"].is_null());
    appointments.iter().map(of).collect()
}

async fn appointments_told(authority: &Actor) -> usize {
    let inbox = authority.inbox().await;
    let told = inbox
        .iter()
        .filter(|notice| notice["type"] == "CONSULAR_APPOINTMENT");
    told.count()
}

/// The post gives an appointment; the police and the migration authority are told of it by the same step, and when it
/// moves they are asked anew. In the end the person is brought to the airport, and the police take note of the departure.
async fn the_authorities_learn_of_the_interview_and_the_post_of_no_detention(world: &World) {
    let (mut usual, twin) = (
        world.a_usual_case(Until::Acknowledged).await,
        world.a_usual_case(Until::Acknowledged).await,
    );
    let (pristina, iraq) = (usual.pristina.clone(), usual.iraq.clone());
    let name = usual.case.head().to_owned();
    pristina.records_detention(&usual.case, &name, "Vranidoll").await;
    // Something else is recorded of the other, so that the two are as old as each other.
    let other = twin.case.head().to_owned();
    pristina
        .assesses_vulnerability(&twin.case, &other, &[], &[])
        .await;
    let told_before = iraq.inbox().await.len();

    let at = world.clock.now() + TimeDelta::days(3);
    let schedules = async |usual: &Usual, at: DateTime<Utc>| {
        let command = iraq.schedules_an_interview(usual.request(), 3);
        let answer = command.with("at", json!(at)).answer().await;
        let payload = &answer.data["scheduleConsularInterview"];
        (
            answer.status,
            answer.errors.clone(),
            payload["errors"].clone(),
            payload["travelDocumentRequest"].is_object(),
            answer.extensions["redactions"].clone(),
        )
    };
    let carried_out = (200, Vec::new(), json!([]), true, Value::Null);
    assert_eq!(schedules(&usual, at).await, carried_out);
    assert_eq!(schedules(&twin, at).await, carried_out);

    for authority in [&usual.police, &usual.migration] {
        assert_eq!(appointments_told(authority).await, 1, "{}", authority.client);
        let seen = authority.sees(&usual.case.person(), APPOINTMENTS).await.row;
        assert_eq!(moments(&seen), [(json!(at), false)], "{}", authority.client);
    }
    usual.police.supports_appointment(&usual.case, 1).await;

    // The post moves it: the support that was promised was for another day.
    let later = at + TimeDelta::days(2);
    assert_eq!(schedules(&usual, later).await, carried_out);
    assert_eq!(schedules(&twin, later).await, carried_out);
    for authority in [&usual.police, &usual.migration] {
        assert_eq!(appointments_told(authority).await, 2, "{}", authority.client);
        let seen = authority.sees(&usual.case.person(), APPOINTMENTS).await.row;
        assert_eq!(moments(&seen), [(json!(later), false)], "{}", authority.client);
    }
    usual.migration.supports_appointment(&usual.case, 1).await;

    // The mission has it said in the post's name, for the same moment: there is nothing more to ask.
    let command = pristina.schedules_an_interview(usual.request(), 5);
    command.with("at", json!(later)).await;
    let command = pristina.schedules_an_interview(twin.request(), 5);
    command.with("at", json!(later)).await;
    assert_eq!(appointments_told(&usual.police).await, 2);
    let seen = pristina.sees(&usual.case.person(), APPOINTMENTS).await.row;
    assert_eq!(moments(&seen), [(json!(later), true)]);

    // What the post sees of the two differs in nothing but who they are and the seconds between its own steps.
    let sees = async |usual: &Usual| {
        let seen = iraq.sees(usual.request(), AT_THE_POST).await;
        let mut row = seen.row;
        for moment in ["stateSince", "acknowledgedAt"] {
            row[moment] = row[moment].is_string().into();
        }
        for interview in row["interviews"].as_array_mut().expect("interviews") {
            interview["scheduledAt"].take();
        }
        (row, seen.redactions)
    };
    assert_eq!(sees(&usual).await, sees(&twin).await);
    assert_eq!(iraq.inbox().await.len(), told_before, "the post was told");
    for partner in [&iraq, &usual.baghdad, &usual.istanbul] {
        let text = partner.everything().await.text;
        assert!(!text.contains("Vranidoll"), "{}", partner.client);
    }

    // The day of the departure: the police bring the person to the airport, and take note.
    world.goes_on(&mut usual, Until::Acknowledged, Until::Ready).await;
    usual
        .police
        .arranges_transfer(&usual.case, "AUTHORITY", "Vranidoll", later + TimeDelta::days(1))
        .await;
    world.goes_on(&mut usual, Until::Ready, Until::Departed).await;
    let told = usual.police.inbox().await;
    let departed = told.last().expect("a notice");
    assert_eq!(departed["type"], "DEPARTED");
    let up_to = departed["sequence"].as_i64().expect("a sequence");
    assert_eq!(usual.police.acknowledges_notices(up_to, "Exit recorded").await, 0);
    let told = usual.police.inbox().await;
    let taken_note = &told.last().expect("a notice")["acknowledgement"];
    assert_eq!(
        *taken_note,
        json!({ "by": usual.police.client, "note": "Exit recorded" })
    );
}

/// Who is detained after the interview was settled has to be brought there all the same; without consent no authority is
/// told, and of an interview that has passed nobody.
async fn whoever_is_detained_afterwards_is_brought_to_the_interview_as_well(world: &World) {
    let usual = world.a_usual_case(Until::Acknowledged).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let name = case.head().to_owned();
    let at = world.clock.now() + TimeDelta::days(3);
    let command = pristina.schedules_an_interview(usual.request(), 3);
    command.with("at", json!(at)).await;
    assert_eq!(appointments_told(&usual.migration).await, 0);
    pristina.records_detention(case, &name, "Vranidoll").await;
    assert_eq!(appointments_told(&usual.migration).await, 1);
    // The same once more says nothing new.
    pristina.records_detention(case, &name, "Vranidoll II").await;
    assert_eq!(appointments_told(&usual.migration).await, 1);
    let seen = usual.migration.sees(&case.person(), APPOINTMENTS).await.row;
    assert_eq!(moments(&seen), [(json!(at), false)]);

    let quiet = world.a_case_with(&[TO_THE_EMBASSY], Until::Acknowledged).await;
    let command = pristina.schedules_an_interview(quiet.request(), 3);
    command.await;
    let name = quiet.case.head().to_owned();
    pristina.records_detention(&quiet.case, &name, "Vranidoll").await;
    for authority in [&usual.police, &usual.migration] {
        authority.cannot_find(&quiet.case).await;
        assert_eq!(appointments_told(authority).await, 1, "{}", authority.client);
    }

    let late = world.a_usual_case(Until::Acknowledged).await;
    pristina.schedules_an_interview(late.request(), 3).await;
    world.time_passes(TimeDelta::days(4));
    let name = late.case.head().to_owned();
    pristina.records_detention(&late.case, &name, "Vranidoll").await;
    assert_eq!(appointments_told(&usual.police).await, 1);
}

on_both_databases!(
    the_authorities_learn_of_the_interview_and_the_post_of_no_detention,
    whoever_is_detained_afterwards_is_brought_to_the_interview_as_well,
);
