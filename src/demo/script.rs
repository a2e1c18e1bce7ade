//! What becomes of a case: the steps of its procedure, each on a day counted from the opening.
//!
//! Nothing here looks at who the persons are or where they come from.

use super::dice::Dice;
use super::step::Step;
use crate::domain::case::WithdrawalReason;
use crate::domain::consent::RecipientClass;
use crate::domain::itinerary::SuspensionReason;
use crate::domain::travel_document::RefusalReason;
use std::ops::RangeInclusive;

/// How far a case has come on the day of loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Inquiry,
    Registered,
    AtThePost,
    Refused,
    Booked,
    Ticketed,
    Suspended,
    Ready,
    Departed,
    Arrived,
    Withdrawn,
}

/// How many of a thousand cases have come how far; the others have arrived.
const FATES: [(Fate, usize); 10] = [
    (Fate::Inquiry, 60),
    (Fate::Registered, 40),
    (Fate::AtThePost, 130),
    (Fate::Refused, 20),
    (Fate::Booked, 40),
    (Fate::Ticketed, 36),
    (Fate::Suspended, 26),
    (Fate::Ready, 65),
    (Fate::Departed, 30),
    (Fate::Withdrawn, 100),
];

impl Fate {
    /// So many fates in their proportions, in any order.
    pub(super) fn deck(cards: usize, dice: &mut Dice) -> Vec<Self> {
        let others = FATES
            .iter()
            .flat_map(|(fate, of_1000)| std::iter::repeat_n(*fate, (cards * of_1000 + 500) / 1000));
        let mut deck: Vec<Self> = others
            .chain(std::iter::repeat(Self::Arrived))
            .take(cards)
            .collect();
        dice.shuffle(&mut deck);
        deck
    }
}

/// The steps of a case in order, each with its day: 0 is the day of the opening.
#[derive(Clone, Debug, Default)]
pub(super) struct Script {
    /// Day and step.
    pub steps: Vec<(i64, Step)>,
    day: i64,
    idle: i64,
}

impl Script {
    /// A script with given steps, the last of them so many days before the day of loading.
    pub(super) fn given(steps: Vec<(i64, Step)>, days_ago: i64) -> Self {
        let day = steps.last().map_or(0, |(day, _)| *day);
        Self {
            steps,
            day,
            idle: days_ago - 1,
        }
    }

    /// A script for a case of so many persons that ends in a fate.
    pub(super) fn of(fate: Fate, persons: usize, dice: &mut Dice) -> Self {
        let mut writer = Writer {
            script: Self::default(),
            persons,
            dice,
        };
        writer.write(fate);
        writer.script
    }

    /// The day of loading. Whatever has happened has happened the day before at the latest.
    pub(super) fn today(&self) -> i64 {
        self.day + self.idle + 1
    }
}

struct Writer<'a> {
    script: Script,
    persons: usize,
    dice: &'a mut Dice,
}

