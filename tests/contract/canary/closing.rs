//! Whether it was enough: a hole is noticed, the log is silent, and what may be seen was seen.

use super::dice::Dice;
use super::judge::{Heard, Judge, Seat};
use super::suite::{IDS, Suite};
use super::{node, sweep};
use crate::support::watch;
use avrr_gateway::policy::relation::Relation;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use uuid::Uuid;

impl Suite<'_> {
    /// The judge is not asleep: with one cell of the table closed, an answer that was right is wrong.
    pub async fn a_hole_is_noticed(&self) {
        for (of, line, relation) in [
            ("Person", "Person.fullName", Relation::Consular),
            ("Person", "Person.sex", Relation::Police),
            ("Itinerary", "Itinerary.ticketNumber", Relation::Transit),
            ("Case", "Case.state", Relation::Migration),
        ] {
            let table = self.judge.table.without(line, relation);
            let mut noticed = 0;
            for seat in self.seats.iter().filter(|seat| {
                let kind = seat.viewer.kind;
                Relation::possible_for(kind).contains(&relation)
            }) {
                let rows = self.judge.held.rows[of].keys();
                let parts = rows.filter(|id| {
                    let parts = self.judge.held.parts(&seat.viewer, of, **id);
                    parts.iter().any(|part| part.relation == relation)
                });
                let ids_behind: Vec<Uuid> = parts.take(IDS).copied().collect();
                let ids: Vec<String> = ids_behind
                    .iter()
                    .map(|id| seat.ids.encode(node(of), *id))
                    .collect();
                if ids.is_empty() {
                    continue;
                }
                let closed = Seat {
                    viewer: seat.viewer.clone(),
                    ids: seat.ids.clone(),
                    any: seat.any.clone(),
                    allowed: self.judge.marks.allowed(self.judge.held, &table, &seat.viewer),
                };
                let judge = Judge {
                    table: &table,
                    ..self.judge
                };
                let mut dice = Dice::new(self.seed, 3);
                let actor = self.actor(seat, &mut dice);
                for mut asked in sweep::questions(self.judge.shape, of) {
                    sweep::with_ids(&mut asked, &ids);
                    let answer = self.ask(seat, &actor, &asked).await;
                    let heard = Heard {
                        bytes: &answer.text,
                        data: &answer.data,
                        extensions: &answer.extensions,
                        errors: &answer.errors,
                    };
                    let disclosed = self.judge.disclosed(seat, &asked, &heard);
                    let told: BTreeSet<Uuid> = disclosed.iter().map(|row| row.id).collect();
                    assert!(
                        ids_behind.iter().all(|id| told.contains(id)),
                        "rows of an answer are missing"
                    );
                    noticed += usize::from(judge.judge(&closed, &asked, &heard).is_err());
                    let canary = judge.canaries(&closed, &asked, &answer.text).is_err();
                    if line == "Person.fullName" && answer.text.contains("fullName") {
                        assert!(canary, "a canary of {line} sings and nobody hears it");
                    }
                }
            }
            assert!(
                noticed > 0,
                "{line} stands open for {relation:?} and nobody notices"
            );
        }
    }

    /// Says what was done, and holds that it was enough.
    pub fn closes(&self, (everything, took): (usize, Duration), began: Instant) {
        let tally = self.tally.borrow();
        let lines = self.judge.marks.seen_by_line(&tally.seen);
        let all = tally.seen.len();
        let seen = tally.seen.iter().filter(|seen| **seen).count();
        let log = watch::lines_read();
        eprintln!(
            "seed {}: {} questions of {} viewers in {:?} ({everything} for everything, in {took:?}), {} answers, {} refused; {} values of {} rows \
             and {} events compared with the table; {seen} of {all} canaries seen by somebody; {log} lines of the log\n\
             statuses {:?}\ncodes {:?}\ncanaries by line {lines:?}",
            self.seed,
            tally.asked,
            self.seats.len(),
            began.elapsed(),
            tally.answers,
            tally.refused,
            tally.values,
            tally.rows,
            tally.events,
            tally.statuses,
            tally.codes,
        );
        watch::nothing_personal_was_logged();
        assert!(log > 0, "nobody listened to the log");
        // Of what is recorded again and again only the newest is shown.
        let marks = &self.judge.marks.all;
        let shown = marks.iter().zip(&tally.seen).filter(|(_, seen)| **seen);
        let shown: BTreeSet<(&str, Uuid)> = shown.map(|(mark, _)| (mark.line, mark.owner.1)).collect();
        for (number, mark) in marks.iter().enumerate() {
            // Of inboxes a part is read.
            let (of, _) = mark.line.split_once('.').unwrap_or_default();
            let somebody = self.seats.iter().any(|seat| seat.allowed[number]);
            let somebody = somebody && !self.judge.table.is_of_no_case(of);
            assert!(
                !somebody || shown.contains(&(mark.line, mark.owner.1)),
                "{} of {:?} may be shown, and nobody saw it",
                mark.line,
                mark.owner
            );
        }
        for (line, (seen, _)) in lines {
            assert!(seen > 0, "no canary of {line} was ever seen");
        }
        assert!(tally.answers > tally.refused / 2, "hardly a question was one");
    }
}
