//! After the arrival: support that has begun or is finished, what returnees answer, and those who came back without help.

use super::packages::concluded;
use super::{Part, Tale};
use crate::demo::step::Step;
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::aftercare::SurveyWaiver;
use crate::domain::case::ReturnMode;
use crate::domain::counselling::{CounsellingKind, CounsellingMode};
use crate::domain::instrument::embedded_version;
use crate::domain::steps::aftercare::Closing;
use crate::domain::steps::intake::NewSession;
use crate::domain::steps::survey::NewSurveyResponse;
use crate::domain::survey::{Instrument, SurveyMode, SurveyOutcome, WindowOverride};
use crate::policy::actions::Action;
use std::collections::BTreeMap;

pub(super) const TALES: &[Tale] = &[
    Tale::of(12, Part::opened(60), begun).spread(30),
    Tale::of(8, Part::opened(290).from("SRB").to("IRQ"), finished).spread(90),
    Tale::of(4, Part::opened(292).from("BIH").to("PAK").family(2, 2), finished).spread(60),
    Tale::of(
        3,
        Part::opened(160).from("XKX").to("BGD"),
        finished_without_assistance,
    )
    .spread(60),
    Tale::of(2, Part::opened(460).from("SRB").to("IRQ"), asked_several_times).spread(20),
    Tale::of(2, Part::opened(80).from("MKD").to("IRQ"), asked_too_late),
    Tale::of(
        4,
        Part::opened(12).to("AFG").taken_in(ReturnMode::Forced),
        taken_in,
    )
    .spread(6),
    Tale::of(
        2,
        Part::opened(9).to("PAK").taken_in(ReturnMode::Spontaneous),
        taken_in,
    )
    .spread(6),
    Tale::of(
        2,
        Part::opened(60).to("IRQ").taken_in(ReturnMode::Forced),
        taken_in_and_supported,
    )
    .spread(20),
    Tale::of(
        1,
        Part::opened(70)
            .to("AFG")
            .family(1, 2)
            .taken_in(ReturnMode::Spontaneous),
        taken_in_and_supported,
    ),
];

fn begun(story: &mut Story<'_>) -> Telling {
    story.reintegrating(26)?;
    if story.pick(&[true, true, false]) {
        story.on(15)?;
        let outcome = story.pick(&[
            SurveyOutcome::Submitted,
            SurveyOutcome::Submitted,
            SurveyOutcome::Submitted,
            SurveyOutcome::Declined,
            SurveyOutcome::Unreachable,
        ]);
        asked(story, Hand::Receiving, Instrument::AvrPms, outcome, None)?;
    }
    Ok(())
}

/// Somebody is asked, and answers if they wish to.
fn asked(
    story: &mut Story<'_>,
    by: Hand,
    instrument: Instrument,
    outcome: SurveyOutcome,
    outside_window: Option<WindowOverride>,
) -> Telling {
    let mut answers = BTreeMap::new();
    if outcome == SurveyOutcome::Submitted {
        let version = embedded_version(instrument, "1");
        for question in version.iter().flat_map(|version| &version.questions) {
            // Most find most things good.
            let mut told: Vec<_> = question
                .answers
                .iter()
                .filter(|answer| answer.value.is_some())
                .collect();
            told.sort_by_key(|answer| std::cmp::Reverse(answer.value));
            if let (Some(best), Some(worst)) = (told.first(), told.last()) {
                let answer = story.pick(&[best, best, best, worst]);
                answers.insert(question.code.clone(), answer.code.clone());
            }
        }
    }
    let head = story.file.persons.first();
    let language = head.and_then(|person| person.language.clone());
    let response = NewSurveyResponse {
        person: story.person(0)?,
        instrument,
        instrument_version: "1".to_owned(),
        outcome,
        held_on: story.now().date_naive(),
        mode: story.pick(&[SurveyMode::Phone, SurveyMode::InPerson, SurveyMode::Online]),
        language,
        outside_window,
        answers,
    };
    story.hand(by, Action::RecordSurveyResponse, |file, c| {
        file.record_survey(response, c)
    })
}