impl Writer<'_> {
    fn write(&mut self, fate: Fate) {
        match fate {
            Fate::Inquiry => self.script.idle = self.dice.within(0..=25),
            Fate::Registered => {
                self.after(1..=14, Step::Register);
                self.script.idle = self.dice.within(0..=12);
            }
            Fate::AtThePost => self.at_the_post(),
            Fate::Refused => {
                self.after(1..=14, Step::Register);
                self.request_all();
                self.refused();
                self.script.idle = self.dice.within(0..=20);
            }
            Fate::Booked => {
                let issued = self.dice.in_a_hundred(50);
                self.documented(issued);
                self.attempts_that_fail();
                self.after(1..=8, Step::Book(0));
                self.script.idle = self.dice.within(0..=6);
                self.leave(self.script.today(), 5..=25);
            }
            Fate::Ticketed => {
                self.ticketed();
                self.script.idle = self.dice.within(0..=4);
                self.leave(self.script.today(), 3..=20);
            }
            Fate::Suspended => {
                self.documented(true);
                self.attempts_that_fail();
                self.attempt_that_fails(false);
                self.script.idle = self.dice.within(0..=20);
            }
            Fate::Ready => {
                self.ready();
                self.script.idle = self.dice.within(0..=3);
                self.leave(self.script.today(), 1..=7);
            }
            Fate::Departed => {
                self.departed();
                if self.dice.in_a_hundred(20) {
                    self.after(0..=0, Step::MissConnection);
                }
            }
            Fate::Arrived => self.arrived(),
            Fate::Withdrawn => self.withdrawn(),
        }
    }

    fn after(&mut self, days: RangeInclusive<i64>, step: Step) {
        self.script.day += self.dice.within(days);
        self.script.steps.push((self.script.day, step));
    }

    /// Lets the journey that was booked last leave some days after a day.
    fn leave(&mut self, day: i64, later: RangeInclusive<i64>) {
        let leaves = day + self.dice.within(later);
        let booked = self
            .script
            .steps
            .iter_mut()
            .rev()
            .find(|(_, step)| matches!(step, Step::Book(_)));
        if let Some((_, step)) = booked {
            *step = Step::Book(leaves);
        }
    }

    fn for_all(&mut self, days: RangeInclusive<i64>, step: impl Fn(usize) -> Step) {
        self.after(days, step(0));
        for person in 1..self.persons {
            self.after(0..=0, step(person));
        }
    }

    fn request_all(&mut self) {
        self.for_all(2..=10, Step::Request);
        if self.dice.in_a_hundred(90) {
            self.for_all(1..=8, Step::Acknowledge);
        }
    }

    fn refused(&mut self) {
        use RefusalReason::{IncompleteRequest, NationalityNotConfirmed, Other, PersonDeclined};
        let reason = *self.dice.pick(&[
            NationalityNotConfirmed,
            IncompleteRequest,
            IncompleteRequest,
            PersonDeclined,
            Other,
        ]);
        self.after(5..=20, Step::Refuse(0, reason));
    }

    fn at_the_post(&mut self) {
        self.after(1..=14, Step::Register);
        match self.dice.within(1..=3) {
            1 => self.for_all(2..=10, Step::Request),
            2 => {
                self.request_all();
                self.questions();
            }
            _ => {
                self.request_all();
                self.for_all(4..=25, Step::Confirm);
            }
        }
        if self.dice.in_a_hundred(8) {
            self.after(1..=6, Step::Revoke(RecipientClass::Embassy));
        }
        self.script.idle = self.dice.within(0..=30);
    }

    /// Registered, and documents confirmed or issued, in one of ten cases only after a detour.
    fn documented(&mut self, issued: bool) {
        self.after(1..=14, Step::Register);
        self.request_all();
        match self.dice.within(1..=100) {
            1..=6 => {
                self.refused();
                self.after(5..=15, Step::Request(0));
            }
            7..=11 => {
                self.after(20..=40, Step::CancelRequest(0));
                self.after(1..=3, Step::Request(0));
            }
            _ => {}
        }
        if self.dice.in_a_hundred(15) {
            self.after(2..=9, Step::AskMore(0));
            self.after(1..=6, Step::AnswerPost(0));
        }
        self.for_all(4..=25, Step::Confirm);
        if issued {
            self.for_all(2..=14, Step::Issue);
            self.on_its_way();
        }
        self.change_of_mind_about_consent();
    }

    /// The post wishes to know more, or to speak with the person, and that is where it stands.
    fn questions(&mut self) {
        match self.dice.within(1..=4) {
            1 => self.after(2..=9, Step::AskMore(0)),
            2 => {
                self.after(2..=9, Step::AskMore(0));
                self.after(1..=6, Step::AnswerPost(0));
            }
            3 => self.after(2..=9, Step::Interview(0)),
            _ => {}
        }
    }

    /// Documents are received and handed over, but for some that the persons fetch themselves, and some that are lost.
    fn on_its_way(&mut self) {
        if self.dice.in_a_hundred(25) {
            return;
        }
        self.for_all(1..=5, Step::Receive);
        if self.dice.in_a_hundred(60) {
            self.for_all(1..=4, Step::HandOver);
        }
        if self.dice.in_a_hundred(4) {
            self.after(1..=5, Step::Lose(0));
            self.after(1..=2, Step::Request(0));
            self.after(5..=15, Step::Confirm(0));
            self.after(2..=9, Step::Issue(0));
        }
    }

    fn change_of_mind_about_consent(&mut self) {
        use RecipientClass::{Donor, Embassy, HostMigration, HostPolice, ServiceProvider};
        if self.dice.in_a_hundred(7) {
            let class = *self
                .dice
                .pick(&[Donor, Embassy, HostMigration, HostPolice, ServiceProvider]);
            self.after(0..=3, Step::Revoke(class));
            if self.dice.in_a_hundred(35) {
                self.after(1..=4, Step::Consent(class));
            }
        }
    }

    fn attempts_that_fail(&mut self) {
        for _ in 0..self.dice.weigh(&[(0, 80), (1, 14), (2, 6)]) {
            let cancelled = self.dice.in_a_hundred(25);
            self.attempt_that_fails(cancelled);
        }
    }

    fn attempt_that_fails(&mut self, cancelled: bool) {
        use SuspensionReason::{CarrierCancelled, CountryClosed, Other, PublicHealth, Security};
        let issued = self
            .script
            .steps
            .iter()
            .any(|(_, step)| matches!(step, Step::Issue(_)));
        self.after(1..=6, Step::Book(0));
        if issued && self.dice.in_a_hundred(60) {
            self.after(1..=3, Step::Ticket);
            if self.dice.in_a_hundred(40) {
                self.after(1..=4, Step::Ready);
            }
        }
        let reason = *self.dice.pick(&[
            CarrierCancelled,
            CarrierCancelled,
            CountryClosed,
            PublicHealth,
            Security,
            Other,
        ]);
        self.after(
            1..=5,
            if cancelled {
                Step::CancelJourney
            } else {
                Step::Suspend(reason)
            },
        );
        self.leave(self.script.day, 1..=6);
    }

    fn ticketed(&mut self) {
        self.documented(true);
        self.attempts_that_fail();
        self.after(1..=8, Step::Book(0));
        self.after(1..=4, Step::Ticket);
        if self.dice.in_a_hundred(70) {
            self.after(0..=1, Step::ProposeGrants);
            if self.dice.in_a_hundred(85) {
                self.after(1..=2, Step::ApproveGrants);
            }
        }
        if self.dice.in_a_hundred(40) {
            self.after(0..=2, Step::ProposePackage);
        }
    }

    fn ready(&mut self) {
        self.ticketed();
        self.after(1..=4, Step::Ready);
        if self.dice.in_a_hundred(55) {
            self.after(0..=0, Step::Pay(1));
        }
    }

    fn departed(&mut self) {
        self.ready();
        self.after(1..=2, Step::Depart);
        self.leave(self.script.day, 0..=0);
    }

    fn arrived(&mut self) {
        self.departed();
        self.after(1..=1, Step::Arrive);
        if self.dice.in_a_hundred(50) {
            self.after(1..=5, Step::Pay(1));
        }
        if self.dice.in_a_hundred(60) {
            self.after(10..=45, Step::Pay(2));
        }
        if self.dice.in_a_hundred(25) {
            self.after(3..=20, Step::ProposePackage);
        }
        self.script.idle = self.some_time_ago();
    }

    fn withdrawn(&mut self) {
        use WithdrawalReason::{ChangedMind, FamilyReasons, NotStated, SituationInCountryOfReturn};
        match self.dice.within(1..=6) {
            1 => {}
            2 => self.after(1..=14, Step::Register),
            3 => {
                self.after(1..=14, Step::Register);
                self.request_all();
            }
            4 => {
                self.documented(false);
                self.after(1..=8, Step::Book(0));
            }
            5 => self.ticketed(),
            _ => self.ready(),
        }
        let reason = *self
            .dice
            .pick(&[ChangedMind, FamilyReasons, SituationInCountryOfReturn, NotStated]);
        self.after(1..=6, Step::Withdraw(reason));
        self.leave(self.script.day, 1..=10);
        self.script.idle = self.some_time_ago();
    }

    /// Three in ten within the last weeks, while partners still see them; the others over a year and more.
    fn some_time_ago(&mut self) -> i64 {
        if self.dice.in_a_hundred(30) {
            self.dice.within(1..=25)
        } else {
            self.dice.within(26..=480)
        }
    }
}
