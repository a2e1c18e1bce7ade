//! The facts that follow from a case.

use super::groups::{AgeBand, VulnerabilityGroup};
use super::measure::Measure;
use crate::domain::case::{Case, CaseState, LegalStatus, ReturnMode};
use crate::domain::case_file::CaseFile;
use crate::domain::code::Code as _;
use crate::domain::counselling::{CounsellingKind, CounsellingSession};
use crate::domain::instrument::{met, score};
use crate::domain::instruments::Instruments;
use crate::domain::person::{Person, Sex};
use crate::domain::reintegration::ReintegrationPackage;
use crate::domain::safeguards::VulnerabilityAssessment;
use crate::domain::survey::{Instrument, SurveyOutcome, SurveyResponse};
use crate::domain::territory::CountryCode;
use crate::ids::{CaseId, PersonId, ProjectId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// That a person has reached a measure, and in which groups they count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The person.
    pub person: PersonId,
    /// The measure.
    pub measure: Measure,
    /// The case by which they did.
    pub case: CaseId,
    /// The day.
    pub occurred_on: NaiveDate,
    /// Whether the numerator counts them; always where the measure has none.
    pub met: bool,
    /// Whether the case is counted with this person: exactly one person of a case bears it.
    pub counts_case: bool,
    /// The project that pays.
    pub project: Option<ProjectId>,
    /// The territory that hosted them.
    pub host_territory: CountryCode,
    /// The country that they return to.
    pub country_of_return: CountryCode,
    /// Their nationality.
    pub nationality: CountryCode,
    /// Their sex.
    pub sex: Sex,
    /// Their band of age on that day.
    pub age_band: AgeBand,
    /// Their legal status at the application.
    pub legal_status: LegalStatus,
    /// Their group of vulnerability.
    pub vulnerability: VulnerabilityGroup,
    /// How they return.
    pub return_mode: ReturnMode,
}

/// What facts follow from: a few of the rows of a case.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its persons, the head of the household first.
    pub persons: &'a [Person],
    /// Counselling sessions.
    pub counselling: &'a [CounsellingSession],
    /// Reintegration packages.
    pub packages: &'a [ReintegrationPackage],
    /// What the persons were asked.
    pub surveys: &'a [SurveyResponse],
    /// Assessments of vulnerability, oldest first.
    pub vulnerability: &'a [VulnerabilityAssessment],
}

impl<'a> From<&'a CaseFile> for Sources<'a> {
    fn from(file: &'a CaseFile) -> Self {
        Self {
            case: &file.case,
            persons: &file.persons,
            counselling: &file.counselling,
            packages: &file.packages,
            surveys: &file.surveys,
            vulnerability: &file.safeguards.vulnerability,
        }
    }
}

/// The facts of a case, by person and measure.
#[must_use]
pub fn facts_of(sources: Sources<'_>, instruments: &Instruments) -> BTreeMap<(PersonId, Measure), Fact> {
    let mut facts = BTreeMap::new();
    for person in sources.persons {
        for (measure, occurred_on, met) in reached(sources, person.id, instruments) {
            let fact = sources.fact(person, measure, (occurred_on, met));
            facts.insert((person.id, measure), fact);
        }
    }
    for (measure, ..) in Measure::ALL {
        let first = sources
            .persons
            .iter()
            .find(|person| facts.contains_key(&(person.id, *measure)));
        let first = first.and_then(|person| facts.get_mut(&(person.id, *measure)));
        if let Some(fact) = first {
            fact.counts_case = true;
        }
    }
    facts
}

impl Sources<'_> {
    fn fact(self, person: &Person, measure: Measure, (occurred_on, met): (NaiveDate, bool)) -> Fact {
        let Case {
            id,
            host_territory,
            country_of_return,
            legal_status,
            return_mode,
            funding_project,
            ..
        } = *self.case;
        let found = self
            .vulnerability
            .iter()
            .rfind(|found| found.person_id == person.id);
        let mut given = self
            .packages
            .iter()
            .filter(|package| package.person_id == person.id);
        let paid = given.find_map(|package| package.funding_project);
        Fact {
            person: person.id,
            measure,
            case: id,
            occurred_on,
            met,
            counts_case: false,
            project: match measure {
                Measure::ReintegrationAssisted | Measure::AssistanceSatisfied | Measure::NeedsMet => {
                    paid.or(funding_project)
                }
                _ => funding_project,
            },
            host_territory,
            country_of_return,
            nationality: person.nationality,
            sex: person.sex,
            age_band: AgeBand::of(u32::try_from(person.age_on(occurred_on)).unwrap_or_default()),
            legal_status,
            vulnerability: VulnerabilityGroup::of(found.map(|found| found.categories.as_slice())),
            return_mode,
        }
    }
}