/// Somebody else than the interviewer looks at what was answered last, if anything was.
fn looked_at_again(story: &mut Story<'_>) -> Telling {
    let last = story.file.surveys.last();
    let answered = last.filter(|last| last.outcome == SurveyOutcome::Submitted);
    let Some((person, instrument, round)) =
        answered.map(|last| (last.person_id, last.instrument, last.round))
    else {
        return Ok(());
    };
    story.hand(
        Hand::ReceivingColleague,
        Action::ValidateSurveyResponse,
        |file, c| file.validate_survey((person, instrument, round), c),
    )
}

fn closed(story: &mut Story<'_>, waived: Option<SurveyWaiver>) -> Telling {
    let closing = Closing {
        satisfaction_survey_offered: true,
        sustainability_survey_on: waived.is_none().then(|| story.day(-60)),
        sustainability_survey_waived: waived,
    };
    story.hand(Hand::ReceivingSupervisor, Action::CloseCase, |file, c| {
        file.close(closing, c)
    })
}

/// A package was given, followed up and closed; the persons said how it served.
fn finished(story: &mut Story<'_>) -> Telling {
    let (by, submitted) = (Hand::Receiving, SurveyOutcome::Submitted);
    concluded(story, 255, 80)?;
    story.on(70)?;
    let outcome = story.pick(&[submitted, submitted, SurveyOutcome::Declined]);
    asked(story, by, Instrument::Rass, outcome, None)?;
    story.on(60)?;
    looked_at_again(story)?;
    story.on(50)?;
    closed(story, None)?;
    story.on(40)?;
    let outcome = story.pick(&[submitted, submitted, SurveyOutcome::Unreachable]);
    asked(story, by, Instrument::Rss, outcome, None)
}

/// They did not need more than the journey.
fn finished_without_assistance(story: &mut Story<'_>) -> Telling {
    story.reintegrating(125)?;
    story.on(110)?;
    let outcome = SurveyOutcome::Submitted;
    asked(story, Hand::Receiving, Instrument::AvrPms, outcome, None)?;
    story.on(100)?;
    looked_at_again(story)?;
    story.on(60)?;
    closed(story, Some(SurveyWaiver::NoAssistance))
}

/// Two rounds within the window, and a third after it because support went on (scenario 18).
fn asked_several_times(story: &mut Story<'_>) -> Telling {
    let (by, submitted) = (Hand::Receiving, SurveyOutcome::Submitted);
    concluded(story, 425, 250)?;
    story.on(215)?;
    asked(story, by, Instrument::Rss, SurveyOutcome::Unreachable, None)?;
    story.on(150)?;
    asked(story, by, Instrument::Rss, submitted, None)?;
    story.on(70)?;
    asked(story, by, Instrument::Rss, submitted, None)?;
    story.on(20)?;
    let prolonged = Some(WindowOverride::SupportProlonged);
    asked(
        story,
        Hand::ReceivingSupervisor,
        Instrument::Rss,
        submitted,
        prolonged,
    )
}

/// The person could not be reached within a month.
fn asked_too_late(story: &mut Story<'_>) -> Telling {
    story.reintegrating(46)?;
    story.on(5)?;
    let late = Some(WindowOverride::PersonUnreachableBefore);
    let supervisor = Hand::ReceivingSupervisor;
    asked(
        story,
        supervisor,
        Instrument::AvrPms,
        SurveyOutcome::Submitted,
        late,
    )
}

/// Taken in after admission: nobody sends, and there is nothing before the arrival to assist with (scenario 9).
fn taken_in(story: &mut Story<'_>) -> Telling {
    story.on(1)
}

fn taken_in_and_supported(story: &mut Story<'_>) -> Telling {
    story.on(50)?;
    let session = NewSession {
        kind: CounsellingKind::Reintegration,
        mode: CounsellingMode::InPerson,
        language: "en".to_owned(),
        understood: true,
        interpreter: true,
        mediator: false,
        facility: None,
        held_on: story.now().date_naive(),
    };
    story.hand(Hand::Receiving, Action::RecordCounselling, |file, c| {
        file.record_counselling(session, c)
    })?;
    story.counselled_after_return()?;
    story.on(40)?;
    story.does(Step::ProposePackage)?;
    story.on(30)?;
    let (id, now) = (story.package()?, story.now());
    story.hand(Hand::Receiving, Action::AgreePackage, |file, c| {
        file.agree_package(id, now, None, c)
    })?;
    story.on(12)?;
    story.hand(Hand::Receiving, Action::DeliverPackageItem, |file, c| {
        file.deliver_item(id, 0, c)
    })
}
