//! Which cells of the table have been met, and how: in the end every one, or there is a reason.

use super::rows::Rows;
use super::truth::ON_A_CASE;
use avrr_gateway::policy::fields::{Access, LINES, Line};
use avrr_gateway::policy::relation::Relation;
use std::collections::{BTreeMap, BTreeSet};

/// How often a cell was met, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Met {
    pub shown: usize,
    pub masked: usize,
    pub withheld: usize,
    /// Of those that show something: with something to show.
    pub filled: usize,
}

/// What has been asserted so far.
#[derive(Default)]
pub struct Tally {
    /// Cells, by line and relation.
    pub asserted: BTreeMap<(&'static str, Relation), Met>,
    /// Types and relations for which there is no row.
    pub out_of_reach: BTreeSet<(&'static str, Relation)>,
    /// The references that cases have, by client and case.
    pub references: BTreeMap<(String, String), String>,
    /// Values that were compared.
    pub answers: usize,
}

/// What the one figure of the story has nothing to say in; the stories of indicators show each of them filled.
const EMPTY_IN_THE_FIGURE: &[&str] = &[
    "Indicator.denominatorDefinition",
    "Indicator.methodStatus",
    "Indicator.denominator",
    "Indicator.reason",
    "Indicator.responseRate",
    "Indicator.achieved",
    "Indicator.unknown",
    "Indicator.trend",
    "IndicatorValue.period",
    "IndicatorValue.denominator",
    "IndicatorValue.reason",
    "StatisticsTable.margins",
    "StatisticsTable.totalReason",
    "StatisticsTable.advice",
    "StatisticsTable.unknown",
    "StatisticsRow.reason",
    "ConsularPostStatistics.reason",
];

/// Cells that show what these viewers are never told: no notice of that kind goes to them.
const NEVER_FILLED: &[(&str, Relation, &str)] = &[
    (
        "Disclosure.snapshotSha256",
        Relation::Sending,
        "the entries that are compared are of grants, of which no snapshot is made",
    ),
    (
        "Disclosure.snapshotSha256",
        Relation::Oversight,
        "the entries that are compared are of grants, of which no snapshot is made",
    ),
    (
        "Aftercare.admittedOn",
        Relation::Receiving,
        "the persons of the story return with assistance",
    ),
    (
        "Aftercare.admittedOn",
        Relation::Oversight,
        "the persons of the story return with assistance",
    ),
    (
        "Aftercare.returningState",
        Relation::Receiving,
        "the persons of the story return with assistance",
    ),
    (
        "Aftercare.returningState",
        Relation::Oversight,
        "the persons of the story return with assistance",
    ),
    (
        "Case.ineligibilityReason",
        Relation::Sending,
        "the persons of the story can all be assisted",
    ),
    (
        "Case.holdReason",
        Relation::Sending,
        "no case of the story is on hold",
    ),
    (
        "Case.holdReason",
        Relation::Receiving,
        "no case of the story is on hold",
    ),
    (
        "Case.terminationReason",
        Relation::Sending,
        "IOM ended no case of the story",
    ),
    (
        "Itinerary.missedAt",
        Relation::Sending,
        "everybody of the story comes to the departure",
    ),
    (
        "Itinerary.missedAt",
        Relation::Transit,
        "everybody of the story comes to the departure",
    ),
    (
        "Itinerary.missedAt",
        Relation::Receiving,
        "everybody of the story comes to the departure",
    ),
    (
        "Itinerary.missedAt",
        Relation::Oversight,
        "everybody of the story comes to the departure",
    ),
    (
        "ObjectionCheck.ground",
        Relation::Sending,
        "no authority of the story objects",
    ),
    (
        "ObjectionCheck.ground",
        Relation::Police,
        "the police of the story are not asked",
    ),
    (
        "ObjectionCheck.ground",
        Relation::Migration,
        "no authority of the story objects",
    ),
    (
        "Aftercare.sustainabilitySurveyOn",
        Relation::Sending,
        "no case of the story is closed",
    ),
    (
        "Aftercare.sustainabilitySurveyOn",
        Relation::Receiving,
        "no case of the story is closed",
    ),
    (
        "Aftercare.sustainabilitySurveyOn",
        Relation::Oversight,
        "no case of the story is closed",
    ),
    (
        "Aftercare.sustainabilitySurveyWaived",
        Relation::Sending,
        "no case of the story is closed",
    ),
    (
        "Aftercare.sustainabilitySurveyWaived",
        Relation::Receiving,
        "no case of the story is closed",
    ),
    (
        "TravelDocumentRequest.plannedDepartureOn",
        Relation::Sending,
        "every request of the story has come to its end",
    ),
    (
        "TravelDocumentRequest.plannedDepartureOn",
        Relation::Consular,
        "every request of the story has come to its end",
    ),
    (
        "Notice.retractedAt",
        Relation::Consular,
        "a post learns of its own requests, which are not retracted but cancelled",
    ),
    (
        "Notice.retractedAt",
        Relation::Service,
        "a service protects a person whatever becomes of the return",
    ),
    (
        "Notice.supersededBy",
        Relation::Service,
        "a service is asked once, and the consent to it holds",
    ),
    (
        "Notice.travelDocumentRequest",
        Relation::Police,
        "the police are told of departures alone",
    ),
    (
        "Notice.travelDocumentRequest",
        Relation::Migration,
        "the authority is told of registrations and departures alone",
    ),
    (
        "Notice.remindsOf",
        Relation::Mission,
        "nobody of the story is reminded",
    ),
    (
        "Notice.remindsOf",
        Relation::Consular,
        "nobody of the story is reminded",
    ),
    (
        "Notice.remindsOf",
        Relation::Police,
        "nobody of the story is reminded",
    ),
    (
        "Notice.remindsOf",
        Relation::Migration,
        "nobody of the story is reminded",
    ),
    (
        "Notice.remindsOf",
        Relation::Oversight,
        "nobody of the story is reminded",
    ),
    (
        "Notice.remindsOf",
        Relation::Service,
        "nobody of the story is reminded",
    ),
    (
        "Escalation.outcome",
        Relation::Sending,
        "whether somebody took note is told in stories of its own",
    ),
    (
        "Escalation.endedAt",
        Relation::Sending,
        "whether somebody took note is told in stories of its own",
    ),
    (
        "Escalation.nextStepAt",
        Relation::Sending,
        "whether somebody took note is told in stories of its own",
    ),
    (
        "Escalation.outcome",
        Relation::Oversight,
        "whether somebody took note is told in stories of its own",
    ),
    (
        "Escalation.endedAt",
        Relation::Oversight,
        "whether somebody took note is told in stories of its own",
    ),
    (
        "Escalation.nextStepAt",
        Relation::Oversight,
        "whether somebody took note is told in stories of its own",
    ),
    (
        "EscalationRule.endedAt",
        Relation::Mission,
        "the rules of the story hold to its end",
    ),
    (
        "EscalationRule.endedAt",
        Relation::Oversight,
        "the rules of the story hold to its end",
    ),
    (
        "EscalationRule.endedAt",
        Relation::Administration,
        "the rules of the story hold to its end",
    ),
    (
        "Notice.deliveredAt",
        Relation::Mission,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.deliveredVia",
        Relation::Mission,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.deliveredAt",
        Relation::Consular,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.deliveredVia",
        Relation::Consular,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.deliveredAt",
        Relation::Police,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.deliveredVia",
        Relation::Police,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.deliveredAt",
        Relation::Migration,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.deliveredVia",
        Relation::Migration,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.deliveredAt",
        Relation::Oversight,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.deliveredVia",
        Relation::Oversight,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.deliveredAt",
        Relation::Service,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.deliveredVia",
        Relation::Service,
        "noted after the answer, so it may not be there yet",
    ),
    (
        "Notice.corrects",
        Relation::Service,
        "a service is asked once, and the consent to it holds",
    ),
];

impl Tally {
    /// Every cell of the table has been met, and every cell that shows something has had something to show.
    pub fn close(&self, rows: &Rows) {
        let (mut shown, mut masked, mut withheld, mut consent, mut beyond, mut not_applicable) =
            (0, 0, 0, 0, 0, 0);
        for line in LINES {
            let (type_name, _) = parted(line);
            for (relation, name) in Relation::ALL {
                let access = line.cells[relation as usize];
                let what = format!("{} as {name}", line.name);
                let met = self.asserted.get(&(line.name, relation)).copied();
                if !ON_A_CASE.contains(&type_name) && (relation as usize) < (Relation::Mission as usize) {
                    assert_eq!(
                        (access, met.is_some()),
                        (Access::Withheld, false),
                        "{what}: no relation to such a row"
                    );
                    not_applicable += 1;
                    continue;
                }
                let Some(met) = met else {
                    assert!(
                        self.out_of_reach.contains(&(type_name, relation)),
                        "{what}: not met"
                    );
                    assert_eq!(
                        access,
                        Access::Withheld,
                        "{what}: opens a field of rows that are out of reach"
                    );
                    beyond += 1;
                    continue;
                };
                match access {
                    Access::Full => shown += 1,
                    Access::Masked(_) => masked += 1,
                    Access::Withheld => withheld += 1,
                    Access::ToStaff(_) if type_name == "Complaint" => {
                        assert!(met.shown > 0, "{what}: the complaints desk was not shown it");
                        shown += 1;
                    }
                    // The story's viewers are clerks; health staff have a story of their own.
                    Access::ToStaff(_) | Access::ToStaffIfConsent(..) => withheld += 1,
                    Access::Own if met.shown > 0 => shown += 1,
                    Access::Own => withheld += 1,
                    Access::IfConsent(_) => {
                        assert!(met.shown > 0 && met.withheld > 0, "{what}: met in one state only");
                        consent += 1;
                    }
                }
                let never = NEVER_FILLED
                    .iter()
                    .any(|(line_name, of, _)| (*line_name, *of) == (line.name, relation))
                    || EMPTY_IN_THE_FIGURE.contains(&line.name);
                let shows = !matches!(
                    access,
                    Access::Withheld | Access::ToStaff(_) | Access::ToStaffIfConsent(..)
                );
                assert!(
                    !shows || never || met.filled > 0,
                    "{what}: nothing was ever shown"
                );
            }
        }
        let met = shown + masked + withheld + consent;
        assert_eq!(met + beyond + not_applicable, LINES.len() * Relation::ALL.len());
        eprintln!(
            "{} lines x {} relations: {met} cells asserted over HTTP ({shown} full, {masked} masked, {consent} by consent in \
             both states, {withheld} withheld), {beyond} of rows out of reach by listing and by id, {not_applicable} that \
             no row can have; {} rows, {} answers compared",
            LINES.len(),
            Relation::ALL.len(),
            rows.len(),
            self.answers,
        );
    }
}

/// Type and field of a line.
pub fn parted(line: &Line) -> (&'static str, &'static str) {
    line.name.split_once('.').expect("Type.field")
}
