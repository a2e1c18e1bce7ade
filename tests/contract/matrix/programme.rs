//! What the sending mission recorded of the programme itself.

use super::census::{Register, named};
use super::rows::{Rows, place};
use super::story::PRISTINA;
use super::truth::{Row, Truth, Whose};
use crate::support::World;
use chrono::{DateTime, Days, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// The one visit, training, report and survey of the story.
pub async fn rows(world: &World, register: &Register, visited: DateTime<Utc>, rows: &mut Rows) {
    let pristina = world.client(PRISTINA);
    let today = world.today();
    outreach(visited, rows);
    let training = pristina.trains("GENDER", 0, Some((3, 4))).await;
    let signed = pristina.signs_list(&training, "LIST-7").await;
    let evaluated = pristina.evaluates(&signed, 6, 5).await;
    let id = named(&register.ids_of(PRISTINA), &evaluated["id"]);
    let values = json!({
        "topic": "GENDER", "territory": place("XKX"), "venue": "Town hall", "heldOn": today, "state": "EVALUATED",
        "staffParticipants": 3, "partnerParticipants": 4, "listReference": "LIST-7", "sheetsReturned": 6, "sheetsBetter": 5,
        "recordedAt": evaluated["recordedAt"], "version": 3,
    });
    add(("Training", id), values, &[("id", Truth::Id)], rows);

    let report = pristina.reports_campaign("FACEBOOK", (900, 80)).await;
    let values = json!({
        "territory": place("XKX"), "platform": "FACEBOOK", "fromOn": today - Days::new(30), "toOn": today,
        "reached": 900, "engaged": 80, "source": "Digital Media Report", "recordedAt": report["recordedAt"],
    });
    add(("CampaignReport", Uuid::nil()), values, &[], rows);

    let survey = pristina
        .surveys_partners("PARTNERS", (20, 12))
        .with("enabling", 9)
        .await;
    let values = json!({
        "heldOn": today, "respondents": "PARTNERS", "invited": 20, "answered": 12, "enabling": 9, "applying": 0,
        "recordedAt": survey["recordedAt"],
    });
    add(("PartnerSurvey", Uuid::nil()), values, &[], rows);
}

fn outreach(moment: DateTime<Utc>, rows: &mut Rows) {
    let values = json!({
        "territory": place("XKX"), "location": "Bus station", "visitedOn": moment.date_naive(), "contacts": 40,
        "populations": [], "recordedAt": moment,
    });
    add(("OutreachVisit", Uuid::nil()), values, &[], rows);
}

fn add((type_name, id): (&'static str, Uuid), values: Value, others: &[(&str, Truth)], rows: &mut Rows) {
    let row = Row::new(type_name, Whose::Inbox(PRISTINA.to_owned()), values, others);
    rows.insert((type_name, (id, "0".to_owned())), row);
}
