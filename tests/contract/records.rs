//! What missions recorded of the programme is counted the same on both databases, by territory and by days.

use crate::stage::{self, on_both_stages};
use crate::support::database::Stage;
use avrr_gateway::clock::Clock;
use avrr_gateway::demo;
use avrr_gateway::domain::partner_survey::{PartnerSurvey, SurveyRespondents, SurveyTallies};
use avrr_gateway::domain::territory::CountryCode;
use avrr_gateway::ids::{OrganisationId, new_id};
use avrr_gateway::store::{Programme, RecordCounts};
use chrono::{DateTime, Days, NaiveDate, Utc};

on_both_stages!(records_are_counted_by_territory_and_by_days);

async fn records_are_counted_by_territory_and_by_days(stage: &Stage) {
    let store = stage::store(stage, Clock::system()).await;
    let now = store.clock().now();
    let today = now.date_naive();
    let programme = without_cases(demo::programme(1, now), now);
    let contacts_ever = programme.visits.iter().map(|visit| i64::from(visit.contacts));
    let contacts_ever: i64 = contacts_ever.sum();
    store.load(programme).await.expect("an empty database");
    let day = |ago: u64| -> NaiveDate { today - Days::new(ago) };

    let ever = store.count_records(None, None).await.expect("counts");
    assert_eq!(ever.locations_by_territory.len(), 6);
    assert_eq!(ever.locations_by_territory.values().sum::<i64>(), ever.locations);
    let by_territory = ever.locations_by_territory.clone();
    let expected = RecordCounts {
        contacts: contacts_ever,
        locations: 49,
        locations_by_territory: by_territory.clone(),
        populations: 9,
        reached: 729_250,
        engaged: 98_800,
        campaign_territories: 4,
        staff_trained: 17,
        partners_trained: 19,
        sheets_returned: 25,
        sheets_better: 19,
        partners_answered: 12,
        partners_enabling: 9,
        applying_answered: 17,
        applying: 14,
    };
    assert_eq!(ever, expected);
    let ever = store.count_records(None, None).await.expect("counts");
    assert_eq!(ever.contacts, contacts_ever);

    // The first phase is where the results matrix begins: outreach alone.
    let first = store.count_records(None, Some(day(1430)..=day(701))).await;
    let expected = RecordCounts {
        contacts: 60_000,
        locations: 49,
        locations_by_territory: by_territory,
        populations: 9,
        ..RecordCounts::default()
    };
    assert_eq!(first.expect("counts"), expected);

    // Both days of a range count, and a survey is of the territory of the mission that asked.
    let kosovo = Some(CountryCode::KOSOVO);
    let there = store.count_records(kosovo, Some(day(250)..=today)).await;
    let there = there.expect("counts");
    assert_eq!((there.reached, there.engaged), (69_000, 13_630));
    assert_eq!((there.partners_answered, there.applying), (12, 14));
    let later = store.count_records(kosovo, Some(day(249)..=day(1))).await;
    let later = later.expect("counts");
    assert_eq!((later.reached, later.applying_answered), (4_900, 0));
    let elsewhere = store.count_records(CountryCode::parse("ALB"), None).await;
    let elsewhere = elsewhere.expect("counts");
    assert_eq!(
        (elsewhere.campaign_territories, elsewhere.applying_answered),
        (0, 0)
    );
    assert_eq!((elsewhere.staff_trained, elsewhere.sheets_better), (2, 2));
    assert_eq!(elsewhere.locations, 8);
}

/// The same programme without its cases, where the mission in Kosovo* asked partners and staff today.
fn without_cases(mut programme: Programme, now: DateTime<Utc>) -> Programme {
    let mut missions = programme.organisations.iter();
    let pristina = missions
        .find(|one| one.code == "iom-pristina")
        .expect("a mission");
    let pristina = pristina.id;
    programme.files.clear();
    programme.told.clear();
    programme.history.clear();
    programme.movements.clear();
    programme.partner_surveys = vec![
        survey(pristina, (SurveyRespondents::Partners, 12, Some(9), 10), now),
        survey(pristina, (SurveyRespondents::Staff, 5, None, 4), now),
    ];
    programme
}

fn survey(
    organisation: OrganisationId,
    (respondents, answered, enabling, applying): (SurveyRespondents, i32, Option<i32>, i32),
    now: DateTime<Utc>,
) -> PartnerSurvey {
    PartnerSurvey {
        id: new_id(now),
        organisation,
        tallies: SurveyTallies {
            held_on: now.date_naive(),
            respondents,
            invited: 20,
            answered,
            enabling,
            applying,
        },
        recorded_at: now,
    }
}