/// What a person has reached, on which day, and whether they met it.
fn reached(
    sources: Sources<'_>,
    person: PersonId,
    instruments: &Instruments,
) -> Vec<(Measure, NaiveDate, bool)> {
    let mut reached = Vec::new();
    let mut on = |measure, day: Option<NaiveDate>, met| reached.extend(day.map(|day| (measure, day, met)));
    let case = sources.case;
    let voluntary = case.return_mode == ReturnMode::AssistedVoluntary;
    let gone = [
        CaseState::Departed,
        CaseState::Arrived,
        CaseState::Reintegration,
        CaseState::Closed,
    ]
    .contains(&case.state);
    if voluntary && gone {
        let departed = case.departed_at.map(|moment| moment.date_naive());
        on(Measure::AssistedToReturn, departed, true);
    }
    if !voluntary {
        // Whoever returned in another way is helped after the return alone (INV-01).
        let admitted = case.arrived_at.map(|moment| moment.date_naive());
        on(Measure::ReturnedOtherwise, admitted, true);
    }
    let first = |kind| {
        let held = sources.counselling.iter().filter(|session| session.kind == kind);
        held.map(|session| session.held_on).min()
    };
    on(Measure::ReturnCounselled, first(CounsellingKind::Return), true);
    on(
        Measure::ReintegrationCounselled,
        first(CounsellingKind::Reintegration),
        true,
    );
    let packages = sources
        .packages
        .iter()
        .filter(|package| package.person_id == person);
    let given = packages
        .flat_map(|package| &package.items)
        .filter_map(|item| item.delivered_at);
    on(
        Measure::ReintegrationAssisted,
        given.min().map(|moment| moment.date_naive()),
        true,
    );
    for (instrument, ..) in Instrument::ALL {
        reached.extend(answered(sources, person, *instrument, instruments));
    }
    reached
}

/// What a person told with an instrument: the latest round that lies within its window and that the table of the
/// instrument's version can read (INV-15). Rounds outside the window are kept and not counted.
fn answered(
    sources: Sources<'_>,
    person: PersonId,
    instrument: Instrument,
    instruments: &Instruments,
) -> Vec<(Measure, NaiveDate, bool)> {
    let mut rounds: Vec<&SurveyResponse> = sources
        .surveys
        .iter()
        .filter(|asked| (asked.person_id, asked.instrument) == (person, instrument))
        .filter(|asked| asked.outside_window.is_none())
        .collect();
    rounds.sort_by_key(|asked| (asked.held_on, asked.round));
    let Some(last) = rounds.last() else {
        return Vec::new();
    };
    let answers: Vec<&&SurveyResponse> = rounds
        .iter()
        .filter(|asked| asked.outcome == SurveyOutcome::Submitted)
        .collect();
    let asked_on = answers.last().map_or(last.held_on, |answer| answer.held_on);
    let mut told = vec![(Measure::asked_with(instrument), asked_on, !answers.is_empty())];
    // The latest round that says something of a measure says it for the person.
    let latest = |says: &dyn Fn(&SurveyResponse) -> Option<bool>| {
        answers
            .iter()
            .rev()
            .find_map(|answer| says(answer).map(|met| (answer.held_on, met)))
    };
    for (measure, ..) in Measure::ALL {
        if let Some((asked, question)) = measure.question()
            && asked == instrument
        {
            let says = |answer: &SurveyResponse| {
                let version = instruments.counted(instrument, &answer.instrument_version)?;
                met(version, question, &answer.answers)
            };
            told.extend(latest(&says).map(|(day, met)| (*measure, day, met)));
        }
    }
    if instrument == Instrument::Rss {
        let scores = |answer: &SurveyResponse| {
            let version = instruments.counted(instrument, &answer.instrument_version)?;
            Some(score(version, &answer.answers))
        };
        let composite = latest(&|answer| scores(answer)?.is_sustainable());
        told.extend(composite.map(|(day, met)| (Measure::CompositeScore, day, met)));
        let each = latest(&|answer| scores(answer)?.is_sufficient_in_all());
        told.extend(each.map(|(day, met)| (Measure::SufficientInAll, day, met)));
    }
    told
}
